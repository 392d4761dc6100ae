//! The pages that a link opens on somebody's own phone: one thing each, for the phone that took the link
//! first. To anybody else they are pages that are not there.

mod complaint;
mod counter;
mod incident;
mod note;
mod offer;
mod photo;
mod step;

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, State};
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, Response};
use maud::{Markup, html};

use super::layout::Page;
use super::outcome::Outcome;
use super::request_context::RequestContext;
use super::site::Site;
use super::{missing, with_form};
use crate::domain::ids::LinkId;
use crate::domain::phone_link::Thing;
use crate::i18n::pages::{Phoning, phone as words};
use crate::service::phone::{Link, LinkSecret, Links, Opened};

pub use offer::{offered, taken};
pub use photo::{AT_ONCE, PHOTO, is_photo, may_come, photo_sent};

/// Where a link leads until a phone has taken it …
pub const OFFERED: &str = "/p/{secret}";
/// … and where its page is from then on.
pub const TAKEN: &str = "/phone/{link}";
/// The cookie with what opens a link on its phone. It is sent to that link's page alone.
const COOKIE_NAME: &str = "link";
/// The cookie by which a code that is scanned again leads to the page; it opens nothing.
const AGAIN_NAME: &str = "again";

type Here = State<Arc<Site>>;
type Who = Extension<RequestContext>;

/// A page of a link, asked by a phone.
struct Visit<'a> {
    site: &'a Site,
    context: &'a RequestContext,
    links: &'a Arc<Links>,
    opened: Opened,
}

/// The page of a link.
pub async fn show(
    State(site): Here,
    Extension(context): Who,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(visit) = Visit::of(&site, &context, &link, &headers) else {
        return missing(&site, &context);
    };
    match page(&visit) {
        Some(page) => with_form((axum::http::StatusCode::OK, page)),
        None => missing(&site, &context),
    }
}

fn page(visit: &Visit<'_>) -> Option<Markup> {
    let empty = note::Form::empty();
    match &visit.opened.link.thing {
        Thing::Guide(_) | Thing::Record(_) => Some(incident::page(visit, &empty, None)),
        Thing::Complaint(_) => complaint::page(visit, &empty, None),
        Thing::Counter => Some(counter::page(visit)),
    }
}

/// What was sent from the page of a link.
pub async fn sent(
    State(site): Here,
    Extension(context): Who,
    Path(link): Path<String>,
    headers: HeaderMap,
    fields: Bytes,
) -> Response<Body> {
    let Some(visit) = Visit::of(&site, &context, &link, &headers) else {
        return missing(&site, &context);
    };
    let form = note::Form::read(&visit, &fields);
    // Only a page of this phone knows what proves it.
    if !form.is_proved {
        return missing(&site, &context);
    }
    let Some(_place) = site.busy.begin(context.ip) else {
        if visit.opened.link.thing == Thing::Counter {
            return counter::wait(&visit, &fields, &form, note::AGAIN_IN).answer();
        }
        return note::give_back(&visit, &form, note::Said::Wait, note::AGAIN_IN)
            .map_or_else(|| missing(&site, &context), Outcome::answer);
    };
    let outcome = match &visit.opened.link.thing {
        Thing::Counter => Some(counter::send(&visit, &fields, &form).await),
        Thing::Guide(id) if form.step.is_some() => Some(step::send(&visit, id, &form).await),
        _ => note::send(&visit, form).await,
    };
    outcome.map_or_else(|| missing(&site, &context), Outcome::answer)
}

impl<'a> Visit<'a> {
    /// The visit of a phone to its link; none for anybody else, and once the link is over.
    fn of(
        site: &'a Site,
        context: &'a RequestContext,
        link: &str,
        headers: &HeaderMap,
    ) -> Option<Self> {
        let links = site.links.as_ref()?;
        let opened = cookies(headers, COOKIE_NAME)
            .filter_map(LinkSecret::read)
            .find_map(|secret| links.open(&LinkId::from(link), secret, site.now()))?;
        Some(Self {
            site,
            context,
            links,
            opened,
        })
    }

    /// Whether the link is still good; none where it has ended since.
    fn again(&self) -> Option<()> {
        let (id, secret) = (&self.opened.link.id, self.opened.secret.clone());
        self.links.open(id, secret, self.site.now()).map(drop)
    }

    fn link(&self) -> &Link {
        &self.opened.link
    }

    fn path(&self) -> String {
        path_of(&self.opened.link.id)
    }

    /// Where its forms are sent.
    fn action(&self) -> String {
        self.context.href(&self.path())
    }

    fn day_and_time(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        self.site.day_and_time(at)
    }

    /// A whole page.
    fn wrap(&self, title: &str, content: Markup) -> Markup {
        let lang = self.context.lang;
        let until = self.day_and_time(self.link().until());
        let content = html! {
            @if !self.context.encrypted { div.plain { p { (Phoning::Plain.say(lang)) } } }
            (content)
        };
        wrap(
            self.site,
            self.context,
            (&self.path(), title),
            content,
            &words::good_until(lang, &until),
        )
    }
}

/// A page for the staff. What stands beneath those for customers is not true of it.
fn wrap(
    site: &Site,
    context: &RequestContext,
    (path, title): (&str, &str),
    content: Markup,
    foot: &str,
) -> Markup {
    let page = Page {
        title,
        path,
        content,
    };
    page.wrap(context, site.settings().branch.name.as_deref(), foot)
}

fn path_of(link: &LinkId) -> String {
    format!("/phone/{link}")
}

/// The values of the cookies of this name.
pub(super) fn cookies<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    let all = headers.get_all(COOKIE).iter();
    let all = all.filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';'))
        .filter_map(|one| one.trim().split_once('='))
        .filter(move |(known, _)| *known == name)
        .map(|(_, value)| value)
}
