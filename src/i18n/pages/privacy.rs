//! Words of the privacy notice (PIPL 17).

use crate::domain::lang::Lang;
use crate::i18n::tr;

/// Words of the privacy notice (PIPL 17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
pub enum Privacy {
    Who,
    WhoWords,
    ReachBelow,
    ReachStaff,
    NoFirm,
    Why,
    WhyWords,
    What,
    WhatWords,
    Sensitive,
    SensitiveWords,
    Readers,
    ReadersWords,
    Long,
    Rights,
    RightsWords,
    Device,
    DeviceWords,
}

impl Privacy {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::Who => "Who we are",
                Self::WhoWords => {
                    "The company is responsible for what you write; the branch in whose lobby you scanned the code handles it."
                }
                Self::ReachBelow => "How to reach us is below.",
                Self::ReachStaff => "Ask a member of staff how to reach us.",
                Self::NoFirm => {
                    "Which company that is has not been entered on this tablet yet. Until it is, the form asks for no name and no contact."
                }
                Self::Why => "What for",
                Self::WhyWords => {
                    "To handle your complaint, to answer you and, where the law asks for it, to show how it was handled. For nothing else."
                }
                Self::What => "What we keep",
                Self::WhatWords => {
                    "What you write on the form and add later, and when. Name and contact only if you give them. No cookies, no location, no device data; network addresses only in memory, for minutes, against abuse."
                }
                Self::Sensitive => "Sensitive information",
                Self::SensitiveWords => {
                    "We do not ask for any. If you write about health, identity papers or financial accounts all the same, it is used only for this complaint and with your separate consent."
                }
                Self::Readers => "Who reads it",
                Self::ReadersWords => {
                    "The staff of the branch who handle complaints, behind a PIN. Departments of the firm and regulators only as far as your complaint needs them."
                }
                Self::Long => "How long",
                Self::Rights => "Your rights",
                Self::RightsWords => {
                    "You may ask to see, copy, correct or erase what you wrote, and withdraw your consent. Ask a member of staff or use the complaint line, with your receipt number. Erasing ends the handling and the receipt stops working."
                }
                Self::Device => "Where it is",
                Self::DeviceWords => {
                    "Encrypted on one device in this branch. It is not sent to any cloud service."
                }
            },
        )
    }
}
