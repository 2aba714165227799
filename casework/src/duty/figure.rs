//! Figures of the duty side (责任落实指标): each a name and the records that it counts, so that a number and
//! its list can't disagree. The yearly report accounts for them: supervision, recommendations and what became of
//! them, and what else was done (R05-39, R22-41).

use super::house_rule::HouseRule;
use super::outreach::Outreach;
use super::publicity::{Activity, Medium};
use super::quota::Quota;
use super::tenure::Grade;
use super::{Kept, Noun};
use crate::campaign::conference::{Conference, Subject};
use crate::campaign::task_force::TaskForce;
use crate::campaign::{Campaign, CampaignKind};
use crate::code::code_list;
use crate::duty::contact::SupportContact;
use crate::figure::Check;
use crate::matter::MatterId;
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

/// Sums of the duty side that must hold (勾稽关系).
pub fn checks() -> Vec<Check> {
    let key = |figure: DutyFigure| figure.word().to_owned();
    let at_most = |small, large| Check::AtMost { small: key(small), large: key(large) };
    vec![
        at_most(DutyFigure::SupervisionsAnswered, DutyFigure::Supervisions),
        at_most(DutyFigure::SponsoringLeaders, DutyFigure::SponsoredMatters),
        at_most(DutyFigure::ContactLeaders, DutyFigure::ContactHouseholds),
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
pub struct Value {
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
    pub receptions: Vec<Kept<super::reception::Reception>>,
}

/// The figure of a period, `None` for the figures that count matters' own rows.
pub fn count(figure: DutyFigure, of: &Records, (from, until): (Date, Date)) -> Option<Value> {
    use DutyFigure as F;
    let within = |on: Date| from <= on && on <= until;
    Some(match figure {
        F::RulesIssued => sum(of.rules.iter().filter_map(|kept| {
            let first = kept.record.versions.first()?;
            let title = format!("{} {}", kept.record.title, first.number);
            within(first.issued_on)
                .then(|| row((Noun::HouseRule, &kept.id), title, first.issued_on, 1))
        })),
        F::QuotaCountyLeader => quota(of, Grade::CountyLeader, until),
        F::QuotaDepartment => quota(of, Grade::DepartmentHead, until),
        F::QuotaTownship => quota(of, Grade::TownshipHead, until),
        F::SolveLeast | F::SolveMost => solve(of, until, figure == F::SolveLeast),
        F::ContestUnits | F::TelevisionDays => sum(of.activities.iter().filter_map(|kept| {
            let one = &kept.record;
            let (medium, amount) = if figure == F::ContestUnits {
                (Medium::BoardContest, i64::try_from(one.units.len()).unwrap_or(i64::MAX))
            } else {
                (Medium::Television, one.days())
            };
            (one.medium == medium && within(one.from))
                .then(|| row((Noun::Publicity, &kept.id), one.title.clone(), one.from, amount))
        })),
        F::Groups | F::GroupCadres => sum(of.groups.iter().filter_map(|kept| {
            let one = &kept.record;
            let people = i64::try_from(one.members.len()).unwrap_or(i64::MAX);
            let amount = if figure == F::Groups { 1 } else { people };
            within(one.from)
                .then(|| row((Noun::TaskForce, &kept.id), one.name.clone(), one.from, amount))
        })),
        _ => return in_campaigns(figure, of, (from, until)),
    })
}

/// The figures of campaigns, conferences, help and days in the field; `None` as in [`count`].
fn in_campaigns(figure: DutyFigure, of: &Records, (from, until): (Date, Date)) -> Option<Value> {
    use DutyFigure as F;
    let within = |on: Date| from <= on && on <= until;
    Some(match figure {
        F::OutreachSolved => sum(of.visits.iter().filter_map(|kept| {
            let one = &kept.record;
            let of_campaign = one.campaign.as_ref().is_some_and(|id| concentrated(of, id));
            let solved = i64::from(one.solved_within((from, until)));
            (of_campaign && solved > 0)
                .then(|| row((Noun::Outreach, &kept.id), one.venue.clone(), one.on, solved))
        })),
        F::FundsRaised => sum(outreaches(of).flat_map(|kept| {
            kept.record.funds.iter().filter(|fund| within(fund.on)).map(|fund| {
                let title = format!("{} → {}", fund.source, fund.used_for);
                row((Noun::Campaign, &kept.id), title, fund.on, i64::from(fund.yuan))
            })
        })),
        F::CampaignMonths => sum(special(of).filter(|kept| within(kept.record.from)).map(|kept| {
            let one = &kept.record;
            row((Noun::Campaign, &kept.id), one.name.clone(), one.from, one.months())
        })),
        F::CampaignMatters => {
            sum(special(of).filter(|kept| within(kept.record.from)).flat_map(|kept| {
                kept.record.list.iter().map(|matter| of_matter(*matter, kept.record.from))
            }))
        }
        F::LawConferences => sum(lawsuits(of).filter_map(|kept| {
            let one = &kept.record;
            (one.minutes.is_some() && within(one.on))
                .then(|| row((Noun::Conference, &kept.id), one.title.clone(), one.on, 1))
        })),
        F::LawSolved => {
            let each = lawsuits(of).filter(|kept| within(kept.record.on));
            let solved: BTreeMap<MatterId, Date> = each
                .flat_map(|kept| kept.record.solved(until).map(|matter| (matter, kept.record.on)))
                .collect();
            sum(solved.into_iter().map(|(matter, on)| of_matter(matter, on)))
        }
        F::ContactLeaders => {
            let mut leaders: BTreeMap<&AccountId, Date> = BTreeMap::new();
            for kept in of.contacts.iter().filter(|kept| within(kept.record.since)) {
                leaders.entry(&kept.record.leader).or_insert(kept.record.since);
            }
            sum(leaders.into_iter().map(|(leader, on)| of_person(leader, on)))
        }
        // Nobody's household is named here, and no link leads to one.
        F::ContactHouseholds => sum(of
            .contacts
            .iter()
            .filter(|kept| within(kept.record.since))
            .map(|kept| of_person(&kept.record.leader, kept.record.since))),
        F::ReceptionDays | F::ReceptionVisitors => sum(of.receptions.iter().filter_map(|kept| {
            let one = &kept.record;
            let received = one.bookings.iter().filter(|booking| booking.outcome.is_some());
            let visitors = i64::try_from(received.count()).unwrap_or(i64::MAX);
            let amount = if figure == F::ReceptionDays { 1 } else { visitors };
            (one.held_on.is_some() && within(one.on) && amount > 0).then(|| Counted {
                person: Some(one.leader.clone()),
                ..row((Noun::Reception, &kept.id), one.venue.clone(), one.on, amount)
            })
        })),
        F::AgreementsSigned => sum(of.agreements.iter().filter_map(|kept| {
            let signed = kept.record.signed.as_ref().filter(|signed| within(signed.on))?;
            let title = kept.record.year.to_string();
            Some(row((Noun::Agreement, &kept.id), title, signed.on, 1))
        })),
        // The number of the decision and nothing of whom it concerns.
        F::AccountabilityDecided => sum(of.cases.iter().filter_map(|kept| {
            let decided = kept.record.decision.as_ref().filter(|decided| within(decided.on))?;
            Some(row((Noun::Accountability, &kept.id), decided.number.clone(), decided.on, 1))
        })),
        F::OutreachVisits => sum(of.visits.iter().filter_map(|kept| {
            let one = &kept.record;
            (one.done.is_some() && within(one.on)).then(|| Counted {
                person: Some(one.leader.clone()),
                ..row((Noun::Outreach, &kept.id), one.venue.clone(), one.on, 1)
            })
        })),
        _ => return None,
    })
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

fn row((noun, id): (Noun, &str), title: String, on: Date, amount: i64) -> Counted {
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
pub fn sum(counted: impl Iterator<Item = Counted>) -> Value {
    let counted: Vec<Counted> = counted.collect();
    Value { value: counted.iter().map(|one| one.amount).sum(), counted }
}

/// What a kind of post owes by the rule in force on a day.
fn quota(of: &Records, grade: Grade, on: Date) -> Value {
    let stands = |kept: &&Kept<Quota>| kept.record.grade == grade && kept.record.in_force(on);
    let Some(kept) = of.quotas.iter().find(stands) else { return Value::default() };
    let least = i64::from(kept.record.least);
    let title = kept.record.document.clone();
    let counted = vec![row((Noun::Quota, &kept.id), title, kept.record.from, least)];
    Value { value: least, counted }
}

/// The least or the most that any kind of post has to solve.
fn solve(of: &Records, on: Date, least: bool) -> Value {
    let stands = of.quotas.iter().filter(|kept| kept.record.in_force(on));
    let chosen = if least {
        stands.min_by_key(|kept| kept.record.solve)
    } else {
        stands.max_by_key(|kept| kept.record.solve)
    };
    let Some(kept) = chosen else { return Value::default() };
    let number = i64::from(kept.record.solve);
    let title = kept.record.document.clone();
    let counted = vec![row((Noun::Quota, &kept.id), title, kept.record.from, number)];
    Value { value: number, counted }
}
