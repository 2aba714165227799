//! A petition as it is handed in (待登记的信访件), and its form: the counter, the portal and the API have the same
//! fields.

use crate::act::{Answers, Form, Kind, MOST_OF_NAME, Name, check_identity, given};
use crate::house::House;
use crate::problem::{Problem, Wrong};
use casework::category::Category;
use casework::matter::track::Track;
use casework::org::{AccountId, Place, UnitId};
use casework::petition::{Channel, Language, PartyKind, PartyRole, Petition, Transfer};
use store::vault::Identity;

/// The languages an office prepares for (语言文字), by their tags; others may be named by tag too.
pub const LANGUAGES: [&str; 9] = ["zh", "bo", "ug", "mn", "za", "ko", "kk", "ii", "en"];

/// A category for what fits no other; always there.
pub const OTHER: &str = "其他/其他";

/// The longest title, in characters.
pub const MOST_OF_TITLE: usize = 200;

/// A petition as it is handed in, before it has a number (待登记), with the people in the clear; they are sealed before
/// anything is stored.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it says; who handed it in and whom it accuses stand beside it.
    pub petition: Petition,
    /// Who handed it in.
    pub parties: Vec<(PartyRole, PartyKind, Identity)>,
    /// Whom it accuses.
    pub accused: Vec<Against>,
}

/// Whom an accusation is against, in the clear (被检举控告人).
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// The unit, or the person's unit.
    pub unit: Option<UnitId>,
    /// The person's account.
    pub account: Option<AccountId>,
    /// The person's name.
    pub name: String,
}

/// What a petition is handed in with (信访件登记项): one form for the counter, the portal and the API.
pub fn petition(f: &mut Form<'_>, house: &House) -> Draft {
    let channel = f.one_of(Name::Channel, "channel");
    let (text, demands) = (f.text(Name::Text), f.lines(Name::Demand));
    let title = f.may_line(Name::Title);
    if title.chars().count() > MOST_OF_TITLE {
        f.wrong(Name::Title, Wrong::TooLong);
    }
    // Whoever gives none gets the beginning of what they ask for.
    let first = || demands.first().map(|demand| demand.chars().take(MOST_OF_TITLE).collect());
    let title = given(title).or_else(first).unwrap_or_default();
    let track = f.may_one_of(Name::Track, "track").unwrap_or(Track::Redress);
    let mailbox = f.may_choice(Name::Mailbox, Kind::Mailbox).map(AccountId);
    let titled = mailbox.as_ref().map(|leader| f.directory().titled(leader));
    let petition = Petition {
        posted_on: f.may_date(Name::PostedOn),
        received_on: f.may_date(Name::ReceivedOn).unwrap_or_else(|| house.moment().on),
        headcount: f.may_number(Name::Headcount).unwrap_or(1),
        addressee: given(f.may_line(Name::Addressee)).or(titled),
        mailbox,
        publishable: f.yes(Name::Publishable),
        transfer: transfer(f, channel),
        reference: given(f.may_line(Name::Reference)),
        language: Language(language(f)),
        title,
        text,
        demands,
        attachments: f.files(),
        complained_of: f.may_choice(Name::ComplainedOf, Kind::AnyUnit).map(UnitId),
        track,
        urgent: f.yes(Name::Urgent),
        ..Petition::handed_in(channel, house.moment().on, place(f, house), category(f, house))
    };
    Draft { petition, parties: parties(f), accused: accused(f, track) }
}

/// Where the problem is; the whole county where nobody says.
fn place(f: &mut Form<'_>, house: &House) -> Place {
    f.may_choice(Name::Place, Kind::Place).map_or_else(|| house.setup.place.clone(), Place)
}

/// Reads a draft from a page that has fields of its own beside the petition's.
///
/// # Errors
/// [`Problem::Invalid`] with every field that can't be used.
pub fn read(house: &House, answers: &Answers) -> Result<Draft, Problem> {
    Form::read_among(answers, &house.directory(), |f| petition(f, house))
}

fn language(f: &mut Form<'_>) -> String {
    let language = given(f.may_line(Name::Language)).unwrap_or_else(|| "zh".to_owned());
    if language.len() > 12 || !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        f.wrong(Name::Language, Wrong::Choice);
    }
    language
}

/// Whom it accuses: units, a person with an account, a name, whatever of it is known; each is walled. An
/// accusation accuses somebody, and nothing else does.
fn accused(f: &mut Form<'_>, track: Track) -> Vec<Against> {
    let units = f.may_choices(Name::AccusedUnit, Kind::Units);
    let person = f.may_choice(Name::AccusedPerson, Kind::Account).map(AccountId);
    let name = f.may_line(Name::AccusedName);
    let unit = |id: String| Against { unit: Some(UnitId(id)), ..Against::default() };
    let mut against: Vec<Against> = units.into_iter().map(unit).collect();
    against.extend(person.map(|account| Against {
        unit: f.directory().workplace(&account).cloned(),
        account: Some(account),
        name: String::new(),
    }));
    if name.chars().count() > MOST_OF_NAME {
        f.wrong(Name::AccusedName, Wrong::TooLong);
    }
    if !name.is_empty() {
        // The name belongs to the person, or to somebody of the unit.
        match against.last_mut() {
            Some(last) => last.name = name,
            None => against.push(Against { name, ..Against::default() }),
        }
    }
    if track == Track::Accusation && against.is_empty() {
        f.wrong(Name::AccusedName, Wrong::AccusedMissing);
    } else if track != Track::Accusation && !against.is_empty() {
        f.wrong(Name::Track, Wrong::OnlyAccusation);
    }
    against
}

