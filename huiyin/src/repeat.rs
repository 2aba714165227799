//! Finding likely repeats (筛重): earlier matters that may be the same, each with its reasons. They are
//! shown to a clerk, who decides.

use crate::act::Name;
use crate::draft::Draft;
use crate::house::House;
use crate::problem::{FieldError, Problem, Wrong};
use casework::category::Category;
use casework::matter::intake::Claim;
use casework::matter::repeat::Standing;
use casework::matter::track::Track;
use casework::matter::{Matter, MatterId};
use casework::org::{Actor, Place};
use casework::repeat::{Likeness, Reason};
use casework::role;
use std::collections::{BTreeMap, BTreeSet};
use store::vault::{Blind, Identity};
use store::wall::Sight;

/// An earlier matter that may be the same.
pub struct Match {
    /// The matter.
    pub matter: Matter,
    /// Its number.
    pub number: String,
    /// Why it may be.
    pub reasons: Vec<Reason>,
    /// Similarity of the texts.
    pub likeness: u32,
    /// What to tell the petitioner of it.
    pub standing: Vec<Standing>,
    /// When its next duty falls due.
    pub due_on: Option<jiff::civil::Date>,
    /// Who has it.
    pub holder: String,
    /// For each demand of what is being registered, the likeliest relation.
    pub claims: Vec<Claim>,
}

/// What earlier matters are held against: of a petition that is being registered, of one that was, or of whoever asks
/// after their own.
#[derive(Default)]
pub struct Sought {
    digests: Vec<(Blind, String)>,
    title: String,
    text: String,
    demands: Vec<String>,
    place: Option<Place>,
    category: Option<Category>,
    /// The track on which they are; whoever asks after their own need not know it.
    track: Option<Track>,
    own: Option<MatterId>,
}

impl Sought {
    /// By what is being registered.
    ///
    /// # Errors
    /// The vault failed.
    pub fn draft(house: &House, draft: &Draft) -> Result<Self, Problem> {
        let mut digests: Vec<(Blind, String)> = Vec::new();
        for (_, _, identity) in &draft.parties {
            digests.extend(house.vault.digests(identity)?);
        }
        for against in draft.accused.iter().filter(|against| !against.name.is_empty()) {
            let name = chinese::identity::name(&against.name);
            digests.push((Blind::Accused, house.vault.blind(Blind::Accused, &name)?));
        }
        Ok(Self {
            digests,
            title: draft.petition.title.clone(),
            text: draft.petition.text.clone(),
            demands: draft.petition.demands.clone(),
            place: Some(draft.petition.place.clone()),
            category: Some(draft.petition.category.clone()),
            track: Some(draft.petition.track),
            own: None,
        })
    }

    /// By who asks, and where their problem lies.
    ///
    /// # Errors
    /// The vault failed.
    pub fn person(
        house: &House,
        identity: &Identity,
        place: Option<Place>,
    ) -> Result<Self, Problem> {
        let digests = house.vault.digests(identity)?;
        Ok(Self { digests, place, ..Self::default() })
    }

    /// By the only petition of a registered matter; `None` where more were joined.
    ///
    /// # Errors
    /// The store failed.
    pub fn matter(house: &House, matter: &Matter) -> Result<Option<Self>, Problem> {
        let [petition] = matter.petitions.as_slice() else { return Ok(None) };
        let parties = petition.parties.iter().map(|party| party.id.as_str());
        let people: Vec<&str> =
            parties.chain(petition.accused.iter().map(|one| one.id.as_str())).collect();
        let digests = house.db.read(|tx| store::vault::digests(tx, &people))?;
        Ok(Some(Self {
            digests,
            title: petition.title.clone(),
            text: petition.text.clone(),
            demands: petition.demands.clone(),
            place: Some(petition.place.clone()),
            category: Some(petition.category.clone()),
            track: Some(matter.track),
            own: Some(matter.id),
        }))
    }
}

