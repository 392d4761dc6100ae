//! What the tablet goes by when a file is broken, gone or not to be written.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use chrono::NaiveDate;
use chrono_tz::Tz;
use lobby_kiosk::config::fault::Problem;
use lobby_kiosk::config::file::Access;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::{self, From, Settings};
use tempfile::TempDir;

use super::{FILE, LAST_GOOD, files, load, small, with};

#[test]
fn a_broken_file_gives_way_to_its_last_good_state() {
    let good = "[branch]\naddress = \"淮海路\"\n[contacts]\nsecurity = \"12345\"\n";
    let dir = with(good);
    let first = load(&dir);
    assert_eq!(
        fs::read_to_string(dir.path().join(LAST_GOOD)).expect("kept"),
        good
    );

    let bad = "[branch]\naddress = \"淮海路\n[contacts]\nsecurty = \"12345\"\n";
    fs::write(dir.path().join(FILE), bad).expect("written");
    let second = load(&dir);
    assert_eq!(
        (second.from, &second.settings),
        (From::LastGood, &first.settings)
    );
    let lines: Vec<_> = second.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [Some(2), Some(4)], "a syntax error hides nothing");
    assert_eq!(
        fs::read_to_string(dir.path().join(FILE)).expect("there"),
        bad,
        "left alone"
    );

    for (bytes, line) in [
        (&b""[..], None),
        (&[0; 64], None),
        (b"# ok\nname = \"\xd6\xd0\"\n", Some(2)),
    ] {
        fs::write(dir.path().join(FILE), bytes).expect("written");
        let third = load(&dir);
        assert_eq!(
            (third.from, &third.settings),
            (From::LastGood, &first.settings)
        );
        assert_eq!(
            (third.faults.len(), third.faults[0].line),
            (1, line),
            "{:?}",
            third.faults
        );
    }
    assert_eq!(files(&dir), [LAST_GOOD, FILE]);
}

#[test]
fn what_the_world_around_it_loses_costs_the_file_nothing_else() {
    let dir = with("[branch]\nfloor_plan = \"f.png\"\n[contacts]\nsecurity = \"12345\"\n");
    let picture = dir.path().join("f.png");
    fs::write(&picture, "").expect("written");
    assert_eq!(load(&dir).faults, []);
    fs::remove_file(&picture).expect("removed");
    let loaded = load(&dir);
    assert_eq!((loaded.from, loaded.faults.len()), (From::File, 1));
    assert_eq!(loaded.settings.branch.floor_plan, Some(picture));
    assert_eq!(loaded.settings.number("security", &small()), Some("12345"));
}

#[test]
fn a_file_that_was_cut_off_between_two_lines_leaves_what_was_in_force() {
    let good = "[branch]\naddress = \"淮海路\"\nexits = [\"东侧\"]\n[contacts]\nsecurity = \"12345\"\n# ours\n";
    let dir = with(good);
    let whole = load(&dir).settings;
    for (cut, is_cut) in [
        ("[branch]\naddress = \"淮海路\"\n", true),
        (
            "[branch]\naddress = \"淮海路\"\nexits = [\"东侧\"]\n[contacts]\n",
            true,
        ),
        // Nothing is lost with a remark, and what somebody has ended on purpose is meant so.
        (good.trim_end_matches("# ours\n"), false),
        ("[branch]\naddress = \"淮海路\"\n# end\n", false),
    ] {
        fs::write(dir.path().join(FILE), cut).expect("written");
        let loaded = load(&dir);
        let found = loaded
            .faults
            .iter()
            .find(|one| one.problem == Problem::CutOff);
        assert_eq!(found.is_some(), is_cut, "{cut}: {:?}", loaded.faults);
        if is_cut {
            assert_eq!((loaded.from, &loaded.settings), (From::LastGood, &whole));
            assert_eq!(found.and_then(|one| one.line), Some(cut.lines().count()));
        }
    }
}

#[test]
fn the_last_good_copy_may_be_older_than_a_rule() {
    let dir = with("[contacts]\nsecurity = \"?\"\n");
    let many: Vec<String> = (0..10).map(|n| format!("\"1234{n}\"")).collect();
    let copy = format!(
        "[contacts]\nsecurity = [{}]\nsupervisor = [\"12345\", \"12345\"]\n",
        many.join(", ")
    );
    fs::write(dir.path().join(LAST_GOOD), copy).expect("written");
    let loaded = load(&dir);
    assert_eq!(loaded.from, From::LastGood);
    let numbers = |role| loaded.settings.numbers(role, &small()).len();
    assert_eq!((numbers("security"), numbers("supervisor")), (9, 1));
}

#[test]
fn looking_writes_nothing() {
    let dir = TempDir::new().expect("a directory");
    let looked = Settings::load_readonly(dir.path(), &small());
    assert_eq!((looked.from, looked.faults), (From::BuiltIn, vec![]));
    assert_eq!(files(&dir), Vec::<String>::new());
    let dir = with("[branch]\nname = \"x\"\n");
    assert_eq!(
        Settings::load_readonly(dir.path(), &small()).from,
        From::File
    );
    assert_eq!(files(&dir), [FILE]);
}

#[test]
fn a_directory_that_cannot_be_written_to_is_no_reason_not_to_start() {
    let dir = TempDir::new().expect("a directory");
    let file = dir.path().join("file");
    fs::write(&file, "").expect("written");
    // Below a file there can be no directory, not even for root.
    let below = Settings::load(&file.join("data"), &small());
    assert_eq!((below.from, below.faults.len()), (From::BuiltIn, 1));

    #[cfg(target_os = "linux")]
    {
        let proc = Settings::load(Path::new("/proc/self"), &small());
        assert_eq!(
            (proc.from, &proc.settings),
            (From::BuiltIn, &Settings::built_in(&small()))
        );
        let [fault] = proc.faults.as_slice() else {
            panic!("{:?}", proc.faults);
        };
        assert!(matches!(fault.problem, Problem::Unwritable(_)), "{fault:?}");
        assert_eq!(fault.file, "/proc/self/kiosk.toml");
    }
}

