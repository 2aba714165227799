//! Every address of the desk and the portal, for every role and in every language. A route that is
//! not in this table fails the test.

use crate::office::{Office, petition};
use crate::scenario::duty::machinery;
use casework::org::Role;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Who asks: the unit and the role; the letters of the golden table in this order.
pub const PEOPLE: [(&str, Role); 10] = [
    ("xinfang", Role::RegistrationClerk),
    ("xinfang", Role::OfficeHead),
    ("agri", Role::UnitHandler),
    ("agri", Role::UnitHead),
    ("housing", Role::UnitHandler),
    ("gov", Role::Leader),
    ("xinfang", Role::Statistician),
    ("xinfang", Role::SystemAdministrator),
    ("xinfang", Role::SecurityAdministrator),
    ("xinfang", Role::AuditAdministrator),
];

/// Each route, an address of it, and what a GET answers to each of [`PEOPLE`] and to nobody: `x` the
/// page, `>` somewhere else, `-` forbidden, `.` not there, `m` no GET.
pub const TABLE: &[(&str, &str, &str)] = &[
    ("/", "/", "xxxxxxxxxxx"),
    ("/write", "/write", "xxxxxxxxxxx"),
    ("/status", "/status", "xxxxxxxxxxx"),
    ("/status/material", "/status/material", "mmmmmmmmmmm"),
    ("/status/review", "/status/review", "mmmmmmmmmmm"),
    ("/status/rating", "/status/rating", "mmmmmmmmmmm"),
    ("/status/withdraw", "/status/withdraw", "mmmmmmmmmmm"),
    ("/status/resume", "/status/resume", "mmmmmmmmmmm"),
    ("/status/correction", "/status/correction", "mmmmmmmmmmm"),
    ("/status/take-part", "/status/take-part", "mmmmmmmmmmm"),
    ("/status/evidence", "/status/evidence", "mmmmmmmmmmm"),
    ("/status/calendar.ics", "/status/calendar.ics", "mmmmmmmmmmm"),
    ("/deadline", "/deadline?clock=handling&start=2025-03-03", "xxxxxxxxxxx"),
    ("/results", "/results", "xxxxxxxxxxx"),
    ("/receptions", "/receptions", "xxxxxxxxxxx"),
    ("/receptions/call-off", "/receptions/call-off", "mmmmmmmmmmm"),
    ("/receptions/{id}", "/receptions/2025-1", "xxxxxxxxxxx"),
    ("/rules", "/rules", "xxxxxxxxxxx"),
    ("/mailbox", "/mailbox", "xxxxxxxxxxx"),
    ("/contact", "/contact", "xxxxxxxxxxx"),
    ("/lang/{tag}", "/lang/en", ">>>>>>>>>>>"),
    ("/sign-in", "/sign-in", "xxxxxxxxxxx"),
    ("/sign-out", "/sign-out", "mmmmmmmmmmm"),
    ("/password", "/password", "xxxxxxxxxx>"),
    ("/desk", "/desk", "xxxxxxx>>>>"),
    ("/matters", "/matters", "xxxxxxxxxx>"),
    ("/matters.xlsx", "/matters.xlsx", "xxxxxxx...>"),
    ("/search", "/search?q=%E5%9C%9F", "xxxxxxx...>"),
    ("/enquiry", "/enquiry", "xx-------->"),
    ("/register", "/register", "xxxxx----->"),
    ("/register/likely", "/register/likely", "mmmmmmmmmmm"),
    ("/matters/{id}", "/matters/2025-1", "xxxx.xx...>"),
    ("/matters/{id}/break-seal", "/matters/2025-1/break-seal", "mmmmmmmmmmm"),
    ("/matters/{id}/unmask", "/matters/2025-1/unmask", "mmmmmmmmmmm"),
    ("/matters/{id}/unjoin", "/matters/2025-1/unjoin", "mmmmmmmmmmm"),
    ("/matters/{id}/merge", "/matters/2025-1/merge", "xxxx.--...>"),
    ("/matters/{id}/code", "/matters/2025-1/code", "mmmmmmmmmmm"),
    ("/matters/{id}/files/{hash}", "/matters/2025-1/files/none", "..........>"),
    ("/matters/{id}/papers/{which}", "/matters/2025-1/papers/1", "xxxx.--...>"),
    ("/matters/{id}/{act}", "/matters/2025-1/accept", "--xx.--...>"),
    ("/report", "/report?year=2025", "xx---xx--->"),
    ("/report.md", "/report.md?year=2025", "xx---xx--->"),
    ("/figures/{key}", "/figures/petitions.total", "xx---xx--->"),
    ("/import", "/import", "xx-------->"),
    ("/organisation", "/organisation", "xxxxxxxxxx>"),
    ("/accounts", "/accounts", "-------xx->"),
    ("/colleagues", "/colleagues", "xxxxx----->"),
    ("/mailboxes", "/mailboxes", "-x---x---->"),
    ("/calendar", "/calendar", "xxxxxxxxxx>"),
    ("/categories", "/categories", "xxxxxxxxxx>"),
    ("/office/{act}", "/office/record_unit", "-------x-->"),
    ("/duty", "/duty", "xxxxxxx--->"),
    ("/duty/{noun}", "/duty/reception", "xxxxxxx--->"),
    ("/duty/{noun}/{id}", "/duty/conference/2025-1", "xx...xx--->"),
    ("/duty/{noun}/{id}/unmask", "/duty/support_contact/2025-1/unmask", "mmmmmmmmmmm"),
    ("/duty/{noun}/{id}/files/{hash}", "/duty/conference/2025-1/files/none", ".......--->"),
    ("/duty/{noun}/{id}/{act}", "/duty/conference/new/call_conference", "xx-------->"),
    ("/board", "/board", "xxxxxxx--->"),
    ("/leader", "/leader", "xxxxxxx--->"),
    ("/journal", "/journal", "---------x>"),
    ("/jobs", "/jobs", "-------x-->"),
    ("/seals", "/seals", "-x-------->"),
];

