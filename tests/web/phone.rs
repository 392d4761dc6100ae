//! The pages that a link opens on a member of staff's own phone: for that phone alone, for that thing
//! alone, for some hours; and to anybody else pages that are not there.

use std::fs;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use chrono::TimeDelta;
use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::complaint::{ComplaintEvent, Erasure};
use lobby_kiosk::domain::entry::{Draft, Event, incident_topic};
use lobby_kiosk::domain::ids::{ComplaintId, IncidentId, LinkId, PersonId};
use lobby_kiosk::domain::incident::{Incident, IncidentEvent};
use lobby_kiosk::domain::phone_link::Thing;
use lobby_kiosk::service::phone::{LinkError, LinkSecret, Offer, Wish};
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::{Reader, Verdict};
use tempfile::TempDir;

use crate::pages::{Answer, FIRM, Pages, encoded, epoch, get, post};

const ILL: &str = "0199a0c4-0000-7000-8000-000000000001";
const WANG: &str = "0199a0c4-0000-7000-8000-0000000000aa";
const NAME: &str = "欧阳晓";
const WORDS: &str = "老人扶墙坐下，家属 13:05 到场。";

/// A tablet with one open incident.
pub fn tablet() -> (TempDir, Pages) {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    begin(&pages);
    (dir, pages)
}

pub fn begin(pages: &Pages) {
    let plan = pages.app.site().plan();
    let kind = plan.incident("sudden-illness").unwrap();
    let event = IncidentEvent::Started {
        type_id: kind.id.clone(),
        name: kind.name.clone(),
        plan: plan.revision.to_string(),
        digest: None,
    };
    let id = IncidentId::from(ILL);
    let draft = Draft {
        id: "0199a0c4-0000-7000-8000-000000000002".into(),
        at: epoch(),
        actor: Some("on-duty".to_owned()),
        topic: incident_topic(&id),
        event: Event::Incident(event.clone()),
    };
    let incident = Incident::begin(&id, &draft.id, draft.at, &event).unwrap();
    pages.journal.append(draft).unwrap();
    pages.settle();
    let live: Arc<[Incident]> = Arc::from([incident]);
    pages.app.site().live.send_replace(Some(live));
}

fn wish(thing: Thing) -> Wish {
    Wish {
        thing,
        name: None,
        actor: Actor::OnDuty,
        person: Some(PersonId::from(WANG)),
    }
}

pub fn make(pages: &Pages, thing: Thing) -> Offer {
    let complaints = pages.complaints();
    let of = thing.clone();
    pages
        .links
        .make(wish(thing), pages.now(), |secret| match &of {
            Thing::Complaint(id) => {
                complaints.seals().unlock(None).unwrap();
                let keys = complaints.wrap_for(id, secret);
                complaints.seals().lock();
                keys.map_err(LinkError::from)
            }
            _ => Ok(Vec::new()),
        })
        .unwrap()
}

pub fn guide() -> Thing {
    Thing::Guide(IncidentId::from(ILL))
}

fn offered_at(offer: &Offer) -> String {
    format!("/p/{}", offer.secret.written().as_str())
}

/// A phone with the cookies that it was given.
#[derive(Clone)]
pub struct Phone {
    pub page: String,
    pub cookie: String,
}

/// A phone that takes the link.
pub fn take(pages: &Pages, offer: &Offer) -> Phone {
    let taken = pages.post(&offered_at(offer), &[]);
    assert_eq!(taken.status, 303, "{}", taken.body);
    let mut cookies = taken.headers.get_all("set-cookie").iter();
    let set = cookies.next().unwrap().to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Max-Age=43200"] {
        assert!(set.contains(part), "{part}: {set}");
    }
    let page = taken.header("location").to_owned();
    assert!(set.contains(&format!("Path={page};")), "{set}");
    let cookie = set.split(';').next().unwrap().to_owned();
    Phone { page, cookie }
}

pub fn with(mut request: Request<Body>, cookie: &str) -> Request<Body> {
    if !cookie.is_empty() {
        request
            .headers_mut()
            .insert("cookie", cookie.parse().unwrap());
    }
    request
}

impl Phone {
    pub fn look(&self, pages: &Pages) -> Answer {
        pages.ask(with(get(&self.page), &self.cookie))
    }

    fn send(&self, pages: &Pages, fields: &[(&str, &str)]) -> Answer {
        pages.ask(with(post(&self.page, &encoded(fields)), &self.cookie))
    }

    /// The form of a page that is open.
    pub fn form(&self, pages: &Pages) -> (String, String) {
        let page = self.look(pages);
        (page.hidden("form"), page.hidden("proof"))
    }
}

