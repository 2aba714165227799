//! What follows on neglect (督办递进): trackers, findings, recommendations, rungs.

use crate::acts::{ActForm, Kind, may, need};
use casework::matter::ladder::{
    Command, Found, RecommendationAnswered, RecommendationKind, Recommended, Rung, SteppedUp,
    TrackedBecause, TrackerNamed,
};
use casework::org::UnitId;
use casework::role::Act;

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "name_tracker",
        act: Act::NameTracker,
        rule: "R22-38",
        fields: &[
            need("tracker", Kind::Line),
            need("because", Kind::List("tracked-because", &TrackedBecause::WORDS)),
        ],
        parse: |r| {
            let (tracker, because) = (r.need("tracker"), r.word("because", TrackedBecause::parse));
            Some(Command::NameTracker(TrackerNamed { tracker, because: because? }).into())
        },
    },
    ActForm {
        word: "record_finding",
        act: Act::RecordFinding,
        rule: "R22-40",
        fields: &[need("on", Kind::Date), need("finding", Kind::Text)],
        parse: |r| {
            let (on, finding) = (r.need_date("on"), r.need("finding"));
            Some(Command::RecordFinding(Found { on: on?, finding }).into())
        },
    },
    ActForm {
        word: "recommend",
        act: Act::Recommend,
        rule: "R22-40",
        fields: &[
            need("recommendation", Kind::List("recommendation", &RecommendationKind::WORDS)),
            need("number", Kind::Line),
            need("to", Kind::AnyUnit),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let recommendation = r.word("recommendation", RecommendationKind::parse);
            let (number, to, text) = (r.need("number"), UnitId(r.need("to")), r.need("text"));
            let recommendation = recommendation?;
            Some(Command::Recommend(Recommended { recommendation, number, to, text }).into())
        },
    },
    ActForm {
        word: "answer_recommendation",
        act: Act::AnswerRecommendation,
        rule: "R22-40",
        fields: &[
            need("number", Kind::Recommendation),
            may("adopted", Kind::Yes),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let (number, text) = (r.need("number"), r.need("text"));
            let adopted = r.text("adopted") == "yes";
            let answered = RecommendationAnswered { number, adopted, text };
            Some(Command::AnswerRecommendation(answered).into())
        },
    },
    ActForm {
        word: "step_up",
        act: Act::StepUp,
        rule: "R22-39",
        fields: &[
            need("rung", Kind::List("rung", &Rung::WORDS)),
            need("supervised_unit", Kind::MatterUnit),
            need("number", Kind::Line),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let (rung, unit) = (r.word("rung", Rung::parse), UnitId(r.need("supervised_unit")));
            let (number, text) = (r.need("number"), r.need("text"));
            Some(Command::StepUp(SteppedUp { rung: rung?, unit, number, text }).into())
        },
    },
];
