//! The floor plan: made into pixels once, away from the thread that draws.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::domain::fault::Fault;
use crate::floor_plan::{self, Picture};

/// The most pixels that a screen shows of it.
const WITHIN: (u32, u32) = (1200, 800);

/// Which picture there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The branch's own.
    Own,
    /// The built-in sample: the branch has named none.
    Sample,
    /// None: the branch's own is broken. Words have to do.
    Nothing,
}

struct Made {
    shown: Shown,
    picture: Mutex<Option<Picture>>,
    faults: Vec<Fault>,
}

/// The floor plan of the branch, or what stands in for it.
#[derive(Clone)]
pub struct Floor {
    here: Option<(u8, u8)>,
    made: Arc<OnceLock<Made>>,
}

impl Floor {
    /// Makes the picture now. `path` is the branch's own file, `here` where the tablet stands on
    /// it, in percent.
    pub fn ready(path: Option<PathBuf>, here: Option<(u8, u8)>) -> Self {
        let floor = Self::empty(path.as_ref(), here);
        floor.made.get_or_init(|| make(path));
        floor
    }

    /// Makes the picture on a thread of its own and calls `made` when it is there.
    pub fn loading(
        path: Option<PathBuf>,
        here: Option<(u8, u8)>,
        made: impl FnOnce() + Send + 'static,
    ) -> Self {
        let floor = Self::empty(path.as_ref(), here);
        let place = floor.made.clone();
        let own = path.clone();
        let spawned = std::thread::Builder::new()
            .name("floor plan".to_owned())
            .spawn(move || {
                place.get_or_init(|| make(path));
                made();
            });
        if spawned.is_err() {
            // No thread to be had: then it takes its time here.
            floor.made.get_or_init(|| make(own));
        }
        floor
    }

    fn empty(path: Option<&PathBuf>, here: Option<(u8, u8)>) -> Self {
        let here = match path {
            Some(_) => here,
            None => Some(floor_plan::SAMPLE_HERE),
        };
        Self {
            here,
            made: Arc::default(),
        }
    }

    /// Which picture there is; none while it is being made.
    pub fn shown(&self) -> Option<Shown> {
        self.made.get().map(|made| made.shown)
    }

    /// The picture, for the one who asks first: there is no need to keep it twice.
    pub fn take(&self) -> Option<Picture> {
        let mut picture = self
            .made
            .get()?
            .picture
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        picture.take()
    }

    /// What is wrong with the branch's own file.
    pub fn faults(&self) -> &[Fault] {
        self.made.get().map_or(&[], |made| made.faults.as_slice())
    }

    /// Where the tablet stands on the picture: percent from the left and from the top.
    pub fn here(&self) -> Option<(u8, u8)> {
        self.here
    }
}

fn make(path: Option<PathBuf>) -> Made {
    let Some(path) = path else {
        return Made {
            shown: Shown::Sample,
            picture: Some(floor_plan::sample(WITHIN)).into(),
            faults: Vec::new(),
        };
    };
    match floor_plan::load(&path, &[WITHIN]) {
        Ok(reading) if reading.nothing_seen().is_none() => Made {
            shown: Shown::Own,
            picture: reading.pictures.into_iter().next().into(),
            faults: reading.faults,
        },
        Ok(reading) => Made {
            shown: Shown::Nothing,
            picture: None.into(),
            faults: reading.faults,
        },
        Err(fault) => Made {
            shown: Shown::Nothing,
            picture: None.into(),
            faults: vec![fault],
        },
    }
}
