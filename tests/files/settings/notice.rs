//! A year's days off, read from the file that the community keeps and taken over into `kiosk.toml`.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::edit::{self, ImportError, Imported};
use lobby_kiosk::config::settings::notice::{Notice, NoticeFault};
use lobby_kiosk::config::settings::{self, Settings};
use tempfile::TempDir;

use super::{FILE, LAST_GOOD, small, with};

/// National Day and the Mid-Autumn Festival of 2026.
const NOTICE: &str = r#"{
    "$schema": "https://example.org/schema.json",
    "year": 2026,
    "papers": ["https://www.gov.cn/"],
    "days": [
        {"name": "中秋节", "date": "2026-09-25", "isOffDay": true},
        {"name": "中秋节", "date": "2026-09-26", "isOffDay": true},
        {"name": "国庆节", "date": "2026-09-20", "isOffDay": false},
        {"name": "国庆节", "date": "2026-10-01", "isOffDay": true},
        {"name": "国庆节", "date": "2026-10-02", "isOffDay": true},
        {"name": "国庆节", "date": "2026-10-03", "isOffDay": true},
        {"name": "国庆节", "date": "2026-10-10", "isOffDay": false}
    ]
}"#;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn notice() -> Notice {
    Notice::parse(NOTICE).expect("a notice")
}

fn import(dir: &Path) -> Result<Imported, ImportError> {
    edit::import(dir, &small(), &notice())
}

/// What the file says after the import, which went well.
fn imported(before: &str) -> String {
    let dir = with(before);
    let done = import(dir.path()).expect(before);
    assert!(!done.is_nothing());
    let text = fs::read_to_string(dir.path().join(FILE)).expect("UTF-8");
    let (settings, faults) = Settings::read(FILE, &text, dir.path(), &small());
    assert_eq!(faults, [], "{text}");
    let complaint = settings.complaint;
    for free in ["2026-09-25", "2026-10-01", "2026-10-02"] {
        assert!(complaint.holidays.contains(&day(free)), "{text}");
    }
    for worked in ["2026-09-20", "2026-10-10"] {
        assert!(complaint.workdays.contains(&day(worked)), "{text}");
    }
    let again = import(dir.path()).expect("again");
    assert!(again.is_nothing(), "{again:?}");
    let still = fs::read_to_string(dir.path().join(FILE)).expect("UTF-8");
    assert_eq!(still, text, "doing it again changes no byte");
    text
}

#[test]
fn days_are_written_a_row_a_holiday_and_weekends_are_left_out() {
    let before =
        "# 设置\n[complaint]\nholidays = []  # 放假\nworkdays = []\nanswer_days = 20 # 合规\n";
    assert_eq!(
        imported(before),
        "# 设置\n[complaint]\nholidays = [\n    2026-09-25,  # 中秋节\n    2026-10-01, 2026-10-02,  # 国庆节\n]  # 放假\n\
         workdays = [\n    2026-09-20, 2026-10-10,  # 国庆节\n]\nanswer_days = 20 # 合规\n"
    );
}

#[test]
fn what_stands_there_stays_byte_for_byte() {
    let rows = "    2026-09-25,  # 中秋节\n    2026-10-02,  # 国庆节\n";
    for (before, after) in [
        ("[2026-10-01]", format!("[2026-10-01,\n{rows}]")),
        ("[2026-10-01, ] # x", format!("[2026-10-01, \n{rows}] # x")),
        (
            "[\n  2026-10-01 # 国庆\n  ]",
            format!("[\n  2026-10-01, # 国庆\n{rows}  ]"),
        ),
        (
            "[\n  2026-10-01, # 国庆, 第一天\n]",
            format!("[\n  2026-10-01, # 国庆, 第一天\n{rows}]"),
        ),
    ] {
        let text = |list: &str| format!("[complaint]\nholidays = {list}\n\n[branch]\nname = 'x'");
        let done = imported(&text(before));
        let workdays = "workdays = [\n    2026-09-20, 2026-10-10,  # 国庆节\n]\n";
        let expected = text(&after).replacen("\n\n", &format!("\n{workdays}\n"), 1);
        assert_eq!(done, expected, "{before}");
    }
}

