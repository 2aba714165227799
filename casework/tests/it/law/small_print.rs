//! What the texts demand in half a sentence, and what nobody misses until it is gone: who was told, by when, where,
//! and on what basis.

use super::track::{accusing, of_track};
use super::{DAYS, File, due, told};
use crate::fixture::{Office, accept, ask_review, decided, petition, refer, served, supervised};
use crate::wishes::{
    authorise, by_branch, hand_over_secret, mark_urgent, recommend, refer_aid, report_urgent,
    route, settle, step_up, suspect_secret,
};
use casework::calendar::plus_days;
use casework::deadline::Law;
use casework::matter::ladder::{RecommendationKind, Rung};
use casework::matter::mediation::Way;
use casework::matter::notice::{NoticeKind, NoticeServed};
use casework::matter::review::{ReviewDecided, ReviewOutcome};
use casework::matter::track::{Branch, HandedOver, Track};
use casework::matter::{Command, aid, intake, ladder, mediation, track, urgent};
use casework::petition::{Channel, Party, PartyRole, Petition, Transfer};
use casework::refusal::Refusal;
use casework::statute::{ClockKind, GroundCode};
use jiff::civil::Date;

fn registered(office: &Office, petition: Petition, on: Date) -> Result<(), Refusal> {
    intake::register(petition, None, &office.context(on)).map(|_| ())
}

/// The answer is signed and reached the petitioner.
fn answered(office: &Office, day: Date) -> File<'_> {
    let file = File::opened(office, day).done(0, &refer("agri")).done(0, &accept()).replied();
    file.done(0, &Command::Serve(served(day)))
}

#[test]
fn facts_and_reasons_are_written_down_whoever_says_them() {
    // R05-17, R05-17b, R22-19, R22-19b.
    let office = Office::new();
    for day in DAYS {
        for channel in [Channel::Oral, Channel::Letter] {
            let bare = Petition { text: " \n".to_owned(), channel, ..petition(1, day) };
            assert_eq!(registered(&office, bare, day), Err(Refusal::FactsMissing));
        }
    }
}

#[test]
fn only_a_visit_is_limited_to_five_who_speak() {
    // R05-18b, R22-20.
    let office = Office::new();
    for day in DAYS {
        for (channel, taken) in [(Channel::Visit, false), (Channel::Letter, true)] {
            let mut group = Petition { channel, headcount: 60, ..petition(1, day) };
            let lead = group.parties.first().expect("one").clone();
            group.parties.extend((0..6).map(|n| Party {
                id: format!("party-{n}"),
                role: PartyRole::Representative,
                ..lead.clone()
            }));
            assert_eq!(registered(&office, group, day).is_ok(), taken, "{}", channel.word());
        }
    }
}

#[test]
fn of_what_came_down_the_county_has_four_days_under_both_texts() {
    // R05-21, R22-22.
    let office = Office::new();
    for day in DAYS {
        let file = of_track(&office, day, |petition| {
            petition.channel = Channel::Letter;
            petition.transfer = Some(Transfer {
                from: "国家信访局".to_owned(),
                number: "7号".to_owned(),
                report_back_on: None,
            });
        });
        let share = due(&office, &file.matter, ClockKind::ChainShare);
        assert_eq!(share, Some(plus_days(day, 4)));
    }
}

#[test]
fn who_stands_at_the_counter_or_calls_is_guided_and_who_wrote_is_not() {
    // R22-22c.
    let there = [Channel::Visit, Channel::Oral, Channel::Phone];
    for channel in Channel::ALL {
        assert_eq!(channel.is_in_person(), there.contains(&channel), "{}", channel.word());
    }
}

