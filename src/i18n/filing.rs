//! Words about reports that are made on the screen.

use super::journal::store_error;
use super::{document_file, seal, staff, tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::statistics::Period;
use crate::service::filing::{Filed, NotFiled};

/// What the file of statistics is called, before the time that they are of.
pub fn figures(lang: &Lang) -> &'static str {
    tr(lang, "Statistics")
}

/// A time in the name of a file, in every language: `2026`, `2026-Q4`, `2026-11`.
pub fn period(period: Period) -> String {
    match period {
        Period::All => "all".to_owned(),
        Period::Year(year) => format!("{year:04}"),
        Period::Quarter(quarter) => format!("{:04}-Q{}", quarter.year, quarter.quarter),
        Period::Month(month) => month.to_string(),
    }
}

/// It is being made.
pub fn making(lang: &Lang) -> &'static str {
    tr(lang, "The report is being made…")
}

/// Another one is.
pub fn another(lang: &Lang) -> &'static str {
    tr(lang, "Another report is being made. Tap again in a moment.")
}

/// What became of it.
pub fn filed(lang: &Lang, filed: &Filed) -> String {
    match filed {
        Filed::Lies(path) => tr_with(
            lang,
            "The report is ready: {}. Whoever looks after the tablet can copy it from there.",
            &[&path.display().to_string()],
        ),
        Filed::Failed(NotFiled::Store(error)) => store_error(lang, error),
        Filed::Failed(NotFiled::Shut(why)) => seal::shut(lang, why),
        Filed::Failed(NotFiled::NotMade(detail)) => document_file::not_made(lang, detail),
        Filed::Failed(NotFiled::NoThread(detail)) => staff::no_thread(lang, detail),
        Filed::Failed(NotFiled::NotWritten { folder, error }) => tr_with(
            lang,
            "The report could not be put into {0}: {1}. See whether that is a folder and the disk has room, then tap again.",
            &[&folder.display().to_string(), &error.to_string()],
        ),
    }
}
