//! What to say and what to text when calling somebody. What a branch has not filled in is left
//! out whole: nobody reads a blank aloud with a shaking voice.

use chrono::{DateTime, Utc};

use super::screen::time_of_day;
use super::text_util::{gap, shorten, tidy};
use super::{tr, tr_with};
use crate::config::settings::{Branch, SECURITY};
use crate::domain::lang::Lang;
use crate::domain::plan::{AMBULANCE, FIRE_BRIGADE, Group, POLICE, POLICE_SMS, Role, Text};

/// The most bytes of a text message: with the number before it, its code is still read from an
/// arm's length.
pub const SMS_BYTES: usize = 150;

const TRAFFIC_POLICE: &str = "traffic-police";
const POLICE_STATION: &str = "police-station";

/// One call: from where, to whom, because of what.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The branch that calls.
    pub branch: &'a Branch,
    /// Who is called.
    pub role: &'a Role,
    /// What has happened; none for a call from the list of contacts.
    pub incident: Option<Occurrence<'a>>,
    /// What is known and what was done, each in a few words; nothing where bystanders must not
    /// hear it.
    pub so_far: &'a [String],
}

/// What has happened, as far as a call says it.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'a> {
    /// The name of its type; none where bystanders must not hear it. In every language, since
    /// what the police are sent is not in the language of the screen.
    pub name: Option<&'a Text>,
    /// What the police are told instead, as a clause; none where the name will do.
    pub police_words: Option<&'a Text>,
    /// What the guide's question was answered with, which a text message adds to that: that there
    /// is a weapon, that they are still there.
    pub known: Option<&'a Text>,
    /// When it began.
    pub started: DateTime<Utc>,
}

/// Three to six short lines to read aloud to the role: the place, what has happened and since
/// when, what is known and done, what is wanted.
pub fn script(lang: &Lang, call: &Call<'_>) -> Vec<String> {
    let mut lines = vec![where_we_are(lang, call.branch)];
    let way = way_in(lang, call.branch);
    if !way.is_empty() {
        lines.push(way.join(gap(lang)));
    }
    lines.push(what_happened(lang, call));
    if !call.so_far.is_empty() {
        lines.push(so_far(lang, call.so_far));
    } else if call.role.report {
        lines.push(tr(lang, "(Say who is hurt and what has been done so far.)").to_owned());
    }
    if call.role.report {
        lines.push(tr(lang, "(Say what we need and who has to decide.)").to_owned());
    } else {
        lines.push(request(lang, call.role).to_owned());
    }
    if call.role.id == AMBULANCE {
        let stay = tr(lang, "Please stay on the line and tell me what to do.");
        lines.push(stay.to_owned());
    }
    lines
}

/// The branch and its address.
fn where_we_are(lang: &Lang, branch: &Branch) -> String {
    let name = tidy(branch.name.as_deref());
    let name = name.as_deref().unwrap_or(tr(lang, "a securities branch"));
    match tidy(branch.address.as_deref()) {
        Some(address) => tr_with(lang, "This is {0}, at {1}.", &[name, &address]),
        None => tr_with(
            lang,
            "This is {}. (Read the address off the door plate.)",
            &[name],
        ),
    }
}

