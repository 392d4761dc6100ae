//! What `lobby-kiosk check` and `plan check` say beside faults and reminders that others word too.

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;

/// The branch's own plan is sound.
pub fn own_plan_is_sound(lang: &Lang) -> String {
    tr(lang, "the branch's own plan: no faults").to_owned()
}

/// The file of this name is sound.
pub fn is_sound(lang: &Lang, name: &str) -> String {
    tr_with(lang, "{}: no faults", &[name])
}

/// A plan is sound: how much it has in it.
pub fn plan_is_sound(lang: &Lang, plan: &Plan) -> String {
    let steps: usize = plan.incidents.iter().map(|one| one.steps.len()).sum();
    let counts = [plan.incidents.len().to_string(), steps.to_string()];
    tr_with(
        lang,
        "{} incidents, {} steps, no faults",
        &[&counts[0], &counts[1]],
    )
}

/// There are no settings of this name yet.
pub fn not_there_yet(lang: &Lang, name: &str) -> String {
    tr_with(
        lang,
        "{} is not there yet; the first run of lobby-kiosk writes it",
        &[name],
    )
}

/// The settings are gone; their copy of that name stands in for them.
pub fn copy_in_use(lang: &Lang, name: &str, copy: &str) -> String {
    tr_with(
        lang,
        "{0} is missing; the tablet uses the last good copy, {1}: put the file back, or copy {1} to its place",
        &[name, copy],
    )
}

/// So many corrected sentences more than are listed.
pub fn more_corrections(lang: &Lang, more: usize) -> String {
    tr_with(
        lang,
        "and {} more corrected sentences",
        &[&more.to_string()],
    )
}

/// What is unset and somebody's life may hang on.
pub fn vital(lang: &Lang, what: &str) -> String {
    tr_with(lang, "still to fill in, lives depend on it: {}", &[what])
}

/// The roles that have no number.
pub fn without_number(lang: &Lang, roles: &[&str]) -> String {
    tr_with(
        lang,
        "no number under [contacts] yet: {}",
        &[&roles.join(", ")],
    )
}

/// What the rescuers are to be handed and nobody has filled in.
pub fn rescuers_will_ask(lang: &Lang, keys: &[&str]) -> String {
    tr_with(
        lang,
        "not filled in under [branch] yet, and rescuers will ask for it: {}",
        &[&keys.join(", ")],
    )
}
