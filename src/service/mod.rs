//! Use cases: one file a capability. The only callers of the store.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

pub mod address;
pub mod calls;
pub mod changes;
pub mod clock;
pub mod complaints;
pub mod desk;
pub mod evacuation;
pub mod export;
pub mod floor;
pub mod ids;
pub mod incidents;
pub mod journal;
pub mod light_plan;
pub mod pages;
pub mod pin;
pub mod receipts;
pub mod records;

pub use crate::store::chain::{Broken, What};
pub use crate::store::{StoreError, Stored, Trouble, Verdict, Writer};

use crate::domain::fault::Fault;
use crate::domain::plan::Plan;
use crate::settings::Settings;

/// What the screens work with.
pub struct Services {
    /// The plan in force.
    pub plan: Rc<Plan>,
    /// The settings in force.
    pub settings: Rc<Settings>,
    /// What is wrong with the branch's files, for the banner.
    pub faults: Vec<Fault>,
    /// What is wrong with the end of the journal found at the start, for the banner.
    pub broken: Option<Broken>,
    /// The floor plan.
    pub floor: floor::Floor,
    /// What can be done with incidents.
    pub incidents: incidents::Incidents,
    /// Customers' complaints; none where the journal could not be opened.
    pub complaints: Option<Arc<complaints::Complaints>>,
    /// The complaints as the staff see them.
    pub desk: desk::Desk,
    /// The pages for phones.
    pub pages: pages::Pages,
    /// The data directory; none where nothing is kept, as for pictures.
    pub data: Option<PathBuf>,
    /// The time.
    pub clock: clock::Clock,
}

impl Services {
    /// Takes the complaints in, and has them read apart from the thread that draws. Where there
    /// are none, or no thread to read them, the desk says so.
    pub fn keep_complaints(
        &mut self,
        complaints: Option<Arc<complaints::Complaints>>,
        wake: desk::Wake,
    ) {
        let (terms, zone) = (
            self.settings.complaint.terms(),
            self.settings.branch.time_zone,
        );
        self.desk = complaints
            .clone()
            .and_then(|open| desk::Desk::open(open, terms, zone, wake).ok())
            .unwrap_or_default();
        self.complaints = complaints;
    }
}
