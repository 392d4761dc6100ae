//! The plan and the settings in force: one thing with a version, which every thread shares. What
//! takes the place of what was in force before is told to all who listen.

use std::collections::HashMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use sha2::{Digest as _, Sha256};
use tracing::{info, warn};

use crate::config::fault::Fault;
use crate::config::settings::{Loaded, Settings};
use crate::diagnosis::kind;
use crate::domain::incident::Incident;
use crate::domain::plan::{IncidentType, Plan};
use crate::own_file::Stamp;

/// The file of the branch's own plan.
const PLAN_FILE: &str = "plan.toml";
/// The file of its settings.
const SETTINGS_FILE: &str = "kiosk.toml";
/// So many faults are written down at once; how many there are is said before.
const MOST_FAULTS: usize = 20;

/// What the branch's files say, as read at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The plan.
    pub plan: Arc<Plan>,
    /// The text that it was read from.
    pub plan_text: Arc<str>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// What is wrong with the files, for the banner.
    pub faults: Arc<[Fault]>,
    /// The file of the floor plan as it lay there.
    pub floor_plan: Option<Stamp>,
    /// The files of the pages' certificate and its key as they lay there.
    pub certificate: [Option<Stamp>; 2],
}

/// What is in force at a moment.
#[derive(Debug)]
pub struct Current {
    /// Counts what has been in force since the start, from 1.
    pub version: u64,
    /// SHA-256 of the plan's text, in hexadecimal.
    pub plan_digest: String,
    reading: Reading,
}

impl Deref for Current {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl Current {
    fn new(version: u64, reading: Reading) -> Self {
        let digest = Sha256::digest(reading.plan_text.as_bytes());
        Self {
            version,
            plan_digest: base16ct::lower::encode_string(&digest),
            reading,
        }
    }

    /// The floor plan's file, and where the tablet stands on it.
    pub fn floor(&self) -> (Option<PathBuf>, Option<(u8, u8)>, Option<Stamp>) {
        let branch = &self.settings.branch;
        (
            branch.floor_plan.clone(),
            branch.you_are_here,
            self.floor_plan,
        )
    }
}

/// Is told what is in force from now on. It may run on any thread and must be quick.
type Listener = Box<dyn Fn(&Arc<Current>) + Send + Sync>;

/// What is in force; cheap to clone.
#[derive(Clone)]
pub struct InForce(Arc<Shared>);

struct Shared {
    current: RwLock<Arc<Current>>,
    /// Every plan that an incident in mind is bound to, by its digest.
    plans: RwLock<HashMap<String, Arc<Plan>>>,
    listeners: RwLock<Vec<Listener>>,
    /// Held by whoever puts something else in force.
    changing: Mutex<()>,
}

impl InForce {
    /// What is in force at the start.
    pub fn new(reading: Reading) -> Self {
        let current = Arc::new(Current::new(1, reading));
        write(None, &current);
        let plan = (current.plan_digest.clone(), Arc::clone(&current.plan));
        Self(Arc::new(Shared {
            current: RwLock::new(current),
            plans: RwLock::new(HashMap::from([plan])),
            listeners: RwLock::default(),
            changing: Mutex::default(),
        }))
    }

    /// What is in force at this moment.
    pub fn now(&self) -> Arc<Current> {
        let current = self.0.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// The plan in force.
    pub fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.now().plan)
    }

