//! Inside a unit: somebody has it in hand by name, and nobody alone writes and signs an opinion.

use super::{DAYS, File};
use crate::fixture::{Office, accept, actor, answer, entry, hear, refer, sign};
use crate::wishes::{
    ask_recusal, check_draft, decide_recusal, put_in_charge, return_draft, submit_draft,
};
use casework::calendar::plus_days;
use casework::directory::Person;
use casework::matter::inside::DraftStage;
use casework::matter::{Command, Context, Entry, Fact, decide};
use casework::org::{Absence, AccountId, Actor, Role, UnitId};
use casework::refusal::Refusal;

fn account(name: &str) -> AccountId {
    AccountId(name.to_owned())
}

/// Somebody of the bureau.
fn agri(name: &str, role: Role) -> Actor {
    Actor { roles: vec![role], ..actor("agri", name) }
}

impl File<'_> {
    /// Somebody does it in their own name.
    pub(super) fn by(&mut self, who: &Actor, command: &Command) -> Result<(), Refusal> {
        let context = Context { actor: who, ..self.office.context(self.on) };
        for fact in decide(&self.matter, command, &context)? {
            let entry = entry(fact, self.on, &who.unit.0);
            let entry = Entry { actor: who.account.clone(), ..entry };
            self.matter = self.matter.clone().evolve(&entry);
            self.entries.push(entry);
        }
        Ok(())
    }

    fn in_charge(&self) -> Option<&str> {
        self.matter.person_in_charge().map(|person| person.0.as_str())
    }
}

/// At the bureau, accepted by one of its people.
fn accepted<'a>(office: &'a Office, day: jiff::civil::Date, by: &Actor) -> File<'a> {
    let mut file = File::opened(office, day).done(1, &refer("agri"));
    file.by(by, &accept()).expect("accepts");
    file
}

#[test]
fn every_matter_is_in_the_hands_of_somebody_by_name() {
    let office = Office::new();
    let (other, brother) = (agri("other", Role::UnitHandler), agri("brother", Role::UnitHandler));
    let boss = agri("chief", Role::UnitHead);
    for day in DAYS {
        let registered = File::opened(&office, day);
        assert_eq!(registered.in_charge(), Some("somebody"), "whoever registered");
        let mut file = registered.done(1, &refer("agri"));
        assert_eq!(file.in_charge(), None, "nobody yet at the bureau");
        assert_eq!(file.by(&boss, &put_in_charge("somebody")), Err(Refusal::NotOfTheUnit));
        assert_eq!(file.by(&boss, &put_in_charge("brother")), Ok(()));
        assert_eq!(file.by(&other, &accept()), Ok(()));
        assert_eq!(file.in_charge(), Some("brother"), "who was put in charge stays there");
        assert_eq!(file.by(&boss, &put_in_charge("brother")), Err(Refusal::InChargeAlready));
        let taken = file.by(&other, &put_in_charge("other"));
        assert_eq!(taken, Err(Refusal::InAnothersCharge));
        assert_eq!(file.by(&brother, &put_in_charge("other")), Ok(()), "they hand it over");
        assert_eq!(file.by(&boss, &put_in_charge("brother")), Ok(()), "or their head does");

        let file = accepted(&office, day, &other);
        assert_eq!(file.in_charge(), Some("other"), "whoever begins has it in hand");
        let mut file = file.clone().done(1, &ask_recusal("other"));
        assert_eq!(file.in_charge(), Some("other"), "it is only asked");
        let decided = file.then(0, &decide_recusal("other", true));
        assert_eq!((decided, file.in_charge()), (Ok(()), None), "who keeps out has it no longer");
        assert_eq!(file.by(&boss, &put_in_charge("other")), Err(Refusal::NotOfTheUnit));
        assert_eq!(file.by(&boss, &put_in_charge("brother")), Ok(()));
    }
}

