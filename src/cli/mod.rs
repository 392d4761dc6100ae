//! The commands: one file each. Arguments and languages are sorted out here.

pub mod calendar;
pub mod certificate;
pub mod check;
pub mod demo;
mod document_file;
mod own_files;
pub mod people;
pub mod pin;
pub mod plan;
pub mod poster;
pub mod records;
pub mod report;
pub mod run;
pub mod screenshot;
pub mod serve;
pub mod service;
mod sounds;
pub mod statistics;
pub mod unheard;
pub mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use clap::{Parser, Subcommand};

use crate::app::{AppError, Branch};
use crate::domain::lang::Lang;
use crate::domain::tongue::{Reads, reads};
use crate::i18n;
use crate::service::clock::Clock;

/// 大堂应急台: a securities branch's emergency plan on the lobby's tablet. Without a command it
/// opens the kiosk.
#[derive(Debug, Parser)]
#[command(name = "lobby-kiosk", version, args_conflicts_with_subcommands = false)]
pub struct Args {
    /// The data directory: settings, records, the branch's own plan
    #[arg(long, global = true, env = "LOBBY_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The language of what is printed or drawn, such as en or `zh_CN`; the kiosk begins in it
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    lang: Option<String>,
    #[command(flatten)]
    run: run::RunArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the kiosk, as without a command
    Run(run::RunArgs),
    /// Check kiosk.toml and the branch's own plan
    Check,
    /// Take a year's holidays over into kiosk.toml
    Calendar(calendar::CalendarArgs),
    /// Make the branch's own certificate, so that what phones send is encrypted
    Certificate(certificate::CertificateArgs),
    /// Say who works at the branch, and what each may do
    People(people::PeopleArgs),
    /// Fill an empty data directory with an invented history of two years, for pictures and training
    Demo(demo::DemoArgs),
    /// Set the staff PIN: typed twice, or the first line of standard input
    Pin(pin::PinArgs),
    /// Check or print an emergency plan
    Plan(plan::PlanArgs),
    /// Make a poster for the wall, with codes to scan: a PDF, SVG or PNG file
    Poster(poster::PosterArgs),
    /// Print incidents from the journal
    Records(records::RecordsArgs),
    /// Write the report of one incident: a PDF, HTML or DOCX file
    Report(report::ReportArgs),
    /// Draw a screen into a PNG file, without a display
    Screenshot(screenshot::ScreenshotArgs),
    /// Serve the pages for phones alone, without a screen
    Serve,
    /// Print a systemd unit that starts the kiosk with the tablet, under the compositor cage
    Service(service::ServiceArgs),
    /// Count incidents and complaints: by type, month, weekday and hour, and how fast they were handled
    Statistics(statistics::StatisticsArgs),
    /// Compute the journal's chain of digests again
    Verify(verify::VerifyArgs),
}

