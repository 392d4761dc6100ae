//! `lobby-kiosk screenshot`: a picture of any screen, without a display.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};
use clap::Args;

use super::{app_error, size};
use crate::app::Branch;
use crate::app::picture::{self, ScreenshotRequest, ScreenshotScreen};
use crate::domain::lang::Lang;
use crate::i18n;

/// What to draw, and how.
#[derive(Debug, Args)]
pub struct ScreenshotArgs {
    /// The screen
    screen: ScreenshotScreen,
    /// The PNG file to write
    #[arg(long, value_name = "FILE.png")]
    out: PathBuf,
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = size)]
    size: (u32, u32),
    /// For the screens of an incident: its type. Without it the open incident last acted on is
    /// shown, and where there is none, a sudden illness
    #[arg(long, value_name = "TYPE")]
    incident: Option<String>,
    /// For the guide: how many of the steps to draw as done already
    #[arg(long, value_name = "N", default_value_t = 0)]
    done: usize,
    /// For `call`: the role whose card to draw, the ambulance if not given; for `number`: the role
    /// whose first number to draw, security if not given
    #[arg(long, value_name = "ROLE")]
    contact: Option<String>,
    /// The time on the screen, such as 2026-11-23T15:42:00+08:00; now, if not given
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
}

/// Draws the screen into a file, in `lang` or else the kiosk's own language. The data directory
/// is only read. Errors are worded in `said_in`.
///
/// # Errors
/// If the type of incident is unknown, the journal cannot be read, or the file not be written.
pub fn run(
    args: &ScreenshotArgs,
    data: &Path,
    lang: Option<&Lang>,
    said_in: &Lang,
) -> anyhow::Result<ExitCode> {
    if let Some(id) = &args.incident {
        let plan = Branch::load_readonly(data).plan;
        if plan.incident(id).is_none() {
            let known: Vec<&str> = plan.incidents.iter().map(|one| one.id.as_str()).collect();
            let known = known.join(", ");
            return Err(anyhow!(i18n::platform::no_such_type(said_in, id, &known)));
        }
    }
    if let Some(id) = &args.contact {
        let plan = Branch::load_readonly(data).plan;
        if plan.role(id).is_none() {
            let known: Vec<&str> = plan.roles.iter().map(|one| one.id.as_str()).collect();
            let known = known.join(", ");
            return Err(anyhow!(i18n::platform::no_such_role(said_in, id, &known)));
        }
    }
    let motif = ScreenshotRequest {
        shown: args.screen,
        size: args.size,
        lang: lang.cloned(),
        incident: args.incident.clone(),
        done: args.done,
        contact: args.contact.clone(),
        at: args.at.unwrap_or_else(Utc::now),
    };
    let picture =
        picture::draw(&motif, data).map_err(|error| anyhow!(app_error(said_in, &error)))?;
    write(picture.as_bytes(), args.size, &args.out)
        .with_context(|| args.out.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}

fn write(pixels: &[u8], (width, height): (u32, u32), path: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(pixels)?;
    file.flush()?;
    Ok(())
}
