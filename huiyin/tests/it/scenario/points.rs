//! What a strict reading of the law found, point by point (grounds, instances, clocks, papers, services), and where
//! each is told over HTTP; and those that are told nowhere else.

use super::{handler, ok, petition_of, refused, registered, service, shown};
use crate::office::Office;
use crate::tidy::root;
use casework::org::Role;
use serde_json::{Value, json};

/// Each point with the file and the scenario that tells it. The heaviest, repeats after the end, comes first.
const TOLD: [(&str, &str, &str); 24] = [
    (
        "repeats after the end",
        "scenario/repeats.rs",
        "who_comes_after_the_end_is_told_in_writing_and_counts_as_open_until_then",
    ),
    (
        "every unit registers",
        "scenario/passing.rs",
        "what_reaches_a_bureau_is_answered_there_from_letter_to_answer",
    ),
    (
        "corrections",
        "scenario/correction.rs",
        "a_wrong_registration_is_put_right_and_counted_right",
    ),
    (
        "parties and files",
        "scenario/belonging.rs",
        "a_neighbour_left_out_is_added_and_a_stranger_is_struck_on_a_paper",
    ),
    (
        "who may look up a person",
        "scenario/enquiry.rs",
        "nobody_else_finds_a_person_and_no_list_does",
    ),
    (
        "withdrawal is proved",
        "life.rs",
        "a_petition_is_taken_back_only_in_its_petitioners_words_and_still_counts",
    ),
    (
        "1: lawsuits by text and channel",
        "life.rs",
        "a_matter_told_elsewhere_or_declined_concludes_on_a_ground_that_says_where",
    ),
    ("2: instances", "scenario/points.rs", "no_organ_reviews_that_is_not_next"),
    ("3: service to each", "scenario/served.rs", "the_second_signer_has_days_of_their_own"),
    ("4, 5: grounds that exist", "scenario/points.rs", "what_no_text_knows_is_no_ground"),
    (
        "6: complained-of organs",
        "scenario/inside.rs",
        "a_complaint_goes_to_whom_it_is_about_only_for_a_reason_that_is_told",
    ),
    (
        "6: letters counted, report upwards",
        "scenario/duty/report.rs",
        "a_report_is_delivered_upwards_and_kept_word_for_word",
    ),
    (
        "7: the result is reported",
        "scenario/result.rs",
        "an_assignment_ends_with_the_report_that_was_owed",
    ),
    ("8: each petition has its days", "scenario/repeats.rs", "who_is_told_late_is_counted_late"),
    (
        "9: what was changed or annulled",
        "review.rs",
        "a_changed_answer_is_what_counts_and_the_unit_carries_it_out",
    ),
    (
        "10: fifteen days from receipt",
        "scenario/points.rs",
        "the_fifteen_days_run_from_receipt_however_often_it_comes_back",
    ),
    (
        "11: heard before signing",
        "scenario/inside.rs",
        "nothing_is_signed_before_the_petitioner_was_heard",
    ),
    ("12: fax and e-mail", "life.rs", "a_fax_and_an_e_mail_are_petitions_like_any_other"),
    (
        "13: exact organs and periods",
        "scenario/tracks.rs",
        "an_opinion_says_what_was_asked_found_decided_and_where_to_go_with_which_papers",
    ),
    (
        "14: letters with numbers",
        "scenario/papers.rs",
        "what_the_office_sends_is_numbered_without_gaps_and_counted",
    ),
    (
        "15: texts and names of the day",
        "scenario/renamed.rs",
        "a_paper_says_who_made_it_as_they_were_called_then",
    ),
    (
        "16: the same result",
        "review.rs",
        "a_petitioner_asks_from_a_phone_and_the_county_orders_a_new_answer",
    ),
    (
        "17: precedence of texts",
        "life.rs",
        "an_objection_comes_back_in_five_working_days_or_not_at_all",
    ),
    (
        "heads are the county's",
        "scenario/heads.rs",
        "a_county_names_its_own_heads_and_earlier_figures_keep_theirs",
    ),
];

