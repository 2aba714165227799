//! Campaigns (专项活动).

use super::{DutyAct, begin, change, deed, new, on, visible};
use crate::act::{Name, Row};
use casework::duty::campaign::{Baseline, Campaign, Exit, Fund, Progress};
use casework::duty::{Noun, State};
use casework::matter::MatterId;
use casework::role::Act;
use std::collections::BTreeSet;
use store::Tx;

/// Those of the matters that are concluded.
fn concluded(tx: &mut Tx<'_>, ids: &[MatterId]) -> Result<BTreeSet<MatterId>, store::Error> {
    let mut concluded = BTreeSet::new();
    for id in ids {
        let matter = store::matter::find(tx, *id)?;
        if matter.is_some_and(|matter| matter.concluded_on.is_some()) {
            concluded.insert(*id);
        }
    }
    Ok(concluded)
}

/// How a campaign stands against its list, as far as somebody sees who may open these matters; once it is closed, how
/// it stood then.
///
/// # Errors
/// The store failed.
pub(super) fn against(
    tx: &mut Tx<'_>,
    id: &str,
    open: &BTreeSet<MatterId>,
) -> Result<Option<Baseline>, store::Error> {
    let Some(campaign) = store::duty::find::<Campaign>(tx, id)? else { return Ok(None) };
    if campaign.outcome.is_some() {
        return Ok(campaign.outcome);
    }
    let open: Vec<MatterId> = open.iter().copied().collect();
    Ok(Some(campaign.against(&concluded(tx, &open)?)))
}

/// While its list is open.
const RUNNING: &[State] = &[State::Running];

/// While it is not closed.
const OPEN: &[State] = &[State::Running, State::Frozen];

pub(super) const ACTS: &[DutyAct] = &[
    Row {
        word: "begin_campaign",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: new(Noun::Campaign),
        form: |f| {
            let campaign = Campaign {
                name: f.line(Name::Name),
                kind: f.one_of(Name::CampaignKind, "campaign-kind"),
                document: f.line(Name::Document),
                from: f.date(Name::From),
                until: f.date(Name::Until),
                list: Vec::new(),
                frozen_on: None,
                funds: Vec::new(),
                progress: Vec::new(),
                exits: Vec::new(),
                closed: None,
                outcome: None,
            };
            begin(move |_, _| Ok(campaign.clone().begin()?))
        },
    },
    Row {
        word: "list_matter",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Campaign, RUNNING),
        form: |f| {
            let matter = f.matter(Name::Matter);
            deed(move |w| {
                let by = w.by.clone();
                w.change(move |one: Campaign, tx, _| {
                    visible(tx, &by, "matter", matter)?;
                    let concluded = concluded(tx, &[matter])?.contains(&matter);
                    Ok(one.list(matter, concluded)?)
                })
            })
        },
    },
    Row {
        word: "freeze_list",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Campaign, RUNNING),
        form: |_| change(|one: Campaign, _, context| Ok(one.freeze(context)?)),
    },
    Row {
        word: "raise_fund",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Campaign, OPEN),
        form: |f| {
            let fund = Fund {
                on: f.date(Name::On),
                source: f.line(Name::Source),
                yuan: f.number(Name::Yuan),
                used_for: f.line(Name::UsedFor),
            };
            change(move |one: Campaign, _, context| Ok(one.raise(fund.clone(), context)?))
        },
    },
    Row {
        word: "report_progress",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Campaign, OPEN),
        form: |f| {
            let progress = Progress { on: f.date(Name::On), text: f.text(Name::Text) };
            change(move |one: Campaign, _, context| Ok(one.report(progress.clone(), context)?))
        },
    },
    Row {
        word: "leave_list",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Campaign, &[State::Frozen]),
        form: |f| {
            let exit = Exit {
                matter: f.matter(Name::Matter),
                on: f.date(Name::On),
                reason: f.text(Name::Reason),
            };
            change(move |one: Campaign, _, context| Ok(one.leave(exit.clone(), context)?))
        },
    },
    Row {
        word: "close_campaign",
        act: Act::PlanDuty,
        rule: "R05-05",
        at: on(Noun::Campaign, OPEN),
        form: |f| {
            let text = f.text(Name::Text);
            change(move |one: Campaign, tx, context| {
                let concluded = concluded(tx, &one.list)?;
                Ok(one.close(text.clone(), &concluded, context)?)
            })
        },
    },
];
