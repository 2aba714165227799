//! Where the main road of a matter turns: the first and the last day, the wrong petition, the empty word.

use super::track::{accusing, of_track};
use super::{DAYS, File};
use crate::fixture::{
    Office, accept, actor, answer, ask_review, petition, refer, served, sign, supervised, told,
};
use crate::wishes::{
    add_evidence, announce, ask_contribution, ask_recusal, contribute, countersign, decide_recusal,
    hold_session, identify, mark_urgent, name_tracker, open_participation, paper,
};
use casework::calendar::plus_days;
use casework::matter::handling::{Commitment, DemandAnswered, Outcome};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::intake::{Claim, Join, Merged, Supplement, register};
use casework::matter::participation::Side;
use casework::matter::referral::Told;
use casework::matter::review::ReviewAsked;
use casework::matter::supervision::{SupervisionAnswered, SupervisionClosed};
use casework::matter::track::Track;
use casework::matter::{
    Command, ConclusionGround, Context, Fact, Known, Matter, MatterId, Step, decide,
};
use casework::org::{AccountId, Actor, PORTAL, Role, UnitId};
use casework::petition::{Accused, Petition, PetitionNumber, Transfer};
use casework::refusal::Refusal;
use casework::role::{Act, Thing, allow};
use casework::statute::GroundCode;
use jiff::civil::Date;

fn text() -> String {
    "…".to_owned()
}

fn joins(petition: Petition) -> Command {
    let claims = vec![Claim::Same(1); petition.demands.len()];
    Command::Join(Box::new(Join { petition, claims, reason: text() }))
}

#[test]
fn an_investigation_step_is_dated_between_receipt_and_today() {
    // R05-31, R22-31.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let on = |on: Date| {
            let (interpreter, attachments) = (String::new(), Vec::new());
            let inquiry = InquiryKind::Heard;
            Command::TakeStep(StepTaken {
                on,
                inquiry,
                petition: None,
                text: text(),
                interpreter,
                attachments,
            })
        };
        assert_eq!(file.then(5, &on(plus_days(day, -1))), Err(Refusal::DateTooEarly(day)));
        assert_eq!(file.then(0, &on(plus_days(day, 6))), Err(Refusal::DateInFuture));
        assert_eq!(file.then(0, &on(day)), Ok(()));
        assert_eq!(file.then(0, &on(plus_days(day, 5))), Ok(()));
    }
}

#[test]
fn what_is_promised_lies_ahead_and_says_what() {
    // R22-35, R05-34.
    let office = Office::new();
    for day in DAYS {
        let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let supports = |commitment| {
            Command::AnswerDemand(DemandAnswered {
                demand: 1,
                outcome: Outcome::Support,
                text: text(),
                basis: text(),
                commitment,
            })
        };
        let by = |what: &str, days| {
            supports(Some(Commitment { what: what.to_owned(), by: plus_days(day, days) }))
        };
        assert_eq!(file.then(0, &supports(None)), Err(Refusal::CommitmentMissing));
        assert_eq!(file.then(0, &by(" ", 30)), Err(Refusal::CommitmentMissing));
        assert_eq!(file.then(0, &by("补发", -1)), Err(Refusal::DateNotAhead));
        assert_eq!(file.then(0, &by("补发", 0)), Ok(()));
    }
}

#[test]
fn a_letter_is_posted_before_it_comes_and_a_result_is_wanted_after() {
    // R05-22, R22-22.
    let office = Office::new();
    for day in DAYS {
        let comes = |shape: &dyn Fn(&mut Petition)| {
            let mut one = petition(1, day);
            shape(&mut one);
            register(one, None, &office.context(day)).map(|_| ())
        };
        let posted = |on| comes(&move |one| one.posted_on = Some(on));
        let tomorrow = plus_days(day, 1);
        assert_eq!(posted(tomorrow), Err(Refusal::DateTooEarly(tomorrow)));
        assert_eq!((posted(day), posted(plus_days(day, -9))), (Ok(()), Ok(())));
        let wanted = |by| {
            let (from, number, report_back_on) = (text(), text(), Some(by));
            comes(&move |one| {
                let (from, number) = (from.clone(), number.clone());
                one.transfer = Some(Transfer { from, number, report_back_on });
            })
        };
        assert_eq!(wanted(plus_days(day, -1)), Err(Refusal::DateTooEarly(day)));
        assert_eq!(wanted(day), Ok(()));
        assert_eq!(comes(&|one| one.received_on = tomorrow), Err(Refusal::DateInFuture));
    }
}

