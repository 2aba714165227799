//! What the texts may say (法规数据的校验): a rule that nothing here keeps, a ground that no act uses or a
//! duty without a length is found when the program starts, not when somebody is owed an answer.

use super::{ClockKind, Provision, Rule, Statutes, Text, topic};
use std::collections::BTreeSet;

impl Text {
    /// Whether something takes this provision up: a period, ground or limit of the same text rests on it, papers or
    /// records look it up by what it is about, or, for a national text, an act or a refusal names it or its twin in
    /// another edition. A local rule is never cited in a national one's place, so that naming that one is not enough.
    fn takes_up(
        &self,
        provision: &Provision,
        named: &BTreeSet<Rule>,
        topics: &BTreeSet<&str>,
    ) -> bool {
        let asked = topic::ALL.contains(&provision.topic.as_str());
        let cited = self.jurisdiction.is_none() && topics.contains(provision.topic.as_str());
        self.sets(&provision.id) || asked || named.contains(&provision.id) || cited
    }
}

impl Statutes {
    /// The provisions that nothing takes up, each with its text; `named` are the rules that acts and refusals rest on.
    pub fn unkept(&self, named: &BTreeSet<Rule>) -> Vec<(&Text, &Provision)> {
        let all = || {
            self.texts.iter().flat_map(|text| text.provisions.iter().map(move |one| (text, one)))
        };
        let topics: BTreeSet<&str> = all()
            .filter(|(text, one)| text.jurisdiction.is_none() && named.contains(&one.id))
            .map(|(_, one)| one.topic.as_str())
            .collect();
        all().filter(|(text, one)| !text.takes_up(one, named, &topics)).collect()
    }

    /// Whether every text has the lengths that its clocks need, and no length of what is set by hand.
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

    #[test]
    fn a_provision_is_kept_by_what_takes_it_up_and_not_by_its_topic() {
        let rule = |topic: &str| {
            format!(
                "[[rule]]\nid = \"XX-2\"\ntopic = \"{topic}\"\narticle = \"第二条\"\nduty = \"…\""
            )
        };
        let objection = "[[period]]\nclock = \"objection\"\nlength = 3\nunit = \"working\"\n\
                         rule = \"XX-2\"\narticle = \"第二条\"\n";
        let every: BTreeSet<Rule> = Statutes::shipped()
            .expect("texts")
            .texts
            .iter()
            .flat_map(|text| text.provisions.iter().map(|one| one.id.clone()))
            .collect();
        for (extra, kept) in [
            (rule("levies"), false),
            // The nation's objection is kept; that of this place is not, unless it says how long.
            (rule("objection"), false),
            (format!("{objection}{}", rule("objection")), true),
            // Every opinion cites what the place says of it.
            (rule(topic::ANSWER), true),
        ] {
            let statutes = with(&extra).expect("reads");
            let unkept = statutes.unkept(&every);
            let said: Vec<_> =
                unkept.iter().map(|(text, one)| (text.name.as_str(), one.id.0.as_str())).collect();
            let wanted = if kept { Vec::new() } else { vec![("某地规定", "XX-2")] };
            assert_eq!(said, wanted, "{extra}");
        }
        // Without an act or a refusal that rests on it, a national one is kept by nothing either.
        let texts = Statutes::shipped().expect("texts");
        let unkept = texts.unkept(&BTreeSet::new());
        assert!(!unkept.is_empty() && unkept.iter().all(|(text, one)| !text.sets(&one.id)));
    }
}
