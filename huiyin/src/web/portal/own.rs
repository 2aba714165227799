//! What a petitioner may do to their own petition (本人办理), with its number and query code: add material, ask for
//! review, rate, take part.

use super::status::{StatusGiven, failed, keys, status_of};
use crate::act::{ActForm, Answers, Name, act};
use crate::by::By;
use crate::house::House;
use crate::problem::{FieldError, Problem};
use crate::web::door::{Address, Knock, keep_from};
use crate::web::form::{Back, Posted, Room, receive};
use crate::web::look_up::{FoundPetition, look_up};
use crate::web::page::{lang_of, problem_page, render, with_status};
use crate::web::{Shared, blocking};
use axum::extract::{Request, State};
use axum::response::Response;
use casework::matter::Matter;
use casework::matter::participation::Side;
use casework::petition::Petition;

/// Adds what the petitioner hands in later to their own petition.
pub async fn material(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &[MATERIAL]).await
}

/// Asks for review, or final review, of the answer to one's own petition.
pub async fn review(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &[REVIEW]).await
}

/// Rates how one's own petition was handled.
pub async fn rating(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &[RATING]).await
}

/// Takes one's own petition back.
pub async fn withdraw(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &[WITHDRAW]).await
}

/// Thinks again: the petition stands.
pub async fn resume(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &[RESUME]).await
}

/// Asks that something about oneself be put right.
pub async fn correction(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &[CORRECTION]).await
}

/// Takes part in the investigation: evidence, a signature under minutes, an objection.
pub async fn take_part(State(house): State<Shared>, from: Address, request: Request) -> Response {
    on_own_petition(house, from, request, &PARTS).await
}

/// What a petitioner may do to their own petition (本人办理): an act of the table, its fields under the names that the
/// status page has for them.
#[derive(Clone, Copy)]
struct OwnAct {
    /// The act.
    word: &'static str,
    /// The locale key of what is said when it is done.
    said: &'static str,
    /// What the page asks, under its own names; whatever else comes is not the petitioner's to say.
    asks: &'static [(&'static str, Name)],
}

const MATERIAL: OwnAct =
    OwnAct { word: "supplement", said: "material-added", asks: &[("text", Name::Text)] };
const REVIEW: OwnAct = OwnAct {
    word: "ask_review",
    said: "review-asked",
    asks: &[
        ("organ", Name::Organ),
        ("demands", Name::Demands),
        ("reason", Name::Reason),
        ("late_reason", Name::LateReason),
    ],
};
const WITHDRAW: OwnAct =
    OwnAct { word: "withdraw", said: "withdrawn-here", asks: &[("withdraw_reason", Name::Reason)] };
const CORRECTION: OwnAct = OwnAct {
    word: "ask_correction",
    said: "correction-asked-here",
    asks: &[("correction_text", Name::Text)],
};
const RESUME: OwnAct = OwnAct { word: "resume", said: "resumed-here", asks: &[] };
const RATING: OwnAct = OwnAct {
    word: "rate",
    said: "rated",
    asks: &[("of_office", Name::OfOffice), ("of_unit", Name::OfUnit), ("note", Name::Note)],
};

/// The parts that petitioners take in an investigation.
const PARTS: [OwnAct; 3] = [
    OwnAct {
        word: "countersign",
        said: "part-taken",
        asks: &[("session", Name::Session), ("note", Name::Note)],
    },
    OwnAct { word: "raise_objection", said: "part-taken", asks: &[("objection_text", Name::Text)] },
    OwnAct {
        word: "add_evidence",
        said: "part-taken",
        asks: &[("item", Name::Item), ("evidence_text", Name::Text)],
    },
];