#[test]
fn a_petition_has_as_many_people_and_demands_as_a_form_takes() {
    // R05-17, R22-19.
    let office = Office::new();
    let [_, day] = DAYS;
    let with = |parties: usize, demands: usize| {
        let mut one = petition(1, day);
        one.headcount = 1000;
        one.parties = vec![one.parties[0].clone(); parties];
        one.demands = vec![text(); demands];
        register(one, None, &office.context(day)).map(|_| ())
    };
    assert_eq!((with(1, 1), with(200, 50)), (Ok(()), Ok(())));
    assert_eq!((with(0, 1), with(201, 1)), (Err(Refusal::PartyCount), Err(Refusal::PartyCount)));
    assert_eq!((with(1, 0), with(1, 51)), (Err(Refusal::DemandCount), Err(Refusal::DemandCount)));
}

#[test]
fn a_matter_ends_in_another_by_the_word_of_somebody() {
    // R05-21, R22-22: it is not answered twice.
    let office = Office::new();
    let [_, day] = DAYS;
    let merge = |into, reason: &str| Command::Merge(Merged { into, reason: reason.to_owned() });
    let other = MatterId::new(2024, 9);
    let mut file = File::opened(&office, day);
    assert_eq!(file.then(0, &merge(file.matter.id, "同一事")), Err(Refusal::AlreadyThere));
    assert_eq!(file.then(0, &merge(other, " ")), Err(Refusal::TextMissing));
    let merged = File::opened(&office, day).done(0, &merge(other, "同一事"));
    let ended = matches!(&merged.matter.step,
        Step::Concluded(conclusion) if conclusion.ground == ConclusionGround::Merged);
    assert!(ended, "{:?}", merged.matter.step);
    let mut two = file.done(0, &joins(petition(2, day)));
    assert_eq!(two.then(0, &merge(other, "同一事")), Err(Refusal::FirstPetition));
}

#[test]
fn whoever_is_accused_by_an_unknown_name_keeps_the_matter_at_the_office() {
    // R05-23, R22-30.
    let office = Office::new();
    let [_, day] = DAYS;
    let accuses = |one: &mut Petition| {
        one.track = Track::Accusation;
        one.accused = vec![accusing("housing")];
    };
    let unknown = || {
        let mut one = petition(2, day);
        one.track = Track::Accusation;
        one.accused = vec![Accused { mask: "王*".to_owned(), ..Accused::of(None, None) }];
        joins(one)
    };
    let mut given = of_track(&office, day, accuses).done(0, &refer("jiwei"));
    assert_eq!(given.then(0, &unknown()), Err(Refusal::AccusedUnknown));
    let mut here = of_track(&office, day, accuses);
    assert_eq!(here.then(0, &joins(petition(3, day))), Err(Refusal::OtherTrack));
    assert_eq!(here.then(0, &unknown()), Ok(()));
}

#[test]
fn something_is_added_to_a_petition_of_the_matter_in_words_or_files() {
    // R22-21.
    let office = Office::new();
    let [_, day] = DAYS;
    let mut file = File::opened(&office, day);
    let own = petition(1, day).number;
    let add = |petition: &PetitionNumber, words: &str, files| {
        let (petition, text) = (petition.clone(), words.to_owned());
        Command::Supplement(Supplement { petition, text, attachments: files })
    };
    let elsewhere = petition(7, day).number;
    let wrong = file.then(0, &add(&elsewhere, "补充", Vec::new()));
    assert_eq!(wrong, Err(Refusal::PetitionElsewhere));
    assert_eq!(file.then(0, &add(&own, " ", Vec::new())), Err(Refusal::TextMissing));
    assert_eq!(file.then(0, &add(&own, "补充", Vec::new())), Ok(()));
    assert_eq!(file.then(0, &add(&own, "", vec![paper()])), Ok(()));
}

