//! Complaints on the screen. They are read on a thread of their own, a page at a time, so that no
//! frame waits for the disk and no number of them fills the memory; what the staff do with one
//! shows at once, as pending, and goes to the journal.

mod answers;
mod pending;
mod reading;

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::{DateTime, SubsecRound, Utc};

use super::clock::Clock;
use super::complaints::{ComplaintError, ComplaintFile, Complaints, Openings};
use super::errand::Wake;
use super::journal::Notice;
use crate::domain::complaint::ComplaintEvent;
use crate::domain::entry::topic_complaint;
use crate::domain::ids::{ComplaintId, IncidentId};
use crate::domain::inbox::{Counts, Group, InboxItem};
use crate::store::reader::Which;
use pending::Pending;
use reading::{Listing, Question, Told};

pub use reading::PAGE;

/// The thread that reads, and both ends to it. It ends with the desk.
struct Reading {
    complaints: Arc<Complaints>,
    clock: Clock,
    questions: Sender<(u64, Question)>,
    answers: Receiver<(u64, Told)>,
}

/// One kind of question: at most one is under way, and whatever comes meanwhile is asked once
/// more when it is answered.
#[derive(Default)]
struct Asking {
    under_way: Cell<bool>,
    again: Cell<bool>,
    answered: Cell<u64>,
}

/// The complaints as the staff see them. Without complaints it is empty, and says so.
#[derive(Default)]
pub struct Desk {
    reading: OnceCell<Reading>,
    asked: Cell<u64>,
    list: Asking,
    file: Asking,
    /// The page that is shown, as last read.
    listing: RefCell<Listing>,
    /// Which list is wished for, and from which complaint on.
    which: Cell<Which>,
    first: Cell<usize>,
    /// A group is being put aside or back.
    sweeping: Cell<bool>,
    /// The complaint whose file lies open.
    open: RefCell<Option<ComplaintId>>,
    shown: RefCell<Option<ComplaintFile>>,
    pending: RefCell<Vec<Pending>>,
    unreadable: Cell<bool>,
}

