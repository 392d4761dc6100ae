//! The way out of the building as plain text in a code: a phone needs no network to show it.

use super::text_util::{shorten, tidy};
use super::{tr, tr_with};
use crate::config::settings::{Branch, Settings};
use crate::domain::dial;
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;

/// The most bytes of one text: more makes modules that no cheap phone reads from two metres.
pub const CODE_BYTES: usize = 180;
/// What of them the words may take.
const ROOM: usize = CODE_BYTES - dial::MARK_BYTES;
/// The most bytes of a value of the branch's where the whole does not fit otherwise.
const VALUE_BYTES: usize = 60;
/// The most bytes of the branch's name: thirty Chinese characters.
const NAME_BYTES: usize = 90;

/// The numbers that stand in the text already.
const NATIONAL: [&str; 3] = ["110", "119", "120"];

/// The text for the evacuation codes, in one or two parts of at most [`CODE_BYTES`] each.
/// `numbers` are further `(name, number)` pairs that customers may read. What does not fit is
/// left out: the further numbers from the last, then the exits from the last.
pub fn codes(lang: &Lang, branch: &Branch, numbers: &[(&str, &str)]) -> Vec<String> {
    let texts = packed(lang, branch, numbers);
    texts.iter().map(|text| dial::unmistakable(text)).collect()
}

/// [`codes`] with the branch's own numbers that customers may read.
pub fn of_branch(lang: &Lang, plan: &Plan, settings: &Settings) -> Vec<String> {
    let numbers = settings.public_numbers(plan);
    let named: Vec<(&str, &str)> = numbers
        .iter()
        .filter(|one| one.own)
        // Nobody complains on the way out.
        .filter_map(|one| Some((one.role?.name.in_lang(lang), one.number)))
        .collect();
    codes(lang, &settings.branch, &named)
}

fn packed(lang: &Lang, branch: &Branch, numbers: &[(&str, &str)]) -> Vec<String> {
    if let Some(texts) = Guide::new(lang, branch, numbers, ROOM).texts(lang) {
        return texts;
    }
    let mut guide = Guide::new(lang, branch, numbers, VALUE_BYTES);
    loop {
        if let Some(texts) = guide.texts(lang) {
            return texts;
        }
        if guide.numbers.pop().is_none() && !guide.drop_exit() {
            // Not reached by a branch's values, which are all short here.
            return vec![shorten(&guide.title, ROOM)];
        }
    }
}

/// The whole of what is to be said, in lines.
struct Guide {
    title: String,
    command: String,
    exits: Vec<String>,
    no_exits: String,
    assembly: String,
    national: String,
    numbers: Vec<String>,
}

impl Guide {
    /// The lines, with no value of the branch's longer than `most` bytes.
    fn new(lang: &Lang, branch: &Branch, numbers: &[(&str, &str)], most: usize) -> Self {
        let value = |value: &str| tidy(Some(value)).map(|words| shorten(&words, most));
        let heading = tr(lang, "Way out");
        // In the title a name of the longest kind still leaves room for what to do.
        let title = branch
            .name
            .as_deref()
            .and_then(value)
            .map(|name| shorten(&name, NAME_BYTES.min(most * 3 / 4)));
        Self {
            title: title.map_or_else(
                || heading.to_owned(),
                |name| [heading, " · ", &name].concat(),
            ),
            command: tr(lang, "Follow the staff. Use the stairs, never a lift.").to_owned(),
            exits: (branch.exits.iter())
                .filter_map(|exit| value(&exit.name))
                .collect(),
            no_exits: tr(lang, "Follow the green exit signs.").to_owned(),
            assembly: branch
                .assembly_point
                .as_deref()
                .and_then(value)
                .map_or_else(
                    || tr(lang, "Gather in the open, away from the building.").to_owned(),
                    |place| tr_with(lang, "Gather at: {}", &[&place]),
                ),
            national: tr(lang, "Police 110, fire 119, ambulance 120").to_owned(),
            numbers: numbers
                .iter()
                .filter(|(_, number)| !NATIONAL.contains(&number.trim()))
                .filter_map(|(name, number)| Some([value(name)?, value(number)?].join(" ")))
                .collect(),
        }
    }

    /// Leaves out the last exit; the first one stays.
    fn drop_exit(&mut self) -> bool {
        self.exits.len() > 1 && self.exits.pop().is_some()
    }

    /// One text, or else two; none where that is not enough.
    fn texts(&self, lang: &Lang) -> Option<Vec<String>> {
        let mut whole = Page::new(self.title.clone());
        if self.parts().all(|part| whole.add(lang, &part)) {
            return Some(vec![whole.text]);
        }
        let mut pages = vec![
            Page::new([self.title.as_str(), " 1/2"].concat()),
            Page::new([tr(lang, "Way out"), " 2/2"].concat()),
        ];
        let mut at = 0;
        for part in self.parts() {
            while !pages.get_mut(at)?.add(lang, &part) {
                at += 1;
            }
        }
        Some(pages.into_iter().map(|page| page.text).collect())
    }

    /// What to say, in the order of doing it.
    fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let no_exits = self.exits.is_empty().then_some(&self.no_exits);
        let exits = self.exits.iter().map(|exit| Part::Exit(exit));
        let lines = [&self.assembly, &self.national];
        std::iter::once(&self.command)
            .chain(no_exits)
            .map(|line| Part::Line(line))
            .chain(exits)
            .chain(
                lines
                    .into_iter()
                    .chain(&self.numbers)
                    .map(|line| Part::Line(line)),
            )
    }
}

/// What stays whole.
enum Part<'a> {
    /// A line of its own.
    Line(&'a str),
    /// One exit, which shares a line with the others.
    Exit(&'a str),
}

/// The text of one code while it is filled.
struct Page {
    text: String,
    /// Whether the last line is the list of exits.
    in_exits: bool,
}

impl Page {
    fn new(title: String) -> Self {
        Self {
            text: shorten(&title, ROOM),
            in_exits: false,
        }
    }

    /// Adds `part` where it fits.
    fn add(&mut self, lang: &Lang, part: &Part<'_>) -> bool {
        let (more, in_exits) = match part {
            Part::Line(line) => (["\n", line].concat(), false),
            Part::Exit(exit) if self.in_exits => ([tr(lang, "; "), exit].concat(), true),
            Part::Exit(exit) => (["\n", &tr_with(lang, "Exits: {}", &[exit])].concat(), true),
        };
        let fits = self.text.len() + more.len() <= ROOM;
        if fits {
            self.text.push_str(&more);
            self.in_exits = in_exits;
        }
        fits
    }
}
