//! The words of the screens that depend on numbers and times.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::{tr, tr_with};
use crate::config::fault::Fault;
use crate::domain::lang::Lang;
use crate::domain::phone::{self, Here};

/// A stretch of time as every clock shows it: `m:ss`, from one hour on `h:mm:ss`. Never negative.
pub fn stopwatch(elapsed: Duration) -> String {
    let seconds = elapsed.num_seconds().max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// Running time in words: seconds within the first minute, then minutes, then hours and minutes,
/// then days.
pub fn running(lang: &Lang, elapsed: Duration) -> String {
    let minutes = elapsed.num_minutes().max(0);
    let (days, hours) = (minutes / 1440, minutes / 60);
    if minutes == 0 {
        tr_with(lang, "{} s", &[&elapsed.num_seconds().max(0).to_string()])
    } else if hours == 0 {
        tr_with(lang, "{} min", &[&minutes.to_string()])
    } else if days == 0 {
        tr_with(
            lang,
            "{0} h {1} min",
            &[&hours.to_string(), &(minutes % 60).to_string()],
        )
    } else {
        tr_with(
            lang,
            "{0} d {1} h",
            &[&days.to_string(), &(hours % 24).to_string()],
        )
    }
}

/// How a deadline stands, in the one way in which it is said anywhere: `剩 1:00`, `已超 0:42`, from one
/// hour on with the hours. What is a day away is the moment at which it falls, what has been over
/// for a day is in words.
pub fn due(lang: &Lang, due: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let left = due - now;
    if left >= Duration::days(1) {
        return tr_with(lang, "by {}", &[&moment(lang, due, now, zone)]);
    }
    if left > Duration::zero() {
        return tr_with(lang, "{} left", &[&stopwatch(left)]);
    }
    let over = if left > -Duration::days(1) {
        stopwatch(-left)
    } else {
        running(lang, -left)
    };
    tr_with(lang, "{} over", &[&over])
}

/// The same where there is room for a few characters only: what has been over for an hour is in whole
/// hours, and then in whole days.
pub fn due_in_short(lang: &Lang, due: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let over = now - due;
    if over >= Duration::days(1) {
        tr_with(lang, "{} d over", &[&over.num_days().to_string()])
    } else if over >= Duration::hours(1) {
        tr_with(lang, "{} h over", &[&over.num_hours().to_string()])
    } else {
        self::due(lang, due, now, zone)
    }
}

/// A telephone number and the words for its extension.
pub fn number(lang: &Lang, number: &str) -> (String, String) {
    let (main, extension) = phone::parts(number);
    (main.to_owned(), self::extension(lang, extension))
}

/// The same in the groups in which people read a number out: `138 0013 8000`, `021-5888 6111`.
/// What reaches nobody from `here` stays as it is written.
pub fn number_in_groups(lang: &Lang, number: &str, here: Here<'_>) -> (String, String) {
    let (main, extension) = self::number(lang, number);
    let main = match phone::identify(number, here) {
        Ok((reading, kind)) => phone::grouped(&reading, kind),
        Err(_) => main,
    };
    (main, extension)
}

/// `ext 123`; empty without one.
pub fn extension(lang: &Lang, extension: Option<&str>) -> String {
    extension.map_or_else(String::new, |digits| tr_with(lang, "ext {}", &[digits]))
}

/// A moment near now: the time today, else the day and the time.
pub fn moment(lang: &Lang, at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (local, today) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let time = time_of_day(at, zone);
    if local.date_naive() == today.date_naive() {
        time
    } else {
        tr_with(lang, "{0} {1}", &[&day(lang, at, zone), &time])
    }
}

/// `15:42`.
pub fn time_of_day(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `15:42:07`.
pub fn time_with_seconds(at: DateTime<Utc>, zone: Tz) -> String {
    format!(
        "{}:{:02}",
        time_of_day(at, zone),
        at.with_timezone(&zone).second()
    )
}

/// `11月23日` or `23 Nov`.
pub fn day(lang: &Lang, at: DateTime<Utc>, zone: Tz) -> String {
    day_of(lang, at.with_timezone(&zone).date_naive())
}

/// The same of a day.
pub fn day_of(lang: &Lang, day: NaiveDate) -> String {
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = if *lang == Lang::ZH_CN {
        day.month().to_string()
    } else {
        months[day.month0() as usize % 12].to_owned()
    };
    tr_with(lang, "{1} {0}", &[&month, &day.day().to_string()])
}

/// `11月23日 星期一` or `Monday 23 Nov`.
pub fn date(lang: &Lang, at: DateTime<Utc>, zone: Tz) -> String {
    let weekday = weekday(lang, at.with_timezone(&zone).weekday());
    tr_with(lang, "{1}, {0}", &[&day(lang, at, zone), weekday])
}

/// `星期一` or `Monday`.
pub fn weekday(lang: &Lang, day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => tr(lang, "Monday"),
        Weekday::Tue => tr(lang, "Tuesday"),
        Weekday::Wed => tr(lang, "Wednesday"),
        Weekday::Thu => tr(lang, "Thursday"),
        Weekday::Fri => tr(lang, "Friday"),
        Weekday::Sat => tr(lang, "Saturday"),
        Weekday::Sun => tr(lang, "Sunday"),
    }
}

/// `第 2 步`, where nobody knows yet how many there will be.
pub fn step_place(lang: &Lang, step: usize) -> String {
    tr_with(lang, "Step {}", &[&step.to_string()])
}

/// `第 2 步，共 7 步`.
pub fn step_count(lang: &Lang, step: usize, of: usize) -> String {
    tr_with(
        lang,
        "Step {0} of {1}",
        &[&step.to_string(), &of.to_string()],
    )
}

/// The command of a guide with nothing left but to close it.
pub fn all_settled(lang: &Lang) -> &'static str {
    tr(lang, "Every step has been dealt with")
}

