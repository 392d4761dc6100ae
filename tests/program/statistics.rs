//! Statistics over an invented history: what the indexes give is what the entries say, and both are what
//! people read.

use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::app::Branch;
use lobby_kiosk::app::demo::{Wanted, fill};
use lobby_kiosk::cli::statistics::{StatisticsArgs, run};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::statistics::{
    ComplaintFact, Counting, Deadlines, Month, Period, Quarter, Statistics,
};
use lobby_kiosk::service::demo::end_of;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::{JOURNAL_FILE, Reader, StoreError, Writer};
use rusqlite::Connection;
use tempfile::{TempDir, tempdir};

fn last() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

fn now() -> DateTime<Utc> {
    end_of(last(), Shanghai)
}

fn made() -> TempDir {
    let dir = tempdir().unwrap();
    let wanted = Wanted {
        incidents: 120,
        complaints: 60,
        seed: 5,
        last: last(),
    };
    fill(dir.path(), &wanted).unwrap();
    dir
}

fn counted(dir: &Path, period: Period) -> Statistics {
    let plan = Branch::load_readonly(dir).plan;
    let records = Records::open(dir).unwrap();
    let counted = records.count(period, &plan, Shanghai, now()).unwrap();
    for (id, _) in &counted.statistics.by_type {
        assert!(!counted.name(id).in_lang(&Lang::ZH_CN).is_empty(), "{id}");
    }
    counted.statistics
}

/// The same by the lists, row by row.
fn by_rows(dir: &Path, period: Period) -> Statistics {
    let plan = Branch::load_readonly(dir).plan;
    let deadlines = Deadlines::of_plan(&plan);
    let mut counting = Counting::begin(period, &Shanghai, &deadlines, now());
    let (from, to) = period.range(&Shanghai);
    let reader = Reader::open(dir).unwrap();
    for one in reader.list().unwrap() {
        if (from..to).contains(&one.started) {
            counting.incident(&one.fact());
        }
    }
    for one in reader.complaints().unwrap() {
        if (from..to).contains(&one.received) {
            counting.complaint(&ComplaintFact::of(&one));
        }
    }
    counting.end()
}

fn month(typed: &str) -> Period {
    Period::Month(Month::read(typed).unwrap())
}

#[test]
fn what_the_indexes_give_is_what_the_entries_say() {
    let dir = made();
    let all = counted(dir.path(), Period::All);
    assert_eq!(all, by_rows(dir.path(), Period::All));
    assert_eq!(all.incidents + all.undone, 120);
    assert_eq!(all.complaints, 60);
    assert!(
        all.to_step.count > 100 && all.to_report.count > 40,
        "{all:#?}"
    );
    assert!(all.to_answer.in_time.missed() > 0);
    for period in [Period::Year(2025), month("2026-03"), month("2019-01")] {
        assert_eq!(counted(dir.path(), period), by_rows(dir.path(), period));
    }
    // Years and months are parts of the whole.
    let years = [2024, 2025, 2026].map(|year| counted(dir.path(), Period::Year(year)).incidents);
    assert_eq!(years.iter().sum::<usize>(), all.incidents);
    let months =
        (1..=12).map(|nth| counted(dir.path(), month(&format!("2025-{nth:02}"))).complaints);
    assert_eq!(
        months.sum::<usize>(),
        counted(dir.path(), Period::Year(2025)).complaints
    );
}

#[test]
fn a_quarter_is_the_sum_of_its_months_and_is_printed_as_such() {
    let dir = made();
    let quarter = Quarter::read("2026-Q2").unwrap();
    let whole = counted(dir.path(), Period::Quarter(quarter));
    assert_eq!(whole, by_rows(dir.path(), Period::Quarter(quarter)));
    let months = ["2026-04", "2026-05", "2026-06"];
    let months = months.map(|typed| counted(dir.path(), month(typed)).incidents);
    assert_eq!(whole.incidents, months.iter().sum::<usize>());
    assert!(whole.incidents > 5);
    let of = |typed: &str| StatisticsArgs {
        quarter: Some(typed.to_owned()),
        ..args(None, None)
    };
    let said = printed(dir.path(), &of("2026-Q2"), &Lang::EN).unwrap();
    assert!(said.contains("Quarter 2 of 2026"), "{said}");
    assert!(
        said.contains(&format!("Incidents  {}\n", whole.incidents)),
        "{said}"
    );
    let wrong = printed(dir.path(), &of("2026-05"), &Lang::EN);
    assert!(wrong.unwrap_err().contains("2026-Q4"));
}

