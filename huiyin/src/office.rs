//! The acts on the office itself (机构、账号、日历维护动作), as one table of rows, as [`crate::act`] has them for matters.

use crate::act::{Form, Name, Row};
use crate::by::By;
use crate::house::House;
use crate::mailbox::Standing;
use crate::problem::Problem;
use crate::{account, almanac, colleague, mailbox, org};
use casework::role::Act;
use std::sync::Arc;

/// What an office act gives back beside being done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeGiven {
    /// Nothing.
    Nothing,
    /// A secret that is shown once: an initial password or a token.
    Secret(String),
    /// How many records it made.
    Count(usize),
}

/// What an act on the office does once its form is read (机构维护动作的办理).
pub struct OfficeDeed(Box<Run>);

/// How it is done.
type Run = dyn FnOnce(&Arc<House>, By) -> Result<OfficeGiven, Problem>;

impl OfficeDeed {
    /// Does it.
    ///
    /// # Errors
    /// As the act.
    pub fn run(self, house: &Arc<House>, by: By) -> Result<OfficeGiven, Problem> {
        (self.0)(house, by)
    }
}

/// The page on which an act on the office is offered (所在页面).
#[derive(Debug, Clone, Copy)]
pub struct OfficePage(pub &'static str);

/// An act on the office (机构维护动作).
pub type OfficeAct = Row<OfficeDeed, OfficePage>;

impl OfficeAct {
    /// The act of a word.
    pub fn find(word: &str) -> Option<&'static Self> {
        ALL.iter().find(|act| act.word == word)
    }
}

/// Gives nothing back.
fn done(run: impl FnOnce(&House, By) -> Result<(), Problem> + 'static) -> OfficeDeed {
    OfficeDeed(Box::new(move |house, by| run(house, by).map(|()| OfficeGiven::Nothing)))
}

/// Gives a secret back, once: who sends the act again under its key gets none.
fn secret(run: impl FnOnce(&House, By) -> Result<Option<String>, Problem> + 'static) -> OfficeDeed {
    OfficeDeed(Box::new(move |house, by| {
        Ok(run(house, by)?.map_or(OfficeGiven::Nothing, OfficeGiven::Secret))
    }))
}

const ORGANISATION: OfficePage = OfficePage("/organisation");
const ACCOUNTS: OfficePage = OfficePage("/accounts");
const CALENDAR: OfficePage = OfficePage("/calendar");
const COLLEAGUES: OfficePage = OfficePage("/colleagues");
const MAILBOXES: OfficePage = OfficePage("/mailboxes");
const OWN: OfficePage = OfficePage("/password");

/// Every act on the office.
pub const ALL: &[OfficeAct] = &[
    Row {
        word: "record_unit",
        act: Act::ManageAccounts,
        rule: "GB22239-8.1.4.2",
        at: ORGANISATION,
        form: |f| {
            let unit = org::unit(f);
            done(move |house, by| org::record_unit(house, by, &unit))
        },
    },
    Row {
        word: "record_post",
        act: Act::ManageAccounts,
        rule: "GB22239-8.1.4.2",
        at: ORGANISATION,
        form: |f| {
            let post = org::post(f);
            done(move |house, by| org::record_post(house, by, &post))
        },
    },
    Row {
        word: "record_place",
        act: Act::ManageAccounts,
        rule: "GB22239-8.1.4.2",
        at: ORGANISATION,
        form: |f| {
            let place = org::place(f);
            done(move |house, by| org::record_place(house, by, &place))
        },
    },
    Row {
        word: "open_account",
        act: Act::ManageAccounts,
        rule: "GB22239-8.1.4.2",
        at: ACCOUNTS,
        form: |f| {
            let new = account::new_account(f);
            secret(move |house, by| account::open(house, by, new))
        },
    },
    Row {
        word: "grant_roles",
        act: Act::GrantRoles,
        rule: "GB22239-8.1.4.2",
        at: ACCOUNTS,
        form: |f| {
            let grant = account::grant_form(f);
            secret(move |house, by| account::grant(house, by, grant))
        },
    },
    Row {
        word: "publish_schedule",
        act: Act::ManageCalendar,
        rule: "D-casefile",
        at: CALENDAR,
        form: |f| {
            let schedule = almanac::schedule(f);
            done(move |house, by| almanac::publish_schedule(house, by, schedule))
        },
    },
    Row {
        word: "set_local_holiday",
        act: Act::ManageCalendar,
        rule: "D-casefile",
        at: CALENDAR,
        form: |f| {
            let holiday = almanac::local_holiday(f);
            done(move |house, by| almanac::set_local_holiday(house, by, holiday))
        },
    },
    Row {
        word: "replace_categories",
        act: Act::ManageCalendar,
        rule: "D-casefile",
        at: OfficePage("/categories"),
        form: replace_categories,
    },
    Row {
        word: "replace_heads",
        act: Act::ManageCalendar,
        rule: "R22-41",
        at: OfficePage("/categories"),
        form: |f| {
            let table = almanac::heads(f);
            OfficeDeed(Box::new(move |house, by| {
                almanac::replace_heads(house, by, table).map(OfficeGiven::Count)
            }))
        },
    },
    Row {
        word: "record_absence",
        act: Act::KeepAbsence,
        rule: "D-casefile",
        at: COLLEAGUES,
        form: |f| {
            let away = colleague::away(f);
            done(move |house, by| colleague::record_absence(house, by, away))
        },
    },
    Row {
        word: "end_absence",
        act: Act::KeepAbsence,
        rule: "D-casefile",
        at: COLLEAGUES,
        form: |f| {
            let id = f.line(Name::Id);
            done(move |house, by| colleague::end_absence(house, by, id))
        },
    },
    Row {
        word: "hand_over_matters",
        act: Act::KeepAbsence,
        rule: "D-casefile",
        at: COLLEAGUES,
        form: |f| {
            let over = colleague::handing_over(f);
            OfficeDeed(Box::new(move |house, by| {
                colleague::hand_over(house, &by, &over).map(OfficeGiven::Count)
            }))
        },
    },
    Row {
        word: "open_mailbox",
        act: Act::KeepMailbox,
        rule: "R22-18b",
        at: MAILBOXES,
        form: |f| {
            let leader = mailbox::of_leader(f);
            done(move |house, by| mailbox::keep(house, by, leader, Standing::Open))
        },
    },
    Row {
        word: "close_mailbox",
        act: Act::KeepMailbox,
        rule: "R22-18b",
        at: MAILBOXES,
        form: |f| {
            let leader = mailbox::of_leader(f);
            done(move |house, by| mailbox::keep(house, by, leader, Standing::Closed))
        },
    },
    Row {
        word: "issue_token",
        act: Act::KeepToken,
        rule: "GB22239-8.1.4.2",
        at: OWN,
        form: |f| {
            let label = f.line(Name::Label);
            secret(move |house, by| account::issue_token(house, by, &label))
        },
    },
    Row {
        word: "withdraw_token",
        act: Act::KeepToken,
        rule: "GB22239-8.1.4.2",
        at: OWN,
        form: |f| {
            let token = f.line(Name::Token);
            done(move |house, by| account::withdraw_token(house, by, token))
        },
    },
];

fn replace_categories(f: &mut Form<'_>) -> OfficeDeed {
    let tree = almanac::tree(f);
    OfficeDeed(Box::new(move |house, by| {
        almanac::replace_tree(house, by, tree).map(OfficeGiven::Count)
    }))
}
