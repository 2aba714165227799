//! Figures of the duty side (责任落实指标): each a name and the records that it counts, so that a number and
//! its list can't disagree. The yearly report accounts for them: supervision, recommendations and what became of
//! them, and what else was done (R05-39, R22-41).

use super::house_rule::HouseRule;
use super::outreach::Outreach;
use super::publicity::{Activity, Medium};
use super::quota::Quota;
use super::reception::Reception;
use super::tenure::Grade;
use super::{Kept, Noun};
use crate::code::code_list;
use crate::duty::campaign::{Campaign, CampaignKind};
use crate::duty::conference::{Conference, Subject};
use crate::duty::contact::SupportContact;
use crate::duty::task_force::TaskForce;
use crate::figure::{Check, FigureKey};
use crate::matter::MatterId;
use crate::matter::document::Document;
use crate::matter::ladder::RecommendationKind;
use crate::moment::Within;
use crate::org::AccountId;
use jiff::civil::Date;
use std::collections::BTreeMap;

code_list! {
    /// The figures, in the order of the report; their words are their keys.
    pub enum DutyFigure {
        /// 出台的信访制度.
        RulesIssued = "regulations.issued",
        /// 县领导每年下访次数.
        QuotaCountyLeader = "quota.outreach.county_leader.per_year",
        /// 部门负责人每年下访、约访次数.
        QuotaDepartment = "quota.outreach_or_appointment.department_cadre.per_year",
        /// 乡镇党政主要负责人每月下访、约访次数.
        QuotaTownship = "quota.outreach_or_appointment.township_head.per_month",
        /// 解决实际问题的下限.
        SolveLeast = "quota.problems_solved.min",
        /// 解决实际问题的上限.
        SolveMost = "quota.problems_solved.max",
        /// 包案事项.
        SponsoredMatters = "sponsorship.matters",
        /// 包案领导.
        SponsoringLeaders = "sponsorship.leaders",
        /// 主要领导签批、调处的集体访.
        HeadMediated = "sponsorship.secretary.collective_signed_and_mediated",
        /// 主要领导主持研究的重点事项.
        HeadStudied = "sponsorship.secretary.key_solutions_studied",
        /// 参加板报比赛的单位.
        ContestUnits = "publicity.board_contest.units",
        /// 电视播出的天数.
        TelevisionDays = "publicity.television.days",
        /// 工作组.
        Groups = "working_groups.count",
        /// 工作组人员.
        GroupCadres = "working_groups.cadres",
        /// 集中下访解决的问题.
        OutreachSolved = "outreach_campaign.problems_solved",
        /// 集中下访筹集的资金, in yuan.
        FundsRaised = "outreach_campaign.funds_raised",
        /// 专项调查处理的月数.
        CampaignMonths = "special_campaign.months",
        /// 专项调查处理的事项.
        CampaignMatters = "special_campaign.matters",
        /// 涉法涉诉专题会议.
        LawConferences = "law_related.conferences",
        /// 涉法涉诉会议解决的事项.
        LawSolved = "law_related.matters_resolved",
        /// 帮扶联系的领导.
        ContactLeaders = "support_contacts.leaders",
        /// 帮扶联系的户.
        ContactHouseholds = "support_contacts.households",
        /// 转送.
        Referrals = "referral.passed_on",
        /// 交办.
        Assignments = "referral.assigned",
        /// 督办.
        Supervisions = "supervision.issued",
        /// 督办按期反馈.
        SupervisionsAnswered = "supervision.answered",
        /// 改进工作的建议.
        Improvement = "recommendation.improvement",
        /// 完善政策的建议.
        Policy = "recommendation.policy",
        /// 追究责任的建议.
        Accountable = "recommendation.accountability",
        /// 建议被采纳.
        Adopted = "recommendation.adopted",
        /// 接访日.
        ReceptionDays = "reception.days",
        /// 接访日接待的群众.
        ReceptionVisitors = "reception.visitors",
        /// 下访.
        OutreachVisits = "outreach.visits",
        /// 签订的目标责任书.
        AgreementsSigned = "agreements.signed",
        /// 领导批示.
        Instructions = "instructions.written",
        /// 责任追究决定.
        AccountabilityDecided = "accountability.decided",
    }
}

/// Sums of the duty side that must hold (勾稽关系). Leaders are no part of what they have: two may follow each other on
/// one matter, and one household may have two contacts.
pub fn checks() -> Vec<Check> {
    let key = FigureKey::Duty;
    let at_most = |small, large| Check::AtMost { small: key(small), large: key(large) };
    vec![
        at_most(DutyFigure::SupervisionsAnswered, DutyFigure::Supervisions),
        at_most(DutyFigure::SolveLeast, DutyFigure::SolveMost),
        at_most(DutyFigure::Groups, DutyFigure::GroupCadres),
    ]
}

