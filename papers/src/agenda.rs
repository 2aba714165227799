//! Calendar files (日历文件, RFC 5545): days that a petitioner may put into their own calendar.

use jiff::civil::Date;

/// A day to keep in mind (日程).
#[derive(Debug, Clone)]
pub struct Entry {
    /// What stays the same when the day moves, so that a file taken again moves the entry that it brought before.
    pub key: String,
    /// The day.
    pub on: Date,
    /// What is due.
    pub words: String,
}

/// A calendar of whole days; `stamped_at` is when it was made, in milliseconds since 1970, UTC.
pub fn calendar(stamped_at: i64, entries: &[Entry]) -> String {
    let stamp = jiff::Timestamp::from_millisecond(stamped_at)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Huiyin//Huiyin//ZH".to_owned(),
    ];
    for Entry { key, on, words } in entries {
        let day = on.strftime("%Y%m%d");
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{key}@huiyin"),
            format!("DTSTAMP:{stamp}"),
            format!("DTSTART;VALUE=DATE:{day}"),
            format!("SUMMARY:{}", escaped(words)),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of at most 75 octets, continued with a blank as the standard asks.
fn folded(line: &str) -> String {
    const MOST: usize = 73;
    let mut out = String::new();
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > MOST {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(letter);
        width += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_an_entry_and_long_lines_are_folded() {
        let words = format!("最迟答复；{}", "长".repeat(40));
        let on = jiff::civil::date(2025, 5, 13);
        let entry = Entry { key: "A1-handling".to_owned(), on, words: words.clone() };
        let file = calendar(0, std::slice::from_ref(&entry));
        assert!(file.contains("DTSTART;VALUE=DATE:20250513\r\n"));
        assert!(file.contains("UID:A1-handling@huiyin\r\nDTSTAMP:19700101T000000Z\r\n"));
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(file.replace("\r\n ", "").contains(&words));
        // Taken again after more time was given, it moves the entry and brings no second one.
        let moved = calendar(1, &[Entry { on: jiff::civil::date(2025, 6, 13), ..entry }]);
        assert!(moved.contains("UID:A1-handling@huiyin") && moved.contains("20250613"));
    }
}
