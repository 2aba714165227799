//! Who and what belongs to a petition: nobody is left out, nobody stands there who never came, no file lies with
//! somebody else's petition.

use super::{DAYS, File};
use crate::fixture::{Office, accept, answer, petition, refer, sign};
use crate::wishes::counter::{
    add_party, ask_correction, correct, correct_file, handed_in, strike_party,
};
use crate::wishes::{paper, withdraw};
use casework::matter::intake::{Claim, Join};
use casework::matter::notice::NoticeKind;
use casework::matter::{Command, Context, Fact, Known, Resealed, correction, decide};
use casework::petition::{PartyKind, PetitionNumber};
use casework::refusal::Refusal;

fn first() -> PetitionNumber {
    petition(1, DAYS[0]).number
}

fn joined(file: File<'_>) -> File<'_> {
    let join = Join {
        petition: petition(2, file.on),
        claims: vec![Claim::Same(1), Claim::Same(2)],
        reason: "同一件事".to_owned(),
    };
    file.done(0, &Command::Join(Box::new(join)))
}

#[test]
fn whoever_was_left_out_is_added_and_heard_and_served_like_the_others() {
    // Review of the mission, point 7; R22-21, R22-35.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
        let add = add_party(&first(), PartyKind::Person);
        let who = Resealed {
            party: "party-9".to_owned(),
            fields: Vec::new(),
            mask: "马*强".to_owned(),
            reachable: true,
            sealed: "sealed".to_owned().into(),
        };
        let tried = |file: &File<'_>, who: &Resealed| {
            let known = Known { resealed: Some(who), ..Known::default() };
            decide(&file.matter, &add, &Context { known, ..office.context(file.on) })
        };
        assert_eq!(tried(&file, &who), Err(Refusal::HeadcountTooSmall), "one came, says the file");
        let file = file.done(0, &correct(&first(), 2));
        let nameless = Resealed { mask: String::new(), ..who.clone() };
        assert_eq!(tried(&file, &nameless), Err(Refusal::NamelessParty));
        let facts = tried(&file, &who).expect("lawful");
        let entry = crate::fixture::entry(facts[0].clone(), day, "office");
        let mut after = file.clone();
        after.matter = file.matter.clone().evolve(&entry);
        after.entries.push(entry.clone());
        let shown = serde_json::to_string(&entry.for_readers()).expect("a line");
        assert!(!shown.contains("sealed"), "{shown}");
        let signed = after.done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
        let names: Vec<&str> =
            signed.matter.to_be_served().iter().map(|party| party.id.as_str()).collect();
        assert_eq!(names, ["party-1", "party-9"], "the answer is theirs too");
        assert_eq!(tried(&signed, &who), Err(Refusal::OpinionSigned));
        let taken_back =
            joined(File::opened(&office, day)).done(0, &withdraw(&first(), "已经解决"));
        assert_eq!(tried(&taken_back, &who), Err(Refusal::PetitionWithdrawn));
    }
}

#[test]
fn whoever_never_petitioned_is_struck_on_a_paper_and_the_others_are_told() {
    // Review of the mission, point 7; R22-21, PIPL 46.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri"));
        let only = strike_party("party-1", 1);
        assert_eq!(file.refused(&only), Refusal::OnlyParty, "a petition is somebody's");
        let file = file.done(0, &correct(&first(), 2));
        let file = file.done(0, &add_party(&first(), PartyKind::Anonymous));
        let struck = file.matter.petitions[0].parties[1].id.clone();
        assert_eq!(file.refused(&strike_party(&struck, 0)), Refusal::PaperMissing);
        assert_eq!(file.refused(&strike_party("nobody", 1)), Refusal::PetitionElsewhere);
        let file = file.done(0, &accept());
        let signed = file.clone().done(0, &answer(1)).done(0, &answer(2)).heard().done(0, &sign());
        assert_eq!(signed.refused(&strike_party(&struck, 1)), Refusal::OpinionSigned);
        let file = file.done(0, &strike_party(&struck, 1));
        assert_eq!(file.matter.petitions[0].parties.len(), 1);
        let notice = file.matter.notices.last().expect("a notice");
        assert_eq!((notice.kind, &notice.petition), (NoticeKind::Corrected, &Some(first())));
        let last = file.entries.last().expect("a line");
        assert_eq!(last.fact.attachments().len(), 1, "what shows it is kept");
    }
}

#[test]
fn a_file_goes_to_the_petition_that_it_came_with_or_out() {
    // Review of the mission, point 7.
    let office = Office::new();
    let day = DAYS[1];
    let file = joined(File::opened(&office, day));
    let second = petition(2, day).number;
    let hash = paper().hash;
    assert_eq!(file.refused(&correct_file(&first(), &hash, None)), Refusal::NothingHandedIn);
    let file = file.done(0, &handed_in(&first()));
    let whose = |file: &File<'_>| -> Vec<String> {
        file.matter.handed_in().map(|(number, _)| number.0.clone()).collect()
    };
    assert_eq!(whose(&file), [first().0]);
    assert_eq!(
        file.refused(&correct_file(&first(), &hash, Some(&first()))),
        Refusal::NothingCorrected
    );
    let strange = PetitionNumber("x".to_owned());
    assert_eq!(
        file.refused(&correct_file(&first(), &hash, Some(&strange))),
        Refusal::PetitionElsewhere
    );
    assert_eq!(file.refused(&correct_file(&first(), "b", None)), Refusal::PetitionElsewhere);
    assert_eq!(file.refused(&correct_file(&second, &hash, None)), Refusal::PetitionElsewhere);
    let file = file.done(0, &ask_correction(&second));
    let file = file.done(0, &correct_file(&first(), &hash, Some(&second)));
    assert_eq!(whose(&file), std::slice::from_ref(&second.0));
    assert_eq!(file.matter.put_out, Vec::<String>::new());
    // It leaves along with its petition, and not with another.
    let leaves = file.matter.leaving(&second).expect("it may leave");
    assert_eq!(leaves.attachments.len(), 1);
    assert!(file.matter.correction_requests[0].corrected, "what the second asked for is done");
    // The same paper lies with the first again, where it belongs; it leaves the second's alone.
    let file = file.done(0, &handed_in(&first())).done(0, &correct_file(&second, &hash, None));
    assert_eq!(whose(&file), [first().0]);
    assert!(file.matter.opens(&hash), "it is still the first's");
    let gone = file.clone().done(0, &correct_file(&first(), &hash, None));
    assert_eq!((whose(&gone), gone.matter.opens(&hash)), (Vec::new(), false));
    let back = gone.done(0, &handed_in(&first()));
    assert!(back.matter.opens(&hash), "it was handed in where it belongs");
    let Fact::Correction(correction::Fact::FileCorrected(line)) =
        &file.entries.last().expect("a line").fact
    else {
        panic!("another fact");
    };
    assert_eq!((&line.from, &line.to, line.name.as_str()), (&second, &None, "授权委托书.pdf"));
}