    /// The settings in force.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.now().settings)
    }

    /// Has `listener` told whenever something else is put in force.
    pub fn listen(&self, listener: impl Fn(&Arc<Current>) + Send + Sync + 'static) {
        let listeners = self.0.listeners.write();
        listeners
            .unwrap_or_else(PoisonError::into_inner)
            .push(Box::new(listener));
    }

    /// Puts what was read in force, and says whether it differs from what was before.
    pub fn take(&self, reading: Reading) -> bool {
        self.change(|_| reading)
    }

    /// Puts settings that were read again in force, with what is wrong with their file now.
    pub fn take_settings(&self, loaded: Loaded) -> bool {
        self.change(|before| {
            let of_plan = |fault: &&Fault| !is_of_settings(fault);
            let kept = before.faults.iter().filter(of_plan).cloned();
            Reading {
                faults: kept.chain(loaded.faults).collect(),
                settings: Arc::new(loaded.settings),
                ..before.clone()
            }
        })
    }

    fn change(&self, reading: impl FnOnce(&Reading) -> Reading) -> bool {
        let changing = self.0.changing.lock();
        let _changing = changing.unwrap_or_else(PoisonError::into_inner);
        let before = self.now();
        let reading = reading(&before.reading);
        if reading == before.reading {
            return false;
        }
        let current = Arc::new(Current::new(before.version + 1, reading));
        write(Some(&before), &current);
        self.keep_plan(&current.plan_digest, &current.plan);
        {
            let place = self.0.current.write();
            *place.unwrap_or_else(PoisonError::into_inner) = Arc::clone(&current);
        }
        let listeners = self.0.listeners.read();
        for listener in &*listeners.unwrap_or_else(PoisonError::into_inner) {
            listener(&current);
        }
        true
    }

    /// Keeps a plan that was in force before, for the incidents that are bound to it.
    pub fn keep_plan(&self, digest: &str, plan: &Arc<Plan>) {
        let mut plans = self.0.plans.write().unwrap_or_else(PoisonError::into_inner);
        plans
            .entry(digest.to_owned())
            .or_insert_with(|| Arc::clone(plan));
    }

    /// Whether the plan of this digest is kept.
    pub fn has_plan(&self, digest: &str) -> bool {
        let plans = self.0.plans.read().unwrap_or_else(PoisonError::into_inner);
        plans.contains_key(digest)
    }

    /// The plan that an incident is bound to: the one that was in force when it began. Where nobody
    /// knows that one any more, it goes by the one in force.
    pub fn plan_of(&self, incident: &Incident) -> Arc<Plan> {
        let bound = incident.plan_digest.as_deref().and_then(|digest| {
            let plans = self.0.plans.read().unwrap_or_else(PoisonError::into_inner);
            plans.get(digest).cloned()
        });
        bound.unwrap_or_else(|| self.plan())
    }
}

/// Writes down, for a diagnosis, what is in force from now on, and which faults of the branch's
/// files came and went: by kind and place, since what stands there may be somebody's number.
fn write(before: Option<&Current>, now: &Current) {
    let (version, plan) = (now.version, &now.plan_digest);
    let plan_changed = before.is_none_or(|before| before.plan_digest != *plan);
    let settings_changed = before.is_none_or(|before| before.settings != now.settings);
    let faults = now.faults.len();
    info!(
        version,
        plan, plan_changed, settings_changed, faults, "in force"
    );
    let before = before.map_or(&[] as &[Fault], |before| &before.faults);
    write_faults(before, &now.faults);
}

/// Writes down which faults of the branch's files came and went.
pub(super) fn write_faults(before: &[Fault], now: &[Fault]) {
    let lacks = |of: &[Fault], fault: &&Fault| !of.contains(fault);
    let came = now.iter().filter(|one| lacks(before, one));
    for fault in came.take(MOST_FAULTS) {
        let (file, line, kind) = place(fault);
        warn!(file, line, kind, "a fault in a file of the branch");
    }
    let went = before.iter().filter(|one| lacks(now, one));
    for fault in went.take(MOST_FAULTS) {
        let (file, line, kind) = place(fault);
        info!(file, line, kind, "a fault in a file of the branch is gone");
    }
}

/// Of a fault the file, the line, where it has one, and the kind.
fn place(fault: &Fault) -> (&'static str, usize, String) {
    let name = Path::new(&fault.file).file_name().unwrap_or_default();
    // Any other name is the branch's own.
    let known = [PLAN_FILE, SETTINGS_FILE].into_iter();
    let file = known.into_iter().find(|known| name == *known);
    let line = fault.line.unwrap_or_default();
    (file.unwrap_or("floor plan"), line, kind(&fault.problem))
}

/// The type of an incident in the plan that it is bound to.
pub struct BoundType {
    plan: Arc<Plan>,
    place: usize,
}

impl BoundType {
    /// The type with this id; none where the plan has none.
    pub fn of(plan: Arc<Plan>, type_id: &str) -> Option<Self> {
        let place = plan.incidents.iter().position(|one| one.id == type_id)?;
        Some(Self { plan, place })
    }

    /// The plan.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }
}

impl Deref for BoundType {
    type Target = IncidentType;

    fn deref(&self) -> &IncidentType {
        &self.plan.incidents[self.place]
    }
}

/// Whether a fault was found when the settings were read, and is found again, if it is still
/// there, when they are read again.
fn is_of_settings(fault: &Fault) -> bool {
    Path::new(&fault.file)
        .file_name()
        .is_none_or(|name| name != PLAN_FILE)
}
