//! What petitioners add, take back, or see corrected (补充、撤回、改类).

use super::service::service;
use crate::act::{ActForm, Form, Kind, LIES_WITH, Name, Row, check_identity};
use crate::problem::Wrong;
use casework::category::Category;
use casework::matter::Command;
use casework::matter::correction::{
    self, AddParty, Correct, CorrectFile, CorrectParty, CorrectService, CorrectionAnswered,
    CorrectionAsked, NameOrgan, StrikeParty, Written,
};
use casework::matter::intake::{Reclassify, Supplement};
use casework::matter::withdrawal::{self, Resumed, Withdrawn};
use casework::org::{Place, UnitId};
use casework::petition::PetitionNumber;
use casework::role::Act;
use store::vault::Identity;

/// Who somebody is; what is left blank is not said.
fn written(f: &mut Form<'_>) -> Written {
    let written = Identity {
        name: f.may_line(Name::Name),
        phone: f.may_line(Name::Phone),
        id_number: f.may_line(Name::IdNumber),
        address: f.may_line(Name::Address),
    };
    check_identity(f, &written);
    let Identity { name, phone, id_number, address } = written;
    Written { name, phone, id_number, address }
}

/// Who somebody is in truth; what is left blank stays as it is.
fn correct_party(f: &mut Form<'_>) -> CorrectParty {
    CorrectParty {
        party: f.choice(Name::Party, Kind::Party),
        written: written(f),
        role: f.may_one_of(Name::PartyRole, "party"),
        kind: f.may_one_of(Name::PartyKind, "kind"),
        reason: f.text(Name::Reason),
    }
}

/// Somebody who petitioned and was left out.
fn add_party(f: &mut Form<'_>) -> AddParty {
    AddParty {
        petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)),
        written: written(f),
        role: f.one_of(Name::PartyRole, "party"),
        kind: f.one_of(Name::PartyKind, "kind"),
        reason: f.text(Name::Reason),
    }
}

pub(super) const ACTS: &[ActForm] = &[
    Row {
        word: "reclassify",
        act: Act::Reclassify,
        rule: "R22-21",
        at: (),
        form: |f| {
            let category = Category(f.choice(Name::Category, Kind::Category));
            Command::Reclassify(Reclassify { category, reason: f.line(Name::Reason) })
        },
    },
    Row {
        word: "correct",
        act: Act::Correct,
        rule: "R22-21",
        at: (),
        form: |f| {
            let correct = Correct {
                petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)),
                channel: f.may_one_of(Name::Channel, "channel"),
                headcount: f.may_number(Name::Headcount),
                place: f.may_choice(Name::Place, Kind::Place).map(Place),
                received_on: f.may_date(Name::RightDay),
                reason: f.text(Name::Reason),
            };
            correction::Command::Correct(correct).into()
        },
    },
    Row {
        word: "correct_service",
        act: Act::CorrectService,
        rule: "R22-35",
        at: (),
        form: |f| {
            let (paper, to) = (f.one_of(Name::ServedPaper, "served-paper"), service(f));
            let correct = CorrectService { paper, to, reason: f.text(Name::Reason) };
            correction::Command::CorrectService(correct).into()
        },
    },
    Row {
        word: "name_organ",
        act: Act::NameOrgan,
        rule: "R22-41",
        at: (),
        form: |f| {
            let demand = f.ordinal(Name::Demand, Kind::Demand);
            let organ = f.may_choice(Name::ComplainedOf, Kind::AnyUnit).map(UnitId);
            correction::Command::NameOrgan(NameOrgan { demand, organ }).into()
        },
    },
    Row {
        word: "correct_party",
        act: Act::CorrectParty,
        rule: "R22-21",
        at: (),
        form: |f| correction::Command::CorrectParty(correct_party(f)).into(),
    },
    Row {
        word: "add_party",
        act: Act::AddParty,
        rule: "R22-21",
        at: (),
        form: |f| correction::Command::AddParty(add_party(f)).into(),
    },
    Row {
        word: "strike_party",
        act: Act::StrikeParty,
        rule: "R22-21",
        at: (),
        form: |f| {
            let party = f.choice(Name::Party, Kind::Party);
            let (reason, attachments) = (f.text(Name::Reason), f.need_files());
            let strike = StrikeParty { party, reason, attachments };
            correction::Command::StrikeParty(strike).into()
        },
    },
    Row {
        word: "correct_file",
        act: Act::CorrectFile,
        rule: "R22-21",
        at: (),
        form: |f| {
            let chosen = f.choice(Name::HandedIn, Kind::HandedIn);
            let (from, file) = chosen.rsplit_once(LIES_WITH).unwrap_or_default();
            let (from, file) = (PetitionNumber(from.to_owned()), file.to_owned());
            let petition = f.may_choice(Name::Petition, Kind::Petition).map(PetitionNumber);
            let correct = CorrectFile { from, file, petition, reason: f.text(Name::Reason) };
            correction::Command::CorrectFile(correct).into()
        },
    },
    Row {
        word: "ask_correction",
        act: Act::AskCorrection,
        rule: "PIPL-46",
        at: (),
        form: |f| {
            let petition = PetitionNumber(f.choice(Name::Petition, Kind::Petition));
            let asked = CorrectionAsked { petition, text: f.text(Name::Text) };
            correction::Command::AskCorrection(asked).into()
        },
    },
    Row {
        word: "answer_correction",
        act: Act::AnswerCorrection,
        rule: "PIPL-46",
        at: (),
        form: |f| {
            let answered = CorrectionAnswered {
                petition: PetitionNumber(f.choice(Name::Petition, Kind::Petition)),
                granted: f.yes(Name::PutRight),
                text: f.text(Name::Text),
            };
            correction::Command::AnswerCorrection(answered).into()
        },
    },
    Row {
        word: "withdraw",
        act: Act::Withdraw,
        rule: "D-casefile",
        at: (),
        form: |f| {
            let petition = PetitionNumber(f.choice(Name::Petition, Kind::Petition));
            let (reason, signatures) = (f.text(Name::Reason), f.may_number(Name::Signatures));
            let (signatures, attachments) = (signatures.unwrap_or(1), f.files());
            let withdrawn = Withdrawn { petition, reason, signatures, attachments };
            withdrawal::Command::Withdraw(withdrawn).into()
        },
    },
    Row {
        word: "resume",
        act: Act::Resume,
        rule: "D-casefile",
        at: (),
        form: |f| {
            let petition = PetitionNumber(f.choice(Name::Petition, Kind::Petition));
            withdrawal::Command::Resume(Resumed { petition, note: f.may_text(Name::Note) }).into()
        },
    },
    Row {
        word: "supplement",
        act: Act::Supplement,
        rule: "R22-21",
        at: (),
        form: |f| {
            let petition = PetitionNumber(f.choice(Name::Petition, Kind::Petition));
            let (text, attachments) = (f.may_text(Name::Text), f.files());
            if text.is_empty() && attachments.is_empty() {
                f.wrong(Name::Text, Wrong::Missing);
            }
            Command::Supplement(Supplement { petition, text, attachments })
        },
    },
];
