//! What the program needs of the machine beneath it: fonts, a display, a renderer.

mod display;
mod ending;
mod frames;

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use slint::fontique_011::fontique::{Blob, GenericFamily};
use slint::platform::software_renderer::{
    MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType,
};
use slint::platform::{Platform, PlatformError, WindowAdapter};
use slint::{ComponentHandle, PhysicalSize, Rgba8Pixel, SharedPixelBuffer, Weak};
use thiserror::Error;

use crate::atomic_file::{self, Readers};
use crate::fonts;
use crate::own_file;
pub use display::fill_screen;
pub use ending::{end_when_asked, never_close, when_asked_to_end};
pub use frames::watch_frames;

/// Has the window's thread do something with the window, from any thread. A window that has gone,
/// as while the program is closing, has no use for it.
pub fn in_window<T: ComponentHandle + 'static>(
    window: &Weak<T>,
    work: impl FnOnce(T) + Send + 'static,
) {
    #[expect(
        clippy::unused_result_ok,
        reason = "nobody misses it where the window has gone"
    )]
    window.upgrade_in_event_loop(work).ok();
}

/// Why there is no window.
#[derive(Debug, Error)]
pub enum NoWindow {
    /// Neither X11 nor Wayland is there.
    #[error("no display server")]
    NoDisplay,
    /// There is one, but it cannot be used; the system's own words.
    #[error("{0}")]
    Failed(String),
    /// There was one, until it went away or broke; the system's own words.
    #[error("{0}")]
    Gone(String),
}

/// The display libraries that the window needs on Debian and Ubuntu.
pub const DISPLAY_PACKAGES: &str = "libx11-xcb1 libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2";

/// Chooses the software renderer in a window of the display server. A backend named in
/// `SLINT_BACKEND` is left to have its way, so that the program can be driven without a display.
///
/// # Errors
/// [`NoWindow`] where there is nothing to open a window on.
pub fn choose_backend() -> Result<(), NoWindow> {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if named("SLINT_BACKEND") {
        return Ok(());
    }
    if cfg!(target_os = "linux") && !named("DISPLAY") && !named("WAYLAND_DISPLAY") {
        return Err(NoWindow::NoDisplay);
    }
    slint::BackendSelector::new()
        .backend_name("winit".into())
        .renderer_name("software".into())
        .select()
        .map_err(|error| NoWindow::Failed(error.to_string()))
}

/// Where to find the folder that [`use_own_fonts`] writes.
const FONT_DIR: &str = "lobby-kiosk-fonts";

/// The name of the typeface that has only a box.
const BOX_FAMILY: &str = "Lobby Box";

/// A font that is there only so that the system's font service is not empty: with no font at all
/// the toolkit cannot start. What is drawn comes from the fonts built into the program.
const ONE_FONT: &[u8] = include_bytes!("../../ui/fonts/OneGlyph.ttf");

/// Points the system's font service at a folder of this program's own, before anything asks it.
/// The screens then look the same on every machine, one without any font included, and start-up
/// does not wait for a scan of the machine's fonts. Where no folder can be written, the machine's
/// own fonts have to do.
pub fn use_own_fonts() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let cache = directories::BaseDirs::new().map(|dirs| dirs.cache_dir().to_owned());
    let folders = cache.into_iter().chain([std::env::temp_dir()]);
    if let Some(config) = folders
        .into_iter()
        .find_map(|at| write_fonts(&at.join(FONT_DIR)).ok())
    {
        // SAFETY: the only caller is `main`, before any thread exists.
        #[allow(unsafe_code, reason = "why it is sound stands above")]
        unsafe {
            std::env::set_var("FONTCONFIG_FILE", config);
        }
    }
}

/// Has the toolkit look for what the Chinese typeface lacks in the program's other typefaces, and
/// draw a box for what none of them has. Once for each thread with windows; again does nothing.
pub fn add_other_fonts() {
    let mut collection = slint::fontique_011::shared_collection();
    if collection.family_id(BOX_FAMILY).is_some() {
        return;
    }
    let mut families = Vec::new();
    for font in fonts::OTHERS.into_iter().chain([fonts::BOX]) {
        let added = collection.register_fonts(Blob::new(Arc::new(font)), None);
        families.extend(added.into_iter().map(|(family, _)| family));
    }
    // The toolkit asks this family after the one that the screens name.
    collection.set_generic_families(GenericFamily::SansSerif, families.into_iter());
}

fn write_fonts(folder: &Path) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let place = folder.display().to_string();
    let config = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\
         <dir>{0}</dir><cachedir>{0}/cache</cachedir></fontconfig>\n",
        place.replace('&', "&amp;").replace('<', "&lt;")
    );
    write_if_changed(&folder.join("OneGlyph.ttf"), ONE_FONT)?;
    let path = folder.join("fonts.conf");
    write_if_changed(&path, config.as_bytes())?;
    Ok(path)
}

/// Another process may be reading the same file: it is replaced whole or left as it is.
fn write_if_changed(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if own_file::read(path, content.len()).is_ok_and(|old| old == content) {
        return Ok(());
    }
    atomic_file::write(path, content, Readers::Usual)
}

/// A screen of pixels without a display server, for pictures.
pub struct Canvas(Rc<MinimalSoftwareWindow>);

struct CanvasPlatform(Rc<MinimalSoftwareWindow>);

impl Platform for CanvasPlatform {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.0.clone())
    }
}

impl Canvas {
    /// Makes a canvas the place where the next window appears.
    ///
    /// # Errors
    /// [`NoWindow::Failed`] if this process already has another platform.
    pub fn new() -> Result<Self, NoWindow> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
        slint::platform::set_platform(Box::new(CanvasPlatform(window.clone())))
            .map_err(|error| NoWindow::Failed(error.to_string()))?;
        Ok(Self(window))
    }

    /// Gives the window, once it is shown, this many pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.0.set_size(PhysicalSize::new(width, height));
    }

    /// Draws what the window shows now.
    pub fn paint(&self) -> SharedPixelBuffer<Rgba8Pixel> {
        slint::platform::update_timers_and_animations();
        let size = self.0.size();
        let mut pixels = SharedPixelBuffer::<Rgba8Pixel>::new(size.width, size.height);
        self.0.request_redraw();
        self.0.draw_if_needed(|renderer| {
            let mut drawn =
                vec![PremultipliedRgbaColor::default(); (size.width * size.height) as usize];
            renderer.render(&mut drawn, size.width as usize);
            for (pixel, drawn) in pixels.make_mut_slice().iter_mut().zip(&drawn) {
                // The window's background is opaque, so nothing is left to un-premultiply.
                *pixel = Rgba8Pixel::new(drawn.red, drawn.green, drawn.blue, 255);
            }
        });
        pixels
    }
}
