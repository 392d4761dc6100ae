//! What happened, looked up: the list of incidents, narrowed by month, type and what is left to do, and
//! one of them with its timeline.

mod presenter;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use slint::{ComponentHandle, Image, SharedString};

use super::actions::draw_ways;
use crate::domain::calendar::start_of;
use crate::domain::content::Erasure;
use crate::domain::ids::IncidentId;
use crate::domain::person::Right;
use crate::domain::review::Asked;
use crate::domain::statistics::{Month, Period};
use crate::i18n::holding;
use crate::service::archive::PAGE;
use crate::service::filing::Subject;
use crate::service::records::IncidentFilter;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{AppWindow, Chip, RecordLine, RecordRow, Records, RecordsShown, ReportState, Screen};

/// What is looked for, and what is open.
#[derive(Default)]
pub(in crate::view) struct State {
    shown: Cell<RecordsShown>,
    /// The first day of the month that is looked through; all of them without.
    month: Cell<Option<NaiveDate>>,
    type_id: RefCell<Option<String>>,
    left: Cell<bool>,
    /// Those alone that ask for their review.
    asked: Cell<bool>,
    first: Cell<usize>,
    /// The photos of the one that is open, by their contents: it is drawn again and again.
    photos: RefCell<HashMap<String, Image>>,
    /// It is asked whether what was written on phones is to go.
    erasing: Cell<bool>,
    /// It is asked whether the report is to have what was written on phones.
    asking: Cell<bool>,
}

/// The records in the window.
#[derive(Default)]
pub(in crate::view) struct RecordsFace {
    rows: Rows<RecordRow>,
    lines: Rows<RecordLine>,
    types: Rows<Chip>,
}

impl Face for RecordsFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let records = window.global::<Records<'_>>();
        records.set_rows(self.rows.model());
        records.set_lines(self.lines.model());
        records.set_types(self.types.model());
        records.on_show(touched.plain(ViewState::show_records));
        records.on_back(touched.plain(ViewState::leave_records));
        let open = |state: &ViewState, id: SharedString| state.open_record(&id.as_str().into());
        records.on_open(touched.with(open));
        let newer = |state: &ViewState| state.turn_records(|first| first.saturating_sub(PAGE));
        records.on_page_before(touched.plain(newer));
        records.on_page_after(touched.plain(|state| state.turn_records(|first| first + PAGE)));
        records.on_month_before(touched.plain(ViewState::month_before));
        records.on_month_after(touched.plain(ViewState::month_after));
        records.on_any_month(touched.plain(|state| {
            state.records.month.set(None);
            state.look_for_records();
        }));
        records.on_ask_type(touched.plain(|state| {
            state.records.shown.set(RecordsShown::Types);
        }));
        records.on_choose_type(touched.with(ViewState::choose_record_type));
        records.on_erase_notes(touched.plain(ViewState::erase_notes));
        records.on_ask_hold(touched.plain(ViewState::ask_to_hold));
        records.on_choose_hold(touched.with(ViewState::hold_notes));
        records.on_report(touched.in_place().plain(ViewState::report_record));
        records.on_report_with(
            touched
                .in_place()
                .plain(|state| state.report_as_asked(true)),
        );
        records.on_report_without(
            touched
                .in_place()
                .plain(|state| state.report_as_asked(false)),
        );
        records.on_toggle_left(touched.plain(|state| {
            state.records.left.set(!state.records.left.get());
            state.look_for_records();
        }));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        self.rows.set(model.rows);
        self.lines.set(model.lines);
        self.types.set(presenter::types(state));
        let records = window.global::<Records<'_>>();
        records.set_shown(state.records.shown.get());
        records.set_summary(model.summary.into());
        records.set_failing(model.failing);
        records.set_month(model.month.into());
        records.set_has_month(state.records.month.get().is_some());
        records.set_type(model.kind.into());
        records.set_has_type(state.records.type_id.borrow().is_some());
        records.set_left_only(state.records.left.get());
        records.set_has_before(model.has_before);
        records.set_has_after(model.has_after);
        records.set_erasing(state.records.erasing.get());
        records.set_report_asked(state.records.asking.get() && model.noted);
        records.set_noted(model.noted);
        records.set_held(model.held);
        records.set_title(model.title.into());
        records.set_facts(model.facts.into());
        let (report, said) = state.report_of_record();
        records.set_report_state(report);
        records.set_report_said(said.into());
        records.set_review_due(state.records.asked.get());
        records.set_reviewable(model.reviewable);
        records.set_review(model.review.into());
        draw_ways(window, state);
    }

    fn put_away(&self) {
        self.rows.set([]);
        self.lines.set([]);
    }
}

