//! What the texts may say (法规数据的校验): a rule that nothing here keeps, a ground that no act uses or a
//! duty without a length is found when the program starts, not when somebody is owed an answer.

use super::{ClockKind, Statutes, Text};

/// What provisions are about, as the program keeps them; two editions share a topic.
const TOPICS: [&str; 49] = [
    "accountability",
    "accusation",
    "aid",
    "answer",
    "assign",
    "channels",
    "competence",
    "conference",
    "direct",
    "disposition",
    "final",
    "final-review",
    "form",
    "handling",
    "hearing",
    "investigate",
    "ladder",
    "leaders",
    "liability",
    "litigation",
    "litigation-letters",
    "mediation",
    "no-retaliation",
    "notice",
    "objection",
    "office",
    "open-hearing",
    "oral",
    "other-powers",
    "pending",
    "policy",
    "principle",
    "publish",
    "recommendation",
    "recusal",
    "report",
    "representatives",
    "review",
    "statutory-route",
    "successor",
    "suggestion",
    "supervision",
    "system",
    "target",
    "to-discipline",
    "told-where",
    "tracker",
    "unclear",
    "urgent",
];

impl Statutes {
    /// Whether every text says only what something here keeps.
    ///
    /// # Errors
    /// The text and what is wrong with it.
    pub(super) fn check(&self) -> Result<(), String> {
        let national: Vec<&Text> =
            self.texts.iter().filter(|text| text.jurisdiction.is_none()).collect();
        if national.is_empty() {
            return Err("no national edition".to_owned());
        }
        for text in &self.texts {
            let name = &text.edition;
            for provision in &text.provisions {
                if !TOPICS.contains(&provision.topic.as_str()) {
                    return Err(format!("{name}: {} is kept by nothing here", provision.id.0));
                }
            }
            let by_hand = text.periods.iter().find(|period| period.clock.set_by_hand());
            if let Some(period) = by_hand {
                let word = period.clock.word();
                return Err(format!("{name}: the date of {word} is set for each matter"));
            }
        }
        // An objection has no period in the older text; a simple procedure and the acceptance of a
        // review have one only in local texts.
        let optional =
            [ClockKind::Objection, ClockKind::SimpleHandling, ClockKind::ReviewAcceptance];
        for text in national {
            for clock in ClockKind::ALL {
                let own = clock.counted_as() == clock;
                let needed = own && !clock.set_by_hand() && !optional.contains(&clock);
                if needed && text.periods.iter().all(|period| period.clock != clock) {
                    return Err(format!("{}: {} has no length", text.edition, clock.word()));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the check says of the shipped texts with one line more.
    fn with(extra: &str) -> Result<Statutes, String> {
        Statutes::with(&[format!(
            "edition = \"XX\"\nname = \"某地规定\"\njurisdiction = \"65\"\nin_force_from = \"2024-01-01\"\n{extra}"
        )])
    }

    #[test]
    fn a_rule_that_nothing_keeps_stops_the_program() {
        assert!(with("").is_ok());
        for (extra, says) in [
            ("[[ground]]\ncode = \"N99\"\nrule = \"XX-1\"\narticle = \"第一条\"", "N99"),
            (
                "[[rule]]\nid = \"XX-2\"\ntopic = \"levies\"\narticle = \"第二条\"\nduty = \"…\"",
                "XX-2",
            ),
            (
                "[[period]]\nclock = \"report_back\"\nlength = 9\nunit = \"calendar\"\n\
                 rule = \"XX-3\"\narticle = \"第三条\"",
                "report_back",
            ),
            (
                "[[period]]\nclock = \"patience\"\nlength = 9\nunit = \"calendar\"\nrule = \"XX-4\"\narticle = \"第四条\"",
                "patience",
            ),
            ("[levy]\nmost = 3", "levy"),
        ] {
            let refused = with(extra).expect_err("nothing keeps it");
            assert!(refused.contains(says), "{refused}");
        }
    }
}
