//! Joint conferences (联席会议).

use super::{DutyAct, matter, maybe_matter, read, visible};
use crate::acts::{Kind, may, need};
use casework::duty::Noun;
use casework::duty::conference::{Conference, Decided, Subject};
use casework::role::Act;

pub(super) const ACTS: &[DutyAct] = &[
    DutyAct {
        noun: Noun::Conference,
        word: "call_conference",
        act: Act::PlanDuty,
        begins: true,
        when: &[],
        entries: None,
        rule: "R22-13",
        fields: &[
            need("title", Kind::Line),
            need("subject", Kind::List("subject", &Subject::WORDS)),
            need("on", Kind::Date),
            need("venue", Kind::Line),
            need("convener", Kind::Line),
            need("invited", Kind::Units),
        ],
        run: |w, r| {
            let (title, subject) = (r.need("title"), r.word("subject", Subject::parse));
            let (on, venue, convener) = (r.need_date("on"), r.need("venue"), r.need("convener"));
            let invited = w.units(r, "invited");
            if invited.len() < 2 {
                r.wrong("invited", "wrong-two");
            }
            let (subject, on) = read(r, subject.zip(on))?;
            let conference = Conference {
                title,
                subject,
                on,
                venue,
                convener,
                agenda: Vec::new(),
                invited,
                present: Vec::new(),
                minutes: None,
                attachments: Vec::new(),
                decisions: Vec::new(),
            };
            w.begin(move |_, _| Ok(conference.clone().call()?))
        },
    },
    DutyAct {
        noun: Noun::Conference,
        word: "put_on_agenda",
        act: Act::PlanDuty,
        begins: false,
        when: &["called"],
        entries: None,
        rule: "R22-13",
        fields: &[need("matter", Kind::Line)],
        run: |w, r| {
            let id = matter(r, "matter");
            let (id, by) = (read(r, id)?, w.by.clone());
            w.change(move |one: Conference, tx, _| {
                visible(tx, &by, "matter", id)?;
                Ok(one.put(id)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Conference,
        word: "hold_conference",
        act: Act::PlanDuty,
        begins: false,
        when: &["called"],
        entries: None,
        rule: "R22-13",
        fields: &[
            need("present_units", Kind::Units),
            need("text", Kind::Text),
            may("files", Kind::Files),
        ],
        run: |w, r| {
            let (present, text, files) = (w.units(r, "present_units"), r.need("text"), r.files());
            if present.is_empty() {
                r.wrong("present_units", "wrong-missing");
            }
            r.done()?;
            w.change(move |one: Conference, _, context| {
                Ok(one.hold((present.clone(), text.clone(), files.clone()), context)?)
            })
        },
    },
    DutyAct {
        noun: Noun::Conference,
        word: "decide_item",
        act: Act::PlanDuty,
        begins: false,
        when: &["following_up", "done"],
        entries: None,
        rule: "R22-13",
        fields: &[
            need("text", Kind::Text),
            need("owner", Kind::AnyUnit),
            need("due_on", Kind::Date),
            may("matter", Kind::Line),
        ],
        run: |w, r| {
            let (text, owner) = (r.need("text"), w.unit(r, "owner"));
            let (due_on, matter) = (r.need_date("due_on"), maybe_matter(r, "matter"));
            let due_on = read(r, due_on)?;
            let decided = Decided { text, owner, due_on, matter, done: None };
            w.change(move |one: Conference, _, _| Ok(one.decide(decided.clone())?))
        },
    },
    DutyAct {
        noun: Noun::Conference,
        word: "carry_out",
        act: Act::ReportDuty,
        begins: false,
        when: &["following_up"],
        entries: Some(("decisions", |one| one["done"].is_null())),
        rule: "R22-13",
        fields: &[
            need("entry", Kind::Number),
            need("on", Kind::Date),
            need("text", Kind::Text),
            may("solved_matter", Kind::Yes),
        ],
        run: |w, r| {
            let (entry, on, text) = (r.number("entry"), r.need_date("on"), r.need("text"));
            let solved = r.yes("solved_matter");
            let (entry, on) = read(r, entry.zip(on))?;
            w.change(move |one: Conference, _, context| {
                Ok(one.carry_out(entry, (on, text.clone(), solved), context)?)
            })
        },
    },
];
