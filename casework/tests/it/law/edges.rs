//! Edges where something could get lost, be evaded or leak; each was a hole once.

use super::track::{accusing, of_track};
use super::{DAYS, File, due, told};
use crate::fixture::{
    Office, accept, actor, answer, ask_extension, ask_review, conclude, decided, petition, refer,
    served, sign,
};
use crate::wishes::{
    ask_contribution, by_branch, contribute, hold_session, open_participation, rate, retrack,
    submit_draft, suspect_secret, unseal,
};
use casework::calendar::plus_days;
use casework::matter::intake::{Claim, Join, Leaving, Merged, Reclassify, Supplement, Unjoin};
use casework::matter::rating::Content;
use casework::matter::referral::{Filed, Objected, Ruling};
use casework::matter::review::{ReviewAsked, ReviewOutcome};
use casework::matter::track::{Branch, Track};
use casework::matter::{Command, Context, Matter, MatterId, Step, decide};
use casework::org::{Role, UnitId};
use casework::petition::Petition;
use casework::refusal::Refusal;
use casework::role::{Act, Thing, allow};
use casework::statute::ClockKind;
use casework::statute::GroundCode;
use jiff::civil::Date;

pub(super) fn object() -> Command {
    Command::Object(Objected { reason: "不属本局".to_owned(), proposed: None })
}

fn join(petition: Petition, claims: &[Claim]) -> Command {
    let (claims, reason) = (claims.to_vec(), "同一事".to_owned());
    Command::Join(Box::new(Join { petition, claims, reason }))
}

fn unjoin(petition: &Petition) -> Command {
    let (petition, reason) = (petition.number.clone(), "另一件".to_owned());
    Command::Unjoin(Unjoin {
        petition,
        leaving: Leaving::Mistake,
        reason,
        to: MatterId::new(2025, 9),
    })
}

/// Somebody may act on the matter: its holder's people see it.
fn seen_by_holder(matter: &Matter) -> bool {
    let mut who = actor(&matter.holder.0, "x");
    who.roles = vec![Role::UnitHead, Role::OfficeHead];
    allow(&who, Act::ViewMatter, Thing::Matter(matter)).is_ok()
}

fn redone(office: &Office, day: Date) -> File<'_> {
    File::opened(office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(day)))
        .done(0, &Command::AskReview(ask_review("gov", day)))
        .done(0, &Command::AcceptReview)
        .done(0, &Command::DecideReview(decided(ReviewOutcome::Redo)))
        .done(0, &Command::ServeReview(served(day)))
}

#[test]
fn what_accuses_the_office_never_falls_back_to_it() {
    // R05-23, R22-30.
    let office = Office::new();
    let accused = |first: &mut Petition| {
        first.track = Track::Accusation;
        first.accused = vec![accusing("office")];
    };
    for day in DAYS {
        let mut file = of_track(&office, day, accused);
        assert_eq!(file.then(1, &object()), Err(Refusal::Accused));
        let file = file.done(0, &Command::Decline(told("N01", "县人民法院")));
        assert_eq!(file.matter.holder.0, "gov", "concluded, and still with who decided");
        assert!(seen_by_holder(&file.matter));
    }
}

#[test]
fn nobody_who_has_it_is_walled_by_what_is_joined() {
    // R05-23, R22-30.
    let office = Office::new();
    let accused = |unit: &'static str| {
        move |first: &mut Petition| {
            first.track = Track::Accusation;
            first.accused = vec![accusing(unit)];
        }
    };
    let mut file = of_track(&office, DAYS[1], accused("housing")).done(0, &refer("jiwei"));
    let mut second = petition(2, DAYS[1]);
    (second.track, second.accused) = (Track::Accusation, vec![accusing("jiwei")]);
    for one in &mut second.accused {
        one.id = "a2".to_owned();
        one.account = Some(casework::org::AccountId("somebody of agri".to_owned()));
    }
    let both = [Claim::Same(1), Claim::Same(2)];
    assert_eq!(file.then(0, &join(second.clone(), &both)), Err(Refusal::AccusedHasIt));
    // And a wall outlives the petition that built it, since the file still tells of it.
    for one in &mut second.accused {
        (one.unit, one.account) = (Some(UnitId("finance".to_owned())), None);
    }
    let mut file = of_track(&office, DAYS[1], accused("housing"))
        .done(0, &join(second.clone(), &both))
        .done(0, &unjoin(&second));
    assert_eq!(file.then(0, &refer("finance")), Err(Refusal::Accused));
}

