//! `lobby-kiosk report`: what the document of an incident says, in every kind of file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::calling::Outcome;
use lobby_kiosk::domain::content::{ContentRef, Erasure};
use lobby_kiosk::domain::ids::{IncidentId, LinkId, PersonId};
use lobby_kiosk::domain::incident::{Field, IncidentEvent, Mark};
use lobby_kiosk::domain::person::{Person, Role};
use lobby_kiosk::service::people::People;
use lobby_kiosk::store::Writer;
use tempfile::{TempDir, tempdir};

use crate::docx;
use crate::journal::{Acts, append_newer, prepare, record, tamper};
use crate::lobby::{Lobby, NAMED, collapse, fire};
use crate::old_data::old;

/// Runs the program.
fn program(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--data".as_ref(), data.as_os_str()])
        .args(words)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

/// Writes a report, and answers with its file.
fn reported(data: &Path, id: &str, lang: &str, name: &str) -> Vec<u8> {
    let file = data.join(name);
    let out = file.to_str().unwrap();
    let done = program(data, &["report", id, "--out", out, "--lang", lang]);
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains(name) && said.contains(id), "{said}");
    let bytes = fs::read(&file).unwrap();
    fs::remove_file(file).unwrap();
    bytes
}

/// What a report reads as, a line for each block and cell, without markup.
fn read(data: &Path, id: &str, lang: &str) -> String {
    let html = String::from_utf8(reported(data, id, lang, "r.html")).unwrap();
    let start = html.find("<body>").unwrap();
    let mut text = String::new();
    let mut inside = false;
    for c in html[start..].chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let text: Vec<&str> = lines.collect();
    let text = text.join("\n").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

/// A branch, and what `happened` there.
fn recorded(happened: impl FnOnce(&Lobby) -> IncidentId) -> (TempDir, String) {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("kiosk.toml"), NAMED).unwrap();
    let lobby = Lobby::open(dir.path());
    let id = happened(&lobby).to_string();
    lobby.close();
    (dir, id)
}

fn says(report: &str, words: &[&str]) {
    for one in words {
        assert!(report.contains(one), "“{one}” is missing in:\n{report}");
    }
}

/// The part of a report beneath this heading.
fn part<'r>(report: &'r str, heading: &str, next: &str) -> &'r str {
    let from = report.find(&format!("\n{heading}\n")).expect(heading);
    let to = report[from..].find(&format!("\n{next}\n")).expect(next);
    &report[from..from + to]
}

#[test]
fn each_ending_gives_its_kind_of_file() {
    let (dir, id) = recorded(collapse);
    for (name, start) in [
        ("a.pdf", &b"%PDF-"[..]),
        ("b.HTML", b"<!DOCTYPE html>"),
        ("c.docx", b"PK\x03\x04"),
    ] {
        for lang in ["zh_CN", "en"] {
            assert!(
                reported(dir.path(), &id, lang, name).starts_with(start),
                "{name}"
            );
        }
    }
}

#[test]
fn the_summary_says_what_the_record_holds_in_both_languages() {
    let (dir, id) = recorded(collapse);
    let english = read(dir.path(), &id, "en");
    says(
        &english,
        &[
            "Incident report: Sudden illness",
            "人民路证券营业部",
            "华东证券股份有限公司",
            "1.5a",
            &id,
            "Sudden illness: began on 23 Nov 2026, 15:42:00, was closed on 23 Nov 2026, 15:56:27, \
             after 14 min 27 s. Outcome: Handed to ambulance.",
            "Begun as Other incident; handled as Sudden illness from 15:42:28 on.",
            "Steps of the guide, 7 in all: 6 done, 1 not possible.",
            "Deadlines that counted, 4 in all: 3 met, 1 not met.",
            "Follow-ups, 3 in all: 3 still to do",
            "Calls noted: 3, of which 2 were answered.",
            "CPR from 15:43:33 on; taken over by the ambulance crew at 15:51:13.",
            "Complaints joined: 1.",
            "Entries that correct earlier ones: 2; struck out: 1.",
        ],
    );
    assert!(!english.contains("clock was set"), "{english}");
    says(
        &read(dir.path(), &id, "zh_CN"),
        &[
            "突发事件处置报告：客户突发疾病",
            "客户突发疾病：2026年11月23日 15:42:00 开始，2026年11月23日 15:56:27 结束，\
             历时 14 分 27 秒。处置结果：移交急救。",
            "最初按“其他突发事件”处置，15:42:28 起改按“客户突发疾病”处置。",
            "现场步骤共 7 项：完成 6 项、无法完成 1 项。",
            "计时限的步骤共 4 项：按时 3 项、未按时 1 项。",
            "心肺复苏：15:43:33 开始，15:51:13 由急救人员接手。",
        ],
    );
}