#[test]
fn a_draft_is_looked_over_by_somebody_else_before_it_is_signed() {
    // GW12-20, GW12-22.
    let office = Office::new();
    let (other, brother) = (agri("other", Role::UnitHandler), agri("brother", Role::UnitHandler));
    let boss = agri("chief", Role::UnitHead);
    for day in DAYS {
        let mut file = accepted(&office, day, &other);
        file.by(&other, &hear(plus_days(day, 1))).expect("hears");
        file.by(&other, &answer(1)).expect("answers");
        assert_eq!(
            file.by(&other, &submit_draft("brother")),
            Err(Refusal::DemandUnanswered(vec![2]))
        );
        file.by(&other, &answer(2)).expect("answers");
        assert!(file.matter.waits_for_head(), "a whole draft that nobody else looks over");
        assert_eq!(file.by(&other, &check_draft()), Err(Refusal::DraftNotSubmitted));
        assert_eq!(file.by(&brother, &return_draft()), Err(Refusal::DraftNotSubmitted));
        assert_eq!(file.by(&other, &submit_draft("other")), Err(Refusal::OwnDraft));
        assert_eq!(file.by(&other, &submit_draft("somebody")), Err(Refusal::NotOfTheUnit));
        assert_eq!(
            file.clone().by(&boss, &sign()),
            Ok(()),
            "the head's own eyes are the second pair"
        );

        assert_eq!(file.by(&other, &submit_draft("brother")), Ok(()));
        assert!(
            !file.matter.waits_for_head() && file.matter.checker() == Some(&account("brother"))
        );
        assert_eq!(file.by(&boss, &sign()), Err(Refusal::DraftUnchecked));
        assert_eq!(file.by(&other, &check_draft()), Err(Refusal::DraftUnchecked));
        let passed = {
            let mut file = file.clone();
            assert_eq!(file.by(&brother, &check_draft()), Ok(()));
            file
        };
        assert!(passed.matter.waits_for_head());
        assert_eq!(passed.clone().by(&boss, &sign()), Ok(()));
        let mut amended = passed;
        amended.by(&other, &answer(2)).expect("amends");
        assert_eq!(
            amended.matter.draft.stage,
            DraftStage::Writing,
            "what changed goes round again"
        );

        // Sent back: amended before anything else.
        assert_eq!(file.by(&brother, &return_draft()), Ok(()));
        assert_eq!(file.by(&boss, &sign()), Err(Refusal::DraftReturned));
        assert_eq!(file.by(&other, &submit_draft("brother")), Err(Refusal::DraftReturned));
        assert_eq!(file.by(&boss, &return_draft()), Err(Refusal::DraftReturned));
        file.by(&other, &answer(1)).expect("amends");
        assert_eq!(file.clone().by(&boss, &return_draft()), Ok(()), "the head may, unasked");
        assert_eq!(file.by(&boss, &sign()), Ok(()));
        assert_eq!(file.matter.draft.authors.len(), 0, "what is signed is no draft");
    }
}

#[test]
fn nobody_signs_alone_what_they_wrote_alone() {
    // GW12-20.
    let office = Office::new();
    let (boss, brother) = (agri("chief", Role::UnitHead), agri("brother", Role::UnitHandler));
    for day in DAYS {
        let mut file = accepted(&office, day, &boss);
        for command in [hear(plus_days(day, 1)), answer(1), answer(2)] {
            file.by(&boss, &command).expect("the head does it all");
        }
        assert_eq!(file.by(&boss, &sign()), Err(Refusal::OwnDraft));
        let mut checked = file.clone();
        assert_eq!(checked.by(&boss, &submit_draft("brother")), Ok(()));
        assert_eq!(checked.by(&brother, &check_draft()), Ok(()));
        assert_eq!(checked.by(&boss, &sign()), Ok(()));
        // Two who wrote at it have seen it both.
        file.by(&brother, &answer(2)).expect("writes too");
        assert_eq!(file.by(&boss, &sign()), Ok(()));
    }
}

