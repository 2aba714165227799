//! Reading a petition as it is handed in (待登记的信访件): from the counter's form, the portal and the
//! API alike, which have the same fields.

use crate::acts::{Answers, Reader};
use crate::house::House;
use crate::intake::{Against, Draft};
use crate::problem::FieldError;
use casework::category::Category;
use casework::matter::track::Track;
use casework::org::{AccountId, Place, UnitId};
use casework::petition::{Channel, PartyKind, PartyRole, Transfer};
use store::vault::Identity;

/// The columns of a party's row; the n-th value of each belongs to the n-th party.
pub const PARTY: [&str; 6] = ["name", "phone", "id_number", "address", "party_role", "party_kind"];

/// The fields of a petition beside its parties.
pub const PETITION: [&str; 20] = [
    "channel",
    "posted_on",
    "received_on",
    "headcount",
    "addressee",
    "transfer_from",
    "transfer_number",
    "transfer_report_on",
    "language",
    "title",
    "text",
    "place",
    "category",
    "demand",
    "reference",
    "track",
    "accused_unit",
    "accused_person",
    "accused_name",
    "urgent",
];

/// The languages an office prepares for (语言文字), by their tags; others may be named by tag too.
pub const LANGUAGES: [&str; 9] = ["zh", "bo", "ug", "mn", "za", "ko", "kk", "ii", "en"];

/// A category for what fits no other; always there.
pub const OTHER: &str = "其他/其他";

/// Reads a draft from a form or an API request, which have the same fields.
///
/// # Errors
/// Every field that can't be used.
pub fn read(house: &House, answers: &Answers) -> Result<Draft, Vec<FieldError>> {
    let mut reader = Reader::new(answers);
    let today = house.moment().on;
    let channel = reader.word("channel", Channel::parse);
    let headcount =
        if reader.text("headcount").is_empty() { Some(1) } else { reader.number("headcount") };
    let received_on = if reader.text("received_on").is_empty() {
        Some(today)
    } else {
        reader.need_date("received_on")
    };
    let posted_on = reader.date("posted_on");
    let text = reader.need("text");
    let demands = reader.texts("demand");
    if demands.is_empty() {
        reader.wrong("demand", "wrong-missing");
    }
    let mut title = reader.text("title");
    if title.is_empty() {
        title = demands.first().cloned().unwrap_or_default();
    }
    if title.chars().count() > 200 {
        reader.wrong("title", "wrong-too-long");
    }
    let place = place(house, &mut reader);
    let category = category(house, &mut reader);
    let parties = parties(&mut reader, answers);
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let (addressee, reference) = (given(reader.text("addressee")), given(reader.text("reference")));
    let transfer = transfer(channel, &mut reader);
    let track = track(&mut reader);
    let accused = accused(house, track, &mut reader);
    let urgent = match reader.text("urgent").as_str() {
        "yes" => true,
        "" => false,
        _ => {
            reader.wrong("urgent", "wrong-choice");
            false
        }
    };
    let language = given(reader.text("language")).unwrap_or_else(|| "zh".to_owned());
    if language.len() > 12 || !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        reader.wrong("language", "wrong-choice");
    }
    match (channel, headcount, received_on, reader.errors.is_empty()) {
        (Some(channel), Some(headcount), Some(received_on), true) => Ok(Draft {
            channel,
            posted_on,
            received_on,
            headcount,
            addressee,
            transfer,
            reference,
            language,
            title,
            text,
            place,
            category,
            parties,
            demands,
            attachments: answers.files.clone(),
            track,
            accused,
            urgent,
        }),
        _ => Err(reader.errors),
    }
}

/// The track; what names none is for redress.
fn track(reader: &mut Reader<'_>) -> Track {
    if reader.text("track").is_empty() {
        return Track::Redress;
    }
    reader.word("track", Track::parse).unwrap_or(Track::Redress)
}

/// Whom it accuses: units, a person with an account, a name, whatever of it is known; each is walled. An
/// accusation accuses somebody, and nothing else does.
fn accused(house: &House, track: Track, reader: &mut Reader<'_>) -> Vec<Against> {
    const MOST_CHARACTERS: usize = 80;
    let (units, person) = (reader.texts("accused_unit"), reader.text("accused_person"));
    let name = reader.text("accused_name");
    let directory = house.directory();
    let unit = |id: String| Against { unit: Some(UnitId(id)), ..Against::default() };
    let mut against: Vec<Against> = units.iter().cloned().map(unit).collect();
    if !person.is_empty() {
        against.push(Against {
            unit: directory.people.get(person.as_str()).map(|one| one.unit.clone()),
            account: Some(AccountId(person.clone())),
            name: String::new(),
        });
    }
    if !name.is_empty() {
        // The name belongs to the person, or to somebody of the unit.
        match against.last_mut() {
            Some(last) => last.name = name.clone(),
            None => against.push(Against { name: name.clone(), ..Against::default() }),
        }
    }
    if name.chars().count() > MOST_CHARACTERS {
        reader.wrong("accused_name", "wrong-too-long");
    }
    if units.iter().any(|unit| !directory.units.contains_key(unit.as_str())) {
        reader.wrong("accused_unit", "wrong-choice");
    }
    if !person.is_empty() && !directory.people.contains_key(person.as_str()) {
        reader.wrong("accused_person", "wrong-choice");
    }
    match (track == Track::Accusation, against.is_empty()) {
        (true, true) => reader.wrong("accused_name", "wrong-accused-missing"),
        (false, false) => reader.wrong("track", "wrong-only-accusation"),
        _ => {}
    }
    against
}

