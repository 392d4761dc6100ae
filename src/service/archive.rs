//! What happened, as the staff look it up on the screen: a page of the incidents, or one of them with
//! its timeline. A short thread reads it, so that no frame waits for the disk.

use std::cell::{Cell, Ref, RefCell};
use std::path::Path;
use std::sync::Arc;

use super::StoreError;
use super::complaints::{Complaints, Written};
use super::errand::{Errands, Wake};
use super::records::{IncidentFilter, IncidentPage, Record, Records};
use crate::domain::ids::IncidentId;

/// Incidents of one page: more than anybody looks through at once.
pub const PAGE: usize = 50;

/// Why there is nothing to be seen.
#[derive(Debug)]
pub enum Unread {
    /// The journal.
    Store(StoreError),
    /// The system had no thread to give, or the one it gave failed. Its words.
    NoThread(String),
}

/// What a thread has read.
enum Told {
    Page(Result<IncidentPage, Unread>),
    Record(Result<Box<(Record, Written)>, Unread>),
}

/// The incidents as the staff look through them.
pub struct Archive {
    errands: Errands<(u64, Told)>,
    asked: Cell<u64>,
    answered: Cell<u64>,
    page: RefCell<IncidentPage>,
    record: RefCell<Option<Box<(Record, Written)>>>,
    unread: RefCell<Option<Unread>>,
}

impl Default for Archive {
    fn default() -> Self {
        Self::new(Arc::new(|| {}))
    }
}

impl Archive {
    /// Calls `wake` whenever [`Archive::take_in`] has something.
    pub fn new(wake: Wake) -> Self {
        Self {
            errands: Errands::new(wake),
            asked: Cell::default(),
            answered: Cell::default(),
            page: RefCell::default(),
            record: RefCell::default(),
            unread: RefCell::default(),
        }
    }

    /// Looks for the incidents that `filter` takes in the journal of `data`, from number `first` on.
    pub fn look_for(&self, data: &Path, filter: IncidentFilter, first: usize) {
        self.ask(data, move |data| {
            let read = Records::open(data).and_then(|records| records.page(&filter, first, PAGE));
            Told::Page(read.map_err(Unread::Store))
        });
    }

    /// Opens one of them, with what was written about it as far as `complaints` can read that.
    pub fn open(&self, data: &Path, id: &IncidentId, complaints: Option<Arc<Complaints>>) {
        self.record.take();
        self.open_again(data, id, complaints);
    }

    /// The same once something has happened to the one that is open: it stays in sight meanwhile.
    pub fn open_again(&self, data: &Path, id: &IncidentId, complaints: Option<Arc<Complaints>>) {
        let id = id.clone();
        self.ask(data, move |data| {
            let read = Records::open(data).and_then(|records| records.show(id.as_str()));
            let with_words = |record| {
                let mut written =
                    complaints.map_or_else(Written::default, |one| one.written(&record));
                written.draw();
                Box::new((record, written))
            };
            Told::Record(read.map(with_words).map_err(Unread::Store))
        });
    }

    /// The page that was read last.
    pub fn page(&self) -> Ref<'_, IncidentPage> {
        self.page.borrow()
    }

    /// The incident that was opened, once it is read.
    pub fn record(&self) -> Option<Ref<'_, Record>> {
        Ref::filter_map(self.record.borrow(), |open| Some(&open.as_deref()?.0)).ok()
    }

    /// What was written about it.
    pub fn written(&self) -> Option<Ref<'_, Written>> {
        Ref::filter_map(self.record.borrow(), |open| Some(&open.as_deref()?.1)).ok()
    }

    /// Why there is nothing to be seen, where the last answer said so.
    pub fn unread(&self) -> Ref<'_, Option<Unread>> {
        self.unread.borrow()
    }

    /// Whether an answer is still to come.
    pub fn is_reading(&self) -> bool {
        self.answered.get() < self.asked.get()
    }

    /// Nothing of it is at hand any more.
    pub fn forget(&self) {
        // An answer that is under way is nobody's.
        self.asked.set(self.asked.get() + 1);
        self.answered.set(self.asked.get());
        self.page.take();
        self.record.take();
        self.unread.take();
    }

    /// Waits until what was asked for is read, for a picture.
    pub fn wait(&self) {
        while self.is_reading() {
            let Some(told) = self.errands.wait() else {
                return;
            };
            self.take(told);
        }
    }

    /// Takes in what was read; says whether there was anything.
    pub fn take_in(&self) -> bool {
        let mut any = false;
        while let Some(told) = self.errands.answer() {
            any |= self.take(told);
        }
        any
    }

    fn take(&self, (number, told): (u64, Told)) -> bool {
        // Somebody may have asked for something else meanwhile.
        if number != self.asked.get() {
            return false;
        }
        self.answered.set(number);
        self.unread.take();
        match told {
            Told::Page(Ok(page)) => drop(self.page.replace(page)),
            Told::Record(Ok(record)) => drop(self.record.replace(Some(record))),
            Told::Page(Err(why)) | Told::Record(Err(why)) => drop(self.unread.replace(Some(why))),
        }
        true
    }

    fn ask(&self, data: &Path, read: impl FnOnce(&Path) -> Told + Send + 'static) {
        let number = self.asked.get() + 1;
        self.asked.set(number);
        let data = data.to_owned();
        let failed = move |why| (number, Told::Page(Err(Unread::NoThread(why))));
        let work = move || (number, read(&data));
        self.errands.send("archive", work, failed);
    }
}
