//! House rules (制度).

use super::{DutyAct, read};
use crate::acts::{Field, Kind, Reader, may, need};
use crate::problem::Problem;
use casework::duty::Noun;
use casework::duty::house_rule::{HouseRule, Version};
use casework::role::Act;

const VERSION: [Field; 5] = [
    need("number", Kind::Line),
    need("issued_on", Kind::Date),
    need("from", Kind::Date),
    need("text", Kind::Text),
    may("files", Kind::Files),
];

fn version(r: &mut Reader<'_>) -> Result<Version, Problem> {
    let (number, text) = (r.need("number"), r.need("text"));
    let (issued_on, from) = (r.need_date("issued_on"), r.need_date("from"));
    let attachments = r.files();
    let (issued_on, from) = read(r, issued_on.zip(from))?;
    Ok(Version { number, issued_on, from, until: None, text, attachments })
}

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::HouseRule,
        word: "issue_rule",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-07",
        fields: &[
            need("title", Kind::Line),
            may("public", Kind::Yes),
            VERSION[0],
            VERSION[1],
            VERSION[2],
            VERSION[3],
            VERSION[4],
        ],
        run: |w, r| {
            let (title, public) = (r.need("title"), r.yes("public"));
            let first = version(r)?;
            w.begin(move |_, _| Ok(HouseRule::issue(title.clone(), public, first.clone())?))
        },
    },
    DutyAct {
        noun: Noun::HouseRule,
        word: "revise_rule",
        act: Act::PlanDuty,
        begins: false,
        when: &["internal", "public"],
        entries: None,
        rule: "R05-07",
        fields: &VERSION,
        run: |w, r| {
            let next = version(r)?;
            w.change(move |rule: HouseRule, _, _| Ok(rule.revise(next.clone())?))
        },
    },
    DutyAct {
        noun: Noun::HouseRule,
        word: "repeal_rule",
        act: Act::PlanDuty,
        begins: false,
        when: &["internal", "public"],
        entries: None,
        rule: "R05-07",
        fields: &[need("until", Kind::Date)],
        run: |w, r| {
            let until = r.need_date("until");
            let until = read(r, until)?;
            w.change(move |rule: HouseRule, _, _| Ok(rule.repeal(until)?))
        },
    },
    DutyAct {
        noun: Noun::HouseRule,
        word: "read_rule",
        act: Act::ViewDuty,
        begins: false,
        when: &["internal", "public"],
        entries: None,
        rule: "R05-07",
        fields: &[],
        run: |w, _| {
            w.change(move |rule: HouseRule, _, context| {
                Ok(rule.read(context.actor.account.clone(), context.moment.on)?)
            })
        },
    },
];
