//! A sink that goes on whatever becomes of the journal's file: one that could not be opened is tried
//! again, one that cannot be used is set aside and a new one begun, one that was taken away is put
//! back. Whatever becomes of it, what is held of the incidents stands in the journal that follows.

use std::path::{Path, PathBuf};

use chrono::DateTime;
use tracing::warn;

use super::{Lists, Notice, Sink};
use crate::diagnosis::kind;
use crate::domain::entry::Entry;
use crate::store::chain::Broken;
use crate::store::{Aside, Held, Prepared, Reader, StoreError, Trouble, Writer};

/// How many files an act is recorded in at most, where one after the other is spoiled meanwhile,
/// before it waits like any other that the disk does not take.
const MOST_FILES: u32 = 3;

/// The journal of a data directory, open or not.
#[derive(Debug)]
pub struct Steady {
    data: PathBuf,
    writer: Option<Writer>,
    failure: Option<StoreError>,
    /// A file that refused without being damaged was set aside once: where the new one refuses as
    /// well, the file is not to blame.
    refused: bool,
    /// The lists were made anew because an act could not be recorded: where that happens again, the
    /// whole file is to blame.
    remade: bool,
    /// What outlives the file; none until it could be read once.
    held: Option<Held>,
    /// Lists that are to be made anew wait until the first picture is there.
    lists_wait: bool,
    /// How often another file has taken the place of the one before.
    begun: u64,
    /// What a file holds that has taken the journal's place has not been told yet.
    untold: bool,
    news: Vec<Notice>,
}

impl Steady {
    /// Of the data directory `data`, opened if that is possible.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another kiosk records there. Anything else is tried again: see
    /// [`Steady::failure`].
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        let mut steady = Self {
            data: data.to_owned(),
            writer: None,
            failure: None,
            refused: false,
            remade: false,
            held: None,
            lists_wait: false,
            begun: 0,
            untold: false,
            news: Vec::new(),
        };
        match steady.writer() {
            Err(error @ StoreError::Locked { .. }) => Err(error),
            opened => {
                steady.failure = opened.err();
                // Whoever starts reads for itself what is there.
                steady.untold = false;
                Ok(steady)
            }
        }
    }

    /// The same, whose lists are made anew only once [`Sink::begin_listing`] is called: the picture
    /// that somebody waits for goes first.
    #[must_use]
    pub fn listing_later(mut self) -> Self {
        self.lists_wait = true;
        self
    }

    /// How it goes with lists that are to be made anew.
    pub fn lists(&self) -> Lists {
        Lists::of(self.unlisted())
    }

    fn unlisted(&self) -> Option<u8> {
        // What cannot be asked is found out by whoever reads next.
        self.writer.as_ref()?.growing().ok()?
    }

    /// Why the journal could not be opened.
    pub fn failure(&self) -> Option<&StoreError> {
        self.failure.as_ref()
    }

    /// What was wrong with the last entries when it was opened.
    pub fn warning(&self) -> Option<&Broken> {
        self.writer.as_ref()?.warning()
    }

    /// The writer, opened where it is not.
    fn writer(&mut self) -> Result<&mut Writer, StoreError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => {
                let (mut writer, aside) = Writer::open_or_begin_anew(&self.data)?;
                self.news.extend(aside.map(Notice::SetAside));
                self.news
                    .extend(writer.was_mended().then_some(Notice::Mended));
                let unfit = writer.unfit_disk().map(str::to_owned);
                self.news
                    .extend(unfit.map(|kind| Notice::UnfitDisk { kind }));
                if let Some(growing) = writer.growing()? {
                    self.news.push(Notice::Listing(Lists::of(Some(growing))));
                }
                self.begun += 1;
                self.untold = true;
                if let Some(broken) = writer.warning() {
                    warn!(
                        kind = kind(&broken.what),
                        "the end of the journal was changed"
                    );
                }
                self.hand_on(&mut writer)?;
                writer
            }
        };
        Ok(self.writer.insert(writer))
    }

    /// Sees to it that what is held stands in a journal that has just been opened.
    fn hand_on(&mut self, writer: &mut Writer) -> Result<(), StoreError> {
        match &self.held {
            Some(held) => writer.restore(held),
            None => {
                // Where that cannot be read, nobody has it on the screen either.
                self.held = writer.held().ok();
                Ok(())
            }
        }
    }

    /// Does `act` in a journal that lies in its place before and after, with another once more
    /// where the file turns out to be of no use.
    fn with<T>(
        &mut self,
        mut act: impl FnMut(&mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        for _ in 0..MOST_FILES {
            self.look()?;
            let done = match act(self.writer()?) {
                Err(why) if self.mend(&why)? => act(self.writer()?)?,
                done => done?,
            };
            // Nothing counts as recorded before it lies where it is found again: not in a file that
            // was given up meanwhile.
            let begun = self.begun;
            self.look()?;
            if self.begun == begun {
                return Ok(done);
            }
        }
        // Another file each time would fill the disk with what is set aside.
        Err(StoreError::Database {
            trouble: Trouble::Disk,
            detail: "the file is spoiled again and again".to_owned(),
        })
    }

    /// Whether another attempt is worth it after `why`, in a file that was put back or replaced.
    fn mend(&mut self, why: &StoreError) -> Result<bool, StoreError> {
        let Some(writer) = &mut self.writer else {
            return Ok(false);
        };
        if !writer.is_in_place() || writer.spoiled().is_some() {
            return self.look().map(|()| true);
        }
        if !why.is_damage() && (self.refused || !why.is_of_file() || why.is_of_act()) {
            return Ok(false);
        }
        if why.is_damage() && !self.remade {
            self.remade = true;
            if writer.mend_lists().is_ok() {
                self.news.push(Notice::Mended);
                return Ok(true);
            }
        }
        self.refused |= !why.is_damage();
        self.replace(why.clone()).map(|()| true)
    }

    /// Sets the file aside because of `why`, and goes on with a new one.
    fn replace(&mut self, why: StoreError) -> Result<(), StoreError> {
        let Some(mut writer) = self.writer.take() else {
            return Ok(());
        };
        let none = Held::default();
        // Where the other cannot be begun, the next attempt opens what lies there, and hands on what
        // is held.
        let aside = writer.replace(why, self.held.as_ref().unwrap_or(&none))?;
        self.begun += 1;
        self.untold = true;
        self.set_aside(aside);
        self.hand_on(&mut writer)?;
        self.writer = Some(writer);
        Ok(())
    }

    /// Says what another file holds that has taken the journal's place: people see it, too.
    fn tell_incidents(&mut self) {
        if self.writer.is_none() || !self.untold {
            return;
        }
        let live = Reader::open(&self.data).and_then(|reader| reader.live(DateTime::UNIX_EPOCH));
        // What cannot be read now is asked for again with the next news.
        if let Ok(live) = live {
            self.untold = false;
            self.news.push(Notice::Holds(live.into()));
        }
    }

    fn set_aside(&mut self, aside: Aside) {
        self.news.push(Notice::SetAside(aside));
    }

    /// Puts the files back that were taken away.
    fn put_back(&mut self) -> Result<(), StoreError> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        match writer.put_back() {
            Ok(aside) => {
                self.news.push(Notice::PutBack);
                if let Some(aside) = aside {
                    self.untold = true;
                    self.set_aside(aside);
                }
                Ok(())
            }
            // The disk is gone, and what was recorded with it: what follows goes where it can.
            Err(error) if error.is_lost() => {
                self.writer = None;
                self.news.push(Notice::LeftBehind);
                self.writer().map(drop)
            }
            Err(error) => Err(error),
        }
    }
}

