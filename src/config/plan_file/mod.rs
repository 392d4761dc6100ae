//! The plan's TOML file: read, checked as a whole, every fault reported at once.

mod aid;
mod check;
mod complaint;
mod corrections;
mod crew;
mod evacuation;
mod fields;
mod ids;
mod incident;
mod inherit;
mod lists;
mod step;
mod ways;

use std::path::{Path, PathBuf};

use crate::config::fault::{Fault, Problem};
use crate::config::file::{self as config_file, Access, ConfigFile, Found};
use crate::config::limits;
use crate::config::toml_reader::{self, Section};
use crate::domain::plan::Plan;
use fields::{Languages, count, required_list};
use inherit::FallbackPlan;

/// The built-in plan, as the text of its file.
pub const BUILT_IN: &str = include_str!("../../../locales/plan.toml");
/// The form in which plans are written today.
const FORM: i64 = 2;
/// The name that faults of the built-in plan carry.
pub const BUILT_IN_NAME: &str = "locales/plan.toml";

/// The plan that the program carries.
///
/// A test proves that it has no fault. Should it have one all the same, what is sound of it is
/// better on a lobby's wall than a program that refuses to start.
pub fn built_in() -> Plan {
    read_behind(FallbackPlan::None, BUILT_IN_NAME, BUILT_IN).0
}

/// Reads a plan from the text of its file; `file` is the name that the faults carry.
///
/// # Errors
/// Every fault of the file, by line.
pub fn parse(file: &str, text: &str) -> Result<Plan, Vec<Fault>> {
    checked(file, text).map(|(plan, _)| plan)
}

/// The same as [`parse`], with the corrected sentences that the plan still holds.
///
/// # Errors
/// Every fault of the file, by line.
pub fn checked(file: &str, text: &str) -> Result<(Plan, Vec<Fault>), Vec<Fault>> {
    let (plan, found) = read(file, text);
    let (corrections, faults): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|one| one.problem.is_advice());
    if faults.is_empty() {
        Ok((plan, corrections))
    } else {
        Err(faults)
    }
}

/// Reads a plan from its file, with the corrected sentences that it still holds.
///
/// # Errors
/// Every fault of the file, by line.
pub fn load(path: &Path) -> Result<(Plan, Vec<Fault>), Vec<Fault>> {
    let text = config_file::text_of(path).map_err(|fault| vec![fault])?;
    checked(&config_file::name(path), &text)
}

/// A plan, the text that it was read from, and what is wrong with the branch's own file.
pub struct Sourced {
    /// The plan.
    pub plan: Plan,
    /// The text.
    pub text: String,
    /// The faults, and the corrected sentences that the file still holds.
    pub faults: Vec<Fault>,
    /// Whether it is what the branch wants: its own file, or none.
    pub is_wanted: bool,
}

impl Sourced {
    fn built_in(faults: Vec<Fault>) -> Self {
        Self {
            plan: built_in(),
            text: BUILT_IN.to_owned(),
            is_wanted: faults.is_empty(),
            faults,
        }
    }
}

/// The plan in force in a branch: its own `plan.toml` in `data_dir`, if there is one. A broken
/// one gives way to the last good copy, then to the built-in plan, and its faults are returned.
pub fn sourced(data_dir: &Path, access: Access) -> Sourced {
    // A plan with a hole in it is none: the copy must be as sound as the file.
    let is_whole = |faults: &[Fault]| faults.iter().all(|one| one.problem.is_advice());
    let read = |file: &str, text: &str| {
        let (plan, faults) = read(file, text);
        ((plan, text.to_owned()), faults)
    };
    match file_in(data_dir).load(access, read, is_whole) {
        Found::Missing => Sourced::built_in(Vec::new()),
        Found::Sound((plan, text), faults) => Sourced {
            plan,
            text,
            faults,
            is_wanted: true,
        },
        Found::Broken(Some((plan, text)), faults) => Sourced {
            plan,
            text,
            faults,
            is_wanted: false,
        },
        Found::Broken(None, faults) => Sourced::built_in(faults),
    }
}

