//! The ground on which the rules stand: numbers, places, people, texts, and which petitions a figure counts.

use crate::fixture::{Office, actor, directory, petition};
use casework::category::Category;
use casework::category::head::parse_heads;
use casework::figure::{Figure, FigureKey, Filter, catalogue};
use casework::matter::intake::Joined;
use casework::matter::participation::{self, ParticipationOpened};
use casework::matter::{Entry, Fact, MatterId, SharedDemand};
use casework::moment::Within;
use casework::org::{Place, Role, UnitId};
use casework::petition::{Accused, Channel, PetitionNumber};
use casework::repeat::{Likeness, Reason};
use casework::statute::{Rule, Statutes};
use jiff::civil::date;

#[test]
fn a_matters_number_is_a_year_and_a_serial() {
    let id = MatterId::new(2025, 217);
    assert_eq!((id.to_string().as_str(), id.year(), id.serial()), ("2025-217", 2025, 217));
    assert_eq!(MatterId::parse(" 2025-217 "), Some(id));
    assert_eq!(MatterId::parse("2025-9999999"), Some(MatterId::new(2025, 9_999_999)));
    for wrong in ["2025-0", "0-1", "-5-1", "2025-10000000", "2025", "2025-1-2", "x-1", ""] {
        assert_eq!(MatterId::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_petitions_number_catches_a_slip_of_the_pen() {
    let place = Place("539921".to_owned());
    let number = PetitionNumber::new(&place, Channel::Visit, 2025, 17);
    assert!(number.is_sound(), "{}", number.0);
    let golden = PetitionNumber::new(&place, Channel::Letter, 2025, 1).0;
    assert_eq!(golden, "539921-LX-2025-0000017", "a number stays what it was printed as");
    // Any one character wrong, or two beside each other swapped.
    let body: Vec<char> = number.0.chars().collect();
    for at in 0..body.len() {
        if let Some(digit) = body[at].to_digit(10) {
            let mut wrong = body.clone();
            wrong[at] = char::from_digit((digit + 1) % 10, 10).expect("a digit");
            assert!(!PetitionNumber(wrong.into_iter().collect()).is_sound(), "at {at}");
        }
    }
}

#[test]
fn a_category_is_a_path() {
    let category = Category("农村农业/村务管理/账目".to_owned());
    assert_eq!((category.top(), category.leaf()), ("农村农业", "账目"));
    let flat = Category("其他".to_owned());
    assert_eq!((flat.top(), flat.leaf()), ("其他", "其他"));
}

#[test]
fn the_county_names_what_it_has_and_shows_its_tree() {
    let county = directory();
    let (agri, gone) = (UnitId("agri".to_owned()), UnitId("gone".to_owned()));
    assert_eq!((county.unit(&agri), county.unit(&gone)), ("agri局", "gone"));
    let tree: Vec<(usize, &str)> =
        county.tree().into_iter().map(|(depth, unit)| (depth, unit.short.as_str())).collect();
    let at = |short: &str| tree.iter().position(|(_, one)| *one == short).expect("a unit");
    let depth = |short: &str| tree[at(short)].0;
    assert_eq!(tree.len(), county.units.len(), "every unit once");
    assert_eq!((depth("gov"), depth("donghe"), depth("shiqiao"), depth("court")), (0, 1, 2, 0));
    assert_eq!(at("shiqiao"), at("donghe") + 1, "a village follows its township");
    let village = Place("539921101201".to_owned());
    let township = Place("539921101".to_owned());
    let named = |place: &Place| county.places.get(place).map(|one| one.name.clone());
    let (village_name, township_name) = (named(&village), named(&township));
    assert_eq!(
        Some(county.place(&village)),
        township_name.clone().zip(village_name).map(|(above, own)| format!("{above} {own}"))
    );
    assert_eq!(Some(county.place(&township)), township_name, "a township stands alone");
    assert_eq!(county.place(&Place("999".to_owned())), "999");
    let leaders: Vec<_> = county.holding(Role::Leader).map(|(account, _)| account).collect();
    assert!(!leaders.is_empty() && leaders.iter().all(|account| county.leads(account)));
}

#[test]
fn the_calendar_knows_which_years_are_published() {
    let years: Vec<i16> = Office::new().calendar.published().collect();
    assert!(years.contains(&2025) && !years.contains(&-1), "{years:?}");
}

#[test]
fn whoever_works_on_cases_is_no_administrator_and_nobody_from_the_street() {
    let works = |role| {
        let mut somebody = actor("office", "somebody");
        somebody.roles = vec![role];
        somebody.works()
    };
    for role in Role::OF_ACCOUNTS {
        let expected = !matches!(
            role,
            Role::SystemAdministrator
                | Role::SecurityAdministrator
                | Role::AuditAdministrator
                | Role::Leader
                | Role::Statistician
        );
        assert_eq!(works(role), expected, "{}", role.word());
    }
    assert!(!works(Role::Public));
}

#[test]
fn the_likeliest_earlier_matter_comes_first() {
    let like = Likeness::default();
    let weight = |change: fn(&mut Likeness)| {
        let mut one = like;
        change(&mut one);
        one.weight()
    };
    assert_eq!(like.weight(), 0);
    assert_eq!(weight(|one| one.identity = true), 60);
    assert_eq!(weight(|one| one.phone = true), 50);
    assert_eq!(weight(|one| one.accused = true), 50);
    assert_eq!(weight(|one| one.category = true), 10);
    assert_eq!(weight(|one| one.text = 37), 37);
    assert_eq!(weight(|one| one.name = true), 0, "a name alone is no reason");
    assert_eq!(weight(|one| one.place = true), 0);
    let all = Likeness {
        identity: true,
        phone: true,
        name: true,
        place: true,
        accused: true,
        category: true,
        text: 100,
    };
    assert_eq!(all.weight(), 60 + 50 + 40 + 50 + 10 + 100);
    let reasons = [
        Reason::SameIdentity,
        Reason::SamePhone,
        Reason::SameNameAndPlace,
        Reason::SameAccused,
        Reason::SimilarText,
    ];
    assert_eq!(all.reasons(), reasons);
    let near = Likeness { text: 34, ..Likeness::default() };
    assert!(near.reasons().is_empty());
    assert_eq!(Likeness { text: 35, ..near }.reasons(), [Reason::SimilarText]);
}

#[test]
fn a_text_of_law_says_what_rests_on_which_rule() {
    let law = Statutes::shipped().expect("texts");
    let national = |year: &str| {
        let text = law.texts().iter().find(|text| text.edition == year);
        text.expect("an edition")
    };
    let (old, new) = (national("2005"), national("2022"));
    let rule = |id: &str| Rule(id.to_owned());
    assert!(new.sets(&rule("R22-34")), "a period");
    assert!(!new.sets(&rule("R22-28")) && !new.sets(&rule("none")), "no number rests on it");
    for text in law.texts() {
        for period in &text.periods {
            assert!(text.sets(&period.rule), "{}", period.rule.0);
        }
        for ground in &text.grounds {
            assert!(text.sets(&ground.rule), "{}", ground.rule.0);
        }
        let limits = [
            text.representatives.as_ref().map(|limit| &limit.rule),
            text.extension.as_ref().map(|limit| &limit.rule),
            text.agents.as_ref().map(|limit| &limit.rule),
            text.review_extension.as_ref().map(|limit| &limit.rule),
        ];
        for rule in limits.into_iter().flatten() {
            assert!(text.sets(rule), "{}", rule.0);
        }
    }
    let day = |year, month, day| date(year, month, day);
    assert!(!law.any(day(2005, 4, 30)) && law.any(day(2005, 5, 1)));
    assert!(law.any(day(2022, 4, 30)) && law.any(day(2022, 5, 1)));
    let name = |on, place| law.on(on, place).map(|law| law.name());
    assert_eq!(name(day(2022, 4, 30), "539921"), Some(old.name.as_str()));
    assert_eq!(name(day(2022, 5, 1), "539921"), Some(new.name.as_str()));
    let local = name(day(2025, 3, 3), "330102");
    assert!(local.is_some() && local != Some(new.name.as_str()), "a local text has the last word");
}

/// What a filter asks for, field by field, without what it does not.
fn asks(filter: &Filter) -> String {
    let (all, none) = (format!("{filter:?}"), format!("{:?}", Filter::default()));
    let fields = |text: &str| -> Vec<String> {
        let inner = text.trim_start_matches("Filter { ").trim_end_matches(" }").to_owned();
        inner.split(", ").map(str::to_owned).collect()
    };
    let plain = fields(&none);
    let asked: Vec<String> =
        fields(&all).into_iter().filter(|field| !plain.contains(field)).collect();
    asked.join(", ")
}

/// Every figure of the yearly report, by key and by what it asks for.
#[test]
fn every_figure_asks_for_what_its_key_says() {
    let year = Within { from: date(2025, 1, 1), until: date(2025, 12, 31) };
    let table = "land, 土地, 甲/乙\nwater, 水利, 甲/丙，丁";
    let heads = parse_heads(table, year.from).expect("a table");
    let figures: Vec<String> = catalogue(year, &heads)
        .iter()
        .map(|figure| format!("{}: {}", figure.key, asks(&figure.filter)))
        .collect();
    let golden = include_str!("figures.txt");
    assert_eq!(figures.join("\n"), golden.trim_end(), "\n{}", figures.join("\n"));
    let find = |text: &str| Figure::of(FigureKey::parse(text)?, year);
    let unit = find("unit.agri").expect("a unit's figure");
    assert_eq!(unit.filter.unit, Some(UnitId("agri".to_owned())));
    assert_eq!((unit.filter.from, unit.filter.until), (Some(year.from), Some(year.until)));
    assert_eq!(
        find("petitions.total").map(|one| one.key.to_string()),
        Some("petitions.total".to_owned())
    );
    assert!(find("petitions.none").is_none());
}

#[test]
fn a_petition_shares_the_demands_that_it_repeats_and_no_others() {
    let office = Office::new();
    let on = date(2025, 3, 3);
    let (mut matter, _) = office.opened(on);
    let (first, later) = (petition(1, on).number, petition(2, on).number);
    let ordinals = |matter: &casework::matter::Matter, of: &PetitionNumber| -> Vec<u32> {
        matter.demands_of(of).iter().map(|demand| demand.ordinal).collect()
    };
    assert_eq!(ordinals(&matter, &first), [1, 2]);
    assert_eq!(ordinals(&matter, &later), Vec::<u32>::new());
    matter.shared.push(SharedDemand { petition: later.clone(), demand: 2 });
    assert_eq!(ordinals(&matter, &later), [2]);
    assert_eq!(ordinals(&matter, &petition(3, on).number), Vec::<u32>::new());
}

#[test]
fn a_word_names_what_it_came_from() {
    for role in Role::OF_ACCOUNTS {
        assert_eq!(Role::parse(role.word()), Some(role));
    }
    assert_eq!(Role::parse("nobody"), None);
    let words = [
        (Reason::SameIdentity, "same_identity"),
        (Reason::SamePhone, "same_phone"),
        (Reason::SameNameAndPlace, "same_name_and_place"),
        (Reason::SameAccused, "same_accused"),
        (Reason::SimilarText, "similar_text"),
    ];
    for (reason, word) in words {
        assert_eq!(reason.word(), word);
        assert_eq!(serde_json::to_value(reason).expect("serializes"), word, "as the API gives it");
    }
}

/// What is usual is left out on the wire, and what is not comes back as it was.
#[test]
fn a_petition_is_kept_as_it_was_and_says_only_what_is_unusual() {
    let mut one = petition(1, date(2025, 3, 3));
    let wire = serde_json::to_value(&one).expect("serializes");
    for left_out in ["urgent", "track", "accused", "posted_on", "attachments", "transfer"] {
        assert!(wire.get(left_out).is_none(), "{left_out}");
    }
    assert!(wire["parties"][0].get("reachable").is_none());
    assert_eq!(wire["parties"][0]["sealed"], "sealed", "the file keeps what lies sealed");
    assert_eq!(wire["query_hash"], "hash-1");
    let back: casework::petition::Petition = serde_json::from_value(wire).expect("parses");
    assert_eq!(back, one);
    one.urgent = true;
    one.track = casework::matter::track::Track::Suggestion;
    one.parties[0].reachable = false;
    let wire = serde_json::to_value(&one).expect("serializes");
    assert_eq!((&wire["urgent"], &wire["track"]), (&true.into(), &"suggestion".into()));
    assert_eq!(wire["parties"][0]["reachable"], false);
    let back: casework::petition::Petition = serde_json::from_value(wire).expect("parses");
    assert_eq!(back, one);
}

/// Whoever reads a file does not read what lies sealed in it.
#[test]
fn a_line_of_the_file_is_read_without_what_lies_sealed() {
    let office = Office::new();
    let (_, entries) = office.opened(date(2025, 3, 3));
    let first = entries[0].clone();
    let kept = serde_json::to_string(&first).expect("serializes");
    assert!(kept.contains("\"sealed\"") && kept.contains("hash-1"));
    assert!(!format!("{first:?}").contains("hash-1"), "nor does a log");
    let registered =
        if let Fact::Registered(registered) = &first.fact { Some(registered) } else { None };
    let mut petition = registered.expect("a file begins so").petition.clone();
    petition
        .accused
        .push(Accused { sealed: "seal-2".to_owned().into(), ..Accused::of(None, None) });
    assert_eq!(&*petition.accused[0].sealed, "seal-2");
    let joined = Joined { petition, claims: Vec::new(), reason: String::new() };
    let joined = Entry { fact: Fact::Joined(Box::new(joined)), ..first.clone() };
    assert!(serde_json::to_string(&joined).expect("serializes").contains("seal-2"));
    let opened = ParticipationOpened {
        elected_on: date(2025, 3, 3),
        representatives: "赵*兰".to_owned(),
        elected: 1,
        names: vec!["hash-of-a-name".to_owned()],
        members: String::new(),
        text: String::new(),
        attachments: Vec::new(),
    };
    let opened = Fact::Participation(participation::Fact::ParticipationOpened(opened));
    let opened = Entry { fact: opened, ..first.clone() }.for_readers();
    assert!(!serde_json::to_string(&opened).expect("serializes").contains("hash-of-a-name"));
    for entry in [first, joined] {
        let read = serde_json::to_string(&entry.for_readers()).expect("serializes");
        assert!(!read.contains("sealed") && !read.contains("query_hash"), "{read}");
        assert!(!read.contains("seal-2") && !read.contains("hash-1"), "{read}");
        assert!(read.contains("赵*兰") && read.contains("要求公布账目"), "{read}");
    }
}
