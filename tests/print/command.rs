//! `lobby-kiosk poster`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{BASE, BRANCH};

fn run(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--data".as_ref(), data.as_os_str()])
        .args(words)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

fn data() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    // Served to nobody but the tablet, so that it has no address of its own to print.
    let web = "[web]\nlisten = \"127.0.0.1:8080\"\n";
    fs::write(dir.path().join("kiosk.toml"), [BRANCH, web].concat()).unwrap();
    dir
}

#[test]
fn the_address_of_the_settings_needs_no_argument() {
    let dir = tempfile::tempdir().unwrap();
    let web = "[web]\npublic_url = \"https://desk.example.cn\"\n";
    fs::write(dir.path().join("kiosk.toml"), [BRANCH, web].concat()).unwrap();
    let file = dir.path().join("a.pdf");
    let out = file.to_str().unwrap();
    let done = run(dir.path(), &["poster", "complaint", "--out", out]);
    assert!(done.status.success(), "{done:?}");
    assert!(file.is_file());
}

#[test]
fn the_command_writes_what_the_ending_says() {
    let dir = data();
    for (name, start) in [
        ("a.pdf", &b"%PDF-"[..]),
        ("b.SVG", b"<svg"),
        ("c.png", b"\x89PNG"),
    ] {
        let file = dir.path().join(name);
        let out = file.to_str().unwrap();
        let done = run(
            dir.path(),
            &["poster", "contacts", "--out", out, "--address", BASE],
        );
        assert!(done.status.success(), "{done:?}");
        assert!(fs::read(&file).unwrap().starts_with(start), "{name}");
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.contains(name) && said.contains("100 %"), "{said}");
    }
    let mut left: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["a.pdf", "b.SVG", "c.png", "kiosk.toml"]);
}

#[test]
fn the_language_of_a_poster_may_be_both() {
    let dir = data();
    let svg = |words: &[&str]| {
        let file = dir.path().join("x.svg");
        let mut all = words.to_vec();
        all.extend(["--out", file.to_str().unwrap(), "--address", BASE]);
        let done = run(dir.path(), &all);
        assert!(done.status.success(), "{done:?}");
        fs::read(&file).unwrap()
    };
    let both = svg(&["poster", "complaint", "--lang", "both"]);
    assert!(svg(&["poster", "complaint"]) == both, "both is the default");
    let english = svg(&["poster", "complaint", "--lang", "en"]);
    assert!(svg(&["--lang", "en", "poster", "complaint"]) == english);
    assert!(english != both);
    let chinese = svg(&["poster", "complaint", "--lang", "zh"]);
    assert!(chinese != both && chinese != english);
    let refused = run(dir.path(), &["check", "--lang", "both"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
}

#[test]
fn what_needs_no_network_is_printed_without_an_address() {
    let dir = data();
    for kind in ["contacts", "evacuation"] {
        let file = dir.path().join(format!("{kind}.svg"));
        let out = file.to_str().unwrap();
        let done = run(dir.path(), &["poster", kind, "--out", out]);
        assert!(done.status.success(), "{done:?}");
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.contains("without the code of the page"), "{said}");
        assert!(fs::read(&file).unwrap().starts_with(b"<svg"));
    }
    let file = dir.path().join("complaint.svg");
    let refused = run(
        dir.path(),
        &["poster", "complaint", "--out", file.to_str().unwrap()],
    );
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("--address"), "{said}");
    assert!(!file.exists());
}

#[test]
fn bad_input_is_named_and_leaves_what_was_there() {
    let dir = data();
    let out = dir.path().join("old.pdf");
    fs::write(&out, "old").unwrap();
    let out = out.to_str().unwrap();
    let wrong = dir.path().join("poster.doc");
    let nowhere = dir.path().join("nowhere").join("x.pdf");
    let long = format!("https://{}.example.cn", "a".repeat(60));
    let cases: [(&[&str], &str); 10] = [
        (
            &["--out", wrong.to_str().unwrap(), "--address", BASE],
            ".svg",
        ),
        (&["--out", "poster", "--address", BASE], ".svg"),
        (&["--out", out, "--distance", "1"], "--address"),
        (&["--out", out, "--address", "192.168.1.20"], "http://"),
        (&["--out", out, "--address", &long], "60"),
        (&["--out", out, "--address", "http://a@evil"], "No phone"),
        (&["--out", out, "--address", "http://0.0.0.0"], "leads no"),
        (
            &["--out", out, "--address", BASE, "--distance", "9"],
            "--distance",
        ),
        (
            &["--out", out, "--address", BASE, "--distance", "0"],
            "metres",
        ),
        (
            &["--out", nowhere.to_str().unwrap(), "--address", BASE],
            "nowhere",
        ),
    ];
    for (words, expected) in cases {
        let all = [&["poster", "evacuation"], words].concat();
        let refused = run(dir.path(), &all);
        assert!(!refused.status.success(), "{words:?}");
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains(expected), "{words:?}: {said}");
    }
    assert_eq!(fs::read_to_string(out).unwrap(), "old");
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        2,
        "nothing is left over"
    );
    let refused = run(
        dir.path(),
        &["poster", "contacts", "--lang", "zh", "--out", "x.doc"],
    );
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("后缀"), "{said}");
}
