//! The branch's PCs that read the staff pages: the code that pairs one, shown on the unlocked tablet, and
//! the sessions that follow. All of it is in memory alone: whatever restarts the program ends it. The
//! journal notes who paired a PC and when, never what opens a session.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::form_tokens::same;
use super::phone::LinkSecret;
use super::recorder::Recorder;
use crate::domain::actor::Actor;
use crate::domain::ids::{LinkId, PersonId};
use crate::domain::person::Role;
use crate::domain::phone_link::{LINKS_TOPIC, LinkEvent};
use crate::domain::staff_session::{
    CODE_DIGITS, CODE_GOOD_FOR, GOOD_FOR, MOST_SESSIONS, MOST_TRIES, UNUSED_FOR, is_code_good,
    is_good, read_code,
};
use crate::seal::{SealError, randomize};

/// Says what somebody of the list is at this moment; none for whoever is not on it.
pub type RoleOf = Arc<dyn Fn(&PersonId) -> Option<Role> + Send + Sync>;

/// In whose name a PC reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who that is; none for the first administrator.
    pub person: Option<PersonId>,
    /// What they were when the code was shown.
    pub role: Role,
}

impl Holder {
    /// As the journal names them.
    pub fn actor(&self) -> String {
        Actor::SignedIn.named(self.person.as_ref())
    }
}

/// How the code on the screen stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeState {
    /// A PC may still use it.
    Good,
    /// One has.
    Taken,
    /// Too many wrong ones were tried.
    Void,
    /// Its time is over.
    Over,
}

/// The code that was shown last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PcCode {
    /// Its digits.
    pub digits: Zeroizing<String>,
    /// In whose name.
    pub holder: Holder,
    /// Until when it is good.
    pub until: DateTime<Utc>,
    /// How it stands.
    pub state: CodeState,
}

/// A PC that reads the staff pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// By which it is known.
    pub id: LinkId,
    /// In whose name.
    pub holder: Holder,
    /// When it was paired.
    pub begun: DateTime<Utc>,
    /// When it was used last.
    pub used: DateTime<Utc>,
}

impl Session {
    /// When it ends by itself at the latest, however much it is used.
    pub fn until(&self) -> DateTime<Utc> {
        self.begun + GOOD_FOR
    }

    /// When it ends by itself if nobody uses it again.
    pub fn until_unused(&self) -> DateTime<Utc> {
        self.until().min(self.used + UNUSED_FOR)
    }
}

struct Shown {
    digits: Zeroizing<String>,
    holder: Holder,
    at: DateTime<Utc>,
    wrong: u32,
    is_taken: bool,
}

impl Shown {
    fn state(&self, at: DateTime<Utc>) -> CodeState {
        if self.is_taken {
            CodeState::Taken
        } else if self.wrong >= MOST_TRIES {
            CodeState::Void
        } else if is_code_good(self.at, at) {
            CodeState::Good
        } else {
            CodeState::Over
        }
    }
}

struct Kept {
    session: Session,
    /// A digest of what its browser has.
    known: String,
}

#[derive(Default)]
struct Now {
    shown: Option<Shown>,
    sessions: Vec<Kept>,
}

/// The PCs of a running kiosk, shared by its screen and its pages.
pub struct Pcs {
    recorder: Arc<Recorder>,
    role_of: RoleOf,
    now: Mutex<Now>,
}

impl Pcs {
    /// None yet; whoever is taken off the list of people that `role_of` knows, or becomes something else,
    /// reads no more. `recorder` notes what happens.
    pub fn of(recorder: Arc<Recorder>, role_of: RoleOf) -> Arc<Self> {
        Arc::new(Self {
            recorder,
            role_of,
            now: Mutex::default(),
        })
    }

    fn is_still(&self, holder: &Holder) -> bool {
        let person = holder.person.as_ref();
        person.is_none_or(|person| (self.role_of)(person) == Some(holder.role))
    }

