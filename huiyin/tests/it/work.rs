//! Work is counted, not timed: what people read again and again costs no more in an office that is ten times as
//! large (`docs/performance.md`). The engine's own counters are compared, of an office, of one in which ten times as
//! much goes on, and of one with ten times as much behind it. A page of the desk, the portal or the API that is new
//! is measured by its address in the tables of `pages.rs` and below; a filter, a bucket, a figure or a job by being
//! there.

use crate::office::{Answer, Office, apart, petition};
use crate::pages::{PEOPLE, TABLE};
use axum::http::{Method, StatusCode};
use casework::figure::{FigureKey, catalogue};
use casework::matter::queue::Bucket;
use casework::moment::Within;
use casework::org::Role;
use huiyin::demo::crowd::{Crowd, fill};
use huiyin::listing::ListAsked;
use jiff::civil::date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::db::Engine;

/// How many matters a year has in the small office; in the large ones there are ten times as many.
const MATTERS: u64 = 500;
/// What a read may cost more.
const MORE: f64 = 1.3;
/// What it may look at more: what was written and is gone lies between what is there.
const MORE_PAGES: f64 = 3.0;
/// What is no difference: a statement that was run once more, a page of an index that was split.
const SLACK: f64 = 60.0;

/// A filter of lists with a value that many matters have, or few.
const FILTERS: [(&str, &str); 11] = [
    ("step", "referred"),
    ("holder", "agri"),
    ("place", "539921101"),
    ("category", "农村农业"),
    ("q", "土地"),
    ("due", "over"),
    ("channel", "visit"),
    ("addressee", ""),
    ("first_unit", "agri"),
    ("from", "2025-03-01"),
    ("until", "2025-09-30"),
];

/// On PostgreSQL words are looked for among the newest four hundred matters first, and not in a small office; each of
/// them passes through three steps of the plan.
const NEWEST: f64 = 1200.0;

/// Those of which SQLite's index of words holds every two together: no page of them is walked to its end.
const LASTING: [&str; 4] = ["place", "category", "channel", "first_unit"];

/// Whose queues and lists are measured.
const READERS: [(&str, Role); 4] = [
    ("xinfang", Role::RegistrationClerk),
    ("xinfang", Role::OfficeHead),
    ("agri", Role::UnitHandler),
    ("gov", Role::Leader),
];

/// An address of each route of the API that is read.
const API: &[(&str, &str)] = &[
    ("/openapi.json", "/openapi.json"),
    ("/queue", "/queue"),
    ("/matters", "/matters"),
    ("/search", "/search?q=%E5%9C%9F%E5%9C%B0"),
    ("/matters/{id}", "/matters/2025-9"),
    ("/matters/{id}/file", "/matters/2025-9/file"),
    ("/matters/{id}/files/{hash}", "/matters/2025-9/files/none"),
    ("/matters/{id}/papers/{which}", "/matters/2025-9/papers/1"),
    ("/units", "/units"),
    ("/posts", "/posts"),
    ("/places", "/places"),
    ("/categories", "/categories"),
    ("/schedules", "/schedules"),
    ("/accounts", "/accounts"),
    ("/colleagues", "/colleagues"),
    ("/mailboxes", "/mailboxes"),
    ("/tokens", "/tokens"),
    ("/journal", "/journal"),
    ("/duty/{noun}", "/duty/reception"),
    ("/duty/{noun}/{id}", "/duty/conference/2025-1"),
    ("/board", "/board"),
    ("/report/{year}", "/report/2025"),
    ("/figures/{key}", "/figures/petitions.total"),
];

/// An office, and what opens the petition that was handed in before it grew.
struct Grown {
    office: Office,
    number: String,
    code: String,
    matter: String,
}

impl Grown {
    /// The year of the demonstration, and a petition that was handed in then.
    async fn of(office: Office) -> Self {
        let clerk = office.clerk();
        let answer = office.api(Method::POST, "/petitions", &clerk, petition()).await.json();
        let text = |name: &str| answer[name].as_str().expect(name).to_owned();
        let (number, code) = (text("number"), text("query_code"));
        let matter = answer["matter"]["id"].as_str().expect("a matter").to_owned();
        Self { office, number, code, matter }
    }

    fn grow(&self, crowd: Crowd, matters: u64) {
        fill(&self.office.house, crowd, matters, |_, _| ()).expect("filled");
        self.office.house.db.settle().expect("settled");
    }
}

