//! What the reviews ask to be done: the list by its day, narrowed by whose it is, and how many reviews
//! and actions there are, for the ways to them.

use std::cell::{Cell, RefCell};

use slint::{ComponentHandle, SharedString};

use super::review::{Asking, action_row, asked};
use crate::domain::ids::PersonId;
use crate::domain::review::ActionKind;
use crate::i18n::{archive, people, review as words};
use crate::service::reviews::ActionFilter;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{ActionDesk, ActionRow, AppWindow, Pickable, Screen};

/// What is looked for, and what is being chosen.
#[derive(Default)]
pub(in crate::view) struct State {
    settled: Cell<bool>,
    of: RefCell<Option<PersonId>>,
    kind: Cell<Option<ActionKind>>,
    asking: RefCell<Option<Asking>>,
}

/// The actions in the window.
#[derive(Default)]
pub(in crate::view) struct ActionsFace {
    rows: Rows<ActionRow>,
    choices: Rows<Pickable>,
}

impl Face for ActionsFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let desk = window.global::<ActionDesk<'_>>();
        desk.set_rows(self.rows.model());
        desk.set_choices(self.choices.model());
        desk.on_show(touched.plain(ViewState::show_actions));
        desk.on_back(touched.plain(ViewState::leave_actions));
        desk.on_toggle_settled(touched.plain(|state| {
            let settled = &state.actions.settled;
            settled.set(!settled.get());
            state.look_for_actions();
        }));
        desk.on_ask_whose(touched.plain(|state| {
            let list = state.services.people.list();
            let offered = list.people.all().map(|one| one.id.clone()).collect();
            state.actions.asking.replace(Some(Asking::Listed(offered)));
        }));
        desk.on_ask_kind(touched.plain(|state| {
            state.actions.asking.replace(Some(Asking::ListedKind));
        }));
        desk.on_act(touched.with(ViewState::ask_of_listed));
        desk.on_pick(touched.with(|state, id: SharedString| state.pick_for_actions(&id)));
        desk.on_toggle_due(touched.plain(ViewState::toggle_reviews_due));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let lang = state.lang();
        let reviews = &state.services.reviews;
        let list = state.services.people.list();
        let today = state.today(&state.services.settings());
        let (page, unread) = (reviews.actions(), reviews.unread());
        let rows = page.listed.iter().map(|one| {
            let name = one.name.in_lang(&lang);
            action_row(&lang, &one.action, today, Some(name), &list.people)
        });
        self.rows.set(rows);
        let desk = window.global::<ActionDesk<'_>>();
        let summary = match &*unread {
            Some(why) => archive::unread(&lang, why),
            None if reviews.is_reading() => archive::reading(&lang).to_owned(),
            None => words::listed(&lang, page.listed.len(), page.all),
        };
        desk.set_summary(summary.into());
        desk.set_failing(unread.is_some());
        desk.set_settled(state.actions.settled.get());
        let of = state.actions.of.borrow();
        let whose = of
            .as_ref()
            .map(|of| people::name_of(&lang, of, &list.people));
        desk.set_has_whose(whose.is_some());
        desk.set_whose(whose.unwrap_or_else(|| words::everybody(&lang)).into());
        let kind = state.actions.kind.get();
        desk.set_has_kind(kind.is_some());
        let kind = kind.map_or_else(|| words::every_kind(&lang), |one| words::kind(&lang, one));
        desk.set_kind(kind.into());
        let asking = state.actions.asking.borrow();
        desk.set_choosing(asking.is_some());
        if let Some(asking) = &*asking {
            let (question, choices) = asked(state, asking);
            desk.set_question(question);
            self.choices.set(choices);
        }
    }

    fn put_away(&self) {
        self.rows.set([]);
        self.choices.set([]);
    }
}

/// How many reviews and actions there are, in words.
pub(super) fn draw_ways(window: &AppWindow, state: &ViewState) {
    let (lang, counted) = (state.lang(), state.services.reviews.counted());
    let desk = window.global::<ActionDesk<'_>>();
    desk.set_due_label(words::reviews_due(&lang, counted.due, counted.overdue).into());
    desk.set_due_overdue(counted.overdue > 0);
    let label = words::actions_open(&lang, counted.open, counted.late);
    desk.set_open_label(label.into());
    desk.set_open_overdue(counted.late > 0);
}

impl ViewState {
    /// Shows what the reviews ask to be done.
    pub fn show_actions(&self) {
        self.show(Screen::Actions);
        self.actions.asking.take();
        self.look_for_actions();
    }

    /// Nobody looks for an action any more.
    pub(super) fn forget_actions(&self) {
        self.actions.settled.set(false);
        self.actions.of.take();
        self.actions.kind.take();
        self.actions.asking.take();
    }

    fn look_for_actions(&self) {
        if let Some(data) = &self.services.data {
            let filter = ActionFilter {
                settled: self.actions.settled.get(),
                of: self.actions.of.borrow().clone(),
                kind: self.actions.kind.get(),
            };
            self.services.reviews.look_for(data, filter);
        }
    }

    /// From a choice to the question before or the list, from there to the records.
    fn leave_actions(&self) {
        let asking = self.actions.asking.take();
        match asking {
            Some(asking) => drop(
                self.actions
                    .asking
                    .replace(asking.before(|| self.parties())),
            ),
            None => self.show_records(),
        }
    }

    fn ask_of_listed(&self, place: i32) {
        let found = {
            let page = self.services.reviews.actions();
            let listed = usize::try_from(place)
                .ok()
                .and_then(|at| page.listed.get(at));
            listed.map(|one| (one.incident.clone(), one.action.clone()))
        };
        if let Some((incident, action)) = found {
            self.actions
                .asking
                .replace(self.asked_of(incident, &action));
        }
    }

    fn pick_for_actions(&self, id: &str) {
        let asking = self.actions.asking.borrow().clone();
        let Some(asking) = asking else {
            return;
        };
        if let Asking::Listed(offered) = &asking {
            let place = id
                .strip_prefix("of-")
                .and_then(|at| at.parse::<usize>().ok());
            let chosen = place.and_then(|at| offered.get(at.checked_sub(1)?).cloned());
            self.actions.of.replace(chosen);
            self.actions.asking.take();
            return self.look_for_actions();
        }
        if asking == Asking::ListedKind {
            let chosen = id.strip_prefix("listed-").and_then(ActionKind::of);
            self.actions.kind.set(chosen);
            self.actions.asking.take();
            return self.look_for_actions();
        }
        let next = self.answered(&asking, id);
        self.actions.asking.replace(next);
    }
}
