//! What stands around every screen: the branch, the clock, the record's state, and what the staff
//! must know.

use crate::Recorded as RecordedMark;
use crate::config::fault::{Fault, Problem};
use crate::config::settings::UnsetVital;
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;
use crate::i18n::{self, contacts, inbox, keeping, reminders, screen as words};
use crate::service::recorder::Recorded;
use crate::view::ViewState;

/// Lines that the banner has room for.
const BANNER_LINES: usize = 2;
/// By what a fault of the settings names the file of the floor plan.
const FLOOR_PLAN: &str = "branch.floor_plan";

/// What stands around every screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The branch's name.
    pub branch: String,
    /// The time on the wall.
    pub clock: String,
    /// The day on the wall.
    pub date: String,
    /// Whether everything shown is on disk.
    pub recorded: RecordedMark,
    /// The number on the way into the staff area; empty where nothing wants to be seen.
    pub wanting: String,
    /// The same for those who listen.
    pub wanting_words: String,
    /// People are leaving the building.
    pub evacuating: bool,
    /// Customers may be standing before the screen.
    pub turned: bool,
    /// What the staff must know, the most pressing first, each in one line.
    pub banner: Vec<String>,
}

/// What stands around every screen just now.
pub fn present(state: &ViewState) -> Model {
    let (lang, now) = (state.lang(), state.now());
    let settings = state.services.settings();
    let branch = &settings.branch;
    let name = branch.name.clone();
    let growing = state.services.desk.growing();
    let (wanting, wanting_words) = match state.services.desk.counts().pressing() {
        // How many there are is not known yet.
        _ if growing.is_some() => ("…".to_owned(), inbox::growing(&lang, growing)),
        0 => (String::new(), String::new()),
        // More digits would say no more.
        count => (count.min(99).to_string(), inbox::wanting(&lang, count)),
    };
    Model {
        branch: name.unwrap_or_else(|| i18n::tr(&lang, "Lobby emergency kiosk").to_owned()),
        clock: words::time_of_day(now, branch.time_zone),
        date: words::date(&lang, now, branch.time_zone),
        recorded: match state.services.recorder.recorded() {
            Recorded::Yes => RecordedMark::Yes,
            Recorded::Pending => RecordedMark::Pending,
            Recorded::Failed => RecordedMark::Failed,
        },
        wanting,
        wanting_words,
        evacuating: state.services.incidents.evacuating().is_some(),
        turned: state.navigator.is_turned(),
        banner: banner(state, &lang),
    }
}

/// What the staff must know, the most pressing first, each in one line.
fn banner(state: &ViewState, lang: &Lang) -> Vec<String> {
    if state.navigator.is_display_only() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if state.services.recorder.failure().is_some() {
        lines.push(words::not_recorded(lang).to_owned());
    }
    let file = &state.services.journal_file;
    lines.extend(i18n::journal::file(lang, file));
    // That all of it is gone has been said.
    if state.services.broken.is_some() && !file.was_lost() {
        lines.push(words::broken_journal(lang).to_owned());
    }
    let plan = state.services.plan();
    let unset = state.services.settings().unset(&plan);
    if !unset.is_empty() {
        let names: Vec<String> = unset.iter().map(|what| vital(&plan, lang, what)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        lines.push(words::unset(lang, &names));
    }
    let of_files = state.services.faults();
    let of_floor = state.services.floor.faults();
    // One that is not there, or is no file, has been named with its line.
    let is_named = of_files.iter().any(|fault| fault.key == FLOOR_PLAN);
    let of_floor = of_floor.iter().filter(|_| !is_named);
    let faults: Vec<&Fault> = of_files.iter().chain(of_floor).collect();
    let (mut old, faults): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|one| one.problem.is_advice());
    // An old form is nothing that a lobby could mend: `check` says it.
    old.retain(|one| one.problem != Problem::OldForm);
    lines.extend(
        faults
            .first()
            .map(|first| words::faults(lang, first, faults.len())),
    );
    lines.extend(
        old.first()
            .map(|first| words::corrected(lang, first, old.len())),
    );
    let pages = state.services.pages.get();
    lines.extend(
        pages
            .trouble
            .and_then(|trouble| i18n::pages::trouble::short(lang, &trouble)),
    );
    lines.extend(i18n::jobs::short(lang, &state.services.jobs.health()));
    let stale = stale_numbers(state);
    if stale > 0 {
        lines.push(contacts::stale(lang, stale));
    }
    let zone = state.services.settings().branch.time_zone;
    lines.extend(keeping::short(
        lang,
        &state.services.keeping.outlook(),
        zone,
    ));
    // The least of it: every number works until somebody finds that it does not.
    lines.extend(unconfirmed_numbers(state, lang));
    if lines.len() > BANNER_LINES {
        let hidden = lines.split_off(BANNER_LINES - 1).len();
        lines.push(words::more_in_banner(lang, hidden));
    }
    // What can wait for days hides nothing that cannot: until there is room, `check` says it.
    let firm = state.services.settings().firm.responsible().is_none();
    let firm = firm.then(|| reminders::no_firm_short(lang).to_owned());
    let can_wait = firm.into_iter().chain(missing_holidays(state, lang));
    let room = BANNER_LINES.saturating_sub(lines.len());
    lines.extend(can_wait.take(room));
    lines
}

/// A year whose days off ought to be known by now, and are not.
fn missing_holidays(state: &ViewState, lang: &Lang) -> Option<String> {
    let settings = state.services.settings();
    let today = state.today(&settings);
    let years = settings.complaint.calendar().missing_years(today, today);
    let first = years.first()?;
    Some(reminders::no_holidays_short(lang, *first))
}

fn stale_numbers(state: &ViewState) -> usize {
    let settings = state.services.settings();
    let today = state.today(&settings);
    settings.stale(&state.services.plan(), today).len()
}

fn unconfirmed_numbers(state: &ViewState, lang: &Lang) -> Option<String> {
    let settings = state.services.settings();
    let plan = &state.services.plan();
    let never = settings.unconfirmed(plan, state.today(&settings));
    let (role, _) = never.first()?;
    let first = plan
        .role(role)
        .map_or(*role, |role| role.name.in_lang(lang));
    Some(contacts::unconfirmed(lang, never.len(), first))
}

fn vital(plan: &Plan, lang: &Lang, what: &UnsetVital) -> String {
    match what {
        UnsetVital::Address => i18n::tr(lang, "address").to_owned(),
        UnsetVital::Number(id) => {
            let role = plan.role(id);
            role.map_or(id.as_str(), |role| role.name.in_lang(lang))
                .to_owned()
        }
    }
}
