//! The emergency plan as data: what `locales/plan.toml` says once it has been read and checked.

mod aid;
mod crew;
mod hazard;
mod prompt;
mod step;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::lang::Lang;
pub use aid::Aid;
pub use crew::Crew;
pub use hazard::{Hazard, Sweep};
pub use prompt::{Prompt, Rhythm};
pub use step::{
    Alone, AloneWords, CountsFrom, DoneBy, FOLLOW_UP_SECONDS, Step, UNKNOWN_ANSWER, Until,
};

/// The same words in every language of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    /// Collects words, each with their language.
    pub fn new<W: Into<String>>(words: impl IntoIterator<Item = (Lang, W)>) -> Self {
        Self(
            words
                .into_iter()
                .map(|(lang, words)| (lang, words.into()))
                .collect(),
        )
    }

    /// The words in `lang`; where that language is missing, the words of any other, so that a
    /// command is never blank.
    pub fn in_lang(&self, lang: &Lang) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.values().next_back())
            .map_or("", String::as_str)
    }

    /// Every language with its words.
    pub fn iter(&self) -> impl Iterator<Item = (&Lang, &str)> {
        self.0.iter().map(|(lang, words)| (lang, words.as_str()))
    }
}

/// A choice with an id and its words: a principle's short form, a reason, an outcome, a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable id, written to the journal.
    pub id: String,
    /// The words on the chip.
    pub name: Text,
}

/// How an incident can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its id, written to the journal, and its words.
    pub choice: Choice,
    /// Whether nothing remains to be done afterwards: there was no incident.
    pub owes_nothing: bool,
}

/// One of the five classes of incident (clauses 1.1 to 1.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Stable id, which also selects the class's colour.
    pub id: String,
    /// The clause that defines it.
    pub clauses: Vec<String>,
    /// The heading above its buttons.
    pub name: Text,
}

/// A principle that leads the handling of an incident (clauses 2.1 to 2.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principle {
    /// Stable id.
    pub id: String,
    /// The clause that states it.
    pub clauses: Vec<String>,
    /// Its short form.
    pub name: Text,
    /// What it asks for.
    pub meaning: Text,
}

/// Somebody to call, by role; the branch fills in its own numbers in `kiosk.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Stable id, the key under `[contacts]` in `kiosk.toml`.
    pub id: String,
    /// What people call this role.
    pub name: Text,
    /// When to call.
    pub when: Text,
    /// The number, where it is the same in the whole country.
    pub number: Option<String>,
    /// Whether customers may read it (national numbers and the complaint line may be).
    pub public: bool,
    /// Where it stands on the contacts screen.
    pub group: Group,
    /// What they will ask, in the order to expect it.
    pub ask: Vec<Text>,
    /// Whether a call to them is a report up (clause 2.4) rather than a call for help.
    pub report: bool,
    /// The role to call when nobody answers at any of its numbers (clause 2.4); none at the top.
    pub next: Option<String>,
}

/// The groups of the contacts screen (clauses 4a and 4c).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Lives depend on it: police, fire brigade, ambulance.
    Now,
    /// Our own people.
    #[default]
    People,
    /// Partners outside the firm.
    Partners,
    /// Regulator, investors' hotline, mediation.
    Regulator,
}

/// When a duty falls due, seen from an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Clause 3.1: before anything happens.
    Before,
    /// Clause 3.2: whenever something happens.
    During,
    /// Clause 3.3: afterwards.
    After,
    /// Clause 4: people, supplies and partners kept ready.
    Resources,
    /// Clause 5: the plan itself.
    Upkeep,
}

/// Something the plan asks for that is no step of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Stable id.
    pub id: String,
    /// The clauses it carries out.
    pub clauses: Vec<String>,
    /// When it falls due.
    pub phase: Phase,
    /// What to do, in a few words.
    pub name: Text,
    /// How to do it.
    pub detail: Text,
    /// Days between two times, for what recurs.
    pub every_days: Option<u32>,
}

