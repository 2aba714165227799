//! The year's player (演一年): who comes on which day, and what the office and the units then do.

use super::deed::Turn;
use super::plan::{Came, Course, Happening, Letter, Plan, What};
use super::special::Special;
use super::story::{Names, Story, names, stories};
use super::{YEAR, broken};
use crate::house::House;
use crate::problem::Problem;
use casework::calendar::{Calendar, plus_days};
use casework::matter::MatterId;
use casework::org::Level;
use casework::org::{Actor, Place, Role};
use casework::petition::Channel;
use jiff::civil::{Date, date};
use rand::SeedableRng;
use rand::rand_core::Rng;
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::account;
use store::vault::Identity;

/// Individual visits, collective visits and letters of the year, and how many of all stay open.
const INDIVIDUAL: u32 = 208;
const COLLECTIVE: u32 = 46;
const LETTERS: u32 = 5;
const OPEN: usize = 25;
/// First petitions; the rest of the year's petitions repeat one of them.
const FIRST: u32 = 171;
const HEADS: [(&str, u32); 5] =
    [("land", 66), ("restructuring", 34), ("demolition", 34), ("lawsuit", 23), ("other", 14)];

pub(super) struct Player<'a> {
    pub(super) house: &'a Arc<House>,
    random: ChaCha20Rng,
    names: Names,
    stories: BTreeMap<String, Vec<Story>>,
    pub(super) villages: Vec<Place>,
    communities: Vec<Place>,
    pub(super) people: BTreeMap<(String, Role), Actor>,
    told: BTreeMap<String, u32>,
    /// The county's leaders, by rank.
    pub(super) leaders: Vec<Actor>,
    /// Posts' names by account.
    pub(super) posts: BTreeMap<String, String>,
}

/// The county reviews an answer that was served on a day.
fn reviewed(calendar: &Calendar, matter: usize, served_on: Date) -> Vec<Happening> {
    let mut at = served_on;
    let steps = [
        (Course::Ask, 8, 9),
        (Course::Accept, 2, 10),
        (Course::Decide, 12, 15),
        (Course::Serve, 2, 10),
    ];
    let happens = |(course, days, hour)| {
        at = calendar.plus_working_days(at, days);
        Happening { at: (at, hour, 45), matter, what: What::Review(course) }
    };
    steps.into_iter().map(happens).collect()
}

/// The magistrate answers a letter that came on a day.
fn replied(calendar: &Calendar, matter: usize, came_on: Date) -> Vec<Happening> {
    let mut at = came_on;
    let came = Happening { at: (came_on, 9, 0), matter, what: What::Come };
    let steps = [
        (Letter::Draft, 4, 10),
        (Letter::Sign, 1, 16),
        (Letter::Serve, 1, 9),
        (Letter::Conclude, 1, 15),
        (Letter::Publish, 5, 9),
    ];
    let happens = |(letter, days, hour)| {
        at = calendar.plus_working_days(at, days);
        Happening { at: (at, hour, 35), matter, what: What::Letter(letter) }
    };
    std::iter::once(came).chain(steps.into_iter().map(happens)).collect()
}

impl<'a> Player<'a> {
    pub(super) fn new(house: &'a Arc<House>) -> Result<Self, Problem> {
        let mut by_head: BTreeMap<String, Vec<Story>> = BTreeMap::new();
        for story in stories()? {
            by_head.entry(story.head.clone()).or_default().push(story);
        }
        let directory = house.directory();
        let (communities, villages) = directory
            .places
            .values()
            .filter(|place| place.level == Level::Village)
            .map(|place| (place.name.ends_with("社区"), place.code.clone()))
            .partition::<Vec<_>, _>(|(community, _)| *community);
        let mut people = BTreeMap::new();
        let (mut leaders, mut posts) = (Vec::new(), BTreeMap::new());
        for account in house.db.read(account::list)? {
            let post = account.post.as_ref().and_then(|post| directory.posts.get(post));
            if let Some(post) = post {
                posts.insert(account.actor.account.0.clone(), post.name.clone());
            }
            if account.actor.is(Role::Leader) {
                leaders.push((post.map_or(u32::MAX, |post| post.rank), account.actor.clone()));
            }
            for role in &account.actor.roles {
                people
                    .entry((account.actor.unit.0.clone(), *role))
                    .or_insert_with(|| account.actor.clone());
            }
        }
        Ok(Self {
            house,
            random: ChaCha20Rng::seed_from_u64(super::SEED + 1),
            names: names()?,
            stories: by_head,
            villages: villages.into_iter().map(|(_, code)| code).collect(),
            communities: communities.into_iter().map(|(_, code)| code).collect(),
            people,
            told: BTreeMap::new(),
            leaders: {
                leaders.sort_by_key(|(rank, _)| *rank);
                leaders.into_iter().map(|(_, actor)| actor).collect()
            },
            posts,
        })
    }

