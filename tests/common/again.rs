//! This test program once more, as a process of its own: for what is killed, or counted by process.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::process::Command;

/// Runs the ignored test of this path, `module::name`, and nothing else.
pub fn again(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    command
}