/// Something that must always be ready (clause 4b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// Stable id.
    pub id: String,
    /// The clauses it carries out.
    pub clauses: Vec<String>,
    /// What it is.
    pub name: Text,
    /// What "ready" means for it.
    pub ready: Text,
}

/// One type of incident and its guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentType {
    /// Stable id (`power-cut`).
    pub id: String,
    /// The clauses that define it, or `added`.
    pub clauses: Vec<String>,
    /// Its class; none for the types that stand beside the five classes.
    pub class: Option<String>,
    /// Its full name.
    pub name: Text,
    /// The name wherever a customer could read it, if it differs.
    pub public_name: Option<Text>,
    /// The words on its button where the name is too long or breaks badly; `\n` breaks the line.
    pub button: Option<Text>,
    /// How to recognise it.
    pub cue: Text,
    /// Whether it has no button on the board, but stands behind "other incident".
    pub behind: bool,
    /// Ids of the roles whose cards are there from the first step.
    pub cards: Vec<String>,
    /// Ids of the outcomes to offer first.
    pub outcomes: Vec<String>,
    /// What comes by itself while it is open.
    pub prompts: Vec<Prompt>,
    /// Ids of the principles that lead it.
    pub principles: Vec<String>,
    /// Quick notes.
    pub notes: Vec<Choice>,
    /// The guide, in order.
    pub steps: Vec<Step>,
    /// What the tablet tells customers when it is turned to them (clause 3.1c).
    pub notice: Option<Text>,
    /// Whether that notice carries the evacuation code.
    pub notice_code: bool,
    /// Whether the guide keeps its subject from the eyes of bystanders.
    pub discreet: bool,
    /// What the police are told of it: the event itself, where the type's name is an office word.
    pub police_words: Option<Text>,
    /// Whether its guide says when the exchanges take orders: something urgent may wait for one.
    pub market_clock: bool,
}

impl IncidentType {
    /// The name to show where customers could read it.
    pub fn open_name(&self) -> &Text {
        self.public_name.as_ref().unwrap_or(&self.name)
    }

    /// The words on its button.
    pub fn button_name(&self) -> &Text {
        self.button.as_ref().unwrap_or_else(|| self.open_name())
    }

    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

/// What a complaint may be answered with (T/SAC 001-2024).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Stable id, written to the journal.
    pub id: String,
    /// The short label on its chip.
    pub name: Text,
    /// What the customer reads.
    pub words: Text,
    /// Whether it only says how things stand, so that the answer is still owed.
    pub interim: bool,
    /// Whether a superior has to agree before it is sent.
    pub approval: bool,
}

/// The whole plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The date of this revision (clause 5a).
    pub revision: NaiveDate,
    /// The languages that every text has, the default first.
    pub languages: Vec<Lang>,
    /// The classes in the order of the board.
    pub classes: Vec<Class>,
    /// The principles.
    pub principles: Vec<Principle>,
    /// The people and services to call.
    pub roles: Vec<Role>,
    /// Those a step can be handed to.
    pub crew: Vec<Crew>,
    /// How an incident can end.
    pub outcomes: Vec<Outcome>,
    /// Why a step can be skipped.
    pub skip_reasons: Vec<Choice>,
    /// Why a step could not be done.
    pub cannot_reasons: Vec<Choice>,
    /// Why a follow-up can be waived.
    pub waive_reasons: Vec<Choice>,
    /// What the plan asks for beside the guides.
    pub duties: Vec<Duty>,
    /// What must be ready.
    pub supplies: Vec<Supply>,
    /// The incident types in the order of the board.
    pub incidents: Vec<IncidentType>,
    /// The hazards to evacuate from; the last one stands for any other.
    pub hazards: Vec<Hazard>,
    /// What staff see to during an evacuation, in order, where its hazard has no list of its own.
    pub sweeps: Vec<Sweep>,
    /// What a complaint may be answered with.
    pub replies: Vec<Reply>,
    /// How a complaint can end.
    pub settlements: Vec<Choice>,
    /// The first-aid cards.
    pub aids: Vec<Aid>,
}

