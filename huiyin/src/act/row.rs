//! A row of a table of acts (动作表的一行): its name, its permission, its rule and its form; where it is offered and what
//! it leads to, each table says.

use super::field::{Field, Kind};
use super::form::{Answers, Form};
use crate::problem::Problem;
use casework::directory::Directory;
use casework::role::Act;

/// An act's row (动作表的一行): `T` is what the form says, `At` where the act is offered.
pub struct Row<T: 'static, At: 'static = ()> {
    /// Its name in addresses, and its locale key.
    pub word: &'static str,
    /// The permission it needs.
    pub act: Act,
    /// The rule it rests on.
    pub rule: &'static str,
    /// Where it is offered.
    pub at: At,
    /// Its form.
    pub form: fn(&mut Form<'_>) -> T,
}

impl<T, At> Row<T, At> {
    /// Its fields, in the order of the form.
    pub fn fields(&self) -> Vec<Field> {
        Form::fields(self.form)
    }

    /// Whether it takes files.
    pub fn takes_files(&self) -> bool {
        self.fields().iter().any(|field| field.kind == Kind::Files)
    }

    /// Reads what came back.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with every field that can't be used, and every field the act does not have.
    pub fn read(&self, answers: &Answers, directory: &Directory) -> Result<T, Problem> {
        Form::read(answers, directory, self.form)
    }
}