#[test]
fn a_file_without_the_section_gets_it_and_windows_line_ends_stay() {
    let done = imported("[branch]\r\nname = \"x\"");
    assert!(
        done.starts_with("[branch]\r\nname = \"x\"\r\n\r\n[complaint]\r\nholidays = [\r\n"),
        "{done}"
    );
    assert!(!done.replace("\r\n", "").contains('\n'), "{done:?}");
    imported("\u{feff}[complaint]\n");
    imported("[branch]\nname = \"x\"\n[complaint] # 投诉\nphone = \"021-55550000\"\n[screen]\n");
}

#[test]
fn the_template_takes_it_and_a_missing_file_is_begun() {
    let plan = plan_file::built_in();
    let dir = TempDir::new().expect("a directory");
    edit::import(dir.path(), &plan, &notice()).expect("written");
    let text = fs::read_to_string(dir.path().join(FILE)).expect("written");
    let fresh = settings::fresh(&plan);
    let lines: Vec<&str> = fresh.lines().collect();
    let kept = lines.iter().filter(|line| text.contains(**line));
    assert!(kept.count() >= lines.len() - 2, "only two lines differ");
    assert!(dir.path().join(LAST_GOOD).exists(), "its copy follows");
}

#[test]
fn what_says_the_contrary_is_moved_and_what_is_the_branchs_own_is_kept() {
    let before = "[complaint]\nholidays = [2026-10-10, 2026-12-24]\nworkdays = [2026-09-26]\n";
    let dir = with(before);
    let done = import(dir.path()).expect("written");
    assert_eq!(done.no_holidays, [day("2026-10-10")]);
    assert_eq!(done.no_workdays, [day("2026-09-26")]);
    assert_eq!(done.own, [day("2026-12-24")]);
    let (settings, faults) = Settings::read(
        FILE,
        &fs::read_to_string(dir.path().join(FILE)).expect("UTF-8"),
        dir.path(),
        &small(),
    );
    assert_eq!(faults, []);
    let complaint = settings.complaint;
    assert!(complaint.holidays.contains(&day("2026-12-24")));
    assert!(!complaint.holidays.contains(&day("2026-10-10")));
    assert_eq!(
        complaint.workdays,
        [day("2026-09-20"), day("2026-10-10")].into()
    );
}

#[test]
fn another_year_stands_beside_the_one_before() {
    let dir = with("[complaint]\nholidays = [2025-10-01]\nworkdays = [2025-09-28]\n");
    let done = import(dir.path()).expect("written");
    assert_eq!(
        done.own,
        [] as [NaiveDate; 0],
        "another year's are not asked about"
    );
    let text = fs::read_to_string(dir.path().join(FILE)).expect("UTF-8");
    assert!(
        text.contains("2025-10-01,") && text.contains("2026-10-01,"),
        "{text}"
    );
}

