//! The lists are projections: whatever happens to however many incidents and complaints, in
//! whatever order, the database lists, counts and pages what their entries fold to.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use lobby_kiosk::domain::complaint::{Complaint, ComplaintEvent};
use lobby_kiosk::domain::entry::{Draft, Event, complaint_topic, incident_topic};
use lobby_kiosk::domain::ids::{ComplaintId, IncidentId};
use lobby_kiosk::domain::inbox::{Attention, Counts, Group, InboxItem};
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::summary::Summary;
use lobby_kiosk::domain::undo::REOPEN;
use lobby_kiosk::store::reader::Which;
use lobby_kiosk::store::{Prepared, Reader, Writer};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseError;
use tempfile::tempdir;

use crate::extent;
use crate::golden::events;
use crate::journal::{epoch, raw};
use crate::many::{STALE, lists};

/// How many histories are tried: in all, and in a sample.
const HISTORIES: [usize; 2] = [256, 32];
/// Topics of a history: too few complaints to be a burst.
const TOPICS: usize = 7;
const ACTS: usize = 60;

/// One act of a history.
#[derive(Clone, Debug)]
struct Act<E> {
    topic: usize,
    /// How long after the act before.
    minutes: i64,
    event: E,
    /// Whether it is the last of its commit.
    commits: bool,
}

/// Histories of these events, each of which may come at any time, beginnings more often.
fn history<E: Clone + std::fmt::Debug + 'static>(
    events: Vec<E>,
    begins: fn(&E) -> bool,
) -> impl Strategy<Value = Vec<Act<E>>> {
    let first: Vec<E> = events.iter().filter(|one| begins(one)).cloned().collect();
    let event = prop_oneof![1 => select(first), 4 => select(events)];
    let commits = prop::bool::weighted(0.25);
    let act = (0..TOPICS, 0..1_500_i64, event, commits);
    let act = act.prop_map(|(topic, minutes, event, commits)| Act {
        topic,
        minutes,
        event,
        commits,
    });
    prop::collection::vec(act, 1..ACTS)
}

fn complaint_events() -> Vec<ComplaintEvent> {
    let all = events().into_iter().filter_map(|event| match event {
        Event::Complaint(event) => Some(event),
        _ => None,
    });
    all.collect()
}

fn incident_events() -> Vec<IncidentEvent> {
    let all = events().into_iter().filter_map(|event| match event {
        Event::Incident(event) => Some(event),
        _ => None,
    });
    all.collect()
}

fn id<I: From<String>>(topic: usize) -> I {
    I::from(format!("01a21af6-2b1a-7117-8a71-{topic:012}"))
}

/// The entries of a history, in the commits in which they are written.
fn commits<E: Clone + Into<Event>, I: From<String>>(
    history: &[Act<E>],
    topic: fn(&I) -> String,
) -> (Vec<Vec<Draft>>, DateTime<Utc>) {
    let mut now = epoch();
    let mut commits = vec![Vec::new()];
    for (number, act) in history.iter().enumerate() {
        now += Duration::minutes(act.minutes);
        commits.last_mut().unwrap().push(Draft {
            id: format!("act-{number}").into(),
            at: now,
            actor: None,
            topic: topic(&id(act.topic)),
            event: act.event.clone().into(),
        });
        if act.commits {
            commits.push(Vec::new());
        }
    }
    (commits, now)
}

fn write(writer: &mut Writer, commits: Vec<Vec<Draft>>) {
    for drafts in commits {
        let prepared = drafts
            .into_iter()
            .map(|draft| Prepared::new(draft).unwrap());
        let prepared: Vec<Prepared> = prepared.collect();
        if !prepared.is_empty() {
            writer.commit(&prepared).unwrap();
        }
    }
}

/// What the entries of each topic come to.
fn fold<E, T, I: From<String> + Ord>(
    history: &[Act<E>],
    begin: fn(&I, DateTime<Utc>, &E) -> Option<T>,
    apply: fn(&mut T, DateTime<Utc>, &E),
) -> BTreeMap<I, T> {
    let mut now = epoch();
    let mut all = BTreeMap::new();
    for act in history {
        now += Duration::minutes(act.minutes);
        let id = id(act.topic);
        if let Some(one) = all.get_mut(&id) {
            apply(one, now, &act.event);
        } else if let Some(one) = begin(&id, now, &act.event) {
            all.insert(id, one);
        }
    }
    all
}

