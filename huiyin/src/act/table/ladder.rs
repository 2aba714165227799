//! What follows on neglect (督办递进): trackers, findings, recommendations, rungs.

use crate::act::{ActForm, Kind, Name, Row};
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
            let tracker = f.account(Name::Tracker, Kind::Tracker);
            let because = f.one_of(Name::Because, "tracked-because");
            Command::NameTracker(TrackerNamed { tracker, because }).into()
        },
    },
    Row {
        word: "record_finding",
        act: Act::RecordFinding,
        rule: "R22-40",
        at: (),
        form: |f| {
            Command::RecordFinding(Found { on: f.date(Name::On), finding: f.text(Name::Finding) })
                .into()
        },
    },
    Row {
        word: "recommend",
        act: Act::Recommend,
        rule: "R22-40",
        at: (),
        form: |f| {
            let recommended = Recommended {
                recommendation: f.one_of(Name::Recommendation, "recommendation"),
                number: f.line(Name::Number),
                to: f.unit(Name::To, Kind::AnyUnit),
                text: f.text(Name::Text),
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
                number: f.choice(Name::Number, Kind::Recommendation),
                adopted: f.yes(Name::Adopted),
                text: f.text(Name::Text),
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
                rung: f.one_of(Name::Rung, "rung"),
                unit: f.unit(Name::SupervisedUnit, Kind::MatterUnit),
                number: f.line(Name::Number),
                text: f.text(Name::Text),
            };
            Command::StepUp(up).into()
        },
    },
];
