//! The lists of reviews: what is asked for and what is to be done, by the list and by the entries alone.

use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use lobby_kiosk::domain::entry::{Draft, Event, incident_topic, review_topic};
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::review::{Asked, Review, ReviewEvent};
use lobby_kiosk::store::reader::IncidentFilter;
use lobby_kiosk::store::{Prepared, Reader, SCHEMA_VERSION, Verdict, Writer};

use crate::checked::check;
use crate::golden::database;
use crate::journal::{epoch, raw};

/// What the lists say: when those asked for were closed, how many there are, those with something to do,
/// and the reviews.
type Told = (Vec<DateTime<Utc>>, usize, Vec<IncidentId>, Vec<Review>);

fn told(dir: &Path) -> Told {
    let reader = Reader::open(dir).unwrap();
    let asked = Asked::at(
        epoch() + Duration::days(30),
        None,
        vec!["nothing".to_owned()],
    );
    let mut closed = reader.asked_for(&asked).unwrap();
    closed.sort();
    let filter = IncidentFilter {
        asked: Some(asked),
        ..IncidentFilter::default()
    };
    let all = reader.incidents(&filter, 0, 1).unwrap().all;
    let filter = IncidentFilter {
        actions: true,
        ..IncidentFilter::default()
    };
    let acting = reader.incidents(&filter, 0, 50).unwrap().incidents;
    let acting = acting.into_iter().map(|one| one.id).collect();
    let mut reviews = reader.reviews(true).unwrap();
    reviews.extend(reader.reviews(false).unwrap());
    (closed, all, acting, reviews)
}

#[test]
fn the_lists_and_the_entries_alone_say_the_same_and_what_is_final_is_asked_for_no_more() {
    let dir = database(SCHEMA_VERSION);
    let (closed, all, acting, reviews) = told(dir.path());
    assert_eq!(closed.len(), all);
    assert!(all > 1, "{closed:?}");
    let [open, every] = &reviews[..] else {
        panic!("{reviews:?}");
    };
    assert_eq!(open, every);
    assert_eq!(acting, std::slice::from_ref(&open.incident));
    assert!(!open.is_final && open.versions.len() == 1);

    let event = ReviewEvent::Finalised {
        version: 2,
        record: "0199".into(),
        digest: "0".repeat(64),
    };
    let draft = Draft {
        id: "finalised".into(),
        at: epoch() + Duration::days(11),
        actor: None,
        topic: review_topic(&open.incident),
        event: Event::Review(event),
    };
    let mut writer = Writer::open(dir.path()).unwrap();
    writer.commit(&[Prepared::new(draft).unwrap()]).unwrap();
    drop(writer);
    let after = told(dir.path());
    assert_eq!(after.1, all - 1);
    assert!(after.3[0].is_final && after.2 == acting);
    assert!(matches!(check(dir.path()), Verdict::Sound { .. }));
    // It is opened again and closed: what was final says nothing of that.
    let again = |id: &str, hour, event| Draft {
        id: id.into(),
        at: epoch() + Duration::days(12) + Duration::hours(hour),
        actor: None,
        topic: incident_topic(&open.incident),
        event: Event::Incident(event),
    };
    let closed = IncidentEvent::Closed {
        outcome: "settled".to_owned(),
        words: Text::default(),
        follow_ups: Vec::new(),
    };
    let drafts = [
        again("again", 0, IncidentEvent::Reopened {}),
        again("closed-again", 1, closed),
    ];
    let mut writer = Writer::open(dir.path()).unwrap();
    let drafts = drafts.map(|one| Prepared::new(one).unwrap());
    writer.commit(&drafts).unwrap();
    drop(writer);
    let after = told(dir.path());
    assert_eq!(after.1, all);
    // Lists of other rules are not believed.
    raw(dir.path())
        .execute_batch("UPDATE meta SET rules = 0; UPDATE review SET final = 0, open = 0")
        .unwrap();
    assert_eq!(told(dir.path()), after);
}
