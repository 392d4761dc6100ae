//! What somebody writes on the page of a link: the form, what is wrong with it, and what became of it.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::{Visit, complaint, counter, incident};
use crate::domain::incident::{Field, StepRef};
use crate::domain::phone_link::Thing;
use crate::domain::visible;
use crate::i18n::pages::{Phoning, phone as words};
use crate::service::complaints::ComplaintError;
use crate::service::phone::{LinkSecret, What};
use crate::web::form::{WORDS, tidy};
use crate::web::outcome::Outcome;

/// The most characters of one note.
pub const MOST: usize = *WORDS.end();
/// Seconds after which what the tablet could not do may be tried again.
pub const AGAIN_IN: i64 = 60;

/// What came with a form of a link's page.
pub struct Form {
    /// Which form it is: what comes twice from one is recorded once.
    pub form: String,
    /// Whether it was opened on this phone.
    pub is_proved: bool,
    /// What the words are about.
    pub field: Field,
    /// The words.
    pub words: String,
    /// The step that something is done with.
    pub step: Option<StepRef>,
    /// What is done with it.
    pub what: Option<What>,
}

/// What is said above the page about what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is on disk.
    Recorded,
    /// It had been before.
    Before,
    /// The guide is elsewhere by now.
    Passed,
    /// It is not on disk.
    NotRecorded,
    /// There is nothing in it.
    Empty,
    /// There is too much in it.
    TooLong,
    /// Some of it is no text.
    Unreadable,
    /// The link holds no more.
    Full,
    /// Too much has come.
    Wait,
    /// The screen does not answer.
    Silent,
    /// No photo was chosen.
    NoPhoto,
    /// It is none that can be read.
    NotAPhoto,
    /// It is in the format of Apple's phones.
    Heic,
    /// There is too much of it.
    PhotoTooLarge,
    /// The photo is not on disk.
    PhotoNotRecorded,
    /// Too many have come.
    PhotoWait,
}

impl Said {
    fn is_good(self) -> bool {
        matches!(self, Self::Recorded | Self::Before)
    }

    fn of_field(self) -> bool {
        matches!(self, Self::Empty | Self::TooLong | Self::Unreadable)
    }

    /// Whether it is wrong with the photo that was chosen.
    pub fn is_of_photo(self) -> bool {
        matches!(
            self,
            Self::NoPhoto | Self::NotAPhoto | Self::Heic | Self::PhotoTooLarge
        )
    }

    fn words(self) -> Phoning {
        match self {
            Self::Recorded => Phoning::RecordedLead,
            Self::Before => Phoning::Before,
            Self::Passed => Phoning::Passed,
            Self::NotRecorded => Phoning::NotRecordedLead,
            Self::Empty => Phoning::Empty,
            Self::TooLong => Phoning::TooLong,
            Self::Unreadable => Phoning::Unreadable,
            Self::Full => Phoning::Full,
            Self::Wait => Phoning::Wait,
            Self::Silent => Phoning::Silent,
            Self::NoPhoto => Phoning::NoPhoto,
            Self::NotAPhoto => Phoning::NotAPhoto,
            Self::Heic => Phoning::Heic,
            Self::PhotoTooLarge => Phoning::PhotoTooLarge,
            Self::PhotoNotRecorded => Phoning::PhotoNotRecorded,
            Self::PhotoWait => Phoning::PhotoWait,
        }
    }
}

impl Form {
    /// A new one with nothing in it. Where the system has no randomness to give it has no name, and is
    /// not taken in.
    pub fn empty() -> Self {
        let form = LinkSecret::random().map(|random| random.written().to_string());
        Self {
            form: form.unwrap_or_default(),
            is_proved: false,
            field: Field::Note,
            words: String::new(),
            step: None,
            what: None,
        }
    }

    /// Reads what was sent; of a field that comes twice, the first.
    pub fn read(visit: &Visit<'_>, fields: &[u8]) -> Self {
        Self::of(visit, form_urlencoded::parse(fields))
    }

