//! The case file as a timeline (案卷时间线): every fact in words.

use crate::acts::Kind;
use crate::house::House;
use crate::locale::Lang;
use crate::web::session::Desk;
use casework::directory::Directory;
use casework::intake::Origin;
use casework::matter::{Entry, Fact};
use casework::org::UnitId;
use casework::petition::Attachment;
use casework::referral::Told;

/// A line of the timeline.
pub struct Line {
    /// When, in words.
    pub time: String,
    /// Its position in the case file, from 1.
    pub sequence: usize,
    /// Whether it makes a letter between offices that can be printed.
    pub letter: bool,
    /// The fact's name.
    pub word: &'static str,
    /// Who did it.
    pub who: String,
    /// For which unit.
    pub unit: String,
    /// What it says, label and text.
    pub details: Vec<(String, String)>,
    /// Files it brought.
    pub files: Vec<Attachment>,
}

/// What a fact says, gathered as label and text.
struct Said<'a> {
    lang: Lang,
    directory: &'a Directory,
    details: Vec<(String, String)>,
    files: Vec<Attachment>,
}

impl Said<'_> {
    /// Adds a line, unless there is nothing to say.
    fn say(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.details.push((self.lang.t(key), value));
        }
    }

    /// What somebody was told who has to go elsewhere.
    fn told(&mut self, told: &Told) {
        self.say("field-where-to", told.where_to.clone());
        self.say("field-how", told.how.clone());
        self.say("field-within", told.within.clone());
        self.say("field-earlier", told.earlier.clone());
        self.say("field-note", told.note.clone());
    }

    /// A value in words, by what the forms say that a field of this name holds.
    fn value(&self, name: &str, text: &str) -> String {
        match kind_of(name) {
            Some(Kind::List(prefix, _)) => self.word(prefix, text),
            Some(Kind::Date) => {
                text.parse().map_or_else(|_| text.to_owned(), |on| self.lang.date(on))
            }
            Some(Kind::Account | Kind::Asked | Kind::Leader) => self
                .directory
                .people
                .get(text)
                .map_or_else(|| text.to_owned(), |one| one.name.clone()),
            Some(Kind::Ground | Kind::GroundOver) => self.word("ground", text),
            _ if self.directory.units.contains_key(text) => {
                self.directory.unit(&UnitId(text.to_owned())).to_owned()
            }
            _ if name == "arbiter" => self.word("arbiter", text),
            _ => text.to_owned(),
        }
    }

    fn word(&self, prefix: &str, word: &str) -> String {
        self.lang.t(&format!("{prefix}-{word}").replace('_', "-"))
    }
}

/// The case file as a timeline, newest first.
pub fn lines(house: &House, desk: &Desk, directory: &Directory, entries: &[Entry]) -> Vec<Line> {
    entries
        .iter()
        .enumerate()
        .rev()
        .map(|(at, entry)| {
            let mut said =
                Said { lang: desk.lang, directory, details: Vec::new(), files: Vec::new() };
            intake(&mut said, &entry.fact);
            let time = house.zone_time(entry.at);
            Line {
                sequence: at + 1,
                letter: crate::paper::has_letter(&entry.fact),
                time: format!(
                    "{} {:02}:{:02}",
                    desk.lang.date(entry.on),
                    time.hour(),
                    time.minute()
                ),
                word: entry.fact.word(),
                who: directory.name(&entry.actor).to_owned(),
                unit: directory.unit(&entry.unit).to_owned(),
                details: said.details,
                files: said.files,
            }
        })
        .collect()
}

/// What the facts of taking in say.
fn intake(said: &mut Said<'_>, fact: &Fact) {
    match fact {
        Fact::Registered(registered) => {
            said.say("field-number", registered.petition.number.0.clone());
            said.say("field-channel", said.word("channel", registered.petition.channel.word()));
            if let Some(transfer) = &registered.petition.transfer {
                said.say("field-transfer-from", format!("{} {}", transfer.from, transfer.number));
                let by = transfer.report_back_on.map(|on| said.lang.date(on));
                said.say("field-transfer-report-on", by.unwrap_or_default());
            }
            match &registered.origin {
                Some(Origin::Unjoined(from)) => said.say("field-unjoined-from", from.to_string()),
                Some(Origin::NewFacts(from)) => said.say("field-new-facts-of", from.to_string()),
                None => {}
            }
            said.files.clone_from(&registered.petition.attachments);
        }
        Fact::Joined(joined) => {
            said.say("field-number", joined.petition.number.0.clone());
            said.say("field-channel", said.word("channel", joined.petition.channel.word()));
            said.say("field-reason", joined.reason.clone());
            said.files.clone_from(&joined.petition.attachments);
        }
        Fact::Unjoined(unjoined) => {
            said.say("field-number", unjoined.petition.0.clone());
            said.say("field-reason", unjoined.reason.clone());
            said.say("field-to-matter", unjoined.to.to_string());
        }
        Fact::Merged(merged) => {
            said.say("field-into", merged.into.to_string());
            said.say("field-reason", merged.reason.clone());
        }
        Fact::ReportPostponed(postponed) => {
            said.say("field-report-back-on", said.lang.date(postponed.report_back_on));
            said.say("field-reason", postponed.reason.clone());
        }
        Fact::Supplemented(later) => {
            said.say("field-text", later.text.clone());
            said.files.clone_from(&later.attachments);
        }
        Fact::Reclassified(change) => {
            said.say("field-category", change.category.0.clone());
            said.say("field-reason", change.reason.clone());
        }
        Fact::Withdrawn(withdrawn) => {
            said.say("field-number", withdrawn.petition.0.clone());
            said.say("field-reason", withdrawn.reason.clone());
        }
        other => referral(said, other),
    }
}

