//! The records command: the list, one incident, and the program as a whole beside a writer.

use std::process::{Command, Output};

use chrono_tz::Tz;
use lobby_kiosk::cli::records::{Format, RecordsArgs, RecordsCommand, run};
use lobby_kiosk::domain::entry::incident_topic;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::store::Writer;
use tempfile::tempdir;

use crate::command::{export, journal, printed, rows};
use crate::journal::{Acts, append_newer, epoch, prepare, record};

#[test]
fn the_list_shows_the_newest_first() {
    let (dir, _, [first, second]) = journal();
    let list = printed(dir.path(), &Lang::EN, RecordsCommand::List).unwrap();
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(
        lines,
        [
            format!("{second}  2026-11-23 16:15:35  Open  Power cut"),
            format!(
                "{first}  2026-11-23 16:15:31  Closed  Power cut  Resolved  Still to do: Save the footage"
            ),
        ]
    );
    let list = printed(dir.path(), &Lang::ZH_CN, RecordsCommand::List).unwrap();
    assert!(list.contains("处置中  停电"), "{list}");

    let empty = tempdir().unwrap();
    let list = printed(empty.path(), &Lang::EN, RecordsCommand::List).unwrap();
    assert_eq!(list.trim(), "No incident has been recorded yet.");
}

#[test]
fn an_incident_is_shown_with_its_timeline() {
    let (dir, _, [first, _]) = journal();
    append_newer(dir.path(), &incident_topic(&first));
    let show = |lang, id: &str| printed(dir.path(), lang, RecordsCommand::Show { id: id.into() });
    let shown = show(&Lang::EN, first.as_str()).unwrap();
    let expected = format!(
        "Power cut
Incident number: {first}
Started: 2026-11-23 16:15:31
Status: Closed
Ended: 2026-11-23 16:15:34
Outcome: Resolved
Still to do: Save the footage

2026-11-23 16:15:31  Started  Power cut (plan of 2026-01-01)
2026-11-23 16:15:32  Step skipped  Switch on emergency lights  Someone is on it
2026-11-23 16:15:33  Note  Police arrived
2026-11-23 16:15:34  Closed  Resolved; still to do: Save the footage
2026-11-23 16:15:30  Written by a newer version  incident.foreseen
"
    );
    assert_eq!(shown, expected);
    let shown = show(&Lang::ZH_CN, first.as_str()).unwrap();
    assert!(
        shown.contains("步骤跳过  打开应急照明  已有人处理"),
        "{shown}"
    );
}

#[test]
fn a_note_that_was_struck_out_stays_and_is_told_from_the_others() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, mut drafts) = acts.start_alone();
    let (wrong, right) = (acts.note(&id, "police"), acts.note(&id, "police"));
    let struck = acts.strike(&id, &wrong);
    let entry = wrong.id.clone();
    drafts.extend([wrong, right, struck]);
    record(dir.path(), &drafts);
    let show = |lang| {
        printed(
            dir.path(),
            lang,
            RecordsCommand::Show { id: id.to_string() },
        )
        .unwrap()
    };
    let shown = show(&Lang::EN);
    let lines: Vec<&str> = shown.lines().skip_while(|line| !line.is_empty()).collect();
    assert_eq!(
        lines[2..],
        [
            "2026-11-23 16:15:32  Note  Police arrived  Struck out".to_owned(),
            "2026-11-23 16:15:33  Note  Police arrived".to_owned(),
            format!("2026-11-23 16:15:34  Note struck out  Police arrived  entry {entry}"),
        ]
    );
    let shown = show(&Lang::ZH_CN);
    assert_eq!(shown.matches("警察已到").count(), 3, "{shown}");
    assert!(!shown.contains("truck"), "{shown}");

    let csv = export(dir.path(), &Lang::EN, Format::Csv);
    let cells: Vec<Vec<String>> = rows(&csv);
    assert_eq!(cells[2][7], entry.as_str(), "the note keeps its row");
    assert_eq!(cells[4][4..6], ["Note struck out", "Police arrived"]);
    assert!(
        cells[4][6].contains(entry.as_str()),
        "and is named by its number"
    );
}

#[test]
fn an_incident_is_found_by_what_no_other_number_begins_with() {
    let (dir, _, [first, second]) = journal();
    let show = |id: &str| {
        printed(
            dir.path(),
            &Lang::EN,
            RecordsCommand::Show { id: id.into() },
        )
    };
    // As far as the two agree, and one character more.
    let (first, second) = (first.as_str(), second.as_str());
    let agree = first
        .bytes()
        .zip(second.bytes())
        .take_while(|(a, b)| a == b);
    let agree = agree.count();
    assert!((8..36).contains(&agree));
    assert!(show(&first[..=agree]).unwrap().contains(first));
    assert!(
        show(&second[..=agree].to_uppercase())
            .unwrap()
            .contains(second)
    );
    let ambiguous = show(&first[..agree]).unwrap_err();
    assert!(
        ambiguous.contains(&format!("{first}, {second}")),
        "{ambiguous}"
    );
    for none in ["", "ffff", "g", "%", "0' OR 1"] {
        let error = show(none).unwrap_err();
        assert!(error.starts_with("No incident's number begins"), "{error}");
    }
}

#[test]
fn the_program_reads_beside_a_running_writer_and_takes_its_place_never() {
    let (dir, ..) = journal();
    let mut writer = Writer::open(dir.path()).unwrap();
    let (_, drafts) = Acts::default().story();
    writer.commit(&prepare(&drafts)).unwrap();
    let program = |arguments: &[&str]| -> Output {
        Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
            .args(arguments)
            .env("LOBBY_DATA", dir.path())
            .output()
            .unwrap()
    };
    let verified = program(&["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
    assert!(String::from_utf8(verified.stdout).unwrap().contains('9'));
    let exported = program(&["records", "export", "--format", "csv"]);
    assert_eq!(exported.status.code(), Some(0));
    assert_eq!(rows(&String::from_utf8(exported.stdout).unwrap()).len(), 10);
    let rebuilt = program(&["records", "rebuild"]);
    assert_eq!(rebuilt.status.code(), Some(1));
    assert!(!rebuilt.stderr.is_empty());
    drop(writer);
    assert_eq!(program(&["records", "rebuild"]).status.code(), Some(0));
    assert_eq!(program(&["records", "show", "zzz"]).status.code(), Some(1));
}

#[test]
fn a_branch_elsewhere_reads_its_own_time() {
    let (dir, ..) = journal();
    let mut out = Vec::new();
    let command = RecordsCommand::List;
    run(
        &RecordsArgs { command },
        dir.path(),
        &Lang::EN,
        Tz::UTC,
        &mut out,
    )
    .unwrap();
    let listed = String::from_utf8(out).unwrap();
    let began = epoch() + chrono::Duration::seconds(1);
    assert!(listed.contains(&began.format("%Y-%m-%d %H:%M:%S").to_string()));
}

#[test]
fn whoever_reads_no_further_is_no_fault() {
    let (dir, _, [first, _]) = journal();
    let commands: [&[&str]; 8] = [
        &["records", "list"],
        &["records", "show", first.as_str()],
        &["records", "export", "--format", "csv"],
        &["records", "export", "--format", "json"],
        &["check"],
        &["verify"],
        &["service"],
        &["--help"],
    ];
    for words in commands {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
            .args(["--data".as_ref(), dir.path().as_os_str()])
            .args(words)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // As `head` does that has seen enough.
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(
            (done.status.code(), said.as_str()),
            (Some(0), ""),
            "{words:?}"
        );
    }
}