impl ViewState {
    /// Shows the list of what happened.
    pub fn show_records(&self) {
        self.show(Screen::Records);
        self.records.shown.set(RecordsShown::List);
        self.look_for_records();
    }

    /// From the review of an incident back to its record.
    pub(super) fn return_to_record(&self) {
        self.show(Screen::Records);
        let id = self.review.incident.take();
        let known = self
            .services
            .archive
            .record()
            .map(|one| one.incident.id.clone());
        if let Some(id) = id.filter(|id| known.as_ref() != Some(id)) {
            self.open_record(&id);
        }
        self.records.shown.set(RecordsShown::Record);
    }

    /// Narrows the list to what asks for its review, and back.
    pub(super) fn toggle_reviews_due(&self) {
        self.records.asked.set(!self.records.asked.get());
        self.look_for_records();
    }

    /// What asks for its review, as things stand.
    pub(super) fn asked(&self) -> Asked {
        let plan = self.services.plan();
        let none = plan.outcomes.iter().filter(|one| one.owes_nothing);
        let none = none.map(|one| one.choice.id.clone()).collect();
        let since = self.services.settings().review.since;
        let zone = self.services.settings().branch.time_zone;
        let since = since.and_then(|day| start_of(day, &zone));
        Asked::at(self.now(), since, none)
    }

    /// Opens one incident of the list.
    pub fn open_record(&self, id: &IncidentId) {
        if let Some(data) = &self.services.data {
            self.records.shown.set(RecordsShown::Record);
            self.records.photos.take();
            self.records.erasing.set(false);
            self.records.asking.set(false);
            let complaints = self.services.complaints.borrow().clone();
            self.services.archive.open(data, id, complaints);
        }
    }

    /// Asks whether all that was written on phones about the record is to go; asked before, it goes.
    fn erase_notes(&self) {
        if !self.allows(Right::Handle) || !self.records.erasing.replace(true) {
            return;
        }
        self.records.erasing.set(false);
        // What must be kept is kept, whatever led here.
        let record = self.services.archive.record();
        let record = record.filter(|record| record.incident.held.is_none());
        let id = record.map(|record| record.incident.id.clone());
        if let (Some(id), Some(complaints)) = (id, &*self.services.complaints.borrow()) {
            complaints.erase_written(&id, Erasure::Request, self.now());
        }
    }

    /// Asks why what was written on phones about the record must be kept, or need not be any longer.
    fn ask_to_hold(&self) {
        if self.allows(Right::Hold) && self.opened().is_some() {
            self.records.erasing.set(false);
            self.records.shown.set(RecordsShown::Hold);
        }
    }

    /// Has it kept for the reason that was chosen, or ends that.
    fn hold_notes(&self, id: SharedString) {
        self.records.shown.set(RecordsShown::Record);
        let record = self.services.archive.record();
        let open = record.map(|one| (one.incident.id.clone(), one.incident.held.is_some()));
        let (Some((incident, held)), true) = (open, self.allows(Right::Hold)) else {
            return;
        };
        let why = presenter::reasons(held).iter().find(|why| id == why.id());
        if let (Some(why), Some(complaints)) = (why, &*self.services.complaints.borrow()) {
            let reason = holding::reason(*why, &self.services.plan().languages);
            complaints.hold_written(&incident, !held, reason, self.now());
        }
    }

    /// The incident that is open, as far as it is read.
    fn opened(&self) -> Option<IncidentId> {
        if self.records.shown.get() != RecordsShown::Record {
            return None;
        }
        let record = self.services.archive.record();
        record.map(|record| record.incident.id.clone())
    }