/// How many entries of this kind the journal has, with who made the last.
pub fn noted(pages: &Pages, topic: &str, kind: &str) -> (usize, Option<String>) {
    pages.settle();
    let entries = Reader::open(&pages.data).unwrap().entries(topic).unwrap();
    let of_kind: Vec<_> = entries.iter().filter(|one| one.kind == kind).collect();
    (
        of_kind.len(),
        of_kind.last().and_then(|one| one.actor.clone()),
    )
}

pub fn topic() -> String {
    incident_topic(&IncidentId::from(ILL))
}

#[test]
fn looking_at_a_link_takes_nothing_and_the_first_phone_that_uses_it_keeps_it() {
    let (_dir, pages) = tablet();
    let offer = make(&pages, guide());
    for _ in 0..3 {
        assert_eq!(pages.get(&offered_at(&offer)).status, 200);
    }
    let phone = take(&pages, &offer);
    let page = phone.look(&pages);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("id=\"command\""), "{}", page.body);
    // The code is no good any more, whoever shows it.
    assert_eq!(pages.get(&offered_at(&offer)).status, 404);
    assert_eq!(pages.post(&offered_at(&offer), &[]).status, 404);
    // The phone that has it is led to its page when it scans the code again.
    let again = format!("again={}", offer.link.id);
    let again = pages.ask(with(get(&offered_at(&offer)), &again));
    assert_eq!(
        (again.status, again.header("location")),
        (303, phone.page.as_str())
    );
    let wang = format!("on-duty:{WANG}");
    for kind in ["link.made", "link.bound"] {
        assert_eq!(
            noted(&pages, &topic(), kind),
            (1, Some(wang.clone())),
            "{kind}"
        );
    }
}

#[test]
fn what_opens_a_link_is_on_no_disk_and_in_no_entry() {
    let (dir, pages) = tablet();
    let offer = make(&pages, guide());
    let phone = take(&pages, &offer);
    pages.settle();
    let own = phone.cookie.strip_prefix("link=").unwrap().to_owned();
    let secrets = [offer.secret.written().to_string(), own];
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{}", path.display());
        }
    }
    assert!(dir.path().join("phone-links.json").exists());
}

#[test]
fn a_note_is_sealed_and_recorded_once_however_often_its_form_arrives() {
    let (dir, pages) = tablet();
    let phone = take(&pages, &make(&pages, guide()));
    let (form, proof) = phone.form(&pages);
    let fields = [
        ("form", form.as_str()),
        ("proof", proof.as_str()),
        ("about", "features"),
        ("words", WORDS),
    ];
    for _ in 0..3 {
        let answer = phone.send(&pages, &fields);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.contains("已存入平板"), "{}", answer.body);
    }
    let wang = Some(format!("on-duty:{WANG}"));
    assert_eq!(noted(&pages, &topic(), "incident.written"), (1, wang));
    // The same words from another form are another note.
    let (form, proof) = phone.form(&pages);
    let more = [
        ("form", form.as_str()),
        ("proof", proof.as_str()),
        ("words", WORDS),
    ];
    assert_eq!(phone.send(&pages, &more).status, 200);
    assert_eq!(noted(&pages, &topic(), "incident.written").0, 2);
    let page = phone.look(&pages);
    assert_eq!(page.body.matches("<li>15:42").count(), 2, "{}", page.body);
    assert!(
        !page.body.contains(WORDS),
        "what is sealed is not shown again"
    );
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("扶墙"));
    }
    let verdict = Records::open(dir.path()).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    // All of it can be erased, and the journal stands.
    let id = IncidentId::from(ILL);
    pages
        .complaints()
        .erase_written(&id, Erasure::Request, pages.now());
    pages.settle();
    let page = phone.look(&pages);
    assert_eq!(page.body.matches("已清除").count(), 2, "{}", page.body);
    let verdict = Records::open(dir.path()).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    // And there can be more after it.
    let (form, proof) = phone.form(&pages);
    let more = [
        ("form", form.as_str()),
        ("proof", proof.as_str()),
        ("words", "又及"),
    ];
    assert_eq!(phone.send(&pages, &more).status, 200);
    pages.settle();
    let verdict = Records::open(dir.path()).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
}

#[test]
fn what_cannot_be_recorded_comes_back_as_it_was_written() {
    let (_dir, pages) = tablet();
    let phone = take(&pages, &make(&pages, guide()));
    let long = "长".repeat(2001);
    for (words, said) in [("  \n", "请先写内容"), (long.as_str(), "最多 2000 字")] {
        let (form, proof) = phone.form(&pages);
        let fields = [
            ("form", form.as_str()),
            ("proof", proof.as_str()),
            ("words", words),
        ];
        let back = phone.send(&pages, &fields);
        assert_eq!(back.status, 422);
        assert!(back.body.contains(said), "{said}: {}", back.body);
        assert!(back.body.contains(words.trim()));
        assert!(back.body.contains("未记录"));
    }
    // The journal takes nothing any more.
    pages.journal.finish().unwrap();
    let (form, proof) = phone.form(&pages);
    let fields = [
        ("form", form.as_str()),
        ("proof", proof.as_str()),
        ("words", WORDS),
    ];
    let back = phone.send(&pages, &fields);
    assert_eq!(back.status, 503);
    assert!(back.body.contains(WORDS) && back.body.contains("未记录"));
    assert!(!back.body.contains("已存入平板"));
}

