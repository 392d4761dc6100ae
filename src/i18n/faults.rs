//! The words for what is wrong in a file: "file:line: key: what is wrong; what to do".

use super::{stray_sign, tr, tr_with, way_faults};
use crate::config::fault::{Fault, Kind, Problem};
use crate::config::suggestions::near;
use crate::domain::lang::Lang;

/// The most characters of a value that a fault repeats.
const SHOWN: usize = 60;

/// One fault as one line.
pub fn fault(lang: &Lang, fault: &Fault) -> String {
    let line = fault.line.map(|line| format!(":{line}"));
    let key = Some(clean(&fault.key)).filter(|key| !key.is_empty());
    format!(
        "{}{}: {}{}",
        clean(&fault.file),
        line.unwrap_or_default(),
        key.map(|key| format!("{key}: ")).unwrap_or_default(),
        problem(lang, &fault.problem)
    )
}

/// What is wrong and what to do about it.
pub fn problem(lang: &Lang, problem: &Problem) -> String {
    let number = |number: &usize| number.to_string();
    match problem {
        Problem::NotFound => tr(lang, "no such file; check its name and folder").to_owned(),
        Problem::Unreadable(words) => tr_with(
            lang,
            "cannot be read ({}); check the file's permissions and the disk",
            &[&clean(words)],
        ),
        Problem::Unwritable(words) => tr_with(
            lang,
            "cannot be written ({}); check the folder's permissions and the disk",
            &[&clean(words)],
        ),
        Problem::TooLarge { most } => tr_with(
            lang,
            "larger than {}; put the right file in its place",
            &[&size(*most)],
        ),
        Problem::NotUtf8 => tr(lang, "not UTF-8 text; save it again as UTF-8").to_owned(),
        Problem::EmptyFile => tr(
            lang,
            "the file is empty; fill it in, or delete it to start anew",
        )
        .to_owned(),
        Problem::CutOff => tr(
            lang,
            "the file ends here, and went on before: it was not saved whole. Save it again; if what followed is to go, write a line such as # end here",
        )
        .to_owned(),
        Problem::Syntax(words) => tr_with(
            lang,
            "not TOML ({}); check quotation marks, brackets, commas and = here",
            &[&clean(words)],
        ),
        Problem::StraySign {
            column,
            sign,
            wanted,
        } => stray_sign::words(lang, *column, *sign, *wanted),
        Problem::NoSuchFile { path } => tr_with(
            lang,
            "there is no file “{}”; copy it into the data folder, or leave this empty",
            &[&shown(path)],
        ),
        Problem::DuplicateKey => tr(lang, "stands here twice; remove one of the two").to_owned(),
        Problem::UnknownKey { key, known } => {
            tr(lang, "nothing reads this key").to_owned()
                + tr(lang, "; ")
                + &instead(lang, key, known)
        }
        Problem::Missing => tr(lang, "missing; add it").to_owned(),
        Problem::WrongKind { expected } => tr_with(
            lang,
            "not what is wanted here; write {}",
            &[kind(lang, *expected)],
        ),
        Problem::Empty => tr(lang, "empty; fill it in").to_owned(),
        Problem::MissingLanguage { language } => tr_with(
            lang,
            "not in every language; add {} = \"…\"",
            &[&shown(language)],
        ),
        Problem::BadCharacter { code } => tr_with(
            lang,
            "holds a character that cannot be shown (U+{}); remove it",
            &[&format!("{code:04X}")],
        ),
        Problem::OutOfRange { least, most } => tr_with(
            lang,
            "out of range; write a whole number from {} to {}",
            &[&least.to_string(), &most.to_string()],
        ),
        Problem::TooLong { limit, length } => tr_with(
            lang,
            "{1} characters long, and {0} fit; shorten it",
            &[&number(limit), &number(length)],
        ),
        Problem::TooManyLines { limit, count } => tr_with(
            lang,
            "{1} lines, and {0} fit; take out line breaks",
            &[&number(limit), &number(count)],
        ),
        Problem::Count { least, most, count } => tr_with(
            lang,
            "{2} of them; there can be {0} to {1}",
            &[&number(least), &number(most), &number(count)],
        ),
        Problem::BadNumber { number } => super::number::unreadable(lang, number, &shown(number)),
        Problem::BadEmail { address } => tr_with(
            lang,
            "“{}” is no e-mail address; write it like name@example.com",
            &[&shown(address)],
        ),
        Problem::BadAreaCode { code } => tr_with(
            lang,
            "“{}” is no area code; write three or four digits, such as 010 or 0755",
            &[&shown(code)],
        ),
        Problem::ReversedTimeZone { zone, utc } => tr_with(
            lang,
            "the time zone {0} is {1}: its sign is reversed; write the place, such as Asia/Shanghai",
            &[&shown(zone), utc],
        ),
        Problem::PlacelessTimeZone { zone } => tr_with(
            lang,
            "the time zone {} is that of no place; write the branch's own, such as Asia/Shanghai",
            &[&shown(zone)],
        ),
        Problem::BadTimeZone { zone } => tr_with(
            lang,
            "“{}” is no time zone; write its IANA name, such as Asia/Shanghai",
            &[&shown(zone)],
        ),
        Problem::BadPlace { count } => tr_with(
            lang,
            "{} of them; write two numbers, percent from the left and from the top, such as [42, 61]",
            &[&number(count)],
        ),
        Problem::BadListen { address } => tr_with(
            lang,
            "\"{}\" is no address to listen at; write an IP address and a port, such as 0.0.0.0:8080",
            &[&shown(address)],
        ),
        Problem::BadHost { host } => tr_with(
            lang,
            "\"{}\" is no name of a host; write it without http:// and port, such as help.example.com",
            &[&shown(host)],
        ),
        Problem::BadAddress { address } => super::address::gateway(lang, address, &shown(address)),
        Problem::BadNetwork { network, meant } => super::address::network(lang, network, meant),
        Problem::BadUrl { url } => super::address::setting(lang, url, &shown(url)),
        Problem::Alone { other } => tr_with(
            lang,
            "of no use without {}; set both, or leave both empty",
            &[&shown(other)],
        ),
        Problem::LongerThan { shorter, longer } => tr_with(
            lang,
            "{0} may not be more than {1}; change one of the two",
            &[&shown(shorter), &shown(longer)],
        ),
        Problem::BadLanguage { tag } => tr_with(
            lang,
            "“{}” is no language tag; write it like en or zh_CN",
            &[&shown(tag)],
        ),
        Problem::BadId { id } => tr_with(
            lang,
            "“{}” is no id; write lower-case letters, digits and hyphens, a letter first",
            &[&shown(id)],
        ),
        Problem::DuplicateId { id, first } => tr_with(
            lang,
            "“{}” stands on line {} already; change or remove one of the two",
            &[&shown(id), &number(first)],
        ),
        Problem::Unknown { what, name, known } => {
            unknown(lang, *what, name) + tr(lang, "; ") + &instead(lang, name, known)
        }
        Problem::Corrected(one) => tr_with(
            lang,
            "corrected ({0}): \"{1}\" is now \"{2}\"; {3}",
            &[
                &one.id,
                &one_line(one.old.in_lang(lang)),
                &one_line(one.new.in_lang(lang)),
                one.why.in_lang(lang),
            ],
        ),
        Problem::OldForm => tr(
            lang,
            "a plan of the first form, which goes on being read. One thing changed: a step with a condition counts its time once somebody has said that the condition holds, and after a change of type from that change. Look whether your deadlines fit, and write format = 2 above revision",
        )
        .to_owned(),
        Problem::OneRhythm => tr(
            lang,
            "write either every = seconds, for what comes again and again, or once = seconds",
        )
        .to_owned(),
        Problem::StepCount { least, most, count } => tr_with(
            lang,
            "a guide has at least {0} steps, at most {1} on the spot and 3 follow-ups; this one has {2}; add or join steps",
            &[&number(least), &number(most), &number(count)],
        ),
        Problem::WayStepCount {
            answer,
            least,
            most,
            count,
        } => tr_with(
            lang,
            "with the answer “{0}” this guide has {3} steps; it has at least {1} then, at most {2} on the spot and 3 follow-ups; add, join or move steps",
            &[&shown(answer), &number(least), &number(most), &number(count)],
        ),
        Problem::NothingOnTheWay { answer } => way_faults::nothing_done(lang, &shown(answer)),
        Problem::NothingAlone { answer } => {
            way_faults::nothing_alone(lang, answer.as_deref().map(shown))
        }
        Problem::AloneSkips => way_faults::alone_skips(lang).to_owned(),
        Problem::CardBytes {
            language,
            most,
            bytes,
        } => tr_with(
            lang,
            "in {0} the card with its name has {2} bytes, and its code holds {1}; shorten it (a Chinese character is 3 bytes)",
            &[&shown(language), &number(most), &number(bytes)],
        ),
        Problem::LateQuestion => tr(
            lang,
            "a question is asked on the spot; take out its deadline, or make it 3600 seconds at most",
        )
        .to_owned(),
        Problem::NoOrdinaryStep => tr(
            lang,
            "nothing to do at once; give one step no deadline, or one within 3600 seconds",
        )
        .to_owned(),
        Problem::ClassSize { count: 0, .. } => tr(
            lang,
            "no incident is of this class; give it one, or remove the class",
        )
        .to_owned(),
        Problem::ClassSize { most, count } => tr_with(
            lang,
            "{1} incidents are of this class, and the board holds {0}; move or remove some",
            &[&number(most), &number(count)],
        ),
        Problem::ClassNotAllowed { id } => tr_with(
            lang,
            "“{}” stands beside the classes; remove this key",
            &[&shown(id)],
        ),
        Problem::MissingIncident { id } => tr_with(
            lang,
            "the incident “{}” is missing; add it, the screen has a button for it",
            &[&shown(id)],
        ),
        Problem::NotAPicture(words) => tr_with(
            lang,
            "not a picture that can be shown ({}); save it as PNG or SVG",
            &[&shown(words)],
        ),
        Problem::TooManyPixels { most } => tr_with(
            lang,
            "more than {} pixels; save it smaller",
            &[&number(most)],
        ),
        Problem::TooIntricate => tr(lang, "too intricate to draw; save it as PNG").to_owned(),
        Problem::PictureInside => tr(
            lang,
            "holds or names another picture, which is not shown; save the whole as PNG",
        )
        .to_owned(),
        Problem::NoGlyph { sign } => tr_with(
            lang,
            "“{0}” ({1}) is in no typeface of the program and is shown as a box; write it another way",
            &[&sign.to_string(), &format!("U+{:04X}", u32::from(*sign))],
        ),
        Problem::NotDrawn { what } => tr_with(
            lang,
            "“{}” in the drawing is not shown as meant; save the whole as PNG",
            &[&shown(what)],
        ),
        Problem::WordsUnseen { words } => tr_with(
            lang,
            "the words “{}” cannot be seen on the picture; put them on the page, large and dark on white",
            &[&shown(words)],
        ),
        Problem::LinesUnseen => tr(
            lang,
            "many of its lines are white on white and cannot be seen; export it again, with dark lines on white",
        )
        .to_owned(),
        Problem::OneColour { colour } => tr_with(
            lang,
            "shows nothing but one colour ({}); export it again, with dark lines on white",
            &[&shown(colour)],
        ),
    }
}

