//! Campaigns (专项活动).

use super::{DutyAct, matter, read, visible};
use crate::acts::{Kind, need};
use casework::duty::Noun;
use casework::duty::campaign::{Campaign, CampaignKind, Exit, Fund, Progress};
use casework::matter::MatterId;
use casework::role::Act;
use std::collections::BTreeSet;
use store::Tx;

/// Those of the matters that are concluded.
pub(crate) fn concluded(
    tx: &mut Tx<'_>,
    ids: &[MatterId],
) -> Result<BTreeSet<MatterId>, store::Error> {
    let mut concluded = BTreeSet::new();
    for id in ids {
        let matter = store::matter::find(tx, *id)?;
        if matter.is_some_and(|matter| matter.concluded_on.is_some()) {
            concluded.insert(*id);
        }
    }
    Ok(concluded)
}

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Campaign,
        word: "begin_campaign",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R05-05",
        fields: &[
            need("name", Kind::Line),
            need("campaign_kind", Kind::List("campaign-kind", &CampaignKind::WORDS)),
            need("document", Kind::Line),
            need("from", Kind::Date),
            need("until", Kind::Date),
        ],
        run: |w, r| {
            let (name, kind) = (r.need("name"), r.word("campaign_kind", CampaignKind::parse));
            let (document, from, until) =
                (r.need("document"), r.need_date("from"), r.need_date("until"));
            let (kind, (from, until)) = read(r, kind.zip(from.zip(until)))?;
            let campaign = Campaign {
                name,
                kind,
                document,
                from,
                until,
                list: Vec::new(),
                frozen_on: None,
                funds: Vec::new(),
                progress: Vec::new(),
                exits: Vec::new(),
                closed: None,
                outcome: None,
            };
            w.begin(move |_, _| Ok(campaign.clone().begin()?))
        },
    },
    DutyAct {
        noun: Noun::Campaign,
        word: "list_matter",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R05-05",
        fields: &[need("matter", Kind::Line)],
        run: |w, r| {
            let id = matter(r, "matter");
            let (id, by) = (read(r, id)?, w.by.clone());
            w.change(move |one: Campaign, tx, _| {
                visible(tx, &by, "matter", id)?;
                let concluded = concluded(tx, &[id])?.contains(&id);
                Ok(one.list(id, concluded)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Campaign,
        word: "freeze_list",
        act: Act::PlanDuty,
        begins: false,
        when: &["running"],
        entries: None,
        rule: "R05-05",
        fields: &[],
        run: |w, _| w.change(|one: Campaign, _, context| Ok(one.freeze(context)?)),
    },
    DutyAct {
        noun: Noun::Campaign,
        word: "raise_fund",
        act: Act::PlanDuty,
        begins: false,
        when: &["running", "frozen"],
        entries: None,
        rule: "R05-05",
        fields: &[
            need("on", Kind::Date),
            need("source", Kind::Line),
            need("yuan", Kind::Number),
            need("used_for", Kind::Line),
        ],
        run: |w, r| {
            let (on, source) = (r.need_date("on"), r.need("source"));
            let (yuan, used_for) = (r.number("yuan"), r.need("used_for"));
            let (on, yuan) = read(r, on.zip(yuan))?;
            let fund = Fund { on, source, yuan, used_for };
            w.change(move |one: Campaign, _, context| Ok(one.raise(fund.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Campaign,
        word: "report_progress",
        act: Act::PlanDuty,
        begins: false,
        when: &["running", "frozen"],
        entries: None,
        rule: "R05-05",
        fields: &[need("on", Kind::Date), need("text", Kind::Text)],
        run: |w, r| {
            let (on, text) = (r.need_date("on"), r.need("text"));
            let on = read(r, on)?;
            let progress = Progress { on, text };
            w.change(move |one: Campaign, _, context| Ok(one.report(progress.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Campaign,
        word: "leave_list",
        act: Act::PlanDuty,
        begins: false,
        when: &["frozen"],
        entries: None,
        rule: "R05-05",
        fields: &[need("matter", Kind::Line), need("on", Kind::Date), need("reason", Kind::Text)],
        run: |w, r| {
            let (id, on, reason) = (matter(r, "matter"), r.need_date("on"), r.need("reason"));
            let (matter, on) = read(r, id.zip(on))?;
            let exit = Exit { matter, on, reason };
            w.change(move |one: Campaign, _, context| Ok(one.leave(exit.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Campaign,
        word: "close_campaign",
        act: Act::PlanDuty,
        begins: false,
        when: &["running", "frozen"],
        entries: None,
        rule: "R05-05",
        fields: &[need("text", Kind::Text)],
        run: |w, r| {
            let text = r.need("text");
            r.done()?;
            w.change(move |one: Campaign, tx, context| {
                let concluded = concluded(tx, &one.list)?;
                Ok(one.close(text.clone(), &concluded, context)?)
            })
        },
    },
];
