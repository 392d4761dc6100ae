//! The staff change telephone numbers: one is confirmed, corrected, added or removed.

pub mod presenter;

use std::cell::{Cell, RefCell};

use slint::{ComponentHandle, SharedString};

use self::presenter::GROUPS;
use crate::config::settings::edit::EditError;
use crate::config::settings::{From, Settings};
use crate::domain::person::Right;
use crate::domain::phone::{self, Here, Kind, Reading, Unfit, Unreadable};
use crate::domain::staff::StaffEvent;
use crate::service::staff::{Change, Edit, Edited, Outcome};
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{AppWindow, Chip, NumberRow, Numbers, Screen};

/// What the screen shows beside the settings.
#[derive(Default)]
pub(in crate::view) struct State {
    pub(super) group: Cell<usize>,
    pub(super) editor: RefCell<Option<Editor>>,
    pub(super) said: RefCell<Option<Feedback>>,
}

/// A number being edited.
pub(super) struct Editor {
    pub(super) role: String,
    /// Behind the last number seen: one is being added.
    pub(super) place: usize,
    /// The role's numbers as they were when it was opened.
    seen: Vec<String>,
    pub(super) typed: String,
    /// It was asked to remove the number, and has asked back.
    pub(super) removing: bool,
    /// What was typed is read back before it is saved.
    pub(super) reviewing: bool,
}

/// What became of the last change.
pub(super) enum Feedback {
    Done(Change),
    Meanwhile(String),
    Refused(EditError),
    NoThread(String),
    /// What is typed reaches nobody.
    Unfit(String, Unfit),
    /// The role, and what was typed for it and not saved.
    Dropped(String, String),
}

/// The numbers in the window.
#[derive(Default)]
pub(in crate::view) struct NumbersFace {
    rows: Rows<NumberRow>,
    groups: Rows<Chip>,
}

impl Face for NumbersFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let numbers = window.global::<Numbers<'_>>();
        numbers.set_rows(self.rows.model());
        numbers.set_groups(self.groups.model());
        numbers.on_show(touched.plain(ViewState::show_numbers));
        numbers.on_choose(touched.with(ViewState::choose_numbers));
        numbers.on_open(touched.with_two(|state, role: SharedString, place| {
            state.edit_number(&role, usize::try_from(place).ok());
        }));
        numbers.on_add(touched.with(|state, role: SharedString| state.edit_number(&role, None)));
        numbers.on_left(touched.plain(ViewState::leave_numbers));
        let keys = touched.in_place();
        numbers.on_key(keys.with(|state, sign: SharedString| state.type_sign(&sign)));
        numbers.on_confirm(touched.plain(ViewState::confirm_number));
        numbers.on_save(touched.plain(ViewState::save_number));
        numbers.on_review(touched.with(ViewState::review_number));
        numbers.on_remove(touched.plain(ViewState::remove_number));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        self.rows.set(model.rows);
        self.groups.set(model.groups);
        let numbers = window.global::<Numbers<'_>>();
        numbers.set_group(i32::try_from(model.group).unwrap_or(0));
        numbers.set_all_else(model.all_else.into());
        numbers.set_said(model.said.into());
        numbers.set_done(model.done);
        numbers.set_busy(model.busy);
        numbers.set_has_editor(model.editor.is_some());
        if let Some(editor) = model.editor {
            numbers.set_editor(editor);
        }
    }
}

impl ViewState {
    /// Shows another group of the list.
    fn choose_numbers(&self, group: i32) {
        let group = usize::try_from(group).unwrap_or(0).min(GROUPS.len() - 1);
        self.numbers.said.take();
        self.numbers.group.set(group);
    }

    /// Shows the list of the numbers.
    pub fn show_numbers(&self) {
        if !self.allows(Right::Settings) {
            return;
        }
        self.forget_numbers();
        self.show(Screen::Numbers);
    }

    /// Opens the editor of a number; without a place, to add one to the role's.
    pub fn edit_number(&self, role: &str, place: Option<usize>) {
        let settings = self.services.settings();
        let seen: Vec<String> = self.seen(&settings, role);
        let editor = Editor {
            role: role.to_owned(),
            place: place.unwrap_or(seen.len()).min(seen.len()),
            seen,
            typed: String::new(),
            removing: false,
            reviewing: false,
        };
        let before = self.numbers.editor.replace(Some(editor));
        self.say_dropped(before.as_ref());
    }

    /// Nobody is at work on the numbers any more.
    pub(in crate::view) fn forget_numbers(&self) {
        self.numbers.group.set(0);
        self.numbers.editor.take();
        self.numbers.said.take();
    }

    /// From the editor back to the list, and from there out.
    fn leave_numbers(&self) {
        self.numbers.said.take();
        let left = self.numbers.editor.take();
        self.say_dropped(left.as_ref());
        if left.is_none() {
            self.show_inbox();
        }
    }

