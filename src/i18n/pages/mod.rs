//! The words of the pages that customers open on their phones.

mod common;
mod complaint;
mod evacuate;
pub mod phone;
mod privacy;
pub mod staff;
mod status;
pub mod trouble;

use chrono::{Duration, NaiveDate};

pub use common::Common;
pub use complaint::Complaining;
pub use evacuate::Leaving;
pub use phone::Phoning;
pub use privacy::Privacy;
pub use staff::Staffing;
pub use status::Following;

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// When the plan was last revised.
pub fn revised(lang: &Lang, day: NaiveDate) -> String {
    tr_with(lang, "Emergency plan of {}", &[&day.to_string()])
}

/// When a complaint came in.
pub fn received_at(lang: &Lang, time: &str) -> String {
    tr_with(lang, "Received on {}", &[time])
}

/// By when somebody takes it up.
pub fn accepted_by(lang: &Lang, day: NaiveDate) -> String {
    tr_with(
        lang,
        "We will tell you by {} whether we accept it.",
        &[&day.to_string()],
    )
}

/// By when it is answered.
pub fn answered_by(lang: &Lang, day: NaiveDate) -> String {
    tr_with(
        lang,
        "We will answer by {} at the latest.",
        &[&day.to_string()],
    )
}

/// Why the days were moved.
pub fn because(lang: &Lang, reason: &str) -> String {
    tr_with(lang, "Why: {}", &[reason])
}

/// What a customer agrees to: that this company uses what they write; none where nobody has
/// entered which one it is.
pub fn consent(lang: &Lang, firm: Option<&str>) -> String {
    match firm {
        Some(firm) => tr_with(
            lang,
            "I have read the privacy notice and agree that {} uses what I write to handle this complaint.",
            &[firm],
        ),
        None => tr(
            lang,
            "I have read the privacy notice and agree that the company uses what I write to handle this complaint.",
        )
        .to_owned(),
    }
}

/// How long what was written is kept; none where the branch has set no number of years.
pub fn kept_for(lang: &Lang, years: Option<u32>) -> String {
    match years {
        Some(years) => tr_with(
            lang,
            "{} years after the complaint is settled. After that it is erased within a few weeks, unless a law or an inquiry requires it to be kept longer. Sooner if you ask for it and no law stands against it.",
            &[&years.to_string()],
        ),
        None => tr(
            lang,
            "As long as the law and the rules of our firm require. Records of securities business are kept for twenty years at least (Securities Law, article 137). It is not erased by itself. You may ask us to erase it, and we do unless a law stands against it.",
        )
        .to_owned(),
    }
}

/// That much has come from one network, and how long to wait.
pub fn too_many(lang: &Lang, wait: Duration) -> String {
    let minutes = (wait.num_seconds() + 59) / 60;
    tr_with(
        lang,
        "Much has been sent from this network in a short time. What you wrote is still here: send it again in {} min, or tell a member of staff.",
        &[&minutes.max(1).to_string()],
    )
}

/// Since when people are leaving.
pub fn leaving_since(lang: &Lang, time: &str) -> String {
    tr_with(lang, "Since {}", &[time])
}

/// A reply with its time.
pub fn replied_at(lang: &Lang, time: &str) -> String {
    tr_with(lang, "On {}", &[time])
}

/// The names of exits in a line.
pub fn gap(lang: &Lang) -> &'static str {
    tr(lang, ", ")
}

/// A remark behind a name.
pub fn in_brackets(lang: &Lang, words: &str) -> String {
    tr_with(lang, "({})", &[words])
}

/// A field and what is wrong with it.
pub fn with(lang: &Lang, field: &str, words: &str) -> String {
    tr_with(lang, "{0}: {1}", &[field, words])
}
