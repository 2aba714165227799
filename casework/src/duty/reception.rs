//! Reception days (接访日、约访): a leader receives people at a place on a day that was announced; who comes is
//! received or given an appointment, and what was said has an owner and a date until it is done
//! (R05-10, R22-18b).

use super::booking::{BookedHow, Booking, BookingState, VisitOutcome};
use super::tenure::Tenure;
use super::{
    Entries, Eyes, Label, Noun, Record, SealedName, Seen, Spine, State, Unfit, behind, filled,
};
use crate::matter::Context;
use crate::org::{AccountId, Place, UnitId};
use crate::petition::Attachment;
use crate::refusal::Refusal;
use crate::role::{keeps, sees_visitors};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Another leader receives in place of the one announced (代接访).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// Who was announced.
    pub instead_of: AccountId,
    /// Why.
    pub reason: String,
    /// The day on which it was made known.
    pub noticed_on: Date,
}

/// Who receives instead, and why (代接访人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    /// Who.
    pub by: AccountId,
    /// Why.
    pub reason: String,
}

/// A reception day (接访日).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// Who receives.
    pub leader: AccountId,
    /// The day, office-local.
    pub on: Date,
    /// From when until when, in words, such as 9:00–11:30.
    pub hours: String,
    /// Where.
    pub venue: String,
    /// For which places (包乡分片); empty for the whole county.
    #[serde(default)]
    pub areas: Vec<Place>,
    /// What it is about, if not about anything.
    #[serde(default)]
    pub topic: String,
    /// How many appointments there are; who comes after that waits.
    pub places: u32,
    /// The day it would have been, had the office not been closed.
    #[serde(default)]
    pub moved_from: Option<Date>,
    /// Since when it is announced.
    #[serde(default)]
    pub published_on: Option<Date>,
    /// Who was announced before.
    #[serde(default)]
    pub substituted: Option<Substitution>,
    /// Appointments and visitors.
    #[serde(default)]
    pub bookings: Vec<Booking>,
    /// The day it was closed as held.
    #[serde(default)]
    pub held_on: Option<Date>,
    /// The day it was called off, and why.
    #[serde(default)]
    pub cancelled: Option<(Date, String)>,
}

/// At least so many may wait for a place; otherwise as many as there are places.
const LEAST_WAITING: usize = 5;

impl Reception {
    /// A day may be planned, beside the leader's other days.
    ///
    /// # Errors
    /// [`Unfit::DayOff`], [`Unfit::DayPast`], [`Unfit::DayTaken`], [`Unfit::LeaderAway`].
    pub fn plan(
        self,
        others: &[Self],
        tenures: &[Tenure],
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        filled(&[&self.hours, &self.venue])?;
        self.fits(others, tenures, context)?;
        Ok(self)
    }

    fn fits(
        &self,
        others: &[Self],
        tenures: &[Tenure],
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        if self.on < context.moment.on {
            return Err(Unfit::DayPast.into());
        }
        if !context.calendar.works(self.on) {
            return Err(Unfit::DayOff.into());
        }
        let taken = |other: &Self| {
            other.leader == self.leader && other.on == self.on && other.cancelled.is_none()
        };
        if others.iter().any(taken) {
            return Err(Unfit::DayTaken.into());
        }
        let of_leader = |one: &&Tenure| one.person == self.leader;
        if !tenures.iter().filter(of_leader).any(|one| one.works(self.on)) {
            return Err(Unfit::LeaderAway.into());
        }
        Ok(())
    }

    /// It is announced on the portal.
    ///
    /// # Errors
    /// [`Unfit::DayOver`], [`Unfit::DayPast`].
    pub fn publish(mut self, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        if self.on < context.moment.on {
            return Err(Unfit::DayPast.into());
        }
        self.published_on.get_or_insert(context.moment.on);
        Ok(self)
    }

    /// Another leader receives; who has an appointment keeps it.
    ///
    /// # Errors
    /// As [`Reception::plan`] for the other leader; no reason.
    pub fn substitute(
        mut self,
        substitute: Substitute,
        others: &[Self],
        tenures: &[Tenure],
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        let Substitute { by, reason } = substitute;
        self.stands()?;
        filled(&[&reason])?;
        if by == self.leader {
            return Err(Unfit::SameParty.into());
        }
        let instead_of = std::mem::replace(&mut self.leader, by);
        self.fits(others, tenures, context)?;
        // Whoever was announced first stays named, however often it changes.
        let instead_of = self.substituted.take().map_or(instead_of, |before| before.instead_of);
        self.substituted = Some(Substitution { instead_of, reason, noticed_on: context.moment.on });
        Ok(self)
    }