async fn referred() -> Office {
    let office = Office::new();
    let clerk = office.clerk();
    let id = office.register(&clerk, petition()).await;
    let assigned = json!({ "to": "agri", "report_back_on": "2025-05-05" });
    office.act(&clerk, &id, "refer", assigned).await;
    let supervised = json!({ "number": "信督〔2025〕1号", "supervision_form": "letter", "trigger": "other",
        "unit": "agri", "text": "请说明进展", "tracker": office.account("xinfang", Role::RegistrationClerk) });
    let done = office.act(&clerk, &id, "supervise", supervised).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let follows = office.account("xinfang", Role::RegistrationClerk);
    let written = json!({ "leader": office.account("gov", Role::Leader), "on": "2025-03-03", "tracker": follows,
        "due_on": "2025-03-20", "summary": "账目没有公布", "text": "请十日内查清" });
    let done = office.act(&clerk, &id, "instruct", written).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let recommended = json!({ "recommendation": "improvement", "number": "信建〔2025〕1号", "to": "agri",
        "text": "请改进档案管理" });
    let done = office.act(&clerk, &id, "recommend", recommended).await;
    assert_eq!(done.status, 200, "{}", done.body);
    machinery(&office).await;
    office
}

async fn cookies(office: &Office) -> Vec<String> {
    let mut cookies = Vec::new();
    for (unit, role) in PEOPLE {
        cookies.push(office.sign_in(unit, role).await.0);
    }
    cookies
}

