//! Pictures of the screens without a display.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::{Command, Output};

use lobby_kiosk::store::Writer;

const SCREENS: [&str; 29] = [
    "board",
    "guide",
    "reasons",
    "log",
    "types",
    "outcomes",
    "closed",
    "after",
    "contacts",
    "call",
    "codes",
    "evacuation",
    "floor-plan",
    "staff",
    "head-count",
    "ending",
    "posted",
    "notice",
    "pin",
    "duty",
    "people",
    "records",
    "statistics",
    "numbers",
    "number",
    "inbox",
    "complaint",
    "role-card",
    "handover",
];

fn shoot(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--data".as_ref(), data.as_os_str()])
        .arg("screenshot")
        .args(words)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

/// Width, height and the pixels of a PNG file.
fn read(path: &Path) -> (u32, u32, Vec<u8>) {
    let file = BufReader::new(File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn every_screen_in_either_language_beside_a_running_kiosk() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let _writer = Writer::open(&data).unwrap();
    let names = || {
        let entries = std::fs::read_dir(&data).unwrap();
        let names = entries.map(|one| one.unwrap().file_name());
        names.collect::<BTreeSet<_>>()
    };
    let before = names();
    let mut seen = BTreeSet::new();
    for screen in SCREENS {
        for lang in ["zh_CN", "en"] {
            let path = dir.path().join(format!("{screen}-{lang}.png"));
            let out = path.to_str().unwrap();
            let shot = shoot(
                &data,
                &[screen, "--lang", lang, "--out", out, "--size", "800x1280"],
            );
            assert!(shot.status.success(), "{screen}: {shot:?}");
            let (width, height, pixels) = read(&path);
            assert_eq!((width, height), (800, 1280));
            let colours: BTreeSet<&[u8]> = pixels.chunks(4).collect();
            assert!(colours.len() > 50, "{screen} in {lang} is blank");
            assert!(
                seen.insert(pixels),
                "{screen} in {lang} looks like another picture"
            );
        }
    }
    let chosen = data.join("language");
    assert!(!chosen.exists(), "a picture's language is not the kiosk's");
    assert_eq!(names(), before, "a picture leaves nothing behind");
}

#[test]
fn the_data_directory_is_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("nothing-here");
    let out = dir.path().join("guide.png");
    let shot = shoot(&data, &["guide", "--out", out.to_str().unwrap()]);
    assert!(shot.status.success(), "{shot:?}");
    assert!(!data.exists());
}

#[test]
fn the_same_time_gives_the_same_picture() {
    let dir = tempfile::tempdir().unwrap();
    let pictures = ["one.png", "two.png"].map(|name| {
        let path = dir.path().join(name);
        let shot = shoot(
            dir.path(),
            &[
                "guide",
                "--at",
                "2026-11-23T15:42:00+08:00",
                "--out",
                path.to_str().unwrap(),
            ],
        );
        assert!(shot.status.success(), "{shot:?}");
        std::fs::read(path).unwrap()
    });
    assert_eq!(pictures[0], pictures[1]);
}

#[test]
fn the_board_says_what_became_of_the_journal() {
    let board = |data: &Path| {
        let out = data.with_extension("png");
        let at = "2026-11-23T15:42:00+08:00";
        let shot = shoot(data, &["board", "--at", at, "--out", out.to_str().unwrap()]);
        assert!(shot.status.success(), "{shot:?}");
        std::fs::read(out).unwrap()
    };
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let calm = board(&data);
    let aside = data.join("journal.db.set-aside-20261120T010203Z");
    std::fs::write(&aside, "unreadable").unwrap();
    drop(Writer::open(&data).unwrap());
    let set_aside = board(&data);
    assert!(set_aside != calm, "a journal lies aside");
    std::fs::remove_file(aside).unwrap();
    std::fs::remove_file(data.join("journal.db")).unwrap();
    std::fs::write(data.join("running-time.json"), "").unwrap();
    let gone = board(&data);
    assert!(gone != calm && gone != set_aside, "the journal is gone");
}

#[test]
fn the_codes_lead_to_the_pages() {
    let dir = tempfile::tempdir().unwrap();
    let toml =
        "[complaint]\nphone = \"021-58881234\"\n[web]\npublic_url = \"https://desk.example.cn\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let out = dir.path().join("codes.png");
    let shot = shoot(dir.path(), &["codes", "--out", out.to_str().unwrap()]);
    assert!(shot.status.success(), "{shot:?}");
    let said = crate::decoded::in_file(&out);
    assert!(
        said.contains(&"https://desk.example.cn/complaint".to_owned()),
        "{said:?}"
    );
}

#[test]
fn a_type_that_the_plan_does_not_have_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let shot = shoot(
        dir.path(),
        &[
            "guide",
            "--incident",
            "flood",
            "--lang",
            "en",
            "--out",
            "x.png",
        ],
    );
    assert_eq!(shot.status.code(), Some(1));
    let said = String::from_utf8(shot.stderr).unwrap();
    assert!(
        said.contains("flood") && said.contains("earthquake"),
        "{said}"
    );
}

#[test]
fn the_board_says_of_erasing_what_the_kiosks_says() {
    let dir = tempfile::tempdir().unwrap();
    let board = |name: &str, years: &str| {
        let data = dir.path().join(name);
        std::fs::create_dir(&data).unwrap();
        let settings = [
            "[branch]\naddress = \"人民路188号\"\n[contacts]\nsecurity = \"021-58886110\"\n\
             supervisor = \"13800138000\"\n[complaint]\n",
            years,
        ];
        std::fs::write(data.join("kiosk.toml"), settings.concat()).unwrap();
        let path = dir.path().join(format!("{name}.png"));
        let at = "2026-11-23T15:42:00+08:00";
        let shot = shoot(
            &data,
            &["board", "--at", at, "--out", path.to_str().unwrap()],
        );
        assert!(shot.status.success(), "{shot:?}");
        read(&path)
    };
    let never = board("never", "");
    assert_ne!(
        never,
        board("kept", "retention_years = 20\n"),
        "nothing is ever erased"
    );
    assert_eq!(never, board("alike", ""));
}
