//! The screens of the staff area as pictures.

use super::{ScreenshotRequest, ScreenshotScreen};
use crate::Screen;
use crate::config::settings::SECURITY;
use crate::domain::summary::IncidentState;
use crate::view::ViewState;

/// The screens of the staff area that do without complaints.
pub(super) fn pose(state: &ViewState, motif: &ScreenshotRequest) {
    state.unlock_to_look();
    match motif.shown {
        ScreenshotScreen::Health => return state.show(Screen::Health),
        ScreenshotScreen::People => return state.show_people(),
        ScreenshotScreen::Records => return read_records(state),
        ScreenshotScreen::Statistics => {
            state.show_statistics();
            return state.services().figures.wait();
        }
        ScreenshotScreen::Actions => {
            state.show_actions();
            return state.services().reviews.wait();
        }
        ScreenshotScreen::Review => {
            read_records(state);
            let closed = {
                let page = state.services().archive.page();
                let mut all = page.incidents.iter();
                all.find(|one| one.standing == IncidentState::Closed)
                    .map(|one| one.id.clone())
            };
            if let Some(closed) = closed {
                state.show_review(&closed);
                state.services().reviews.wait();
            }
            return;
        }
        ScreenshotScreen::Record => {
            read_records(state);
            let first =
                (state.services().archive.page().incidents.first()).map(|one| one.id.clone());
            if let Some(first) = first {
                state.open_record(&first);
                state.services().archive.wait();
            }
            return;
        }
        _ => {}
    }
    state.show_numbers();
    if motif.shown == ScreenshotScreen::Number {
        state.edit_number(motif.contact.as_deref().unwrap_or(SECURITY), Some(0));
    }
}

fn read_records(state: &ViewState) {
    state.show_records();
    state.services().archive.wait();
    state.services().reviews.wait();
}
