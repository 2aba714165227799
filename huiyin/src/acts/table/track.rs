//! Tracks and other procedures (类别、导入法定途径、转送有权机关).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::track::{
    AccusedIdentified, Branch, Command, HandedOver, Retracked, Routed, Track, Unsealed,
};
use casework::org::{AccountId, UnitId};
use casework::role::Act;

/// Whom it accuses: a unit of the directory, a person with an account.
fn against(r: &mut Reader<'_>) -> (Option<UnitId>, Option<AccountId>) {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    (given(r.text("accused")).map(UnitId), given(r.text("accused_person")).map(AccountId))
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "route",
        act: Act::Route,
        rule: "R22-31",
        fields: &[
            need("branch", Kind::List("branch", &ELSEWHERE)),
            need("procedure", Kind::Line),
            need("where_to", Kind::Line),
            need("basis", Kind::Line),
            need("within", Kind::Line),
            may("materials", Kind::Text),
        ],
        parse: |r| {
            let branch = r.word("branch", Branch::parse);
            let (procedure, where_to) = (r.need("procedure"), r.need("where_to"));
            let (basis, within, materials) =
                (r.need("basis"), r.need("within"), r.text("materials"));
            let branch = branch?;
            let routed = Routed { branch, procedure, where_to, basis, within, materials };
            Some(Command::Route(routed).into())
        },
    },
    ActForm {
        word: "hand_over",
        act: Act::HandOver,
        rule: "R22-22b",
        fields: &[
            need("ground", Kind::GroundOver),
            need("where_to", Kind::Line),
            need("number", Kind::Line),
        ],
        parse: |r| {
            let (ground, where_to, number) =
                (r.need("ground"), r.need("where_to"), r.need("number"));
            Some(Command::HandOver(HandedOver { ground, where_to, number }).into())
        },
    },
    ActForm {
        word: "retrack",
        act: Act::Retrack,
        rule: "R22-30",
        fields: &[
            need("track", Kind::List("track", &Track::WORDS)),
            may("accused", Kind::AnyUnit),
            may("accused_person", Kind::Account),
            need("reason", Kind::Text),
        ],
        parse: |r| {
            let (track, reason) = (r.word("track", Track::parse), r.need("reason"));
            let (accused, person) = against(r);
            Some(Command::Retrack(Retracked { track: track?, accused, person, reason }).into())
        },
    },
    ActForm {
        word: "identify",
        act: Act::Identify,
        rule: "R22-30",
        fields: &[
            may("accused", Kind::AnyUnit),
            may("accused_person", Kind::Account),
            need("reason", Kind::Text),
        ],
        parse: |r| {
            let ((accused, person), reason) = (against(r), r.need("reason"));
            Some(Command::Identify(AccusedIdentified { accused, person, reason }).into())
        },
    },
    ActForm {
        word: "unseal",
        act: Act::Unseal,
        rule: "R22-30",
        fields: &[need("reason", Kind::Text)],
        parse: |r| Some(Command::Unseal(Unsealed { reason: r.need("reason") }).into()),
    },
];

/// The branches that lead into another procedure.
const ELSEWHERE: [&str; 4] = ["litigation", "arbitration", "party", "administrative"];
