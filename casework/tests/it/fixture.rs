//! A small office: texts, calendar, petitions, and a case file that grows by commands.

use casework::calendar::Calendar;
use casework::category::{Category, Dated, Tree};
use casework::directory::{Directory, Person};
use casework::matter::document::Issued;
use casework::matter::handling::{Accept, DemandAnswered, ExtensionAsked, Outcome, Signed};
use casework::matter::inquiry::{InquiryKind, StepTaken};
use casework::matter::intake::register;
use casework::matter::referral::{Refer, Told};
use casework::matter::review::{HearingHeld, ReviewAsked, ReviewDecided, ReviewOutcome};
use casework::matter::service::{Conclude, Served, ServiceMethod};
use casework::matter::supervision::{Supervised, SupervisionForm, Trigger};
use casework::matter::{Cause, Command, Context, Entry, Fact, Known, Matter, MatterId, decide};
use casework::moment::{Instant, Moment};
use casework::org::{AccountId, Actor, Jurisdiction, Level, Place, Role, Unit, UnitId, UnitKind};
use casework::petition::{Channel, Party, PartyKind, PartyRole, Petition, PetitionNumber};
use casework::refusal::Refusal;
use casework::statute::{GroundCode, Statutes};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

pub struct Office {
    pub law: Statutes,
    pub calendar: Calendar,
    pub place: Place,
    pub actor: Actor,
    pub directory: Directory,
}

/// The county of the tests: its organs, some bureaux, a township with a village, and what stands above.
pub fn directory() -> Directory {
    use UnitKind::{Bureau, County, Discipline, Judicial, Office, Superior, Township, Village};
    let units = [
        ("gov", County, "539921", None),
        ("office", Office, "539921", Some("gov")),
        ("agri", Bureau, "539921", Some("gov")),
        ("housing", Bureau, "539921", Some("gov")),
        ("finance", Bureau, "539921", Some("gov")),
        ("civil", Bureau, "539921", Some("gov")),
        ("police", Bureau, "539921", Some("gov")),
        ("merged", Bureau, "539921", Some("gov")),
        ("jiwei", Discipline, "539921", Some("gov")),
        ("court", Judicial, "539921", None),
        ("donghe", Township, "539921101", Some("gov")),
        ("shiqiao", Village, "539921101201", Some("donghe")),
        ("city", Superior, "5399", None),
        ("province", Superior, "53", None),
    ];
    let unit = |(id, kind, place, parent): (&str, UnitKind, &str, Option<&str>)| Unit {
        id: UnitId(id.to_owned()),
        name: format!("{id}局"),
        short: id.to_owned(),
        kind,
        place: Place(place.to_owned()),
        parent: parent.map(|parent| UnitId(parent.to_owned())),
        guided_by: None,
        phone: String::new(),
        address: String::new(),
    };
    let places = [
        ("53", Level::Province, None),
        ("5399", Level::City, Some("53")),
        ("539921", Level::County, Some("5399")),
        ("539921101", Level::Township, Some("539921")),
        ("539921101201", Level::Village, Some("539921101")),
    ];
    let place = |(code, level, parent): (&str, Level, Option<&str>)| Jurisdiction {
        code: Place(code.to_owned()),
        name: code.to_owned(),
        level,
        parent: parent.map(|parent| Place(parent.to_owned())),
    };
    let person = |(account, unit, role): (&str, &str, Role)| {
        let unit = UnitId(unit.to_owned());
        let person = Person { name: account.to_owned(), unit, post: None, roles: vec![role] };
        (AccountId(account.to_owned()), person)
    };
    let people = [
        ("somebody", "office", Role::RegistrationClerk),
        ("colleague", "office", Role::RegistrationClerk),
        ("other", "agri", Role::UnitHandler),
        ("brother", "agri", Role::UnitHandler),
        ("leader", "gov", Role::Leader),
        ("another", "gov", Role::Leader),
    ];
    let tree = Tree::shipped().expect("a tree");
    let dated = |category| Dated { category, from: date(2000, 1, 1), until: None };
    Directory {
        former_units: Vec::new(),
        units: units.map(unit).map(|unit| (unit.id.clone(), unit)).into(),
        places: places.map(place).map(|place| (place.code.clone(), place)).into(),
        posts: BTreeMap::new(),
        categories: tree.paths().into_iter().map(dated).collect(),
        people: people.map(person).into(),
        problem_heads: casework::category::head::shipped().expect("heads"),
        mailboxes: std::collections::BTreeSet::new(),
        absences: Vec::new(),
    }
}

