//! Taking in an old ledger (导入台账): row by row, through the same acts as people use. A dry run says
//! what would happen; a bad row is named with its cell and never stops the rest; a second run adds
//! nothing twice; columns that label people are dropped and the drop is reported.

mod layout;
mod value;

use self::layout::{DROPPED, LAYOUTS, Layout};
use self::value::{category, channel, date, place, track};
use crate::act::act;
use crate::by::By;
use crate::draft::{Draft, MOST_OF_TITLE};
use crate::house::House;
use crate::intake::{register, try_register};
use crate::problem::{FieldError, Problem, Wrong};
use casework::matter::handling::LedgerAnswer;
use casework::matter::service::{Conclude, Served, ServiceMethod};
use casework::matter::{Command, Matter, MatterId, StepKind};
use casework::moment::Moment;
use casework::org::Actor;
use casework::petition::{PartyKind, PartyRole, Petition};
use casework::refusal::Refusal;
use casework::role::{self, Act, Thing};
use jiff::civil::Date;
use papers::ledger::{Ledger, SheetRow, column};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;
use store::vault::Identity;

/// What happened, or would happen, to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// Taken in as a petition.
    Taken,
    /// There since an earlier run.
    Known,
    /// Not taken in: the cell, and why.
    Bad {
        /// Such as `D12`.
        cell: String,
        /// What is wrong with it.
        wrong: Wrong,
    },
    /// The rules refuse it, or the answer that goes with it.
    Refused {
        /// The cell of its number.
        cell: String,
        /// What stands against it.
        refusal: Refusal,
    },
    /// There since an earlier run, but its answer belongs to a matter that is closed to whoever imports, or that goes
    /// on by other acts by now.
    Unanswered {
        /// The cell of its number.
        cell: String,
    },
}

/// The result of an import.
#[derive(Debug, Default)]
pub struct Summary {
    /// The layout's name.
    pub layout: &'static str,
    /// Headings that are refused: labels on people.
    pub dropped: Vec<String>,
    /// Headings that are not read, and columns without one, by their letters.
    pub ignored: Vec<String>,
    /// Row numbers and what became of them.
    pub rows: Vec<(u32, RowOutcome)>,
}

impl Summary {
    /// How many rows came out so.
    pub fn count(&self, wanted: fn(&RowOutcome) -> bool) -> usize {
        self.rows.iter().filter(|(_, outcome)| wanted(outcome)).count()
    }

    /// How many were not taken in whole.
    pub fn left(&self) -> usize {
        self.count(|outcome| match outcome {
            RowOutcome::Bad { .. } | RowOutcome::Refused { .. } | RowOutcome::Unanswered { .. } => {
                true
            }
            RowOutcome::Taken | RowOutcome::Known => false,
        })
    }
}

/// A row made ready.
struct Item {
    cell: String,
    draft: Draft,
    registered: Moment,
    reply: Option<Reply>,
}

/// The answer that an item was given, and when.
struct Reply {
    text: String,
    moment: Moment,
}

struct Sheet<'a> {
    ledger: &'a Ledger,
    layout: &'static Layout,
}

fn bad(cell: String, wrong: Wrong) -> RowOutcome {
    RowOutcome::Bad { cell, wrong }
}

