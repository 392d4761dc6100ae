//! The workbook: what is in its parts, and that a spreadsheet opens it.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use lobby_kiosk::app::demo::{Wanted, fill};
use lobby_kiosk::cli::records::{Format, RecordsCommand, WhatArg};
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::service::reviews::ActionFilter;
use lobby_kiosk::store::Reader;
use tempfile::{TempDir, tempdir};
use zip::ZipArchive;

use crate::command::{journal, printed, rows};
use crate::journal::{Acts, record, text};

fn export(format: Format, what: Option<WhatArg>, out: Option<&Path>) -> RecordsCommand {
    RecordsCommand::Export {
        format,
        what,
        out: out.map(Path::to_owned),
    }
}

fn workbook(dir: &Path, lang: &Lang, what: Option<WhatArg>) -> Book {
    let out = tempdir().unwrap();
    let file = out.path().join("records.xlsx");
    printed(dir, lang, export(Format::Xlsx, what, Some(&file))).unwrap();
    let left: Vec<_> = fs::read_dir(out.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
    Book(ZipArchive::new(File::open(file).unwrap()).unwrap())
}

struct Book(ZipArchive<File>);

impl Book {
    fn part(&mut self, name: &str) -> String {
        let mut text = String::new();
        let mut part = self.0.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }

    fn sheet(&mut self, nth: usize) -> String {
        self.part(&format!("xl/worksheets/sheet{nth}.xml"))
    }

    fn names(&mut self) -> Vec<String> {
        between(&self.part("xl/workbook.xml"), "<sheet name=\"", "\"")
    }
}

/// All that stands between two marks.
fn between(text: &str, before: &str, behind: &str) -> Vec<String> {
    let parts = text.split(before).skip(1);
    parts
        .map(|part| part.split(behind).next().unwrap().to_owned())
        .collect()
}

/// The rows of a sheet, each with what its cells hold; a number as it is written.
fn cells(sheet: &str) -> Vec<Vec<String>> {
    let row = |row: &String| {
        let mut cells: Vec<String> = Vec::new();
        for cell in row.split("<c r=\"").skip(1) {
            // No sheet has more columns than there are letters.
            let column = usize::from(cell.as_bytes()[0] - b'A');
            assert!(cells.len() <= column, "{row}");
            cells.resize(column, String::new());
            let text = between(cell, "<t>", "</t>");
            let spaced = between(cell, "<t xml:space=\"preserve\">", "</t>");
            let number = between(cell, "<v>", "</v>");
            cells.extend(text.into_iter().chain(spaced).chain(number).next());
        }
        cells
    };
    between(sheet, "<row ", "</row>").iter().map(row).collect()
}

fn demo() -> TempDir {
    let dir = tempdir().unwrap();
    let wanted = Wanted {
        incidents: 24,
        complaints: 12,
        seed: 4,
        last: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(),
    };
    fill(dir.path(), &wanted).unwrap();
    dir
}

#[test]
fn a_workbook_has_a_sheet_for_incidents_complaints_entries_and_actions() {
    let dir = demo();
    let mut book = workbook(dir.path(), &Lang::ZH_CN, None);
    assert_eq!(book.names(), ["事件", "投诉", "记录", "措施"]);
    let reader = Reader::open(dir.path()).unwrap();
    let entries = usize::try_from(reader.count().unwrap()).unwrap();
    let filter = |settled| ActionFilter {
        settled,
        ..ActionFilter::default()
    };
    let records = Records::open(dir.path()).unwrap();
    let actions = |settled| records.actions(&filter(settled), 1).unwrap().all;
    let actions = actions(false) + actions(true);
    assert!(actions > 0);
    for (nth, count) in [(1, 24), (2, 12), (3, entries), (4, actions)] {
        let sheet = book.sheet(nth);
        assert_eq!(cells(&sheet).len(), count + 1, "{nth}");
        // The heading stays, and can be filtered by.
        assert!(sheet.contains("<pane ySplit=\"1\""), "{nth}");
        let filter = between(&sheet, "<autoFilter ref=\"", "\"");
        assert!(filter[0].starts_with("A1:") && filter[0].ends_with(&(count + 1).to_string()));
        assert!(sheet.contains("<cols>"), "its columns have widths");
    }
    assert_eq!(
        cells(&book.sheet(1))[0][..4],
        ["开始时间", "结束时间", "用时", "事件类型"]
    );
    let english = workbook(dir.path(), &Lang::EN, Some(WhatArg::Complaints)).names();
    assert_eq!(english, ["Complaints"]);
    let refused = printed(dir.path(), &Lang::EN, export(Format::Xlsx, None, None));
    assert!(refused.unwrap_err().contains("--out"));
}

#[test]
fn dates_are_numbers_on_the_branch_s_clock() {
    let (dir, ..) = journal();
    let mut book = workbook(dir.path(), &Lang::EN, None);
    let rows = cells(&book.sheet(3));
    // 23 November 2026, 16:15:31 in Shanghai; the day is the 46349th since 30 December 1899.
    let serial: f64 = rows[1][0].parse().unwrap();
    let expected = 46_349.0 + (16.0 * 3600.0 + 15.0 * 60.0 + 31.0) / 86_400.0;
    assert!((serial - expected).abs() < 1e-9, "{serial} {expected}");
    assert!(book.part("xl/styles.xml").contains("yyyy-mm-dd hh:mm:ss"));
    let sheet = book.sheet(3);
    let date = between(&sheet, "<c r=\"A2\" ", ">");
    assert!(
        date[0].starts_with("s=\"") && !date[0].contains("t="),
        "{date:?}"
    );
}

#[test]
fn no_word_is_ever_a_formula() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, mut start) = acts.start();
    let dangerous = "=HYPERLINK(\"http://example.com\",\"x\")";
    if let lobby_kiosk::domain::entry::Event::Incident(IncidentEvent::Started { name, .. }) =
        &mut start.event
    {
        *name = text(dangerous, dangerous);
    }
    let note = acts.act(
        &id,
        IncidentEvent::Noted {
            note: "x".into(),
            words: text("@SUM(1+1)", "+1-1"),
        },
    );
    record(dir.path(), &[start, note]);
    let mut book = workbook(dir.path(), &Lang::EN, None);
    for nth in [1, 3] {
        let sheet = book.sheet(nth);
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
        assert!(!sheet.contains("<hyperlink"), "{sheet}");
    }
    let incident = cells(&book.sheet(1));
    assert_eq!(incident[1][3].replace("&quot;", "\""), dangerous);
    let entries = cells(&book.sheet(3));
    assert!(entries[2].contains(&"+1-1".to_owned()), "{entries:?}");
    // The same as CSV, where nothing tells a word from a formula but its first sign.
    let csv = export(Format::Csv, Some(WhatArg::Incidents), None);
    let csv = rows(&printed(dir.path(), &Lang::EN, csv).unwrap());
    assert_eq!(csv[1][3], format!("'{dangerous}"));
}

