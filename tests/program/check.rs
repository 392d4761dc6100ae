//! `lobby-kiosk check` and `lobby-kiosk plan`, as they are called.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Output};
use std::time::{Duration, UNIX_EPOCH};

use lobby_kiosk::cli::check;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::{self, Settings};
use lobby_kiosk::domain::lang::Lang;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tempfile::TempDir;

const SMALL: &str = include_str!("../fixtures/plan.toml");

pub fn kiosk(data: &Path, lang: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--lang", lang])
        .args(args)
        .env("LOBBY_DATA", data)
        .output()
        .expect("it runs")
}

/// Exit code and printed lines.
pub fn answer(output: &Output) -> (Option<i32>, Vec<String>) {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    (
        output.status.code(),
        text.lines().map(str::to_owned).collect(),
    )
}

fn data() -> TempDir {
    TempDir::new().expect("a directory")
}

#[test]
fn before_the_first_run() {
    let dir = data();
    let data = dir.path().join("data");
    let (code, lines) = answer(&kiosk(&data, "en", &["check"]));
    let expected = format!(
        "{} is not there yet; the first run of lobby-kiosk writes it",
        data.join("kiosk.toml").display()
    );
    assert_eq!((code, lines), (Some(0), vec![expected]));
    assert!(!data.exists(), "check writes nothing");
}

#[test]
fn an_address_that_leads_phones_to_themselves_is_named() {
    let dir = data();
    let url = "http://localhost:8080";
    let text = format!("[web]\npublic_url = \"{url}\"\n");
    fs::write(dir.path().join("kiosk.toml"), text).expect("written");
    let named = format!("{url} leads every phone to itself");
    let lines = checked(dir.path(), &Lang::EN, "2026-11-24T02:00:00Z");
    assert!(
        lines.iter().any(|line| line.starts_with(&named)),
        "{lines:?}"
    );
}

#[test]
fn no_fault_and_what_is_still_to_fill_in() {
    let dir = data();
    fs::write(dir.path().join("plan.toml"), SMALL).expect("written");
    let file = dir.path().join("kiosk.toml");
    fs::write(&file, "[contacts]\nsecurity = \"12345\"\n").expect("written");
    let lines = checked(dir.path(), &Lang::EN, "2026-11-24T02:00:00Z");
    let expected = [
        "the branch's own plan: no faults".to_owned(),
        format!("{}: no faults", file.display()),
        "still to fill in, lives depend on it: the branch's address".to_owned(),
        "still to fill in, lives depend on it: the number of Supervisor".to_owned(),
        "no number under [contacts] yet: supervisor".to_owned(),
        "name and contact under [firm] are not both set yet: the complaint form asks for no name and no contact (PIPL, articles 17 and 73)".to_owned(),
        "not filled in under [branch] yet, and rescuers will ask for it: key_holder, power_shutoff, gas_shutoff, water_shutoff".to_owned(),
        "no phone under [complaint] yet: the code to dial it is not drawn".to_owned(),
        "retention_years is not set: no complaint is ever erased by itself".to_owned(),
        "security: 12345, never confirmed; ring it, then write confirmed = 2026-11-24".to_owned(),
    ];
    assert_eq!(lines, expected);
    let (_, lines) = answer(&kiosk(dir.path(), "zh_CN", &["check"]));
    assert_eq!(lines[2], "尚未填写，关系到生命安全：营业部地址");
    assert_eq!(
        fs::read_dir(dir.path()).expect("a directory").count(),
        2,
        "nothing written"
    );
}

#[test]
fn all_faults_of_both_files() {
    let dir = data();
    let plan = dir.path().join("plan.toml");
    // A role of a plan that has a fault elsewhere is still a role.
    let text = SMALL
        .replacen("within = 300", "within = 0", 1)
        .replace("\"police\"", "\"police-desk\"");
    fs::write(&plan, text).expect("written");
    let file = dir.path().join("kiosk.toml");
    let text =
        "[contacts]\npolice-desk = \"110\"\nsecurity = \"?\"\n\n[screen]\nidle_second = 60\n";
    fs::write(&file, text).expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(1));
    let [first, second, third] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    let start = format!("{}:", plan.display());
    assert!(first.starts_with(&start), "{first}");
    let end = ": incident[1].step[3].within: out of range; write a whole number from 1 to 2592000";
    assert!(first.ends_with(end), "{first}");
    let start = format!(
        "{}:3: contacts.security: “?” is no telephone number; write",
        file.display()
    );
    assert!(second.starts_with(&start), "{second}");
    let whole = format!(
        "{}:6: screen.idle_second: nothing reads this key; write idle_seconds if that is meant",
        file.display()
    );
    assert_eq!(*third, whole);
}