    /// The same of fields that are names and values already.
    pub fn of<K: AsRef<str>, V: Into<String>>(
        visit: &Visit<'_>,
        fields: impl IntoIterator<Item = (K, V)> + Clone,
    ) -> Self {
        let of = |name: &str| {
            let mut all = fields.clone().into_iter();
            let found = all.find(|(known, _)| known.as_ref() == name);
            found.map(|(_, value)| value.into())
        };
        let form = of("form").unwrap_or_default();
        let proof = visit.opened.secret.proof(&form);
        let is_proved = !form.is_empty() && of("proof").as_deref() == Some(&proof);
        let step = of("type").zip(of("step"));
        let step = step.map(|(type_id, step)| StepRef { type_id, step });
        Self {
            is_proved,
            form,
            field: of("about")
                .as_deref()
                .and_then(Field::of)
                .unwrap_or(Field::Note),
            words: of("words").map(|words| tidy(&words)).unwrap_or_default(),
            what: of("act").and_then(|act| what(&act)),
            step,
        }
    }

    /// What is wrong with the words.
    fn fault(&self) -> Option<Said> {
        if self.words.contains(char::REPLACEMENT_CHARACTER) {
            return Some(Said::Unreadable);
        }
        match self.words.chars().count() {
            _ if visible::is_blank(&self.words) => Some(Said::Empty),
            count if count > MOST => Some(Said::TooLong),
            _ => None,
        }
    }
}

fn what(act: &str) -> Option<What> {
    Some(match act {
        "done" => What::Done,
        "begun" => What::Begun,
        "holds" => What::Holds,
        "open" => What::Open,
        other => What::Answer(other.strip_prefix("answer:")?.to_owned()),
    })
}