#[test]
fn incidents_and_complaints_go_to_csv_and_json_as_well_without_what_customers_wrote() {
    let dir = demo();
    let of =
        |format, what| printed(dir.path(), &Lang::EN, export(format, Some(what), None)).unwrap();
    let incidents = rows(&of(Format::Csv, WhatArg::Incidents));
    assert_eq!(incidents.len(), 25);
    let list = Reader::open(dir.path()).unwrap().list().unwrap();
    assert_eq!(incidents[1][9], list[0].id.as_str());
    let complaints = of(Format::Csv, WhatArg::Complaints);
    assert_eq!(rows(&complaints).len(), 13);
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&of(Format::Json, WhatArg::Complaints)).unwrap();
    assert_eq!(json.len(), 12);
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&of(Format::Json, WhatArg::Incidents)).unwrap();
    assert_eq!(json[0]["id"], list[0].id.as_str());
    // Whatever a customer wrote is in no table.
    let mut book = workbook(dir.path(), &Lang::EN, None);
    let all = [complaints, book.sheet(1), book.sheet(2), book.sheet(3)].concat();
    for written in lobby_kiosk::app::demo::written() {
        assert!(!all.contains(&written.what), "{}", written.what);
    }
    // Entries are what is written where nothing else is asked for.
    let entries = printed(dir.path(), &Lang::EN, export(Format::Csv, None, None)).unwrap();
    assert_eq!(entries, of(Format::Csv, WhatArg::Entries));
}

/// Reads `[h]:mm:ss` as seconds.
fn seconds(shown: &str) -> f64 {
    shown
        .split(':')
        .fold(0.0, |sum, part| sum * 60.0 + part.parse::<f64>().unwrap())
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_opens_it_and_shows_the_same() {
    let dir = demo();
    let out = tempdir().unwrap();
    let file = out.path().join("records.xlsx");
    printed(
        dir.path(),
        &Lang::EN,
        export(Format::Xlsx, None, Some(&file)),
    )
    .unwrap();
    // Every sheet as it is shown: separator, quote, UTF-8, from the first line on; all sheets.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";
    let home = format!(
        "-env:UserInstallation=file://{}",
        out.path().join("home").display()
    );
    let done = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", filter, "--outdir"])
        .arg(out.path())
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    for (sheet, what) in [
        ("Incidents", WhatArg::Incidents),
        ("Complaints", WhatArg::Complaints),
        ("Entries", WhatArg::Entries),
        ("Actions", WhatArg::Actions),
    ] {
        let shown = out.path().join(format!("records-{sheet}.csv"));
        let shown = fs::read_to_string(&shown).unwrap_or_else(|why| panic!("{why}: {said}"));
        let shown = rows(&format!("\u{feff}{shown}"));
        let expected = printed(dir.path(), &Lang::EN, export(Format::Csv, Some(what), None));
        let expected = rows(&expected.unwrap());
        assert_eq!(shown.len(), expected.len(), "{sheet}");
        for (shown, expected) in shown.iter().zip(&expected) {
            for (shown, expected) in shown.iter().zip(expected) {
                if let (Ok(span), true) = (expected.parse::<f64>(), shown.contains(':')) {
                    assert!((seconds(shown) - span).abs() <= 0.5, "{shown} {expected}");
                    continue;
                }
                // A spreadsheet rounds to the second that it shows.
                let near = shown.len() == 19 && shown.get(..17) == expected.get(..17);
                assert!(shown == expected || near, "{sheet}: {shown} {expected}");
            }
        }
    }
}
