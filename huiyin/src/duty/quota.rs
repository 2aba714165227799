//! Quotas (接访下访次数规定).

use super::{DutyAct, bare, begin, new};
use crate::act::{Name, Row};
use casework::duty::quota::Quota;
use casework::duty::{Kept, Noun};
use casework::role::Act;

pub(super) const ACTS: &[DutyAct] = &[Row {
    word: "set_quota",
    act: Act::PlanDuty,
    rule: "R22-18b",
    at: new(Noun::Quota),
    form: |f| {
        let quota = Quota {
            grade: f.one_of(Name::Grade, "grade"),
            period: f.one_of(Name::Period, "quota-period"),
            least: f.number(Name::Least),
            outreach: f.yes(Name::Outreach),
            appointment: f.yes(Name::Appointment),
            solve: f.number(Name::Solve),
            document: f.line(Name::Document),
            from: f.date(Name::From),
            until: None,
        };
        begin(move |tx, context| {
            let all: Vec<Kept<Quota>> = store::duty::all(tx)?;
            let set = quota.clone().set(&bare(all.clone()))?;
            // The rule before ends with the day before; what was owed under it stays owed.
            let before = all
                .into_iter()
                .find(|kept| kept.record.grade == set.grade && kept.record.until.is_none());
            if let Some(before) = before {
                let followed = before.record.followed(set.from)?;
                let (at, actor) = (context.moment.at, context.actor.login.as_str());
                let ended = store::duty::Stamp { at, actor, act: "set_quota" };
                store::duty::keep(tx, &before.id, &followed, ended)?;
            }
            Ok(set)
        })
    },
}];
