//! Words of the pages that a link opens on somebody's own phone.

use crate::domain::incident::Field;
use crate::domain::lang::Lang;
use crate::i18n::{tr, tr_with};

/// Words of the pages that a link opens on somebody's own phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
pub enum Phoning {
    Offer,
    OfferLead,
    OfferOnce,
    Take,
    Plain,
    OnTablet,
    Renew,
    Now,
    Say,
    NeverSay,
    OnlyIf,
    Done,
    Approved,
    Begun,
    Holds,
    Back,
    Next,
    Nothing,
    Over,
    Call,
    Notes,
    NotesHint,
    About,
    Write,
    Written,
    WrittenLead,
    NoneWritten,
    Erased,
    Recorded,
    RecordedLead,
    Before,
    Passed,
    NotRecorded,
    NotRecordedLead,
    Empty,
    TooLong,
    Unreadable,
    Full,
    Wait,
    Silent,
    Photo,
    PhotoHint,
    SendPhoto,
    NoPhoto,
    NotAPhoto,
    Heic,
    PhotoTooLarge,
    PhotoNotRecorded,
    PhotoWait,
    Complaint,
    Customer,
    CustomerLater,
    Unread,
    NewLink,
    StaffNote,
    Record,
    Counter,
    CounterLead,
    CounterTaken,
    CounterReceipt,
    CounterAnother,
}

impl Phoning {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::Offer => "Continue on this phone",
                Self::OfferLead => {
                    "For staff: this opens the one thing that was chosen on the tablet, on this phone alone."
                }
                Self::OfferOnce => {
                    "Open it in the browser that you want to use: afterwards the link is no good anywhere else."
                }
                Self::Take => "Use this phone",
                Self::Plain => {
                    "This connection is not encrypted: somebody in the same network could read along. Write no names, phone numbers or account numbers."
                }
                Self::OnTablet => "On the tablet alone: this connection is not encrypted.",
                Self::Renew => "Show the latest",
                Self::Now => "Now",
                Self::Say => "Say",
                Self::NeverSay => "Never",
                Self::OnlyIf => "Only if",
                Self::Done => "Done",
                Self::Approved => "Approved: done",
                Self::Begun => "Begun",
                Self::Holds => "It is so",
                Self::Back => "Back one step",
                Self::Next => "What comes next",
                Self::Nothing => "All steps are settled.",
                Self::Over => "This incident is closed. You can still write down what you saw.",
                Self::Call => "Call",
                Self::Notes => "Write a note",
                Self::NotesHint => {
                    "Any language, up to 2,000 characters. Only the unlocked staff area shows it again."
                }
                Self::About => "About",
                Self::Write => "Record it",
                Self::Written => "Written on this phone",
                Self::WrittenLead => "What was recorded is sealed: this page cannot show it again.",
                Self::NoneWritten => "Nothing yet.",
                Self::Erased => "erased",
                Self::Recorded => "Recorded",
                Self::RecordedLead => "It is on the tablet.",
                Self::Before => "It was recorded already, and is there once.",
                Self::Passed => {
                    "Nothing was changed: the guide on the tablet is at another step by now. The latest is below."
                }
                Self::NotRecorded => "Not recorded",
                Self::NotRecordedLead => {
                    "The tablet could not write it down just now. What you wrote is still here: send it again. It is never recorded twice."
                }
                Self::Empty => "Write something first.",
                Self::TooLong => "At most 2,000 characters: send it in two parts.",
                Self::Unreadable => "Some of it did not arrive as text. Write it again.",
                Self::Full => {
                    "Nothing was recorded: this link holds no more notes. Make a new one on the tablet."
                }
                Self::Wait => {
                    "Much has been sent in a short time. What you wrote is still here: wait a minute and send it again."
                }
                Self::Silent => {
                    "The tablet did not answer. Look at its screen, and do the step there."
                }
                Self::Photo => "Add a photo",
                Self::PhotoHint => {
                    "JPEG, PNG or WebP. Where it was taken and on which phone is not kept."
                }
                Self::SendPhoto => "Send the photo",
                Self::NoPhoto => "Choose a photo first.",
                Self::NotAPhoto => {
                    "This file cannot be read as a photo. Choose a JPEG, PNG or WebP file."
                }
                Self::Heic => {
                    "This photo is in Apple's HEIC format. Set the phone's camera to “Most Compatible” (Settings, Camera, Formats) and take it again, or send a screenshot of it."
                }
                Self::PhotoTooLarge => {
                    "This photo is too large: at most 16 MB and 64 million pixels. Send a screenshot of it, or take it again with a lower setting."
                }
                Self::PhotoNotRecorded => {
                    "The tablet could not take the photo in just now. Choose it again and send it."
                }
                Self::PhotoWait => {
                    "Much has been sent in a short time. Wait a minute, choose the photo again and send it."
                }
                Self::Complaint => "Complaint",
                Self::Customer => "What the customer wrote",
                Self::CustomerLater => "Added by the customer",
                Self::Unread => "This came after the link was made.",
                Self::NewLink => "Make a new link on the tablet to read it.",
                Self::StaffNote => "A note for the branch",
                Self::Record => "Record",
                Self::Counter => "Complaint told at the counter",
                Self::CounterLead => {
                    "Write down what the customer tells you or has on paper, in their words. Read it back to them before you send it."
                }
                Self::CounterTaken => "The complaint is recorded",
                Self::CounterReceipt => {
                    "Give the customer this number and the address below: write them down, or show the code."
                }
                Self::CounterAnother => "Enter another complaint",
            },
        )
    }
}

/// What words about an incident are about.
pub fn field(lang: &Lang, field: Field) -> &'static str {
    tr(
        lang,
        match field {
            Field::Note => "Note",
            Field::Course => "How it went",
            Field::Features => "What the person looked like",
            Field::Feedback => "What customers said",
            Field::Losses => "Losses and damage",
            Field::Injuries => "Who was hurt",
            Field::Photo => "Photo",
        },
    )
}

/// Since when something goes on.
pub fn since(lang: &Lang, time: &str) -> String {
    tr_with(lang, "Since {}", &[time])
}

/// How long the page is good for, as its last line.
pub fn good_until(lang: &Lang, time: &str) -> String {
    tr_with(lang, "On this phone alone, until {}", &[time])
}

/// Something that was written: when, what about and how much.
pub fn written(lang: &Lang, time: &str, field: &str, characters: usize) -> String {
    tr_with(
        lang,
        "{0} · {1} · {2} characters",
        &[time, field, &characters.to_string()],
    )
}

/// A complaint by what it is about and when it came.
pub fn complaint_of(lang: &Lang, about: &str, time: &str) -> String {
    tr_with(lang, "{0}, received on {1}", &[about, time])
}