/// Sets the time at which a file was saved, in seconds of Unix time.
fn save_at(file: &Path, seconds: u64) {
    let file = fs::File::options().write(true).open(file).expect("a file");
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds))
        .expect("a time");
}

/// What the check says at `now`, given in RFC 3339.
fn checked(data: &Path, lang: &Lang, now: &str) -> Vec<String> {
    let mut out = Vec::new();
    let now = now.parse().expect("a time");
    let code = check::run(data, lang, now, &mut out).expect("printed");
    assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::SUCCESS));
    let text = String::from_utf8(out).expect("UTF-8");
    // Whether something here plays tones is the machine's business, and a test of its own.
    let lines = text.lines().filter(|line| !line.contains("pw-play"));
    lines.map(str::to_owned).collect()
}

#[test]
#[cfg(unix)]
fn a_machine_that_plays_no_tones_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = data();
    fs::write(dir.path().join("kiosk.toml"), "[contacts]\n").expect("written");
    let programs = data();
    let lines = || {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
            .args(["--lang", "en", "--data"])
            .arg(dir.path())
            .arg("check")
            .env("PATH", programs.path())
            .output()
            .expect("run");
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let named = "no player for the tones of CPR";
    assert!(lines().contains(named), "{}", lines());
    let player = programs.path().join("aplay");
    fs::write(&player, "").expect("written");
    fs::set_permissions(&player, fs::Permissions::from_mode(0o755)).expect("made a program");
    assert!(!lines().contains(named), "{}", lines());
}

#[test]
fn numbers_that_are_due_to_be_confirmed() {
    let dir = data();
    fs::write(dir.path().join("plan.toml"), SMALL).expect("written");
    let file = dir.path().join("kiosk.toml");
    let text = "[branch]\naddress = \"淮海路\"\nkey_holder = \"安保室\"\npower_shutoff = \"配电间\"\ngas_shutoff = \"北门外\"\nwater_shutoff = \"水表间\"\n\
                [complaint]\nphone = \"021-55550012\"\nretention_years = 20\nholidays = [2026-10-01]\n[firm]\nname = \"某公司\"\ncontact = \"021-55550013\"\n[contacts]\n\
                security = [{ number = \"021-55550005\", confirmed = 2026-01-02 }, \"021-55550006\"]\n\
                supervisor = { number = \"021-55550007\", confirmed = 2062-01-02 }\n";
    fs::write(&file, text).expect("written");
    let sound = [
        "the branch's own plan: no faults".to_owned(),
        format!("{}: no faults", file.display()),
    ];
    let ahead =
        "supervisor: 021-55550007, confirmed on 2062-01-02, a day still to come; correct the date";
    // Saved at the start of 2 January in Shanghai: the number without a date counts from then.
    save_at(&file, 1_767_283_200);
    let lines = checked(dir.path(), &Lang::EN, "2026-04-01T15:59:59Z");
    assert_eq!(lines[..2], sound);
    let never = |today: &str| {
        format!("security: 021-55550006, never confirmed; ring it, then write confirmed = {today}")
    };
    let expected = [never("2026-04-01"), ahead.to_owned()];
    assert_eq!(lines[2..], expected, "89 days");
    let due = |number: &str, last: &str, today: &str| {
        format!(
            "security: {number}, last confirmed on {last}; ring it, then write confirmed = {today}"
        )
    };
    let lines = checked(dir.path(), &Lang::EN, "2026-04-01T16:00:00Z");
    let expected = [
        due("021-55550005", "2026-01-02", "2026-04-02"),
        due("021-55550006", "2026-01-02", "2026-04-02"),
        ahead.to_owned(),
    ];
    assert_eq!(lines[2..], expected, "90 days");
    let lines = checked(dir.path(), &Lang::ZH_CN, "2026-04-01T16:00:00Z");
    let expected = [
        "security：021-55550005，上次核对 2026-01-02；请拨打核实，然后写上 confirmed = 2026-04-02",
        "security：021-55550006，上次核对 2026-01-02；请拨打核实，然后写上 confirmed = 2026-04-02",
        "supervisor：021-55550007，核对日期 2062-01-02 还没到；请更正日期",
    ];
    assert_eq!(lines[2..], expected);

    // A second earlier it was still the day before.
    save_at(&file, 1_767_283_199);
    let lines = checked(dir.path(), &Lang::EN, "2026-04-01T15:59:59Z");
    let expected = [
        due("021-55550006", "2026-01-01", "2026-04-01"),
        ahead.to_owned(),
    ];
    assert_eq!(lines[2..], expected);
    // The first is named, the others are counted.
    let more = text.replace("\"021-55550006\"", "\"021-55550006\", \"021-55550008\"");
    fs::write(&file, more).expect("written");
    save_at(&file, 1_775_000_000);
    let lines = checked(dir.path(), &Lang::EN, "2026-04-01T15:59:59Z");
    assert_eq!(
        lines[2],
        "security: 021-55550006, never confirmed, and 1 more; ring them, then write confirmed = 2026-04-01"
    );
    // What reaches nobody is read as it stands, and named.
    let short = text.replace("021-55550006", "02158");
    fs::write(&file, short).expect("written");
    let lines = checked(dir.path(), &Lang::EN, "2026-04-01T15:59:59Z");
    assert_eq!(
        lines[2],
        "security: 02158 has 5 digits. A number with its area code has 11."
    );
}