#[test]
fn every_part_has_what_happened_with_its_time() {
    let (dir, id) = recorded(collapse);
    let report = read(dir.path(), &id, "en");
    let timeline = part(&report, "Timeline", "Steps of the guide");
    says(
        timeline,
        &[
            "Times are local (Asia/Shanghai).",
            "15:43:04\n+1:04\nCalled, no answer: Ambulance\nOn duty",
            "15:46:23\n+4:23\nAED is here\nOn duty",
            "Handed over: Send someone to meet the ambulance (Door)",
        ],
    );
    says(
        part(&report, "Steps of the guide", "Follow-ups"),
        &[
            // The deadline of the guide that was walked, from the change of its type on.
            "15:43:28\n15:43:25\nIn time",
            "begun 15:43:33\ndone 15:51:13\nIn time",
            "handed to: Door",
            "answer: No response",
            "corrected since it was first noted",
        ],
    );
    says(
        part(&report, "Follow-ups", "Other steps dealt with"),
        &[
            "Report to the local government (",
            "17:42:00",
            "26 Nov 15:42:00",
        ],
    );
    let before = part(&report, "Other steps dealt with", "Calls");
    says(before, &["Stop and look for danger\nCompleted"]);
    says(
        part(&report, "Calls", "Resuscitation"),
        &["15:43:04\n+1:04\nAmbulance\nNo answer\nOn duty"],
    );
    says(
        part(&report, "Resuscitation", "Questions and answers"),
        &["15:43:33", "7 min 40 s", "15:46:23", "2 ×"],
    );
    says(
        part(&report, "Questions and answers", "Complaints joined"),
        &["No response\n15:42:44\nChest pain"],
    );
    let complaints = report.split("\nComplaints joined\n").nth(1).unwrap();
    says(complaints, &["About\n", "\nService\n"]);
}

#[test]
fn what_deviates_is_marked_in_words_and_not_by_colour() {
    let (dir, id) = recorded(collapse);
    let report = read(dir.path(), &id, "en");
    says(
        part(&report, "Deviations from the plan", "Timeline"),
        &[
            "▲ Not possible\n: Calm the other customers (reason: Nobody free)",
            "▲ Late by 1 min 29 s\n: Report to the supervisor (due 15:52:28, actual 15:53:57)",
        ],
    );
    let timeline = part(&report, "Timeline", "Steps of the guide");
    for mark in ["▲ Not possible", "▲ Late by 1 min 29 s", "▲ Struck out"] {
        assert_eq!(timeline.matches(mark).count(), 1, "{mark}");
    }
    assert_eq!(timeline.matches("▲ Correction").count(), 2, "{timeline}");
    let steps = part(&report, "Steps of the guide", "Follow-ups");
    says(
        steps,
        &[
            "15:53:57\n▲ Late by 1 min 29 s",
            "▲ Not possible\nreason: Nobody free",
        ],
    );
}

#[test]
fn the_words_of_a_note_that_was_struck_out_stay_in_the_journal() {
    let (dir, id) = recorded(collapse);
    for (lang, struck, kept, told) in [
        (
            "en",
            "Family arrived",
            "Ambulance here",
            "Note struck out: the one of 15:44:39",
        ),
        ("zh_CN", "家属到场", "救护车到了", "15:44:39 的一条"),
    ] {
        let report = read(dir.path(), &id, lang);
        assert!(!report.contains(struck), "{report}");
        says(&report, &[kept, told]);
        let shown = program(dir.path(), &["records", "show", &id, "--lang", lang]);
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert!(shown.contains(struck), "{shown}");
    }
}

#[test]
fn whoever_was_on_duty_is_named_until_they_are_off_the_list() {
    let wang = PersonId::from("0199a0c4-0000-7000-8000-000000000001");
    let (dir, id) = recorded(|lobby| {
        let recorder = &lobby.services.recorder;
        recorder.acts(Actor::OnDuty, Some(wang.clone()));
        collapse(lobby)
    });
    let data = dir.path();
    let mut people = People::read(data).unwrap();
    let person = Person {
        id: wang.clone(),
        name: "王芳".to_owned(),
        role: Role::LobbyManager,
        first_aider: false,
        reach: String::new(),
    };
    people.add(person).unwrap();
    people.write().unwrap();
    let named = read(data, &id, "zh_CN");
    assert!(named.contains("王芳") && !named.contains(wang.as_str()));
    people.remove(&wang).unwrap();
    people.write().unwrap();
    let after = read(data, &id, "zh_CN");
    assert!(after.contains("已不在名单上的人员") && !after.contains("王芳"));
    // A list that cannot be read keeps nobody from the report.
    fs::write(data.join("people.json"), "7").unwrap();
    assert!(read(data, &id, "zh_CN").contains("当班"));
}

