//! The floor plan: made into pixels once, away from the thread that draws.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::config::fault::Fault;
use crate::floor_plan::{self, Picture};
use crate::service::in_force::write_faults;

/// The most pixels that a screen shows of it.
const WITHIN: (u32, u32) = (1200, 800);

/// Which picture there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloorPicture {
    /// The branch's own.
    Own,
    /// The built-in sample: the branch has named none.
    Sample,
    /// None: the branch's own is broken. Words have to do.
    Nothing,
}

struct Made {
    here: Option<(u8, u8)>,
    shown: FloorPicture,
    picture: Option<Picture>,
    faults: Vec<Fault>,
}

#[derive(Default)]
struct State {
    made: Option<Made>,
    /// How often one was asked for: what comes of an earlier wish is too late.
    asked: u64,
}

/// The floor plan of the branch, or what stands in for it; cheap to clone.
#[derive(Clone, Default)]
pub struct Floor(Arc<Mutex<State>>);

impl Floor {
    /// Makes the picture now. `path` is the branch's own file, `here` where the tablet stands on
    /// it, in percent.
    pub fn ready(path: Option<PathBuf>, here: Option<(u8, u8)>) -> Self {
        let floor = Self::default();
        let asked = floor.ask();
        floor.put(asked, make(path, here));
        floor
    }

    /// Makes the picture on a thread of its own and calls `made` when it is there.
    pub fn load(
        &self,
        path: Option<PathBuf>,
        here: Option<(u8, u8)>,
        made: impl FnOnce() + Send + 'static,
    ) {
        let asked = self.ask();
        let floor = self.clone();
        let own = path.clone();
        let spawned = std::thread::Builder::new()
            .name("floor plan".to_owned())
            .spawn(move || {
                floor.put(asked, make(path, here));
                made();
            });
        if spawned.is_err() {
            // No thread to be had: then it takes its time here.
            self.put(asked, make(own, here));
        }
    }

    fn ask(&self) -> u64 {
        let mut state = self.state();
        state.asked += 1;
        state.asked
    }

    fn put(&self, asked: u64, made: Made) {
        let mut state = self.state();
        if state.asked != asked {
            return;
        }
        let before = state.made.take();
        let faults = made.faults.clone();
        let faults_before = before.as_ref().map(|made| made.faults.clone());
        state.made = Some(match before {
            // What was broken while the tablet was in use leaves the last good picture.
            Some(before)
                if made.shown == FloorPicture::Nothing && before.shown == FloorPicture::Own =>
            {
                Made {
                    faults: made.faults,
                    ..before
                }
            }
            _ => made,
        });
        // Whoever draws waits for no log.
        drop(state);
        write_faults(&faults_before.unwrap_or_default(), &faults);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Which picture there is; none while the first is being made.
    pub fn shown(&self) -> Option<FloorPicture> {
        self.state().made.as_ref().map(|made| made.shown)
    }

    /// The picture, for the one who asks first: there is no need to keep it twice.
    pub fn take(&self) -> Option<Picture> {
        self.state().made.as_mut()?.picture.take()
    }

    /// What is wrong with the branch's own file.
    pub fn faults(&self) -> Vec<Fault> {
        let state = self.state();
        let made = state.made.as_ref();
        made.map_or_else(Vec::new, |made| made.faults.clone())
    }

    /// Where the tablet stands on the picture: percent from the left and from the top.
    pub fn here(&self) -> Option<(u8, u8)> {
        self.state().made.as_ref()?.here
    }
}

fn make(path: Option<PathBuf>, here: Option<(u8, u8)>) -> Made {
    let Some(path) = path else {
        return Made {
            here: Some(floor_plan::SAMPLE_HERE),
            shown: FloorPicture::Sample,
            picture: Some(floor_plan::sample(WITHIN)),
            faults: Vec::new(),
        };
    };
    match floor_plan::load(&path, &[WITHIN]) {
        Ok(reading) if reading.nothing_seen().is_none() => Made {
            here,
            shown: FloorPicture::Own,
            picture: reading.pictures.into_iter().next(),
            faults: reading.faults,
        },
        Ok(reading) => Made {
            here,
            shown: FloorPicture::Nothing,
            picture: None,
            faults: reading.faults,
        },
        Err(fault) => Made {
            here,
            shown: FloorPicture::Nothing,
            picture: None,
            faults: vec![fault],
        },
    }
}
