//! A test office: the demonstration's county with a clock that stands still until it is set.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use casework::deadline::Law;
use casework::org::Role;
use http_body_util::BodyExt;
use huiyin::demo;
use huiyin::house::{Clock, House, chance};
use huiyin::password::digest;
use jiff::civil::date;
use serde_json::Value;
use std::sync::Arc;
use store::files::Files;
use store::{Db, account, verify};
use tempfile::TempDir;
use tower::ServiceExt;

pub struct Office {
    pub house: Arc<House>,
    pub router: Router,
    folder: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    pub cookie: Option<String>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

/// Does blocking work on a thread of its own, since a test runs inside of a runtime.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().expect("the thread ends"))
}

/// A connection may not be closed inside of the test's own runtime: whoever is last closes them
/// elsewhere.
impl Drop for Office {
    fn drop(&mut self) {
        self.router = Router::new();
        let house = self.house.clone();
        std::thread::spawn(move || {
            while Arc::strong_count(&house) > 1 {
                std::thread::yield_now();
            }
        });
    }
}

impl Office {
    /// All accounts of the office.
    pub fn accounts(&self) -> Vec<account::Account> {
        apart(|| self.house.db.read(account::list).expect("accounts"))
    }

    pub fn new() -> Self {
        apart(Self::build)
    }

    fn build() -> Self {
        let folder = TempDir::new().expect("folder");
        let db = Self::database(&folder);
        Self::within(folder, db)
    }

    /// After the demonstration's year.
    pub fn played() -> Self {
        apart(|| {
            let folder = TempDir::new().expect("folder");
            let db = Self::database(&folder);
            let house = demo::play(db, folder.path(), &[1; 32], |_, _| ()).expect("year");
            Self { router: huiyin::web::router(house.clone()), house, folder }
        })
    }

    /// An empty database of the engine that the tests run on.
    fn database(folder: &TempDir) -> Db {
        match std::env::var("HUIYIN_TEST_ENGINE").as_deref() {
            Ok("postgres") => postgres(),
            _ => Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite"),
        }
    }

    /// An office on a database of the server that is reached by this address.
    pub fn at_server(server: &str) -> Self {
        apart(|| Self::within(TempDir::new().expect("folder"), postgres_at(server)))
    }

    /// Two programs over one record on PostgreSQL and one bucket, each with a folder of its own.
    pub fn two() -> [Self; 2] {
        apart(|| {
            let address = schema_at(&server());
            let bucket = std::env::var("HUIYIN_TEST_S3").expect("run ./test");
            let bucket = format!("{bucket}/{}", hex::encode(rand::random::<[u8; 8]>()));
            let folders = [(), ()].map(|()| TempDir::new().expect("folder"));
            let db = || Db::postgres(&address).expect("postgres");
            let served = |folder: TempDir, mut house: House| {
                house.blobs = Files::open(&bucket, folder.path()).expect("a bucket");
                // Both name their cookies alike.
                house.demonstration = true;
                let house = Arc::new(house);
                Self { router: huiyin::web::router(house.clone()), house, folder }
            };
            let [one, other] = folders;
            let first = demo::county(db(), one.path(), &[1; 32]).expect("county");
            let first = served(one, first);
            first.at(3, 3);
            let clock = Clock::standing(first.house.clock.now());
            let second = House::open(db(), other.path(), &[1; 32], clock, chance(Some(2)));
            [first, served(other, second.expect("opens"))]
        })
    }

    fn within(folder: TempDir, db: Db) -> Self {
        let house = Arc::new(demo::county(db, folder.path(), &[1; 32]).expect("county"));
        let office = Self { router: huiyin::web::router(house.clone()), house, folder };
        office.at(3, 3);
        office
    }

    /// Where its files lie.
    pub fn folder(&self) -> std::path::PathBuf {
        self.folder.path().to_owned()
    }

