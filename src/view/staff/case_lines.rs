//! What was written and done about a complaint, line by line.

use chrono_tz::Tz;

use crate::domain::complaint::ComplaintEvent;
use crate::domain::ids::IncidentId;
use crate::domain::lang::Lang;
use crate::domain::pieces::pieces;
use crate::i18n::inbox::{self as words, Fact};
use crate::i18n::{desk, holding, screen, seal};
use crate::service::complaints::{ComplaintFile, ComplaintText};
use crate::{FileLine, LineKind};

/// The lines of a file in the order in which they came. `named` gives the name of an incident.
pub(super) fn lines(
    file: &ComplaintFile,
    lang: &Lang,
    zone: Tz,
    named: &dyn Fn(&IncidentId) -> Option<String>,
) -> Vec<FileLine> {
    let mut lines = Vec::new();
    for (at, event) in &file.history {
        // How the words are kept says nothing about the complaint.
        if matches!(event, ComplaintEvent::Sealed { .. }) {
            continue;
        }
        let said = desk::complaint(lang, event);
        let (kind, detail) = match event {
            ComplaintEvent::Received { .. } => {
                let what = file.words.as_ref().map(|words| words.what.clone());
                (LineKind::Theirs, what)
            }
            ComplaintEvent::Added { kept } => {
                let found = file.added.iter().find(|(id, _)| *id == kept.content);
                (LineKind::Theirs, found.and_then(|(_, words)| words.clone()))
            }
            ComplaintEvent::Noted { kept } => {
                let found = file.added.iter().find(|(id, _)| *id == kept.content);
                (LineKind::Ours, found.and_then(|(_, words)| words.clone()))
            }
            // An id says nothing to anybody.
            ComplaintEvent::Linked { incident } => (LineKind::Ours, named(incident)),
            ComplaintEvent::Erased { .. } => (LineKind::Gone, Some(said.reason.clone())),
            ComplaintEvent::Held { .. }
            | ComplaintEvent::Released { .. }
            | ComplaintEvent::PutAside { .. } => (LineKind::Ours, Some(said.reason.clone())),
            ComplaintEvent::Extended { .. } => {
                let moved = file.complaint.extensions.iter().find(|one| one.at == *at);
                (
                    LineKind::Ours,
                    moved.map(|one| holding::extended(lang, one)),
                )
            }
            _ => (LineKind::Ours, Some(said.detail.clone())),
        };
        let title = match event {
            // That a superior agreed stands beside what was sent.
            ComplaintEvent::Replied { approved: true, .. } => {
                words::standing(&said.what, &said.reason, None)
            }
            _ => said.what,
        };
        let is_written = matches!(event, ComplaintEvent::Noted { .. });
        let lost = (kind == LineKind::Theirs || is_written) && detail.is_none();
        let line = FileLine {
            kind: if lost { LineKind::Gone } else { kind },
            time: words::when(*at, zone).into(),
            title: title.into(),
            words: "".into(),
        };
        let shut = file.shut.as_ref().filter(|_| lost);
        let words = if let Some(why) = shut {
            seal::shut(lang, why)
        } else if lost {
            words::gone(lang).to_owned()
        } else {
            detail.unwrap_or_default()
        };
        lines.extend(in_pieces(&line, &words, lang));
        if let (ComplaintEvent::Received { lang: spoken, .. }, Some(written)) = (event, &file.words)
        {
            lines.extend(facts(written, spoken, lang));
        }
    }
    lines
}

/// What the form asked besides, as far as it was answered.
fn facts(written: &ComplaintText, spoken: &Lang, lang: &Lang) -> Vec<FileLine> {
    let unknown = || words::not_given(lang);
    let or_unknown = |text: &str| {
        if text.is_empty() {
            unknown().to_owned()
        } else {
            text.to_owned()
        }
    };
    let all = [
        (Fact::When, written.when.clone()),
        (Fact::Whom, written.whom.clone()),
        (Fact::Wish, written.wish.clone()),
        (Fact::Name, or_unknown(&written.name)),
        (Fact::Contact, or_unknown(&written.contact)),
        (
            Fact::Sensitive,
            words::consent(lang, written.sensitive).to_owned(),
        ),
        (Fact::Language, screen::language_name(spoken).to_owned()),
    ];
    all.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .flat_map(|(fact, text)| {
            let line = FileLine {
                kind: LineKind::Fact,
                time: "".into(),
                title: words::fact(lang, fact).into(),
                words: "".into(),
            };
            in_pieces(&line, &text, lang)
        })
        .collect()
}

/// A line that says `words`, and where they are too long to be drawn at once, lines that go on.
fn in_pieces(line: &FileLine, words: &str, lang: &Lang) -> Vec<FileLine> {
    let piece = |(place, piece): (usize, &str)| FileLine {
        title: if place == 0 {
            line.title.clone()
        } else {
            words::goes_on(lang).into()
        },
        time: if place == 0 {
            line.time.clone()
        } else {
            "".into()
        },
        words: piece.into(),
        ..line.clone()
    };
    pieces(words).into_iter().enumerate().map(piece).collect()
}
