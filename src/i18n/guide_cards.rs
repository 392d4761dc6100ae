//! The words of the guides on paper.

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::plan::{CountsFrom, Rhythm, Step};

/// What the cards are together.
pub fn title(lang: &Lang) -> &'static str {
    tr(lang, "Emergency guides")
}

/// On every page.
pub fn staff_only(lang: &Lang) -> &'static str {
    tr(lang, "Staff only: do not post")
}

/// Which plan they are of.
pub fn plan(lang: &Lang, revision: &str, digest: &str) -> String {
    tr_with(lang, "Plan of {0}, digest {1}", &[revision, digest])
}

/// The number of a page, and how many there are.
pub fn page(lang: &Lang) -> &'static str {
    tr(lang, "Page {0} of {1}")
}

/// Beneath the name of a guide whose subject bystanders do not learn.
pub fn quietly(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Keep it quiet: do not say what it is about near customers.",
    )
}

/// Above the steps that belong to answers.
pub fn with_answer(lang: &Lang, answers: &[&str]) -> String {
    tr_with(lang, "If: {}", &[&answers.join(tr(lang, ", or "))])
}

/// Where nobody could answer.
pub fn unknown(lang: &Lang) -> &'static str {
    tr(lang, "cannot tell")
}

/// Above steps that are on every way, behind some that are not.
pub fn in_every_case(lang: &Lang) -> &'static str {
    tr(lang, "In every case")
}

/// Above what is done afterwards.
pub fn afterwards(lang: &Lang) -> &'static str {
    tr(lang, "Afterwards")
}

/// What to say.
pub fn say(lang: &Lang, words: &str) -> String {
    tr_with(lang, "Say: {}", &[words])
}

/// What never to say or do.
pub fn never(lang: &Lang, words: &str) -> String {
    tr_with(lang, "Never {}", &[words])
}

/// A step that somebody who is alone leaves out.
pub fn alone_leaves_out(lang: &Lang) -> &'static str {
    tr(lang, "If you are alone: leave this out.")
}

/// How a step reads for somebody who is alone: with another command, or another line on how to do it.
pub fn alone(lang: &Lang, command: Option<&str>, detail: &str) -> String {
    match command {
        Some(command) => tr_with(lang, "If you are alone: {0}. {1}", &[command, detail]),
        None => tr_with(lang, "If you are alone: {}", &[detail]),
    }
}

/// Above what comes by itself on the tablet.
pub fn by_the_clock(lang: &Lang) -> &'static str {
    tr(lang, "Look at the clock")
}

/// When it comes.
pub fn rhythm(lang: &Lang, rhythm: Rhythm) -> String {
    match rhythm {
        Rhythm::Every(seconds) => tr_with(lang, "every {}", &[&span(lang, seconds)]),
        Rhythm::Once(seconds) => tr_with(lang, "once, after {}", &[&span(lang, seconds)]),
    }
}

/// The step with whose beginning or end it begins to count.
pub fn from(lang: &Lang, place: &str) -> String {
    tr_with(lang, "from {}", &[place])
}

/// The step with which it ends.
pub fn until(lang: &Lang, place: &str) -> String {
    tr_with(lang, "until {}", &[place])
}

/// A step by its number on the card.
pub fn step(lang: &Lang, number: usize) -> String {
    tr_with(lang, "step {}", &[&number.to_string()])
}

/// A step by its words.
pub fn quoted(lang: &Lang, command: &str) -> String {
    tr_with(lang, "\"{}\"", &[command])
}

/// Whom to call; the numbers follow.
pub fn call(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Call {}: ", &[name])
}

/// The branch has no number there.
pub fn no_number(lang: &Lang) -> &'static str {
    tr(lang, "no number set")
}

/// When a step applies, by when it is to be done, and whether the guide goes on meanwhile.
pub fn when(lang: &Lang, step: &Step) -> String {
    let condition = step
        .condition
        .as_ref()
        .map(|one| one.in_lang(lang).to_owned());
    let within = step.within.map(|seconds| deadline(lang, step, seconds));
    let lasts = step
        .lasts
        .then(|| tr(lang, "begin it, then go on").to_owned());
    let parts: Vec<String> = [condition, within, lasts].into_iter().flatten().collect();
    parts.join(" · ")
}

fn deadline(lang: &Lang, step: &Step, seconds: u32) -> String {
    let span = span(lang, seconds);
    if step.is_follow_up() {
        return tr_with(lang, "within {} of the start", &[&span]);
    }
    if step.condition.is_some() {
        return tr_with(lang, "within {} once it is so", &[&span]);
    }
    match step.counts_from {
        CountsFrom::Start if step.only.is_empty() => {
            tr_with(lang, "within {} of the start", &[&span])
        }
        CountsFrom::Start | CountsFrom::Answer => {
            tr_with(lang, "within {} of the answer", &[&span])
        }
        CountsFrom::Step => tr_with(lang, "within {}", &[&span]),
    }
}

/// A length of time in the largest unit that has no remainder. A day stays 24 hours, as people say it.
fn span(lang: &Lang, seconds: u32) -> String {
    const MINUTE: u32 = 60;
    const HOUR: u32 = 60 * MINUTE;
    const DAY: u32 = 24 * HOUR;
    if seconds > DAY && seconds.is_multiple_of(DAY) {
        tr_with(lang, "{} days", &[&(seconds / DAY).to_string()])
    } else if seconds.is_multiple_of(HOUR) {
        tr_with(lang, "{} h", &[&(seconds / HOUR).to_string()])
    } else if seconds.is_multiple_of(MINUTE) {
        tr_with(lang, "{} min", &[&(seconds / MINUTE).to_string()])
    } else {
        tr_with(lang, "{} s", &[&seconds.to_string()])
    }
}