#[test]
fn each_petition_is_taken_back_once_and_the_last_one_ends_the_matter() {
    // R22-33.
    let office = Office::new();
    let [_, day] = DAYS;
    let back =
        |serial, reason: &str| crate::wishes::withdraw(&petition(serial, day).number, reason);
    let mut file = File::opened(&office, day).done(0, &joins(petition(2, day)));
    assert_eq!(file.then(0, &back(7, "已经解决")), Err(Refusal::PetitionElsewhere));
    assert_eq!(file.then(0, &back(1, " ")), Err(Refusal::TextMissing));
    let mut file = file.done(0, &back(1, "已经解决"));
    assert!(matches!(file.matter.step, Step::Registered), "the other one stands");
    assert_eq!(file.then(0, &back(1, "已经解决")), Err(Refusal::PetitionElsewhere));
    let file = file.done(0, &back(2, "已经解决")).done(8, &crate::fixture::conclude());
    assert!(matches!(file.matter.step, Step::Concluded(_)));
}

#[test]
fn a_contribution_comes_from_whom_it_is_asked_while_the_matter_is_handled() {
    // R22-25.
    let office = Office::new();
    let [_, day] = DAYS;
    let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    assert_eq!(file.then(0, &contribute()), Err(Refusal::NotAwaited));
    let asks = ask_contribution("housing", &[1], plus_days(day, 9));
    let mut file = file.done(0, &asks).done(1, &contribute());
    assert_eq!(file.then(0, &contribute()), Err(Refusal::NotAwaited), "it has come");
    assert_eq!(file.then(0, &answer(1)), Ok(()));
}

#[test]
fn somebody_follows_by_name_what_a_superior_or_a_leader_waits_for() {
    // R22-22, R22-24.
    let office = Office::new();
    let [_, day] = DAYS;
    let missing = |shape: &dyn Fn(&mut Petition)| {
        of_track(&office, day, |one| shape(one)).matter.tracker_missing()
    };
    let transfer = |report_back_on| Transfer { from: text(), number: text(), report_back_on };
    assert!(!missing(&|_| {}));
    assert!(!missing(&|one| one.transfer = Some(transfer(None))));
    assert!(missing(&|one| one.transfer = Some(transfer(Some(day)))));
    assert!(missing(&|one| one.addressee = Some("县长".to_owned())));
    let file = File::opened(&office, day).done(0, &mark_urgent());
    assert!(file.matter.tracker_missing());
    assert!(!file.done(0, &name_tracker()).matter.tracker_missing());
}

#[test]
fn whoever_is_sent_elsewhere_is_told_what_they_need_there() {
    // R22-22c, R22-31, R05-14b, R05-21a, R05-22a.
    let office = Office::new();
    let [_, day] = DAYS;
    let owed = |ground: &str| -> Vec<Refusal> {
        let whole = told(ground, "县人民法院");
        let without = [
            Told { how: text(), ..blank(&whole) },
            Told { within: text(), ..blank(&whole) },
            Told { earlier: text(), ..blank(&whole) },
            blank(&whole),
        ];
        let tell =
            |told: &Told| File::opened(&office, day).then(0, &Command::Tell(told.clone())).err();
        assert_eq!(tell(&whole), None, "{ground}");
        without.iter().filter_map(tell).collect()
    };
    let (how, within, earlier) =
        (Refusal::HowMissing, Refusal::WithinMissing, Refusal::EarlierMissing);
    // With one of the three told, what is asked for first of the rest; at the end with none of them.
    assert_eq!(owed("N01"), [how.clone(), how.clone(), how.clone()]);
    assert_eq!(owed("N02"), [within.clone(), how.clone(), how.clone(), how]);
    assert_eq!(owed("N03"), [within.clone(), earlier.clone(), within.clone(), within]);
    assert_eq!(owed("N04"), [earlier.clone(), earlier.clone(), earlier]);
    // A ground on which a matter is only handed over sends nobody anywhere.
    let over = File::opened(&office, day).then(0, &Command::Tell(told("T1", "县人民法院")));
    assert_eq!(over, Err(Refusal::UnknownGround(GroundCode::Accusation)));
}

/// Nothing but where to go.
fn blank(told: &Told) -> Told {
    let nothing = String::new;
    Told { how: nothing(), within: nothing(), earlier: nothing(), ..told.clone() }
}

