//! The acts on a matter, as one table (办理动作表). A row's fields give the form on the page, the
//! parser of what comes back, and the API's schema; so the three can't drift apart.

use crate::problem::FieldError;
use casework::category::Category;
use casework::handling::{
    Commitment, DemandAnswered, DirectAnswer, ExtensionAsked, ExtensionRefused, Outcome, Signed,
    StepTaken,
};
use casework::intake::{Reclassify, Supplement};
use casework::matter::{Cause, Command};
use casework::org::UnitId;
use casework::petition::{Attachment, PetitionNumber};
use casework::referral::{Filed, Objected, Refer, Ruling, Told};
use casework::role::Act;
use casework::service::{Conclude, Served, ServiceMethod};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a field holds, which decides its control on the page and its schema in the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// A date.
    Date,
    /// A whole number.
    Number,
    /// A unit that can receive matters.
    Unit,
    /// A ground of the code list in force.
    Ground,
    /// A demand of the matter, by its ordinal.
    Demand,
    /// A petition of the matter, by its number.
    Petition,
    /// A category in force.
    Category,
    /// One of [`Outcome`].
    Outcome,
    /// One of [`ServiceMethod`].
    Method,
    /// One of [`Cause`].
    Cause,
    /// Files.
    Files,
}

/// A field of an act.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in forms and in the API.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be filled.
    pub required: bool,
}

/// What came back from a form or the API.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Values by field; a field may come several times.
    pub values: BTreeMap<String, Vec<String>>,
    /// Files, already kept.
    pub files: Vec<Attachment>,
}

/// An act's row.
pub struct ActForm {
    /// Its name in addresses, and its locale key.
    pub word: &'static str,
    /// The permission it needs.
    pub act: Act,
    /// The rule it rests on.
    pub rule: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    parse: fn(&mut Reader<'_>) -> Option<Command>,
}

/// The largest text a field takes, in characters.
pub const MOST_CHARACTERS: usize = 20_000;

const fn need(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// Reads answers and gathers what is wrong with them.
pub struct Reader<'a> {
    answers: &'a Answers,
    /// What is wrong so far.
    pub errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    /// A reader of answers.
    pub fn new(answers: &'a Answers) -> Self {
        Self { answers, errors: Vec::new() }
    }

    /// A line or text; empty when it was left out.
    pub fn text(&mut self, name: &str) -> String {
        let value = self.answers.values.get(name).and_then(|values| values.first());
        let text = value.map(|text| text.trim().replace("\r\n", "\n")).unwrap_or_default();
        if text.chars().count() > MOST_CHARACTERS {
            self.wrong(name, "wrong-too-long");
        }
        text
    }

    /// All values of a repeated field that are not empty.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        let values = self.answers.values.get(name).cloned().unwrap_or_default();
        if values.iter().any(|text| text.chars().count() > MOST_CHARACTERS) {
            self.wrong(name, "wrong-too-long");
        }
        values
            .into_iter()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// A text that must be there.
    pub fn need(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text.is_empty() {
            self.wrong(name, "wrong-missing");
        }
        text
    }

    /// A date, if one was given.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let date = text.parse::<Date>().ok().filter(|date| (1949..=2199).contains(&date.year()));
        if date.is_none() {
            self.wrong(name, "wrong-date");
        }
        date
    }

    /// A date that must be there.
    pub fn need_date(&mut self, name: &str) -> Option<Date> {
        if self.text(name).is_empty() {
            self.wrong(name, "wrong-missing");
        }
        self.date(name)
    }

    /// A whole number that must be there.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        let text = chinese::script::folded(&self.need(name));
        let number = text.parse().ok();
        if number.is_none() && !text.is_empty() {
            self.wrong(name, "wrong-number");
        }
        number
    }

    /// A word of a code list that must be there.
    pub fn word<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.need(name);
        let value = parse(&text);
        if value.is_none() && !text.is_empty() {
            self.wrong(name, "wrong-choice");
        }
        value
    }

    /// Notes that a field is wrong.
    pub fn wrong(&mut self, name: &str, wrong: &'static str) {
        if !self.errors.iter().any(|error| error.field == name) {
            self.errors.push(FieldError::new(name, wrong));
        }
    }

    fn files(&self) -> Vec<Attachment> {
        self.answers.files.clone()
    }
}

