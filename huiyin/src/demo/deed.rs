//! What each event of the played year does (演示动作): the same acts that people use.

use super::plan::{Came, Plan, What, answer, by_post, served};
use super::player::Player;
use super::special::Special;
use super::{YEAR, broken};
use crate::act::act;
use crate::by::By;
use crate::draft::{Against, Draft};
use crate::intake::Joining;
use crate::intake::{join, register};
use crate::problem::Problem;
use casework::category::Category;
use casework::matter::correction::{self, Correct};
use casework::matter::handling::{Accept, ExtensionAsked, Signed};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::intake::Claim;
use casework::matter::notice::{Notice, NoticeServed};
use casework::matter::passing::{self, PassedOn};
use casework::matter::rating::{self, Content, Rated};
use casework::matter::referral::{Objected, Refer, Ruling};
use casework::matter::repeat::{self, TellRepeat};
use casework::matter::service::Conclude;
use casework::matter::supervision::{
    Executed, Supervised, SupervisionAnswered, SupervisionForm, Trigger,
};
use casework::matter::{Cause, Command, Matter, MatterId};
use casework::org::{Actor, Role, UnitId};
use casework::petition::{Channel, PartyKind, PartyRole, Petition};
use jiff::civil::Date;

/// When an event happens, and its number among its matter's events or papers (演示时点).
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub on: Date,
    pub serial: u32,
}

/// Why a unit answers first although it is complained of.
fn despite(complained_of: bool) -> String {
    let reason = "该事项属其法定职责，应由其先行作出答复；信访局跟踪督促。";
    if complained_of { reason.to_owned() } else { String::new() }
}

/// The office writes to a unit that is late.
fn supervise(clerk: &Actor, unit: &str, serial: u32) -> Command {
    Command::Supervise(Supervised {
        number: format!("信督〔{YEAR}〕{serial}号"),
        form: SupervisionForm::Letter,
        trigger: Trigger::Overdue,
        unit: UnitId(unit.to_owned()),
        text: "办理期限已过，请说明原因，十五日内书面答复信访人。".to_owned(),
        tracker: clerk.account.clone(),
        members: Vec::new(),
    })
}

/// A step of the investigation, about everybody who waits.
fn step(on: Date, inquiry: InquiryKind, text: String) -> Command {
    Command::TakeStep(StepTaken {
        on,
        inquiry,
        petition: None,
        text,
        interpreter: String::new(),
        attachments: Vec::new(),
    })
}

fn answer_supervision() -> Command {
    Command::AnswerSupervision(SupervisionAnswered {
        adopted: true,
        text: "已增派人员调取档案，月底前答复。".to_owned(),
    })
}

