//! Huiyin 回音: every petition gets an owner, a deadline and an answer, and anyone concerned can
//! check. This crate is the house: every door (desk, portal, API, spreadsheet, demo) leads to
//! [`act`].

pub mod account;
pub mod act;
pub mod almanac;
pub mod by;
pub mod cases;
pub mod cli;
pub mod colleague;
pub mod demo;
pub mod draft;
pub mod duty;
pub mod enquiry;
pub mod figure;
pub mod house;
pub mod identity;
pub mod import;
pub mod intake;
pub mod job;
pub mod kept;
pub mod listing;
pub mod locale;
pub mod mailbox;
pub mod office;
pub mod org;
pub mod paper;
pub mod parameters;
pub mod password;
pub mod period;
pub mod problem;
pub mod repeat;
pub mod report;
pub mod see;
pub mod serve;
pub mod session;
pub mod sweep;
pub mod unmask;
pub mod web;
