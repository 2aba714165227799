//! Quotas (接访下访次数规定).

use super::{DutyAct, bare, read};
use crate::acts::{Kind, may, need};
use casework::duty::quota::{Period, Quota};
use casework::duty::tenure::Grade;
use casework::duty::{Kept, Noun};
use casework::role::Act;

pub(super) const ACTS: &[DutyAct] = &[DutyAct {
    noun: Noun::Quota,
    word: "set_quota",
    act: Act::PlanDuty,
    begins: true,
    when: &[],
    entries: None,
    rule: "R22-18b",
    fields: &[
        need("grade", Kind::List("grade", &Grade::WORDS)),
        need("period", Kind::List("quota-period", &Period::WORDS)),
        need("least", Kind::Number),
        may("outreach", Kind::Yes),
        may("appointment", Kind::Yes),
        need("solve", Kind::Number),
        need("document", Kind::Line),
        need("from", Kind::Date),
    ],
    run: |w, r| {
        let (grade, period) = (r.word("grade", Grade::parse), r.word("period", Period::parse));
        let (least, solve) = (r.number("least"), r.number("solve"));
        let (outreach, appointment) = (r.yes("outreach"), r.yes("appointment"));
        let (document, from) = (r.need("document"), r.need_date("from"));
        let ((grade, period), (least, (solve, from))) =
            read(r, grade.zip(period).zip(least.zip(solve.zip(from))))?;
        let quota = Quota {
            grade,
            period,
            outreach,
            appointment,
            least,
            solve,
            document,
            from,
            until: None,
        };
        w.begin(move |tx, context| {
            let all: Vec<Kept<Quota>> = store::duty::all(tx)?;
            let set = quota.clone().set(&bare(all.clone()))?;
            // The rule before ends with the day before; what was owed under it stays owed.
            let before = all
                .into_iter()
                .find(|kept| kept.record.grade == set.grade && kept.record.until.is_none());
            if let Some(before) = before {
                let followed = before.record.followed(set.from)?;
                let line = (context.moment.at, context.actor.login.as_str(), "set_quota");
                store::duty::keep(tx, (&before.id, &followed), line)?;
            }
            Ok(set)
        })
    },
}];
