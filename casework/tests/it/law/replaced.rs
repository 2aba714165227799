//! What becomes of an answer that a review changes, revokes or sends back, demand by demand.

use super::review::answered;
use super::{DAYS, File, due};
use crate::fixture::{Office, accept, answer, ask_review, decided, petition, refer, served, sign};
use casework::calendar::plus_days;
use casework::matter::handling::{Commitment, DemandAnswered, Outcome};
use casework::matter::intake::{Claim, Join};
use casework::matter::review::{ReviewAsked, ReviewOutcome};
use casework::matter::supervision::Executed;
use casework::matter::{Command, Step};
use casework::refusal::Refusal;
use casework::statute::ClockKind;
use jiff::civil::Date;

/// Another answer to a demand, with a promise.
fn promised(demand: u32, by: Date) -> DemandAnswered {
    DemandAnswered {
        demand,
        outcome: Outcome::Support,
        text: "应予公布".to_owned(),
        basis: "村民委员会组织法第三十条".to_owned(),
        commitment: Some(Commitment { what: "公布账目".to_owned(), by }),
    }
}

/// In review of these demands, or of all where none is named.
fn in_review<'a>(office: &'a Office, day: Date, demands: &[u32]) -> File<'a> {
    let demands = demands.to_vec();
    let file = answered(office, day);
    let ask = Command::AskReview(ReviewAsked { demands, ..ask_review("gov", day) });
    file.done(0, &ask).done(0, &Command::AcceptReview)
}

fn decide(outcome: ReviewOutcome) -> Command {
    Command::DecideReview(decided(outcome))
}

fn outcomes(file: &File<'_>) -> Vec<Option<Outcome>> {
    let demands = file.matter.demands.iter();
    demands.map(|demand| demand.answer.as_ref().map(|answer| answer.outcome)).collect()
}

#[test]
fn a_changed_answer_stands_in_the_place_of_the_old_one_and_is_carried_out() {
    // Review of the law, 3.1 point 9: R05-34, R22-35.
    let office = Office::new();
    for day in DAYS {
        let by = plus_days(day, 30);
        let file = in_review(&office, day, &[]);
        assert_eq!(file.refused(&decide(ReviewOutcome::Change)), Refusal::InsteadMissing);
        let instead = Command::AnswerInstead(promised(1, by));
        let vague = DemandAnswered { commitment: None, ..promised(1, by) };
        assert_eq!(file.refused(&Command::AnswerInstead(vague)), Refusal::CommitmentMissing);
        let file = file.done(0, &instead).done(0, &decide(ReviewOutcome::Change));
        assert_eq!(outcomes(&file), [Some(Outcome::Explain); 2], "not before it is served");
        let on = file.on;
        let file = file.done(0, &Command::ServeReview(served(on)));
        assert_eq!(outcomes(&file), [Some(Outcome::Support), Some(Outcome::Explain)]);
        assert!(matches!(file.matter.step, Step::Concluded(_)));
        assert!(due(&office, &file.matter, ClockKind::FinalReviewWindow).is_some());
        let done = |demand| Command::Execute(Executed { demand, on, text: "已公布".to_owned() });
        assert_eq!(file.refused(&done(2)), Refusal::NothingPromised);
        assert_eq!(file.clone().then(0, &done(1)), Ok(()), "the unit carries out what was ordered");
    }
}