/// Does blocking work with each of three, all at once.
fn each<T: Send, R: Send>(three: [T; 3], work: impl Fn(T) -> R + Sync) -> [R; 3] {
    let work = &work;
    std::thread::scope(|scope| {
        let hands = three.map(|one| scope.spawn(move || work(one)));
        hands.map(|hand| hand.join().expect("the thread ends"))
    })
}

/// What a read cost, and how much it showed.
#[derive(Debug)]
struct Cost {
    status: u16,
    work: u64,
    pages: u64,
    shown: usize,
    /// What each statement cost.
    statements: BTreeMap<String, u64>,
}

impl Cost {
    /// The statements that cost more here than elsewhere, the dearest three.
    fn dearer(&self, than: &Self) -> String {
        let more = |(sql, cost): (&String, &u64)| {
            let there = than.statements.get(sql).copied().unwrap_or_default();
            let sql: Vec<&str> = sql.split_whitespace().collect();
            let sql: String = sql.join(" ").chars().take(600).collect();
            (cost.saturating_sub(there), format!("\n    {cost}, there {there}: {sql}"))
        };
        let mut more: Vec<(u64, String)> = self.statements.iter().map(more).collect();
        more.sort_by_key(|(by, _)| std::cmp::Reverse(*by));
        more.into_iter().take(3).map(|(_, said)| said).collect()
    }
}

async fn measured(office: &Office, read: impl Future<Output = Answer>) -> Cost {
    office.house.db.gauge().start();
    let Answer { status, body, .. } = read.await;
    let costs = office.house.db.gauge().stop();
    Cost {
        status: status.as_u16(),
        work: costs.values().map(|cost| cost.work).sum(),
        pages: costs.values().map(|cost| cost.pages).sum(),
        shown: shown(&body),
        statements: costs.into_iter().map(|(sql, cost)| (sql, cost.work)).collect(),
    }
}

/// How many rows a page shows or says that there are.
fn shown(body: &str) -> usize {
    let rows = ["<tr>", "<li", "<article", "<section", "\"id\":\"20"];
    rows.into_iter().map(|row| body.matches(row).count()).sum::<usize>() + counted(body)
}

fn counted(body: &str) -> usize {
    let said = crate::office::between(body, "role=\"status\">", "·").unwrap_or_default();
    said.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0).min(200)
}

/// How far a read goes (读取范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// No further than it shows.
    Page,
    /// Through what goes on, where that is little, until it has filled its page.
    Through,
}

/// How many rows fill a page of a list.
const PAGE: usize = 50;

/// Offices of three sizes, and what was found too dear in the large ones.
struct Scales {
    small: Grown,
    busy: Grown,
    old: Grown,
    cookies: BTreeMap<(&'static str, &'static str), [String; 3]>,
    compared: BTreeSet<String>,
    /// How many of them got what they asked for.
    answered: usize,
    dear: Vec<String>,
}

impl Scales {
    async fn new() -> Self {
        let [small, busy, old] = each([(); 3], |()| Office::played());
        let (small, busy, old) =
            (Grown::of(small).await, Grown::of(busy).await, Grown::of(old).await);
        let growth = [(&small, MATTERS, 0), (&busy, 10 * MATTERS, 0), (&old, MATTERS, 9 * MATTERS)];
        each(growth, |(grown, today, past)| {
            grown.grow(Crowd::Today, today);
            if past > 0 {
                grown.grow(Crowd::Past, past);
            }
        });
        let (cookies, compared, dear) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        Self { small, busy, old, cookies, compared, answered: 0, dear }
    }

    fn offices(&self) -> [&Grown; 3] {
        [&self.small, &self.busy, &self.old]
    }

    /// What a read costs in each of them, all at once, with what opens its doors.
    async fn cost(
        &self,
        keys: &[String; 3],
        read: impl AsyncFn(&Grown, &str) -> Answer,
    ) -> [Cost; 3] {
        let [small, busy, old] = self.offices();
        let [of_small, of_busy, of_old] = keys;
        let (small, busy, old) = tokio::join!(
            measured(&small.office, read(small, of_small)),
            measured(&busy.office, read(busy, of_busy)),
            measured(&old.office, read(old, of_old)),
        );
        [small, busy, old]
    }

    async fn sign_in(&mut self, unit: &'static str, role: Role) -> [String; 3] {
        if let Some(known) = self.cookies.get(&(unit, role.word())) {
            return known.clone();
        }
        let mut cookies = Vec::new();
        for grown in self.offices() {
            cookies.push(grown.office.sign_in(unit, role).await.0);
        }
        let cookies: [String; 3] = cookies.try_into().expect("three");
        self.cookies.insert((unit, role.word()), cookies.clone());
        cookies
    }

