//! The staff's PIN: how it is set, kept, checked and removed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use lobby_kiosk::cli::pin::typed;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::pin::pin_error;
use lobby_kiosk::memory;
use lobby_kiosk::seal::{KeyFile, Places};
use lobby_kiosk::service::pin::{self, PinError};
use tempfile::TempDir;

use crate::again::again;

fn data() -> TempDir {
    TempDir::new().expect("a directory")
}

fn kept(data: &Path) -> String {
    fs::read_to_string(data.join("pin")).expect("a file")
}

/// The real program with this on its standard input.
fn kiosk(data: &Path, lang: &str, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"));
    command.args(["--lang", lang, "pin"]).args(args);
    fed(command.env("LOBBY_DATA", data), input)
}

/// Runs a command with this on its standard input, to its end.
pub fn fed(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    // One that does not ask for it may have gone already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

/// Its exit status, and all that it said.
pub fn said(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (
        output.status.code(),
        String::from_utf8(text).expect("UTF-8"),
    )
}

#[test]
fn a_pin_is_known_again_and_no_other() {
    let dir = data();
    let data = dir.path().join("deep").join("data");
    assert!(!pin::is_set(&data));
    let path = data.join("pin");
    let not_set = PinError::NotSet { path };
    assert_eq!(pin::matches(&data, "482915"), Err(not_set));
    assert_eq!(pin::set(&data, "482915"), Ok(()));
    assert!(pin::is_set(&data));
    assert_eq!(pin::matches(&data, "482915"), Ok(true));
    for wrong in ["482916", "48291", "4829150", "", " 482915", "482915\n"] {
        assert_eq!(pin::matches(&data, wrong), Ok(false), "{wrong:?}");
    }
    assert_eq!(pin::matches(&data, &"4".repeat(1 << 20)), Ok(false));

    // The one before it is forgotten at once.
    assert_eq!(pin::set(&data, "771204983"), Ok(()));
    assert_eq!(pin::matches(&data, "482915"), Ok(false));
    assert_eq!(pin::matches(&data, "771204983"), Ok(true));

    assert_eq!(pin::remove(&data), Ok(true));
    assert!(!pin::is_set(&data));
    assert_eq!(pin::remove(&data), Ok(false));
    assert_eq!(fs::read_dir(&data).expect("a directory").count(), 0);
}

#[test]
fn only_a_slow_hash_with_a_salt_of_its_own_is_kept() {
    let (one, other) = (data(), data());
    for dir in [&one, &other] {
        pin::set(dir.path(), "482915").expect("set");
    }
    let text = kept(one.path());
    assert!(
        text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{text}"
    );
    let fields: Vec<&str> = text.trim_end().split('$').collect();
    assert_eq!(fields.len(), 6, "{text}");
    // 16 and 32 bytes in Base64 without padding.
    assert_eq!((fields[4].len(), fields[5].len()), (22, 43), "{text}");
    assert!(!text.contains("482915"));
    assert_ne!(text, kept(other.path()));
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let dir = data();
    pin::set(dir.path(), "482915").expect("set");
    let mode = |name: &str| {
        let metadata = fs::metadata(dir.path().join(name)).expect("there");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("pin"), 0o600);
    // Nothing with the hash in it is left beside it.
    assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 1);
    // A file that was opened up by hand is closed again with the next PIN.
    let path = dir.path().join("pin");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("set");
    pin::set(dir.path(), "771204").expect("set");
    assert_eq!(mode("pin"), 0o600);
}

#[test]
fn what_is_no_pin_changes_nothing() {
    let dir = data();
    pin::set(dir.path(), "482915").expect("set");
    let before = kept(dir.path());
    for bad in [
        "",
        "48291",
        "4829150372641",
        "123456",
        "000000",
        "４８２９１５",
    ] {
        assert_eq!(pin::set(dir.path(), bad), Err(PinError::Weak), "{bad}");
    }
    assert_eq!(kept(dir.path()), before);
}

