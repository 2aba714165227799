//! Why something on the duty side does not fit (不能这样记的理由).

use crate::code::code_list;
use crate::statute::Rule;

code_list! {
    /// Reasons that only the duty side knows; the texts lie in the locales like all refusals'.
    pub enum Unfit {
        /// The person holds this post, or a seat, in these days already.
        TermsOverlap = "terms-overlap",
        /// It has ended.
        Ended = "ended",
        /// There is one head of the leading group at a time.
        HeadTwice = "head-twice",
        /// A later rule on this quota stands already.
        QuotaLater = "quota-later",
        /// A quota counts something.
        QuotaCountsNothing = "quota-counts-nothing",
        /// A quota asks for no more than one a day.
        QuotaTooMuch = "quota-too-much",
        /// The office is closed on that day.
        DayOff = "day-off",
        /// The day lies behind.
        DayPast = "day-past",
        /// The leader receives on that day already.
        DayTaken = "day-taken",
        /// The leader visits this place on that day already.
        VisitTwice = "visit-twice",
        /// The leader is on leave, or no longer in the post, on that day.
        LeaderAway = "leader-away",
        /// The day is not published.
        NotPublished = "not-published",
        /// Whoever this is has an appointment on that day.
        BookedAlready = "booked-already",
        /// There is no such appointment, or it is over.
        NoBooking = "no-booking",
        /// The day was held or called off.
        DayOver = "day-over",
        /// Somebody still waits to be received, or was not noted as absent.
        BookingOpen = "booking-open",
        /// The pattern holds no day of the period.
        NoDay = "no-day",
        /// A pattern is planned for two years at most.
        PlanTooFar = "plan-too-far",
        /// The waiting list is full.
        WaitingFull = "waiting-full",
        /// Somebody was received; the day is closed, not called off.
        ReceivedAlready = "received-already",
        /// Another unit has promised this.
        NotOwner = "not-owner",
        /// The matter is concluded.
        ConcludedBefore = "concluded-before",
        /// It was done or called off before.
        DoneAlready = "done-already",
        /// The matter's petitioner has no answer since then, so nobody may say that it is solved.
        NotAnswered = "not-answered",
        /// It has not taken place yet.
        NotDone = "not-done",
        /// There is no such entry.
        NoEntry = "no-entry",
        /// The two parties are different units.
        SameParty = "same-party",
        /// It is signed; what was signed stands.
        Signed = "signed",
        /// It is not signed by both sides yet.
        NotSigned = "not-signed",
        /// An indicator has no result yet.
        IndicatorOpen = "indicator-open",
        /// What is judged by hand needs evidence.
        EvidenceMissing = "evidence-missing",
        /// What counts itself is not judged by hand.
        CountsItself = "counts-itself",
        /// There is no year-end result to comment on.
        NoResult = "no-result",
        /// The list was frozen.
        Frozen = "frozen",
        /// The list is not frozen yet.
        NotFrozen = "not-frozen",
        /// The matter is not on the list, or left it.
        NotListed = "not-listed",
        /// It is on the list already.
        ListedAlready = "listed-already",
        /// The household has withdrawn its consent.
        Revoked = "revoked",
        /// The version is not in force.
        NotInForce = "not-in-force",
        /// Read before.
        ReadAlready = "read-already",
        /// No supervision of this matter found anything.
        NoFinding = "no-finding",
        /// The person concerned was not heard.
        NotHeard = "not-heard",
        /// It is decided.
        Decided = "decided",
        /// Nothing is decided yet.
        NotDecided = "not-decided",
        /// The article is none that speaks of liability.
        NoLiability = "no-liability",
        /// Another report went out under this number.
        NumberGiven = "number-given",
        /// The period to appeal is over.
        AppealLate = "appeal-late",
        /// It would count petitions or petitioners down, or hold people back.
        HoldsPeopleBack = "holds-people-back",
        /// There is no appeal that waits.
        NoAppeal = "no-appeal",
    }
}

impl Unfit {
    /// The rule it rests on; where no article speaks, the record's own order.
    pub fn rule(self) -> Rule {
        Rule::from(match self {
            Self::DayOff
            | Self::DayPast
            | Self::DayTaken
            | Self::NotPublished
            | Self::BookedAlready
            | Self::NoBooking
            | Self::DayOver
            | Self::BookingOpen
            | Self::NoDay
            | Self::PlanTooFar
            | Self::WaitingFull
            | Self::ReceivedAlready
            | Self::NotOwner => "R05-10",
            Self::LeaderAway
            | Self::VisitTwice
            | Self::QuotaLater
            | Self::QuotaCountsNothing
            | Self::QuotaTooMuch => "R22-18b",
            Self::NoFinding
            | Self::NotHeard
            | Self::Decided
            | Self::NotDecided
            | Self::NoLiability
            | Self::AppealLate
            | Self::NoAppeal => "R22-40",
            Self::Signed
            | Self::NotSigned
            | Self::IndicatorOpen
            | Self::EvidenceMissing
            | Self::CountsItself
            | Self::NoResult => "R22-39",
            Self::NumberGiven => "R22-41",
            Self::NotAnswered => "R22-32",
            Self::Revoked => "R22-37",
            Self::HoldsPeopleBack => "R22-18d",
            Self::TermsOverlap
            | Self::Ended
            | Self::HeadTwice
            | Self::ConcludedBefore
            | Self::DoneAlready
            | Self::NotDone
            | Self::NoEntry
            | Self::SameParty
            | Self::Frozen
            | Self::NotFrozen
            | Self::NotListed
            | Self::ListedAlready
            | Self::NotInForce
            | Self::ReadAlready => "D-casefile",
        })
    }
}
