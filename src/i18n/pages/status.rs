//! Words of following up a complaint.

use crate::domain::lang::Lang;
use crate::i18n::tr;

/// Words of following up a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
pub enum Following {
    Number,
    NumberHint,
    Look,
    Malformed,
    Unknown,
    Throttled,
    Busy,
    Closed,
    Standing,
    About,
    Replies,
    NoReply,
    YouAdded,
    Interim,
    Add,
    AddHint,
    Send,
    Added,
    Other,
    Aside,
    Full,
}

impl Following {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::Number => "Receipt number",
                Self::NumberHint => "16 digits, with or without spaces",
                Self::Look => "Look it up",
                Self::Malformed => "A receipt has 16 digits. Please check the number.",
                Self::Unknown => {
                    "There is no complaint with this number. Check each digit. Numbers stop working when the complaint is erased."
                }
                Self::Throttled => "Too many tries. Wait a minute, then try again.",
                Self::Busy => "Many people are asking just now. Try again in a minute.",
                Self::Closed => {
                    "Complaints cannot be looked up just now. Try again later, or ask a member of staff."
                }
                Self::Standing => "Where it stands",
                Self::About => "About",
                Self::Replies => "What the branch said",
                Self::NoReply => "No reply yet.",
                Self::YouAdded => "You added something.",
                Self::Interim => "Update: our answer is still to come",
                Self::Add => "Add something or answer",
                Self::AddHint => "5 to 2,000 characters",
                Self::Send => "Send",
                Self::Added => "What you added has been received.",
                Self::Other => "Look up another number",
                Self::Aside => {
                    "It came in with many others at once and was put aside. If you need an answer, add something below: then it is looked at."
                }
                Self::Full => {
                    "Nothing was sent: no more can be added here. Please tell a member of staff at the counter, or phone us."
                }
            },
        )
    }
}
