//! The complaint form: what may be in its fields, and what is wrong with them.

use crate::domain::complaint::About;
use crate::domain::visible;
use crate::service::form_tokens::is_token;

/// Characters of what happened, and of what is added later.
pub const WORDS: std::ops::RangeInclusive<usize> = 5..=2000;
/// The most characters of a field of one line.
pub const LINE: usize = 200;
/// The name of the field that nobody sees: only a program fills it in.
pub const TRAP: &str = "homepage";

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What it is about.
    About,
    /// What happened.
    What,
    /// When.
    When,
    /// With whom, or where.
    Whom,
    /// What would put it right.
    Wish,
    /// The writer's name.
    Name,
    /// How to reach the writer.
    Contact,
    /// The agreement to the privacy notice.
    Consent,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was chosen, written or ticked.
    Missing,
    /// Fewer characters than say anything.
    Short,
    /// Too many characters.
    Long,
    /// Some of it came as bytes that are no text (not UTF-8).
    Unreadable,
}

/// What came with the form, as it is shown again where something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The one-time token; empty where it is missing or was tampered with.
    pub token: String,
    /// What it is about, where something known was chosen.
    pub about: Option<About>,
    /// What happened.
    pub what: String,
    /// When.
    pub when: String,
    /// With whom, or at which counter.
    pub whom: String,
    /// What would put it right.
    pub wish: String,
    /// The writer's name.
    pub name: String,
    /// How to reach the writer.
    pub contact: String,
    /// Agreed to the privacy notice.
    pub consent: bool,
    /// Agreed, separately, to sensitive personal data being read.
    pub sensitive: bool,
    /// The field that nobody sees was filled in.
    pub trapped: bool,
}

impl Form {
    /// Reads the fields of a form; of a field that comes twice, the first. Unknown ones are left
    /// out.
    pub fn read<K: AsRef<str>, V: AsRef<str>>(fields: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut form = Self::default();
        let mut seen = Vec::new();
        for (name, value) in fields {
            let (name, value) = (name.as_ref(), value.as_ref());
            let Some(known) = NAMES.iter().find(|known| **known == name) else {
                continue;
            };
            if seen.contains(known) {
                continue;
            }
            seen.push(known);
            match name {
                "token" if is_token(value) => value.clone_into(&mut form.token),
                "about" => form.about = About::of(value),
                "what" => form.what = tidy(value),
                "when" => form.when = tidy_line(value),
                "whom" => form.whom = tidy_line(value),
                "wish" => form.wish = tidy(value),
                "name" => form.name = tidy_line(value),
                "contact" => form.contact = tidy_line(value),
                "consent" => form.consent = value == AGREED,
                "sensitive" => form.sensitive = value == AGREED,
                TRAP => form.trapped = !value.is_empty(),
                _ => {}
            }
        }
        form
    }

    /// Everything that is wrong, in the order of the fields.
    pub fn faults(&self) -> Vec<(Field, Wrong)> {
        let mut faults = Vec::new();
        if self.about.is_none() {
            faults.push((Field::About, Wrong::Missing));
        }
        if let Some(wrong) = words(&self.what) {
            faults.push((Field::What, wrong));
        }
        let others = [
            (Field::When, &self.when, LINE),
            (Field::Whom, &self.whom, LINE),
            (Field::Wish, &self.wish, *WORDS.end()),
            (Field::Name, &self.name, LINE),
            (Field::Contact, &self.contact, LINE),
        ];
        for (field, text, most) in others {
            if is_unreadable(text) {
                faults.push((field, Wrong::Unreadable));
            } else if text.chars().count() > most {
                faults.push((field, Wrong::Long));
            }
        }
        if !self.consent {
            faults.push((Field::Consent, Wrong::Missing));
        }
        faults
    }
}

/// What a ticked box sends.
pub const AGREED: &str = "yes";

const NAMES: [&str; 11] = [
    "token",
    "about",
    "what",
    "when",
    "whom",
    "wish",
    "name",
    "contact",
    "consent",
    "sensitive",
    TRAP,
];

/// What is wrong with a text of many lines that must be there.
pub fn words(text: &str) -> Option<Wrong> {
    if is_unreadable(text) {
        return Some(Wrong::Unreadable);
    }
    match text.chars().count() {
        _ if visible::count(text) < *WORDS.start() => Some(Wrong::Short),
        count if count > *WORDS.end() => Some(Wrong::Long),
        _ => None,
    }
}

/// Whether there is something in it that stands for bytes that were no text.
fn is_unreadable(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER)
}

/// `text` as people mean it: lines end with a line feed, nothing stands around it, and there is
/// nothing in it that cannot be seen but changes what is read (control characters, marks that
/// turn the direction of writing round). What shows nothing at all is empty.
pub fn tidy(text: &str) -> String {
    if visible::is_blank(text) {
        return String::new();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let shown = text
        .chars()
        .filter(|c| !is_hidden(*c) || matches!(c, '\n' | '\t'));
    shown.collect::<String>().trim().to_owned()
}

/// The same for a field of one line.
pub fn tidy_line(text: &str) -> String {
    tidy(text).replace(['\n', '\t'], " ")
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