    /// What goes on may show more, and cost so much more; what lies behind shows nothing and costs nothing.
    fn compare(&mut self, read: String, reads: Reads, [small, busy, old]: [Cost; 3]) {
        // What is refused or not there costs nothing and says nothing.
        let statuses = [small.status, busy.status, old.status];
        assert!(statuses.iter().all(|status| *status == small.status), "{read}: {statuses:?}");
        self.answered += usize::from(small.status == 200);
        for (larger, size) in [(busy, "busy"), (old, "old")] {
            let shows = match reads {
                Reads::Through if size == "busy" => 10.0,
                Reads::Through | Reads::Page => {
                    (larger.shown.max(1) as f64 / small.shown.max(1) as f64).max(1.0)
                }
            };
            let words = self.engine() == Engine::Postgres && read.contains("q=");
            let newest = if words { NEWEST } else { 0.0 };
            let may = small.work as f64 * MORE * shows + SLACK * shows + newest;
            let pages = small.pages as f64 * MORE_PAGES * shows + SLACK * shows;
            if larger.work as f64 > may || larger.pages as f64 > pages {
                self.dear.push(format!(
                    "{read}: in the {size} office {} of {} pages ({} shown), in the small {} of {} ({} shown){}",
                    larger.work,
                    larger.pages,
                    larger.shown,
                    small.work,
                    small.pages,
                    small.shown,
                    larger.dearer(&small)
                ));
            }
        }
        self.compared.insert(read);
    }

    fn engine(&self) -> Engine {
        self.small.office.house.db.engine()
    }

    /// A page that somebody opens.
    async fn page(&mut self, unit: &'static str, role: Role, path: &str) {
        self.read(unit, role, path, Reads::Page).await;
    }

    /// What somebody reads.
    async fn read(&mut self, unit: &'static str, role: Role, path: &str, reads: Reads) {
        let cookies = self.sign_in(unit, role).await;
        let costs = self.cost(&cookies, async |grown, cookie| grown.office.get(path, cookie).await);
        let costs = costs.await;
        // A list that fills no page is read to its end, by the rarest of its filters.
        let full = path.starts_with("/matters") && costs[0].shown >= PAGE;
        let reads = if full { Reads::Page } else { reads };
        self.compare(format!("{unit} {} {path}", role.word()), reads, costs);
    }
}

#[tokio::test]
async fn a_read_costs_no_more_in_an_office_ten_times_as_large() {
    let mut scales = Scales::new().await;
    pages(&mut scales).await;
    queues(&mut scales).await;
    lists(&mut scales).await;
    figures(&mut scales).await;
    api(&mut scales).await;
    status(&mut scales).await;
    registered(&mut scales).await;
    jobs(&mut scales).await;
    assert!(scales.answered > 600, "{} of {} answered", scales.answered, scales.compared.len());
    assert!(scales.dear.is_empty(), "{}\n{}", scales.dear.len(), scales.dear.join("\n"));
}

/// Every route of the desk and the portal that answers a GET, for whoever gets an answer.
async fn pages(scales: &mut Scales) {
    // A spreadsheet holds every row of its list.
    for (_, address, golden) in TABLE.iter().filter(|(route, _, _)| *route != "/matters.xlsx") {
        let people = PEOPLE.into_iter().zip(golden.chars()).filter(|(_, answer)| *answer == 'x');
        // Of what holds a common word, a unit sees what was with it.
        let reads = if address.contains("q=") { Reads::Through } else { Reads::Page };
        for ((unit, role), _) in people {
            scales.read(unit, role, address, reads).await;
        }
    }
}

/// Every bucket, which shows the counts of all.
async fn queues(scales: &mut Scales) {
    for (unit, role) in READERS {
        for bucket in Bucket::ALL {
            scales.page(unit, role, &format!("/desk?bucket={}", bucket.word())).await;
        }
    }
}

/// Every filter alone and with every other.
async fn lists(scales: &mut Scales) {
    let asked = ListAsked::default();
    assert_eq!(asked.filters().map(|(name, _)| name), FILTERS.map(|(name, _)| name));
    let leader = scales.small.office.account("gov", Role::Leader);
    let text = |(name, value): (&str, &str)| {
        let value = if name == "addressee" { leader.as_str() } else { value };
        format!("{name}={}", huiyin::web::page::encode(value))
    };
    for (unit, role) in [READERS[0], READERS[2]] {
        for (at, one) in FILTERS.into_iter().enumerate() {
            let alone = format!("/matters?{}", text(one));
            scales.read(unit, role, &alone, Reads::Through).await;
            for other in FILTERS.into_iter().skip(at + 1) {
                let pair = format!("/matters?{}&{}", text(one), text(other));
                let lasting = LASTING.contains(&one.0) && LASTING.contains(&other.0);
                let held = lasting && role == READERS[0].1 && scales.engine() == Engine::Sqlite;
                let reads = if held { Reads::Page } else { Reads::Through };
                scales.read(unit, role, &pair, reads).await;
            }
        }
    }
}

