//! One complaint as it is drawn: where it stands, its lines, and the choice for an act.

use slint::ComponentHandle;

use super::complaint::{LINK, START};
use super::guide::chips;
use super::{Screens, case_lines};
use crate::domain::complaint::{About, Complaint, ComplaintEvent, Stage, Why};
use crate::domain::inbox::{Counts, InboxItem};
use crate::domain::plan::{
    DATA_LEAK_DISPUTE, Group, IncidentType, Plan, SERVICE_DISPUTE, TRADING_DISPUTE, UNCLASSIFIED,
};
use crate::i18n::inbox::{self as words, Act};
use crate::i18n::{desk, holding, screen};
use crate::service::complaints::ComplaintFile;
use crate::{CaseFile, Chip, DeskFace};

impl Screens {
    pub(super) fn draw_complaint(&self) {
        let lang = self.lang();
        let window = self.window.global::<CaseFile<'_>>();
        let Some(file) = self.services.desk.file() else {
            let at_hand = &self.services.desk;
            let said = if !at_hand.is_readable() {
                words::unreadable(&lang).to_owned()
            } else if at_hand.is_waiting() {
                String::new()
            } else if at_hand.counts().all() == 0 {
                words::summary(&lang, &Counts::default())
            } else {
                words::unreadable(&lang).to_owned()
            };
            window.set_face(DeskFace::File);
            window.set_title("".into());
            window.set_stage(said.into());
            window.set_due("".into());
            window.set_beside("".into());
            self.rows.complaint.lines.set([]);
            self.rows.complaint.acts.set([]);
            return;
        };
        window.set_face(self.complaint.face.get());
        let about = desk::about(&lang, file.complaint.about);
        window.set_title(words::title(&lang, about).into());
        self.draw_standing(&file, &lang);
        let zone = self.services.settings().branch.time_zone;
        let named = |id: &str| self.named(id, &lang);
        let lines = case_lines::lines(&file, &lang, zone, &named);
        self.rows.complaint.lines.set(lines);
        let acts = acts(&file.complaint).into_iter().map(|act| Chip {
            id: act_id(act).into(),
            label: words::act(&lang, act).into(),
        });
        self.rows.complaint.acts.set(acts);
        self.draw_choice(&file, &lang);
    }

    fn draw_standing(&self, file: &ComplaintFile, lang: &str) {
        let complaint = &file.complaint;
        let (settings, now) = (&self.services.settings(), self.services.clock.now());
        let zone = settings.branch.time_zone;
        let matter = InboxItem::of(complaint.clone());
        let late = matter.due.is_some_and(|due| due.by() <= now);
        let window = self.window.global::<CaseFile<'_>>();
        let gone = complaint.erased.is_some();
        window.set_stage(
            if gone {
                words::gone(lang)
            } else if complaint.aside.is_some() {
                words::aside(lang)
            } else {
                desk::stage(lang, complaint)
            }
            .into(),
        );
        window.set_due(
            matter
                .due
                .map_or_else(String::new, |due| words::due(lang, due, now))
                .into(),
        );
        window.set_urgency(if late { 2 } else { 0 });
        let department = complaint.department.iter();
        let department = department.map(|name| words::seen_to_by(lang, name.in_lang(lang)));
        let incidents = complaint.incidents.iter().filter_map(|id| {
            let name = self.named(id, lang)?;
            Some(words::belongs_to(lang, &name))
        });
        let erased = file.history.iter().rev().find_map(|(at, event)| {
            let said = desk::complaint(lang, event);
            let erasure = matches!(event, ComplaintEvent::Erased { .. });
            erasure.then(|| words::standing(&words::when(*at, zone), &said.reason, None))
        });
        let held = complaint.held.as_ref().map(|(since, reason)| {
            let since = since.with_timezone(&zone).date_naive().to_string();
            holding::held_since(lang, &since, reason.words.in_lang(lang))
        });
        let beside: Vec<String> = erased
            .into_iter()
            .chain(held)
            .chain(department)
            .chain(incidents.take(3))
            .collect();
        window.set_beside(beside.join("\n").into());
    }

    /// The name of an incident that is still in mind.
    fn named(&self, id: &str, lang: &str) -> Option<String> {
        let incident = self.services.incidents.get(id)?;
        Some(self.incident_name(&incident, lang).to_owned())
    }

