//! A PC of the branch that reads the staff pages: for how long the code that pairs it is good, and the
//! session that it opens.

use chrono::{DateTime, TimeDelta, Utc};

/// Digits of a code.
pub const CODE_DIGITS: usize = 8;
/// How long a code is good for: the way from the tablet to a PC, and typing it.
pub const CODE_GOOD_FOR: TimeDelta = TimeDelta::minutes(5);
/// Wrong tries after which a code is void.
pub const MOST_TRIES: u32 = 5;
/// How long a session is good for: a day's work …
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(8);
/// … and how long without use, as at a PC that somebody has left.
pub const UNUSED_FOR: TimeDelta = TimeDelta::minutes(30);
/// The most sessions at once: more than a branch has PCs.
pub const MOST_SESSIONS: usize = 20;
/// By how much a clock may be corrected backwards before what is from later is taken for over.
const SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// Whether a code that was shown first at `shown` is good at `now`.
pub fn is_code_good(shown: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (-SET_BACK..CODE_GOOD_FOR).contains(&(now - shown))
}

/// Whether a session that began at `begun` and was used last at `used` is good at `now`.
pub fn is_good(begun: DateTime<Utc>, used: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (-SET_BACK..GOOD_FOR).contains(&(now - begun))
        && (-SET_BACK..UNUSED_FOR).contains(&(now - used))
}

/// The digits of what somebody typed as a code: with blanks or hyphens, or as a Chinese keyboard writes
/// them. None where they are not as many as a code has.
pub fn read_code(typed: &str) -> Option<String> {
    let mut digits = String::with_capacity(CODE_DIGITS);
    for sign in typed.chars() {
        let sign = match sign {
            '０'..='９' => char::from_u32(u32::from(sign) - 0xff10 + 0x30)?,
            other => other,
        };
        match sign {
            '0'..='9' if digits.len() < CODE_DIGITS => digits.push(sign),
            '-' => {}
            blank if blank.is_whitespace() => {}
            _ => return None,
        }
    }
    (digits.len() == CODE_DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_code_and_a_session_end_on_time_and_are_never_of_another_time() {
        let begun = Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap();
        let code = |seconds: i64| is_code_good(begun, begun + TimeDelta::seconds(seconds));
        assert!(code(0) && code(299) && code(-30));
        assert!(!code(300) && !code(-61));
        let after = |minutes: i64, unused: i64| {
            let now = begun + TimeDelta::minutes(minutes);
            is_good(begun, now - TimeDelta::minutes(unused), now)
        };
        assert!(after(0, 0) && after(29, 29) && after(479, 0));
        assert!(!after(30, 30) && !after(480, 0) && !after(-2, -2));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["12345678", "1234 5678", " 1234-5678 ", "１２３４　５６７８"] {
            assert_eq!(read_code(typed).as_deref(), Some("12345678"), "{typed}");
        }
        for typed in ["", "1234567", "123456789", "1234567a", "12345678٣"] {
            assert_eq!(read_code(typed), None, "{typed}");
        }
    }
}