    fn seen(&self, settings: &Settings, role: &str) -> Vec<String> {
        let plan = self.services.plan();
        let numbers = settings.numbers(role, &plan);
        numbers.into_iter().map(str::to_owned).collect()
    }

    /// A key of the editor's pad; an empty one takes the last sign back.
    fn type_sign(&self, sign: &str) {
        let mut editor = self.numbers.editor.borrow_mut();
        let Some(editor) = editor.as_mut() else {
            return;
        };
        self.numbers.said.take();
        editor.removing = false;
        editor.reviewing = false;
        if sign.is_empty() {
            editor.typed.pop();
            return;
        }
        let typed = [editor.typed.as_str(), sign].concat();
        if phone::is_beginning(&typed) {
            editor.typed = typed;
        }
    }

    /// Confirms the number that is in sight: a typed one is read back first.
    fn confirm_number(&self) {
        let editor = self.numbers.editor.borrow();
        let is_typed = editor.as_ref().is_some_and(|one| !one.typed.is_empty());
        drop(editor);
        if is_typed {
            self.review_number(true);
        } else {
            self.write_number(Edit::Confirm);
        }
    }

    /// Reads back what was typed, or says why nobody is reached at it; or goes on typing.
    fn review_number(&self, on: bool) {
        let settings = self.services.settings();
        let mut editor = self.numbers.editor.borrow_mut();
        let Some(editor) = editor.as_mut() else {
            return;
        };
        editor.removing = false;
        let unfit = editor.read(settings.here()).err();
        editor.reviewing = on && unfit.is_none();
        let said = unfit.map(|why| Feedback::Unfit(editor.typed.clone(), why));
        self.numbers.said.replace(said);
    }

    /// Says that what was typed and not saved is gone.
    fn say_dropped(&self, editor: Option<&Editor>) {
        self.numbers.said.replace(
            editor
                .filter(|one| !one.typed.is_empty())
                .map(|one| Feedback::Dropped(one.role.clone(), one.typed.clone())),
        );
    }

    /// Saves what was read back.
    fn save_number(&self) {
        let editor = self.numbers.editor.borrow();
        let reviewed = editor.as_ref().filter(|one| one.reviewing);
        let number = reviewed.map(|one| one.typed.clone());
        drop(editor);
        if let Some(number) = number {
            self.write_number(Edit::Set(number));
        }
    }

    fn remove_number(&self) {
        let sure = {
            let mut editor = self.numbers.editor.borrow_mut();
            let Some(editor) = editor.as_mut() else {
                return;
            };
            std::mem::replace(&mut editor.removing, true)
        };
        if sure {
            self.write_number(Edit::Remove);
        }
    }

    fn write_number(&self, edit: Edit) {
        let editor = self.numbers.editor.borrow();
        let (Some(editor), Some(data)) = (editor.as_ref(), &self.services.data) else {
            return;
        };
        self.numbers.said.take();
        let change = Change {
            role: editor.role.clone(),
            place: editor.place,
            seen: editor.seen.clone(),
            edit,
            day: self.today(&self.services.settings()),
        };
        let plan = (*self.services.plan()).clone();
        self.services.staff.edit(data, plan, change);
    }

    /// Takes in what became of a change: all that the tablet shows follows.
    pub(super) fn edited(&self, edited: Edited) {
        let Edited {
            change,
            outcome,
            loaded,
        } = edited;
        // A file that is gone or unreadable just now takes no number off the screen.
        if !matches!(loaded.from, From::BuiltIn | From::Partly) {
            self.services.in_force.take_settings(loaded);
        }
        let said = match outcome {
            Outcome::Done => {
                // The journal counts a role's numbers from 1.
                let place = u32::try_from(change.place + 1).unwrap_or(u32::MAX);
                let role = change.role.clone();
                self.services.staff_did(
                    &self.door(),
                    match change.edit {
                        Edit::Confirm => StaffEvent::NumberConfirmed { role, place },
                        Edit::Set(_) | Edit::Remove => StaffEvent::NumberChanged { role, place },
                    },
                );
                Feedback::Done(change)
            }
            Outcome::Meanwhile => Feedback::Meanwhile(change.role),
            Outcome::Refused(error) => Feedback::Refused(error),
        };
        if !self.is_unlocked() {
            return;
        }
        if !matches!(said, Feedback::Refused(_)) {
            self.numbers.editor.take();
        } else if let Some(editor) = self.numbers.editor.borrow_mut().as_mut() {
            editor.reviewing = false;
        }
        self.numbers.said.replace(Some(said));
    }

    /// The system had no thread for it.
    pub(super) fn cannot_edit(&self, detail: String) {
        self.numbers.said.replace(Some(Feedback::NoThread(detail)));
    }
}

impl Editor {
    /// What was typed, once somebody is reached at it from `here`.
    pub(super) fn read(&self, here: Here<'_>) -> Result<(Reading, Kind), Unfit> {
        if self.typed.ends_with('-') {
            return Err(Unfit::Unreadable(Unreadable::TooShort));
        }
        phone::identify(&self.typed, here)
    }
}
