//! The words of the evacuation screen.

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// The command where the plan has none.
pub fn leave(lang: &Lang) -> &'static str {
    tr(lang, "Leave by the nearest exit")
}

/// Where to gather, where the branch has not said.
pub fn open_ground(lang: &Lang) -> &'static str {
    tr(lang, "Open ground, away from the building")
}

/// The exits, where the branch has not named them.
pub fn exit_signs(lang: &Lang) -> &'static str {
    tr(lang, "follow the green signs")
}

/// "Exits: ".
pub fn exits(lang: &Lang) -> &'static str {
    tr(lang, "Exits: ")
}

/// Where the staff meet, on their own face.
pub fn meet_at(lang: &Lang, place: &str) -> String {
    tr_with(lang, "Staff meet at: {}", &[place])
}

/// Nobody has said where the staff meet.
pub fn no_meeting_point(lang: &Lang) -> &'static str {
    tr(lang, "Staff keep together, out of sight")
}

/// "Assembly point".
pub fn assembly_point(lang: &Lang) -> &'static str {
    tr(lang, "Assembly point")
}

/// "You are here".
pub fn here(lang: &Lang) -> &'static str {
    tr(lang, "You are here")
}

/// Beside the code.
pub fn take_along(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Scan and take the way out with you: no network needed.",
    )
}

/// The built-in floor plan is no real one.
pub fn sample(lang: &Lang) -> &'static str {
    tr(lang, "Sample: follow exit signs")
}

/// In place of a picture.
pub fn no_picture(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Follow the green exit signs and the staff. Use the stairs, not the lifts.",
    )
}

/// Between the names of exits.
pub fn gap(lang: &Lang) -> &'static str {
    tr(lang, ", ")
}

/// How many are out and how many are missing.
pub fn heads(lang: &Lang, out: u32, missing: Option<u32>) -> String {
    let counted = tr_with(lang, "Head count: {}", &[&out.to_string()]);
    let missing = match missing {
        None | Some(0) => return counted,
        Some(1) => tr(lang, "1 missing"),
        Some(2) => tr(lang, "2 missing"),
        Some(_) => tr(lang, "3 or more missing"),
    };
    [&counted, " · ", missing].concat()
}

/// A command broken where it pauses: in full-width writing lines are short and would break
/// anywhere.
pub fn in_lines(command: &str) -> String {
    if command.contains('，') {
        return command.replacen('，', "，\n", 1);
    }
    match command.rsplit_once('、') {
        Some((first, last)) => [first, "、\n", last].concat(),
        None => command.to_owned(),
    }
}

/// Half-width columns that the line of exits has room for at its smallest.
const COLUMNS: usize = 150;

/// The names of the exits, as many as there is room for: all of them are on the floor plan, and
/// the staff know the rest.
pub fn that_fit(exits: &[String], gap: &str) -> String {
    let columns = |words: &str| -> usize {
        words
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum()
    };
    let mut line = String::new();
    for exit in exits {
        let next = if line.is_empty() {
            exit.clone()
        } else {
            [&line, gap, exit].concat()
        };
        if !line.is_empty() && columns(&next) > COLUMNS {
            return [&line, "…"].concat();
        }
        line = next;
    }
    line
}
