//! Reports that somebody asks for by one tap: a thread of its own has one made and puts it into a folder
//! of the data directory, from where whoever looks after the tablet takes it along. One at a time.

use std::cell::{Cell, Ref, RefCell};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use tracing::warn;

use super::Services;
use super::complaints::Complaints;
use super::errand::{Errands, Wake};
use super::in_force::Current;
use super::people::People;
use crate::atomic_file::{self, Readers};
use crate::domain::ids::IncidentId;
use crate::domain::lang::Lang;
use crate::domain::statistics::Period;
use crate::own_file;
use crate::private;
use crate::seal::SealError;
use crate::store::StoreError;

/// The most characters of what a file's name says in words.
const MOST_WORDS: usize = 40;
/// How many letters and digits of an incident's number stand in a file's name: the end of it, which is by
/// chance.
const MARK: usize = 8;
/// What every file in the folder ends in.
const ENDING: &str = "pdf";

/// What is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One incident.
    Incident(IncidentId),
    /// What many incidents and complaints of a time say together.
    Figures(Period),
}

/// A report that is wanted.
#[derive(Clone)]
pub struct Order {
    /// Of what.
    pub subject: Subject,
    /// In this language.
    pub lang: Lang,
    /// From the journal of this data directory.
    pub data: PathBuf,
    /// By this plan and these settings.
    pub current: Arc<Current>,
    /// The people it names.
    pub people: Arc<People>,
    /// Where what was written on phones is read, if the report is to have it.
    pub written: Option<Arc<Complaints>>,
    /// As things stand then.
    pub now: DateTime<Utc>,
}

/// A report that was made, and what its file is called by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The day on which what it tells of began; none where it tells of a time as a whole.
    pub day: Option<NaiveDate>,
    /// What it tells of: never anybody's name.
    pub words: String,
    /// Tells it from others of the same day and words.
    pub mark: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Makes a report, on a thread that nobody waits for.
pub type Make = Arc<dyn Fn(&Order) -> Result<Made, NotFiled> + Send + Sync>;

/// As what a report is told to somebody at a PC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Part of a page, to read on the spot.
    Page,
    /// A file to print and to file.
    Pdf,
    /// A file to go on writing.
    Docx,
}

/// Tells a report in a form, on a thread that nobody waits for.
pub type Tell = Arc<dyn Fn(&Order, Form) -> Result<Made, NotFiled> + Send + Sync>;

/// Why a report does not lie there.
#[derive(Debug)]
pub enum NotFiled {
    /// What it is to tell of cannot be read.
    Store(StoreError),
    /// What was written on phones cannot be read now: the staff area was locked meanwhile.
    Shut(SealError),
    /// The document could not be made; the words of whatever makes it.
    NotMade(String),
    /// It cannot be put away.
    NotWritten {
        /// Where to.
        folder: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The system had no thread to give, or the one it gave failed. Its words.
    NoThread(String),
}

impl From<StoreError> for NotFiled {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What became of a report.
#[derive(Debug)]
pub enum Filed {
    /// It lies there.
    Lies(PathBuf),
    /// It does not.
    Failed(NotFiled),
}

/// Has reports made.
pub struct Filing {
    errands: Errands<Option<Filed>>,
    make: Option<Make>,
    making: RefCell<Option<Subject>>,
    last: RefCell<Option<(Subject, Filed)>>,
    /// How many are being removed.
    removing: Cell<usize>,
    /// Whoever puts a report into the folder, or removes one, has it alone.
    folder: Arc<Mutex<()>>,
}

impl Default for Filing {
    fn default() -> Self {
        Self::of(Arc::new(|| {}), None)
    }
}

impl Filing {
    /// Has them made by `make`, and calls `wake` whenever [`Filing::take_in`] has something.
    pub fn new(wake: Wake, make: Make) -> Self {
        Self::of(wake, Some(make))
    }