impl Office {
    pub fn new() -> Self {
        Self {
            law: Statutes::shipped().expect("texts"),
            calendar: Calendar::of(&Calendar::shipped().expect("schedules")),
            place: Place("539921".to_owned()),
            actor: actor("office", "somebody"),
            directory: directory(),
        }
    }

    pub fn context(&self, on: Date) -> Context<'_> {
        Context {
            moment: moment(on),
            actor: &self.actor,
            place: &self.place,
            law_book: &self.law,
            calendar: &self.calendar,
            directory: &self.directory,
            known: Known::default(),
        }
    }

    /// A matter with one petition, and its first line.
    pub fn opened(&self, on: Date) -> (Matter, Vec<Entry>) {
        let facts = register(petition(1, on), None, &self.context(on)).expect("registers");
        let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, on, "office")).collect();
        let first = entries.first().expect("a fact");
        let matter = Matter::open(MatterId::new(2025, 1), first).expect("opens");
        (matter, entries)
    }

    /// A matter whose petition somebody of this unit took in, and its first line.
    pub fn received_at(&self, unit: &str, on: Date) -> (Matter, Vec<Entry>) {
        let actor = actor(unit, "handler");
        let context = Context { actor: &actor, ..self.context(on) };
        let first = Petition { first_unit: UnitId(unit.to_owned()), ..petition(1, on) };
        let facts = register(first, None, &context).expect("registers");
        let entries: Vec<Entry> = facts.into_iter().map(|fact| entry(fact, on, unit)).collect();
        let matter = Matter::replay(MatterId::new(2025, 1), &entries).expect("opens");
        (matter, entries)
    }

    /// Does a command and grows the case file; a refusal leaves it as it is.
    pub fn act(
        &self,
        (matter, entries): (&mut Matter, &mut Vec<Entry>),
        command: &Command,
        on: Date,
    ) -> Result<(), Refusal> {
        let unit = matter.holder.0.clone();
        let asked = asked(matter, command);
        let looks = matches!(command, Command::Inside(_));
        let checker = matter.checker().filter(|_| looks).map(|one| one.0.as_str());
        let signs = matches!(command, Command::Sign(_));
        let who = checker.unwrap_or(if signs { "head" } else { "somebody" });
        let actor = actor(asked.map_or("office", |unit| unit.0.as_str()), who);
        let context = Context { actor: &actor, ..self.context(on) };
        for fact in decide(matter, command, &context)? {
            // What a fact is called is what stands in the file.
            let wire = serde_json::to_value(&fact).expect("serializes");
            assert_eq!(wire["fact"], fact.word());
            let entry = entry(fact, on, &unit);
            *matter = matter.clone().evolve(&entry);
            entries.push(entry);
        }
        Ok(())
    }

    /// The matter after these commands, one a day from 3 March 2025.
    pub fn after(&self, commands: &[Command]) -> Matter {
        let mut on = date(2025, 3, 3);
        let (mut matter, mut entries) = self.opened(on);
        for command in commands {
            on = casework::calendar::tomorrow(on);
            self.act((&mut matter, &mut entries), command, on).expect("lawful");
        }
        matter
    }
}

/// The unit of which the command is the answer, where no other can give it.
fn asked<'a>(matter: &'a Matter, command: &Command) -> Option<&'a UnitId> {
    use casework::matter::{joint, ladder, sponsorship};
    if let Command::Joint(joint::Command::Contribute(_)) = command {
        matter.awaited().next()
    } else if let Command::Ladder(ladder::Command::AnswerRecommendation(answered)) = command {
        let mut all = matter.recommendations.iter().map(|one| &one.recommended);
        all.find(|one| one.number == answered.number).map(|one| &one.to)
    } else if let Command::Sponsorship(sponsorship::Command::AnswerInstruction(answered)) = command
    {
        matter.instruction(answered.instruction).map(|one| &one.unit)
    } else if matches!(
        command,
        Command::ReportResult(_) | Command::DecideReview(_) | Command::DeclineReview(_)
    ) {
        Some(&matter.holder)
    } else {
        None
    }
}

pub fn moment(on: Date) -> Moment {
    let days = casework::calendar::days_between(date(1970, 1, 1), on);
    Moment { at: Instant(days * 86_400_000 + 3_600_000), on }
}

pub fn entry(fact: Fact, on: Date, unit: &str) -> Entry {
    Entry {
        at: moment(on).at,
        on,
        actor: AccountId("somebody".to_owned()),
        unit: UnitId(unit.to_owned()),
        issued: Issued::default(),
        fact,
    }
}

