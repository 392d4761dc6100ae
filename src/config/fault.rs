//! What is wrong in a file that a branch may edit: typed here, worded by `i18n`.

use serde::{Deserialize, Serialize};

use crate::domain::plan::Text;

/// One fault, with the place to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The file as it was named or found.
    pub file: String,
    /// Line in the file, counted from 1; none where the file as a whole is meant.
    pub line: Option<usize>,
    /// Dotted path of the key, such as `incident[3].step[1].command.en`, with places in lists
    /// counted from 1; empty for the whole file.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names of the fields say what they are")]
pub enum Problem {
    /// There is no file of this name.
    NotFound,
    /// The file could not be read; the system's own words.
    Unreadable(String),
    /// The file could not be written; the system's own words.
    Unwritable(String),
    /// More bytes than such a file can sensibly have; how many it may have.
    TooLarge { most: usize },
    /// Not UTF-8, as when an editor saved it as GBK.
    NotUtf8,
    /// Nothing in the file, as after a power cut in the middle of saving.
    EmptyFile,
    /// It ends where the last good one goes on, as after a save that was interrupted.
    CutOff,
    /// Not TOML; the parser's own words.
    Syntax(String),
    /// A sign that is not TOML in the place of one that is, such as a full-width comma: which
    /// character of the line it is, counted from 1, and what is wanted there, if anything.
    StraySign {
        column: usize,
        sign: char,
        wanted: Option<char>,
    },
    /// The same key, or the same table, a second time.
    DuplicateKey,
    /// A key that nobody reads; the keys that are read there.
    UnknownKey { key: String, known: Vec<String> },
    /// A key that must be there is not.
    Missing,
    /// A value of another kind than it must be; what it must be.
    WrongKind { expected: Kind },
    /// A text or list with nothing in it.
    Empty,
    /// A text lacks a language of the plan.
    MissingLanguage { language: String },
    /// A character that no screen or printer can show, such as a line break or a tab.
    BadCharacter { code: u32 },
    /// The same id twice among its neighbours; the line of the first one.
    DuplicateId { id: String, first: usize },
    /// An id that is not lower-case letters, digits and hyphens, or too long a one.
    BadId { id: String },
    /// A language tag of another shape than `en` or `zh_CN`.
    BadLanguage { tag: String },
    /// A name that nothing defines; `what` says what was looked for.
    Unknown {
        what: Kind,
        name: String,
        known: Vec<String>,
    },
    /// A text, or a line of it, longer than its place on the screen, in characters.
    TooLong { limit: usize, length: usize },
    /// More lines than the place on the screen has.
    TooManyLines { limit: usize, count: usize },
    /// A plan of the first form, in which every deadline counted from the start.
    OldForm,
    /// A prompt that comes neither again and again nor once, or both.
    OneRhythm,
    /// A number outside its range.
    OutOfRange { least: i64, most: i64 },
    /// A list has too few or too many members.
    Count {
        least: usize,
        most: usize,
        count: usize,
    },
    /// A guide has too few or too many steps.
    StepCount {
        least: usize,
        most: usize,
        count: usize,
    },
    /// With an answer a guide has too few or too many steps.
    WayStepCount {
        answer: String,
        least: usize,
        most: usize,
        count: usize,
    },
    /// With an answer nothing is done on the spot.
    NothingOnTheWay { answer: String },
    /// For somebody who is alone nothing is left to do on the spot; with an answer, where the guide asks.
    NothingAlone { answer: Option<String> },
    /// A step is left out for somebody who is alone, and cannot be.
    AloneSkips,
    /// A card is longer in a language than the code that holds it.
    CardBytes {
        language: String,
        most: usize,
        bytes: usize,
    },
    /// A question that is due after the event, when nothing follows any more.
    LateQuestion,
    /// Every step of a guide is a follow-up: nothing to do at once.
    NoOrdinaryStep,
    /// A class has no type of incident, or more than the board has places for.
    ClassSize { most: usize, count: usize },
    /// A type that stands beside the classes names one.
    ClassNotAllowed { id: String },
    /// A type of incident that the screen needs is missing.
    MissingIncident { id: String },
    /// A telephone number with anything but digits, `+`, spaces, hyphens and an extension.
    BadNumber { number: String },
    /// No e-mail address.
    BadEmail { address: String },
    /// No Chinese area code: three or four digits, the first a 0.
    BadAreaCode { code: String },
    /// A time zone that the IANA list does not hold.
    BadTimeZone { zone: String },
    /// A time zone whose sign says the opposite of what people read: `Etc/GMT+8` is eight hours
    /// behind UTC. The zone, and its distance from UTC as people write it.
    ReversedTimeZone { zone: String, utc: String },
    /// A time zone of no place: it reads like the branch's, and its clock is hours away.
    PlacelessTimeZone { zone: String },
    /// A place on the floor plan that is not two numbers; how many it is.
    BadPlace { count: usize },
    /// No address and port to listen at.
    BadListen { address: String },
    /// No name of a host: letters, digits, hyphens and dots.
    BadHost { host: String },
    /// No IP address, or one that no single machine has.
    BadAddress { address: String },
    /// No network as CIDR writes it, or one wider than any branch's; the network that was meant, where the
    /// address is that of one machine in it.
    BadNetwork {
        network: String,
        meant: Option<String>,
    },
    /// No address that a phone in the lobby can open.
    BadUrl { url: String },
    /// A setting that means nothing without another one, which is not there.
    Alone { other: String },
    /// A span that must not be longer than another one, and is.
    LongerThan { shorter: String, longer: String },
    /// A file that a setting names is not there.
    NoSuchFile { path: String },
    /// Neither a PNG nor an SVG that can be shown; the format found, or the decoder's own words.
    NotAPicture(String),
    /// A picture with more pixels than are unpacked; how many it may have.
    TooManyPixels { most: usize },
    /// A drawing that would take too long or too much memory.
    TooIntricate,
    /// A drawing that holds or names another picture, which is not followed.
    PictureInside,
    /// A picture on which nothing can be seen but one colour, written like `#ffffff`.
    OneColour { colour: String },
    /// Something in a drawing that is not drawn as its author means it, such as a rule of a style
    /// sheet or a name that nothing has; as it stands in the file.
    NotDrawn { what: String },
    /// A drawing with much of it white on white, or bright on nothing.
    LinesUnseen,
    /// Words of a drawing that nobody can see on the picture.
    WordsUnseen { words: String },
    /// A character that no typeface of the program has, and that is shown as a box.
    NoGlyph { sign: char },
    /// A sentence of an earlier built-in plan that was corrected since: no fault of the file, and
    /// yet somebody may be hurt by it.
    Corrected(Box<Correction>),
}