/// A plan that was in force once, from the text that was kept of it: whatever of it this program
/// still understands.
pub fn kept(text: &str) -> Plan {
    if text == BUILT_IN {
        return built_in();
    }
    read("plan", text).0
}

/// The branch's own plan with its faults, or nothing where the branch has none of its own. For a
/// look at the whole configuration: a broken plan still says which roles it means to have.
pub fn own(data_dir: &Path) -> Option<(Plan, Vec<Fault>)> {
    let path = path(data_dir);
    match config_file::text_of(&path) {
        Ok(text) => Some(read(&config_file::name(&path), &text)),
        Err(fault) if fault.problem == Problem::NotFound => None,
        Err(fault) => Some((built_in(), vec![fault])),
    }
}

/// Where the branch's own plan stands, if it has one.
pub fn path(data_dir: &Path) -> PathBuf {
    file_in(data_dir).path().to_owned()
}

fn file_in(data_dir: &Path) -> ConfigFile {
    ConfigFile::new(data_dir, "plan")
}

/// Reads whatever is sound.
fn read(file: &str, text: &str) -> (Plan, Vec<Fault>) {
    read_behind(FallbackPlan::BuiltIn, file, text)
}

fn read_behind(elder: FallbackPlan, file: &str, text: &str) -> (Plan, Vec<Fault>) {
    let (plan, mut found) = toml_reader::read(file, text, |root| whole(root, elder));
    corrections::bound(&mut found);
    (plan, found)
}

/// The form of the file. In the first there were no clocks but that of the start.
fn form(root: &mut Section<'_>, elder: FallbackPlan) {
    let form = root
        .optional("format")
        .map_or(Some(1), |item| item.number(1..=FORM));
    if form == Some(1) && elder == FallbackPlan::BuiltIn {
        root.fault("format", Problem::OldForm);
    }
}

fn whole(mut root: Section<'_>, elder: FallbackPlan) -> Plan {
    let revision = root
        .required("revision")
        .and_then(toml_reader::Item::date)
        .unwrap_or_default();
    form(&mut root, elder);
    let languages = Languages::of(&mut root, elder);
    let (classes, class_ids) = lists::classes(&mut root, &languages);
    let (principles, principle_ids) = lists::principles(&mut root, &languages);
    let (roles, role_ids) = lists::roles(&mut root, elder, &languages);
    let (outcomes, outcome_ids) = lists::outcomes(&mut root, &languages);
    let [skip_reasons, cannot_reasons, waive_reasons] =
        ["skip_reason", "cannot_reason", "waive_reason"].map(|key| {
            let sections = required_list(&mut root, key);
            count(&root, key, limits::REASONS, sections.len());
            lists::choices(sections, limits::TextSlot::Reason, &languages)
        });
    let duties = lists::duties(&mut root, &languages);
    let supplies = lists::supplies(&mut root, &languages);
    let (crew, crew_ids) = crew::crew(&mut root, elder, &languages);
    let (aids, aid_ids) = aid::aids(&mut root, elder, &languages);
    let context = incident::Context {
        elder,
        languages: &languages,
        classes: &class_ids,
        principles: &principle_ids,
        roles: &role_ids,
        outcomes: &outcome_ids,
        crew: &crew_ids,
        aids: &aid_ids,
    };
    let sections = required_list(&mut root, "incident");
    let (incidents, incident_ids) = incident::incidents(sections, &context);
    check::board(&root, &class_ids, &incidents, &incident_ids);
    count(&root, "class", limits::CLASSES, classes.len());
    let hazards = evacuation::hazards(&mut root, elder, (&incidents, &incident_ids), &languages);
    let sweeps = evacuation::sweeps(&mut root, &languages);
    let replies = complaint::replies(&mut root, elder, &languages);
    let settlements = complaint::settlements(&mut root, &languages);
    let mut plan = Plan {
        revision,
        languages: languages.langs(),
        classes,
        principles,
        roles,
        crew,
        outcomes,
        skip_reasons,
        cannot_reasons,
        waive_reasons,
        duties,
        supplies,
        incidents,
        hazards,
        sweeps,
        replies,
        settlements,
        aids,
    };
    elder.complete_plan(&mut plan);
    plan
}
