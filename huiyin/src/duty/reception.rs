//! Reception days (接访日、约访): planning, announcing, booking at the counter and online, the day itself.

use super::booking;
use super::contact::open;
use super::heard::Heard;
use super::{DutyAct, DutyDeed, bare, begin, change, deed, each, new, on, visible};
use crate::act::{Form, Kind, Name, Row};
use crate::problem::{FieldError, Problem, Wrong};
use casework::category::Category;
use casework::duty::booking::VisitOutcome;
use casework::duty::reception::{Reception, Substitute};
use casework::duty::recurrence::{Every, Pattern, plan_all};
use casework::duty::{Entries, Kept, Noun, State};
use casework::role::Act;
use store::journal::Event;

fn day(f: &mut Form<'_>) -> Reception {
    Reception {
        leader: f.account(Name::Leader, Kind::Account),
        on: f.date(Name::On),
        hours: f.line(Name::Hours),
        venue: f.line(Name::Venue),
        areas: f.places(Name::Areas),
        topic: f.may_line(Name::Topic),
        places: f.number(Name::Places),
        moved_from: None,
        published_on: None,
        substituted: None,
        bookings: Vec::new(),
        held_on: None,
        cancelled: None,
    }
}

/// Which days recur, until when.
fn pattern(f: &mut Form<'_>) -> Pattern {
    let every = f.one_of(Name::Every, "every");
    let last = match every {
        Every::Week => 7,
        Every::Month => 31,
    };
    let number = i8::try_from(f.number(Name::DayNumber)).unwrap_or_default();
    if !(1..=last).contains(&number) {
        f.wrong(Name::DayNumber, Wrong::DayNumber);
    }
    Pattern { every, number, until: f.date(Name::Until) }
}

/// Registers what a visitor brings as a petition, in one step: name and telephone come from the
/// appointment, and the reception's record links to the matter.
fn take_petition(f: &mut Form<'_>) -> DutyDeed {
    let entry = f.number(Name::Entry);
    let (text, demand) = (f.text(Name::Text), f.line(Name::Demand));
    let place = f.place(Name::Place);
    let category = f.may_choice(Name::Category, Kind::Category).map(Category);
    // Of the petition the outcome says only what is wanted; the rest lies in its case file.
    let outcome = VisitOutcome {
        text: demand.clone(),
        owner: f.unit(Name::Owner, Kind::AnyUnit),
        due_on: f.date(Name::DueOn),
        matter: None,
        done: None,
    };
    deed(move |w| {
        let day: Reception = w.record()?;
        let booking = day.bookings.iter().find(|one| one.ordinal == entry);
        let wrong = || Problem::Invalid(vec![FieldError::new(Name::Entry, Wrong::Choice)]);
        let booking = booking.ok_or_else(wrong)?;
        let note = w.by.note(Event::Unmasked).on(format!("{}:{}", Noun::Reception.word(), w.id));
        let note = note.saying("take_petition");
        let identity = open(w.house, &booking.party, &booking.sealed, note)?;
        let heard = Heard { text, demand, identity, category };
        let draft = heard.draft(w.house, Some(&day.leader), place)?;
        w.change_and_register(draft, move |day: Reception, matter, context| {
            let outcome = VisitOutcome { matter: Some(matter), ..outcome.clone() };
            Ok(day.receive(entry, outcome, context)?)
        })
    })
}

/// Before the day is over.
const AHEAD: &[State] = &[State::Planned, State::Published];

/// While it is announced.
const PUBLISHED: &[State] = &[State::Published];

