//! Several units on one matter (协办、指定).

use crate::act::{ActForm, Kind, Name, Row};
use casework::matter::joint::{
    Arbiter, Command, Contributed, ContributionAsked, ContributionReleased, Designated, Disputed,
    Succeeded,
};
use casework::org::UnitId;
use casework::role::Act;

/// The arbiter's word for the joint conference, where no unit stands above all.
pub const CONFERENCE: &str = "conference";

fn arbiter(chosen: String) -> Arbiter {
    if chosen == CONFERENCE { Arbiter::Conference } else { Arbiter::Superior(UnitId(chosen)) }
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "ask_contribution",
        act: Act::AskContribution,
        rule: "R22-24",
        at: (),
        form: |f| {
            let asked = ContributionAsked {
                unit: f.unit(Name::JointUnit, Kind::Unit),
                demands: f.ordinals(Name::Demands, Kind::Demands),
                due_on: f.date(Name::DueOn),
                note: f.may_text(Name::Note),
            };
            Command::AskContribution(asked).into()
        },
    },
    Row {
        word: "contribute",
        act: Act::Contribute,
        rule: "R22-24",
        at: (),
        form: |f| {
            let contributed = Contributed {
                // Whoever does it is the unit.
                unit: UnitId(String::new()),
                text: f.text(Name::Text),
                basis: f.line(Name::Basis),
                attachments: f.files(),
            };
            Command::Contribute(contributed).into()
        },
    },
    Row {
        word: "release_contribution",
        act: Act::ReleaseContribution,
        rule: "R22-24",
        at: (),
        form: |f| {
            let (unit, reason) = (f.unit(Name::JointUnit, Kind::JointUnit), f.text(Name::Reason));
            Command::ReleaseContribution(ContributionReleased { unit, reason }).into()
        },
    },
    Row {
        word: "dispute",
        act: Act::Dispute,
        rule: "R22-24",
        at: (),
        form: |f| Command::Dispute(Disputed { reason: f.text(Name::Reason) }).into(),
    },
    Row {
        word: "designate",
        act: Act::Designate,
        rule: "R22-24",
        at: (),
        form: |f| {
            let designated = Designated {
                to: f.unit(Name::To, Kind::Unit),
                arbiter: arbiter(f.choice(Name::Arbiter, Kind::Arbiter)),
                number: f.line(Name::Number),
                reason: f.text(Name::Reason),
            };
            Command::Designate(designated).into()
        },
    },
    Row {
        word: "succeed",
        act: Act::Succeed,
        rule: "R22-24b",
        at: (),
        form: |f| {
            let succeeded = Succeeded {
                successor: f.unit(Name::Successor, Kind::Unit),
                number: f.line(Name::Number),
                reason: f.text(Name::Reason),
            };
            Command::Succeed(succeeded).into()
        },
    },
];