/// A corrected sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Id of the correction, which it keeps for ever.
    pub id: String,
    /// The sentence as it stood.
    pub old: Text,
    /// What the built-in plan says now.
    pub new: Text,
    /// Why.
    pub why: Text,
}

impl Problem {
    /// Whether the file is sound as it stands, and only something that it names is not there, or
    /// hardly what is meant: what else it says must not be lost for that.
    pub fn is_outside(&self) -> bool {
        matches!(
            self,
            Self::NoSuchFile { .. }
                | Self::NoGlyph { .. }
                | Self::PlacelessTimeZone { .. }
                | Self::Corrected(_)
                | Self::OldForm
        )
    }

    /// Whether the file is no TOML there.
    pub fn is_syntax(&self) -> bool {
        matches!(self, Self::Syntax(_) | Self::StraySign { .. })
    }

    /// Whether the file is sound with it: a corrected sentence that still stands, or an old form.
    pub fn is_advice(&self) -> bool {
        matches!(self, Self::Corrected(_) | Self::OldForm)
    }
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
    /// A list of tables, each under its `[[…]]` heading.
    Tables,
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
    /// An answer to an earlier question of the guide.
    Answer,
    /// One of the crew.
    Crew,
    /// A step of the same guide.
    Step,
    /// An outcome.
    Outcome,
    /// A first-aid card.
    Aid,
    /// One of a fixed set of words.
    Word,
}