#[test]
fn a_year_whose_holidays_are_missing_is_named() {
    let dir = data();
    let file = dir.path().join("kiosk.toml");
    fs::write(&file, "[complaint]\nholidays = [2026-10-01]\n").expect("written");
    let named = |now: &str| -> Vec<String> {
        let lines = checked(dir.path(), &Lang::ZH_CN, now);
        lines
            .into_iter()
            .filter(|line| line.contains("放假日"))
            .collect()
    };
    assert_eq!(named("2026-11-24T02:00:00Z"), [""; 0]);
    let missing = "[complaint] 中尚无 2027 年的放假日（holidays）：投诉期限会算得偏早；用 lobby-kiosk calendar import 2027.json 导入";
    // Its notice is out by then, whatever time a complaint may take.
    fs::write(&file, "[complaint]\nanswer_days = 5\n").expect("written");
    assert_eq!(named("2026-11-30T15:59:59Z"), [""; 0], "2026 is built in");
    assert_eq!(named("2026-11-30T16:00:00Z"), [missing], "December");
    fs::write(&file, "[complaint]\nholidays = [2026-10-01]\n").expect("written");
    // Fifteen working days from then are over in January.
    assert_eq!(named("2026-12-15T02:00:00Z"), [missing]);
    assert_eq!(named("2027-03-01T02:00:00Z"), [missing]);
}

#[test]
fn years_that_are_fewer_than_the_laws_are_named_for_compliance() {
    let dir = data();
    let file = dir.path().join("kiosk.toml");
    let said = |years: u32| {
        fs::write(&file, format!("[complaint]\nretention_years = {years}\n")).expect("written");
        let lines = checked(dir.path(), &Lang::EN, "2026-11-24T02:00:00Z");
        lines
            .iter()
            .any(|line| line.contains("have Compliance confirm"))
    };
    assert!(said(3) && said(19) && !said(20));
}

#[test]
fn a_years_holidays_are_taken_over_once() {
    let dir = data();
    let notice = dir.path().join("2027.json");
    let import = |lang: &str| {
        let file = notice.to_str().expect("UTF-8");
        answer(&kiosk(dir.path(), lang, &["calendar", "import", file]))
    };
    fs::write(&notice, "{\"year\": 2027, \"papers\": [], \"days\": []}").expect("written");
    let (code, lines) = import("zh_CN");
    assert_eq!(code, Some(1), "{lines:?}");
    assert!(
        lines[0].contains("还没有 2027 年的日期") && lines[0].ends_with("kiosk.toml 没有改动。"),
        "{lines:?}"
    );
    let days = "{\"year\": 2027, \"days\": [{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}, \
                {\"name\": \"元旦\", \"date\": \"2027-01-03\", \"isOffDay\": false}]}";
    fs::write(&notice, days).expect("written");
    let (code, lines) = import("en");
    let done = "2027: 1 days off and 1 worked weekend days added to kiosk.toml";
    assert_eq!((code, lines), (Some(0), vec![done.to_owned()]));
    let (code, lines) = import("en");
    let nothing = "kiosk.toml has all days of 2027 already: nothing changed";
    assert_eq!((code, lines), (Some(0), vec![nothing.to_owned()]));
    let lines = checked(dir.path(), &Lang::EN, "2026-12-24T02:00:00Z");
    assert!(
        !lines.iter().any(|line| line.contains("holidays of")),
        "{lines:?}"
    );
}

