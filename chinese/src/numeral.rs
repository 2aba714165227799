//! Numerals in words (中文数字).

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number from 1 to 99 as headings count: 一, 十, 十二, 二十一; others in digits.
pub fn ordinal(number: u32) -> String {
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or('〇');
    match number {
        1..=9 => digit(number).to_string(),
        10..=99 => {
            let mut text = String::new();
            if number >= 20 {
                text.push(digit(number / 10));
            }
            text.push('十');
            if !number.is_multiple_of(10) {
                text.push(digit(number % 10));
            }
            text
        }
        other => other.to_string(),
    }
}

/// The value of a numeral below a hundred as texts of law count: 一, 十, 二十一.
pub fn value(words: &str) -> Option<u32> {
    (1..100).find(|number| ordinal(*number) == words)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_counted_is_read_again() {
        assert_eq!(super::value("二十一"), Some(21));
        assert_eq!(super::value("廿一"), None);
    }

    #[test]
    fn headings_count_in_words() {
        let words: Vec<String> = [1, 10, 12, 20, 21].map(super::ordinal).into();
        assert_eq!(words, ["一", "十", "十二", "二十", "二十一"]);
    }
}
