//! Whole scenarios through the in-process router, cut by rule and not by handler.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test names what it is about and nothing else"
)]

mod access;
mod api;
mod bad_input;
mod cli;
mod glossary;
mod import;
mod kept;
mod life;
mod matrix;
mod office;
mod pages;
mod portal;
mod recipes;
mod recount;
mod repeats;
mod review;
mod scenario;
mod serving;
mod tidy;
mod two;
mod work;
mod year;