#[test]
fn whom_a_unit_declines_is_owed_it_in_writing() {
    // R05-21a, R05-21c, R05-22; R22-22b.
    let office = Office::new();
    for (day, grounds) in [(DAYS[0], &["N02", "N05"][..]), (DAYS[1], &["N01"][..])] {
        for ground in grounds {
            let file = File::opened(&office, day).done(0, &refer("agri"));
            let file = file.done(1, &Command::Decline(told(ground, "县人民法院")));
            let owed = file.matter.notices.iter().filter(|one| one.kind == NoticeKind::Declined);
            let owed: Vec<_> =
                owed.map(|one| (one.unit.0.as_str(), one.served.is_none())).collect();
            assert_eq!(owed, [("agri", true)], "{ground}");
        }
    }
}

#[test]
fn a_unit_that_says_nothing_for_a_month_wins_no_day() {
    // R05-21c, R22-23c: what was passed on and is accepted late counts from the day it was due to be accepted.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(30, &accept());
        let answer = due(&office, &file.matter, ClockKind::Handling);
        assert_eq!(answer, Some(plus_days(day, 15 + 60)));
    }
}

#[test]
fn the_answer_is_brought_within_fifteen_days_of_signing() {
    // R05-32, R22-32: the texts don't say how soon; the program counts as for every written notice.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept()).replied();
        assert_eq!(due(&office, &file.matter, ClockKind::Service), Some(plus_days(day, 15)));
    }
}

#[test]
fn a_review_names_the_law_it_rests_on() {
    // R05-34, R05-35, R22-35, R22-36.
    let office = Office::new();
    for day in DAYS {
        let file = answered(&office, day);
        let file = file.done(1, &Command::AskReview(ask_review("gov", plus_days(day, 1))));
        let file = file.done(0, &Command::AcceptReview);
        let bare = ReviewDecided { basis: " ".to_owned(), ..decided(ReviewOutcome::Uphold) };
        assert_eq!(file.refused(&Command::DecideReview(bare)), Refusal::BasisMissing);
    }
}

#[test]
fn who_asks_in_time_is_not_turned_away_as_late() {
    // BJ-37, SD-33, ZJ-25: on the last day, and where service was never proved.
    let mut office = Office::new();
    office.place = casework::org::Place("330100".to_owned());
    let day = DAYS[1];
    let late = Command::DeclineReview(told("N07", "逾期没有正当理由"));
    let mut first = answered(&office, day);
    first.on = plus_days(day, 30);
    let on = first.on;
    let asked = first.done(0, &Command::AskReview(ask_review("gov", on)));
    assert_eq!(asked.refused(&late), Refusal::AskedInTime);
    let unserved = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept()).replied();
    let asked = unserved.done(90, &Command::AskReview(ask_review("gov", plus_days(day, 90))));
    assert_eq!(asked.refused(&late), Refusal::AskedInTime);
}

#[test]
fn only_whose_agent_brought_no_paper_is_told_to_hand_one_in() {
    // BJ-27, SD-28.
    let mut office = Office::new();
    office.place = casework::org::Place("110100".to_owned());
    let tell = Command::Tell(told("N10", "补交授权委托书"));
    let alone = File::opened(&office, DAYS[1]);
    assert_eq!(alone.refused(&tell), Refusal::AuthorityStands);
    let by_agent = of_track(&office, DAYS[1], |petition| {
        let lead = petition.parties.first().expect("one").clone();
        let (id, role) = ("agent".to_owned(), PartyRole::Agent);
        petition.parties.push(Party { id, role, ..lead });
    });
    assert_eq!(by_agent.clone().then(0, &tell), Ok(()));
    let number = by_agent.matter.petitions.first().expect("one").number.clone();
    assert_eq!(by_agent.done(0, &authorise(&number)).refused(&tell), Refusal::AuthorityStands);
}

#[test]
fn an_agreement_has_a_number_and_somebody_who_signed_it() {
    // R22-33.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day).done(0, &refer("agri")).done(0, &accept());
    let Command::Mediation(mediation::Command::Settle(whole)) = settle(Way::Mediation, day) else {
        panic!("a settlement");
    };
    let blank = || " ".to_owned();
    for bare in [
        mediation::Settled { number: blank(), ..whole.clone() },
        mediation::Settled { recipient: blank(), ..whole.clone() },
    ] {
        let command = mediation::Command::Settle(bare).into();
        assert_eq!(file.refused(&command), Refusal::TextMissing);
    }
}

