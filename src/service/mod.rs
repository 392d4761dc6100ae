//! Use cases: one file a capability. The only callers of the store.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
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
mod jumps;
pub mod light_plan;
pub mod pages;
pub mod pin;
pub mod receipts;
pub mod records;
pub mod staff;

pub use crate::store::chain::{Broken, What};
pub use crate::store::{StoreError, Stored, Trouble, Verdict, Writer};

use crate::domain::fault::Fault;
use crate::domain::plan::Plan;
use crate::settings::{Loaded, Settings};

/// The file of the branch's own plan, which is read only at the start.
const PLAN_FILE: &str = "plan.toml";

/// What the screens work with.
pub struct Services {
    /// The plan in force.
    pub plan: Rc<Plan>,
    /// The settings in force, and what is wrong with the branch's files.
    pub in_force: InForce,
    /// Is told of settings that have taken the place of others, for what has a copy of its own.
    pub settings_changed: Option<SettingsChanged>,
    /// What is wrong with the end of the journal found at the start, for the banner.
    pub broken: Option<Broken>,
    /// The floor plan.
    pub floor: floor::Floor,
    /// What can be done with incidents.
    pub incidents: incidents::Incidents,
    /// Customers' complaints; none where the journal could not be opened.
    pub complaints: Option<Arc<complaints::Complaints>>,
    /// What the staff do behind their PIN.
    pub staff: staff::Staff,
    /// The complaints as the staff see them.
    pub desk: desk::Desk,
    /// The pages for phones.
    pub pages: pages::Pages,
    /// The data directory; none where nobody has named one.
    pub data: Option<PathBuf>,
    /// The time.
    pub clock: clock::Clock,
}

/// Is told of settings that were put in force.
pub type SettingsChanged = Box<dyn Fn(&Settings)>;

/// The settings in force and the faults for the banner: both change when a number is edited.
pub struct InForce {
    settings: RefCell<Rc<Settings>>,
    faults: RefCell<Rc<[Fault]>>,
}

impl InForce {
    /// What is in force at the start.
    pub fn new(settings: Rc<Settings>, faults: Vec<Fault>) -> Self {
        Self {
            settings: RefCell::new(settings),
            faults: RefCell::new(faults.into()),
        }
    }
}

impl Services {
    /// The settings in force just now.
    pub fn settings(&self) -> Rc<Settings> {
        self.in_force.settings.borrow().clone()
    }

    /// What is wrong with the branch's files, for the banner.
    pub fn faults(&self) -> Rc<[Fault]> {
        self.in_force.faults.borrow().clone()
    }

    /// Puts settings that were read again in force, with what is wrong with their file now.
    pub fn take_settings(&self, loaded: Loaded) {
        let of_plan = |fault: &&Fault| !is_of_settings(fault);
        let faults: Rc<[Fault]> = (self.faults().iter().filter(of_plan).cloned())
            .chain(loaded.faults)
            .collect();
        self.in_force.faults.replace(faults);
        self.in_force.settings.replace(Rc::new(loaded.settings));
        if let Some(changed) = &self.settings_changed {
            changed(&self.settings());
        }
    }
}

/// Whether a fault was found when the settings were read, and is found again, if it is still
/// there, when they are read again.
fn is_of_settings(fault: &Fault) -> bool {
    Path::new(&fault.file)
        .file_name()
        .is_none_or(|name| name != PLAN_FILE)
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
            self.settings().complaint.terms(),
            self.settings().branch.time_zone,
        );
        self.desk = complaints
            .clone()
            .and_then(|open| desk::Desk::open(open, terms, zone, wake).ok())
            .unwrap_or_default();
        self.complaints = complaints;
    }
}
