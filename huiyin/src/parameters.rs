//! Reading the query of an address (网址参数): what can't be read is said and never guessed, on pages
//! and in the API alike.

use crate::problem::{FieldError, Problem, Wrong};
use jiff::civil::Date;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The years that are taken anywhere (可填年份): before them there were no letters and visits, and no year after them
/// is meant.
pub const YEARS: RangeInclusive<i16> = 1949..=2199;

/// A date of these years, as `2025-03-31`.
pub fn date(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| YEARS.contains(&date.year()))
}

/// Reads the parameters of an address (网址参数) and gathers what is wrong with them.
#[derive(Default)]
pub struct Parameters {
    errors: Vec<FieldError>,
}

impl Parameters {
    fn wrong<T>(&mut self, name: &str, wrong: Wrong) -> Option<T> {
        self.errors.push(FieldError::new(name, wrong));
        None
    }

    /// A date, if one was given.
    pub fn date(&mut self, name: &str, text: &str) -> Option<Date> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        date(text).or_else(|| self.wrong(name, Wrong::Date))
    }

    /// A year, if one was given.
    pub fn year(&mut self, name: &str, text: &str) -> Option<i16> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match text.parse::<i16>() {
            Ok(year) if YEARS.contains(&year) => Some(year),
            _ => self.wrong(name, Wrong::Year),
        }
    }

    /// A number, if one was given.
    pub fn number<T: FromStr>(&mut self, name: &str, text: &str) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        text.parse().ok().or_else(|| self.wrong(name, Wrong::Number))
    }

    /// Something of a list, if anything was given.
    pub fn choice<T>(
        &mut self,
        name: &str,
        text: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match parse(text) {
            Some(value) => Some(value),
            None => self.wrong(name, Wrong::Choice),
        }
    }

    /// Words to look for, if any were given; nobody is looked for by a telephone or an identity number, which texts
    /// may hold too.
    pub fn words(&mut self, name: &str, text: &str) -> Option<String> {
        let text = text.trim();
        if names_a_person(text) {
            return self.wrong(name, Wrong::Person);
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    /// What was read, if nothing was wrong.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with every parameter that can't be read.
    pub fn done<T>(self, value: T) -> Result<T, Problem> {
        if self.errors.is_empty() { Ok(value) } else { Err(Problem::Invalid(self.errors)) }
    }
}

/// Whether it is the number of a telephone (a mobile one, or one with its area) or of a resident's identity card.
fn names_a_person(words: &str) -> bool {
    let phone = chinese::identity::phone(words);
    let mobile = phone.len() == 11 && phone.starts_with('1');
    let with_area = (10..=12).contains(&phone.len()) && phone.starts_with('0');
    let only_number = !words.chars().any(char::is_alphabetic);
    ((mobile || with_area) && only_number) || chinese::identity::is_resident_id(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_names_a_person_is_no_word() {
        for person in ["13800001234", "+86 138-0000-1234", "0872-8123456", "11010519491231002X"] {
            assert!(names_a_person(person), "{person}");
        }
        for words in ["2025-1", "20250303", "1000000元", "修路", "539921-LX-2025-0000012", ""] {
            assert!(!names_a_person(words), "{words}");
        }
    }
}
