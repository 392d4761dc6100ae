//! The unit that starts the kiosk with the tablet.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lobby-kiosk");

fn service(words: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(["--lang", "en", "service"])
        .args(words)
        .env_remove("LOBBY_DATA")
        .output()
        .unwrap()
}

fn unit(words: &[&str]) -> String {
    let output = service(words);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The settings of a unit by section and key, each with all of its values.
fn settings(unit: &str) -> HashMap<(String, String), Vec<String>> {
    let mut section = String::new();
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    let lines = unit.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
            continue;
        }
        let (key, value) = line.split_once('=').expect(line);
        let place = (section.clone(), key.to_owned());
        found.entry(place).or_default().push(value.to_owned());
    }
    found
}

#[test]
fn the_unit_starts_the_kiosk_under_cage_for_ever() {
    let found = settings(&unit(&["--program", "/usr/local/bin/lobby-kiosk"]));
    let is = |section: &str, key: &str, value: &str| {
        let place = (section.to_owned(), key.to_owned());
        let values = found.get(&place).cloned().unwrap_or_default();
        assert!(values.iter().any(|one| one == value), "{key}: {values:?}");
    };
    is(
        "Service",
        "ExecStart",
        "/usr/bin/cage -d -- \"/usr/local/bin/lobby-kiosk\"",
    );
    is("Service", "Restart", "always");
    is("Unit", "StartLimitIntervalSec", "0");
    is("Service", "User", "lobby-kiosk");
    is("Service", "TTYPath", "/dev/tty1");
    is("Unit", "Conflicts", "getty@tty1.service");
    is("Service", "Environment", "LOBBY_DATA=%S/lobby-kiosk");
    is("Service", "StateDirectoryMode", "0700");
    is("Service", "NoNewPrivileges", "yes");
}

#[test]
fn user_terminal_program_and_data_directory_can_be_named() {
    let output = Command::new(PROGRAM)
        .args(["--data", "/srv/a \"b\" 100%", "service"])
        .args(["--user", "desk", "--tty", "tty7"])
        .args(["--program", "/opt/50% $x/kiosk"])
        .output()
        .unwrap();
    let unit = String::from_utf8(output.stdout).unwrap();
    for line in [
        "ExecStart=/usr/bin/cage -d -- \"/opt/50%% $$x/kiosk\"",
        "Environment=\"LOBBY_DATA=/srv/a \\\"b\\\" 100%%\"",
        "User=desk",
        "TTYPath=/dev/tty7",
        "Conflicts=getty@tty7.service",
    ] {
        assert!(unit.lines().any(|one| one == line), "{line}: {unit}");
    }
    assert!(!unit.contains("StateDirectory"), "{unit}");
    assert!(!unit.contains(['{', '}']), "{unit}");
    // Nothing that is named can add lines of its own.
    for words in [
        ["--user", "a\nExecStart=b"],
        ["--tty", "../tty1"],
        ["--program", "kiosk"],
        ["--program", "/a\nb"],
    ] {
        assert!(!service(&words).status.success(), "{words:?}");
    }
}

#[test]
fn systemd_finds_no_fault_with_the_unit() {
    // Where systemd is missing there is nobody to ask.
    if Command::new("systemd-analyze")
        .arg("--version")
        .output()
        .is_err()
    {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("lobby-kiosk.service");
    std::fs::write(&path, unit(&["--user", "root"])).unwrap();
    let said = verify(&path);
    // Whether cage is there is the tablet's own affair.
    let faults: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("lobby-kiosk.service") && !line.contains("/usr/bin/cage"))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // The same look finds a fault where there is one.
    std::fs::write(&path, "[Service]\nExecStart=kiosk\nRestart=often\n").unwrap();
    assert!(verify(&path).contains("lobby-kiosk.service"));
}

fn verify(path: &Path) -> String {
    let output = Command::new("systemd-analyze")
        .arg("verify")
        .arg(path)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}
