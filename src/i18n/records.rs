//! Words of the records: what each event says, how an incident stands, the columns of an export.

use super::{desk, event_text, keeping, people, phone, resuscitation, review, sheets, tr, tr_with};
use crate::domain::clock::ClockEvent;
use crate::domain::complaint::{About, Complaint};
use crate::domain::entry::Event;
use crate::domain::incident::{FollowUp, IncidentEvent, Mark, Reason};
use crate::domain::lang::Lang;
use crate::domain::plan::Text;
use crate::domain::plan_event::PlanEvent;
use crate::domain::review::{ActionKind, ActionState, Party, Subject};
use crate::domain::staff::PinEvent;
use crate::domain::summary::IncidentState;
use crate::service::Unreadable;
use crate::service::wording::{CsvColumn, EventText, SheetColumn, SheetName, Wording};

/// The records' words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordWords<'l> {
    /// Language tag.
    pub lang: &'l Lang,
}

impl Wording for RecordWords<'_> {
    fn heading(&self, column: CsvColumn) -> String {
        let message = match column {
            CsvColumn::Time => "Time",
            CsvColumn::Utc => "UTC",
            CsvColumn::Incident => "Incident number",
            CsvColumn::Name => "Type of incident",
            CsvColumn::What => "What happened",
            CsvColumn::Detail => "Detail",
            CsvColumn::Reason => "Reason",
            CsvColumn::Entry => "Entry number",
            CsvColumn::Seq => "Position",
            CsvColumn::Digest => "Digest",
        };
        tr(self.lang, message).to_owned()
    }

    fn entry(&self, kind: &str, event: Result<&Event, &Unreadable>) -> EventText {
        match event {
            Ok(Event::Incident(event)) => self.incident_event(event),
            Ok(Event::Complaint(event)) => desk::complaint(self.lang, event),
            Ok(Event::Staff(event)) => desk::staff(self.lang, event),
            Ok(Event::Pin(PinEvent::InForce { .. })) => EventText {
                what: tr(self.lang, "Staff PIN in force").to_owned(),
                ..EventText::default()
            },
            Ok(Event::Clock(ClockEvent::Jumped { by_ms, .. })) => {
                event_text::clock(self.lang, *by_ms)
            }
            Ok(Event::Clock(ClockEvent::Read { .. })) => EventText {
                what: tr(self.lang, "Clock read after switching on").to_owned(),
                ..EventText::default()
            },
            Ok(Event::Keeping(event)) => keeping::event(self.lang, event),
            Ok(Event::Plan(PlanEvent::InForce { revision, .. })) => EventText {
                what: tr(self.lang, "Plan in force").to_owned(),
                detail: revision.clone(),
                reason: String::new(),
            },
            Ok(Event::People(event)) => people::event(self.lang, event),
            Ok(Event::Link(event)) => phone::event(self.lang, event),
            Ok(Event::Review(event)) => review::event(self.lang, event),
            Err(why) => EventText {
                what: match why {
                    Unreadable::Unknown => tr(self.lang, "Written by a newer version"),
                    Unreadable::Malformed(_) => tr(self.lang, "Cannot be read"),
                }
                .to_owned(),
                detail: kind.to_owned(),
                reason: String::new(),
            },
        }
    }

    fn column(&self, column: SheetColumn) -> String {
        sheets::column(self.lang, column).to_owned()
    }

    fn sheet(&self, sheet: SheetName) -> String {
        sheets::name(self.lang, sheet).to_owned()
    }

    fn state(&self, state: IncidentState) -> &str {
        self.standing(state)
    }

    fn subject(&self, about: About) -> &str {
        desk::about(self.lang, about)
    }

    fn stage(&self, complaint: &Complaint) -> &str {
        desk::stage(self.lang, complaint)
    }

    fn action(&self, kind: ActionKind) -> &str {
        review::kind(self.lang, kind)
    }

    fn about(&self, about: &Subject) -> String {
        review::about(self.lang, about)
    }

    fn party(&self, party: &Party) -> String {
        match party {
            // The journal knows nobody's name, and neither does what is written from it.
            Party::Person(id) => id.to_string(),
            Party::Role { .. } => review::party(self.lang, party, None),
        }
    }

    fn action_state(&self, state: ActionState) -> String {
        review::state(self.lang, state)
    }

    fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.in_lang(self.lang)
    }
}