    /// What holds at `at`; what is over has gone for good.
    fn now(&self, at: DateTime<Utc>) -> MutexGuard<'_, Now> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.sessions.retain(|one| {
            let session = &one.session;
            is_good(session.begun, session.used, at) && self.is_still(&session.holder)
        });
        now
    }

    /// Shows a new code in the name of `holder`; the one before is no good any more.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`] if the system has no randomness to give.
    pub fn show_code(&self, holder: Holder, at: DateTime<Utc>) -> Result<(), SealError> {
        let digits = digits()?;
        self.now(at).shown = Some(Shown {
            digits,
            holder,
            at,
            wrong: 0,
            is_taken: false,
        });
        Ok(())
    }

    /// The code that was shown last, as it stands at `at`.
    pub fn code(&self, at: DateTime<Utc>) -> Option<PcCode> {
        let now = self.now(at);
        let shown = now.shown.as_ref()?;
        Some(PcCode {
            digits: shown.digits.clone(),
            holder: shown.holder.clone(),
            until: shown.at + CODE_GOOD_FOR,
            state: shown.state(at),
        })
    }

    /// Begins a session on the PC where the code was `typed`; none where it is another one, or is no good
    /// any more. What is no code at all is no try.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`] if the system has no randomness to give; the code is as good as before.
    pub fn pair(
        &self,
        typed: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<(Session, LinkSecret)>, SealError> {
        let Some(typed) = read_code(typed).map(Zeroizing::new) else {
            return Ok(None);
        };
        let secret = LinkSecret::random()?;
        let session = {
            let mut now = self.now(at);
            let shown = now.shown.as_mut();
            let Some(shown) = shown.filter(|one| one.state(at) == CodeState::Good) else {
                return Ok(None);
            };
            if !same(shown.digits.as_bytes(), typed.as_bytes()) {
                shown.wrong += 1;
                return Ok(None);
            }
            if !self.is_still(&shown.holder) {
                return Ok(None);
            }
            shown.is_taken = true;
            let session = Session {
                id: self.recorder.new_id(at).into(),
                holder: shown.holder.clone(),
                begun: at,
                used: at,
            };
            now.sessions.push(Kept {
                session: session.clone(),
                known: secret.known_by(),
            });
            session
        };
        let paired = LinkEvent::Paired {
            link: session.id.clone(),
            until: session.until(),
        };
        let act = self.recorder.act_at(at, LINKS_TOPIC, paired);
        self.recorder.record(act.signed(&session.holder.actor()));
        self.make_room(at);
        Ok(Some((session, secret)))
    }

    /// Ends the oldest session where there are too many.
    fn make_room(&self, at: DateTime<Utc>) {
        let oldest = {
            let now = self.now(at);
            let is_full = now.sessions.len() > MOST_SESSIONS;
            let oldest = now.sessions.first().filter(|_| is_full);
            oldest.map(|one| one.session.id.clone())
        };
        if let Some(oldest) = oldest {
            self.end(Some(&oldest), at);
        }
    }

    /// The session of the browser that has `secret`, which is used at this moment; none where it is over.
    pub fn open(&self, secret: &LinkSecret, at: DateTime<Utc>) -> Option<Session> {
        let known = secret.known_by();
        let mut now = self.now(at);
        let mut all = now.sessions.iter_mut();
        // Of what nobody can guess, the digest is compared: where it differs tells nothing.
        let kept = all.find(|one| one.known == known)?;
        kept.session.used = at;
        Some(kept.session.clone())
    }

    /// The sessions that are good at `at`, the newest first.
    pub fn live(&self, at: DateTime<Utc>) -> Vec<Session> {
        let now = self.now(at);
        let sessions = now.sessions.iter().rev();
        sessions.map(|one| one.session.clone()).collect()
    }

    /// Goes by people who may be others than before: whoever has gone, or is something else, reads no more,
    /// even if that is taken back.
    pub fn follow_people(&self, at: DateTime<Utc>) {
        let mut now = self.now(at);
        if (now.shown.as_ref()).is_some_and(|shown| !self.is_still(&shown.holder)) {
            now.shown = None;
        }
    }

    /// Ends what the PIN of `person` has opened, which is another one from now on; of the first
    /// administrator where there is none.
    pub fn end_of(&self, person: Option<&PersonId>, at: DateTime<Utc>) {
        let is_theirs = |holder: &Holder| holder.person.as_ref() == person;
        let mut now = self.now(at);
        now.shown.take_if(|shown| is_theirs(&shown.holder));
        drop(now);
        self.end_as_holders(|one| is_theirs(&one.holder), at);
    }

    /// Ends one of them, or all, by a tap of whoever is signed in at the tablet.
    pub fn end(&self, which: Option<&LinkId>, at: DateTime<Utc>) {
        for ended in self.take(|one| which.is_none_or(|id| *id == one.id), at) {
            let act = self.recorder.act_at(at, LINKS_TOPIC, revoked(&ended));
            self.recorder.record(act.by(Actor::SignedIn));
        }
    }

    /// Ends a session from its own PC.
    pub fn leave(&self, session: &Session, at: DateTime<Utc>) {
        self.end_as_holders(|one| one.id == session.id, at);
    }

    /// Ends those of which `is_meant` says so, in the name of those who read by them.
    fn end_as_holders(&self, is_meant: impl Fn(&Session) -> bool, at: DateTime<Utc>) {
        for ended in self.take(is_meant, at) {
            let act = self.recorder.act_at(at, LINKS_TOPIC, revoked(&ended));
            self.recorder.record(act.signed(&ended.holder.actor()));
        }
    }

    fn take(&self, is_meant: impl Fn(&Session) -> bool, at: DateTime<Utc>) -> Vec<Session> {
        let mut now = self.now(at);
        let ended = now.sessions.extract_if(.., |one| is_meant(&one.session));
        ended.map(|one| one.session).collect()
    }
}

fn revoked(session: &Session) -> LinkEvent {
    LinkEvent::Revoked {
        link: session.id.clone(),
    }
}

/// Digits by chance, each code as likely as any other.
fn digits() -> Result<Zeroizing<String>, SealError> {
    /// How many codes there are …
    const CODES: u32 = 100_000_000;
    /// … and the numbers of 32 bits that fall on each of them equally often.
    const FAIR: u32 = u32::MAX / CODES * CODES;
    loop {
        let mut bytes = Zeroizing::new([0_u8; 4]);
        randomize(&mut *bytes)?;
        let number = u32::from_be_bytes(*bytes);
        if number < FAIR {
            let code = number % CODES;
            return Ok(Zeroizing::new(format!("{code:0CODE_DIGITS$}")));
        }
    }
}
