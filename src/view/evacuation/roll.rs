//! Who has which task, who is missing, and the words to say so with.

use chrono_tz::Tz;

use crate::config::settings::{Branch, Settings};
use crate::domain::evacuation::Evacuation;
use crate::domain::lang::Lang;
use crate::domain::plan::{Plan, Text};
use crate::domain::roll::{BELOW_GROUND, LOBBY, Task};
use crate::i18n::{evacuation as words, screen};
use crate::view::ViewState;
use crate::{Chip, MissingRow, SweepRow, TaskRow};

/// Who has which task, and who is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The tasks, each with who has it; none where nobody is sent anywhere.
    pub tasks: Vec<TaskRow>,
    /// Those a task can be given to.
    pub holders: Vec<Chip>,
    /// The kinds of people that may be missing.
    pub kinds: Vec<Chip>,
    /// Where they may have been seen last.
    pub places: Vec<Chip>,
    /// Those missing.
    pub people: Vec<MissingRow>,
    /// How the count compares with a usual day; empty where nobody has said.
    pub expected: String,
    /// How many are out, of how many, in figures.
    pub out_of: String,
    /// How many are missing; empty where none are.
    pub missing: String,
}

/// Who has which task, and who is missing, just now.
pub(super) fn present(
    settings: &Settings,
    plan: &Plan,
    running: &Evacuation,
    discreet: bool,
    lang: &Lang,
) -> Model {
    let branch = &settings.branch;
    let all = holders(plan);
    // Where people have to get away from somebody, nobody is sent back to anything.
    let tasks = Task::ALL.iter().filter(|_| !discreet);
    let tasks = tasks.map(|task| {
        let holder = running.tasks.get(task).map_or("", String::as_str);
        let known = all.iter().find(|(id, _)| id == holder);
        let unnamed = words::holder_unnamed(lang, holder);
        TaskRow {
            id: task_id(*task).into(),
            label: words::task(lang, *task).into(),
            holder: holder.into(),
            name: known.map_or(unnamed, |(_, name)| name.in_lang(lang)).into(),
        }
    });
    let holders = all.iter().map(|(id, name)| Chip {
        id: id.as_str().into(),
        label: name.in_lang(lang).into(),
    });
    let people = running.people.iter().map(|(person, one)| MissingRow {
        person: i32::try_from(*person).unwrap_or(i32::MAX),
        words: words::missing_person(lang, one).into(),
        time: screen::time_of_day(one.since, branch.time_zone).into(),
    });
    let missing = running.missing_in_all().filter(|count| *count > 0);
    Model {
        tasks: tasks.collect(),
        holders: holders.collect(),
        kinds: chips(words::kinds(lang)),
        places: chips(words::places(lang, branch)),
        people: people.collect(),
        expected: branch.expected_people.map_or_else(String::new, |usual| {
            words::expected(lang, running.out, usual)
        }),
        out_of: words::out_of(running.out, branch.expected_people),
        missing: missing.map_or_else(String::new, |count| words::missing_count(lang, count)),
    }
}

/// The floors below ground as one more step of the staff; none where the branch has named none.
pub(super) fn below_ground(
    branch: &Branch,
    running: &Evacuation,
    lang: &Lang,
    zone: Tz,
) -> Option<SweepRow> {
    let command = below_ground_words(branch)?;
    let done = running.swept.get(BELOW_GROUND);
    Some(SweepRow {
        id: BELOW_GROUND.into(),
        command: command.in_lang(lang).into(),
        detail: words::below_ground_detail(lang).into(),
        done: done.is_some(),
        time: done
            .map_or_else(String::new, |at| screen::time_of_day(*at, zone))
            .into(),
    })
}

fn below_ground_words(branch: &Branch) -> Option<Text> {
    (!branch.basements.is_empty()).then(|| {
        Text::new(
            Lang::OURS
                .iter()
                .map(|lang| (lang.clone(), words::below_ground(lang, &branch.basements))),
        )
    })
}

fn chips(of: Vec<(String, String)>) -> Vec<Chip> {
    of.into_iter()
        .map(|(id, label)| Chip {
            id: id.into(),
            label: label.into(),
        })
        .collect()
}

fn task_id(task: Task) -> &'static str {
    match task {
        Task::Door => "door",
        Task::Sweep => "sweep",
        Task::Count => "count",
    }
}

/// Those a task can be given to: the plan's crew, under the names that their cards and the guides have,
/// and whoever has the tablet.
fn holders(plan: &Plan) -> Vec<(String, Text)> {
    let crew = plan
        .crew
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()));
    let mut all: Vec<_> = crew.collect();
    if plan.member(LOBBY).is_none() {
        let words = Lang::OURS.iter();
        let name = words.map(|lang| (lang.clone(), words::lobby_manager(lang).to_owned()));
        all.push((LOBBY.to_owned(), Text::new(name)));
    }
    all
}

impl ViewState {
    /// Gives a task to somebody, or takes it back from who has it.
    pub(super) fn give_task(&self, task: &str, holder: &str) {
        let task = Task::ALL.into_iter().find(|one| task_id(*one) == task);
        let incidents = &self.services.incidents;
        let plan = incidents.evacuating().map(|one| incidents.plan_of(&one));
        let known = plan.map_or_else(Vec::new, |plan| holders(&plan));
        let found = known.into_iter().find(|(id, _)| id == holder);
        if let (Some(task), Some((id, name))) = (task, found) {
            incidents.give_task(task, &id, name);
        }
    }

    /// Says that somebody of this kind, last seen there, is missing.
    pub(super) fn miss_person(&self, kind: &str, place: &str) {
        let settings = self.services.settings();
        let who = words::chosen(kind, words::kinds);
        let seen = words::chosen(place, |lang| words::places(lang, &settings.branch));
        if let (Some(who), Some(seen)) = (who, seen) {
            self.services.incidents.miss_person(who, seen);
        }
    }

    /// Marks a step of the staff, or the floors below ground, as done or as still to do.
    pub(super) fn sweep(&self, sweep: &str, done: bool) {
        let incidents = &self.services.incidents;
        if sweep != BELOW_GROUND {
            incidents.sweep(sweep, done);
        } else if let Some(command) = below_ground_words(&self.services.settings().branch) {
            incidents.sweep_below_ground(command, done);
        }
    }
}
