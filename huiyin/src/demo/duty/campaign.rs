//! Task forces, conferences and campaigns of the played year (演示工作组、联席会议、专项).

use super::super::player::Player;
use super::super::{YEAR, broken};
use super::{Play, begin, to};
use crate::problem::Problem;
use casework::calendar::plus_days;
use casework::category::head::HeadId;
use casework::duty::conference::Conference;
use casework::duty::{Entries, Kept, Noun, Record};
use casework::matter::MatterId;
use casework::moment::Within;
use casework::org::UnitKind;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use store::figure::Part;

/// Task forces, and how many people belong to each.
const FORCES: [usize; 7] = [3, 3, 3, 3, 3, 3, 2];
/// Conferences on lawsuits, how many matters they solve, and after how many days each is asked after.
const CONFERENCES: i64 = 42;
const SOLVED: usize = 11;
const FOLLOWED_UP: i64 = 45;
/// Matters on the list of the special campaign.
const LISTED: usize = 31;

impl Player<'_> {
    /// Seven task forces with twenty people.
    pub(super) fn plan_forces(&self, deeds: &mut Vec<(Date, Play)>) {
        let from = date(YEAR, 10, 9);
        deeds.push((
            from,
            Box::new(move |player| {
                let townships: Vec<String> = player.townships();
                let units: Vec<String> =
                    player.heads(UnitKind::Bureau).iter().map(|head| head.unit.0.clone()).collect();
                let mut serial = 0;
                for (index, people) in FORCES.into_iter().enumerate() {
                    let number = chinese::numeral::ordinal(u32::try_from(index + 1).unwrap_or(1));
                    let fields = [
                        ("name", format!("第{number}农牧业生产工作指导小组")),
                        ("purpose", "指导生产，排查和解决群众反映的问题。".to_owned()),
                        ("areas", townships.get(index).cloned().unwrap_or_default()),
                        ("from", from.to_string()),
                        ("until", date(YEAR, 12, 20).to_string()),
                    ];
                    let id = player.office(begin(Noun::TaskForce, "set_up_force"), &fields)?;
                    for _ in 0..people {
                        serial += 1;
                        let member = [
                            ("name", player.name_of(900 + serial)),
                            (
                                "unit",
                                units
                                    .get(serial as usize % units.len().max(1))
                                    .cloned()
                                    .unwrap_or_default(),
                            ),
                            ("from", from.to_string()),
                        ];
                        player.office(to(Noun::TaskForce, &id, "join_force"), &member)?;
                    }
                    let log = [("on", from.to_string()), ("text", "驻村入户走访。".to_owned())];
                    player.office(to(Noun::TaskForce, &id, "note_day"), &log)?;
                    let area = townships.get(index).cloned().unwrap_or_default();
                    player.find_in(&id, &area, from)?;
                    let open = player.matters(true)?;
                    if let Some(matter) = open.get(index) {
                        let taken = [("matter", matter.id.to_string())];
                        player.office(to(Noun::TaskForce, &id, "take_up"), &taken)?;
                    }
                }
                Ok(())
            }),
        ));
    }

    /// What a task force finds on its first day: some of it is solved on the spot.
    fn find_in(&self, id: &str, area: &str, on: Date) -> Result<(), Problem> {
        for entry in 1..=4 {
            let found = [
                ("on", on.to_string()),
                ("place", area.to_owned()),
                ("text", "牲畜越冬饲草储备不足".to_owned()),
            ];
            self.office(to(Noun::TaskForce, id, "find_in_area"), &found)?;
            if entry == 4 {
                break;
            }
            let solved = [
                ("entry", entry.to_string()),
                ("on", on.to_string()),
                ("text", "与供销社当场商定供应。".to_owned()),
            ];
            self.office(to(Noun::TaskForce, id, "solve_find"), &solved)?;
        }
        Ok(())
    }

    /// The matters that a list may name now: those of a head that are registered, oldest first.
    fn matters_of(&self, head: Option<&str>) -> Result<Vec<MatterId>, Problem> {
        let filter = casework::figure::Filter {
            repeat: Some(false),
            head: head.map(|word| HeadId(word.to_owned())),
            ..casework::figure::Filter::default()
        };
        let whole = casework::role::Scope::whole();
        let rows =
            self.house.db.read(|tx| store::figure::list(tx, &filter, &whole, Part::BEGINNING))?;
        let mut ids: Vec<MatterId> = rows.into_iter().map(|row| row.matter).collect();
        ids.sort();
        Ok(ids)
    }

    /// The task forces go home.
    pub(super) fn plan_return(&self, deeds: &mut Vec<(Date, Play)>) {
        let on = date(YEAR, 12, 21);
        deeds.push((
            on,
            Box::new(move |player| {
                for index in 1..=FORCES.len() {
                    let id = format!("{YEAR}-{index}");
                    let words = [("text", "驻点结束，没有解决的问题交乡镇继续办理。".to_owned())];
                    player.office(to(Noun::TaskForce, &id, "dissolve_force"), &words)?;
                }
                Ok(())
            }),
        ));
    }

    /// Court, procuratorate, police and justice meet more than forty times.
    pub(super) fn plan_conferences(&self, deeds: &mut Vec<(Date, Play)>) {
        for turn in 0..CONFERENCES {
            let on = self.day(plus_days(date(YEAR, 2, 17), turn * 7));
            deeds.push((on, Box::new(move |player| player.confer(on, turn))));
            let later = self.day(plus_days(on, FOLLOWED_UP));
            deeds.push((later, Box::new(move |player| player.ask_after(later))));
        }
    }

    fn confer(&self, on: Date, turn: i64) -> Result<(), Problem> {
        let mut fields = vec![
            ("title", format!("涉法涉诉信访专题会议（第{}次）", turn + 1)),
            ("subject", "lawsuits".to_owned()),
            ("on", on.to_string()),
            ("venue", "县委政法委会议室".to_owned()),
            ("convener", "县委政法委书记".to_owned()),
        ];
        let invited = ["court", "procuratorate", "police", "justice", "politics", "xinfang"];
        fields.extend(invited.map(|unit| ("invited", unit.to_owned())));
        let id = self.office(begin(Noun::Conference, "call_conference"), &fields)?;
        let of = |word| to(Noun::Conference, id.as_str(), word);
        // What is open is studied, each in its turn.
        let open = self.matters(true)?;
        let mut matters = self.matters_of(Some("lawsuit"))?;
        matters.retain(|id| open.iter().any(|matter| matter.id == *id));
        let turn = usize::try_from(turn).unwrap_or(0);
        let matter = matters.get(turn % matters.len().max(1)).copied();
        if let Some(matter) = matter {
            self.office(of("put_on_agenda"), &[("matter", matter.to_string())])?;
        }
        let mut held = vec![("text", "逐件研究，明确责任。".to_owned())];
        held.extend(invited.map(|unit| ("present_units", unit.to_owned())));
        self.office(of("hold_conference"), &held)?;
        let Some(matter) = matter else { return Ok(()) };
        let decided = [
            ("text", "由承办机关判后答疑，落实救助。".to_owned()),
            ("owner", "justice".to_owned()),
            ("due_on", plus_days(on, FOLLOWED_UP).to_string()),
            ("matter", matter.to_string()),
        ];
        self.office(of("decide_item"), &decided).map(|_| ())
    }

    /// What was decided is asked after. A matter is solved once its petitioner has an answer since the meeting.
    fn ask_after(&self, on: Date) -> Result<(), Problem> {
        let mut all: Vec<Kept<Conference>> = self.house.db.read(store::duty::all)?;
        all.retain(|kept| plus_days(kept.record.on, FOLLOWED_UP) <= on);
        let mut solved: BTreeSet<MatterId> =
            all.iter().flat_map(|kept| kept.record.solved(on)).collect();
        for Kept { id, record, .. } in &all {
            let Some(matter) =
                record.matter_of(1).filter(|_| record.entries(Entries::ToCarryOut).contains(&1))
            else {
                continue;
            };
            let told = self.house.db.read(|tx| store::matter::find(tx, matter))?;
            let since = Within { from: record.on, until: on };
            let solves = solved.len() < SOLVED
                && told.is_some_and(|one| one.answered_in(since))
                && solved.insert(matter);
            let done = [
                ("entry", "1".to_owned()),
                ("on", on.to_string()),
                ("text", "已落实。".to_owned()),
                ("solved_matter", if solves { "yes" } else { "" }.to_owned()),
            ];
            self.office(to(Noun::Conference, id, "carry_out"), &done)?;
        }
        Ok(())
    }

    /// What is open comes on the list, until it is full and frozen.
    fn list_open(&self) -> Result<(), Problem> {
        let id = format!("{YEAR}-1");
        let found: Option<casework::duty::campaign::Campaign> =
            self.house.db.read(|tx| store::duty::find(tx, &id))?;
        let campaign = found.ok_or_else(|| broken("no campaign"))?;
        if campaign.frozen_on.is_some() {
            return Ok(());
        }
        let fresh = |matter: &MatterId| !campaign.list.contains(matter);
        let open = self.matters(true)?.into_iter().map(|matter| matter.id).filter(fresh);
        let left = LISTED.saturating_sub(campaign.list.len());
        let fresh: Vec<MatterId> = open.take(left).collect();
        for matter in &fresh {
            let listed = [("matter", matter.to_string())];
            self.office(to(Noun::Campaign, &id, "list_matter"), &listed)?;
        }
        if fresh.len() == left {
            self.office(to(Noun::Campaign, &id, "freeze_list"), &[])?;
        }
        Ok(())
    }

    /// The special investigation of August and September, and the outreach before winter.
    pub(super) fn plan_campaigns(&self, deeds: &mut Vec<(Date, Play)>) {
        let (from, until) = (date(YEAR, 8, 1), date(YEAR, 9, 30));
        deeds.push((
            from,
            Box::new(move |player| {
                let fields = [
                    ("name", "信访突出问题专项调查处理".to_owned()),
                    ("campaign_kind", "investigation".to_owned()),
                    ("document", format!("云州委办〔{YEAR}〕18号")),
                    ("from", from.to_string()),
                    ("until", until.to_string()),
                ];
                player.office(begin(Noun::Campaign, "begin_campaign"), &fields).map(|_| ())
            }),
        ));
        for step in 0..16 {
            let on = self.day(plus_days(from, step * 3));
            deeds.push((on, Box::new(|player| player.list_open())));
        }
        for week in 1..=8 {
            let on = self.day(plus_days(from, week * 7));
            deeds.push((
                on,
                Box::new(move |player| {
                    let id = format!("{YEAR}-1");
                    let fields = [
                        ("on", on.to_string()),
                        ("text", format!("第{week}周：入户核实，逐件会商。")),
                    ];
                    player.office(to(Noun::Campaign, &id, "report_progress"), &fields).map(|_| ())
                }),
            ));
        }
        deeds.push((
            date(YEAR, 9, 25),
            Box::new(|player| {
                let id = format!("{YEAR}-1");
                let found: Option<casework::duty::campaign::Campaign> =
                    player.house.db.read(|tx| store::duty::find(tx, &id))?;
                let listed = found.map(|campaign| campaign.list).unwrap_or_default();
                let open = player.matters(true)?;
                let Some(matter) = open.iter().find(|one| listed.contains(&one.id)) else {
                    return Ok(());
                };
                let left = [
                    ("matter", matter.id.to_string()),
                    ("on", date(YEAR, 9, 25).to_string()),
                    ("reason", "当事人已向人民法院起诉，由法院审理。".to_owned()),
                ];
                player.office(to(Noun::Campaign, &id, "leave_list"), &left).map(|_| ())
            }),
        ));
        deeds.push((
            date(YEAR, 12, 30),
            Box::new(|player| {
                let id = format!("{YEAR}-2");
                let text = [("text", "问题逐件落实，资金使用情况公布。".to_owned())];
                player.office(to(Noun::Campaign, &id, "close_campaign"), &text).map(|_| ())
            }),
        ));
        deeds.push((
            until,
            Box::new(move |player| {
                let id = format!("{YEAR}-1");
                let text = [("text", "按清单逐件办理，结果对照清单公布。".to_owned())];
                player.office(to(Noun::Campaign, &id, "close_campaign"), &text).map(|_| ())
            }),
        ));
        self.plan_winter(deeds);
    }

    /// The concentrated visits before winter, with what was raised for it.
    fn plan_winter(&self, deeds: &mut Vec<(Date, Play)>) {
        let winter = date(YEAR, 11, 28);
        deeds.push((
            winter,
            Box::new(move |player| {
                let fields = [
                    ("name", "冬季集中下访".to_owned()),
                    ("campaign_kind", "outreach".to_owned()),
                    ("document", format!("云办发〔{YEAR}〕61号")),
                    ("from", winter.to_string()),
                    ("until", date(YEAR, 12, 30).to_string()),
                ];
                player.office(begin(Noun::Campaign, "begin_campaign"), &fields).map(|_| ())
            }),
        ));
        for (day, source, yuan, used_for) in [
            (3, "县财政局", 58_000, "困难群众冬季取暖"),
            (8, "机关干部捐款", 31_600, "危房修缮"),
            (12, "爱心企业", 17_500, "牲畜越冬饲草"),
        ] {
            let on = date(YEAR, 12, day);
            deeds.push((
                on,
                Box::new(move |player| {
                    let id = format!("{YEAR}-2");
                    let fields = [
                        ("on", on.to_string()),
                        ("source", source.to_owned()),
                        ("yuan", yuan.to_string()),
                        ("used_for", used_for.to_owned()),
                    ];
                    player.office(to(Noun::Campaign, &id, "raise_fund"), &fields).map(|_| ())
                }),
            ));
        }
    }
}
