//! How events stand in the journal: their kind and version alone tell what a body means. What
//! cannot be read was either written by a newer program or is no body at all.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::de::value::MapDeserializer;
use serde::de::{self, DeserializeOwned};
use serde_json::{Value, json};
use thiserror::Error;

use crate::domain::calling::CallEvent;
use crate::domain::clock::ClockEvent;
use crate::domain::complaint::ComplaintEvent;
use crate::domain::entry::Event;
use crate::domain::evacuation::EvacuationEvent;
use crate::domain::incident::IncidentEvent;
use crate::domain::keeping::KeepingEvent;
use crate::domain::person::PeopleEvent;
use crate::domain::phone_link::LinkEvent;
use crate::domain::plan_event::PlanEvent;
use crate::domain::resuscitation::ResuscitationEvent;
use crate::domain::review::ReviewEvent;
use crate::domain::staff::{PinEvent, StaffEvent};

/// Every form that bodies were ever written in, a line each. None is ever taken away.
static FORMS: [Form; 14] = [
    Form::of::<IncidentEvent>(1),
    Form::of::<CallEvent>(1),
    Form::of::<EvacuationEvent>(1),
    Form::of::<ResuscitationEvent>(1),
    Form::of::<ComplaintEvent>(1),
    Form::read_by::<StaffEvent>(1, |tagged| {
        Ok(from::<StaffEvent>(tagged)?.of_version_1().into())
    }),
    Form::of::<StaffEvent>(2),
    Form::of::<PinEvent>(1),
    Form::of::<ClockEvent>(1),
    Form::of::<KeepingEvent>(1),
    Form::of::<PlanEvent>(1),
    Form::of::<PeopleEvent>(1),
    Form::of::<LinkEvent>(1),
    Form::of::<ReviewEvent>(1),
];

/// Makes an event of its kind and body.
pub(super) type Read = fn(Value) -> Result<Event, serde_json::Error>;

/// The bodies of some kinds in one version.
struct Form {
    version: u32,
    kinds: fn() -> &'static [&'static str],
    read: Read,
}

impl Form {
    /// Bodies that are read as they are.
    const fn of<E: DeserializeOwned + Into<Event>>(version: u32) -> Self {
        Self::read_by::<E>(version, |tagged| Ok(from::<E>(tagged)?.into()))
    }

    /// Bodies that meant something else than today's.
    const fn read_by<E: DeserializeOwned>(version: u32, read: Read) -> Self {
        Self {
            version,
            kinds: kinds_of::<E>,
            read,
        }
    }
}

fn from<E: DeserializeOwned>(tagged: Value) -> Result<E, serde_json::Error> {
    serde_json::from_value(tagged)
}

/// The forms by their kinds, each kind's in the order of their versions.
static BY_KIND: LazyLock<HashMap<&str, Vec<&Form>>> = LazyLock::new(|| {
    let mut by_kind: HashMap<&str, Vec<&Form>> = HashMap::new();
    for form in &FORMS {
        for kind in (form.kinds)() {
            by_kind.entry(kind).or_default().push(form);
        }
    }
    by_kind
});

/// Every kind in every version that was ever written.
pub fn forms() -> impl Iterator<Item = (&'static str, u32)> {
    FORMS
        .iter()
        .flat_map(|form| (form.kinds)().iter().map(|kind| (*kind, form.version)))
}

/// Why a body tells this program nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// A newer program wrote it: its kind, or that version of it, is unknown here.
    #[error("unknown here")]
    Unknown,
    /// It is no body of its kind; what is wrong with it.
    #[error("{0}")]
    Malformed(String),
}

/// Reads the event of this kind and version.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn read(kind: &str, version: i64, body: &str) -> Result<Event, Unreadable> {
    let malformed = |error: serde_json::Error| Unreadable::Malformed(error.to_string());
    let read = form(kind, version)?;
    let body: Value = serde_json::from_str(body).map_err(malformed)?;
    read(json!({ "kind": kind, "body": body })).map_err(malformed)
}

/// How bodies of this kind and version are read.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn form(kind: &str, version: i64) -> Result<Read, Unreadable> {
    let forms = BY_KIND.get(kind).ok_or(Unreadable::Unknown)?;
    let form = forms.iter().find(|form| i64::from(form.version) == version);
    let newest = forms.last().map_or(0, |form| i64::from(form.version));
    match form {
        Some(form) => Ok(form.read),
        None if version > newest => Err(Unreadable::Unknown),
        None => Err(Unreadable::Malformed(format!("no version {version}"))),
    }
}

/// The kind and the body of an event, as they are written today.
///
/// # Errors
/// The encoder's.
pub(super) fn write(event: &Event) -> Result<(String, String), serde_json::Error> {
    let tagged = match event {
        Event::Incident(IncidentEvent::Call(event)) => serde_json::to_value(event),
        Event::Incident(IncidentEvent::Evacuation(event)) => serde_json::to_value(event),
        Event::Incident(IncidentEvent::Resuscitation(event)) => serde_json::to_value(event),
        Event::Incident(event) => serde_json::to_value(event),
        Event::Complaint(event) => serde_json::to_value(event),
        Event::Staff(event) => serde_json::to_value(event),
        Event::Pin(event) => serde_json::to_value(event),
        Event::Clock(event) => serde_json::to_value(event),
        Event::Keeping(event) => serde_json::to_value(event),
        Event::Plan(event) => serde_json::to_value(event),
        Event::People(event) => serde_json::to_value(event),
        Event::Link(event) => serde_json::to_value(event),
        Event::Review(event) => serde_json::to_value(event),
    };
    let mut tagged = tagged?;
    let body = tagged["body"].take().to_string();
    match tagged["kind"].take() {
        Value::String(kind) => Ok((kind, body)),
        _ => Err(de::Error::missing_field("kind")),
    }
}

/// The kinds of the events `E`: asked for one that there is none of, serde names those that there
/// are.
fn kinds_of<E: DeserializeOwned>() -> &'static [&'static str] {
    let asked = MapDeserializer::<_, Named>::new([("kind", "")].into_iter());
    match E::deserialize(asked) {
        Err(Named(kinds)) => kinds,
        Ok(_) => &[],
    }
}

/// The names in serde's answer.
#[derive(Debug)]
struct Named(&'static [&'static str]);

impl fmt::Display for Named {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "one of {:?}", self.0)
    }
}

impl std::error::Error for Named {}

impl de::Error for Named {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(expected)
    }
}