#[test]
fn a_file_that_has_no_room_for_it_is_left_as_it_is() {
    type Expected<'a> = &'a dyn Fn(&ImportError) -> bool;
    let broken = |error: &ImportError| matches!(error, ImportError::Broken(_));
    let form = |error: &ImportError| *error == ImportError::Form;
    let cases: [(&str, Expected<'_>); 5] = [
        ("[complaint]\nholidays = [2026-10-01\n", &broken),
        ("[complaint]\nholidays = \"2026-10-01\"\n", &broken),
        ("[complaint]\nholidays = []\nholidays = []\n", &broken),
        ("complaint = { holidays = [] }\n", &form),
        ("complaint.holidays = []\n", &form),
    ];
    for (before, expected) in cases {
        let dir = with(before);
        let error = import(dir.path()).expect_err(before);
        assert!(expected(&error), "{before}: {error:?}");
        let text = fs::read_to_string(dir.path().join(FILE)).expect("UTF-8");
        assert_eq!(text, before);
    }
    let many: Vec<String> = (0..400)
        .map(|n| (day("2020-01-01") + chrono::Days::new(n)).to_string())
        .collect();
    let full = format!("[complaint]\nholidays = [{}]\n", many.join(", "));
    let dir = with(&full);
    assert!(matches!(import(dir.path()), Err(ImportError::Worse(_))));
}

#[test]
fn what_is_no_years_notice_is_refused() {
    let one = |date: &str, off: bool| {
        format!("{{\"name\":\"x\",\"date\":\"{date}\",\"isOffDay\":{off}}}")
    };
    let of = |year: &str, days: &[String]| {
        Notice::parse(&format!(
            "{{\"year\":{year},\"days\":[{}]}}",
            days.join(",")
        ))
    };
    let off = one("2026-10-01", true);
    assert!(of("2026", std::slice::from_ref(&off)).is_ok());
    let form = |line: usize, text: &str| {
        let found = Notice::parse(text);
        assert!(
            matches!(&found, Err(NoticeFault::Form { line: at, .. }) if *at == line),
            "{text}: {found:?}"
        );
    };
    form(1, "[]");
    form(1, "2026");
    form(2, "{\"year\": 2026,\n\"days\": [1]}");
    form(1, "{\"days\": []}");
    form(1, "{\"year\": \"2026\", \"days\": []}");
    form(
        1,
        "{\"year\": 2026, \"days\": [{\"date\": \"2026-10-01\", \"name\": \"x\"}]}",
    );
    form(3, "{\"year\": 2026,\n\"days\": [\n");
    assert_eq!(of("2027", &[]), Err(NoticeFault::Empty { year: 2027 }));
    assert_eq!(
        of("1999", std::slice::from_ref(&off)),
        Err(NoticeFault::Year { year: 1999 })
    );
    let refused = |days: &[String]| of("2026", days).expect_err("refused");
    let written = "2026-02-30".to_owned();
    assert_eq!(
        refused(&[one(&written, true)]),
        NoticeFault::BadDate { written }
    );
    let date = day("2027-01-01");
    assert_eq!(
        refused(&[one("2027-01-01", true)]),
        NoticeFault::OtherYear { date, year: 2026 }
    );
    let date = day("2025-11-30");
    assert_eq!(
        refused(&[one("2025-11-30", true)]),
        NoticeFault::OtherYear { date, year: 2026 }
    );
    let date = day("2026-10-01");
    assert_eq!(
        refused(&[off.clone(), one("2026-10-01", false)]),
        NoticeFault::WorkedAnyway { date }
    );
    assert_eq!(
        refused(&[off.clone(), off.clone()]),
        NoticeFault::Twice { date }
    );
    assert_eq!(
        refused(&[one("2026-10-10", false)]),
        NoticeFault::NoneOff { year: 2026 }
    );
    assert_eq!(
        refused(&vec![off; 101]),
        NoticeFault::TooMany { count: 101 }
    );
    // New Year's holiday may begin in December.
    let early = of("2026", &[one("2025-12-31", true), one("2026-01-01", true)]);
    assert_eq!(early.expect("a notice").days.len(), 2);
}

#[test]
fn a_holidays_name_can_say_nothing_but_letters() {
    let text = "{\"year\":2026,\"days\":[{\"name\":\"国庆]\\n[contacts]\\nsecurity=1 # very long indeed\",\"date\":\"2026-10-01\",\"isOffDay\":true}]}";
    let notice = Notice::parse(text).expect("a notice");
    assert_eq!(notice.days[0].name, "国庆contactsse");
    let dir = with("[complaint]\n");
    edit::import(dir.path(), &small(), &notice).expect("written");
}
