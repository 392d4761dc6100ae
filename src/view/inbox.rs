//! The list of complaints, a page at a time, and the number of those that want to be seen.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use slint::{ComponentHandle, Model, ModelNotify, ModelTracker};

use super::Screens;
use crate::domain::complaint::Stage;
use crate::domain::inbox::{Group, InboxItem, Place};
use crate::i18n::{desk, groups, inbox as words, keeping};
use crate::service::desk::{Desk, PAGE};
use crate::{Inbox, InboxKind, InboxRow, Screen, Shell};

impl Screens {
    pub(super) fn bind_inbox(self: &Rc<Self>) {
        let inbox = self.window.global::<Inbox<'_>>();
        inbox.set_rows(self.rows.inbox.clone().into());
        let me = Rc::downgrade(self);
        inbox.on_open(move |id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.open_complaint(&id));
            }
        });
        let me = Rc::downgrade(self);
        inbox.on_open_group(move |index| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.open_group(index));
            }
        });
        let me = Rc::downgrade(self);
        inbox.on_turn(move |pages| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.turn_page(pages));
            }
        });
        let me = Rc::downgrade(self);
        inbox.on_back(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| match me.services.desk.group() {
                    Some(_) => me.services.desk.open_group(None),
                    None => me.show(Screen::Board),
                });
            }
        });
        let me = Rc::downgrade(self);
        inbox.on_sweep(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    if let Some(group) = me.services.desk.group() {
                        me.services.desk.sweep(group);
                    }
                });
            }
        });
        let me = Rc::downgrade(self);
        inbox.on_confirm_clock(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.services.keeping.confirm());
            }
        });
        let me = Rc::downgrade(self);
        self.window.global::<Shell<'_>>().on_enter_staff(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.wish_for(None);
                    me.enter_staff();
                });
            }
        });
    }

    fn open_group(&self, index: i32) {
        let group = {
            let listing = self.services.desk.listing();
            let index = usize::try_from(index).ok();
            index.and_then(|index| listing.groups.get(index).copied())
        };
        if group.is_some() {
            self.services.desk.open_group(group);
        }
    }

    fn turn_page(&self, pages: i32) {
        let desk = &self.services.desk;
        let first = desk.listing().first;
        desk.turn_to(if pages < 0 {
            first.saturating_sub(PAGE)
        } else {
            first + PAGE
        });
    }

    /// Opens the staff area's list of complaints, or the complaint for whose sake the staff area
    /// was asked for.
    pub fn show_inbox(self: &Rc<Self>) {
        match self.complaint.wanted.take() {
            Some(id) => self.open_complaint(&id),
            None => {
                self.show(Screen::Inbox);
                self.services.desk.open_group(None);
            }
        }
    }

    /// Back to the list from which a complaint was opened: the whole one, or that of a burst.
    pub(super) fn back_to_list(&self) {
        let group = self.services.desk.group();
        self.show(Screen::Inbox);
        self.services.desk.open_group(group);
    }

    pub(super) fn draw_inbox(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let zone = self.services.settings().branch.time_zone;
        let at_hand = &self.services.desk;
        self.rows.inbox.set(Shown {
            list: lines(at_hand),
            lang: lang.clone(),
            now,
            zone: Some(zone),
        });
        let counts = at_hand.counts();
        let group = at_hand.group();
        let window = self.window.global::<Inbox<'_>>();
        window.set_summary(
            match group {
                _ if !at_hand.is_readable() => words::unreadable(&lang).to_owned(),
                Some(group) => groups::group(&lang, &group, zone),
                None => words::summary(&lang, &counts),
            }
            .into(),
        );
        window.set_pressing(counts.pressing() > 0);
        window.set_in_group(group.is_some());
        window.set_sweep_words(
            group
                .map_or("", |group| {
                    groups::sweep(&lang, group.aside.is_some(), at_hand.is_sweeping())
                })
                .into(),
        );
        window.set_sweeping(at_hand.is_sweeping());
        let outlook = self.services.keeping.outlook();
        window.set_keeping(keeping::full(&lang, &outlook, zone).into());
        window.set_doubted(outlook.doubted.is_some());
    }

    /// The number on the way into the staff area.
    pub(super) fn draw_wanting(&self, shell: &Shell<'_>, lang: &str, now: DateTime<Utc>) {
        self.services.desk.keep_up(now);
        let count = self.services.desk.counts().pressing();
        let (number, said) = match count {
            0 => (String::new(), String::new()),
            // More digits would say no more.
            _ => (count.min(99).to_string(), words::wanting(lang, count)),
        };
        shell.set_wanting(number.into());
        shell.set_wanting_words(said.into());
    }
}

