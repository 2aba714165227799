//! The record (案卷库): one SQL text on SQLite and on PostgreSQL.
//!
//! Every function takes a [`db::Tx`] and does one thing to one noun. Rules live in `casework`;
//! nothing here decides what is lawful, and nothing here knows HTTP.
#![deny(missing_docs)]

pub mod absence;
pub mod account;
pub mod almanac;
pub mod blob;
pub mod bulk;
mod condition;
pub mod copy;
mod counted;
pub mod db;
pub mod duty;
pub mod error;
pub mod fact;
pub mod figure;
pub mod files;
pub mod gauge;
mod group;
pub mod health;
pub mod job;
pub mod journal;
pub mod ledger;
pub mod mailbox;
pub mod matter;
pub mod migration;
pub mod once;
pub mod org;
pub mod paper;
pub mod petition;
pub mod postgres_door;
mod postgres_tx;
pub mod presence;
pub mod row;
pub mod search;
pub mod setting;
pub mod sqlite_door;
mod sqlite_log;
mod table;
mod tally;
mod tls;
pub mod value;
pub mod vault;
pub mod verify;
pub mod wall;

pub use db::{Db, Tx};
pub use error::Error;
