//! The words for a change of `kiosk.toml` that did not come about.

use super::{faults, tr, tr_with};
use crate::config::fault::{Fault, Problem};
use crate::config::settings::edit::EditError;
use crate::domain::lang::Lang;

/// Why the file was left as it is, and what to do.
pub fn edit_error(lang: &Lang, error: &EditError) -> String {
    let say = |message, args: &[&str]| tr_with(lang, message, args);
    match error {
        EditError::NoSuchRole { role } => say(
            "The plan has no role {} any more. Look at the list again.",
            &[role],
        ),
        EditError::NoSuchPlace { role, count } => say(
            "kiosk.toml has no such number of {0} any more: it has {1}. Look at the list again.",
            &[role, &count.to_string()],
        ),
        EditError::Full { role, most } => say(
            "{0} has {1} numbers already. Remove one first.",
            &[role, &most.to_string()],
        ),
        EditError::National { .. } => say(
            "This number is the same in the whole country. It is built in, and neither changed nor rung to try it.",
            &[],
        ),
        EditError::BadNumber { number } => {
            let number = number.clone();
            faults::problem(lang, &Problem::BadNumber { number })
        }
        EditError::Elsewhere {
            number,
            whose: Some(whose),
            ..
        } => say(
            "{0} is the number of {1}. Type the number of this contact itself.",
            &[number, whose.in_lang(lang)],
        ),
        EditError::Elsewhere {
            number,
            whose: None,
            ..
        } => say(
            "{} is an emergency number. Type the number of this contact itself.",
            &[number],
        ),
        EditError::Taken { number } => say("{} is in the list already.", &[number]),
        EditError::Broken(found) => say(
            "kiosk.toml is broken, so it was left as it is. Mend it first: {}",
            &[&all(lang, found)],
        ),
        EditError::Worse(found) => say(
            "kiosk.toml was left as it is, for it would be broken: {}",
            &[&all(lang, found)],
        ),
        EditError::Form { role, line: None } => say(
            "kiosk.toml has {} in a form that cannot be changed here. Change it in the file.",
            &[role],
        ),
        EditError::Form {
            role,
            line: Some(line),
        } => say(
            "kiosk.toml has {0} (line {1}) in a form that cannot be changed here. Change it in the file.",
            &[role, &line.to_string()],
        ),
        EditError::Unwritable(fault) => faults::fault(lang, fault),
    }
}

/// Faults one after the other.
fn all(lang: &Lang, found: &[Fault]) -> String {
    let words: Vec<String> = found
        .iter()
        .map(|fault| faults::fault(lang, fault))
        .collect();
    words.join(tr(lang, "; "))
}
