//! How much fits: the longest text for each place on the screen, and the lengths of lists.
//!
//! From the design's visual rules (a command has at most 14 Chinese or 40 English characters, the
//! board has three places a class) and from what the other places hold at the 1280×800 baseline.

use std::ops::RangeInclusive;

/// A place on the screen that a text of the plan must fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSlot {
    /// The one huge sentence of a step.
    Command,
    /// The line below it.
    Detail,
    /// What to tell the person or the crowd.
    Say,
    /// What never to say.
    NeverSay,
    /// When a step applies.
    Condition,
    /// The button of an answer to a question.
    Answer,
    /// The chip of a quick note.
    Note,
    /// The chip of a reason.
    Reason,
    /// The chip of an outcome.
    Outcome,
    /// How to recognise an incident.
    Cue,
    /// The heading of a class.
    ClassName,
    /// The short form of a principle.
    PrincipleName,
    /// The name of a role.
    RoleName,
    /// When to call a role.
    RoleWhen,
    /// The name of an incident type, public or not.
    IncidentName,
    /// The words on a board button.
    Button,
    /// One question of those to expect on the telephone.
    Ask,
    /// What the tablet tells customers when it is turned to them: read from across the lobby, so
    /// each line is a sentence of its own.
    PublicNotice,
    /// The chip of a hazard.
    Hazard,
    /// One command of the evacuation, which stands across the whole screen.
    Order,
    /// The chip of a reply to a complaint.
    ReplyName,
    /// The reply itself, which stands beneath the chips before it is sent.
    ReplyWords,
    /// The chip of a settlement.
    Settlement,
    /// What the police are told of a type, in the few bytes of a text message.
    PoliceWords,
    /// The short name of somebody of the crew.
    CrewName,
    /// One line of the card that somebody of the crew goes by.
    CardLine,
    /// The button of a first-aid card, and the words over the card.
    AidName,
    /// One line of it, in large letters.
    AidLine,
    /// What it says never to do.
    AidNever,
    /// When it says to call 120.
    AidCall,
}

/// How much a place holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The most characters on one line of the text as it is written.
    pub characters: usize,
    /// The most lines that the text itself may break into; 1 where it may not break.
    pub lines: usize,
}

impl TextSlot {
    /// What the place holds in `language`: full-width scripts have limits of their own.
    pub fn limit(self, language: &str) -> Limit {
        let ((full, full_lines), (other, other_lines)) = self.table();
        let (characters, lines) = if is_full_width(language) {
            (full, full_lines)
        } else {
            (other, other_lines)
        };
        Limit { characters, lines }
    }

    /// `(characters, lines)` in full-width scripts, then in others.
    const fn table(self) -> ((usize, usize), (usize, usize)) {
        match self {
            Self::Command => ((14, 1), (40, 1)),
            Self::Detail => ((40, 1), (100, 1)),
            Self::Say => ((32, 1), (84, 1)),
            Self::NeverSay => ((26, 1), (70, 1)),
            Self::Condition => ((12, 1), (36, 1)),
            Self::Answer => ((9, 1), (26, 1)),
            Self::Note => ((6, 1), (18, 1)),
            Self::Reason => ((7, 1), (20, 1)),
            Self::Outcome => ((7, 1), (22, 1)),
            Self::Cue => ((40, 1), (110, 1)),
            Self::ClassName => ((6, 1), (18, 1)),
            Self::PrincipleName => ((5, 1), (20, 1)),
            Self::RoleName => ((8, 1), (24, 1)),
            Self::RoleWhen => ((30, 1), (80, 1)),
            Self::IncidentName => ((8, 1), (24, 1)),
            Self::Button => ((5, 2), (11, 3)),
            Self::Ask => ((16, 1), (48, 1)),
            Self::PublicNotice => ((20, 3), (54, 3)),
            Self::Hazard => ((5, 1), (16, 1)),
            Self::Order => ((14, 1), (40, 1)),
            Self::ReplyName => ((7, 1), (22, 1)),
            Self::ReplyWords => ((90, 1), (240, 1)),
            Self::Settlement => ((9, 1), (30, 1)),
            Self::PoliceWords => ((12, 1), (40, 1)),
            Self::CrewName => ((4, 1), (12, 1)),
            Self::CardLine => ((14, 1), (40, 1)),
            Self::AidName => ((6, 1), (16, 1)),
            Self::AidLine => ((20, 1), (46, 1)),
            Self::AidNever | Self::AidCall => ((24, 1), (64, 1)),
        }
    }
}

/// Whether a language is written in full-width characters, each as wide as high.
fn is_full_width(language: &str) -> bool {
    ["zh", "ja", "ko"]
        .iter()
        .any(|tag| language == *tag || language.starts_with(&format!("{tag}_")))
}

