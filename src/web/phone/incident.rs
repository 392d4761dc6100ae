//! The page of an incident: the step to do now with what to say, whom to call, what comes next, and
//! notes. Once the incident is closed, or by its record, notes alone.

use maud::{Markup, html};

use super::Visit;
use super::note::{self, Form, Said};
use super::photo;
use crate::domain::guide::{Guide, StepStanding};
use crate::domain::incident::{Incident, StepRef};
use crate::domain::lang::Lang;
use crate::domain::phone_link::Thing;
use crate::domain::plan::{IncidentType, POLICE_SMS, Plan, Text};
use crate::i18n::pages::{Phoning, phone as words};
use crate::i18n::screen;
use crate::web::layout::{dial, write_to};

/// How many of the steps that come next are named.
const AHEAD: usize = 3;

/// The page as things stand, with what is to be said of what was sent.
pub fn page(visit: &Visit<'_>, form: &Form, said: Option<Said>) -> Markup {
    let lang = visit.context.lang;
    let live = visit.site.live.borrow().clone();
    let id = visit.link().thing.incident();
    let mut known = live.iter().flat_map(|all| all.iter());
    let incident = known.find(|one| Some(&one.id) == id);
    let open = incident.filter(|one| one.is_open());
    let guided = open.filter(|_| matches!(visit.link().thing, Thing::Guide(_)));
    let title = title(visit, incident);
    let content = html! {
        (note::said(visit, said))
        @if let Some(incident) = incident {
            p { (words::since(lang, &visit.day_and_time(incident.started))) }
        }
        @if let Some(incident) = guided {
            (guide(visit, incident))
        } @else if open.is_none() {
            p { (Phoning::Over.say(lang)) }
        }
        (photo::form(visit, said))
        (note::form(visit, form, (Phoning::Notes, true), said))
    };
    visit.wrap(&title, content)
}

/// Its name, as anybody may read it who stands beside.
fn title(visit: &Visit<'_>, incident: Option<&Incident>) -> String {
    let lang = visit.context.lang;
    if let Some(incident) = incident {
        let plan = visit.site.in_force.plan_of(incident);
        let kind = plan.incident(&incident.type_id);
        let open = kind.filter(|kind| kind.discreet);
        let name = open.map_or(&incident.name, |kind| kind.open_name());
        return name.in_lang(lang).to_owned();
    }
    let name = visit.link().name.as_ref();
    let name = name.map_or(Phoning::Record.say(lang), |name| name.in_lang(lang));
    name.to_owned()
}

fn guide(visit: &Visit<'_>, incident: &Incident) -> Markup {
    let lang = visit.context.lang;
    let plan = visit.site.in_force.plan_of(incident);
    let Some(kind) = plan.incident(&incident.type_id) else {
        return html! {};
    };
    let guide = Guide::of(incident, kind);
    let current = guide.current.and_then(|at| guide.steps.get(at));
    let ahead = guide.steps.iter().filter(|one| !one.is_left_behind());
    let ahead = ahead.skip(usize::from(current.is_some())).take(AHEAD);
    let ahead: Vec<&str> = ahead.map(|one| one.command().in_lang(lang)).collect();
    html! {
        p { a.button.quiet #renew href=(visit.action()) { (Phoning::Renew.say(lang)) } }
        @if let Some(current) = current {
            (step(visit, kind, current))
            (contacts(visit, &plan, current, lang))
        } @else {
            p { (Phoning::Nothing.say(lang)) }
        }
        @if let Some(before) = guide.previous() {
            (act(visit, &StepRef::of(kind, &before.step.id), "open", "back", Phoning::Back.say(lang), "quiet"))
            p.hint { (before.command().in_lang(lang)) }
        }
        @if !ahead.is_empty() {
            h2 { (Phoning::Next.say(lang)) }
            ol { @for words in ahead { li { (words) } } }
        }
    }
}

/// The step to do now, with what can be said of it.
fn step(visit: &Visit<'_>, kind: &IncidentType, one: &StepStanding<'_>) -> Markup {
    let lang = visit.context.lang;
    let (step, now) = (one.step, visit.site.now());
    let zone = visit.site.settings().branch.time_zone;
    let own = StepRef::of(kind, &step.id);
    let line = |mark: Phoning, text: Option<&Text>| {
        html! {
            @if let Some(text) = text { p { strong { (mark.say(lang)) } " " (text.in_lang(lang)) } }
        }
    };
    let done = if step.approval {
        Phoning::Approved
    } else {
        Phoning::Done
    };
    html! {
        section.step aria-labelledby="command" {
            p.hint { (Phoning::Now.say(lang)) @if let Some(due) = one.due { " · " (screen::due(lang, due, now, zone)) } }
            h2 #command { (one.command().in_lang(lang)) }
            p { (step.detail_for(one.alone).in_lang(lang)) }
            (line(Phoning::OnlyIf, step.condition.as_ref()))
            (line(Phoning::Say, step.say_for(one.alone)))
            (line(Phoning::NeverSay, step.never_say.as_ref()))
            @for answer in &step.answers {
                (act(visit, &own, &format!("answer:{}", answer.id), &format!("answer-{}", answer.id), answer.name.in_lang(lang), ""))
            }
            @if step.condition.is_some() && !one.held { (act(visit, &own, "holds", "holds", Phoning::Holds.say(lang), "quiet")) }
            @if step.lasts { (act(visit, &own, "begun", "begun", Phoning::Begun.say(lang), "")) }
            @if !step.is_question() { (act(visit, &own, "done", "done", done.say(lang), "go")) }
        }
    }
}

/// A button that does something with a step. It names the step: one that has passed is not done again.
fn act(visit: &Visit<'_>, step: &StepRef, act: &str, id: &str, label: &str, class: &str) -> Markup {
    let form = Form::empty();
    html! {
        form method="post" action=(visit.action()) accept-charset="utf-8" {
            (note::known(visit, &form))
            input type="hidden" name="type" value=(step.type_id);
            input type="hidden" name="step" value=(step.step);
            input type="hidden" name="act" value=(act);
            button id=(id) class=(class) type="submit" { (label) }
        }
    }
}

/// Whom the step calls, each number one tap away.
fn contacts(visit: &Visit<'_>, plan: &Plan, one: &StepStanding<'_>, lang: &Lang) -> Markup {
    let settings = visit.site.settings();
    let roles = one.step.contacts.iter().filter_map(|id| plan.role(id));
    let roles: Vec<_> = roles
        .map(|role| (role, settings.numbers(&role.id, plan)))
        .filter(|(_, numbers)| !numbers.is_empty())
        .collect();
    html! {
        @if !roles.is_empty() {
            h2 { (Phoning::Call.say(lang)) }
            ul.numbers {
                @for (role, numbers) in roles {
                    li {
                        (role.name.in_lang(lang))
                        @for number in numbers {
                            @if role.id == POLICE_SMS { (write_to(number)) } @else { (dial(lang, number)) }
                        }
                    }
                }
            }
        }
    }
}
