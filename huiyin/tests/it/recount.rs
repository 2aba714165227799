//! Every figure over petitions, counted again from the case files alone, the way one would with paper and pencil: no
//! filter, no row and no rule of the program has a part in it.

use casework::calendar::{days_between, plus_days};
use casework::figure::FigureKey;
use casework::matter::review::ReviewOutcome;
use casework::matter::track::Track;
use casework::matter::{Entry, Fact, correction, mediation, repeat, withdrawal};
use casework::petition::{Channel, Petition};
use casework::role::Scope;
use huiyin::{demo, report};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::Db;
use tempfile::TempDir;

/// A petition as its matter's file tells of it.
struct Told {
    petition: Petition,
    first: bool,
    /// It came after the answer.
    later: bool,
    told_on: Option<Date>,
}

/// A matter as its file tells it, line by line.
#[derive(Default)]
struct File {
    petitions: Vec<Told>,
    office: String,
    category: String,
    answered_on: Option<Date>,
    accepted_on: Option<Date>,
    extended: i64,
    concluded_on: Option<Date>,
    cause: Option<&'static str>,
}

impl File {
    fn read(entries: &[Entry]) -> Self {
        let mut file = Self::default();
        for entry in entries {
            file.line(entry);
        }
        file
    }

    fn line(&mut self, Entry { fact, on, .. }: &Entry) {
        match fact {
            Fact::Registered(registered) => {
                self.category = registered.petition.category.0.clone();
                let received = registered.received.as_ref().map(|unit| &unit.office);
                self.office = received.unwrap_or(&registered.petition.first_unit).0.clone();
                self.came(&registered.petition, true);
            }
            Fact::Joined(joined) => self.came(&joined.petition, false),
            Fact::Reclassified(change) => self.category = change.category.0.clone(),
            Fact::Accepted(_) => self.accepted_on = Some(*on),
            Fact::Extended(extended) => self.extended = i64::from(extended.days),
            Fact::Signed(_) | Fact::LedgerAnswerKept(_) => self.answered_on = Some(*on),
            Fact::Concluded(conclusion) => {
                self.concluded_on = self.concluded_on.or(Some(*on));
                self.cause = conclusion.cause.map(casework::matter::Cause::word);
            }
            Fact::Repeat(repeat::Fact::RepeatTold(told)) => {
                let number = &told.petition;
                let mut all = self.petitions.iter_mut();
                let one = all.find(|one| one.petition.number == *number).expect("a petition");
                one.told_on = Some(*on);
            }
            // How many came together counts nowhere here, below five.
            Fact::Correction(correction::Fact::Corrected(_)) => {}
            // What both sides agreed on is an answer.
            Fact::Mediation(mediation::Fact::Settled(_)) => self.answered_on = Some(*on),
            // What was taken back stays in every count, and ends when its matter does.
            Fact::Withdrawal(withdrawal::Fact::Withdrawn(_)) => {}
            Fact::Unjoined(_) | Fact::Merged(_) | Fact::Withdrawal(_) | Fact::Correction(_) => {
                panic!("the demonstration's year has none: {}", fact.word());
            }
            Fact::ReviewDecided(decided) => assert_ne!(decided.outcome, ReviewOutcome::Redo),
            // What changes nothing that is counted here; a new fact asks to be thought of.
            Fact::ReportPostponed(_)
            | Fact::ResultReported(_)
            | Fact::Supplemented(_)
            | Fact::Referred(_)
            | Fact::Told(_)
            | Fact::Filed(_)
            | Fact::Objected(_)
            | Fact::Returned(_)
            | Fact::ObjectionRefused(_)
            | Fact::Recalled(_)
            | Fact::Declined(_)
            | Fact::StepTaken(_)
            | Fact::Inside(_)
            | Fact::Publication(_)
            | Fact::Hearing(_)
            | Fact::ExtensionAsked(_)
            | Fact::ExtensionRefused(_)
            | Fact::DemandAnswered(_)
            | Fact::Served(_)
            | Fact::NoticeServed(_)
            | Fact::ReviewAsked(_)
            | Fact::ReviewAccepted
            | Fact::ReviewDeclined(_)
            | Fact::HearingHeld(_)
            | Fact::AnsweredInstead(_)
            | Fact::ReviewServed(_)
            | Fact::Supervised(_)
            | Fact::SupervisionAnswered(_)
            | Fact::SupervisionClosed(_)
            | Fact::Executed(_)
            | Fact::ReviewExtended(_)
            | Fact::Track(_)
            | Fact::Joint(_)
            | Fact::Mediation(_)
            | Fact::Wall(_)
            | Fact::Aid(_)
            | Fact::Urgent(_)
            | Fact::Secrecy(_)
            | Fact::Participation(_)
            | Fact::Ladder(_)
            | Fact::Rating(_)
            | Fact::Passing(_)
            | Fact::Sponsorship(_) => {}
        }
    }

    fn came(&mut self, petition: &Petition, first: bool) {
        let later = self.answered_on.is_some() || self.concluded_on.is_some();
        let petition = petition.clone();
        self.petitions.push(Told { petition, first, later, told_on: None });
    }

