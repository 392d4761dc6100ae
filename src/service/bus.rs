//! What the journal says, told to all who asked to hear it.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use super::journal::{Notice, Notify};
use crate::domain::entry::Entry;

/// Takes a notice. It runs on the thread of the journal's writer, so that it must be quick, must not
/// panic, and must not hold a [`super::journal::Journal`].
type Listener = Box<dyn Fn(&Notice) + Send + Sync>;

/// Everything that is committed goes over it, with its topic and its event; cheap to clone.
#[derive(Clone, Default)]
pub struct Bus(Arc<RwLock<Vec<Listener>>>);

impl Bus {
    /// Has `listener` hear every notice from now on.
    pub fn listen(&self, listener: impl Fn(&Notice) + Send + Sync + 'static) {
        let mut listeners = self.0.write().unwrap_or_else(PoisonError::into_inner);
        listeners.push(Box::new(listener));
    }

    /// Says, to whoever waits on a thread of the pages, that entries of the `wanted` kind were
    /// recorded, or that another journal is in use. What was recorded before counts as known.
    pub fn changes(&self, wanted: fn(&Entry) -> bool) -> watch::Receiver<()> {
        let (tell, changes) = watch::channel(());
        self.listen(move |notice| {
            let is_news = match notice {
                Notice::Recorded(entries) => entries.iter().any(wanted),
                Notice::Holds(_) => true,
                _ => false,
            };
            if is_news {
                tell.send_replace(());
            }
        });
        changes
    }

    /// Tells all who listen.
    pub fn publish(&self, notice: &Notice) {
        let listeners = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for listener in &*listeners {
            listener(notice);
        }
    }

    /// The end that the journal talks to.
    pub fn notify(&self) -> Notify {
        let bus = self.clone();
        Arc::new(move |notice| bus.publish(&notice))
    }
}
