//! Under which counters a matter stands (事项计数): its places in queues, and what lists are filtered by.

use super::NEVER;
use super::facet::Facet;
use crate::tally::{self, Cell, Changes, Kind, SEALED};
use casework::matter::Matter;
use casework::matter::queue::{Bucket, Waiter, Waiting};
use std::collections::BTreeSet;

/// The value under which a place in a queue is counted.
pub(super) fn place_in_queue(bucket: Bucket, waiter: &Waiter) -> String {
    format!("{}|{}", bucket.word(), waiter.word())
}

/// To whom a matter shows: to everybody, or, under a seal, to whom every seal opens and to those who work on it.
fn seals(matter: &Matter) -> BTreeSet<String> {
    if !matter.sealed() {
        return BTreeSet::from([String::new()]);
    }
    let keeper = matter.keeper().map(|unit| unit.0.clone());
    [SEALED.to_owned(), matter.holder.0.clone()].into_iter().chain(keeper).collect()
}

/// All its cells.
pub(super) fn cells(matter: &Matter, queued: &[Waiting]) -> Changes {
    let in_queue = queued.iter().map(|Waiting { bucket, waiter, due }| Cell {
        day: due.map_or_else(|| NEVER.to_owned(), |(day, _)| day.to_string()),
        ..Cell::standing(Kind::Queued, place_in_queue(*bucket, waiter))
    });
    let listed = facets(matter).into_iter();
    let listed = listed.filter_map(|facet| Some(Cell::standing(Kind::Listed, facet.word()?)));
    let shown: Vec<Cell> = in_queue.chain(listed).collect();
    let mut cells = Changes::new();
    for seal in seals(matter) {
        let under = |cell: &Cell| (Cell { seal: seal.clone(), ..cell.clone() }, 1);
        tally::merge(&mut cells, shown.iter().map(under));
    }
    cells
}

/// By which pairs of what lasts the index of words finds it.
pub(super) fn marks(matter: &Matter) -> Vec<String> {
    Facet::marks(&facets(matter))
}

/// Everything that a list can be filtered by and holds for a matter, once.
fn facets(matter: &Matter) -> BTreeSet<Facet> {
    let mut found = BTreeSet::from([
        Facet::All,
        Facet::Step(matter.step.kind()),
        Facet::Holder(matter.holder.clone()),
    ]);
    found.extend(Facet::places(&matter.place.0));
    found.extend(Facet::categories(&matter.category.0));
    found.extend(matter.petitions.first().map(|petition| Facet::Channel(petition.channel)));
    found.extend(matter.taken_in_by().map(|unit| Facet::FirstUnit(unit.clone())));
    let letters = matter.petitions.iter().filter_map(|petition| petition.mailbox.as_ref());
    found.extend(letters.map(|leader| Facet::Addressed(leader.clone())));
    found.extend(matter.units.iter().map(|unit| Facet::With(unit.clone())));
    found
}
