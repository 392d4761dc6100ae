//! The links as the screen has them: it asks for one, shows its code, and ends those that are not
//! wanted any more. Whatever waits for the disk is done by a short thread.

use std::cell::{Cell, Ref, RefCell};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use chrono::{DateTime, Utc};

use super::{Link, LinkError, Links, Offer, PhoneAct, Wish};
use crate::domain::ids::{LinkId, PersonId};
use crate::domain::phone_link::Thing;
use crate::service::complaints::Complaints;
use crate::service::errand::{Errands, Wake};

/// What a thread has done.
enum Told {
    Made(u64, Result<Box<Offer>, LinkError>),
    Saved,
}

/// The links of a running kiosk. Without any it offers none.
pub struct Phone {
    links: Option<(Arc<Links>, Receiver<PhoneAct>)>,
    errands: Errands<Told>,
    asked: Cell<u64>,
    waiting: Cell<bool>,
    offer: RefCell<Option<Box<Offer>>>,
    failed: RefCell<Option<LinkError>>,
}

impl Default for Phone {
    fn default() -> Self {
        Self {
            links: None,
            errands: Errands::new(Arc::new(|| {})),
            asked: Cell::default(),
            waiting: Cell::default(),
            offer: RefCell::default(),
            failed: RefCell::default(),
        }
    }
}

impl Phone {
    /// The screen of these links, which is woken by `wake` whenever there is something.
    pub fn new(links: Arc<Links>, wake: Wake) -> Self {
        let acts = links.attend(Arc::clone(&wake));
        Self {
            links: Some((links, acts)),
            errands: Errands::new(wake),
            ..Self::default()
        }
    }

    fn links(&self) -> Option<&Arc<Links>> {
        self.links.as_ref().map(|(links, _)| links)
    }

    /// Whether links can be made here at all.
    pub fn is_there(&self) -> bool {
        self.links.is_some()
    }

    pub(super) fn next_act(&self) -> Option<PhoneAct> {
        self.links.as_ref()?.1.try_recv().ok()
    }

    /// Asks for a link; the one that was shown before is not forgotten by whoever has scanned it.
    pub fn ask(&self, wish: Wish, at: DateTime<Utc>, complaints: Option<Arc<Complaints>>) {
        let Some(links) = self.links().cloned() else {
            return;
        };
        self.put_away();
        let number = self.asked.get();
        self.waiting.set(true);
        let make = move || {
            let thing = wish.thing.clone();
            let made = links.make(wish, at, |secret| match &thing {
                Thing::Complaint(id) => {
                    let complaints = complaints.ok_or(LinkError::NoComplaints)?;
                    Ok(complaints.wrap_for(id, secret)?)
                }
                _ => Ok(Vec::new()),
            });
            Told::Made(number, made.map(Box::new))
        };
        let failed = move |why| Told::Made(number, Err(LinkError::NoThread(why)));
        self.errands.send("phone", make, failed);
    }

    /// The link that is shown, and whether a phone has taken it; none where it has ended.
    pub fn offer(&self, at: DateTime<Utc>) -> Option<(Ref<'_, Offer>, bool)> {
        let offer = Ref::filter_map(self.offer.borrow(), Option::as_deref).ok()?;
        let live = self.live(at);
        let link = live.iter().find(|one| one.id == offer.link.id)?;
        Some((offer, link.bound.is_some()))
    }

    /// Why there is none.
    pub fn failed(&self) -> Ref<'_, Option<LinkError>> {
        self.failed.borrow()
    }

    /// Whether one is being made.
    pub fn is_asking(&self) -> bool {
        self.waiting.get()
    }

    /// Nobody looks at a code any more: its secret is in nobody's memory but that of who has scanned it.
    pub fn put_away(&self) {
        self.asked.set(self.asked.get() + 1);
        self.waiting.set(false);
        self.offer.take();
        self.failed.take();
    }

    /// The links that are good at `at`, the newest first.
    pub fn live(&self, at: DateTime<Utc>) -> Vec<Link> {
        self.links().map_or_else(Vec::new, |links| links.live(at))
    }

    /// Ends one of them, or all.
    pub fn end(&self, which: Option<&LinkId>, at: DateTime<Utc>) -> bool {
        self.revoke(|link| which.is_none_or(|id| *id == link.id), at)
    }

    /// Ends those of people who are not known any more.
    pub fn end_of_gone(&self, is_known: impl Fn(&PersonId) -> bool, at: DateTime<Utc>) {
        self.revoke(|link| link.person().is_some_and(|one| !is_known(&one)), at);
    }

    /// Ends those of which `is_meant` says so; says whether there were any.
    pub(super) fn revoke(&self, is_meant: impl Fn(&Link) -> bool, at: DateTime<Utc>) -> bool {
        let Some(links) = self.links() else {
            return false;
        };
        let any = links.revoke(is_meant, at);
        if any {
            let links = Arc::clone(links);
            let save = move || {
                // What the disk refuses now is written with the next link; here it has ended.
                drop(links.save());
                Told::Saved
            };
            self.errands.send("phone", save, |_| Told::Saved);
        }
        any
    }

    /// Takes in what was done; says whether there was anything.
    pub(in crate::service) fn take_in(&self) -> bool {
        let mut any = false;
        while let Some(told) = self.errands.answer() {
            any |= self.take(told);
        }
        any
    }

    /// Waits until what was asked for is there, for a picture.
    pub fn wait(&self) {
        while self.is_asking() {
            let Some(told) = self.errands.wait() else {
                return;
            };
            self.take(told);
        }
    }

    fn take(&self, told: Told) -> bool {
        match told {
            // Somebody may have asked for another meanwhile.
            Told::Made(number, _) if number != self.asked.get() => return false,
            Told::Made(_, Ok(offer)) => {
                self.waiting.set(false);
                self.offer.replace(Some(offer));
            }
            Told::Made(_, Err(why)) => {
                self.waiting.set(false);
                self.failed.replace(Some(why));
            }
            Told::Saved => return false,
        }
        true
    }
}
