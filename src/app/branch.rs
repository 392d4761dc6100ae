//! The plan and the settings of a data directory: read at the start, followed while the program
//! runs, and kept in the journal.

use std::path::Path;
use std::sync::Arc;

use crate::config::fault::Fault;
use crate::config::file::Access;
use crate::config::settings::{From, Loaded, Settings};
use crate::config::{plan_file, settings};
use crate::domain::incident::Incident;
use crate::domain::plan::Plan;
use crate::domain::plan_event::{PLAN_TOPICS, PlanEvent, plan_topic};
use crate::own_file::Stamp;
use crate::service::Services;
use crate::service::floor::Floor;
use crate::service::in_force::{Current, InForce, Reading};
use crate::service::recorder::Recorder;
use crate::service::records::Records;
use crate::store::Reader;

/// What a data directory's files say.
pub struct Branch {
    /// The plan.
    pub plan: Arc<Plan>,
    /// The text that it was read from.
    pub plan_text: Arc<str>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// What is wrong with the files.
    pub faults: Vec<Fault>,
    /// The files of both as they lay there before they were read.
    pub(super) files: Files,
    /// Whether the plan, and the settings, are what the files say, and do not stand in for them.
    wanted: (bool, bool),
}

/// `plan.toml` and `kiosk.toml` as they lie there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Files([Option<Stamp>; 2]);

impl Files {
    /// Those of the data directory `data`.
    pub(super) fn of(data: &Path) -> Self {
        Self([plan_file::path(data), settings::path(data)].map(|path| Stamp::of(&path)))
    }
}

impl Branch {
    /// For the kiosk itself: writes what the first run writes.
    pub fn load(data: &Path) -> Self {
        Self::read(data, Access::Keep)
    }

    /// For those who only look: writes nothing.
    pub fn load_readonly(data: &Path) -> Self {
        Self::read(data, Access::ReadOnly)
    }

    /// As `access` allows.
    pub fn read(data: &Path, access: Access) -> Self {
        let files = Files::of(data);
        let plan = plan_file::sourced(data, access);
        let settings = match access {
            Access::Keep => Settings::load(data, &plan.plan),
            Access::ReadOnly => Settings::load_readonly(data, &plan.plan),
        };
        Self::of(files, plan, settings)
    }

    fn of(files: Files, plan: plan_file::Sourced, settings: Loaded) -> Self {
        let stands_in = matches!(settings.from, From::BuiltIn | From::Partly);
        let wanted = (plan.is_wanted, !stands_in);
        let mut faults = plan.faults;
        faults.extend(settings.faults);
        Self {
            plan: plan.plan.into(),
            plan_text: plan.text.into(),
            settings: settings.settings.into(),
            faults,
            files,
            wanted,
        }
    }

    /// The same as a reading that can be put in force.
    pub fn reading(self) -> Reading {
        let floor_plan = self.settings.branch.floor_plan.as_deref();
        Reading {
            floor_plan: floor_plan.and_then(Stamp::of),
            certificate: certificate_stamps(&self.settings),
            plan: self.plan,
            plan_text: self.plan_text,
            settings: self.settings,
            faults: self.faults.into(),
        }
    }

    /// The same for a branch that goes by `current`: what stands in for a file that was just broken
    /// or taken away does not replace what was in force.
    pub fn reading_after(self, current: &Current) -> Reading {
        let (plan, settings) = self.wanted;
        let mut reading = self.reading();
        if !plan {
            reading.plan = Arc::clone(&current.plan);
            reading.plan_text = Arc::clone(&current.plan_text);
        }
        if !settings {
            reading.settings = Arc::clone(&current.settings);
            reading.floor_plan = current.floor_plan;
            reading.certificate = certificate_stamps(&current.settings);
        }
        reading
    }

    /// The services that record by `recorder`, with the incidents that are still in mind.
    pub fn services(self, recorder: Arc<Recorder>, live: Vec<Incident>) -> Services {
        let in_force = InForce::new(self.reading());
        let (path, here, _) = in_force.now().floor();
        Services {
            floor: Floor::ready(path, here),
            ..Services::new(in_force, recorder, live)
        }
    }
}

/// The files of the certificate and its key that `settings` name, as they lie there.
fn certificate_stamps(settings: &Settings) -> [Option<Stamp>; 2] {
    let web = &settings.web;
    [&web.certificate, &web.key].map(|path| Stamp::of(path.as_deref()?))
}

/// Has `in_force` know every plan that these incidents are bound to, as far as the journal has it.
pub(super) fn bind_plans(data: &Path, in_force: &InForce, live: &[Incident]) {
    let digests = live.iter().filter_map(|one| one.plan_digest.as_deref());
    for digest in digests {
        if in_force.has_plan(digest) {
            continue;
        }
        // Where it cannot be read, the incident goes by the plan in force.
        if let Ok(Some(text)) = Records::open(data).and_then(|records| records.plan_text(digest)) {
            in_force.keep_plan(digest, &plan_file::kept(&text).into());
        }
    }
}

/// Keeps the plan in force in the journal, where the last one that stands there is another.
pub(super) fn keep_plan(data: &Path, recorder: &Recorder, current: &Current) {
    let topic = plan_topic(&current.plan_digest);
    let last = Reader::open(data).and_then(|reader| reader.last_topic(PLAN_TOPICS));
    if last.is_ok_and(|last| last.as_deref() == Some(&topic)) {
        return;
    }
    let event = PlanEvent::InForce {
        revision: current.plan.revision.to_string(),
        text: current.plan_text.to_string(),
    };
    recorder.record(recorder.act(&topic, event));
}
