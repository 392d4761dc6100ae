//! The words of the log of an incident.

use super::{tr, tr_with};
use crate::domain::incident::Mark;
use crate::domain::lang::Lang;

/// What happened, for the log.
pub enum LogWords<'a> {
    /// The start, with the type's name.
    Started(&'a str),
    /// Undone.
    StartUndone,
    /// A question was answered, with both.
    Answered(&'a str, &'a str),
    /// The condition of a step holds.
    ConditionHeld(&'a str),
    /// A step was begun that goes on.
    StepStarted(&'a str),
    /// A step was handed to somebody, with whom.
    StepHanded(&'a str, &'a str),
    /// Nobody else is there, or somebody is again.
    Alone(bool),
    /// What had come by itself was done, or put off.
    Prompted(&'a str, bool),
    /// A note was struck out, with its words.
    NoteStruck(&'a str),
    /// A change of type, with the new name.
    Retyped(&'a str),
    /// The close, with the outcome.
    Closed(&'a str),
    /// The close taken back.
    CloseUndone,
    /// Reopened.
    Reopened,
}

/// One line of the log that is no step and no note.
pub fn log_line(lang: &Lang, what: &LogWords<'_>) -> String {
    match what {
        LogWords::Started(name) => tr_with(lang, "Started: {}", &[name]),
        LogWords::StartUndone => tr(lang, "Undone: tapped by mistake").to_owned(),
        LogWords::Answered(question, answer) => tr_with(lang, "{0} · {1}", &[question, answer]),
        LogWords::ConditionHeld(condition) => tr_with(lang, "Yes: {}", &[condition]),
        LogWords::StepStarted(command) => tr_with(lang, "Begun: {}", &[command]),
        LogWords::StepHanded(command, name) => tr_with(lang, "With {1}: {0}", &[command, name]),
        LogWords::Alone(true) => tr(lang, "I am alone").to_owned(),
        LogWords::Alone(false) => tr(lang, "No longer alone").to_owned(),
        LogWords::Prompted(command, true) => tr_with(lang, "Done again: {}", &[command]),
        LogWords::Prompted(command, false) => tr_with(lang, "Put off: {}", &[command]),
        LogWords::NoteStruck(note) => tr_with(lang, "Note struck out: {}", &[note]),
        LogWords::Retyped(name) => tr_with(lang, "Type changed to {}", &[name]),
        LogWords::Closed(outcome) => tr_with(lang, "Closed: {}", &[outcome]),
        LogWords::CloseUndone => tr(lang, "Close undone").to_owned(),
        LogWords::Reopened => tr(lang, "Reopened").to_owned(),
    }
}

/// What became of a step, in a word.
pub fn marked(lang: &Lang, mark: Mark) -> &'static str {
    tr(
        lang,
        match mark {
            Mark::Done => "Done",
            Mark::Skipped => "Skipped",
            Mark::Cannot => "Can't do",
            Mark::Waived => "Waived",
            Mark::Open => "Still to do",
        },
    )
}

/// Beside a step that goes on.
pub fn begun(lang: &Lang) -> &'static str {
    tr(lang, "Begun")
}

/// Beside a step that somebody else has.
pub fn handed_to(lang: &Lang, name: &str) -> String {
    tr_with(lang, "With {}", &[name])
}

/// Beside a step that needed a superior's word, and has it.
pub fn approved(lang: &Lang) -> &'static str {
    tr(lang, "With a superior's approval")
}

/// What was said of a step before the last word on it, each with its time.
pub fn before(lang: &Lang, said: &[String]) -> String {
    let gap = tr(lang, ", ");
    tr_with(lang, "before: {}", &[&said.join(gap)])
}

/// The detail beneath a note that was made by mistake.
pub fn struck(lang: &Lang) -> &'static str {
    tr(lang, "Struck out")
}

/// Beside a call that was corrected: whether it was answered after all.
pub fn corrected_to(lang: &Lang, answered: bool) -> &'static str {
    if answered {
        tr(lang, "corrected: answered")
    } else {
        tr(lang, "corrected: no answer")
    }
}

/// The detail beneath a step in the log.
pub fn step_detail(
    lang: &Lang,
    correction: bool,
    reason: Option<&str>,
    due: Option<&str>,
) -> String {
    let correction = correction.then(|| tr(lang, "Correction"));
    [correction, reason, due]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}
