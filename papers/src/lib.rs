//! Papers (文书): QR codes and ledgers.
#![deny(missing_docs)]

pub mod ledger;
pub mod qr;