#[test]
fn a_clock_that_was_set_moves_every_time_and_is_said() {
    let (dir, id) = recorded(fire);
    let report = read(dir.path(), &id, "en");
    says(
        &report,
        &[
            "Fire: began on 23 Nov 2026, 16:42:00, was closed on 23 Nov 2026, 16:52:25, after 10 min 25 s.",
            "Times the tablet's clock was set: 1.",
            "16:42:44\n+0:44\nStep done: Press the fire alarm\nOn duty\n▲ Late by 14 s\n(then: 15:42:44)",
            "+3:15\nThe tablet's clock was set: 1 h 0 min forward; running times go on\nBy itself\n▲ Clock set",
            "16:42:52\nIn time",
        ],
    );
    says(
        part(
            &report,
            "Evacuation and head count",
            "Where this comes from, and how to check it",
        ),
        &[
            "Fire",
            "16:42:58",
            "All clear at 16:50:15",
            "7 min 17 s",
            "11 (12 on a usual day)",
            "nobody missing",
            "Open the way and lead: Guard",
        ],
    );
    // What the close left behind was done half an hour later, and in time.
    let follow_ups = part(&report, "Follow-ups", "Calls");
    says(follow_ups, &["17:22:25\nIn time"]);
}

#[test]
fn a_correction_does_not_make_late_what_was_in_time() {
    let (dir, id) = recorded(|lobby| {
        let id = lobby.start("fire");
        lobby.pass(10);
        lobby.done(&id, "alarm");
        lobby.pass(10);
        lobby.mark(&id, "call-119", Mark::Skipped, None);
        lobby.pass(300);
        // It had been called after all; and nobody had pressed the alarm.
        lobby.done(&id, "call-119");
        lobby.mark(&id, "alarm", Mark::Cannot, Some("no-equipment"));
        lobby.pass(5);
        assert!(lobby.services.incidents.called(&id, "security", 1, true));
        lobby.pass(5);
        lobby.correct_call(&id, Outcome::NotMade);
        id
    });
    let report = read(dir.path(), &id, "en");
    let steps = part(&report, "Steps of the guide", "Follow-ups");
    says(
        steps,
        &[
            "▲ Corrected later: the time cannot be told",
            "▲ Not possible",
        ],
    );
    assert!(!report.contains("Late by"), "{report}");
    says(
        &report,
        &[
            "Deadlines that counted, 2 in all: 1 not met, 1 that cannot be told.",
            "▲ Not made: tapped by mistake",
            "was still being handled",
        ],
    );
    assert!(!report.contains("Calls noted"), "none was made: {report}");
}

#[test]
fn what_was_no_incident_has_nothing_to_answer_for() {
    let (dir, id) = recorded(|lobby| {
        let id = lobby.start("fire");
        lobby.pass(2);
        assert!(lobby.services.incidents.undo(&id));
        id
    });
    let report = read(dir.path(), &id, "en");
    says(&report, &["there was no incident", "Start undone"]);
    for none in [
        "Nothing noted",
        "Deviations from the plan",
        "Steps of the guide",
    ] {
        assert!(!report.contains(none), "{none}: {report}");
    }
}

#[test]
fn a_false_alarm_leaves_no_step_undone() {
    let (dir, id) = recorded(|lobby| {
        let id = lobby.start("fire");
        lobby.pass(20);
        lobby.done(&id, "alarm");
        lobby.pass(8);
        assert!(lobby.services.incidents.close(&id, "false-alarm"));
        id
    });
    let report = read(dir.path(), &id, "en");
    says(
        part(&report, "Deviations from the plan", "Timeline"),
        &["None noted."],
    );
    assert!(!report.contains("\nFollow-ups\n"), "{report}");
}