/// The id of the type for "something is happening, decide later".
pub const UNCLASSIFIED: &str = "unclassified";
/// The types that threaten lives, which the board has above all else, in this order: fire, somebody
/// who has collapsed, violence, an earthquake.
pub const LIFE_THREATS: [&str; 4] = [FIRE, "sudden-illness", "physical-conflict", "earthquake"];
/// The role of the ambulance.
pub const AMBULANCE: &str = "ambulance";
/// The role of the fire brigade.
pub const FIRE_BRIGADE: &str = "fire-brigade";
/// The role of the police.
pub const POLICE: &str = "police";
/// The role of the police as reached by text message.
pub const POLICE_SMS: &str = "police-sms";
/// The id of the fire type.
pub const FIRE: &str = "fire";
/// The id of the earthquake type.
pub const EARTHQUAKE: &str = "earthquake";
/// The id of the note there that the shaking has stopped.
pub const SHAKING_STOPPED: &str = "shaking-stopped";
/// The id of the note there that the earth shakes again.
pub const AFTERSHOCK: &str = "aftershock";
/// The id of the type for a dispute about trading.
pub const TRADING_DISPUTE: &str = "trading-dispute";
/// The id of the type for a dispute about service.
pub const SERVICE_DISPUTE: &str = "service-dispute";
/// The id of the type for a dispute about leaked personal information.
pub const DATA_LEAK_DISPUTE: &str = "data-leak-dispute";

impl Plan {
    /// The incident type with this id.
    pub fn incident(&self, id: &str) -> Option<&IncidentType> {
        self.incidents.iter().find(|incident| incident.id == id)
    }

    /// The types that stand behind "other incident".
    pub fn behind(&self) -> impl Iterator<Item = &IncidentType> {
        self.incidents.iter().filter(|incident| incident.behind)
    }

    /// The outcomes in the order in which `kind` is most likely to end.
    pub fn outcomes_of(&self, kind: Option<&IncidentType>) -> Vec<&Outcome> {
        let first = kind.map_or(&[][..], |kind| &kind.outcomes);
        let place = |one: &Outcome| first.iter().position(|id| *id == one.choice.id);
        let mut outcomes: Vec<&Outcome> = self.outcomes.iter().collect();
        outcomes.sort_by_key(|one| place(one).unwrap_or(first.len()));
        outcomes
    }

    /// The role with this id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The one of the crew with this id.
    pub fn member(&self, id: &str) -> Option<&Crew> {
        self.crew.iter().find(|one| one.id == id)
    }

    /// The hazard with this id.
    pub fn hazard(&self, id: &str) -> Option<&Hazard> {
        self.hazards.iter().find(|hazard| hazard.id == id)
    }

    /// What staff see to when people leave because of `hazard`, in order.
    pub fn sweeps_for<'a>(&'a self, hazard: Option<&'a Hazard>) -> &'a [Sweep] {
        match hazard {
            Some(hazard) if !hazard.sweeps.is_empty() => &hazard.sweeps,
            _ => &self.sweeps,
        }
    }

    /// The reply with this id.
    pub fn reply(&self, id: &str) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.id == id)
    }

    /// The settlement with this id.
    pub fn settlement(&self, id: &str) -> Option<&Choice> {
        self.settlements.iter().find(|one| one.id == id)
    }

    /// The first-aid card with this id.
    pub fn aid(&self, id: &str) -> Option<&Aid> {
        self.aids.iter().find(|one| one.id == id)
    }

    /// The principle with this id.
    pub fn principle(&self, id: &str) -> Option<&Principle> {
        self.principles.iter().find(|principle| principle.id == id)
    }
}
