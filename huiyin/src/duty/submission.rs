//! The yearly report as it goes out (年度报告报送).

use super::{DutyAct, bare, change, deed, each, new};
use crate::act::{Form, Name, Row};
use crate::house::House;
use crate::locale::Lang;
use crate::parameters::YEARS;
use crate::problem::{Problem, Wrong};
use crate::report;
use casework::duty::submission::{Addressed, Received, Submission};
use casework::duty::{Entries, Kept, Noun, State};
use casework::role::{Act, Scope};
use jiff::civil::Date;

/// What is asked of a report that goes out.
struct Asked {
    year: i16,
    until: Option<Date>,
    number: String,
    sent_on: Date,
    to: Addressed,
}

fn asked(f: &mut Form<'_>) -> Asked {
    let year = i16::try_from(f.number(Name::Year)).unwrap_or_default();
    if !YEARS.contains(&year) {
        f.wrong(Name::Year, Wrong::Year);
    }
    Asked {
        year,
        until: f.may_date(Name::Until),
        number: f.line(Name::Number),
        sent_on: f.date(Name::On),
        to: Addressed { own: f.line(Name::OwnOrgan), above: f.may_line(Name::OrganAbove) },
    }
}

/// The reports of a year that went out, the first one first.
///
/// # Errors
/// The store failed.
pub fn of_year(house: &House, year: i16) -> Result<Vec<Kept<Submission>>, Problem> {
    let all: Vec<Kept<Submission>> = house.db.read(store::duty::all)?;
    Ok(all.into_iter().filter(|kept| kept.record.year == year).collect())
}

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "send_report",
        act: Act::PlanDuty,
        rule: "R22-41",
        at: new(Noun::Submission),
        form: |f| {
            let Asked { year, until, number, sent_on, to } = asked(f);
            deed(move |work| {
                // Of everything, whoever sends it, and in the office's own language: what goes out is one text.
                let scope = Scope::whole();
                let report = report::of_year(work.house, &scope, year, until)?;
                let one = Submission {
                    year,
                    until: report.until,
                    number,
                    sent_on,
                    addressees: Vec::new(),
                    text: report.plain(work.house, Lang::Hans),
                };
                work.begin(move |tx, context| {
                    let others: Vec<Submission> = bare(store::duty::all(tx)?);
                    Ok(one.clone().send(&to, &others, context)?)
                })
            })
        },
    },
    Row {
        word: "receive_report",
        act: Act::PlanDuty,
        rule: "R22-41",
        at: each(Noun::Submission, &[State::Sent], Entries::ToReceive),
        form: |f| {
            let entry = f.number(Name::Entry);
            let received = Received { on: f.date(Name::On), proof: f.line(Name::Proof) };
            change(move |one: Submission, _, context| {
                Ok(one.receive(entry, received.clone(), context)?)
            })
        },
    },
];