/// The list as the staff see it at `now`, and how many there are of each place.
fn listed(all: &[InboxItem], now: DateTime<Utc>) -> (Vec<&Complaint>, Counts) {
    let of = |place: Attention| {
        let here = all.iter().filter(|one| one.attention(now) == place);
        here.collect::<Vec<&InboxItem>>()
    };
    let (mut overdue, mut waiting) = (of(Attention::Overdue), of(Attention::Waiting));
    let (mut calm, mut erased) = (of(Attention::Calm), of(Attention::Erased));
    let counts = Counts {
        overdue: overdue.len(),
        waiting: waiting.len(),
        calm: calm.len(),
        aside: of(Attention::Aside).len(),
        erased: erased.len(),
    };
    let came = |one: &&InboxItem| (one.complaint.received, one.complaint.id.clone());
    overdue.sort_by_key(|one| (one.due.map(|due| due.by()), came(one)));
    waiting.sort_by_key(came);
    calm.sort_by_key(|one| std::cmp::Reverse(came(one)));
    erased.sort_by_key(|one| std::cmp::Reverse(came(one)));
    let list = [overdue, waiting, calm, erased].concat();
    (list.into_iter().map(|one| &one.complaint).collect(), counts)
}

/// What lies aside, the newest first.
fn aside(all: &[InboxItem]) -> Vec<Group> {
    let mut groups: BTreeMap<DateTime<Utc>, Group> = BTreeMap::new();
    for one in all.iter().map(|one| &one.complaint) {
        let Some(since) = one.aside.filter(|_| one.erased.is_none()) else {
            continue;
        };
        let group = groups.entry(since).or_insert(Group {
            aside: Some(since),
            from: one.received,
            to: one.received,
            count: 0,
        });
        group.from = group.from.min(one.received);
        group.to = group.to.max(one.received);
        group.count += 1;
    }
    groups.into_values().rev().collect()
}

