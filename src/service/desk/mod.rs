//! Complaints on the screen. They are read on a thread of their own, so that no frame waits for
//! the disk; what the staff do with one shows at once, as pending, and goes to the journal.

mod pending;

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::{DateTime, SubsecRound, Utc};
use chrono_tz::Tz;

use super::complaints::{ComplaintError, Complaints, File};
use super::journal::Notice;
use crate::domain::complaint::{ComplaintEvent, Terms};
use crate::domain::inbox::Matter;
use pending::Pending;

/// Says that there is an answer. It runs on the desk's thread and must be quick.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

enum Question {
    List,
    File(String),
}

enum Told {
    List(Result<Vec<Matter>, ComplaintError>),
    File(String, Result<Box<File>, ComplaintError>),
}

/// The thread that reads, and both ends to it. It ends with the desk.
struct Reading {
    complaints: Arc<Complaints>,
    terms: Terms,
    zone: Tz,
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
    matters: RefCell<Vec<Matter>>,
    /// The complaint whose file lies open.
    open: RefCell<Option<String>>,
    shown: RefCell<Option<File>>,
    pending: RefCell<Vec<Pending>>,
    unreadable: Cell<bool>,
    refused: Cell<bool>,
}

impl Desk {
    /// A desk that reads these complaints.
    ///
    /// # Errors
    /// [`ComplaintError::Thread`] if the system has no thread to give.
    pub fn open(
        complaints: Arc<Complaints>,
        terms: Terms,
        zone: Tz,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, ComplaintError> {
        let desk = Self::default();
        desk.begin(complaints, terms, zone, Arc::new(wake))?;
        Ok(desk)
    }

    /// Reads these complaints from now on, under the branch's `terms` and on its clock in `zone`.
    /// A desk that reads some already goes on with those.
    ///
    /// # Errors
    /// [`ComplaintError::Thread`] if the system has no thread to give.
    pub fn begin(
        &self,
        complaints: Arc<Complaints>,
        terms: Terms,
        zone: Tz,
        wake: Wake,
    ) -> Result<(), ComplaintError> {
        let (questions, asked) = channel::<(u64, Question)>();
        let (tell, answers) = channel();
        let (reader, on) = (complaints.clone(), terms.clone());
        std::thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || {
                for (number, question) in asked {
                    let told = answer(&reader, question, &on, zone);
                    if tell.send((number, told)).is_err() {
                        break;
                    }
                    wake();
                }
            })
            .map_err(|error| ComplaintError::Thread(error.to_string()))?;
        let reading = Reading {
            complaints,
            terms,
            zone,
            questions,
            answers,
        };
        self.reading.set(reading).ok();
        Ok(())
    }

    /// Whether the complaints can be read.
    pub fn is_readable(&self) -> bool {
        self.reading.get().is_some() && !self.unreadable.get()
    }

    /// Whether something that was done can never be recorded.
    pub fn is_refused(&self) -> bool {
        self.refused.get()
    }

    /// Whether something that was done is not on disk yet.
    pub fn is_pending(&self) -> bool {
        self.pending
            .borrow()
            .iter()
            .any(|one| one.read_from.is_none())
    }

