//! `lobby-kiosk certificate`: makes the branch's own certificate, so that what phones send is encrypted.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::Args;

use crate::app::Branch;
use crate::domain::lang::Lang;
use crate::i18n::certificate as words;
use crate::service::certificate;

/// What to make it for.
#[derive(Debug, Args)]
pub struct CertificateArgs {
    /// A host name or address that phones open, such as 192.168.1.20; may be given again. Without any,
    /// those of kiosk.toml and the tablet's own
    #[arg(long = "address", value_name = "HOST")]
    addresses: Vec<String>,
    /// Make a new one in place of the one that is there
    #[arg(long)]
    replace: bool,
}

/// Runs the command on the data directory `data`; `lang` words what it prints. Exit code 1 where no
/// certificate was made.
///
/// # Errors
/// If `out` cannot be written to.
pub fn run(
    args: &CertificateArgs,
    data: &Path,
    lang: &Lang,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> io::Result<ExitCode> {
    let settings = Branch::load_readonly(data).settings;
    let hosts = if args.addresses.is_empty() {
        certificate::hosts(&settings)
    } else {
        args.addresses.clone()
    };
    match certificate::make(data, hosts, args.replace, now) {
        Ok(made) => {
            let day = made.until.with_timezone(&settings.branch.time_zone);
            let named = settings.web.certificate.is_some();
            for line in words::made(lang, &made.hosts, day.date_naive(), named) {
                writeln!(out, "{line}")?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            writeln!(out, "{}", words::error(lang, &error))?;
            Ok(ExitCode::FAILURE)
        }
    }
}
