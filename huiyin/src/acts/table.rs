//! The rows of the table of acts.

use super::{ActForm, Kind, Reader, may, need};
use casework::category::Category;
use casework::handling::{
    Commitment, DemandAnswered, DirectAnswer, ExtensionAsked, ExtensionRefused, Outcome, Signed,
    StepTaken,
};
use casework::intake::{Reclassify, Supplement, Withdrawn};
use casework::matter::{Cause, Command};
use casework::notice::NoticeServed;
use casework::org::UnitId;
use casework::petition::PetitionNumber;
use casework::referral::{Filed, Objected, Refer, Ruling, Told};
use casework::review::{HearingHeld, ReviewAsked, ReviewDecided, ReviewOutcome};
use casework::role::Act;
use casework::service::{Conclude, Served, ServiceMethod};
use casework::supervision::{
    Executed, Supervised, SupervisionAnswered, SupervisionClosed, SupervisionForm, Trigger,
};

fn told(reader: &mut Reader<'_>) -> Told {
    Told {
        ground: reader.need("ground"),
        where_to: reader.need("where_to"),
        note: reader.text("note"),
    }
}

fn ruling(reader: &mut Reader<'_>) -> Ruling {
    Ruling { reason: reader.need("reason") }
}

fn answer(reader: &mut Reader<'_>) -> Option<Command> {
    let what = reader.text("commitment");
    let by = reader.date("done_by");
    let commitment = match (what.is_empty(), by) {
        (true, None) => None,
        (false, Some(by)) => Some(Commitment { what, by }),
        (true, Some(_)) => {
            reader.wrong("commitment", "wrong-missing");
            None
        }
        (false, None) => {
            reader.wrong("done_by", "wrong-missing");
            None
        }
    };
    let (demand, outcome) = (reader.number("demand"), reader.word("outcome", Outcome::parse));
    let (text, basis) = (reader.need("text"), reader.need("basis"));
    Some(Command::AnswerDemand(DemandAnswered {
        demand: demand?,
        outcome: outcome?,
        text,
        basis,
        commitment,
    }))
}

fn service(reader: &mut Reader<'_>) -> Option<Served> {
    let (method, on) = (reader.word("method", ServiceMethod::parse), reader.need_date("on"));
    let recipient = chinese::identity::mask_name(&reader.need("recipient"));
    let (proof, attachments) = (reader.need("proof"), reader.files());
    Some(Served { method: method?, on: on?, recipient, proof, attachments })
}

fn ask_review(reader: &mut Reader<'_>) -> Option<Command> {
    let received_on = reader.need_date("received_on");
    let late = reader.text("late_reason");
    let asked = ReviewAsked {
        organ: UnitId(reader.need("organ")),
        posted_on: reader.date("posted_on"),
        reason: reader.need("reason"),
        late_reason: Some(late).filter(|reason| !reason.is_empty()),
        attachments: reader.files(),
        received_on: received_on?,
    };
    Some(Command::AskReview(asked))
}

fn supervise(reader: &mut Reader<'_>) -> Option<Command> {
    let form = reader.word("supervision_form", SupervisionForm::parse);
    let trigger = reader.word("trigger", Trigger::parse);
    let (number, text) = (reader.need("number"), reader.need("text"));
    let (unit, tracker) = (UnitId(reader.need("unit")), reader.need("tracker"));
    let (form, trigger) = (form?, trigger?);
    Some(Command::Supervise(Supervised { number, form, trigger, unit, text, tracker }))
}

