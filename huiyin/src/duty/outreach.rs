//! Visits to people (下访).

use super::{Done, DutyAct, Work, bare, read, told};
use crate::acts::{Kind, Reader, may, need};
use crate::problem::Problem;
use casework::duty::outreach::{Outreach, Visit};
use casework::duty::{Noun, Record};
use casework::org::AccountId;
use casework::role::{self, Act, Thing, sees};
use store::vault::Identity;

/// The visit, if it exists for the actor and the act may be done to it.
fn visible(w: &Work<'_>) -> Result<Outreach, Problem> {
    let found: Option<Outreach> = w.house.db.read(|tx| store::duty::find(tx, w.id))?;
    let visit = found.ok_or(Problem::NotFound)?;
    let spine = visit.spine();
    if !sees(&w.by.actor, Noun::Outreach, &spine) {
        return Err(Problem::NotFound);
    }
    let thing = Thing::Duty(Noun::Outreach, &spine);
    role::allow(&w.by.actor, w.act.act, thing).map_err(Problem::Denied)?;
    Ok(visit)
}

/// Who said it; a telephone that is none is refused as at the counter.
fn who(r: &mut Reader<'_>, name: String) -> Identity {
    let phone = r.text("phone");
    if !phone.is_empty() && !chinese::identity::is_phone(&phone) {
        r.wrong("phone", "wrong-phone");
    }
    Identity { name, phone, ..Identity::default() }
}

/// Notes a problem that was found; with a name it becomes a petition in the same step. Of a petition the note
/// says only what is wanted: what was said lies in its case file, behind its walls.
fn find_problem(w: &Work<'_>, r: &mut Reader<'_>) -> Result<Done, Problem> {
    let (text, name) = (r.need("text"), r.text("name"));
    let (demand, category) = (r.text("demand"), r.text("category"));
    if !name.is_empty() && demand.is_empty() {
        r.wrong("demand", "wrong-missing");
    }
    let named = !name.is_empty();
    let identity = who(r, name);
    r.done()?;
    let visit = visible(w)?;
    if !named {
        return w.change(move |visit: Outreach, _, _| Ok(visit.find(text.clone(), None)?));
    }
    let to = (&visit.leader, visit.place.clone());
    let draft = told(w.house, to, (&text, &demand), (identity, category));
    w.change_and_register(draft, move |visit: Outreach, matter, _| {
        Ok(visit.find(demand.clone(), Some(matter))?)
    })
}

/// Makes a petition of a problem that was noted before.
fn petition_problem(w: &Work<'_>, r: &mut Reader<'_>) -> Result<Done, Problem> {
    let (entry, text, name) = (r.number("entry"), r.need("text"), r.need("name"));
    let (demand, category) = (r.need("demand"), r.text("category"));
    let identity = who(r, name);
    let entry = read(r, entry)?;
    let visit = visible(w)?;
    let to = (&visit.leader, visit.place.clone());
    let draft = told(w.house, to, (&text, &demand), (identity, category));
    w.change_and_register(draft, move |visit: Outreach, matter, _| {
        Ok(visit.register(entry, matter)?)
    })
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
            if with.iter().any(|one| !w.house.directory().people.contains_key(one)) {
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
                    let known: Option<casework::duty::campaign::Campaign> =
                        store::duty::find(tx, id)?;
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
            let id = w.id.to_owned();
            w.change(move |one: Outreach, tx, context| {
                let day = store::duty::within::<Outreach>(tx, (visit.on, visit.on))?;
                let others = day.into_iter().filter(|kept| kept.id != id);
                let others: Vec<Outreach> = others.map(|kept| kept.record).collect();
                let terms = bare(store::duty::all(tx)?);
                Ok(one.visit(visit.clone(), (&others, &terms), context)?)
            })
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
        word: "petition_problem",
        act: Act::KeepDuty,
        begins: false,
        when: &["done"],
        entries: Some(("problems", |one| one["matter"].is_null())),
        rule: "R05-10b",
        fields: &[
            need("entry", Kind::Number),
            need("text", Kind::Text),
            need("demand", Kind::Line),
            need("name", Kind::Line),
            may("phone", Kind::Line),
            may("category", Kind::Category),
        ],
        run: petition_problem,
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