#[test]
fn a_complaint_can_be_read_on_its_phone_alone_and_dies_with_its_words() {
    let (_dir, mut pages) = Pages::of(FIRM);
    begin(&pages);
    let words = "ཁ་པར་ཨང་གྲངས། 等了一个多小时";
    let token = pages.get("/complaint").hidden("token");
    let named = [&crate::pages::fields(&token, words)[..], &[("name", NAME)]].concat();
    assert_eq!(pages.post("/complaint", &named).status, 200);
    pages.complain("别的事情，别的人");
    let all = pages.complaints().list().unwrap();
    let wanted = all.iter().min_by_key(|one| one.received).unwrap();
    let id: ComplaintId = all
        .iter()
        .find(|one| pages.file(&one.id).words.unwrap().what == words)
        .unwrap()
        .id
        .clone();
    assert!(all.len() == 2 && wanted.received == pages.now());
    let phone = take(&pages, &make(&pages, Thing::Complaint(id.clone())));
    assert!(!pages.complaints().seals().is_open());
    let page = phone.look(&pages);
    assert!(page.body.contains(words), "{}", page.body);
    assert!(page.body.contains(NAME));
    // Where somebody may listen in, it does not say who the customer is.
    pages.encrypted = false;
    let plain = phone.look(&pages);
    assert!(plain.body.contains(words) && !plain.body.contains(NAME));
    pages.encrypted = true;
    assert!(!page.body.contains("别的事情"));
    let (form, proof) = phone.form(&pages);
    let fields = [
        ("form", form.as_str()),
        ("proof", proof.as_str()),
        ("words", "已电话联系"),
    ];
    assert_eq!(phone.send(&pages, &fields).status, 200);
    let file = pages.file(&id);
    assert!(
        file.added
            .iter()
            .any(|(_, words)| words.as_deref() == Some("已电话联系"))
    );
    let why = Erasure::Request;
    pages
        .complaints()
        .handle(&id, ComplaintEvent::Erased { why }, pages.now());
    pages.settle();
    assert_eq!(phone.look(&pages).status, 404);
    let sent = phone.send(&pages, &fields);
    assert_eq!(sent.status, 404);
}

#[test]
fn a_complaint_told_at_the_counter_is_one_like_any_other() {
    let (_dir, pages) = Pages::of(FIRM);
    begin(&pages);
    let phone = take(&pages, &make(&pages, Thing::Counter));
    let page = phone.look(&pages);
    assert!(page.body.contains("name=\"contact\""));
    let (form, proof, token) = (
        page.hidden("form"),
        page.hidden("proof"),
        page.hidden("token"),
    );
    let fields = [
        ("form", form.as_str()),
        ("proof", proof.as_str()),
        ("token", token.as_str()),
        ("about", "service"),
        ("what", "叫号等了一个多小时"),
    ];
    // A line that is too long is given back, with all of it.
    let long = "电".repeat(201);
    let too_long = [&fields[..], &[("contact", long.as_str())]].concat();
    let back = phone.send(&pages, &too_long);
    assert_eq!(back.status, 422);
    assert!(back.body.contains(&long) && back.body.contains(fields[4].1));
    let first = phone.send(&pages, &fields);
    assert_eq!(first.status, 200, "{}", first.body);
    let receipt = first.receipt();
    assert_eq!(phone.send(&pages, &fields).receipt(), receipt);
    let all = pages.complaints().list().unwrap();
    assert_eq!(all.len(), 1);
    let topic = format!("complaint:{}", all[0].id);
    let by = Some(format!("on-duty:{WANG}"));
    assert_eq!(noted(&pages, &topic, "complaint.received"), (1, by));
    let shown = pages.post("/status", &[("number", &receipt)]);
    assert_eq!(shown.status, 200);
}

