//! The sentences of the report of one incident that explain, and what the command says.

use crate::domain::lang::Lang;
use crate::i18n::{tr, tr_with};

/// Above the timeline: whose clock it goes by, and what the mark means.
pub fn how_to_read(lang: &Lang, zone: &str, mark: &str) -> String {
    tr_with(
        lang,
        "Times are local ({0}). {1} stands before what is out of the ordinary.",
        &[zone, mark],
    )
}

/// The clock was set while the incident was on.
pub fn clock_was_set(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The tablet's clock was set while the incident was on. All times are given by the clock as it was set last; in brackets stands what it showed then.",
    )
}

/// What the clock showed then.
pub fn stamped(lang: &Lang, time: &str) -> String {
    tr_with(lang, "(then: {})", &[time])
}

/// In the place of the words of a note that was struck out.
pub fn words_withheld(lang: &Lang) -> &'static str {
    tr(lang, "struck out, its words are left to the journal")
}

/// Which note was struck out.
pub fn note_of(lang: &Lang, time: &str) -> String {
    tr_with(lang, "the one of {}", &[time])
}

/// An act with whom or what it is about.
pub fn pair(lang: &Lang, what: &str, detail: &str) -> String {
    tr_with(lang, "{0}: {1}", &[what, detail])
}

/// How much was written on phones, in a report that goes without it.
pub fn written_elsewhere(lang: &Lang, notes: usize, photos: usize) -> String {
    tr_with(
        lang,
        "Sent from phones: notes {0}, photos {1}. They are not in this report; the tablet shows them behind the PIN.",
        &[&notes.to_string(), &photos.to_string()],
    )
}

/// How much of it is gone.
pub fn written_erased(lang: &Lang, count: usize) -> String {
    tr_with(
        lang,
        "Erased since: {} notes and photos.",
        &[&count.to_string()],
    )
}

/// In the place of a note or a photo that does not open.
pub fn written_unread(lang: &Lang) -> &'static str {
    tr(lang, "Cannot be read")
}

/// What a picture shows, for whoever cannot see it.
pub fn photo_of(lang: &Lang, time: &str) -> String {
    tr_with(lang, "Photo of {}", &[time])
}

/// Beneath a photo: when it was sent, and by whom.
pub fn photo_by(lang: &Lang, time: &str, who: &str) -> String {
    tr_with(lang, "Photo of {0}, sent by: {1}", &[time, who])
}

/// What stands behind something that stands out.
pub fn behind(lang: &Lang, words: &str) -> String {
    tr_with(lang, ": {}", &[words])
}

/// A reason, or whatever else is told of a step, in brackets.
pub fn aside(lang: &Lang, words: &str) -> String {
    tr_with(lang, " ({})", &[words])
}

/// Who had a step.
pub fn handed_to(lang: &Lang, name: &str) -> String {
    tr_with(lang, "handed to: {}", &[name])
}

/// Why a step was not done.
pub fn because(lang: &Lang, reason: &str) -> String {
    tr_with(lang, "reason: {}", &[reason])
}

/// What was answered.
pub fn answered(lang: &Lang, answer: &str) -> String {
    tr_with(lang, "answer: {}", &[answer])
}

/// An earlier word on a step was corrected.
pub fn was_corrected(lang: &Lang) -> &'static str {
    tr(lang, "corrected since it was first noted")
}

/// When a step that went on was begun, and when it was done.
pub fn begun_at(lang: &Lang, time: &str) -> String {
    tr_with(lang, "begun {}", &[time])
}

/// When it was done.
pub fn done_at(lang: &Lang, time: &str) -> String {
    tr_with(lang, "done {}", &[time])
}

/// An answer that was taken back.
pub fn taken_back(lang: &Lang) -> &'static str {
    tr(lang, "taken back: the question was opened again")
}

/// Nothing deviates.
pub fn as_planned(lang: &Lang) -> &'static str {
    tr(
        lang,
        "None: every step that was on the way was done, none of them later than its deadline.",
    )
}

/// Nothing that is known of deviates.
pub fn none_noted(lang: &Lang) -> &'static str {
    tr(lang, "None noted.")
}

/// A deadline and when the step was reached.
pub fn against(lang: &Lang, due: &str, actual: &str) -> String {
    tr_with(lang, "due {0}, actual {1}", &[due, actual])
}

/// A deadline that nothing came of.
pub fn due(lang: &Lang, due: &str) -> String {
    tr_with(lang, "due {}", &[due])
}

