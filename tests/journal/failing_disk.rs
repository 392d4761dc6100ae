//! A disk that hangs or fails: appending goes on, nothing is lost or reordered, all is told.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use lobby_kiosk::domain::entry::{Draft, Entry};
use lobby_kiosk::domain::ids::EntryId;
use lobby_kiosk::service::journal::{Journal, JournalError, MOST_OFFERED, Notice, Sink};
use lobby_kiosk::store::{Prepared, StoreError};

use crate::journal::{Acts, notices};
use crate::told::{NEVER, QUICK, full, id, recorded};

/// A disk that does what the test tells it, attempt by attempt.
struct Disk {
    orders: Receiver<Option<StoreError>>,
    attempts: Sender<Vec<EntryId>>,
}

impl Sink for Disk {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        let ids = drafts.iter().map(|one| one.draft().id.clone()).collect();
        let _ = self.attempts.send(ids);
        if let Ok(Some(error)) = self.orders.recv() {
            return Err(error);
        }
        let entries = (1..).zip(drafts).map(|(seq, one)| Entry {
            seq,
            draft: one.draft().clone(),
        });
        Ok(entries.collect())
    }
}

fn disk() -> (Disk, Sender<Option<StoreError>>, Receiver<Vec<EntryId>>) {
    let (order, orders) = channel();
    let (attempts, tried) = channel();
    (Disk { orders, attempts }, order, tried)
}