#[test]
fn no_demand_is_lost_by_joining_or_taking_out() {
    // R22-32: each demand gets its answer.
    let office = Office::new();
    let (second, third) = (petition(2, DAYS[1]), petition(3, DAYS[1]));
    let file = File::opened(&office, DAYS[1])
        .done(0, &join(second.clone(), &[Claim::New, Claim::Same(1)]))
        .done(0, &join(third.clone(), &[Claim::Same(3), Claim::Same(1)]))
        .done(0, &unjoin(&second));
    let kept = file.matter.demand(3).expect("somebody else asks for it too");
    assert_eq!(kept.petition, third.number);
    let file = redone_until_review(&office, DAYS[1]);
    let mut file = file.done(0, &Command::AcceptReview);
    let new = file.then(0, &join(petition(4, DAYS[1]), &[Claim::New, Claim::New]));
    assert_eq!(new, Err(Refusal::NewDemandAfterAnswer), "nobody would answer it");
}

fn redone_until_review(office: &Office, day: Date) -> File<'_> {
    File::opened(office, day)
        .done(0, &refer("agri"))
        .done(0, &accept())
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(day)))
        .done(0, &Command::AskReview(ask_review("gov", day)))
}

#[test]
fn an_objection_is_made_once_and_not_by_another_name() {
    // R22-23d; the older text let a unit say itself that it is not competent (R05-22).
    let office = Office::new();
    for (day, objects) in DAYS.into_iter().zip([false, true]) {
        let refused = Command::RefuseObjection(Ruling { reason: "应由你局办理".to_owned() });
        let mut file =
            File::opened(&office, day).done(0, &refer("agri")).done(0, &object()).done(0, &refused);
        assert_eq!(file.then(0, &object()), Err(Refusal::ObjectedAlready));
        let not_ours = file.then(0, &Command::Decline(told("N05", "县住建局")));
        assert_eq!(not_ours == Err(Refusal::ObjectInstead), objects, "{not_ours:?}");
    }
}

#[test]
fn what_is_joined_brings_its_own_duties() {
    // R05-26, R22-25; R05-21d, R22-22.
    let office = Office::new();
    for day in DAYS {
        let mut second = petition(2, day);
        second.urgent = true;
        second.transfer = Some(casework::petition::Transfer {
            from: "市信访局".to_owned(),
            number: "7号".to_owned(),
            report_back_on: Some(plus_days(day, 40)),
        });
        let file = File::opened(&office, day).done(1, &refer("agri"));
        let file = file.done(0, &join(second, &[Claim::Same(1), Claim::Same(2)]));
        assert!(due(&office, &file.matter, ClockKind::UrgentReport).is_some());
        let back = due(&office, &file.matter, ClockKind::ReportBack);
        assert_eq!(back, Some(plus_days(day, 40)));
        assert_eq!(file.matter.holder.0, "agri", "and nothing else begins again");
    }
}

#[test]
fn a_request_for_review_that_was_not_taken_uses_up_no_right() {
    // R05-34, R22-35.
    let office = Office::new();
    for day in DAYS {
        let file = redone_until_review(&office, day);
        let file = file.done(1, &Command::DeclineReview(told("N03", "补正后再提")));
        let until = due(&office, &file.matter, ClockKind::ReviewWindow);
        assert_eq!(until, Some(plus_days(day, 30)), "the window runs on as it did");
        let mut late = file;
        late.on = plus_days(day, 60);
        let on = late.on;
        let again = late.then(0, &Command::AskReview(ask_review("gov", on)));
        assert!(matches!(again, Err(Refusal::PeriodElapsed { .. })), "{again:?}");
    }
}

