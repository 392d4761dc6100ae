//! What the tablet's screen has to know of the pages for phones: which address the codes carry,
//! and whether it leads there. Written by the thread that serves them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use tracing::info;

use crate::diagnosis::kind;

/// Why phones may not reach the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagesTrouble {
    /// Another program listens there.
    Taken(SocketAddr),
    /// The system does not let the tablet listen there; its words.
    NotListening(SocketAddr, String),
    /// The certificate or its key is broken; what is wrong, and in which file.
    Certificate(Option<PathBuf>, String),
    /// There is no room for another thread; the system's words.
    NoThread(String),
    /// The tablet is in no network that phones could be in.
    NoNetwork,
    /// No journal can be opened, so that no complaint can be taken in.
    NoComplaints,
    /// The disk is so full that what is left is kept for incidents.
    NoRoom,
    /// The certificate is good until that day only.
    Expires(NaiveDate),
    /// The certificate was good until that day.
    Expired(NaiveDate),
    /// The certificate is not good before that day.
    NotYet(NaiveDate),
    /// The certificate of this issuer, in the chain, is good until that day only.
    ChainExpires(String, NaiveDate),
    /// It was good until that day.
    ChainExpired(String, NaiveDate),
    /// It is not good before that day.
    ChainNotYet(String, NaiveDate),
    /// The certificate is not for this host, which the codes carry.
    OtherName(String),
    /// The codes carry this address without encryption, while the pages are encrypted.
    PlainUrl(String),
    /// New files of the certificate are there and cannot be used, so that the former one still
    /// is; what is wrong, and in which file.
    Renewal(Option<PathBuf>, String),
    /// Where or with which certificate the settings want the pages cannot be had, so that they stay
    /// where and as they were; why.
    Stays(String),
    /// What is sent to this address does not come back to this tablet.
    NotHere(String),
    /// Posters were printed with another address than today's.
    Moved {
        /// The one on the posters.
        printed: String,
        /// Today's.
        now: String,
    },
}

impl PagesTrouble {
    /// Whether nothing is wrong yet, and it is said so that nothing will be.
    pub fn is_ahead(&self) -> bool {
        matches!(self, Self::Expires(_) | Self::ChainExpires(..))
    }
}

/// Where the pages are, as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagesState {
    /// Scheme, host and port that the codes carry; none while no page is served.
    pub base: Option<String>,
    /// Why phones may not get there.
    pub trouble: Option<PagesTrouble>,
}

impl PagesState {
    /// Whether pages are served, wherever the codes lead.
    fn is_served(&self) -> bool {
        match &self.trouble {
            None => self.base.is_some(),
            Some(
                PagesTrouble::Taken(_)
                | PagesTrouble::NotListening(..)
                | PagesTrouble::Certificate(..)
                | PagesTrouble::NoThread(_),
            ) => false,
            Some(_) => true,
        }
    }

    /// The address that codes on the screen carry: none where it is known to lead elsewhere.
    pub fn good_base(&self) -> Option<&str> {
        match self.trouble {
            None
            | Some(
                PagesTrouble::Moved { .. }
                | PagesTrouble::NoComplaints
                | PagesTrouble::NoRoom
                | PagesTrouble::Expires(_)
                | PagesTrouble::Expired(_)
                | PagesTrouble::NotYet(_)
                | PagesTrouble::ChainExpires(..)
                | PagesTrouble::ChainExpired(..)
                | PagesTrouble::ChainNotYet(..)
                | PagesTrouble::OtherName(_)
                | PagesTrouble::Renewal(..)
                | PagesTrouble::Stays(_),
            ) => self.base.as_deref(),
            Some(_) => None,
        }
    }
}

/// The state of the pages, shared with the thread that serves them.
#[derive(Clone, Debug, Default)]
pub struct Pages(Arc<Mutex<PagesState>>);

impl Pages {
    fn state(&self) -> MutexGuard<'_, PagesState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As it stands.
    pub fn get(&self) -> PagesState {
        self.state().clone()
    }

    /// Takes over how it stands; says whether that is news.
    pub fn set(&self, state: PagesState) -> bool {
        let mut now = self.state();
        let news = *now != state;
        if news {
            let trouble = state.trouble.as_ref().map(kind).unwrap_or_default();
            info!(served = state.is_served(), trouble, "pages for phones");
        }
        *now = state;
        news
    }
}
