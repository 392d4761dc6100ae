//! What an export needs in words: services have none themselves, `i18n` does.

use serde::Serialize;

use crate::domain::complaint::{About, Complaint};
use crate::domain::entry::Event;
use crate::domain::plan::Text;
use crate::domain::review::{ActionKind, ActionState, Party, Subject};
use crate::domain::summary::IncidentState;
use crate::store::Unreadable;

/// What happened, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventText {
    /// What happened, such as "step done".
    pub what: String,
    /// To what: the step, the note, the outcome; empty where there is nothing to add.
    pub detail: String,
    /// Why, where a reason was given; else empty.
    pub reason: String,
}

/// The columns of the CSV file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvColumn {
    /// Date and time in the branch's time zone.
    Time,
    /// The same in UTC, ISO 8601.
    Utc,
    /// Id of the incident.
    Incident,
    /// The name of its type at that time.
    Name,
    /// What happened.
    What,
    /// To what.
    Detail,
    /// Why.
    Reason,
    /// Id of the entry.
    Entry,
    /// Its position in the journal.
    Seq,
    /// Its digest.
    Digest,
}

/// The columns of incidents and complaints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetColumn {
    /// When the incident began.
    Started,
    /// When it was closed.
    Ended,
    /// How long it took.
    Took,
    /// Its type.
    Type,
    /// Where it stands.
    State,
    /// How it ended.
    Outcome,
    /// How long until the first step.
    ToStep,
    /// How long until the first call that was answered.
    ToReport,
    /// How many follow-ups are left.
    LeftToDo,
    /// Its id.
    Incident,
    /// When the complaint came in.
    Received,
    /// What it is about.
    Subject,
    /// Where it stands.
    Stage,
    /// The promised day to accept it.
    AcceptBy,
    /// When it was accepted.
    Accepted,
    /// The promised day to answer it.
    AnswerBy,
    /// When it was answered.
    Answered,
    /// When it was settled.
    Settled,
    /// The department that sees to it.
    Department,
    /// The incidents that it belongs to.
    Incidents,
    /// The language of its form.
    Language,
    /// Since when it must be kept.
    HeldSince,
    /// When its words were erased.
    Erased,
    /// Its id.
    Complaint,
    /// The number of an action in its review.
    ActionNumber,
    /// What it changes.
    ActionKind,
    /// What it is about.
    ActionAbout,
    /// Who sees to it.
    Owner,
    /// Since when it is on the list.
    Added,
    /// The last day on which it is in time.
    DueDay,
    /// How it stands.
    ActionState,
    /// Since when it is done or dropped.
    SettledAt,
}

/// The sheets of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetName {
    /// Incidents.
    Incidents,
    /// Complaints.
    Complaints,
    /// Actions that follow from reviews.
    Actions,
    /// Entries of the journal.
    Entries,
}

/// Words in one language; services themselves have none. `i18n` has the implementation.
pub trait Wording {
    /// The heading of a column.
    fn heading(&self, column: CsvColumn) -> String;
    /// What an entry of this kind says; without an event, a newer version wrote it.
    fn entry(&self, kind: &str, event: Result<&Event, &Unreadable>) -> EventText;
    /// The heading of a column of incidents or complaints.
    fn column(&self, column: SheetColumn) -> String;
    /// The name of a sheet: at most 31 characters, none of `[]:*?/\`.
    fn sheet(&self, sheet: SheetName) -> String;
    /// Where an incident stands.
    fn state(&self, state: IncidentState) -> &str;
    /// What a complaint is about.
    fn subject(&self, about: About) -> &str;
    /// Where a complaint stands.
    fn stage(&self, complaint: &Complaint) -> &str;
    /// What an action changes.
    fn action(&self, kind: ActionKind) -> &str;
    /// What an action is about.
    fn about(&self, about: &Subject) -> String;
    /// Whose something is.
    fn party(&self, party: &Party) -> String;
    /// How an action stands.
    fn action_state(&self, state: ActionState) -> String;
    /// The plan's own words.
    fn text<'a>(&self, text: &'a Text) -> &'a str;
}