impl RecordWords<'_> {
    /// What an event of an incident says.
    pub fn incident_event(&self, event: &IncidentEvent) -> EventText {
        let say = |message, detail: String| EventText {
            what: tr(self.lang, message).to_owned(),
            detail,
            reason: String::new(),
        };
        match event {
            IncidentEvent::Started { name, plan, .. } => say(
                "Started",
                tr_with(self.lang, "{0} (plan of {1})", &[self.text(name), plan]),
            ),
            IncidentEvent::StartUndone {} => say("Start undone: tapped by mistake", String::new()),
            IncidentEvent::StepMarked {
                command,
                mark,
                reason,
                correction,
                approved,
                ..
            } => EventText {
                reason: if *approved {
                    tr(self.lang, "With a superior's approval").to_owned()
                } else {
                    self.reason(reason.as_ref())
                },
                ..say(
                    mark_words(*mark, *correction),
                    self.text(command).to_owned(),
                )
            },
            IncidentEvent::Answered {
                question,
                words,
                correction,
                ..
            } => EventText {
                reason: self.text(question).to_owned(),
                ..say(
                    if *correction {
                        "Answer changed"
                    } else {
                        "Answer"
                    },
                    self.text(words).to_owned(),
                )
            },
            IncidentEvent::ConditionHeld { condition, .. } => {
                say("It is so", self.text(condition).to_owned())
            }
            IncidentEvent::StepStarted { command, .. } => {
                say("Begun", self.text(command).to_owned())
            }
            IncidentEvent::StepHanded { command, name, .. } => EventText {
                reason: self.text(name).to_owned(),
                ..say("Handed over", self.text(command).to_owned())
            },
            IncidentEvent::AloneSet { alone: true } => say("I am alone", String::new()),
            IncidentEvent::AloneSet { alone: false } => say("No longer alone", String::new()),
            IncidentEvent::Prompted { command, done, .. } => say(
                if *done { "Done again" } else { "Put off" },
                self.text(command).to_owned(),
            ),
            IncidentEvent::Noted { words, .. } => say("Note", self.text(words).to_owned()),
            IncidentEvent::NoteStruck { words, entry } => EventText {
                reason: tr_with(self.lang, "entry {}", &[entry.as_str()]),
                ..say("Note struck out", self.text(words).to_owned())
            },
            IncidentEvent::Written { field, .. } => phone::written(self.lang, *field),
            IncidentEvent::Erased { .. } => EventText {
                what: phone::erased(self.lang).to_owned(),
                ..EventText::default()
            },
            IncidentEvent::Held { reason } => EventText {
                what: phone::held(self.lang).to_owned(),
                reason: self.text(&reason.words).to_owned(),
                ..EventText::default()
            },
            IncidentEvent::Released { reason } => EventText {
                what: phone::released(self.lang).to_owned(),
                reason: self.text(&reason.words).to_owned(),
                ..EventText::default()
            },
            IncidentEvent::Retyped { name, .. } => say("Type changed", self.text(name).to_owned()),
            IncidentEvent::Closed {
                words, follow_ups, ..
            } => say("Closed", self.outcome(words, follow_ups)),
            IncidentEvent::CloseUndone {} => say("Close undone: tapped by mistake", String::new()),
            IncidentEvent::Reopened {} => say("Reopened", String::new()),
            IncidentEvent::ClockJumped { by_ms } => event_text::clock(self.lang, *by_ms),
            IncidentEvent::Call(event) => event_text::call(self.lang, event),
            IncidentEvent::Evacuation(event) => event_text::evacuation(self.lang, event),
            IncidentEvent::Resuscitation(event) => resuscitation::event(self.lang, event),
        }
    }

    fn reason(&self, reason: Option<&Reason>) -> String {
        reason.map_or(String::new(), |reason| self.text(&reason.words).to_owned())
    }

    fn outcome(&self, words: &Text, follow_ups: &[FollowUp]) -> String {
        if follow_ups.is_empty() {
            return self.text(words).to_owned();
        }
        tr_with(
            self.lang,
            "{0}; still to do: {1}",
            &[self.text(words), &self.follow_ups(follow_ups)],
        )
    }

    /// The commands of follow-ups, in one line.
    pub fn follow_ups(&self, follow_ups: &[FollowUp]) -> String {
        let commands: Vec<&str> = follow_ups
            .iter()
            .map(|left| self.text(&left.command))
            .collect();
        commands.join(tr(self.lang, ", "))
    }

    /// How an incident stands.
    pub fn standing(&self, standing: IncidentState) -> &'static str {
        tr(
            self.lang,
            match standing {
                IncidentState::Open => "Open",
                IncidentState::Undone => "Tapped by mistake",
                IncidentState::Closed => "Closed",
            },
        )
    }

    /// The heading of a line in the record of one incident.
    pub fn label(&self, label: Label) -> &'static str {
        tr(
            self.lang,
            match label {
                Label::Number => "Incident number",
                Label::Started => "Started",
                Label::IncidentState => "Status",
                Label::Ended => "Ended",
                Label::Outcome => "Outcome",
                Label::FollowUps => "Still to do",
                Label::Struck => "Struck out",
            },
        )
    }
}

/// The lines at the head of an incident's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Its id.
    Number,
    /// When it began.
    Started,
    /// Open, closed or taken back.
    IncidentState,
    /// When it was closed.
    Ended,
    /// How it ended.
    Outcome,
    /// Follow-ups not yet settled.
    FollowUps,
    /// Behind a note that was struck out.
    Struck,
}

fn mark_words(mark: Mark, correction: bool) -> &'static str {
    match (mark, correction) {
        (Mark::Done, false) => "Step done",
        (Mark::Skipped, false) => "Step skipped",
        (Mark::Cannot, false) => "Step not possible",
        (Mark::Waived, false) => "Follow-up not needed any more",
        (Mark::Open, false) => "Step still to do",
        (Mark::Done, true) => "Corrected: step done",
        (Mark::Skipped, true) => "Corrected: step skipped",
        (Mark::Cannot, true) => "Corrected: step not possible",
        (Mark::Waived, true) => "Corrected: follow-up not needed any more",
        (Mark::Open, true) => "Corrected: step still to do",
    }
}

/// "There is nothing yet", for a list without incidents.
pub fn no_records(lang: &Lang) -> &'static str {
    tr(lang, "No incident has been recorded yet.")
}

/// "The lists have been made anew."
pub fn rebuilt(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The list of incidents has been made anew from the journal.",
    )
}

/// A workbook needs a file.
pub fn needs_file(lang: &Lang) -> &'static str {
    tr(
        lang,
        "An XLSX file cannot go to standard output. Name the file with --out.",
    )
}

/// A file for an export that could not be written.
pub fn cannot_write(lang: &Lang, file: &str, detail: &str) -> String {
    tr_with(
        lang,
        "{0} could not be written: {1}. Choose another file with --out.",
        &[file, detail],
    )
}
