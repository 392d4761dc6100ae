//! `/posters`: posters to print on a PC of the branch. They say nothing that customers may not
//! read, so that nobody has to sign in for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{Extension, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use maud::html;

use super::site::Site;
use super::visit::Visit;
use crate::i18n::pages::{Common, with};
use crate::settings::Settings;

/// Makes the poster of a branch with these settings for the page at a path, with the codes'
/// address, on a paper ("A4", "A5"), as PDF; none for what there is not, or what does not fit.
pub type Printer = Box<dyn Fn(&Settings, &str, &str, &str) -> Option<Vec<u8>> + Send + Sync>;

/// The posters made so far.
#[derive(Default)]
pub struct Posters {
    /// What makes them.
    pub printer: Option<Printer>,
    /// One at a time, each once.
    made: Mutex<HashMap<(String, &'static str, &'static str), Bytes>>,
}

/// The posters by their files' names, the pages that they lead to, and the words for them.
const KINDS: [(&str, &str, Common); 3] = [
    ("complaint", "/complaint", Common::Complain),
    ("evacuation", "/evacuate", Common::WayOut),
    ("contacts", "/contacts", Common::Numbers),
];
const PAPERS: [&str; 2] = ["A4", "A5"];

impl Posters {
    /// Makes them all anew: something that they say has changed.
    pub fn forget(&self) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.clear();
    }

    fn make(
        &self,
        settings: &Settings,
        base: &str,
        path: &'static str,
        paper: &'static str,
    ) -> Option<Bytes> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (base.to_owned(), path, paper);
        if let Some(file) = made.get(&key) {
            return Some(file.clone());
        }
        // The address may change a few times in a tablet's life.
        if made.len() >= 4 * KINDS.len() * PAPERS.len() {
            made.clear();
        }
        let file = Bytes::from(self.printer.as_ref()?(settings, path, base, paper)?);
        made.insert(key, file.clone());
        Some(file)
    }
}

/// The posters to choose from.
pub async fn choose(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<Visit>,
) -> Response<Body> {
    let lang = visit.lang;
    let content = html! {
        p { (Common::PostersLead.say(lang)) }
        ul.choices {
            @for (name, _, words) in KINDS {
                @for paper in PAPERS {
                    li { a href=(format!("/posters/{name}-{paper}.pdf")) { (with(lang, words.say(lang), paper)) small { "PDF" } } }
                }
            }
        }
    };
    let page = site.wrap(&visit, "/posters", Common::Posters.say(lang), content);
    super::html(StatusCode::OK, page)
}

/// One of them as PDF.
pub async fn file(
    State(site): State<Arc<Site>>,
    Extension(visit): Extension<Visit>,
    Path(file): Path<String>,
) -> Response<Body> {
    let wanted = KINDS.into_iter().find_map(|(name, path, _)| {
        let paper = PAPERS
            .into_iter()
            .find(|paper| file == format!("{name}-{paper}.pdf"))?;
        Some((path, paper))
    });
    let Some((path, paper)) = wanted else {
        return super::missing(&site, &visit);
    };
    // Who asks at the public address means that; the tablet's own address is good for any phone
    // in the lobby.
    let base = site
        .settings()
        .web
        .public_url
        .clone()
        .unwrap_or_else(|| visit.base.clone());
    let there = Arc::clone(&site);
    let made = tokio::task::spawn_blocking(move || {
        there.posters.make(&there.settings(), &base, path, paper)
    })
    .await;
    match made {
        Ok(Some(pdf)) => {
            let kind = HeaderValue::from_static("application/pdf");
            let mut response = ([(CONTENT_TYPE, kind)], pdf).into_response();
            if let Ok(name) = HeaderValue::from_str(&format!("inline; filename=\"{file}\"")) {
                response.headers_mut().insert(CONTENT_DISPOSITION, name);
            }
            response
        }
        _ => super::missing(&site, &visit),
    }
}