#[test]
fn who_is_led_into_another_procedure_learns_where_which_and_until_when() {
    // R22-31, R05-14b.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(0, &refer("agri"));
    let Command::Track(track::Command::Route(whole)) = route(Branch::Administrative) else {
        panic!("a route");
    };
    let blank = || " ".to_owned();
    for bare in [
        track::Routed { where_to: blank(), ..whole.clone() },
        track::Routed { procedure: blank(), ..whole.clone() },
        track::Routed { within: blank(), ..whole.clone() },
    ] {
        let command = track::Command::Route(bare).into();
        assert_eq!(file.refused(&command), Refusal::WhereToMissing);
    }
}

#[test]
fn an_organ_with_a_period_of_its_own_names_the_statute() {
    // R22-31.
    let office = Office::new();
    let day = DAYS[1];
    let file = File::opened(&office, day).done(0, &refer("agri"));
    let Command::Accept(whole) = by_branch(Branch::Duty, Some(plus_days(day, 20))) else {
        panic!("an acceptance");
    };
    let bare = casework::matter::handling::Accept { basis: " ".to_owned(), ..whole };
    assert_eq!(file.refused(&Command::Accept(bare)), Refusal::BasisMissing);
}

#[test]
fn what_is_urgent_is_reported_to_somebody_with_what_was_done() {
    // R05-26, R22-25.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &mark_urgent());
        let Command::Urgent(urgent::Command::ReportUrgent(whole)) = report_urgent() else {
            panic!("a report");
        };
        let blank = || " ".to_owned();
        for bare in [
            urgent::UrgentReported { recipients: blank(), ..whole.clone() },
            urgent::UrgentReported { measures: blank(), ..whole.clone() },
        ] {
            let command = urgent::Command::ReportUrgent(bare).into();
            assert_eq!(file.refused(&command), Refusal::TextMissing);
        }
    }
}

#[test]
fn an_accusation_is_not_handed_over_to_whom_it_accuses() {
    // R05-23, R22-30: by whatever name the letter goes.
    let office = Office::new();
    for day in DAYS {
        let file = of_track(&office, day, |petition| {
            petition.track = Track::Accusation;
            petition.accused = vec![accusing("housing")];
        });
        let to = |where_to: &str| {
            let handed = HandedOver {
                ground: GroundCode::Accusation,
                where_to: where_to.to_owned(),
                number: "信转〔2025〕1号".to_owned(),
            };
            Command::from(track::Command::HandOver(handed))
        };
        assert_eq!(file.refused(&to("housing局")), Refusal::Accused);
        assert_eq!(file.clone().then(0, &to("县纪委监委")), Ok(()));
    }
}

#[test]
fn what_is_wrong_with_a_policy_is_put_before_the_government() {
    // R05-37, R05-38, R22-40.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &refer("agri"));
        for (kind, to) in
            [(RecommendationKind::Policy, "gov"), (RecommendationKind::Accountability, "jiwei")]
        {
            let Command::Ladder(ladder::Command::Recommend(mut one)) = recommend(to, "建1号")
            else {
                panic!("a recommendation");
            };
            one.recommendation = kind;
            let file = file.clone().done(0, &ladder::Command::Recommend(one).into());
            let answer = due(&office, &file.matter, ClockKind::Recommendation);
            assert_eq!(answer, Some(plus_days(day, 30)), "{}", kind.word());
        }
    }
}

