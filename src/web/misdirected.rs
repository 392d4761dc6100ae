//! The answer to who calls the tablet by a name that it does not know: what to do, in both
//! languages, since nothing else about the request is believed.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use maud::{DOCTYPE, html};

use super::site::Site;
use crate::domain::lang::Lang;
use crate::i18n::pages::Common;
use crate::i18n::tag;

/// The whole answer.
pub fn answer(site: &Site) -> Response<Body> {
    let address = site.address();
    let page = html! {
        (DOCTYPE)
        html lang=(tag(&Lang::ZH_CN)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (Common::Misdirected.say(&Lang::ZH_CN)) }
            }
            body {
                @for lang in &Lang::OURS {
                    section lang=(tag(lang)) {
                        h1 { (Common::Misdirected.say(lang)) }
                        p { (Common::MisdirectedLead.say(lang)) }
                        @if let Some(address) = &address { p { a href=(address) { (address) } } }
                        p {
                            (Common::Danger.say(lang))
                            @for number in ["110", "119", "120"] { " " a href=(format!("tel:{number}")) { (number) } }
                        }
                        p { small { (Common::MisdirectedStaff.say(lang)) } }
                    }
                }
            }
        }
    };
    let head = [(CONTENT_TYPE, super::HTML)];
    (StatusCode::MISDIRECTED_REQUEST, head, page.into_string()).into_response()
}