/// One of the things that a figure counts (指标明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The record, by its kind and number, if it is one.
    pub record: Option<(Noun, String)>,
    /// The matter, if it is one; walls and seals cut these.
    pub matter: Option<MatterId>,
    /// The person of whom it speaks; officials only.
    pub person: Option<AccountId>,
    /// In words.
    pub title: String,
    /// The day.
    pub on: Date,
    /// How much of the figure it is.
    pub amount: i64,
}

/// A figure's value and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureValue {
    /// The number.
    pub value: i64,
    /// What it counts; for quotas, the rules that set it.
    pub counted: Vec<Counted>,
}

/// The records that figures count, of any time; each figure takes what falls into its period.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// House rules.
    pub rules: Vec<Kept<HouseRule>>,
    /// Quotas.
    pub quotas: Vec<Kept<Quota>>,
    /// Activities.
    pub activities: Vec<Kept<Activity>>,
    /// Task forces.
    pub groups: Vec<Kept<TaskForce>>,
    /// Visits to people.
    pub visits: Vec<Kept<Outreach>>,
    /// Campaigns.
    pub campaigns: Vec<Kept<Campaign>>,
    /// Conferences.
    pub conferences: Vec<Kept<Conference>>,
    /// Support contacts.
    pub contacts: Vec<Kept<SupportContact>>,
    /// Agreements.
    pub agreements: Vec<Kept<super::agreement::Agreement>>,
    /// Cases of accountability.
    pub cases: Vec<Kept<super::accountability::Accountability>>,
    /// Reception days.
    pub receptions: Vec<Kept<Reception>>,
}

/// From what a figure is counted (指标来源).
pub enum CountedFrom {
    /// From the records of the duty side, within a period.
    Records(fn(&Records, Within) -> FigureValue),
    /// From the rows of matters.
    Matters(MatterFigure),
}

/// What is counted from the rows of matters (事项指标), and by the reader's walls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatterFigure {
    /// 包案事项.
    SponsoredMatters,
    /// 包案领导.
    SponsoringLeaders,
    /// 主要领导签批、调处的集体访.
    HeadMediated,
    /// 主要领导主持研究的重点事项.
    HeadStudied,
    /// 领导批示.
    Instructions,
    /// 转送、交办函, of one kind.
    Papers(Document),
    /// 督办.
    Supervisions,
    /// 督办按期反馈.
    SupervisionsAnswered,
    /// 三项建议, of one kind.
    Recommended(RecommendationKind),
    /// 建议被采纳, of any kind.
    Adopted,
}

impl DutyFigure {
    /// From what it is counted; a figure that says nothing here does not compile.
    pub fn source(self) -> CountedFrom {
        use CountedFrom::{Matters, Records};
        use MatterFigure as M;
        match self {
            Self::RulesIssued => Records(rules_issued),
            Self::QuotaCountyLeader => Records(|of, on| quota(of, Grade::CountyLeader, on)),
            Self::QuotaDepartment => Records(|of, on| quota(of, Grade::DepartmentHead, on)),
            Self::QuotaTownship => Records(|of, on| quota(of, Grade::TownshipHead, on)),
            Self::SolveLeast => {
                Records(|of, on| solve(in_force(of, on).min_by_key(|kept| kept.record.solve)))
            }
            Self::SolveMost => {
                Records(|of, on| solve(in_force(of, on).max_by_key(|kept| kept.record.solve)))
            }
            Self::ContestUnits => Records(contest_units),
            Self::TelevisionDays => Records(television_days),
            Self::Groups => Records(|of, on| groups(of, on, |_| 1)),
            Self::GroupCadres => Records(|of, on| groups(of, on, |one| number(one.members.len()))),
            Self::OutreachSolved => Records(outreach_solved),
            Self::FundsRaised => Records(funds_raised),
            Self::CampaignMonths => Records(campaign_months),
            Self::CampaignMatters => Records(campaign_matters),
            Self::LawConferences => Records(law_conferences),
            Self::LawSolved => Records(law_solved),
            Self::ContactLeaders => Records(contact_leaders),
            Self::ContactHouseholds => Records(contact_households),
            Self::ReceptionDays => Records(|of, on| receptions(of, on, |_| 1)),
            Self::ReceptionVisitors => Records(|of, on| receptions(of, on, visitors)),
            Self::OutreachVisits => Records(outreach_visits),
            Self::AgreementsSigned => Records(agreements_signed),
            Self::AccountabilityDecided => Records(accountability_decided),
            Self::SponsoredMatters => Matters(M::SponsoredMatters),
            Self::SponsoringLeaders => Matters(M::SponsoringLeaders),
            Self::HeadMediated => Matters(M::HeadMediated),
            Self::HeadStudied => Matters(M::HeadStudied),
            Self::Instructions => Matters(M::Instructions),
            Self::Referrals => Matters(M::Papers(Document::Referral)),
            Self::Assignments => Matters(M::Papers(Document::Assignment)),
            Self::Supervisions => Matters(M::Supervisions),
            Self::SupervisionsAnswered => Matters(M::SupervisionsAnswered),
            Self::Improvement => Matters(M::Recommended(RecommendationKind::Improvement)),
            Self::Policy => Matters(M::Recommended(RecommendationKind::Policy)),
            Self::Accountable => Matters(M::Recommended(RecommendationKind::Accountability)),
            Self::Adopted => Matters(M::Adopted),
        }
    }
}

