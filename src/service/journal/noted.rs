//! What becomes of the journal, for a diagnosis: each trouble once, when it begins and when it is
//! over, however often the disk is tried meanwhile.

use tracing::{error, info, warn};

use super::{Lists, Notice};
use crate::store::StoreError;

/// What was noted last.
#[derive(Default)]
pub(super) struct Noted {
    failing: Option<StoreError>,
    /// Lists that are being made anew, and why they did not go on.
    listing: Option<Option<StoreError>>,
}

impl Noted {
    /// Takes in what everybody is told.
    pub(super) fn take(&mut self, notice: &Notice) {
        match notice {
            Notice::Recorded(_) => {
                if self.failing.take().is_some() {
                    info!("the journal records again");
                }
            }
            Notice::Failed { error, pending } => {
                if self.failing.as_ref() != Some(error) {
                    warn!(%error, pending, "the journal does not record");
                    self.failing = Some(error.clone());
                }
            }
            Notice::Refused { error, .. } => error!(%error, "an act can never be recorded"),
            Notice::SetAside(aside) => {
                let name = aside.file.file_name().unwrap_or_default().display();
                let (error, carried) = (&aside.why, aside.carried);
                warn!(file = %name, %error, carried, "the journal was set aside and begun anew");
            }
            Notice::Holds(live) => {
                info!(count = live.len(), "the journal was begun or opened anew")
            }
            Notice::Mended => warn!("the lists of the journal were damaged and made anew"),
            Notice::PutBack => warn!("the journal was taken away and put back"),
            Notice::LeftBehind => error!("the disk of the journal is gone"),
            Notice::Listing(lists) => self.take_lists(lists),
            Notice::UnfitDisk { kind } => info!(disk = kind, "the journal lies on an unfit disk"),
        }
    }
}

impl Noted {
    /// The beginning and the end of lists that are made anew, and what holds them up.
    fn take_lists(&mut self, lists: &Lists) {
        let now = lists.growing.map(|_| lists.error.clone());
        if self.listing == now {
            return;
        }
        match (&self.listing, &now) {
            (_, Some(Some(error))) => warn!(%error, "the lists of the journal are held up"),
            (None, Some(None)) => info!("the lists of the journal are being made anew"),
            (Some(_), None) => info!("the lists of the journal are whole"),
            _ => {}
        }
        self.listing = now;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnosis::said;

    #[test]
    fn a_disk_that_takes_nothing_for_days_is_two_lines() {
        let mut noted = Noted::default();
        let error = StoreError::NoRandomness {
            detail: "why".to_owned(),
        };
        let told = said(|| {
            noted.take(&Notice::Recorded(Arc::from([])));
            for pending in 0..1000 {
                let error = error.clone();
                noted.take(&Notice::Failed { error, pending });
            }
            noted.take(&Notice::Recorded(Arc::from([])));
            noted.take(&Notice::Recorded(Arc::from([])));
        });
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 2, "{told}");
        assert!(lines[0].ends_with("does not record error=no randomness: why pending=0"));
        assert!(lines[1].ends_with("the journal records again"));
    }
}