impl ActForm {
    /// The act of a word.
    pub fn find(word: &str) -> Option<&'static Self> {
        ALL.iter().find(|act| act.word == word)
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// Every field that can't be used, and every field the act does not have.
    pub fn parse(&self, answers: &Answers) -> Result<Command, Vec<FieldError>> {
        let mut reader = Reader::new(answers);
        for name in answers.values.keys() {
            if !self.fields.iter().any(|field| field.name == name) {
                reader.wrong(name, "wrong-unknown");
            }
        }
        let command = (self.parse)(&mut reader);
        match command {
            Some(command) if reader.errors.is_empty() => Ok(command),
            _ => Err(reader.errors),
        }
    }
}

fn told(reader: &mut Reader<'_>) -> Told {
    Told {
        ground: reader.need("ground"),
        where_to: reader.need("where_to"),
        note: reader.text("note"),
    }
}

fn ruling(reader: &mut Reader<'_>) -> Ruling {
    Ruling { reason: reader.need("reason") }
}

fn answer(reader: &mut Reader<'_>) -> Option<Command> {
    let what = reader.text("commitment");
    let by = reader.date("done_by");
    let commitment = match (what.is_empty(), by) {
        (true, None) => None,
        (false, Some(by)) => Some(Commitment { what, by }),
        (true, Some(_)) => {
            reader.wrong("commitment", "wrong-missing");
            None
        }
        (false, None) => {
            reader.wrong("done_by", "wrong-missing");
            None
        }
    };
    let (demand, outcome) = (reader.number("demand"), reader.word("outcome", Outcome::parse));
    let (text, basis) = (reader.need("text"), reader.need("basis"));
    Some(Command::AnswerDemand(DemandAnswered {
        demand: demand?,
        outcome: outcome?,
        text,
        basis,
        commitment,
    }))
}

fn serve(reader: &mut Reader<'_>) -> Option<Command> {
    let (method, on) = (reader.word("method", ServiceMethod::parse), reader.need_date("on"));
    let recipient = chinese::identity::mask_name(&reader.need("recipient"));
    let (proof, attachments) = (reader.need("proof"), reader.files());
    Some(Command::Serve(Served { method: method?, on: on?, recipient, proof, attachments }))
}