fn rules_issued(of: &Records, within: Within) -> FigureValue {
    sum(of.rules.iter().filter_map(|kept| {
        let first = kept.record.versions.first()?;
        let title = format!("{} {}", kept.record.title, first.number);
        let counted = row(Noun::HouseRule, &kept.id, title, first.issued_on, 1);
        within.holds(first.issued_on).then_some(counted)
    }))
}

fn activities(
    of: &Records,
    medium: Medium,
    within: Within,
    amount: fn(&Activity) -> i64,
) -> FigureValue {
    sum(of.activities.iter().filter_map(|kept| {
        let one = &kept.record;
        let counted = row(Noun::Publicity, &kept.id, one.title.clone(), one.from, amount(one));
        (one.medium == medium && within.holds(one.from)).then_some(counted)
    }))
}

fn contest_units(of: &Records, within: Within) -> FigureValue {
    activities(of, Medium::BoardContest, within, |one| number(one.units.len()))
}

fn television_days(of: &Records, within: Within) -> FigureValue {
    activities(of, Medium::Television, within, Activity::days)
}

fn groups(of: &Records, within: Within, amount: fn(&TaskForce) -> i64) -> FigureValue {
    sum(of.groups.iter().filter_map(|kept| {
        let one = &kept.record;
        let counted = row(Noun::TaskForce, &kept.id, one.name.clone(), one.from, amount(one));
        within.holds(one.from).then_some(counted)
    }))
}

fn outreach_solved(of: &Records, within: Within) -> FigureValue {
    sum(of.visits.iter().filter_map(|kept| {
        let one = &kept.record;
        let of_campaign = one.campaign.as_ref().is_some_and(|id| concentrated(of, id));
        let solved = i64::from(one.solved_within(within));
        (of_campaign && solved > 0)
            .then(|| row(Noun::Outreach, &kept.id, one.venue.clone(), one.on, solved))
    }))
}

fn funds_raised(of: &Records, within: Within) -> FigureValue {
    sum(outreaches(of).flat_map(|kept| {
        kept.record.funds.iter().filter(move |fund| within.holds(fund.on)).map(|fund| {
            let title = format!("{} → {}", fund.source, fund.used_for);
            row(Noun::Campaign, &kept.id, title, fund.on, i64::from(fund.yuan))
        })
    }))
}

fn campaign_months(of: &Records, within: Within) -> FigureValue {
    sum(special(of).filter(|kept| within.holds(kept.record.from)).map(|kept| {
        let one = &kept.record;
        row(Noun::Campaign, &kept.id, one.name.clone(), one.from, one.months())
    }))
}

fn campaign_matters(of: &Records, within: Within) -> FigureValue {
    sum(special(of).filter(|kept| within.holds(kept.record.from)).flat_map(|kept| {
        kept.record.list.iter().map(|matter| of_matter(*matter, kept.record.from))
    }))
}

fn law_conferences(of: &Records, within: Within) -> FigureValue {
    sum(lawsuits(of).filter_map(|kept| {
        let one = &kept.record;
        (one.minutes.is_some() && within.holds(one.on))
            .then(|| row(Noun::Conference, &kept.id, one.title.clone(), one.on, 1))
    }))
}

fn law_solved(of: &Records, within: Within) -> FigureValue {
    let each = lawsuits(of).filter(|kept| within.holds(kept.record.on));
    let solved: BTreeMap<MatterId, Date> = each
        .flat_map(|kept| kept.record.solved(within.until).map(|matter| (matter, kept.record.on)))
        .collect();
    sum(solved.into_iter().map(|(matter, on)| of_matter(matter, on)))
}

fn contact_leaders(of: &Records, within: Within) -> FigureValue {
    let mut leaders: BTreeMap<&AccountId, Date> = BTreeMap::new();
    for kept in of.contacts.iter().filter(|kept| within.holds(kept.record.since)) {
        leaders.entry(&kept.record.leader).or_insert(kept.record.since);
    }
    sum(leaders.into_iter().map(|(leader, on)| of_person(leader, on)))
}