/// How to find the lobby once at the address, a sentence for each thing known.
fn way_in(lang: &Lang, branch: &Branch) -> Vec<String> {
    [
        floor(lang, branch),
        entrance(lang, branch),
        landmark(lang, branch),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn floor(lang: &Lang, branch: &Branch) -> Option<String> {
    tidy(branch.floor.as_deref()).map(|floor| tr_with(lang, "Floor: {}.", &[&floor]))
}

fn entrance(lang: &Lang, branch: &Branch) -> Option<String> {
    tidy(branch.entrance.as_deref())
        .map(|entrance| tr_with(lang, "Use this entrance: {}.", &[&entrance]))
}

fn landmark(lang: &Lang, branch: &Branch) -> Option<String> {
    tidy(branch.landmark.as_deref()).map(|landmark| tr_with(lang, "Nearby: {}.", &[&landmark]))
}

/// The event and its time, or the request to say it in one's own words.
fn what_happened(lang: &Lang, call: &Call<'_>) -> String {
    let Some(incident) = call.incident else {
        return tr(lang, "(Say what is happening.)").to_owned();
    };
    let time = time_of_day(incident.started, call.branch.time_zone);
    if let Some(words) = told_police(lang, call.role, incident) {
        return tr_with(lang, "Since {0}: {1}.", &[&time, &words]);
    }
    match named(lang, incident) {
        Some(name) if call.role.report => {
            tr_with(lang, "Reporting: {1} here since {0}.", &[&time, &name])
        }
        Some(name) => tr_with(lang, "{1} here since {0}.", &[&time, &name]),
        None => tr_with(lang, "(Say what is happening.) It began at {}.", &[&time]),
    }
}

fn named(lang: &Lang, incident: Occurrence<'_>) -> Option<String> {
    tidy(incident.name.map(|name| name.in_lang(lang)))
}

/// What the record knows, in one sentence.
fn so_far(lang: &Lang, all: &[String]) -> String {
    tr_with(lang, "So far: {}.", &[&all.join(comma(lang))])
}

/// What stands between two things that are known.
fn comma(lang: &Lang) -> &'static str {
    if *lang == Lang::ZH_CN { "，" } else { "; " }
}

/// Several sentences in one line.
pub fn in_a_row(lang: &Lang, all: &[&str]) -> String {
    all.join(gap(lang))
}

/// That somebody answered a call.
pub fn reached(lang: &Lang, name: &str) -> String {
    tr_with(lang, "{} reached", &[name])
}

/// What the police are told of the event, where the plan has words for them and bystanders may
/// hear it.
fn told_police(lang: &Lang, role: &Role, incident: Occurrence<'_>) -> Option<String> {
    incident.name?;
    let words = incident.police_words.filter(|_| is_police(role))?;
    tidy(Some(words.in_lang(lang)))
}

fn is_police(role: &Role) -> bool {
    [POLICE, POLICE_SMS, POLICE_STATION].contains(&role.id.as_str())
}

/// What is wanted of a role that is called for help.
fn request<'a>(lang: &Lang, role: &Role) -> &'a str {
    match role.id.as_str() {
        AMBULANCE => tr(
            lang,
            "Please send an ambulance now. Someone will meet it at the door.",
        ),
        FIRE_BRIGADE => tr(
            lang,
            "Please send the fire brigade now. Someone will show you the way in.",
        ),
        POLICE => tr(lang, "Please send the police now."),
        POLICE_SMS => tr(lang, "I cannot speak. Send police; text, do not call back."),
        TRAFFIC_POLICE => tr(lang, "Please send the traffic police now."),
        SECURITY => tr(lang, "Please come to the lobby now and help."),
        _ => match role.group {
            Group::Now => tr(lang, "Please send help now."),
            Group::People | Group::Partners => tr(
                lang,
                "Please help as soon as you can, and tell me how long it will take.",
            ),
            Group::Regulator => tr(lang, "Please tell us what we should do next."),
        },
    }
}

/// One text message with the same facts in at most [`SMS_BYTES`]. The address, or without one the
/// branch's name, is always in it.
pub fn sms(lang: &Lang, call: &Call<'_>) -> String {
    let police = is_police(call.role);
    // Whoever holds the tablet may read English; the officer who gets the message reads Chinese.
    let lang = if police { &Lang::ZH_CN } else { lang };
    let branch = call.branch;
    let wanted = if police {
        tr(lang, "Cannot speak. Send police. Do not call.")
    } else {
        request_by_text(lang, call.role)
    };
    let address = tidy(branch.address.as_deref());
    let name = tidy(branch.name.as_deref());
    let (place, name) = match (&address, name) {
        (Some(address), name) => (Some(address.clone()), name),
        (None, name) => (name, None),
    };
    let place_of = |words: &str| match address {
        Some(_) => tr_with(lang, "Address: {}.", &[words]),
        None => tr_with(lang, "We are at {}.", &[words]),
    };
    let Some(place) = place else {
        // To be sent as it stands: a request to fill something in would reach the other side.
        let follows = tr(lang, "We are at a securities branch; the address follows.");
        return pack(lang, call, &[wanted, follows], None);
    };
    let whole = pack(lang, call, &[wanted, &place_of(&place)], name);
    if whole.len() <= SMS_BYTES {
        return whole;
    }
    let over = whole.len() - SMS_BYTES;
    let place = shorten(&place, place.len().saturating_sub(over));
    [wanted, &place_of(&place)].join(gap(lang))
}

/// What is wanted, in the few words of a text message.
fn request_by_text<'a>(lang: &Lang, role: &Role) -> &'a str {
    match role.id.as_str() {
        AMBULANCE => tr(lang, "Ambulance needed."),
        FIRE_BRIGADE => tr(lang, "Fire brigade needed."),
        _ if role.report => tr(lang, "Report: please call back."),
        _ => tr(lang, "Help needed."),
    }
}

/// The sentences of `always`, and as many of the others as fit: the least important ones are
/// left out first, and what is left reads in the order of a call.
fn pack(lang: &Lang, call: &Call<'_>, always: &[&str], name: Option<String>) -> String {
    let branch = call.branch;
    let incident = call.incident.map(|incident| {
        let time = time_of_day(incident.started, branch.time_zone);
        if let Some(words) = told_police(lang, call.role, incident) {
            let known = incident.known.map(|known| known.in_lang(lang));
            let words: Vec<&str> = [words.as_str()].into_iter().chain(known).collect();
            return tr_with(lang, "Since {0}: {1}.", &[&time, &words.join(comma(lang))]);
        }
        match named(lang, incident) {
            Some(name) => tr_with(lang, "{1} here since {0}.", &[&time, &name]),
            None => tr_with(lang, "Emergency here since {}.", &[&time]),
        }
    });
    let name = name.map(|name| tr_with(lang, "Branch: {}.", &[&name]));
    // By importance; beside each its place in the message.
    let mut others: Vec<(usize, String)> = [
        (4, incident),
        (0, floor(lang, branch)),
        (3, name),
        (1, entrance(lang, branch)),
        (2, landmark(lang, branch)),
    ]
    .into_iter()
    .filter_map(|(at, words)| words.map(|words| (at, words)))
    .collect();
    loop {
        let mut ordered: Vec<&(usize, String)> = others.iter().collect();
        ordered.sort_by_key(|(at, _)| *at);
        let sentences = always.iter().copied();
        let sentences: Vec<&str> = sentences
            .chain(ordered.iter().map(|(_, words)| words.as_str()))
            .collect();
        let message = sentences.join(gap(lang));
        if message.len() <= SMS_BYTES || others.pop().is_none() {
            return message;
        }
    }
}