    /// Every complaint, as last read, in no order to rely on.
    pub fn matters(&self) -> Ref<'_, [Matter]> {
        Ref::map(self.matters.borrow(), Vec::as_slice)
    }

    /// The complaint that an incident belongs to; the latest where there are several.
    pub fn of_incident(&self, incident: &str) -> Option<String> {
        let matters = self.matters.borrow();
        let linked = matters.iter().map(|one| &one.complaint).filter(|one| {
            one.erased.is_none() && one.incidents.iter().any(|linked| linked == incident)
        });
        let latest = linked.max_by_key(|one| one.received);
        latest.map(|one| one.id.clone())
    }

    /// The file that lies open, once it has been read.
    pub fn file(&self) -> Option<Ref<'_, File>> {
        Ref::filter_map(self.shown.borrow(), Option::as_ref).ok()
    }

    /// Asks for the list anew.
    pub fn look(&self) {
        self.ask(&self.list, || Question::List);
    }

    /// Opens a complaint's file, which comes with a later answer.
    pub fn open_file(&self, id: &str) {
        let same = self.open.borrow().as_deref() == Some(id);
        if !same {
            self.shown.take();
            self.open.replace(Some(id.to_owned()));
        }
        self.ask_file();
    }

    /// Closes the file that lies open: nothing that a customer wrote stays in memory.
    pub fn put_away(&self) {
        self.open.take();
        self.shown.take();
    }

    fn ask_file(&self) {
        let open = self.open.borrow().clone();
        if let Some(id) = open {
            self.ask(&self.file, || Question::File(id));
        }
    }

    fn ask(&self, asking: &Asking, question: impl FnOnce() -> Question) {
        let Some(reading) = self.reading.get() else {
            return;
        };
        if asking.under_way.get() {
            asking.again.set(true);
            return;
        }
        let number = self.asked.get() + 1;
        self.asked.set(number);
        let sent = reading.questions.send((number, question())).is_ok();
        asking.under_way.set(sent);
    }

    /// Records what the staff did with a complaint. It shows at once, whatever becomes of the
    /// record.
    pub fn handle(&self, id: &str, event: ComplaintEvent, at: DateTime<Utc>) {
        let Some(reading) = self.reading.get() else {
            return;
        };
        let at = at.trunc_subsecs(3);
        let entry = match reading.complaints.handle(id, event.clone(), at) {
            Ok(entry) => entry,
            Err(_) => {
                self.refused.set(true);
                return;
            }
        };
        let done = Pending {
            entry,
            complaint: id.to_owned(),
            at,
            event,
            read_from: None,
        };
        for matter in self.matters.borrow_mut().iter_mut() {
            if matter.complaint.id == id {
                done.apply_to_matter(matter, &reading.terms, reading.zone);
            }
        }
        if let Some(file) = self.shown.borrow_mut().as_mut()
            && file.complaint.id == id
        {
            done.apply_to_file(file);
        }
        self.pending.borrow_mut().push(done);
    }

    /// Takes in what the journal says: whatever it recorded, the list may be another.
    pub fn heard(&self, notice: &Notice) {
        match notice {
            Notice::Recorded { ids } => {
                let next = self.asked.get() + 1;
                for one in self.pending.borrow_mut().iter_mut() {
                    if ids.contains(&one.entry) {
                        one.read_from = Some(next);
                    }
                }
            }
            Notice::Refused { id, .. } => {
                self.pending.borrow_mut().retain(|one| one.entry != *id);
            }
            Notice::Failed { .. } => return,
        }
        self.look();
        self.ask_file();
    }

    /// Takes in the answers that have come; says whether there were any.
    pub fn take_in(&self) -> bool {
        let Some(reading) = self.reading.get() else {
            return false;
        };
        let mut any = false;
        for (number, told) in reading.answers.try_iter() {
            self.take(reading, number, told);
            any = true;
        }
        any
    }

    /// Whether a question has not been answered yet.
    pub fn is_waiting(&self) -> bool {
        self.list.under_way.get() || self.file.under_way.get()
    }

    /// Waits until every question has been answered. Never for the thread that draws what
    /// somebody looks at.
    pub fn wait(&self) {
        while let Some(reading) = self.reading.get().filter(|_| self.is_waiting()) {
            match reading.answers.recv() {
                Ok((number, told)) => self.take(reading, number, told),
                // The thread is gone: nothing will be answered any more.
                Err(_) => {
                    self.list.under_way.set(false);
                    self.file.under_way.set(false);
                    self.unreadable.set(true);
                }
            }
        }
    }

    fn take(&self, reading: &Reading, number: u64, told: Told) {
        match told {
            Told::List(list) => {
                self.list.under_way.set(false);
                self.list.answered.set(number);
                self.unreadable.set(list.is_err());
                if let Ok(mut list) = list {
                    self.bring_up_to_date(reading, number, &mut list);
                    self.matters.replace(list);
                }
                if self.list.again.take() {
                    self.look();
                }
            }
            Told::File(id, file) => {
                self.file.under_way.set(false);
                self.file.answered.set(number);
                let wanted = self.open.borrow().as_deref() == Some(id.as_str());
                if wanted {
                    let file = file.ok().map(|mut file| {
                        self.each_pending(number, |done| {
                            if done.complaint == id {
                                done.apply_to_file(&mut file);
                            }
                        });
                        file
                    });
                    self.shown.replace(file.map(|file| *file));
                }
                if self.file.again.take() {
                    self.ask_file();
                }
            }
        }
        let open = self.open.borrow().is_some();
        self.pending.borrow_mut().retain(|one| {
            one.read_from.is_none_or(|from| {
                self.list.answered.get() < from || (open && self.file.answered.get() < from)
            })
        });
    }

    fn bring_up_to_date(&self, reading: &Reading, number: u64, list: &mut [Matter]) {
        self.each_pending(number, |done| {
            let found = list
                .iter_mut()
                .find(|one| one.complaint.id == done.complaint);
            if let Some(matter) = found {
                done.apply_to_matter(matter, &reading.terms, reading.zone);
            }
        });
    }

    /// What the answer to question `number` may not have yet.
    fn each_pending(&self, number: u64, mut each: impl FnMut(&Pending)) {
        for done in self.pending.borrow().iter() {
            if done.is_newer_than(number) {
                each(done);
            }
        }
    }
}

fn answer(complaints: &Complaints, question: Question, terms: &Terms, zone: Tz) -> Told {
    match question {
        Question::List => Told::List(complaints.list().map(|list| {
            let matters = list.into_iter().map(|one| Matter::of(one, terms, &zone));
            matters.collect()
        })),
        Question::File(id) => {
            let file = complaints.file(&id).map(Box::new);
            Told::File(id, file)
        }
    }
}