#[test]
fn every_rung_needs_the_one_before_it() {
    // R22-39.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(0, &refer("agri")).done(0, &accept());
    let rungs = [Rung::Talked, Rung::Circulated, Rung::Listed, Rung::Accountable];
    for later in rungs {
        assert_eq!(file.refused(&step_up(later, "agri")), Refusal::RungSkipped);
    }
    let mut file = file.done(0, &Command::Supervise(supervised("agri")));
    let answered = casework::matter::supervision::SupervisionAnswered {
        adopted: false,
        text: "人手不足".to_owned(),
    };
    file = file.done(1, &Command::AnswerSupervision(answered));
    for (at, rung) in rungs.into_iter().enumerate() {
        for later in rungs.into_iter().skip(at + 1) {
            let refused = file.refused(&step_up(later, "agri"));
            assert_eq!(refused, Refusal::RungSkipped, "{} before {}", later.word(), rung.word());
        }
        file = file.done(1, &step_up(rung, "agri"));
    }
}

#[test]
fn who_is_told_of_help_is_told_where_it_is_given() {
    // R22-37, R05-13.
    let office = Office::new();
    let file = File::opened(&office, DAYS[1]).done(0, &refer("agri")).done(0, &accept());
    let Command::Aid(aid::Command::ReferAid(whole)) = refer_aid(true) else {
        panic!("a referral");
    };
    let bare = aid::AidReferred { where_to: " ".to_owned(), ..whole };
    assert_eq!(file.refused(&aid::Command::ReferAid(bare).into()), Refusal::WhereToMissing);
}

#[test]
fn a_place_answers_by_its_own_article_where_it_has_one() {
    // SD-26, BJ-objection.
    let office = Office::new();
    let rule = |place: &str, on: Date| {
        let law = office.law.on(on, place).expect("texts");
        law.ground(GroundCode::WrongLevel).map(|ground| ground.rule.0.clone())
    };
    assert_eq!(rule("370100", DAYS[1]).as_deref(), Some("SD-26"));
    assert_eq!(rule("530100", DAYS[1]).as_deref(), Some("R22-20"));
    let beijing = office.law.on(DAYS[0], "110100").expect("texts");
    let (objection, _) = beijing.period(ClockKind::Objection).expect("a period");
    assert_eq!((objection.length, objection.rule.0.as_str()), (5, "BJ-objection"));
}

#[test]
fn what_ends_with_a_paper_is_owed_until_the_paper_is_there() {
    // R05-21, R05-22, R22-22, R22-23: told in writing; the program counts the days as for a written answer.
    let office = Office::new();
    for day in DAYS {
        let law = Law { statutes: &office.law, calendar: &office.calendar };
        let file = File::opened(&office, day).done(0, &Command::Tell(told("N08", "镇信访办")));
        assert!(file.matter.concluded_on.is_some(), "it went elsewhere");
        assert_eq!(file.matter.telling().map(|unit| unit.0.as_str()), Some("office"));
        assert!(file.matter.is_open(), "and nobody there knows yet");
        let notice = file.matter.unserved().next().expect("a notice");
        let due = file.matter.notice_due(notice, law).expect("a day");
        assert_eq!(due.nominal, plus_days(day, 15));
        let notice = NoticeServed { notice: notice.ordinal, service: served(day) };
        let file = file.done(0, &Command::ServeNotice(notice));
        assert_eq!((file.matter.telling(), file.matter.is_open()), (None, false));
        // What only tells how it goes on ends nothing.
        let on = File::opened(&office, day).done(0, &refer("agri"));
        assert!(on.matter.unserved().next().is_some() && on.matter.telling().is_none());
    }
}

#[test]
fn who_brought_what_may_be_secret_is_told_that_this_way_is_not_for_it() {
    // R05-02, R22-17.
    let office = Office::new();
    for day in DAYS {
        let file = File::opened(&office, day).done(0, &suspect_secret());
        let file = file.done(0, &hand_over_secret());
        let kinds: Vec<NoticeKind> = file.matter.unserved().map(|one| one.kind).collect();
        assert_eq!(kinds, [NoticeKind::HandedOver]);
    }
}