/// What to do then.
pub fn close_when_over(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Close the incident when it is over. What is due later stays on the board.",
    )
}

/// Why the step just left was skipped.
pub fn why_skipped(lang: &Lang) -> &'static str {
    tr(lang, "Skipped. Why?")
}

/// Why the step just left could not be done.
pub fn why_cannot(lang: &Lang) -> &'static str {
    tr(lang, "Not possible. Why?")
}

/// The latest note, so that a tap is seen to have worked.
pub fn noted(lang: &Lang, time: &str, words: &str) -> String {
    tr_with(lang, "{0} {1}", &[time, words])
}

/// The number of follow-ups left on the board.
pub fn follow_ups_left(lang: &Lang, count: usize) -> String {
    if count == 1 {
        tr(lang, "1 thing left to do").to_owned()
    } else {
        tr_with(lang, "{} things left to do", &[&count.to_string()])
    }
}

/// The line beneath a closed incident's outcome.
pub fn closed_summary(lang: &Lang, duration: Duration, done: usize, of: usize) -> String {
    tr_with(
        lang,
        "Took {0} · {1} of {2} steps done",
        &[&running(lang, duration), &done.to_string(), &of.to_string()],
    )
}

/// When an incident was closed and how it ended.
pub fn closed_when(lang: &Lang, moment: &str, outcome: &str) -> String {
    tr_with(lang, "{0} · {1}", &[moment, outcome])
}

/// What stands on a control for a call that nobody is to know of.
pub fn phone(lang: &Lang) -> &'static str {
    tr(lang, "Phone")
}

/// Somebody who answered a call for help, and how long ago.
pub fn reached(lang: &Lang, name: &str, ago: Duration) -> String {
    tr_with(lang, "{0} reached {1} ago", &[name, &running(lang, ago)])
}

/// What is missing from the settings, in one line for the banner.
pub fn unset(lang: &Lang, what: &[&str]) -> String {
    let gap = if *lang == Lang::ZH_CN { "、" } else { ", " };
    tr_with(lang, "Not set: {}. Fill in kiosk.toml.", &[&what.join(gap)])
}

/// Lines of the banner that do not fit.
pub fn more_in_banner(lang: &Lang, count: usize) -> String {
    tr_with(
        lang,
        "{} more: run lobby-kiosk check",
        &[&count.to_string()],
    )
}

/// The disk refuses. Why stands in what the program prints.
pub fn not_recorded(lang: &Lang) -> &'static str {
    tr(lang, "Not recorded yet. Carry on; it is tried again.")
}

/// Corrected sentences that the branch's own plan still holds: the first and how many.
pub fn corrected(lang: &Lang, first: &Fault, count: usize) -> String {
    tr_with(
        lang,
        "Unsafe old wording in the plan, {0} in all: {1}. See lobby-kiosk check.",
        &[&count.to_string(), &place_of(lang, first)],
    )
}

/// File, line and key.
fn place_of(lang: &Lang, fault: &Fault) -> String {
    let file = fault.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let place = match fault.line {
        Some(line) => tr_with(lang, "{0}, line {1}", &[file, &line.to_string()]),
        None => file.to_owned(),
    };
    let place = [place.as_str(), fault.key.as_str()].join(" ");
    place.trim().to_owned()
}

/// The first fault of the branch's files and how many there are.
pub fn faults(lang: &Lang, first: &Fault, count: usize) -> String {
    let place = place_of(lang, first);
    let place = place.as_str();
    if count == 1 {
        tr_with(lang, "Wrong: {}. See lobby-kiosk check.", &[place])
    } else {
        tr_with(
            lang,
            "Wrong: {0} and {1} more. See lobby-kiosk check.",
            &[place, &(count - 1).to_string()],
        )
    }
}

/// The end of the journal does not hold together.
pub fn broken_journal(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The journal was changed or cut. See lobby-kiosk verify.",
    )
}

/// The name of a language in that language.
pub fn language_name(lang: &Lang) -> &str {
    match lang.as_str() {
        "zh_CN" => "中文",
        "en" => "English",
        other => other,
    }
}

/// Heading above the log of a closed incident.
pub fn the_log(lang: &Lang) -> &'static str {
    tr(lang, "Log")
}

/// The same while something is left to do.
pub fn left_and_log(lang: &Lang, left: usize) -> String {
    tr_with(
        lang,
        "{} (see the board) · Log",
        &[&follow_ups_left(lang, left)],
    )
}
