//! The house's clock (时钟).

use casework::moment::Instant;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock (时钟): the machine's, the machine's moved by an offset, or one that stands still until
/// it is set. Nothing else in the program reads the time.
pub struct Clock {
    offset: AtomicI64,
    standing: AtomicI64,
    /// The latest instant that it told while it ran.
    latest: AtomicI64,
}

const RUNNING: i64 = i64::MIN;

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self {
            offset: AtomicI64::new(0),
            standing: AtomicI64::new(RUNNING),
            latest: AtomicI64::new(RUNNING),
        }
    }

    /// Told that it was this late already: it tells nothing earlier.
    pub fn no_earlier_than(&self, at: Instant) {
        self.latest.fetch_max(at.0, Ordering::SeqCst);
    }

    /// A clock that stands at an instant until [`Clock::set`] moves it.
    pub fn standing(at: Instant) -> Self {
        Self {
            offset: AtomicI64::new(0),
            standing: AtomicI64::new(at.0),
            latest: AtomicI64::new(RUNNING),
        }
    }

    /// Moves a standing clock.
    pub fn set(&self, at: Instant) {
        self.standing.store(at.0, Ordering::SeqCst);
    }

    /// Lets a standing clock run on from where it stands.
    pub fn run_on(&self) {
        let at = self.standing.swap(RUNNING, Ordering::SeqCst);
        if at != RUNNING {
            self.offset.store(at - machine_now(), Ordering::SeqCst);
            self.latest.store(RUNNING, Ordering::SeqCst);
        }
    }

    /// Now. When the machine's clock is set back, this one stands until that has caught up: of two acts the later never
    /// has the earlier time.
    pub fn now(&self) -> Instant {
        match self.standing.load(Ordering::SeqCst) {
            RUNNING => {
                let now = machine_now() + self.offset.load(Ordering::SeqCst);
                Instant(self.latest.fetch_max(now, Ordering::SeqCst).max(now))
            }
            at => Instant(at),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
fn machine_now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