/// What is planned, announced, moved and closed.
pub(super) const DAYS: &[DutyAct] = &[
    Row {
        word: "plan_day",
        act: Act::PlanDuty,
        rule: "R05-10",
        at: new(Noun::Reception),
        form: |f| {
            let day = day(f);
            begin(move |tx, context| {
                let (days, terms) = (bare(store::duty::all(tx)?), bare(store::duty::all(tx)?));
                Ok(day.clone().plan(&days, &terms, context)?)
            })
        },
    },
    Row {
        word: "plan_days",
        act: Act::PlanDuty,
        rule: "R05-10",
        at: new(Noun::Reception),
        form: |f| {
            let (pattern, first) = (pattern(f), day(f));
            deed(move |w| {
                let made = w.begin_all(move |tx, context| {
                    let days: Vec<Reception> = bare(store::duty::all(tx)?);
                    let terms = bare(store::duty::all(tx)?);
                    Ok(plan_all(&first, pattern, &days, &terms, context)?)
                })?;
                made.into_iter().next().ok_or(Problem::NotFound)
            })
        },
    },
    Row {
        word: "publish_day",
        act: Act::PlanDuty,
        rule: "R05-10",
        at: on(Noun::Reception, &[State::Planned]),
        form: |_| change(|day: Reception, _, context| Ok(day.publish(context)?)),
    },
    Row {
        word: "substitute",
        act: Act::PlanDuty,
        rule: "R05-10",
        at: on(Noun::Reception, AHEAD),
        form: |f| {
            let substitute = Substitute {
                by: f.account(Name::Leader, Kind::Account),
                reason: f.text(Name::Reason),
            };
            deed(move |w| {
                let own = w.id.to_owned();
                w.change(move |day: Reception, tx, context| {
                    let days: Vec<Kept<Reception>> = store::duty::all(tx)?;
                    let others: Vec<Reception> = days
                        .into_iter()
                        .filter(|kept| kept.id != own)
                        .map(|kept| kept.record)
                        .collect();
                    let terms = bare(store::duty::all(tx)?);
                    Ok(day.substitute(substitute.clone(), &others, &terms, context)?)
                })
            })
        },
    },
    Row {
        word: "cancel_day",
        act: Act::PlanDuty,
        rule: "R05-10",
        at: on(Noun::Reception, AHEAD),
        form: |f| {
            let reason = f.text(Name::Reason);
            change(move |day: Reception, _, context| Ok(day.cancel(reason.clone(), context)?))
        },
    },
    Row {
        word: "close_day",
        act: Act::KeepDuty,
        rule: "R05-10",
        at: on(Noun::Reception, AHEAD),
        form: |_| change(|day: Reception, _, context| Ok(day.close(context)?)),
    },
];

/// What is done for whoever comes.
pub(super) const BOOKINGS: &[DutyAct] = &[
    Row {
        word: "book",
        act: Act::KeepDuty,
        rule: "R05-10",
        at: on(Noun::Reception, AHEAD),
        form: booking::book,
    },
    Row {
        word: "book_online",
        act: Act::BookPlace,
        rule: "R05-10",
        at: on(Noun::Reception, PUBLISHED),
        form: booking::book_from_home,
    },
    Row {
        word: "call_off_online",
        act: Act::BookPlace,
        rule: "R05-10",
        at: on(Noun::Reception, PUBLISHED),
        form: booking::call_off,
    },
    Row {
        word: "receive",
        act: Act::KeepDuty,
        rule: "R05-10",
        at: each(Noun::Reception, AHEAD, Entries::Expected),
        form: |f| {
            let entry = f.number(Name::Entry);
            let outcome = VisitOutcome {
                text: f.text(Name::Text),
                owner: f.unit(Name::Owner, Kind::AnyUnit),
                due_on: f.date(Name::DueOn),
                matter: f.may_matter(Name::Matter),
                done: None,
            };
            deed(move |w| {
                let by = w.by.clone();
                w.change(move |day: Reception, tx, context| {
                    if let Some(id) = outcome.matter {
                        visible(tx, &by, "matter", id)?;
                    }
                    Ok(day.receive(entry, outcome.clone(), context)?)
                })
            })
        },
    },
    Row {
        word: "take_petition",
        act: Act::KeepDuty,
        rule: "R05-10",
        at: each(Noun::Reception, AHEAD, Entries::Expected),
        form: take_petition,
    },
    Row {
        word: "miss",
        act: Act::KeepDuty,
        rule: "R05-10",
        at: each(Noun::Reception, AHEAD, Entries::Expected),
        form: |f| {
            let entry = f.number(Name::Entry);
            change(move |day: Reception, _, context| Ok(day.miss(entry, context)?))
        },
    },
    Row {
        word: "call_off",
        act: Act::KeepDuty,
        rule: "R05-10",
        at: each(Noun::Reception, AHEAD, Entries::Expected),
        form: |f| {
            let entry = f.number(Name::Entry);
            change(move |day: Reception, _, _| Ok(day.call_off(entry)?))
        },
    },
    Row {
        word: "follow_up",
        act: Act::ReportDuty,
        rule: "R05-10",
        at: each(Noun::Reception, FOLLOWED, Entries::Promised),
        form: |f| {
            let (entry, on, text) = (f.number(Name::Entry), f.date(Name::On), f.text(Name::Text));
            change(move |day: Reception, _, context| {
                Ok(day.follow_up(entry, on, text.clone(), context)?)
            })
        },
    },
];

/// What was promised is followed up whatever became of the day.
const FOLLOWED: &[State] = &[State::Planned, State::Published, State::Held, State::Cancelled];
