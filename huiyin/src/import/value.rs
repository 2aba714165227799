//! How the words of a ledger's cells are read (台账取值).

use crate::draft::Against;
use crate::house::House;
use crate::parameters::YEARS;
use casework::category::Category;
use casework::matter::track::Track;
use casework::org::Level;
use casework::org::Place;
use casework::petition::Channel;
use jiff::civil::Date;

fn sound(date: &Date) -> bool {
    YEARS.contains(&date.year())
}

/// `2019/4/25 9:32:09`, `2019-04-25` and `20190425` alike.
pub(super) fn date(text: &str) -> Option<Date> {
    let day = text.split_whitespace().next()?.split('T').next()?;
    if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        return day.parse().ok().filter(sound);
    }
    let mut parts = day.split(['/', '-', '.', '年', '月', '日']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(sound)
}

/// How it came; without a word it came online, as mailboxes do.
pub(super) fn channel(text: &str) -> Option<Channel> {
    Some(match text {
        "来信" => Channel::Letter,
        "来访" | "走访" => Channel::Visit,
        "电话信访" | "来电" | "电话" => Channel::Phone,
        "传真" => Channel::Fax,
        "电子邮件" | "邮件" | "电子邮箱" => Channel::Email,
        "领导信箱" => Channel::Mailbox,
        "上级转来" | "上级交办" => Channel::Superior,
        "" | "网上" | "网上信访" | "网上投诉" | "手机信访" | "微信信访" => {
            Channel::Online
        }
        _ => return None,
    })
}

/// A place by its code or its name; the county when nothing is said, or only the county or what it
/// lies in.
pub(super) fn place(house: &House, text: &str) -> Option<Place> {
    let directory = house.directory();
    let county = || Some(house.setup.place.clone());
    if text.is_empty() {
        return county();
    }
    let fits = |place: &&casework::org::Jurisdiction| {
        place.code.0 == text || text.ends_with(place.name.as_str())
    };
    let found = directory.places.values().filter(fits).max_by_key(|place| place.code.0.len());
    match found {
        Some(place) if matches!(place.level, Level::Province | Level::City) => county(),
        Some(place) => Some(place.code.clone()),
        None => None,
    }
}

pub(super) fn category(text: &str) -> Category {
    if text.is_empty() { Category("其他/其他".to_owned()) } else { Category::from_export(text) }
}

/// What kind of petition it is, by its purpose (信访目的). An accusation of which the ledger does not say
/// whom it is against accuses somebody unknown: nobody is given it until that is found out (R22-30).
pub(super) fn track(purpose: &str) -> (Track, Vec<Against>) {
    let is = |words: &[&str]| words.iter().any(|word| purpose.contains(word));
    if is(&["揭发控告", "检举", "控告"]) {
        let unknown = Against { unit: None, account: None, name: String::new() };
        (Track::Accusation, vec![unknown])
    } else if is(&["意见建议", "建议"]) {
        (Track::Suggestion, Vec::new())
    } else {
        (Track::Redress, Vec::new())
    }
}