/// What a superior passed on names who did, under which number, and until when the result is wanted.
fn transfer(f: &mut Form<'_>, channel: Channel) -> Option<Transfer> {
    let (from, number) = (f.may_line(Name::TransferFrom), f.may_line(Name::TransferNumber));
    let report_back_on = f.may_date(Name::TransferReportOn);
    if channel == Channel::Superior {
        if from.is_empty() {
            f.wrong(Name::TransferFrom, Wrong::Missing);
        }
        return Some(Transfer { from, number, report_back_on });
    }
    for (field, given) in [
        (Name::TransferFrom, !from.is_empty()),
        (Name::TransferNumber, !number.is_empty()),
        (Name::TransferReportOn, report_back_on.is_some()),
    ] {
        if given {
            f.wrong(field, Wrong::OnlySuperior);
        }
    }
    None
}

/// What it is about; what fits nothing else is always there.
fn category(f: &mut Form<'_>, house: &House) -> Category {
    let Some(path) = f.may_choice(Name::Category, Kind::Category) else {
        return Category(OTHER.to_owned());
    };
    let category = Category(path);
    if !f.directory().categories(house.moment().on).contains(&category) {
        f.wrong(Name::Category, Wrong::Choice);
    }
    category
}

/// A row of the parties, its columns under the names of the form (当事人一行).
struct PartyRow {
    role: String,
    kind: String,
    identity: Identity,
}

/// The rows: the n-th name goes with the n-th telephone and so on, as many as the longest column has.
fn rows(f: &mut Form<'_>) -> Vec<PartyRow> {
    let mut column = |name, kind| f.column(Name::Parties, name, kind);
    let names = column(Name::Name, Kind::Line);
    let phones = column(Name::Phone, Kind::Line);
    let ids = column(Name::IdNumber, Kind::Line);
    let addresses = column(Name::Address, Kind::Line);
    let roles = column(Name::PartyRole, Kind::List("party-role", &PartyRole::WORDS));
    let kinds = column(Name::PartyKind, Kind::List("party-kind", &PartyKind::WORDS));
    let columns = [&names, &phones, &ids, &addresses, &roles, &kinds];
    let longest = columns.iter().map(|column| column.len()).max().unwrap_or_default();
    let at = |column: &[String], row: usize| column.get(row).cloned().unwrap_or_default();
    (0..longest.max(1))
        .map(|row| PartyRow {
            role: at(&roles, row),
            kind: at(&kinds, row),
            identity: Identity {
                name: at(&names, row),
                phone: at(&phones, row),
                id_number: at(&ids, row),
                address: at(&addresses, row),
            },
        })
        .collect()
}

/// The parties. A row that says nothing of anybody is anonymous when it is the first, and nobody otherwise; what
/// says something needs a name, since without one it would be lost.
fn parties(f: &mut Form<'_>) -> Vec<(PartyRole, PartyKind, Identity)> {
    let mut parties = Vec::new();
    for (row, PartyRow { role, kind, identity }) in rows(f).into_iter().enumerate() {
        check_identity(f, &identity);
        let default = if row == 0 { PartyRole::Lead } else { PartyRole::Joint };
        let role = word_of(f, Name::PartyRole, &role, default, PartyRole::parse);
        let kind = word_of(f, Name::PartyKind, &kind, PartyKind::Person, PartyKind::parse);
        let Identity { name, phone, id_number, address } = &identity;
        let reached = [phone, id_number, address].into_iter().any(|one| !one.is_empty());
        if name.is_empty() {
            if reached {
                f.wrong(Name::Name, Wrong::Missing);
            }
            if row == 0 {
                parties.push((role, PartyKind::Anonymous, Identity::default()));
            }
            continue;
        }
        if kind == PartyKind::Anonymous {
            f.wrong(Name::PartyKind, Wrong::Named);
        }
        parties.push((role, kind, identity));
    }
    parties
}

/// A word in a column; an empty one stands for the usual.
fn word_of<T>(
    f: &mut Form<'_>,
    column: Name,
    word: &str,
    usual: T,
    parse: impl FnOnce(&str) -> Option<T>,
) -> T {
    if word.is_empty() {
        return usual;
    }
    parse(word).unwrap_or_else(|| {
        f.wrong(column, Wrong::Choice);
        usual
    })
}
