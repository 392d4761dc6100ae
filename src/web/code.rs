//! A QR code on a page, as a drawing: black on white, its quiet zone around it.

use std::sync::{Arc, Mutex, PoisonError};

use maud::{Markup, html};

use crate::qr::{Medium, QUIET_ZONE, encode};

/// The code that was drawn last. Encoding it takes longer than all the rest of an answer, and
/// whoever stands in the lobby is given the same address.
#[derive(Default)]
pub struct Codes(Mutex<Option<Arc<Drawn>>>);

struct Drawn {
    payload: String,
    /// Modules along a side, quiet zone included; none where the payload fits in no code.
    side: Option<usize>,
    path: String,
}

impl Codes {
    /// The code of `payload`, named `label`; nothing where it fits in none.
    pub fn show(&self, payload: &str, label: &str) -> Markup {
        let drawn = self.drawn(payload);
        html! {
            @if let Some(side) = drawn.side {
                svg.code viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(label) shape-rendering="crispEdges" {
                    rect width=(side) height=(side) fill="#fff" {}
                    path d=(drawn.path) fill="#000" {}
                }
            }
        }
    }

    fn drawn(&self, payload: &str) -> Arc<Drawn> {
        let last = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = last().as_ref().filter(|one| one.payload == payload) {
            return Arc::clone(drawn);
        }
        let drawn = Arc::new(draw(payload));
        *last() = Some(Arc::clone(&drawn));
        drawn
    }
}

fn draw(payload: &str) -> Drawn {
    let mut drawn = Drawn {
        payload: payload.to_owned(),
        side: None,
        path: String::new(),
    };
    if let Ok(matrix) = encode(payload, Medium::Screen) {
        drawn.side = Some(matrix.width() + 2 * QUIET_ZONE);
        for row in 0..matrix.width() {
            for run in matrix.runs(row) {
                let (x, y, length) = (run.start + QUIET_ZONE, row + QUIET_ZONE, run.len());
                drawn
                    .path
                    .push_str(&format!("M{x} {y}h{length}v1h-{length}z"));
            }
        }
    }
    drawn
}
