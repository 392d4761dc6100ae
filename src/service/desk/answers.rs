//! Taking in what the desk's thread has read.

use super::pending::Pending;
use super::reading::{Listing, PAGE, Told};
use super::{Desk, Reading};
use crate::service::complaints::Openings;
use crate::store::reader::Which;

impl Desk {
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
                    self.sweeping.set(false);
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
                if let Ok(list) = list {
                    self.take_list(reading, number, *list);
                }
                if self.list.again.take() {
                    self.refresh();
                }
            }
            Told::ComplaintFile(id, file) => {
                self.file.under_way.set(false);
                self.file.answered.set(number);
                let wanted = self.open.borrow().as_ref() == Some(&id);
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
            Told::Swept => {
                self.sweeping.set(false);
                self.refresh();
            }
        }
        let open = self.open.borrow();
        self.pending.borrow_mut().retain(|one| {
            let shown = open.as_ref() == Some(&one.complaint);
            one.read_from.is_none_or(|from| {
                self.list.answered.get() < from || (shown && self.file.answered.get() < from)
            })
        });
    }

    fn take_list(&self, reading: &Reading, number: u64, mut list: Listing) {
        let now = reading.clock.now();
        // The staff area may have been locked while it was read.
        if !reading.complaints.seals().is_open() {
            list.openings = Openings::default();
        }
        self.each_pending(number, |done| list.take_in(done, now));
        let wished = list.which == self.which.get() && list.first == self.first.get();
        // The page may have emptied meanwhile; then the last one that is left is shown.
        let beyond = list.first > 0 && list.first >= list.listed;
        let emptied = list.listed == 0 && list.which != Which::Single;
        self.listing.replace(list);
        if wished && emptied {
            self.open_group(None);
        } else if wished && beyond {
            let last = self.listing.borrow().listed.saturating_sub(1);
            self.turn_to(last - last % PAGE);
        }
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
