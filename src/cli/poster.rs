//! `lobby-kiosk poster`: a poster for the wall, as a file to print.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use crate::app::Branch;
use crate::atomic_file::{self, Readers};
use crate::config::settings::Settings;
use crate::config::settings::address::leads_to_itself;
use crate::domain::lang::Lang;
use crate::i18n::{self, poster as words};
use crate::print::{GuideCards, Kind, Langs, Paper, Poster, PosterError, Sheet, poster, roles};
use crate::service::address;
use crate::service::in_force::InForce;

/// What `--lang` says for a poster in Chinese and English.
pub(super) const BOTH: &str = "both";

/// What to print, and how.
#[derive(Debug, Args)]
pub struct PosterArgs {
    /// The poster
    #[arg(value_enum)]
    kind: KindArg,
    /// The file to write; its ending says what: .pdf to print, .svg or .png
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The language on the poster: `zh_CN`, en, or both, Chinese large and English beneath it;
    /// both if not given
    #[arg(long, value_name = "LANG", value_parser = poster_language)]
    lang: Option<String>,
    /// The paper
    #[arg(long, value_name = "PAPER", value_enum, ignore_case = true, default_value_t = PaperArg::A4)]
    paper: PaperArg,
    /// From how many metres the code of the page must be readable, such as 0.8; if not given,
    /// the code is as large as suits the paper
    #[arg(long, value_name = "METRES", value_parser = distance)]
    distance: Option<f32>,
    #[arg(
        long,
        value_name = "URL",
        help = "The address that the codes carry, without the page, such as http://192.168.1.20:8080; \
                by default the one of kiosk.toml or the tablet's own"
    )]
    address: Option<String>,
}

/// The posters by the names of their pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KindArg {
    /// How to complain: a code for the page, and the branch's telephone, fax and e-mail
    Complaint,
    /// How to get out: exits, assembly point, a code for the page and codes that need no network
    Evacuation,
    /// The numbers that customers may read
    Contacts,
    /// For the staff: what each of the crew does, to be cut apart, with codes that need no network
    Roles,
    /// For the staff: every guide of the plan as cards of A5, with the branch's numbers
    Guides,
}

/// Sizes of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PaperArg {
    /// 210 × 297 mm
    #[value(name = "A4")]
    A4,
    /// 148 × 210 mm
    #[value(name = "A5")]
    A5,
}

impl PaperArg {
    fn size(self) -> Paper {
        match self {
            Self::A4 => Paper::A4,
            Self::A5 => Paper::A5,
        }
    }
}

impl PosterArgs {
    /// The only language that is asked for; none for both.
    fn one_lang(&self) -> Option<Lang> {
        let one = self.lang.as_deref().filter(|lang| *lang != BOTH);
        one.and_then(Lang::new)
    }
}

fn poster_language(asked: &str) -> Result<String, String> {
    if asked == BOTH {
        return Ok(asked.to_owned());
    }
    super::language(asked).map_err(|_| "the languages are zh_CN, en and both".to_owned())
}

/// Metres, with the unit or without.
fn distance(text: &str) -> Result<f32, String> {
    let number = text.trim().trim_end_matches('m').trim_end();
    match number.parse() {
        Ok(metres) if metres > 0.0 && metres <= 100.0 => Ok(metres),
        _ => Err("give metres as 0.8, more than 0 and at most 100".to_owned()),
    }
}

/// The kinds of file.
#[derive(Clone, Copy)]
enum Format {
    Pdf,
    Svg,
    Png,
}

impl Format {
    fn of(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "pdf" => Some(Self::Pdf),
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            _ => None,
        }
    }

    fn bytes(self, sheet: &Sheet) -> Result<Vec<u8>, PosterError> {
        match self {
            Self::Pdf => sheet.to_pdf(),
            Self::Svg => Ok(sheet.to_svg().into_bytes()),
            Self::Png => sheet.to_png(),
        }
    }
}

/// Where phones reach the kiosk.
fn address(args: &PosterArgs, settings: &Settings) -> Option<String> {
    args.address
        .clone()
        .or_else(|| address::base(&settings.web, settings.web.listen))
}

