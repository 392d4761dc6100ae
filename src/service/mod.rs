//! Use cases: one file a capability. The only callers of the store.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

pub mod address;
pub mod archive;
pub mod bus;
pub mod calls;
pub mod certificate;
pub mod clock;
pub mod clock_watch;
pub mod complaints;
pub mod corrections;
pub mod demo;
pub mod desk;
pub mod errand;
pub mod evacuation;
mod evacuation_roll;
pub mod export;
pub mod figures;
pub mod filing;
pub mod floor;
pub mod floor_plan_thumbnail;
pub mod form_tokens;
pub mod ids;
pub mod in_force;
pub mod incidents;
pub mod jobs;
pub mod journal;
pub mod journal_file;
mod jumps;
pub mod keeper;
pub mod keys;
pub mod language;
pub mod lists;
pub mod pages;
pub mod pcs;
pub mod people;
pub mod phone;
pub mod pin;
pub mod receipts;
mod receiving;
pub mod recorder;
pub mod recording;
pub mod records;
pub mod reporting;
mod resuscitation;
pub mod reviews;
pub mod seals;
mod settling;
pub mod staff;
pub mod statistics;
mod steps;
pub mod turns;
pub mod wording;

use tracing::warn;

pub use crate::store::chain::{Broken, What};
pub use crate::store::{Amiss, Newer, StoreError, Stored, Trouble, Unreadable, Verdict, Writer};

use crate::config::fault::Fault;
use crate::config::settings::Settings;
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;
use crate::sound::Sound;
use in_force::InForce;

/// What the screens work with.
pub struct Services {
    /// The plan and the settings in force, and what is wrong with the branch's files.
    pub in_force: InForce,
    /// What is wrong with the end of the journal found at the start, for the banner.
    pub broken: Option<Broken>,
    /// What else has become of its file.
    pub journal_file: journal_file::JournalFile,
    /// The floor plan.
    pub floor: floor::Floor,
    /// Where all that is done is recorded.
    pub recorder: Arc<recorder::Recorder>,
    /// What can be done with incidents.
    pub incidents: incidents::Incidents,
    /// Customers' complaints; none where the journal could not be opened yet.
    pub complaints: RefCell<Option<Arc<complaints::Complaints>>>,
    /// Where they arrive then, and who wakes the screens.
    pub coming: Option<(Receiver<Arc<complaints::Complaints>>, errand::Wake)>,
    /// What the staff do behind their PIN.
    pub staff: staff::Staff,
    /// What happened, as the staff look it up.
    pub archive: archive::Archive,
    /// Statistics, as the staff look at them.
    pub figures: figures::Figures,
    /// Reports that somebody asks for on the screen.
    pub filing: filing::Filing,
    /// The reviews of what happened, and what follows from them.
    pub reviews: reviews::Reviews,
    /// The people of the branch, and who is on duty.
    pub people: people::Here,
    /// Links to the staff's own phones.
    pub phone: phone::Phone,
    /// The PCs that read the staff pages; none where no pages are served beside the screen.
    pub pcs: Option<Arc<pcs::Pcs>>,
    /// The complaints as the staff see them.
    pub desk: desk::Desk,
    /// What becomes of complaints that are past their keeping.
    pub keeping: keeper::Told,
    /// The pages for phones.
    pub pages: pages::Pages,
    /// What goes on beside the screen, and how it goes.
    pub jobs: jobs::Jobs,
    /// What is to be heard; nothing, unless somebody plays it.
    pub sound: Sound,
    /// The data directory; none where nobody has named one.
    pub data: Option<PathBuf>,
    /// The time.
    pub clock: clock::Clock,
    /// The language to begin in, where one was asked for.
    pub asked_lang: Option<Lang>,
}

impl Services {
    /// What works with what is `in_force` and records by `recorder`, with the incidents that are
    /// still in mind. What there is besides is put into its fields.
    pub fn new(in_force: InForce, recorder: Arc<recorder::Recorder>, live: Vec<Incident>) -> Self {
        Self {
            floor: floor::Floor::default(),
            incidents: incidents::Incidents::new(in_force.clone(), Arc::clone(&recorder), live),
            in_force,
            broken: None,
            journal_file: journal_file::JournalFile::default(),
            complaints: RefCell::default(),
            coming: None,
            staff: staff::Staff::default(),
            archive: archive::Archive::default(),
            figures: figures::Figures::default(),
            filing: filing::Filing::default(),
            reviews: reviews::Reviews::default(),
            people: people::Here::default(),
            phone: phone::Phone::default(),
            pcs: None,
            desk: desk::Desk::default(),
            keeping: keeper::Told::default(),
            pages: pages::Pages::default(),
            jobs: jobs::Jobs::default(),
            sound: Sound::default(),
            data: None,
            clock: recorder.clock().clone(),
            asked_lang: None,
            recorder,
        }
    }

    /// The plan in force just now.
    pub fn plan(&self) -> Arc<Plan> {
        self.in_force.plan()
    }

    /// The settings in force just now.
    pub fn settings(&self) -> Arc<Settings> {
        self.in_force.settings()
    }

    /// What is wrong with the branch's files, for the banner.
    pub fn faults(&self) -> Arc<[Fault]> {
        Arc::clone(&self.in_force.now().faults)
    }
}

impl Services {
    /// Takes the complaints in, and has them read apart from the thread that draws. Where there
    /// are none, the desk says so until they arrive from `coming`.
    pub fn keep_complaints(
        &mut self,
        complaints: Option<Arc<complaints::Complaints>>,
        coming: Option<Receiver<Arc<complaints::Complaints>>>,
        wake: errand::Wake,
    ) {
        self.coming = coming.map(|coming| (coming, Arc::clone(&wake)));
        if let Some(complaints) = complaints {
            self.open_desk(complaints, wake);
        }
    }

    /// Takes in what the desk has read, and complaints that could be opened only now; says whether
    /// there was anything.
    pub fn take_in(&self) -> bool {
        let came = self
            .coming
            .as_ref()
            .and_then(|(coming, wake)| Some((coming.try_recv().ok()?, Arc::clone(wake))));
        let any = came.is_some();
        if let Some((complaints, wake)) = came {
            self.open_desk(complaints, wake);
            self.desk.refresh();
        }
        let (desk, archive) = (self.desk.take_in(), self.archive.take_in());
        let (acts, links) = (self.do_for_phones(), self.phone.take_in());
        let (figures, filed) = (self.figures.take_in(), self.filing.take_in());
        let reviews = self.reviews.take_in();
        desk || archive || reviews || figures || filed || acts || links || any
    }

    fn open_desk(&self, complaints: Arc<complaints::Complaints>, wake: errand::Wake) {
        complaints.follow(&self.settings());
        self.keeping.begin(&complaints);
        // Without a thread to read them, the desk says that there are none.
        let clock = self.clock.clone();
        if let Err(error) = self.desk.begin(complaints.clone(), clock, wake) {
            warn!(%error, "the complaints cannot be read");
        }
        self.complaints.replace(Some(complaints));
    }
}
