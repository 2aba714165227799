//! Reception days (接访日、约访): planning, announcing, booking at the counter and online, the day itself.

use super::booking;
use super::contact::open;
use super::{Done, DutyAct, Work, bare, maybe_matter, read, told, visible};
use crate::acts::{Field, Kind, Reader, may, need};
use crate::problem::{FieldError, Problem};
use casework::duty::reception::{BookedHow, Outcome, Reception};
use casework::duty::recurrence::{Every, plan_all};
use casework::duty::{Kept, Noun};
use casework::matter::MatterId;
use casework::role::{Act, sees};

const DAY: [Field; 7] = [
    need("leader", Kind::Account),
    need("on", Kind::Date),
    need("hours", Kind::Line),
    need("venue", Kind::Line),
    may("areas", Kind::Places),
    may("topic", Kind::Line),
    need("places", Kind::Number),
];

fn day(w: &Work<'_>, r: &mut Reader<'_>) -> Option<Reception> {
    let (leader, on) = (w.account(r, "leader"), r.need_date("on"));
    let (hours, venue, topic) = (r.need("hours"), r.need("venue"), r.text("topic"));
    let (areas, places) = (w.places(r, "areas"), r.number("places"));
    let (on, places) = on.zip(places)?;
    Some(Reception {
        leader,
        on,
        hours,
        venue,
        areas,
        topic,
        places,
        moved_from: None,
        published_on: None,
        substituted: None,
        bookings: Vec::new(),
        held_on: None,
        cancelled: None,
    })
}

/// Registers what a visitor brings as a petition, in one step: name and telephone come from the
/// appointment, and the reception's record links to the matter.
fn take_petition(w: &Work<'_>, r: &mut Reader<'_>) -> Result<Done, Problem> {
    let entry = r.number("entry");
    let (text, demand) = (r.need("text"), r.need("demand"));
    let (place, category) = (w.place(r, "place"), r.text("category"));
    let (owner, due_on) = (w.unit(r, "owner"), r.need_date("due_on"));
    let (entry, due_on) = read(r, entry.zip(due_on))?;
    let day: Reception =
        w.house.db.read(|tx| store::duty::find(tx, w.id))?.ok_or(Problem::NotFound)?;
    let spine = casework::duty::Record::spine(&day);
    if !sees(&w.by.actor, Noun::Reception, &spine) {
        return Err(Problem::NotFound);
    }
    let thing = casework::role::Thing::Duty(Noun::Reception, &spine);
    casework::role::allow(&w.by.actor, w.act.act, thing).map_err(Problem::Denied)?;
    let booking = day.bookings.iter().find(|one| one.ordinal == entry);
    let wrong = || Problem::Invalid(vec![FieldError::new("entry", "wrong-choice")]);
    let booking = booking.ok_or_else(wrong)?;
    let subject = format!("{}:{}", Noun::Reception.word(), w.id);
    let sealed = (booking.party.as_str(), booking.sealed.as_str());
    let identity = open(w.house, &w.by.actor.login, (&subject, "take_petition"), sealed)?;
    // What can't be received is not registered either.
    // Of the petition the outcome says only what is wanted; the rest lies in its case file.
    let outcome = Outcome { text: demand.clone(), owner, due_on, matter: None, done: None };
    let standing = w.house.standing();
    let context = w.house.context(&w.by, &standing);
    day.clone().receive(entry, outcome.clone(), &context)?;
    let to = (&day.leader, place);
    let draft = told(w.house, to, (&text, &demand), (identity, category));
    w.change_and_register(draft, move |day: Reception, matter, context| {
        let outcome = Outcome { matter: Some(matter), ..outcome.clone() };
        Ok(day.receive(entry, outcome, context)?)
    })
}

/// An appointment that nobody dealt with yet.
fn waits(booking: &serde_json::Value) -> bool {
    booking["state"] == "booked" || booking["state"] == "waiting"
}