#[test]
fn a_request_for_review_is_posted_before_it_comes() {
    // R22-35, R05-34.
    let office = Office::new();
    let [_, day] = DAYS;
    let asked = |posted: i64, received: i64| {
        let mut file = File::opened(&office, day)
            .done(0, &refer("agri"))
            .done(0, &accept())
            .done(0, &answer(1))
            .done(0, &answer(2))
            .heard()
            .done(0, &sign())
            .done(0, &Command::Serve(served(day)));
        let asked = ReviewAsked {
            posted_on: Some(plus_days(day, posted)),
            ..ask_review("gov", plus_days(day, received))
        };
        file.then(9, &Command::AskReview(asked))
    };
    assert_eq!((asked(9, 9), asked(3, 9)), (Ok(()), Ok(())), "on the day itself too");
    assert_eq!(asked(9, 8), Err(Refusal::DateTooEarly(plus_days(day, 9))));
    assert_eq!(asked(3, 10), Err(Refusal::DateInFuture));
}

#[test]
fn as_many_speak_in_a_joint_investigation_as_in_a_visit() {
    // R22-20, R05-18b.
    let office = Office::new();
    let [_, day] = DAYS;
    let mut file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    let too_many = |elected: Result<(), Refusal>| {
        matches!(elected, Err(Refusal::TooManyRepresentatives { most: 5, .. }))
    };
    assert_eq!(file.then(0, &open_participation(day, 0)), Err(Refusal::NobodyElected));
    assert!(too_many(file.then(0, &open_participation(day, 6))));
    assert_eq!(file.then(0, &open_participation(day, 5)), Ok(()));
}

#[test]
fn who_of_the_office_first_takes_it_up_answers_for_it_first() {
    // R05-22, R22-23: what comes from home is in nobody's hands before.
    let office = Office::new();
    let [_, day] = DAYS;
    let mut file = File::opened(&office, day);
    assert_eq!(file.matter.first_receiver, Some(AccountId("somebody".to_owned())));
    for entry in &mut file.entries {
        entry.actor = AccountId(PORTAL.to_owned());
    }
    file.matter = Matter::replay(file.matter.id, &file.entries).expect("opens");
    assert_eq!(file.matter.first_receiver, None);
    let file = file.done(0, &refer("agri"));
    assert_eq!(file.matter.first_receiver, Some(AccountId("somebody".to_owned())));
}

#[test]
fn who_answered_keeps_what_was_promised_open_to_them() {
    // R22-34, R05-32.
    let office = Office::new();
    let [_, day] = DAYS;
    let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    assert_eq!(file.matter.keeper(), None);
    let file = file.done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
    assert_eq!(file.matter.keeper().map(|unit| unit.0.as_str()), Some("agri"));
    let supervised = File::opened(&office, day)
        .done(0, &refer("agri"))
        .done(0, &Command::Supervise(supervised("agri")));
    assert_eq!(supervised.matter.keeper().map(|unit| unit.0.as_str()), Some("agri"));
}

#[test]
fn a_recusal_is_decided_by_the_head_of_whoever_is_asked_or_the_offices_head() {
    // R22-28, R05-30.
    let office = Office::new();
    let [_, day] = DAYS;
    let asked = |person: &str| {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        file.done(0, &ask_recusal(person)).matter
    };
    let decides = |matter: &Matter, role, unit: &str| {
        let who = Actor { roles: vec![role], ..actor(unit, "head") };
        allow(&who, Act::DecideRecusal, Thing::Matter(matter)).is_ok()
    };
    let of_unit = asked("other");
    assert!(decides(&of_unit, Role::OfficeHead, "office"));
    assert!(decides(&of_unit, Role::UnitHead, "agri"));
    assert!(!decides(&of_unit, Role::Leader, "gov"), "whose people are not meant");
    assert!(decides(&asked("somebody"), Role::Leader, "gov"), "of the office a leader decides");
}

#[test]
fn a_namesake_is_kept_out_only_until_it_is_known_who_is_meant() {
    // R05-23, R22-30.
    let office = Office::new();
    let [_, day] = DAYS;
    let walled = |unit: Option<UnitId>| {
        let namesakes = vec![AccountId("brother".to_owned())];
        let meant = Accused { namesakes, ..Accused::of(unit, None) };
        let file = of_track(&office, day, |one| {
            one.track = Track::Accusation;
            one.accused = vec![meant];
        });
        file.matter.walls().accounts
    };
    assert_eq!(walled(None).len(), 1);
    assert!(walled(Some(UnitId("housing".to_owned()))).is_empty());
}

