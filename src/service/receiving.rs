//! Taking complaints in, and finding them again by their receipts.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use super::complaints::{ComplaintError, ComplaintText, Complaints, Taken, to_bytes};
use super::receipts::Hash;
use super::recorder::Act;
use crate::domain::complaint::{About, ComplaintEvent, Promise};
use crate::domain::entry::{complaint_topic, topic_complaint};
use crate::domain::ids::ComplaintId;
use crate::domain::lang::Lang;
use crate::domain::receipt::Receipt;
use crate::store::StoreError;
use crate::store::content::{ReceiptRow, SideWrite};
use crate::store::reader::contents::Column;

/// What the token of a form was used for.
enum Use {
    /// Nothing yet.
    None,
    /// The same words.
    Same(Taken),
    /// Others; the token that stands for these.
    Other(String),
}

/// What is recorded of a complaint that comes in.
struct Intake {
    act: Act,
    topic: String,
    is_quick: bool,
    promise: Option<Promise>,
}

impl Complaints {
    /// A new token of a form that is opened at `at`, which is written down nowhere; none where the
    /// system has no randomness to give.
    pub fn form_token(&self, at: DateTime<Utc>) -> Option<String> {
        self.secret.form_token(at)
    }

    /// Whether this tablet gave the token out, not too long before `now`.
    pub fn is_form_token(&self, token: &str, now: DateTime<Utc>) -> bool {
        self.secret.is_form_token(token, now)
    }

    /// Whether the number ends as those do that this tablet gives out.
    pub fn is_likely(&self, receipt: &Receipt) -> bool {
        self.secret.has_check(receipt)
    }

    /// The receipt of the form with this token, where it has been taken in.
    ///
    /// # Errors
    /// [`ComplaintError::Store`].
    pub fn taken(&self, token: &str) -> Result<Option<Taken>, ComplaintError> {
        let topic = self.topic_of(token)?;
        Ok(topic.map(|_| self.again(token)))
    }

    /// What a form's token was taken in as.
    fn topic_of(&self, token: &str) -> Result<Option<String>, ComplaintError> {
        let hash = self.secret.token(token);
        Ok(self.read(|reader| reader.by_hash(Column::Token, &hash))?)
    }

    /// The answer to a form that was taken in before.
    fn again(&self, token: &str) -> Taken {
        Taken {
            receipt: self.secret.receipt(token),
            again: true,
            promise: None,
        }
    }

    /// The receipt of these words, where they have been taken in with this form's token. Other
    /// words are another complaint, whichever form they came with: then there is none.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] where the complaint of this form was erased, so that nobody can
    /// tell whether the words are the same; [`ComplaintError::Store`].
    pub fn taken_with(
        &self,
        token: &str,
        about: About,
        words: &ComplaintText,
    ) -> Result<Option<Taken>, ComplaintError> {
        match self.use_of(token, about, words)? {
            Use::None => Ok(None),
            Use::Same(taken) => Ok(Some(taken)),
            Use::Other(token) => self.taken(&token),
        }
    }

    /// What a form's token has been used for, beside these words.
    fn use_of(
        &self,
        token: &str,
        about: About,
        words: &ComplaintText,
    ) -> Result<Use, ComplaintError> {
        let Some(topic) = self.topic_of(token)? else {
            return Ok(Use::None);
        };
        let id = topic_complaint(&topic).ok_or(ComplaintError::Unknown)?;
        let complaint = self.complaint(&id)?;
        let mut said = to_bytes(words)?;
        let kept = self.read(|reader| reader.trace(&complaint.content))?;
        let kept = kept.ok_or(ComplaintError::Unknown)?;
        // What an earlier version wrote can be read until its key is sealed too.
        let read = || serde_json::from_slice::<ComplaintText>(&kept.plain?).ok();
        let is_same = kept.known.words == Some(self.seals.known(&topic, &said))
            || read().is_some_and(|first| first == *words);
        if is_same && complaint.about == about {
            return Ok(Use::Same(self.again(token)));
        }
        said.extend(about.id().as_bytes());
        Ok(Use::Other(self.secret.other_token(token, &said)))
    }

    /// Takes in a complaint and answers once it is on disk for good. A form whose `token` was
    /// taken in before with the same words makes no second one, and is answered with the same
    /// number; other words make one of their own.
    ///
    /// # Errors
    /// [`ComplaintError::Journal`] where the disk did not take it; sending the form again is safe.
    pub async fn receive(
        &self,
        token: &str,
        about: About,
        lang: &Lang,
        words: &ComplaintText,
        at: DateTime<Utc>,
    ) -> Result<Taken, ComplaintError> {
        self.receive_by(None, token, (about, lang, words), at).await
    }