    /// Counts one of its petitions, as of a day.
    fn count(&self, one: &Told, until: Date, add: &mut impl FnMut(String)) {
        let petition = &one.petition;
        let mut figure = |key: &str, holds: bool| {
            if holds {
                add(key.to_owned());
            }
        };
        let visit = matches!(petition.channel, Channel::Visit | Channel::Oral);
        figure("petitions.total", true);
        figure("petitions.visits.individual", visit && !petition.collective);
        figure("petitions.visits.collective", visit && petition.collective);
        for (key, channel) in [
            ("petitions.letters", Channel::Letter),
            ("petitions.phone", Channel::Phone),
            ("petitions.fax", Channel::Fax),
            ("petitions.email", Channel::Email),
            ("petitions.online", Channel::Online),
            ("petitions.mailbox", Channel::Mailbox),
            ("petitions.superior", Channel::Superior),
        ] {
            figure(key, petition.channel == channel);
        }
        figure("petitions.by_unit", petition.first_unit.0 != self.office);
        figure("petitions.first", one.first);
        figure("petitions.repeat", !one.first);
        figure("petitions.repeat.after_answer", one.later);
        figure("petitions.repeat.told", one.told_on.is_some());
        let over = self.concluded_on.is_some() && (!one.later || one.told_on.is_some());
        figure("petitions.concluded", over);
        figure("petitions.open", !over);
        let (answered_on, due) = if one.later {
            (one.told_on, Some(plus_days(petition.received_on, 15)))
        } else {
            // What the office answers by itself is answered instead of being passed on, in 15 days.
            let own = self.accepted_on.is_none() && self.answered_on.is_some();
            let own = own.then(|| plus_days(petition.received_on, 15));
            // No text sets a period for answering a suggestion (R22-29).
            let set = petition.track == Track::Redress;
            let due = self.accepted_on.map(|on| plus_days(on, 60 + self.extended)).or(own);
            let due = due.filter(|_| set);
            (self.answered_on, due)
        };
        figure("answers.total", answered_on.is_some());
        let in_time = answered_on.zip(due).is_some_and(|(on, due)| on <= due);
        figure("answers.in_time", in_time);
        figure("answers.late", due.is_some_and(|due| due < until) && !in_time);
        for (key, most) in [("answers.within_15_days", 15), ("answers.within_60_days", 60)] {
            let days = answered_on.map(|on| days_between(petition.received_on, on));
            figure(key, days.is_some_and(|days| days <= most));
        }
        // Whoever joins asks for the same, of the same organ.
        let organ = self.petitions.first().and_then(|one| one.petition.complained_of.clone());
        if let Some(organ) = organ {
            figure(&format!("organ.{}", organ.0), true);
        }
        let head = head(&self.category);
        figure(&format!("head.{head}"), true);
        figure(&format!("head.{head}.concluded"), over);
        if let Some(cause) = self.cause {
            figure(&format!("head.{head}.cause.{cause}"), over);
        }
    }
}

/// Under which head the county's report has a category.
fn head(category: &str) -> &'static str {
    match category {
        "农村农业/土地承包经营" | "农村农业/村务管理" => "land",
        "经济管理/国资监管" | "经济管理/企业破产" | "劳动和社会保障/城镇职工社会保险" => {
            "restructuring"
        }
        "城乡建设/国有土地上房屋征收与补偿" | "城乡建设/集体土地上房屋拆迁与补偿" => {
            "demolition"
        }
        "政法/诉讼" | "政法/仲裁与调解" => "lawsuit",
        _ => "other",
    }
}

/// What the year plays at least once, beside what every matter goes through.
const PLAYED: [&str; 21] = [
    "joined",
    "objected",
    "returned",
    "extended",
    "handed_over",
    "contributed",
    "designated",
    "mediated",
    "settled",
    "urgent_reported",
    "hearing_announced",
    "hearing_held",
    "countersigned",
    "result_announced",
    "withdrawn",
    "rated",
    "corrected",
    "repeat_told",
    "passed_on",
    "review_served",
    "answer_published",
];

#[test]
fn every_figure_over_petitions_is_what_the_files_tell() {
    let folder = TempDir::new().expect("folder");
    let db = Db::sqlite(&folder.path().join("office.sqlite")).expect("sqlite");
    let house = demo::play(db, folder.path(), &[1; 32], |_, _| ()).expect("year");
    let report = report::of_year(&house, &Scope::whole(), demo::YEAR, None).expect("report");
    let files = house.db.read(|tx| {
        let (mut files, mut played) = (Vec::new(), BTreeSet::new());
        for id in store::matter::ids(tx)? {
            let entries: Vec<Entry> =
                store::fact::list(tx, id)?.into_iter().map(|line| line.entry).collect();
            played.extend(entries.iter().map(|entry| entry.fact.word()));
            files.push(File::read(&entries));
        }
        Ok::<_, store::Error>((files, played))
    });
    let (files, played) = files.expect("files");
    // Whatever an office meets, the demonstration's year has met once.
    for word in PLAYED {
        assert!(played.contains(word), "nobody did it in the whole year: {word}");
    }
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for file in files {
        for petition in &file.petitions {
            let mut add = |key| *counted.entry(key).or_default() += 1;
            file.count(petition, report.until, &mut add);
        }
    }
    for (key, value) in &report.values {
        let over_petitions = match key {
            FigureKey::Petitions(_)
            | FigureKey::Head(_)
            | FigureKey::HeadConcluded(_)
            | FigureKey::HeadCause(..)
            | FigureKey::Organ(_) => true,
            FigureKey::Unit(_) | FigureKey::Duty(_) => false,
        };
        if over_petitions {
            let key = key.to_string();
            assert_eq!(counted.get(&key).copied().unwrap_or_default(), *value, "{key}");
        }
    }
    let of_organs = counted.keys().filter(|key| key.starts_with("organ.")).count();
    assert_eq!(of_organs, report.organs.len());
    assert!(of_organs > 3, "people complain of several units");
    assert!(counted["petitions.repeat.after_answer"] > 40, "the year has many of them");
    assert_eq!(counted["petitions.repeat.after_answer"], counted["petitions.repeat.told"]);
}
