//! The real program under the compositor of the tablet, `cage`, in an X window in place of a
//! display: it fills that to the last pixel, takes touches there, follows its size, and asks for
//! light.

use std::fs::{File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::geteuid;
use x11rb::protocol::xproto::{ConfigureWindowAux, ConnectionExt};

use super::display::{Display, HEIGHT, Kiosk, Picture, WIDTH};
use super::{PROGRAM, exports, twin, until};

/// Somebody without rights: `cage` refuses to run as root.
const NOBODY: u32 = 65534;

/// A folder that the kiosk under `cage` may use, with the program in it.
struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let home = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        let open = Permissions::from_mode(0o755);
        std::fs::set_permissions(home.dir.path(), open).unwrap();
        // The program may lie where nobody else may look.
        std::fs::copy(PROGRAM, home.path("lobby-kiosk")).unwrap();
        for name in ["data", "run"] {
            let folder = home.path(name);
            std::fs::create_dir(&folder).unwrap();
            std::fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
            if geteuid().is_root() {
                chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Starts the kiosk as the only program of a `cage` on the display.
    fn start(&self, display: &Display) -> Kiosk {
        let mut command = if geteuid().is_root() {
            let mut command = Command::new("setpriv");
            let id = NOBODY.to_string();
            command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "cage"]);
            command
        } else {
            Command::new("cage")
        };
        // Without -d the kiosk is asked to draw a frame of its own, and must not.
        command
            .arg("--")
            .arg(self.path("lobby-kiosk"))
            .arg("--data")
            .arg(self.path("data"))
            .env("DISPLAY", display.name())
            .env("WLR_BACKENDS", "x11")
            .env("WLR_RENDERER", "pixman")
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("HOME", self.path("run"))
            .env("WAYLAND_DEBUG", "client")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("SLINT_BACKEND")
            .stdout(Stdio::null())
            .stderr(File::create(self.path("said")).unwrap());
        Kiosk(command.spawn().expect("cage is installed"))
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }
}

/// Whether the last line and the last column of so large a part of the screen, and nothing
/// beyond, belong to the kiosk: what belongs to nobody is black, which nothing of the kiosk is.
fn fills(picture: &Picture, width: usize, height: usize) -> bool {
    let black = |pixel: &[u8]| pixel[..3] == [0; 3];
    let corner = [
        picture.part([0, height - 1, width, 1]),
        picture.part([width - 1, 0, 1, height]),
    ];
    let (right, bottom) = (usize::from(WIDTH), usize::from(HEIGHT));
    let beyond = [
        picture.part([0, height, right, bottom - height]),
        picture.part([width, 0, right - width, bottom]),
    ];
    let is_kiosk = corner.iter().flat_map(|part| part.chunks_exact(4));
    let is_nobody = beyond.iter().flat_map(|part| part.chunks_exact(4));
    is_kiosk.into_iter().all(|pixel| !black(pixel)) && is_nobody.into_iter().all(black)
}

fn said(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

#[test]
#[ignore = "needs the compositor of the tablet and an X server: cage, Xwayland, Xvfb, setpriv"]
fn under_cage_the_kiosk_fills_the_display_to_its_last_pixel() {
    let display = Display::start();
    let home = Home::new();
    let _kiosk = home.start(&display);
    until("the kiosk fills the display", || {
        fills(&display.picture(), 1024, 768)
    });
    // Where a client's own frame would leave the display black, a button takes touches.
    let twin = twin();
    twin.kiosk.resize((1024, 768));
    let (across, _) = twin.place("incident-unclassified").unwrap();
    until("a touch at the lower edge is recorded", || {
        display.touch((across, 765));
        exports(&home.data()).contains("incident.started")
    });
    // The first picture of all is drawn before the compositor has said how large it is to be.
    assert!(fills(&display.at_rest(), 1024, 768));

    let window = display.window();
    for (width, height) in [(800, 600), (1200, 700)] {
        let size = ConfigureWindowAux::new().width(width).height(height);
        let sent = display.server().configure_window(window, &size).unwrap();
        sent.check().unwrap();
        let (width, height) = (width as usize, height as usize);
        until("the kiosk follows the size of the display", || {
            fills(&display.picture(), width, height)
        });
    }
    until("the display is to stay lit", || {
        said(&home.path("said")).contains(".create_inhibitor(")
    });
}