impl Player<'_> {
    pub(super) fn person(&self, unit: &str, role: Role) -> Result<Actor, Problem> {
        self.people
            .get(&(unit.to_owned(), role))
            .cloned()
            .ok_or_else(|| broken(format!("nobody is {} at {unit}", role.word())))
    }

    /// The unit that a story's matter belongs to: a bureau, or the township of the place.
    pub(super) fn unit(&self, plan: &Plan) -> String {
        if plan.story.unit == "township" { self.township(plan) } else { plan.story.unit.clone() }
    }

    /// The unit of whose doing or not doing people complain at the office.
    fn complained_of(&self, plan: &Plan) -> Option<UnitId> {
        const CONDUCT: [Cause; 4] = [
            Cause::Inaction,
            Cause::SlowAction,
            Cause::AdministrativeConduct,
            Cause::PromiseUnkept,
        ];
        let conduct = Cause::parse(&plan.story.cause).is_some_and(|one| CONDUCT.contains(&one));
        let at_office = matches!(plan.came, Came::Office);
        (conduct && at_office).then(|| UnitId(self.unit(plan)))
    }

    /// The township in which the problem lies.
    fn township(&self, plan: &Plan) -> String {
        let township = plan.place.0.get(..9).unwrap_or_default();
        let directory = self.house.directory();
        let found = directory.units.values().find(|unit| unit.place.0 == township);
        found.map(|unit| unit.id.0.clone()).unwrap_or_default()
    }

    pub(super) fn happen(
        &mut self,
        plan: &Plan,
        id: &mut Option<MatterId>,
        what: &What,
        turn: Turn,
    ) -> Result<(), Problem> {
        let Turn { on, serial } = turn;
        let office = self.house.office.0.clone();
        let clerk = self.person(&office, Role::RegistrationClerk)?;
        if let What::Come = what {
            let at_township = || self.person(&self.township(plan), Role::UnitHandler);
            *id = match plan.came {
                Came::Office => self.come(plan, &clerk, on)?,
                Came::Township | Came::PassedOn => self.come(plan, &at_township()?, on)?,
                Came::Found => Some(self.hear(plan, turn)?),
            };
            return Ok(());
        }
        let matter = id.ok_or_else(|| broken("came again before coming"))?;
        if let What::Again(channel, headcount) = what {
            return self.again(matter, &clerk, self.draft(plan, *channel, *headcount, on));
        }
        let unit = self.unit(plan);
        let handler = self.person(&unit, Role::UnitHandler)?;
        let head = self.person(&unit, Role::UnitHead)?;
        let doing = |actor: &Actor, command: Command| {
            act(self.house, By::now(self.house, actor), matter, None, command).map(|_| ())
        };
        match what {
            What::Come | What::Again(..) => Ok(()),
            What::PassOn => {
                doing(&self.person(&self.township(plan), Role::UnitHandler)?, self.pass_on(&unit))
            }
            What::TakeOver => doing(&clerk, passing::Command::TakeOver.into()),
            What::Refer => doing(
                &clerk,
                Command::Refer(Refer {
                    despite: despite(
                        self.complained_of(plan).as_ref() == Some(&UnitId(unit.clone())),
                    ),
                    to: UnitId(unit),
                    report_back_on: None,
                    note: "请依法办理，按期书面答复信访人。".to_owned(),
                }),
            ),
            What::Object => doing(
                &handler,
                Command::Object(Objected {
                    reason: "材料中涉及的事项还需与其他单位核对职责，请信访局核实后确定。"
                        .to_owned(),
                    proposed: None,
                }),
            ),
            What::Return => doing(
                &clerk,
                Command::Return(Ruling {
                    reason: "已核实，材料补齐后重新转送。".to_owned()
                }),
            ),
            What::Accept => doing(&handler, Command::Accept(Accept::default())),
            What::Hear => self.hear_out(&handler, matter, on),
            What::Step(number) => {
                let text = plan.story.steps.get(*number).cloned().unwrap_or_default();
                doing(&handler, step(on, InquiryKind::Site, text))
            }
            What::AskExtension => doing(
                &handler,
                Command::AskExtension(ExtensionAsked {
                    days: 30,
                    reason: "需要向多个单位调取早年档案核对，六十日内难以查清。".to_owned(),
                }),
            ),
            What::Extend => doing(&head, Command::Extend),
            What::Answer => {
                // Who came in between is heard too.
                self.hear_out(&handler, matter, on)?;
                let demands = u32::try_from(plan.story.demands.len()).unwrap_or(0);
                (1..=demands).try_for_each(|demand| doing(&handler, answer(plan, demand, on)))
            }
            What::Sign => doing(&head, self.sign(&head, serial)),
            What::Serve => doing(&handler, served(plan, on, serial)),
            What::Supervise => doing(&clerk, supervise(&clerk, &unit, serial)),
            What::AnswerSupervision => doing(&handler, answer_supervision()),
            What::Execute => self.execute(&handler, matter, on),
            What::Review(course) => self.review(plan, matter, *course, turn),
            What::Letter(letter) => self.letter(plan, matter, *letter, turn),
            What::Extra(extra) => self.extra(plan, matter, *extra, turn),
            What::Rate => self.rate(matter, serial),
            What::Correct => self.correct(matter, &clerk),
            What::Notify => self.notify(plan, matter, turn, |notice| notice.petition.is_none()),
            What::TellAgain => self.tell_again(matter, &clerk),
            What::NotifyAgain => {
                self.notify(plan, matter, turn, |notice| notice.petition.is_some())
            }
            What::Conclude => doing(
                &handler,
                Command::Conclude(Conclude { cause: Cause::parse(&plan.story.cause) }),
            ),
        }
    }

    /// The unit hears everybody whom it has not heard.
    pub(super) fn hear_out(&self, handler: &Actor, id: MatterId, on: Date) -> Result<(), Problem> {
        let matter = self.house.db.read(|tx| store::matter::find(tx, id))?;
        if matter.is_none_or(|matter| matter.unheard().next().is_none()) {
            return Ok(());
        }
        let text = "约信访人当面说明情况，听取了事实和理由，逐项核对了诉求，信访人核对笔录后签字。";
        let command = step(on, InquiryKind::Heard, text.to_owned());
        act(self.house, By::now(self.house, handler), id, None, command).map(|_| ())
    }

    /// Whoever is at the counter registers who comes.
    fn come(&self, plan: &Plan, taker: &Actor, on: Date) -> Result<Option<MatterId>, Problem> {
        let draft = self.draft(plan, plan.channel, plan.headcount, on);
        let receipt = register(self.house, By::now(self.house, taker), draft, None)?;
        Ok(receipt.matter.map(|matter| matter.id))
    }

    /// The township says whose affair it is.
    fn pass_on(&self, unit: &str) -> Command {
        let proposed = UnitId(unit.to_owned());
        let name = self.house.directory().unit(&proposed).to_owned();
        let reason = format!("经核对职责，反映的问题由{name}管理，本乡镇无权处理。");
        passing::Command::PassOn(PassedOn { reason, proposed: Some(proposed) }).into()
    }

    /// Who comes again joins the first petition.
    fn again(&self, into: MatterId, clerk: &Actor, draft: Draft) -> Result<(), Problem> {
        let claims = (1..).map(Claim::Same).take(draft.petition.demands.len()).collect();
        let reason = "同一信访人，同一事项：电话相同，事实和诉求基本一致".to_owned();
        let joining = Joining { into, claims: Some(claims), reason };
        join(self.house, By::now(self.house, clerk), draft, joining).map(|_| ())
    }

    /// Who came again after the answer is told how it stands; who came before it waits for it like everybody else.
    fn tell_again(&self, id: MatterId, clerk: &Actor) -> Result<(), Problem> {
        let matter = self.house.db.read(|tx| store::matter::find(tx, id))?;
        for petition in matter.iter().flat_map(Matter::untold) {
            let note = "来访时已当面询问，信访人没有提出新的事实和理由；已说明可以怎样申请复查。";
            let told = TellRepeat { petition: petition.number.clone(), note: note.to_owned() };
            let command = repeat::Command::TellRepeat(told).into();
            act(self.house, By::now(self.house, clerk), id, None, command)?;
        }
        Ok(())
    }

    /// Who petitioned first says at home how it was handled.
    fn rate(&self, id: MatterId, serial: u32) -> Result<(), Problem> {
        let matter = self.house.db.read(|tx| store::matter::find(tx, id))?;
        let Some(petition) = matter.and_then(|matter| matter.petitions.into_iter().next()) else {
            return Ok(());
        };
        let turn = usize::try_from(serial).unwrap_or_default();
        let of_unit = Content::ALL[turn % Content::ALL.len()];
        let note = match of_unit {
            Content::Satisfied => "答复清楚，说到做到。",
            Content::Mostly => "",
            Content::Dissatisfied => "时间太长，中间没有人联系。",
        };
        let (petition, note) = (petition.number, note.to_owned());
        let rated = Rated { petition, of_office: Content::Satisfied, of_unit, note };
        let command = rating::Command::Rate(rated).into();
        act(self.house, By::public(self.house), id, None, command).map(|_| ())
    }

    /// The counter had not counted whoever waited outside.
    fn correct(&self, id: MatterId, clerk: &Actor) -> Result<(), Problem> {
        let matter = self.house.db.read(|tx| store::matter::find(tx, id))?;
        let Some(petition) = matter.and_then(|matter| matter.petitions.into_iter().next()) else {
            return Ok(());
        };
        let correct = Correct {
            petition: petition.number,
            channel: None,
            headcount: Some(petition.headcount + 1),
            place: None,
            received_on: None,
            reason: "同来的一人当时在门外，没有计入人数。".to_owned(),
        };
        let command = correction::Command::Correct(correct).into();
        act(self.house, By::now(self.house, clerk), id, None, command).map(|_| ())
    }

    /// What was promised for a demand is done and noted.
    fn execute(&self, handler: &Actor, id: MatterId, on: Date) -> Result<(), Problem> {
        let found = self.house.db.read(|tx| store::matter::find(tx, id))?;
        let demands = found.map(|matter| matter.demands).unwrap_or_default();
        for demand in demands {
            let promised = demand.answer.and_then(|answer| answer.commitment);
            let Some(commitment) = promised else { continue };
            let text = format!("已办：{}。信访人已签字确认。", commitment.what);
            let command = Command::Execute(Executed { demand: demand.ordinal, on, text });
            act(self.house, By::now(self.house, handler), id, None, command)?;
        }
        Ok(())
    }

    /// The unit's opinion gets its number.
    fn sign(&self, head: &Actor, serial: u32) -> Command {
        let directory = self.house.directory();
        let unit = directory.units.get(&head.unit);
        let short = unit.map(|unit| unit.short.clone()).unwrap_or_default();
        let number = format!("{short}信〔{YEAR}〕{serial}号");
        Command::Sign(Signed { number, new_facts: None, for_head: None })
    }

    /// Brings the notices of a kind that are not served to the petitioner, each by the unit whose it is.
    fn notify(
        &self,
        plan: &Plan,
        id: MatterId,
        Turn { on, serial }: Turn,
        which: fn(&&Notice) -> bool,
    ) -> Result<(), Problem> {
        let matter = self.house.db.read(|tx| store::matter::find(tx, id))?;
        for notice in matter.iter().flat_map(Matter::unserved).filter(which) {
            let role = if notice.unit == self.house.office {
                Role::RegistrationClerk
            } else {
                Role::UnitHandler
            };
            let service = by_post(plan, on, serial);
            let command = Command::ServeNotice(NoticeServed { notice: notice.ordinal, service });
            let by = By::now(self.house, &self.person(&notice.unit.0, role)?);
            act(self.house, by, id, None, command)?;
        }
        Ok(())
    }

    fn draft(&self, plan: &Plan, channel: Channel, headcount: u32, on: Date) -> Draft {
        let category = Category(plan.story.category.clone());
        Draft {
            petition: Petition {
                headcount,
                title: plan.story.title.clone(),
                text: plan.story.text.clone(),
                demands: plan.story.demands.clone(),
                complained_of: self.complained_of(plan),
                mailbox: self
                    .magistrate()
                    .ok()
                    .filter(|_| plan.own())
                    .map(|one| one.account.clone()),
                publishable: plan.own(),
                track: plan.track(),
                urgent: plan.special == Some(Special::Urgent),
                ..Petition::handed_in(channel, on, plan.place.clone(), category)
            },
            parties: vec![(PartyRole::Lead, PartyKind::Person, plan.who.clone())],
            accused: self.accused(plan),
        }
    }

    /// Whom an accusation is against: somebody of the unit whose affair it is.
    fn accused(&self, plan: &Plan) -> Vec<Against> {
        let accuses = plan.special == Some(Special::Accusation);
        let against = || Against {
            unit: Some(UnitId(self.unit(plan))),
            name: "孙某".to_owned(),
            ..Against::default()
        };
        accuses.then(against).into_iter().collect()
    }
}