#[test]
fn appending_never_waits_for_the_disk_and_what_queues_up_is_one_group() {
    let (disk, order, tried) = disk();
    let (notify, told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let mut acts = Acts::default();
    let (incident, start) = acts.start();
    journal.append(start).unwrap();
    tried.recv_timeout(NEVER).unwrap();
    // The disk hangs now, and appending returns all the same.
    let notes: Vec<Draft> = (0..5)
        .map(|n| acts.note(&incident, &n.to_string()))
        .collect();
    for note in &notes {
        journal.append(note.clone()).unwrap();
    }
    assert!(told.try_recv().is_err(), "nothing told before it is true");
    order.send(None).unwrap();
    order.send(None).unwrap();
    recorded(&told, 1);
    let ids: Vec<EntryId> = notes.iter().map(id).collect();
    assert_eq!(tried.recv_timeout(NEVER).unwrap(), ids);
    assert_eq!(recorded(&told, 5), ids);
}

#[test]
fn a_failed_commit_is_told_and_retried_in_order_with_what_came_meanwhile() {
    let (disk, order, tried) = disk();
    let (notify, told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let mut acts = Acts::default();
    let (incident, first) = acts.start();
    let second = acts.note(&incident, "1");
    journal.append(first.clone()).unwrap();
    assert_eq!(tried.recv_timeout(NEVER).unwrap(), [id(&first)]);
    journal.append(second.clone()).unwrap();
    for pending in 1..4 {
        order.send(Some(full())).unwrap();
        let failed = Notice::Failed {
            error: full(),
            pending: pending.min(2),
        };
        assert_eq!(told.recv_timeout(NEVER).unwrap(), failed);
        let both = [id(&first), id(&second)];
        assert_eq!(tried.recv_timeout(NEVER).unwrap(), both);
    }
    order.send(None).unwrap();
    assert_eq!(recorded(&told, 2), [id(&first), id(&second)]);
    journal.finish().unwrap();
    assert!(told.try_recv().is_err());
}

#[test]
fn a_failing_disk_is_tried_ever_less_often() {
    let (disk, order, tried) = disk();
    let (notify, _told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    journal.append(Acts::default().start().1).unwrap();
    tried.recv_timeout(NEVER).unwrap();
    // No attempt comes before its wait is over; how much later it comes is the machine's affair.
    for wait in [10, 20, 40, 40] {
        let failed = Instant::now();
        order.send(Some(full())).unwrap();
        tried.recv_timeout(NEVER).unwrap();
        assert!(failed.elapsed() >= Duration::from_millis(wait));
    }
    order.send(None).unwrap();
    journal.finish().unwrap();
}

#[test]
fn whoever_waits_gets_the_entry_or_the_reason() {
    let (disk, order, tried) = disk();
    let (notify, told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let (_, start) = Acts::default().start();
    order.send(Some(full())).unwrap();
    let failed = journal.append_and_wait(start.clone()).unwrap_err();
    assert_eq!(failed, JournalError::Store(full()));
    // It stays queued, and is recorded once the disk takes it.
    order.send(None).unwrap();
    assert_eq!(recorded(&told, 1), [id(&start)]);
    drop(tried);
    order.send(None).unwrap();
    let (_, again) = Acts::default().start();
    assert_eq!(journal.append_and_wait(again.clone()).unwrap().draft, again);
}

#[test]
fn what_a_customer_was_refused_is_dropped_and_acts_go_first() {
    let (disk, order, tried) = disk();
    let (notify, told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let mut acts = Acts::default();
    let (incident, first) = acts.start();
    journal.append(first.clone()).unwrap();
    tried.recv_timeout(NEVER).unwrap();
    // While the disk hangs, customers come, more of them than may wait, and then one act.
    let (answer, answers) = channel();
    let mut turned_away = 0;
    for n in 0..MOST_OFFERED + 50 {
        let offered = Prepared::new(acts.note(&incident, &n.to_string())).unwrap();
        let answer = answer.clone();
        let taken = journal.offer(offered, move |outcome| answer.send(outcome).unwrap());
        turned_away += usize::from(taken == Err(JournalError::Busy));
    }
    assert_eq!(turned_away, 50);
    let act = acts.note(&incident, "act");
    journal.append(act.clone()).unwrap();
    order.send(None).unwrap();
    assert_eq!(tried.recv_timeout(NEVER).unwrap(), [id(&act)]);
    order.send(Some(full())).unwrap();
    for _ in 0..MOST_OFFERED {
        assert_eq!(answers.recv_timeout(NEVER).unwrap(), Err(full()));
    }
    // Only the act is tried again.
    order.send(None).unwrap();
    assert_eq!(recorded(&told, 2), [id(&first), id(&act)]);
    journal.finish().unwrap();
    assert_eq!(tried.try_iter().collect::<Vec<_>>(), [[id(&act)]]);
}

#[test]
fn a_customers_form_that_comes_twice_is_no_failure_of_the_journal() {
    let (disk, order, _tried) = disk();
    let (notify, told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let (_, start) = Acts::default().start();
    let taken = StoreError::IdTaken {
        id: id(&start).to_string(),
    };
    order.send(Some(taken.clone())).unwrap();
    let (answer, answers) = channel();
    let offered = Prepared::new(start).unwrap();
    journal
        .offer(offered, move |outcome| answer.send(outcome).unwrap())
        .unwrap();
    assert_eq!(answers.recv_timeout(NEVER).unwrap(), Err(taken));
    journal.finish().unwrap();
    assert_eq!(told.try_iter().next(), None);
}

#[test]
fn a_failure_that_only_customers_met_is_over_once_the_disk_is_well() {
    let (disk, order, _tried) = disk();
    let (notify, told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let (_, start) = Acts::default().start();
    order.send(Some(full())).unwrap();
    journal
        .offer(Prepared::new(start).unwrap(), |_| ())
        .unwrap();
    let failed = Notice::Failed {
        error: full(),
        pending: 0,
    };
    assert_eq!(told.recv_timeout(NEVER).unwrap(), failed);
    let well = Notice::Recorded(Arc::from([]));
    assert_eq!(told.recv_timeout(NEVER).unwrap(), well);
    journal.finish().unwrap();
}

#[test]
fn a_commit_stays_small() {
    let (disk, order, tried) = disk();
    let (notify, _told) = notices();
    let journal = Journal::start_on(disk, notify, QUICK).unwrap();
    let mut acts = Acts::default();
    let (incident, first) = acts.start();
    journal.append(first).unwrap();
    tried.recv_timeout(NEVER).unwrap();
    for n in 0..1000 {
        journal
            .append(acts.note(&incident, &n.to_string()))
            .unwrap();
    }
    drop(order);
    journal.finish().unwrap();
    let sizes: Vec<usize> = tried.try_iter().map(|ids| ids.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 1000);
    assert!(sizes.iter().all(|size| *size <= 128), "{sizes:?}");
}

/// A sink with a fault: one act makes it panic.
struct Faulty {
    at: EntryId,
    anew: Sender<()>,
}

impl Sink for Faulty {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        assert!(drafts.iter().all(|one| one.draft().id != self.at));
        let entries = (1..).zip(drafts).map(|(seq, one)| Entry {
            seq,
            draft: one.draft().clone(),
        });
        Ok(entries.collect())
    }

    fn begin_anew(&mut self) {
        let _ = self.anew.send(());
    }
}

#[test]
fn an_act_that_makes_the_writer_panic_is_told_and_the_others_are_recorded() {
    let mut acts = Acts::default();
    let (incident, start) = acts.start();
    let notes: Vec<Draft> = (0..5)
        .map(|n| acts.note(&incident, &n.to_string()))
        .collect();
    let (anew, begun) = channel();
    let at = id(&notes[2]);
    let (notify, told) = notices();
    let sink = Faulty {
        at: at.clone(),
        anew,
    };
    let journal = Journal::start_on(sink, notify, QUICK).unwrap();
    for act in std::iter::once(&start).chain(&notes) {
        journal.append(act.clone()).unwrap();
    }
    journal.finish().unwrap();
    let (mut recorded, mut refused) = (Vec::new(), Vec::new());
    for notice in told.try_iter() {
        match notice {
            Notice::Recorded(entries) => {
                recorded.extend(entries.iter().map(|entry| id(&entry.draft)));
            }
            Notice::Refused { id, error } => {
                assert_eq!(error, StoreError::panicked());
                refused.push(id);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(refused, [at]);
    let others = std::iter::once(&start).chain(&notes).map(id);
    let others: Vec<EntryId> = others.filter(|one| *one != refused[0]).collect();
    assert_eq!(recorded, others);
    assert!(begun.try_iter().count() >= 1);
}