#[test]
fn a_broken_file_is_neither_a_match_nor_an_open_door() {
    let dir = data();
    pin::set(dir.path(), "482915").expect("set");
    let sound = kept(dir.path());
    let path = dir.path().join("pin");
    let broken = PinError::Broken { path: path.clone() };
    let (head, hash) = sound.trim_end().rsplit_once('$').expect("a hash");
    for text in [
        String::new(),
        "482915".to_owned(),
        "\0".repeat(64),
        head.to_owned(),
        format!("{head}$"),
        format!("{head}$?"),
        sound.replace("$argon2id$", "$argon2d$"),
        sound.replace("$argon2id$", "$scrypt$"),
        sound.replace("v=19", "v=16"),
        sound.replace("v=19$", ""),
        // More than the tablet has, in memory and in time.
        sound.replace("m=19456", "m=4194304"),
        sound.replace("t=2", "t=4000000000"),
        sound.replace("p=1", "p=16777215"),
        sound.replace("m=19456", "m=1"),
        format!("{sound}{sound}"),
        "$".repeat(2000),
        format!("{sound}{}", " ".repeat(2000)),
    ] {
        fs::write(&path, &text).expect("written");
        let found = pin::matches(dir.path(), "482915");
        assert_eq!(found, Err(broken.clone()), "{text}");
        assert!(pin::is_set(dir.path()));
    }
    fs::write(&path, b"\xff\xfe").expect("written");
    assert_eq!(pin::matches(dir.path(), "482915"), Err(broken.clone()));
    for lang in [&Lang::EN, &Lang::ZH_CN] {
        let words = pin_error(lang, &broken);
        assert!(words.contains("lobby-kiosk pin"), "{words}");
        assert!(words.contains(&path.display().to_string()), "{words}");
    }
    // Another hash of the right shape is sound, and not this PIN's.
    let other = hash.replacen(|c: char| c.is_ascii_lowercase(), "A", 1);
    fs::write(&path, format!("{head}${other}")).expect("written");
    assert_eq!(pin::matches(dir.path(), "482915"), Ok(false));
    // And setting it anew mends it.
    pin::set(dir.path(), "482915").expect("set");
    assert_eq!(pin::matches(dir.path(), "482915"), Ok(true));

    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("a directory");
    assert!(pin::is_set(dir.path()));
    let found = pin::matches(dir.path(), "482915");
    assert!(matches!(found, Err(PinError::Io { .. })), "{found:?}");
}

#[test]
fn a_directory_that_cannot_be_written_to() {
    let dir = data();
    let file = dir.path().join("file");
    fs::write(&file, "").expect("written");
    let found = pin::set(&file.join("data"), "482915");
    let Err(error @ PinError::Io { .. }) = found else {
        panic!("{found:?}");
    };
    assert!(pin_error(&Lang::EN, &error).contains("Check that the folder"));
}

#[test]
fn it_is_typed_twice() {
    let ask = |answers: &[&str]| {
        let mut answers = answers.iter();
        let mut asked = 0;
        let typed = typed(&Lang::EN, &mut |_| {
            asked += 1;
            let answer = answers.next().map(|answer| (*answer).to_owned());
            answer.ok_or_else(|| io::Error::other("no more"))
        });
        (typed.map_err(|error| error.to_string()), asked)
    };
    assert_eq!(ask(&["482915", "482915"]), (Ok("482915".to_owned()), 2));
    let (differs, _) = ask(&["482915", "482916"]);
    assert!(differs.is_err_and(|words| words.contains("not the same")));
    let (weak, asked) = ask(&["123456", "123456"]);
    assert!(weak.is_err_and(|words| words.contains("6 to 12 digits")));
    assert_eq!(asked, 1, "told at once");
    let (unread, _) = ask(&["482915"]);
    assert!(unread.is_err_and(|words| words.contains("no more")));
}

