//! Visits to people (下访).

use super::heard::{Heard, Named, named};
use super::{DutyAct, DutyDeed, bare, begin, change, deed, each, new, on, told};
use crate::act::{Form, Kind, Name, Row, given};
use crate::problem::{FieldError, Problem, Wrong};
use casework::duty::campaign::Campaign;
use casework::duty::finding::Solution;
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::{Entries, Noun, State};
use casework::moment::Within;
use casework::org::AccountId;
use casework::role::Act;

/// Notes a problem that was found; with a name it becomes a petition in the same step. Of a petition the note
/// says only what is wanted: what was said lies in its case file, behind its walls.
fn find_problem(f: &mut Form<'_>) -> DutyDeed {
    match named(f) {
        Named::Nobody(text) => {
            change(move |visit: Outreach, _, _| Ok(visit.find(text.clone(), None)?))
        }
        Named::Somebody(heard) => deed(move |w| {
            let visit: Outreach = w.record()?;
            let demand = heard.demand.clone();
            let draft = heard.draft(w.house, Some(&visit.leader), visit.place.clone())?;
            w.change_and_register(draft, move |visit: Outreach, matter, _| {
                Ok(visit.find(demand.clone(), Some(matter))?)
            })
        }),
    }
}

/// Makes a petition of a problem that was noted before.
fn petition_problem(f: &mut Form<'_>) -> DutyDeed {
    let entry = f.number(Name::Entry);
    let heard = Heard::read(f);
    deed(move |w| {
        let visit: Outreach = w.record()?;
        let draft = heard.draft(w.house, Some(&visit.leader), visit.place.clone())?;
        w.change_and_register(draft, move |visit: Outreach, matter, _| {
            Ok(visit.register(entry, matter)?)
        })
    })
}

/// The campaign that a visit belongs to is one that is kept.
fn kept_campaign(tx: &mut store::Tx<'_>, id: &str) -> Result<Campaign, Problem> {
    let wrong = || Problem::Invalid(vec![FieldError::new(Name::Campaign, Wrong::Choice)]);
    store::duty::find(tx, id)?.ok_or_else(wrong)
}

/// Before it is made.
const PLANNED: &[State] = &[State::Planned];

/// After it was made.
const DONE: &[State] = &[State::Done];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "plan_visit",
        act: Act::KeepDuty,
        rule: "R22-18b",
        at: new(Noun::Outreach),
        form: |f| {
            let visit = Outreach {
                leader: f.account(Name::Leader, Kind::Account),
                on: f.date(Name::On),
                place: f.place(Name::Place),
                venue: f.line(Name::Venue),
                topic: f.may_line(Name::Topic),
                with: f
                    .may_choices(Name::With, Kind::Accounts)
                    .into_iter()
                    .map(AccountId)
                    .collect(),
                campaign: given(f.may_line(Name::Campaign)),
                done: None,
                problems: Vec::new(),
                cancelled: None,
            };
            begin(move |tx, _| {
                if let Some(id) = &visit.campaign {
                    kept_campaign(tx, id)?;
                }
                let others = store::duty::within(tx, Within::day(visit.on))?;
                Ok(visit.clone().plan(&bare(others), &bare(store::duty::all(tx)?))?)
            })
        },
    },
    Row {
        word: "record_visit",
        act: Act::KeepDuty,
        rule: "R22-18b",
        at: on(Noun::Outreach, PLANNED),
        form: |f| {
            let visit =
                Visit { on: f.date(Name::On), met: f.number(Name::Met), text: f.text(Name::Text) };
            deed(move |w| {
                let id = w.id.to_owned();
                w.change(move |one: Outreach, tx, context| {
                    let day = store::duty::within::<Outreach>(tx, Within::day(visit.on))?;
                    let others = day.into_iter().filter(|kept| kept.id != id);
                    let others: Vec<Outreach> = others.map(|kept| kept.record).collect();
                    let terms = bare(store::duty::all(tx)?);
                    Ok(one.visit(visit.clone(), &others, &terms, context)?)
                })
            })
        },
    },
    Row {
        word: "find_problem",
        act: Act::KeepDuty,
        rule: "R05-10b",
        at: on(Noun::Outreach, DONE),
        form: find_problem,
    },
    Row {
        word: "petition_problem",
        act: Act::KeepDuty,
        rule: "R05-10b",
        at: each(Noun::Outreach, DONE, Entries::Unregistered),
        form: petition_problem,
    },
    Row {
        word: "solve_problem",
        act: Act::KeepDuty,
        rule: "R22-18b",
        at: each(Noun::Outreach, DONE, Entries::Unsolved),
        form: |f| {
            let (entry, on, text) = (f.number(Name::Entry), f.date(Name::On), f.text(Name::Text));
            change(move |one: Outreach, tx, context| {
                let matter = told(tx, one.matter_of(entry))?;
                let solution = Solution { on, text: text.clone(), matter };
                Ok(one.solve(entry, solution, context)?)
            })
        },
    },
    Row {
        word: "cancel_visit",
        act: Act::KeepDuty,
        rule: "R22-18b",
        at: on(Noun::Outreach, PLANNED),
        form: |f| {
            let reason = f.text(Name::Reason);
            change(move |one: Outreach, _, context| Ok(one.cancel(reason.clone(), context)?))
        },
    },
];
