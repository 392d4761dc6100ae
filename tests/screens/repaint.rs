//! What is on the glass is what the state says: only what has changed is drawn again, and the
//! picture is the same as if all of it had been.

use std::rc::Rc;
use std::time::Duration;

use i_slint_backend_testing::{AccessibleRole, ElementHandle, get_mocked_time};
use slint::Rgb8Pixel;
use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, PlatformError, WindowAdapter};

use crate::chance::Chance;
use crate::kiosk::{BASELINE, Kiosk, epoch};

const PICTURES: usize = 100;

/// A display of pixels that keeps what was drawn, as the window of a display server does.
struct Glass {
    window: Rc<MinimalSoftwareWindow>,
    pixels: Vec<Rgb8Pixel>,
}

struct GlassPlatform(Rc<MinimalSoftwareWindow>);

impl Platform for GlassPlatform {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.0.clone())
    }

    fn duration_since_start(&self) -> Duration {
        Duration::from_millis(get_mocked_time())
    }
}

impl Glass {
    /// Makes a glass the place where the next window appears.
    fn new((width, height): (u32, u32)) -> Self {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        slint::platform::set_platform(Box::new(GlassPlatform(window.clone()))).unwrap();
        let pixels = vec![Rgb8Pixel::default(); (width * height) as usize];
        Self { window, pixels }
    }

    /// Draws again what has asked for it.
    fn follow(&mut self) {
        let width = self.window.size().width as usize;
        self.window.draw_if_needed(|renderer| {
            renderer.render(&mut self.pixels, width);
        });
    }

    /// All of the same, drawn anew.
    fn whole(&self) -> Vec<Rgb8Pixel> {
        let mut whole = vec![Rgb8Pixel::default(); self.pixels.len()];
        self.window.request_redraw();
        let drawn = self.window.draw_if_needed(|renderer| {
            renderer.set_repaint_buffer_type(RepaintBufferType::NewBuffer);
            renderer.render(&mut whole, self.window.size().width as usize);
            renderer.set_repaint_buffer_type(RepaintBufferType::ReusedBuffer);
        });
        assert!(drawn);
        whole
    }
}

/// What a finger may press now, save the ways to the staff's.
fn controls(kiosk: &Kiosk) -> Vec<ElementHandle> {
    let pressed = |one: &ElementHandle| {
        one.accessible_role() == Some(AccessibleRole::Button)
            && one.accessible_enabled() != Some(false)
            && !one.accessible_id().unwrap_or_default().contains("staff")
    };
    kiosk.elements().into_iter().filter(pressed).collect()
}

#[test]
fn a_picture_that_was_drawn_in_parts_is_the_same_as_one_drawn_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut glass = Glass::new(BASELINE);
    let kiosk = Kiosk::start_at(dir.path(), epoch());
    let mut chance = Chance(20_261_127);
    let mut path = Vec::new();
    let mut wrong = Vec::new();
    for picture in 0..PICTURES {
        for _ in 0..4 {
            let controls = controls(&kiosk);
            let control = &controls[chance.below(controls.len())];
            let id = control.accessible_id().unwrap_or_default();
            path.push(id.to_string());
            control.mock_single_click(slint::platform::PointerEventButton::Left);
            glass.follow();
            for _ in 0..1 + chance.below(3) {
                kiosk.pass(Duration::from_millis(500));
                glass.follow();
            }
        }
        kiosk.settle();
        glass.follow();
        let before = glass.pixels.clone();
        let whole = glass.whole();
        if before != whole {
            let recent = path.len().saturating_sub(6);
            wrong.push((picture, path[recent..].join(" → ")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {PICTURES}: {wrong:#?}",
        wrong.len()
    );
}

#[test]
fn a_command_called_out_after_long_use_stands_on_the_glass() {
    let dir = tempfile::tempdir().unwrap();
    let mut glass = Glass::new(BASELINE);
    let kiosk = Kiosk::start_at(dir.path(), epoch());
    kiosk.tap("incident-earthquake");
    for turns in 0..30 {
        kiosk.tap("evacuate");
        glass.follow();
        for _ in 0..turns % 5 {
            kiosk.tap("language");
            glass.follow();
        }
        // The seconds alone change.
        for _ in 0..12 {
            kiosk.pass(Duration::from_millis(500));
            glass.follow();
        }
        if kiosk.shows("next-command") {
            kiosk.tap("next-command");
            glass.follow();
        }
        kiosk.settle();
        glass.follow();
        let before = glass.pixels.clone();
        assert!(before == glass.whole(), "after {turns} turns");
        kiosk.tap("evacuation-end");
        kiosk.tap("end-false-alarm");
        kiosk.tap("confirm-end");
        kiosk.pass(Duration::from_secs(12));
        glass.follow();
        if kiosk.shows("to-board") {
            kiosk.tap("to-board");
        }
        glass.follow();
    }
}
