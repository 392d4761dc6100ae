//! The display under the window: the window covers it whatever becomes of it, it stays lit, and
//! what is pressed on it while it is dark does nothing.

#[cfg(target_os = "linux")]
mod wayland;
#[cfg(target_os = "linux")]
mod x11;

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use slint::winit_030::winit::event::{ElementState, MouseButton, TouchPhase, WindowEvent};
use slint::winit_030::winit::raw_window_handle::{HasDisplayHandle, RawDisplayHandle};
use slint::winit_030::winit::window::Window as WinitWindow;
use slint::winit_030::{EventResult, WinitWindowAccessor};
use slint::{ComponentHandle, PhysicalPosition, PhysicalSize};

use super::frames;
use super::in_window;
use crate::domain::waking::Waking;

/// What became of the light of the display, and when.
enum Light {
    /// It went out.
    Dark,
    /// It came back.
    Lit(Instant),
}

/// A part of the screen that is one display, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

impl Area {
    /// With no display at all the toolkit, too, makes one up, of one pixel.
    fn is_a_display(&self) -> bool {
        self.width > 1 && self.height > 1
    }

    fn covers(&self, x: i32, y: i32) -> bool {
        let within = |at: i32, start: i32, length: u32| {
            i64::from(at) >= i64::from(start)
                && i64::from(at) < i64::from(start) + i64::from(length)
        };
        within(x, self.x, self.width) && within(y, self.y, self.height)
    }
}

/// Makes a shown window take all of its display, now and whenever that becomes another, keeps the
/// display lit, and lets nothing act that is pressed on a dark one.
///
/// Where no window manager runs, the window is made as large as the display, which is all that
/// can be done; a window manager or compositor is asked for full screen, and says how large that is.
pub fn fill_screen<T: ComponentHandle + 'static>(component: &T) {
    let (told, lights) = channel();
    // Kept with the window.
    let kept: Rc<RefCell<Option<Lit>>> = Rc::default();
    ignore_touches_in_the_dark(component, lights, Rc::clone(&kept));
    let weak = component.as_weak();
    let filling = async move {
        let Some(component) = weak.upgrade() else {
            return;
        };
        let window = component.window();
        // Not a window of the display server: there is no display to fill.
        let Ok(winit) = window.winit_window().await else {
            return;
        };
        kept.replace(Lit::keep(&component, &winit, told));
        window.set_fullscreen(true);
    };
    #[expect(
        clippy::unused_result_ok,
        reason = "without an event loop there is no window to fill either"
    )]
    slint::spawn_local(filling).ok();
}

/// What keeps the display lit while it is kept.
enum Lit {
    #[cfg(target_os = "linux")]
    Wayland(#[allow(dead_code, reason = "it is kept, that is all")] wayland::Inhibited),
    Otherwise,
}

impl Lit {
    /// Keeps the display lit, and follows it where the window has to.
    fn keep<T: ComponentHandle + 'static>(
        component: &T,
        winit: &WinitWindow,
        told: Sender<Light>,
    ) -> Option<Self> {
        let handle = winit.display_handle().ok()?.as_raw();
        #[cfg(target_os = "linux")]
        if matches!(handle, RawDisplayHandle::Wayland(_)) {
            // The compositor itself says how large the window is.
            return wayland::Inhibited::start(winit).map(Self::Wayland);
        }
        let areas = winit.available_monitors().map(|monitor| Area {
            x: monitor.position().x,
            y: monitor.position().y,
            width: monitor.size().width,
            height: monitor.size().height,
        });
        cover(component, &areas.collect::<Vec<_>>());
        #[cfg(target_os = "linux")]
        if matches!(handle, RawDisplayHandle::Xlib(_) | RawDisplayHandle::Xcb(_)) {
            let weak = component.as_weak();
            let changed = move |areas: Vec<Area>| {
                in_window(&weak, move |component: T| cover(&component, &areas));
            };
            x11::follow(told, changed);
        }
        Some(Self::Otherwise)
    }
}

/// Makes the window as large as the display on which it is, or else the first one.
fn cover<T: ComponentHandle>(component: &T, areas: &[Area]) {
    let window = component.window();
    let at = window.position();
    let displays = || areas.iter().filter(|one| one.is_a_display());
    let here = displays().find(|one| one.covers(at.x, at.y));
    let Some(display) = here.or_else(|| displays().next()) else {
        return;
    };
    if here.is_none() {
        window.set_position(PhysicalPosition::new(display.x, display.y));
    }
    if (window.size().width, window.size().height) != (display.width, display.height) {
        window.set_size(PhysicalSize::new(display.width, display.height));
    }
}

/// What has been pressed and is not to act, until it is let go.
#[derive(Default)]
struct Swallowed {
    fingers: HashSet<u64>,
    buttons: HashSet<MouseButton>,
}

impl Swallowed {
    /// Whether the toolkit is to hear of the event. `lit` says whether what is pressed now acts.
    fn passes(&mut self, event: &WindowEvent, lit: impl FnOnce() -> bool) -> bool {
        match event {
            WindowEvent::Touch(touch) => match touch.phase {
                TouchPhase::Started => lit() || !self.fingers.insert(touch.id),
                TouchPhase::Moved => !self.fingers.contains(&touch.id),
                TouchPhase::Ended | TouchPhase::Cancelled => !self.fingers.remove(&touch.id),
            },
            WindowEvent::MouseInput { state, button, .. } => match state {
                ElementState::Pressed => lit() || !self.buttons.insert(*button),
                ElementState::Released => !self.buttons.remove(button),
            },
            WindowEvent::KeyboardInput { event, .. } => {
                event.state == ElementState::Released || lit()
            }
            _ => true,
        }
    }
}

/// Lets nothing act that is pressed while the display is dark.
fn ignore_touches_in_the_dark<T: ComponentHandle>(
    component: &T,
    lights: Receiver<Light>,
    kept: Rc<RefCell<Option<Lit>>>,
) {
    let start = Instant::now();
    let mut waking = Waking::default();
    let mut swallowed = Swallowed::default();
    component
        .window()
        .on_winit_window_event(move |window, event| {
            let _kept = &kept;
            frames::watch(event);
            let lit = || {
                for light in lights.try_iter() {
                    match light {
                        Light::Dark => waking.darken(),
                        Light::Lit(at) => waking.light(at.saturating_duration_since(start)),
                    }
                }
                waking.press(start.elapsed())
                    && window.with_winit_window(is_on_a_display) != Some(false)
            };
            if swallowed.passes(event, lit) {
                EventResult::Propagate
            } else {
                EventResult::PreventDefault
            }
        });
}

/// With the last display switched off a compositor has none left, and nobody sees what is touched.
fn is_on_a_display(winit: &WinitWindow) -> bool {
    let wayland = matches!(
        winit.display_handle().map(|handle| handle.as_raw()),
        Ok(RawDisplayHandle::Wayland(_))
    );
    // Not whether the window says on which one it is: some compositors never tell it.
    !wayland || winit.available_monitors().next().is_some()
}
