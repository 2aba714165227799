//! Which wishes the model check tries: on the main road of a matter, and on the roads beside it.

use super::{Bounds, State};
use crate::fixture::{
    accept, answer, ask_review, conclude, decided, hear, petition, refer, served, served_to, sign,
};
use casework::calendar::plus_days;
use casework::matter::handling::{DemandAnswered, LedgerAnswer, Outcome};
use casework::matter::intake::{Claim, Join, Leaving, Unjoin};
use casework::matter::mediation::Way;
use casework::matter::referral::{Filed, Objected, Ruling};
use casework::matter::review::ReviewOutcome;
use casework::matter::track::{Branch, Track};
use casework::matter::{Command, MatterId};
use casework::statute::GroundCode;

fn ruling() -> Ruling {
    Ruling { reason: "核实".to_owned() }
}

fn told() -> casework::matter::referral::Told {
    crate::fixture::told("N02", "县人民法院")
}

fn other_answer(demand: u32) -> Command {
    Command::AnswerDemand(DemandAnswered {
        demand,
        outcome: Outcome::NotSupport,
        text: "重新查明".to_owned(),
        basis: "村民委员会组织法".to_owned(),
        commitment: None,
    })
}

/// Everything that anybody may try; the law says which of it is lawful now.
pub(super) fn wishes(state: &State, bounds: Bounds) -> Vec<Command> {
    if bounds.side { side_roads(state) } else { main_road(state, bounds) }
}

/// The acts of the rooms beside the main road, with what leads to them and away from them.
fn side_roads(state: &State) -> Vec<Command> {
    use crate::wishes as w;
    let on = state.on;
    let mut all = vec![
        refer("agri"),
        refer("housing"),
        accept(),
        w::by_branch(Branch::Duty, Some(plus_days(on, 30))),
        w::route(Branch::Administrative),
        w::hand_over("N02"),
        w::hand_over("T1"),
        w::retrack(Track::Accusation, Some("housing")),
        w::retrack(Track::Suggestion, None),
        w::unseal(),
        Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None }),
        Command::Return(ruling()),
        w::dispute(),
        w::designate("finance"),
        Command::Decline(crate::fixture::told("N01", "县人民法院")),
        w::ask_contribution("finance", &[1], plus_days(on, 20)),
        w::contribute(),
        w::release("finance"),
        w::settle(Way::Mediation, on),
        w::mark_urgent(),
        w::report_urgent(),
        w::suspect_secret(),
        w::hand_over_secret(),
        w::clear_secret(),
        w::identify(None),
        w::mediate(on, true),
        w::pass_on(),
        w::take_over(),
        w::send_back(),
        Command::Tell(told()),
        Command::Recall(ruling()),
        hear(on),
        sign(),
        Command::Serve(served(on)),
        conclude(),
        crate::wishes::withdraw(&petition(1, on).number, "已经解决"),
        crate::wishes::resume(&petition(1, on).number),
    ];
    for demand in [1, 2] {
        let outcomes = state.matter.track.outcomes();
        let outcome = outcomes.last().copied().unwrap_or(Outcome::Explain);
        all.push(Command::AnswerDemand(DemandAnswered {
            demand,
            outcome,
            text: "已查明".to_owned(),
            basis: "村民委员会组织法".to_owned(),
            commitment: None,
        }));
    }
    all
}

fn main_road(state: &State, bounds: Bounds) -> Vec<Command> {
    let on = state.on;
    let second = petition(2, on);
    let number = second.number.clone();
    let mut all = vec![
        refer("agri"),
        refer("housing"),
        accept(),
        Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None }),
        Command::Return(ruling()),
        Command::RefuseObjection(ruling()),
        Command::Tell(told()),
        Command::Decline(crate::fixture::told("N01", "县人民法院")),
        Command::File(Filed {
            ground: Some(GroundCode::NoDemand),
            reason: "不需要办理".to_owned(),
        }),
        Command::KeepLedgerAnswer(LedgerAnswer {
            text: "已修复".to_owned(),
            basis: "市政条例".to_owned(),
        }),
        crate::fixture::ask_extension(30),
        Command::Extend,
        hear(on),
        sign(),
        Command::Serve(served(on)),
        Command::Serve(served_to(on, &["party-1"])),
        Command::ServeReview(served_to(on, &["party-2"])),
        conclude(),
        Command::AskReview(ask_review("gov", on)),
        crate::wishes::withdraw(&petition(1, on).number, "已经解决"),
        crate::wishes::resume(&petition(1, on).number),
        crate::wishes::withdraw(&number, "已经解决"),
        Command::AcceptReview,
        Command::DeclineReview(told()),
        Command::ServeReview(served(on)),
        crate::wishes::tell_repeat(&number),
        Command::Unjoin(Unjoin {
            petition: number,
            leaving: Leaving::NewFacts,
            reason: "另一件事".to_owned(),
            to: MatterId::new(2025, 2),
        }),
    ];
    for claims in [[Claim::Same(1), Claim::Same(1)], [Claim::Same(2), Claim::New]] {
        all.push(Command::Join(Box::new(Join {
            petition: second.clone(),
            claims: claims.to_vec(),
            reason: "同一人同一事".to_owned(),
        })));
    }
    for demand in 1..=bounds.answers {
        all.push(answer(demand));
        if bounds.ways || demand == 1 {
            all.push(other_answer(demand));
        }
    }
    all.push(Command::AnswerInstead(DemandAnswered {
        demand: 1,
        outcome: Outcome::Explain,
        text: "已查明".to_owned(),
        basis: "村民委员会组织法".to_owned(),
        commitment: None,
    }));
    all.extend(ReviewOutcome::ALL.map(|outcome| Command::DecideReview(decided(outcome))));
    all
}
