//! Chinese text (中文): scripts, search tokens, masking, identifiers, numerals.
//!
//! Nothing here knows what a petition is.
#![deny(missing_docs)]

pub mod identity;
pub mod numeral;
pub mod script;
pub mod text;
