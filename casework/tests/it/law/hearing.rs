//! Hearings in the open: told beforehand, led by somebody else, and what rests on one may be read.

use super::review::answered;
use super::{DAYS, File};
use crate::fixture::{
    Office, accept, ask_review, decided, hearing as held, petition, refer, served,
};
use crate::wishes::{announce_hearing, publish_opinion};
use casework::calendar::plus_days;
use casework::matter::document::Document;
use casework::matter::hearing::{self, HearingAnnounced};
use casework::matter::notice::NoticeKind;
use casework::matter::review::{HearingHeld, ReviewOutcome};
use casework::matter::{Command, Context, Known, decide};
use casework::refusal::Refusal;
use jiff::civil::Date;

#[test]
fn a_hearing_is_told_beforehand_and_open_unless_there_is_a_reason() {
    // R05-31b, R22-31b; law.md 5: F25.
    let office = Office::new();
    for day in DAYS {
        let ahead = plus_days(day, 10);
        let announce = announce_hearing(ahead, "");
        let early = File::opened(&office, day).done(0, &refer("agri"));
        assert_eq!(early.refused(&announce), Refusal::NotInStep);
        let file = early.done(0, &accept());
        assert_eq!(file.refused(&announce_hearing(day, "")), Refusal::DateNotAhead);
        let Command::Hearing(hearing::Command::AnnounceHearing(whole)) = announce.clone() else {
            panic!("an announcement");
        };
        let blank = || " ".to_owned();
        for bare in [
            HearingAnnounced { venue: blank(), ..whole.clone() },
            HearingAnnounced { host: blank(), ..whole.clone() },
            HearingAnnounced { panel: blank(), ..whole.clone() },
        ] {
            let command = hearing::Command::AnnounceHearing(bare).into();
            assert_eq!(file.refused(&command), Refusal::TextMissing);
        }
        let named = Known { names_somebody: true, ..Known::default() };
        let tried = |command: &Command| {
            decide(&file.matter, command, &Context { known: named, ..office.context(day) })
        };
        assert_eq!(tried(&announce), Err(Refusal::NamesSomebody));
        assert!(tried(&announce_hearing(ahead, "涉及个人隐私")).is_ok(), "nobody else reads it");
        let file = file.done(0, &announce);
        let notice = file.matter.notices.last().expect("the petitioner is told");
        assert_eq!((notice.kind, notice.petition.as_ref()), (NoticeKind::Hearing, None));
        assert!(file.matter.open_hearing().is_some());
        // The last one stands: a hearing behind closed doors takes the announcement back.
        let closed = file.clone().done(0, &announce_hearing(ahead, "涉及个人隐私"));
        assert!(closed.matter.open_hearing().is_none());
    }
}

#[test]
fn whoever_has_it_in_hand_leads_no_hearing() {
    // R05-31b, R22-31b, R22-28.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    let file = file.done(0, &crate::wishes::put_in_charge("other"));
    let own = |host: &str| HearingHeld { host: host.to_owned(), ..held(day, day) };
    assert_eq!(file.refused(&Command::HoldHearing(own("other"))), Refusal::HostInvestigates);
    for another in ["县司法局", "others", "an.other1"] {
        assert_eq!(file.clone().then(0, &Command::HoldHearing(own(another))), Ok(()), "{another}");
    }
    for same in ["县司法局、other", "other（副局长）"] {
        assert_eq!(
            file.refused(&Command::HoldHearing(own(same))),
            Refusal::HostInvestigates,
            "{same}"
        );
    }
}

/// The final review is decided and served, having heard both sides or not.
fn finally<'a>(office: &'a Office, day: Date, heard: Option<HearingHeld>) -> File<'a> {
    let file = answered(office, day);
    let file = super::review::reviewed(file, "gov", ReviewOutcome::Uphold);
    let file = file.done(0, &Command::AskReview(ask_review("city", day)));
    let file = file.done(0, &Command::AcceptReview);
    let file = match heard {
        Some(heard) => file.done(0, &Command::HoldHearing(heard)),
        None => file,
    };
    file.done(0, &Command::DecideReview(decided(ReviewOutcome::Uphold)))
}

#[test]
fn only_a_final_opinion_that_was_heard_in_the_open_is_published() {
    // R05-35b, R22-36b; law.md 5: F27.
    let office = Office::new();
    for day in DAYS {
        let publish = publish_opinion();
        let serve = Command::ServeReview(served(day));
        assert_eq!(answered(&office, day).refused(&publish), Refusal::NoFinalOpinion);
        let open = finally(&office, day, Some(held(day, day)));
        assert_eq!(open.refused(&publish), Refusal::NoFinalOpinion, "nobody has it yet");
        let open = open.done(0, &serve);
        for heard in [
            None,
            Some(HearingHeld { closed_because: "涉及个人隐私".to_owned(), ..held(day, day) }),
        ] {
            let file = finally(&office, day, heard).done(0, &serve);
            assert_eq!(file.refused(&publish), Refusal::NotHeardInTheOpen);
        }
        let named = Known { names_somebody: true, ..Known::default() };
        let context = Context { known: named, ..office.context(day) };
        assert_eq!(decide(&open.matter, &publish, &context), Err(Refusal::NamesSomebody));
        let file = open.done(0, &publish);
        assert_eq!(file.matter.open_opinion().map(|shown| shown.on), Some(day));
        assert_eq!(file.refused(&publish), Refusal::PublishedAlready);
        let last = file.entries.last().expect("a line");
        assert_eq!(last.fact.document(), Some(Document::PublishedOpinion));
    }
}

#[test]
fn what_is_said_in_person_has_a_sheet_and_a_letter_is_its_own() {
    // R05-17b, R22-19b; law.md 5: F02.
    use casework::petition::{Channel, Petition};
    let office = Office::new();
    for (channel, sheet) in
        [(Channel::Visit, true), (Channel::Phone, true), (Channel::Letter, false)]
    {
        let first = Petition { channel, ..petition(1, DAYS[1]) };
        let facts = casework::matter::intake::register(first, None, &office.context(DAYS[1]));
        let facts = facts.expect("registers");
        let document = facts.first().and_then(casework::matter::Fact::document);
        assert_eq!(document == Some(Document::Visit), sheet, "{}", channel.word());
    }
}
