//! Who asks, how, and in which language: everything about a request but its page.

use std::cmp::{Ordering, Reverse};
use std::net::IpAddr;

use axum::http::header::{ACCEPT_LANGUAGE, HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Request};

use crate::i18n::DEFAULT_LANG;

/// The two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Who asks.
    pub ip: IpAddr,
    /// The tablet's own address that they asked.
    pub local: IpAddr,
    /// Whether the tablet itself encrypts the connection.
    pub encrypted: bool,
}

/// A request, as far as every page wants to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The language of the page.
    pub lang: &'static str,
    /// Whether the visitor chose it, so that links carry it on.
    pub chosen: bool,
    /// Whether what is written here is encrypted on its way.
    pub encrypted: bool,
    /// Scheme and authority of the address as the visitor sees it.
    pub base: String,
    /// Who asks.
    pub ip: IpAddr,
    /// Whether it is the tablet itself that asks.
    pub is_local: bool,
    /// Whether the page answers what was sent, so that it cannot be opened again in another
    /// language.
    pub is_answer: bool,
}

/// Why a request is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It names another host.
    Misdirected,
    /// It was sent from another site.
    CrossSite,
}

impl Visit {
    /// Reads a request's head. `public` is the address that the branch gave in its settings.
    ///
    /// # Errors
    /// [`Refusal::Misdirected`] for a host that is neither this tablet nor `public`: a page of
    /// somebody else's must not reach the tablet under a name of its own (DNS rebinding).
    pub fn of<B>(
        request: &Request<B>,
        peer: Peer,
        public: Option<&str>,
        languages: &[String],
    ) -> Result<Self, Refusal> {
        let headers = request.headers();
        // An address in the request line outranks the header (RFC 9112, 3.2.2).
        let host = match request.uri().authority() {
            Some(authority) => Some(authority.clone()),
            None => host(headers),
        };
        let host = host.ok_or(Refusal::Misdirected)?;
        let public_host = public.and_then(|url| url.split_once("://"));
        let is_public =
            public_host.is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host.as_str()));
        if !is_public && !is_own(host.host(), peer.local) {
            return Err(Refusal::Misdirected);
        }
        let fronted = is_public && public_host.is_some_and(|(scheme, _)| scheme == "https");
        let encrypted = peer.encrypted || fronted;
        let scheme = if encrypted { "https" } else { "http" };
        let (lang, chosen) = language(request.uri().query(), headers, languages);
        Ok(Self {
            lang,
            chosen,
            encrypted,
            base: format!("{scheme}://{}", host.as_str().to_ascii_lowercase()),
            ip: peer.ip,
            // What a proxy passes on comes from anywhere.
            is_local: peer.ip.is_loopback()
                && is_own(host.host(), peer.local)
                && !PASSED_ON.iter().any(|name| headers.contains_key(*name)),
            is_answer: request.method() == Method::POST,
        })
    }

    /// Refuses what a page of another site sent in a visitor's name.
    ///
    /// # Errors
    /// [`Refusal::CrossSite`]. A request without any word on its origin is from no browser of the
    /// last years, and is let through: there is no session that it could misuse.
    pub fn same_origin(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
        let same_site =
            site.is_none_or(|site| [b"same-origin".as_slice(), b"none"].contains(&site));
        let same_origin = headers
            .get(ORIGIN)
            .is_none_or(|origin| origin.as_bytes().eq_ignore_ascii_case(self.base.as_bytes()));
        if same_site && same_origin {
            Ok(())
        } else {
            Err(Refusal::CrossSite)
        }
    }

    /// A link to another page, in the language that was chosen.
    pub fn href(&self, path: &str) -> String {
        if self.chosen {
            format!("{path}?lang={}", self.lang)
        } else {
            path.to_owned()
        }
    }
}

/// What proxies add to what they pass on.
const PASSED_ON: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next()?.to_str().ok()?.parse::<Authority>().ok()?;
    // Several would mean different things to whoever else reads them; a user name is a trick.
    (hosts.next().is_none() && !host.as_str().contains('@')).then_some(host)
}

fn is_own(host: &str, local: IpAddr) -> bool {
    if host.eq_ignore_ascii_case("localhost") {
        return local.to_canonical().is_loopback();
    }
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    bare.parse::<IpAddr>()
        .is_ok_and(|host| host.to_canonical() == local.to_canonical())
}

/// The languages that pages are written in.
const LANGUAGES: [&str; 2] = [DEFAULT_LANG, "en"];

/// The language to answer in, and whether the visitor chose it on a page.
fn language(query: Option<&str>, headers: &HeaderMap, offered: &[String]) -> (&'static str, bool) {
    let asked = query.and_then(|query| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "lang")
            .and_then(|(_, value)| LANGUAGES.into_iter().find(|one| *one == value))
    });
    if let Some(lang) = asked {
        return (lang, true);
    }
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(preferred);
    let first = offered
        .first()
        .and_then(|first| LANGUAGES.into_iter().find(|one| one == first));
    (accepted.or(first).unwrap_or(DEFAULT_LANG), false)
}

/// The language of ours that the visitor likes best (RFC 9110, 12.5.4); of two that are liked
/// alike, the one named first. None where nothing was asked for.
fn preferred(accepted: &str) -> Option<&'static str> {
    let ranges: Vec<(String, f32)> = accepted.split(',').take(32).filter_map(range).collect();
    // What stands for a language, and where: its own range, or else the one for all others.
    let liked = |name: &str| {
        let of = |name: &str| {
            let all = ranges.iter().enumerate().filter(|(_, one)| one.0 == name);
            all.map(|(place, one)| (one.1, Reverse(place)))
                .max_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal))
        };
        of(name).or_else(|| of("*"))
    };
    let (chinese, english) = (liked("zh"), liked("en"));
    let wanted = |one: Option<(f32, _)>| one.is_some_and(|(weight, _)| weight > 0.0);
    match (wanted(chinese), wanted(english)) {
        (true, true) if chinese > english => Some(DEFAULT_LANG),
        (true, false) => Some(DEFAULT_LANG),
        (_, true) => Some("en"),
        // Whoever reads neither is more likely to read English, unless they say that they do not.
        (false, false) if english.is_some() => Some(DEFAULT_LANG),
        (false, false) => (!accepted.trim().is_empty()).then_some("en"),
    }
}

/// The first part of a language's tag, such as `zh` of `zh-Hant-TW`, and its weight.
fn range(one: &str) -> Option<(String, f32)> {
    let (tag, rest) = one.split_once(';').unwrap_or((one, ""));
    let weight = match rest.trim().strip_prefix("q=") {
        Some(weight) => weight.trim().parse().unwrap_or(0.0),
        None => 1.0,
    };
    let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
    (!primary.is_empty()).then_some((primary, weight))
}