    fn draw_choice(&self, file: &ComplaintFile, lang: &str) {
        let plan = &self.services.plan();
        let window = self.window.global::<CaseFile<'_>>();
        let face = self.complaint.face.get();
        let chosen = self.complaint.chosen.borrow().clone().unwrap_or_default();
        let (prefix, confirm, said, list): (_, _, _, Vec<Chip>) = match face {
            DeskFace::Reply => {
                let list = plan.replies.iter().map(|reply| Chip {
                    id: reply.id.as_str().into(),
                    label: reply.name.in_lang(lang).into(),
                });
                let reply = plan.reply(&chosen);
                let interim = reply.is_some_and(|reply| reply.interim);
                let said = reply.map_or_else(
                    || words::choose_reply(lang).to_owned(),
                    |reply| {
                        let read = words::in_both(&reply.words, &file.complaint.lang, lang);
                        [&read, "\n", words::what_sending_does(lang, interim)].concat()
                    },
                );
                ("reply-", words::send(lang, interim), said, list.collect())
            }
            DeskFace::Settle => {
                let said = plan.settlement(&chosen).map_or_else(
                    || words::choose_settlement(lang).to_owned(),
                    |end| words::in_both(&end.name, &file.complaint.lang, lang),
                );
                let said = match file.complaint.due() {
                    Some(_) => [words::still_owed(lang), "\n", &said].concat(),
                    None => said,
                };
                let list = chips(&plan.settlements, lang).collect();
                ("settlement-", words::settle(lang), said, list)
            }
            DeskFace::HandOver => {
                let people = plan.roles.iter().filter(|one| one.group == Group::People);
                let list = people.map(|role| Chip {
                    id: role.id.as_str().into(),
                    label: role.name.in_lang(lang).into(),
                });
                ("department-", "", String::new(), list.collect())
            }
            DeskFace::Link => ("", "", String::new(), self.links(&file.complaint, lang)),
            DeskFace::Erase => (
                "",
                words::erase_for_good(lang),
                words::what_erasing_does(lang).to_owned(),
                Vec::new(),
            ),
            DeskFace::Extend => {
                let list = EXTENSIONS.map(|days| Chip {
                    id: days.to_string().into(),
                    label: holding::working_days(lang, days).into(),
                });
                ("extend-", "", String::new(), list.into())
            }
            DeskFace::ExtendWhy => {
                let (accept, answer) = self.later_days(file);
                let from = file.complaint.promise;
                let moved = holding::extension(
                    lang,
                    from.map(|from| from.accept_by).zip(accept),
                    from.map(|from| from.answer_by).zip(answer),
                );
                let list = reasons(&Why::EXTEND, lang);
                ("reason-", holding::extend(lang), moved, list)
            }
            DeskFace::Hold => (
                "reason-",
                holding::hold(lang),
                holding::what_holding_does(lang).to_owned(),
                reasons(&Why::HOLD, lang),
            ),
            DeskFace::Release => (
                "reason-",
                holding::release(lang),
                holding::what_releasing_does(
                    lang,
                    self.services.settings().complaint.retention_years,
                ),
                reasons(&Why::RELEASE, lang),
            ),
            DeskFace::File => ("", "", String::new(), Vec::new()),
        };
        window.set_question(words::question(lang, question(face)).into());
        window.set_prefix(prefix.into());
        window.set_confirm(confirm.into());
        window.set_words(said.into());
        window.set_chosen(chosen.into());
        self.rows.complaint.chips.set(list);
    }

    /// The open incidents, and the type that fits the complaint, to be started.
    fn links(&self, complaint: &Complaint, lang: &str) -> Vec<Chip> {
        let now = self.services.clock.now();
        let plan = self.services.plan();
        let start = fitting(&plan, complaint.about).map(|kind| Chip {
            id: [START, &kind.id].concat().into(),
            label: words::start(lang, kind.open_name().in_lang(lang)).into(),
        });
        let open = self.services.incidents.open();
        let open = open.iter().map(|one| {
            let name = self.incident_name(one, lang);
            let running = screen::running(lang, one.elapsed(now));
            let label = if complaint.incidents.contains(&one.id) {
                words::to_guide(lang, &name)
            } else {
                words::join_to(lang, &name, &running)
            };
            Chip {
                id: [LINK, &one.id].concat().into(),
                label: label.into(),
            }
        });
        start.into_iter().chain(open).collect()
    }
}

/// The type of incident that a complaint about this is.
fn fitting(plan: &Plan, about: About) -> Option<&IncidentType> {
    let id = match about {
        About::Trading => TRADING_DISPUTE,
        About::Service => SERVICE_DISPUTE,
        About::PersonalInformation => DATA_LEAK_DISPUTE,
        About::Equipment | About::Other => UNCLASSIFIED,
    };
    plan.incident(id).or_else(|| plan.incident(UNCLASSIFIED))
}

/// Working days by which promised days can be moved.
const EXTENSIONS: [u32; 4] = [5, 10, 15, 30];

fn reasons(reasons: &[Why], lang: &str) -> Vec<Chip> {
    let chips = reasons.iter().map(|&why| Chip {
        id: why.id().into(),
        label: holding::why(lang, why).into(),
    });
    chips.collect()
}

/// What can be done with a complaint, in the order of the buttons.
fn acts(complaint: &Complaint) -> Vec<Act> {
    use Act::{Accept, Erase, Extend, HandOver, Hold, Link, PutBack, Release, Reply, Settle};
    if complaint.erased.is_some() {
        return Vec::new();
    }
    let open = complaint.stage != Stage::Closed;
    let held = complaint.held.is_some();
    let aside = complaint.aside.is_some();
    let acts = [
        (PutBack, aside),
        (Accept, open && !aside && complaint.accepted.is_none()),
        (Reply, true),
        (HandOver, open),
        (Link, true),
        (Settle, open),
        (Extend, complaint.due().is_some()),
        (Hold, !held),
        (Release, held),
        (Erase, !held),
    ];
    let offered = acts.into_iter().filter(|(_, offered)| *offered);
    offered.map(|(act, _)| act).collect()
}

/// An act as the screen names it.
fn act_id(act: Act) -> &'static str {
    match act {
        Act::Accept => "accept",
        Act::Reply => "reply",
        Act::HandOver => "hand-over",
        Act::Link => "link",
        Act::Settle => "settle",
        Act::Extend => "extend",
        Act::Hold => "hold",
        Act::Release => "release",
        Act::PutBack => "put-back",
        Act::Erase => "erase",
    }
}

fn question(face: DeskFace) -> words::Question {
    match face {
        DeskFace::Reply | DeskFace::File => words::Question::Reply,
        DeskFace::HandOver => words::Question::HandOver,
        DeskFace::Link => words::Question::Link,
        DeskFace::Settle => words::Question::Settle,
        DeskFace::Extend => words::Question::Extend,
        DeskFace::ExtendWhy => words::Question::ExtendWhy,
        DeskFace::Hold => words::Question::Hold,
        DeskFace::Release => words::Question::Release,
        DeskFace::Erase => words::Question::Erase,
    }
}
