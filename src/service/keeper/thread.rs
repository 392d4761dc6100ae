//! The keeper's thread. It sleeps but for one look an hour, which also counts how long the tablet
//! has run.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::{Keeper, Outlook};
use crate::config::settings::Settings;
use crate::service::complaints::Complaints;
use crate::service::jobs::{Job, JobId, Jobs};
use crate::threads::{join, tell};

/// How often it looks.
const LOOK: Duration = Duration::from_secs(60 * 60);

/// How the keeper tells the time, and how often it looks.
pub struct Pace {
    /// What the wall clock shows, and how long the program has run by a clock that nobody can set.
    pub times: Box<dyn Fn() -> (DateTime<Utc>, Duration) + Send>,
    /// From one look to the next.
    pub every: Duration,
}

impl Default for Pace {
    /// One look an hour, by the system's clocks.
    fn default() -> Self {
        let began = Instant::now();
        Self {
            times: Box::new(move || (Utc::now(), began.elapsed())),
            every: LOOK,
        }
    }
}

/// What the keeper's thread is told.
enum Message {
    /// The complaints could be opened only now.
    Begin(Arc<Complaints>),
    /// The settings have changed.
    Keep(Option<u32>),
    /// The staff say that the date is right.
    Confirm,
    /// All complaints are listed.
    Listed,
    /// The program ends.
    Stop,
}

/// What the screens know of the keeper, and how they reach it. Without one it is silent.
#[derive(Clone, Default)]
pub struct Told {
    outlook: Arc<Mutex<Outlook>>,
    messages: Option<Sender<Message>>,
}

impl Told {
    fn lock(&self) -> MutexGuard<'_, Outlook> {
        self.outlook.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the staff are to be told.
    pub fn outlook(&self) -> Outlook {
        self.lock().clone()
    }

    /// Has something else told; says whether it is news.
    pub fn tell(&self, outlook: Outlook) -> bool {
        let mut told = self.lock();
        let news = *told != outlook;
        *told = outlook;
        news
    }

    /// The staff say that the date is right. What was asked is not asked again meanwhile.
    pub fn confirm(&self) {
        self.lock().doubted = None;
        self.send(Message::Confirm);
    }

    /// Has it keep these complaints, where it keeps none yet.
    pub fn begin(&self, complaints: &Arc<Complaints>) {
        self.send(Message::Begin(Arc::clone(complaints)));
    }

    /// All complaints are listed from now on.
    pub fn listed(&self) {
        self.send(Message::Listed);
    }

    /// The settings have changed.
    pub fn follow(&self, settings: &Settings) {
        self.send(Message::Keep(settings.complaint.retention_years));
    }

    fn send(&self, message: Message) {
        if let Some(messages) = &self.messages {
            tell(messages, message);
        }
    }
}

/// The keeper at work, until this is dropped.
pub struct KeeperThread {
    /// What the screens know of it.
    pub told: Told,
    thread: Option<JoinHandle<()>>,
}

impl KeeperThread {
    /// Starts it for the complaints of the data directory `data` under `settings`; where they
    /// cannot be opened yet, it waits for [`Told::begin`]. `news` is called when the staff are to
    /// be told something else. Where the system has no thread to give, nothing is erased.
    pub fn start(
        complaints: Option<Arc<Complaints>>,
        data: &Path,
        settings: &Settings,
        news: Arc<dyn Fn() + Send + Sync>,
        jobs: &Jobs,
    ) -> Self {
        Self::start_at(Pace::default(), complaints, data, settings, news, jobs)
    }