/// Records what was written, or gives it back with everything kept; none where the page is gone.
pub async fn send(visit: &Visit<'_>, form: Form) -> Option<Outcome> {
    let (site, now) = (visit.site, visit.site.now());
    if let Some(fault) = form.fault() {
        return shown(visit, &form, fault, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let Some(complaints) = site.complaints().filter(|_| site.room.is_left()) else {
        return give_back(visit, &form, Said::NotRecorded, AGAIN_IN);
    };
    let limit = &site.throttles.additions;
    if let Err(wait) = limit.take(visit.context.ip, now) {
        let back = shown(visit, &form, Said::Wait, StatusCode::TOO_MANY_REQUESTS)?;
        return Some(back.later(crate::web::throttle::seconds(wait)));
    }
    let written = complaints
        .write_down(
            visit.link(),
            (&form.form, form.field),
            form.words.as_bytes(),
            now,
        )
        .await;
    done(visit, &form, written, Said::NotRecorded)
}

/// The page once something was written down or not; `failed` is said where the disk did not take it,
/// and nothing where the page is gone.
pub fn done(
    visit: &Visit<'_>,
    form: &Form,
    written: Result<(), ComplaintError>,
    failed: Said,
) -> Option<Outcome> {
    let site = visit.site;
    match written {
        Ok(()) => {
            let next = Form {
                field: form.field,
                ..Form::empty()
            };
            shown(visit, &next, Said::Recorded, StatusCode::OK)
        }
        Err(ComplaintError::Unknown) => None,
        Err(ComplaintError::Full) => {
            shown(visit, form, Said::Full, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => {
            let limit = &site.throttles.additions;
            limit.give_back(visit.context.ip, site.now());
            site.refused.trouble(&error);
            give_back(visit, form, failed, AGAIN_IN)
        }
    }
}

/// Gives a form back as it came, since the tablet cannot do anything about it just now.
pub fn give_back(visit: &Visit<'_>, form: &Form, said: Said, again_in: i64) -> Option<Outcome> {
    let outcome = shown(visit, form, said, StatusCode::SERVICE_UNAVAILABLE)?;
    Some(outcome.later(again_in))
}

/// The page again with what is to be said.
pub fn shown(visit: &Visit<'_>, form: &Form, said: Said, status: StatusCode) -> Option<Outcome> {
    let page = match &visit.link().thing {
        Thing::Complaint(_) => complaint::page(visit, form, Some(said))?,
        // Its form is another one: what was typed there is given back by itself.
        Thing::Counter => counter::page(visit),
        Thing::Guide(_) | Thing::Record(_) => incident::page(visit, form, Some(said)),
    };
    Some(Outcome::of(status, page))
}

/// What became of what was sent, above everything else.
pub fn said(visit: &Visit<'_>, said: Option<Said>) -> Markup {
    let lang = visit.context.lang;
    html! {
        @if let Some(said) = said {
            @if said.is_good() {
                section.over-now #said role="status" {
                    h2 { (Phoning::Recorded.say(lang)) }
                    p { (said.words().say(lang)) }
                }
            } @else {
                section.faults #said role="alert" {
                    h2 { (Phoning::NotRecorded.say(lang)) }
                    p { (said.words().say(lang)) }
                    @if said.of_field() { ul { li { a href="#words" { (Phoning::Notes.say(lang)) } } } }
                    @if said.is_of_photo() { ul { li { a href="#photo" { (Phoning::Photo.say(lang)) } } } }
                }
            }
        }
    }
}

/// The hidden fields by which a form is known.
pub fn known(visit: &Visit<'_>, form: &Form) -> Markup {
    html! {
        input type="hidden" name="form" value=(form.form);
        input type="hidden" name="proof" value=(visit.opened.secret.proof(&form.form));
    }
}

/// The form; `title` stands above it, and `asks` says whether it asks what the words are about.
pub fn form(
    visit: &Visit<'_>,
    form: &Form,
    (title, asks): (Phoning, bool),
    wrong: Option<Said>,
) -> Markup {
    let lang = visit.context.lang;
    let is_wrong = wrong.is_some_and(Said::of_field);
    html! {
        form method="post" action=(visit.action()) accept-charset="utf-8" novalidate {
            (known(visit, form))
            @if asks {
                fieldset {
                    legend { (Phoning::About.say(lang)) }
                    @for one in Field::ALL {
                        label.pick {
                            input type="radio" name="about" value=(one.id()) checked[form.field == one];
                            span { (words::field(lang, one)) }
                        }
                    }
                }
            }
            label.over for="words" { (title.say(lang)) }
            p.hint #words-hint { (Phoning::NotesHint.say(lang)) }
            // The first line feed of a text area is not part of it.
            textarea #words name="words" rows="6" maxlength=(MOST) aria-invalid=[is_wrong.then_some("true")]
                aria-describedby="words-hint" { "\n" (form.words) }
            p { button #record type="submit" { (Phoning::Write.say(lang)) } }
        }
        (written(visit))
    }
}

/// What was written by the link so far.
fn written(visit: &Visit<'_>) -> Markup {
    let lang = visit.context.lang;
    let complaints = visit.site.complaints();
    let notes = complaints.map_or(Ok(Vec::new()), |one| one.written_by(visit.link()));
    // What cannot be read now is said with the next note; what is here is only a list.
    let notes = notes.unwrap_or_default();
    let line = |note: &crate::service::phone::Note| {
        let time = visit.site.clock_time(note.at);
        let field = note
            .field
            .map_or(Phoning::StaffNote.say(lang), |one| words::field(lang, one));
        match note.characters {
            Some(_) if note.field == Some(Field::Photo) => [&time, " · ", field].concat(),
            Some(count) => words::written(lang, &time, field, count),
            None => [&time, " · ", field, " · ", Phoning::Erased.say(lang)].concat(),
        }
    };
    html! {
        h2 { (Phoning::Written.say(lang)) }
        p.hint { (Phoning::WrittenLead.say(lang)) }
        @if notes.is_empty() { p { (Phoning::NoneWritten.say(lang)) } }
        @else { ol #written { @for note in &notes { li { (line(note)) } } } }
    }
}
