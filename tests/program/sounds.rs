//! What plays tones may hang: the screen must not go on telling people to listen.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use lobby_kiosk::sound::{Sound, Wish};

use crate::again::again;

/// Far more than all that a player is given.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
#[ignore = "run by the test beside it, where the only player reads nothing"]
fn with_a_player_that_hangs() {
    if std::env::var_os("LOBBY_PLAYER_HANGS").is_none() {
        return;
    }
    let sound = Sound::start();
    let began = Instant::now();
    sound.wish(Wish::Rhythm(Some(began)));
    while sound.plays() {
        assert!(began.elapsed() < PATIENCE, "it counts as playing");
        std::thread::park_timeout(Duration::from_millis(50));
    }
    println!("not heard");
}

#[test]
fn a_player_that_hangs_is_not_taken_for_one_that_plays() {
    let programs = tempfile::tempdir().unwrap();
    let player = programs.path().join("aplay");
    fs::write(&player, "#!/bin/sh\nexec /bin/sleep 600\n").unwrap();
    fs::set_permissions(&player, fs::Permissions::from_mode(0o755)).unwrap();
    let out = again("sounds::with_a_player_that_hangs")
        .env("PATH", programs.path())
        .env("LOBBY_PLAYER_HANGS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success() && said.contains("not heard"), "{said}");
}