#[test]
fn no_row_is_read_to_count_them() {
    let dir = made();
    let plan = |table: &str, index: &str| -> String {
        let connection = Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
        let says: String = connection
            .query_row(
                "SELECT sql FROM sqlite_schema WHERE name = ?1",
                [index],
                |row| row.get(0),
            )
            .unwrap();
        let from = says.find("CASE").unwrap();
        let says = &says[from..=says.rfind("END").unwrap() + 2];
        // The program asks for the same, or SQLite would look into the rows.
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        let asked = plain(include_str!("../../src/store/reader/counts.rs"));
        assert!(asked.contains(&plain(says)), "{says}");
        let sql = format!("EXPLAIN SELECT started, {says}, rowid FROM {table} INDEXED BY {index}");
        let mut statement = connection.prepare(&sql).unwrap();
        let rows = statement
            .query_map([], |row| row.get::<_, String>(1))
            .unwrap();
        rows.map(|row| row.unwrap() + " ").collect()
    };
    for (table, index) in [
        ("incident", "incident_counted"),
        ("complaint", "complaint_counted"),
    ] {
        // A row would be taken apart anew.
        assert!(!plan(table, index).contains("Function"), "{table}");
    }
}

#[test]
fn a_row_that_cannot_be_read_counts_by_its_entries_and_lists_that_grow_are_waited_for() {
    let dir = made();
    let before = counted(dir.path(), Period::All);
    let connection = Connection::open(dir.path().join(JOURNAL_FILE)).unwrap();
    for table in ["incident", "complaint"] {
        let sql = format!("UPDATE {table} SET summary = 'no json' WHERE rowid % 7 = 0");
        assert!(connection.execute(&sql, []).unwrap() > 3);
    }
    assert_eq!(counted(dir.path(), Period::All), before);
    // Other rules made them: what an earlier version left.
    connection.execute("UPDATE meta SET rules = 2", []).unwrap();
    let plan = Branch::load_readonly(dir.path()).plan;
    let waits = Records::open(dir.path()).unwrap();
    let waits = waits.count(Period::All, &plan, Shanghai, now());
    assert!(matches!(waits, Err(StoreError::Growing)));
    drop(connection);
    drop(Writer::open(dir.path()).unwrap());
    assert_eq!(counted(dir.path(), Period::All), before);
}

fn args(month: Option<&str>, out: Option<&Path>) -> StatisticsArgs {
    StatisticsArgs {
        year: None,
        quarter: None,
        month: month.map(str::to_owned),
        out: out.map(Path::to_owned),
    }
}

fn printed(dir: &Path, args: &StatisticsArgs, lang: &Lang) -> Result<String, String> {
    let mut out = Vec::new();
    run(args, dir, lang, now(), &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn the_command_prints_the_numbers_in_both_languages() {
    let dir = made();
    let all = counted(dir.path(), Period::All);
    let english = printed(dir.path(), &args(None, None), &Lang::EN).unwrap();
    let chinese = printed(dir.path(), &args(None, None), &Lang::ZH_CN).unwrap();
    for (said, lines) in [
        (
            &english,
            ["Incidents  ", "Median", "Sudden illness  ", "Monday  "],
        ),
        (&chinese, ["事件  ", "中位数", "突发疾病  ", "星期一  "]),
    ] {
        for line in lines {
            assert!(said.contains(line), "{line}: {said}");
        }
        assert!(said.contains(&format!("  {}\n", all.incidents)), "{said}");
    }
    let (id, count) = &all.by_type[0];
    let plan = Branch::load_readonly(dir.path()).plan;
    let name = plan
        .incident(id)
        .unwrap()
        .name
        .in_lang(&Lang::EN)
        .to_owned();
    assert!(
        english.contains(&format!("  {name}  {count}  ")),
        "{english}"
    );
    let none = printed(dir.path(), &args(Some("2019-01"), None), &Lang::EN).unwrap();
    assert!(none.contains("Nothing was recorded"), "{none}");
    let wrong = printed(dir.path(), &args(Some("November"), None), &Lang::EN);
    assert!(wrong.unwrap_err().contains("2026-11"));
}

#[test]
fn the_command_writes_a_document_with_charts_and_their_numbers() {
    let dir = made();
    let out = tempdir().unwrap();
    for lang in Lang::OURS {
        let html = out.path().join(format!("{lang}.html"));
        printed(dir.path(), &args(None, Some(&html)), &lang).unwrap();
        let page = fs::read_to_string(&html).unwrap();
        assert_eq!(page.matches("data:image/svg+xml").count(), 5, "{lang}");
        assert_eq!(page.matches("<table>").count(), 8, "{lang}");
        assert!(page.contains("演示证券示例路营业部"));
        let pdf = out.path().join(format!("{lang}.pdf"));
        printed(dir.path(), &args(Some("2026-05"), Some(&pdf)), &lang).unwrap();
        assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-"));
        let docx = out.path().join(format!("{lang}.docx"));
        printed(dir.path(), &args(Some("2026-05"), Some(&docx)), &lang).unwrap();
        assert!(fs::read(&docx).unwrap().starts_with(b"PK\x03\x04"));
    }
    let other = out.path().join("numbers.xls");
    let refused = printed(dir.path(), &args(None, Some(&other)), &Lang::EN);
    assert!(refused.unwrap_err().contains(".pdf"));
    assert!(!other.exists());
    let nowhere = out.path().join("no/such/folder.pdf");
    let refused = printed(dir.path(), &args(None, Some(&nowhere)), &Lang::EN);
    assert!(refused.unwrap_err().contains("--out"));
}