/// Every act on a matter that has a form. Joining and un-joining have pages of their own.
pub const ALL: &[ActForm] = &[
    ActForm {
        word: "refer",
        act: Act::Refer,
        rule: "R22-22",
        fields: &[
            need("to", Kind::Unit),
            may("report_back_on", Kind::Date),
            may("note", Kind::Text),
        ],
        parse: |r| {
            let to = UnitId(r.need("to"));
            Some(Command::Refer(Refer {
                to,
                report_back_on: r.date("report_back_on"),
                note: r.text("note"),
            }))
        },
    },
    ActForm {
        word: "tell",
        act: Act::Tell,
        rule: "R22-22",
        fields: &[
            need("ground", Kind::Ground),
            need("where_to", Kind::Line),
            may("note", Kind::Text),
        ],
        parse: |r| Some(Command::Tell(told(r))),
    },
    ActForm {
        word: "answer_directly",
        act: Act::AnswerDirectly,
        rule: "R22-22",
        fields: &[need("text", Kind::Text), need("basis", Kind::Line)],
        parse: |r| {
            Some(Command::AnswerDirectly(DirectAnswer {
                text: r.need("text"),
                basis: r.need("basis"),
            }))
        },
    },
    ActForm {
        word: "file",
        act: Act::File,
        rule: "R22-22",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::File(Filed { reason: r.need("reason") })),
    },
    ActForm {
        word: "return",
        act: Act::Return,
        rule: "R22-23d",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::Return(ruling(r))),
    },
    ActForm {
        word: "refuse_objection",
        act: Act::RefuseObjection,
        rule: "R22-23d",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::RefuseObjection(ruling(r))),
    },
    ActForm {
        word: "accept",
        act: Act::Accept,
        rule: "R22-23c",
        fields: &[],
        parse: |_| Some(Command::Accept),
    },
    ActForm {
        word: "object",
        act: Act::Object,
        rule: "R22-23d",
        fields: &[need("reason", Kind::Text), may("proposed", Kind::Unit)],
        parse: |r| {
            let proposed = Some(r.text("proposed")).filter(|unit| !unit.is_empty()).map(UnitId);
            Some(Command::Object(Objected { reason: r.need("reason"), proposed }))
        },
    },
    ActForm {
        word: "decline",
        act: Act::Decline,
        rule: "R22-23",
        fields: &[
            need("ground", Kind::Ground),
            need("where_to", Kind::Line),
            may("note", Kind::Text),
        ],
        parse: |r| Some(Command::Decline(told(r))),
    },
    ActForm {
        word: "take_step",
        act: Act::TakeStep,
        rule: "R22-31",
        fields: &[need("on", Kind::Date), need("text", Kind::Text), may("files", Kind::Files)],
        parse: |r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            Some(Command::TakeStep(StepTaken { on: on?, text, attachments: r.files() }))
        },
    },
    ActForm {
        word: "answer_demand",
        act: Act::AnswerDemand,
        rule: "R22-32",
        fields: &[
            need("demand", Kind::Demand),
            need("outcome", Kind::Outcome),
            need("text", Kind::Text),
            need("basis", Kind::Line),
            may("commitment", Kind::Line),
            may("done_by", Kind::Date),
        ],
        parse: answer,
    },
    ActForm {
        word: "ask_extension",
        act: Act::AskExtension,
        rule: "R22-34",
        fields: &[need("days", Kind::Number), need("reason", Kind::Text)],
        parse: |r| {
            let (days, reason) = (r.number("days"), r.need("reason"));
            Some(Command::AskExtension(ExtensionAsked { days: days?, reason }))
        },
    },
    ActForm {
        word: "extend",
        act: Act::Extend,
        rule: "R22-34",
        fields: &[],
        parse: |_| Some(Command::Extend),
    },
    ActForm {
        word: "refuse_extension",
        act: Act::RefuseExtension,
        rule: "R22-34",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::RefuseExtension(ExtensionRefused { reason: r.need("reason") })),
    },
    ActForm {
        word: "sign",
        act: Act::Sign,
        rule: "R22-32",
        fields: &[need("number", Kind::Line)],
        parse: |r| Some(Command::Sign(Signed { number: r.need("number") })),
    },
    ActForm {
        word: "serve",
        act: Act::Serve,
        rule: "R22-35",
        fields: &[
            need("method", Kind::Method),
            need("on", Kind::Date),
            need("recipient", Kind::Line),
            need("proof", Kind::Line),
            may("files", Kind::Files),
        ],
        parse: serve,
    },
    ActForm {
        word: "conclude",
        act: Act::Conclude,
        rule: "R22-32",
        fields: &[need("cause", Kind::Cause)],
        parse: |r| Some(Command::Conclude(Conclude { cause: r.word("cause", Cause::parse)? })),
    },
    ActForm {
        word: "reclassify",
        act: Act::Reclassify,
        rule: "R22-21",
        fields: &[need("category", Kind::Category), need("reason", Kind::Line)],
        parse: |r| {
            let (category, reason) = (Category(r.need("category")), r.need("reason"));
            Some(Command::Reclassify(Reclassify { category, reason }))
        },
    },
    ActForm {
        word: "supplement",
        act: Act::Supplement,
        rule: "R22-21",
        fields: &[
            need("petition", Kind::Petition),
            need("text", Kind::Text),
            may("files", Kind::Files),
        ],
        parse: |r| {
            let (petition, text) = (PetitionNumber(r.need("petition")), r.need("text"));
            Some(Command::Supplement(Supplement { petition, text, attachments: r.files() }))
        },
    },
];
