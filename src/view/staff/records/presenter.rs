//! What the records show.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use crate::domain::complaint::Why;
use crate::domain::entry::Event;
use crate::domain::incident::{Field, IncidentEvent, Mark, Status};
use crate::domain::lang::Lang;
use crate::domain::summary::{IncidentState, Summary};
use crate::i18n::pages::phone::field as phone_field;
use crate::i18n::records::RecordWords;
use crate::i18n::{archive as words, holding, people, phone, review, screen, seal};
use crate::photo::Pixels;
use crate::service::records::{Line, Record};
use crate::service::wording::Wording;
use crate::view::ViewState;
use crate::view::staff::review::review_due;
use crate::{Chip, RecordLine, RecordRow, RecordsShown};

/// The records just now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The incidents of the page.
    pub rows: Vec<RecordRow>,
    /// How many there are, or why they cannot be seen.
    pub summary: String,
    /// They cannot be.
    pub failing: bool,
    /// The month that is looked through.
    pub month: String,
    /// The type that is looked for.
    pub kind: String,
    /// There are newer ones.
    pub has_before: bool,
    /// There are older ones.
    pub has_after: bool,
    /// The name of the incident that is open.
    pub title: String,
    /// What is known of it, in a few words.
    pub facts: String,
    /// Its timeline.
    pub lines: Vec<RecordLine>,
    /// Something was written on phones, and is still there.
    pub noted: bool,
    /// That must be kept.
    pub held: bool,
    /// It is over, so that it can be reviewed.
    pub reviewable: bool,
    /// The way to its review.
    pub review: String,
}

/// The records just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let zone = state.services().settings().branch.time_zone;
    let archive = &state.services().archive;
    let page = archive.page();
    let unread = archive.unread();
    let plan = state.services().plan();
    let kind = state.records.type_id.borrow().clone();
    let kind = kind.map(|id| {
        let known = plan.incident(&id);
        known.map_or(id, |kind| kind.name.in_lang(&lang).to_owned())
    });
    let summary = match &*unread {
        Some(why) => words::unread(&lang, why),
        None if archive.is_reading() => words::reading(&lang).to_owned(),
        None => words::count(&lang, page.first, page.incidents.len(), page.all),
    };
    let mut model = Model {
        summary,
        failing: unread.is_some(),
        month: match state.records.month.get() {
            Some(month) => month.format("%Y-%m").to_string(),
            None => words::any_month(&lang).to_owned(),
        },
        kind: kind.unwrap_or_else(|| words::any_type(&lang).to_owned()),
        ..Model::default()
    };
    model.held = (archive.record()).is_some_and(|record| record.incident.held.is_some());
    let shown = state.records.shown.get();
    if !matches!(shown, RecordsShown::Record | RecordsShown::Hold) {
        let rows = page.incidents.iter();
        model.rows = rows.map(|one| row(state, one, &lang, zone)).collect();
        model.has_before = page.first > 0;
        model.has_after = page.first + page.incidents.len() < page.all;
        return model;
    }
    match archive.record() {
        Some(record) => {
            let incident = &record.incident;
            model.title = incident.name.in_lang(&lang).to_owned();
            model.facts = words::facts(&lang, incident, zone);
            if let Some(reason) = &incident.held {
                let held = phone::held_because(&lang, reason.words.in_lang(&lang));
                model.facts = [model.facts, held].join(" · ");
            }
            model.lines = lines(state, &record, &lang, zone);
            model.noted = has_words(&record);
            model.reviewable = matches!(incident.status, Status::Closed { .. });
            model.review = review::review(&lang).to_owned();
        }
        None => model.facts.clone_from(&model.summary),
    }
    model
}

/// Why what was written must be kept; where it is `held`, why it need not be any longer.
pub(super) fn reasons(held: bool) -> &'static [Why] {
    match held {
        true => &Why::RELEASE,
        false => &Why::HOLD,
    }
}

/// What is chosen from: every type of the plan in force, behind that of any; or the reasons of a hold.
pub fn types(state: &ViewState) -> Vec<Chip> {
    if state.records.shown.get() == RecordsShown::Hold {
        let (lang, record) = (state.lang(), state.services().archive.record());
        let held = record.is_some_and(|record| record.incident.held.is_some());
        let chips = reasons(held).iter().map(|why| Chip {
            id: why.id().into(),
            label: holding::why(&lang, *why).into(),
        });
        return chips.collect();
    }
    if state.records.shown.get() != RecordsShown::Types {
        return Vec::new();
    }
    let lang = state.lang();
    let any = Chip {
        id: Default::default(),
        label: words::any_type(&lang).into(),
    };
    let plan = state.services().plan();
    let all = plan.incidents.iter().map(|kind| Chip {
        id: kind.id.as_str().into(),
        label: kind.name.in_lang(&lang).into(),
    });
    [any].into_iter().chain(all).collect()
}