#[test]
fn an_incident_is_read_by_the_plan_that_it_was_made_by() {
    let built_in = plan_file::BUILT_IN;
    // A branch that gives the alarm fifty seconds in place of thirty.
    let alarm = built_in.find("id = \"alarm\"").unwrap();
    let (before, after) = built_in.split_at(alarm);
    let own = [before, &after.replacen("within = 30", "within = 50", 1)].concat();
    for keeps in [true, false] {
        let dir = tempdir().unwrap();
        fs::write(dir.path().join("plan.toml"), &own).unwrap();
        let lobby = Lobby::open(dir.path());
        if keeps {
            lobby.keep_plan();
        }
        let id = lobby.start("fire");
        lobby.pass(44);
        lobby.done(&id, "alarm");
        lobby.close();
        fs::remove_file(dir.path().join("plan.toml")).unwrap();
        fs::remove_file(dir.path().join("plan.last-good.toml")).ok();
        let report = read(dir.path(), id.as_str(), "en");
        if keeps {
            says(&report, &["15:42:50\n15:42:44\nIn time"]);
        } else {
            says(
                &report,
                &[
                    "are not in the journal",
                    "Other steps dealt with",
                    "Press the fire alarm\nCompleted\n—\n15:42:44",
                ],
            );
            assert!(!report.contains("\nSteps of the guide\n"), "{report}");
        }
    }
}

#[test]
fn what_it_rests_on_can_be_checked() {
    let (dir, id) = recorded(collapse);
    let exported = program(dir.path(), &["records", "export", "--format", "json"]);
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&exported.stdout).unwrap();
    let topic = format!("incident:{id}");
    let own = entries.iter().filter(|one| one["topic"] == topic.as_str());
    let ends: Vec<String> = own
        .map(|one| format!("{}, digest {}", one["seq"], one["digest"].as_str().unwrap()))
        .collect();
    let report = read(dir.path(), &id, "en");
    says(
        &report,
        &[
            ends.first().unwrap(),
            ends.last().unwrap(),
            "found to be right",
            "lobby-kiosk verify",
            &format!("Number of entries\n{}", ends.len()),
            concat!("by lobby-kiosk ", env!("CARGO_PKG_VERSION")),
        ],
    );
    let place = ends.last().unwrap().split(',').next().unwrap().to_owned();
    let changed = format!("UPDATE entry SET at = at - 60000 WHERE seq = {place}");
    tamper(dir.path()).execute_batch(&changed).unwrap();
    let report = read(dir.path(), &id, "en");
    says(
        &report,
        &["▲ Entries whose digest is not", &format!(": {place}.")],
    );
    assert!(!report.contains("found to be right"), "{report}");
}

#[test]
fn what_a_newer_version_wrote_has_its_row() {
    let (dir, id) = recorded(|lobby| lobby.start("power-cut"));
    append_newer(dir.path(), &format!("incident:{id}"));
    let report = read(dir.path(), &id, "en");
    says(
        &report,
        &["Written by a newer version: incident.foreseen\nsomebody\n▲ Cannot be read"],
    );
}

#[test]
fn incidents_of_an_earlier_version_have_their_reports() {
    let dir = old();
    let listed = program(dir.path(), &["records", "list"]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let ids: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(!ids.is_empty());
    for id in ids {
        for lang in ["zh_CN", "en"] {
            let report = read(dir.path(), id, lang);
            assert!(report.contains(id), "{report}");
        }
    }
}

#[test]
fn every_kind_of_file_has_the_same_words() {
    for happened in [collapse, fire] {
        let (dir, id) = recorded(happened);
        for lang in ["zh_CN", "en"] {
            let html = read(dir.path(), &id, lang);
            let file = docx::words(&reported(dir.path(), &id, lang, "r.docx"));
            let html: String = html.chars().filter(|c| !c.is_whitespace()).collect();
            // The moment at which each was made differs.
            let made = file.find("lobby-kiosk0.").unwrap();
            let (from, to) = (file.find(&id).unwrap(), made - 60);
            let (start, end) = (file.floor_char_boundary(from), file.floor_char_boundary(to));
            assert!(html.contains(&file[start..end]), "{lang}: {file}\n{html}");
        }
    }
}

#[test]
fn without_the_key_a_report_says_how_much_was_written_and_where_it_is_read() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, start) = acts.start();
    let written = |acts: &mut Acts, content: &str, field| {
        let kept = ContentRef {
            content: content.to_owned(),
            digest: "00".repeat(32),
            sealed: true,
        };
        let link = LinkId::from("a-link");
        acts.act(&id, IncidentEvent::Written { link, field, kept })
    };
    let mut drafts = vec![start];
    drafts.push(written(&mut acts, "1", Field::Note));
    drafts.push(written(&mut acts, "2", Field::Photo));
    let erased = IncidentEvent::Erased {
        why: Erasure::Request,
    };
    drafts.push(acts.act(&id, erased));
    for (content, field) in [
        ("3", Field::Injuries),
        ("4", Field::Photo),
        ("5", Field::Photo),
    ] {
        drafts.push(written(&mut acts, content, field));
    }
    record(dir.path(), &drafts);
    let english = read(dir.path(), id.as_str(), "en");
    says(
        &english,
        &[
            "\nNotes and photos\n",
            "Sent from phones: notes 1, photos 2. They are not in this report",
            "Erased since: 2 notes and photos.",
        ],
    );
    let chinese = read(dir.path(), id.as_str(), "zh_CN");
    says(
        &chinese,
        &["\n手机记录和照片\n", "记录 1 条、照片 2 张", "照片共 2 件"],
    );
    // Where nothing was written nothing is said of it.
    let (other, start) = acts.start();
    record(dir.path(), &[start]);
    assert!(!read(dir.path(), other.as_str(), "en").contains("Notes and photos"));
}

