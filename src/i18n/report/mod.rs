//! The words of the report of one incident.

mod names;
pub mod notes;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{people, screen, text_util, tr, tr_with};
use crate::domain::calling::Outcome;
use crate::domain::clause;
use crate::domain::lang::Lang;
use crate::domain::report::{Deviation, StepState, Tally, Timing, Unread, Who};
use crate::domain::resuscitation::End;
use crate::service::people::People;
pub use names::{Name, Part, name, part};

/// Before what is out of the ordinary, so that it is found without colours.
pub const MARK: &str = "▲";
/// Where there is nothing to say.
pub const NONE: &str = "—";

/// What the document is.
pub fn title(lang: &Lang) -> &'static str {
    tr(lang, "Incident report")
}

/// The same, of an incident of this name.
pub fn title_of(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Incident report: {}", &[name])
}

/// Day with its year, and time.
pub fn moment(lang: &Lang, at: DateTime<Utc>, zone: Tz) -> String {
    let year = at.with_timezone(&zone).year().to_string();
    let (day, time) = (
        screen::day(lang, at, zone),
        screen::time_with_seconds(at, zone),
    );
    tr_with(lang, "{0} {1}, {2}", &[&day, &year, &time])
}

/// Sentences one behind the other.
pub fn sentences(lang: &Lang, sentences: &[String]) -> String {
    sentences.join(text_util::gap(lang))
}

/// Several things in a row.
pub fn list(lang: &Lang, items: &[String]) -> String {
    items.join(tr(lang, ", "))
}

/// A stretch of time to the second within a day, beyond it to the minute.
pub fn span(lang: &Lang, span: TimeDelta) -> String {
    let all = span.num_seconds().max(0);
    let [days, hours, minutes, seconds] =
        [all / 86_400, all / 3600 % 24, all / 60 % 60, all % 60].map(|one| one.to_string());
    match all {
        0..60 => tr_with(lang, "{} s", &[&seconds]),
        60..3600 => tr_with(lang, "{0} min {1} s", &[&minutes, &seconds]),
        3600..86_400 => tr_with(lang, "{0} h {1} min {2} s", &[&hours, &minutes, &seconds]),
        _ => tr_with(lang, "{0} d {1} h {2} min", &[&days, &hours, &minutes]),
    }
}

/// The clauses that define a type; those that go beyond the plan say so.
pub fn clauses_of(lang: &Lang, clauses: &[String]) -> String {
    let words = clauses.iter().map(|one| match one.as_str() {
        clause::ADDED => tr(lang, "beyond the plan"),
        other => other,
    });
    words.collect::<Vec<_>>().join(tr(lang, ", "))
}

/// An incident that is over.
pub fn over(lang: &Lang, [name, began, ended, took, outcome]: [&str; 5]) -> String {
    tr_with(
        lang,
        "{0}: began on {1}, was closed on {2}, after {3}. Outcome: {4}.",
        &[name, began, ended, took, outcome],
    )
}

/// One that is being handled.
pub fn going_on(lang: &Lang, name: &str, began: &str, lasted: &str) -> String {
    tr_with(
        lang,
        "{0}: began on {1}, and was still being handled {2} later, when this report was made. What follows can still change.",
        &[name, began, lasted],
    )
}

/// One that was none.
pub fn mistaken(lang: &Lang, name: &str, began: &str) -> String {
    tr_with(
        lang,
        "{0} was tapped by mistake on {1} and taken back: there was no incident.",
        &[name, began],
    )
}

/// The types it had before the last one.
pub fn retyped(lang: &Lang, first: &str, name: &str, since: &str) -> String {
    tr_with(
        lang,
        "Begun as {0}; handled as {1} from {2} on.",
        &[first, name, since],
    )
}

/// How the steps went, in one line.
pub fn steps(lang: &Lang, tally: &Tally) -> String {
    let count =
        |message, count: usize| (count > 0).then(|| tr_with(lang, message, &[&count.to_string()]));
    let parts = [
        count("{} done", tally.done),
        count("{} skipped", tally.skipped),
        count("{} not possible", tally.cannot),
        count("{} begun and not reported done", tally.under_way),
        count("{} without a word", tally.to_do),
    ];
    listed(
        lang,
        "Steps of the guide, {0} in all: {1}.",
        tally.of,
        parts,
    )
}

/// How the deadlines went; none where there was none.
pub fn deadlines(lang: &Lang, tally: &Tally) -> Option<String> {
    let count =
        |message, count: usize| (count > 0).then(|| tr_with(lang, message, &[&count.to_string()]));
    let parts = [
        count("{} met", tally.met),
        count("{} not met", tally.missed),
        count("{} that cannot be told", tally.untold),
    ];
    let all = tally.deadlines();
    (all > 0).then(|| listed(lang, "Deadlines that counted, {0} in all: {1}.", all, parts))
}