impl OwnAct {
    fn form(self) -> Result<&'static ActForm, Problem> {
        ActForm::find(self.word).ok_or(Problem::NotFound)
    }

    /// The answers under the act's names, with what the petitioner need not say: which petition, which side, that it
    /// came today.
    fn answers(self, house: &House, petition: &Petition, sent: &Posted) -> Answers {
        let asked = |(page, act): &(&str, Name)| {
            Some(((*act).into(), sent.answers.values.get(*page)?.clone()))
        };
        let values = self.asks.iter().filter_map(asked).collect();
        let mut answers = Answers { values, files: sent.answers.files.clone() };
        let today = house.moment().on.to_string();
        let known = [
            (Name::Petition, petition.number.0.as_str()),
            (Name::Side, Side::Petitioner.word()),
            (Name::ReceivedOn, &today),
        ];
        let fields = self.form().map_or_else(|_| Vec::new(), ActForm::fields);
        for (name, value) in known {
            if fields.iter().any(|field| field.name == name) {
                answers.values.insert(name.into(), vec![value.to_owned()]);
            }
        }
        answers
    }

    /// The page's name of an act's field, so that what is wrong stands where it was asked.
    fn on_page(self, error: FieldError) -> FieldError {
        let name = self.asks.iter().find(|(_, act)| act.word() == error.field);
        FieldError { field: name.map_or(error.field, |(page, _)| (*page).to_owned()), ..error }
    }

    fn run(
        self,
        house: &Shared,
        by: By,
        found: &FoundPetition,
        sent: &Posted,
    ) -> Result<Matter, Problem> {
        if !sent.errors.is_empty() {
            return Err(Problem::Invalid(Vec::new()));
        }
        let answers = self.answers(house, &found.petition, sent);
        let command = match self.form()?.read(&answers, &house.directory()) {
            Err(Problem::Invalid(errors)) => {
                let errors = errors.into_iter().map(|error| self.on_page(error)).collect();
                return Err(Problem::Invalid(errors));
            }
            read => read?,
        };
        act(house, by, found.matter.id, None, command)
    }
}

/// Does something to the petition whose number and code the form carries, and shows where it stands
/// then; what can't be done comes back filled in. Files are kept only for who has the right code.
async fn on_own_petition(
    house: Shared,
    from: Address,
    request: Request,
    acts: &'static [OwnAct],
) -> Response {
    let lang = lang_of(request.headers());
    let received = match receive(&house, request, Room::Files).await {
        Ok(received) => received,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let (number, code) = keys(&received.posted);
    let part = received.posted.text("part");
    let chosen = match acts {
        [one] => Some(*one),
        several => several.iter().find(|one| one.word == part).copied(),
    };
    let Some(chosen) = chosen else {
        return problem_page(&house, lang, &Problem::NotFound);
    };
    let asked = (number.clone(), code.clone());
    let found =
        blocking(&house, move |house| Ok((look_up(house, from, &asked.0, &asked.1)?, asked)));
    let (found, asked) = match found.await {
        Ok(found) => found,
        Err(problem) => return failed(&house, lang, number, &problem),
    };
    let takes = chosen.form().is_ok_and(ActForm::takes_files);
    let posted = match keep_from(&house, from, received, takes).await {
        Ok(posted) => posted,
        Err(problem) => return problem_page(&house, lang, &problem),
    };
    let sent = posted.clone();
    let done = blocking(&house, move |house| {
        let once = sent.of_act().once("portal", &sent.text("once"))?;
        let done = from.knock(house, Knock::Write).and_then(|()| {
            let by = By::public(house).under(once);
            chosen.run(house, by, &found, &sent)
        });
        match done {
            Ok(_) => Ok((look_up(house, from, &asked.0, &asked.1)?, None)),
            Err(problem) => Ok((found, Some(problem))),
        }
    });
    match done.await {
        Ok((found, None)) => {
            let given = StatusGiven { code, done: chosen.said, ..StatusGiven::default() };
            render(&status_of(&house, lang, found, given))
        }
        Ok((found, Some(problem))) => {
            let back = Back::of(&house, lang, &posted, Some(&problem));
            let status = back.status;
            let given = StatusGiven { code, back, form: chosen.word, done: "" };
            with_status(status, &status_of(&house, lang, found, given))
        }
        Err(problem) => failed(&house, lang, number, &problem),
    }
}
