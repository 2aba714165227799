//! Leaders and a matter (领导包案、批示).

use crate::act::{ActForm, Form, Kind, Name, Row};
use casework::matter::sponsorship::{
    Command, Instructed, InstructionAnswered, PetitionerMet, SolutionStudied, Sponsored,
    SponsorshipEnded, SponsorshipPlanned, SubmittedToLeader,
};
use casework::org::AccountId;
use casework::role::Act;

fn leader(f: &mut Form<'_>) -> AccountId {
    f.account(Name::Leader, Kind::Leader)
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "sponsor",
        act: Act::Sponsor,
        rule: "R22-18b",
        at: (),
        form: |f| {
            let sponsored = Sponsored {
                leader: leader(f),
                sponsored_for: f.one_of(Name::SponsoredFor, "sponsored-for"),
                due_on: f.date(Name::DueOn),
                note: f.may_text(Name::Note),
            };
            Command::Sponsor(sponsored).into()
        },
    },
    Row {
        word: "plan_sponsorship",
        act: Act::PlanSponsorship,
        rule: "R22-18b",
        at: (),
        form: |f| Command::PlanSponsorship(SponsorshipPlanned { text: f.text(Name::Text) }).into(),
    },
    Row {
        word: "meet_petitioner",
        act: Act::MeetPetitioner,
        rule: "R05-10b",
        at: (),
        form: |f| {
            let met = PetitionerMet {
                leader: leader(f),
                on: f.date(Name::On),
                venue: f.line(Name::Venue),
                text: f.text(Name::Text),
                mediated: f.yes(Name::Mediated),
            };
            Command::MeetPetitioner(met).into()
        },
    },
    Row {
        word: "study_solution",
        act: Act::StudySolution,
        rule: "R05-05b",
        at: (),
        form: |f| {
            let studied = SolutionStudied {
                leader: leader(f),
                on: f.date(Name::On),
                present: f.line(Name::Present),
                text: f.text(Name::Text),
            };
            Command::StudySolution(studied).into()
        },
    },
    Row {
        word: "end_sponsorship",
        act: Act::EndSponsorship,
        rule: "R22-18b",
        at: (),
        form: |f| {
            let ended = SponsorshipEnded {
                result: f.one_of(Name::Result, "sponsorship-result"),
                view: f.one_of(Name::View, "petitioner-view"),
                text: f.text(Name::Text),
            };
            Command::EndSponsorship(ended).into()
        },
    },
    Row {
        word: "submit_to_leader",
        act: Act::SubmitToLeader,
        rule: "R05-05b",
        at: (),
        form: |f| {
            let submitted = SubmittedToLeader {
                leader: leader(f),
                summary: f.text(Name::Summary),
                proposal: f.text(Name::Proposal),
            };
            Command::SubmitToLeader(submitted).into()
        },
    },
    Row {
        word: "instruct",
        act: Act::Instruct,
        rule: "R05-05b",
        at: (),
        form: |f| {
            let instructed = Instructed {
                leader: leader(f),
                on: f.date(Name::On),
                tracker: f.account(Name::Tracker, Kind::Tracker),
                due_on: f.date(Name::DueOn),
                summary: f.text(Name::Summary),
                proposal: f.may_text(Name::Proposal),
                text: f.text(Name::Text),
            };
            Command::Instruct(instructed).into()
        },
    },
    Row {
        word: "answer_instruction",
        act: Act::AnswerInstruction,
        rule: "R05-05b",
        at: (),
        form: |f| {
            let (instruction, text) =
                (f.ordinal(Name::Instruction, Kind::Instruction), f.text(Name::Text));
            Command::AnswerInstruction(InstructionAnswered { instruction, text }).into()
        },
    },
];