/// Compares everything that the database says about complaints at `now` with the fold.
fn agree(
    reader: &Reader,
    folded: &BTreeMap<ComplaintId, Complaint>,
    now: DateTime<Utc>,
) -> Result<(), TestCaseError> {
    let all: Vec<InboxItem> = folded.values().cloned().map(InboxItem::of).collect();
    let (list, counts) = listed(&all, now);
    let mut first = 0;
    loop {
        let page = reader.inbox(Which::Single, now, first, 3).unwrap();
        prop_assert_eq!(page.counts, counts);
        prop_assert_eq!(page.listed, list.len());
        let expected = list.iter().skip(first).take(3);
        let ids = |one: &Complaint| one.id.clone();
        let found: Vec<ComplaintId> = page.complaints.iter().map(ids).collect();
        prop_assert_eq!(found, expected.map(|one| ids(one)).collect::<Vec<_>>());
        let next = all.iter().filter(|one| one.complaint.erased.is_none());
        let next = next.filter_map(|one| Some(one.due?.by()));
        prop_assert_eq!(page.next_due, next.filter(|due| *due > now).min());
        prop_assert_eq!(page.groups, aside(&all));
        first += 3;
        if first > list.len() {
            break;
        }
    }
    let mut done: Vec<_> = folded.values().filter(|one| one.erased.is_none()).collect();
    done.retain(|one| one.done_since().is_some_and(|done| done <= now));
    done.sort_by_key(|one| (one.done_since(), one.id.clone()));
    let (found, count) = reader.done_before(now, TOPICS).unwrap();
    prop_assert_eq!(count, done.len());
    prop_assert_eq!(found.iter().collect::<Vec<_>>(), done);
    Ok(())
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: extent::of(HISTORIES[0], HISTORIES[1]) as u32,
        // The smallest history that fails is printed; a test of its own keeps it.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn complaints_are_listed_counted_and_paged_as_their_entries_fold(
        history in history(complaint_events(), |event| {
            matches!(event, ComplaintEvent::Received { .. })
        })
    ) {
        let dir = tempdir().unwrap();
        let mut writer = Writer::open(dir.path()).unwrap();
        let (commits, end) = commits(&history, complaint_topic);
        write(&mut writer, commits);
        let folded = fold(&history, Complaint::begin, Complaint::apply);
        let reader = Reader::open(dir.path()).unwrap();
        // As the acts left it, and once it is all folded anew.
        for _ in 0..2 {
            let found = reader.complaints().unwrap().into_iter();
            let found: BTreeMap<_, _> = found.map(|one| (one.id.clone(), one)).collect();
            prop_assert_eq!(&found, &folded);
            for days in [0, 5, 30, 400] {
                agree(&reader, &folded, end + Duration::days(days))?;
            }
            agree(&reader, &folded, epoch() + (end - epoch()) / 2)?;
            writer.rebuild_projections().unwrap();
        }
    }

    #[test]
    fn incidents_are_listed_as_their_entries_fold(
        history in history(incident_events(), |event| {
            matches!(event, IncidentEvent::Started { .. })
        })
    ) {
        let dir = tempdir().unwrap();
        let mut writer = Writer::open(dir.path()).unwrap();
        let (commits, end) = commits(&history, incident_topic);
        write(&mut writer, commits);
        let folded = fold(&history, Summary::begin, |summary, at, event| {
            summary.apply(at, event);
        });
        let reader = Reader::open(dir.path()).unwrap();
        // As the acts left it, once it is all folded anew, and where nobody has folded it yet.
        for round in 0..3 {
            if round == 2 {
                raw(dir.path()).execute_batch(STALE).unwrap();
            }
            let found = reader.list().unwrap().into_iter();
            let found: BTreeMap<_, _> = found.map(|one| (one.id.clone(), one)).collect();
            prop_assert_eq!(&found, &folded);
            for days in [-400, -10, 0, 1] {
                let since = end + Duration::days(days);
                let live = reader.live(since).unwrap().into_iter();
                let mut live: Vec<IncidentId> = live.map(|one| one.id).collect();
                live.sort();
                // No further back than what may be reopened.
                let since = since.max(end - REOPEN.length());
                let expected = folded.values().filter(|one| one.is_live(since));
                let expected: Vec<IncidentId> = expected.map(|one| one.id.clone()).collect();
                prop_assert_eq!(live, expected);
            }
            if round == 0 {
                writer.rebuild_projections().unwrap();
            }
        }
    }

    #[test]
    fn lists_made_a_part_at_a_time_between_the_acts_are_the_fold_of_all(
        (incidents, complaints) in (
            history(incident_events(), |event| matches!(event, IncidentEvent::Started { .. })),
            history(complaint_events(), |event| {
                matches!(event, ComplaintEvent::Received { .. })
            }),
        )
    ) {
        let dir = tempdir().unwrap();
        let (mut acts, _) = commits(&incidents, incident_topic);
        let (others, _) = commits(&complaints, complaint_topic);
        let others = others.into_iter().map(|drafts| {
            let drafts = drafts.into_iter();
            drafts.map(|one| Draft { id: format!("other-{}", one.id).into(), ..one }).collect()
        });
        acts.extend(others);
        // Those of either kind come in turn, some before the rules changed and the rest after.
        let later = acts.split_off(acts.len() / 2);
        let mut writer = Writer::open(dir.path()).unwrap();
        write(&mut writer, acts);
        drop(writer);
        raw(dir.path()).execute_batch(STALE).unwrap();
        for commit in later {
            let (mut writer, _) = Writer::open_or_begin_anew(dir.path()).unwrap();
            write(&mut writer, vec![commit]);
            writer.list_some().unwrap();
        }
        let (mut writer, _) = Writer::open_or_begin_anew(dir.path()).unwrap();
        while writer.list_some().unwrap().is_some() {}
        let made = lists(dir.path());
        writer.rebuild_projections().unwrap();
        prop_assert_eq!(made, lists(dir.path()));
    }
}
