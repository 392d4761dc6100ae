//! One complaint as it is drawn: where it stands, its lines, and what can be done with it.

use super::case_lines;
use crate::domain::complaint::{Complaint, ComplaintEvent, Stage};
use crate::domain::ids::IncidentId;
use crate::domain::inbox::{Counts, InboxItem};
use crate::domain::lang::Lang;
use crate::i18n::inbox::{self as words, Act};
use crate::i18n::{desk, holding};
use crate::service::complaints::ComplaintFile;
use crate::view::{ViewState, words::incident_name};
use crate::{DeskAct, DeskActChip, DeskFace, FileLine, Urgency};

/// One complaint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The file, or the choice for one of its acts.
    pub face: DeskFace,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub stage: String,
    /// What is to be done by when; empty once that was done.
    pub due: String,
    /// How much that presses.
    pub urgency: Urgency,
    /// Who sees to it, and the incidents it belongs to, one line each.
    pub beside: String,
    /// What was written and done.
    pub lines: Vec<FileLine>,
    /// What can be done with it.
    pub acts: Vec<DeskActChip>,
}

/// The complaint just now; where it cannot be read, why.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let Some(file) = state.services().desk.file() else {
        return Model {
            stage: instead(state, &lang),
            ..Model::default()
        };
    };
    let about = desk::about(&lang, file.complaint.about);
    let zone = state.services().settings().branch.time_zone;
    let named = |id: &IncidentId| named(state, id, &lang);
    let act = |act: Act| DeskActChip {
        act: desk_act(act),
        label: words::act(&lang, act).into(),
    };
    let now = state.now();
    let due = InboxItem::of(file.complaint.clone()).due;
    Model {
        face: state.complaint.face.get(),
        title: words::title(&lang, about),
        stage: stage(&lang, &file.complaint).to_owned(),
        due: due.map_or_else(String::new, |due| words::due(&lang, due, now)),
        urgency: if due.is_some_and(|due| due.by() <= now) {
            Urgency::Overdue
        } else {
            Urgency::Calm
        },
        beside: beside(state, &file, &lang).join("\n"),
        lines: case_lines::lines(&file, &lang, zone, &named),
        acts: acts(&file.complaint).into_iter().map(act).collect(),
    }
}

/// What stands where there is no complaint.
fn instead(state: &ViewState, lang: &Lang) -> String {
    let desk = &state.services().desk;
    if !desk.is_readable() {
        words::unreadable(lang).to_owned()
    } else if desk.is_waiting() {
        String::new()
    } else if desk.counts().all() == 0 {
        words::summary(lang, &Counts::default())
    } else {
        words::unreadable(lang).to_owned()
    }
}

fn stage(lang: &Lang, complaint: &Complaint) -> &'static str {
    if complaint.erased.is_some() {
        words::gone(lang)
    } else if complaint.aside.is_some() {
        words::aside(lang)
    } else {
        desk::stage(lang, complaint)
    }
}

/// Why it was erased, since when it is held, who sees to it, and the incidents it belongs to.
fn beside(state: &ViewState, file: &ComplaintFile, lang: &Lang) -> Vec<String> {
    let complaint = &file.complaint;
    let zone = state.services().settings().branch.time_zone;
    let department = complaint.department.iter();
    let department = department.map(|name| words::seen_to_by(lang, name.in_lang(lang)));
    let incidents = complaint.incidents.iter().filter_map(|id| {
        let name = named(state, id, lang)?;
        Some(words::belongs_to(lang, &name))
    });
    let erased = file.history.iter().rev().find_map(|(at, event)| {
        let said = desk::complaint(lang, event);
        let erasure = matches!(event, ComplaintEvent::Erased { .. });
        erasure.then(|| words::standing(&words::when(*at, zone), &said.reason, None))
    });
    let held = complaint.held.as_ref().map(|(since, reason)| {
        let since = since.with_timezone(&zone).date_naive().to_string();
        holding::held_since(lang, &since, reason.words.in_lang(lang))
    });
    erased
        .into_iter()
        .chain(held)
        .chain(department)
        .chain(incidents.take(3))
        .collect()
}

/// The name of an incident that is still in mind.
fn named(state: &ViewState, id: &IncidentId, lang: &Lang) -> Option<String> {
    let incident = state.services().incidents.get(id)?;
    Some(incident_name(state, &incident, lang))
}

/// What can be done with a complaint, in the order of the buttons.
fn acts(complaint: &Complaint) -> Vec<Act> {
    use Act::{Accept, Erase, Extend, HandOver, Hold, Link, PutBack, Release, Reply, Settle};
    if complaint.erased.is_some() {
        return Vec::new();
    }
    let open = complaint.stage != Stage::Closed;
    let held = complaint.held.is_some();
    let aside = complaint.aside.is_some();
    let acts = [
        (PutBack, aside),
        (Accept, open && !aside && complaint.accepted.is_none()),
        (Reply, true),
        (HandOver, open),
        (Link, true),
        (Settle, open),
        (Extend, complaint.due().is_some()),
        (Hold, !held),
        (Release, held),
        (Erase, !held),
    ];
    let offered = acts.into_iter().filter(|(_, offered)| *offered);
    offered.map(|(act, _)| act).collect()
}

/// An act as the markup names it.
fn desk_act(act: Act) -> DeskAct {
    match act {
        Act::Accept => DeskAct::Accept,
        Act::Reply => DeskAct::Reply,
        Act::HandOver => DeskAct::HandOver,
        Act::Link => DeskAct::Link,
        Act::Settle => DeskAct::Settle,
        Act::Extend => DeskAct::Extend,
        Act::Hold => DeskAct::Hold,
        Act::Release => DeskAct::Release,
        Act::PutBack => DeskAct::PutBack,
        Act::Erase => DeskAct::Erase,
    }
}
