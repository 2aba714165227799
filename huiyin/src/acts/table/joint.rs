//! Several units on one matter (协办、指定).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::joint::{
    Arbiter, Command, Contributed, ContributionAsked, ContributionReleased, Designated, Disputed,
    Succeeded,
};
use casework::org::UnitId;
use casework::role::Act;

/// The arbiter's word for the joint conference, where no unit stands above all.
pub const CONFERENCE: &str = "conference";

fn ask_contribution(r: &mut Reader<'_>) -> Option<casework::matter::Command> {
    let unit = UnitId(r.need("joint_unit"));
    let typed = r.texts("demands");
    let read = |one: &String| chinese::script::folded(one).parse::<u32>().ok();
    let mut demands: Vec<u32> = typed.iter().filter_map(read).collect();
    demands.sort_unstable();
    demands.dedup();
    if typed.is_empty() {
        r.wrong("demands", "wrong-missing");
    } else if typed.iter().any(|one| read(one).is_none()) {
        r.wrong("demands", "wrong-number");
    }
    let (due_on, note) = (r.need_date("due_on"), r.text("note"));
    let asked = ContributionAsked { unit, demands, due_on: due_on?, note };
    Some(Command::AskContribution(asked).into())
}

fn designate(r: &mut Reader<'_>) -> Option<casework::matter::Command> {
    let arbiter = match r.need("arbiter").as_str() {
        CONFERENCE => Arbiter::Conference,
        unit => Arbiter::Superior(UnitId(unit.to_owned())),
    };
    let to = UnitId(r.need("to"));
    let (number, reason) = (r.need("number"), r.need("reason"));
    Some(Command::Designate(Designated { to, arbiter, number, reason }).into())
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "ask_contribution",
        act: Act::AskContribution,
        rule: "R22-24",
        fields: &[
            need("joint_unit", Kind::Unit),
            need("demands", Kind::Demands),
            need("due_on", Kind::Date),
            may("note", Kind::Text),
        ],
        parse: ask_contribution,
    },
    ActForm {
        word: "contribute",
        act: Act::Contribute,
        rule: "R22-24",
        fields: &[need("text", Kind::Text), need("basis", Kind::Line), may("files", Kind::Files)],
        parse: |r| {
            let (text, basis, attachments) = (r.need("text"), r.need("basis"), r.files());
            let unit = UnitId(String::new());
            Some(Command::Contribute(Contributed { unit, text, basis, attachments }).into())
        },
    },
    ActForm {
        word: "release_contribution",
        act: Act::ReleaseContribution,
        rule: "R22-24",
        fields: &[need("joint_unit", Kind::JointUnit), need("reason", Kind::Text)],
        parse: |r| {
            let (unit, reason) = (UnitId(r.need("joint_unit")), r.need("reason"));
            Some(Command::ReleaseContribution(ContributionReleased { unit, reason }).into())
        },
    },
    ActForm {
        word: "dispute",
        act: Act::Dispute,
        rule: "R22-24",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::Dispute(Disputed { reason: r.need("reason") }).into()),
    },
    ActForm {
        word: "designate",
        act: Act::Designate,
        rule: "R22-24",
        fields: &[
            need("to", Kind::Unit),
            need("arbiter", Kind::Arbiter),
            need("number", Kind::Line),
            need("reason", Kind::Text),
        ],
        parse: designate,
    },
    ActForm {
        word: "succeed",
        act: Act::Succeed,
        rule: "R22-24b",
        fields: &[
            need("successor", Kind::Unit),
            need("number", Kind::Line),
            need("reason", Kind::Text),
        ],
        parse: |r| {
            let successor = UnitId(r.need("successor"));
            let (number, reason) = (r.need("number"), r.need("reason"));
            Some(Command::Succeed(Succeeded { successor, number, reason }).into())
        },
    },
];
