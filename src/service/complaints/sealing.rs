//! What customers wrote as it is kept: sealed for the staff, and known again without being read.

use chrono::{DateTime, Utc};

use super::{ComplaintError, Complaints, GROUP};
use crate::domain::complaint::ComplaintEvent;
use crate::domain::entry::complaint_topic;
use crate::store::StoreError;
use crate::store::content::{Content, Known, Resealed, SideWrite};

impl Complaints {
    /// What was written for a topic, as only the staff can read it again.
    pub(in crate::service) fn seal(
        &self,
        topic: &str,
        plain: &[u8],
        at: DateTime<Utc>,
    ) -> Result<Content, ComplaintError> {
        self.seal_of_form(topic, plain, plain, at)
    }

    /// The same to be known again by what was `said`, which names the form that it came with as well.
    pub(in crate::service) fn seal_of_form(
        &self,
        topic: &str,
        plain: &[u8],
        said: &[u8],
        at: DateTime<Utc>,
    ) -> Result<Content, ComplaintError> {
        let id = self.recorder.new_id(at);
        let content = Content::seal(&id, topic, plain, &self.seals.public()?)?;
        Ok(content.known_by(Known {
            words: Some(self.seals.known(topic, said)),
            length: Some(length_of(plain) as u64),
        }))
    }

    /// By what these words are known again without being read.
    fn known_by(&self, topic: &str, plain: &[u8]) -> Known {
        Known {
            words: Some(self.seals.known(topic, plain)),
            length: Some(length_of(plain) as u64),
        }
    }

    /// Whether the content of a topic is these words. Where nobody can tell any more, it is not:
    /// then they are kept twice, and nothing is lost.
    pub(in crate::service) fn is_known(
        &self,
        topic: &str,
        content: &str,
        words: &[u8],
    ) -> Result<bool, StoreError> {
        let wanted = self.seals.known(topic, words);
        let found = self.read(|reader| reader.trace(content))?;
        Ok(found.is_some_and(|found| {
            found.known.words == Some(wanted) || found.plain.is_some_and(|plain| plain == words)
        }))
    }

    /// How many characters a content has; none where it was erased.
    pub(super) fn length(&self, content: &str) -> Result<usize, StoreError> {
        let found = self.read(|reader| reader.trace(content))?;
        Ok(found.map_or(0, |found| {
            let kept = found.known.length;
            let kept = kept.and_then(|length| usize::try_from(length).ok());
            kept.unwrap_or_else(|| length_of(&found.plain.unwrap_or_default()))
        }))
    }

    /// Seals the keys of what an earlier version wrote, which lie in the clear: those of a few
    /// contents after the id `after`. Waits for the disk; says after which id to go on, and nothing
    /// once all have been looked at. Each is on disk as it was or as it is to be, whenever the
    /// power fails; what `verify` would name stays as it is.
    ///
    /// # Errors
    /// [`ComplaintError::Seal`], [`ComplaintError::Store`] and [`ComplaintError::Journal`].
    pub fn seal_old(
        &self,
        after: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<String>, ComplaintError> {
        let (old, last) = self.read(|reader| reader.unsealed(after, GROUP))?;
        let public = self.seals.public()?;
        let mut acts = Vec::with_capacity(old.len());
        for one in old {
            let topic = complaint_topic(&one.complaint);
            let key = public.seal(&one.key, &topic, &one.id)?;
            let kept = one.kept(&key);
            let act = self.act(&one.complaint, ComplaintEvent::Sealed { kept }, at);
            let known = self.known_by(&topic, &one.plain);
            let id = one.id;
            acts.push(act.with(vec![SideWrite::Seal(Resealed { id, key, known })]));
        }
        self.wait_for(acts.into_iter())?;
        Ok(last)
    }
}

fn length_of(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes).chars().count()
}
