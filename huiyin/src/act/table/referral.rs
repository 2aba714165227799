//! Passing on (转办): the office disposes, the unit objects or declines.

use crate::act::{ActForm, Form, Kind, Name, Row};
use casework::matter::Command;
use casework::matter::referral::{
    Filed, Objected, Refer, ReportPostponed, ResultReported, Ruling, Told,
};
use casework::org::UnitId;
use casework::role::Act;

/// What the petitioner is told on a ground; which of it a ground needs, the law says.
pub(super) fn told(f: &mut Form<'_>) -> Told {
    Told {
        ground: f.one_among(Name::Ground, Kind::Ground),
        where_to: f.line(Name::WhereTo),
        how: f.may_text(Name::How),
        within: f.may_line(Name::Within),
        earlier: f.may_line(Name::Earlier),
        note: f.may_text(Name::Note),
    }
}

fn ruling(f: &mut Form<'_>) -> Ruling {
    Ruling { reason: f.text(Name::Reason) }
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "refer",
        act: Act::Refer,
        rule: "R22-22",
        at: (),
        form: |f| {
            Command::Refer(Refer {
                to: f.unit(Name::To, Kind::Unit),
                report_back_on: f.may_date(Name::ReportBackOn),
                note: f.may_text(Name::Note),
                despite: f.may_text(Name::Despite),
            })
        },
    },
    Row { word: "tell", act: Act::Tell, rule: "R22-22c", at: (), form: |f| Command::Tell(told(f)) },
    Row {
        word: "file",
        act: Act::File,
        rule: "R22-22",
        at: (),
        form: |f| {
            let ground = Some(f.one_among(Name::Ground, Kind::GroundFiled));
            Command::File(Filed { ground, reason: f.text(Name::Reason) })
        },
    },
    Row {
        word: "recall",
        act: Act::Recall,
        rule: "R22-30",
        at: (),
        form: |f| Command::Recall(ruling(f)),
    },
    Row {
        word: "return",
        act: Act::Return,
        rule: "R22-23d",
        at: (),
        form: |f| Command::Return(ruling(f)),
    },
    Row {
        word: "refuse_objection",
        act: Act::RefuseObjection,
        rule: "R22-23d",
        at: (),
        form: |f| Command::RefuseObjection(ruling(f)),
    },
    Row {
        word: "report_result",
        act: Act::ReportResult,
        rule: "R22-22",
        at: (),
        form: |f| {
            let (number, text) = (f.line(Name::Number), f.text(Name::Text));
            Command::ReportResult(ResultReported { number, text })
        },
    },
    Row {
        word: "postpone_report",
        act: Act::PostponeReport,
        rule: "R22-22",
        at: (),
        form: |f| {
            let (report_back_on, reason) = (f.date(Name::ReportBackOn), f.text(Name::Reason));
            Command::PostponeReport(ReportPostponed { report_back_on, reason })
        },
    },
    Row {
        word: "object",
        act: Act::Object,
        rule: "R22-23d",
        at: (),
        form: |f| {
            Command::Object(Objected {
                reason: f.text(Name::Reason),
                proposed: f.may_choice(Name::Proposed, Kind::Unit).map(UnitId),
            })
        },
    },
    Row {
        word: "decline",
        act: Act::Decline,
        rule: "R22-23",
        at: (),
        form: |f| Command::Decline(told(f)),
    },
];
