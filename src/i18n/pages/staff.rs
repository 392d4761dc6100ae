//! Words of the pages that the branch's PCs read records, statistics and complaints on.

use crate::domain::lang::Lang;
use crate::i18n::{tr, tr_with};

/// Words of the staff pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
pub enum Staffing {
    Title,
    Lead,
    How,
    Code,
    CodeHint,
    Open,
    WrongCode,
    Over,
    Pages,
    Records,
    Statistics,
    Complaints,
    Leave,
    Which,
    Type,
    AllTypes,
    Month,
    AllMonths,
    Show,
    Newer,
    Older,
    Started,
    Standing,
    NoRecords,
    Period,
    Everything,
    Months,
    Quarters,
    Years,
    Files,
    Pdf,
    Docx,
    BackToRecords,
    Sealed,
    SealedNotes,
    NoComplaints,
    NotMade,
    NotMadeLead,
}

impl Staffing {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::Title => "Staff pages",
                Self::Lead => {
                    "Records, statistics, reports and complaints of this branch, for its own staff."
                }
                Self::How => {
                    "On the tablet, in the unlocked staff area: “Phones”, then “A PC”. Type the 8 digits that it shows. No PIN is asked for here: never type one."
                }
                Self::Code => "Code from the tablet",
                Self::CodeHint => "8 digits, good for 5 minutes and for one PC",
                Self::Open => "Open the staff pages",
                Self::WrongCode => {
                    "This code is not right, or no longer good. Compare it with the tablet; after 5 wrong tries have a new one shown there."
                }
                Self::Over => {
                    "This PC is no longer paired: that ends after 8 hours, after 30 minutes without use, by a tap on the tablet, and when the tablet restarts."
                }
                Self::Pages => "Staff pages",
                Self::Records => "Records",
                Self::Statistics => "Statistics",
                Self::Complaints => "Complaint ledger",
                Self::Leave => "Sign this PC out",
                Self::Which => "Which records",
                Self::Type => "Type of incident",
                Self::AllTypes => "All types",
                Self::Month => "Month",
                Self::AllMonths => "All months",
                Self::Show => "Show these",
                Self::Newer => "Newer",
                Self::Older => "Older",
                Self::Started => "Started at",
                Self::Standing => "Status",
                Self::NoRecords => "There are no such records.",
                Self::Period => "Period of the statistics",
                Self::Everything => "Everything recorded",
                Self::Months => "Months",
                Self::Quarters => "Quarters",
                Self::Years => "Years",
                Self::Files => "Save or print it",
                Self::Pdf => "PDF file, to print and to file",
                Self::Docx => "Word document, to go on writing",
                Self::BackToRecords => "Back to the records",
                Self::Sealed => {
                    "What customers wrote is sealed, and no PC can open it: read it on the unlocked tablet."
                }
                Self::SealedNotes => {
                    "Notes and photos from phones are sealed, and no PC can open them: see the record on the unlocked tablet."
                }
                Self::NoComplaints => "No complaint has been received.",
                Self::NotMade => "This could not be made just now",
                Self::NotMadeLead => {
                    "Wait a moment and open it again. The records themselves are safe."
                }
            },
        )
    }
}

/// In whose name the PC reads, and for how long, as the last line of a page.
pub fn reader(lang: &Lang, who: &str, until: &str) -> String {
    tr_with(
        lang,
        "Paired by {0}, until {1} at the latest; after 30 minutes without use it ends.",
        &[who, until],
    )
}

/// Which complaints are shown, and of how many.
pub fn complaints(lang: &Lang, first: usize, shown: usize, all: usize) -> String {
    let (from, to) = ((first + 1).to_string(), (first + shown).to_string());
    tr_with(
        lang,
        "Complaints {0} to {1} of {2}",
        &[&from, &to, &all.to_string()],
    )
}
