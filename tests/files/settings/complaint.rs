//! In which time complaints are handled, and which days count.

use chrono::{Days, NaiveDate};
use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::settings::Complaint;

use super::{load, one, with};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn the_limits_and_the_calendar_can_be_set() {
    let loaded = load(&with(
        "[complaint]\naccept_days = 5\nanswer_days = 60\nretention_years = 30\n\
         holidays = [2026-10-01, 2026-10-02,\n  2026-10-01]\nworkdays = [2026-10-10]\n",
    ));
    assert_eq!(loaded.faults, []);
    let complaint = &loaded.settings.complaint;
    assert_eq!(
        (
            complaint.accept_days,
            complaint.answer_days,
            complaint.retention_years
        ),
        (5, 60, Some(30))
    );
    let calendar = complaint.calendar();
    assert_eq!(
        calendar.holidays,
        [day("2026-10-01"), day("2026-10-02")].into()
    );
    assert!(calendar.is_working_day(day("2026-10-10")));
    assert!(!calendar.is_working_day(day("2026-10-02")));
}

#[test]
fn what_is_not_set_has_its_default() {
    for text in ["[branch]\n", "[complaint]\nholidays = []\nworkdays = []\n"] {
        let loaded = load(&with(text));
        assert_eq!(loaded.faults, []);
        let complaint = loaded.settings.complaint;
        assert_eq!(complaint, Complaint::default());
        assert_eq!(
            (
                complaint.accept_days,
                complaint.answer_days,
                complaint.retention_years
            ),
            (3, 15, None)
        );
    }
}

#[test]
fn every_fault_of_the_limits() {
    for (key, most) in [
        ("accept_days", 30),
        ("answer_days", 90),
        ("retention_years", 100),
    ] {
        let path = format!("complaint.{key}");
        let text = |value: &str| format!("[complaint]\n{key} = {value}\n");
        for bad in ["0", "-1", "99999999999999999999", &(most + 1).to_string()] {
            let range = Problem::OutOfRange { least: 1, most };
            one(&text(bad), 2, &path, range);
        }
        for bad in ["\"3\"", "1.5", "[3]"] {
            let expected = Kind::Number;
            one(&text(bad), 2, &path, Problem::WrongKind { expected });
        }
    }
}

#[test]
fn what_a_template_once_wrote_decides_nothing() {
    let written = "retention_years = 3  # 办结后保存几年，1 至 30 Years that a settled complaint is kept, 1 to 30";
    let years = |line: &str| {
        let loaded = load(&with(&format!("[complaint]\n{line}\nanswer_days = 15\n")));
        assert_eq!(loaded.faults, [], "{line}");
        let complaint = loaded.settings.complaint;
        (complaint.retention_years, complaint.retention_as_template)
    };
    assert_eq!(years(written), (None, true));
    assert_eq!(
        years(&format!("{written}\r")),
        (None, true),
        "Windows' line ends"
    );
    // Whoever decides for three years says so without the remark.
    assert_eq!(years("retention_years = 3"), (Some(3), false));
    assert_eq!(years(&written.replace("= 3", "= 20")), (Some(20), false));
    assert_eq!(years("retention_years = 100"), (Some(100), false));
    assert_eq!(years("retention_years = \"\""), (None, false));
}

#[test]
fn an_answer_is_not_due_before_the_complaint_is_accepted() {
    let longer = || Problem::LongerThan {
        shorter: "accept_days".to_owned(),
        longer: "answer_days".to_owned(),
    };
    let text = "[complaint]\naccept_days = 10\nanswer_days = 9\n";
    one(text, 3, "complaint.answer_days", longer());
    // Against the other one's default, at the line that is there.
    let text = "[complaint]\nanswer_days = 2\n";
    one(text, 2, "complaint.answer_days", longer());
    let text = "[complaint]\naccept_days = 16\n";
    one(text, 2, "complaint.accept_days", longer());
    for sound in [
        "[complaint]\naccept_days = 10\nanswer_days = 10\n",
        "[complaint]\nanswer_days = 3\n",
        "[complaint]\naccept_days = 15\n",
    ] {
        assert_eq!(load(&with(sound)).faults, []);
    }
    // What is no number is compared with nothing.
    let text = "[complaint]\naccept_days = 31\nanswer_days = 1\n";
    let range = Problem::OutOfRange { least: 1, most: 30 };
    one(text, 2, "complaint.accept_days", range);
}

#[test]
fn every_fault_of_the_calendar() {
    let kind = |expected| Problem::WrongKind { expected };
    for key in ["holidays", "workdays"] {
        let path = format!("complaint.{key}");
        let text = |value: &str| format!("[complaint]\n{key} = {value}\n");
        for bad in ["2026-10-01", "\"2026-10-01\"", "\"\"", "{}"] {
            one(&text(bad), 2, &path, kind(Kind::List));
        }
        for bad in ["\"2026-10-01\"", "2026-10-01T00:00:00", "20261001", "[]"] {
            let list = format!("[2026-10-02,\n{bad}]");
            one(&text(&list), 3, &format!("{path}[2]"), kind(Kind::Date));
        }
    }
    let twice = Problem::DuplicateId {
        id: "2026-10-10".to_owned(),
        first: 3,
    };
    let text = "[complaint]\nholidays = [2026-10-01,\n2026-10-10]\nworkdays = [2026-09-27,\n\n2026-10-10]\n";
    one(text, 6, "complaint.workdays[2]", twice);
}

#[test]
fn a_calendar_has_its_bounds() {
    let list = |count: u64| {
        let days: Vec<String> = (0..count)
            .map(|n| (day("2026-01-01") + Days::new(n)).to_string())
            .collect();
        format!("[complaint]\nholidays = [{}]\n", days.join(", "))
    };
    let loaded = load(&with(&list(400)));
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.settings.complaint.holidays.len(), 400);
    let problem = Problem::Count {
        least: 0,
        most: 400,
        count: 401,
    };
    one(&list(401), 2, "complaint.holidays", problem);
}
