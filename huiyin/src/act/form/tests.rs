//! Forms ask the same whatever is answered, and say all that is wrong at once.

use super::*;
use crate::act::Name;

/// Something that asks.
type Ask = Box<dyn Fn(&mut Form<'_>)>;

/// Every form of an act, by its word.
fn forms() -> Vec<(&'static str, Ask)> {
    let mut forms: Vec<(&'static str, Ask)> = Vec::new();
    for act in crate::act::all() {
        forms.push((act.word, Box::new(|form| drop((act.form)(form)))));
    }
    for act in crate::duty::all() {
        forms.push((act.word, Box::new(|form| drop((act.form)(form)))));
    }
    for act in crate::office::ALL {
        forms.push((act.word, Box::new(|form| drop((act.form)(form)))));
    }
    forms
}

/// Something of its kind in every field.
fn filled(fields: &[Field]) -> Answers {
    let mut answers = Answers::default();
    for field in fields {
        let value = if let Kind::List(_, words) | Kind::Lists(_, words) = field.kind {
            words.last().copied().unwrap_or_default()
        } else if field.kind == Kind::Date {
            "2025-03-03"
        } else if field.kind == Kind::Yes {
            "yes"
        } else {
            "7"
        };
        answers.values.insert(field.name.into(), vec![value.to_owned()]);
    }
    answers
}

#[test]
fn a_form_asks_the_same_whatever_is_answered() {
    let directory = Directory::default();
    for (word, ask) in forms() {
        let asked = Form::fields(&ask);
        let answers = filled(&asked);
        let mut form = Form::of(&answers, &directory);
        ask(&mut form);
        assert_eq!(form.fields, asked, "{word}");
    }
}

#[test]
fn all_that_is_missing_is_said_at_once_and_nothing_unknown_is_swallowed() {
    let directory = Directory::default();
    for (word, ask) in forms() {
        let required = Form::fields(&ask).into_iter().filter(|field| field.required);
        let required: Vec<&str> = required.map(|field| field.name.word()).collect();
        let mut answers = Answers::default();
        answers.values.insert("no_such_field".to_owned(), vec!["x".to_owned()]);
        let read = Form::read(&answers, &directory, &ask);
        let wrong = if let Err(Problem::Invalid(wrong)) = read { wrong } else { Vec::new() };
        let wrong: Vec<&str> = wrong.iter().map(|error| error.field.as_str()).collect();
        assert!(required.iter().all(|name| wrong.contains(name)), "{word}: {wrong:?}");
        assert!(wrong.contains(&"no_such_field"), "{word}: {wrong:?}");
    }
}

#[test]
fn what_is_read_is_what_was_sent() {
    let directory = Directory::default();
    let sent = |value: &str| Answers {
        values: [("day".to_owned(), vec![value.to_owned()])].into(),
        files: Vec::new(),
    };
    let read = |value: &str| Form::read(&sent(value), &directory, |f| f.may_date(Name::Day));
    assert_eq!(read("2025-03-03").ok(), Some(Some(jiff::civil::date(2025, 3, 3))));
    assert_eq!(read(" ").ok(), Some(None));
    for wrong in ["1948-12-31", "2200-01-01", "3 March", "2025-02-30"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let number = |value: &str| Form::read(&sent(value), &directory, |f| f.number(Name::Day)).ok();
    assert_eq!(number("１２"), Some(12), "digits of any width are digits");
    assert_eq!((number("-1"), number("1.5"), number("")), (None, None, None));
    let list = Kind::List("how", &["counter"]);
    let how = |value: &str| {
        Form::read(&sent(value), &directory, |f| {
            f.one_among::<casework::duty::booking::BookedHow>(Name::Day, list)
        })
    };
    assert!(how("counter").is_ok());
    assert!(how("online").is_err(), "a word of the list that is not offered here");
    let long = "字".repeat(MOST_CHARACTERS + 1);
    assert!(Form::read(&sent(&long), &directory, |f| f.text(Name::Day)).is_err());
    let document = Form::read(&sent(&long), &directory, |f| f.document(Name::Day)).ok();
    assert_eq!(document, Some(long), "a table of a province is longer than what anybody writes");
    let unit = |value: &str| {
        Form::read(&sent(value), &directory, |f| f.may_choice(Name::Day, Kind::AnyUnit))
    };
    assert!(unit("nowhere").is_err(), "a unit that the county does not have");
}
