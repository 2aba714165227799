//! The law and the case file of letters-and-visits work (信访), as pure rules.
//!
//! A case file is a list of things that happened. [`matter::decide`] turns a command into facts
//! or into a [`refusal::Refusal`]; [`matter::Matter::evolve`] folds facts into what they mean now.
//! Nothing here reads a clock, a file, a database or a random source: the moment, the calendar
//! and the statute in force come in through [`matter::Context`].
#![cfg_attr(not(test), deny(missing_docs))]

pub mod calendar;
pub mod category;
pub mod code;
pub mod deadline;
pub mod directory;
pub mod duty;
pub mod enquiry;
pub mod figure;
pub mod matter;
pub mod moment;
pub mod org;
pub mod petition;
pub mod refusal;
pub mod repeat;
pub mod role;
pub mod secret;
pub mod statute;