#[tokio::test]
async fn every_route_for_every_role() {
    let office = referred().await;
    let mut routes: Vec<&str> = huiyin::web::portal::routes().iter().map(|(at, _)| *at).collect();
    routes.extend(huiyin::web::desk_routes().iter().map(|(at, _)| *at));
    let listed: Vec<&str> = TABLE.iter().map(|(route, _, _)| *route).collect();
    assert_eq!(routes, listed, "every route stands in the table");
    let mut cookies = cookies(&office).await;
    cookies.push(String::new());
    let mut wrong = Vec::new();
    for (_, address, golden) in TABLE {
        let mut row = String::new();
        for cookie in &cookies {
            row.push(match office.get(address, cookie).await.status.as_u16() {
                200 => 'x',
                303 => '>',
                403 => '-',
                404 => '.',
                405 => 'm',
                _ => '!',
            });
        }
        if row != golden.trim() {
            wrong.push(format!("{address}: {row} instead of {golden}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_page_in_every_language_has_all_its_texts() {
    let office = referred().await;
    let cookies = cookies(&office).await;
    let mut addresses: Vec<String> =
        TABLE.iter().map(|(_, address, _)| (*address).to_owned()).collect();
    addresses.retain(|address| !address.starts_with("/lang/") && !address.ends_with(".xlsx"));
    addresses.extend(huiyin::act::all().map(|act| format!("/matters/2025-1/{}", act.word)));
    addresses.extend(huiyin::office::ALL.iter().map(|act| format!("/office/{}", act.word)));
    addresses.extend(huiyin::duty::all().map(|act| {
        let id = if act.at.begins() { "new" } else { "2025-1" };
        format!("/duty/{}/{id}/{}", act.at.noun.word(), act.word)
    }));
    let rooms = casework::duty::Noun::ALL.into_iter().map(casework::duty::Noun::word);
    addresses.extend(rooms.clone().map(|noun| format!("/duty/{noun}")));
    addresses.extend(rooms.map(|noun| format!("/duty/{noun}/2025-1")));
    addresses.extend(["/nowhere".to_owned(), "/write?to=leader".to_owned()]);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut wanting = BTreeSet::new();
    for lang in ["zh-Hans", "zh-Hant", "en"] {
        for address in &addresses {
            for cookie in &cookies {
                let page = office.get(address, &format!("{cookie}; lang={lang}")).await;
                if page.body.contains('⟦') {
                    wanting.insert(format!("{lang} {address}: {}", missing(&page.body)));
                }
                let is_page = page.body.contains("<html");
                assert!(!is_page || page.body.contains(&format!("lang=\"{lang}\"")), "{address}");
                if page.status == 200 {
                    *seen.entry(address.clone()).or_default() += 1;
                }
            }
        }
    }
    assert_eq!(wanting, BTreeSet::new(), "texts that no locale has");
    let closed: Vec<&str> = TABLE
        .iter()
        .filter(|(_, _, golden)| !golden.contains('x'))
        .map(|(_, address, _)| *address)
        // Carrying out waits for an answer that promised something, contributing for being asked.
        // A joint investigation has to be opened first.
        .chain(["/nowhere", "/matters/2025-1/execute", "/matters/2025-1/contribute"])
        .chain(["/matters/2025-1/hold_session", "/matters/2025-1/answer_objection"])
        .chain(["/matters/2025-1/announce_result"])
        // From home, by a code and without an account.
        .chain(["/matters/2025-1/rate"])
        .chain(["/duty/reception/2025-1/book_online", "/duty/reception/2025-1/call_off_online"])
        .collect();
    let unseen: Vec<&String> = addresses.iter().filter(|at| !seen.contains_key(*at)).collect();
    assert!(unseen.iter().all(|at| closed.contains(&at.as_str())), "nobody opens {unseen:?}");
}

fn missing(body: &str) -> String {
    body.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_organisation_grows_by_its_forms() {
    let office = Office::new();
    let (cookie, csrf) = office.sign_in("xinfang", Role::SystemAdministrator).await;
    let post = |word: &'static str, form: &'static str| {
        let body = format!("csrf={csrf}&{form}");
        let (office, cookie) = (&office, cookie.clone());
        async move { office.post(&format!("/office/{word}"), &cookie, &body).await }
    };
    let wrong = post("record_unit", "id=Water&name=&short=w&kind=bureau&place=539921").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("href=\"#id\"") && wrong.body.contains("href=\"#name\""));
    assert!(wrong.body.contains("value=\"Water\""), "what was typed comes back");
    let unit = "id=water&name=W&short=w&kind=bureau&place=539921&parent=gov";
    assert_eq!(post("record_unit", unit).await.status, 303);
    let circle = "id=gov&name=G&short=g&kind=county&place=539921&parent=water";
    assert_eq!(post("record_unit", circle).await.status, 422, "no unit belongs to itself");
    assert_eq!(post("record_post", "id=water_head&unit=water&name=H&rank=3").await.status, 303);
    let elsewhere = "login=newone&name=N&unit=agri&post=water_head";
    assert_eq!(post("open_account", elsewhere).await.status, 422, "a post of another unit");
    let opened = post("open_account", "login=newone&name=N&unit=water&post=water_head").await;
    assert_eq!(opened.status, 200, "the initial password is shown once: {}", opened.body);
    assert_eq!(post("record_place", "code=539921999&name=P").await.status, 303);
    assert_eq!(post("record_place", "code=999999999&name=P").await.status, 422);
    assert_eq!(post("grant_roles", "login=newone&role=leader").await.status, 403);
    let page = office.get("/organisation", &cookie).await.body;
    assert!(page.contains("water_head") && page.contains("539921999"));
}

#[tokio::test]
async fn an_office_replaces_its_categories_and_old_petitions_keep_theirs() {
    let office = referred().await;
    let (cookie, csrf) = office.sign_in("xinfang", Role::OfficeHead).await;
    let table = "%E4%B8%80%E7%BA%A7%2C%E4%BA%8C%E7%BA%A7%0A\
                 %E5%86%9C%E6%9D%91%2C%E5%9C%9F%E5%9C%B0%2C%E6%89%BF%E5%8C%85";
    let form = format!("csrf={csrf}&from=2025-03-03&table={table}");
    assert_eq!(office.post("/office/replace_categories", &cookie, &form).await.status, 303);
    let page = office.get("/categories", &cookie).await.body;
    assert!(page.contains("承包") && !page.contains("海洋气象地震"));
    assert!(office.get("/matters/2025-1", &cookie).await.body.contains("农村农业/村务管理"));
    let broken = format!("csrf={csrf}&from=2025-03-03&table=a%2C%2Cb");
    assert_eq!(office.post("/office/replace_categories", &cookie, &broken).await.status, 422);
}
