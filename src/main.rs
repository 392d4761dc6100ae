//! Runs the command and turns its result into an exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use lobby_kiosk::{cli, document, floor_plan, memory, photo, platform, print};

fn main() -> ExitCode {
    let args = || std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    let helper = floor_plan::run_child(args())
        .or_else(|| document::run_child(args()))
        .or_else(|| photo::run_child(args()))
        .or_else(|| print::run_child(args()));
    if let Some(code) = helper {
        return code;
    }
    // First of all, while there is one thread only.
    memory::give_back();
    platform::use_own_fonts();
    let args = cli::Args::parse();
    // A reader that has gone away, such as `head`, is no fault to report, and changes no verdict.
    let mut out = cli::unheard::Unheard::new(std::io::stdout().lock());
    let done = cli::run(args, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    done.unwrap_or_else(|error| {
        eprintln!("lobby-kiosk: {error:#}");
        ExitCode::FAILURE
    })
}
