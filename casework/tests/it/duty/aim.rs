//! No plan counts petitions or petitioners down, through whichever door it comes (R22-18d).

use super::{on, unfit, unit};
use crate::fixture::Office;
use casework::duty::Unfit;
use casework::duty::agreement::{Agreement, Indicator, IndicatorKind, Judgement, Signing};
use casework::duty::campaign::{Campaign, CampaignKind, Progress};
use casework::duty::house_rule::{HouseRule, Version};
use casework::refusal::Refusal;
use jiff::civil::{Date, date};

const DAY: Date = date(2025, 3, 3);

fn agreement(text: &str, indicator: &str) -> Agreement {
    let name = indicator.to_owned();
    Agreement {
        year: 2025,
        first: unit("gov"),
        second: unit("donghe"),
        text: text.to_owned(),
        indicators: vec![Indicator { kind: IndicatorKind::Manual, name, target: 90, result: None }],
        signed: None,
        result: None,
        comment: None,
    }
}

fn rule(text: &str) -> Result<HouseRule, Refusal> {
    let first = Version {
        number: "1号".to_owned(),
        issued_on: DAY,
        from: DAY,
        until: None,
        text: text.to_owned(),
        attachments: Vec::new(),
    };
    HouseRule::issue("办法".to_owned(), true, first)
}

fn campaign(name: &str) -> Result<Campaign, Refusal> {
    let campaign = Campaign {
        name: name.to_owned(),
        kind: CampaignKind::Investigation,
        document: "云委办〔2025〕18号".to_owned(),
        from: DAY,
        until: date(2025, 9, 30),
        list: Vec::new(),
        frozen_on: None,
        funds: Vec::new(),
        progress: Vec::new(),
        exits: Vec::new(),
        closed: None,
        outcome: None,
    };
    campaign.begin()
}

#[test]
fn what_would_hold_people_back_is_no_aim() {
    let office = Office::new();
    let march = on(&office, 3, 3);
    let signing = Signing {
        on: DAY,
        first_signer: "县长".to_owned(),
        second_signer: "镇长".to_owned(),
        attachments: Vec::new(),
    };
    for text in [
        "全年零进京访",
        "确保零 越级上访、零集访",
        "老上访户稳控到位",
        "签订息诉罢访承诺书",
        "及时“劝返”；按期答复",
    ] {
        let refused =
            |refused: Refusal| assert_eq!(refused, Unfit::HoldsPeopleBack.into(), "{text}");
        refused(agreement(text, "制度上墙").draw_up(&[]).expect_err("the text"));
        refused(agreement("责任书", text).draw_up(&[]).expect_err("an indicator"));
        refused(rule(text).expect_err("a rule"));
        refused(campaign(text).expect_err("a campaign"));
        let told = Progress { on: DAY, text: text.to_owned() };
        let running = campaign("专项调查").expect("a campaign");
        refused(running.report(told, &march).expect_err("its progress"));
        let signed = agreement("责任书", "制度上墙").sign(signing.clone(), &march).expect("signed");
        let (reached, evidence) = (true, text.to_owned());
        let judged =
            signed.judge(1, Judgement { reached, evidence, attachments: Vec::new() }, &march);
        refused(judged.expect_err("the evidence"));
    }
}

#[test]
fn a_text_may_forbid_it_and_speak_of_journeys() {
    for text in [
        "不得截访、拦访，不以零上访作为考核指标",
        "严禁以稳控为名限制群众",
        "群众到市里反映的，当日接谈；2010年到市区居住",
        "县领导到省里汇报",
    ] {
        assert!(agreement(text, text).draw_up(&[]).is_ok(), "{text}");
        assert!(rule(text).is_ok(), "{text}");
        assert!(campaign(text).is_ok(), "{text}");
    }
}

#[test]
fn what_is_refused_cites_the_article() {
    let refusal: Refusal = Unfit::HoldsPeopleBack.into();
    assert_eq!(refusal.rule().0, "R22-18d");
    assert_eq!(unfit(rule("零上访")), Unfit::HoldsPeopleBack);
}
