//! What is wrong in a file that a branch may edit: typed here, worded by `i18n`.

use serde::{Deserialize, Serialize};

/// One fault, with the place to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The file as it was named or found.
    pub file: String,
    /// Line in the file, counted from 1; none where the file as a whole is meant.
    pub line: Option<usize>,
    /// Dotted path of the key, such as `incident[3].step[1].command.en`; empty for the whole file.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// The file could not be read; the system's own words.
    Unreadable(String),
    /// Not TOML; the parser's own words.
    Syntax(String),
    /// A key that nobody reads; the keys that could have been meant.
    UnknownKey { known: Vec<String> },
    /// A key that must be there is not.
    Missing,
    /// A value of another kind than it must be; what it must be.
    WrongKind { expected: Kind },
    /// A text or list with nothing in it.
    Empty,
    /// A text lacks a language of the plan.
    MissingLanguage { language: String },
    /// The same id twice among its neighbours.
    DuplicateId { id: String },
    /// An id that is not lower-case letters, digits and hyphens.
    BadId { id: String },
    /// A name that nothing in the file defines; `what` says what was looked for.
    Unknown {
        what: Kind,
        name: String,
        known: Vec<String>,
    },
    /// A text longer than its place on the screen.
    TooLong {
        language: String,
        limit: usize,
        length: usize,
    },
    /// A number outside its range.
    OutOfRange { least: i64, most: i64 },
    /// A guide has too few or too many steps.
    StepCount {
        least: usize,
        most: usize,
        count: usize,
    },
    /// A telephone number with anything but digits, `+`, spaces, hyphens and an extension.
    BadNumber { number: String },
    /// A time zone that the IANA list does not hold.
    BadTimeZone { zone: String },
    /// A type of incident that the screen needs is missing.
    MissingIncident { id: String },
}

/// The kinds of value that a fault can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A piece of text.
    Text,
    /// A text in every language.
    Texts,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A date without a time.
    Date,
    /// A list.
    List,
    /// A table.
    Table,
    /// A clause of the plan.
    Clause,
    /// A contact role.
    Role,
    /// An incident class.
    Class,
    /// A principle.
    Principle,
    /// A language.
    Language,
    /// One of a fixed set of words.
    Word,
}
