//! Rules, agreements, publicity and help of the played year (演示制度、责任书、宣传、帮扶).

use super::super::YEAR;
use super::super::player::Player;
use super::{Play, begin, to};
use crate::problem::Problem;
use casework::calendar::plus_days;
use casework::duty::Noun;
use casework::org::{Role, UnitKind};
use jiff::civil::{Date, date};

/// Leaders of the county.
const LEADERS: usize = 31;
/// Units in the board contest.
const CONTEST: usize = 38;

impl Player<'_> {
    /// On the last day the year's report goes out, and both have it the same day.
    pub(super) fn plan_report(&self, deeds: &mut Vec<(Date, Play)>) {
        let on = date(YEAR, 12, 31);
        deeds.push((
            on,
            Box::new(move |player| {
                let fields = [
                    ("year", YEAR.to_string()),
                    ("until", on.to_string()),
                    ("number", format!("云信〔{YEAR}〕36号")),
                    ("on", on.to_string()),
                    ("own_organ", "云岭县委、县政府".to_owned()),
                    ("organ_above", "云州市信访局".to_owned()),
                ];
                let id = player.office(begin(Noun::Submission, "send_report"), &fields)?;
                for (entry, proof) in [(1, "县委办、县政府办签收单"), (2, "市信访局收文回执")]
                {
                    let received = [
                        ("entry", entry.to_string()),
                        ("on", on.to_string()),
                        ("proof", proof.to_owned()),
                    ];
                    player.office(to(Noun::Submission, &id, "receive_report"), &received)?;
                }
                Ok(())
            }),
        ));
    }

    /// Eleven rules, a notice, a contest, a week on television, training in villages.
    pub(super) fn plan_rules(&self, deeds: &mut Vec<(Date, Play)>) {
        const RULES: [&str; 11] = [
            "信访工作责任追究办法",
            "领导干部约访下访制度",
            "领导包案制度",
            "首问负责制度",
            "一岗双责制度",
            "信访督查制度",
            "信访事项登记办理规则",
            "信访听证办法",
            "联席会议议事规则",
            "接待场所公开公示制度",
            "信访档案管理办法",
        ];
        for (index, title) in (0i64..).zip(RULES) {
            let on = self.day(plus_days(date(YEAR, 1, 8), index * 8));
            deeds.push((
                on,
                Box::new(move |player| {
                    let public = if index % 2 == 0 { "yes" } else { "" };
                    let fields = [
                        ("title", format!("云岭县{title}")),
                        ("public", public.to_owned()),
                        ("number", format!("云办发〔{YEAR}〕{}号", index + 4)),
                        ("issued_on", on.to_string()),
                        ("from", on.to_string()),
                        ("text", format!("第一条　为落实《信访工作条例》，制定{title}。第二条　谁主管、谁负责，件件有着落，事事有回音。")),
                    ];
                    let id = player.office(begin(Noun::HouseRule, "issue_rule"), &fields)?;
                    let read = to(Noun::HouseRule, id.as_str(), "read_rule");
                    for head in player.heads(UnitKind::Township).iter().take(3) {
                        player.duty(head, read, &[])?;
                    }
                    Ok(())
                }),
            ));
        }
        let units: Vec<String> =
            self.house.directory().units.keys().take(CONTEST).map(|unit| unit.0.clone()).collect();
        for (medium, title, from, days, count) in [
            ("notice", "关于认真开展《信访工作条例》学习宣传的通知", date(YEAR, 4, 1), 1, 0),
            ("board_contest", "《信访工作条例》宣传板报比赛", date(YEAR, 4, 21), 5, CONTEST),
            ("television", "县电视台滚动播出《信访工作条例》", date(YEAR, 5, 12), 7, 0),
            ("training", "乡村《信访工作条例》培训班", date(YEAR, 5, 20), 3, 0),
        ] {
            let until = plus_days(from, days - 1);
            let units = units.clone();
            deeds.push((
                until,
                Box::new(move |player| {
                    let mut fields = vec![
                        ("title", title.to_owned()),
                        ("medium", medium.to_owned()),
                        ("from", from.to_string()),
                        ("until", until.to_string()),
                        ("audience", "全县干部群众".to_owned()),
                        ("text", "宣传群众的权利和办理的途径。".to_owned()),
                    ];
                    fields.extend(units.iter().take(count).map(|unit| ("units", unit.clone())));
                    player.office(begin(Noun::Publicity, "hold_activity"), &fields).map(|_| ())
                }),
            ));
        }
    }

    /// The county with its townships and bureaux, the townships with their villages.
    pub(super) fn plan_agreements(&self, deeds: &mut Vec<(Date, Play)>) {
        let directory = self.house.directory();
        let mut pairs: Vec<(String, String)> = Vec::new();
        for unit in directory.units.values() {
            let first = match unit.kind {
                UnitKind::Township | UnitKind::Bureau => "gov".to_owned(),
                UnitKind::Village => match &unit.parent {
                    Some(parent) => parent.0.clone(),
                    None => continue,
                },
                UnitKind::Office
                | UnitKind::County
                | UnitKind::Superior
                | UnitKind::Discipline
                | UnitKind::Judicial => continue,
            };
            pairs.push((first, unit.id.0.clone()));
        }
        let (signed, ended) = (date(YEAR, 2, 10), date(YEAR, 12, 22));
        for (first, second) in pairs {
            deeds.push((
                signed,
                Box::new(move |player| {
                    let mut fields = vec![
                        ("year", YEAR.to_string()),
                        ("first", first.clone()),
                        ("second", second.clone()),
                        ("target", "90".to_owned()),
                        ("manual", "有关制度上墙公开".to_owned()),
                    ];
                    for indicator in [
                        "timely_acceptance",
                        "timely_answer",
                        "proof_of_service",
                        "execution",
                        "supervision_answered",
                        "reception_kept",
                    ] {
                        fields.push(("indicators", indicator.to_owned()));
                    }
                    let id = player.office(begin(Noun::Agreement, "draw_up"), &fields)?;
                    let signing = [
                        ("on", signed.to_string()),
                        ("first_signer", "主要负责人".to_owned()),
                        ("second_signer", "主要负责人".to_owned()),
                    ];
                    let sign = to(Noun::Agreement, id.as_str(), "sign_agreement");
                    player.office(sign, &signing).map(|_| ())
                }),
            ));
        }
        deeds.push((ended, Box::new(|player| player.conclude_agreements())));
    }

    /// The county's own agreements get their result, and the assessed say what they think.
    fn conclude_agreements(&self) -> Result<(), Problem> {
        let of_county = self.house.db.read(|tx| {
            let all = store::duty::all::<casework::duty::agreement::Agreement>(tx)?;
            let county = all.into_iter().filter(|kept| kept.record.first.0 == "gov");
            Ok::<_, store::Error>(
                county.map(|kept| (kept.id, kept.record.second)).collect::<Vec<_>>(),
            )
        })?;
        for (id, second) in of_county {
            let on = |word| to(Noun::Agreement, id.as_str(), word);
            let judged = [
                ("entry", "7".to_owned()),
                ("reached", "yes".to_owned()),
                ("evidence", "现场查看，已公开。".to_owned()),
            ];
            self.office(on("judge_indicator"), &judged)?;
            let result = [("text", "按指标考核，结果通报。".to_owned())];
            self.office(on("conclude_agreement"), &result)?;
            if let Ok(head) = self.person(&second.0, Role::UnitHead) {
                let comment = [("text", "对结果没有意见，继续改进。".to_owned())];
                self.duty(&head, on("comment"), &comment)?;
            }
        }
        Ok(())
    }

    /// Each county leader helps a household that agreed to it.
    pub(super) fn plan_help(&self, deeds: &mut Vec<(Date, Play)>) {
        for (index, leader) in self.leaders.iter().take(LEADERS).cloned().enumerate() {
            let on = self.day(plus_days(date(YEAR, 6, 10), i64::try_from(index).unwrap_or(0)));
            deeds.push((
                on,
                Box::new(move |player| {
                    let serial = u32::try_from(index).unwrap_or(0);
                    let fields = [
                        ("name", player.name_of(500 + serial)),
                        ("since", on.to_string()),
                        ("consent_paper", format!("帮扶同意书{:02}号", serial + 1)),
                        ("text", "希望了解政策、找到增收的门路。".to_owned()),
                    ];
                    let id = player.duty(
                        &leader,
                        begin(Noun::SupportContact, "begin_contact"),
                        &fields,
                    )?;
                    let help =
                        [("on", on.to_string()), ("text", "讲解政策，联系农技员上门。".to_owned())];
                    let of = to(Noun::SupportContact, id.as_str(), "note_help");
                    player.duty(&leader, of, &help).map(|_| ())
                }),
            ));
        }
    }
}
