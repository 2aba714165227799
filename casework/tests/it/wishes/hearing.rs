//! Wishes of hearings in the open.

use super::text;
use casework::matter::Command;
use casework::matter::hearing::{self, HearingAnnounced, OpinionPublished};
use jiff::civil::Date;

pub fn announce_hearing(held_on: Date, closed_because: &str) -> Command {
    let announced = HearingAnnounced {
        held_on,
        venue: text("县政务服务中心三楼，上午九时"),
        host: text("县司法局"),
        panel: text("人大代表、律师各一名"),
        text: text("村集体账目公开问题"),
        closed_because: text(closed_because),
    };
    hearing::Command::AnnounceHearing(announced).into()
}

pub fn publish_opinion() -> Command {
    let (title, text) = (text("村务公开"), text("经听证，维持复查意见。"));
    hearing::Command::PublishOpinion(OpinionPublished { title, text }).into()
}