impl Desk {
    /// A desk that reads these complaints, and tells the time by `clock`.
    ///
    /// # Errors
    /// [`ComplaintError::Thread`] if the system has no thread to give.
    pub fn open(
        complaints: Arc<Complaints>,
        clock: Clock,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, ComplaintError> {
        let desk = Self::default();
        desk.begin(complaints, clock, Arc::new(wake))?;
        Ok(desk)
    }

    /// Reads these complaints from now on, and tells the time by `clock`. A desk that reads some
    /// already goes on with those.
    ///
    /// # Errors
    /// [`ComplaintError::Thread`] if the system has no thread to give.
    pub fn begin(
        &self,
        complaints: Arc<Complaints>,
        clock: Clock,
        wake: Wake,
    ) -> Result<(), ComplaintError> {
        let (questions, asked) = channel();
        let (tell, answers) = channel();
        let reader = complaints.clone();
        std::thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || reading::work(&reader, &asked, &tell, &wake))
            .map_err(|error| ComplaintError::Thread(error.to_string()))?;
        let reading = Reading {
            complaints,
            clock,
            questions,
            answers,
        };
        #[expect(
            clippy::unused_result_ok,
            reason = "the first reader stays: it is begun once"
        )]
        self.reading.set(reading).ok();
        Ok(())
    }

    /// Whether the complaints can be read.
    pub fn is_readable(&self) -> bool {
        self.reading.get().is_some() && !self.unreadable.get()
    }

    /// The complaints of the page that is shown, in their order.
    pub fn matters(&self) -> Vec<InboxItem> {
        self.listing.borrow().matters.clone()
    }

    /// The page that is shown: its complaints, and what there is besides.
    pub fn listing(&self) -> Ref<'_, Listing> {
        self.listing.borrow()
    }

    /// How many complaints there are of each place.
    pub fn counts(&self) -> Counts {
        self.listing.borrow().counts
    }

    /// How much of the list is there, in percent, while it is being made anew: what it says is right
    /// as far as it goes, and not all of it.
    pub fn growing(&self) -> Option<u8> {
        self.listing.borrow().growing
    }

    /// The complaint that an incident belongs to; the latest where there are several.
    pub fn of_incident(&self, incident: &IncidentId) -> Option<ComplaintId> {
        self.listing.borrow().links.get(incident).cloned()
    }

    /// The group that is opened, if one is.
    pub fn group(&self) -> Option<Group> {
        match self.which.get() {
            Which::Single => None,
            Which::Of(group) => Some(group),
        }
    }

    /// Opens a group in place of the whole list, or closes it again.
    pub fn open_group(&self, group: Option<Group>) {
        self.which.set(group.map_or(Which::Single, Which::Of));
        self.first.set(0);
        self.refresh();
    }

    /// Turns to the page that begins with the complaint number `first`.
    pub fn turn_to(&self, first: usize) {
        self.first.set(first);
        self.refresh();
    }

    /// Puts a burst aside, or back what lies aside: one act, an entry a complaint. It is written
    /// apart from the screen, some at a time.
    pub fn sweep(&self, group: Group) {
        let Some(reading) = self.reading.get() else {
            return;
        };
        if self.sweeping.replace(true) {
            return;
        }
        let at = reading.clock.now();
        let sent = reading.questions.send((0, Question::Sweep { group, at }));
        self.sweeping.set(sent.is_ok());
    }

    /// Whether a group is being put aside or back.
    pub fn is_sweeping(&self) -> bool {
        self.sweeping.get()
    }

    /// Has the list read again where time alone has changed it.
    pub fn keep_up(&self, now: DateTime<Utc>) {
        let next = self.listing.borrow().next_due;
        if next.is_some_and(|next| next <= now) && !self.list.under_way.get() {
            self.refresh();
        }
    }

    /// The file that lies open, once it has been read.
    pub fn file(&self) -> Option<Ref<'_, ComplaintFile>> {
        Ref::filter_map(self.shown.borrow(), Option::as_ref).ok()
    }

    /// Asks for the list anew.
    pub fn refresh(&self) {
        let (which, first) = (self.which.get(), self.first.get());
        self.ask(&self.list, |clock| Question::List {
            which,
            first,
            now: clock.now(),
        });
    }

    /// Opens a complaint's file, which comes with a later answer.
    pub fn open_file(&self, id: &ComplaintId) {
        let same = self.open.borrow().as_ref() == Some(id);
        if !same {
            self.shown.take();
            self.open.replace(Some(id.clone()));
        }
        self.ask_file();
    }

    /// The staff area is locked: no line that a customer wrote stays in memory.
    pub fn forget_words(&self) {
        self.listing.borrow_mut().openings = Openings::default();
    }

    /// Closes the file that lies open: nothing that a customer wrote stays in memory.
    pub fn put_away(&self) {
        self.open.take();
        self.shown.take();
    }

    fn ask_file(&self) {
        let open = self.open.borrow().clone();
        if let Some(id) = open {
            self.ask(&self.file, |_| Question::ComplaintFile(id));
        }
    }

    fn ask(&self, asking: &Asking, question: impl FnOnce(&Clock) -> Question) {
        let Some(reading) = self.reading.get() else {
            return;
        };
        if asking.under_way.get() {
            asking.again.set(true);
            return;
        }
        let number = self.asked.get() + 1;
        self.asked.set(number);
        let sent = reading
            .questions
            .send((number, question(&reading.clock)))
            .is_ok();
        asking.under_way.set(sent);
    }

    /// Records what the staff did with a complaint. It shows at once, whatever becomes of the
    /// record.
    pub fn handle(&self, id: &ComplaintId, event: ComplaintEvent, at: DateTime<Utc>) {
        let Some(reading) = self.reading.get() else {
            return;
        };
        let at = at.trunc_subsecs(3);
        let entry = reading.complaints.handle(id, event.clone(), at);
        let done = Pending {
            entry,
            complaint: id.clone(),
            at,
            event,
            read_from: None,
        };
        self.listing.borrow_mut().take_in(&done, at);
        if let Some(file) = self.shown.borrow_mut().as_mut()
            && file.complaint.id == *id
        {
            done.apply_to_file(file);
        }
        self.pending.borrow_mut().push(done);
    }

    /// Takes in what the journal says. Only what is about complaints has the list read again, and
    /// only what is about the open one its file.
    pub fn heard(&self, notice: &Notice) {
        match notice {
            Notice::Recorded(entries) => {
                let next = self.asked.get() + 1;
                for one in self.pending.borrow_mut().iter_mut() {
                    if entries.iter().any(|entry| entry.draft.id == one.entry) {
                        one.read_from = Some(next);
                    }
                }
                let complaints =
                    || (entries.iter()).filter_map(|entry| topic_complaint(&entry.draft.topic));
                if complaints().next().is_none() {
                    return;
                }
                self.refresh();
                let open = self.open.borrow().clone();
                if open.is_some_and(|open| complaints().any(|id| id == open)) {
                    self.ask_file();
                }
            }
            Notice::Refused { id, .. } => {
                self.pending.borrow_mut().retain(|one| one.entry != *id);
                self.refresh();
                self.ask_file();
            }
            // What there is to read may be another journal, or can be read again.
            Notice::SetAside(_)
            | Notice::Mended
            | Notice::PutBack
            | Notice::LeftBehind
            | Notice::Listing(_) => {
                self.refresh();
                self.ask_file();
            }
            Notice::Failed { .. } | Notice::Holds(_) | Notice::UnfitDisk { .. } => {}
        }
    }

    /// Whether a question has not been answered yet.
    pub fn is_waiting(&self) -> bool {
        self.list.under_way.get() || self.file.under_way.get() || self.sweeping.get()
    }
}
