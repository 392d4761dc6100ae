//! Runs the command and turns its result into an exit code.

use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    lobby_kiosk::cli::run(std::env::args_os(), &mut std::io::stdout().lock())
}