    /// A number below a bound.
    fn below(&mut self, bound: u32) -> u32 {
        if bound == 0 { 0 } else { self.random.next_u32() % bound }
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        let index = self.below(u32::try_from(items.len()).unwrap_or(u32::MAX)) as usize;
        items.get(index).cloned()
    }

    fn who(&mut self) -> Identity {
        let (surnames, given) = (self.names.surnames.clone(), self.names.given.clone());
        let name = if self.below(9) == 0 {
            let names = self.names.minority.clone();
            self.pick(&names).unwrap_or_default()
        } else {
            format!(
                "{}{}",
                self.pick(&surnames).unwrap_or_default(),
                self.pick(&given).unwrap_or_default()
            )
        };
        let phone = format!("1{}{:09}", 30 + self.below(9), self.below(1_000_000_000));
        Identity { name, phone: phone.chars().take(11).collect(), ..Identity::default() }
    }

    /// A made-up name by a number, without drawing.
    pub(super) fn name_of(&self, number: u32) -> String {
        let pick = |names: &[String], n: u32| {
            let index = n as usize % names.len().max(1);
            names.get(index).cloned().unwrap_or_default()
        };
        format!("{}{}", pick(&self.names.surnames, number), pick(&self.names.given, number * 7))
    }

    /// A working day from a day on, within the year.
    pub(super) fn day(&self, on: Date) -> Date {
        let calendar = self.house.calendar();
        let last = date(YEAR, 12, 31);
        calendar.back(calendar.forward(on).min(last))
    }

    fn plan(&mut self) -> Result<Vec<Plan>, Problem> {
        let mut channels: Vec<(Channel, bool)> = Vec::new();
        channels.extend((0..INDIVIDUAL).map(|_| (Channel::Visit, false)));
        channels.extend((0..COLLECTIVE).map(|_| (Channel::Visit, true)));
        channels.extend((0..LETTERS).map(|_| (Channel::Letter, false)));
        for index in (1..channels.len()).rev() {
            let other = self.below(u32::try_from(index + 1).unwrap_or(1)) as usize;
            channels.swap(index, other);
        }
        let mut heads: Vec<&str> =
            HEADS.iter().flat_map(|(head, count)| (0..*count).map(move |_| *head)).collect();
        for index in (1..heads.len()).rev() {
            let other = self.below(u32::try_from(index + 1).unwrap_or(1)) as usize;
            heads.swap(index, other);
        }
        let repeats = channels.split_off(FIRST as usize);
        let mut plans = Vec::new();
        for (index, ((channel, collective), head)) in (0u32..).zip(channels.into_iter().zip(heads))
        {
            // The year's petitions come evenly, the first at once, the last at the end of December.
            let on = self.day(plus_days(date(YEAR, 1, 2), i64::from(index * 361 / FIRST)));
            plans.push(self.plan_one(head, channel, collective, on)?);
        }
        self.plan_repeats(&mut plans, repeats);
        self.plan_open(&mut plans);
        for (index, plan) in plans.iter_mut().enumerate() {
            plan.came = Came::of(index, plan);
            if plan.came == Came::Found {
                // What is said on a doorstep is one thing.
                plan.story.demands.truncate(1);
                plan.headcount = 1;
            }
        }
        // One of each, a fortnight apart, early enough that it comes to its end.
        for (turn, special) in (2..).zip(Special::ALL) {
            let from = plus_days(date(YEAR, 1, 20), 14 * turn);
            let fits = |plan: &&mut Plan| plan.on >= from && plan.plain() && plan.special.is_none();
            if let Some(plan) = plans.iter_mut().find(fits) {
                plan.special = Some(special);
                plan.headcount = 1;
            }
        }
        Ok(plans)
    }

