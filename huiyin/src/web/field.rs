//! Fields as a form shows them (表单字段): the tables of acts say what a field holds; this says which
//! control it gets and what there is to choose.

use crate::acts::{Field, Kind};
use crate::house::{Directory, House};
use crate::locale::Lang;
use crate::web::form::Back;
use casework::handling::Outcome;
use casework::matter::{Cause, Matter};
use casework::org::{Role, UnitKind};
use casework::review::ReviewOutcome;
use casework::service::ServiceMethod;
use casework::supervision::{SupervisionForm, Trigger};
use jiff::civil::Date;

/// A field as the form shows it.
pub struct FieldView {
    /// Its name.
    pub name: &'static str,
    /// Which control.
    pub control: &'static str,
    /// What is in it.
    pub value: String,
    /// What there is to choose.
    pub options: Vec<(String, String)>,
}

/// The fields of an act's form; `matter` is what it is done to, if it is done to a matter.
pub fn views(
    house: &House,
    lang: Lang,
    fields: &[Field],
    matter: Option<&Matter>,
    back: &Back,
) -> Vec<FieldView> {
    let today = house.moment().on;
    fields
        .iter()
        .map(|field| {
            let typed =
                back.values.values.get(field.name).and_then(|values| values.first()).cloned();
            let fallback = match (field.kind, field.name) {
                (Kind::Date, "on" | "received_on") => today.to_string(),
                (Kind::Demand, _) => matter
                    .and_then(|matter| matter.unanswered().next())
                    .map(|ordinal| ordinal.to_string())
                    .unwrap_or_default(),
                (Kind::Notice, _) => matter
                    .and_then(|matter| matter.unserved().next())
                    .map(|notice| notice.ordinal.to_string())
                    .unwrap_or_default(),
                _ => String::new(),
            };
            FieldView {
                name: field.name,
                control: control(field.kind),
                value: typed.unwrap_or(fallback),
                options: options(house, lang, field.kind, matter),
            }
        })
        .collect()
}

fn control(kind: Kind) -> &'static str {
    match kind {
        Kind::Line => "line",
        Kind::Text => "text",
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::Files => "files",
        Kind::Roles => "choices",
        Kind::Yes => "yes",
        _ => "choice",
    }
}

fn options(
    house: &House,
    lang: Lang,
    kind: Kind,
    matter: Option<&Matter>,
) -> Vec<(String, String)> {
    let word = |prefix: &str, word: &str| lang.t(&format!("{prefix}-{word}").replace('_', "-"));
    let listed = |prefix: &str, words: &[&'static str]| {
        words.iter().map(|key| ((*key).to_owned(), word(prefix, key))).collect::<Vec<_>>()
    };
    let directory = house.directory();
    let today = house.moment().on;
    match kind {
        Kind::Outcome => listed("outcome", &Outcome::ALL.map(Outcome::word)),
        Kind::Method => listed("method", &ServiceMethod::ALL.map(ServiceMethod::word)),
        Kind::Cause => listed("cause", &Cause::ALL.map(Cause::word)),
        Kind::UnitKind => listed("unit-kind", &UnitKind::ALL.map(UnitKind::word)),
        Kind::Roles => listed("role", &Role::OF_ACCOUNTS.map(Role::word)),
        Kind::ReviewOutcome => {
            listed("review-outcome", &ReviewOutcome::ALL.map(ReviewOutcome::word))
        }
        Kind::SupervisionForm => {
            listed("supervision-form", &SupervisionForm::ALL.map(SupervisionForm::word))
        }
        Kind::Trigger => listed("trigger", &Trigger::ALL.map(Trigger::word)),
        Kind::MatterUnit => matter
            .map(|matter| matter.units.as_slice())
            .unwrap_or_default()
            .iter()
            .filter(|unit| **unit != house.office)
            .map(|unit| (unit.0.clone(), directory.unit(&unit.0).to_owned()))
            .collect(),
        Kind::Organ => matter
            .map(|matter| directory.reviewers(matter))
            .unwrap_or_default()
            .into_iter()
            .map(|unit| (unit.id.0.clone(), unit.name.clone()))
            .collect(),
        Kind::Unit => receivers(&directory, matter),
        Kind::Ground => grounds(house, today, &word),
        Kind::Category => categories(house, today),
        Kind::Place => places(&directory),
        Kind::AnyUnit => directory
            .tree()
            .into_iter()
            .map(|(depth, unit)| {
                (unit.id.0.clone(), format!("{}{}", "　".repeat(depth), unit.name))
            })
            .collect(),
        Kind::Post => directory
            .posts
            .values()
            .map(|post| {
                (post.id.0.clone(), format!("{} {}", directory.unit(&post.unit.0), post.name))
            })
            .collect(),
        Kind::Demand => matter
            .map(|matter| matter.demands.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|demand| {
                (demand.ordinal.to_string(), format!("{}. {}", demand.ordinal, demand.text))
            })
            .collect(),
        Kind::Notice => matter
            .into_iter()
            .flat_map(Matter::unserved)
            .map(|notice| {
                let name = word("notice", notice.kind.word());
                (notice.ordinal.to_string(), format!("{name} {}", lang.date(notice.made_on)))
            })
            .collect(),
        Kind::Petition => matter
            .map(|matter| matter.petitions.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|petition| (petition.number.0.clone(), petition.number.0.clone()))
            .collect(),
        Kind::Line | Kind::Text | Kind::Date | Kind::Number | Kind::Files | Kind::Yes => Vec::new(),
    }
}

fn receivers(directory: &Directory, matter: Option<&Matter>) -> Vec<(String, String)> {
    use UnitKind::{Bureau, County, Township};
    let here = matter.map(|matter| matter.holder.0.as_str()).unwrap_or_default();
    directory
        .units
        .values()
        .filter(|unit| matches!(unit.kind, Bureau | County | Township) && unit.id.0 != here)
        .map(|unit| (unit.id.0.clone(), unit.name.clone()))
        .collect()
}

fn grounds(
    house: &House,
    today: Date,
    word: &dyn Fn(&str, &str) -> String,
) -> Vec<(String, String)> {
    let Some(law) = house.statutes.on(today, &house.setup.place.0) else { return Vec::new() };
    law.grounds()
        .iter()
        .map(|ground| {
            (ground.code.clone(), format!("{} · {}", word("ground", &ground.code), ground.article))
        })
        .collect()
}

/// The places of the office's area, each under its township.
pub fn places(directory: &Directory) -> Vec<(String, String)> {
    directory
        .places
        .values()
        .filter(|place| matches!(place.level.as_str(), "county" | "township" | "village"))
        .map(|place| (place.code.0.clone(), directory.place(&place.code.0)))
        .collect()
}

/// The categories in force, for a choice: those that have no finer ones under them.
pub fn categories(house: &House, today: Date) -> Vec<(String, String)> {
    house
        .directory()
        .categories(today)
        .into_iter()
        .filter(|category| category.0.contains('/'))
        .map(|category| (category.0.clone(), category.0.replace('/', " / ")))
        .collect()
}
