//! Reports that somebody asks for by one tap: a thread of its own has one made and puts it into a folder
//! of the data directory, from where whoever looks after the tablet takes it along. One at a time.

mod folder;

use std::cell::{Cell, Ref, RefCell};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};

use super::Services;
use super::complaints::Complaints;
use super::errand::{Errands, Wake};
use super::in_force::Current;
use super::people::People;
use crate::domain::ids::IncidentId;
use crate::domain::lang::Lang;
use crate::domain::statistics::Period;
use crate::own_file;
use crate::seal::SealError;
use crate::store::StoreError;
use folder::remove_of;
pub use folder::{mark_of, name, put};

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
                // One that was made meanwhile is gone as well.
                any |= self.last.take().is_some();
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
