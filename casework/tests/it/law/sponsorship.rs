//! Leaders and a matter.

use super::{DAYS, File, due};
use crate::fixture::{Office, accept, actor, answer, conclude, refer, served, sign};
use crate::wishes::{
    answer_instruction, ask_recusal, decide_recusal, end_sponsorship, instruct, meet_petitioner,
    plan_sponsorship, sponsor, study_solution,
};
use casework::calendar::plus_days;
use casework::matter::{Command, Context, decide};
use casework::org::Role;
use casework::refusal::Refusal;
use casework::role::{Act, Thing, allow};
use casework::statute::ClockKind;

#[test]
fn a_leader_answers_for_a_matter_and_meets_whom_it_concerns() {
    // R05-05b, R05-10b, R22-18b.
    let office = Office::new();
    let day = DAYS[1];
    let mut file = File::opened(&office, day);
    assert_eq!(file.then(0, &end_sponsorship()), Err(Refusal::NotSponsored));
    assert_eq!(file.then(0, &sponsor("leader", plus_days(day, -90))), Err(Refusal::DateNotAhead));
    let mut file = file.done(0, &sponsor("leader", day));
    assert_eq!(file.matter.sponsor().map(|one| one.0.as_str()), Some("leader"));
    assert_eq!(file.then(0, &sponsor("leader", day)), Err(Refusal::SponsoredAlready));
    let mut file = file.done(0, &plan_sponsorship());
    assert_eq!(file.then(0, &end_sponsorship()), Err(Refusal::PetitionerNotMet));
    let early = meet_petitioner("leader", plus_days(day, -1));
    assert_eq!(file.then(0, &early), Err(Refusal::DateTooEarly(day)));
    let ahead = study_solution("leader", plus_days(day, 9));
    assert_eq!(file.then(0, &ahead), Err(Refusal::DateInFuture));
    let file = file
        .done(0, &study_solution("leader", day))
        .done(0, &meet_petitioner("leader", day))
        .done(0, &end_sponsorship())
        .done(0, &sponsor("another", day));
    assert_eq!(file.matter.leadership.sponsorships.len(), 2);
    assert_eq!(file.matter.sponsor().map(|one| one.0.as_str()), Some("another"));
}

#[test]
fn an_instruction_has_a_date_a_tracker_and_an_answer() {
    // R05-05b, R22-18b; R22-38: somebody follows it by name.
    let office = Office::new();
    let day = DAYS[1];
    let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    assert_eq!(file.then(0, &answer_instruction(1)), Err(Refusal::NoInstruction));
    let mut file = file.done(0, &instruct("leader", day));
    assert_eq!(due(&office, &file.matter, ClockKind::Instruction), Some(plus_days(day, 10)));
    assert_eq!(file.matter.tracker.as_ref().map(|one| one.tracker.0.as_str()), Some("somebody"));
    let who = |unit: &str| {
        let mut who = actor(unit, "somebody");
        who.roles = vec![Role::UnitHandler];
        allow(&who, Act::AnswerInstruction, Thing::Matter(&file.matter))
    };
    assert!(who("agri").is_ok() && who("housing").is_err());
    assert_eq!(file.then(0, &answer_instruction(2)), Err(Refusal::NoInstruction));
    let mut file = file.done(1, &answer_instruction(1));
    assert_eq!(due(&office, &file.matter, ClockKind::Instruction), None);
    assert_eq!(file.then(0, &answer_instruction(1)), Err(Refusal::NoInstruction));
    // What was concluded takes no instruction; what was open ends with it.
    let file = file
        .done(0, &instruct("leader", plus_days(day, 1)))
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(plus_days(day, 1))))
        .done(0, &conclude());
    assert_eq!(due(&office, &file.matter, ClockKind::Instruction), None);
    let mut file = file;
    let late = instruct("leader", plus_days(day, 1));
    assert_eq!(file.then(0, &late), Err(Refusal::Concluded));
}

#[test]
fn leaders_speak_for_themselves_and_keep_out_where_they_must() {
    // R22-18b, R22-28.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day);
    let mut leader = actor("gov", "leader");
    leader.roles = vec![Role::Leader];
    let context = Context { actor: &leader, ..office.context(day) };
    let own = decide(&file.matter, &instruct("leader", day), &context);
    let other = decide(&file.matter, &instruct("another", day), &context);
    assert!(own.is_ok() && other == Err(Refusal::NotInOwnName));
    let mut file = file.done(0, &ask_recusal("leader")).done(0, &decide_recusal("leader", true));
    assert_eq!(file.then(0, &sponsor("leader", day)), Err(Refusal::OwnCause));
}

#[test]
fn whoever_received_it_first_answers_until_it_is_taken_over() {
    // R22-05: 首问负责.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day);
    assert_eq!(file.matter.first_receiver.as_ref().map(|one| one.0.as_str()), Some("somebody"));
    let file = file.done(0, &refer("agri"));
    assert!(file.matter.first_receiver_answers(), "sent is not yet taken over");
    assert!(!file.done(0, &accept()).matter.first_receiver_answers());
}