#[test]
fn only_the_sixty_days_are_extended() {
    // R22-34.
    let office = Office::new();
    let duty = by_branch(Branch::Duty, Some(plus_days(DAYS[1], 20)));
    let mut file = File::opened(&office, DAYS[1]).done(0, &refer("agri")).done(0, &duty);
    assert_eq!(file.then(0, &ask_extension(10)), Err(Refusal::NotExtendable));
}

#[test]
fn after_a_new_answer_was_ordered_only_a_new_answer_ends_it() {
    // R05-34, R22-35.
    let office = Office::new();
    for day in DAYS {
        let file = redone(&office, day);
        assert!(file.matter.answer_ordered && file.matter.executed.is_empty());
        let mut own = File::opened(&office, day)
            .replied()
            .done(0, &Command::Serve(served(day)))
            .done(0, &Command::AskReview(ask_review("gov", day)))
            .done(0, &Command::AcceptReview)
            .done(0, &Command::DecideReview(decided(ReviewOutcome::Redo)))
            .done(0, &Command::ServeReview(served(day)));
        let away = Command::File(Filed {
            ground: Some(GroundCode::NoDemand),
            reason: "不再办理".to_owned(),
        });
        assert_eq!(own.then(0, &away), Err(Refusal::AnswerOrdered));
        assert_eq!(own.then(0, &answer(1)), Err(Refusal::AnswerOrdered), "a unit looks into it");
        own.done(0, &refer("agri"));
    }
}

#[test]
fn the_offices_own_reply_is_an_answer_like_any_other() {
    // R05-31, R05-32, R22-31, R22-32: each demand, after who petitioned was heard, signed by a second person, numbered.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &answer(1));
        assert_eq!(file.then(0, &sign()), Err(Refusal::DemandUnanswered(vec![2])));
        let mut file = file.done(0, &answer(2));
        let unheard = file.then(0, &sign());
        assert!(matches!(unheard, Err(Refusal::NotHeard(_))), "{unheard:?}");
        let file = file.heard();
        let alone =
            Context { actor: &crate::fixture::actor("office", "somebody"), ..office.context(day) };
        assert_eq!(decide(&file.matter, &sign(), &alone), Err(Refusal::OwnDraft));
        let file = file.done(0, &sign());
        assert!(file.matter.answer.as_ref().is_some_and(|answer| answer.number.is_some()));
        assert_eq!(due(&office, &file.matter, ClockKind::Disposition), None, "it is disposed of");
        assert!(due(&office, &file.matter, ClockKind::Service).is_some());
        let file = file.done(0, &Command::Serve(served(day))).done(0, &conclude());
        assert_eq!(file.matter.answered_by, Some(UnitId("office".to_owned())));
    }
}

#[test]
fn what_a_review_left_as_it_was_stands_wherever_the_matter_goes() {
    // R22-35: only what was asked about is answered anew.
    let office = Office::new();
    for day in DAYS {
        let asked = ReviewAsked { demands: vec![1], ..ask_review("gov", day) };
        let redo = File::opened(&office, day)
            .replied()
            .done(0, &Command::Serve(served(day)))
            .done(0, &Command::AskReview(asked))
            .done(0, &Command::AcceptReview)
            .done(0, &Command::DecideReview(decided(ReviewOutcome::Redo)))
            .done(0, &Command::ServeReview(served(day)))
            .done(0, &refer("agri"));
        assert_eq!(redo.matter.unanswered().collect::<Vec<_>>(), [1]);
        let taken_back = Command::Recall(Ruling { reason: "另有安排".to_owned() });
        let redo = redo.done(0, &accept()).done(0, &answer(1)).done(0, &taken_back);
        assert_eq!(redo.matter.unanswered().collect::<Vec<_>>(), [1]);
    }
}

#[test]
fn what_is_over_waits_for_nobody_to_look_it_over() {
    let office = Office::new();
    for day in DAYS {
        let drafted = File::opened(&office, day).done(0, &answer(1)).done(0, &answer(2));
        let asked = drafted.done(0, &submit_draft("colleague"));
        assert!(asked.matter.checker().is_some());
        let merged = Merged { into: MatterId::new(2025, 9), reason: "同一事".to_owned() };
        let over = asked.done(0, &Command::Merge(merged));
        assert!(matches!(over.matter.step, Step::Concluded(_)));
        assert_eq!(over.matter.checker(), None);
    }
}

