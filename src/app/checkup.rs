//! A look over the branch's own files and the journal, beside a kiosk that runs or without one:
//! what is wrong, and what is still to fill in. It writes nothing.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, Utc};

use crate::config::fault::{Fault, Problem};
use crate::config::file as config_file;
use crate::config::plan_file;
use crate::config::settings::{self, Settings};
use crate::config::toml_reader;
use crate::domain::plan::Plan;
use crate::floor_plan;
use crate::fonts;
use crate::own_file;
use crate::service::Verdict;
use crate::service::address;
use crate::service::jobs::Health;
use crate::service::journal_file;
use crate::service::keys::{self, Found};
use crate::service::pages::PagesTrouble;
use crate::service::people::{People, PeopleError};
use crate::web::health;
use crate::web::tls::Certificates;

/// The size that the screen shows of a floor plan: it is judged as it will be seen.
const PICTURE: (u32, u32) = (1200, 800);

/// The kiosk's own files in the data directory.
pub struct OwnFiles {
    /// What stands in the place of one of them.
    pub in_the_way: Vec<PathBuf>,
    /// What is to be said of the keys of what customers wrote.
    pub keys: Vec<Found>,
    /// Why nothing is known of the people, where their list cannot be read.
    pub people: Option<PeopleError>,
    /// How much of the journal's lists is there, in percent, while they are being made anew.
    pub growing: Option<u8>,
    /// The kind of the disk, where it is shared with other machines.
    pub shared_disk: Option<String>,
    /// What is wrong with the journal: it is gone, changed at its end, or its lists are damaged.
    pub journal: Option<Verdict>,
}

impl OwnFiles {
    /// Those in `data`.
    pub fn of(data: &Path) -> Self {
        let journal = journal_file::lost(data)
            .map(Verdict::Amiss)
            .or_else(|| journal_file::broken(data).map(Verdict::Broken))
            .or_else(|| journal_file::damaged_lists(data).map(Verdict::Amiss));
        Self {
            in_the_way: own_file::obstructed(data),
            keys: keys::look(data),
            people: People::read(data).err(),
            growing: journal_file::growing_lists(data),
            shared_disk: journal_file::shared_disk(data),
            journal,
        }
    }

    /// Whether all is there and as it was left.
    pub fn are_sound(&self) -> bool {
        let is_fault = |one: &Found| matches!(one, Found::Fault(_));
        self.in_the_way.is_empty()
            && self.journal.is_none()
            && self.people.is_none()
            && !self.keys.iter().any(is_fault)
    }
}

/// The files that the branch edits: `plan.toml`, `kiosk.toml`, the floor plan.
pub struct BranchFiles {
    /// Its own plan, or the built-in one.
    pub plan: Plan,
    /// Whether it has a plan of its own.
    pub has_own_plan: bool,
    /// What the settings say; none where there is no file. Built in where it cannot be read.
    pub settings: Option<Settings>,
    /// Where they are looked for.
    pub settings_file: PathBuf,
    /// The file is gone, and the last good copy stands in for it.
    pub copy_in_use: bool,
    /// Sentences of the plan that were corrected since.
    pub corrections: Vec<Fault>,
    /// Characters that are shown as boxes.
    pub boxes: Vec<Fault>,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
}

