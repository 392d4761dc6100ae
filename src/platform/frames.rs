//! How long the window's thread is held up by a frame, or by an act on the screen, for a diagnosis.

use std::time::{Duration, Instant};

use slint::ComponentHandle;
use slint::winit_030::winit::event::{ElementState, TouchPhase, WindowEvent};
use slint::winit_030::{EventResult, WinitWindowAccessor};
use tracing::warn;

use crate::diagnosis::Seldom;

/// What a frame, and what comes of a touch before its frame, may take before that is noted. A tenth
/// of a second is what people take for at once.
pub const LIMIT: Duration = Duration::from_millis(100);

static FRAMES: Seldom = Seldom::new();
static ACTS: Seldom = Seldom::new();

/// Has the time noted that the toolkit takes over an event which is just being handed to it: what
/// is asked of its loop now comes after.
pub(super) fn watch(event: &WindowEvent) {
    let (what, seldom) = match event {
        WindowEvent::RedrawRequested => ("frame", &FRAMES),
        WindowEvent::Touch(touch) if touch.phase == TouchPhase::Ended => ("act", &ACTS),
        WindowEvent::MouseInput { state, .. } if *state == ElementState::Released => ("act", &ACTS),
        _ => return,
    };
    let began = Instant::now();
    #[expect(
        clippy::unused_result_ok,
        reason = "a loop that has ended draws nothing more"
    )]
    slint::invoke_from_event_loop(move || note(what, seldom, began.elapsed())).ok();
}

/// The same for every event of a window that nobody else follows.
pub fn watch_frames<T: ComponentHandle>(component: &T) {
    component.window().on_winit_window_event(|_, event| {
        watch(event);
        EventResult::Propagate
    });
}

fn note(what: &str, seldom: &Seldom, took: Duration) {
    if took > LIMIT
        && let Some(count) = seldom.happened()
    {
        let ms = took.as_millis();
        warn!(what, ms, count, "the screen was slow");
    }
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, note};
    use crate::diagnosis::{Seldom, said};

    #[test]
    fn a_frame_above_its_limit_is_noted_and_one_within_it_never() {
        let seldom = Seldom::new();
        let told = said(|| {
            note("frame", &seldom, LIMIT);
            note("frame", &seldom, LIMIT * 3);
            note("frame", &seldom, LIMIT * 3);
        });
        let expected = " WARN lobby_kiosk::platform::frames: the screen was slow what=\"frame\" ms=300 count=1\n";
        assert_eq!(told, expected);
    }
}