/// Every figure with its cases.
async fn figures(scales: &mut Scales) {
    let within = Within { from: date(2025, 1, 1), until: date(2025, 12, 31) };
    let heads = scales.small.office.house.directory().problem_heads(within.until);
    let keys = catalogue(within, &heads).into_iter().map(|figure| figure.key);
    let duty = casework::duty::figure::DutyFigure::ALL.map(FigureKey::Duty);
    let unit = casework::org::UnitId("agri".to_owned());
    let of_unit = [FigureKey::Unit(unit.clone()), FigureKey::Organ(unit)];
    for key in keys.chain(duty).chain(of_unit) {
        let path = format!("/figures/{key}?from=2025-01-01&until=2025-12-31");
        // Its cases are looked for in its period.
        scales.read("xinfang", Role::Statistician, &path, Reads::Through).await;
    }
    for query in ["year=2025", "year=2025&until=2025-06-15"] {
        scales.page("xinfang", Role::Statistician, &format!("/report?{query}")).await;
    }
}

async fn api(scales: &mut Scales) {
    let listed: BTreeSet<&str> = API.iter().map(|(route, _)| *route).collect();
    for (route, methods) in huiyin::web::api::routes() {
        let read = format!("{methods:?}").contains("get: BoxedHandler");
        assert_eq!(listed.contains(route), read, "{route} stands in the table if it is read");
    }
    for (unit, role) in [READERS[1], READERS[2]] {
        let tokens = scales.offices().map(|grown| grown.office.token(unit, role));
        for (_, path) in API {
            let get = async |grown: &Grown, token: &str| {
                grown.office.api(Method::GET, path, token, Value::Null).await
            };
            let costs = scales.cost(&tokens, get).await;
            let read = format!("{unit} {} /api/v1{path}", role.word());
            let reads = if path.contains("q=") { Reads::Through } else { Reads::Page };
            scales.compare(read, reads, costs);
        }
    }
}

/// Whoever asks after their own petition.
async fn status(scales: &mut Scales) {
    let post = async |grown: &Grown, _: &str| {
        let form = format!("number={}&code={}", grown.number, grown.code);
        let answer = grown.office.post("/status", "", &form).await;
        assert!(answer.body.contains(&grown.number), "the petition is found");
        answer
    };
    let costs = scales.cost(&[const { String::new() }; 3], post).await;
    scales.compare("portal /status".to_owned(), Reads::Page, costs);
}

/// A matter of which nothing is done yet, beside which stands what it may repeat.
async fn registered(scales: &mut Scales) {
    let cookies = scales.sign_in("xinfang", Role::RegistrationClerk).await;
    let look = async |grown: &Grown, cookie: &str| {
        let answer = grown.office.get(&format!("/matters/{}", grown.matter), cookie).await;
        assert!(answer.body.contains("/merge"), "something is alike");
        answer
    };
    let costs = scales.cost(&cookies, look).await;
    scales.compare("a matter just registered".to_owned(), Reads::Page, costs);
}

/// What jobs look through when there is nothing new to do.
async fn jobs(scales: &mut Scales) {
    let mut costs = Vec::new();
    for grown in scales.offices() {
        apart(|| huiyin::job::run_due(&grown.office.house, "a node").expect("the first run"));
        let later = grown.office.house.clock.now().plus_millis(24 * 60 * 60 * 1000);
        grown.office.house.clock.set(later);
        let run = async {
            let ran = apart(|| huiyin::job::run_due(&grown.office.house, "a node"));
            assert_eq!(ran.expect("the next run").len(), huiyin::job::JOBS.len());
            Answer { status: StatusCode::OK, body: String::new(), cookie: None }
        };
        costs.push(measured(&grown.office, run).await);
    }
    let [small, _, old]: [Cost; 3] = costs.try_into().expect("three");
    // Jobs look at all that is open; where ten times as much goes on, they have ten times as much to look at.
    let busy = Cost { status: 200, work: 0, pages: 0, shown: 0, statements: BTreeMap::new() };
    scales.compare("jobs".to_owned(), Reads::Page, [small, busy, old]);
}
