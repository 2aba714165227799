//! Leaders and a matter (领导包案、批示).

use crate::acts::{ActForm, Kind, Reader, may, need};
use casework::matter::sponsorship::{
    Command, Instructed, InstructionAnswered, PetitionerMet, PetitionerView, SolutionStudied,
    Sponsored, SponsoredFor, SponsorshipEnded, SponsorshipPlanned, SponsorshipResult,
    SubmittedToLeader,
};
use casework::org::AccountId;
use casework::role::Act;

fn leader(r: &mut Reader<'_>) -> AccountId {
    AccountId(r.need("leader"))
}

pub(super) const ACTS: &[ActForm] = &[
    ActForm {
        word: "sponsor",
        act: Act::Sponsor,
        rule: "R22-18b",
        fields: &[
            need("leader", Kind::Leader),
            need("sponsored_for", Kind::List("sponsored-for", &SponsoredFor::WORDS)),
            need("due_on", Kind::Date),
            may("note", Kind::Text),
        ],
        parse: |r| {
            let (leader, why) = (leader(r), r.word("sponsored_for", SponsoredFor::parse));
            let (due_on, note) = (r.need_date("due_on"), r.text("note"));
            let (sponsored_for, due_on) = (why?, due_on?);
            Some(Command::Sponsor(Sponsored { leader, sponsored_for, due_on, note }).into())
        },
    },
    ActForm {
        word: "plan_sponsorship",
        act: Act::PlanSponsorship,
        rule: "R22-18b",
        fields: &[need("text", Kind::Text)],
        parse: |r| {
            Some(Command::PlanSponsorship(SponsorshipPlanned { text: r.need("text") }).into())
        },
    },
    ActForm {
        word: "meet_petitioner",
        act: Act::MeetPetitioner,
        rule: "R05-10b",
        fields: &[
            need("leader", Kind::Leader),
            need("on", Kind::Date),
            need("venue", Kind::Line),
            need("text", Kind::Text),
            may("mediated", Kind::Yes),
        ],
        parse: |r| {
            let (leader, on) = (leader(r), r.need_date("on"));
            let (venue, text) = (r.need("venue"), r.need("text"));
            let mediated = !r.text("mediated").is_empty();
            let met = PetitionerMet { leader, on: on?, venue, text, mediated };
            Some(Command::MeetPetitioner(met).into())
        },
    },
    ActForm {
        word: "study_solution",
        act: Act::StudySolution,
        rule: "R05-05b",
        fields: &[
            need("leader", Kind::Leader),
            need("on", Kind::Date),
            need("present", Kind::Line),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let (leader, on) = (leader(r), r.need_date("on"));
            let (present, text) = (r.need("present"), r.need("text"));
            let studied = SolutionStudied { leader, on: on?, present, text };
            Some(Command::StudySolution(studied).into())
        },
    },
    ActForm {
        word: "end_sponsorship",
        act: Act::EndSponsorship,
        rule: "R22-18b",
        fields: &[
            need("result", Kind::List("sponsorship-result", &SponsorshipResult::WORDS)),
            need("view", Kind::List("petitioner-view", &PetitionerView::WORDS)),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let (result, view) =
                (r.word("result", SponsorshipResult::parse), r.word("view", PetitionerView::parse));
            let text = r.need("text");
            let ended = SponsorshipEnded { result: result?, text, view: view? };
            Some(Command::EndSponsorship(ended).into())
        },
    },
    ActForm {
        word: "submit_to_leader",
        act: Act::SubmitToLeader,
        rule: "R05-05b",
        fields: &[
            need("leader", Kind::Leader),
            need("summary", Kind::Text),
            need("proposal", Kind::Text),
        ],
        parse: |r| {
            let (leader, summary, proposal) = (leader(r), r.need("summary"), r.need("proposal"));
            Some(Command::SubmitToLeader(SubmittedToLeader { leader, summary, proposal }).into())
        },
    },
    ActForm {
        word: "instruct",
        act: Act::Instruct,
        rule: "R05-05b",
        fields: &[
            need("leader", Kind::Leader),
            need("on", Kind::Date),
            need("tracker", Kind::Line),
            need("due_on", Kind::Date),
            need("summary", Kind::Text),
            may("proposal", Kind::Text),
            need("text", Kind::Text),
        ],
        parse: |r| {
            let (leader, tracker) = (leader(r), r.need("tracker"));
            let (on, due_on) = (r.need_date("on"), r.need_date("due_on"));
            let (summary, proposal, text) = (r.need("summary"), r.text("proposal"), r.need("text"));
            let (on, due_on) = (on?, due_on?);
            let instructed = Instructed { leader, on, summary, proposal, text, due_on, tracker };
            Some(Command::Instruct(instructed).into())
        },
    },
    ActForm {
        word: "answer_instruction",
        act: Act::AnswerInstruction,
        rule: "R05-05b",
        fields: &[need("instruction", Kind::Instruction), need("text", Kind::Text)],
        parse: |r| {
            let (instruction, text) = (r.number("instruction"), r.need("text"));
            let answered = InstructionAnswered { instruction: instruction?, text };
            Some(Command::AnswerInstruction(answered).into())
        },
    },
];
