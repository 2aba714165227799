//! Papers (文书): spreadsheets in and out, calendar files, QR codes.
#![deny(missing_docs)]

pub mod agenda;
pub mod ledger;
pub mod qr;
pub mod sheet;