#[test]
fn what_is_revoked_without_anything_in_its_place_is_answered_anew() {
    // Review of the law, 3.1 point 9: an annulled answer stands for nothing, and something is owed.
    let office = Office::new();
    for day in DAYS {
        let by = plus_days(day, 30);
        let revoked = in_review(&office, day, &[]).done(0, &decide(ReviewOutcome::Revoke));
        let revoked = revoked.done(0, &Command::ServeReview(served(day)));
        assert_eq!(
            (revoked.matter.step.clone(), outcomes(&revoked)),
            (Step::Accepted, vec![None; 2])
        );
        assert_eq!(revoked.matter.holder.0, "agri");
        assert!(due(&office, &revoked.matter, ClockKind::Handling).is_some(), "and by a date");
        assert_eq!(due(&office, &revoked.matter, ClockKind::FinalReviewWindow), None);
        assert!(revoked.matter.concluded_on.is_none() && revoked.matter.answer.is_none());

        let half = in_review(&office, day, &[]).done(0, &Command::AnswerInstead(promised(1, by)));
        let half = half.done(0, &decide(ReviewOutcome::Revoke));
        let half = half.done(0, &Command::ServeReview(served(day)));
        assert_eq!(half.matter.step, Step::Accepted, "the other demand has no answer");

        let whole = in_review(&office, day, &[1]).done(0, &Command::AnswerInstead(promised(1, by)));
        let whole = whole.done(0, &decide(ReviewOutcome::Revoke));
        let whole = whole.done(0, &Command::ServeReview(served(day)));
        assert!(matches!(whole.matter.step, Step::Concluded(_)));
        assert_eq!(outcomes(&whole), [Some(Outcome::Support), Some(Outcome::Explain)]);
    }
}

#[test]
fn nobody_contests_what_somebody_else_asked_for() {
    // R05-34, R22-35: each of those whose petitions were joined asks about their own demands and those they share.
    let office = Office::new();
    for day in DAYS {
        let second = petition(2, day);
        let number = second.number.clone();
        let claims = vec![Claim::Same(1), Claim::New];
        let join = Join { petition: second, claims, reason: "同一事".to_owned() };
        let file = File::opened(&office, day).done(0, &Command::Join(Box::new(join)));
        let file = file.done(0, &refer("agri")).done(0, &accept());
        let file = file.done(0, &answer(1)).done(0, &answer(2)).done(0, &answer(3)).heard();
        let file = file.done(0, &sign()).done(0, &Command::Serve(served(day)));
        let ask = |demands: &[u32]| {
            let (petition, demands) = (Some(number.clone()), demands.to_vec());
            Command::AskReview(ReviewAsked { petition, demands, ..ask_review("gov", day) })
        };
        assert_eq!(file.refused(&ask(&[2])), Refusal::NoSuchDemand(2), "the first one's own");
        let under = |file: File<'_>| file.matter.reviews[0].demands.clone();
        assert_eq!(under(file.clone().done(0, &ask(&[]))), [1, 3]);
        assert_eq!(under(file.done(0, &ask(&[3]))), [3]);
    }
}

#[test]
fn only_what_is_under_review_is_answered_anew_and_differently() {
    // Review of the law, 3.1 point 16: R22-35, R05-34 with the provinces' rule on redoing.
    let office = Office::new();
    for day in DAYS {
        let unknown = ReviewAsked { demands: vec![7], ..ask_review("gov", day) };
        let refused = answered(&office, day).refused(&Command::AskReview(unknown));
        assert_eq!(refused, Refusal::NoSuchDemand(7));
        let file = in_review(&office, day, &[2]);
        let other = Command::AnswerInstead(promised(1, plus_days(day, 9)));
        assert_eq!(file.refused(&other), Refusal::NoSuchDemand(1), "nobody asked about it");
        let file = file.done(0, &decide(ReviewOutcome::Redo));
        let file = file.done(0, &Command::ServeReview(served(day)));
        assert_eq!(outcomes(&file), [Some(Outcome::Explain), None], "the first stands");
        let mut same = file.clone().done(0, &answer(2));
        assert_eq!(same.then(0, &sign()), Err(Refusal::SameResult));
        let anew = Command::AnswerDemand(promised(2, plus_days(day, 30)));
        let file = file.done(0, &anew).done(0, &sign());
        assert_eq!(outcomes(&file), [Some(Outcome::Explain), Some(Outcome::Support)]);
    }
}
