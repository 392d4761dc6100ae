//! Who asks, how, and in which language: everything about a request but its page.

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Request};

use super::{forwarded, language};
use crate::config::settings::Web;
use crate::domain::lang::Lang;

/// The two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Who asks.
    pub ip: IpAddr,
    /// The tablet's own address that they asked.
    pub local: SocketAddr,
    /// Whether the tablet itself encrypts the connection.
    pub encrypted: bool,
}

impl Peer {
    /// Whether both ends are the tablet's. No other machine can answer for an address of its own, so
    /// that a connection from it is none of theirs.
    fn is_tablet(&self) -> bool {
        let ip = self.ip.to_canonical();
        ip.is_loopback() || ip == self.local.ip().to_canonical()
    }
}

/// A request, as far as every page wants to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// The language of the page.
    pub lang: &'static Lang,
    /// Whether the visitor chose it, so that links carry it on.
    pub chosen: bool,
    /// Whether what is written here is encrypted on its way.
    pub encrypted: bool,
    /// Whether it is known to be encrypted as far as the tablet, or the gateway that the settings trust:
    /// what a public address promises is not enough.
    pub is_private: bool,
    /// Scheme and authority to lead the visitor back to: the address of the settings where they
    /// came by it, or else the tablet's own that they reached. Never a word of theirs.
    pub base: String,
    /// Scheme and authority as the visitor calls the tablet, to tell its own forms by.
    origin: String,
    /// Who asks; behind a trusted proxy, whom it names.
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

impl RequestContext {
    /// Reads a request's head.
    ///
    /// # Errors
    /// [`Refusal::Misdirected`] for a host that is neither this tablet nor named in the settings:
    /// a page of somebody else's must not reach the tablet under a name of its own (DNS
    /// rebinding).
    pub fn of<B>(
        request: &Request<B>,
        peer: Peer,
        web: &Web,
        languages: &[Lang],
    ) -> Result<Self, Refusal> {
        let headers = request.headers();
        // An address in the request line outranks the header (RFC 9112, 3.2.2).
        let host = match request.uri().authority() {
            Some(authority) => Some(authority.clone()),
            None => host(headers),
        };
        let host = host
            // A user name is a trick.
            .filter(|host| !host.as_str().contains('@'))
            .ok_or(Refusal::Misdirected)?;
        let public = web.public_url.as_deref().and_then(|url| {
            let (scheme, rest) = url.split_once("://")?;
            rest.eq_ignore_ascii_case(host.as_str())
                .then_some((url, scheme))
        });
        let own = is_own(host.host(), peer.local.ip());
        if public.is_none() && !own && !is_named(host.host(), web) {
            return Err(Refusal::Misdirected);
        }
        let passed_on = forwarded::read(headers, peer.ip, &web.trusted_proxies);
        let fronted = public.is_some_and(|(_, scheme)| scheme == "https") || passed_on.encrypted;
        let encrypted = peer.encrypted || fronted;
        let scheme = if encrypted { "https" } else { "http" };
        let (lang, chosen) = language::of(request.uri().query(), headers, languages);
        Ok(Self {
            lang,
            chosen,
            encrypted,
            is_private: peer.encrypted || passed_on.encrypted,
            base: public.map_or_else(|| of_tablet(peer), |(url, _)| url.to_owned()),
            origin: format!("{scheme}://{}", host.as_str().to_ascii_lowercase()),
            ip: passed_on.ip,
            // What a proxy passes on comes from anywhere.
            is_local: peer.is_tablet() && own && !forwarded::is_passed_on(headers),
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
        let same_origin = headers.get(ORIGIN).is_none_or(|origin| {
            origin
                .as_bytes()
                .eq_ignore_ascii_case(self.origin.as_bytes())
        });
        if same_site && same_origin {
            Ok(())
        } else {
            Err(Refusal::CrossSite)
        }
    }

    /// Whether a browser says that one of the tablet's own pages has sent this. Where nothing is said, it
    /// is not known, which is not enough wherever there is a session.
    pub fn is_surely_own(&self, headers: &HeaderMap) -> bool {
        let says_so = headers.contains_key(ORIGIN)
            || headers
                .get("sec-fetch-site")
                .is_some_and(|site| site.as_bytes() == b"same-origin");
        says_so && self.same_origin(headers).is_ok()
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

fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next()?.to_str().ok()?.parse::<Authority>().ok()?;
    // Several would mean different things to whoever else reads them.
    hosts.next().is_none().then_some(host)
}

/// The tablet's own address that the visitor reached.
fn of_tablet(peer: Peer) -> String {
    let (scheme, usual) = if peer.encrypted {
        ("https", 443)
    } else {
        ("http", 80)
    };
    let local = SocketAddr::new(peer.local.ip().to_canonical(), peer.local.port());
    match local {
        SocketAddr::V4(v4) if v4.port() == usual => format!("{scheme}://{}", v4.ip()),
        SocketAddr::V6(v6) if v6.port() == usual => format!("{scheme}://[{}]", v6.ip()),
        // Without the zone that an address within one network carries.
        SocketAddr::V6(v6) => format!("{scheme}://[{}]:{}", v6.ip(), v6.port()),
        SocketAddr::V4(v4) => format!("{scheme}://{v4}"),
    }
}

/// Whether the settings name this host, at whatever port: in `hosts`, or in the public address.
fn is_named(host: &str, web: &Web) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let public = web
        .public_url
        .as_deref()
        .and_then(|url| url.parse::<axum::http::Uri>().ok());
    let public = public.as_ref().and_then(axum::http::Uri::host);
    let mut named = web.hosts.iter().map(String::as_str).chain(public);
    named.any(|one| one.eq_ignore_ascii_case(host))
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
