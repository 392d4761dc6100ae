//! What is raced: the kiosk, and a browser that shows the same board.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::glass::Glass;
use crate::x_server::SIZE;

/// A program on the glass. It ends with this.
pub struct Racer {
    child: Child,
    _profile: Option<TempDir>,
}

/// The settings that every kiosk of the race has: as a branch fills them in, on a port of its own.
pub fn settings() -> String {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr());
    let port = port.expect("a port").port();
    format!(
        "[branch]\nname = \"人民路证券营业部\"\naddress = \"浦东新区人民路188号\"\nfloor = \"一楼\"\n\
         exits = [\"东侧楼梯\", \"南门\"]\nassembly_point = \"广场北侧旗杆\"\n\
         [web]\nlisten = \"127.0.0.1:{port}\"\n\
         [complaint]\nphone = \"021-58881234\"\n\
         [contacts]\nsecurity = \"021-58886110\"\nsupervisor = \"13800138000\"\n"
    )
}

/// A data directory that nothing was recorded in yet.
pub fn fresh() -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("kiosk.toml"), settings()).expect("written");
    dir
}

impl Racer {
    /// The kiosk on `data`.
    pub fn kiosk(program: &Path, glass: &Glass, data: &Path) -> Self {
        let mut command = Command::new(program);
        command.arg("--data").arg(data);
        Self::start(command, glass, None)
    }

    /// Chromium as a kiosk on this page.
    pub fn browser(glass: &Glass, page: &Path) -> Self {
        let profile = tempfile::tempdir().expect("a directory");
        let mut command = Command::new("chromium");
        command
            .args(["--no-sandbox", "--kiosk", "--no-first-run"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("--window-size={},{}", SIZE.0, SIZE.1))
            .arg("--window-position=0,0")
            .arg(format!("file://{}", page.display()));
        Self::start(command, glass, Some(profile))
    }

    fn start(mut command: Command, glass: &Glass, profile: Option<TempDir>) -> Self {
        let child = command
            .env("DISPLAY", glass.name())
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SLINT_BACKEND")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        Self {
            child,
            _profile: profile,
        }
    }

    /// How long it takes to its painted board.
    pub fn timed(start: impl FnOnce() -> Self, glass: &Glass) -> (Self, Option<f64>) {
        glass.wait_until_dark();
        let (before, began) = (glass.look(), Instant::now());
        let racer = start();
        let (quiet, limit) = (Duration::from_millis(1500), Duration::from_secs(60));
        let painted = glass.painted(&before, began, quiet, limit);
        (racer, painted)
    }

    /// Memory that it and its processes have for themselves, shared pages counted in part, in MB.
    pub fn pss(&self) -> f64 {
        let kb: u64 = self.tree().iter().filter_map(|id| pss(*id)).sum();
        kb as f64 / 1024.0
    }

    /// Processor time that it and its processes have had.
    pub fn worked(&self) -> Duration {
        let all = self.tree();
        let hundredths: u64 = all.iter().filter_map(|id| worked(*id)).sum();
        Duration::from_millis(hundredths * 10)
    }

    /// Its process, and all that come of it.
    fn tree(&self) -> Vec<u32> {
        let mut all = vec![self.child.id()];
        let mut at = 0;
        while let Some(id) = all.get(at) {
            for task in tasks(*id) {
                let children = fs::read_to_string(task.join("children")).unwrap_or_default();
                let children = children.split_whitespace();
                all.extend(children.filter_map(|one| one.parse::<u32>().ok()));
            }
            at += 1;
        }
        all
    }
}

impl Drop for Racer {
    fn drop(&mut self) {
        if let Some(id) = Pid::from_raw(self.child.id().cast_signed()) {
            kill_process(id, Signal::TERM).ok();
        }
        self.child.wait().ok();
    }
}

fn tasks(process: u32) -> Vec<PathBuf> {
    let all = fs::read_dir(format!("/proc/{process}/task"));
    let all = all.into_iter().flatten().flatten();
    all.map(|one| one.path()).collect()
}

fn pss(process: u32) -> Option<u64> {
    let all = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = all.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Hundredths of a second on a processor, those of threads that have ended as well.
fn worked(process: u32) -> Option<u64> {
    let said = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before them may hold anything.
    let (_, rest) = said.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some(next()? + next()?)
}