    /// Somebody takes a place, or waits for one.
    ///
    /// # Errors
    /// [`Unfit::NotPublished`] for who books ahead; [`Unfit::DayPast`]; [`Unfit::BookedAlready`] at the desk;
    /// [`Unfit::WaitingFull`].
    pub fn book(mut self, booking: Booking, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        filled(&[&booking.topic])?;
        let walks_in = booking.how == BookedHow::WalkIn;
        if !walks_in && self.published_on.is_none() {
            return Err(Unfit::NotPublished.into());
        }
        if self.on < context.moment.on || (walks_in && self.on != context.moment.on) {
            return Err(Unfit::DayPast.into());
        }
        let live = |one: &&Booking| one.state != BookingState::Cancelled;
        let same =
            |one: &Booking| !booking.phone_hash.is_empty() && one.phone_hash == booking.phone_hash;
        let twice = self.bookings.iter().filter(live).any(same);
        // Nobody learns from the portal whether a telephone has an appointment: a second one waits.
        if twice && booking.how != BookedHow::Online {
            return Err(Unfit::BookedAlready.into());
        }
        let ordinal = u32::try_from(self.bookings.len()).unwrap_or(u32::MAX).saturating_add(1);
        let state = if walks_in || (self.free() > 0 && !twice) {
            BookingState::Booked
        } else {
            BookingState::Waiting
        };
        let waits = self.bookings.iter().filter(|one| one.state == BookingState::Waiting).count();
        let room = usize::try_from(self.places).unwrap_or(usize::MAX).max(LEAST_WAITING);
        if state == BookingState::Waiting && waits >= room {
            return Err(Unfit::WaitingFull.into());
        }
        self.bookings.push(Booking { ordinal, state, ..booking });
        Ok(self)
    }

    /// How many appointments are left; whoever walks in takes none.
    pub fn free(&self) -> u32 {
        let taken = self.bookings.iter().filter(|one| {
            one.how != BookedHow::WalkIn
                && matches!(
                    one.state,
                    BookingState::Booked | BookingState::Received | BookingState::Absent
                )
        });
        self.places.saturating_sub(u32::try_from(taken.count()).unwrap_or(u32::MAX))
    }

    /// Somebody calls off; whoever waits longest comes up.
    ///
    /// # Errors
    /// [`Unfit::NoBooking`].
    pub fn call_off(mut self, ordinal: u32) -> Result<Self, Refusal> {
        self.stands()?;
        self.open(ordinal)?.state = BookingState::Cancelled;
        if self.free() > 0
            && let Some(next) =
                self.bookings.iter_mut().find(|one| one.state == BookingState::Waiting)
        {
            next.state = BookingState::Booked;
        }
        Ok(self)
    }

    /// Somebody was received, with what came of it.
    ///
    /// # Errors
    /// [`Unfit::NoBooking`]; before the day; nothing said, or a date that lies behind.
    pub fn receive(
        mut self,
        ordinal: u32,
        outcome: VisitOutcome,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        self.stands()?;
        behind(self.on, self.on, context)?;
        filled(&[&outcome.text])?;
        if outcome.due_on < context.moment.on {
            return Err(Refusal::DateNotAhead);
        }
        let booking = self.open(ordinal)?;
        booking.state = BookingState::Received;
        booking.outcome = Some(outcome);
        Ok(self)
    }

    /// Somebody who had a place did not come.
    ///
    /// # Errors
    /// [`Unfit::NoBooking`]; before the day.
    pub fn miss(mut self, ordinal: u32, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        behind(self.on, self.on, context)?;
        self.open(ordinal)?.state = BookingState::Absent;
        Ok(self)
    }

    /// The day is over: everybody who had a place was received or did not come.
    ///
    /// # Errors
    /// [`Unfit::BookingOpen`]; before the day.
    pub fn close(mut self, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        behind(self.on, self.on, context)?;
        if self.bookings.iter().any(|one| one.state == BookingState::Booked) {
            return Err(Unfit::BookingOpen.into());
        }
        self.held_on = Some(context.moment.on);
        Ok(self)
    }

    /// The day is called off; the office tells whoever has an appointment.
    ///
    /// # Errors
    /// [`Unfit::DayOver`]; [`Unfit::ReceivedAlready`]; no reason.
    pub fn cancel(mut self, reason: String, context: &Context<'_>) -> Result<Self, Refusal> {
        self.stands()?;
        filled(&[&reason])?;
        if self.bookings.iter().any(|one| one.outcome.is_some()) {
            return Err(Unfit::ReceivedAlready.into());
        }
        self.cancelled = Some((context.moment.on, reason));
        Ok(self)
    }

    /// What was promised to a visitor is done.
    ///
    /// # Errors
    /// [`Unfit::NoBooking`]; [`Unfit::DoneAlready`]; [`Unfit::NotOwner`]; a day before the reception or after
    /// today.
    pub fn follow_up(
        mut self,
        ordinal: u32,
        on: Date,
        text: String,
        context: &Context<'_>,
    ) -> Result<Self, Refusal> {
        behind(on, self.on, context)?;
        filled(&[&text])?;
        let (actor, own) = (context.actor, self.leader == context.actor.account);
        let booking = self.bookings.iter_mut().find(|one| one.ordinal == ordinal);
        let outcome = booking.and_then(|one| one.outcome.as_mut()).ok_or(Unfit::NoBooking)?;
        if outcome.done.is_some() {
            return Err(Unfit::DoneAlready.into());
        }
        if !keeps(actor) && !own && outcome.owner != actor.unit {
            return Err(Unfit::NotOwner.into());
        }
        outcome.done = Some((on, text));
        Ok(self)
    }