/// A row of the list.
#[derive(Clone)]
enum Line {
    One(Box<InboxItem>),
    /// With its place among the groups.
    Group(usize, Group),
    /// To the page before, whose complaints these are: the first, the last, and of how many.
    Before(usize, usize, usize),
    /// To the page after.
    After(usize, usize, usize),
}

/// The rows of the page that is shown: bursts before the first complaint, what lies aside after
/// the last one.
fn lines(desk: &Desk) -> Vec<Line> {
    let listing = desk.listing();
    let (first, all) = (listing.first, listing.listed);
    let end = first + listing.matters.len();
    let mut lines = Vec::new();
    if first > 0 {
        lines.push(Line::Before(first.saturating_sub(PAGE) + 1, first, all));
    }
    let whole = desk.group().is_none();
    let shown = |aside: bool| {
        let groups = listing.groups.iter().copied().enumerate();
        let some = groups.filter(move |(_, group)| whole && group.aside.is_some() == aside);
        some.map(|(index, group)| Line::Group(index, group))
    };
    if first == 0 {
        lines.extend(shown(false));
    }
    let matters = listing.matters.iter().cloned();
    lines.extend(matters.map(|matter| Line::One(Box::new(matter))));
    if end < all {
        lines.push(Line::After(end + 1, (end + PAGE).min(all), all));
    } else {
        lines.extend(shown(true));
    }
    lines
}

/// What the rows are made from.
#[derive(Default)]
struct Shown {
    list: Vec<Line>,
    lang: String,
    now: DateTime<Utc>,
    zone: Option<Tz>,
}

/// The rows, each worded only when it comes into sight.
#[derive(Default)]
pub(super) struct Rows {
    shown: RefCell<Shown>,
    notify: ModelNotify,
}

impl Rows {
    fn set(&self, shown: Shown) {
        let (before, count) = {
            let mut held = self.shown.borrow_mut();
            let before = held.list.len();
            *held = shown;
            (before, held.list.len())
        };
        for row in 0..count.min(before) {
            self.notify.row_changed(row);
        }
        if count > before {
            self.notify.row_added(before, count - before);
        } else if count < before {
            self.notify.row_removed(count, before - count);
        }
    }
}

impl Model for Rows {
    type Data = InboxRow;

    fn row_count(&self) -> usize {
        self.shown.borrow().list.len()
    }

    fn row_data(&self, row: usize) -> Option<InboxRow> {
        let shown = self.shown.borrow();
        let zone = shown.zone?;
        let lang = &shown.lang;
        let paging = |kind, said: &str, (from, to, all): (usize, usize, usize)| InboxRow {
            kind,
            about: said.into(),
            standing: groups::page(lang, from, to, all).into(),
            ..InboxRow::default()
        };
        Some(match shown.list.get(row)? {
            Line::One(matter) => entry(matter, lang, shown.now, zone),
            Line::Group(index, group) => InboxRow {
                kind: InboxKind::Group,
                group: i32::try_from(*index).unwrap_or(-1),
                about: groups::group(lang, group, zone).into(),
                standing: groups::group_lead(lang, group).into(),
                aside: group.aside.is_some(),
                ..InboxRow::default()
            },
            Line::Before(from, to, all) => {
                let said = groups::earlier_page(lang);
                paging(InboxKind::Before, said, (*from, *to, *all))
            }
            Line::After(from, to, all) => {
                let said = groups::next_page(lang);
                paging(InboxKind::After, said, (*from, *to, *all))
            }
        })
    }

    fn model_tracker(&self) -> &dyn ModelTracker {
        &self.notify
    }
}

fn entry(matter: &InboxItem, lang: &str, now: DateTime<Utc>, zone: Tz) -> InboxRow {
    let one = &matter.complaint;
    let place = matter.place(now);
    let department = one.department.as_ref().map(|name| name.in_lang(lang));
    let mark = match place {
        Place::Erased => words::gone(lang),
        _ if one.held.is_some() => words::held(lang),
        Place::Waiting => words::waiting(lang, one.stage),
        Place::Aside => words::aside(lang),
        Place::Overdue | Place::Calm => "",
    };
    InboxRow {
        kind: InboxKind::One,
        complaint: one.id.as_str().into(),
        about: desk::about(lang, one.about).into(),
        standing: words::standing(
            &words::when(one.received, zone),
            desk::stage(lang, one),
            department,
        )
        .into(),
        due: matter
            .due
            .map_or_else(String::new, |due| words::due(lang, due, now))
            .into(),
        place: match place {
            Place::Calm | Place::Aside => 0,
            Place::Waiting => 1,
            Place::Overdue => 2,
            Place::Erased => 3,
        },
        mark: mark.into(),
        closed: one.stage == Stage::Closed,
        ..InboxRow::default()
    }
}