    /// The same of what a customer tells at the counter and `actor`, as `domain::actor` writes it, enters.
    ///
    /// # Errors
    /// As for [`Complaints::receive`].
    pub async fn receive_from(
        &self,
        actor: &str,
        token: &str,
        said: (About, &Lang, &ComplaintText),
        at: DateTime<Utc>,
    ) -> Result<Taken, ComplaintError> {
        self.receive_by(Some(actor), token, said, at).await
    }

    async fn receive_by(
        &self,
        actor: Option<&str>,
        token: &str,
        (about, lang, words): (About, &Lang, &ComplaintText),
        at: DateTime<Utc>,
    ) -> Result<Taken, ComplaintError> {
        let _turn = self.turns.wait(self.secret.token(token)).await;
        let token = match self.use_of(token, about, words)? {
            Use::None => token.to_owned(),
            Use::Same(taken) => return Ok(taken),
            Use::Other(token) => match self.taken(&token)? {
                Some(taken) => return Ok(taken),
                None => token,
            },
        };
        let token = token.as_str();
        let receipt = self.secret.receipt(token);
        let slow = match self.slow.ask_in_quiet(&receipt) {
            Some(answer) => answer.await.ok().flatten(),
            None => None,
        };
        let intake = self.intake(token, (about, lang, words), at, slow)?;
        let act = match actor {
            Some(actor) => intake.act.signed(actor),
            None => intake.act,
        };
        match self.offer(act).await {
            Ok(()) => {}
            // An earlier try at the same form, which was given up, may have reached the disk. Only
            // what is there is ever said to be there.
            Err(error) => return self.taken(token)?.ok_or(error),
        }
        if intake.is_quick {
            self.slow.upgrade_later(intake.topic, receipt.clone());
        }
        Ok(Taken {
            receipt,
            again: false,
            promise: intake.promise,
        })
    }

    /// What taking these words in records: the words sealed, and the receipt by its `slow` hash, or by
    /// the quick one until somebody asks for it.
    fn intake(
        &self,
        token: &str,
        (about, lang, words): (About, &Lang, &ComplaintText),
        at: DateTime<Utc>,
        slow: Option<Hash>,
    ) -> Result<Intake, ComplaintError> {
        let quick = slow
            .is_none()
            .then(|| self.secret.quick(&self.secret.receipt(token)));
        let topic = complaint_topic(&self.recorder.new_id(at).into());
        let promise = self.promise(at);
        let plain = to_bytes(words)?;
        let content = self.seal(&topic, &plain, at)?;
        let event = ComplaintEvent::Received {
            about,
            kept: content.kept(),
            lang: lang.clone(),
            promise,
        };
        let row = ReceiptRow {
            topic: topic.clone(),
            token: self.secret.token(token),
            slow,
            quick,
        };
        let beside = vec![SideWrite::Content(content), SideWrite::Receipt(row)];
        Ok(Intake {
            act: self.recorder.act_at(at, &topic, event).with(beside),
            topic,
            is_quick: quick.is_some(),
            promise,
        })
    }

    /// Takes in what was written in an invented history at `at`, without waiting for the disk; says its id
    /// and what its receipt promises.
    ///
    /// # Errors
    /// [`ComplaintError::Store`] where the system has no randomness to give; [`ComplaintError::Seal`].
    pub(super) fn receive_past(
        &self,
        of: (About, &Lang, &ComplaintText),
        at: DateTime<Utc>,
    ) -> Result<(ComplaintId, Option<Promise>), ComplaintError> {
        let token = self
            .form_token(at)
            .ok_or_else(|| StoreError::NoRandomness {
                detail: String::new(),
            })?;
        let intake = self.intake(&token, of, at, None)?;
        let id = topic_complaint(&intake.topic).ok_or(ComplaintError::Unknown)?;
        self.recorder.record(intake.act);
        Ok((id, intake.promise))
    }

    /// The id of the complaint with this number, which the address `by` asks for.
    ///
    /// # Errors
    /// [`ComplaintError::Unknown`] for a wrong number and for one whose complaint was erased,
    /// alike; [`ComplaintError::Busy`]; [`ComplaintError::Store`].
    pub async fn find(
        &self,
        receipt: &Receipt,
        by: Option<IpAddr>,
    ) -> Result<ComplaintId, ComplaintError> {
        let answer = self.slow.ask(receipt, by).ok_or(ComplaintError::Busy)?;
        let hash = answer.await.ok().flatten().ok_or(ComplaintError::Busy)?;
        let topic = match self.read(|reader| reader.by_hash(Column::Slow, &hash))? {
            Some(topic) => topic,
            // The program was stopped before the slow one had been computed.
            None => {
                let quick = self.secret.quick(receipt);
                let topic = self
                    .read(|reader| reader.by_hash(Column::Quick, &quick))?
                    .ok_or(ComplaintError::Unknown)?;
                self.recorder
                    .journal()
                    .upgrade_receipt_hash(topic.clone(), hash)?;
                topic
            }
        };
        topic_complaint(&topic).ok_or(ComplaintError::Unknown)
    }
}
