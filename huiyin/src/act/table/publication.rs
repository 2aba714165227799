//! Publishing an answer (公开答复), and taking it down again.

use crate::act::{ActForm, Name, Row};
use casework::matter::publication::{AnswerPublished, Command};
use casework::matter::referral::Ruling;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "publish_answer",
        act: Act::PublishAnswer,
        rule: "PIPL-25",
        at: (),
        form: |f| {
            let title = f.line(Name::Title);
            let (question, answer) = (f.text(Name::Question), f.text(Name::Answer));
            Command::Publish(AnswerPublished { title, question, answer }).into()
        },
    },
    Row {
        word: "end_publication",
        act: Act::EndPublication,
        rule: "PIPL-25",
        at: (),
        form: |f| Command::EndPublication(Ruling { reason: f.text(Name::Reason) }).into(),
    },
];