/// What the facts of passing on say.
fn referral(said: &mut Said<'_>, fact: &Fact) {
    match fact {
        Fact::Referred(referred) => {
            said.say("field-to", said.directory.unit(&referred.to).to_owned());
            said.say(
                "field-report-back-on",
                referred.report_back_on.map(|on| said.lang.date(on)).unwrap_or_default(),
            );
            said.say("field-note", referred.note.clone());
        }
        Fact::Told(told) | Fact::Declined(told) => {
            said.say("field-ground", said.word("ground", &told.ground));
            said.told(told);
        }
        Fact::AnsweredDirectly(answer) => {
            said.say("field-text", answer.text.clone());
            said.say("field-basis", answer.basis.clone());
        }
        Fact::Filed(filed) => said.say("field-reason", filed.reason.clone()),
        Fact::Objected(objected) => {
            said.say("field-reason", objected.reason.clone());
            said.say(
                "field-proposed",
                objected
                    .proposed
                    .as_ref()
                    .map(|u| said.directory.unit(u).to_owned())
                    .unwrap_or_default(),
            );
        }
        Fact::Returned(ruling) | Fact::ObjectionRefused(ruling) => {
            said.say("field-reason", ruling.reason.clone())
        }
        other => handling(said, other),
    }
}

/// What the facts of answering say.
fn handling(said: &mut Said<'_>, fact: &Fact) {
    match fact {
        Fact::Accepted(accepted) => {
            let branch = accepted.branch.map(|branch| said.word("branch", branch.word()));
            said.say("field-branch", branch.unwrap_or_default());
            let by = accepted.due_on.map(|on| said.lang.date(on));
            said.say("field-due-on", by.unwrap_or_default());
            said.say("field-basis", accepted.basis.clone());
        }
        Fact::StepTaken(step) => {
            said.say("field-on", said.lang.date(step.on));
            said.say("field-text", step.text.clone());
            said.files.clone_from(&step.attachments);
        }
        Fact::ExtensionAsked(asked) => {
            said.say("field-days", asked.days.to_string());
            said.say("field-reason", asked.reason.clone());
        }
        Fact::Extended(extended) => {
            said.say("field-days", extended.days.to_string());
            said.say("field-reason", extended.reason.clone());
        }
        Fact::ExtensionRefused(refused) => said.say("field-reason", refused.reason.clone()),
        Fact::DemandAnswered(answer) => {
            said.say("field-demand", answer.demand.to_string());
            said.say("field-outcome", said.word("outcome", answer.outcome.word()));
            said.say("field-text", answer.text.clone());
        }
        Fact::Signed(signed) => {
            said.say("field-document-number", signed.number.clone());
            said.say("field-new-facts", signed.new_facts.clone().unwrap_or_default());
        }
        Fact::Served(served) => {
            said.say("field-method", said.word("method", served.method.word()));
            said.say("field-on", said.lang.date(served.on));
            said.say("field-recipient", served.recipient.clone());
            said.say("field-proof", served.proof.clone());
            said.files.clone_from(&served.attachments);
        }
        Fact::NoticeServed(served) => {
            said.say("field-notice", served.notice.to_string());
            said.say("field-method", said.word("method", served.service.method.word()));
            said.say("field-on", said.lang.date(served.service.on));
            said.say("field-recipient", served.service.recipient.clone());
            said.say("field-proof", served.service.proof.clone());
            said.files.clone_from(&served.service.attachments);
        }
        Fact::Concluded(conclusion) => {
            let cause = conclusion.cause.map(|cause| said.word("cause", cause.word()));
            said.say("field-cause", cause.unwrap_or_default());
        }
        other => review(said, other),
    }
}