    fn of(wake: Wake, make: Option<Make>) -> Self {
        Self {
            errands: Errands::new(wake),
            make,
            making: RefCell::default(),
            last: RefCell::default(),
            removing: Cell::default(),
            folder: Arc::default(),
        }
    }

    /// Has a report made, unless one is being made.
    pub fn file(&self, order: Order) {
        let Some(make) = self.make.clone().filter(|_| self.making().is_none()) else {
            return;
        };
        self.last.take();
        self.making.replace(Some(order.subject.clone()));
        let failed = |why| Some(Filed::Failed(NotFiled::NoThread(why)));
        let folder = Arc::clone(&self.folder);
        let work = move || {
            let _alone = folder.lock().unwrap_or_else(PoisonError::into_inner);
            let put = make(&order).and_then(|made| put(&order.data, &made));
            Some(put.map_or_else(Filed::Failed, Filed::Lies))
        };
        self.errands.send("report", work, failed);
    }

    /// Removes the report of an incident from the folder of the data directory `data`, on a thread of its
    /// own: what was written about it on phones is erased, and may stand in there.
    pub fn remove(&self, data: &Path, id: &IncidentId) {
        let (folder, mark) = (data.join(own_file::REPORTS), mark_of(id));
        let subject = Subject::Incident(id.clone());
        self.last.borrow_mut().take_if(|last| last.0 == subject);
        let alone = Arc::clone(&self.folder);
        self.removing.set(self.removing.get() + 1);
        let work = move || {
            // One that is being made of what was there before must not come after this.
            let _alone = alone.lock().unwrap_or_else(PoisonError::into_inner);
            remove_of(&folder, &mark, None);
            None
        };
        self.errands.send("report", work, |_| None);
    }

    /// Whether some are still to be removed.
    pub fn is_removing(&self) -> bool {
        self.removing.get() > 0
    }

    /// What is being made.
    pub fn making(&self) -> Option<Subject> {
        self.making.borrow().clone()
    }

    /// What became of the report of `subject`, where that is the last one that was made.
    pub fn filed(&self, subject: &Subject) -> Option<Ref<'_, Filed>> {
        let of =
            |last: &Option<(Subject, Filed)>| last.as_ref().is_some_and(|one| one.0 == *subject);
        let last = self.last.borrow();
        if !of(&last) {
            return None;
        }
        Ref::filter_map(last, |last| last.as_ref().map(|(_, filed)| filed)).ok()
    }

    /// Nobody asks what became of one any more. What is being made lies there all the same.
    pub fn forget(&self) {
        self.last.take();
    }

    /// Takes in what became of a report; says whether there was anything.
    pub fn take_in(&self) -> bool {
        let mut any = false;
        while let Some(answer) = self.errands.answer() {
            let Some(filed) = answer else {
                self.removing.set(self.removing.get().saturating_sub(1));
                continue;
            };
            let of = self.making.take();
            self.last.replace(of.map(|subject| (subject, filed)));
            any = true;
        }
        any
    }
}

impl Services {
    /// Has a report of `subject` made in `lang`, as things stand now; with what was written on phones
    /// where `with_notes` says so.
    pub fn file_report(&self, subject: Subject, lang: &Lang, with_notes: bool) {
        if let Some(data) = &self.data {
            let complaints = self.complaints.borrow().clone();
            self.filing.file(Order {
                subject,
                lang: lang.clone(),
                data: data.clone(),
                current: self.in_force.now(),
                people: self.people.list().people,
                written: complaints.filter(|_| with_notes),
                now: self.clock.now(),
            });
        }
    }
}

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
fn remove_of(folder: &Path, mark: &str, kept: Option<&Path>) {
    let end = format!("-{mark}{ENDING}");
    let is_other = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let day = name.and_then(|name| name.get(..10)?.parse::<NaiveDate>().ok());
        Some(path.as_path()) != kept
            && day.is_some()
            && name.is_some_and(|name| name.ends_with(&end))
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