impl BranchFiles {
    /// Those in `data`.
    pub fn read(data: &Path) -> Self {
        let own = plan_file::own(data);
        let has_own_plan = own.is_some();
        let (plan, found) = own.unwrap_or_else(|| (plan_file::built_in(), Vec::new()));
        let (corrections, mut faults): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| one.problem.is_advice());
        let settings_file = settings::path(data);
        let mut boxes = boxes_in(&plan_file::path(data));
        boxes.extend(boxes_in(&settings_file));
        let (settings, found) = read_settings(&settings_file, data, &plan, faults.is_empty());
        faults.extend(found);
        let copy_in_use = settings.is_none()
            && Settings::load_readonly(data, &plan).from == settings::From::LastGood;
        // They are shown, though not as they were written, and the file is sound.
        let is_box = |one: &Fault| matches!(one.problem, Problem::NoGlyph { .. });
        let found = floor_plan_faults(settings.as_ref());
        let (on_plan, of_plan): (Vec<_>, Vec<_>) = found.into_iter().partition(is_box);
        boxes.extend(on_plan);
        faults.extend(of_plan);
        Self {
            plan,
            has_own_plan,
            settings,
            settings_file,
            copy_in_use,
            corrections,
            boxes,
            faults,
        }
    }

    /// Why the pages cannot be encrypted at `now` as the settings ask for, or not for long. A kiosk
    /// that is `running` may go on with what the files held before.
    pub fn certificate_trouble(
        &self,
        now: DateTime<Utc>,
        running: Option<&Running>,
    ) -> Option<PagesTrouble> {
        let settings = self.settings.as_ref()?;
        let web = &settings.web;
        // A file that is not there has been named with its line.
        let is_named = |fault: &Fault| ["web.certificate", "web.key"].contains(&&*fault.key);
        if self.faults.iter().any(is_named) {
            return None;
        }
        match Certificates::load(web.certificate.as_ref()?, web.key.as_ref()?) {
            Ok(loaded) => {
                let at = Instant::now();
                let trouble = loaded.trouble(at, now, settings.branch.time_zone);
                // That it ends some day weighs less than that phones refuse it today.
                if trouble.as_ref().is_none_or(PagesTrouble::is_ahead) {
                    loaded.misfit(at, web).or(trouble)
                } else {
                    trouble
                }
            }
            Err(error) if running.is_some_and(|kiosk| kiosk.is_encrypted) => {
                let (path, detail) = error.parts();
                Some(PagesTrouble::Renewal(path, detail))
            }
            Err(error) => Some(error.into()),
        }
    }
}

/// The last good copy of the settings, where the kiosk goes by it.
pub fn last_good(data: &Path, plan: &Plan) -> Option<Settings> {
    let loaded = Settings::load_readonly(data, plan);
    (loaded.from == settings::From::LastGood).then_some(loaded.settings)
}

/// What the settings say, and what is wrong with them. Of a plan that cannot be read
/// (`plan_is_sound`) nobody knows which roles it has.
fn read_settings(
    path: &Path,
    data: &Path,
    plan: &Plan,
    plan_is_sound: bool,
) -> (Option<Settings>, Vec<Fault>) {
    match config_file::text_of(path) {
        Ok(text) => {
            let name = config_file::name(path);
            let (mut settings, mut faults) = Settings::read(&name, &text, data, plan);
            faults.retain(|fault| {
                let unknown = matches!(fault.problem, Problem::UnknownKey { .. });
                plan_is_sound || !unknown || !fault.key.starts_with("contacts.")
            });
            settings.saved = settings::saved(path, settings.branch.time_zone);
            (Some(settings), faults)
        }
        Err(fault) if fault.problem == Problem::NotFound => (None, Vec::new()),
        Err(fault) => (Some(Settings::built_in(plan)), vec![fault]),
    }
}

fn floor_plan_faults(settings: Option<&Settings>) -> Vec<Fault> {
    let path = settings.and_then(|settings| settings.branch.floor_plan.as_deref());
    // One that is not there has been named with its line.
    let Some(path) = path.filter(|path| path.is_file()) else {
        return Vec::new();
    };
    match floor_plan::load(path, &[PICTURE]) {
        Ok(reading) => reading.faults,
        Err(fault) => vec![fault],
    }
}

/// The characters in the texts of a branch's own file that are shown as boxes.
fn boxes_in(path: &Path) -> Vec<Fault> {
    let text = config_file::text_of(path).unwrap_or_default();
    let texts = toml_reader::texts(&text);
    let lines = texts.iter().map(|(line, text)| (*line, text.as_str()));
    let named = |(line, sign)| Fault {
        file: config_file::name(path),
        line: Some(line),
        key: String::new(),
        problem: Problem::NoGlyph { sign },
    };
    fonts::lacking(lines).into_iter().map(named).collect()
}

/// A kiosk that serves its pages.
pub struct Running {
    /// How it goes with its jobs.
    pub health: Health,
    /// Whether its pages are encrypted.
    pub is_encrypted: bool,
}

impl Running {
    /// The one that runs on `data`, wherever its pages are; none where it serves none.
    pub fn on(data: &Path) -> Option<Self> {
        let door = address::said_door(data)?;
        Some(Self {
            health: health::of_running(&door)?,
            is_encrypted: door.starts_with("https"),
        })
    }
}