/// Earlier matters that may be the same and that the actor may see, each with its reasons, likeliest
/// first. That sealed ones were shown stands in the journal.
///
/// # Errors
/// The store failed.
pub fn matches(house: &House, actor: &Actor, sought: &Sought) -> Result<Vec<Match>, Problem> {
    const LOOKED_AT: u32 = 40;
    const SHOWN: usize = 5;
    let scope = role::scope(actor);
    let whole = format!("{} {} {}", sought.title, sought.text, sought.demands.join(" "));
    let pairs = chinese::text::pairs(&whole);
    let directory = house.directory();
    let (today, calendar) = (house.moment().on, house.calendar());
    let mut found: Vec<(u32, Match)> = house.db.read(|tx| {
        let mut alike: BTreeMap<MatterId, Likeness> = BTreeMap::new();
        for (kind, digest) in &sought.digests {
            for id in store::vault::find(tx, *kind, digest, LOOKED_AT)? {
                let likeness = alike.entry(id).or_default();
                match kind {
                    Blind::Name => likeness.name = true,
                    Blind::Phone => likeness.phone = true,
                    Blind::Identity => likeness.identity = true,
                    Blind::Accused => likeness.accused = true,
                    Blind::Query => {}
                }
            }
        }
        for id in store::search::alike(tx, &sought.title, LOOKED_AT)? {
            alike.entry(id).or_default();
        }
        let mut found = Vec::new();
        for (id, mut likeness) in alike {
            // What somebody may not see is not even hinted at.
            if sought.own == Some(id) || store::wall::sight(tx, id, &scope)? != Sight::Open {
                continue;
            }
            let Some(matter) = store::matter::find(tx, id)? else { continue };
            // Another track has other rules; a petition never joins it.
            if sought.track.is_some_and(|track| matter.track != track) {
                continue;
            }
            let near = |place: &Place| matter.place.within(place) || place.within(&matter.place);
            likeness.place = sought.place.as_ref().is_some_and(near);
            let alike = |category: &Category| matter.category.top() == category.top();
            likeness.category = sought.category.as_ref().is_some_and(alike);
            likeness.text = text_likeness(&matter, &pairs);
            let reasons = likeness.reasons();
            if !reasons.is_empty() {
                let holder = directory.unit(&matter.holder).to_owned();
                let (number, claims) = (id.to_string(), claims(&matter, &sought.demands));
                let likeness = (likeness.weight(), likeness.text);
                let standing = matter.standing(today, &house.statutes, &calendar);
                let due_on =
                    matter.next_due(&house.statutes, &calendar).map(|(_, due)| due.nominal);
                let found_here = Match {
                    matter,
                    number,
                    reasons,
                    likeness: likeness.1,
                    standing,
                    due_on,
                    holder,
                    claims,
                };
                found.push((likeness.0, found_here));
            }
        }
        Ok::<_, store::Error>(found)
    })?;
    found.sort_by_key(|(weight, found)| {
        (std::cmp::Reverse(*weight), std::cmp::Reverse(found.matter.id))
    });
    let found: Vec<Match> = found.into_iter().map(|(_, found)| found).take(SHOWN).collect();
    for one in &found {
        crate::see::shown(house, actor, &one.matter)?;
    }
    Ok(found)
}

fn text_likeness(matter: &Matter, pairs: &BTreeSet<String>) -> u32 {
    matter
        .petitions
        .iter()
        .map(|petition| {
            let text =
                format!("{} {} {}", petition.title, petition.text, petition.demands.join(" "));
            chinese::text::likeness(&chinese::text::pairs(&text), pairs)
        })
        .max()
        .unwrap_or_default()
}

/// How each demand most likely relates to the matter: to the most alike of its demands, or it is new.
/// A proposal for the clerk, who may say otherwise.
fn claims(matter: &Matter, demands: &[String]) -> Vec<Claim> {
    const SAME: u32 = 45;
    demands
        .iter()
        .map(|text| {
            let pairs = chinese::text::pairs(text);
            let best = matter
                .demands
                .iter()
                .map(|demand| {
                    (
                        chinese::text::likeness(&chinese::text::pairs(&demand.text), &pairs),
                        demand.ordinal,
                    )
                })
                .max_by_key(|(likeness, ordinal)| (*likeness, std::cmp::Reverse(*ordinal)));
            match best {
                Some((likeness, ordinal)) if likeness >= SAME => Claim::Same(ordinal),
                _ => Claim::New,
            }
        })
        .collect()
}

/// The clerk's own word on each demand: the ordinal of the demand it repeats, or `new`. Nothing where they left it to
/// the proposal.
///
/// # Errors
/// [`Problem::Invalid`] for a word that is neither.
pub fn read_claims(said: &[String]) -> Result<Option<Vec<Claim>>, Problem> {
    if said.iter().all(|word| word.trim().is_empty()) {
        return Ok(None);
    }
    let read = said.iter().map(|word| match word.trim() {
        "new" => Ok(Claim::New),
        ordinal => ordinal.parse().map(Claim::Same).map_err(|_| wrong_claim()),
    });
    read.collect::<Result<_, _>>().map(Some)
}

/// How each demand relates to the matter: as was said, or as proposed where nothing was.
///
/// # Errors
/// [`Problem::Invalid`] where not one was said for each demand.
pub fn claimed(
    matter: &Matter,
    said: Option<&[Claim]>,
    demands: &[String],
) -> Result<Vec<Claim>, Problem> {
    match said {
        None => Ok(claims(matter, demands)),
        Some(said) if said.len() == demands.len() => Ok(said.to_vec()),
        Some(_) => Err(wrong_claim()),
    }
}

fn wrong_claim() -> Problem {
    Problem::Invalid(vec![FieldError::new(Name::Claim, Wrong::Choice)])
}
