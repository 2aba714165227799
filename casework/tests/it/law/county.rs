//! Who stands above whom (机构名录): what the county's tree decides about a matter.

use super::edges::object;
use super::track::{accusing, of_track};
use super::{DAYS, File};
use crate::fixture::{Office, accept, answer, ask_review, refer, served, sign};
use crate::wishes::{ask_recusal, designate, dispute, retrack, sponsor};
use casework::category::Category;
use casework::matter::Command;
use casework::matter::intake::Reclassify;
use casework::matter::joint::{Arbiter, Command as Joint, Designated};
use casework::matter::track::Track;
use casework::org::UnitId;
use casework::refusal::Refusal;
use casework::role::Act;

#[test]
fn a_matter_goes_only_to_who_answers_petitions() {
    // R22-22, R22-30.
    let office = Office::new();
    let mut file = File::opened(&office, DAYS[1]);
    for nobody in ["nowhere", "shiqiao", "court", "city", "jiwei"] {
        assert_eq!(file.then(0, &refer(nobody)), Err(Refusal::NotAReceiver), "{nobody}");
    }
    for answers in ["agri", "donghe", "gov"] {
        File::opened(&office, DAYS[1]).done(0, &refer(answers));
    }
}

#[test]
fn an_accusation_goes_above_whom_it_accuses_and_to_nobody_under_them() {
    // R22-22d, R22-30.
    let office = Office::new();
    let accused = |unit: &'static str| {
        of_track(&office, DAYS[1], |first| {
            first.track = Track::Accusation;
            first.accused = vec![accusing(unit)];
        })
    };
    let mut township = accused("donghe");
    assert_eq!(township.then(0, &refer("agri")), Err(Refusal::NotInAuthority));
    accused("donghe").done(0, &refer("gov"));
    accused("donghe").done(0, &refer("jiwei"));
    let mut county = accused("gov");
    assert_eq!(county.then(0, &refer("donghe")), Err(Refusal::Accused), "it stands under it");
    // What turns out to accuse those above whoever has it is taken back first.
    let mut file = File::opened(&office, DAYS[1]).done(0, &refer("donghe"));
    let above = retrack(Track::Accusation, Some("gov"));
    assert_eq!(file.then(0, &above), Err(Refusal::AccusedHasIt));
    assert_eq!(
        file.then(0, &retrack(Track::Accusation, Some("nowhere"))),
        Err(Refusal::NotAReceiver)
    );
}

#[test]
fn competence_is_decided_by_the_lowest_unit_above_all_and_else_by_the_conference() {
    // R22-24.
    let disputed = |office| {
        File::opened(office, DAYS[1]).done(0, &refer("agri")).done(0, &object()).done(0, &dispute())
    };
    let by = |arbiter: Arbiter| {
        let Command::Joint(Joint::Designate(named)) = designate("housing") else {
            panic!("another command")
        };
        Command::Joint(Joint::Designate(Designated { arbiter, ..named }))
    };
    let superior = |unit: &str| by(Arbiter::Superior(UnitId(unit.to_owned())));
    let office = Office::new();
    let mut file = disputed(&office);
    for wrong in [superior("city"), superior("agri"), by(Arbiter::Conference)] {
        assert_eq!(file.then(0, &wrong), Err(Refusal::NotTheArbiter));
    }
    file.done(0, &superior("gov"));
    let mut apart = Office::new();
    apart.directory.units.values_mut().for_each(|unit| unit.parent = None);
    let mut file = disputed(&apart);
    assert_eq!(file.then(0, &superior("gov")), Err(Refusal::NotTheArbiter));
    file.done(0, &by(Arbiter::Conference));
}

#[test]
fn no_level_of_review_is_skipped_and_none_is_asked_twice() {
    // R05-34, R22-35.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(0, &refer("agri")).done(0, &accept());
    let file = file.done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
    let on = file.on;
    let mut file = file.done(0, &Command::Serve(served(on)));
    for wrong in ["agri", "housing", "city", "province", "nowhere"] {
        let asked = Command::AskReview(ask_review(wrong, on));
        assert_eq!(file.then(0, &asked), Err(Refusal::NotAReviewer), "{wrong}");
    }
    file.done(0, &Command::AskReview(ask_review("gov", on)));
}

#[test]
fn only_people_and_categories_of_the_directory_are_named() {
    // R22-18b, R22-21, R22-28.
    let office = Office::new();
    let mut file = File::opened(&office, DAYS[1]);
    assert_eq!(file.then(0, &sponsor("somebody", DAYS[1])), Err(Refusal::NotALeader));
    assert_eq!(file.then(0, &ask_recusal("stranger")), Err(Refusal::NobodyHere));
    let file = file.done(0, &ask_recusal("other"));
    let asked = &file.matter.recusals.last().expect("asked").asked;
    assert_eq!(asked.person_unit, Some(UnitId("agri".to_owned())), "their own, whatever is said");
    let category = |path: &str| {
        let category = Category(path.to_owned());
        Command::Reclassify(Reclassify { category, reason: "误选".to_owned() })
    };
    let mut file = file;
    assert_eq!(file.then(0, &category("不存在/类别")), Err(Refusal::UnknownCategory));
    file.done(0, &category("其他/其他"));
}

#[test]
fn every_act_on_a_matter_is_tried_before_it_is_offered() {
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]);
    let context = office.context(DAYS[1]);
    // Of a matter that has just come in, most acts are closed, each with its reason.
    let open = [
        "supplement",
        "reclassify",
        "correct",
        "correct_party",
        "add_party",
        "ask_correction",
        "name_organ",
        "withdraw",
        "refer",
        "tell",
        "file",
        "take_step",
        "put_in_charge",
        "answer_demand",
        "supervise",
        "hand_over",
        "retrack",
        "unseal",
        "ask_recusal",
        "refer_aid",
        "mark_urgent",
        "suspect_secret",
        "name_tracker",
        "recommend",
        "step_up",
        "sponsor",
        "meet_petitioner",
        "study_solution",
        "submit_to_leader",
        "instruct",
        "answer_instruction",
    ];
    // What is done to no matter is never closed here.
    let elsewhere = [
        "register",
        "join",
        "enquire",
        "unjoin",
        "view_matter",
        "issue_code",
        "break_seal",
        "unmask",
        "view_duty",
        "plan_duty",
        "keep_absence",
        "keep_mailbox",
        "keep_duty",
        "keep_contact",
        "report_duty",
        "keep_agreement",
        "comment_agreement",
        "hold_accountable",
        "appeal",
        "book_place",
        "view_report",
        "import",
        "manage_accounts",
        "grant_roles",
        "manage_calendar",
        "read_journal",
        "keep_token",
    ];
    let closed = file.matter.closed(&context);
    let found: Vec<&str> = Act::ALL
        .into_iter()
        .filter(|act| !elsewhere.contains(&act.word()))
        .filter(|act| !closed.contains_key(act))
        .map(Act::word)
        .collect();
    assert_eq!(found, open);
}
