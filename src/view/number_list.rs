//! The telephone numbers of every role as the staff see them: the list, and the one being edited.

use chrono::NaiveDate;
use slint::ComponentHandle;

use super::numbers::{Editor, Said};
use super::{Screens, calls, rows};
use crate::domain::limits::NUMBERS;
use crate::domain::phone::{self, Here, Unfit};
use crate::domain::plan::{Group, Role};
use crate::i18n::{contacts, edit as edit_words, number as number_words, screen, staff as words};
use crate::service::staff::Edit;
use crate::settings::{self, Contact, Settings};
use crate::{Back, Chip, NumberEditor, NumberRow, NumberTile, Numbers};

/// The groups of the list, the branch's own numbers first.
pub(super) const GROUPS: [Group; 4] =
    [Group::People, Group::Partners, Group::Regulator, Group::Now];
/// Numbers beside each other in a row.
const BESIDE: usize = 2;

/// The models of the screen.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: rows::Rows<NumberRow>,
    pub(super) groups: rows::Rows<Chip>,
}

impl Screens {
    pub(super) fn draw_numbers(&self) {
        let lang = self.lang();
        let settings = self.services.settings();
        let today = self.today(&settings);
        let group = self.numbers.group.get();
        let wanted = GROUPS.get(group).copied().unwrap_or(Group::People);
        let plan = self.services.plan();
        let roles = plan.roles.iter();
        let rows = roles
            .filter(|role| role.group == wanted)
            .flat_map(|role| self.number_rows(role, &settings, &lang, today));
        self.rows.numbers.rows.set(rows);
        self.rows
            .numbers
            .groups
            .set(GROUPS.iter().map(|group| Chip {
                id: calls::group_id(*group).into(),
                label: contacts::group(&lang, *group).into(),
            }));
        let window = self.window.global::<Numbers<'_>>();
        window.set_group(i32::try_from(group).unwrap_or(0));
        let data = self.services.data.as_deref();
        let path = data.map(|data| settings::path(data).display().to_string());
        let all_else = path.map_or_else(String::new, |path| words::all_else(&lang, &path));
        window.set_all_else(all_else.into());
        let said = self.numbers.said.borrow();
        window.set_said(
            said.as_ref()
                .map_or_else(String::new, |said| self.say(said, &lang))
                .into(),
        );
        window.set_done(matches!(*said, Some(Said::Done(_))));
        window.set_busy(self.services.staff.is_busy());
        let editor = self.numbers.editor.borrow();
        if let Some(editor) = editor.as_ref() {
            window.set_editor(self.editor(editor, &settings, &lang, today));
        }
        window.set_has_editor(editor.is_some());
    }

