//! Keys for what customers write: who can open what, and who cannot.

use std::fs;
use std::path::{Path, PathBuf};

use lobby_kiosk::seal::words::{self, List};
use lobby_kiosk::seal::{
    BranchKey, ContentKey, DeviceSecret, KeyFile, Places, SealError, SealedKey, Wrapped,
};
use tempfile::TempDir;

const PIN: &str = "482915";
const OTHER: &str = "771204";

/// A data directory, and a place for a device's secret beside it.
struct Tablet {
    dir: TempDir,
}

impl Tablet {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("data")).unwrap();
        Self { dir }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn file(&self) -> PathBuf {
        self.data().join("branch-key.json")
    }

    fn places(&self) -> Places {
        Places {
            given: Vec::new(),
            own: Some(self.dir.path().join("state").join("device-secret")),
        }
    }

    fn devices(&self) -> Vec<DeviceSecret> {
        self.places().find_or_make().unwrap()
    }

    /// With a key pair under this PIN, as after set-up.
    fn set_up() -> (Self, BranchKey) {
        let tablet = Self::new();
        let devices = tablet.devices();
        let mut file = KeyFile::read_or_make(&tablet.data(), devices.first()).unwrap();
        let key = file.unlock(None, &devices).unwrap().key;
        file.put_under_pin(&key, PIN, devices.first()).unwrap();
        (tablet, key)
    }

    fn unlock(&self, pin: &str) -> Result<BranchKey, SealError> {
        let file = KeyFile::read(&self.data())?;
        Ok(file.unlock(Some(pin), &self.places().find())?.key)
    }
}

fn contains(path: &Path, bytes: &[u8]) -> bool {
    let held = fs::read(path).unwrap();
    held.windows(bytes.len()).any(|window| window == bytes)
}

#[test]
fn what_was_sealed_opens_with_the_private_key_and_under_its_name_alone() {
    let (key, other) = (BranchKey::random().unwrap(), BranchKey::random().unwrap());
    let content = ContentKey::random().unwrap();
    let sealed = key.public().seal(&content, "complaint:1", "a").unwrap();
    assert_eq!(key.open(&sealed, "complaint:1", "a"), Some(content.clone()));
    assert_eq!(other.open(&sealed, "complaint:1", "a"), None);
    for (topic, id) in [
        ("complaint:2", "a"),
        ("complaint:1", "b"),
        ("complaint:1a", ""),
        ("", "complaint:1a"),
    ] {
        assert_eq!(key.open(&sealed, topic, id), None, "{topic} {id}");
    }
    for at in 0..sealed.0.len() {
        let mut changed = sealed.0;
        changed[at] ^= 1;
        assert_eq!(key.open(&SealedKey(changed), "complaint:1", "a"), None);
    }
    // The same key gives other bytes each time, none of them its own.
    let again = key.public().seal(&content, "complaint:1", "a").unwrap();
    assert!(again.0 != sealed.0);
    let shows = |part: &[u8]| sealed.0.windows(part.len()).any(|window| window == part);
    assert!(!shows(content.key()) && !shows(content.salt()));
}

#[test]
fn a_seed_always_gives_the_same_pair() {
    let key = BranchKey::random().unwrap();
    let content = ContentKey::of(&[7; 32], &[8; 32]);
    assert_eq!((content.key(), content.salt()), (&[7; 32], &[8; 32]));
    let sealed = key.public().seal(&content, "t", "i").unwrap();
    let words = words::of(&key, List::English).unwrap().join(" ");
    let again = words::read(&words).unwrap();
    assert_eq!(again.public(), key.public());
    assert_eq!(again.open(&sealed, "t", "i"), Some(content));
}

#[test]
fn before_a_pin_is_set_the_key_lies_under_the_device_alone() {
    let tablet = Tablet::new();
    let devices = tablet.devices();
    let file = KeyFile::read_or_make(&tablet.data(), devices.first()).unwrap();
    assert_eq!(file.wrapped(), Wrapped::Device);
    let unlocked = file.unlock(None, &devices).unwrap();
    assert!(unlocked.is_loose);
    assert_eq!(unlocked.key.public(), file.public());
    // The next start finds it.
    let again = KeyFile::read_or_make(&tablet.data(), devices.first()).unwrap();
    assert_eq!(again, file);
    assert!(!again.words_given());
    let other = Tablet::new().devices();
    let path = tablet.file();
    for devices in [&other[..], &[]] {
        let found = file
            .unlock(None, devices)
            .map(|unlocked| unlocked.key.public());
        assert_eq!(found, Err(SealError::OtherDevice { path: path.clone() }));
    }
}

