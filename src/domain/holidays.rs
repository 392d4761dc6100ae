//! The days off that the program knows by itself, for a branch that has not entered the year's
//! notice yet.

use chrono::{Datelike, NaiveDate};

use super::calendar::Calendar;

/// The year of the notice below.
const YEAR: i32 = 2026;
/// Days off from Monday to Friday: month and day. 国务院办公厅关于 2026 年部分节假日安排的通知
/// (4 November 2025).
const OFF: [(u32, u32); 19] = [
    (1, 1),
    (1, 2),
    (2, 16),
    (2, 17),
    (2, 18),
    (2, 19),
    (2, 20),
    (2, 23),
    (4, 6),
    (5, 1),
    (5, 4),
    (5, 5),
    (6, 19),
    (9, 25),
    (10, 1),
    (10, 2),
    (10, 5),
    (10, 6),
    (10, 7),
];
/// Saturdays and Sundays of the same notice that are worked.
const WORKED: [(u32, u32); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

impl Calendar {
    /// The same with the days that are built in, of each year for which this one has none.
    #[must_use]
    pub fn with_built_in(mut self) -> Self {
        // Days in December may be those of the next year's notice.
        let of_year = |day: &NaiveDate| day.year() == YEAR && day.month() < 12;
        if !self.holidays.iter().chain(&self.workdays).any(of_year) {
            self.holidays.extend(days(&OFF));
            self.workdays.extend(days(&WORKED));
        }
        self
    }
}

fn days(of: &[(u32, u32)]) -> impl Iterator<Item = NaiveDate> {
    let day = |(month, day): &(u32, u32)| NaiveDate::from_ymd_opt(YEAR, *month, *day);
    of.iter().filter_map(day)
}
