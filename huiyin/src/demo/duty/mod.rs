//! The county's duties of the played year (演示责任落实): seats, terms, quotas, agreements, reception days,
//! visits, task forces, conferences, campaigns, help, publicity, rules; acted out through the same doors that
//! people use, so that the report states a county's figures.

mod campaign;
mod field;
mod promise;
mod sponsor;

use super::player::Player;
use super::{YEAR, broken};
use crate::act::Answers;
use crate::by::By;
use crate::duty::DutyAct;
use crate::problem::Problem;
use casework::duty::Noun;
use casework::moment::Within;
use casework::org::Level;
use casework::org::{Actor, Role, UnitKind};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// Something to be done on a day, by the numbers that the records get in their order.
type Play = Box<dyn Fn(&Player<'_>) -> Result<(), Problem>>;

/// What is to be done, by day.
pub(super) struct Agenda {
    deeds: Vec<(Date, Play)>,
    next: usize,
}

impl Agenda {
    /// Does what is due until a day, each on its own morning.
    pub(super) fn until(&mut self, player: &Player<'_>, day: Date) -> Result<(), Problem> {
        while let Some((on, deed)) = self.deeds.get(self.next) {
            if *on > day {
                break;
            }
            let before = self.deeds.iter().take(self.next).rev();
            let today = before.take_while(|(day, _)| day == on).count();
            let minute = i8::try_from(today).unwrap_or(59).min(59);
            player.house.clock.set(player.house.instant(*on, 8, minute));
            deed(player)?;
            self.next += 1;
        }
        Ok(())
    }
}

/// A form's answers.
fn answers(fields: &[(&str, String)]) -> Answers {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in fields {
        values.entry((*name).to_owned()).or_default().push(value.clone());
    }
    Answers { values, files: Vec::new() }
}

/// An act of the duty side and the record that it is done to; none for one that begins (履职操作).
#[derive(Clone, Copy)]
struct On<'a> {
    noun: Noun,
    id: &'a str,
    act: &'a str,
}

/// To the record of a number.
fn to<'a>(noun: Noun, id: &'a str, act: &'a str) -> On<'a> {
    On { noun, id, act }
}

/// What begins a record.
fn begin(noun: Noun, act: &str) -> On<'_> {
    On { noun, id: "", act }
}