#[test]
fn with_a_pin_neither_the_pin_nor_the_device_opens_it_without_the_other() {
    let (tablet, key) = Tablet::set_up();
    let path = tablet.file();
    let file = KeyFile::read(&tablet.data()).unwrap();
    assert_eq!(file.wrapped(), Wrapped::PinAndDevice);
    let devices = tablet.devices();
    let unlocked = file.unlock(Some(PIN), &devices).unwrap();
    assert!(!unlocked.is_loose);
    assert_eq!(unlocked.key.public(), key.public());
    let public = |pin, devices: &[DeviceSecret]| {
        let unlocked = file.unlock(pin, devices);
        unlocked.map(|unlocked| unlocked.key.public())
    };
    let other_device = Tablet::new().devices();
    let other_pin = || SealError::OtherPin { path: path.clone() };
    let no_device = || SealError::OtherDevice { path: path.clone() };
    assert_eq!(public(Some(OTHER), &devices), Err(other_pin()));
    assert_eq!(public(Some(""), &devices), Err(other_pin()));
    assert_eq!(public(Some(PIN), &other_device), Err(no_device()));
    assert_eq!(public(Some(PIN), &[]), Err(no_device()));
    let needs = SealError::NeedsPin { path: path.clone() };
    assert_eq!(public(None, &devices), Err(needs));
    // Among several devices the right one is found.
    let both = [other_device, devices].concat();
    let unlocked = file.unlock(Some(PIN), &both).unwrap();
    assert!(unlocked.is_loose, "another would be preferred");
}

#[test]
fn nothing_in_the_data_directory_is_the_seed_or_the_secret_of_the_device() {
    let (tablet, key) = Tablet::set_up();
    let secret = fs::read(tablet.places().own.unwrap()).unwrap();
    let wrapped = fs::read_to_string(tablet.file()).unwrap();
    for entry in fs::read_dir(tablet.data()).unwrap() {
        let path = entry.unwrap().path();
        assert!(!contains(&path, &secret));
        let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!contains(&path, hex.as_bytes()));
        for list in List::ALL {
            for pair in words::of(&key, list).unwrap().windows(2) {
                assert!(!contains(&path, pair.join(" ").as_bytes()));
            }
        }
    }
    assert!(!wrapped.contains(PIN));
    assert!(wrapped.contains("\"memory_kib\": 19456"), "{wrapped}");
}

#[test]
fn a_change_of_pin_leaves_the_one_before_or_both_and_in_the_end_the_new_one() {
    let (tablet, key) = Tablet::set_up();
    let devices = tablet.devices();
    let before = fs::read_to_string(tablet.file()).unwrap();
    let mut file = KeyFile::read(&tablet.data()).unwrap();
    file.add_pin(&key, OTHER, devices.first()).unwrap();
    // Power that fails here leaves both.
    for pin in [PIN, OTHER] {
        assert_eq!(tablet.unlock(pin).unwrap().public(), key.public());
    }
    // Tried once more, it does not grow.
    file.add_pin(&key, OTHER, devices.first()).unwrap();
    file.keep_newest().unwrap();
    assert_eq!(tablet.unlock(OTHER).unwrap().public(), key.public());
    let path = tablet.file();
    assert_eq!(
        tablet.unlock(PIN).map(|key| key.public()),
        Err(SealError::OtherPin { path })
    );
    // Nothing of what lay under the PIN before is left beside it.
    let after = fs::read_to_string(tablet.file()).unwrap();
    let wrapped = |text: &str| -> String {
        let part = text.split("\"wrapped\": \"").nth(1).unwrap();
        part.split('"').next().unwrap().to_owned()
    };
    assert!(!after.contains(&wrapped(&before)));
    assert_eq!(fs::read_dir(tablet.data()).unwrap().count(), 1);
}

#[test]
fn another_key_does_not_take_the_place_of_the_branchs() {
    let (tablet, _) = Tablet::set_up();
    let before = fs::read(tablet.file()).unwrap();
    let mut file = KeyFile::read(&tablet.data()).unwrap();
    let stranger = BranchKey::random().unwrap();
    let path = tablet.file();
    let refused = Err(SealError::OtherWords { path });
    assert_eq!(file.add_pin(&stranger, OTHER, None), refused);
    assert_eq!(file.put_under_pin(&stranger, OTHER, None), refused);
    assert_eq!(fs::read(tablet.file()).unwrap(), before);
}

