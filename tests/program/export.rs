//! Exports that spreadsheets and programs open as they are.

use lobby_kiosk::cli::records::{Format, RecordsCommand};
use lobby_kiosk::domain::entry::incident_topic;
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::store::chain::Fields;
use lobby_kiosk::store::{Reader, StoreError};
use tempfile::tempdir;

use crate::command::{export, journal, printed, rows};
use crate::journal::{Acts, append_newer, record, text};

#[test]
fn csv_opens_in_spreadsheets_and_reads_back() {
    let (dir, drafts, [first, second]) = journal();
    append_newer(dir.path(), "visit:1");
    let csv = export(dir.path(), &Lang::ZH_CN, Format::Csv);
    assert!(csv.as_bytes().starts_with(b"\xef\xbb\xbf"));
    assert_eq!(csv.matches("\r\n").count(), csv.matches('\n').count());
    let rows = rows(&csv);
    assert_eq!(rows.len(), 7);
    assert_eq!(
        rows[0],
        [
            "时间",
            "UTC 时间",
            "事件编号",
            "事件类型",
            "事项",
            "内容",
            "原因",
            "记录编号",
            "序号",
            "校验值"
        ]
    );
    assert_eq!(
        rows[2][..9],
        [
            "2026-11-23 16:15:32",
            "2026-11-23T08:15:32.000Z",
            first.as_str(),
            "停电",
            "步骤跳过",
            "打开应急照明",
            "已有人处理",
            drafts[1].id.as_str(),
            "2"
        ]
    );
    assert_eq!(rows[5][2], second.as_str());
    assert_eq!(
        rows[6][2..6],
        ["", "", "由更新版本写入", "incident.foreseen"]
    );
    let mut digests = Vec::new();
    let reader = Reader::open(dir.path()).unwrap();
    reader
        .for_each(|stored| -> Result<(), StoreError> {
            let hex: String = stored.digest.iter().map(|b| format!("{b:02x}")).collect();
            digests.push(hex);
            Ok(())
        })
        .unwrap();
    let written: Vec<&String> = rows[1..].iter().map(|row| &row[9]).collect();
    assert_eq!(written, digests.iter().collect::<Vec<_>>());
}

#[test]
fn no_cell_is_taken_for_a_formula() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, mut drafts) = acts.start_alone();
    let tricky = [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "＝1",
        "a=1",
        "line\nbreak, \"quoted\"",
    ];
    for words in tricky {
        let event = IncidentEvent::Noted {
            note: "n".into(),
            words: text(words, words),
        };
        drafts.push(acts.act(&id, event));
    }
    record(dir.path(), &drafts);
    let rows = rows(&export(dir.path(), &Lang::EN, Format::Csv));
    let cells: Vec<&str> = rows[2..].iter().map(|row| row[5].as_str()).collect();
    let expected = [
        "'=1+1",
        "'+1",
        "'-1",
        "'@a",
        "'＝1",
        "a=1",
        "line\nbreak, \"quoted\"",
    ];
    assert_eq!(cells, expected);
}

#[test]
fn json_holds_every_column_so_that_the_chain_can_be_checked_from_it() {
    let (dir, _, [first, _]) = journal();
    append_newer(dir.path(), &incident_topic(&first));
    let json = export(dir.path(), &Lang::EN, Format::Json);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(entries.len(), 6);
    let bytes = |value: &serde_json::Value| -> Vec<u8> {
        let hex = value.as_str().unwrap();
        let pairs = (0..hex.len()).step_by(2);
        pairs
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    };
    let mut prev = vec![0; 32];
    for entry in &entries {
        let field = |name: &str| entry[name].as_str().unwrap().as_bytes();
        let fields = Fields {
            seq: entry["seq"].as_i64().unwrap(),
            device: field("device"),
            id: field("id"),
            at: entry["at"].as_i64().unwrap(),
            actor: entry["actor"].as_str().map(str::as_bytes),
            topic: field("topic"),
            kind: field("kind"),
            version: entry["version"].as_i64().unwrap(),
            body: field("stored_body"),
            prev: &prev,
        };
        assert_eq!(bytes(&entry["prev"]), prev);
        prev = fields.digest().to_vec();
        assert_eq!(bytes(&entry["digest"]), prev);
    }
    let skipped = &entries[1];
    assert_eq!(skipped["incident"], first.as_str());
    assert_eq!(skipped["name"], "Power cut");
    assert_eq!(skipped["body"]["mark"], "skipped");
    assert_eq!(skipped["words"]["what"], "Step skipped");
    assert_eq!(skipped["words"]["reason"], "Someone is on it");
    assert_eq!(skipped["local_time"], "2026-11-23 16:15:32");
    assert_eq!(skipped["time"], "2026-11-23T08:15:32.000Z");

    let empty = tempdir().unwrap();
    let json = export(empty.path(), &Lang::EN, Format::Json);
    let none: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert!(none.is_empty());
}

#[test]
fn an_export_goes_to_the_file_it_is_given() {
    let (dir, ..) = journal();
    let file = dir.path().join("records.csv");
    let to = |out| RecordsCommand::Export {
        what: None,
        format: Format::Csv,
        out: Some(out),
    };
    assert_eq!(
        printed(dir.path(), &Lang::EN, to(file.clone())),
        Ok(String::new())
    );
    let written = std::fs::read_to_string(file).unwrap();
    assert_eq!(written, export(dir.path(), &Lang::EN, Format::Csv));
    let error = printed(dir.path(), &Lang::EN, to(dir.path().join("no/such"))).unwrap_err();
    assert!(
        error.contains("no/such") && error.contains("--out"),
        "{error}"
    );
}
