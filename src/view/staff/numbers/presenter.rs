//! The telephone numbers of every role as the staff see them: the list, and the one being edited.

use chrono::NaiveDate;

use super::{Editor, Feedback};
use crate::config::limits::NUMBERS;
use crate::config::settings::{self, Contact, Settings};
use crate::domain::lang::Lang;
use crate::domain::phone::{self, Here, Unfit};
use crate::domain::plan::{Group, Plan, Role};
use crate::i18n::{contacts, edit as edit_words, number as number_words, screen, staff as words};
use crate::service::staff::Edit;
use crate::view::{ViewState, call};
use crate::{Back, Chip, NumberEditor, NumberRow, NumberTile};

/// The groups of the list, the branch's own numbers first.
pub(super) const GROUPS: [Group; 4] =
    [Group::People, Group::Partners, Group::Regulator, Group::Now];
/// Numbers beside each other in a row.
const BESIDE: usize = 2;

/// The telephone numbers of every role.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The groups of the list.
    pub groups: Vec<Chip>,
    /// Which of them is shown.
    pub group: usize,
    /// Its numbers.
    pub rows: Vec<NumberRow>,
    /// Where everything else is set.
    pub all_else: String,
    /// What became of the last change; empty before one.
    pub said: String,
    /// The last change was made.
    pub done: bool,
    /// A change is being written.
    pub busy: bool,
    /// The number that is being edited.
    pub editor: Option<NumberEditor>,
}

/// The numbers just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let services = state.services();
    let (plan, settings) = (services.plan(), services.settings());
    let today = state.today(&settings);
    let group = state.numbers.group.get();
    let wanted = GROUPS.get(group).copied().unwrap_or(Group::People);
    let roles = plan.roles.iter().filter(|role| role.group == wanted);
    let chip = |group: &Group| Chip {
        id: call::group_id(*group).into(),
        label: contacts::group(&lang, *group).into(),
    };
    let data = services.data.as_deref();
    let path = data.map(|data| settings::path(data).display().to_string());
    let said = state.numbers.said.borrow();
    let editor = state.numbers.editor.borrow();
    Model {
        groups: GROUPS.iter().map(chip).collect(),
        group,
        rows: roles
            .flat_map(|role| rows(&plan, role, &settings, &lang, today))
            .collect(),
        all_else: path.map_or_else(String::new, |path| words::all_else(&lang, &path)),
        said: (said.as_ref()).map_or_else(String::new, |said| say(&plan, said, &lang)),
        done: matches!(*said, Some(Feedback::Done(_))),
        busy: services.staff.is_busy(),
        editor: (editor.as_ref()).map(|one| self::editor(&plan, one, &settings, &lang, today)),
    }
}

/// The rows of a role: its numbers side by side, and a place to add one.
fn rows(
    plan: &Plan,
    role: &Role,
    settings: &Settings,
    lang: &Lang,
    today: NaiveDate,
) -> Vec<NumberRow> {
    let numbers = settings.contacts_of(&role.id, plan);
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
    plan: &Plan,
    editor: &Editor,
    settings: &Settings,
    lang: &Lang,
    today: NaiveDate,
) -> NumberEditor {
    let role = plan.role(&editor.role);
    let numbers = settings.contacts_of(&editor.role, plan);
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
        which: call::which(editor.place + 1, numbers.len().max(editor.place + 1)).into(),
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

fn say(plan: &Plan, said: &Feedback, lang: &Lang) -> String {
    let name = |role: &str| {
        let known = plan.role(role);
        known.map_or(role.to_owned(), |role| role.name.in_lang(lang).to_owned())
    };
    match said {
        Feedback::Done(change) => {
            let role = name(&change.role);
            let old = change.seen.get(change.place).map_or("", String::as_str);
            match &change.edit {
                Edit::Confirm => words::confirmed(lang, &role, &as_read(lang, old)),
                Edit::Set(number) => words::saved(lang, &role, &in_groups(lang, number)),
                Edit::Remove => words::removed(lang, &role, &as_read(lang, old)),
            }
        }
        Feedback::Meanwhile(role) => words::meanwhile(lang, &name(role)),
        Feedback::Refused(error) => edit_words::edit_error(lang, error),
        Feedback::Unfit(typed, why) => number_words::unfit(lang, typed, why),
        Feedback::Dropped(role, typed) => words::dropped(lang, &name(role), &as_read(lang, typed)),
        Feedback::NoThread(detail) => words::no_thread(lang, detail),
    }
}

fn tile(
    place: usize,
    contact: &Contact<'_>,
    settings: &Settings,
    lang: &Lang,
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
fn as_read(lang: &Lang, number: &str) -> String {
    let (number, extension) = screen::number(lang, number);
    [number, extension].join(" ").trim().to_owned()
}

/// The same in the groups in which it was read back.
fn in_groups(lang: &Lang, number: &str) -> String {
    let (number, extension) = match phone::identify(number, Here::default()) {
        Ok((reading, kind)) => (
            phone::grouped(&reading, kind),
            screen::extension(lang, reading.extension.as_deref()),
        ),
        Err(_) => screen::number(lang, number),
    };
    [number, extension].join(" ").trim().to_owned()
}
