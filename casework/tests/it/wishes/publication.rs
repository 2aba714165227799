//! Wishes of publishing an answer.

use super::text;
use casework::matter::Command;
use casework::matter::publication::{self, AnswerPublished};
use casework::matter::referral::Ruling;

pub fn publish_answer() -> Command {
    let published = AnswerPublished {
        title: text("村务公开"),
        question: text("账目什么时候公开"),
        answer: text("已经公开"),
    };
    publication::Command::Publish(published).into()
}

pub fn end_publication() -> Command {
    publication::Command::EndPublication(Ruling { reason: text("表述不准确") }).into()
}