/// How many follow-ups came to what, and when the next one that is not overdue is due.
pub fn follow_ups(lang: &Lang, tally: &Tally, overdue: usize, next: Option<&str>) -> String {
    let count =
        |message, count: usize| (count > 0).then(|| tr_with(lang, message, &[&count.to_string()]));
    let left = tally.to_do + tally.under_way;
    let left = match overdue {
        0 => count("{} still to do", left),
        overdue => Some(tr_with(
            lang,
            "{0} still to do ({1} overdue)",
            &[&left.to_string(), &overdue.to_string()],
        )),
    };
    let parts = [
        count("{} done", tally.done),
        count("{} let go", tally.skipped + tally.cannot),
        left,
        next.map(|next| tr_with(lang, "the next by {}", &[next])),
    ];
    listed(lang, "Follow-ups, {0} in all: {1}.", tally.of, parts)
}

/// A sentence of how many there are and how they fall.
fn listed<const PARTS: usize>(
    lang: &Lang,
    sentence: &str,
    all: usize,
    parts: [Option<String>; PARTS],
) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    tr_with(lang, sentence, &[&all.to_string(), &list(lang, &parts)])
}

/// The calls in one line.
pub fn calls(lang: &Lang, made: usize, answered: usize) -> String {
    tr_with(
        lang,
        "Calls noted: {0}, of which {1} were answered.",
        &[&made.to_string(), &answered.to_string()],
    )
}

/// What became of a call.
pub fn outcome(lang: &Lang, outcome: Outcome) -> &'static str {
    tr(
        lang,
        match outcome {
            Outcome::Answered => "Answered",
            Outcome::NoAnswer => "No answer",
            Outcome::NotMade => "Not made: tapped by mistake",
        },
    )
}

/// How a resuscitation ended.
pub fn resuscitation_end(lang: &Lang, end: End) -> &'static str {
    tr(
        lang,
        match end {
            End::Breathing => "breathing normally again",
            End::TakenOver => "taken over by the ambulance crew",
            End::Closed => "ended with the incident",
        },
    )
}

/// What became of a step.
pub fn state(lang: &Lang, state: StepState) -> &'static str {
    tr(
        lang,
        match state {
            StepState::Done => "Completed",
            StepState::Skipped => "Skipped",
            StepState::Cannot => "Not possible",
            StepState::Waived => "Let go",
            StepState::UnderWay => "Begun, not reported done",
            StepState::ToDo => "Nothing noted",
        },
    )
}

/// How a deadline stands beside what happened; none where there is nothing to compare.
pub fn timing(lang: &Lang, timing: Timing) -> Option<String> {
    Some(match timing {
        Timing::Met => tr(lang, "In time").to_owned(),
        Timing::Late(by) => late(lang, by),
        Timing::Missed(by) => tr_with(lang, "Over by {}", &[&span(lang, by)]),
        Timing::Untold => tr(lang, "Corrected later: the time cannot be told").to_owned(),
        Timing::Running | Timing::Settled | Timing::None => return None,
    })
}

fn late(lang: &Lang, by: TimeDelta) -> String {
    tr_with(lang, "Late by {}", &[&span(lang, by)])
}

/// What is out of the ordinary about an entry.
pub fn deviation(lang: &Lang, deviation: &Deviation) -> String {
    let message = match deviation {
        Deviation::Late(by) => return late(lang, *by),
        Deviation::Skipped => "Skipped",
        Deviation::Cannot => "Not possible",
        Deviation::Waived => "Let go",
        Deviation::Corrects => "Correction",
        Deviation::Corrected => "Corrected later",
        Deviation::Struck => "Struck out",
        Deviation::TakesBack => "Taken back",
        Deviation::ClockSet => "Clock set",
        Deviation::Unread => "Cannot be read",
    };
    tr(lang, message).to_owned()
}

/// Who acted, by name where it is noted and `known` is there to say it.
pub fn who(lang: &Lang, who: &Who, known: Option<&People>) -> String {
    if let (Who::OnDuty(Some(person)) | Who::SignedIn(Some(person)), Some(known)) = (who, known) {
        return people::name_of(lang, person, known).to_owned();
    }
    let message = match who {
        Who::OnDuty(_) => "On duty",
        Who::SignedIn(_) => "Signed in",
        Who::Program => "By itself",
        Who::Unnoted => "Not noted",
        Who::Other(id) => return id.clone(),
    };
    tr(lang, message).to_owned()
}

/// An entry that cannot be read.
pub fn unread(lang: &Lang, why: Unread) -> &'static str {
    tr(
        lang,
        match why {
            Unread::Newer => "Written by a newer version",
            Unread::Spoiled => "Cannot be read",
        },
    )
}
