//! Of which organ a demand complains, and that it does not answer for itself unasked.

use super::track::of_track;
use super::{DAYS, File};
use crate::fixture::{Office, actor, petition, refer};
use crate::wishes::counter::name_organ;
use casework::matter::intake::{Claim, Join, register};
use casework::matter::notice::{NoticeKind, Notified};
use casework::matter::referral::Refer;
use casework::matter::{Command, Context, Fact};
use casework::org::UnitId;
use casework::refusal::Refusal;

fn unit(id: &str) -> UnitId {
    UnitId(id.to_owned())
}

fn despite(to: &str, reason: &str) -> Command {
    let (report_back_on, note) = (None, String::new());
    Command::Refer(Refer { to: unit(to), report_back_on, note, despite: reason.to_owned() })
}

#[test]
fn what_complains_of_a_unit_does_not_go_to_it_without_a_reason_that_is_told() {
    // R22-28, R22-41①.
    let office = Office::new();
    for day in DAYS {
        let file = of_track(&office, day, |first| first.complained_of = Some(unit("donghe")));
        let organs = |file: &File<'_>| -> Vec<Option<UnitId>> {
            file.matter.demands.iter().map(|demand| demand.complained_of.clone()).collect()
        };
        assert_eq!(organs(&file), [Some(unit("donghe")), Some(unit("donghe"))]);
        assert_eq!(file.refused(&refer("donghe")), Refusal::ComplainedOf);
        assert_eq!(file.refused(&despite("donghe", " ")), Refusal::ComplainedOf);
        assert_eq!(file.clone().then(0, &refer("agri")), Ok(()), "elsewhere it may go");
        assert_eq!(file.clone().then(0, &refer("gov")), Ok(()), "and above it");
        let sent = file.clone().done(0, &despite("donghe", "属其法定职责"));
        let fact = sent.entries.last().map(|entry| &entry.fact);
        let told = fact.and_then(Fact::notice);
        let Some(Notified::Referred { despite, .. }) = told else { panic!("told: {told:?}") };
        assert_eq!(despite, "属其法定职责");
        assert_eq!(sent.matter.notices.first().map(|one| one.kind), Some(NoticeKind::Referred));

        // Who complains of what stands above a unit complains of what it does under it.
        let above = of_track(&office, day, |first| first.complained_of = Some(unit("gov")));
        assert_eq!(above.refused(&refer("agri")), Refusal::ComplainedOf);

        let none = file.done(0, &name_organ(1, None)).done(0, &name_organ(2, Some("agri")));
        assert_eq!(organs(&none), [None, Some(unit("agri"))]);
        assert_eq!(none.refused(&name_organ(2, Some("agri"))), Refusal::NothingCorrected);
        assert_eq!(none.refused(&name_organ(9, None)), Refusal::NoSuchDemand(9));
        assert_eq!(none.refused(&name_organ(1, Some("nowhere"))), Refusal::NotAReceiver);
        assert_eq!(none.refused(&refer("agri")), Refusal::ComplainedOf, "one demand is enough");
        assert_eq!(none.clone().then(0, &refer("donghe")), Ok(()));
    }
}

#[test]
fn a_new_demand_that_joins_brings_its_own_organ() {
    let office = Office::new();
    let day = DAYS[1];
    let mut second = petition(2, day);
    second.complained_of = Some(unit("agri"));
    let claims = vec![Claim::Same(1), Claim::New];
    let join =
        Command::Join(Box::new(Join { petition: second, claims, reason: "同一事".to_owned() }));
    let file = File::opened(&office, day).done(0, &join);
    let organs = file.matter.demands.iter().map(|demand| demand.complained_of.clone());
    assert_eq!(organs.collect::<Vec<_>>(), [None, None, Some(unit("agri"))]);
}

#[test]
fn what_complains_of_the_unit_that_takes_it_in_is_with_the_office() {
    // R22-23, R22-28: the office says who answers it.
    let office = Office::new();
    let day = DAYS[1];
    let clerk = actor("agri", "other");
    let context = Context { actor: &clerk, ..office.context(day) };
    for (organ, keeps) in [("agri", false), ("gov", false), ("housing", true)] {
        let mut first = petition(1, day);
        (first.first_unit, first.complained_of) = (unit("agri"), Some(unit(organ)));
        let facts = register(first, None, &context).expect("registers");
        let Some(Fact::Registered(registered)) = facts.first() else { panic!("{facts:?}") };
        assert_eq!(registered.received.as_ref().map(|one| one.keeps), Some(keeps), "{organ}");
    }
}
