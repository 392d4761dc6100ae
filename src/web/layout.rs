//! What all pages share: head, language switch, foot.

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, html};
use sha2::{Digest, Sha256};

use super::request_context::RequestContext;
use crate::domain::lang::Lang;
use crate::i18n::pages::Common;
use crate::i18n::screen::{self, language_name};
use crate::i18n::{posted, tag};

/// The stylesheet, sent once and kept by the phone.
pub const STYLE: &str = include_str!("style.css");
/// Its address, which changes with what is in it.
static STYLE_PATH: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(STYLE);
    let short = digest.get(..6).unwrap_or_default();
    ["/style.css?", &base16ct::lower::encode_string(short)].concat()
});

/// A page before it is wrapped.
pub struct Page<'a> {
    /// Its heading, and the title of the window.
    pub title: &'a str,
    /// Where it lies, for the language switch.
    pub path: &'a str,
    /// What it says.
    pub content: Markup,
}

impl Page<'_> {
    /// The whole page. `branch` stands above it, `foot` is the last line.
    pub fn wrap(&self, visit: &RequestContext, branch: Option<&str>, foot: &str) -> Markup {
        let other = if *visit.lang == Lang::EN {
            &Lang::ZH_CN
        } else {
            &Lang::EN
        };
        let desk = branch.unwrap_or(Common::Title.say(visit.lang));
        html! {
            (DOCTYPE)
            html lang=(tag(visit.lang)) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · " (desk) }
                    link rel="stylesheet" href=(*STYLE_PATH);
                }
                body {
                    a.skip href="#content" { (Common::Skip.say(visit.lang)) }
                    header {
                        a.home href=(visit.href("/")) { (desk) }
                        // What was sent would be lost with the page.
                        @if !visit.is_answer { a.switch href=(format!("{}?lang={other}", self.path)) lang=(tag(other)) hreflang=(tag(other)) {
                            (language_name(other))
                        } }
                    }
                    main #content {
                        h1 { (self.title) }
                        (self.content)
                    }
                    footer {
                        @if self.path != "/" {
                            p { a href=(visit.href("/")) { (Common::Choices.say(visit.lang)) } }
                        }
                        p { a href=(visit.href("/privacy")) { (Common::Privacy.say(visit.lang)) } }
                        p { (foot) }
                    }
                }
            }
        }
    }
}

/// The numbers that save lives, the same in the whole country.
pub const LIFE_SAVERS: [&str; 3] = ["110", "119", "120"];

/// The numbers that save lives, to be dialled with a tap; once one is `outside`, where phones must
/// stay off until then.
pub fn danger(visit: &RequestContext, outside: bool) -> Markup {
    let lang = visit.lang;
    let lead = if outside {
        Common::DangerOutside
    } else {
        Common::Danger
    };
    html! {
        section.danger aria-label=(lead.say(lang)) {
            p { strong { (lead.say(lang)) } }
            p.now {
                @for (number, name) in LIFE_SAVERS.into_iter().zip([Common::Police, Common::Fire, Common::Ambulance]) {
                    a href=(format!("tel:{number}")) { span { (number) } " " (name.say(lang)) }
                }
            }
        }
    }
}

/// A number that takes text messages.
pub fn write_to(number: &str) -> Markup {
    html! { a.tel href=(format!("sms:{number}")) { (number) } }
}

/// An address to write an e-mail to.
pub fn mail_to(address: &str) -> Markup {
    html! { a.tel.mail href=(format!("mailto:{address}")) { (address) } }
}

/// A number to dial with a tap, its extension in the words of `lang`; it is dialled after a pause.
pub fn dial(lang: &Lang, number: &str) -> Markup {
    let words = spoken(lang, number);
    match crate::domain::dial::tel(number) {
        Some(tel) => html! { a.tel href=(tel) { (words) } },
        None => html! { (words) },
    }
}

/// A number with the words for its extension.
pub fn spoken(lang: &Lang, number: &str) -> String {
    let (main, extension) = screen::number(lang, number);
    if extension.is_empty() {
        // As it was written, whatever that is.
        return number.to_owned();
    }
    posted::named(&main, &extension)
}
