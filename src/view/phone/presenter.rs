//! What the links to the staff's own phones show.

use slint::Image;

use super::pc;
use crate::PhoneRow;
use crate::domain::ids::LinkId;
use crate::domain::lang::Lang;
use crate::domain::phone_link::Thing;
use crate::i18n::{people, phone as words, screen};
use crate::service::phone::Link;
use crate::view::ViewState;
use crate::view::codes;

/// The code of one link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeModel {
    /// What it opens.
    pub what: String,
    /// In whose name, and until when.
    pub facts: String,
    /// The code; empty where there is none.
    pub code: Image,
    /// The same as an address; empty where there is none.
    pub address: String,
    /// What is typed at a PC, in two groups; empty where the code is for a phone.
    pub digits: String,
    /// A phone has it.
    pub taken: bool,
    /// Why there is no code, that a phone has it, or that the way to it is not encrypted.
    pub said: String,
    /// Something keeps it from being made.
    pub failing: bool,
}

/// The links that are good.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListModel {
    /// Each of them, the newest first.
    pub rows: Vec<PhoneRow>,
    /// How many there are.
    pub summary: String,
}

/// The code just now.
pub fn code(state: &ViewState) -> CodeModel {
    if state.phone.pc.get() {
        return pc::code(state);
    }
    let (lang, now) = (state.lang(), state.now());
    let phone = &state.services().phone;
    let mut model = CodeModel::default();
    if let Some(why) = &*phone.failed() {
        model.said = words::link_error(&lang, why);
        model.failing = true;
        return model;
    }
    let Some((offer, taken)) = phone.offer(now) else {
        model.failing = !phone.is_asking();
        model.said = if model.failing {
            words::ended(&lang)
        } else {
            words::making(&lang)
        }
        .to_owned();
        return model;
    };
    model.what = what(&lang, &offer.link);
    model.facts = facts(state, &offer.link, &lang);
    if taken {
        model.taken = true;
        model.said = words::taken(&lang).to_owned();
        return model;
    }
    let pages = state.services().pages.get();
    let Some(base) = pages.good_base() else {
        model.said = words::no_pages(&lang).to_owned();
        model.failing = true;
        return model;
    };
    let address = format!("{base}/p/{}", offer.secret.written().as_str());
    model.code = codes::once(&address);
    if base.starts_with("http:") {
        model.said = words::plain(&lang).to_owned();
    }
    model.address = address;
    model
}

/// The list just now.
pub fn list(state: &ViewState) -> ListModel {
    let lang = state.lang();
    let links = state.services().phone.live(state.now());
    let zone = state.services().settings().branch.time_zone;
    let list = state.services().people.list();
    let time = |at| screen::time_of_day(at, zone);
    let rows = links.iter().map(|link| PhoneRow {
        link: link.id.as_str().into(),
        what: what(&lang, link).into(),
        who: people::who(&lang, Some(&link.actor), &list.people).into(),
        standing: words::standing(&lang, link.bound.map(time), &time(link.until())).into(),
        taken: link.bound.is_some(),
        pc: false,
    });
    let pcs = pc::rows(state, &lang);
    ListModel {
        summary: words::count(&lang, links.len() + pcs.len()),
        rows: pcs.into_iter().chain(rows).collect(),
    }
}

/// What a link opens.
fn what(lang: &Lang, link: &Link) -> String {
    let name = link.name.as_ref().map_or("", |name| name.in_lang(lang));
    match &link.thing {
        Thing::Guide(_) => words::guide_of(lang, name),
        Thing::Record(_) => words::record_of(lang, name),
        Thing::Complaint(_) => words::a_complaint(lang).to_owned(),
        Thing::Counter => words::at_the_counter(lang).to_owned(),
    }
}

fn facts(state: &ViewState, link: &Link, lang: &Lang) -> String {
    let zone = state.services().settings().branch.time_zone;
    let list = state.services().people.list();
    let who = people::who(lang, Some(&link.actor), &list.people);
    words::facts(lang, &who, &screen::time_of_day(link.until(), zone))
}

/// Whose link it is; empty once it has ended, which the record knows all the same.
pub fn holder(state: &ViewState, link: &LinkId, lang: &Lang) -> String {
    let live = state.services().phone.live(state.now());
    let link = live.iter().find(|one| one.id == *link);
    let list = state.services().people.list();
    link.map_or_else(String::new, |link| {
        people::who(lang, Some(&link.actor), &list.people)
    })
}