#[test]
fn a_reminder_is_no_fault() {
    let dir = data();
    let file = dir.path().join("kiosk.toml");
    let text = "[contacts]\nsecurity = { number = \"021-5555\", confirmed = 2001-01-02 }\n";
    fs::write(&file, text).expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(0), "{lines:?}");
    let due =
        "security: 021-5555, last confirmed on 2001-01-02; ring it, then write confirmed = 20";
    assert!(lines.iter().any(|line| line.starts_with(due)), "{lines:?}");
}

#[test]
fn an_unreadable_file_is_a_fault() {
    let dir = data();
    fs::create_dir(dir.path().join("kiosk.toml")).expect("made");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!((code, lines.len()), (Some(1), 1), "{lines:?}");
    assert!(lines[0].contains("cannot be read"), "{lines:?}");
}

#[test]
fn the_printed_plan_is_a_plan() {
    let dir = data();
    let printed = kiosk(dir.path(), "en", &["plan", "print"]);
    assert_eq!(printed.status.code(), Some(0));
    let file = dir.path().join("mine.toml");
    fs::write(&file, &printed.stdout).expect("written");
    let name = file.to_str().expect("a name");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["plan", "check", name]));
    assert_eq!((code, lines.len()), (Some(0), 1), "{lines:?}");
    let words: Vec<&str> = lines[0].split(' ').collect();
    assert_eq!(words[0], "26");
    assert_eq!([words[1], words[3]], ["incidents,", "steps,"]);
    assert_eq!(words[4..], ["no", "faults"]);
}

#[test]
fn the_faults_of_a_plan() {
    let dir = data();
    let file = dir.path().join("mine.toml");
    let text = SMALL.replacen("叫保安", "立刻大声呼叫所有保安人员马上赶过来", 1);
    fs::write(&file, text.replacen("public = true", "public true", 1)).expect("written");
    let name = file.to_str().expect("a name");
    let (code, lines) = answer(&kiosk(dir.path(), "zh_CN", &["plan", "check", name]));
    assert_eq!((code, lines.len()), (Some(1), 2), "{lines:?}");
    assert!(lines[0].contains("不符合 TOML 格式"), "{lines:?}");
    let end = ": incident[1].step[3].command.zh_CN: 共 17 个字符，最多 14 个；请缩短";
    assert!(lines[1].ends_with(end), "{lines:?}");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["plan", "check", "nowhere.toml"]));
    let expected = "nowhere.toml: no such file; check its name and folder".to_owned();
    assert_eq!((code, lines), (Some(1), vec![expected]));
}

#[test]
fn a_certificate_that_cannot_be_used_is_a_fault() {
    let dir = data();
    fs::write(dir.path().join("c.pem"), "garbage").expect("written");
    fs::write(dir.path().join("k.pem"), "garbage").expect("written");
    let text = "[web]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n";
    fs::write(dir.path().join("kiosk.toml"), text).expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(1), "{lines:?}");
    assert!(lines[0].contains("c.pem"), "{lines:?}");
    // Another fault hides nothing of it.
    fs::write(dir.path().join("plan.svg"), "x").expect("written");
    let more = format!("[branch]\nfloor_plan = \"plan.svg\"\n{text}");
    fs::write(dir.path().join("kiosk.toml"), more).expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(1), "{lines:?}");
    for file in ["c.pem", "plan.svg"] {
        assert!(lines.iter().any(|line| line.contains(file)), "{lines:?}");
    }
}

