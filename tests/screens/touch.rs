//! Touches at the very edge of the display: a finger that comes over the frame reaches what is
//! nearest to it.

use std::time::Duration;

use i_slint_backend_testing::mock_elapsed_time;
use slint::LogicalPosition;

use crate::kiosk::{Kiosk, SIZES};

/// How far from the frame a finger lands that slides in over it.
const HALF: f32 = 0.5;

/// Touches the display's edge beside the control: at its left, right, top and bottom where the
/// control is the last one on that side.
fn edges(kiosk: &Kiosk, id: &str, (width, height): (u32, u32)) -> Vec<LogicalPosition> {
    let found = kiosk.find(id).unwrap_or_else(|| panic!("no {id}"));
    let (at, size) = (found.absolute_position(), found.size());
    let (width, height) = (width as f32, height as f32);
    let (x, y) = (at.x + size.width / 2.0, at.y + size.height / 2.0);
    // As wide as the margin of the grid at that size.
    let near = 20.0 * width.min(height) / 800.0;
    let mut all = Vec::new();
    if at.x <= near {
        all.push(LogicalPosition::new(HALF, y));
    }
    if width - at.x - size.width <= near {
        all.push(LogicalPosition::new(width - HALF, y));
    }
    if at.y <= near {
        all.push(LogicalPosition::new(x, HALF));
    }
    if height - at.y - size.height <= near {
        all.push(LogicalPosition::new(x, height - HALF));
    }
    all
}

fn touch(kiosk: &Kiosk, at: LogicalPosition) {
    mock_elapsed_time(Duration::from_millis(600));
    kiosk.touch(at, Duration::from_millis(50));
}

#[test]
fn every_side_of_the_board_reaches_what_is_nearest() {
    for size in SIZES {
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.resize(size);
        let mut reached = 0;
        for id in kiosk.ids() {
            let Some(kind) = id.strip_prefix("incident-") else {
                continue;
            };
            for at in edges(&kiosk, &id, size) {
                touch(&kiosk, at);
                let open = kiosk.open();
                assert!(
                    open.iter().any(|one| one.type_id == kind),
                    "{id} at {at:?} of {size:?}"
                );
                reached += 1;
                kiosk.tap("back-to-board");
            }
        }
        assert!(reached >= 4, "{reached} at {size:?}");
        for at in edges(&kiosk, "contacts", size) {
            touch(&kiosk, at);
            assert!(kiosk.shows("contact-police"), "{at:?} of {size:?}");
            kiosk.tap("back-to-board");
        }
        // With as little open as in the beginning, evacuate is in the corner.
        kiosk.stop();
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.resize(size);
        let corners = edges(&kiosk, "evacuate", size);
        assert_eq!(corners.len(), 2, "it is the last one both ways");
        let corner = LogicalPosition::new(corners[0].x, corners[1].y);
        touch(&kiosk, corner);
        assert!(
            kiosk.shows("undo"),
            "evacuating from the corner at {size:?}"
        );
    }
}

#[test]
fn the_edge_of_the_posted_face_reaches_its_controls() {
    for size in SIZES {
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.resize(size);
        kiosk.screens.state().post();
        kiosk.screens.draw();
        for at in edges(&kiosk, "contacts", size) {
            touch(&kiosk, at);
            assert!(kiosk.shows("contact-police"), "{at:?} of {size:?}");
            kiosk.tap("back-to-board");
        }
        for at in edges(&kiosk, "evacuate", size) {
            touch(&kiosk, at);
            assert!(kiosk.shows("evacuate-not"), "{at:?} of {size:?}");
            kiosk.tap("evacuate-not");
        }
    }
}