#[test]
fn of_whom_only_a_name_is_known_everybody_who_bears_it_is_kept_out() {
    // R05-23, R22-30.
    let office = Office::new();
    let people = &office.directory.people;
    let (_, one) = people.first_key_value().expect("somebody");
    let same = people.values().filter(|other| other.name == one.name).count();
    let kept_out = |unit: Option<UnitId>, mask: &str| {
        let accused = Accused { mask: mask.to_owned(), ..Accused::of(unit, None) };
        accused.with_namesakes(&office.directory, |name| name == one.name).namesakes.len()
    };
    assert_eq!(kept_out(None, "钱*"), same);
    assert_eq!(kept_out(Some(UnitId("housing".to_owned())), "钱*"), 0, "it is known who is meant");
    assert_eq!(kept_out(None, ""), 0, "nobody is named");
}

#[test]
fn what_only_the_record_and_the_vault_know_stands_against_an_act() {
    // R22-40, R22-31.
    let office = Office::new();
    let [_, day] = DAYS;
    let supervise = Command::Supervise(supervised("agri"));
    let file = File::opened(&office, day).done(0, &refer("agri"));
    let with = |matter: &Matter, command: &Command, known: Known| {
        let context = office.context(day);
        decide(matter, command, &Context { known, ..context }).map(|facts| facts.len())
    };
    let file = file
        .done(0, &accept())
        .done(0, &open_participation(day, 2))
        .done(0, &add_evidence(Side::Petitioner))
        .done(0, &add_evidence(Side::Unit))
        .done(0, &hold_session(day))
        .done(0, &countersign(1));
    let announce = announce(day);
    let named = Known { names_somebody: true, ..Known::default() };
    assert_eq!(announce.published().last(), Some(&"职工大会"));
    assert_eq!(with(&file.matter, &announce, named), Err(Refusal::NamesSomebody));
    assert_eq!(supervise.published(), Vec::<&str>::new());
}

#[test]
fn recusals_go_along_with_a_petition_unless_they_stand_there_already() {
    // R22-28, R05-30.
    let office = Office::new();
    let [_, day] = DAYS;
    let file = || File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    let asked = file().done(0, &ask_recusal("other"));
    let decided = file().done(0, &ask_recusal("other")).done(0, &decide_recusal("other", true));
    let words = |facts: Vec<Fact>| facts.iter().map(|fact| fact.word()).collect::<Vec<_>>();
    let none: [&str; 0] = [];
    assert_eq!(words(file().matter.carried(Some(&asked.matter))), none);
    assert_eq!(words(asked.matter.carried(Some(&file().matter))), ["recusal_asked"]);
    let both = ["recusal_asked", "recusal_decided"];
    assert_eq!(words(decided.matter.carried(Some(&file().matter))), both);
    assert_eq!(words(decided.matter.carried(Some(&decided.matter))), none);
    // Where nobody is accused, nobody has to be known to belong nowhere.
    assert_eq!(words(decided.matter.carried(None)), both);
    // R22-30: that an accused belongs to nobody here goes along to a file of its own, and only once it is known.
    let unknown = of_track(&office, day, |petition| {
        petition.track = Track::Accusation;
        petition.accused = vec![Accused { id: "a1".to_owned(), ..Accused::of(None, None) }];
    });
    assert_eq!(words(unknown.matter.carried(None)), none);
    let known = unknown.done(0, &identify(None));
    assert_eq!(words(known.matter.carried(None)), ["accused_identified"]);
    assert_eq!(words(known.matter.carried(Some(&file().matter))), none);
}

#[test]
fn what_stands_against_an_act_is_named_and_nothing_else() {
    let office = Office::new();
    let [_, day] = DAYS;
    let mut file = File::opened(&office, day).done(0, &refer("agri"));
    let half = Command::Join(Box::new(Join {
        petition: petition(2, day),
        claims: vec![Claim::Same(1)],
        reason: "同一人同一事".to_owned(),
    }));
    assert_eq!(file.then(0, &half), Err(Refusal::ClaimCount), "two demands, one word");
    let answered = SupervisionAnswered { adopted: true, text: "已改进".to_owned() };
    let closed = SupervisionClosed { finding: "已落实".to_owned() };
    for nothing in [Command::AnswerSupervision(answered), Command::CloseSupervision(closed)] {
        assert_eq!(file.then(0, &nothing), Err(Refusal::NotSupervised));
    }
}
