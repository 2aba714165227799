//! Reception days and visits of the played year (演示接访、下访).

use super::super::deed::Turn;
use super::super::plan::Plan;
use super::super::player::Player;
use super::super::{YEAR, broken};
use super::{Play, begin, to};
use crate::problem::Problem;
use casework::calendar::plus_days;
use casework::duty::Noun;
use casework::duty::outreach::Outreach;
use casework::matter::MatterId;
use casework::moment::Within;
use casework::org::{Actor, Place, UnitKind};
use jiff::civil::{Date, date};

/// A leader goes out to a village (下访).
struct PlannedVisit<'a> {
    on: Date,
    place: &'a Place,
    campaign: bool,
    /// How many are brought up there, and solved on the spot.
    problems: usize,
}

impl Player<'_> {
    /// Six leaders receive every month; the days of next spring are announced already.
    pub(super) fn plan_receptions(&self, deeds: &mut Vec<(Date, Play)>) {
        const RECEIVING: usize = 6;
        deeds.push((
            date(YEAR, 1, 3),
            Box::new(|player| {
                for (index, leader) in player.leaders.iter().take(RECEIVING).enumerate() {
                    let day = 5 + index * 4;
                    let fields = [
                        ("every", "month".to_owned()),
                        ("day_number", day.to_string()),
                        ("until", date(YEAR + 1, 2, 28).to_string()),
                        ("leader", leader.account.0.clone()),
                        ("on", date(YEAR, 1, 3).to_string()),
                        ("hours", "9:00–11:30".to_owned()),
                        ("venue", "县信访接待大厅一号接待室".to_owned()),
                        ("topic", String::new()),
                        ("places", "4".to_owned()),
                    ];
                    player.office(begin(Noun::Reception, "plan_days"), &fields)?;
                }
                Ok(())
            }),
        ));
        for (month, next) in (1..=12).map(|month| (month, month == 12)) {
            let announced = if month == 1 { date(YEAR, 1, 3) } else { date(YEAR, month - 1, 24) };
            let (from, until) = (date(YEAR, month, 1), date(YEAR, month, 1).last_of_month());
            deeds
                .push((announced, Box::new(move |player| player.announce(Within { from, until }))));
            if next {
                let ahead = Within { from: date(YEAR + 1, 1, 1), until: date(YEAR + 1, 2, 28) };
                deeds.push((date(YEAR, 12, 24), Box::new(move |player| player.announce(ahead))));
            }
        }
        deeds.push((date(YEAR, 12, 30), Box::new(|player| player.open_day())));
        for month in 2..=12 {
            let on = self.day(date(YEAR, month, 22));
            deeds.push((on, Box::new(move |player| player.follow_up(on))));
        }
        // On each day the people who are there are received.
        let mut day = date(YEAR, 1, 3);
        while day < date(YEAR, 12, 31) {
            deeds.push((day, Box::new(move |player| player.receive(day))));
            day = casework::calendar::tomorrow(day);
        }
    }

    /// The last day of the year, on which the demonstration opens: the first leader receives; two people
    /// have a place, a third waits.
    fn open_day(&self) -> Result<(), Problem> {
        let leader = self.leaders.first().ok_or_else(|| broken("no leader"))?;
        let fields = [
            ("leader", leader.account.0.clone()),
            ("on", date(YEAR, 12, 31).to_string()),
            ("hours", "9:00–11:30".to_owned()),
            ("venue", "县信访接待大厅一号接待室".to_owned()),
            ("topic", "冬季取暖和民生".to_owned()),
            ("places", "2".to_owned()),
        ];
        let id = self.office(begin(Noun::Reception, "plan_day"), &fields)?;
        self.office(to(Noun::Reception, &id, "publish_day"), &[])?;
        for (turn, topic) in [(1, "问危房改造的进度"), (2, "反映供暖不热"), (3, "问补贴发放")]
        {
            let wish = [
                ("booked_how", "counter".to_owned()),
                ("name", self.name_of(700 + turn)),
                ("phone", format!("1390000{:04}", 700 + turn)),
                ("topic", topic.to_owned()),
            ];
            self.office(to(Noun::Reception, &id, "book"), &wish)?;
        }
        Ok(())
    }

    fn days_within(
        &self,
        within: Within,
    ) -> Result<Vec<(String, casework::duty::reception::Reception)>, Problem> {
        let days = self
            .house
            .db
            .read(|tx| store::duty::within::<casework::duty::reception::Reception>(tx, within))?;
        Ok(days.into_iter().map(|kept| (kept.id, kept.record)).collect())
    }

    fn announce(&self, within: Within) -> Result<(), Problem> {
        for (id, day) in self.days_within(within)? {
            if day.published_on.is_none() {
                self.office(to(Noun::Reception, &id, "publish_day"), &[])?;
            }
        }
        Ok(())
    }

    /// What was promised on earlier days is done, and noted.
    fn follow_up(&self, day: Date) -> Result<(), Problem> {
        for (id, reception) in
            self.days_within(Within { from: plus_days(day, -70), until: plus_days(day, -9) })?
        {
            let open = |one: &casework::duty::booking::Booking| {
                one.outcome.as_ref().is_some_and(|outcome| outcome.done.is_none())
            };
            for booking in reception.bookings.iter().filter(|one| open(one)) {
                let done = [
                    ("entry", booking.ordinal.to_string()),
                    ("on", day.to_string()),
                    ("text", "已核实，当面答复。".to_owned()),
                ];
                self.office(to(Noun::Reception, &id, "follow_up"), &done)?;
            }
        }
        Ok(())
    }

    fn receive(&self, day: Date) -> Result<(), Problem> {
        for (id, reception) in self.days_within(Within::day(day))? {
            let of = |word| to(Noun::Reception, id.as_str(), word);
            let serial: u32 = id.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(1);
            for visitor in 1..=(1 + serial % 2) {
                let name = self.name_of(serial * 3 + visitor);
                let walk_in = [
                    ("booked_how", "walk_in".to_owned()),
                    ("name", name),
                    ("topic", "反映办理进度".to_owned()),
                ];
                self.office(of("book"), &walk_in)?;
                let outcome = [
                    ("entry", visitor.to_string()),
                    ("text", "请承办单位核实后当面答复。".to_owned()),
                    ("owner", "agri".to_owned()),
                    ("due_on", plus_days(day, 15).to_string()),
                ];
                self.office(of("receive"), &outcome)?;
            }
            let leader = self.leaders.iter().find(|one| one.account == reception.leader);
            self.duty(leader.ok_or_else(|| broken("a leader"))?, of("close_day"), &[])?;
        }
        Ok(())
    }

    /// County leaders go out four times, the last time all together before winter; heads of bureaux four
    /// times; heads of townships every month.
    pub(super) fn plan_visits(&self, deeds: &mut Vec<(Date, Play)>) {
        let places = self.villages.clone();
        let place = move |n: usize| places.get(n % places.len().max(1)).cloned();
        for (index, leader) in self.leaders.iter().cloned().enumerate() {
            for turn in 0..4 {
                let start =
                    if turn == 3 { date(YEAR, 12, 1) } else { date(YEAR, 2 + 3 * turn, 10) };
                let on = self.day(plus_days(start, i64::try_from(index % 20).unwrap_or(0)));
                let (leader, campaign) = (leader.clone(), turn == 3);
                let Some(place) = place(index * 4 + usize::from(turn.unsigned_abs())) else {
                    continue;
                };
                // In the campaign one for each leader and one more for two of five; else every second visit has one.
                let problems = if campaign { 1 + usize::from(index % 5 < 2) } else { index % 2 };
                deeds.push((
                    on,
                    Box::new(move |player| {
                        player
                            .visit(&leader, &PlannedVisit { on, place: &place, campaign, problems })
                    }),
                ));
            }
        }
        for (kind, months) in [(UnitKind::Bureau, [2i8, 5, 8, 11].as_slice())] {
            for (index, head) in self.heads(kind).into_iter().enumerate() {
                for month in months {
                    let on = self
                        .day(plus_days(date(YEAR, *month, 5), i64::try_from(index).unwrap_or(0)));
                    let (head, Some(place)) = (head.clone(), place(index)) else { continue };
                    deeds.push((
                        on,
                        Box::new(move |player| {
                            let visit =
                                PlannedVisit { on, place: &place, campaign: false, problems: 1 };
                            player.visit(&head, &visit)
                        }),
                    ));
                }
            }
        }
        for (index, head) in self.heads(UnitKind::Township).into_iter().enumerate() {
            for month in 1..=12 {
                // Some townships keep their quota and some do not; the board says which.
                let visits = if index < 3 { 8 } else { 3 };
                for turn in 0..visits {
                    let on = self.day(plus_days(date(YEAR, month, 3), turn * 3));
                    let step = usize::try_from(turn).unwrap_or(0);
                    let (head, Some(place)) = (head.clone(), place(index + step)) else {
                        continue;
                    };
                    let problems = usize::from(turn == 0 && month % 3 == 0);
                    deeds.push((
                        on,
                        Box::new(move |player| {
                            player.visit(
                                &head,
                                &PlannedVisit { on, place: &place, campaign: false, problems },
                            )
                        }),
                    ));
                }
            }
        }
    }

    /// A leader goes where somebody lives, hears them, and what is said becomes a petition.
    pub(in crate::demo) fn hear(
        &self,
        plan: &Plan,
        Turn { on, serial }: Turn,
    ) -> Result<MatterId, Problem> {
        let turn = usize::try_from(serial).unwrap_or(0);
        let leader = self.leaders.get(turn % self.leaders.len().max(1));
        let leader = leader.ok_or_else(|| broken("no leader"))?;
        let visit = [
            ("leader", leader.account.0.clone()),
            ("on", on.to_string()),
            ("place", plan.place.0.clone()),
            ("venue", "农户家中".to_owned()),
        ];
        let id = self.duty(leader, begin(Noun::Outreach, "plan_visit"), &visit)?;
        let of = |word| to(Noun::Outreach, id.as_str(), word);
        let went = [
            ("on", on.to_string()),
            ("met", "3".to_owned()),
            ("text", "入户听取意见，查看现场。".to_owned()),
        ];
        self.duty(leader, of("record_visit"), &went)?;
        let said = [
            ("text", plan.story.text.clone()),
            ("demand", plan.story.demands.first().cloned().unwrap_or_default()),
            ("name", plan.who.name.clone()),
            ("phone", plan.who.phone.clone()),
            ("category", plan.story.category.clone()),
        ];
        self.duty(leader, of("find_problem"), &said)?;
        let kept: Option<Outreach> = self.house.db.read(|tx| store::duty::find(tx, &id))?;
        kept.and_then(|visit| visit.matter_of(1)).ok_or_else(|| broken("nothing was heard"))
    }

    fn visit(&self, leader: &Actor, visit: &PlannedVisit) -> Result<(), Problem> {
        let PlannedVisit { on, place, campaign, problems } = *visit;
        let mut fields = vec![
            ("leader", leader.account.0.clone()),
            ("on", on.to_string()),
            ("place", place.0.clone()),
            ("venue", "村委会和农户家中".to_owned()),
        ];
        if campaign {
            fields.push(("campaign", format!("{YEAR}-2")));
        }
        let id = self.duty(leader, begin(Noun::Outreach, "plan_visit"), &fields)?;
        let of = |word| to(Noun::Outreach, id.as_str(), word);
        let went = [
            ("on", on.to_string()),
            ("met", (6 + problems * 4).to_string()),
            ("text", "听取意见，查看现场。".to_owned()),
        ];
        self.duty(leader, of("record_visit"), &went)?;
        for entry in 1..=problems {
            let found = [("text", "冬季取暖、饮水和出行的困难".to_owned())];
            self.duty(leader, of("find_problem"), &found)?;
            let solved = [
                ("entry", entry.to_string()),
                ("on", on.to_string()),
                ("text", "当场协调解决".to_owned()),
            ];
            self.duty(leader, of("solve_problem"), &solved)?;
        }
        Ok(())
    }
}
