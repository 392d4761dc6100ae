//! What the phone that has a link may read: the words of its one complaint, by keys that open nothing
//! else.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::{LinkSecret, Opened};
use crate::domain::complaint::{Complaint, Exchange};
use crate::domain::entry::complaint_topic;
use crate::domain::ids::ComplaintId;
use crate::domain::phone_link::Thing;
use crate::seal::LinkWrap;
use crate::service::complaints::{ComplaintError, ComplaintText, Complaints};

/// A complaint as the phone sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFile {
    /// Where it stands.
    pub complaint: Complaint,
    /// What was written on the form; none where it cannot be read.
    pub words: Option<ComplaintText>,
    /// What the customer wrote later, with its time; none where it came after the link was made.
    pub added: Vec<(DateTime<Utc>, Option<String>)>,
}

impl Complaints {
    /// The keys of what was written about a complaint, under the secret of a link alone. The staff area
    /// has to be open.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] once it was erased; [`ComplaintError::Seal`] while the branch's key is
    /// not at hand; [`ComplaintError::Store`].
    pub fn wrap_for(
        &self,
        id: &ComplaintId,
        secret: &LinkSecret,
    ) -> Result<Vec<LinkWrap>, ComplaintError> {
        let complaint = self.complaint(id)?;
        if complaint.erased.is_some() {
            return Err(ComplaintError::Unknown);
        }
        let (branch, topic) = (self.seals.key()?, complaint_topic(id));
        let added = complaint.said.iter().filter_map(|(_, said)| match said {
            Exchange::Added(content) => Some(content),
            _ => None,
        });
        let mut wraps = Vec::new();
        for content in std::iter::once(&complaint.content).chain(added) {
            if let Some(key) = self.read(|reader| reader.content_key(content, &branch))? {
                wraps.push(secret.wrap(&key, &topic, content)?);
            }
        }
        Ok(wraps)
    }

    /// The complaint that a link opens, as far as its keys open it.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] where it opens none, or that was erased; [`ComplaintError::Store`].
    pub fn file_by(&self, opened: &Opened) -> Result<PhoneFile, ComplaintError> {
        let Thing::Complaint(id) = &opened.link.thing else {
            return Err(ComplaintError::Unknown);
        };
        let complaint = self.complaint(id)?;
        if complaint.erased.is_some() {
            return Err(ComplaintError::Unknown);
        }
        let topic = complaint_topic(id);
        let read = |content: &str| -> Result<Option<Zeroizing<Vec<u8>>>, ComplaintError> {
            let wrap = opened.keys.iter().find(|one| one.content == content);
            let key = wrap.and_then(|wrap| opened.secret.open(wrap, &topic));
            let Some(key) = key else {
                return Ok(None);
            };
            let words = self.read(|reader| reader.content_by(content, &key))?;
            Ok(words.map(Zeroizing::new))
        };
        let words = read(&complaint.content)?;
        let words = words.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let mut added = Vec::new();
        for (at, said) in &complaint.said {
            if let Exchange::Added(content) = said {
                let words = read(content)?;
                let words = words.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                added.push((*at, words));
            }
        }
        Ok(PhoneFile {
            words,
            added,
            complaint,
        })
    }
}
