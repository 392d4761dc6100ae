//! The choice for an act on a complaint: its heading, its chips, and what the chosen one says.

use crate::domain::complaint::{About, Complaint, Why};
use crate::domain::lang::Lang;
use crate::domain::plan::{
    DATA_LEAK_DISPUTE, Group, IncidentType, Plan, SERVICE_DISPUTE, TRADING_DISPUTE, UNCLASSIFIED,
};
use crate::i18n::inbox as words;
use crate::i18n::{holding, screen};
use crate::service::complaints::ComplaintFile;
use crate::view::{ViewState, words::incident_name};
use crate::{DeskChip, DeskFace, Pick};

/// The choice for an act on a complaint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// What is to be chosen.
    pub question: String,
    /// What there is to choose from.
    pub chips: Vec<DeskChip>,
    /// The id of the one that was chosen; empty before that.
    pub chosen: String,
    /// What is about to be said or done.
    pub words: String,
    /// The last step of a choice that is looked at once more; empty where there is none.
    pub confirm: String,
    /// Whether a superior has to agree first.
    pub approval: bool,
}

/// The choice just now; none where the file itself is shown.
pub fn present(state: &ViewState) -> Option<Model> {
    let lang = state.lang();
    let file = state.services().desk.file()?;
    let face = state.complaint.face.get();
    let chosen = state.complaint.chosen.borrow().clone().unwrap_or_default();
    let model = match face {
        DeskFace::File => return None,
        DeskFace::Reply => reply(state, &file, &chosen, &lang),
        DeskFace::Settle => settle(state, &file, &chosen, &lang),
        DeskFace::HandOver => hand_over(&state.services().plan(), &lang),
        DeskFace::Link => Model {
            chips: links(state, &file.complaint, &lang),
            ..Model::default()
        },
        DeskFace::Erase => Model {
            confirm: words::erase_for_good(&lang).to_owned(),
            words: words::what_erasing_does(&lang).to_owned(),
            ..Model::default()
        },
        DeskFace::Extend => {
            let days = |days: u32| {
                let label = holding::working_days(&lang, days);
                chip(Pick::Days, &days.to_string(), &label)
            };
            Model {
                chips: EXTENSIONS.map(days).into(),
                ..Model::default()
            }
        }
        DeskFace::ExtendWhy => Model {
            chips: reasons(&Why::EXTEND, &lang),
            confirm: holding::extend(&lang).to_owned(),
            words: extension(state, &file, &lang),
            ..Model::default()
        },
        DeskFace::Hold => Model {
            chips: reasons(&Why::HOLD, &lang),
            confirm: holding::hold(&lang).to_owned(),
            words: holding::what_holding_does(&lang).to_owned(),
            ..Model::default()
        },
        DeskFace::Release => {
            let years = state.services().settings().complaint.retention_years;
            Model {
                chips: reasons(&Why::RELEASE, &lang),
                confirm: holding::release(&lang).to_owned(),
                words: holding::what_releasing_does(&lang, years),
                ..Model::default()
            }
        }
    };
    Some(Model {
        question: words::question(&lang, question(face)).to_owned(),
        chosen,
        ..model
    })
}

fn chip(pick: Pick, id: &str, label: &str) -> DeskChip {
    DeskChip {
        pick,
        id: id.into(),
        label: label.into(),
        mark: "".into(),
    }
}

fn reply(state: &ViewState, file: &ComplaintFile, chosen: &str, lang: &Lang) -> Model {
    let plan = state.services().plan();
    let list = plan.replies.iter().map(|one| DeskChip {
        mark: (if one.approval {
            words::needs_approval(lang)
        } else {
            ""
        })
        .into(),
        ..chip(Pick::Reply, &one.id, one.name.in_lang(lang))
    });
    let reply = plan.reply(chosen);
    let interim = reply.is_some_and(|reply| reply.interim);
    let approval = reply.is_some_and(|reply| reply.approval);
    let said = reply.map_or_else(
        || words::choose_reply(lang).to_owned(),
        |reply| {
            let read = words::in_both(&reply.words, &file.complaint.lang, lang);
            [
                &read,
                "\n",
                words::what_sending_does(lang, interim, approval),
            ]
            .concat()
        },
    );
    Model {
        chips: list.collect(),
        confirm: words::send(lang, interim).to_owned(),
        words: said,
        approval,
        ..Model::default()
    }
}

fn settle(state: &ViewState, file: &ComplaintFile, chosen: &str, lang: &Lang) -> Model {
    let plan = state.services().plan();
    let list = plan.settlements.iter();
    let list = list.map(|one| chip(Pick::Settlement, &one.id, one.name.in_lang(lang)));
    let said = plan.settlement(chosen).map_or_else(
        || words::choose_settlement(lang).to_owned(),
        |end| words::in_both(&end.name, &file.complaint.lang, lang),
    );
    Model {
        chips: list.collect(),
        confirm: words::settle(lang).to_owned(),
        words: match file.complaint.due() {
            Some(_) => [words::still_owed(lang), "\n", &said].concat(),
            None => said,
        },
        ..Model::default()
    }
}

fn hand_over(plan: &Plan, lang: &Lang) -> Model {
    let people = plan.roles.iter().filter(|one| one.group == Group::People);
    let list = people.map(|role| chip(Pick::Department, &role.id, role.name.in_lang(lang)));
    Model {
        chips: list.collect(),
        ..Model::default()
    }
}

/// The days that were promised, and the later ones.
fn extension(state: &ViewState, file: &ComplaintFile, lang: &Lang) -> String {
    let (accept, answer) = state.later_days(file);
    let from = file.complaint.promise;
    holding::extension(
        lang,
        from.map(|from| from.accept_by).zip(accept),
        from.map(|from| from.answer_by).zip(answer),
    )
}

/// The open incidents, and the type that fits the complaint, to be started.
fn links(state: &ViewState, complaint: &Complaint, lang: &Lang) -> Vec<DeskChip> {
    let now = state.now();
    let plan = state.services().plan();
    let start = fitting(&plan, complaint.about).map(|kind| {
        let label = words::start(lang, kind.open_name().in_lang(lang));
        chip(Pick::Start, &kind.id, &label)
    });
    let open = state.services().incidents.open();
    let open = open.iter().map(|one| {
        let name = incident_name(state, one, lang);
        let running = screen::running(lang, one.elapsed(now));
        let label = if complaint.incidents.contains(&one.id) {
            words::to_guide(lang, &name)
        } else {
            words::join_to(lang, &name, &running)
        };
        chip(Pick::Join, one.id.as_str(), &label)
    });
    start.into_iter().chain(open).collect()
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

fn reasons(reasons: &[Why], lang: &Lang) -> Vec<DeskChip> {
    let chips = reasons.iter();
    let chips = chips.map(|&why| chip(Pick::Reason, why.id(), holding::why(lang, why)));
    chips.collect()
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