#[test]
fn the_command_reads_the_first_line_of_its_input() {
    let dir = data();
    for (input, number) in [
        ("482915\n", "482915"),
        ("771204\r\n", "771204"),
        ("9081726354\nand more\n", "9081726354"),
        ("604813", "604813"),
    ] {
        let output = kiosk(dir.path(), "en", &[], input);
        let expected = "The staff PIN is set. A running kiosk asks for it from now on.\n";
        let (code, words) = said(&output);
        assert_eq!(code, Some(0));
        // What is said of the key that hangs on it follows.
        assert!(words.starts_with(expected), "{words}");
        assert_eq!(pin::matches(dir.path(), number), Ok(true));
    }
    let before = kept(dir.path());
    for input in ["", "\n", "123456\n", " 482915\n", "abcdef\n"] {
        let (code, words) = said(&kiosk(dir.path(), "en", &[], input));
        assert_eq!(code, Some(1), "{input:?}");
        assert!(words.contains("6 to 12 digits"), "{words}");
        assert!(!words.contains("123456\n"), "never what was typed");
    }
    let endless = "4".repeat(1 << 16);
    let (code, words) = said(&kiosk(dir.path(), "zh_CN", &[], &endless));
    assert_eq!(code, Some(1));
    assert!(words.contains("6 至 12 位数字"), "{words}");
    assert_eq!(kept(dir.path()), before);
}

/// The recovery words in what was printed, in both lists.
pub fn recovery_words(printed: &str) -> [Vec<String>; 2] {
    let words = printed.split_whitespace();
    let numbered: Vec<&str> = words.collect();
    let all: Vec<String> = numbered
        .windows(2)
        .filter(|pair| pair[0].parse::<usize>().is_ok_and(|number| number <= 24))
        .map(|pair| pair[1].to_owned())
        .collect();
    assert_eq!(all.len(), 48, "{printed}");
    let (chinese, english) = all.split_at(24);
    assert!(chinese.iter().all(|word| word.chars().count() == 1));
    assert!(english.iter().all(|word| word.is_ascii()));
    [chinese.to_vec(), english.to_vec()]
}

/// Whether the branch's key opens with this PIN on this device.
fn opens(data: &Path, pin: &str) -> bool {
    let devices = Places::of_system(data).find();
    let file = KeyFile::read(data).expect("a key file");
    file.unlock(Some(pin), &devices).is_ok()
}

#[test]
fn the_recovery_words_are_printed_once_with_the_first_pin() {
    let dir = data();
    for lang in ["zh_CN", "en"] {
        let dir = data();
        let (code, words) = said(&kiosk(dir.path(), lang, &[], "482915\n"));
        assert_eq!(code, Some(0));
        recovery_words(&words);
        let sentence = match lang {
            "en" => "Without them it then stays unreadable for good.",
            _ => "没有恢复词，这些内容将永远无法查看。",
        };
        assert!(words.contains(sentence), "{words}");
    }
    let (_, first) = said(&kiosk(dir.path(), "en", &[], "482915\n"));
    let before = recovery_words(&first);
    assert!(opens(dir.path(), "482915"));
    // A change with the PIN until now keeps the key, and prints nothing of it.
    let (code, words) = said(&kiosk(dir.path(), "en", &[], "771204\n482915\n"));
    let expected = "The staff PIN is set. A running kiosk asks for it from now on.\n";
    assert_eq!((code, words.as_str()), (Some(0), expected));
    assert!(opens(dir.path(), "771204") && !opens(dir.path(), "482915"));
    assert_eq!(before[0].len(), 24);
}

