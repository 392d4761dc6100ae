//! `/posters`: posters to print on a PC of the branch. They say nothing that customers may not
//! read, so that nobody has to sign in for them. One is made at a time, each once, and few may
//! wait for one: making them takes the tablet's processor from those whom it guides.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use maud::html;

use super::poster_press::Wanted;
use super::request_context::RequestContext;
use super::site::Site;
use crate::i18n::pages::{Common, with};

/// Seconds after which who found no place to wait may ask again.
const AGAIN_IN: i64 = 5;

/// The posters by their files' names, the pages that they lead to, and the words for them.
const KINDS: [(&str, &str, Common); 3] = [
    ("complaint", "/complaint", Common::Complain),
    ("evacuation", "/evacuate", Common::WayOut),
    ("contacts", "/contacts", Common::Numbers),
];
const PAPERS: [&str; 2] = ["A4", "A5"];

/// Why there is no poster.
enum NoPoster {
    /// There is nothing to print, or it does not fit.
    Missing,
    /// The tablet has no address to print.
    NoAddress,
    /// Too many wait already.
    Busy,
}

/// Waits for its turn and makes a poster, or finds it made; with the address that it carries.
async fn make(site: &Arc<Site>, file: Wanted) -> Result<(Bytes, String), NoPoster> {
    let posters = &site.posters;
    // The one of the settings, or the tablet's own: whatever a visitor calls the tablet, a poster
    // hangs for years.
    let address = site.address().ok_or(NoPoster::NoAddress)?;
    let zone = site.settings().branch.time_zone;
    let of = (
        address.clone(),
        site.now().with_timezone(&zone).date_naive(),
    );
    if let Some(pdf) = posters.made().find(&of, file) {
        return Ok((pdf, address));
    }
    let _place = posters.places.try_acquire().map_err(|_| NoPoster::Busy)?;
    // Whoever goes away does not set the press free before it has finished.
    let press = Arc::clone(&posters.press).acquire_owned().await;
    let press = press.map_err(|_| NoPoster::Missing)?;
    let round = {
        let mut made = posters.made();
        if let Some(pdf) = made.find(&of, file) {
            return Ok((pdf, address));
        }
        made.round
    };
    let there = Arc::clone(site);
    let printing = tokio::task::spawn_blocking(move || {
        let _press = press;
        let printer = there.posters.printer.as_ref()?;
        let pdf = Bytes::from(printer(&there.settings(), file.path, &of.0, file.paper)?);
        let mut made = there.posters.made();
        if made.round == round {
            made.files.insert((file.path, file.paper), pdf.clone());
        }
        Some(pdf)
    });
    let pdf = printing.await.ok().flatten().ok_or(NoPoster::Missing)?;
    Ok((pdf, address))
}

/// The posters to choose from.
pub async fn choose(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<RequestContext>,
) -> Response<Body> {
    let lang = visit.lang;
    let content = html! {
        p { (Common::PostersLead.say(lang)) }
        @if let Some(address) = site.address() { p { strong { (address) } } }
        @for (name, _, words) in KINDS {
            @for paper in PAPERS {
                form method="post" action=(format!("/posters/{name}-{paper}.pdf")) {
                    button type="submit" { (with(lang, words.say(lang), paper)) " PDF" }
                }
            }
        }
    };
    let page = site.wrap(&visit, "/posters", Common::Posters.say(lang), content);
    super::with_form((StatusCode::OK, page))
}

/// One of them as PDF, which changes nothing on the tablet.
pub async fn file(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<RequestContext>,
    Path(file): Path<String>,
) -> Response<Body> {
    answer(&site, &visit, &file, false).await
}

/// The same, to be printed: the tablet remembers which address hangs on the wall.
pub async fn print(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<RequestContext>,
    Path(file): Path<String>,
) -> Response<Body> {
    answer(&site, &visit, &file, true).await
}

async fn answer(
    site: &Arc<Site>,
    visit: &RequestContext,
    file: &str,
    printed: bool,
) -> Response<Body> {
    let wanted = KINDS.into_iter().find_map(|(name, path, _)| {
        let paper = PAPERS
            .into_iter()
            .find(|paper| file == format!("{name}-{paper}.pdf"))?;
        Some(Wanted { path, paper })
    });
    let Some(wanted) = wanted else {
        return super::missing(site, visit);
    };
    let refused = |title, lead| {
        let page = site.sorry(visit, "/posters", title, lead);
        let answer = super::html(StatusCode::SERVICE_UNAVAILABLE, page);
        super::later(answer, Some(AGAIN_IN))
    };
    if wanted.path == "/evacuate" && site.withholds_place() {
        return super::missing(site, visit);
    }
    match make(site, wanted).await {
        Ok((pdf, address)) => {
            if printed && let Some(remember) = &site.posters.remember {
                remember(&address);
            }
            let kind = HeaderValue::from_static("application/pdf");
            let mut response = ([(CONTENT_TYPE, kind)], pdf).into_response();
            if let Ok(name) = HeaderValue::from_str(&format!("inline; filename=\"{file}\"")) {
                response.headers_mut().insert(CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(NoPoster::Missing) => super::missing(site, visit),
        Err(NoPoster::NoAddress) => refused(Common::NoAddress, Common::NoAddressLead),
        Err(NoPoster::Busy) => refused(Common::Later, Common::PosterBusy),
    }
}
