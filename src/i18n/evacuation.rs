//! The words of the evacuation screen.

use std::cmp::Ordering;

use super::{tr, tr_with};
use crate::config::settings::{Branch, Direction};
use crate::domain::lang::Lang;
use crate::domain::plan::Text;
use crate::domain::roll::{self, MissingPerson, Task};

/// The command where the plan has none.
pub fn leave(lang: &Lang) -> &'static str {
    tr(lang, "Leave by the nearest exit")
}

/// Where to gather, where the branch has not said.
pub fn open_ground(lang: &Lang) -> &'static str {
    tr(lang, "Open ground, away from the building")
}

/// The exits, where the branch has not named them.
pub fn exit_signs(lang: &Lang) -> &'static str {
    tr(lang, "Follow the green exit signs")
}

/// Which way an exit is, for whoever has it read aloud.
pub fn direction(lang: &Lang, direction: Direction) -> &'static str {
    tr(
        lang,
        match direction {
            Direction::Left => "to the left",
            Direction::Right => "to the right",
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::UpLeft => "up to the left",
            Direction::UpRight => "up to the right",
            Direction::DownLeft => "down to the left",
            Direction::DownRight => "down to the right",
            Direction::Back => "behind you",
            Direction::Straight => "straight on",
        },
    )
}

/// Where the staff meet, on their own face.
pub fn meet_at(lang: &Lang, place: &str) -> String {
    tr_with(lang, "Staff meet at: {}", &[place])
}

/// Nobody has said where the staff meet.
pub fn no_meeting_point(lang: &Lang) -> &'static str {
    tr(lang, "Staff keep together, out of sight")
}

/// "Assembly point".
pub fn assembly_point(lang: &Lang) -> &'static str {
    tr(lang, "Assembly point")
}

/// "You are here".
pub fn here(lang: &Lang) -> &'static str {
    tr(lang, "You are here")
}

/// The built-in floor plan is no real one.
pub fn sample(lang: &Lang) -> &'static str {
    tr(lang, "Sample: follow exit signs")
}

/// In place of a picture.
pub fn no_picture(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Follow the green exit signs and the staff. Use the stairs, not the lifts.",
    )
}

/// How many are out, of how many on a usual day, and how many are missing.
pub fn heads(lang: &Lang, out: u32, expected: Option<u32>, missing: Option<u32>) -> String {
    let counted = tr_with(lang, "Head count: {}", &[&out_of(out, expected)]);
    match missing {
        None | Some(0) => counted,
        Some(count) => [&counted, " · ", &missing_count(lang, count)].concat(),
    }
}

/// How many are out, of how many on a usual day, in figures alone.
pub fn out_of(out: u32, expected: Option<u32>) -> String {
    match expected {
        Some(expected) => [&out.to_string(), " / ", &expected.to_string()].concat(),
        None => out.to_string(),
    }
}

/// How many are missing.
pub fn missing_count(lang: &Lang, count: u32) -> String {
    tr_with(lang, "{} missing", &[&count.to_string()])
}

/// Everybody is there.
pub fn nobody_missing(lang: &Lang) -> &'static str {
    tr(lang, "nobody missing")
}

/// Nobody has said whether anybody is missing.
pub fn missing_unknown(lang: &Lang) -> &'static str {
    tr(lang, "not known who is missing")
}

/// How the count compares with a usual day.
pub fn expected(lang: &Lang, out: u32, expected: u32) -> String {
    let usual = expected.to_string();
    let by = out.abs_diff(expected).to_string();
    match out.cmp(&expected) {
        Ordering::Less => tr_with(lang, "{0} expected, {1} to come", &[&usual, &by]),
        Ordering::Equal => tr_with(lang, "{} expected: that is all", &[&usual]),
        Ordering::Greater => tr_with(lang, "{0} expected, {1} more", &[&usual, &by]),
    }
}

/// What the sign says in place of the ways out while people are to stay.
pub fn stay(lang: &Lang) -> &'static str {
    tr(lang, "Go once the shaking stops")
}

/// A task of the staff.
pub fn task(lang: &Lang, task: Task) -> &'static str {
    tr(
        lang,
        match task {
            Task::Door => "Open the way and lead",
            Task::Sweep => "Call people out",
            Task::Count => "Count people",
        },
    )
}

/// Whoever has the tablet, among those a task can be given to.
pub fn lobby_manager(lang: &Lang) -> &'static str {
    tr(lang, "Lobby manager")
}

