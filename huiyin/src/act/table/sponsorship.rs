//! Leaders and a matter (领导包案、批示).

use crate::act::{ActForm, Form, Kind, Row};
use casework::matter::sponsorship::{
    Command, Instructed, InstructionAnswered, PetitionerMet, SolutionStudied, Sponsored,
    SponsorshipEnded, SponsorshipPlanned, SubmittedToLeader,
};
use casework::org::AccountId;
use casework::role::Act;

fn leader(f: &mut Form<'_>) -> AccountId {
    f.account("leader", Kind::Leader)
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
                sponsored_for: f.one_of("sponsored_for", "sponsored-for"),
                due_on: f.date("due_on"),
                note: f.may_text("note"),
            };
            Command::Sponsor(sponsored).into()
        },
    },
    Row {
        word: "plan_sponsorship",
        act: Act::PlanSponsorship,
        rule: "R22-18b",
        at: (),
        form: |f| Command::PlanSponsorship(SponsorshipPlanned { text: f.text("text") }).into(),
    },
    Row {
        word: "meet_petitioner",
        act: Act::MeetPetitioner,
        rule: "R05-10b",
        at: (),
        form: |f| {
            let met = PetitionerMet {
                leader: leader(f),
                on: f.date("on"),
                venue: f.line("venue"),
                text: f.text("text"),
                mediated: f.yes("mediated"),
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
                on: f.date("on"),
                present: f.line("present"),
                text: f.text("text"),
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
                result: f.one_of("result", "sponsorship-result"),
                view: f.one_of("view", "petitioner-view"),
                text: f.text("text"),
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
                summary: f.text("summary"),
                proposal: f.text("proposal"),
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
                on: f.date("on"),
                tracker: f.line("tracker"),
                due_on: f.date("due_on"),
                summary: f.text("summary"),
                proposal: f.may_text("proposal"),
                text: f.text("text"),
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
            let (instruction, text) = (f.ordinal("instruction", Kind::Instruction), f.text("text"));
            Command::AnswerInstruction(InstructionAnswered { instruction, text }).into()
        },
    },
];
