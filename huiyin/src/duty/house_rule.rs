//! House rules (制度).

use super::{DutyAct, begin, change, new, on};
use crate::act::{Form, Name, Row};
use crate::house::House;
use crate::problem::Problem;
use casework::duty::house_rule::{HouseRule, Version};
use casework::duty::{Kept, Noun, State};
use casework::role::Act;

fn version(f: &mut Form<'_>) -> Version {
    Version {
        number: f.line(Name::Number),
        issued_on: f.date(Name::IssuedOn),
        from: f.date(Name::From),
        until: None,
        text: f.text(Name::Text),
        attachments: f.files(),
    }
}

/// The rules that anybody may read, by title, each as it stands today (公开的制度, R05-09, R22-18).
///
/// # Errors
/// The store failed.
pub fn in_public(house: &House) -> Result<Vec<(String, Version)>, Problem> {
    let today = house.moment().on;
    let all: Vec<Kept<HouseRule>> = house.db.read(store::duty::all)?;
    let public = all.into_iter().map(|kept| kept.record).filter(|rule| rule.public);
    let now = public.filter_map(|rule| {
        let (_, version) = rule.in_force(today)?;
        Some((rule.title.clone(), version.clone()))
    });
    Ok(now.collect())
}

/// While it is in force.
const IN_FORCE: &[State] = &[State::Internal, State::Public];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "issue_rule",
        act: Act::PlanDuty,
        rule: "R05-07",
        at: new(Noun::HouseRule),
        form: |f| {
            let (title, public, first) = (f.line(Name::Title), f.yes(Name::Public), version(f));
            begin(move |_, _| Ok(HouseRule::issue(title.clone(), public, first.clone())?))
        },
    },
    Row {
        word: "revise_rule",
        act: Act::PlanDuty,
        rule: "R05-07",
        at: on(Noun::HouseRule, IN_FORCE),
        form: |f| {
            let next = version(f);
            change(move |rule: HouseRule, _, _| Ok(rule.revise(next.clone())?))
        },
    },
    Row {
        word: "repeal_rule",
        act: Act::PlanDuty,
        rule: "R05-07",
        at: on(Noun::HouseRule, IN_FORCE),
        form: |f| {
            let until = f.date(Name::Until);
            change(move |rule: HouseRule, _, _| Ok(rule.repeal(until)?))
        },
    },
    Row {
        word: "read_rule",
        act: Act::ViewDuty,
        rule: "R05-07",
        at: on(Noun::HouseRule, IN_FORCE),
        form: |_| {
            change(|rule: HouseRule, _, context| {
                Ok(rule.read(context.actor.account.clone(), context.moment.on)?)
            })
        },
    },
];
