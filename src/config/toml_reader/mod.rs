//! A small reader over TOML for files that people edit by hand: it knows the line and the path
//! of every value, and collects what is wrong instead of stopping at the first of it.
//!
//! A file is read through [`read`], which hands its root to a function as a [`Section`]. Every
//! key is asked for by name; keys that nobody asked for are reported when their section is
//! dropped. A syntax error costs the statement it is in and nothing else (see [`recover`]).

mod item;
pub mod recover;
mod section;
mod stray;
mod texts;

use std::cell::RefCell;

use toml::de::DeTable;

use crate::config::fault::{Fault, Problem};
pub use item::Item;
pub use section::Section;
pub use texts::texts;

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line, counted from 1.
    pub line: usize,
    /// Dotted path of the key, with places in lists counted from 1; empty for the root.
    pub key: String,
}

/// Collects the faults of one file.
#[derive(Debug)]
pub struct Report {
    file: String,
    /// The byte at which each line starts.
    starts: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
    readings: RefCell<Vec<ReadAs>>,
}

/// A value that was understood otherwise than it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAs {
    /// Where it stands.
    pub place: Location,
    /// What stands there.
    pub written: String,
    /// What it was taken for.
    pub read: String,
}

impl Report {
    fn new(file: &str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            file: file.to_owned(),
            starts: std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
            faults: RefCell::default(),
            readings: RefCell::default(),
        }
    }

    /// The line that the byte `offset` is on, counted from 1.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// What was understood otherwise than it was written, in the order of the lines.
    pub fn readings(&self) -> Vec<ReadAs> {
        let mut readings = self.readings.borrow().clone();
        readings.sort_by_key(|one| one.place.line);
        readings
    }

    /// Notes that something is wrong at `place`.
    pub fn add(&self, place: &Location, problem: Problem) {
        self.faults.borrow_mut().push(Fault {
            file: self.file.clone(),
            line: Some(place.line),
            key: place.key.clone(),
            problem,
        });
    }
}

/// Reads `text` through `take` and returns what it made of it, with every fault by line. What
/// `take` made is sound only where there is no fault. `file` is the name that the faults carry.
pub fn read<T>(file: &str, text: &str, take: impl FnOnce(Section<'_>) -> T) -> (T, Vec<Fault>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return walk(Report::new(file, text), root.get_ref(), &[], text, take);
    }
    let recovered = recover::recover(text);
    let report = Report::new(file, &recovered.text);
    for broken in &recovered.broken {
        let place = Location {
            line: broken.line,
            key: String::new(),
        };
        report.add(&place, broken.problem.clone());
    }
    let (root, errors) = DeTable::parse_recoverable(&recovered.text);
    for error in errors {
        let span = error.span().unwrap_or_default();
        let line = report.line(span.start);
        // A table that extends a value which is none is met at its start and at its end.
        let seen = |fault: &Fault| fault.line == Some(line);
        if report.faults.borrow().iter().any(seen) {
            continue;
        }
        let (key, problem) = if error.message().starts_with("duplicate key") {
            let key = recovered.text.get(span).unwrap_or_default();
            (key.to_owned(), Problem::DuplicateKey)
        } else {
            (String::new(), Problem::Syntax(error.message().to_owned()))
        };
        report.add(&Location { line, key }, problem);
    }
    let (root, lost) = (root.get_ref(), &recovered.lost);
    walk(report, root, lost, &recovered.text, take)
}

/// Hands out the root and puts the faults in order, without those that only follow from the
/// statements on the `lost` lines.
fn walk<T>(
    report: Report,
    root: &DeTable<'_>,
    lost: &[usize],
    text: &str,
    take: impl FnOnce(Section<'_>) -> T,
) -> (T, Vec<Fault>) {
    let taken = take(Section::root(&report, root));
    let mut faults = report.faults.into_inner();
    if !lost.is_empty() {
        let lines: Vec<&str> = text.lines().collect();
        faults.retain(|fault| !follows_from(fault, lost, &lines));
    }
    faults.sort_by_key(|fault| fault.line);
    (taken, faults)
}

/// Whether `fault` is a key missed in a section that has lost a statement: most likely that one.
fn follows_from(fault: &Fault, lost: &[usize], lines: &[&str]) -> bool {
    let (Problem::Missing, Some(line)) = (&fault.problem, fault.line) else {
        return false;
    };
    // The section's own header does not end it; the root has none.
    let first = if fault.key.contains('.') {
        line + 1
    } else {
        line
    };
    let end = (first..=lines.len())
        .find(|line| lines[line - 1].trim_start().starts_with('['))
        .unwrap_or(lines.len() + 1);
    lost.iter().any(|line| (first..end).contains(line))
}
