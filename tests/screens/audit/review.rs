//! The review of an incident in all its parts and questions, and the actions.

use super::{everywhere, wordy};
use crate::people::{LI, branch, come_in};
use crate::records::{season, tap};
use crate::review::{add_action, open};

#[test]
fn the_reviews() {
    let prepare = |data: &std::path::Path| {
        wordy(data);
        branch(data);
    };
    everywhere(prepare, |kiosk, _, look| {
        season(kiosk);
        open(kiosk, 2, LI);
        look("the record in the review");
        for part in ["causes", "guide", "responsibility", "actions"] {
            kiosk.tap(&format!("part-{part}"));
            look(&format!("{part}, empty"));
        }
        kiosk.tap("part-causes");
        kiosk.tap("cause-equipment");
        kiosk.tap("cause-outside");
        look("causes");
        kiosk.tap("part-guide");
        kiosk.tap("word-1-missing");
        look("the guide");
        kiosk.tap("part-responsibility");
        kiosk.tap("settle-responsibility");
        look("whose");
        kiosk.tap("whose-3");
        kiosk.tap("evidence-witness");
        look("evidence");
        kiosk.tap("choice-next");
        look("decision");
        kiosk.tap("decision-head-office");
        look("responsibility");
        kiosk.tap("part-actions");
        kiosk.tap("add-action");
        look("kind");
        kiosk.tap("kind-equipment");
        look("owner");
        kiosk.tap("owner-3");
        look("due");
        kiosk.tap("choice-next");
        look("about");
        kiosk.tap("about-step-1");
        for (kind, owner) in [("kind-plan", "owner-1"), ("kind-process", "owner-2")] {
            add_action(kiosk, kind, owner, "about-customers");
        }
        look("actions");
        kiosk.tap("action-1");
        look("what became of it");
        kiosk.tap("drop");
        look("why not");
        kiosk.tap("why-elsewhere");
        kiosk.tap("action-1");
        look("why again");
        kiosk.tap("back-to-board");
        kiosk.tap("finalise");
        look("is it complete");
        kiosk.tap("finalise-confirm");
        look("final");
        kiosk.tap("part-guide");
        look("the guide of a final one");
        kiosk.tap("new-version");
        look("a new version");
        kiosk.settle();
        kiosk.skip(std::time::Duration::from_secs(30 * 24 * 3600));
        come_in(kiosk, 2, LI);
        tap(kiosk, "staff-records");
        look("the ways to them");
        tap(kiosk, "review-due");
        look("due ones alone");
        tap(kiosk, "staff-actions");
        look("actions overdue");
        kiosk.tap("actions-whose");
        look("whose actions");
        kiosk.tap("back-to-board");
        tap(kiosk, "actions-settled");
        look("settled ones");
    });
}