/// Nobody's household is named here, and no link leads to one.
fn contact_households(of: &Records, within: Within) -> FigureValue {
    let within = of.contacts.iter().filter(|kept| within.holds(kept.record.since));
    sum(within.map(|kept| of_person(&kept.record.leader, kept.record.since)))
}

fn visitors(day: &Reception) -> i64 {
    number(day.bookings.iter().filter(|booking| booking.outcome.is_some()).count())
}

fn receptions(of: &Records, within: Within, amount: fn(&Reception) -> i64) -> FigureValue {
    sum(of.receptions.iter().filter_map(|kept| {
        let (one, amount) = (&kept.record, amount(&kept.record));
        (one.held_on.is_some() && within.holds(one.on) && amount > 0).then(|| Counted {
            person: Some(one.leader.clone()),
            ..row(Noun::Reception, &kept.id, one.venue.clone(), one.on, amount)
        })
    }))
}

fn outreach_visits(of: &Records, within: Within) -> FigureValue {
    sum(of.visits.iter().filter_map(|kept| {
        let one = &kept.record;
        (one.done.is_some() && within.holds(one.on)).then(|| Counted {
            person: Some(one.leader.clone()),
            ..row(Noun::Outreach, &kept.id, one.venue.clone(), one.on, 1)
        })
    }))
}

fn agreements_signed(of: &Records, within: Within) -> FigureValue {
    sum(of.agreements.iter().filter_map(|kept| {
        let signed = kept.record.signed.as_ref().filter(|signed| within.holds(signed.on))?;
        let title = kept.record.year.to_string();
        Some(row(Noun::Agreement, &kept.id, title, signed.on, 1))
    }))
}

/// The number of the decision and nothing of whom it concerns.
fn accountability_decided(of: &Records, within: Within) -> FigureValue {
    sum(of.cases.iter().filter_map(|kept| {
        let decided = kept.record.decision.as_ref().filter(|one| within.holds(one.on))?;
        Some(row(Noun::Accountability, &kept.id, decided.number.clone(), decided.on, 1))
    }))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn special(of: &Records) -> impl Iterator<Item = &Kept<Campaign>> {
    of.campaigns.iter().filter(|kept| kept.record.kind == CampaignKind::Investigation)
}

fn outreaches(of: &Records) -> impl Iterator<Item = &Kept<Campaign>> {
    of.campaigns.iter().filter(|kept| kept.record.kind == CampaignKind::Outreach)
}

fn concentrated(of: &Records, id: &str) -> bool {
    outreaches(of).any(|kept| kept.id == id)
}

fn lawsuits(of: &Records) -> impl Iterator<Item = &Kept<Conference>> {
    of.conferences.iter().filter(|kept| kept.record.subject == Subject::Lawsuits)
}

fn row(noun: Noun, id: &str, title: String, on: Date, amount: i64) -> Counted {
    let record = Some((noun, id.to_owned()));
    Counted { record, matter: None, person: None, title, on, amount }
}

fn of_person(person: &AccountId, on: Date) -> Counted {
    let person = Some(person.clone());
    Counted { record: None, matter: None, person, title: String::new(), on, amount: 1 }
}

/// A matter that counts once.
pub fn of_matter(matter: MatterId, on: Date) -> Counted {
    let title = String::new();
    Counted { record: None, matter: Some(matter), person: None, title, on, amount: 1 }
}

/// A figure that is the sum of what it counts.
pub fn sum(counted: impl Iterator<Item = Counted>) -> FigureValue {
    let counted: Vec<Counted> = counted.collect();
    FigureValue { value: counted.iter().map(|one| one.amount).sum(), counted }
}

/// The quotas in force on the period's last day.
fn in_force(of: &Records, within: Within) -> impl Iterator<Item = &Kept<Quota>> {
    of.quotas.iter().filter(move |kept| kept.record.in_force(within.until))
}

/// What a kind of post owes by the rule in force.
fn quota(of: &Records, grade: Grade, within: Within) -> FigureValue {
    let kept = in_force(of, within).find(|kept| kept.record.grade == grade);
    set_by(kept, |quota| i64::from(quota.least))
}

/// How much of what is found has to be solved, by the quota that says the least or the most.
fn solve(kept: Option<&Kept<Quota>>) -> FigureValue {
    set_by(kept, |quota| i64::from(quota.solve))
}

/// A number that a rule sets, with the rule.
fn set_by(kept: Option<&Kept<Quota>>, number: fn(&Quota) -> i64) -> FigureValue {
    kept.map_or_else(FigureValue::default, |kept| {
        let rule = &kept.record;
        let title = rule.document.clone();
        sum([row(Noun::Quota, &kept.id, title, rule.from, number(rule))].into_iter())
    })
}
