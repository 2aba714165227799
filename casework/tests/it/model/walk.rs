//! The walk itself: every matter that can be reached, once, by all hands together and in one order.

use super::roads::wishes;
use super::{Bounds, JUMPS, START, State, bounded, broken, key, people, somebody_may};
use crate::fixture::Office;
use casework::calendar::plus_days;
use casework::matter::{Command, Entry, Fact, Matter, Step};
use casework::org::Actor;
use std::collections::{HashSet, VecDeque};
use std::num::NonZero;
use std::sync::Arc;

/// How many matters are gone on from at once, by all hands together.
const AT_ONCE: usize = 256;

/// A matter that was reached, and the file that tells how.
#[derive(Clone)]
struct Reached {
    state: State,
    file: Vec<Arc<Entry>>,
}

/// What one matter leads to: the matters after it by what makes them one, and what is broken in itself.
#[derive(Default)]
struct Expansion {
    steps: usize,
    next: Vec<(String, Reached)>,
    broken: Vec<String>,
}

/// What is walked through, and by which rules.
struct Walk<'a, R> {
    office: &'a Office,
    bounds: Bounds,
    people: Vec<Actor>,
    rules: R,
}

impl<R: Fn(&State, &Command) -> Result<Vec<Fact>, ()> + Sync> Walk<'_, R> {
    /// Where one matter leads, but for what was seen already.
    fn expand(&self, reached: &Reached, seen: &HashSet<String>) -> Expansion {
        let Reached { state, file } = reached;
        let mut found = Expansion::default();
        found.broken.extend(broken(state, self.office, file));
        let mut lawful = false;
        let wishes = wishes(state, self.bounds);
        for command in wishes.iter().filter(|command| bounded(state, command, self.bounds)) {
            let Ok(facts) = (self.rules)(state, command) else { continue };
            lawful = lawful || somebody_may(&state.matter, command, &self.people);
            let mut after = reached.clone();
            for fact in facts {
                let entry = crate::fixture::entry(fact, state.on, &state.matter.holder.0.clone());
                after.state.matter = after.state.matter.evolve(&entry);
                after.file.push(Arc::new(entry));
            }
            let redone =
                !after.state.matter.sent_back.is_empty() && state.matter.sent_back.is_empty();
            after.state.redone += u8::from(redone);
            self.keep(&mut found, after, seen);
        }
        let over = matches!(state.matter.step, Step::Concluded(_))
            && state.matter.untold().next().is_none();
        if !lawful && !over {
            let step = state.matter.step.kind().word();
            found.broken.push(format!("{step}: nothing lawful is left for anybody"));
        }
        if state.ticks < self.bounds.ticks {
            for days in JUMPS {
                let mut later = reached.clone();
                later.state.on = plus_days(state.on, days);
                later.state.ticks += 1;
                self.keep(&mut found, later, seen);
            }
        }
        found
    }

    fn keep(&self, found: &mut Expansion, after: Reached, seen: &HashSet<String>) {
        found.steps += 1;
        let key = key(&after.state, self.office);
        if !seen.contains(&key) {
            found.next.push((key, after));
        }
    }

    /// Where several lead, in their order, whichever hand looked at them.
    fn expand_all(&self, all: Vec<Reached>, seen: &HashSet<String>) -> Vec<Expansion> {
        let hands = std::thread::available_parallelism().map_or(1, NonZero::get);
        let share = all.len().div_ceil(hands);
        let mut all = all.into_iter();
        std::thread::scope(|scope| {
            let expand = |part: Vec<Reached>| {
                move || part.iter().map(|one| self.expand(one, seen)).collect::<Vec<_>>()
            };
            let parts = (0..hands).map(|_| all.by_ref().take(share).collect());
            let hands: Vec<_> = parts.map(|part| scope.spawn(expand(part))).collect();
            hands.into_iter().flat_map(|hand| hand.join().expect("a walk")).collect()
        })
    }

    /// Walks through all histories; returns how many matters and steps there were, and what broke.
    fn through(&self, start: (Matter, Vec<Entry>)) -> (usize, usize, Vec<String>) {
        let (matter, entries) = start;
        let state = State { matter, on: START, ticks: 0, redone: 0 };
        let mut seen = HashSet::from([key(&state, self.office)]);
        let file = entries.into_iter().map(Arc::new).collect();
        let mut waiting = VecDeque::from([Reached { state, file }]);
        let (mut steps, mut found) = (0, Vec::new());
        while !waiting.is_empty() && found.len() <= 5 {
            let some = waiting.drain(..AT_ONCE.min(waiting.len())).collect();
            for expansion in self.expand_all(some, &seen) {
                steps += expansion.steps;
                found.extend(expansion.broken);
                for (key, after) in expansion.next {
                    if seen.insert(key) {
                        waiting.push_back(after);
                    }
                }
            }
        }
        (seen.len(), steps, found)
    }
}

/// Walks through all histories from one matter.
pub(super) fn walk(
    office: &Office,
    start: (Matter, Vec<Entry>),
    bounds: Bounds,
    rules: impl Fn(&State, &Command) -> Result<Vec<Fact>, ()> + Sync,
) -> (usize, usize, Vec<String>) {
    Walk { office, bounds, people: people(), rules }.through(start)
}
