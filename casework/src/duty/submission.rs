//! The yearly report as it went out (年度报告报送): to the county's own committee and government, and to the next higher
//! letters-and-visits office; kept word for word, with who has it (R05-39, R22-41).

use super::seen::{ordinals, position};
use super::{Entries, Eyes, Label, Noun, Record, Seen, Spine, State, Unfit, filled};
use crate::matter::Context;
use crate::petition::Attachment;
use crate::refusal::Refusal;
use crate::statute::Rule;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// To whom a report went (报送对象).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// The organ.
    pub name: String,
    /// The day on which it had it, office-local, with what shows it.
    #[serde(default)]
    pub received: Option<Received>,
}

/// An organ has the report (签收).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The day, office-local.
    pub on: Date,
    /// What shows it: a receipt, a number of theirs.
    pub proof: String,
}

/// A report as it went out (报送的报告).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The year.
    pub year: i16,
    /// As of which day its figures are.
    pub until: Date,
    /// The document's number.
    pub number: String,
    /// The day on which it was sent, office-local.
    pub sent_on: Date,
    /// To whom: the own committee and government first, then the next higher office.
    pub addressees: Vec<Addressee>,
    /// The report, word for word, as it was then.
    pub text: String,
}

/// To whom a report is to go (拟报送对象).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The own committee and government.
    pub own: String,
    /// The next higher letters-and-visits office; blank where the text in force does not ask for it.
    pub above: String,
}

impl Submission {
    /// A report goes out.
    ///
    /// # Errors
    /// [`Refusal::TextMissing`] without a number, or without whom the text in force names; [`Unfit::NumberGiven`];
    /// [`Refusal::DateInFuture`]; [`Refusal::DateTooEarly`] for one that went out before the day of its figures.
    pub fn send(
        mut self,
        to: &Addressed,
        others: &[Self],
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        filled(&[&self.number, &self.text, &to.own])?;
        if self.sent_on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if self.sent_on < self.until {
            return Err(Refusal::DateTooEarly(self.until));
        }
        // R22-41: the newer text wants it one level up as well; the older one only at home (R05-39).
        let upwards = context.law(self.sent_on)?.speaks_of(&Rule::from("R22-41"), "report");
        if upwards {
            filled(&[&to.above])?;
        }
        if others.iter().any(|other| other.number == self.number) {
            return Err(Unfit::NumberGiven.into());
        }
        let names = [&to.own, &to.above].into_iter().filter(|name| !name.trim().is_empty());
        let addressee = |name: &String| Addressee { name: name.trim().to_owned(), received: None };
        self.addressees = names.map(addressee).collect();
        Ok(self)
    }

    /// An organ has it.
    ///
    /// # Errors
    /// [`Unfit::NoEntry`]; [`Unfit::DoneAlready`]; [`Refusal::TextMissing`]; a day before it was sent or after today.
    pub fn receive(
        mut self,
        entry: u32,
        received: Received,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        filled(&[&received.proof])?;
        if received.on > context.moment.on {
            return Err(Refusal::DateInFuture);
        }
        if received.on < self.sent_on {
            return Err(Refusal::DateTooEarly(self.sent_on));
        }
        let addressee = self.addressees.get_mut(position(entry)).ok_or(Unfit::NoEntry)?;
        if addressee.received.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        addressee.received = Some(received);
        Ok(self)
    }
}

impl Record for Submission {
    const NOUN: Noun = Noun::Submission;

    fn as_seen_by(&self, _: &Eyes<'_>) -> Seen {
        let addressee = |one: &Addressee| {
            let received = one.received.as_ref();
            Seen::default()
                .says(Label::Organ, &one.name)
                .says(Label::ReceivedOn, &received.map(|one| one.on))
                .says(Label::Evidence, &received.map(|one| one.proof.clone()))
        };
        Seen::default()
            .says(Label::Number, &self.number)
            .says(Label::Year, &u32::try_from(self.year).unwrap_or_default())
            .says(Label::Until, &self.until)
            .says(Label::On, &self.sent_on)
            .entries(Label::Addressees, self.addressees.iter().map(addressee))
            .says(Label::Text, &self.text)
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn entries(&self, entries: Entries) -> Vec<u32> {
        if entries == Entries::ToReceive {
            ordinals(&self.addressees, |one| one.received.is_none())
        } else {
            Vec::new()
        }
    }

    fn spine(&self) -> Spine {
        let there = self.addressees.iter().all(|one| one.received.is_some());
        Spine {
            title: self.number.clone(),
            on: self.sent_on,
            until: None,
            person: None,
            unit: None,
            shared: Vec::new(),
            state: if there { State::Delivered } else { State::Sent },
            matters: Vec::new(),
        }
    }
}
