//! Words of the complaint form and its answer.

use crate::domain::lang::Lang;
use crate::i18n::tr;

/// Words of the complaint form and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
pub enum Complaining {
    About,
    What,
    WhatHint,
    When,
    WhenHint,
    Whom,
    Wish,
    Name,
    Contact,
    Optional,
    Needed,
    You,
    YouLead,
    Plain,
    NoFirm,
    Nameless,
    Responsible,
    Reach,
    ConsentShort,
    Sensitive,
    Send,
    OtherWays,
    Phone,
    Fax,
    Email,
    Hotline,
    Mistakes,
    NoAbout,
    TooShort,
    Unreadable,
    TooLong,
    TooLongLine,
    NoConsent,
    Reopened,
    Received,
    Already,
    AlreadyLead,
    Receipt,
    Keep,
    FollowAt,
    FollowCode,
    Later,
    BusyLead,
    Closed,
    ClosedLead,
    NoFormLead,
}

impl Complaining {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::About => "What is it about?",
                Self::What => "What happened?",
                Self::WhatHint => "5 to 2,000 characters. Leave out passwords and account numbers.",
                Self::When => "When was it?",
                Self::WhenHint => "For example: this morning about 10",
                Self::Whom => "With whom, or at which counter?",
                Self::Wish => "What would put it right?",
                Self::Name => "Your name",
                Self::Contact => "Phone or e-mail",
                Self::Optional => "optional",
                Self::Needed => "required",
                Self::You => "You may stay anonymous",
                Self::YouLead => {
                    "Leave these empty if you like: your receipt still lets you follow up. Without a name we cannot look into an account; we can only note what you say."
                }
                Self::Plain => {
                    "This connection is not encrypted, so we do not ask who you are. Please write nothing that others must not see. Your receipt lets you follow up."
                }
                Self::NoFirm => {
                    "This tablet does not say yet which company is responsible for personal information, so we do not ask who you are. Please leave out names, phone numbers and account numbers. Your receipt lets you follow up."
                }
                Self::Nameless => {
                    "Without a name we cannot look into an account; we can only note what you say. If an account is to be looked into, speak to a member of staff."
                }
                Self::Responsible => "Responsible for your personal information",
                Self::Reach => "Contact about personal information",
                Self::ConsentShort => "Agreement",
                Self::Sensitive => {
                    "If I write sensitive personal information, such as health, identity papers or financial accounts, I separately agree that it is read for this purpose."
                }
                Self::Send => "Send the complaint",
                Self::OtherWays => "Other ways to complain",
                Self::Phone => "Phone",
                Self::Fax => "Fax",
                Self::Email => "E-mail",
                Self::Hotline => "Investor service line",
                Self::Mistakes => "Please look at this again",
                Self::NoAbout => "Choose what it is about.",
                Self::TooShort => "Say in at least 5 characters what happened.",
                Self::Unreadable => "Part of this cannot be read. Please write it again.",
                Self::TooLong => "Shorten it to 2,000 characters at most.",
                Self::TooLongLine => "Shorten it to 200 characters at most.",
                Self::NoConsent => "Tick this so that the branch may handle the complaint.",
                Self::Reopened => {
                    "This form was incomplete or too old. What you wrote is still here: check it and send it again."
                }
                Self::Received => "Your complaint has been received",
                Self::Already => "This complaint had been received already",
                Self::AlreadyLead => {
                    "It is recorded once, with this receipt. Add anything else on the follow-up page."
                }
                Self::Receipt => "Your receipt",
                Self::Keep => {
                    "Write this number down or take a picture of the screen. It cannot be shown or recovered later."
                }
                Self::FollowAt => "Follow up here with the number",
                Self::Later => "Please send it again later",
                Self::BusyLead => {
                    "Many people are sending something just now. What you wrote is still below: send it again in a minute."
                }
                Self::Closed => "No complaints can be taken in here just now.",
                Self::ClosedLead => {
                    "What you wrote is still below. Tell a member of staff, use one of the other ways, or send it again later."
                }
                Self::NoFormLead => "Tell a member of staff, or use one of the ways below.",
                Self::FollowCode => "Code of the page for following up",
            },
        )
    }
}