#[test]
fn the_words_open_it_without_pin_and_device_on_another_tablet() {
    let (tablet, key) = Tablet::set_up();
    for list in List::ALL {
        let written = words::of(&key, list).unwrap();
        assert_eq!(written.len(), words::COUNT);
        let joined = written.join(" ");
        let numbered: String = (1..)
            .zip(&written)
            .map(|(number, word)| format!("{number}. {word}\n"))
            .collect();
        for typed in [
            joined.clone(),
            joined.to_uppercase(),
            written.join("、"),
            numbered,
            format!("  {}\r\n", written.join("\t")),
        ] {
            let read = words::read(&typed).unwrap();
            assert_eq!(read.public(), key.public(), "{typed}");
        }
    }
    let close = words::of(&key, List::Chinese).unwrap().concat();
    assert_eq!(words::read(&close).unwrap().public(), key.public());

    // A forgotten PIN.
    let mut file = KeyFile::read(&tablet.data()).unwrap();
    file.put_under_pin(&key, OTHER, tablet.devices().first())
        .unwrap();
    assert_eq!(tablet.unlock(OTHER).unwrap().public(), key.public());
    // A tablet that died, with its key file.
    let other = Tablet::new();
    let read = words::read(&close).unwrap();
    let mut file = KeyFile::restore(&other.data(), &read, other.devices().first()).unwrap();
    file.put_under_pin(&read, PIN, other.devices().first())
        .unwrap();
    assert!(file.words_given());
    assert_eq!(other.unlock(PIN).unwrap().public(), key.public());
}

#[test]
fn words_with_a_slip_are_refused_and_the_slip_is_named() {
    let key = BranchKey::random().unwrap();
    let none = |unknown| Some(SealError::NoWords { unknown });
    for list in List::ALL {
        let written = words::of(&key, list).unwrap();
        let refused = |words: &[&str]| words::read(&words.join(" ")).err();
        assert_eq!(refused(&written[1..]), none(None));
        assert_eq!(refused(&[&written[..], &written[..1]].concat()), none(None));
        let mut slip = written.clone();
        slip[4] = "lobby-kiosk";
        assert_eq!(refused(&slip), none(Some(5)));
        slip[4] = "龘";
        assert_eq!(refused(&slip), none(Some(5)));
        // Nothing is ever taken for the branch's key that is not.
        let mut swapped = written.clone();
        swapped.swap(2, 9);
        let other = words::read(&swapped.join(" "));
        assert!(written[2] == written[9] || other.map(|key| key.public()) != Ok(key.public()));
    }
    for typed in ["", " \n", "482915", "……"] {
        assert_eq!(words::read(typed).err(), none(None), "{typed:?}");
    }
}

#[test]
fn a_key_file_that_says_something_else_is_damaged_or_newer_and_never_taken() {
    let (tablet, _) = Tablet::set_up();
    let path = tablet.file();
    let sound = fs::read_to_string(&path).unwrap();
    let damaged = || SealError::Damaged { path: path.clone() };
    let public = |found: Result<BranchKey, SealError>| found.map(|key| key.public());
    let wrapped = sound.split("\"wrapped\": \"").nth(1).unwrap();
    let wrapped = wrapped.split('"').next().unwrap();
    let cut = &wrapped[..wrapped.len() - 2];
    for text in [
        String::new(),
        "{}".to_owned(),
        "[]".to_owned(),
        "\0".repeat(600),
        sound[..sound.len() / 2].to_owned(),
        sound.replace("\"version\": 1", "\"version\": \"1\""),
        sound.replace("\"version\": 1", "\"version\": 0"),
        sound.replace("\"public\": \"", "\"public\": \"x"),
        sound.replace("\"under\": \"pin\"", "\"under\": \"magic\""),
        sound.replace(wrapped, cut),
        sound.replace(
            wrapped,
            &wrapped
                .to_uppercase()
                .replace(|c: char| c.is_ascii_digit(), "G"),
        ),
        // More than a tablet has, in memory and in time.
        sound.replace("19456", "4194304"),
        sound.replace("\"passes\": 2", "\"passes\": 4000000000"),
        sound.replace("\"memory_kib\": 19456", "\"memory_kib\": 1"),
        format!("{sound}{sound}"),
        " ".repeat(1 << 20),
    ] {
        fs::write(&path, &text).unwrap();
        assert_eq!(public(tablet.unlock(PIN)), Err(damaged()), "{text}");
        let _ = KeyFile::read_or_make(&tablet.data(), None);
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            text,
            "it stays as it is"
        );
    }
    fs::write(&path, sound.replace("\"version\": 1", "\"version\": 7")).unwrap();
    let newer = SealError::Newer {
        path: path.clone(),
        found: 7,
        known: 1,
    };
    assert_eq!(public(tablet.unlock(PIN)), Err(newer.clone()));
    let made = KeyFile::read_or_make(&tablet.data(), None);
    assert_eq!(made, Err(newer), "and nothing is put in its place");
    // Another public key than the seed's is no key of this branch.
    let other = BranchKey::random().unwrap().public().0;
    let hex: String = other.iter().map(|byte| format!("{byte:02x}")).collect();
    let start = sound.find("\"public\": \"").unwrap() + 11;
    let changed = format!("{}{hex}{}", &sound[..start], &sound[start + 64..]);
    fs::write(&path, changed).unwrap();
    assert!(tablet.unlock(PIN).is_err());
    fs::remove_file(&path).unwrap();
    let missing = SealError::Missing { path };
    assert_eq!(public(tablet.unlock(PIN)), Err(missing));
}