/// Nobody knows the guide.
pub fn plan_unknown(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The words of the plan that this incident was made by are not in the journal. Which steps it asked for, and by when, cannot be told: what was noted of steps stands in the part Other steps dealt with.",
    )
}

/// What a plan is known by.
pub fn plan(lang: &Lang, revision: &str) -> String {
    tr_with(lang, "revision of {}", &[revision])
}

/// Nobody has noted its digest.
pub fn no_digest(lang: &Lang) -> &'static str {
    tr(lang, "not noted (an older version of the program)")
}

/// People were led out.
pub fn led_out(lang: &Lang, began: &str, rest: &str) -> String {
    tr_with(
        lang,
        "People were led out from {0} on; {1}.",
        &[began, rest],
    )
}

/// Somebody was resuscitated.
pub fn resuscitated(lang: &Lang, began: &str, rest: &str) -> String {
    tr_with(lang, "CPR from {0} on; {1}.", &[began, rest])
}

/// How many people are there on a usual day.
pub fn usual(lang: &Lang, people: u32) -> String {
    tr_with(lang, "{} on a usual day", &[&people.to_string()])
}

/// It still goes on.
pub fn still_going(lang: &Lang) -> &'static str {
    tr(lang, "not over when this report was made")
}

/// How and when something ended.
pub fn ended(lang: &Lang, how: &str, at: &str) -> String {
    tr_with(lang, "{0} at {1}", &[how, at])
}

/// Entries that correct others, in one line.
pub fn corrections(lang: &Lang, corrections: usize, struck: usize) -> String {
    tr_with(
        lang,
        "Entries that correct earlier ones: {0}; struck out: {1}.",
        &[&corrections.to_string(), &struck.to_string()],
    )
}

/// How often the clock was set.
pub fn jumps(lang: &Lang, count: usize) -> String {
    tr_with(
        lang,
        "Times the tablet's clock was set: {}.",
        &[&count.to_string()],
    )
}

/// How many complaints belong to it.
pub fn complaints(lang: &Lang, count: usize) -> String {
    tr_with(lang, "Complaints joined: {}.", &[&count.to_string()])
}

/// Above the complaints: their words are elsewhere.
pub fn complaints_elsewhere(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Number and subject only. What the customers wrote is read in the staff area.",
    )
}

/// Nobody can tell yet which complaints belong to it.
pub fn complaints_untold(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The list of complaints is being made anew, so that those joined to this incident cannot be told yet. Make the report again in a while.",
    )
}

/// An entry by position and digest.
pub fn entry(lang: &Lang, seq: i64, digest: &str) -> String {
    tr_with(lang, "{0}, digest {1}", &[&seq.to_string(), digest])
}

/// How often, in times.
pub fn times(lang: &Lang, count: usize) -> String {
    tr_with(lang, "{} ×", &[&count.to_string()])
}

/// That the entries say what their digests are of.
pub fn sound(lang: &Lang) -> &'static str {
    tr(
        lang,
        "When this report was made, the digest of each of these entries was computed again and found to be right.",
    )
}

/// That some do not.
pub fn unsound(lang: &Lang, positions: &str) -> String {
    tr_with(
        lang,
        "Entries whose digest is not that of what they say: {}. They were changed after they were recorded.",
        &[positions],
    )
}

/// How to check it.
pub fn how_to_check(lang: &Lang) -> &'static str {
    tr(
        lang,
        "To check it: lobby-kiosk verify, on the tablet, computes the digests of the whole journal again and names the first entry that was changed; lobby-kiosk records export --format json prints each entry with its position and its digest, and those of the first and the last one must be the ones above.",
    )
}

/// When and by which version it was made.
pub fn made(lang: &Lang, when: &str, version: &str) -> String {
    tr_with(lang, "{0}, by lobby-kiosk {1}", &[when, version])
}

/// The short number at the edge of every page.
pub fn short_number(lang: &Lang, number: &str) -> String {
    tr_with(lang, "No. {}", &[number])
}

/// Where those sign who file it: what they do.
pub fn signatures(lang: &Lang) -> [&'static str; 3] {
    [
        tr(lang, "Filed by:"),
        tr(lang, "Checked by:"),
        tr(lang, "Date:"),
    ]
}

/// It was written.
pub fn written(lang: &Lang, file: &str, name: &str, number: &str) -> String {
    tr_with(
        lang,
        "{0}: the report of “{1}”, {2}.",
        &[file, name, number],
    )
}
