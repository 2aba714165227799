//! Conditions of statements (查询条件): grown part by part, for lists, walls and figures alike.

use crate::value::Value;
use casework::statute::ClockKind;

/// Values by their number; a value that occurs again keeps its number, so that many conditions share a few
/// parameters.
#[derive(Default)]
pub(crate) struct Params(Vec<Value>);

impl Params {
    /// The place of a value in the statement, such as `$3`.
    pub(crate) fn place(&mut self, value: impl Into<Value>) -> String {
        let value = value.into();
        let at = self.0.iter().position(|known| *known == value).unwrap_or_else(|| {
            self.0.push(value);
            self.0.len() - 1
        });
        format!("${}", at + 1)
    }

    /// The values in the order of their numbers.
    pub(crate) fn values(&self) -> &[Value] {
        &self.0
    }
}

/// Parts that must all hold, and the values they ask about.
pub(crate) struct Where<'a> {
    params: &'a mut Params,
    parts: Vec<String>,
}

impl<'a> Where<'a> {
    /// No condition yet.
    pub(crate) fn of(params: &'a mut Params) -> Self {
        Self { params, parts: Vec::new() }
    }

    /// Adds a part that asks about nothing but the record.
    pub(crate) fn and(&mut self, part: impl Into<String>) {
        self.parts.push(part.into());
    }

    /// Adds a part in which every `?` stands for the value.
    pub(crate) fn is(&mut self, part: &str, value: impl Into<Value>) {
        let place = self.place(value);
        self.and(part.replace('?', &place));
    }

    /// The place of a value, for parts that ask about several.
    pub(crate) fn place(&mut self, value: impl Into<Value>) -> String {
        self.params.place(value)
    }

    /// The whole condition; one that always holds if there are no parts.
    pub(crate) fn sql(self) -> String {
        self.done().0
    }

    /// As [`Where::sql`], with the values of the statement so far.
    pub(crate) fn done(self) -> (String, &'a Params) {
        let all = if self.parts.is_empty() { "1 = 1".to_owned() } else { self.parts.join(" AND ") };
        (all, self.params)
    }
}

/// The words of clocks as a statement lists them; no reader's text, so they are written out.
pub(crate) fn listed(clocks: impl IntoIterator<Item = ClockKind>) -> String {
    let words: Vec<String> =
        clocks.into_iter().map(|clock| format!("'{}'", clock.word())).collect();
    words.join(", ")
}

/// The clocks that run until an answer.
pub(crate) fn answering() -> String {
    listed(ClockKind::ALL.into_iter().filter(|clock| clock.answers()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_and_a_value_keeps_its_number() {
        let mut params = Params::default();
        let mut all = Where::of(&mut params);
        all.is("a = ?", "x");
        all.is("(b < ? OR c > ?)", 7i64);
        let same = all.place("x");
        all.and(format!("d IN ({same})"));
        assert_eq!(all.sql(), "a = $1 AND (b < $2 OR c > $2) AND d IN ($1)");
        assert_eq!(Where::of(&mut params).sql(), "1 = 1");
        assert_eq!(params.values(), [Value::from("x"), Value::from(7i64)]);
    }
}