    fn plan_one(
        &mut self,
        head: &str,
        channel: Channel,
        collective: bool,
        on: Date,
    ) -> Result<Plan, Problem> {
        let stories = self.stories.get(head).cloned().unwrap_or_default();
        let fitting: Vec<Story> =
            stories.iter().filter(|story| story.collective || !collective).cloned().collect();
        let told = self.told.entry(format!("{head}{collective}")).or_default();
        *told += 1;
        let story = fitting
            .get(*told as usize % fitting.len().max(1))
            .cloned()
            .ok_or_else(|| broken(head))?;
        let rural =
            !story.category.contains("国有土地") && head != "lawsuit" && head != "restructuring";
        let places = if rural { self.villages.clone() } else { self.communities.clone() };
        let place = self.pick(&places).ok_or_else(|| broken("no place"))?;
        let name = self
            .house
            .directory()
            .places
            .get(&place)
            .map(|place| place.name.clone())
            .unwrap_or_default();
        let year = 2012 + i16::try_from(self.below(10)).unwrap_or(0);
        let count = 6 + self.below(30);
        let amount = 8_000 + 500 * self.below(140);
        let headcount = if collective { 5 + self.below(32) } else { 1 + self.below(3) };
        Ok(Plan {
            story: story.told(&name, year, count, amount),
            place,
            who: self.who(),
            headcount: if channel == Channel::Letter { 1 } else { headcount },
            channel,
            on,
            again: Vec::new(),
            open: 0,
            came: Came::Office,
            special: None,
        })
    }

    /// Every repeat belongs to an earlier matter; some matters have two or three.
    fn plan_repeats(&mut self, plans: &mut [Plan], repeats: Vec<(Channel, bool)>) {
        for (channel, collective) in repeats {
            let index = self.below(FIRST * 7 / 10) as usize;
            let days = i64::from(6 + self.below(70));
            let headcount = if collective { 5 + self.below(20) } else { 1 };
            let Some(plan) = plans.get(index) else { continue };
            let on = self.day(plus_days(plan.on, days));
            if let Some(plan) = plans.get_mut(index) {
                plan.again.push((on, channel, headcount));
            }
        }
    }

    /// Twenty-five petitions stay open: the last ones to come, at every step of the work, and two
    /// older ones that a unit has let run late.
    fn plan_open(&mut self, plans: &mut [Plan]) {
        let mut left = OPEN;
        let late = [FIRST as usize / 2, FIRST as usize / 2 + 9];
        for index in late {
            if let Some(plan) = plans.get_mut(index) {
                let size = 1 + plan.again.len();
                if size <= left {
                    plan.open = 4;
                    left -= size;
                }
            }
        }
        for (turn, plan) in (0u32..).zip(plans.iter_mut().rev()) {
            let size = 1 + plan.again.len();
            if left == 0 {
                break;
            }
            if plan.open == 0 && size <= left {
                // The newest are at the first steps, so that the demonstration's queue looks lived in.
                plan.open = match turn {
                    0..4 => 1,
                    4..8 => 2,
                    8..12 => 3,
                    12..16 => 4,
                    16..18 => 5,
                    _ => 6,
                };
                left -= size;
            }
        }
    }