/// What older programs called the one of this id who has a task: their entries name nobody.
pub fn holder_unnamed<'a>(lang: &Lang, id: &'a str) -> &'a str {
    if id == roll::LOBBY {
        return tr(lang, "Lobby");
    }
    let names = [tr(lang, "Guard"), tr(lang, "Counter"), tr(lang, "Runner")];
    let mut known = roll::OLDER.into_iter().zip(names);
    known
        .find(|(one, _)| *one == id)
        .map_or(id, |(_, name)| name)
}

/// The floors below ground, which are searched as well.
pub fn below_ground(lang: &Lang, basements: &[String]) -> String {
    tr_with(lang, "Call into: {}", &[&basements.join(tr(lang, ", "))])
}

/// How far to go there: what is true of every hazard.
pub fn below_ground_detail(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Smoke, a smell or cracked walls: stay out and tell 119.",
    )
}

/// The chips for what kind of person is missing: their ids and words.
pub fn kinds(lang: &Lang) -> Vec<(String, String)> {
    let words = [
        tr(lang, "Customer"),
        tr(lang, "Colleague"),
        tr(lang, "Child"),
        tr(lang, "Older person"),
        tr(lang, "Wheelchair user"),
        tr(lang, "Several people"),
    ];
    named(roll::KINDS, words).collect()
}

fn named(
    ids: [&'static str; 6],
    words: [&'static str; 6],
) -> impl Iterator<Item = (String, String)> {
    let chips = ids.into_iter().zip(words);
    chips.map(|(id, words)| (id.to_owned(), words.to_owned()))
}

/// The chips for where somebody was seen last, the branch's floors first, from the lowest.
pub fn places(lang: &Lang, branch: &Branch) -> Vec<(String, String)> {
    let floors = branch.basements.iter().chain(&branch.floors).enumerate();
    let floors = floors.map(|(index, name)| (roll::floor_id(index), name.clone()));
    let words = [
        tr(lang, "Lobby"),
        tr(lang, "Toilets"),
        tr(lang, "VIP room"),
        tr(lang, "Stairs"),
        tr(lang, "In a lift"),
        tr(lang, "Not known"),
    ];
    floors.chain(named(roll::PLACES, words)).collect()
}

/// The words of a chip in every language, as the record keeps them: `chips` gives them in one.
pub fn chosen(id: &str, chips: impl Fn(&Lang) -> Vec<(String, String)>) -> Option<Text> {
    let words: Vec<(Lang, String)> = Lang::OURS
        .iter()
        .filter_map(|lang| {
            let (_, words) = chips(lang).into_iter().find(|(known, _)| known == id)?;
            Some((lang.clone(), words))
        })
        .collect();
    (!words.is_empty()).then(|| Text::new(words))
}

/// Who is missing and where last seen, in one line: for the staff, and for the fire brigade.
pub fn missing_person(lang: &Lang, person: &MissingPerson) -> String {
    tr_with(
        lang,
        "{0}, last seen: {1}",
        &[person.who.in_lang(lang), person.seen.in_lang(lang)],
    )
}

/// A name that a branch has written in two languages, such as "南门 South door", as its two
/// halves; the second is empty where there is but one.
pub fn by_script(name: &str) -> (&str, &str) {
    let full_width = name.rfind(|c: char| c as u32 >= 0x2e80);
    let after = full_width.and_then(|at| {
        let gap = at + name[at..].chars().next()?.len_utf8();
        let other = name[gap..].strip_prefix(' ')?.trim();
        let letters = other.chars().filter(|c| c.is_alphabetic()).count();
        // "2F" and the like belong to the name itself.
        (letters > 2).then(|| (name[..gap].trim(), other))
    });
    after.unwrap_or((name, ""))
}

/// Full-width characters that one line of the sign holds at its full size.
const LINE: usize = 7;

/// A command broken where it pauses, or before what an attribute belongs to: in full-width writing
/// lines are short and would break anywhere.
pub fn in_lines(command: &str) -> String {
    if command.contains('，') {
        return command.replacen('，', "，\n", 1);
    }
    if let Some((first, last)) = command.rsplit_once('、') {
        return [first, "、\n", last].concat();
    }
    match command.rsplit_once('的') {
        Some((first, last)) if command.chars().count() > LINE && !last.is_empty() => {
            [first, "的\n", last].concat()
        }
        _ => command.to_owned(),
    }
}
