//! Papers (文书): QR codes, spreadsheets and charts.
#![deny(missing_docs)]

pub mod qr;