    /// What happens with a matter after it came.
    fn events(&mut self, matter: usize, plan: &Plan, out: &mut Vec<Happening>) {
        let mut at = plan.on;
        let calendar = self.house.calendar();
        let mut push = |what: What, on: Date, hour: i8, minute: u32| {
            let minute = i8::try_from(minute % 60).unwrap_or(0);
            out.push(Happening { at: (on, hour, minute), matter, what });
        };
        push(What::Come, at, 9, self.random.next_u32());
        if matter % 53 == 11 && plan.came == Came::Office && plan.headcount < 4 {
            push(What::Correct, at, 10, 0);
        }
        for (turn, (on, channel, headcount)) in (0u32..).zip(&plan.again) {
            push(What::Again(*channel, *headcount), *on, 15, self.random.next_u32());
            let told = calendar.plus_working_days(*on, 2 + turn % 3);
            push(What::TellAgain, told, 10, 15);
            push(What::NotifyAgain, calendar.plus_working_days(told, 1), 9, 10);
        }
        let mut after = |on: Date, least: u32, spread: u32| {
            calendar.plus_working_days(on, least + self.random.next_u32() % spread)
        };
        if plan.open == 1 {
            return;
        }
        if plan.came == Came::PassedOn {
            push(What::PassOn, at, 11, 30);
            push(What::TakeOver, at, 16, 45);
        }
        at = after(at, 1, 5);
        let referred = plan.came != Came::Township;
        if referred {
            push(What::Refer, at, 10, 5);
        }
        // What waits for a unit's first look has just gone out; its notice goes tomorrow.
        if referred && plan.open != 2 {
            push(What::Notify, calendar.plus_working_days(at, 1), 8, 50);
        }
        if matter % 23 == 7 && plan.open == 0 && referred {
            at = after(at, 1, 3);
            push(What::Object, at, 11, 0);
            at = after(at, 1, 2);
            push(What::Return, at, 16, 30);
            at = after(at, 1, 2);
            push(What::Refer, at, 10, 40);
        }
        if plan.open == 2 {
            return;
        }
        at = after(at, 1, 4);
        push(What::Accept, at, 14, 20);
        let accepted = at;
        if plan.open == 3 {
            return;
        }
        push(What::Notify, calendar.plus_working_days(at, 1), 8, 55);
        push(What::Hear, calendar.plus_working_days(at, 1), 10, 30);
        for step in 0..plan.story.steps.len() {
            at = after(at, 2, 4);
            push(What::Step(step), at, 16, 0);
        }
        if plan.open == 4 {
            // What runs late is followed up; one of the units has answered, the other not yet.
            if plan.on < date(YEAR, 9, 1) {
                at = calendar.plus_working_days(accepted, 60);
                push(What::Supervise, at, 9, 20);
                if matter.is_multiple_of(2) {
                    push(What::AnswerSupervision, calendar.plus_working_days(at, 9), 16, 10);
                }
            }
            return;
        }
        if matter % 11 == 3 && plan.open == 0 && plan.on < date(YEAR, 8, 20) {
            let asked = after(at, 1, 3);
            push(What::AskExtension, asked, 9, 10);
            push(What::Extend, asked, 17, 0);
            push(What::Notify, calendar.plus_working_days(asked, 1), 9, 0);
            let days = 62 + self.random.next_u32() % 20;
            at = self.day(plus_days(accepted, i64::from(days)));
        }
        let mut after = |on: Date, least: u32, spread: u32| {
            calendar.plus_working_days(on, least + self.random.next_u32() % spread)
        };
        at = after(at, 1, 5);
        push(What::Answer, at, 10, 30);
        if plan.open == 5 {
            return;
        }
        push(What::Sign, at, 15, 30);
        at = after(at, 1, 3);
        push(What::Serve, at, 9, 40);
        if plan.open == 6 {
            return;
        }
        push(What::Conclude, at, 17, 20);
        push(What::Execute, calendar.plus_working_days(at, 8), 11, 5);
        if matter % 6 == 3 {
            push(What::Rate, calendar.plus_working_days(at, 3), 20, 15);
        }
        // A few are not content, and the county reviews the answer.
        if matter % 29 == 5 && plan.open == 0 && plan.on < date(YEAR, 8, 1) {
            out.extend(reviewed(&calendar, matter, at));
        }
    }

    /// Plays the year.
    pub(super) fn year(mut self, mut progress: impl FnMut(u64, u64)) -> Result<(), Problem> {
        self.open_mailboxes()?;
        let plans = self.plan()?;
        let mut events = Vec::new();
        for (matter, plan) in plans.iter().enumerate() {
            let calendar = self.house.calendar();
            if let Some(special) = plan.special {
                events.extend(special.happenings(&calendar, matter, plan.on));
            } else if plan.own() {
                events.extend(replied(&calendar, matter, plan.on));
            } else {
                self.events(matter, plan, &mut events);
            }
        }
        // What would fall into the next year happens on the last days of this one, in order.
        events.sort_by_key(|event| event.at);
        let mut ids: Vec<Option<MatterId>> = plans.iter().map(|_| None).collect();
        let mut agenda = self.agenda();
        let total = events.len() as u64;
        let mut serial = 0;
        for (done, event) in (1u64..).zip(&events) {
            let (on, hour, minute) = event.at;
            let last = date(YEAR, 12, 30);
            let (on, hour, minute) = if on > last { (last, 18, 0) } else { (on, hour, minute) };
            agenda.until(&self, on)?;
            self.house.clock.set(self.house.instant(on, hour, minute));
            if let (Some(plan), Some(id)) = (plans.get(event.matter), ids.get_mut(event.matter)) {
                serial += 1;
                self.happen(plan, id, &event.what, Turn { on, serial })?;
            }
            progress(done, total);
        }
        agenda.until(&self, date(YEAR, 12, 31))
    }
}
