//! What follows on neglect (督办递进): trackers, findings, recommendations, rungs.

use crate::act::{ActForm, Kind, Row};
use casework::matter::ladder::{
    Command, Found, RecommendationAnswered, Recommended, SteppedUp, TrackerNamed,
};
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "name_tracker",
        act: Act::NameTracker,
        rule: "R22-38",
        at: (),
        form: |f| {
            let tracker = f.line("tracker");
            let because = f.one_of("because", "tracked-because");
            Command::NameTracker(TrackerNamed { tracker, because }).into()
        },
    },
    Row {
        word: "record_finding",
        act: Act::RecordFinding,
        rule: "R22-40",
        at: (),
        form: |f| {
            Command::RecordFinding(Found { on: f.date("on"), finding: f.text("finding") }).into()
        },
    },
    Row {
        word: "recommend",
        act: Act::Recommend,
        rule: "R22-40",
        at: (),
        form: |f| {
            let recommended = Recommended {
                recommendation: f.one_of("recommendation", "recommendation"),
                number: f.line("number"),
                to: f.unit("to", Kind::AnyUnit),
                text: f.text("text"),
            };
            Command::Recommend(recommended).into()
        },
    },
    Row {
        word: "answer_recommendation",
        act: Act::AnswerRecommendation,
        rule: "R22-40",
        at: (),
        form: |f| {
            let answered = RecommendationAnswered {
                number: f.choice("number", Kind::Recommendation),
                adopted: f.yes("adopted"),
                text: f.text("text"),
            };
            Command::AnswerRecommendation(answered).into()
        },
    },
    Row {
        word: "step_up",
        act: Act::StepUp,
        rule: "R22-39",
        at: (),
        form: |f| {
            let up = SteppedUp {
                rung: f.one_of("rung", "rung"),
                unit: f.unit("supervised_unit", Kind::MatterUnit),
                number: f.line("number"),
                text: f.text("text"),
            };
            Command::StepUp(up).into()
        },
    },
];