#[test]
fn every_point_is_told_over_http() {
    for (point, file, scenario) in TOLD {
        let path = root().join("huiyin/tests/it").join(file);
        let text = std::fs::read_to_string(&path).expect("a file of scenarios");
        assert!(text.contains(&format!("async fn {scenario}()")), "{point}: {scenario} in {file}");
    }
}

fn told(ground: &str) -> Value {
    json!({ "ground": ground, "where_to": "县人民法院", "how": "带身份证件到立案窗口",
        "within": "六个月内", "earlier": "53992120250001" })
}

/// A matter whose answer was served on 3 March.
async fn served(office: &Office) -> String {
    let clerk = office.clerk();
    let (agri, boss) = (handler(office, "agri"), super::head(office, "agri"));
    let (id, _) = registered(office, &clerk, petition_of("修路", &["修路"])).await;
    ok(office.act(&clerk, &id, "refer", json!({ "to": "agri" })).await);
    ok(office.act(&agri, &id, "accept", json!({})).await);
    office.hears(&agri, &id).await;
    ok(office.act(&agri, &id, "answer_demand", super::answered(1, "explain")).await);
    ok(office.act(&boss, &id, "sign", json!({ "number": "农信〔2025〕1号" })).await);
    ok(office.act(&agri, &id, "serve", service("2025-03-03")).await);
    id
}

#[tokio::test]
async fn no_organ_reviews_that_is_not_next() {
    // R05-34, R05-35, R22-35, R22-36.
    let office = Office::new();
    let clerk = office.clerk();
    let id = served(&office).await;
    let ask =
        |organ: &str| json!({ "organ": organ, "received_on": "2025-03-03", "reason": "不服" });
    for organ in ["city_gov", "housing", "xinfang"] {
        let skipped = office.act(&clerk, &id, "ask_review", ask(organ)).await;
        assert_eq!(refused(&skipped), "refusal-not-a-reviewer", "{organ}");
    }
    ok(office.act(&clerk, &id, "ask_review", ask("gov")).await);
}

#[tokio::test]
async fn what_no_text_knows_is_no_ground() {
    // N06, N07 and N11 stand in no national text of today; R22-22b, R22-35.
    let office = Office::new();
    let clerk = office.clerk();
    let mut visit = petition_of("修路", &["修路"]);
    visit["channel"] = json!("visit");
    let (id, _) = registered(&office, &clerk, visit).await;
    for ground in ["N06", "N07", "N11"] {
        let answer = office.act(&clerk, &id, "tell", told(ground)).await;
        assert_eq!(refused(&answer), "refusal-unknown-ground", "{ground}");
    }
    let id = served(&office).await;
    office.at(5, 12);
    let clerk = office.clerk();
    let late = json!({ "organ": "gov", "received_on": "2025-05-12", "reason": "不服",
        "late_reason": "住院" });
    ok(office.act(&clerk, &id, "ask_review", late).await);
    let chief = office.token("xinfang", Role::OfficeHead);
    let declined = office.act(&chief, &id, "decline_review", told("N07")).await;
    assert_eq!(refused(&declined), "refusal-unknown-ground", "no text of this place knows it");
}

#[tokio::test]
async fn the_fifteen_days_run_from_receipt_however_often_it_comes_back() {
    // R05-21, R22-22.
    let office = Office::new();
    let clerk = office.clerk();
    let (id, _) = registered(&office, &clerk, petition_of("修路", &["修路"])).await;
    for (day, unit) in [(4, "agri"), (6, "housing")] {
        office.at(3, day);
        let (clerk, theirs) = (office.clerk(), handler(&office, unit));
        ok(office.act(&clerk, &id, "refer", json!({ "to": unit })).await);
        ok(office.act(&theirs, &id, "object", json!({ "reason": "不属本局职责" })).await);
        ok(office.act(&clerk, &id, "return", json!({ "reason": "核实属实" })).await);
        let seen = shown(&office, &clerk, &id).await;
        let due = (&seen["due_clock"], &seen["due_on"]);
        assert_eq!(due, (&json!("disposition"), &json!("2025-03-18")), "as when it came");
    }
}