fn row(state: &ViewState, one: &Summary, lang: &Lang, zone: Tz) -> RecordRow {
    let due = one.ended.filter(|_| state.records.asked.get());
    let due = due.map(|ended| review_due(state, ended));
    let standing = match due {
        Some((day, overdue)) => review::due_in_list(lang, day, overdue),
        None => words::standing(lang, one),
    };
    let left = one.standing == IncidentState::Open || !one.follow_ups.is_empty();
    RecordRow {
        incident: one.id.as_str().into(),
        type_id: one.type_id.as_str().into(),
        name: one.name.in_lang(lang).into(),
        when: words::when(one.started, zone).into(),
        standing: standing.into(),
        left: match due {
            Some((_, overdue)) => overdue,
            None => left && one.standing != IncidentState::Undone,
        },
        undone: one.standing == IncidentState::Undone,
    }
}

fn lines(state: &ViewState, record: &Record, lang: &Lang, zone: Tz) -> Vec<RecordLine> {
    let list = state.services().people.list();
    let said = RecordWords { lang };
    let time = |at: DateTime<Utc>| screen::time_with_seconds(at, zone);
    let since = |at: DateTime<Utc>| format!("+{}", screen::stopwatch(at - record.incident.started));
    let line = |one: &Line| {
        let mut text = said.entry(&one.kind, one.event.as_ref());
        if let Ok(Event::Incident(IncidentEvent::Written { field, kept, .. })) = &one.event {
            text.detail = written_words(state, *field, &kept.content, lang);
        }
        let struck = record.incident.is_struck(&one.id);
        let detail = [text.detail.as_str(), text.reason.as_str()];
        let detail: Vec<&str> = detail.into_iter().filter(|part| !part.is_empty()).collect();
        RecordLine {
            time: one.at.map_or_else(String::new, time).into(),
            since: one.at.map_or_else(String::new, since).into(),
            what: text.what.into(),
            detail: words::joined(lang, &detail, struck).into(),
            who: people::who(lang, one.actor.as_deref(), &list.people).into(),
            deviation: is_deviation(one) && !struck,
            struck,
            photo: photo(state, one),
        }
    };
    record.lines.iter().map(line).collect()
}

/// What somebody wrote on a phone, or why it cannot be read.
fn written_words(state: &ViewState, about: Field, content: &str, lang: &Lang) -> String {
    let about = phone_field(lang, about);
    let written = state.services().archive.written();
    if written
        .as_ref()
        .is_some_and(|all| all.photo(content).is_some())
    {
        return about.to_owned();
    }
    let words = written.as_ref().and_then(|all| all.of(content));
    let shut = || {
        let why = written.as_ref().and_then(|all| all.shut.as_ref());
        why.map_or_else(|| phone::gone(lang).to_owned(), |why| seal::shut(lang, why))
    };
    phone::said(lang, about, &words.map_or_else(shut, str::to_owned))
}

/// The photo of a line; an empty picture where it has none, or none that can be seen.
fn photo(state: &ViewState, line: &Line) -> Image {
    let Ok(Event::Incident(IncidentEvent::Written {
        field: Field::Photo,
        kept,
        ..
    })) = &line.event
    else {
        return Image::default();
    };
    let written = state.services().archive.written();
    let drawn = written.as_ref().and_then(|all| all.photo(&kept.content));
    let Some(Pixels { width, height, rgb }) = drawn.and_then(|photo| photo.drawn.as_ref()) else {
        return Image::default();
    };
    if let Some(known) = state.records.photos.borrow().get(&kept.content) {
        return known.clone();
    }
    let pixels = SharedPixelBuffer::<Rgb8Pixel>::clone_from_slice(rgb, *width, *height);
    let image = Image::from_rgb8(pixels);
    let mut known = state.records.photos.borrow_mut();
    known.insert(kept.content.clone(), image.clone());
    image
}

/// Whether something was written on phones since that was erased last.
pub(super) fn has_words(record: &Record) -> bool {
    let said = record
        .lines
        .iter()
        .rev()
        .find_map(|line| match &line.event {
            Ok(Event::Incident(IncidentEvent::Written { .. })) => Some(true),
            Ok(Event::Incident(IncidentEvent::Erased { .. })) => Some(false),
            _ => None,
        });
    said.unwrap_or(false)
}

/// Whether something went otherwise than the plan says.
fn is_deviation(line: &Line) -> bool {
    match &line.event {
        Ok(Event::Incident(IncidentEvent::StepMarked { mark, .. })) => *mark != Mark::Done,
        Ok(Event::Incident(IncidentEvent::ClockJumped { .. })) | Err(_) => true,
        Ok(_) => false,
    }
}
