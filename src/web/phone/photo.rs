//! A photo from the page of an incident. It comes in a request of its own, whose body is read for the
//! phone of a link alone and a few at a time: each takes up to 16 MB of memory meanwhile.

use axum::body::Body;
use axum::extract::{Extension, Multipart, Path, State};
use axum::http::{HeaderMap, Response, StatusCode, request};
use maud::{Markup, html};
use tokio::sync::Semaphore;

use super::note::{self, Form, Said};
use super::{Here, Visit, Who, path_of};
use crate::domain::incident::Field;
use crate::i18n::pages::Phoning;
use crate::photo::{self, Refused};
use crate::web::missing;
use crate::web::outcome::Outcome;
use crate::web::request_context::RequestContext;
use crate::web::site::Site;

/// Where a photo is sent.
pub const PHOTO: &str = "/phone/{link}/photo";
/// How many are taken in at once …
pub const AT_ONCE: usize = 3;
/// … of which one is read.
static ONE_READ: Semaphore = Semaphore::const_new(1);

/// Whether a photo is sent there.
pub fn is_photo(path: &str) -> bool {
    link_of(path).is_some()
}

fn link_of(path: &str) -> Option<&str> {
    let link = path.strip_prefix("/phone/")?.strip_suffix("/photo")?;
    (!link.contains('/')).then_some(link)
}

/// Whether the request comes from the phone of the link: nobody else's photo is read at all.
pub fn may_come(site: &Site, context: &RequestContext, head: &request::Parts) -> bool {
    let visit =
        link_of(head.uri.path()).and_then(|link| Visit::of(site, context, link, &head.headers));
    visit.is_some_and(|visit| visit.link().thing.incident().is_some())
}

/// A photo that was sent.
pub async fn photo_sent(
    State(site): Here,
    Extension(context): Who,
    Path(link): Path<String>,
    headers: HeaderMap,
    fields: Multipart,
) -> Response<Body> {
    let Some(visit) = Visit::of(&site, &context, &link, &headers) else {
        return missing(&site, &context);
    };
    let Some((form, file)) = read(&visit, fields)
        .await
        .filter(|(form, _)| form.is_proved)
    else {
        return missing(&site, &context);
    };
    let outcome = send(&visit, &form, file).await;
    outcome.map_or_else(|| missing(&site, &context), Outcome::answer)
}

/// The form that came, and the photo; none where it is no form of this page.
async fn read(visit: &Visit<'_>, mut fields: Multipart) -> Option<(Form, Vec<u8>)> {
    let (mut known, mut file) = (Vec::new(), Vec::new());
    while let Some(field) = fields.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.ok()?;
        if name == "photo" && file.is_empty() {
            file = bytes.to_vec();
        } else if bytes.len() <= note::MOST {
            known.push((name, String::from_utf8(bytes.to_vec()).ok()?));
        }
    }
    let known = known.iter().map(|(name, value)| (name, value.as_str()));
    Some((Form::of(visit, known), file))
}

async fn send(visit: &Visit<'_>, form: &Form, file: Vec<u8>) -> Option<Outcome> {
    let site = visit.site;
    let Some(_place) = site.busy.begin(visit.context.ip) else {
        return note::give_back(visit, form, Said::PhotoWait, note::AGAIN_IN);
    };
    let Some(complaints) = site.complaints().filter(|_| site.room.is_left()) else {
        return note::give_back(visit, form, Said::PhotoNotRecorded, note::AGAIN_IN);
    };
    if let Err(wait) = site.throttles.additions.take(visit.context.ip, site.now()) {
        let back = note::shown(visit, form, Said::PhotoWait, StatusCode::TOO_MANY_REQUESTS)?;
        return Some(back.later(crate::web::throttle::seconds(wait)));
    }
    if file.is_empty() {
        return note::shown(visit, form, Said::NoPhoto, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // Another process reads it, one at a time as each may take much memory, and is waited for.
    let taken = {
        let _turn = ONE_READ.acquire().await;
        let taken = tokio::task::spawn_blocking(move || photo::take_in(file)).await;
        taken.unwrap_or(Err(Refused::NotRead))
    };
    // The link may have ended meanwhile.
    visit.again()?;
    let photo = match taken {
        Ok(photo) => photo,
        Err(Refused::NotRead) => {
            return note::give_back(visit, form, Said::PhotoNotRecorded, note::AGAIN_IN);
        }
        Err(why) => return note::shown(visit, form, why.into(), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let written = complaints
        .write_down(
            visit.link(),
            (&form.form, Field::Photo),
            &photo.jpeg,
            site.now(),
        )
        .await;
    note::done(visit, form, written, Said::PhotoNotRecorded)
}

impl From<Refused> for Said {
    fn from(why: Refused) -> Self {
        match why {
            Refused::TooLarge | Refused::TooManyPixels => Self::PhotoTooLarge,
            Refused::Heic => Self::Heic,
            Refused::NotAPhoto | Refused::Damaged => Self::NotAPhoto,
            Refused::NotRead => Self::PhotoNotRecorded,
        }
    }
}

/// The form for a photo.
pub fn form(visit: &Visit<'_>, wrong: Option<Said>) -> Markup {
    let lang = visit.context.lang;
    let form = Form::empty();
    let is_wrong = wrong.is_some_and(Said::is_of_photo);
    let action = visit
        .context
        .href(&[&path_of(&visit.link().id), "/photo"].concat());
    html! {
        form method="post" action=(action) enctype="multipart/form-data" novalidate {
            (note::known(visit, &form))
            label.over for="photo" { (Phoning::Photo.say(lang)) }
            p.hint #photo-hint { (Phoning::PhotoHint.say(lang)) }
            input #photo type="file" name="photo" accept="image/jpeg,image/png,image/webp"
                aria-invalid=[is_wrong.then_some("true")] aria-describedby="photo-hint";
            p { button #send-photo.quiet type="submit" { (Phoning::SendPhoto.say(lang)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_sent_to_the_page_of_a_link_and_nowhere_else() {
        assert!(is_photo("/phone/0199/photo"));
        for path in [
            "/phone/photo",
            "/phone//x/photo",
            "/phone/0199",
            "/complaint",
            "/phone/a/b/photo",
        ] {
            assert!(!is_photo(path), "{path}");
        }
    }
}
