//! What a review shows.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::asking::{Asking, SPANS};
use crate::domain::lang::Lang;
use crate::domain::report::{Report, Standing, StepFact, StepState};
use crate::domain::review::{
    Action, ActionKind, AgainWhy, Asked, Cause, Decision, DropWhy, Evidence, Party, Phase, Proof,
    Review,
};
use crate::i18n::report::{self as facts, notes};
use crate::i18n::{archive, review as words, screen};
use crate::service::people::People;
use crate::service::reviews::Opened;
use crate::view::ViewState;
use crate::{ActionRow, Pickable, ReviewLine, ReviewQuestion, ReviewStep};

/// A review just now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Of what.
    pub title: String,
    /// Until when it is due, or that it is final.
    pub standing: String,
    /// It is overdue, or cannot be seen.
    pub caution: bool,
    /// Its last version holds.
    pub is_final: bool,
    /// There is enough in it.
    pub can_finalise: bool,
    /// It is there.
    pub ready: bool,
    /// What the record tells in a few sentences.
    pub facts: String,
    /// The same step by step, what went otherwise first.
    pub lines: Vec<ReviewLine>,
    /// The causes.
    pub causes: Vec<Pickable>,
    /// The steps, and what was said of each.
    pub steps: Vec<ReviewStep>,
    /// Who is responsible.
    pub responsible: Vec<ReviewLine>,
    /// What is to be done.
    pub actions: Vec<ActionRow>,
}

/// A review just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let reviews = &state.services().reviews;
    let unread = reviews.unread();
    let Some(opened) = reviews.opened() else {
        let why = unread.as_ref();
        return Model {
            title: words::review(&lang).to_owned(),
            standing: why.map_or_else(
                || archive::reading(&lang).to_owned(),
                |why| archive::unread(&lang, why),
            ),
            caution: why.is_some(),
            ..Model::default()
        };
    };
    let list = state.services().people.list();
    let (standing, caution) = standing(state, &opened, &lang);
    let content = &opened.review.content;
    let today = state.today(&state.services().settings());
    let report = &opened.report;
    let responsible = content.responsibilities.iter().map(|one| ReviewLine {
        what: words::party(&lang, &one.whose, Some(&list.people)).into(),
        detail: words::settled(&lang, one).into(),
        deviation: false,
        quiet: false,
    });
    let actions = content.actions.iter();
    let steps = report.steps.iter().map(|one| ReviewStep {
        command: one.command.in_lang(&lang).into(),
        word: content
            .word_on(&one.step)
            .map_or("", |word| word.id())
            .into(),
    });
    Model {
        title: words::title(&lang, report.name.in_lang(&lang)),
        standing,
        caution,
        is_final: opened.review.is_final,
        can_finalise: opened.review.can_be_finalised(),
        ready: true,
        facts: told(report, &lang),
        lines: lines(state, report, &lang),
        causes: pickables("cause-", Cause::ALL, |one| {
            let on = content.causes.contains(&one);
            (one.id(), words::cause(&lang, one), on)
        }),
        steps: steps.collect(),
        responsible: responsible.collect(),
        actions: actions
            .map(|one| action_row(&lang, one, today, None, &list.people))
            .collect(),
    }
}