/// Steps of one guide: at least so many in all, at most so many on the spot.
pub const STEPS: RangeInclusive<usize> = 5..=9;
/// Follow-ups that a guide may have besides as many steps on the spot as there may be.
pub const FOLLOW_UPS: usize = 3;
/// Classes, each a column of the board.
pub const CLASSES: RangeInclusive<usize> = 1..=5;
/// Incident types of one class, each a place in its column.
pub const TYPES_A_CLASS: usize = 3;
/// The branch's name, which stands in one or two lines at the head of the board.
pub const NAME_CHARACTERS: usize = 30;
/// Outcomes to close an incident with, which share one screen.
pub const OUTCOMES: RangeInclusive<usize> = 1..=12;
/// Reasons of one kind, which share one row of the guide.
pub const REASONS: RangeInclusive<usize> = 1..=5;
/// Quick notes of one incident type, which share that row too.
pub const NOTES: RangeInclusive<usize> = 0..=5;
/// Answers to one question, which share the place of the step's controls and chips.
pub const ANSWERS: RangeInclusive<usize> = 2..=8;
/// Questions of one guide: more cost more time than they save.
pub const QUESTIONS: RangeInclusive<usize> = 0..=3;
/// Roles to call for one step, each a card beside it.
pub const CONTACTS: RangeInclusive<usize> = 0..=3;
/// Cards that a guide keeps from its first step, beside those of the step.
pub const CARDS: RangeInclusive<usize> = 0..=3;
/// What comes by itself in one guide.
pub const PROMPTS: RangeInclusive<usize> = 0..=4;
/// Types behind "other incident", the buttons of one page.
pub const BEHIND: RangeInclusive<usize> = 0..=12;
/// Questions to expect of one role, beside its number.
pub const ASK: RangeInclusive<usize> = 0..=4;
/// Hazards to evacuate from, chips of one row.
pub const HAZARDS: RangeInclusive<usize> = 1..=5;
/// Commands of one hazard, called one after the other.
pub const ORDERS: RangeInclusive<usize> = 1..=3;
/// Commands of one hazard that the staff's face alone shows.
pub const STAFF_ORDERS: RangeInclusive<usize> = 1..=3;
/// Floors above ground, and as many below, where somebody may be left behind: chips of two rows.
pub const FLOORS: RangeInclusive<usize> = 0..=3;
/// The name of a floor, in two lines of a chip.
pub const FLOOR_CHARACTERS: usize = 10;
/// Sweeps of an evacuation, which share one screen.
pub const SWEEPS: RangeInclusive<usize> = 1..=7;
/// Replies to a complaint, chips of one screen.
pub const REPLIES: RangeInclusive<usize> = 1..=8;
/// Settlements of a complaint, chips of one screen.
pub const SETTLEMENTS: RangeInclusive<usize> = 1..=8;
/// Those a step can be handed to, a tab each on the screen of their cards.
pub const CREW: RangeInclusive<usize> = 1..=6;
/// Lines of one card: what a person keeps in mind while running.
pub const CARD_LINES: RangeInclusive<usize> = 3..=6;
/// Bytes of one card in one language, name and line ends included: a code of so many is read by a
/// cheap phone from an arm's length.
pub const CARD_BYTES: usize = 180;
/// Telephone numbers of one role in `kiosk.toml`: more than anybody tries one after the other.
pub const NUMBERS: RangeInclusive<usize> = 0..=9;
/// Seconds that a deadline may give: up to 30 days.
pub const WITHIN_SECONDS: RangeInclusive<i64> = 1..=2_592_000;
/// Seconds that the deadline of a step gives that a life depends on.
pub const VITAL_SECONDS: RangeInclusive<i64> = 1..=120;
/// First-aid cards of a plan.
pub const AIDS: RangeInclusive<usize> = 1..=12;
/// Lines of one, which share its screen.
pub const AID_LINES: RangeInclusive<usize> = 1..=5;
/// First-aid cards of one step, each a button beside it.
pub const AIDS_A_STEP: RangeInclusive<usize> = 0..=3;
/// Days between two times of a duty: up to ten years.
pub const EVERY_DAYS: RangeInclusive<i64> = 1..=3660;
/// Additions to one complaint by its writer: more than any exchange has had.
pub const ADDITIONS: usize = 50;
/// Characters of all additions to one complaint together.
pub const ADDITION_CHARACTERS: usize = 20_000;
/// Days of one list of the calendar: more than ten years have.
pub const CALENDAR_DAYS: RangeInclusive<usize> = 0..=400;
/// Bytes of the address that phones open, so that the address of every page of it stays within
/// the 60 that its code can hold.
pub const PUBLIC_URL_BYTES: usize = 45;
/// Characters of an id, which becomes part of accessible ids and journal entries.
pub const ID_CHARACTERS: usize = 40;
/// Characters of a value in `kiosk.toml`.
pub const SETTING_CHARACTERS: usize = 100;

/// The first character of `words` that has no business in a text: control characters, and the
/// marks that turn the reading direction or are invisible. A line break is one of them unless
/// `breaks` allows it.
pub fn bad_character(words: &str, breaks: bool) -> Option<char> {
    words.chars().find(|&c| {
        (c.is_control() && !(breaks && c == '\n'))
            || matches!(c,
                '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}')
    })
}
