//! One action of a guide: what to do, when it is on the way, and by when.

use super::{Choice, Text};

/// What stands among the answers for a question that was left out, because nobody could tell.
pub const UNKNOWN_ANSWER: &str = "unknown";

/// What the deadline of a step counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountsFrom {
    /// The start of the incident, or its change to this type; for a step that an answer puts on the
    /// way, that answer.
    #[default]
    Start,
    /// The moment at which all steps before it are settled or under way.
    Step,
    /// The answer that puts it on the way.
    Answer,
}

/// What else than a tap on "done" does a step, so that one act makes one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoneBy {
    /// One of its contacts answered.
    Call,
    /// An evacuation was ordered.
    Evacuation,
    /// The evacuation was ended by the all-clear.
    AllClear,
    /// At the head count it was said that nobody is missing.
    HeadCount,
    /// The AED is here: what is done with it begins, and lasts as long as the resuscitation.
    Aed,
}

/// After what a step is no longer to be done, where nobody has begun it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Everybody is out of the building, or an evacuation has ended with no danger left.
    Out,
    /// The ambulance crew has taken over from those who resuscitate.
    TakenOver,
}

/// How a step reads for somebody who is alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Alone {
    /// As for anybody.
    #[default]
    Same,
    /// It needs a second person: it is left out.
    LeftOut,
    /// In other words.
    Reads(Box<AloneWords>),
}

/// The words of a step for somebody who is alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AloneWords {
    /// The command.
    pub command: Text,
    /// One line on how to do it.
    pub detail: Text,
    /// What to tell the person or the crowd.
    pub say: Option<Text>,
}

/// One action of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Stable id, unique within its incident type.
    pub id: String,
    /// The clauses it carries out, or `added`.
    pub clauses: Vec<String>,
    /// The command: verb first, one action, at most 14 Chinese or 40 English characters.
    pub command: Text,
    /// One line on how to do it.
    pub detail: Text,
    /// What to tell the person or the crowd.
    pub say: Option<Text>,
    /// What never to say or do.
    pub never_say: Option<Text>,
    /// When the step applies, where it does not always ("if anyone is hurt").
    pub condition: Option<Text>,
    /// Ids of the roles to reach.
    pub contacts: Vec<String>,
    /// Seconds within which it is to be done; counted as `counts_from` says, for a step with a
    /// condition once that was confirmed, and for a follow-up from the start of the incident.
    pub within: Option<u32>,
    /// What that deadline counts from.
    pub counts_from: CountsFrom,
    /// What can be answered, where the command is a question; empty where it is none.
    pub answers: Vec<Choice>,
    /// Ids of answers to earlier questions: the step is on the way once one of them was given, or
    /// once one was left out where [`UNKNOWN_ANSWER`] is among them. Empty where it always is.
    pub only: Vec<String>,
    /// Whether it goes on for a while once it is begun, so that the guide does not wait for its end.
    pub lasts: bool,
    /// Who takes it by nature, where it can be handed to somebody: the id of one of the crew.
    pub by: Option<String>,
    /// How it reads for somebody who is alone.
    pub alone: Alone,
    /// Whether it needs a superior's word.
    pub approval: bool,
    /// What else does it.
    pub done_by: Option<DoneBy>,
    /// What makes it fall away.
    pub until: Option<Until>,
    /// What it rests on: a statute, a guideline, or `policy` for a deadline of the firm's own.
    pub source: Vec<String>,
    /// What customers are told from the moment it is done, where the type's notice is no longer
    /// right then.
    pub notice: Option<Text>,
    /// Whether a life depends on it: there is a tone when it becomes overdue.
    pub vital: bool,
    /// Ids of the first-aid cards that it may need, one tap away.
    pub aid: Vec<String>,
    /// Whether it leads to the screen of a resuscitation; where it is vital as well, that is what it
    /// does.
    pub resuscitation: bool,
}

/// A deadline beyond this many seconds makes a step a follow-up.
pub const FOLLOW_UP_SECONDS: u32 = 3600;

impl Step {
    /// Its words for somebody who is alone, where they are others.
    fn alone_words(&self, is_alone: bool) -> Option<&AloneWords> {
        match &self.alone {
            Alone::Reads(words) if is_alone => Some(words),
            _ => None,
        }
    }

    /// Its command, for somebody who `is_alone` or is not.
    pub fn command_for(&self, is_alone: bool) -> &Text {
        self.alone_words(is_alone)
            .map_or(&self.command, |words| &words.command)
    }

    /// One line on how to do it, for the same.
    pub fn detail_for(&self, is_alone: bool) -> &Text {
        self.alone_words(is_alone)
            .map_or(&self.detail, |words| &words.detail)
    }

    /// What to tell the person or the crowd, for the same.
    pub fn say_for(&self, is_alone: bool) -> Option<&Text> {
        match self.alone_words(is_alone) {
            Some(words) => words.say.as_ref(),
            None => self.say.as_ref(),
        }
    }

    /// Whether it asks something, and the answer picks what follows.
    pub fn is_question(&self) -> bool {
        !self.answers.is_empty()
    }

    /// Whether it is what a resuscitation does: the compressions.
    pub fn is_compressions(&self) -> bool {
        self.resuscitation && self.vital
    }

    /// Whether it is on the way where those answers were given of which `is_given` says so.
    pub fn is_on_the_way(&self, is_given: impl Fn(&str) -> bool) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| is_given(one))
    }

    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&Choice> {
        self.answers.iter().find(|one| one.id == id)
    }

    /// Whether the step is done after the event: never the current step of a guide, and kept in
    /// sight after the incident is closed.
    pub fn is_follow_up(&self) -> bool {
        self.within
            .is_some_and(|seconds| seconds > FOLLOW_UP_SECONDS)
    }
}
