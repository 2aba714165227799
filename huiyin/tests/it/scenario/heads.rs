//! Problem heads are the county's own table, with a date: it names what its report sums up, and an earlier report stays
//! as it was.

use super::{form, ok, petition_of, registered};
use crate::office::Office;
use axum::http::Method;
use casework::org::Role;
use serde_json::{Value, json};

async fn figures(office: &Office, token: &str, until: &str) -> Value {
    let path = format!("/report/2025?until={until}");
    ok(office.api(Method::GET, &path, token, json!({})).await)
}

#[tokio::test]
async fn a_county_names_its_own_heads_and_earlier_figures_keep_theirs() {
    // Review of the mission, S21; R22-41: the content of the report.
    let office = Office::new();
    let clerk = office.clerk();
    for (title, category) in
        [("账目", "农村农业/村务管理"), ("渠道", "农村农业/水利水电"), ("其他", "其他/其他")]
    {
        let mut petition = petition_of(title, &[title]);
        petition["category"] = json!(category);
        registered(&office, &clerk, petition).await;
    }
    let before = figures(&office, &clerk, "2025-03-03").await;
    let heads = |report: &Value, ids: &[&str]| -> Vec<Value> {
        ids.iter().map(|id| report["figures"][format!("head.{id}")].clone()).collect()
    };
    assert_eq!(heads(&before, &["land", "lawsuit", "other"]), [1, 0, 2]);
    office.at(3, 10);
    let (cookie, csrf) = office.sign_in("xinfang", Role::OfficeHead).await;
    let send = async |from: &str, table: &str| {
        let fields = [("csrf", csrf.as_str()), ("from", from), ("heads", table)];
        office.post("/office/replace_heads", &cookie, &form(&fields)).await
    };
    let water = "water, 农田水利, 农村农业/水利水电\nvillage, 村务, 农村农业/村务管理";
    for (table, wrong) in [
        ("water", "heads-say"),
        ("other, 其他, 农村农业/水利水电", "heads-say"),
        ("water, 水, 没有这一类", "分类"),
    ] {
        let refused = send("2025-03-10", table).await;
        assert!(refused.status == 422 && refused.body.contains(wrong), "{table}: {}", refused.body);
    }
    assert_eq!(send("2025-03-10", water).await.status, 303);
    let page = office.get("/categories", &cookie).await.body;
    assert!(page.contains("农田水利") && !page.contains("企业改制遗留"), "{page}");
    let now = figures(&office, &clerk, "2025-03-10").await;
    assert_eq!(heads(&now, &["water", "village", "other"]), [1, 1, 1]);
    assert_eq!((&now["failed"], &now["figures"]["head.land"]), (&json!([]), &Value::Null));
    assert_eq!(figures(&office, &clerk, "2025-03-03").await["figures"], before["figures"]);
    let open = async |key: &str, until: &str| {
        let path = format!("/figures/{key}?from=2025-01-01&until={until}");
        office.api(Method::GET, &path, &clerk, json!({})).await
    };
    let water = ok(open("head.water", "2025-03-10").await);
    assert_eq!(water["petitions"].as_array().map(Vec::len), Some(1));
    assert!(water["definition"].to_string().contains("农田水利"), "{water}");
    assert_eq!(open("head.water", "2025-03-09").await.status, 404);
    assert_eq!(open("head.land", "2025-03-10").await.status, 404);
    let report = office.get("/report?year=2025", &cookie).await.body;
    assert!(report.contains("农田水利") && !report.contains("企业改制遗留"), "{report}");
}