/// The words for a name that nothing defines.
fn unknown(lang: &Lang, what: Kind, name: &str) -> String {
    let name = shown(name);
    let name = [name.as_str()];
    match what {
        Kind::Clause => tr_with(lang, "the plan has no clause “{}”", &name),
        Kind::Role => tr_with(lang, "there is no role “{}”", &name),
        Kind::Class => tr_with(lang, "there is no class “{}”", &name),
        Kind::Principle => tr_with(lang, "there is no principle “{}”", &name),
        Kind::Language => tr_with(lang, "“{}” is none of the plan's languages", &name),
        Kind::Step => tr_with(lang, "the guide has no step “{}”", &name),
        Kind::Outcome => tr_with(lang, "there is no outcome “{}”", &name),
        Kind::Answer => tr_with(
            lang,
            "no question before this step has the answer “{}”",
            &name,
        ),
        Kind::Crew => tr_with(lang, "nobody of the crew is “{}”", &name),
        Kind::Aid => tr_with(lang, "there is no first-aid card “{}”", &name),
        _ => tr_with(lang, "“{}” is not possible here", &name),
    }
}

/// What to write in place of `name`: the near ones of what is known, or else all of it.
fn instead(lang: &Lang, name: &str, known: &[String]) -> String {
    let near = near(name, known);
    if !near.is_empty() {
        return tr_with(lang, "write {} if that is meant", &[&near.join(", ")]);
    }
    if known.is_empty() {
        return tr(lang, "remove it").to_owned();
    }
    tr_with(lang, "possible are: {}", &[&known.join(", ")])
}

