//! The program: its arguments, its exit status.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use lobby_kiosk::cli::{Args, run};

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = std::io::stdout().lock();
    let status = run(&args, &mut out).and_then(|status| {
        out.flush()?;
        Ok(status)
    });
    match status {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
