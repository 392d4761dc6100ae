//! How much an address may ask of the tablet. A whole lobby may share one address, so that a few
//! dozen complaints and some wrong numbers cost nothing; thousands are not to be had.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::domain::allowance::{Allowance, Spent};

/// Addresses kept in mind. Whoever has more of them than this meets the limit for all.
const ADDRESSES: usize = 4096;

/// An allowance for each address, and one for all of them together.
#[derive(Debug)]
pub struct Throttle {
    of_one: Allowance,
    of_all: Allowance,
    ledger: Mutex<Ledger>,
}

#[derive(Debug, Default)]
struct Ledger {
    ones: HashMap<IpAddr, Spent>,
    all: Option<Spent>,
}

impl Throttle {
    /// A throttle with nothing spent yet.
    pub fn new(of_one: Allowance, of_all: Allowance) -> Self {
        Self {
            of_one,
            of_all,
            ledger: Mutex::default(),
        }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one for this address.
    ///
    /// # Errors
    /// How long it has to wait for the next; nothing was taken then.
    pub fn take(&self, ip: IpAddr, now: DateTime<Utc>) -> Result<(), Duration> {
        let mut ledger = self.ledger();
        let one = ledger.ones.get(&network(ip)).copied();
        let refused = match (
            self.of_one.take(one, now),
            self.of_all.take(ledger.all, now),
        ) {
            (Ok(one), Ok(all)) => {
                ledger.make_room(&self.of_one, now);
                ledger.ones.insert(network(ip), one);
                ledger.all = Some(all);
                return Ok(());
            }
            (Err(wait), Ok(_)) | (Ok(_), Err(wait)) => wait,
            (Err(one), Err(all)) => one.max(all),
        };
        if let Some(one) = ledger.ones.get_mut(&network(ip)) {
            *one = self.of_one.as_of(*one, now);
        }
        ledger.all = ledger.all.map(|all| self.of_all.as_of(all, now));
        Err(refused)
    }

    /// Gives back what this address took in vain.
    pub fn give_back(&self, ip: IpAddr, now: DateTime<Utc>) {
        let mut ledger = self.ledger();
        if let Some(one) = ledger.ones.get_mut(&network(ip)) {
            *one = self.of_one.give_back(*one, now);
        }
        ledger.all = ledger.all.map(|all| self.of_all.give_back(all, now));
    }
}

impl Ledger {
    /// Forgets whom nothing is held against any more, so that there is room for one more.
    fn make_room(&mut self, of_one: &Allowance, now: DateTime<Utc>) {
        if self.ones.len() >= ADDRESSES {
            self.ones.retain(|_, spent| !of_one.is_full(*spent, now));
        }
        if self.ones.len() >= ADDRESSES {
            self.ones.clear();
        }
    }
}

/// What visitors may ask of the tablet.
#[derive(Debug)]
pub struct Throttles {
    /// Complaints.
    pub complaints: Throttle,
    /// What is added to complaints.
    pub additions: Throttle,
    /// Numbers that no complaint has.
    pub guesses: Throttle,
    /// Numbers that are looked up all the same for an address which has made too many guesses:
    /// somebody else may share it, whose number an earlier version gave out.
    pub second_chances: Throttle,
}

impl Default for Throttles {
    fn default() -> Self {
        // Thirty within ten minutes are a bad day in a full lobby; never more than sixty within
        // an hour, of one address. All addresses together fill no disk in a weekend.
        let (of_one, of_all) = (every(30, 120), every(120, 30));
        Self {
            complaints: Throttle::new(of_one, of_all),
            additions: Throttle::new(of_one, of_all),
            guesses: Throttle::new(every(20, 10), UNLIMITED),
            second_chances: Throttle::new(every(3, 10), every(6, 2)),
        }
    }
}

impl Throttles {
    /// Without any limit, for measurements.
    pub fn none() -> Self {
        let none = || Throttle::new(UNLIMITED, UNLIMITED);
        Self {
            complaints: none(),
            additions: none(),
            guesses: none(),
            second_chances: none(),
        }
    }
}

/// A wait in whole seconds, as an answer names it.
pub fn seconds(wait: Duration) -> i64 {
    wait.num_milliseconds().max(1).saturating_add(999) / 1000
}

const UNLIMITED: Allowance = every(u32::MAX, 0);

const fn every(burst: u32, seconds: i64) -> Allowance {
    Allowance {
        burst,
        each: Duration::seconds(seconds),
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
