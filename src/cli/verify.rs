//! `lobby-kiosk verify`: is the journal what the kiosk wrote?

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;

use crate::i18n::journal::{lies_aside, store_error, verdict};
use crate::service::journal_file;
use crate::service::records::Records;
use crate::service::{StoreError, Verdict};

/// Arguments of `verify`.
#[derive(Clone, Debug, clap::Args)]
pub struct VerifyArgs {}

/// Checks the journal of the data directory `data` and prints the finding in `lang`. Returns 0
/// where all is well, 1 where the chain breaks or anything beside it is not what it says.
///
/// # Errors
/// The journal cannot be read, or `out` not be written.
pub fn run(_args: &VerifyArgs, data: &Path, lang: &str, out: &mut dyn Write) -> anyhow::Result<u8> {
    let worded = |error: StoreError| anyhow!(store_error(lang, &error));
    for name in journal_file::aside(data) {
        writeln!(out, "{}", lies_aside(lang, &name))?;
    }
    let found = Records::open(data)
        .and_then(|records| records.verify())
        .map_err(worded)?;
    writeln!(out, "{}", verdict(lang, &found))?;
    Ok(match found {
        Verdict::Sound { .. } => 0,
        Verdict::Broken(_) | Verdict::Amiss(_) | Verdict::ListsDiffer { .. } => 1,
    })
}