/// Until when the review is due, or which version of it is final; and whether that is over.
fn standing(state: &ViewState, opened: &Opened, lang: &Lang) -> (String, bool) {
    let settings = state.services().settings();
    let zone = settings.branch.time_zone;
    let review: &Review = &opened.review;
    let closed = match opened.report.standing {
        Standing::Closed(closed, _) => Some(closed),
        _ => None,
    };
    let has_gone_on = closed.is_some_and(|closed| review.is_before(closed));
    let version = match review.versions.last() {
        Some(version) if review.is_final => Some(words::finalised(lang, version, zone)),
        Some(_) => Some(words::rewritten(lang, review.next_version())),
        None => None,
    };
    if review.is_final && !has_gone_on {
        return (version.unwrap_or_default(), false);
    }
    let is_asked = opened.report.started >= state.asked().since && !opened.report.owes_nothing;
    let due = closed.filter(|_| is_asked).map(|closed| {
        let (day, overdue) = review_due(state, closed);
        (words::due(lang, day, overdue), overdue)
    });
    let overdue = due.as_ref().is_some_and(|(_, overdue)| *overdue);
    let nothing = || version.is_none().then(|| words::not_asked(lang).to_owned());
    let due = due.map(|(due, _)| due).or_else(nothing);
    let next = if review.is_final {
        Some(words::went_on(lang))
    } else if review.content.causes.is_empty() {
        Some(words::needs_cause(lang))
    } else {
        None
    };
    let said = [version, due, next.map(str::to_owned)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (facts::sentences(lang, &said), overdue)
}

/// The last day on which the review of what was closed at `closed` is in time, and whether that is over.
pub fn review_due(state: &ViewState, closed: DateTime<Utc>) -> (NaiveDate, bool) {
    let settings = state.services().settings();
    let (days, calendar) = (settings.review.within_days, settings.complaint.calendar());
    let until = Asked::until(closed, days, &calendar, settings.branch.time_zone);
    (last_day(until, &settings), until <= state.now())
}

/// The day that ends at a moment, on the branch's wall.
fn last_day(until: DateTime<Utc>, settings: &crate::config::settings::Settings) -> NaiveDate {
    let within = until - TimeDelta::seconds(1);
    within
        .with_timezone(&settings.branch.time_zone)
        .date_naive()
}

fn told(report: &Report, lang: &Lang) -> String {
    let tally = report.tally();
    let sentences = [
        Some(facts::steps(lang, &tally)),
        facts::deadlines(lang, &tally),
    ];
    let mut sentences: Vec<String> = sentences.into_iter().flatten().collect();
    if report.is_as_planned() {
        sentences.push(notes::as_planned(lang).to_owned());
    }
    facts::sentences(lang, &sentences)
}

/// What went otherwise than the plan says, then the rest.
fn lines(state: &ViewState, report: &Report, lang: &Lang) -> Vec<ReviewLine> {
    let line = |one: &StepFact, deviation: bool| ReviewLine {
        what: one.command.in_lang(lang).into(),
        detail: became(state, report, one, lang).into(),
        deviation,
        quiet: matches!(one.state, StepState::ToDo | StepState::UnderWay),
    };
    let otherwise = report.deviating().map(|one| line(one, true));
    let all = report.steps.iter().chain(&report.follow_ups);
    let rest = all.filter(|one| !report.deviates(one));
    otherwise.chain(rest.map(|one| line(one, false))).collect()
}

/// What became of a step, with its deadline beside the time.
fn became(state: &ViewState, report: &Report, one: &StepFact, lang: &Lang) -> String {
    let zone = state.services().settings().branch.time_zone;
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    // With its day where that is another one.
    let time = |at: DateTime<Utc>| {
        let time = screen::time_with_seconds(at, zone);
        match day(at) == day(report.started) {
            true => time,
            false => [screen::day(lang, at, zone).as_str(), " ", &time].concat(),
        }
    };
    let named = |words: &crate::domain::plan::Text| words.in_lang(lang).to_owned();
    let when = match (one.due, one.begun.or(one.at)) {
        (Some(due), Some(at)) if one.state != StepState::Skipped => {
            Some(notes::against(lang, &time(due), &time(at)))
        }
        (Some(due), _) => Some(notes::due(lang, &time(due))),
        (None, at) => at.map(time),
    };
    let parts = [
        Some(facts::state(lang, one.state).to_owned()),
        one.answer
            .as_ref()
            .map(|it| notes::answered(lang, &named(it))),
        one.reason
            .as_ref()
            .map(|it| notes::because(lang, &named(it))),
        when,
        facts::timing(lang, one.timing),
        one.corrected.then(|| notes::was_corrected(lang).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// An action in a list; of which incident is said where `of` names it.
pub fn action_row(
    lang: &Lang,
    action: &Action,
    today: NaiveDate,
    of: Option<&str>,
    people: &People,
) -> ActionRow {
    let owner = words::party(lang, &action.planned.owner, Some(people));
    let detail = match of {
        Some(of) => [&owner, " · ", of].concat(),
        None => owner,
    };
    ActionRow {
        what: words::planned(lang, &action.planned).into(),
        detail: detail.into(),
        standing: words::standing(lang, action, today).into(),
        overdue: action.is_overdue(today),
        settled: !action.is_open(),
    }
}

/// What is being chosen for the review that is shown; none where nothing is.
pub fn question(state: &ViewState) -> Option<(ReviewQuestion, Vec<Pickable>)> {
    let asking = state.review.asking.borrow();
    Some(asked(state, asking.as_ref()?))
}

/// A question and what there is to choose from.
pub fn asked(state: &ViewState, asking: &Asking) -> (ReviewQuestion, Vec<Pickable>) {
    let lang = &state.lang();
    let day = match asking {
        Asking::Due(_, _, day) => day.to_string(),
        _ => String::new(),
    };
    let question = ReviewQuestion {
        words: match asked_about(state, asking) {
            Some(about) => words::asked_of(lang, &about, words::question(lang, asking.asks())),
            None => words::question(lang, asking.asks()).to_owned(),
        }
        .into(),
        day: day.into(),
        has_next: asking.go_on().is_some(),
    };
    let choices = match asking {
        Asking::Kind => pickables("kind-", ActionKind::ALL, |one| {
            (one.id(), words::kind(lang, one), false)
        }),
        Asking::Owner(_, offered) => parties(state, "owner-", offered),
        Asking::Whose(offered) => parties(state, "whose-", offered),
        Asking::Due(..) => {
            let spans =
                SPANS.map(|(id, days)| pickable("due-", id, words::span(lang, days), false));
            spans.into()
        }
        Asking::About(..) => {
            let phases = pickables("about-", Phase::ALL, |one| {
                (one.id(), words::phase(lang, one), false)
            });
            let steps = state.subjects();
            let steps = steps.iter().zip(1..).map(|(one, place): (_, usize)| {
                let label = words::about(lang, one);
                pickable("about-step-", &place.to_string(), &label, false)
            });
            phases.into_iter().chain(steps).collect()
        }
        Asking::Evidence(_, chosen) => pickables("evidence-", Evidence::ALL, |one| {
            let on = chosen.contains(&one);
            (one.id(), words::evidence(lang, one), on)
        }),
        Asking::Decision(..) => pickables("decision-", Decision::ALL, |one| {
            (one.id(), words::decision(lang, one), false)
        }),
        Asking::Became(..) => {
            let mut all = pickables("proof-", Proof::ALL, |one| {
                (one.id(), words::proof(lang, one), false)
            });
            all.push(pickable("", "drop", words::drop_it(lang), false));
            all
        }
        Asking::Drop(..) => pickables("why-", DropWhy::ALL, |one| {
            (one.id(), words::dropped(lang, one), false)
        }),
        Asking::Again(..) => pickables("why-", AgainWhy::ALL, |one| {
            (one.id(), words::again(lang, one), false)
        }),
        Asking::ListedKind => {
            let every = pickable("", "every-kind", words::every_kind(lang), false);
            let kinds = pickables("listed-", ActionKind::ALL, |one| {
                (one.id(), words::kind(lang, one), false)
            });
            [every].into_iter().chain(kinds).collect()
        }
        Asking::Listed(people) => {
            let people: Vec<Party> = people.iter().cloned().map(Party::Person).collect();
            let everybody = pickable("", "everybody", words::everybody(lang), false);
            let listed = parties(state, "of-", &people);
            [everybody].into_iter().chain(listed).collect()
        }
    };
    (question, choices)
}

/// What a question is about: the action or whoever was chosen before.
fn asked_about(state: &ViewState, asking: &Asking) -> Option<String> {
    let (lang, list) = (state.lang(), state.services().people.list());
    match asking {
        Asking::Due(_, whose, _)
        | Asking::About(_, whose, _)
        | Asking::Evidence(whose, _)
        | Asking::Decision(whose, _) => Some(words::party(&lang, whose, Some(&list.people))),
        Asking::Became(incident, number)
        | Asking::Drop(incident, number)
        | Asking::Again(incident, number) => {
            let planned = state.services().reviews.planned(incident, *number)?;
            Some(words::planned(&lang, &planned))
        }
        _ => None,
    }
}

fn parties(state: &ViewState, prefix: &str, offered: &[Party]) -> Vec<Pickable> {
    let (lang, list) = (state.lang(), state.services().people.list());
    let named = offered.iter().zip(1..).map(|(one, place): (_, usize)| {
        let name = words::party(&lang, one, Some(&list.people));
        pickable(prefix, &place.to_string(), &name, false)
    });
    named.collect()
}

fn pickables<'a, T: Copy>(
    prefix: &str,
    all: &[T],
    of: impl Fn(T) -> (&'static str, &'a str, bool),
) -> Vec<Pickable> {
    let one = |one: &T| {
        let (id, label, on) = of(*one);
        pickable(prefix, id, label, on)
    };
    all.iter().map(one).collect()
}

fn pickable(prefix: &str, id: &str, label: &str, on: bool) -> Pickable {
    Pickable {
        id: [prefix, id].concat().into(),
        label: label.into(),
        on,
    }
}