    /// Has the report of the incident that is open made; where something was written about it on phones,
    /// it is asked first whether that is to be in it, for the file is not encrypted.
    pub fn report_record(&self) {
        let record = self.services.archive.record();
        if record.is_some_and(|record| presenter::has_words(&record)) {
            self.records.erasing.set(false);
            self.records.asking.set(true);
        } else {
            self.report_as_asked(false);
        }
    }

    /// Has it made with what was written on phones, or without.
    fn report_as_asked(&self, with_notes: bool) {
        self.records.asking.set(false);
        if let Some(id) = self.opened() {
            self.file_report(Subject::Incident(id), with_notes);
        }
    }

    fn report_of_record(&self) -> (ReportState, String) {
        let subject = self.opened().map(Subject::Incident);
        subject.map_or_else(Default::default, |subject| self.report_of(&subject))
    }

    /// Nobody looks for anything any more.
    pub(super) fn forget_records(&self) {
        self.records.shown.set(RecordsShown::List);
        self.records.month.set(None);
        self.records.type_id.take();
        self.records.left.set(false);
        self.records.asked.set(false);
        self.records.first.set(0);
        self.records.asking.set(false);
        self.services.archive.forget();
        self.records.photos.take();
    }

    /// From an incident or the choice of a type back to the list, and from there to the complaints.
    fn leave_records(&self) {
        match self.records.shown.get() {
            RecordsShown::Record if self.records.asking.take() => {}
            RecordsShown::Hold => self.records.shown.set(RecordsShown::Record),
            RecordsShown::List => self.show_inbox(),
            RecordsShown::Types => self.records.shown.set(RecordsShown::List),
            RecordsShown::Record => {
                self.records.shown.set(RecordsShown::List);
                // What was done in the record may have changed which ones the list holds.
                self.turn_records(|first| first);
            }
        }
    }

    /// Reads the list from its beginning, as it is narrowed now.
    fn look_for_records(&self) {
        self.turn_records(|_| 0);
    }

    fn turn_records(&self, to: impl Fn(usize) -> usize) {
        let first = to(self.records.first.get());
        self.records.first.set(first);
        if let Some(data) = &self.services.data {
            let filter = self.record_filter();
            self.services.archive.look_for(data, filter, first);
            let (settings, now) = (self.services.settings(), self.now());
            let reviews = &self.services.reviews;
            reviews.count(data, self.asked(), settings, now);
        }
    }

    fn record_filter(&self) -> IncidentFilter {
        let zone = self.services.settings().branch.time_zone;
        let month = self.records.month.get().map(Month::of);
        let began = month.map(|month| Period::Month(month).range(&zone));
        IncidentFilter {
            type_id: self.records.type_id.borrow().clone(),
            began,
            left: self.records.left.get(),
            asked: self.records.asked.get().then(|| self.asked()),
            actions: false,
        }
    }

    /// The month before the one that is looked through; from all of them to the present one.
    fn month_before(&self) {
        let month = match self.records.month.get() {
            None => Some(self.present_month()),
            Some(month) => month.checked_sub_months(Months::new(1)),
        };
        self.records.month.set(month);
        self.look_for_records();
    }

    /// The month after it; from the present one to all of them.
    fn month_after(&self) {
        let present = self.present_month();
        let month = self.records.month.get().filter(|month| *month < present);
        let month = month.and_then(|month| month.checked_add_months(Months::new(1)));
        self.records.month.set(month);
        self.look_for_records();
    }

    fn present_month(&self) -> NaiveDate {
        let today = self.today(&self.services.settings());
        let gone = Days::new(u64::from(today.day0()));
        today.checked_sub_days(gone).unwrap_or(today)
    }

    fn choose_record_type(&self, id: SharedString) {
        // Any type has no name.
        let chosen = (!id.is_empty()).then(|| id.to_string());
        self.records.type_id.replace(chosen);
        self.records.shown.set(RecordsShown::List);
        self.look_for_records();
    }
}
