//! What happens once in the year and seldom (少见的办理): a suggestion, an accusation, a mediation, something urgent, a
//! hearing, a joint look with the petitioners, a withdrawal, and a matter that nobody wants.

use super::YEAR;
use super::deed::Turn;
use super::plan::{Happening, Plan, What};
use super::player::Player;
use crate::act::act;
use crate::by::By;
use crate::problem::Problem;
use casework::calendar::{Calendar, plus_days};
use casework::matter::hearing::{self, HearingAnnounced};
use casework::matter::joint::{self, Arbiter, Contributed, ContributionAsked, Designated};
use casework::matter::mediation::{self, Mediated, Settled, Way};
use casework::matter::participation::{
    self, Countersigned, EvidenceAdded, ParticipationOpened, ResultAnnounced, SessionHeld, Side,
};
use casework::matter::referral::{Objected, Refer};
use casework::matter::review::HearingHeld;
use casework::matter::track::{self, HandedOver};
use casework::matter::urgent::{self, UrgentReported};
use casework::matter::withdrawal::{self, Withdrawn};
use casework::matter::{Command, Matter, MatterId};
use casework::org::{Actor, Role, UnitId};
use casework::statute::GroundCode;
use jiff::civil::Date;

/// What is special about a matter (特别情形).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// 建议.
    Suggestion,
    /// 检举控告.
    Accusation,
    /// 调解.
    Mediated,
    /// 重大紧急.
    Urgent,
    /// 听证.
    Hearing,
    /// 介入办案.
    Participation,
    /// 撤回.
    Withdrawn,
    /// 三家都不认.
    Disputed,
}