/// Everything that a link opens, asked and sent by everybody who may try.
#[test]
fn whoever_has_no_right_to_a_page_finds_none() {
    let (_dir, pages) = tablet();
    pages.complain("等了一个多小时");
    let complaint = pages.complaints().list().unwrap()[0].id.clone();
    let things = [
        guide(),
        Thing::Record(IncidentId::from(ILL)),
        Thing::Complaint(complaint),
        Thing::Counter,
    ];
    let nowhere = pages
        .get("/phone/0199a0c4-0000-7000-8000-000000000009")
        .body;
    let refused = |phone: &Phone, who: &str| {
        let looked = phone.look(&pages);
        assert_eq!(looked.status, 404, "{who}");
        assert_eq!(looked.body, nowhere, "{who}: nothing tells why");
        assert!(looked.headers.get("set-cookie").is_none());
        for act in [[("words", WORDS)], [("act", "done")], [("what", WORDS)]] {
            assert_eq!(phone.send(&pages, &act).status, 404, "{who}");
        }
    };
    for thing in &things {
        let offer = make(&pages, thing.clone());
        let page = format!("/phone/{}", offer.link.id);
        let as_phone = |cookie: &str| Phone {
            page: page.clone(),
            cookie: cookie.to_owned(),
        };
        let shown = format!("link={}", offer.secret.written().as_str());
        refused(&as_phone(""), "before any phone has it");
        refused(&as_phone(&shown), "with what the code holds");
        let phone = take(&pages, &offer);
        assert_eq!(phone.look(&pages).status, 200, "{thing:?}");
        refused(&as_phone(""), "without a cookie");
        refused(&as_phone(&shown), "with what the code held");
        refused(&as_phone("link=nonsense"), "with nonsense");
        let other = LinkSecret::random().unwrap();
        refused(
            &as_phone(&format!("link={}", other.written().as_str())),
            "with a guess",
        );
        // A phone with a link of its own, to this thing or another.
        for of in &things {
            let other = take(&pages, &make(&pages, of.clone()));
            refused(&as_phone(&other.cookie), "the phone of another link");
        }
        // A form that this phone has not opened.
        let (form, proof) = {
            let page = take(&pages, &make(&pages, guide()));
            page.form(&pages)
        };
        let foreign = [
            ("form", form.as_str()),
            ("proof", proof.as_str()),
            ("words", WORDS),
        ];
        assert_eq!(
            phone.send(&pages, &foreign).status,
            404,
            "another page's form"
        );
        let from_elsewhere = with(post(&phone.page, "words=x"), &phone.cookie);
        let (mut head, body) = from_elsewhere.into_parts();
        head.headers
            .insert("origin", "https://elsewhere.example".parse().unwrap());
        let sent = pages.ask(Request::from_parts(head, body));
        assert_eq!(sent.status, 403, "from another site");
        // Ended by one tap.
        pages
            .links
            .revoke(|link| link.id == offer.link.id, pages.now());
        refused(&phone, "once it was ended");
    }
    // After its hours.
    let phone = take(&pages, &make(&pages, guide()));
    let late = make(&pages, guide());
    pages.set_now(epoch() + TimeDelta::hours(12));
    refused(&phone, "after its hours");
    assert_eq!(pages.get(&offered_at(&late)).status, 404);
    assert_eq!(pages.post(&offered_at(&late), &[]).status, 404);
}

#[test]
fn a_link_survives_a_restart_and_an_end_survives_it_too() {
    let (dir, pages) = tablet();
    let kept = take(&pages, &make(&pages, guide()));
    let ended = make(&pages, guide());
    let gone = take(&pages, &ended);
    let open = make(&pages, guide());
    assert!(
        pages
            .links
            .revoke(|link| link.id == ended.link.id, pages.now())
    );
    pages.links.save().unwrap();
    // Ended as well, but a kill came before its file was written: the journal knows.
    let unsaved = make(&pages, guide());
    let lost = take(&pages, &unsaved);
    pages
        .links
        .revoke(|link| link.id == unsaved.link.id, pages.now());
    let file = dir.path().join("phone-links.json");
    let has = |id: &LinkId| fs::read_to_string(&file).unwrap().contains(id.as_str());
    assert!(has(&unsaved.link.id));
    let data = pages.close();
    let pages = Pages::open(&data);
    begin(&pages);
    assert_eq!(kept.look(&pages).status, 200);
    assert_eq!(gone.look(&pages).status, 404);
    assert_eq!(lost.look(&pages).status, 404);
    assert!(!has(&unsaved.link.id) && has(&open.link.id));
    assert_eq!(take(&pages, &open).look(&pages).status, 200);
    assert_eq!(pages.links.live(pages.now()).len(), 2);
    drop(dir);
}

#[test]
fn a_tablet_without_a_screen_that_answers_says_so() {
    let (_dir, pages) = tablet();
    let phone = take(&pages, &make(&pages, guide()));
    let page = phone.look(&pages);
    let step = page.hidden("step");
    let fields = [
        ("form", page.hidden("form")),
        ("proof", page.hidden("proof")),
        ("type", "sudden-illness".to_owned()),
        ("step", step),
        ("act", "done".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let answer = phone.send(&pages, &fields);
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("平板没有回应"), "{}", answer.body);
    assert_eq!(noted(&pages, &topic(), "incident.step-marked").0, 0);
}