impl Player<'_> {
    /// Does an act on a record.
    fn duty(
        &self,
        actor: &Actor,
        on: On<'_>,
        fields: &[(&str, String)],
    ) -> Result<String, Problem> {
        let act = DutyAct::find(on.noun, on.act).ok_or_else(|| broken(on.act))?;
        Ok(act.run(self.house, By::now(self.house, actor), on.id, &answers(fields))?.id)
    }

    fn clerk(&self) -> Result<Actor, Problem> {
        self.person(&self.house.office.0, Role::RegistrationClerk)
    }

    /// The office's people enter it.
    fn office(&self, on: On<'_>, fields: &[(&str, String)]) -> Result<String, Problem> {
        self.duty(&self.clerk()?, on, fields)
    }

    /// What the county does in the year, in the order of its days.
    pub(super) fn agenda(&self) -> Agenda {
        let mut deeds: Vec<(Date, Play)> = Vec::new();
        self.plan_group(&mut deeds);
        self.plan_rules(&mut deeds);
        self.plan_agreements(&mut deeds);
        self.plan_receptions(&mut deeds);
        self.plan_visits(&mut deeds);
        self.plan_forces(&mut deeds);
        self.plan_return(&mut deeds);
        self.plan_conferences(&mut deeds);
        self.plan_changes(&mut deeds);
        self.plan_campaigns(&mut deeds);
        self.plan_help(&mut deeds);
        self.plan_sponsors(&mut deeds);
        self.plan_report(&mut deeds);
        deeds.sort_by_key(|(on, _)| *on);
        Agenda { deeds, next: 0 }
    }

    /// The leading group, terms in office and quotas.
    fn plan_group(&self, deeds: &mut Vec<(Date, Play)>) {
        let first = date(YEAR, 1, 2);
        deeds.push((
            first,
            Box::new(move |player| {
                let from = date(YEAR, 1, 1).to_string();
                for (index, leader) in player.leaders.iter().take(9).enumerate() {
                    let seat = match index {
                        0 => "head",
                        1 | 2 => "deputy",
                        _ => "member",
                    };
                    let fields = [
                        ("person", leader.account.0.clone()),
                        ("seat", seat.to_owned()),
                        ("document", format!("云委〔{YEAR}〕3号")),
                        ("from", from.clone()),
                    ];
                    player.office(begin(Noun::Seat, "take_seat"), &fields)?;
                }
                player.terms(&from)?;
                player.quotas(&from)
            }),
        ));
    }

    /// A leader is away in summer and another stands in; a seat in the leading group changes hands.
    fn plan_changes(&self, deeds: &mut Vec<(Date, Play)>) {
        deeds.push((
            date(YEAR, 6, 2),
            Box::new(|player| {
                let leader = player.leaders.get(3).ok_or_else(|| broken("no leader"))?;
                let terms: Vec<casework::duty::Kept<casework::duty::tenure::Tenure>> =
                    player.house.db.read(|tx| store::duty::of(tx, &leader.account))?;
                for term in terms {
                    let away = [
                        ("from", date(YEAR, 7, 7).to_string()),
                        ("until", date(YEAR, 7, 18).to_string()),
                    ];
                    player.office(to(Noun::Tenure, &term.id, "take_leave"), &away)?;
                }
                let days: Vec<casework::duty::Kept<casework::duty::reception::Reception>> =
                    player.house.db.read(|tx| {
                        store::duty::within(
                            tx,
                            Within { from: date(YEAR, 7, 7), until: date(YEAR, 7, 18) },
                        )
                    })?;
                let by = player.leaders.get(8).ok_or_else(|| broken("no leader"))?;
                for day in days.iter().filter(|kept| kept.record.leader == leader.account) {
                    let instead = [
                        ("leader", by.account.0.clone()),
                        ("reason", "休假，由其他县领导接访".to_owned()),
                    ];
                    player.office(to(Noun::Reception, &day.id, "substitute"), &instead)?;
                }
                Ok(())
            }),
        ));
        deeds.push((
            date(YEAR, 9, 2),
            Box::new(|player| {
                let last = [("until", date(YEAR, 9, 1).to_string())];
                player.office(to(Noun::Seat, &format!("{YEAR}-9"), "leave_seat"), &last)?;
                let next = player.leaders.get(9).ok_or_else(|| broken("no leader"))?;
                let seat = [
                    ("person", next.account.0.clone()),
                    ("seat", "member".to_owned()),
                    ("document", format!("云委〔{YEAR}〕41号")),
                    ("from", date(YEAR, 9, 2).to_string()),
                ];
                player.office(begin(Noun::Seat, "take_seat"), &seat).map(|_| ())
            }),
        ));
    }

    fn terms(&self, from: &str) -> Result<(), Problem> {
        let directory = self.house.directory();
        let townships: Vec<String> = directory
            .places
            .values()
            .filter(|place| place.level == Level::Township)
            .map(|place| place.code.0.clone())
            .collect();
        let term = |actor: &Actor, grade: &str, post: String, area: Option<&String>| {
            let mut fields = vec![
                ("person", actor.account.0.clone()),
                ("unit", actor.unit.0.clone()),
                ("grade", grade.to_owned()),
                ("post_name", post),
                ("from", from.to_owned()),
            ];
            fields.extend(area.map(|area| ("areas", area.clone())));
            self.office(begin(Noun::Tenure, "begin_term"), &fields).map(|_| ())
        };
        for (index, leader) in self.leaders.iter().enumerate() {
            let post = self.posts.get(&leader.account.0).cloned().unwrap_or_default();
            term(leader, "county_leader", post, townships.get(index % townships.len().max(1)))?;
        }
        for (grade, kind) in
            [("department_head", UnitKind::Bureau), ("township_head", UnitKind::Township)]
        {
            for head in self.heads(kind) {
                let unit = directory.units.get(&head.unit);
                let own = unit.filter(|_| kind == UnitKind::Township).map(|unit| &unit.place.0);
                let post = if kind == UnitKind::Township { "乡镇长" } else { "局长" };
                term(&head, grade, post.to_owned(), own)?;
            }
        }
        Ok(())
    }

    /// The heads of the units of a kind.
    fn heads(&self, kind: UnitKind) -> Vec<Actor> {
        let directory = self.house.directory();
        let of_kind = directory.units.values().filter(|unit| unit.kind == kind);
        of_kind.filter_map(|unit| self.person(&unit.id.0, Role::UnitHead).ok()).collect()
    }

    fn quotas(&self, from: &str) -> Result<(), Problem> {
        for (grade, period, least, appointment, solve) in [
            ("county_leader", "year", 4, "", 5),
            ("department_head", "year", 4, "yes", 4),
            ("township_head", "month", 8, "yes", 3),
        ] {
            let fields = [
                ("grade", grade.to_owned()),
                ("period", period.to_owned()),
                ("least", least.to_string()),
                ("outreach", "yes".to_owned()),
                ("appointment", appointment.to_owned()),
                ("solve", solve.to_string()),
                ("document", format!("云信领〔{YEAR}〕1号")),
                ("from", from.to_owned()),
            ];
            self.office(begin(Noun::Quota, "set_quota"), &fields)?;
        }
        Ok(())
    }

    fn townships(&self) -> Vec<String> {
        let directory = self.house.directory();
        let townships = directory.places.values().filter(|place| place.level == Level::Township);
        townships.map(|place| place.code.0.clone()).collect()
    }
}