#[test]
fn a_sign_of_the_input_method_is_named_with_its_place_and_what_to_type() {
    for (line, sign, column, wanted) in [
        ("security ＝ \"12345\"", "＝ (U+FF1D)", 10, "="),
        ("security = “12345”", "“ (U+201C)", 12, "\""),
        ("security\u{3000}= \"12345\"", "U+3000", 9, "space"),
        ("security\u{a0}= \"12345\"", "U+00A0", 9, "space"),
        ("security = [\"12345\"，\"12346\"]", "， (U+FF0C)", 20, ","),
        ("security = \"12345”", "” (U+201D)", 18, "\""),
    ] {
        let dir = data();
        let file = dir.path().join("kiosk.toml");
        fs::write(
            &file,
            format!("[branch]\nname = \"a\"\n[contacts]\n{line}\n"),
        )
        .expect("written");
        let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
        assert_eq!(code, Some(1), "{line}");
        let said = &lines[0];
        assert!(
            said.starts_with(&format!("{}:4: ", file.display())),
            "{said}"
        );
        assert!(said.contains(&format!("character {column} ")), "{said}");
        assert!(said.contains(sign) && said.contains(wanted), "{said}");
    }
}

#[test]
fn a_time_zone_whose_sign_is_reversed_is_refused() {
    let dir = data();
    let file = dir.path().join("kiosk.toml");
    fs::write(&file, "[branch]\ntime_zone = \"Etc/GMT+8\"\n").expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(1));
    assert!(
        lines[0].contains("UTC-8") && lines[0].contains("Asia/Shanghai"),
        "{lines:?}"
    );
    fs::write(&file, "[branch]\ntime_zone = \"Asia/Urumqi\"\n").expect("written");
    let (code, _) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(0));
}

#[test]
fn a_time_zone_of_no_place_is_named_and_costs_no_other_setting() {
    let dir = data();
    let file = dir.path().join("kiosk.toml");
    for zone in [
        "UTC", "GMT", "Etc/UTC", "Etc/GMT", "Etc/GMT0", "Zulu", "EST5EDT", "CET", "Etc/Zulu",
    ] {
        let text = format!("[branch]\nname = \"一部\"\ntime_zone = \"{zone}\"\n");
        fs::write(&file, text).expect("written");
        let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
        assert_eq!(code, Some(1), "{zone}");
        assert!(
            lines[0].starts_with(&format!("{}:3: ", file.display()))
                && lines[0].contains(zone)
                && lines[0].contains("Asia/Shanghai"),
            "{lines:?}"
        );
        let loaded = Settings::load_readonly(dir.path(), &plan_file::built_in());
        assert_eq!(loaded.from, settings::From::File, "{zone}");
        assert_eq!(loaded.settings.branch.name.as_deref(), Some("一部"));
        assert_eq!(loaded.faults.len(), 1, "the banner names it: {zone}");
    }
}

#[test]
fn settings_that_have_gone_are_named_with_the_copy_in_use() {
    let dir = data();
    let text = "[branch]\nname = \"一部\"\n";
    fs::write(dir.path().join("kiosk.last-good.toml"), text).expect("written");
    for (lang, missing) in [("en", "is missing"), ("zh_CN", "找不到")] {
        let (code, lines) = answer(&kiosk(dir.path(), lang, &["check"]));
        assert_eq!(code, Some(1), "{lines:?}");
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(
            lines[0].contains(missing)
                && lines[0].contains("kiosk.toml")
                && lines[0].contains("kiosk.last-good.toml"),
            "{lines:?}"
        );
    }
}

#[test]
fn no_reader_that_goes_away_changes_the_verdict() {
    let dir = data();
    let plan = dir.path().join("mine.toml");
    fs::write(&plan, SMALL.replacen("public = true", "public true", 1)).expect("written");
    fs::write(dir.path().join("kiosk.toml"), "[branch]\nnam = 1\n").expect("written");
    let sound = dir.path().join("sound.toml");
    fs::write(&sound, SMALL).expect("written");
    let other = data();
    fs::write(other.path().join("journal.db"), "no journal at all").expect("written");
    let name = |path: &Path| path.to_str().expect("a name").to_owned();
    for (data, args, expected) in [
        (dir.path(), vec!["check".to_owned()], 1),
        (other.path(), vec!["verify".to_owned()], 1),
        (
            dir.path(),
            vec!["plan".into(), "check".into(), name(&plan)],
            1,
        ),
        (
            dir.path(),
            vec!["plan".into(), "check".into(), name(&sound)],
            0,
        ),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
            .args(&args)
            .env("LOBBY_DATA", data)
            .stdout(writer)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(expected), "{args:?}");
    }
}

