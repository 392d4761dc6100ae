//! How often somebody may name a wrong receipt: a whole lobby may share one address, so that a
//! few wrong numbers cost nothing, and thousands are not to be had.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

/// Wrong numbers in a row that an address may name …
const BURST: f64 = 20.0;
/// … and seconds after which it may name one more.
pub const SECONDS_EACH: u16 = 10;
/// Addresses kept in mind. Whoever has more of them than this is slowed by the queue of the slow
/// hash.
const ADDRESSES: usize = 4096;

/// The wrong numbers of the last minutes, by address.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<HashMap<IpAddr, Spent>>);

#[derive(Clone, Copy, Debug)]
struct Spent {
    tries: f64,
    at: DateTime<Utc>,
}

impl Spent {
    fn at(self, now: DateTime<Utc>) -> f64 {
        // A clock set back forgives nothing and punishes nobody.
        let passed = (now - self.at).num_milliseconds().max(0) as f64 / 1000.0;
        (self.tries - passed / f64::from(SECONDS_EACH)).max(0.0)
    }
}

impl Guesses {
    fn all(&self) -> MutexGuard<'_, HashMap<IpAddr, Spent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this address may name a number now.
    pub fn may_try(&self, ip: IpAddr, now: DateTime<Utc>) -> bool {
        self.all()
            .get(&network(ip))
            .is_none_or(|spent| spent.at(now) + 1.0 <= BURST)
    }

    /// It named a wrong one.
    pub fn wrong(&self, ip: IpAddr, now: DateTime<Utc>) {
        let mut all = self.all();
        if all.len() >= ADDRESSES {
            all.retain(|_, spent| spent.at(now) > 0.0);
        }
        if all.len() >= ADDRESSES {
            all.clear();
        }
        let tries = all.get(&network(ip)).map_or(0.0, |spent| spent.at(now)) + 1.0;
        all.insert(network(ip), Spent { tries, at: now });
    }
}

/// What counts as one address: of IPv6 the network that a provider gives to one customer.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        four => four,
    }
}
