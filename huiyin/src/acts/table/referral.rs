//! Passing on (转办): the office disposes, the unit objects or declines.

use crate::acts::{ActForm, Field, Kind, Reader, may, need};
use casework::matter::Command;
use casework::matter::handling::DirectAnswer;
use casework::matter::referral::{Filed, Objected, Refer, ReportPostponed, Ruling, Told};
use casework::org::UnitId;
use casework::role::Act;

pub(super) fn told(reader: &mut Reader<'_>) -> Told {
    Told {
        ground: reader.need("ground"),
        where_to: reader.need("where_to"),
        how: reader.text("how"),
        within: reader.text("within"),
        earlier: reader.text("earlier"),
        note: reader.text("note"),
    }
}

/// The fields of [`told`]; which of them a ground needs, the law says.
pub(super) const TOLD: &[Field] = &[
    need("ground", Kind::Ground),
    need("where_to", Kind::Line),
    may("how", Kind::Text),
    may("within", Kind::Line),
    may("earlier", Kind::Line),
    may("note", Kind::Text),
];

fn ruling(reader: &mut Reader<'_>) -> Ruling {
    Ruling { reason: reader.need("reason") }
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "refer",
        act: Act::Refer,
        rule: "R22-22",
        fields: &[
            need("to", Kind::Unit),
            may("report_back_on", Kind::Date),
            may("note", Kind::Text),
        ],
        parse: |r| {
            let to = UnitId(r.need("to"));
            Some(Command::Refer(Refer {
                to,
                report_back_on: r.date("report_back_on"),
                note: r.text("note"),
            }))
        },
    },
    ActForm {
        word: "tell",
        act: Act::Tell,
        rule: "R22-22",
        fields: TOLD,
        parse: |r| Some(Command::Tell(told(r))),
    },
    ActForm {
        word: "answer_directly",
        act: Act::AnswerDirectly,
        rule: "R22-22",
        fields: &[need("text", Kind::Text), need("basis", Kind::Line)],
        parse: |r| {
            Some(Command::AnswerDirectly(DirectAnswer {
                text: r.need("text"),
                basis: r.need("basis"),
            }))
        },
    },
    ActForm {
        word: "file",
        act: Act::File,
        rule: "R22-22",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::File(Filed { reason: r.need("reason") })),
    },
    ActForm {
        word: "recall",
        act: Act::Recall,
        rule: "R22-30",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::Recall(ruling(r))),
    },
    ActForm {
        word: "return",
        act: Act::Return,
        rule: "R22-23d",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::Return(ruling(r))),
    },
    ActForm {
        word: "refuse_objection",
        act: Act::RefuseObjection,
        rule: "R22-23d",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::RefuseObjection(ruling(r))),
    },
    ActForm {
        word: "postpone_report",
        act: Act::PostponeReport,
        rule: "R22-22",
        fields: &[need("report_back_on", Kind::Date), need("reason", Kind::Text)],
        parse: |r| {
            let (report_back_on, reason) = (r.need_date("report_back_on"), r.need("reason"));
            let report_back_on = report_back_on?;
            Some(Command::PostponeReport(ReportPostponed { report_back_on, reason }))
        },
    },
    ActForm {
        word: "object",
        act: Act::Object,
        rule: "R22-23d",
        fields: &[need("reason", Kind::Text), may("proposed", Kind::Unit)],
        parse: |r| {
            let proposed = Some(r.text("proposed")).filter(|unit| !unit.is_empty()).map(UnitId);
            Some(Command::Object(Objected { reason: r.need("reason"), proposed }))
        },
    },
    ActForm {
        word: "decline",
        act: Act::Decline,
        rule: "R22-23",
        fields: TOLD,
        parse: |r| Some(Command::Decline(told(r))),
    },
];
