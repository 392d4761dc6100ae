//! Words that all pages share.

use crate::domain::lang::Lang;
use crate::i18n::tr;

/// Words that all pages share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
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
    DangerOutside,
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
    PosterBusy,
    Later,
    NoAddress,
    NoAddressLead,
    Misdirected,
    MisdirectedLead,
    MisdirectedStaff,
    Broken,
    BrokenLead,
}

impl Common {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::Title => "Lobby emergency kiosk",
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
                Self::DangerOutside => "Once you are outside, call:",
                Self::Police => "Police",
                Self::Fire => "Fire",
                Self::Ambulance => "Ambulance",
                Self::NotFound => "There is no such page",
                Self::NotFoundLead => "Choose one of these instead.",
                Self::TooLarge => "This is too long",
                Self::TooLargeLead => {
                    "Nothing was sent. Go back, shorten what you wrote to 2,000 characters, and send it again."
                }
                Self::NotAForm => "We could not read what was sent",
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
                    "Print them on a PC of the branch, without scaling. The codes lead to this address:"
                }
                Self::PosterBusy => {
                    "Other posters are being made just now. Wait a few seconds, then ask for this one again."
                }
                Self::Later => "Please try again in a moment",
                Self::NoAddress => "There is no address to print",
                Self::NoAddressLead => {
                    "The tablet is in no network that phones could be in. Connect it, or set public_url in kiosk.toml."
                }
                Self::Misdirected => "The kiosk does not know this address",
                Self::MisdirectedLead => {
                    "Scan the code on the kiosk or on a poster again. Nothing was sent."
                }
                Self::MisdirectedStaff => {
                    "For the staff: to use a name of your own, enter it as hosts or public_url under [web] in kiosk.toml."
                }
                Self::Broken => "This page could not be made",
                Self::BrokenLead => {
                    "Please open it again. If that does not help, tell a member of staff."
                }
                Self::Foot => "Kept on this branch's own device. No cookies, no tracking.",
            },
        )
    }
}