    fn open(&mut self, ordinal: u32) -> Result<&mut Booking, Refusal> {
        let open = |one: &&mut Booking| {
            one.ordinal == ordinal
                && matches!(one.state, BookingState::Booked | BookingState::Waiting)
        };
        self.bookings.iter_mut().find(open).ok_or(Unfit::NoBooking.into())
    }

    fn stands(&self) -> Result<(), Refusal> {
        let over = self.held_on.is_some() || self.cancelled.is_some();
        if over { Err(Unfit::DayOver.into()) } else { Ok(()) }
    }

    /// Whether the leader received anybody, which is what a quota counts.
    pub fn received(&self) -> bool {
        self.bookings.iter().any(|one| one.state == BookingState::Received)
    }

    /// Whether the day was announced and lies ahead, called off or not (R05-10).
    pub fn announced(&self, today: Date) -> bool {
        self.published_on.is_some() && self.on >= today && self.held_on.is_none()
    }

    /// Whether the day lies ahead and anybody may take an appointment.
    pub fn open_for_booking(&self, today: Date) -> bool {
        self.announced(today) && self.cancelled.is_none()
    }
}

impl Record for Reception {
    const NOUN: Noun = Noun::Reception;

    /// Whoever receives can tell those who come when the day changes; of who came about a matter that is closed to the
    /// reader, no more than the page says.
    fn names(&self, eyes: &Eyes<'_>) -> Result<Vec<SealedName<'_>>, Refusal> {
        let stands = |one: &&Booking| {
            let about = one.outcome.as_ref().and_then(|outcome| outcome.matter);
            one.state != BookingState::Cancelled && eyes.hear(about)
        };
        let names = self.bookings.iter().filter(stands).map(|one| SealedName {
            ordinal: one.ordinal,
            party: &one.party,
            sealed: &one.sealed,
        });
        Ok(if sees_visitors(eyes.actor, &self.spine()) { names.collect() } else { Vec::new() })
    }

    fn as_seen_by(&self, eyes: &Eyes<'_>) -> Seen {
        // Who comes is known to the office and to the leader; a unit knows of what it was given to do.
        let own = |one: &&Booking| {
            let owner = one.outcome.as_ref().map(|outcome| &outcome.owner);
            sees_visitors(eyes.actor, &self.spine()) || owner == Some(&eyes.actor.unit)
        };
        let substitution = self.substituted.as_ref().map(|one| {
            Seen::default()
                .says(Label::InsteadOf, &one.instead_of)
                .says(Label::NoticedOn, &one.noticed_on)
                .says(Label::Reason, &one.reason)
        });
        Seen::default()
            .says(Label::Leader, &self.leader)
            .says(Label::On, &self.on)
            .says(Label::Hours, &self.hours)
            .says(Label::Areas, &self.areas)
            .says(Label::Venue, &self.venue)
            .says(Label::Topic, &self.topic)
            .says(Label::Places, &self.places)
            .says(Label::MovedFrom, &self.moved_from)
            .says(Label::PublishedOn, &self.published_on)
            .says(Label::HeldOn, &self.held_on)
            .says(Label::Cancelled, &self.cancelled)
            .thing(Label::Substituted, substitution)
            .numbered(
                Label::Bookings,
                self.bookings.iter().filter(own).map(|one| (one.ordinal, one.as_seen_by(eyes))),
            )
    }

    fn entries(&self, entries: Entries) -> Vec<u32> {
        let fits = |one: &&Booking| match entries {
            Entries::Expected => {
                matches!(one.state, BookingState::Booked | BookingState::Waiting)
            }
            Entries::Promised => one.outcome.as_ref().is_some_and(|one| one.done.is_none()),
            Entries::Unregistered
            | Entries::ToReceive
            | Entries::Unsolved
            | Entries::ToJudge
            | Entries::Serving
            | Entries::ToCarryOut => false,
        };
        self.bookings.iter().filter(fits).map(|one| one.ordinal).collect()
    }

    fn attachments(&self) -> Vec<&Attachment> {
        Vec::new()
    }

    fn spine(&self) -> Spine {
        Spine {
            title: self.venue.clone(),
            on: self.on,
            until: None,
            person: Some(self.leader.clone()),
            unit: None,
            shared: {
                let outcomes = self.bookings.iter().filter_map(|one| one.outcome.as_ref());
                let mut owners: Vec<UnitId> = outcomes.map(|one| one.owner.clone()).collect();
                owners.sort();
                owners.dedup();
                owners
            },
            state: match (&self.cancelled, self.held_on, self.published_on) {
                (Some(_), ..) => State::Cancelled,
                (None, Some(_), _) => State::Held,
                (None, None, Some(_)) => State::Published,
                (None, None, None) => State::Planned,
            },
            matters: self
                .bookings
                .iter()
                .filter_map(|one| one.outcome.as_ref().and_then(|outcome| outcome.matter))
                .collect(),
        }
    }
}