/// A certificate for `names`, good from and until these years, that is named by the settings
/// together with `public_url`; what `check` says of it.
fn certificate(names: &[&str], years: (i32, i32), public_url: &str) -> (Option<i32>, Vec<String>) {
    let dir = data();
    let key = KeyPair::generate().expect("a key");
    let names = names.iter().map(|name| (*name).to_owned());
    let mut params = CertificateParams::new(names.collect::<Vec<_>>()).expect("names");
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    let pem = params.self_signed(&key).expect("signed").pem();
    fs::write(dir.path().join("c.pem"), pem).expect("written");
    fs::write(dir.path().join("k.pem"), key.serialize_pem()).expect("written");
    let text =
        format!("[web]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\npublic_url = \"{public_url}\"\n");
    fs::write(dir.path().join("kiosk.toml"), text).expect("written");
    answer(&kiosk(dir.path(), "en", &["check"]))
}

#[test]
fn a_certificate_that_phones_refuse_is_named() {
    let desk = "https://desk.example.cn";
    for (names, years, url, said) in [
        (&["desk.example.cn"][..], (2900, 2901), desk, "2900-01-01"),
        (
            &["other.example.cn"],
            (2020, 2900),
            desk,
            "desk.example.cn, the host of public_url",
        ),
        (
            &["desk.example.cn"],
            (2020, 2900),
            "https://192.168.1.20:8443",
            "192.168.1.20, the host of public_url",
        ),
        (
            &["desk.example.cn"],
            (2020, 2900),
            "http://desk.example.cn",
            "Write https://",
        ),
    ] {
        let (code, lines) = certificate(names, years, url);
        assert_eq!(code, Some(1), "{url}: {lines:?}");
        assert!(lines[0].contains(said), "{url}: {lines:?}");
    }
    for (names, url) in [
        (&["desk.example.cn"][..], desk),
        (&["*.example.cn"], "https://desk.example.cn:8443"),
        (&["192.168.1.20"], "https://192.168.1.20:8443"),
    ] {
        let (code, lines) = certificate(names, (2020, 2900), url);
        assert_eq!(code, Some(0), "{url}: {lines:?}");
    }
}

#[test]
fn what_is_shown_as_a_box_is_named_with_its_line() {
    let dir = data();
    let file = dir.path().join("kiosk.toml");
    let rare = char::from_u32(0x2_3456).expect("a character");
    let plan = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
<rect width="400" height="200" fill="#fff"/><text x="9" y="90" font-size="60">出口
&#x23456; 出口</text></svg>"##;
    fs::write(dir.path().join("floor.svg"), plan).expect("written");
    fs::write(
        &file,
        format!("# {rare}\n[branch]\nname = \"䶮湖\"\nfloor_plan = \"floor.svg\"\nexits = [\"−1F\", \"{rare}门\"]\n"),
    )
    .expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(0), "{lines:?}");
    let named: Vec<_> = lines
        .iter()
        .filter(|line| line.contains("U+23456"))
        .collect();
    assert_eq!(named.len(), 2, "{lines:?}");
    assert!(
        named[0].starts_with(&format!("{}:5: ", file.display())),
        "{named:?}"
    );
    assert!(named[1].contains("floor.svg:2: "), "{named:?}");
    assert!(
        !lines.iter().any(|line| line.contains("U+4DAE")),
        "{lines:?}"
    );
}

#[test]
fn old_sentences_of_the_branchs_plan_are_named_and_are_no_fault() {
    let old = include_str!("../fixtures/plan-2026-11-23.toml");
    let dir = data();
    let file = dir.path().join("plan.toml");
    fs::write(&file, old).expect("written");
    let (code, lines) = answer(&kiosk(dir.path(), "en", &["check"]));
    assert_eq!(code, Some(0), "{lines:?}");
    assert!(
        lines[0].contains("plan.toml:1: format: ") && lines[0].contains("first form"),
        "{lines:?}"
    );
    let form = lines.iter().filter(|line| line.contains("first form"));
    assert_eq!(form.count(), 1, "what changed is said once");
    let first = &lines[1];
    assert!(
        first.contains("plan.toml:") && first.contains("corrected ("),
        "{first}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.ends_with("more corrected sentences")),
        "{lines:?}"
    );
    assert!(lines.len() < 40, "a list that somebody reads");
    let path = file.to_str().expect("a path");
    let (code, lines) = answer(&kiosk(dir.path(), "zh_CN", &["plan", "check", path]));
    assert_eq!(code, Some(0), "{lines:?}");
    assert!(
        lines.iter().any(|line| line.contains("旧句已更正")),
        "{lines:?}"
    );
}
