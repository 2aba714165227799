//! Who does something, when, and under which key (办理人与防重): what every change of the record is done by.

use crate::house::House;
use crate::password::digest;
use crate::problem::Problem;
use casework::duty::Noun;
use casework::matter::Matter;
use casework::moment::Moment;
use casework::org::{Actor, Role};
use casework::role::{self, Act, Thing};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::duty::Stamp;
use store::journal::{self, Note};
use store::once::{Key, KeyState, begin, end};
use store::vault::Blind;

/// Who does something, when, and under which key (办理人).
#[derive(Debug, Clone)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// When: now, or an earlier moment for what is entered later.
    pub moment: Moment,
    /// The key that keeps it from being done twice, if it came with one.
    pub once: Option<Once>,
}

/// The key of a form or a request (防重键): what is sent again under it is not done again.
#[derive(Debug, Clone)]
pub struct Once(Key);

/// The longest word that a sender may use for a key.
const MOST_WORD: usize = 64;

impl Once {
    /// The key that a sender chose for a request; `None` for an empty word.
    ///
    /// # Errors
    /// [`Problem::Forged`] for a word that none of our forms has, or one that is too long to keep.
    pub fn of(sender: &str, word: &str, request: &str) -> Result<Option<Self>, Problem> {
        if word.is_empty() {
            return Ok(None);
        }
        if word.len() > MOST_WORD || !word.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Problem::Forged);
        }
        let key =
            Key { sender: sender.to_owned(), word: word.to_owned(), request: digest(request) };
        Ok(Some(Self(key)))
    }

    /// A number that follows from the key and from nothing that anybody outside knows: who sends a request again
    /// gets the same query code.
    ///
    /// # Errors
    /// The vault failed.
    pub(crate) fn number(&self, house: &House) -> Result<u64, Problem> {
        let text = format!("code|{}|{}", self.0.sender, self.0.word);
        let keyed = house.vault.blind(Blind::Query, &text)?;
        Ok(keyed.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or_default())
    }
}

impl By {
    /// Somebody, now.
    pub fn now(house: &House, actor: &Actor) -> Self {
        Self::at(actor, house.moment())
    }

    /// Somebody, at an earlier moment: an old ledger's rows.
    pub fn at(actor: &Actor, moment: Moment) -> Self {
        Self { actor: actor.clone(), moment, once: None }
    }

    /// The petitioner at the portal, now.
    pub fn public(house: &House) -> Self {
        Self::now(house, &Actor::public(house.office.clone()))
    }

    /// Whether they may see a matter whose petition they hand in: the public its own, which its code opens.
    pub(crate) fn sees(&self, matter: &Matter) -> bool {
        let allowed = role::allow(&self.actor, Act::ViewMatter, Thing::Matter(matter));
        self.actor.is(Role::Public) || allowed.is_ok()
    }

    /// A note for the journal that they do something of this kind.
    pub(crate) fn note(&self, event: journal::Event) -> Note {
        Note::new(self.moment.at, &self.actor.login, event)
    }

    /// How it is told of a record of the duty side.
    pub(crate) fn stamp(&self, act: &'static str) -> Stamp<'_> {
        Stamp { at: self.moment.at, actor: &self.actor.login, act }
    }

    /// Under a key.
    #[must_use]
    pub fn under(self, once: Option<Once>) -> Self {
        Self { once, ..self }
    }

    /// Changes what every act looks up: the calendar, units, places, accounts. This program and every
    /// other one over the same record read it anew before their next act. `None` for what was done before under
    /// the same key.
    ///
    /// # Errors
    /// What the work says; the store failed.
    pub fn change<T: Send + 'static>(
        self,
        house: &House,
        work: impl Fn(&mut Tx<'_>, &Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Option<T>, Problem> {
        let done = house.db.write(move |tx| {
            self.once(
                tx,
                |_, _| Ok(None),
                |tx| {
                    // First, so that whoever acts by what stands now has committed, and others wait.
                    House::renewed(tx)?;
                    let done = work(tx, &self)?;
                    Ok::<_, Problem>((Some(done), DoneUnder::Office))
                },
            )
        })?;
        // It is done: what can't be read anew now is read before the next act.
        if let Err(error) = house.db.read(|tx| house.county(tx)) {
            tracing::warn!(%error, "the county could not be read anew after a change");
        }
        Ok(done)
    }

    /// Does the work in its transaction and keeps the name of what was done under the key; or finds what was done
    /// before for the same request.
    ///
    /// # Errors
    /// [`Problem::Conflict`] for a key that was used for something else; otherwise what the two say.
    pub(crate) fn once<T>(
        &self,
        tx: &mut Tx<'_>,
        again: impl FnOnce(&mut Tx<'_>, DoneUnder) -> Result<T, Problem>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<(T, DoneUnder), Problem>,
    ) -> Result<T, Problem> {
        let Some(Once(key)) = &self.once else { return Ok(work(tx)?.0) };
        match begin(tx, key, self.moment.at)? {
            KeyState::Other => Err(Problem::Conflict),
            KeyState::Done(outcome) => {
                let outcome = serde_json::from_str(&outcome).map_err(store::Error::from)?;
                again(tx, outcome)
            }
            KeyState::Nothing => {
                let (done, outcome) = work(tx)?;
                let outcome = serde_json::to_string(&outcome).map_err(store::Error::from)?;
                end(tx, key, &outcome)?;
                Ok(done)
            }
        }
    }
}

/// What somebody takes along from an act on the duty side (回执).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// Nothing.
    Nothing,
    /// The petition that was registered with it.
    Petition(PetitionReceipt),
    /// A place on a reception day, with the code to look it up and to call it off.
    Place {
        /// Which appointment.
        ordinal: u32,
        /// Whether it only waits.
        waits: bool,
        /// The code; the same again for who sends again under a key, and kept nowhere.
        #[serde(skip)]
        code: String,
    },
}

/// What the petitioner takes along (登记回执).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionReceipt {
    /// The petition's number.
    pub number: String,
    /// Its query code; the same again for who sends again under a key, and kept nowhere.
    #[serde(skip)]
    pub code: String,
}

/// What was done under a key, by its name alone (已办结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoneUnder {
    /// A matter was changed, by its number.
    Matter(String),
    /// A petition was registered, by its number.
    Petition(String),
    /// A record of the duty side was begun or changed.
    Record {
        /// Its kind.
        noun: Noun,
        /// Its number.
        id: String,
        /// What was taken along, without its code.
        given: Given,
    },
    /// The office itself was changed.
    Office,
}