/// Writes a poster of the branch in `data`, dated `now`, and says on `out` what it is. The data
/// directory is only read. `said_in` words errors and what is said.
///
/// # Errors
/// If the ending of the file says nothing, there is no address for a code that is asked for, the
/// codes do not fit, or the file cannot be written.
pub fn run(
    args: &PosterArgs,
    data: &Path,
    said_in: &Lang,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let file = args.out.display().to_string();
    let Some(format) = Format::of(&args.out) else {
        return Err(anyhow!(words::bad_ending(said_in, &file)));
    };
    let kind = match args.kind {
        KindArg::Complaint => Kind::Complaint,
        KindArg::Evacuation => Kind::Evacuation,
        KindArg::Contacts => Kind::Contacts,
        KindArg::Roles | KindArg::Guides => {
            let said = staff_paper(args, format, data, said_in, now)?;
            writeln!(out, "{said}")?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let branch = Branch::load_readonly(data);
    let (plan, settings) = (&*branch.plan, &*branch.settings);
    let base = address(args, settings);
    let one = args.one_lang();
    let langs = one.as_ref().map_or(Langs::BOTH, Langs::only);
    let paper = args.paper.size();
    let made = poster(
        kind,
        &Poster {
            plan,
            settings,
            base: base.as_deref(),
            langs,
            paper,
            distance: args.distance,
            day: now.with_timezone(&settings.branch.time_zone).date_naive(),
        },
    );
    let worded = |error: PosterError| anyhow!(why(said_in, &error));
    let sheet = made.map_err(worded)?;
    let bytes = format.bytes(&sheet).map_err(worded)?;
    write(&args.out, &bytes, said_in)?;
    let said = match sheet.distance {
        Some(metres) => words::written(said_in, &file, paper.name(), metres),
        None => words::written_without_page(said_in, &file, paper.name()),
    };
    writeln!(out, "{said}")?;
    if let Some(base) = base.filter(|base| leads_to_itself(base)) {
        writeln!(out, "{}", i18n::address::itself(said_in, &base))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the paper that is for the staff alone, and gives what is to be said of it.
fn staff_paper(
    args: &PosterArgs,
    format: Format,
    data: &Path,
    said_in: &Lang,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    if args.address.is_some() || args.distance.is_some() {
        return Err(anyhow!(words::no_page(said_in)));
    }
    let file = args.out.display().to_string();
    let in_force = InForce::new(Branch::load_readonly(data).reading()).now();
    let (plan, settings) = (&*in_force.plan, &*in_force.settings);
    let one = args.one_lang();
    let langs = one.as_ref().map_or(Langs::BOTH, Langs::only);
    let day = now.with_timezone(&settings.branch.time_zone).date_naive();
    let worded = |error: PosterError| anyhow!(why(said_in, &error));
    let (bytes, paper) = if args.kind == KindArg::Guides {
        if !matches!(format, Format::Pdf) {
            return Err(anyhow!(words::guides_as_pdf(said_in, &file)));
        }
        let digest = &in_force.plan_digest;
        let cards = GuideCards {
            plan,
            digest,
            settings,
            langs,
            day,
        };
        (cards.to_pdf(), Paper::A5)
    } else {
        let paper = args.paper.size();
        let sheet = roles(&Poster {
            plan,
            settings,
            base: None,
            langs,
            paper,
            distance: None,
            day,
        });
        (sheet.and_then(|sheet| format.bytes(&sheet)), paper)
    };
    write(&args.out, &bytes.map_err(worded)?, said_in)?;
    Ok(words::written_for_staff(said_in, &file, paper.name()))
}

/// Writes the file at once: a printer may be reading the one before.
fn write(out: &Path, bytes: &[u8], said_in: &Lang) -> anyhow::Result<()> {
    atomic_file::write(out, bytes, Readers::Usual).map_err(|error| {
        let (file, detail) = (out.display().to_string(), error.to_string());
        anyhow!(i18n::records::cannot_write(said_in, &file, &detail))
    })
}

/// Why there is no poster.
fn why(lang: &Lang, error: &PosterError) -> String {
    match error {
        PosterError::NoAddress => words::no_address(lang).to_owned(),
        PosterError::BadAddress(address) => i18n::address::argument(lang, address),
        PosterError::LongAddress {
            address,
            bytes,
            most,
        } => words::long_address(lang, address, *bytes, *most),
        PosterError::BadDistance(metres) => words::bad_distance(lang, *metres),
        PosterError::TooFar { asked, most, paper } => {
            words::too_far(lang, *asked, paper.name(), *most)
        }
        PosterError::NoRoom(paper) => words::no_room(lang, paper.name()),
        PosterError::Code(_) | PosterError::Pdf(_) | PosterError::Picture(_) => {
            words::not_made(lang, &error.to_string())
        }
    }
}