/// Runs the program with its arguments, writing to `out`.
///
/// # Errors
/// What kept the command from being carried out, worded for people.
pub fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    // A poster may be in both languages; what is said about it is in one.
    let asked = args.lang.as_deref().filter(|lang| *lang != poster::BOTH);
    let asked = asked.and_then(Lang::new);
    let lang = asked.clone().unwrap_or_else(from_environment);
    let data = args.data;
    let data_dir_asked = data.clone();
    let data = || data_dir(data, &lang);
    match args.command {
        None | Some(Command::Run(_)) => {
            let run = match &args.command {
                Some(Command::Run(run)) => run,
                _ => &args.run,
            };
            let err = &mut std::io::stderr();
            Ok(run::run(run, &data()?, asked.as_ref(), &lang, err)?)
        }
        Some(Command::Check) => Ok(check::run(&data()?, &lang, Clock::system().now(), out)?),
        Some(Command::Calendar(calendar)) => Ok(calendar::run(&calendar, &data()?, &lang, out)?),
        Some(Command::Certificate(certificate)) => {
            let now = Clock::system().now();
            Ok(certificate::run(&certificate, &data()?, &lang, now, out)?)
        }
        Some(Command::People(people)) => {
            people::run(&people, &data()?, &lang, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Demo(demo)) => {
            // Never the directory that is taken where none is named: it may be a real branch's.
            let named = data_dir_asked.as_deref();
            let data = named.ok_or_else(|| anyhow!(i18n::demo::no_directory(&lang)))?;
            demo::run(&demo, data, &lang, Clock::system().now(), out)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Pin(pin)) => {
            pin::run(&pin, &data()?, &lang, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Plan(plan)) => Ok(plan::run(&plan, &lang, out)?),
        Some(Command::Poster(poster)) => {
            poster::run(&poster, &data()?, &lang, Clock::system().now(), out)
        }
        Some(Command::Records(records)) => {
            let data = data()?;
            let zone = zone(&data);
            Ok(records::run(&records, &data, &lang, zone, out)?.into())
        }
        Some(Command::Report(report)) => {
            report::run(&report, &data()?, &lang, Clock::system().now(), out)
        }
        Some(Command::Screenshot(shot)) => screenshot::run(&shot, &data()?, asked.as_ref(), &lang),
        Some(Command::Serve) => Ok(serve::run(&data()?, &lang, out, &mut std::io::stderr())?),
        Some(Command::Service(service)) => {
            service::run(&service, data_dir_asked.as_deref(), &lang, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Statistics(statistics)) => {
            statistics::run(&statistics, &data()?, &lang, Clock::system().now(), out)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Verify(verify)) => Ok(verify::run(&verify, &data()?, &lang, out)?.into()),
    }
}

fn data_dir(given: Option<PathBuf>, lang: &Lang) -> anyhow::Result<PathBuf> {
    given
        .or_else(|| {
            directories::ProjectDirs::from("", "", "lobby-kiosk")
                .map(|dirs| dirs.data_dir().to_owned())
        })
        .ok_or_else(|| anyhow!(i18n::platform::no_home(lang)))
}

/// The branch's time zone, in which records are dated.
fn zone(data: &Path) -> chrono_tz::Tz {
    Branch::load_readonly(data).settings.branch.time_zone
}

/// A language as people write it: any Chinese is the one there is.
fn language(asked: &str) -> Result<String, String> {
    let begun = match asked.get(..2) {
        Some("zh") => Some(Reads::Chinese),
        Some("en") => Some(Reads::English),
        _ => None,
    };
    match reads(asked).or(begun) {
        Some(Reads::Chinese) => Ok(Lang::ZH_CN.to_string()),
        Some(Reads::English) => Ok(Lang::EN.to_string()),
        None if asked == poster::BOTH => {
            Err("the languages are zh_CN and en; a poster takes both where --lang stands after it: poster contacts --lang both".to_owned())
        }
        None => Err("the languages are zh_CN and en".to_owned()),
    }
}

/// The language that the environment asks for.
fn from_environment() -> Lang {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    if asked.is_some_and(|value| is_chinese(&value)) {
        Lang::ZH_CN
    } else {
        Lang::EN
    }
}

/// Whether a locale such as `zh_CN.UTF-8` is of somebody who reads Chinese.
fn is_chinese(locale: &str) -> bool {
    let tag = locale.split(['.', '@']).next();
    tag.and_then(reads) == Some(Reads::Chinese)
}

/// Reads a size such as `1280x800`.
pub(super) fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text
        .split_once(['x', 'X', '×'])
        .and_then(|(width, height)| {
            Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
        });
    match parsed {
        Some((width @ 320..=7680, height @ 320..=7680)) => Ok((width, height)),
        _ => Err("give width and height as 1280x800, each from 320 to 7680".to_owned()),
    }
}

/// Why the kiosk, or a picture of it, did not come about.
pub(super) fn app_error(lang: &Lang, error: &AppError) -> String {
    match error {
        AppError::Store(error) => i18n::journal::store_error(lang, error),
        AppError::Journal(error) => i18n::journal::journal_error(lang, error),
        AppError::Complaints(error) => i18n::pages::trouble::complaints(lang, error),
        AppError::Pages(trouble) => i18n::pages::trouble::pages(lang, trouble),
        AppError::Window(none) => i18n::platform::no_window(lang, none),
        AppError::Failed => i18n::platform::failed(lang).to_owned(),
    }
}
