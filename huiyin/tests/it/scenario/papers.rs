//! The papers of a file: each is numbered in a series of its unit and year, no number is given twice, and what the law
//! wants on it stands on it.

use super::{answered, handler, head, ok, paper, petition_of, refused, registered, service};
use crate::office::{Office, apart, differences};
use axum::http::Method;
use serde_json::json;

/// The number of the last line of a kind in the file.
async fn line(office: &Office, token: &str, id: &str, fact: &str) -> usize {
    let path = format!("/matters/{id}/file");
    let file = ok(office.api(Method::GET, &path, token, json!({})).await);
    let lines = file["lines"].as_array().cloned().unwrap_or_default();
    lines.iter().rposition(|line| line["entry"]["fact"] == fact).expect("a line") + 1
}

#[tokio::test]
async fn what_the_office_sends_is_numbered_without_gaps_and_counted() {
    // R22-22, R22-41.
    let office = Office::new();
    let clerk = office.clerk();
    let mut numbers = Vec::new();
    for (title, until) in [("修路", None), ("修桥", Some("2025-04-15")), ("修渠", None)] {
        let (id, _) = registered(&office, &clerk, petition_of(title, &[title])).await;
        let refer = match until {
            Some(on) => json!({ "to": "agri", "report_back_on": on }),
            None => json!({ "to": "agri" }),
        };
        ok(office.act(&clerk, &id, "refer", refer).await);
        let at = line(&office, &clerk, &id, "referred").await;
        let letter = paper(&office, &clerk, &id, &format!("line-{at}")).await;
        let said = letter["paragraphs"].to_string();
        assert!(
            said.contains("赵*兰") && !said.contains("赵秀兰"),
            "who petitioned, masked: {said}"
        );
        numbers.push(letter["number"].as_str().unwrap_or_default().to_owned());
        let notice = paper(&office, &clerk, &id, "1").await;
        numbers.push(notice["number"].as_str().unwrap_or_default().to_owned());
    }
    let tail = |number: &String| number.split_once('信').map(|(_, rest)| rest.to_owned());
    let tails: Vec<String> = numbers.iter().filter_map(tail).collect();
    assert_eq!(
        tails,
        [
            "访局信转〔2025〕1号",
            "访局信告〔2025〕1号",
            "访局信交〔2025〕1号",
            "访局信告〔2025〕2号",
            "访局信转〔2025〕2号",
            "访局信告〔2025〕3号",
        ],
        "each series from 1, without a gap"
    );
    let report = ok(office.api(Method::GET, "/report/2025", &clerk, json!({})).await);
    let figures = &report["figures"];
    assert_eq!(figures["referral.passed_on"], 2);
    assert_eq!(figures["referral.assigned"], 1);
    assert_eq!(apart(|| differences(&office.house)), Vec::<String>::new());
}

#[tokio::test]
async fn no_number_is_given_twice_and_the_file_keeps_its_own_sheets() {
    // R05-31, R22-31, R22-35.
    let office = Office::new();
    let clerk = office.clerk();
    let (agri, boss) = (handler(&office, "agri"), head(&office, "agri"));
    let number = json!({ "number": "农信〔2025〕1号" });
    for (title, taken) in [("修路", false), ("修桥", true)] {
        let (id, _) = registered(&office, &clerk, petition_of(title, &[title])).await;
        ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
        ok(office.act(&agri, &id, "accept", json!({})).await);
        office.hears(&agri, &id).await;
        ok(office.act(&agri, &id, "answer_demand", answered(1, "explain")).await);
        let signed = office.act(&boss, &id, "sign", number.clone()).await;
        if taken {
            assert_eq!(refused(&signed), "refusal-number-used", "another opinion has it");
            continue;
        }
        ok(signed);
        ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
        let heard = line(&office, &agri, &id, "step_taken").await;
        let heard = paper(&office, &agri, &id, &format!("line-{heard}")).await;
        assert_eq!((&heard["title"], &heard["number"]), (&json!("调查笔录"), &json!("")));
        assert!(heard["paragraphs"].to_string().contains("当面听取了陈述"));
        let served = line(&office, &agri, &id, "served").await;
        let served = paper(&office, &agri, &id, &format!("line-{served}")).await;
        assert_eq!(served["title"], "送达回证");
        let list = paper(&office, &agri, &id, "index").await["paragraphs"].to_string();
        for words in ["转送函", "受理告知书", "调查笔录", "农信〔2025〕1号", "送达回证"]
        {
            assert!(list.contains(words), "{words}: {list}");
        }
        assert!(!list.contains("赵"), "nobody is named: {list}");
        let said = served["paragraphs"].to_string();
        assert!(
            said.contains("当面") && said.contains("赵*兰") && said.contains("回证1号"),
            "{said}"
        );
    }
}
