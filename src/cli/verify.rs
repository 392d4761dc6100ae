//! `lobby-kiosk verify`: is the journal what the kiosk wrote?

use std::io::Write;
use std::path::Path;

use anyhow::anyhow;

use super::own_files;
use crate::domain::lang::Lang;
use crate::i18n::journal::{newer, store_error, verdict};
use crate::own_file;
use crate::service::records::Records;
use crate::service::{StoreError, Verdict};

/// Arguments of `verify`.
#[derive(Clone, Debug, clap::Args)]
pub struct VerifyArgs {}

/// Checks the journal of the data directory `data` and prints the finding in `lang`. Returns 0
/// where all is well, 1 where the chain breaks, anything beside it is not what it says, or something
/// stands in the place of the kiosk's own files.
///
/// # Errors
/// The journal cannot be read, or `out` not be written.
pub fn run(
    _args: &VerifyArgs,
    data: &Path,
    lang: &Lang,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let worded = |error: StoreError| anyhow!(store_error(lang, &error));
    let in_the_way = own_file::obstructed(data);
    own_files::write(data, &in_the_way, lang, out)?;
    let records = Records::open(data).map_err(worded)?;
    let found = records.verify().map_err(worded)?;
    writeln!(out, "{}", verdict(lang, &found))?;
    // A file that cannot even be asked for this has been spoken of above.
    if let Ok(Some(written)) = records.newer() {
        writeln!(out, "{}", newer(lang, &written))?;
    }
    Ok(match found {
        Verdict::Sound { .. } if in_the_way.is_empty() => 0,
        Verdict::Sound { .. }
        | Verdict::Broken(_)
        | Verdict::Amiss(_)
        | Verdict::ListsDiffer { .. } => 1,
    })
}
