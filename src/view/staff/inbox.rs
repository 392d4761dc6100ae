//! The list of complaints, a page at a time, and the number of those that want to be seen.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use slint::{ComponentHandle, ModelNotify, ModelTracker, SharedString};
use zeroize::Zeroizing;

use crate::domain::complaint::Stage;
use crate::domain::inbox::{Attention, Group, InboxItem};
use crate::domain::lang::Lang;
use crate::i18n::{desk, groups, inbox as words, keeping};
use crate::service::desk::{Desk, PAGE};
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::touched::Touched;
use crate::{AppWindow, Inbox, InboxAttention, InboxKind, InboxRow, Screen};

/// The list in the window.
#[derive(Default)]
pub(in crate::view) struct InboxFace {
    rows: Rc<LazyRows>,
}

impl Face for InboxFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let inbox = window.global::<Inbox<'_>>();
        inbox.set_rows(self.rows.clone().into());
        inbox.on_show(touched.plain(ViewState::show_inbox));
        inbox.on_open(
            touched.with(|state, id: SharedString| state.open_complaint(&id.as_str().into())),
        );
        inbox.on_open_group(touched.with(ViewState::open_group));
        inbox.on_page_before(touched.plain(ViewState::page_before));
        inbox.on_page_after(touched.plain(ViewState::page_after));
        inbox.on_back(touched.plain(ViewState::leave_inbox));
        inbox.on_sweep(touched.plain(ViewState::sweep_group));
        inbox.on_confirm_clock(touched.plain(|state| state.services.keeping.confirm()));
    }

    fn put_away(&self) {
        self.rows.set(Page::default());
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = present(state);
        self.rows.set(page(state));
        let inbox = window.global::<Inbox<'_>>();
        inbox.set_summary(model.summary.into());
        inbox.set_pressing(model.pressing);
        inbox.set_in_group(model.in_group);
        inbox.set_sweep_words(model.sweep_words.into());
        inbox.set_sweeping(model.sweeping);
        inbox.set_keeping(model.keeping.into());
        inbox.set_doubted(model.doubted);
    }
}

/// The list of complaints beside its rows, which are worded when they come into sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// How many press; what there is to say where there is no row.
    pub summary: String,
    /// Some press.
    pub pressing: bool,
    /// A group is opened in place of the list.
    pub in_group: bool,
    /// What its one act is called.
    pub sweep_words: String,
    /// That act is under way.
    pub sweeping: bool,
    /// What is said of erasing by itself.
    pub keeping: String,
    /// Somebody has to confirm the date first.
    pub doubted: bool,
}

/// The list just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let zone = state.services().settings().branch.time_zone;
    let at_hand = &state.services().desk;
    let (counts, group) = (at_hand.counts(), at_hand.group());
    let outlook = state.services().keeping.outlook();
    Model {
        summary: match group {
            _ if !at_hand.is_readable() => words::unreadable(&lang).to_owned(),
            _ if at_hand.growing().is_some() => words::growing(&lang, at_hand.growing()),
            Some(group) => groups::group(&lang, &group, zone),
            None => words::summary(&lang, &counts),
        },
        pressing: counts.pressing() > 0,
        in_group: group.is_some(),
        sweep_words: group.map_or_else(String::new, |group| {
            groups::sweep(&lang, group.aside.is_some(), at_hand.is_sweeping()).to_owned()
        }),
        sweeping: at_hand.is_sweeping(),
        keeping: keeping::full(&lang, &outlook, zone),
        doubted: outlook.doubted.is_some(),
    }
}

/// What the rows are made from just now.
fn page(state: &ViewState) -> Page {
    Page {
        list: lines(&state.services().desk),
        lang: state.lang(),
        now: state.now(),
        zone: Some(state.services().settings().branch.time_zone),
    }
}