#[test]
fn a_forgotten_pin_leaves_what_was_written_shut_until_the_words_are_given() {
    let dir = data();
    let (_, first) = said(&kiosk(dir.path(), "en", &[], "482915\n"));
    let lists = recovery_words(&first);
    for second in ["", "604813\n", "and more\n"] {
        let (code, words) = said(&kiosk(dir.path(), "en", &[], &format!("771204\n{second}")));
        assert_eq!(code, Some(0));
        assert!(words.contains("pin --recover"), "{words}");
        assert!(!words.contains(&lists[1][0..3].join(" ")));
        assert_eq!(
            pin::matches(dir.path(), "771204"),
            Ok(true),
            "the area opens"
        );
        assert!(!opens(dir.path(), "771204") && opens(dir.path(), "482915"));
    }
    // Words with a slip, and words of another branch, change nothing.
    let kept = fs::read(dir.path().join("branch-key.json")).expect("read");
    let mut slip = lists[1].clone();
    slip[6] = "kiosk".to_owned();
    let other = said(&kiosk(data().path(), "en", &[], "482915\n")).1;
    let other = recovery_words(&other)[1].join(" ");
    for (typed, named) in [
        (slip.join(" "), "Word 7"),
        (lists[1][1..].join(" "), "24 recovery words"),
        (other, "another key"),
    ] {
        let (code, words) = said(&kiosk(
            dir.path(),
            "en",
            &["--recover"],
            &format!("{typed}\n604813\n"),
        ));
        assert_eq!(code, Some(1));
        assert!(words.contains(named), "{words}");
        assert_eq!(pin::matches(dir.path(), "604813"), Ok(false));
    }
    let weak = format!("{}\n123456\n", lists[1].join(" "));
    assert_eq!(
        said(&kiosk(dir.path(), "en", &["--recover"], &weak)).0,
        Some(1)
    );
    assert_eq!(
        fs::read(dir.path().join("branch-key.json")).expect("read"),
        kept
    );
    // Either list opens it.
    for (list, pin) in lists.iter().zip(["604813", "9081726354"]) {
        let input = format!("{}\n{pin}\n", list.join(" "));
        let (code, words) = said(&kiosk(dir.path(), "zh_CN", &["--recover"], &input));
        assert_eq!(code, Some(0), "{words}");
        assert_eq!(pin::matches(dir.path(), pin), Ok(true));
        assert!(opens(dir.path(), pin) && !opens(dir.path(), "482915"));
    }
    // So they do where the key file is gone or damaged.
    let path = dir.path().join("branch-key.json");
    for text in [None, Some("{")] {
        match text {
            None => fs::remove_file(&path).expect("removed"),
            Some(text) => fs::write(&path, text).expect("written"),
        }
        let input = format!("{}\n482915\n", lists[0].concat());
        let (code, words) = said(&kiosk(dir.path(), "en", &["--recover"], &input));
        assert_eq!(code, Some(0), "{words}");
        assert!(opens(dir.path(), "482915"));
    }
}

#[test]
fn the_command_removes_it() {
    let dir = data();
    pin::set(dir.path(), "482915").expect("set");
    let (code, words) = said(&kiosk(dir.path(), "en", &["--remove"], ""));
    assert_eq!(
        (code, words.as_str()),
        (Some(0), "The staff PIN is removed.\n")
    );
    assert!(!pin::is_set(dir.path()));
    let (code, words) = said(&kiosk(dir.path(), "en", &["--remove"], ""));
    assert_eq!((code, words.as_str()), (Some(0), "No staff PIN was set.\n"));
}

/// Bytes of this process that are in memory.
#[cfg(target_os = "linux")]
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("readable");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let words = line.expect("a line").split_whitespace().nth(1);
    1024 * words.expect("a number").parse::<u64>().expect("a number")
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "run by the test below, in a process of its own: memory is counted by process"]
fn try_many_pins() {
    memory::give_back();
    let dir = data();
    pin::set(dir.path(), "271828").expect("set");
    let before = resident();
    for _ in 0..8 {
        let data = dir.path().to_owned();
        let tried = std::thread::spawn(move || pin::matches(&data, "314159"));
        assert!(!tried.join().expect("no panic").expect("a PIN"));
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 8 << 20, "{grown} bytes more than before");
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_try_took_is_given_back() {
    let output = again("pin::try_many_pins").output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}