/// What to write for a value of this kind.
fn kind(lang: &Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Text => tr(lang, "a text between quotation marks"),
        Kind::Texts => tr(
            lang,
            "the text in every language: { zh_CN = \"…\", en = \"…\" }",
        ),
        Kind::Number => tr(lang, "a whole number, without quotation marks"),
        Kind::Flag => tr(lang, "true or false"),
        Kind::Date => tr(lang, "a date like 2026-11-23, without quotation marks"),
        Kind::List => tr(lang, "a list between square brackets"),
        Kind::Table => tr(lang, "a section under its heading in square brackets"),
        Kind::Tables => tr(
            lang,
            "sections, each under its heading in double square brackets",
        ),
        // Names of the plan's lists, and fixed words.
        _ => tr(lang, "one of the known names"),
    }
}

/// A size as people say it.
fn size(bytes: usize) -> String {
    const MEGA: usize = 1 << 20;
    if bytes.is_multiple_of(MEGA) {
        format!("{} MB", bytes / MEGA)
    } else {
        format!("{bytes} B")
    }
}

/// A value as it stands in the file, on one line and not too long.
fn shown(value: &str) -> String {
    let mut shown: String = clean(value).chars().take(SHOWN).collect();
    if shown.chars().count() < clean(value).chars().count() {
        shown.push('…');
    }
    shown
}

/// `words` without anything that would break the line or steer the terminal.
fn clean(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A sentence of the plan in one line.
fn one_line(words: &str) -> String {
    words.replace('\n', " / ")
}