/// A row of the list.
#[derive(Clone)]
enum Line {
    /// With the first line of what was written, where it can be read.
    One(Box<InboxItem>, Option<Zeroizing<String>>),
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
    let one = |matter: &InboxItem| {
        let opening = listing.openings.of(&matter.complaint.id);
        Line::One(Box::new(matter.clone()), opening.cloned())
    };
    lines.extend(listing.matters.iter().map(one));
    if end < all {
        lines.push(Line::After(end + 1, (end + PAGE).min(all), all));
    } else {
        lines.extend(shown(true));
    }
    lines
}

/// What the rows are made from.
#[derive(Default)]
struct Page {
    list: Vec<Line>,
    lang: Lang,
    now: DateTime<Utc>,
    zone: Option<Tz>,
}

/// The rows, each worded only when it comes into sight.
#[derive(Default)]
struct LazyRows {
    page: RefCell<Page>,
    notify: ModelNotify,
}

impl LazyRows {
    fn set(&self, shown: Page) {
        let (before, count) = {
            let mut held = self.page.borrow_mut();
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

impl slint::Model for LazyRows {
    type Data = InboxRow;

    fn row_count(&self) -> usize {
        self.page.borrow().list.len()
    }

    fn row_data(&self, row: usize) -> Option<InboxRow> {
        let shown = self.page.borrow();
        let zone = shown.zone?;
        let lang = &shown.lang;
        let paging = |kind, said: &str, (from, to, all): (usize, usize, usize)| InboxRow {
            kind,
            about: said.into(),
            standing: groups::page(lang, from, to, all).into(),
            ..InboxRow::default()
        };
        Some(match shown.list.get(row)? {
            Line::One(matter, opening) => {
                let opening = opening.as_ref().map_or("", |line| line.as_str());
                entry(matter, opening, lang, shown.now, zone)
            }
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

fn entry(matter: &InboxItem, opening: &str, lang: &Lang, now: DateTime<Utc>, zone: Tz) -> InboxRow {
    let one = &matter.complaint;
    let attention = matter.attention(now);
    let department = one.department.as_ref().map(|name| name.in_lang(lang));
    let mark = match attention {
        Attention::Erased => words::gone(lang),
        _ if one.held.is_some() => words::held(lang),
        Attention::Waiting => words::waiting(lang, one.stage),
        Attention::Aside => words::aside(lang),
        Attention::Overdue | Attention::Calm => "",
    };
    InboxRow {
        kind: InboxKind::One,
        complaint: one.id.as_str().into(),
        about: desk::about(lang, one.about).into(),
        // What was erased a moment ago may still be in the list.
        opening: if one.erased.is_none() {
            opening.into()
        } else {
            SharedString::default()
        },
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
        attention: match attention {
            Attention::Calm | Attention::Aside => InboxAttention::Calm,
            Attention::Waiting => InboxAttention::Waiting,
            Attention::Overdue => InboxAttention::Overdue,
            Attention::Erased => InboxAttention::Erased,
        },
        mark: mark.into(),
        closed: one.stage == Stage::Closed,
        ..InboxRow::default()
    }
}

impl ViewState {
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

    /// Shows the page before.
    fn page_before(&self) {
        let desk = &self.services.desk;
        let first = desk.listing().first;
        desk.turn_to(first.saturating_sub(PAGE));
    }

    /// Shows the page after.
    fn page_after(&self) {
        let desk = &self.services.desk;
        let first = desk.listing().first;
        desk.turn_to(first + PAGE);
    }

    /// Closes the group, or leaves the list.
    fn leave_inbox(&self) {
        match self.services.desk.group() {
            Some(_) => self.services.desk.open_group(None),
            None => self.show(Screen::Board),
        }
    }

    /// Puts all of the group aside, or back.
    fn sweep_group(&self) {
        if let Some(group) = self.services.desk.group() {
            self.services.desk.sweep(group);
        }
    }

    /// Opens the staff area's list of complaints, or the complaint for whose sake the staff area
    /// was asked for.
    pub fn show_inbox(&self) {
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
}