/// Every act on a matter that has a form. Joining and un-joining have pages of their own.
pub const ALL: &[ActForm] = &[
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
        fields: &[
            need("ground", Kind::Ground),
            need("where_to", Kind::Line),
            may("note", Kind::Text),
        ],
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
        word: "accept",
        act: Act::Accept,
        rule: "R22-23c",
        fields: &[],
        parse: |_| Some(Command::Accept),
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
        fields: &[
            need("ground", Kind::Ground),
            need("where_to", Kind::Line),
            may("note", Kind::Text),
        ],
        parse: |r| Some(Command::Decline(told(r))),
    },
    ActForm {
        word: "take_step",
        act: Act::TakeStep,
        rule: "R22-31",
        fields: &[need("on", Kind::Date), need("text", Kind::Text), may("files", Kind::Files)],
        parse: |r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            Some(Command::TakeStep(StepTaken { on: on?, text, attachments: r.files() }))
        },
    },
    ActForm {
        word: "answer_demand",
        act: Act::AnswerDemand,
        rule: "R22-32",
        fields: &[
            need("demand", Kind::Demand),
            need("outcome", Kind::Outcome),
            need("text", Kind::Text),
            need("basis", Kind::Line),
            may("commitment", Kind::Line),
            may("done_by", Kind::Date),
        ],
        parse: answer,
    },
    ActForm {
        word: "ask_extension",
        act: Act::AskExtension,
        rule: "R22-34",
        fields: &[need("days", Kind::Number), need("reason", Kind::Text)],
        parse: |r| {
            let (days, reason) = (r.number("days"), r.need("reason"));
            Some(Command::AskExtension(ExtensionAsked { days: days?, reason }))
        },
    },
    ActForm {
        word: "extend",
        act: Act::Extend,
        rule: "R22-34",
        fields: &[],
        parse: |_| Some(Command::Extend),
    },
    ActForm {
        word: "refuse_extension",
        act: Act::RefuseExtension,
        rule: "R22-34",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::RefuseExtension(ExtensionRefused { reason: r.need("reason") })),
    },
    ActForm {
        word: "sign",
        act: Act::Sign,
        rule: "R22-32",
        fields: &[need("number", Kind::Line), may("new_facts", Kind::Text)],
        parse: |r| {
            let new_facts = Some(r.text("new_facts")).filter(|text| !text.is_empty());
            Some(Command::Sign(Signed { number: r.need("number"), new_facts }))
        },
    },
    ActForm {
        word: "serve",
        act: Act::Serve,
        rule: "R22-35",
        fields: &[
            need("method", Kind::Method),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| service(r).map(Command::Serve),
    },
    ActForm {
        word: "serve_notice",
        act: Act::ServeNotice,
        rule: "R22-23",
        fields: &[
            need("notice", Kind::Notice),
            need("method", Kind::Method),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let (notice, service) = (r.number("notice"), service(r));
            Some(Command::ServeNotice(NoticeServed { notice: notice?, service: service? }))
        },
    },
    ActForm {
        word: "conclude",
        act: Act::Conclude,
        rule: "R22-32",
        fields: &[need("cause", Kind::Cause)],
        parse: |r| {
            let cause = r.word("cause", Cause::parse)?;
            Some(Command::Conclude(Conclude { cause: Some(cause) }))
        },
    },
    ActForm {
        word: "ask_review",
        act: Act::AskReview,
        rule: "R22-35",
        fields: &[
            need("organ", Kind::Organ),
            need("received_on", Kind::Date),
            may("posted_on", Kind::Date),
            need("reason", Kind::Text),
            may("late_reason", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: ask_review,
    },
    ActForm {
        word: "accept_review",
        act: Act::AcceptReview,
        rule: "R22-35",
        fields: &[],
        parse: |_| Some(Command::AcceptReview),
    },
    ActForm {
        word: "decline_review",
        act: Act::DeclineReview,
        rule: "R22-35",
        fields: &[
            need("ground", Kind::Ground),
            need("where_to", Kind::Line),
            may("note", Kind::Text),
        ],
        parse: |r| Some(Command::DeclineReview(told(r))),
    },
    ActForm {
        word: "hold_hearing",
        act: Act::HoldHearing,
        rule: "R22-36",
        fields: &[need("from", Kind::Date), need("until", Kind::Date), need("text", Kind::Text)],
        parse: |r| {
            let (from, until) = (r.need_date("from"), r.need_date("until"));
            let text = r.need("text");
            Some(Command::HoldHearing(HearingHeld { from: from?, until: until?, text }))
        },
    },
    ActForm {
        word: "decide_review",
        act: Act::DecideReview,
        rule: "R22-35",
        fields: &[
            need("review_outcome", Kind::ReviewOutcome),
            need("text", Kind::Text),
            need("basis", Kind::Line),
            need("number", Kind::Line),
        ],
        parse: |r| {
            let outcome = r.word("review_outcome", ReviewOutcome::parse);
            let (text, basis, number) = (r.need("text"), r.need("basis"), r.need("number"));
            Some(Command::DecideReview(ReviewDecided { outcome: outcome?, text, basis, number }))
        },
    },
    ActForm {
        word: "serve_review",
        act: Act::ServeReview,
        rule: "R22-36",
        fields: &[
            need("method", Kind::Method),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: |r| service(r).map(Command::ServeReview),
    },
    ActForm {
        word: "supervise",
        act: Act::Supervise,
        rule: "R22-40",
        fields: &[
            need("number", Kind::Line),
            need("supervision_form", Kind::SupervisionForm),
            need("trigger", Kind::Trigger),
            need("unit", Kind::MatterUnit),
            need("text", Kind::Text),
            need("tracker", Kind::Line),
        ],
        parse: supervise,
    },
    ActForm {
        word: "answer_supervision",
        act: Act::AnswerSupervision,
        rule: "R22-40",
        fields: &[may("adopted", Kind::Yes), need("text", Kind::Text)],
        parse: |r| {
            let (adopted, text) = (r.text("adopted") == "yes", r.need("text"));
            Some(Command::AnswerSupervision(SupervisionAnswered { adopted, text }))
        },
    },
    ActForm {
        word: "close_supervision",
        act: Act::CloseSupervision,
        rule: "R22-40",
        fields: &[need("finding", Kind::Text)],
        parse: |r| {
            Some(Command::CloseSupervision(SupervisionClosed { finding: r.need("finding") }))
        },
    },
    ActForm {
        word: "execute",
        act: Act::Execute,
        rule: "R22-32",
        fields: &[need("demand", Kind::Demand), need("on", Kind::Date), need("text", Kind::Text)],
        parse: |r| {
            let (demand, on, text) = (r.number("demand"), r.need_date("on"), r.need("text"));
            Some(Command::Execute(Executed { demand: demand?, on: on?, text }))
        },
    },
    ActForm {
        word: "reclassify",
        act: Act::Reclassify,
        rule: "R22-21",
        fields: &[need("category", Kind::Category), need("reason", Kind::Line)],
        parse: |r| {
            let (category, reason) = (Category(r.need("category")), r.need("reason"));
            Some(Command::Reclassify(Reclassify { category, reason }))
        },
    },
    ActForm {
        word: "withdraw",
        act: Act::Withdraw,
        rule: "D-casefile",
        fields: &[need("petition", Kind::Petition), need("reason", Kind::Text)],
        parse: |r| {
            let (petition, reason) = (PetitionNumber(r.need("petition")), r.need("reason"));
            Some(Command::Withdraw(Withdrawn { petition, reason }))
        },
    },
    ActForm {
        word: "supplement",
        act: Act::Supplement,
        rule: "R22-21",
        fields: &[
            need("petition", Kind::Petition),
            need("text", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let (petition, text) = (PetitionNumber(r.need("petition")), r.need("text"));
            Some(Command::Supplement(Supplement { petition, text, attachments: r.files() }))
        },
    },
];