#[test]
fn what_the_office_drafted_and_did_not_sign_goes_to_nobody() {
    // R22-32: whoever answers says what they found themselves.
    let office = Office::new();
    for day in DAYS {
        let drafted = || File::opened(&office, day).done(0, &answer(1)).done(0, &answer(2)).heard();
        let mut file = drafted().done(0, &refer("agri")).done(0, &accept());
        assert_eq!(file.then(0, &sign()), Err(Refusal::DemandUnanswered(vec![1, 2])));
        let told = drafted().done(0, &Command::Tell(told("N02", "县人民法院")));
        assert_eq!(told.matter.unanswered().count(), 2);
    }
}

#[test]
fn a_new_answer_is_rated_anew() {
    // R22-21, R05-12.
    let office = Office::new();
    let day = DAYS[1];
    let mut file = redone(&office, day);
    let number = file.matter.petitions.first().expect("one").number.clone();
    file.on = plus_days(day, 50);
    let (mut file, on) = (file.done(0, &answer(1)).done(0, &answer(2)), plus_days(day, 50));
    let signed = casework::matter::handling::Signed {
        number: "农信〔2025〕2号".to_owned(),
        new_facts: Some("找到了合同".to_owned()),
        for_head: None,
    };
    file = file.done(0, &Command::Sign(signed)).done(0, &Command::Serve(served(on)));
    file.done(1, &rate(&number, Content::Mostly, ""));
}

#[test]
fn contributions_end_with_their_lead() {
    // R22-24.
    let office = Office::new();
    let day = DAYS[1];
    let back = Command::Return(Ruling { reason: "属实".to_owned() });
    let mut file = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &ask_contribution("housing", &[1], plus_days(day, 10)))
        .done(0, &object())
        .done(0, &back);
    assert_eq!(file.matter.awaited().count(), 0);
    assert_eq!(due(&office, &file.matter, ClockKind::Contribution), None);
    assert_eq!(file.then(0, &contribute()), Err(Refusal::NotAwaited));
}

#[test]
fn a_joint_investigation_ends_before_the_matter_and_stops_with_it() {
    // R22-31; R22-17: what may be secret takes nothing more in.
    let office = Office::new();
    let day = DAYS[1];
    let open = || {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        file.done(0, &open_participation(day, 2)).done(0, &hold_session(day))
    };
    let mut file = open()
        .done(0, &answer(1))
        .done(0, &answer(2))
        .heard()
        .done(0, &sign())
        .done(0, &Command::Serve(served(day)));
    assert_eq!(file.then(0, &conclude()), Err(Refusal::ResultNotAnnounced));
    assert!(matches!(file.matter.step, Step::Served(_)));
    let mut file = open().done(0, &suspect_secret());
    let number = file.matter.petitions.first().expect("one").number.clone();
    let more = Supplement { petition: number, text: "补充".to_owned(), attachments: Vec::new() };
    assert_eq!(file.then(0, &Command::Supplement(more)), Err(Refusal::Halted));
    assert_eq!(file.then(0, &hold_session(day)), Err(Refusal::Halted));
    let another = join(petition(2, day), &[Claim::Same(1), Claim::Same(2)]);
    assert_eq!(file.then(0, &another), Err(Refusal::Halted), "it gets a matter of its own");
    let other = Reclassify { category: file.matter.category.clone(), reason: "核实".to_owned() };
    assert_eq!(file.then(0, &Command::Reclassify(other)), Err(Refusal::Halted));
}

#[test]
fn what_was_accepted_as_an_accusation_stays_one() {
    // R22-30.
    let office = Office::new();
    let day = DAYS[1];
    let mut file = of_track(&office, day, |first| {
        first.track = Track::Accusation;
        first.accused = vec![accusing("housing")];
    })
    .done(0, &refer("jiwei"))
    .done(0, &accept());
    assert_eq!(file.then(0, &unseal()), Err(Refusal::NotInStep));
    let mut other = File::opened(&office, day).done(0, &refer("agri"));
    let bound = ask_contribution("housing", &[1], plus_days(day, 9));
    other = other.done(0, &bound);
    let accused = retrack(Track::Accusation, Some("housing"));
    assert_eq!(other.then(0, &accused), Err(Refusal::AccusedHasIt), "it still owes something");
}