impl Sheet<'_> {
    /// The columns of these headings that are there, in the order of the headings.
    fn columns(&self, wanted: &[&str]) -> Vec<usize> {
        let at = |wanted: &&str| self.ledger.headings.iter().position(|heading| heading == wanted);
        wanted.iter().filter_map(at).collect()
    }

    /// The first cell of these that says something, and its name; otherwise the name of the first.
    fn cell(&self, row: &SheetRow, headings: &[&str]) -> (String, String) {
        let cells = self.cells(row, headings);
        let first = cells.first().cloned().unwrap_or_default();
        cells.into_iter().find(|(text, _)| !text.is_empty()).unwrap_or(first)
    }

    /// Every cell of these, with its name.
    fn cells(&self, row: &SheetRow, headings: &[&str]) -> Vec<(String, String)> {
        let cell = |at: usize| {
            let text = row.cells.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
            (text, format!("{}{}", column(at), row.number))
        };
        self.columns(headings).into_iter().map(cell).collect()
    }

    /// All that these cells say, each thing once, and the name of the first that says something.
    fn whole(&self, row: &SheetRow, headings: &[&str]) -> (String, String) {
        let mut said: Vec<String> = Vec::new();
        for (text, _) in self.cells(row, headings) {
            if !text.is_empty() && !said.contains(&text) {
                said.push(text);
            }
        }
        (said.join("\n\n"), self.cell(row, headings).1)
    }

    fn date(&self, row: &SheetRow, headings: &[&str]) -> Result<Date, RowOutcome> {
        let (text, cell) = self.cell(row, headings);
        date(&text)
            .ok_or_else(|| bad(cell, if text.is_empty() { Wrong::Missing } else { Wrong::Date }))
    }

    fn item(&self, house: &House, row: &SheetRow, today: Date) -> Result<Item, RowOutcome> {
        let layout = self.layout;
        let (number, at) = self.cell(row, layout.number);
        if number.is_empty() {
            return Err(bad(at.clone(), Wrong::Missing));
        }
        let (received, registered) =
            (self.date(row, layout.received)?, self.date(row, layout.registered)?);
        let (_, date_cell) = self.cell(row, layout.registered);
        if registered < received || registered > today {
            return Err(bad(date_cell, Wrong::DateOrder));
        }
        let (text, text_cell) = self.whole(row, layout.text);
        if text.is_empty() {
            return Err(bad(text_cell, Wrong::Missing));
        }
        if text.chars().count() > crate::act::MOST_CHARACTERS {
            return Err(bad(text_cell, Wrong::TooLong));
        }
        let (title, title_cell) = self.cell(row, layout.title);
        // A summary that stands for the title is there whole as the text; a title of its own is not cut.
        if title.chars().count() > MOST_OF_TITLE && !text.contains(&title) {
            return Err(bad(title_cell, Wrong::TooLong));
        }
        let title: String =
            if title.is_empty() { &text } else { &title }.chars().take(MOST_OF_TITLE).collect();
        let (people, people_cell) = self.cell(row, layout.people);
        let headcount = match people.as_str() {
            "" => 1,
            some => some
                .parse()
                .ok()
                .filter(|n| (1..=100_000).contains(n))
                .ok_or_else(|| bad(people_cell, Wrong::Number))?,
        };
        let identity = Identity {
            name: self.cell(row, layout.person).0,
            phone: self.cell(row, layout.phone).0,
            id_number: self.cell(row, layout.id_number).0,
            address: self.cell(row, layout.address).0,
        };
        let (how, how_cell) = self.cell(row, layout.channel);
        let channel = channel(&how).ok_or_else(|| bad(how_cell, Wrong::Choice))?;
        let (where_, where_cell) = self.cell(row, layout.place);
        let place = place(house, &where_).ok_or_else(|| bad(where_cell, Wrong::Place))?;
        let kind = if identity.name.is_empty() { PartyKind::Anonymous } else { PartyKind::Person };
        let (track, accused) = track(&self.cell(row, layout.purpose).0);
        let category = category(&self.cell(row, layout.category).0);
        let petition = Petition {
            headcount,
            addressee: Some(self.cell(row, layout.addressee).0).filter(|name| !name.is_empty()),
            reference: Some(format!("{}:{number}", layout.name)),
            demands: vec![title.clone()],
            title,
            text,
            track,
            ..Petition::handed_in(channel, received, place, category)
        };
        let parties = vec![(PartyRole::Lead, kind, identity)];
        let draft = Draft { petition, parties, accused };
        let reply = self.reply(house, row, registered..=today)?;
        Ok(Item { cell: at, draft, registered: noon(house, registered), reply })
    }

    fn reply(
        &self,
        house: &House,
        row: &SheetRow,
        between: RangeInclusive<Date>,
    ) -> Result<Option<Reply>, RowOutcome> {
        let (reply, cell) = self.whole(row, self.layout.reply);
        if reply.is_empty() {
            return Ok(None);
        }
        let on = self.date(row, self.layout.replied)?;
        if !between.contains(&on) {
            return Err(bad(self.cell(row, self.layout.replied).1, Wrong::DateOrder));
        }
        if reply.chars().count() > crate::act::MOST_CHARACTERS {
            return Err(bad(cell, Wrong::TooLong));
        }
        Ok(Some(Reply { text: reply, moment: noon(house, on) }))
    }
}

fn noon(house: &House, on: Date) -> Moment {
    Moment { at: house.instant(on, 12, 0), on }
}

/// Takes a ledger in; with `dry` only says what would happen. `progress` gets each row.
///
/// # Errors
/// The actor may not, no layout fits the headings, or the store failed; bad rows are no error.
pub fn run(
    house: &Arc<House>,
    actor: &Actor,
    ledger: &Ledger,
    dry: bool,
    mut progress: impl FnMut(usize),
) -> Result<Summary, Problem> {
    role::allow(actor, Act::Import, Thing::Office).map_err(Problem::Denied)?;
    let fits = |layout: &&'static Layout| {
        let sheet = Sheet { ledger, layout };
        [layout.number, layout.text, layout.received]
            .iter()
            .all(|wanted| !sheet.columns(wanted).is_empty())
    };
    let Some(layout) = LAYOUTS.iter().find(fits) else {
        return Err(Problem::Invalid(vec![FieldError::new("headings", Wrong::Layout)]));
    };
    let sheet = Sheet { ledger, layout };
    let is_dropped = |heading: &&String| DROPPED.iter().any(|label| heading.contains(label));
    let mut summary = Summary {
        layout: layout.name,
        dropped: ledger.headings.iter().filter(is_dropped).cloned().collect(),
        ignored: ledger
            .headings
            .iter()
            .filter(|heading| !is_dropped(heading) && !layout.reads(heading) && !heading.is_empty())
            .chain(&ledger.unnamed)
            .cloned()
            .collect(),
        rows: Vec::new(),
    };
    let today = house.moment().on;
    let mut seen = BTreeSet::new();
    for (done, row) in ledger.rows.iter().enumerate() {
        progress(done);
        let outcome = match sheet.item(house, row, today) {
            Err(outcome) => outcome,
            Ok(item) => take(house, actor, item, dry, &mut seen)?,
        };
        summary.rows.push((row.number, outcome));
    }
    Ok(summary)
}