/// What the facts of review say.
fn review(said: &mut Said<'_>, fact: &Fact) {
    match fact {
        Fact::ReviewAsked(asked) => {
            said.say("field-organ", said.directory.unit(&asked.organ).to_owned());
            said.say("field-received-on", said.lang.date(asked.received_on));
            let posted = asked.posted_on.map(|on| said.lang.date(on));
            said.say("field-posted-on", posted.unwrap_or_default());
            said.say("field-reason", asked.reason.clone());
            said.say("field-late-reason", asked.late_reason.clone().unwrap_or_default());
            said.files.clone_from(&asked.attachments);
        }
        Fact::ReviewDeclined(told) => {
            said.say("field-ground", said.word("ground", &told.ground));
            said.told(told);
        }
        Fact::HearingHeld(held) => {
            said.say("field-from", said.lang.date(held.from));
            said.say("field-until", said.lang.date(held.until));
            said.say("field-text", held.text.clone());
        }
        Fact::ReviewDecided(decided) => {
            said.say("field-review-outcome", said.word("review-outcome", decided.outcome.word()));
            said.say("field-text", decided.text.clone());
            said.say("field-basis", decided.basis.clone());
            said.say("field-document-number", decided.number.clone());
        }
        Fact::ReviewServed(served) => {
            said.say("field-method", said.word("method", served.method.word()));
            said.say("field-on", said.lang.date(served.on));
            said.say("field-recipient", served.recipient.clone());
            said.say("field-proof", served.proof.clone());
            said.files.clone_from(&served.attachments);
        }
        other => supervision(said, other),
    }
}

/// What the facts of supervision say.
fn supervision(said: &mut Said<'_>, fact: &Fact) {
    match fact {
        Fact::Supervised(supervised) => {
            said.say("field-document-number", supervised.number.clone());
            let form = said.word("supervision-form", supervised.form.word());
            said.say("field-supervision-form", form);
            said.say("field-trigger", said.word("trigger", supervised.trigger.word()));
            said.say("field-unit", said.directory.unit(&supervised.unit).to_owned());
            said.say("field-text", supervised.text.clone());
            said.say("field-tracker", supervised.tracker.clone());
        }
        Fact::SupervisionAnswered(answered) => {
            let key = if answered.adopted { "adopted" } else { "not-adopted" };
            said.say("field-adopted", said.lang.t(key));
            said.say("field-text", answered.text.clone());
        }
        Fact::SupervisionClosed(closed) => said.say("field-finding", closed.finding.clone()),
        Fact::Executed(executed) => {
            said.say("field-demand", executed.demand.to_string());
            said.say("field-on", said.lang.date(executed.on));
            said.say("field-text", executed.text.clone());
        }
        other => room(said, other),
    }
}

/// Where a field stands among the others of its fact.
fn rank(name: &str) -> u8 {
    match kind_of(name) {
        Some(Kind::Line) => 1,
        Some(Kind::Date) => 2,
        Some(Kind::Number | Kind::Yes) => 3,
        Some(Kind::Text) => 4,
        None => 5,
        Some(_) => 0,
    }
}

/// What the forms say that a field of this name holds.
fn kind_of(name: &str) -> Option<Kind> {
    let mut fields = crate::acts::all().flat_map(|act| act.fields);
    fields.find(|field| field.name == name).map(|field| field.kind)
}

/// What a fact of any other room says: its fields under the names and in the words that the forms have,
/// so that none can be forgotten.
fn room(said: &mut Said<'_>, fact: &Fact) {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(fact) else { return };
    let mut fields: Vec<(String, serde_json::Value)> = fields.into_iter().collect();
    // As a form asks: what was chosen first, then names and dates, long texts last.
    fields.sort_by_key(|(name, _)| rank(name));
    for (name, value) in fields {
        if name == "fact" {
            continue;
        }
        if name == "attachments" {
            said.files = serde_json::from_value(value).unwrap_or_default();
            continue;
        }
        let words = match value {
            serde_json::Value::String(text) => said.value(&name, &text),
            serde_json::Value::Bool(yes) => said.lang.t(if yes { "yes" } else { "no" }),
            serde_json::Value::Number(number) => number.to_string(),
            serde_json::Value::Array(values) => {
                let each = values.iter().map(|one| match one {
                    serde_json::Value::String(text) => said.value(&name, text),
                    other => other.to_string(),
                });
                each.collect::<Vec<_>>().join(&said.lang.t("list-separator"))
            }
            serde_json::Value::Object(inner) => {
                let text = inner.values().find_map(serde_json::Value::as_str);
                text.map(|unit| said.directory.unit(&UnitId(unit.to_owned())).to_owned())
                    .unwrap_or_default()
            }
            serde_json::Value::Null => String::new(),
        };
        said.say(&format!("field-{name}").replace('_', "-"), words);
    }
}
