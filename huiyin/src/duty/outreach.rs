//! Visits to people (下访).

use super::{Done, DutyAct, Work, bare, read};
use crate::acts::{Kind, Reader, may, need};
use crate::intake::{Draft, register_found};
use crate::problem::Problem;
use casework::category::Category;
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::{Noun, Record};
use casework::org::AccountId;
use casework::petition::{Channel, PartyKind, PartyRole};
use casework::role::{self, Act, Thing, sees};
use casework::track::Track;
use store::vault::Identity;

/// Notes a problem that was found; with a name it becomes a petition in the same step.
fn find_problem(w: &Work<'_>, r: &mut Reader<'_>) -> Result<Done, Problem> {
    let (text, name, phone) = (r.need("text"), r.text("name"), r.text("phone"));
    let (demand, category) = (r.text("demand"), r.text("category"));
    if !name.is_empty() && demand.is_empty() {
        r.wrong("demand", "wrong-missing");
    }
    r.done()?;
    let found: Option<Outreach> = w.house.db.read(|tx| store::duty::find(tx, w.id))?;
    let visit = found.ok_or(Problem::NotFound)?;
    let spine = visit.spine();
    if !sees(w.actor, Noun::Outreach, &spine) {
        return Err(Problem::NotFound);
    }
    let thing = Thing::Duty(Noun::Outreach, &spine);
    role::allow(w.actor, w.act.act, thing).map_err(Problem::Denied)?;
    // What can't be noted is not registered either.
    visit.clone().find(text.clone(), None)?;
    let receipt = if name.is_empty() {
        None
    } else {
        let category = if category.is_empty() { crate::draft::OTHER.to_owned() } else { category };
        let identity = Identity { name, phone, ..Identity::default() };
        let draft = Draft {
            channel: Channel::Visit,
            posted_on: None,
            received_on: w.house.moment().on,
            headcount: 1,
            addressee: w.house.directory().people.get(&visit.leader.0).cloned(),
            transfer: None,
            reference: None,
            language: "zh".to_owned(),
            title: demand.chars().take(120).collect(),
            text: text.clone(),
            place: visit.place.clone(),
            category: Category(category),
            parties: vec![(PartyRole::Lead, PartyKind::Person, identity)],
            demands: vec![demand],
            attachments: Vec::new(),
            track: Track::Redress,
            accused: Vec::new(),
            urgent: false,
        };
        Some(register_found(w.house, w.actor, draft)?)
    };
    let matter = receipt.as_ref().map(|receipt| receipt.matter.id);
    let done = w.change(move |visit: Outreach, _, _| Ok(visit.find(text.clone(), matter)?))?;
    Ok(Done { receipt: receipt.map(|receipt| (receipt.number, receipt.code)), ..done })
}

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Outreach,
        word: "plan_visit",
        act: Act::KeepDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R22-18b",
        fields: &[
            need("leader", Kind::Account),
            need("on", Kind::Date),
            need("place", Kind::Place),
            need("venue", Kind::Line),
            may("topic", Kind::Line),
            may("with", Kind::Accounts),
            may("campaign", Kind::Line),
        ],
        run: |w, r| {
            let (leader, on) = (w.account(r, "leader"), r.need_date("on"));
            let (place, venue, topic) = (w.place(r, "place"), r.need("venue"), r.text("topic"));
            let with: Vec<AccountId> = r.texts("with").into_iter().map(AccountId).collect();
            if with.iter().any(|one| !w.house.directory().people.contains_key(&one.0)) {
                r.wrong("with", "wrong-choice");
            }
            let campaign = Some(r.text("campaign")).filter(|id| !id.is_empty());
            let on = read(r, on)?;
            let visit = Outreach {
                leader,
                on,
                place,
                venue,
                topic,
                with,
                campaign,
                done: None,
                problems: Vec::new(),
                cancelled: None,
            };
            w.begin(move |tx, _| {
                if let Some(id) = &visit.campaign {
                    let known: Option<casework::campaign::Campaign> = store::duty::find(tx, id)?;
                    let wrong = || {
                        let field = crate::problem::FieldError::new("campaign", "wrong-choice");
                        Problem::Invalid(vec![field])
                    };
                    known.ok_or_else(wrong)?;
                }
                let others = store::duty::within(tx, (visit.on, visit.on))?;
                Ok(visit.clone().plan(&bare(others), &bare(store::duty::all(tx)?))?)
            })
        },
    },
    DutyAct {
        noun: Noun::Outreach,
        word: "record_visit",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned"],
        entries: None,
        rule: "R22-18b",
        fields: &[need("on", Kind::Date), need("met", Kind::Number), need("text", Kind::Text)],
        run: |w, r| {
            let (on, met, text) = (r.need_date("on"), r.number("met"), r.need("text"));
            let (on, met) = read(r, on.zip(met))?;
            let visit = Visit { on, met, text };
            w.change(move |one: Outreach, _, context| Ok(one.visit(visit.clone(), context)?))
        },
    },
    DutyAct {
        noun: Noun::Outreach,
        word: "find_problem",
        act: Act::KeepDuty,
        begins: false,
        when: &["done"],
        entries: None,
        rule: "R05-10b",
        fields: &[
            need("text", Kind::Text),
            may("name", Kind::Line),
            may("phone", Kind::Line),
            may("demand", Kind::Line),
            may("category", Kind::Category),
        ],
        run: find_problem,
    },
    DutyAct {
        noun: Noun::Outreach,
        word: "solve_problem",
        act: Act::KeepDuty,
        begins: false,
        when: &["done"],
        entries: Some(("problems", |one| one["solved"].is_null())),
        rule: "R22-18b",
        fields: &[need("entry", Kind::Number), need("on", Kind::Date), need("text", Kind::Text)],
        run: |w, r| {
            let (entry, on, text) = (r.number("entry"), r.need_date("on"), r.need("text"));
            let (entry, on) = read(r, entry.zip(on))?;
            w.change(move |one: Outreach, _, context| {
                Ok(one.solve(entry, (on, text.clone()), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Outreach,
        word: "cancel_visit",
        act: Act::KeepDuty,
        begins: false,
        when: &["planned"],
        entries: None,
        rule: "R22-18b",
        fields: &[need("reason", Kind::Text)],
        run: |w, r| {
            let reason = r.need("reason");
            r.done()?;
            w.change(move |one: Outreach, _, context| Ok(one.cancel(reason.clone(), context)?))
        },
    },
];
