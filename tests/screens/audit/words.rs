//! How large the words of a step are: its detail, what to say and what never to say.

use i_slint_backend_testing::ElementQuery;

use crate::kiosk::Kiosk;

/// The smallest size at which they stand, in logical pixels at the baseline: on its side and upright.
const LEAST: [f32; 2] = [30.0, 28.0];
/// The same while a question why or what has come by itself takes a row of its own for a moment.
const PRESSED: f32 = 24.0;

/// What is wrong with the size of the words on the screen as it stands, if a step is on it.
pub fn too_small(kiosk: &Kiosk, size: (u32, u32)) -> Option<String> {
    let found = ElementQuery::from_root(kiosk.window())
        .match_id("StepCard::words-size")
        .find_all();
    let unit = size.0.min(size.1) as f32 / 800.0;
    let words = found.first()?.size().height / unit;
    let pressed = ["no-reason", "prompt-done"]
        .iter()
        .any(|id| kiosk.shows(id));
    let least = if pressed {
        PRESSED
    } else {
        LEAST[usize::from(size.0 < size.1)]
    };
    (words < least - 0.1).then(|| format!("the words of a step are {words:.0} px, below {least}"))
}
