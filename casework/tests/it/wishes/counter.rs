//! Wishes of the counter: what a unit took in, and what was written down wrongly.

use super::text;
use casework::matter::Command;
use casework::matter::correction::{
    self, AddParty, Correct, CorrectFile, CorrectParty, CorrectService, CorrectionAnswered,
    CorrectionAsked, NameOrgan, ServedPaper, StrikeParty, Written,
};
use casework::matter::intake::Supplement;
use casework::matter::passing::{self, PassedOn};
use casework::matter::referral::Ruling;
use casework::org::UnitId;
use casework::petition::{PartyKind, PartyRole, PetitionNumber};
use jiff::civil::Date;

pub fn correct(petition: &PetitionNumber, headcount: u32) -> Command {
    let correct = Correct {
        petition: petition.clone(),
        channel: None,
        headcount: Some(headcount),
        place: None,
        received_on: None,
        reason: text("登记时看错"),
    };
    correction::Command::Correct(correct).into()
}

pub fn correct_service(paper: ServedPaper, on: Date) -> Command {
    let to = crate::fixture::served(on);
    let correct = CorrectService { paper, to, reason: text("回证日期看错") };
    correction::Command::CorrectService(correct).into()
}

/// Whoever it is took part in another capacity.
pub fn correct_party(party: &str, role: PartyRole) -> Command {
    let correct = CorrectParty {
        party: text(party),
        role: Some(role),
        kind: None,
        written: Written::default(),
        reason: text("登记时看错"),
    };
    correction::Command::CorrectParty(correct).into()
}

/// Somebody of whom nothing is known was left out.
pub fn add_party(petition: &PetitionNumber, kind: PartyKind) -> Command {
    let add = AddParty {
        petition: petition.clone(),
        role: PartyRole::Joint,
        kind,
        written: Written::default(),
        reason: text("登记时漏了一位"),
    };
    correction::Command::AddParty(add).into()
}

pub fn strike_party(party: &str, papers: usize) -> Command {
    let (party, reason) = (text(party), text("本人说明没有提出过"));
    let attachments = vec![super::paper(); papers];
    correction::Command::StrikeParty(StrikeParty { party, reason, attachments }).into()
}

/// A file is handed in later.
pub fn handed_in(petition: &PetitionNumber) -> Command {
    let (petition, attachments) = (petition.clone(), vec![super::paper()]);
    Command::Supplement(Supplement { petition, text: String::new(), attachments })
}

pub fn correct_file(from: &PetitionNumber, file: &str, to: Option<&PetitionNumber>) -> Command {
    let (from, file, reason) = (from.clone(), text(file), text("放错了"));
    let correct = CorrectFile { from, file, petition: to.cloned(), reason };
    correction::Command::CorrectFile(correct).into()
}

pub fn ask_correction(petition: &PetitionNumber) -> Command {
    let asked = CorrectionAsked { petition: petition.clone(), text: text("电话登记错了") };
    correction::Command::AskCorrection(asked).into()
}

pub fn answer_correction(petition: &PetitionNumber, granted: bool) -> Command {
    let answered =
        CorrectionAnswered { petition: petition.clone(), granted, text: text("已核对") };
    correction::Command::AnswerCorrection(answered).into()
}

pub fn name_organ(demand: u32, organ: Option<&str>) -> Command {
    let organ = organ.map(|unit| UnitId(text(unit)));
    correction::Command::NameOrgan(NameOrgan { demand, organ }).into()
}

pub fn pass_on() -> Command {
    let passed = PassedOn {
        reason: text("属于住建局的职责"),
        proposed: Some(UnitId(text("housing"))),
    };
    passing::Command::PassOn(passed).into()
}

pub fn take_over() -> Command {
    passing::Command::TakeOver.into()
}

pub fn send_back() -> Command {
    passing::Command::SendBack(Ruling { reason: text("属于本单位的职责") }).into()
}

/// What may be found to be wrong, of each kind once.
pub fn corrections(petition: &PetitionNumber, on: Date) -> Vec<Command> {
    vec![
        correct(petition, 4),
        correct_party("party-1", PartyRole::Joint),
        add_party(petition, PartyKind::Anonymous),
        // Whoever nobody knows is called nothing here.
        strike_party("", 1),
        handed_in(petition),
        correct_file(petition, &super::paper().hash, Some(petition)),
        correct_file(petition, &super::paper().hash, None),
        ask_correction(petition),
        answer_correction(petition, true),
        answer_correction(petition, false),
        correct_service(ServedPaper::Answer, on),
        correct_service(ServedPaper::Opinion, on),
        name_organ(1, Some("civil")),
    ]
}