pub fn petition(serial: u32, on: Date) -> Petition {
    let place = Place("539921101".to_owned());
    Petition {
        number: PetitionNumber::new(&place, Channel::Visit, 2025, serial),
        query_hash: format!("hash-{serial}").into(),
        registered_at: moment(on).at,
        title: "要求公布账目".to_owned(),
        text: "村里的账目三年没有公布。".to_owned(),
        parties: vec![Party {
            id: format!("party-{serial}"),
            role: PartyRole::Lead,
            kind: PartyKind::Person,
            mask: "赵*兰".to_owned(),
            reachable: true,
            sealed: "sealed".to_owned().into(),
        }],
        demands: vec!["公布账目".to_owned(), "说明去向".to_owned()],
        first_unit: UnitId("office".to_owned()),
        publishable: true,
        ..Petition::handed_in(Channel::Visit, on, place, Category("农村农业/村务管理".to_owned()))
    }
}

pub fn refer(to: &str) -> Command {
    Command::Refer(Refer {
        to: UnitId(to.to_owned()),
        report_back_on: None,
        note: String::new(),
        despite: String::new(),
    })
}

pub fn accept() -> Command {
    Command::Accept(Accept::default())
}

pub fn actor(unit: &str, account: &str) -> Actor {
    Actor {
        account: AccountId(account.to_owned()),
        login: account.to_owned(),
        name: account.to_owned(),
        unit: UnitId(unit.to_owned()),
        roles: Vec::new(),
    }
}

pub fn answer(demand: u32) -> Command {
    Command::AnswerDemand(DemandAnswered {
        demand,
        outcome: Outcome::Explain,
        text: "已经公布。".to_owned(),
        basis: "村民委员会组织法第三十条".to_owned(),
        commitment: None,
    })
}

/// The unit hears everybody who waits for the answer.
pub fn hear(on: Date) -> Command {
    Command::TakeStep(StepTaken {
        on,
        inquiry: InquiryKind::Heard,
        petition: None,
        text: "听取了陈述".to_owned(),
        interpreter: String::new(),
        attachments: Vec::new(),
    })
}

pub fn sign() -> Command {
    Command::Sign(Signed {
        number: "农信〔2025〕1号".to_owned(), new_facts: None, for_head: None
    })
}

pub fn ask_extension(days: u32) -> Command {
    Command::AskExtension(ExtensionAsked { days, reason: "档案多".to_owned() })
}

pub fn served(on: Date) -> Served {
    Served {
        method: ServiceMethod::InPerson,
        on,
        to: Vec::new(),
        recipient: "赵*兰".to_owned(),
        proof: "回证1号".to_owned(),
        consent: false,
        published_on: None,
        attachments: Vec::new(),
    }
}

/// Served to these parties alone.
pub fn served_to(on: Date, parties: &[&str]) -> Served {
    Served { to: parties.iter().map(|id| (*id).to_owned()).collect(), ..served(on) }
}

pub fn conclude() -> Command {
    Command::Conclude(Conclude { cause: Some(Cause::Disclosure) })
}

pub fn ask_review(organ: &str, on: Date) -> ReviewAsked {
    ReviewAsked {
        organ: UnitId(organ.to_owned()),
        received_on: on,
        posted_on: None,
        reason: "答复没有回应去向".to_owned(),
        petition: None,
        demands: Vec::new(),
        late_reason: None,
        attachments: Vec::new(),
    }
}

pub fn decided(outcome: ReviewOutcome) -> ReviewDecided {
    ReviewDecided {
        outcome,
        text: "经复查，事实清楚。".to_owned(),
        basis: "信访工作条例".to_owned(),
        number: "政复〔2025〕1号".to_owned(),
    }
}

pub fn supervised(unit: &str) -> Supervised {
    Supervised {
        number: "信督〔2025〕1号".to_owned(),
        form: SupervisionForm::Letter,
        trigger: Trigger::Overdue,
        unit: UnitId(unit.to_owned()),
        text: "请于十日内答复信访人，并说明超期的原因。".to_owned(),
        tracker: AccountId("somebody".to_owned()),
        members: Vec::new(),
    }
}

pub fn hearing(from: Date, until: Date) -> HearingHeld {
    HearingHeld {
        from,
        until,
        host: "县司法局".to_owned(),
        interpreter: String::new(),
        text: "公开听证".to_owned(),
        closed_because: String::new(),
    }
}

/// Told where to go, how, until when, and by which earlier number, on a ground.
pub fn told(ground: &str, where_to: &str) -> Told {
    Told {
        ground: GroundCode::parse(ground).expect("a ground of the list"),
        where_to: where_to.to_owned(),
        how: "带身份证件和材料到立案窗口".to_owned(),
        within: "六个月内".to_owned(),
        earlier: "53992120250001".to_owned(),
        note: String::new(),
    }
}