impl Sink for Steady {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        let entries = self.with(|writer| writer.commit(drafts))?;
        if let Some(held) = &mut self.held {
            held.take(drafts);
        }
        Ok(entries)
    }

    fn probe(&mut self) -> Result<(), StoreError> {
        self.with(Writer::probe)
    }

    fn upgrade_receipt_hash(&mut self, topic: &str, slow: &[u8; 32]) -> Result<(), StoreError> {
        self.writer
            .as_mut()
            .map_or(Ok(()), |writer| writer.upgrade_receipt_hash(topic, slow))
    }

    fn look(&mut self) -> Result<(), StoreError> {
        let Some(writer) = &self.writer else {
            return Ok(());
        };
        if !writer.is_in_place() {
            return self.put_back();
        }
        match writer.spoiled() {
            Some(why) => self.replace(why),
            None => Ok(()),
        }
    }

    fn mend_lists(&mut self) -> Result<(), StoreError> {
        self.look()?;
        let why = match self.writer()?.mend_lists() {
            Ok(()) => {
                self.news.push(Notice::Mended);
                return Ok(());
            }
            Err(why) if why.is_damage() => why,
            Err(why) => return Err(why),
        };
        self.replace(why)
    }

    fn growing(&self) -> Option<u8> {
        self.unlisted().filter(|_| !self.lists_wait)
    }

    fn list_some(&mut self) -> Result<Option<u8>, StoreError> {
        self.look()?;
        let done = self.writer()?.list_some();
        match done {
            // What cannot be gone on with is mended whole, as where somebody reads it.
            Err(why) if why.is_damage() => {
                self.mend_lists()?;
                Ok(self.unlisted())
            }
            done => done,
        }
    }

    fn begin_listing(&mut self) {
        self.lists_wait = false;
    }

    fn begin_anew(&mut self) {
        // With it goes what its transaction had not committed; the next act opens the file again.
        self.writer = None;
    }

    fn is_ailing(&self) -> bool {
        self.writer.is_none()
    }

    fn news(&mut self) -> Vec<Notice> {
        self.tell_incidents();
        std::mem::take(&mut self.news)
    }
}
