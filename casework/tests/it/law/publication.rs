//! Whom a leader's mailbox reaches, and what of an answer everybody may read.

use super::track::of_track;
use super::{DAYS, File};
use crate::fixture::{
    Office, accept, actor, answer, ask_review, decided, petition, refer, served, sign,
};
use crate::wishes::{end_publication, publish_answer};
use casework::matter::intake::{Claim, Join};
use casework::matter::review::ReviewOutcome;
use casework::matter::{Command, Context, Known, Matter, decide};
use casework::org::{AccountId, Actor, Role};
use casework::petition::{Channel, Petition};
use casework::refusal::Refusal;
use casework::role::{Act, Thing, allow};
use jiff::civil::Date;

fn leader(account: &str) -> Actor {
    Actor { roles: vec![Role::Leader], ..actor("gov", account) }
}

/// A letter to the magistrate's mailbox, whose writer lets the answer be published.
fn letter(office: &Office, day: Date) -> File<'_> {
    of_track(office, day, |first| {
        first.channel = Channel::Mailbox;
        first.mailbox = Some(AccountId("magistrate".to_owned()));
    })
}

fn answered(office: &Office, day: Date) -> File<'_> {
    letter(office, day).replied().done(0, &Command::Serve(served(day)))
}

#[test]
fn a_leader_answers_the_letters_of_their_own_mailbox_and_no_others() {
    // R22-18b: leaders read letters and answer for them; the office keeps the file.
    let office = Office::new();
    for day in DAYS {
        let (theirs, other) = (leader("magistrate"), leader("deputy"));
        let lies = letter(&office, day);
        let plain = File::opened(&office, day);
        let may = |who: &Actor, matter: &Matter| {
            [Act::AnswerDemand, Act::SubmitDraft, Act::Sign, Act::PublishAnswer]
                .map(|act| allow(who, act, Thing::Matter(matter)).is_ok())
        };
        assert_eq!(may(&theirs, &lies.matter), [true; 4]);
        assert_eq!(may(&other, &lies.matter), [false; 4]);
        assert_eq!(may(&theirs, &plain.matter), [false; 4]);
        // What went to a unit is the unit's to answer.
        let sent = letter(&office, day).done(0, &refer("agri")).done(0, &accept());
        assert_eq!(may(&theirs, &sent.matter), [false, false, false, true]);
        // What the leader wrote alone, the leader does not sign alone.
        let mut drafted = letter(&office, day);
        for demand in [1, 2] {
            drafted.by(&theirs, &answer(demand)).expect("lawful");
        }
        let mut drafted = drafted.heard();
        assert_eq!(drafted.by(&theirs, &sign()), Err(Refusal::OwnDraft));
        let mut clerks = letter(&office, day).done(0, &answer(1)).done(0, &answer(2)).heard();
        clerks.by(&theirs, &sign()).expect("lawful");
        assert_eq!(
            clerks.matter.answered_by.as_ref().map(|unit| unit.0.as_str()),
            Some("gov"),
            "whose leader signed, so that another organ reviews it"
        );
    }
}

#[test]
fn a_leader_signs_for_nobody_but_whoever_wrote_to_them() {
    // R22-28, R22-35: a leader of the government is no head of the unit that handles it.
    let office = Office::new();
    for day in DAYS {
        let lies = letter(&office, day).done(0, &refer("agri")).done(0, &accept());
        let at_unit = Actor { roles: vec![Role::Leader], ..actor("agri", "magistrate") };
        for act in [Act::AnswerDemand, Act::SubmitDraft, Act::Sign] {
            let denied = allow(&at_unit, act, Thing::Matter(&lies.matter));
            assert!(denied.is_err(), "{}", act.word());
        }
    }
}

#[test]
fn what_the_office_has_drafted_in_whole_waits_for_its_head() {
    let office = Office::new();
    for day in DAYS {
        let half = File::opened(&office, day).done(0, &answer(1));
        assert!(!half.matter.waits_for_head());
        let whole = half.done(0, &answer(2));
        assert!(whole.matter.waits_for_head());
        assert!(!whole.heard().done(0, &sign()).matter.waits_for_head());
    }
}

#[test]
fn an_answer_is_published_only_if_whoever_wrote_agreed_and_has_it() {
    // PIPL-25: nothing of a person is published without their own consent, and nothing of them in what is.
    let office = Office::new();
    for day in DAYS {
        let mut early = letter(&office, day).replied();
        assert_eq!(early.then(0, &publish_answer()), Err(Refusal::NotServed));
        let mut silent = of_track(&office, day, |first| first.publishable = false)
            .replied()
            .done(0, &Command::Serve(served(day)));
        assert_eq!(silent.then(0, &publish_answer()), Err(Refusal::PublicationNotAgreed));
        let mut file = answered(&office, day);
        let known = Known { names_somebody: true, ..Known::default() };
        let naming = Context { known, ..office.context(day) };
        assert_eq!(decide(&file.matter, &publish_answer(), &naming), Err(Refusal::NamesSomebody));
        assert_eq!(file.then(0, &end_publication()), Err(Refusal::AnswerNotPublished));
        let mut file = file.done(0, &publish_answer());
        assert_eq!(file.then(0, &publish_answer()), Err(Refusal::PublishedAlready));
        let file = file.done(0, &end_publication());
        assert_eq!(file.matter.publication, None);
        // While a review goes on, nobody knows whether it holds.
        let asked = Command::AskReview(ask_review("gov", day));
        assert_eq!(file.done(0, &asked).refused(&publish_answer()), Refusal::NotServed);
    }
}

#[test]
fn what_a_review_does_not_uphold_is_read_no_more() {
    // R05-34, R22-35.
    let office = Office::new();
    for day in DAYS {
        let reviewed = |outcome| {
            answered(&office, day)
                .done(0, &publish_answer())
                .done(0, &Command::AskReview(ask_review("gov", day)))
                .done(0, &Command::AcceptReview)
                .done(0, &Command::DecideReview(decided(outcome)))
        };
        assert!(reviewed(ReviewOutcome::Uphold).matter.publication.is_some());
        assert_eq!(reviewed(ReviewOutcome::Redo).matter.publication, None);
    }
}

#[test]
fn what_another_joined_without_agreeing_is_not_published() {
    let office = Office::new();
    let day = DAYS[1];
    let join = Join {
        petition: Petition { publishable: false, ..petition(2, day) },
        claims: vec![Claim::Same(1), Claim::Same(2)],
        reason: "同一事".to_owned(),
    };
    let mut both = letter(&office, day)
        .done(0, &Command::Join(Box::new(join)))
        .replied()
        .done(0, &Command::Serve(served(day)));
    assert_eq!(both.then(0, &publish_answer()), Err(Refusal::PublicationNotAgreed));
}
