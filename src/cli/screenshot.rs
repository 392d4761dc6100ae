//! `lobby-kiosk screenshot`: a picture of any screen, without a display.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use clap::{Args, ValueEnum};
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};

use crate::app::Branch;
use crate::domain::incident::{Incident, Mark, REOPEN_HOURS};
use crate::i18n;
use crate::platform::Canvas;
use crate::service::clock::Clock;
use crate::service::journal::Journal;
use crate::store::Reader;
use crate::view::Screens;
use crate::{AppWindow, Face, Screen};

/// What to draw, and how.
#[derive(Debug, Args)]
pub struct ScreenshotArgs {
    /// The screen
    screen: Shown,
    /// The PNG file to write
    #[arg(long, value_name = "FILE.png")]
    out: PathBuf,
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = size)]
    size: (u32, u32),
    /// For the screens of an incident: its type. Without it the newest open incident of the
    /// data directory is shown, and where there is none, a sudden illness
    #[arg(long, value_name = "TYPE")]
    incident: Option<String>,
    /// For the guide: how many of the steps to draw as done already
    #[arg(long, value_name = "N", default_value_t = 0)]
    done: usize,
    /// The time on the screen, such as 2026-11-23T15:42:00+08:00; now, if not given
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
}

/// The screens that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// The board of incident types
    Board,
    /// The guide at its current step
    Guide,
    /// The guide asking why a step was skipped
    Reasons,
    /// The guide's log, where steps are corrected
    Log,
    /// The choice of another type
    Types,
    /// The choice of an outcome
    Outcomes,
    /// An incident just closed
    Closed,
    /// What is left to do afterwards
    After,
}

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

/// Draws the screen into a file, in `lang` or else the kiosk's own language. The data directory
/// is only read. Errors are worded in `said_in`.
///
/// # Errors
/// If the type of incident is unknown, the journal cannot be read, or the file not be written.
pub fn run(
    args: &ScreenshotArgs,
    data: &Path,
    lang: Option<&str>,
    said_in: &str,
) -> anyhow::Result<ExitCode> {
    let canvas = Canvas::new()?;
    let window = AppWindow::new().context("window")?;
    let now = args.at.unwrap_or_else(Utc::now);
    let branch = Branch::look(data);
    if let Some(id) = &args.incident
        && branch.plan.incident(id).is_none()
    {
        let known: Vec<&str> = branch
            .plan
            .incidents
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        anyhow::bail!(i18n::platform::no_such_type(said_in, id, &known.join(", ")));
    }
    let live = Reader::open(data)
        .and_then(|reader| reader.live(now - Duration::hours(REOPEN_HOURS)))
        .map_err(|error| anyhow::anyhow!(i18n::journal::store_error(said_in, &error)))?;
    let (heard, notices) = std::sync::mpsc::channel();
    // What is drawn for the picture alone is kept in memory and goes with it.
    let journal = Journal::in_memory(Arc::new(move |notice| {
        heard.send(notice).ok();
    }))?;
    let newest = live
        .iter()
        .rev()
        .find(|one| one.is_open())
        .map(|one: &Incident| one.id.clone());
    let services = branch.services(journal, Clock::new(move || now), live);
    window.show().context("window")?;
    canvas.resize(args.size.0, args.size.1);
    let screens = crate::view::bind(window, services, notices);
    if let Some(lang) = lang {
        screens.choose_lang(lang);
    }
    let existing = newest.filter(|_| args.incident.is_none());
    let asked = args.incident.as_deref().unwrap_or("sudden-illness");
    pose(&screens, args, existing, asked);
    screens.services().incidents.flush()?;
    screens.hear();
    screens.draw();
    write(&canvas.paint(), &args.out).with_context(|| args.out.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Brings the screens to what is asked for, with the same acts as a finger's.
fn pose(screens: &Screens, args: &ScreenshotArgs, existing: Option<String>, asked: &str) {
    if matches!(args.screen, Shown::Board | Shown::After) && args.incident.is_none() {
        screens.show(if args.screen == Shown::After {
            Screen::After
        } else {
            Screen::Board
        });
        return;
    }
    let incidents = &screens.services().incidents;
    let Some(id) = existing.or_else(|| incidents.start(asked)) else {
        return;
    };
    for _ in 0..args.done {
        incidents.mark_current(&id, Mark::Done);
    }
    screens.show_guide(&id);
    match args.screen {
        Shown::Board => screens.show(Screen::Board),
        Shown::Guide => {}
        Shown::Reasons => screens.mark_current(&id, Mark::Skipped),
        Shown::Log => screens.show_face(Face::Log),
        Shown::Types => screens.show_face(Face::Types),
        Shown::Outcomes => screens.show_face(Face::Outcomes),
        Shown::Closed | Shown::After => {
            if let Some(outcome) = screens.services().plan.outcomes.first() {
                incidents.close(&id, &outcome.id);
            }
            screens.show_guide(&id);
            if args.screen == Shown::After {
                screens.show(Screen::After);
            }
        }
    }
}

fn write(pixels: &SharedPixelBuffer<Rgba8Pixel>, path: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()?
        .write_image_data(pixels.as_bytes())?;
    file.flush()?;
    Ok(())
}
