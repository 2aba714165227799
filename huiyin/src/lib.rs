//! Huiyin 回音: every petition gets an owner, a deadline and an answer, and anyone concerned can
//! check. This crate is the house: every door (desk, portal, API, spreadsheet, demo) leads to
//! [`act`].

pub mod act;
pub mod acts;
pub mod cli;
pub mod demo;
pub mod house;
pub mod import;
pub mod intake;
pub mod locale;
pub mod password;
pub mod problem;
pub mod report;
pub mod web;
