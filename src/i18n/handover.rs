//! What the rescuers are handed: the facts in lines of a label and words, and the same as plain text
//! for a code that needs no network.

use chrono::{DateTime, Utc};

use super::screen::time_of_day;
use super::text_util::{shorten, tidy};
use super::{evacuation, resuscitation, tr, tr_with};
use crate::config::settings::Branch;
use crate::domain::dial;
use crate::domain::handover::{Act, Done};
use crate::domain::lang::Lang;
use crate::domain::plan::Text;
use crate::domain::roll::MissingPerson;

/// The most bytes of the code's text: what a branch has filled in as it is commonly written. It is read
/// close up off a clean screen, from 65 modules of five dots each, which a cheap phone tells apart.
pub const CODE_BYTES: usize = 280;
const ROOM: usize = CODE_BYTES - dial::MARK_BYTES;
/// The most bytes of one value in the code: no long address takes the room of all else.
const VALUE_BYTES: usize = 75;
/// Of who is missing: lives depend on each of them.
const MISSING_BYTES: usize = 150;

/// What is known of one incident.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The branch it happens in.
    pub branch: &'a Branch,
    /// What it is called where anybody may read it.
    pub what: &'a Text,
    /// When it began.
    pub since: DateTime<Utc>,
    /// The hazard that people leave for, as anybody may read it.
    pub hazard: Option<&'a Text>,
    /// People counted outside, and those missing where somebody has said so; none where nobody
    /// had to leave.
    pub heads: Option<(u32, Option<u32>)>,
    /// Those of them of whom more is known.
    pub missing: &'a [MissingPerson],
    /// Whether whoever comes needs to know of the building.
    pub building: bool,
    /// What was done.
    pub acts: &'a [Act<'a>],
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about; for what was done, its time.
    pub label: String,
    /// What there is to know.
    pub words: String,
}

/// The facts, those that whoever comes asks for first; what a branch has not filled in is left out.
pub fn facts(lang: &Lang, facts: &Facts<'_>) -> Vec<Line> {
    let branch = facts.branch;
    let line = |label: &str, words: String| {
        Some(Line {
            label: label.to_owned(),
            words,
        })
    };
    let time = time_of_day(facts.since, branch.time_zone);
    [
        line(
            tr(lang, "What"),
            tr_with(lang, "{0}, since {1}", &[facts.what.in_lang(lang), &time]),
        ),
        facts
            .heads
            .and_then(|(out, missing)| line(tr(lang, "People"), heads(lang, out, missing))),
        (!facts.missing.is_empty())
            .then(|| missing(lang, facts.missing))
            .and_then(|words| line(tr(lang, "Missing"), words)),
        // A fire because of a fire says nothing.
        facts
            .hazard
            .filter(|hazard| hazard.in_lang(lang) != facts.what.in_lang(lang))
            .and_then(|hazard| line(tr(lang, "Cause"), hazard.in_lang(lang).to_owned())),
        place(branch).and_then(|words| line(tr(lang, "Address"), words)),
    ]
    .into_iter()
    .chain(
        facts
            .building
            .then(|| building(lang, branch))
            .into_iter()
            .flatten(),
    )
    .flatten()
    .collect()
}

/// What there is to know of the building.
fn building(lang: &Lang, branch: &Branch) -> [Option<Line>; 5] {
    [
        (tr(lang, "Hazards"), &branch.site_hazards),
        (tr(lang, "Keys"), &branch.key_holder),
        (tr(lang, "Power off"), &branch.power_shutoff),
        (tr(lang, "Gas off"), &branch.gas_shutoff),
        (tr(lang, "Water off"), &branch.water_shutoff),
    ]
    .map(|(label, value)| {
        let words = tidy(value.as_deref())?;
        let label = label.to_owned();
        Some(Line { label, words })
    })
}

/// What was done, with the time of each, the first first.
pub fn acts(lang: &Lang, facts: &Facts<'_>) -> Vec<Line> {
    let zone = facts.branch.time_zone;
    let line = |act: &Act<'_>| Line {
        label: time_of_day(act.at, zone),
        words: act_words(lang, act.what),
    };
    facts.acts.iter().map(line).collect()
}

fn act_words(lang: &Lang, what: Done<'_>) -> String {
    match what {
        Done::Step(words) | Done::Answer(words) => words.in_lang(lang).to_owned(),
        Done::Begun(words) => tr_with(lang, "{} (under way)", &[words.in_lang(lang)]),
        Done::Reached(name) => tr_with(lang, "Called {}: answered", &[name.in_lang(lang)]),
        Done::NotReached(name) => tr_with(lang, "Called {}: no answer", &[name.in_lang(lang)]),
        Done::Evacuation => tr(lang, "Everybody told to leave").to_owned(),
        Done::AllClear => tr(lang, "All clear").to_owned(),
        Done::Resuscitation(event) => resuscitation::event(lang, event).what,
    }
}

/// Who is missing, and where each was last seen.
fn missing(lang: &Lang, people: &[MissingPerson]) -> String {
    let people: Vec<String> = (people.iter())
        .map(|one| evacuation::missing_person(lang, one))
        .collect();
    people.join(tr(lang, "; "))
}

fn heads(lang: &Lang, out: u32, missing: Option<u32>) -> String {
    let counted = evacuation::heads(lang, out, None, missing);
    match missing {
        Some(0) => [&counted, " · ", evacuation::nobody_missing(lang)].concat(),
        Some(_) => counted,
        None => [&counted, " · ", evacuation::missing_unknown(lang)].concat(),
    }
}

/// Where to come, and which way in.
fn place(branch: &Branch) -> Option<String> {
    let parts: Vec<String> = [
        &branch.address,
        &branch.floor,
        &branch.entrance,
        &branch.landmark,
    ]
    .into_iter()
    .filter_map(|one| tidy(one.as_deref()))
    .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The same as plain text of at most [`CODE_BYTES`]: the facts first, then as much of what was done as
/// fits, in its order: the latest is the last to be left out.
pub fn plain_text(lang: &Lang, all: &Facts<'_>) -> String {
    let worded = |line: &Line| {
        let is_missing = line.label == tr(lang, "Missing");
        let most = if is_missing {
            MISSING_BYTES
        } else {
            VALUE_BYTES
        };
        let words = shorten(&line.words, most);
        [line.label.as_str(), " ", &words].concat()
    };
    let mut left = ROOM;
    let mut fits = |line: &String| {
        let fits = line.len() < left;
        if fits {
            left -= line.len() + 1;
        }
        fits
    };
    let facts = facts(lang, all);
    let mut lines: Vec<String> = facts.iter().map(worded).filter(&mut fits).collect();
    let acts = acts(lang, all);
    let latest = acts.iter().rev().map(worded).take_while(&mut fits);
    let latest: Vec<String> = latest.collect();
    lines.extend(latest.into_iter().rev());
    dial::unmistakable(&lines.join("\n"))
}
