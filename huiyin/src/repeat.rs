//! Finding likely repeats (筛重): earlier matters that may be the same, each with its reasons. They are
//! shown to a clerk, who decides.

use crate::house::House;
use crate::intake::Draft;
use crate::problem::{FieldError, Problem};
use casework::intake::Claim;
use casework::matter::{Matter, MatterId};
use casework::repeat::Likeness;
use std::collections::{BTreeMap, BTreeSet};
use store::vault::Blind;

/// An earlier matter that may be the same.
pub struct Match {
    /// The matter.
    pub matter: Matter,
    /// Its number.
    pub number: String,
    /// Reasons, as locale keys' ends.
    pub reasons: Vec<&'static str>,
    /// Similarity of the texts.
    pub likeness: u32,
    /// Who has it.
    pub holder: String,
    /// For each demand of what is being registered, the likeliest relation.
    pub claims: Vec<Claim>,
}

/// Earlier matters that may be the same, each with its reasons, likeliest first.
///
/// # Errors
/// The store failed.
pub fn matches(house: &House, draft: &Draft) -> Result<Vec<Match>, Problem> {
    const LOOKED_AT: u32 = 40;
    const SHOWN: usize = 5;
    let mut wanted: Vec<(Blind, String)> = Vec::new();
    for (_, _, identity) in &draft.parties {
        wanted.extend(house.vault.digests(identity)?);
    }
    let whole = format!("{} {} {}", draft.title, draft.text, draft.demands.join(" "));
    let pairs = chinese::text::pairs(&whole);
    let directory = house.directory();
    let mut found: Vec<(u32, Match)> = house.db.read(|tx| {
        let mut alike: BTreeMap<MatterId, Likeness> = BTreeMap::new();
        for (kind, digest) in &wanted {
            for id in store::vault::find(tx, *kind, digest, LOOKED_AT)? {
                let likeness = alike.entry(id).or_default();
                match kind {
                    Blind::Name => likeness.name = true,
                    Blind::Phone => likeness.phone = true,
                    Blind::Identity => likeness.identity = true,
                    Blind::Query => {}
                }
            }
        }
        for id in store::search::alike(tx, &draft.title, LOOKED_AT)? {
            alike.entry(id).or_default();
        }
        let mut found = Vec::new();
        for (id, mut likeness) in alike {
            let Some(matter) = store::matter::find(tx, id)? else { continue };
            likeness.place = matter.place.within(&draft.place) || draft.place.within(&matter.place);
            likeness.category = matter.category.top() == draft.category.top();
            likeness.text = text_likeness(&matter, &pairs);
            let reasons: Vec<_> =
                likeness.reasons().into_iter().map(|reason| reason.word()).collect();
            if !reasons.is_empty() {
                let holder = directory.unit(&matter.holder.0).to_owned();
                let (number, claims) = (id.to_string(), claims(&matter, &draft.demands));
                let likeness = (likeness.weight(), likeness.text);
                let found_here =
                    Match { matter, number, reasons, likeness: likeness.1, holder, claims };
                found.push((likeness.0, found_here));
            }
        }
        Ok::<_, store::Error>(found)
    })?;
    found.sort_by_key(|(weight, found)| {
        (std::cmp::Reverse(*weight), std::cmp::Reverse(found.matter.id))
    });
    Ok(found.into_iter().map(|(_, found)| found).take(SHOWN).collect())
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
pub fn claims(matter: &Matter, demands: &[String]) -> Vec<Claim> {
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

/// The clerk's own word on each demand: the ordinal of the demand it repeats, or `new`. Where nothing
/// was said, the proposal stands.
///
/// # Errors
/// [`Problem::Invalid`] for a word that is neither, or not one for each demand.
pub fn read_claims(
    matter: &Matter,
    said: &[String],
    demands: &[String],
) -> Result<Vec<Claim>, Problem> {
    let wrong = || Problem::Invalid(vec![FieldError::new("claim", "wrong-choice")]);
    let said: Vec<&str> = said.iter().map(|word| word.trim()).collect();
    if said.iter().all(|word| word.is_empty()) {
        return Ok(claims(matter, demands));
    }
    if said.len() != demands.len() {
        return Err(wrong());
    }
    said.into_iter()
        .map(|word| match word {
            "new" => Ok(Claim::New),
            ordinal => ordinal.parse().map(Claim::Same).map_err(|_| wrong()),
        })
        .collect()
}