#[test]
fn two_thousand_entries_are_told_one_by_one() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, mut drafts) = acts.start_alone();
    drafts.extend((0..1999).map(|_| acts.note(&id, "police")));
    Writer::open(dir.path())
        .unwrap()
        .commit(&prepare(&drafts))
        .unwrap();
    let report = read(dir.path(), id.as_str(), "en");
    assert_eq!(report.matches("\nNote: Police arrived\n").count(), 1999);
    for (name, most) in [("r.pdf", 2_000_000), ("r.docx", 500_000)] {
        let file = reported(dir.path(), id.as_str(), "zh_CN", name);
        assert!(file.len() < most, "{name}: {}", file.len());
    }
}

#[test]
fn what_cannot_be_reported_is_said_with_what_to_do() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (first, start) = acts.start();
    let (second, other) = acts.start();
    record(dir.path(), &[start, other]);
    let refused = |id: &str, name: &str| {
        let file: PathBuf = dir.path().join(name);
        let done = program(dir.path(), &["report", id, "--out", file.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(1), "{done:?}");
        assert!(!file.exists());
        String::from_utf8(done.stderr).unwrap()
    };
    for name in ["r.txt", "r", "r.doc"] {
        let said = refused(first.as_str(), name);
        assert!(said.contains(".pdf, .html or .docx"), "{said}");
    }
    assert!(refused("ffff", "r.pdf").contains("No incident's number begins"));
    let agree = first.as_str().bytes().zip(second.as_str().bytes());
    let agree = agree.take_while(|(a, b)| a == b).count();
    let ambiguous = refused(&first.as_str()[..agree], "r.pdf");
    assert!(ambiguous.contains(first.as_str()) && ambiguous.contains(second.as_str()));
    assert!(refused(first.as_str(), "no/such/r.pdf").contains("could not be written"));
    let nowhere = dir.path().join("nowhere");
    let done = program(&nowhere, &["report", first.as_str(), "--out", "r.pdf"]);
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(!nowhere.exists());
}

#[test]
#[ignore = "needs pdfinfo and pdftotext (Debian: poppler-utils)"]
fn the_pdf_file_has_them_too_and_its_pages_are_numbered() {
    let (dir, id) = recorded(collapse);
    let file = dir.path().join("report.pdf");
    fs::write(&file, reported(dir.path(), &id, "zh_CN", "r.pdf")).unwrap();
    let asked = |program: &str, words: &[&str]| {
        let done = Command::new(program).args(words).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let path = file.to_str().unwrap();
    let text = asked("pdftotext", &["-layout", path, "-"]);
    for (index, page) in text.trim_end_matches('\u{c}').split('\u{c}').enumerate() {
        let number = format!("第 {} 页，共", index + 1);
        assert!(
            page.contains(&number) && page.contains("人民路证券营业部"),
            "{page}"
        );
        for line in page.lines().map(str::trim) {
            assert!(
                !line.starts_with(['，', '。', '、', '：', '；', '）']),
                "{line}"
            );
        }
    }
    let structure = asked("pdfinfo", &["-struct-text", path]);
    let read = structure.lines().filter_map(|line| {
        let line = line.trim_start().strip_prefix('"')?;
        line.strip_suffix('"')
    });
    let read: String = read.collect::<String>().split_whitespace().collect();
    let html = read_dense(&read_html(dir.path(), &id));
    for part in html.split(['。', '▲']).filter(|part| !part.is_empty()) {
        assert!(read.contains(part), "{part} in {read}");
    }
    for tag in ["H1 ", "H2 ", "THead", "/Scope /Column"] {
        assert!(structure.contains(tag), "{tag}");
    }
}

/// The summary of a report, a line for each block.
fn read_html(data: &Path, id: &str) -> String {
    let report = read(data, id, "zh_CN");
    part(&report, "摘要", "处置经过").to_owned()
}

fn read_dense(text: &str) -> String {
    text.split_whitespace().collect()
}
