//! Several units on one matter (协办、指定).

use crate::act::{ActForm, Kind, Row};
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
                unit: f.unit("joint_unit", Kind::Unit),
                demands: f.ordinals("demands", Kind::Demands),
                due_on: f.date("due_on"),
                note: f.may_text("note"),
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
                text: f.text("text"),
                basis: f.line("basis"),
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
            let (unit, reason) = (f.unit("joint_unit", Kind::JointUnit), f.text("reason"));
            Command::ReleaseContribution(ContributionReleased { unit, reason }).into()
        },
    },
    Row {
        word: "dispute",
        act: Act::Dispute,
        rule: "R22-24",
        at: (),
        form: |f| Command::Dispute(Disputed { reason: f.text("reason") }).into(),
    },
    Row {
        word: "designate",
        act: Act::Designate,
        rule: "R22-24",
        at: (),
        form: |f| {
            let designated = Designated {
                to: f.unit("to", Kind::Unit),
                arbiter: arbiter(f.choice("arbiter", Kind::Arbiter)),
                number: f.line("number"),
                reason: f.text("reason"),
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
                successor: f.unit("successor", Kind::Unit),
                number: f.line("number"),
                reason: f.text("reason"),
            };
            Command::Succeed(succeeded).into()
        },
    },
];
