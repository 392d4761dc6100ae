//! How many connections there may be. When there are too many, the one that has kept the tablet
//! waiting longest gives way to the newcomer: whoever opens thousands of silent ones closes their
//! own, and a visitor is always served.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Connections in all: well below the 1,024 files that a process usually may have open.
const MOST: usize = 512;
/// Connections of one address. A whole lobby may share one.
const MOST_OF_ONE: usize = 256;

/// The connections that are open.
#[derive(Debug, Default)]
pub struct Connections(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    /// In the order in which they came.
    all: BTreeMap<u64, One>,
    next: u64,
}

#[derive(Debug)]
struct One {
    ip: IpAddr,
    served: Served,
}

/// What a connection's own task and the others know of it.
#[derive(Clone, Debug, Default)]
pub struct Served(Arc<ConnectionState>);

#[derive(Debug, Default)]
struct ConnectionState {
    answering: AtomicBool,
    close: Notify,
}

impl Served {
    /// A request is here as a whole: what follows is the tablet's own work.
    pub fn is_being_answered(&self) {
        self.0.answering.store(true, Ordering::Relaxed);
    }

    /// The answer is ready, and the next word is the visitor's.
    pub fn is_answered(&self) {
        self.0.answering.store(false, Ordering::Relaxed);
    }

    /// Waits until the connection has to make room.
    pub async fn closed(&self) {
        self.0.close.notified().await;
    }
}

/// A connection's place; given up when it is dropped.
#[derive(Debug)]
pub struct ConnectionPermit {
    connections: Arc<Connections>,
    number: u64,
    /// What is known of it.
    pub served: Served,
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.connections.open().all.remove(&self.number);
    }
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a newcomer. None only where every connection is just being answered. A proxy
    /// that is trusted brings many visitors, and has no share of its own.
    pub fn admit(self: &Arc<Self>, ip: IpAddr, is_proxy: bool) -> Option<ConnectionPermit> {
        let ip = ip.to_canonical();
        let mut open = self.open();
        let of_one = open.all.values().filter(|one| one.ip == ip).count();
        if of_one >= MOST_OF_ONE && !is_proxy {
            open.close_oldest(|one| one.ip == ip)?;
        } else if open.all.len() >= MOST {
            open.close_oldest(|_| true)?;
        }
        let number = open.next;
        open.next += 1;
        let served = Served::default();
        let one = One {
            ip,
            served: served.clone(),
        };
        open.all.insert(number, one);
        drop(open);
        Some(ConnectionPermit {
            connections: Arc::clone(self),
            number,
            served,
        })
    }
}

impl Open {
    fn close_oldest(&mut self, wanted: impl Fn(&One) -> bool) -> Option<()> {
        let waiting = |one: &One| !one.served.0.answering.load(Ordering::Relaxed);
        let number = self
            .all
            .iter()
            .find(|(_, one)| wanted(one) && waiting(one))
            .map(|(number, _)| *number)?;
        let one = self.all.remove(&number)?;
        one.served.0.close.notify_one();
        Some(())
    }
}