/// What is done in such a matter beside what is done in every other.
#[derive(Clone, Copy)]
pub(super) enum Extra {
    HandOver,
    Mediate,
    Settle,
    ReportUrgent,
    AnnounceHearing,
    HoldHearing,
    OpenParticipation,
    AddEvidence(Side),
    HoldSession,
    Countersign,
    Announce,
    Withdraw,
    ReferTo(&'static str),
    ObjectOf(&'static str),
    Designate,
    AskContribution,
    Contribute,
}

/// Who is asked to look at what another handles.
const SECOND: &str = "finance";

impl Special {
    /// In the order in which the year's matters get them.
    pub(super) const ALL: [Self; 8] = [
        Self::Suggestion,
        Self::Urgent,
        Self::Mediated,
        Self::Withdrawn,
        Self::Hearing,
        Self::Accusation,
        Self::Disputed,
        Self::Participation,
    ];

    /// What happens after it came: what, so many working days after what came before.
    fn course(self) -> Vec<(What, u32)> {
        use What::{Accept, Answer, Conclude, Extra as X, Hear, Notify, Refer, Serve, Sign};
        let taken = vec![(Refer, 2), (Notify, 1), (Accept, 2), (Notify, 1), (Hear, 1)];
        let ended = vec![(Answer, 6), (Sign, 1), (Serve, 2), (Conclude, 1)];
        let middle = match self {
            Self::Suggestion => Vec::new(),
            Self::Urgent => vec![(X(Extra::ReportUrgent), 0)],
            Self::Hearing => {
                vec![(X(Extra::AnnounceHearing), 1), (Notify, 1), (X(Extra::HoldHearing), 6)]
            }
            Self::Participation => vec![
                (X(Extra::OpenParticipation), 3),
                (X(Extra::AddEvidence(Side::Petitioner)), 4),
                (X(Extra::AddEvidence(Side::Unit)), 1),
                (X(Extra::HoldSession), 3),
                (X(Extra::Countersign), 1),
                (X(Extra::Announce), 2),
            ],
            Self::Accusation => return vec![(X(Extra::HandOver), 3), (Notify, 1)],
            Self::Withdrawn => {
                let back = vec![(X(Extra::Withdraw), 5), (What::NotifyAgain, 1), (Conclude, 8)];
                return [taken, back].concat();
            }
            Self::Mediated => {
                let agreed = vec![(X(Extra::Mediate), 4), (X(Extra::Settle), 5), (Conclude, 1)];
                return [taken, agreed].concat();
            }
            Self::Disputed => {
                let disputed = vec![
                    (X(Extra::ReferTo("housing")), 2),
                    (X(Extra::ObjectOf("housing")), 2),
                    (What::Return, 1),
                    (X(Extra::ReferTo("civil")), 1),
                    (X(Extra::ObjectOf("civil")), 2),
                    (What::Return, 1),
                    (Refer, 1),
                    (What::Object, 2),
                    (X(Extra::Designate), 2),
                    (Accept, 2),
                    (Notify, 1),
                    (Hear, 1),
                    (X(Extra::AskContribution), 1),
                    (X(Extra::Contribute), 4),
                ];
                return [disputed, ended].concat();
            }
        };
        [taken, middle, ended].concat()
    }

    /// Its happenings from the day on which it came.
    pub(super) fn happenings(
        self,
        calendar: &Calendar,
        matter: usize,
        came_on: Date,
    ) -> Vec<Happening> {
        let (mut at, mut hour) = (came_on, 9);
        let came = Happening { at: (came_on, hour, 0), matter, what: What::Come };
        let happens = |(what, days): (What, u32)| {
            at = calendar.plus_working_days(at, days);
            hour = if days == 0 { hour + 1 } else { 10 };
            Happening { at: (at, hour, 25), matter, what }
        };
        std::iter::once(came).chain(self.course().into_iter().map(happens)).collect()
    }
}

impl Player<'_> {
    /// Does one of the seldom acts.
    pub(super) fn extra(
        &self,
        plan: &Plan,
        id: MatterId,
        extra: Extra,
        Turn { on, serial }: Turn,
    ) -> Result<(), Problem> {
        let office = self.house.office.0.clone();
        let clerk = self.person(&office, Role::RegistrationClerk)?;
        let unit = self.unit(plan);
        let (handler, head) =
            (self.person(&unit, Role::UnitHandler)?, self.person(&unit, Role::UnitHead)?);
        let doing = |actor: &Actor, command: Command| {
            act(self.house, By::now(self.house, actor), id, None, command).map(|_| ())
        };
        let at_home = |command: Command| {
            act(self.house, By::public(self.house), id, None, command).map(|_| ())
        };
        match extra {
            Extra::HandOver => doing(&clerk, hand_over(serial)),
            Extra::Mediate => doing(&handler, mediate(on)),
            Extra::Settle => doing(&head, settle(plan, on, serial)),
            Extra::ReportUrgent => doing(&clerk, report_urgent()),
            Extra::AnnounceHearing => {
                // Told one working day later, and held six after that.
                let held_on = self.house.calendar().plus_working_days(on, 7);
                doing(&handler, hearing_ahead(held_on))
            }
            Extra::HoldHearing => doing(&handler, heard(on)),
            Extra::OpenParticipation => doing(&handler, open_participation(on)),
            Extra::AddEvidence(Side::Petitioner) => at_home(evidence(Side::Petitioner)),
            Extra::AddEvidence(Side::Unit) => doing(&handler, evidence(Side::Unit)),
            Extra::HoldSession => doing(&handler, session(on)),
            Extra::Countersign => at_home(countersign()),
            Extra::Announce => doing(&handler, announce(on)),
            Extra::Withdraw => at_home(self.withdraw(id)?),
            Extra::ReferTo(unit) => doing(&clerk, refer(unit)),
            Extra::ObjectOf(unit) => doing(&self.person(unit, Role::UnitHandler)?, object()),
            Extra::Designate => {
                doing(&self.person(&office, Role::OfficeHead)?, designate(&unit, serial))
            }
            Extra::AskContribution => doing(&handler, ask_contribution(on)),
            Extra::Contribute => doing(&self.person(SECOND, Role::UnitHandler)?, contribute()),
        }
    }

    /// Whoever petitioned takes it back at home.
    fn withdraw(&self, id: MatterId) -> Result<Command, Problem> {
        let matter: Option<Matter> = self.house.db.read(|tx| store::matter::find(tx, id))?;
        let petition = matter.and_then(|matter| matter.petitions.into_iter().next());
        let number = petition.map(|one| one.number).ok_or(Problem::NotFound)?;
        let withdrawn = Withdrawn {
            petition: number,
            reason: "村里已经把账目说清楚了，我不再反映。".to_owned(),
            signatures: 1,
            attachments: Vec::new(),
        };
        Ok(withdrawal::Command::Withdraw(withdrawn).into())
    }
}

fn hand_over(serial: u32) -> Command {
    let handed = HandedOver {
        ground: GroundCode::Accusation,
        where_to: "中共云岭县纪律检查委员会、云岭县监察委员会".to_owned(),
        number: format!("云信转〔{YEAR}〕{serial}号"),
    };
    track::Command::HandOver(handed).into()
}

fn mediate(on: Date) -> Command {
    let mediated = Mediated {
        on,
        mediator: "县人民调解委员会".to_owned(),
        consent: true,
        text: "双方说明了各自的依据，同意按实际面积核算。".to_owned(),
    };
    mediation::Command::Mediate(mediated).into()
}

fn settle(plan: &Plan, on: Date, serial: u32) -> Command {
    let settled = Settled {
        way: Way::Mediation,
        number: format!("云调〔{YEAR}〕{serial}号"),
        on,
        recipient: plan.who.name.clone(),
        consent: true,
        text: "按实际面积核算，差额一次付清；双方再无其他争议。".to_owned(),
        done_by: plus_days(on, 20),
        attachments: Vec::new(),
    };
    mediation::Command::Settle(settled).into()
}

fn report_urgent() -> Command {
    let reported = UrgentReported {
        recipients: "县委、县人民政府".to_owned(),
        text: "来访群众反映水渠决口，可能淹没下游农田和房屋。".to_owned(),
        measures: "已通知水务局和乡镇到场，组织群众转移。".to_owned(),
        contact: "县信访局值班室".to_owned(),
    };
    urgent::Command::ReportUrgent(reported).into()
}

fn hearing_ahead(held_on: Date) -> Command {
    let announced = HearingAnnounced {
        held_on,
        venue: "县政务服务中心三楼听证室，上午九时".to_owned(),
        host: "县司法局公职律师".to_owned(),
        panel: "县人大代表、乡镇干部、律师各一名".to_owned(),
        text: "承包地面积登记与实际不符应否重新丈量。".to_owned(),
        closed_because: String::new(),
    };
    hearing::Command::AnnounceHearing(announced).into()
}

fn heard(on: Date) -> Command {
    Command::HoldHearing(HearingHeld {
        from: on,
        until: on,
        host: "县司法局公职律师".to_owned(),
        interpreter: String::new(),
        text: "信访人、承办单位和三名听证员参加，逐项质证；听证员一致认为面积应当重新丈量。"
            .to_owned(),
        closed_because: String::new(),
    })
}

fn open_participation(on: Date) -> Command {
    let opened = ParticipationOpened {
        names: Vec::new(),
        elected_on: plus_days(on, -2),
        representatives: "冯树林、白玉珍".to_owned(),
        elected: 2,
        members: "承办单位两人，县档案局一人".to_owned(),
        text: "与群众代表一起查找原始档案，逐户核对。".to_owned(),
        attachments: Vec::new(),
    };
    participation::Command::OpenParticipation(opened).into()
}

fn evidence(side: Side) -> Command {
    let (item, text) = match side {
        Side::Petitioner => ("当年的分配表", "代表保存的复印件，有当时的签名。"),
        Side::Unit => ("档案馆原件", "与复印件逐页核对一致。"),
    };
    let (item, text) = (item.to_owned(), text.to_owned());
    let added = EvidenceAdded { side, item, text, attachments: Vec::new() };
    participation::Command::AddEvidence(added).into()
}

fn session(on: Date) -> Command {
    let held = SessionHeld {
        on,
        venue: "村委会会议室".to_owned(),
        present: "群众代表和承办单位人员".to_owned(),
        interpreter: String::new(),
        text: "逐户核对分配表和档案原件，更正七户的面积。".to_owned(),
        attachments: Vec::new(),
    };
    participation::Command::HoldSession(held).into()
}

fn countersign() -> Command {
    let note = "核对无误。".to_owned();
    let signed = Countersigned { session: 1, note, attachments: Vec::new() };
    participation::Command::Countersign(signed).into()
}

fn announce(on: Date) -> Command {
    let announced = ResultAnnounced {
        on,
        venue: "村民大会".to_owned(),
        count: 64,
        text: "七户的面积已经更正，差额月底前补发；其余各户与档案一致。".to_owned(),
    };
    participation::Command::AnnounceResult(announced).into()
}

fn refer(unit: &str) -> Command {
    Command::Refer(Refer {
        to: UnitId(unit.to_owned()),
        report_back_on: None,
        note: "请核实职责后依法办理。".to_owned(),
        despite: "先由你单位说明情况。".to_owned(),
    })
}

fn object() -> Command {
    let reason = "反映的事项不属于本单位职权，请信访局核实。".to_owned();
    Command::Object(Objected { reason, proposed: None })
}

fn designate(unit: &str, serial: u32) -> Command {
    let designated = Designated {
        to: UnitId(unit.to_owned()),
        arbiter: Arbiter::Superior(UnitId("gov".to_owned())),
        number: format!("云政办信〔{YEAR}〕{serial}号"),
        reason: "按职责分工由你单位主办，县财政局协办。".to_owned(),
    };
    joint::Command::Designate(designated).into()
}

fn ask_contribution(on: Date) -> Command {
    let asked = ContributionAsked {
        unit: UnitId(SECOND.to_owned()),
        demands: vec![1],
        due_on: plus_days(on, 12),
        note: "请核对历年拨付的数额。".to_owned(),
    };
    joint::Command::AskContribution(asked).into()
}

fn contribute() -> Command {
    let contributed = Contributed {
        unit: UnitId(SECOND.to_owned()),
        text: "历年拨付的凭证已经逐笔核对，数额与台账一致。".to_owned(),
        basis: "《会计档案管理办法》".to_owned(),
        attachments: Vec::new(),
    };
    joint::Command::Contribute(contributed).into()
}