    /// The same at another pace.
    pub fn start_at(
        pace: Pace,
        complaints: Option<Arc<Complaints>>,
        data: &Path,
        settings: &Settings,
        news: Arc<dyn Fn() + Send + Sync>,
        jobs: &Jobs,
    ) -> Self {
        let (messages, inbox) = channel();
        let told = Told {
            outlook: Arc::default(),
            messages: Some(messages),
        };
        let (data, mut years) = (data.to_owned(), settings.complaint.retention_years);
        if let Some(complaints) = &complaints {
            complaints.follow(settings);
            told.begin(complaints);
        }
        let telling = told.clone();
        let mut known = None;
        let thread = jobs.supervise(JobId::Retention, Some(pace.every), move |job| {
            // What arrived before a panic has arrived.
            let complaints = match &known {
                Some(complaints) => Arc::clone(complaints),
                None => match wait_for_complaints(&inbox, &mut years) {
                    Some(complaints) => complaints,
                    None => return,
                },
            };
            known = Some(Arc::clone(&complaints));
            let keeper = Keeper::new(complaints, &data, years);
            let keeper = promise_to_old(keeper, &inbox, &pace);
            if let Some(keeper) = keeper.and_then(|keeper| seal_old(keeper, &inbox, &pace)) {
                work(keeper, &inbox, &telling, &*news, (job, &pace));
            }
        });
        Self {
            told,
            thread: thread.ok(),
        }
    }
}

impl Drop for KeeperThread {
    fn drop(&mut self) {
        self.told.send(Message::Stop);
        if let Some(thread) = self.thread.take() {
            join(thread);
        }
    }
}

/// The first complaints to arrive, once all of them are listed, with what the settings say by then of
/// their keeping; none where the program ends before.
fn wait_for_complaints(
    inbox: &Receiver<Message>,
    years: &mut Option<u32>,
) -> Option<Arc<Complaints>> {
    let mut arrived: Option<Arc<Complaints>> = None;
    loop {
        match inbox.recv() {
            Ok(Message::Begin(complaints)) => {
                arrived.get_or_insert(complaints);
            }
            Ok(Message::Keep(changed)) => *years = changed,
            // Nothing is in doubt where nothing is kept.
            Ok(Message::Confirm | Message::Listed) => {}
            Ok(Message::Stop) | Err(_) => return None,
        }
        if arrived.as_ref().is_some_and(|one| one.are_listed()) {
            return arrived;
        }
    }
}

/// Writes down what older receipts promised; gives the keeper back if the program goes on.
fn promise_to_old(mut keeper: Keeper, inbox: &Receiver<Message>, pace: &Pace) -> Option<Keeper> {
    // What fails is tried again at the next start: until then those complaints have no day.
    while keeper
        .complaints
        .promise_to_old((pace.times)().0)
        .is_ok_and(|count| count > 0)
    {
        match inbox.try_recv() {
            Ok(Message::Stop) => return None,
            Ok(Message::Keep(years)) => keeper.keep_for(years),
            _ => {}
        }
    }
    Some(keeper)
}

/// Seals what an earlier version wrote; gives the keeper back if the program goes on.
fn seal_old(mut keeper: Keeper, inbox: &Receiver<Message>, pace: &Pace) -> Option<Keeper> {
    let mut after = String::new();
    // What fails is tried again at the next start: until then it lies as it did.
    while let Ok(Some(last)) = keeper.complaints.seal_old(&after, (pace.times)().0) {
        after = last;
        match inbox.try_recv() {
            Ok(Message::Stop) => return None,
            Ok(Message::Keep(years)) => keeper.keep_for(years),
            _ => {}
        }
    }
    Some(keeper)
}

fn work(
    mut keeper: Keeper,
    inbox: &Receiver<Message>,
    told: &Told,
    news: &(dyn Fn() + Send + Sync),
    (job, pace): (&Job, &Pace),
) {
    loop {
        let (now, running) = (pace.times)();
        // What fails now is tried again with the next look.
        let looked = keeper.look(now, running);
        job.ended(&looked);
        if let Ok(outlook) = looked
            && told.tell(outlook)
        {
            news();
        }
        match inbox.recv_timeout(pace.every) {
            Ok(Message::Keep(years)) => keeper.keep_for(years),
            // It has its complaints. What it could not see, because it was listed only now, it sees.
            Ok(Message::Begin(_) | Message::Listed) => {}
            Ok(Message::Confirm) => {
                // The staff are asked again where it is not on disk.
                if let Err(error) = keeper.confirm((pace.times)().0) {
                    job.failed(error);
                }
            }
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