/// What came of it is not done yet.
fn promised(booking: &serde_json::Value) -> bool {
    booking["outcome"].is_object() && booking["outcome"]["done"].is_null()
}

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Reception,
        word: "plan_day",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-10",
        fields: &DAY,
        run: |w, r| {
            let day = day(w, r);
            let day = read(r, day)?;
            w.begin(move |tx, context| {
                let (days, terms) = (bare(store::duty::all(tx)?), bare(store::duty::all(tx)?));
                Ok(day.clone().plan(&days, &terms, context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "plan_days",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-10",
        fields: &[
            need("every", Kind::List("every", &Every::WORDS)),
            need("day_number", Kind::Number),
            need("until", Kind::Date),
            DAY[0],
            DAY[1],
            DAY[2],
            DAY[3],
            DAY[4],
            DAY[5],
            DAY[6],
        ],
        run: |w, r| {
            let (every, number) = (r.word("every", Every::parse), r.number("day_number"));
            let last = if every == Some(Every::Week) { 7 } else { 31 };
            let number = number.and_then(|number| i8::try_from(number).ok());
            if !number.is_some_and(|number| (1..=last).contains(&number)) {
                r.wrong("day_number", "wrong-day-number");
            }
            let (until, first) = (r.need_date("until"), day(w, r));
            let (every, (number, (until, first))) =
                read(r, every.zip(number.zip(until.zip(first))))?;
            let made = w.begin_all(move |tx, context| {
                let (days, terms): (Vec<Reception>, _) =
                    (bare(store::duty::all(tx)?), bare(store::duty::all(tx)?));
                let beside = (until, days.as_slice(), terms.as_slice());
                Ok(plan_all(&first, (every, number), beside, context)?)
            })?;
            made.into_iter().next().ok_or(Problem::NotFound)
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "publish_day",
        act: Act::PlanDuty,
        begins: false,
        when: &["planned"],
        entries: None,
        rule: "R05-10",
        fields: &[],
        run: |w, _| w.change(|day: Reception, _, context| Ok(day.publish(context)?)),
    },
    DutyAct {
        noun: Noun::Reception,
        word: "substitute",
        act: Act::PlanDuty,
        begins: false,
        when: &["planned", "published"],
        entries: None,
        rule: "R05-10",
        fields: &[need("leader", Kind::Account), need("reason", Kind::Text)],
        run: |w, r| {
            let (by, reason) = (w.account(r, "leader"), r.need("reason"));
            r.done()?;
            let own = w.id.to_owned();
            w.change(move |day: Reception, tx, context| {
                let days: Vec<Kept<Reception>> = store::duty::all(tx)?;
                let others: Vec<Reception> = days
                    .into_iter()
                    .filter(|kept| kept.id != own)
                    .map(|kept| kept.record)
                    .collect();
                let terms = bare(store::duty::all(tx)?);
                Ok(day.substitute(by.clone(), reason.clone(), (&others, &terms), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "cancel_day",
        act: Act::PlanDuty,
        begins: false,
        when: &["planned", "published"],
        entries: None,
        rule: "R05-10",
        fields: &[need("reason", Kind::Text)],
        run: |w, r| {
            let reason = r.need("reason");
            r.done()?;
            w.change(move |day: Reception, _, context| Ok(day.cancel(reason.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "book",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned", "published"],
        entries: None,
        rule: "R05-10",
        fields: &[
            need("how", Kind::List("booked-how", &AT_THE_DESK)),
            need("name", Kind::Line),
            may("phone", Kind::Line),
            need("topic", Kind::Line),
        ],
        run: |w, r| {
            let how = r.word("how", BookedHow::parse).unwrap_or(BookedHow::Counter);
            booking::book(w, r, how)
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "book_online",
        act: Act::BookPlace,
        begins: false,
        when: &["published"],
        entries: None,
        rule: "R05-10",
        fields: &[need("name", Kind::Line), need("phone", Kind::Line), need("topic", Kind::Line)],
        run: |w, r| booking::book(w, r, BookedHow::Online),
    },
    DutyAct {
        noun: Noun::Reception,
        word: "call_off_online",
        act: Act::BookPlace,
        begins: false,
        when: &["published"],
        entries: None,
        rule: "R05-10",
        fields: &[need("code", Kind::Line)],
        run: |w, r| booking::call_off(w, r),
    },
    DutyAct {
        noun: Noun::Reception,
        word: "receive",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned", "published"],
        entries: Some(("bookings", waits)),
        rule: "R05-10",
        fields: &[
            need("entry", Kind::Number),
            need("text", Kind::Text),
            need("owner", Kind::AnyUnit),
            need("due_on", Kind::Date),
            may("matter", Kind::Line),
        ],
        run: |w, r| {
            let (entry, text) = (r.number("entry"), r.need("text"));
            let (owner, due_on) = (w.unit(r, "owner"), r.need_date("due_on"));
            let matter: Option<MatterId> = maybe_matter(r, "matter");
            let (entry, due_on) = read(r, entry.zip(due_on))?;
            let outcome = Outcome { text, owner, due_on, matter, done: None };
            let by = w.by.clone();
            w.change(move |day: Reception, tx, context| {
                matter.map_or(Ok(()), |id| visible(tx, &by, "matter", id))?;
                Ok(day.receive(entry, outcome.clone(), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "take_petition",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned", "published"],
        entries: Some(("bookings", waits)),
        rule: "R05-10",
        fields: &[
            need("entry", Kind::Number),
            need("text", Kind::Text),
            need("demand", Kind::Line),
            need("place", Kind::Place),
            may("category", Kind::Category),
            need("owner", Kind::AnyUnit),
            need("due_on", Kind::Date),
        ],
        run: take_petition,
    },
    DutyAct {
        noun: Noun::Reception,
        word: "miss",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned", "published"],
        entries: Some(("bookings", waits)),
        rule: "R05-10",
        fields: &[need("entry", Kind::Number)],
        run: |w, r| {
            let entry = r.number("entry");
            let entry = read(r, entry)?;
            w.change(move |day: Reception, _, context| Ok(day.miss(entry, context)?))
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "call_off",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned", "published"],
        entries: Some(("bookings", waits)),
        rule: "R05-10",
        fields: &[need("entry", Kind::Number)],
        run: |w, r| {
            let entry = r.number("entry");
            let entry = read(r, entry)?;
            w.change(move |day: Reception, _, _| Ok(day.call_off(entry)?))
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "follow_up",
        act: Act::ReportDuty,
        begins: false,
        when: &["planned", "published", "held", "cancelled"],
        entries: Some(("bookings", promised)),
        rule: "R05-10",
        fields: &[need("entry", Kind::Number), need("on", Kind::Date), need("text", Kind::Text)],
        run: |w, r| {
            let (entry, on, text) = (r.number("entry"), r.need_date("on"), r.need("text"));
            let (entry, on) = read(r, entry.zip(on))?;
            w.change(move |day: Reception, _, context| {
                Ok(day.follow_up(entry, (on, text.clone()), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Reception,
        word: "close_day",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned", "published"],
        entries: None,
        rule: "R05-10",
        fields: &[],
        run: |w, _| w.change(|day: Reception, _, context| Ok(day.close(context)?)),
    },
];

/// How the desk enters somebody.
const AT_THE_DESK: [&str; 2] = ["counter", "walk_in"];