#[test]
fn a_branch_may_have_a_plan_of_its_own() {
    let dir = TempDir::new().expect("a directory");
    assert_eq!(
        crate::plan_of(dir.path(), Access::Keep),
        (plan_file::built_in(), vec![])
    );
    let path = dir.path().join("plan.toml");
    let text = include_str!("../../fixtures/plan.toml");
    fs::write(&path, text).expect("written");
    assert_eq!(
        crate::plan_of(dir.path(), Access::ReadOnly),
        (small(), vec![])
    );
    assert_eq!(files(&dir), ["plan.toml"], "looking keeps no copy");
    assert_eq!(crate::plan_of(dir.path(), Access::Keep), (small(), vec![]));
    fs::write(&path, text.replacen("within = 300", "within = 0", 1)).expect("written");
    let (plan, faults) = crate::plan_of(dir.path(), Access::Keep);
    assert_eq!((plan, faults.len()), (small(), 1));
    // A copy with a hole in it is worse than the built-in plan.
    fs::write(
        dir.path().join("plan.last-good.toml"),
        "revision = 2026-11-23",
    )
    .expect("written");
    let (plan, faults) = crate::plan_of(dir.path(), Access::Keep);
    assert_eq!((plan, faults.len()), (plan_file::built_in(), 1));
}

/// Sets the time at which a file in the directory was saved, in seconds of Unix time.
fn save_at(dir: &TempDir, name: &str, seconds: u64) {
    let file = fs::File::options()
        .write(true)
        .open(dir.path().join(name))
        .expect("a file");
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds))
        .expect("a time");
}

#[test]
fn the_settings_know_the_day_they_were_saved() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day);
    // Half past five in the afternoon of 22 November, UTC.
    let evening = 1_795_368_600;
    let dir = with("[contacts]\nsecurity = \"12345\"\n");
    save_at(&dir, FILE, evening);
    assert_eq!(
        Settings::load_readonly(dir.path(), &small()).settings.saved,
        day(23),
        "in Shanghai"
    );
    assert_eq!(load(&dir).settings.saved, day(23));

    let text = "[branch]\ntime_zone = \"America/New_York\"\n";
    let abroad = with(text);
    save_at(&abroad, FILE, evening);
    assert_eq!(load(&abroad).settings.saved, day(22));

    // The copy counts from its own day, not from the slip in the file.
    save_at(&dir, LAST_GOOD, evening - 10 * 86_400);
    fs::write(dir.path().join(FILE), "[contacts]\nsecurity = \"?\"\n").expect("written");
    let loaded = load(&dir);
    assert_eq!(
        (loaded.from, loaded.settings.saved),
        (From::LastGood, day(13))
    );
    fs::remove_file(dir.path().join(LAST_GOOD)).expect("removed");
    let loaded = load(&dir);
    assert_eq!(
        loaded.from,
        From::Partly,
        "what is sound of it is better than nothing"
    );
    let nothing = TempDir::new().expect("a directory");
    let looked = Settings::load_readonly(nothing.path(), &small());
    assert_eq!(looked.settings.saved, None);
}

#[test]
fn a_day_that_no_calendar_holds_is_no_reason_to_stop() {
    // Most disks clamp such a time; memory keeps it, where a system has it as a directory.
    let memory = Path::new("/dev/shm");
    let dir = if memory.is_dir() {
        TempDir::new_in(memory).expect("a directory")
    } else {
        TempDir::new().expect("a directory")
    };
    fs::write(dir.path().join(FILE), "[contacts]\nsecurity = \"12345\"\n").expect("written");
    for seconds in [300_000_000_000, 8_210_266_876_799, 9_000_000_000_000] {
        save_at(&dir, FILE, seconds);
        let loaded = load(&dir);
        assert_eq!((loaded.from, loaded.faults), (From::File, vec![]));
    }
    assert_eq!(settings::saved(&dir.path().join("none"), Tz::UTC), None);
}

#[test]
fn a_file_that_is_gone_leaves_its_last_good_copy_in_force_start_after_start() {
    let dir = tempfile::tempdir().unwrap();
    let text = "[contacts]\nsecurity = \"021-55550001\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), text).unwrap();
    let plan = lobby_kiosk::config::plan_file::built_in();
    Settings::load(dir.path(), &plan);
    std::fs::remove_file(dir.path().join("kiosk.toml")).unwrap();
    for _ in 0..3 {
        let loaded = Settings::load(dir.path(), &plan);
        assert_eq!(loaded.from, From::LastGood);
        assert_eq!(
            loaded.settings.number("security", &plan),
            Some("021-55550001")
        );
        assert_eq!(loaded.faults.len(), 1, "{:?}", loaded.faults);
        let copy = std::fs::read_to_string(dir.path().join("kiosk.last-good.toml")).unwrap();
        assert_eq!(copy, text);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_files_place_does_not_hold_up_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(dir.path().join("kiosk.toml"))
        .status()
        .unwrap();
    assert!(made.success());
    let plan = lobby_kiosk::config::plan_file::built_in();
    let loaded = Settings::load(dir.path(), &plan);
    assert_eq!(loaded.from, From::BuiltIn);
    assert_eq!(loaded.faults.len(), 1);
}