/// A row that the rules refuse, named by its number's cell.
fn refused(refusal: Refusal, cell: String) -> RowOutcome {
    RowOutcome::Refused { cell, refusal }
}

/// Takes one row in: registers it and, if it was answered, answers, serves and concludes it.
fn take(
    house: &Arc<House>,
    actor: &Actor,
    item: Item,
    dry: bool,
    seen: &mut BTreeSet<String>,
) -> Result<RowOutcome, Problem> {
    let reference = item.draft.petition.reference.clone().unwrap_or_default();
    let known = house.db.read(|tx| store::petition::find_by_reference(tx, &reference))?;
    let again = !seen.insert(reference);
    let id = match known {
        // A run that was cut off between the petition and its answer is finished by the next.
        Some(id) => id,
        None if again => return Ok(RowOutcome::Known),
        None if dry => {
            return match try_register(house, &By::at(actor, item.registered), item.draft) {
                Ok(()) => Ok(RowOutcome::Taken),
                Err(Problem::Refused(refusal)) => Ok(refused(refusal, item.cell)),
                Err(problem) => Err(problem),
            };
        }
        None => match register(house, By::at(actor, item.registered), item.draft, None) {
            Ok(receipt) => receipt.matter.ok_or(Problem::NotFound)?.id,
            Err(Problem::Refused(refusal)) => return Ok(refused(refusal, item.cell)),
            Err(problem) => return Err(problem),
        },
    };
    let outcome = if known.is_some() { RowOutcome::Known } else { RowOutcome::Taken };
    let Some(reply) = item.reply.filter(|_| !dry && !again) else { return Ok(outcome) };
    match answer(house, actor, id, reply) {
        Ok(true) => Ok(outcome),
        Err(Problem::Refused(refusal)) => Ok(refused(refusal, item.cell)),
        Ok(false) | Err(Problem::Denied(_) | Problem::NotFound) => {
            Ok(RowOutcome::Unanswered { cell: item.cell })
        }
        Err(problem) => Err(problem),
    }
}

/// Answers, serves and concludes, from where an earlier run was cut off; whether the matter goes the ledger's way.
fn answer(
    house: &Arc<House>,
    actor: &Actor,
    id: MatterId,
    Reply { text, moment }: Reply,
) -> Result<bool, Problem> {
    let mut matter = house.db.read(|tx| store::matter::find(tx, id))?.ok_or(Problem::NotFound)?;
    let own = |matter: &Matter| {
        let ledger = matter.answer.as_ref().and_then(|answer| answer.ledger.as_ref());
        ledger.is_some_and(|ledger| ledger.text == text)
    };
    let answered = matter.step.kind() != StepKind::Registered;
    if answered && !own(&matter) {
        return Ok(false);
    }
    let basis = "原台账未载明依据".to_owned();
    let lead = matter.petitions.first().map(store::petition::lead);
    let recipient = lead.filter(|name| !name.is_empty()).unwrap_or_else(|| "—".to_owned());
    // Whoever wrote over the network was answered over it.
    let proof = "原台账答复记录".to_owned();
    let by = Served::by(ServiceMethod::Electronic, moment.on, recipient, proof);
    let served = Served { consent: true, ..by };
    let rest = [
        (
            StepKind::Registered,
            Command::KeepLedgerAnswer(LedgerAnswer { text: text.clone(), basis }),
        ),
        (StepKind::Answered, Command::Serve(served)),
        (StepKind::Served, Command::Conclude(Conclude { cause: None })),
    ];
    for (from, command) in rest {
        if matter.step.kind() == from {
            matter = act(house, By::at(actor, moment), id, None, command)?;
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_ledgers_are_read_alike() {
        let wanted = Some(jiff::civil::date(2019, 4, 25));
        for text in
            ["2019/4/25 9:32:09", "2019-04-25 09:32:09", "2019-04-25", "20190425", "2019年4月25日"]
        {
            assert_eq!(date(text), wanted, "{text}");
        }
        for text in ["", "2019-02-30", "昨天", "19/4"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
