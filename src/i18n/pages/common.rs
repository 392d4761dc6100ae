//! Words that all pages share.

use crate::i18n::tr;

/// Words that all pages share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Common {
    Title,
    Skip,
    Choices,
    WayOut,
    Numbers,
    Complain,
    FollowUp,
    Privacy,
    WayOutLead,
    NumbersLead,
    ComplainLead,
    FollowUpLead,
    Danger,
    Police,
    Fire,
    Ambulance,
    NotFound,
    NotFoundLead,
    TooLarge,
    TooLargeLead,
    NotAForm,
    NotAFormLead,
    Elsewhere,
    ElsewhereLead,
    Trouble,
    TroubleLead,
    Foot,
    Posters,
    PostersLead,
}

impl Common {
    /// These words in `lang`.
    pub fn say(self, lang: &str) -> &'static str {
        tr(
            lang,
            match self {
                Self::Title => "Emergency desk",
                Self::Skip => "Skip to the content",
                Self::Choices => "All choices",
                Self::WayOut => "How to get out",
                Self::Numbers => "Whom to call",
                Self::Complain => "Leave a complaint",
                Self::FollowUp => "Follow up a complaint",
                Self::Privacy => "Privacy notice",
                Self::WayOutLead => "Exits, assembly point, what to do",
                Self::NumbersLead => "Tap a number to call it",
                Self::ComplainLead => "Write to the branch; you need not say who you are",
                Self::FollowUpLead => "With the 16 digits of your receipt",
                Self::Danger => "In danger? Call at once:",
                Self::Police => "Police",
                Self::Fire => "Fire",
                Self::Ambulance => "Ambulance",
                Self::NotFound => "There is no such page",
                Self::NotFoundLead => "Choose one of these instead.",
                Self::TooLarge => "This is too long",
                Self::TooLargeLead => {
                    "Nothing was sent. Go back, shorten what you wrote to 2,000 characters, and send it again."
                }
                Self::NotAForm => "This could not be read as a form",
                Self::NotAFormLead => {
                    "Nothing was sent. Open the form again and send it from there."
                }
                Self::Elsewhere => "This was sent from another site",
                Self::ElsewhereLead => {
                    "Nothing was taken in. Open the page itself and try again from there."
                }
                Self::Trouble => "Nothing was saved",
                Self::TroubleLead => {
                    "The kiosk could not save it just now. Wait a minute and send it again: it will not be counted twice. Or tell a member of staff."
                }
                Self::Posters => "Posters to print",
                Self::PostersLead => {
                    "Print them on a PC of the branch, without scaling. The codes lead to the address that you opened here."
                }
                Self::Foot => "Kept on this branch's own device. No cookies, no tracking.",
            },
        )
    }
}
