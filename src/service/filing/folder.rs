//! The folder of the data directory in which reports lie, and what they are called there.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tracing::warn;

use super::{Made, NotFiled};
use crate::atomic_file::{self, Readers};
use crate::domain::ids::IncidentId;
use crate::own_file;
use crate::private;

/// The most characters of what a file's name says in words.
const MOST_WORDS: usize = 40;
/// How many letters and digits of an incident's number stand in a file's name: the end of it, which is by
/// chance.
const MARK: usize = 8;
/// What every file in the folder ends in.
const ENDING: &str = "pdf";

/// How much of an incident's number tells it from the others in the name of a file.
pub fn mark_of(id: &IncidentId) -> String {
    let id = id.as_str();
    let letters: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let from = letters.len().saturating_sub(MARK);
    letters.get(from..).unwrap_or_default().iter().collect()
}

/// Puts a report into the folder of the data directory `data`, in place of the one that was made of the
/// same before; says where it lies. Its owner alone may read it.
///
/// # Errors
/// [`NotFiled::NotWritten`].
pub fn put(data: &Path, made: &Made) -> Result<PathBuf, NotFiled> {
    let folder = data.join(own_file::REPORTS);
    let path = folder.join(name(made, ENDING));
    let written = private::create_dir(&folder).and_then(|()| {
        // One that was there may have been open to others.
        private::correct(&folder, std::iter::empty());
        atomic_file::write(&path, &made.bytes, Readers::Owner)
    });
    match written {
        Ok(()) => {
            remove_others(&folder, made, &path);
            Ok(path)
        }
        Err(error) => Err(NotFiled::NotWritten { folder, error }),
    }
}

/// What a report's file with this ending is called.
pub fn name(made: &Made, ending: &str) -> String {
    let day = made.day.map(|day| day.to_string());
    let words = plain(&made.words);
    let parts = [day.unwrap_or_default(), words, made.mark.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|one| !one.is_empty()).collect();
    format!("{}.{ending}", parts.join("-"))
}

/// Words as every file system takes them: what is neither letter nor digit becomes a hyphen.
fn plain(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let joined: String = parts.join("-").chars().take(MOST_WORDS).collect();
    joined.trim_end_matches('-').to_owned()
}

/// Removes what was made of the same incident while it was of another type, or in another language. What
/// the disk refuses stays beside it.
fn remove_others(folder: &Path, made: &Made, kept: &Path) {
    if made.day.is_some() {
        remove_of(folder, &made.mark, Some(kept));
    }
}

/// Removes the reports of the incident whose number ends in `mark`, but for `kept`.
pub(super) fn remove_of(folder: &Path, mark: &str, kept: Option<&Path>) {
    let end = format!("-{mark}.{ENDING}");
    let is_other = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let day = name.and_then(|name| name.get(..10)?.parse::<NaiveDate>().ok());
        let is_of = day.is_some() && name.is_some_and(|name| name.ends_with(&end));
        // What a power cut left half written may be of any incident.
        let is_part = name.is_some_and(|name| name.starts_with(".part-"));
        Some(path.as_path()) != kept && (is_of || is_part)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()).filter(is_other) {
        if let Err(error) = fs::remove_file(&path) {
            warn!(%error, "a report that was made before stays");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(words: &str) -> Made {
        Made {
            day: NaiveDate::from_ymd_opt(2026, 11, 23),
            words: words.to_owned(),
            mark: "1a2b3c4d".to_owned(),
            bytes: b"%PDF-".to_vec(),
        }
    }

    #[test]
    fn a_name_holds_nothing_that_a_file_system_refuses() {
        for (words, said) in [
            ("停电", "2026-11-23-停电-1a2b3c4d.pdf"),
            (
                "Gas / smoke: \"lobby\"\n",
                "2026-11-23-Gas-smoke-lobby-1a2b3c4d.pdf",
            ),
            ("../../etc", "2026-11-23-etc-1a2b3c4d.pdf"),
            ("", "2026-11-23-1a2b3c4d.pdf"),
        ] {
            assert_eq!(name(&made(words), ENDING), said);
        }
        let long = name(&made(&"火".repeat(400)), ENDING);
        assert!(long.len() < 255, "{}", long.len());
        let figures = Made {
            day: None,
            mark: "2026-Q4".to_owned(),
            ..made("统计")
        };
        assert_eq!(name(&figures, ENDING), "统计-2026-Q4.pdf");
    }

    #[test]
    fn the_mark_is_the_end_of_the_number_which_is_by_chance() {
        let id = IncidentId::from("0199a0c4-0000-7000-8000-00001a2b3c4d");
        assert_eq!(mark_of(&id), "1a2b3c4d");
        assert_eq!(mark_of(&IncidentId::from("7")), "7");
    }

    #[test]
    fn a_report_takes_the_place_of_the_one_before_and_of_nothing_else() {
        let data = tempfile::tempdir().unwrap();
        let first = put(data.path(), &made("停电")).unwrap();
        let folder = first.parent().unwrap();
        let others = ["2026-11-23-停电-9a2b3c4d.pdf", "notes-1a2b3c4d.pdf"];
        for other in others {
            fs::write(folder.join(other), "kept").unwrap();
        }
        let second = put(data.path(), &made("Power cut")).unwrap();
        assert!(second.exists() && !first.exists());
        assert!(others.iter().all(|other| folder.join(other).exists()));
        assert_eq!(put(data.path(), &made("Power cut")).unwrap(), second);
        assert_eq!(fs::read_dir(folder).unwrap().count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn folder_and_file_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join(own_file::REPORTS);
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let path = put(data.path(), &made("停电")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
    }

    #[test]
    fn what_stands_in_the_place_of_the_folder_is_named() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join(own_file::REPORTS), "no folder").unwrap();
        let refused = put(data.path(), &made("停电"));
        assert!(
            matches!(refused, Err(NotFiled::NotWritten { folder, .. }) if folder.ends_with("reports"))
        );
    }
}
