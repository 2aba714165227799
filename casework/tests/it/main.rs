//! The rules as a whole: histories that nobody thought of, and who may do what at each step.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test names what it is about and nothing else"
)]

/// The model check copies matters without end.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod access;
mod days;
mod duty;
mod facts;
mod fixture;
mod ground;
mod history;
mod law;
mod model;
mod walls;
mod wishes;