/// What a superior passed on names who did, under which number, and until when the result is wanted.
fn transfer(channel: Option<Channel>, reader: &mut Reader<'_>) -> Option<Transfer> {
    let (from, number) = (reader.text("transfer_from"), reader.text("transfer_number"));
    let report_back_on = reader.date("transfer_report_on");
    if channel != Some(Channel::Superior) {
        let given = [("transfer_from", from.is_empty()), ("transfer_number", number.is_empty())];
        for (field, _) in given.into_iter().filter(|(_, empty)| !empty) {
            reader.wrong(field, "wrong-only-superior");
        }
        if report_back_on.is_some() {
            reader.wrong("transfer_report_on", "wrong-only-superior");
        }
        return None;
    }
    if from.is_empty() {
        reader.wrong("transfer_from", "wrong-missing");
    }
    Some(Transfer { from, number, report_back_on })
}

fn place(house: &House, reader: &mut Reader<'_>) -> Place {
    let code = reader.text("place");
    if code.is_empty() {
        return house.setup.place.clone();
    }
    if !house.directory().places.contains_key(code.as_str()) {
        reader.wrong("place", "wrong-choice");
    }
    Place(code)
}

fn category(house: &House, reader: &mut Reader<'_>) -> Category {
    let path = reader.text("category");
    if path.is_empty() {
        return Category(OTHER.to_owned());
    }
    let known = house.directory().categories(house.moment().on);
    let category = Category(path);
    if !known.contains(&category) {
        reader.wrong("category", "wrong-choice");
    }
    category
}

/// The parties: the n-th name goes with the n-th telephone and so on. A row without a name is
/// anonymous when it is the first, and nobody otherwise.
fn parties(reader: &mut Reader<'_>, answers: &Answers) -> Vec<(PartyRole, PartyKind, Identity)> {
    let column = |name: &str| answers.values.get(name).cloned().unwrap_or_default();
    let (names, phones, ids) = (column("name"), column("phone"), column("id_number"));
    let (addresses, roles, kinds) = (column("address"), column("party_role"), column("party_kind"));
    let cell = |cells: &[String], row: usize| {
        cells.get(row).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    let mut parties = Vec::new();
    for row in 0..names.len().max(1) {
        let identity = Identity {
            name: cell(&names, row),
            phone: cell(&phones, row),
            id_number: cell(&ids, row),
            address: cell(&addresses, row),
        };
        if identity.name.chars().count() > 80 || identity.address.chars().count() > 400 {
            reader.wrong("name", "wrong-too-long");
        }
        if !identity.phone.is_empty() && !chinese::identity::is_phone(&identity.phone) {
            reader.wrong("phone", "wrong-phone");
        }
        let number = chinese::identity::id_number(&identity.id_number);
        if number.len() == 18
            && number.starts_with(|c: char| c.is_ascii_digit())
            && !chinese::identity::is_resident_id(&number)
        {
            reader.wrong("id_number", "wrong-id-number");
        }
        for (column, known) in [
            ("party_role", PartyRole::parse(&cell(&roles, row)).is_some()),
            ("party_kind", PartyKind::parse(&cell(&kinds, row)).is_some()),
        ] {
            let given = if column == "party_role" { cell(&roles, row) } else { cell(&kinds, row) };
            if !given.is_empty() && !known {
                reader.wrong(column, "wrong-choice");
            }
        }
        let default = if row == 0 { PartyRole::Lead } else { PartyRole::Joint };
        let role = PartyRole::parse(&cell(&roles, row)).unwrap_or(default);
        let kind = PartyKind::parse(&cell(&kinds, row)).unwrap_or(PartyKind::Person);
        match (identity.name.is_empty(), kind) {
            (false, PartyKind::Anonymous) | (true, _) if row > 0 => {}
            (true, _) => {
                // Whoever leaves a telephone wants to be reached: ask for the name.
                if !identity.phone.is_empty() {
                    reader.wrong("name", "wrong-missing");
                }
                parties.push((role, PartyKind::Anonymous, Identity::default()));
            }
            (false, _) => parties.push((role, kind, identity)),
        }
    }
    parties
}