    /// Sets the clock to nine in the morning of a day of 2025.
    pub fn at(&self, month: i8, day: i8) {
        self.house.clock.set(self.house.instant(date(2025, month, day), 9, 0));
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let status = response.status();
        let cookie = response
            .headers()
            .get(header::SET_COOKIE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .map(str::to_owned);
        let bytes = response.into_body().collect().await.expect("body").to_bytes();
        Answer { status, body: String::from_utf8_lossy(&bytes).into_owned(), cookie }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).expect("request")).await
    }

    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).expect("request")).await
    }

    pub async fn api(&self, method: Method, path: &str, token: &str, body: Value) -> Answer {
        self.api_with((method, path), token, body, &[]).await
    }

    pub async fn api_with(
        &self,
        to: (Method, &str),
        token: &str,
        body: Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        let (method, path) = to;
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_string())).expect("request")).await
    }

    /// An API token for whoever holds the role at the unit.
    pub fn token(&self, unit: &str, role: Role) -> String {
        let account = self
            .accounts()
            .into_iter()
            .find(|account| account.actor.unit.0 == unit && account.actor.is(role))
            .expect("somebody");
        let secret = self.house.secret();
        let (token, now, id) = (digest(&secret), self.house.clock.now(), account.actor.account);
        apart(|| {
            let record =
                move |tx: &mut store::Tx<'_>| account::record_token(tx, &token, &id, "test", now);
            self.house.db.write::<(), store::Error, _>(record).expect("token");
        });
        secret
    }

    /// The account of whoever holds the role at the unit.
    pub fn account(&self, unit: &str, role: Role) -> String {
        let holds =
            |account: &account::Account| account.actor.unit.0 == unit && account.actor.is(role);
        let found = self.accounts().into_iter().find(holds);
        found.expect("somebody").actor.account.0
    }

    pub fn clerk(&self) -> String {
        self.token("xinfang", Role::RegistrationClerk)
    }

    /// Signs in whoever holds the role at the unit; the cookie and the form token.
    pub async fn sign_in(&self, unit: &str, role: Role) -> (String, String) {
        let login = self
            .accounts()
            .into_iter()
            .find(|account| account.actor.unit.0 == unit && account.actor.is(role))
            .expect("somebody")
            .actor
            .login;
        let answer =
            self.post("/sign-in", "", &format!("login={login}&password={}", demo::PASSWORD)).await;
        let cookie = answer.cookie.unwrap_or_else(|| panic!("no session: {}", answer.body));
        let page = self.get("/password", &cookie).await.body;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").expect("form token");
        (cookie, csrf)
    }

    /// Registers a petition; the matter's id.
    pub async fn register(&self, token: &str, petition: Value) -> String {
        let answer = self.api(Method::POST, "/petitions", token, petition).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["matter"]["id"].as_str().expect("id").to_owned()
    }

    pub async fn act(&self, token: &str, id: &str, act: &str, body: Value) -> Answer {
        self.api(Method::POST, &format!("/matters/{id}/acts/{act}"), token, body).await
    }

    /// The office answers a matter by itself: heard, drafted by its clerk for each demand, signed by its head.
    pub async fn replies(&self, clerk: &str, id: &str) {
        self.hears(clerk, id).await;
        let path = format!("/matters/{id}");
        let matter = self.api(Method::GET, &path, clerk, Value::Null).await.json();
        for demand in matter["demands"].as_array().expect("demands") {
            let answer = serde_json::json!({
                "demand": demand["ordinal"], "outcome": "explain", "text": "已经公布",
                "basis": "村民委员会组织法第三十条",
            });
            let drafted = self.act(clerk, id, "answer_demand", answer).await;
            assert_eq!(drafted.status, 200, "{}", drafted.body);
        }
        let head = self.token("xinfang", Role::OfficeHead);
        let number = serde_json::json!({ "number": "云信复〔2025〕1号" });
        let signed = self.act(&head, id, "sign", number).await;
        assert_eq!(signed.status, 200, "{}", signed.body);
    }

    /// The unit hears everybody who waits for its answer, today.
    pub async fn hears(&self, token: &str, id: &str) {
        let on = self.house.moment().on.to_string();
        let step = serde_json::json!({ "on": on, "inquiry": "heard", "text": "当面听取了陈述" });
        let heard = self.act(token, id, "take_step", step).await;
        assert_eq!(heard.status, 200, "{}", heard.body);
    }
}

/// The address of the PostgreSQL that the tests have.
pub fn server() -> String {
    std::env::var("HUIYIN_TEST_POSTGRES")
        .expect("run ./test, which starts a PostgreSQL for the tests")
}

/// A schema of its own on the test server.
pub fn postgres() -> Db {
    postgres_at(&server())
}

fn postgres_at(server: &str) -> Db {
    Db::postgres(&schema_at(server)).expect("postgres")
}

/// The address of a new schema.
fn schema_at(server: &str) -> String {
    let bytes: [u8; 8] = rand::random();
    let schema = format!("y{}", hex::encode(bytes));
    let create = format!("CREATE SCHEMA {schema}");
    Db::postgres(server)
        .expect("server")
        .write::<(), store::Error, _>(move |tx| tx.script(&create))
        .expect("schema");
    // A small table is not read whole for being small: the tests want to see the ways that a large one is read by.
    let options = format!("-csearch_path%3D{schema}%20-cenable_seqscan%3Doff");
    format!("{server}?options={options}")
}

pub fn between(text: &str, start: &str, end: &str) -> Option<String> {
    let rest = text.split_once(start)?.1;
    Some(rest.split_once(end)?.0.to_owned())
}

pub fn petition() -> Value {
    serde_json::json!({
        "channel": "visit", "headcount": 7, "category": "农村农业/村务管理", "place": "539921101",
        "title": "要求公布二组土地发包收入和支出",
        "text": "二组机动地从2019年起对外发包，收入和支出没有公布过，问过村里没有答复。",
        "demand": ["公布2019年以来土地发包合同", "公布收入和支出的明细"],
        "parties": [
            { "name": "赵秀兰", "phone": "13800001234" },
            { "name": "马国强", "phone": "13800005678", "party_role": "representative" },
        ],
    })
}

/// What `verify` finds wrong with a whole record.
pub fn differences(house: &House) -> Vec<String> {
    let calendar = house.calendar();
    let law = Law { statutes: &house.statutes, calendar: &calendar };
    house.db.read(|tx| verify::all(tx, law, |_, _| ())).expect("verified").found
}
