//! The rules as a whole: histories that nobody thought of, and who may do what at each step.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod access;
mod days;
mod duty;
mod fixture;
mod history;
mod law;
mod model;
mod walls;
mod wishes;
