//! The acts on the office itself (机构、账号、日历维护动作), as one table: a row's fields give the form on
//! the page, the check of what comes back, and the API's schema, as [`crate::acts`] does for
//! matters.

use crate::acts::{Answers, Field, Kind, may, need};
use crate::by::By;
use crate::house::House;
use crate::problem::{FieldError, Problem};
use crate::{account, almanac, org};
use casework::org::UnitKind;
use casework::role::Act;

/// What an office act gives back beside being done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Nothing,
    /// A secret that is shown once: an initial password or a token.
    Secret(String),
    /// How many records it made.
    Count(usize),
}

/// An office act's row.
pub struct OfficeAct {
    /// Its name in addresses, and its locale key.
    pub word: &'static str,
    /// The permission it needs; `None` for what concerns only oneself.
    pub act: Option<Act>,
    /// Its fields.
    pub fields: &'static [Field],
    /// The page it belongs to.
    pub page: &'static str,
    run: fn(&House, By, &Answers) -> Result<Given, Problem>,
}

impl OfficeAct {
    /// The act of a word.
    pub fn find(word: &str) -> Option<&'static Self> {
        ALL.iter().find(|act| act.word == word)
    }

    /// Does it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] also for fields that the act does not have.
    pub fn run(&self, house: &House, by: By, answers: &Answers) -> Result<Given, Problem> {
        let unknown: Vec<FieldError> = answers
            .values
            .keys()
            .filter(|name| !self.fields.iter().any(|field| field.name == *name))
            .map(|name| FieldError::new(name.clone(), "wrong-unknown"))
            .collect();
        if unknown.is_empty() {
            (self.run)(house, by, answers)
        } else {
            Err(Problem::Invalid(unknown))
        }
    }
}

/// A secret is shown once: who sends the act again under its key gets none.
fn secret(given: Option<String>) -> Given {
    given.map_or(Given::Nothing, Given::Secret)
}

/// Every act on the office.
pub const ALL: &[OfficeAct] = &[
    OfficeAct {
        word: "record_unit",
        act: Some(Act::ManageAccounts),
        fields: &[
            need("id", Kind::Line),
            need("name", Kind::Line),
            need("short", Kind::Line),
            need("kind", Kind::List("unit-kind", &UnitKind::WORDS)),
            need("place", Kind::Place),
            may("parent", Kind::AnyUnit),
            may("phone", Kind::Line),
            may("address", Kind::Line),
        ],
        page: "/organisation",
        run: |house, by, answers| org::record_unit(house, by, answers).map(|()| Given::Nothing),
    },
    OfficeAct {
        word: "record_post",
        act: Some(Act::ManageAccounts),
        fields: &[
            need("id", Kind::Line),
            need("unit", Kind::AnyUnit),
            need("name", Kind::Line),
            may("rank", Kind::Number),
        ],
        page: "/organisation",
        run: |house, by, answers| org::record_post(house, by, answers).map(|()| Given::Nothing),
    },
    OfficeAct {
        word: "record_place",
        act: Some(Act::ManageAccounts),
        fields: &[need("code", Kind::Line), need("name", Kind::Line)],
        page: "/organisation",
        run: |house, by, answers| org::record_place(house, by, answers).map(|()| Given::Nothing),
    },
    OfficeAct {
        word: "open_account",
        act: Some(Act::ManageAccounts),
        fields: &[
            need("login", Kind::Line),
            need("name", Kind::Line),
            need("unit", Kind::AnyUnit),
            may("post", Kind::Post),
        ],
        page: "/accounts",
        run: |house, by, answers| account::open(house, by, answers).map(secret),
    },
    OfficeAct {
        word: "grant_roles",
        act: Some(Act::GrantRoles),
        fields: &[
            need("login", Kind::Line),
            may("role", Kind::Roles),
            may("reset", Kind::Yes),
            may("closed", Kind::Yes),
        ],
        page: "/accounts",
        run: |house, by, answers| account::grant(house, by, answers).map(secret),
    },
    OfficeAct {
        word: "publish_schedule",
        act: Some(Act::ManageCalendar),
        fields: &[need("schedule", Kind::Text)],
        page: "/calendar",
        run: |house, by, answers| almanac::publish(house, by, answers).map(|()| Given::Nothing),
    },
    OfficeAct {
        word: "set_local_holiday",
        act: Some(Act::ManageCalendar),
        fields: &[need("day", Kind::Date), need("name", Kind::Line), need("document", Kind::Line)],
        page: "/calendar",
        run: |house, by, answers| {
            almanac::set_local_holiday(house, by, answers).map(|()| Given::Nothing)
        },
    },
    OfficeAct {
        word: "replace_categories",
        act: Some(Act::ManageCalendar),
        fields: &[need("from", Kind::Date), need("table", Kind::Text)],
        page: "/categories",
        run: |house, by, answers| almanac::replace_tree(house, by, answers).map(Given::Count),
    },
    OfficeAct {
        word: "issue_token",
        act: None,
        fields: &[need("label", Kind::Line)],
        page: "/password",
        run: |house, by, answers| account::issue_token(house, by, answers).map(secret),
    },
    OfficeAct {
        word: "withdraw_token",
        act: None,
        fields: &[need("token", Kind::Line)],
        page: "/password",
        run: |house, by, answers| {
            account::withdraw_token(house, by, answers).map(|()| Given::Nothing)
        },
    },
];
