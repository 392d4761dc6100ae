//! How many requests may wait at once for the disk or a slow hash. It is far below the number of
//! connections, so that whatever keeps these waiting, there are places left for who asks the way
//! out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many in all …
const MOST: usize = 128;
/// … and of one address, which a whole lobby may share.
const MOST_OF_ONE: usize = 64;

/// The requests that are being worked on, by their address.
#[derive(Debug, Default)]
pub struct Busy(Mutex<HashMap<IpAddr, usize>>);

/// A request's place; given up when it is dropped.
#[derive(Debug)]
pub struct AtWork {
    busy: Arc<Busy>,
    ip: IpAddr,
}

impl Busy {
    fn all(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a request of this address; none where too many are being worked on.
    pub fn begin(self: &Arc<Self>, ip: IpAddr) -> Option<AtWork> {
        let ip = ip.to_canonical();
        let mut all = self.all();
        let of_one = all.get(&ip).copied().unwrap_or_default();
        if of_one >= MOST_OF_ONE || all.values().sum::<usize>() >= MOST {
            return None;
        }
        all.insert(ip, of_one + 1);
        let busy = Arc::clone(self);
        Some(AtWork { busy, ip })
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let mut all = self.busy.all();
        if let Some(count) = all.get_mut(&self.ip) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                all.remove(&self.ip);
            }
        }
    }
}