#[test]
fn who_stands_in_for_a_head_signs_in_their_place_and_the_file_says_so() {
    // GW12-22: the organ's head signs; while they are away, whoever stands in does.
    for day in DAYS {
        let next = plus_days(day, 1);
        let mut office = Office::new();
        let chief = Person {
            name: "chief".to_owned(),
            unit: UnitId("agri".to_owned()),
            post: None,
            roles: vec![Role::UnitHead],
        };
        office.directory.people.insert(account("chief"), chief);
        office.directory.absences.push(Absence {
            id: "1".to_owned(),
            person: account("chief"),
            deputy: account("brother"),
            from: next,
            until: next,
        });
        let brother = agri("brother", Role::UnitHandler);
        let deputy = office.directory.acting(brother.clone(), next);
        assert!(deputy.is(Role::UnitHead) && deputy.is(Role::UnitHandler));
        for other_day in [day, plus_days(next, 1)] {
            assert!(!office.directory.acting(brother.clone(), other_day).is(Role::UnitHead));
        }

        let says = |who: &str, of: &str| office.directory.says_absence(&account(who), &account(of));
        assert!(says("chief", "brother") && says("chief", "chief") && says("brother", "brother"));
        assert!(!says("brother", "chief"), "who stands in does not say for how long");
        assert!(!says("chief", "somebody"), "nor does a head of another unit's people");

        let other = agri("other", Role::UnitHandler);
        let mut file = accepted(&office, day, &other);
        for command in [hear(next), answer(1), answer(2), submit_draft("chief")] {
            file.by(&other, &command).expect("drafts");
        }
        assert_eq!(file.by(&other, &check_draft()), Err(Refusal::DraftUnchecked));
        assert_eq!(file.by(&deputy, &check_draft()), Ok(()), "in the place of whoever was asked");
        assert_eq!(file.by(&deputy, &sign()), Ok(()));
        let last = file.entries.last().map(|entry| &entry.fact);
        let Some(Fact::Signed(signed)) = last else { panic!("signed: {last:?}") };
        assert_eq!(signed.for_head, Some(account("chief")));
    }
}

#[test]
fn who_is_back_or_works_elsewhere_stands_in_for_nobody() {
    let mut office = Office::new();
    let day = DAYS[1];
    let away = |person: &str, deputy: &str| Absence {
        id: String::new(),
        person: account(person),
        deputy: account(deputy),
        from: day,
        until: plus_days(day, 2),
    };
    let called_off = Absence { until: plus_days(day, -1), ..away("other", "brother") };
    assert!(!called_off.meets(&away("other", "brother")) && !called_off.covers(day));
    assert!(away("other", "brother").meets(&Absence {
        from: plus_days(day, 2),
        until: plus_days(day, 9),
        ..away("other", "brother")
    }));
    // Nobody is away twice, or while somebody counts on them, and whoever stands in is there.
    let stands = away("other", "brother");
    let clash = |person: &str, deputy: &str| {
        away(person, deputy).clash(&stands).map(|account| account.0.clone())
    };
    assert_eq!(clash("other", "chief"), Some("other".to_owned()));
    assert_eq!(clash("brother", "chief"), Some("brother".to_owned()));
    assert_eq!(clash("chief", "other"), Some("other".to_owned()));
    assert_eq!(clash("chief", "brother"), None, "one person stands in for two");
    assert_eq!(away("other", "chief").clash(&called_off), None);
    // Whoever moved to another unit since stands in no longer.
    office.directory.absences = vec![away("other", "brother"), away("other", "leader"), called_off];
    let stands = |deputy: &str, on| office.directory.stands_in(&account(deputy), on).count();
    assert_eq!((stands("brother", day), stands("brother", plus_days(day, 3))), (1, 0));
    assert_eq!(stands("leader", day), 0);
}
