//! `/evacuate`: how to get out; while people are leaving, what is happening and where to go.

use maud::{Markup, html};

use super::layout::{danger, dial};
use super::request_context::RequestContext;
use super::site::{PLAN_PATH, Site};
use super::situation::{Leave, Over, Situation};
use crate::domain::evacuation::End;
use crate::domain::lang::Lang;
use crate::i18n::evacuation as words;
use crate::i18n::pages::{self, Common, Leaving};

/// Seconds after which a phone asks again while people are leaving.
pub const RENEWED_EVERY: u32 = 10;

/// The page as things stand.
pub fn page(site: &Site, visit: &RequestContext, situation: &Situation) -> Markup {
    let lang = visit.lang;
    let calls = matches!(situation, Situation::Leave(_));
    let discreet = situation.withholds_place();
    let stays = situation.stays();
    let content = html! {
        @match situation {
            Situation::Calm => {}
            Situation::Leave(leave) => (leave_now(site, visit, leave)),
            Situation::Over(over) => (it_is_over(visit, over)),
        }
        @if !stays {
            (place(site, lang, !discreet))
            @if !discreet { (floor_plan(site, lang)) }
        }
        (danger(visit, situation.keeps_phones_off()))
        (numbers(site, lang))
        @if !stays {
            h2 { (Leaving::What.say(lang)) }
            // Whoever is fled from may mean that people have to run.
            p { strong { (Leaving::NoLifts.say(lang)) } @if !discreet { " " (Leaving::General.say(lang)) } }
        }
        // While people leave, only what is in force counts, and no page says why.
        @if !calls {
            dl {
                @for hazard in site.plan().hazards.iter().filter(|one| !one.discreet) {
                    dt { (hazard.open_name().in_lang(lang)) }
                    @for command in &hazard.commands { dd { (command.in_lang(lang)) } }
                }
            }
        }
    };
    let title = match situation {
        // What to do may be to stay: in an earthquake nobody leaves before it is over.
        Situation::Leave(_) => Leaving::Now.say(lang),
        _ => Common::WayOut.say(lang),
    };
    site.wrap(visit, "/evacuate", title, content)
}

fn leave_now(site: &Site, visit: &RequestContext, leave: &Leave) -> Markup {
    let lang = visit.lang;
    let command = leave.command.as_ref();
    let command = command.map_or_else(|| words::leave(lang), |command| command.in_lang(lang));
    html! {
        section.leave aria-label=(Leaving::Now.say(lang)) {
            p.command { (command) }
            p.command { (if leave.stays { words::stay(lang) } else { Leaving::NoLifts.say(lang) }) }
            p { (pages::leaving_since(lang, &site.clock_time(leave.since))) }
        }
        p { (Leaving::Renews.say(lang)) }
        p { a.button href=(visit.href("/evacuate")) { (Leaving::Refresh.say(lang)) } }
    }
}

fn it_is_over(visit: &RequestContext, over: &Over) -> Markup {
    let words = match over.end {
        End::AllClear => Leaving::AllClear,
        End::FalseAlarm => Leaving::FalseAlarm,
        End::Closed => Leaving::Over,
    };
    html! {
        section.over-now {
            p { strong { (words.say(visit.lang)) } }
            p { (Leaving::OverLead.say(visit.lang)) }
        }
    }
}

fn place(site: &Site, lang: &Lang, with_assembly: bool) -> Markup {
    let settings = site.settings();
    let branch = &settings.branch;
    let gather = branch
        .assembly_point
        .as_deref()
        .unwrap_or_else(|| words::open_ground(lang));
    html! {
        @if with_assembly {
            h2 { (Leaving::Gather.say(lang)) }
            p.place { (gather) }
        }
        h2 { (Leaving::Exits.say(lang)) }
        @if branch.exits.is_empty() {
            p.place { (words::no_picture(lang)) }
        } @else {
            ul { @for exit in &branch.exits { li.place { (exit.name) } } }
        }
    }
}

fn floor_plan(site: &Site, lang: &Lang) -> Markup {
    let Some(plan) = site.floor_plan() else {
        return html! {};
    };
    html! {
        h2 { (Leaving::Plan.say(lang)) }
        @if plan.sample { p.plain { (Leaving::Sample.say(lang)) } }
        img.plan src=(PLAN_PATH) width=(plan.width) height=(plan.height) alt=(Leaving::PlanWords.say(lang));
    }
}

/// The branch's own numbers for help in the house.
fn numbers(site: &Site, lang: &Lang) -> Markup {
    let (settings, plan) = (site.settings(), site.plan());
    let own = settings
        .public_numbers(&plan)
        .into_iter()
        .filter(|one| one.own && !one.is_now());
    html! {
        ul.numbers {
            @for one in own {
                @if let Some(role) = one.role {
                    li { (role.name.in_lang(lang)) " " (dial(lang, one.number)) }
                }
            }
        }
    }
}