#[test]
fn what_turns_out_to_accuse_its_holder_is_taken_back_first() {
    // R05-23, R22-30.
    let office = Office::new();
    let day = DAYS[1];
    let recall = Command::Recall(Ruling { reason: "所附材料检举承办单位".to_owned() });
    let mut file = File::opened(&office, day);
    assert_eq!(file.then(0, &recall), Err(Refusal::NotInStep), "the office has it");
    let mut file = file.done(0, &refer("housing")).done(0, &accept()).done(0, &answer(1));
    let accuses = retrack(Track::Accusation, Some("housing"));
    assert_eq!(file.then(0, &accuses), Err(Refusal::NotInStep));
    let mut file = file.done(0, &recall);
    assert_eq!(
        (file.matter.step.kind().word(), file.matter.holder.0.as_str()),
        ("registered", "office")
    );
    assert!(due(&office, &file.matter, ClockKind::Disposition).is_some());
    assert_eq!(due(&office, &file.matter, ClockKind::Handling), None);
    assert!(file.matter.demands.iter().all(|demand| demand.answer.is_none()));
    file = file.done(0, &accuses);
    assert_eq!(file.then(0, &refer("housing")), Err(Refusal::Accused));
    assert!(file.matter.walls().units.contains(&UnitId("housing".to_owned())));
}

#[test]
fn who_was_named_finds_no_other_word_for_it_is_not_ours() {
    // R22-24.
    let office = Office::new();
    let day = DAYS[1];
    let mut file = File::opened(&office, day)
        .done(0, &refer("housing"))
        .done(0, &object())
        .done(0, &crate::wishes::dispute())
        .done(0, &crate::wishes::designate("agri"));
    for ground in ["N05", "N08", "N03"] {
        let elsewhere = Command::Decline(told(ground, "县水利局"));
        assert_eq!(file.then(0, &elsewhere), Err(Refusal::Designated), "{ground}");
    }
    file.done(0, &Command::Decline(told("N01", "县人民法院")));
}

#[test]
fn nothing_leaves_what_may_be_secret_and_nobody_is_left_with_nothing() {
    // R22-17; R22-40: several supervise together only what is urgent.
    let office = Office::new();
    let day = DAYS[1];
    let second = petition(2, day);
    let claims = [Claim::Same(1), Claim::Same(2)];
    let joined = || File::opened(&office, day).done(0, &join(second.clone(), &claims));
    let mut halted = joined().done(0, &suspect_secret());
    assert_eq!(halted.then(0, &unjoin(&second)), Err(Refusal::Halted));
    let mut gone = halted.done(0, &crate::wishes::hand_over_secret());
    assert_eq!(gone.then(0, &unjoin(&second)), Err(Refusal::Halted));
    let back = |petition: &Petition| crate::wishes::withdraw(&petition.number, "已经解决");
    let first = petition(1, day);
    let alone = joined().done(0, &back(&first)).done(0, &unjoin(&second));
    let alone = alone.done(8, &conclude());
    assert!(matches!(alone.matter.step, Step::Concluded(_)), "nobody of it is left");
    let mut taken_back = joined().done(0, &back(&second));
    assert_eq!(taken_back.then(0, &unjoin(&second)), Err(Refusal::PetitionWithdrawn));
    let mut together = crate::fixture::supervised("agri");
    together.form = casework::matter::supervision::SupervisionForm::Joint;
    together.members = vec![casework::org::AccountId("colleague".to_owned())];
    let mut file = joined().done(0, &refer("agri"));
    let joint = Command::Supervise(together);
    assert_eq!(file.then(0, &joint), Err(Refusal::NotUrgentTogether));
    file.done(0, &crate::wishes::mark_urgent()).done(0, &joint);
}