#[test]
fn the_secret_of_the_device_is_made_once_outside_the_data_directory() {
    let tablet = Tablet::new();
    let places = tablet.places();
    assert!(places.find().is_empty());
    let made: Vec<String> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| places.find_or_make().unwrap()[0].id()))
            .collect();
        makers.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(made.iter().all(|id| *id == made[0]), "whoever comes first");
    assert_eq!(places.find()[0].id(), made[0]);
    let own = places.own.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&own), 0o600);
        assert_eq!(mode(own.parent().unwrap()), 0o700);
    }
    assert_eq!(fs::read_dir(own.parent().unwrap()).unwrap().count(), 1);
    assert_eq!(fs::read(&own).unwrap().len(), 32);

    // One that is given is used first, and what lay under the other still opens.
    let given = tablet.dir.path().join("credential");
    fs::write(&given, "a secret that systemd hands to the unit").unwrap();
    let both = Places {
        given: vec![tablet.dir.path().join("missing"), given.clone()],
        own: Some(own),
    };
    let ids: Vec<String> = both
        .find_or_make()
        .unwrap()
        .iter()
        .map(DeviceSecret::id)
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[1], made[0]);
    // What is no secret is none.
    fs::write(&given, "short").unwrap();
    assert_eq!(both.find().len(), 1);
}

#[test]
fn no_place_within_the_data_directory_is_ever_taken() {
    let home = directories::ProjectDirs::from("", "", "lobby-kiosk").unwrap();
    let state = home.state_dir().unwrap().to_owned();
    let elsewhere = TempDir::new().unwrap();
    let own = Places::of_system(elsewhere.path()).own.unwrap();
    assert!(!own.starts_with(elsewhere.path()));
    for data in [state.as_path(), state.parent().unwrap()] {
        let own = Places::of_system(data).own;
        assert!(own.is_none_or(|own| !own.starts_with(data)), "{data:?}");
    }
}

#[test]
fn without_a_place_for_a_secret_the_pin_alone_protects() {
    let tablet = Tablet::new();
    let nowhere = Places::default();
    let devices = nowhere.find_or_make().unwrap();
    assert!(devices.is_empty());
    let mut file = KeyFile::read_or_make(&tablet.data(), devices.first()).unwrap();
    assert_eq!(file.wrapped(), Wrapped::Nothing);
    let key = file.unlock(None, &devices).unwrap().key;
    file.put_under_pin(&key, PIN, devices.first()).unwrap();
    assert_eq!(file.wrapped(), Wrapped::Pin);
    let unlocked = file.unlock(Some(PIN), &devices).unwrap();
    assert!(!unlocked.is_loose);
    assert!(file.unlock(Some(OTHER), &devices).is_err());
    // Once there is one, the key is to be put under it.
    let found = tablet.devices();
    let unlocked = file.unlock(Some(PIN), &found).unwrap();
    assert!(unlocked.is_loose);
    file.put_under_pin(&unlocked.key, PIN, found.first())
        .unwrap();
    assert_eq!(file.wrapped(), Wrapped::PinAndDevice);
}

#[cfg(unix)]
#[test]
fn the_key_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (tablet, _) = Tablet::set_up();
    let mode = fs::metadata(tablet.file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_secret_never_shows_in_what_is_printed_of_it() {
    let (tablet, key) = Tablet::set_up();
    let device = tablet.devices().remove(0);
    let content = ContentKey::of(&[7; 32], &[7; 32]);
    let printed = format!("{key:?} {content:?} {device:?}");
    assert!(!printed.contains("7, 7, 7, 7"), "{printed}");
    assert!(printed.len() < 400, "{printed}");
    let purposes = [device.key_for("one"), device.key_for("other")];
    assert!(purposes[0] != purposes[1]);
}