    /// The rows of a role: its numbers side by side, and a place to add one.
    fn number_rows(
        &self,
        role: &Role,
        settings: &Settings,
        lang: &str,
        today: NaiveDate,
    ) -> Vec<NumberRow> {
        let plan = self.services.plan();
        let numbers = settings.contacts_of(&role.id, &plan);
        let tile =
            |(place, contact): (usize, &Contact<'_>)| tile(place, contact, settings, lang, today);
        let tiles: Vec<NumberTile> = numbers.iter().enumerate().map(tile).collect();
        let row = |first: bool, tiles: &[NumberTile]| NumberRow {
            role_id: role.id.as_str().into(),
            role: (if first { role.name.in_lang(lang) } else { "" }).into(),
            first: tiles.first().cloned().unwrap_or_default(),
            second: tiles.get(1).cloned().unwrap_or_default(),
            may_add: first && may_add(&numbers),
        };
        if tiles.is_empty() {
            return vec![row(true, &[])];
        }
        let lines = tiles.chunks(BESIDE).enumerate();
        lines.map(|(line, tiles)| row(line == 0, tiles)).collect()
    }

    fn editor(
        &self,
        editor: &Editor,
        settings: &Settings,
        lang: &str,
        today: NaiveDate,
    ) -> NumberEditor {
        let plan = self.services.plan();
        let role = plan.role(&editor.role);
        let numbers = settings.contacts_of(&editor.role, &plan);
        let contact = numbers.get(editor.place);
        let shown = contact.map_or_else(NumberTile::default, |contact| {
            tile(editor.place, contact, settings, lang, today)
        });
        let (typed, typed_extension) = screen::number(lang, &editor.typed);
        let read = editor.read(settings.here());
        let back = read.as_ref().ok().filter(|_| editor.reviewing);
        let back = back.map_or_else(Back::default, |(reading, kind)| Back {
            number: phone::grouped(reading, *kind).into(),
            extension: screen::extension(lang, reading.extension.as_deref()).into(),
            kind: number_words::kind(lang, *kind).into(),
        });
        NumberEditor {
            role_id: editor.role.as_str().into(),
            role: role.map_or("", |role| role.name.in_lang(lang)).into(),
            adding: contact.is_none(),
            // One that is being added counts already.
            which: calls::which(editor.place + 1, numbers.len().max(editor.place + 1)).into(),
            may_add: contact.is_some() && may_add(&numbers),
            shown,
            typed: typed.into(),
            typed_extension: typed_extension.into(),
            may_save: read.is_ok(),
            reviewing: editor.reviewing,
            back,
            removing: editor.removing,
        }
    }

    fn say(&self, said: &Said, lang: &str) -> String {
        let name = |role: &str| {
            let plan = self.services.plan();
            let known = plan.role(role);
            known.map_or(role.to_owned(), |role| role.name.in_lang(lang).to_owned())
        };
        match said {
            Said::Done(change) => {
                let role = name(&change.role);
                let old = change.seen.get(change.place).map_or("", String::as_str);
                match &change.edit {
                    Edit::Confirm => words::confirmed(lang, &role, &as_read(lang, old)),
                    Edit::Set(number) => words::saved(lang, &role, &in_groups(lang, number)),
                    Edit::Remove => words::removed(lang, &role, &as_read(lang, old)),
                }
            }
            Said::Meanwhile(role) => words::meanwhile(lang, &name(role)),
            Said::Refused(error) => edit_words::edit_error(lang, error),
            Said::Unfit(typed, why) => number_words::unfit(lang, typed, why),
            Said::Dropped(role, typed) => words::dropped(lang, &name(role), &as_read(lang, typed)),
            Said::NoThread(detail) => words::no_thread(lang, detail),
        }
    }
}

fn tile(
    place: usize,
    contact: &Contact<'_>,
    settings: &Settings,
    lang: &str,
    today: NaiveDate,
) -> NumberTile {
    let (number, extension) = screen::number(lang, contact.number);
    let stale = settings.is_stale(contact, today);
    // Somebody may have written an internal extension on purpose.
    let broken = !contact.national
        && matches!(
            phone::identify(contact.number, settings.here()),
            Err(Unfit::Digits { .. } | Unfit::NoArea(_) | Unfit::Unknown)
        );
    let state = if broken {
        words::not_whole(lang).to_owned()
    } else {
        let confirmed = contact.confirmed.filter(|_| contact.ever);
        words::known(lang, contact.national, confirmed, stale)
    };
    NumberTile {
        place: i32::try_from(place).unwrap_or(0),
        number: number.into(),
        extension: extension.into(),
        state: state.into(),
        stale: stale || broken,
        national: contact.national,
    }
}

/// Whether a role may have another number: one that the plan knows for the whole country has none
/// beside it.
fn may_add(numbers: &[Contact<'_>]) -> bool {
    let built_in = !numbers.is_empty() && numbers.iter().all(|one| one.national);
    !built_in && numbers.len() < *NUMBERS.end()
}

/// A number with its extension, to read.
fn as_read(lang: &str, number: &str) -> String {
    let (number, extension) = screen::number(lang, number);
    [number, extension].join(" ").trim().to_owned()
}

/// The same in the groups in which it was read back.
fn in_groups(lang: &str, number: &str) -> String {
    let (number, extension) = match phone::identify(number, Here::default()) {
        Ok((reading, kind)) => (
            phone::grouped(&reading, kind),
            screen::extension(lang, reading.extension.as_deref()),
        ),
        Err(_) => screen::number(lang, number),
    };
    [number, extension].join(" ").trim().to_owned()
}
