//! Leaders' own cases of the played year, and one case of accountability (演示包案、批示、责任追究).

use super::super::player::Player;
use super::super::{YEAR, broken};
use super::{Play, begin, to};
use crate::act::act;
use crate::by::By;
use crate::problem::Problem;
use casework::calendar::plus_days;
use casework::duty::Noun;
use casework::figure::Filter;
use casework::matter::sponsorship::{
    Command as Of, Instructed, InstructionAnswered, PetitionerMet, PetitionerView, SolutionStudied,
    Sponsored, SponsoredFor, SponsorshipEnded, SponsorshipPlanned, SponsorshipResult,
    SubmittedToLeader,
};
use casework::matter::{Command, Matter, MatterId, Step};
use casework::org::{AccountId, Actor, Role};
use casework::role::Scope;
use jiff::civil::{Date, date};
use store::figure::Part;

/// Matters that leaders answer for, and among how many leaders they are shared out.
const SPONSORED: usize = 37;
const SPONSORS: usize = 8;
/// Matters whose solution the head of the leading group studied with those concerned.
const STUDIED: usize = 8;
/// Collective visits that the head signed and mediated.
const MEDIATED: usize = 3;
/// At most so many new ones on one day.
const AT_ONCE: usize = 5;

impl Player<'_> {
    /// Every month the office proposes matters that are hard; leaders meet those concerned, and end what is
    /// concluded.
    pub(super) fn plan_sponsors(&self, deeds: &mut Vec<(Date, Play)>) {
        for month in 2..=11 {
            let on = self.day(date(YEAR, month, 6));
            deeds.push((on, Box::new(move |player| player.share_out(on))));
            let met = self.day(plus_days(on, 8));
            deeds.push((met, Box::new(move |player| player.meet(met))));
            let over = self.day(plus_days(on, 20));
            deeds.push((over, Box::new(|player| player.wind_up())));
        }
        deeds.push((date(YEAR, 12, 30), Box::new(|player| player.wind_up())));
        deeds.push((date(YEAR, 12, 1), Box::new(|player| player.hold_accountable())));
        // The year ends with something that waits for its first leader.
        deeds.push((
            date(YEAR, 12, 30),
            Box::new(|player| {
                let (clerk, leader) = (player.clerk()?, player.head()?);
                let open = player.matters(true)?;
                let fresh = |one: &&Matter| one.leadership.instructions.is_empty();
                let Some(matter) = open.iter().find(fresh) else { return Ok(()) };
                let submitted = SubmittedToLeader {
                    leader,
                    summary: "承办单位超过期限没有答复，信访人再次来访。".to_owned(),
                    proposal: "建议批示承办单位限期答复，并当面说明超期原因。".to_owned(),
                };
                player.led(&clerk, matter.id, Of::SubmitToLeader(submitted))
            }),
        ));
    }

    /// The matters of the year, in order of their numbers; only the open ones, or all.
    pub(super) fn matters(&self, open: bool) -> Result<Vec<Matter>, Problem> {
        let filter =
            Filter { repeat: Some(false), concluded: open.then_some(false), ..Filter::default() };
        self.house.db.read(|tx| {
            let rows = store::figure::list(tx, &filter, &Scope::whole(), Part::BEGINNING)?;
            let mut ids: Vec<MatterId> = rows.into_iter().map(|row| row.matter).collect();
            ids.sort();
            ids.dedup();
            let found = ids.into_iter().map(|id| Ok(store::matter::find(tx, id)?));
            let found = found.collect::<Result<Vec<_>, Problem>>()?;
            Ok(found.into_iter().flatten().collect())
        })
    }

    /// The head of the leading group.
    fn head(&self) -> Result<AccountId, Problem> {
        let head = self.leaders.first().ok_or_else(|| broken("no leader"))?;
        Ok(head.account.clone())
    }

    fn led(&self, actor: &Actor, id: MatterId, command: Of) -> Result<(), Problem> {
        act(self.house, By::now(self.house, actor), id, None, Command::Sponsorship(command))
            .map(|_| ())
    }

    fn share_out(&self, on: Date) -> Result<(), Problem> {
        let clerk = self.clerk()?;
        let head = self.head()?;
        let all = self.matters(false)?;
        let sponsored =
            all.iter().filter(|matter| !matter.leadership.sponsorships.is_empty()).count();
        let studied = all.iter().filter(|matter| !matter.leadership.studied.is_empty()).count();
        let mut mediated =
            all.iter().filter(|matter| !matter.leadership.instructions.is_empty()).count();
        let fresh = |matter: &&Matter| {
            matter.leadership.sponsorships.is_empty()
                && !matches!(matter.step, Step::Concluded(_) | Step::Registered)
        };
        let left = AT_ONCE.min(SPONSORED.saturating_sub(sponsored));
        for (turn, matter) in all.iter().filter(fresh).take(left).enumerate() {
            let collective = matter.petitions.first().is_some_and(|one| one.collective);
            let Some(leader) = self.leaders.get(1 + (sponsored + turn) % SPONSORS) else { break };
            let why = if collective { SponsoredFor::Collective } else { SponsoredFor::Difficult };
            let sponsoring = Sponsored {
                leader: leader.account.clone(),
                sponsored_for: why,
                due_on: plus_days(on, 60),
                note: "请包案领导掌握情况、约见信访人、推动解决、解释清楚。".to_owned(),
            };
            self.led(&clerk, matter.id, Of::Sponsor(sponsoring))?;
            let text = "先听信访人当面陈述，再会同承办单位核对证据，提出解决方案。".to_owned();
            self.led(leader, matter.id, Of::PlanSponsorship(SponsorshipPlanned { text }))?;
            if turn == 0 && studied < STUDIED {
                let study = SolutionStudied {
                    leader: head.clone(),
                    on,
                    present: "分管县领导、信访局、承办单位".to_owned(),
                    text: "逐项研究诉求，确定由承办单位补充核算，按期答复。".to_owned(),
                };
                self.led(&clerk, matter.id, Of::StudySolution(study))?;
            }
        }
        let waits = |matter: &&Matter| {
            matter.petitions.first().is_some_and(|one| one.collective)
                && matter.leadership.instructions.is_empty()
                && matches!(matter.step, Step::Accepted)
        };
        if let Some(matter) = all.iter().find(waits).filter(|_| mediated < MEDIATED) {
            mediated += 1;
            self.mediate(&clerk, matter.id, on, mediated)?;
        }
        Ok(())
    }

    /// The head reads and signs what a collective visit asks for, meets its representatives and brings both
    /// sides together; the unit answers what it was told to do.
    fn mediate(&self, clerk: &Actor, id: MatterId, on: Date, serial: usize) -> Result<(), Problem> {
        let head = self.head()?;
        let instructed = Instructed {
            leader: head.clone(),
            on,
            summary: "多人反映同一诉求，承办单位正在调查。".to_owned(),
            proposal: "建议由承办单位当面答复代表。".to_owned(),
            text: "依法按政策解决，合理的马上办，不合理的当面讲清。".to_owned(),
            due_on: plus_days(on, 15),
            tracker: clerk.account.clone(),
        };
        self.led(clerk, id, Of::Instruct(instructed))?;
        let met = PetitionerMet {
            leader: head,
            on,
            venue: "县信访接待大厅".to_owned(),
            text: format!("第{serial}起：听取代表意见，承办单位当面说明，双方同意核对后再议。"),
            mediated: true,
        };
        self.led(clerk, id, Of::MeetPetitioner(met))?;
        let found = self.house.db.read(|tx| store::matter::find(tx, id))?;
        let unit = found.as_ref().and_then(|matter| matter.instruction(1)).map(|one| &one.unit.0);
        let Some(unit) = unit else { return Ok(()) };
        let handler = self.person(unit, Role::UnitHandler)?;
        let text = "已安排专人核对，七日内向代表反馈。".to_owned();
        self.led(&handler, id, Of::AnswerInstruction(InstructionAnswered { instruction: 1, text }))
    }

    /// Leaders meet the petitioners whose matters they have and have not met yet.
    fn meet(&self, on: Date) -> Result<(), Problem> {
        for matter in self.matters(false)? {
            let Some(running) = matter.leadership.sponsorship() else { continue };
            let leader = running.sponsored.leader.clone();
            let before = matter.leadership.met.iter().any(|met| met.leader == leader);
            let actor = self.leaders.iter().find(|one| one.account == leader);
            let Some(actor) = actor.filter(|_| !before) else { continue };
            let met = PetitionerMet {
                leader,
                on,
                venue: "乡镇信访接待室".to_owned(),
                text: "当面听取意见，说明政策，商定下一步。".to_owned(),
                mediated: false,
            };
            self.led(actor, matter.id, Of::MeetPetitioner(met))?;
        }
        Ok(())
    }

    /// What is concluded ends for its leader too.
    fn wind_up(&self) -> Result<(), Problem> {
        for matter in self.matters(false)? {
            let Some(running) = matter.leadership.sponsorship() else { continue };
            let leader = &running.sponsored.leader;
            let met = matter.leadership.met.iter().any(|met| met.leader == *leader);
            if !met || !matches!(matter.step, Step::Concluded(_)) {
                continue;
            }
            let Some(actor) = self.leaders.iter().find(|one| one.account == *leader) else {
                continue;
            };
            let solved = matter.id.0 % 3 != 0;
            let ended = SponsorshipEnded {
                result: if solved {
                    SponsorshipResult::Solved
                } else {
                    SponsorshipResult::PartlySolved
                },
                text: "已按答复落实，并向信访人说明。".to_owned(),
                view: if solved { PetitionerView::Agrees } else { PetitionerView::Silent },
            };
            self.led(actor, matter.id, Of::EndSponsorship(ended))?;
        }
        Ok(())
    }

    /// A unit let a matter run late without a reason; it is heard and told to put it right.
    fn hold_accountable(&self) -> Result<(), Problem> {
        let clerk = self.clerk()?;
        let answered = self.matters(false)?.into_iter().find_map(|matter| {
            let running = matter.supervision().filter(|one| one.answered.is_some())?;
            Some((matter.id, running.supervised.clone()))
        });
        let Some((id, supervised)) = answered else { return Ok(()) };
        let finding = "受理后六十日内没有作出意见，也没有申请延长。".to_owned();
        let closing = casework::matter::supervision::SupervisionClosed { finding: finding.clone() };
        act(self.house, By::now(self.house, &clerk), id, None, Command::CloseSupervision(closing))?;
        let today = self.house.moment().on;
        let fields = [
            ("matter", id.to_string()),
            ("supervision", supervised.number),
            ("unit", supervised.unit.0),
            ("article", "R22-44".to_owned()),
            ("finding", finding),
        ];
        let head = self.person(&self.house.office.0, Role::OfficeHead)?;
        let case = self.duty(&head, begin(Noun::Accountability, "open_case"), &fields)?;
        let of = |word| to(Noun::Accountability, case.as_str(), word);
        let heard =
            [("on", today.to_string()), ("text", "单位说明人员变动，对超期没有异议。".to_owned())];
        self.duty(&head, of("hear"), &heard)?;
        let decided = [
            ("on", today.to_string()),
            ("number", format!("云信责〔{YEAR}〕1号")),
            ("organ_name", "云岭县信访工作联席会议".to_owned()),
            ("sanction", "correct".to_owned()),
            ("text", "责令限期办结并向信访人说明，全县通报超期原因。".to_owned()),
        ];
        self.duty(&head, of("decide_case"), &decided).map(|_| ())
    }
}
