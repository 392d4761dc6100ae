//! Complaints on the tablet: the number on the board, the list, one complaint and what the staff
//! do with it, all of it as journal entries.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::domain::calendar::Calendar;
use lobby_kiosk::domain::complaint::{
    About, Complaint, ComplaintEvent, ContentRef, Erasure, Promise, Terms,
};
use lobby_kiosk::domain::entry::{Draft, Entry, Event, complaint_topic, incident_topic};
use lobby_kiosk::domain::ids::ComplaintId;
use lobby_kiosk::domain::inbox::{self, Attention, Counts, Group, InboxItem};
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::complaints::{ComplaintText, Complaints};
use lobby_kiosk::service::desk::Desk;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::journal::{Journal, Notice};
use lobby_kiosk::service::keeper::Outlook;
use lobby_kiosk::service::recorder::{Recorded, Recorder};
use lobby_kiosk::store::reader::{Page, Which};
use lobby_kiosk::store::{Prepared, Reader, Stored, Writer};
use lobby_kiosk::{CaseFile, DeskFace, Screen, Shell};
use slint::{ComponentHandle, Model};

use crate::kiosk::{Kiosk, SIZES, epoch, still_while_unrecorded};

fn terms() -> Terms {
    Terms {
        accept_days: 3,
        answer_days: 15,
        calendar: Calendar::default(),
    }
}

fn letter(what: &str) -> ComplaintText {
    ComplaintText {
        what: what.to_owned(),
        when: "今天上午".to_owned(),
        whom: "三号柜台".to_owned(),
        wish: "请给我说法".to_owned(),
        name: "欧阳明".to_owned(),
        contact: "13900001234".to_owned(),
        sensitive: false,
    }
}

/// A kiosk whose staff area is unlocked.
fn start() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.screens.state().unlock();
    kiosk.read();
    (dir, kiosk)
}

/// Past the door, which whoever leaves the area finds locked again.
fn past_the_pin(kiosk: &Kiosk) {
    assert_eq!(screen(kiosk), Screen::Pin);
    kiosk.screens.state().unlock();
    kiosk.screens.state().show_inbox();
    kiosk.read();
}

/// A kiosk with one complaint, its screen open.
fn opened(about: About) -> (tempfile::TempDir, Kiosk, ComplaintId) {
    let (dir, kiosk) = start();
    let (id, _) = kiosk.receive(about, &Lang::ZH_CN, &letter("柜员让我等了一个小时"));
    kiosk.tap("staff");
    kiosk.read();
    kiosk.tap("complaint-1");
    kiosk.read();
    (dir, kiosk, id)
}

fn screen(kiosk: &Kiosk) -> Screen {
    kiosk.window().global::<Shell<'_>>().get_screen()
}

/// What is written on the screen of the complaint.
fn written(kiosk: &Kiosk) -> Vec<String> {
    let file = kiosk.window().global::<CaseFile<'_>>();
    let lines = file.get_lines().iter().collect::<Vec<_>>();
    lines
        .into_iter()
        .map(|line| format!("{} {}", line.title, line.words))
        .collect()
}

fn says(kiosk: &Kiosk, words: &str) -> bool {
    written(kiosk).iter().any(|line| line.contains(words))
}

/// The customer's words, as far as they go.
fn said_by_the_customer(kiosk: &Kiosk) -> String {
    let lines = kiosk.window().global::<CaseFile<'_>>().get_lines();
    let theirs = lines
        .iter()
        .filter(|line| line.kind == lobby_kiosk::LineKind::Theirs);
    theirs.map(|line| line.words.to_string()).collect()
}

/// What was done with a complaint, from the disk.
fn events(kiosk: &Kiosk, id: &ComplaintId) -> Vec<ComplaintEvent> {
    let entries = kiosk.case_entries(id);
    let events = entries.iter().map(|entry| match entry.event() {
        Ok(Event::Complaint(event)) => event,
        other => panic!("{other:?}"),
    });
    events.collect()
}

// ---- The order

fn promise(received: DateTime<Utc>) -> Option<Promise> {
    Promise::of(received, &terms(), &Shanghai)
}

fn received(id: &str, at: DateTime<Utc>) -> ComplaintEvent {
    ComplaintEvent::Received {
        about: About::Service,
        kept: ContentRef {
            content: format!("content-{id}"),
            digest: String::new(),
            sealed: true,
        },
        lang: Lang::ZH_CN,
        promise: promise(at),
    }
}

fn complaint(id: &str, at: DateTime<Utc>) -> Complaint {
    Complaint::begin(&id.into(), at, &received(id, at)).unwrap()
}

/// A journal with what happened to complaints.
fn recorded(dir: &Path, events: &[(&str, DateTime<Utc>, ComplaintEvent)]) {
    let mut writer = Writer::open(dir).unwrap();
    let ids = Ids::new();
    let drafts = events.iter().map(|(id, at, event)| Draft {
        id: ids.next(*at).into(),
        at: *at,
        actor: None,
        topic: complaint_topic(&(*id).into()),
        event: Event::Complaint(event.clone()),
    });
    let prepared: Vec<Prepared> = drafts.map(|one| Prepared::new(one).unwrap()).collect();
    writer.commit(&prepared).unwrap();
}

fn ids(page: &Page) -> Vec<&str> {
    page.complaints.iter().map(|one| one.id.as_str()).collect()
}

/// The list as it comes out of the journal's entries alone.
fn folded_anew(dir: &Path, now: DateTime<Utc>) -> Page {
    Writer::open(dir).unwrap().rebuild_projections().unwrap();
    let reader = Reader::open(dir).unwrap();
    reader.inbox(Which::Single, now, 0, 100).unwrap()
}

#[test]
fn overdue_then_waiting_then_the_newest_and_the_erased_last() {
    let now = epoch();
    let days = |days| now - TimeDelta::days(days);
    let accepted = || ComplaintEvent::Accepted {};
    let mut events = Vec::new();
    for (id, at) in [
        ("erased", 1),
        ("calm-older", 5),
        ("calm-newer", 4),
        ("waiting-newer", 0),
        ("waiting-older", 1),
        // Taken up in time; the answer was due long ago.
        ("overdue-20-days-ago", 40),
        ("overdue-26-days-ago", 31),
    ] {
        events.push((id, days(at), received(id, days(at))));
    }
    events.push(("calm-older", days(4), accepted()));
    events.push(("calm-newer", days(3), accepted()));
    events.push(("overdue-20-days-ago", days(39), accepted()));
    let why = Erasure::Request;
    events.push(("erased", now, ComplaintEvent::Erased { why }));
    let dir = tempfile::tempdir().unwrap();
    recorded(dir.path(), &events);
    let reader = Reader::open(dir.path()).unwrap();
    let expected = [
        "overdue-26-days-ago",
        "overdue-20-days-ago",
        "waiting-older",
        "waiting-newer",
        "calm-newer",
        "calm-older",
        "erased",
    ];
    let page = reader.inbox(Which::Single, now, 0, 100).unwrap();
    assert_eq!(ids(&page), expected);
    assert_eq!(page.listed, expected.len());
    // The same a page at a time, whatever its length.
    for length in 1..8 {
        let mut found = Vec::new();
        for first in (0..expected.len()).step_by(length) {
            let page = reader.inbox(Which::Single, now, first, length).unwrap();
            found.extend(page.complaints.into_iter().map(|one| one.id.to_string()));
        }
        assert_eq!(found, expected, "{length} a page");
    }
    // The numbers are those of the rule.
    let mut counts = Counts::default();
    for one in &page.complaints {
        match InboxItem::of(one.clone()).attention(now) {
            Attention::Overdue => counts.overdue += 1,
            Attention::Waiting => counts.waiting += 1,
            Attention::Calm => counts.calm += 1,
            Attention::Aside => counts.aside += 1,
            Attention::Erased => counts.erased += 1,
        }
    }
    assert_eq!(page.counts, counts);
    assert_eq!((counts.overdue, counts.waiting), (2, 2));
    let anew = folded_anew(dir.path(), now);
    assert_eq!((ids(&anew), &anew.counts), (expected.to_vec(), &counts));
}

#[test]
fn a_deadline_passes_with_its_last_moment() {
    let matter = InboxItem::of(complaint("one", epoch()));
    let by = matter.due.unwrap().by();
    let before = by - TimeDelta::milliseconds(1);
    assert_eq!(matter.attention(before), Attention::Waiting);
    assert_eq!(matter.attention(by), Attention::Overdue);
    let dir = tempfile::tempdir().unwrap();
    recorded(dir.path(), &[("one", epoch(), received("one", epoch()))]);
    let reader = Reader::open(dir.path()).unwrap();
    let counts = |at| {
        let page = reader.inbox(Which::Single, at, 0, 1).unwrap();
        (page.counts.overdue, page.counts.waiting, page.next_due)
    };
    assert_eq!(counts(before), (0, 1, Some(by)));
    assert_eq!(counts(by), (1, 0, None));
}

#[test]
fn only_a_day_that_is_near_is_told_without_its_year() {
    let due = InboxItem::of(complaint("one", epoch())).due.unwrap();
    let said = |days| i18n::inbox::due(&Lang::EN, due, epoch() + TimeDelta::days(days));
    assert_eq!(said(30), "Overdue: decide by 26 Nov");
    assert_eq!(said(1000), "Overdue: decide by 2026-11-26");
}

#[test]
fn many_at_once_are_a_burst_and_a_busy_day_is_none() {
    let at = |minute: i64| DateTime::from_timestamp_millis(minute * 60_000).unwrap();
    let slot = |number: i64, count| (at(number * 10), at(number * 10 + 9), count);
    assert_eq!(inbox::bursts(&[]), []);
    // One a minute is a crowd that writes.
    let busy: Vec<_> = (0..48).map(|number| slot(number, 10)).collect();
    assert_eq!(inbox::bursts(&busy), []);
    // What follows a flood while the limits hold it back belongs to it; a pause ends it.
    let flood = [
        slot(10, 4),
        slot(11, 3_000),
        slot(12, 10),
        slot(14, 10),
        slot(20, 25),
    ];
    let group = |from, to, count| Group {
        aside: None,
        from,
        to,
        count,
    };
    assert_eq!(
        inbox::bursts(&flood),
        [group(at(200), at(209), 25), group(at(110), at(129), 3_010)]
    );
}

// ---- The desk, without a window

#[test]
fn the_desk_wakes_whoever_waits_and_never_steps_back() {
    let dir = tempfile::tempdir().unwrap();
    let (heard, notices) = channel();
    let journal = Journal::start(
        Writer::open(dir.path()).unwrap(),
        Arc::new(move |notice| {
            heard.send(notice).ok();
        }),
    )
    .unwrap();
    let recorder = Recorder::new(journal.clone());
    let complaints = Complaints::open(dir.path(), Arc::clone(&recorder)).unwrap();
    let woken = Arc::new(AtomicUsize::new(0));
    let count = woken.clone();
    let wake = Box::new(move || {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let desk = Desk::open(complaints.clone(), Clock::new(epoch), wake).unwrap();
    complaints.seals().unlock(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let words = letter("柜员让我等了一个小时");
    let received = complaints.receive("token", About::Service, &Lang::ZH_CN, &words, epoch());
    runtime.block_on(received).unwrap();

    // However often it is asked meanwhile, it is asked once more and no oftener.
    for _ in 0..100 {
        desk.refresh();
    }
    desk.wait();
    assert_eq!(desk.matters().len(), 1);
    let id = desk.matters()[0].complaint.id.clone();
    desk.open_file(&id);
    desk.wait();
    assert_eq!(desk.file().unwrap().words.as_ref(), Some(&words));

    let replied = ComplaintEvent::Replied {
        reply: "thanks".to_owned(),
        words: lobby_kiosk::domain::plan::Text::new([(Lang::ZH_CN, "谢谢")]),
        interim: true,
        approved: false,
    };
    desk.handle(&id, replied.clone(), epoch());
    let said = |desk: &Desk| {
        let file = desk.file().unwrap();
        let lines = file.history.iter().filter(|(_, event)| *event == replied);
        (file.complaint.said.len(), lines.count())
    };
    assert_eq!(said(&desk), (1, 1), "it shows before the disk has it");
    assert_eq!(recorder.recorded(), Recorded::Pending);
    // An answer from before and one from after the disk had it show it just once.
    for _ in 0..3 {
        desk.refresh();
        desk.open_file(&id);
        desk.wait();
        assert_eq!(said(&desk), (1, 1));
        assert_eq!(desk.matters()[0].complaint.said.len(), 1);
    }
    while recorder.recorded() == Recorded::Pending {
        let notice = notices.recv_timeout(Duration::from_secs(30)).unwrap();
        recorder.heard(&notice);
        desk.heard(&notice);
    }
    desk.wait();
    assert_eq!(said(&desk), (1, 1));
    assert_eq!(desk.matters()[0].complaint.said.len(), 1);
    desk.put_away();
    assert!(desk.file().is_none());
    drop(desk);
    assert!(woken.load(Ordering::SeqCst) > 0);
    journal.finish().unwrap();
}

#[test]
fn a_desk_without_complaints_says_so() {
    let desk = Desk::default();
    desk.refresh();
    desk.open_file(&"nothing".into());
    desk.handle(&"nothing".into(), ComplaintEvent::Accepted {}, epoch());
    desk.wait();
    assert!(!desk.is_readable() && !desk.is_waiting() && !desk.take_in());
    assert!(desk.matters().is_empty() && desk.file().is_none());
}

// ---- The number on the board

#[test]
fn the_board_tells_how_many_and_nothing_else() {
    let (_dir, kiosk) = start();
    assert_eq!(kiosk.label("staff"), "员工");
    kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    let (second, _) = kiosk.receive(About::Trading, &Lang::EN, &letter("我的委托没有成交"));
    assert_eq!(kiosk.label("staff"), "员工, 有 2 件投诉待处理");
    for one in kiosk.elements() {
        let said = String::from(one.accessible_label().unwrap_or_default());
        for word in ["柜员", "委托", "欧阳", "1390000"] {
            assert!(!said.contains(word), "{said}");
        }
    }
    let desk = &kiosk.screens.services().desk;
    desk.handle(&second, ComplaintEvent::Accepted {}, kiosk.now());
    kiosk.settle();
    assert_eq!(kiosk.label("staff"), "员工, 有 1 件投诉待处理");
    // What was taken up and never answered comes back by itself.
    kiosk.skip(Duration::from_secs(40 * 24 * 3600));
    kiosk.screens.state().show(Screen::Board);
    kiosk.screens.draw();
    kiosk.read();
    assert_eq!(kiosk.label("staff"), "员工, 有 2 件投诉待处理");
}

// ---- The list

#[test]
fn the_list_says_what_where_and_by_when() {
    let (_dir, kiosk) = start();
    kiosk.tap("staff");
    assert!(kiosk.shows("inbox") && !kiosk.shows("complaint-1"));
    kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    assert_eq!(
        kiosk.label("complaint-1"),
        "服务 柜员让我等了一个小时 2026-11-23 15:42 · 已收到 决定受理期限 11月26日 新投诉"
    );
    kiosk.skip(Duration::from_secs(60));
    kiosk.receive(About::Trading, &Lang::ZH_CN, &letter("我的委托没有成交"));
    assert!(kiosk.label("complaint-2").starts_with("交易或账户"));
    kiosk.tap("language");
    assert_eq!(
        kiosk.label("complaint-1"),
        "Service 柜员让我等了一个小时 2026-11-23 15:42 · Received Decide by 26 Nov New"
    );
    kiosk.tap("back-to-board");
    assert_eq!(screen(&kiosk), Screen::Board);
}

/// The first line of each row on the page, where one can be read.
fn openings(kiosk: &Kiosk) -> Vec<String> {
    let desk = &kiosk.screens.services().desk;
    let listing = desk.listing();
    let rows = listing.matters.iter();
    let opening = |one: &InboxItem| Some(listing.openings.of(&one.complaint.id)?.to_string());
    rows.filter_map(opening).collect()
}

#[test]
fn a_row_begins_with_what_was_written_until_the_area_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    lobby_kiosk::service::pin::set(dir.path(), "482915").unwrap();
    let kiosk = Kiosk::start(dir.path());
    let text = "\n  柜台叫号后等了一个多小时，没有人理。\n第二行谁也不必看";
    let (first, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &letter(text));
    kiosk.read();
    assert!(openings(&kiosk).is_empty(), "nobody has unlocked anything");
    kiosk.tap("staff");
    kiosk.enter_pin("482915");
    kiosk.read();
    assert_eq!(openings(&kiosk), ["柜台叫号后等了一个多小时，没有人理。"]);
    let row = kiosk.label("complaint-1");
    assert!(
        row.starts_with("服务 柜台叫号后等了一个多小时，没有人理。 2026"),
        "{row}"
    );
    // What arrives meanwhile can be read as well, as far as a row has room.
    let (_, _) = kiosk.receive(About::Trading, &Lang::EN, &letter(&"我的委托".repeat(30)));
    let row = kiosk.label("complaint-2");
    let cut = format!("{}…", "我的委托".repeat(7));
    assert!(
        row.contains(&cut) && !row.contains(&"我的委托".repeat(8)),
        "{row}"
    );
    // Erased words are gone from the list at once.
    let erased = ComplaintEvent::Erased {
        why: Erasure::Request,
    };
    let services = kiosk.screens.services();
    services
        .desk
        .handle(&first, erased, kiosk.screens.state().services().clock.now());
    kiosk.screens.draw();
    assert!(
        !kiosk.label("complaint-1").contains("叫号"),
        "before the disk has said so"
    );
    kiosk.settle();
    kiosk.read();
    assert_eq!(openings(&kiosk).len(), 1);
    kiosk.tap("lock");
    assert!(openings(&kiosk).is_empty());
    // A question that was under way is answered without them.
    services.desk.refresh();
    kiosk.read();
    assert!(openings(&kiosk).is_empty() && kiosk.screens.services().desk.counts().all() == 2);
}

#[test]
fn words_that_were_read_before_the_area_was_locked_are_not_taken_in_after() {
    let (_dir, kiosk) = start();
    kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    let desk = &kiosk.screens.services().desk;
    desk.refresh();
    // Locked before anybody has taken the answer in.
    kiosk.screens.state().lock_staff();
    desk.wait();
    assert!(openings(&kiosk).is_empty());
    assert_eq!(format!("{:?}", desk.listing().openings), "Openings(0)");
}

#[test]
fn nothing_leads_to_the_complaints_but_the_pin() {
    let dir = tempfile::tempdir().unwrap();
    lobby_kiosk::service::pin::set(dir.path(), "482915").unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.read();
    let (id, _) = kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    kiosk.tap("staff");
    assert!(kiosk.shows("pin") && !kiosk.shows("inbox"));
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    assert!(kiosk.shows("pin") && written(&kiosk).is_empty());
    kiosk.enter_pin("482915");
    kiosk.read();
    assert!(kiosk.shows("inbox") && kiosk.shows("to-numbers") && kiosk.shows("lock"));
    kiosk.tap("lock");
    kiosk.tap("staff");
    assert!(kiosk.shows("pin"));
}

#[test]
fn only_the_rows_in_sight_are_built() {
    let dir = tempfile::tempdir().unwrap();
    crate::kiosk::fill_inbox(dir.path(), 1_000);
    let kiosk = Kiosk::start(dir.path());
    kiosk.screens.state().unlock();
    kiosk.read();
    kiosk.tap("staff");
    kiosk.read();
    let rows = kiosk.all(|id| id.starts_with("complaint-")).len();
    assert!((4..20).contains(&rows), "{rows} rows");
    let rows = || {
        let inbox = kiosk.window().global::<lobby_kiosk::Inbox<'_>>();
        inbox.get_rows().iter().collect::<Vec<_>>()
    };
    // A page of fifty and the way to the next: no number of complaints is held in memory.
    assert_eq!(rows().len(), 51);
    assert_eq!(rows()[50].standing, "第 51 至 100 件，共 1000 件");
    assert!(kiosk.label("staff-summary").contains("1000"));
    for _ in 0..19 {
        kiosk
            .window()
            .global::<lobby_kiosk::Inbox<'_>>()
            .invoke_page_after();
        kiosk.read();
    }
    assert_eq!(rows().len(), 51);
    assert_eq!(rows()[0].standing, "第 901 至 950 件，共 1000 件");
    kiosk
        .window()
        .global::<lobby_kiosk::Inbox<'_>>()
        .invoke_page_after();
    kiosk.read();
    assert_eq!(
        rows()[0].standing,
        "第 901 至 950 件，共 1000 件",
        "no further"
    );
}

// ---- One complaint

#[test]
fn everything_that_was_written_is_there() {
    let (_dir, kiosk, id) = opened(About::Service);
    for words in [
        "柜员让我等了一个小时",
        "今天上午",
        "三号柜台",
        "请给我说法",
        "欧阳明",
        "13900001234",
        "未单独同意",
        "中文",
    ] {
        assert!(says(&kiosk, words), "{words}: {:?}", written(&kiosk));
    }
    kiosk.add(&id, "还有一件事没有说");
    kiosk.screens.services().desk.open_file(&id);
    kiosk.read();
    assert!(says(&kiosk, "还有一件事没有说"));
    // Nothing of it is left when the screen is.
    kiosk.tap("back-to-board");
    assert!(written(&kiosk).is_empty());
    assert!(kiosk.screens.services().desk.file().is_none());
}

#[test]
fn taken_up_and_answered_with_a_second_look() {
    let (_dir, kiosk, id) = opened(About::Service);
    kiosk.tap("accept");
    assert!(says(&kiosk, "受理投诉"), "at once: {:?}", written(&kiosk));
    assert!(!kiosk.shows("accept"));
    kiosk.tap("reply");
    assert!(!kiosk.shows("send"), "nothing is chosen yet");
    kiosk.tap("reply-apology");
    let said = kiosk.window().global::<CaseFile<'_>>().get_words();
    assert!(said.contains("诚恳道歉"), "{said}");
    assert_eq!(events(&kiosk, &id).len(), 2, "nothing is sent yet");
    kiosk.tap("agree");
    kiosk.tap("send");
    assert!(says(&kiosk, "诚恳道歉"));
    let done = events(&kiosk, &id);
    assert!(matches!(&done[1], ComplaintEvent::Accepted {}));
    let ComplaintEvent::Replied { reply, words, .. } = &done[2] else {
        panic!("{done:?}");
    };
    assert_eq!(reply, "apology");
    assert!(words.in_lang(&Lang::EN).contains("We are sorry"));
    assert_eq!(done.len(), 3);
    let lines = written(&kiosk);
    let times = lines.iter().filter(|line| line.contains("诚恳道歉"));
    assert_eq!(times.count(), 1, "{lines:?}");
}

/// Sends the reply that is chosen, with a superior's word where it needs one.
fn send(kiosk: &Kiosk) {
    if kiosk.shows("agree") {
        assert!(!kiosk.shows("send"), "nobody has agreed yet");
        kiosk.tap("agree");
    }
    kiosk.tap("send");
}

#[test]
fn what_owns_to_a_fault_or_refuses_needs_a_superiors_word() {
    let (_dir, kiosk, id) = opened(About::Service);
    let plan = kiosk.screens.services().plan();
    let wanted = plan.replies.iter().filter(|one| one.approval);
    let wanted: Vec<&str> = wanted.map(|one| one.id.as_str()).collect();
    assert_eq!(wanted, ["put-right", "not-as-asked", "apology"]);
    kiosk.tap("reply");
    for reply in &plan.replies {
        let chip = format!("reply-{}", reply.id);
        let marked = kiosk.label(&chip).contains("须主管同意");
        assert_eq!(marked, reply.approval, "{chip}");
        kiosk.tap(&chip);
        assert_eq!(kiosk.shows("agree"), reply.approval, "{chip}");
        assert_eq!(kiosk.shows("send"), !reply.approval, "{chip}");
    }
    // What is agreed to is one reply: neither the next, nor what was taken back, is sent by it.
    let agreed = || kiosk.find("agree").unwrap().accessible_item_selected();
    kiosk.tap("reply-put-right");
    kiosk.tap("agree");
    assert_eq!((agreed(), kiosk.shows("send")), (Some(true), true));
    kiosk.tap("agree");
    assert_eq!((agreed(), kiosk.shows("send")), (Some(false), false));
    kiosk.tap("agree");
    kiosk.tap("reply-not-as-asked");
    assert_eq!((agreed(), kiosk.shows("send")), (Some(false), false));
    kiosk.tap("agree");
    kiosk.tap("back-to-board");
    kiosk.tap("reply");
    kiosk.tap("reply-put-right");
    assert!(!kiosk.shows("send"), "left and come back to");
    // Nobody is there to ask: an update can be sent meanwhile.
    kiosk.tap("reply-looking-into-it");
    kiosk.tap("send");
    kiosk.tap("reply");
    kiosk.tap("reply-put-right");
    kiosk.tap("agree");
    kiosk.tap("send");
    let done = events(&kiosk, &id);
    let said = done.iter().filter_map(|event| match event {
        ComplaintEvent::Replied {
            reply, approved, ..
        } => Some((reply.as_str(), *approved)),
        _ => None,
    });
    let said: Vec<_> = said.collect();
    assert_eq!(said, [("looking-into-it", false), ("put-right", true)]);
    assert!(says(&kiosk, "已经改进"));
    let titles = written(&kiosk);
    let with_word = |line: &&String| line.contains("主管已同意");
    assert_eq!(titles.iter().filter(with_word).count(), 1, "{titles:?}");
    // And whoever exports the records reads it.
    let text = i18n::desk::complaint(&Lang::ZH_CN, &done[done.len() - 1]);
    assert_eq!(
        (text.what.as_str(), text.reason.as_str()),
        ("答复客户", "主管已同意")
    );
}

#[test]
fn the_case_says_when_nothing_is_recorded_and_nothing_moves_for_it() {
    for size in SIZES {
        let (_dir, kiosk, _) = opened(About::Service);
        kiosk.resize(size);
        for face in ["", "reply", "settle", "erase"] {
            if !face.is_empty() {
                kiosk.tap(face);
            }
            still_while_unrecorded(&kiosk, &format!("{face} at {size:?}"));
            if !face.is_empty() {
                kiosk.tap("back-to-board");
            }
        }
        kiosk.tap("back-to-board");
        kiosk.read();
        still_while_unrecorded(&kiosk, &format!("the list at {size:?}"));
        kiosk.stop();
    }
}

#[test]
fn a_message_on_the_way_ends_no_term() {
    let (_dir, kiosk, id) = opened(About::Service);
    let file = || kiosk.window().global::<CaseFile<'_>>();
    let due = file().get_due();
    assert!(due.contains("决定受理期限"), "{due}");
    for reply in kiosk.screens.services().plan().replies.clone() {
        if !reply.interim {
            continue;
        }
        let says = reply.words.in_lang(&Lang::ZH_CN);
        for claim in ["已经受理", "已受理", "已经转交"] {
            assert!(!says.contains(claim), "{}: {says}", reply.id);
        }
        kiosk.tap("reply");
        kiosk.tap(&format!("reply-{}", reply.id));
        assert!(file().get_words().contains("答复期限照算"));
        send(&kiosk);
        kiosk.read();
        assert_eq!(file().get_stage(), "已收到", "{}", reply.id);
        assert_eq!(file().get_due(), due, "{}", reply.id);
        assert!(kiosk.shows("accept") && kiosk.shows("extend"));
    }
    assert!(says(&kiosk, "告知进展"), "{:?}", written(&kiosk));
    kiosk.tap("accept");
    kiosk.read();
    assert_eq!(file().get_stage(), "已受理");
    assert!(file().get_due().contains("答复期限"));
    kiosk.tap("reply");
    kiosk.tap("reply-apology");
    send(&kiosk);
    kiosk.read();
    assert_eq!(file().get_stage(), "已受理");
    assert!(kiosk.shows("extend"));
    kiosk.tap("reply");
    kiosk.tap("reply-put-right");
    assert!(file().get_words().contains("正式答复"));
    send(&kiosk);
    kiosk.read();
    assert_eq!(
        (file().get_stage(), file().get_due()),
        ("已答复".into(), "".into())
    );
    assert!(!kiosk.shows("extend"));
    // Whatever the fold says at once, the journal says after a restart.
    let done = events(&kiosk, &id);
    let mut again = Complaint::begin(&id, epoch(), &done[0]).unwrap();
    for event in &done[1..] {
        again.apply(epoch(), event);
    }
    assert_eq!(again.answered, Some(epoch()));
    assert_eq!(again.said.len(), done.len() - 2);
}

#[test]
fn an_old_reply_is_an_answer() {
    let body =
        r#"{"kind":"complaint.replied","body":{"reply":"apology","words":{"zh_CN":"抱歉"}}}"#;
    let event: ComplaintEvent = serde_json::from_str(body).unwrap();
    assert!(matches!(
        event,
        ComplaintEvent::Replied { interim: false, .. }
    ));
    assert_eq!(serde_json::to_string(&event).unwrap(), body);
}

#[test]
fn a_reply_is_seen_in_the_language_of_the_form() {
    let (_dir, kiosk) = start();
    kiosk.receive(
        About::Service,
        &Lang::EN,
        &letter("They made me wait for an hour"),
    );
    kiosk.tap("staff");
    kiosk.tap("complaint-1");
    kiosk.read();
    kiosk.tap("reply");
    kiosk.tap("reply-apology");
    let said = kiosk.window().global::<CaseFile<'_>>().get_words();
    assert!(
        said.contains("We are sorry") && said.contains("诚恳道歉"),
        "{said}"
    );
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("reply"), "back to the file");
    assert_eq!(screen(&kiosk), Screen::Complaint);
}

#[test]
fn handed_over_and_settled() {
    let (_dir, kiosk, id) = opened(About::Service);
    kiosk.tap("hand-over");
    assert!(!kiosk.shows("department-police"), "our own people only");
    kiosk.tap("department-compliance");
    kiosk.tap("settle");
    let said = kiosk.window().global::<CaseFile<'_>>().get_words();
    assert!(said.contains("还没有答复客户"), "{said}");
    kiosk.tap("settlement-explained");
    kiosk.tap("settle-confirm");
    let done = events(&kiosk, &id);
    assert!(
        matches!(&done[1], ComplaintEvent::HandedOver { role, .. } if role == "compliance"),
        "{done:?}"
    );
    assert!(
        matches!(&done[2], ComplaintEvent::Closed { outcome, .. } if outcome == "explained"),
        "{done:?}"
    );
    for act in ["accept", "hand-over", "settle"] {
        assert!(!kiosk.shows(act), "{act} of a settled complaint");
    }
    kiosk.tap("back-to-board");
    kiosk.read();
    let row = kiosk.label("complaint-1");
    assert!(row.contains("已办结") && !row.contains("期限"), "{row}");
}

#[test]
fn joined_to_a_new_incident_and_back() {
    for (about, kind) in [
        (About::Trading, "trading-dispute"),
        (About::Service, "service-dispute"),
        (About::PersonalInformation, "data-leak-dispute"),
        (About::Other, "unclassified"),
    ] {
        let (_dir, kiosk, id) = opened(about);
        kiosk.tap("link");
        kiosk.tap(&format!("start-{kind}"));
        assert_eq!(screen(&kiosk), Screen::Guide);
        let open = kiosk.open();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].type_id, kind);
        let done = events(&kiosk, &id);
        let linked = ComplaintEvent::Linked {
            incident: open[0].id.clone(),
        };
        assert_eq!(done[1], linked);
        kiosk.screens.draw();
        kiosk.tap("to-complaint");
        past_the_pin(&kiosk);
        assert_eq!(screen(&kiosk), Screen::Complaint);
        assert!(says(&kiosk, "柜员让我等了一个小时"));
    }
}

#[test]
fn joined_to_an_open_incident() {
    let (_dir, kiosk) = start();
    kiosk.tap("incident-service-dispute");
    assert!(!kiosk.shows("to-complaint"));
    kiosk.tap("back-to-board");
    let (id, _) = kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    kiosk.tap("staff");
    past_the_pin(&kiosk);
    kiosk.tap("complaint-1");
    kiosk.read();
    kiosk.tap("link");
    let incident = kiosk.open()[0].id.clone();
    let chip = format!("link-{incident}");
    kiosk.tap(&chip);
    assert!(kiosk.shows("link"), "the file again");
    // Once more leads to its guide and joins nothing twice.
    kiosk.tap("link");
    kiosk.tap(&chip);
    assert_eq!(screen(&kiosk), Screen::Guide);
    assert_eq!(events(&kiosk, &id).len(), 2);
}

#[test]
fn erased_at_the_second_step_and_for_good() {
    let (_dir, kiosk, id) = opened(About::Service);
    kiosk.tap("erase");
    kiosk.tap("erase-cancel");
    assert!(says(&kiosk, "欧阳明"));
    kiosk.tap("erase");
    kiosk.tap("erase-confirm");
    for look in ["at once", "from the disk"] {
        for word in ["柜员", "欧阳明", "13900001234", "三号柜台"] {
            assert!(!says(&kiosk, word), "{word} {look}: {:?}", written(&kiosk));
        }
        assert!(
            says(&kiosk, "清除投诉内容 客户要求"),
            "{look}: {:?}",
            written(&kiosk)
        );
        kiosk.settle();
    }
    let why = Erasure::Request;
    assert_eq!(events(&kiosk, &id)[1], ComplaintEvent::Erased { why });
    assert!(kiosk.file(&id).words.is_none());
    for act in ["accept", "reply", "hand-over", "link", "settle", "erase"] {
        assert!(!kiosk.shows(act), "{act} of what was erased");
    }
    kiosk.tap("back-to-board");
    kiosk.read();
    assert!(kiosk.label("complaint-1").ends_with("已清除"));
    kiosk.tap("back-to-board");
    assert_eq!(kiosk.label("staff"), "员工");
}

#[test]
fn what_a_customer_adds_while_it_is_open_is_shown() {
    let (_dir, kiosk, id) = opened(About::Service);
    kiosk.tap("accept");
    kiosk.settle();
    kiosk.add(&id, "再补充一件事情");
    // The journal's own word has the file read again.
    while !says(&kiosk, "再补充一件事情") {
        kiosk.hear_next();
        kiosk.read();
    }
    kiosk.tap("back-to-board");
    kiosk.read();
    assert!(kiosk.label("complaint-1").ends_with("客户有补充"));
}

#[test]
fn nobody_there_and_nothing_is_left_on_the_screen() {
    let (_dir, kiosk, _) = opened(About::Service);
    kiosk.tap("reply");
    assert_eq!(
        kiosk.window().global::<CaseFile<'_>>().get_face(),
        DeskFace::Reply
    );
    kiosk.pass(Duration::from_secs(121));
    assert_eq!(screen(&kiosk), Screen::Board);
    assert!(written(&kiosk).is_empty());
    assert!(kiosk.screens.services().desk.file().is_none());
}

#[test]
fn contacts_lead_back_to_the_complaint() {
    let (_dir, kiosk, _) = opened(About::Service);
    kiosk.tap("contacts");
    assert!(written(&kiosk).is_empty());
    kiosk.tap("back-to-board");
    past_the_pin(&kiosk);
    assert_eq!(screen(&kiosk), Screen::Complaint);
    assert!(says(&kiosk, "欧阳明"));
}

#[test]
fn a_long_complaint_is_kept_whole() {
    let (_dir, kiosk) = start();
    let long = "长".repeat(2_000);
    kiosk.receive(About::Service, &Lang::ZH_CN, &letter(&long));
    kiosk.tap("staff");
    kiosk.tap("complaint-1");
    kiosk.read();
    assert_eq!(said_by_the_customer(&kiosk), long);
}

#[test]
fn a_complaint_of_a_thousand_lines_is_drawn_and_loses_none() {
    let (_dir, kiosk) = start();
    let long = "x\n".repeat(999) + "xx";
    kiosk.receive(About::Service, &Lang::ZH_CN, &letter(&long));
    kiosk.tap("staff");
    kiosk.tap("complaint-1");
    kiosk.read();
    assert_eq!(said_by_the_customer(&kiosk), long);
    let lines = kiosk.window().global::<CaseFile<'_>>().get_lines();
    assert!(lines.iter().all(|line| line.words.lines().count() <= 20));
}

#[test]
fn a_restart_finds_what_was_done() {
    let (dir, kiosk, _) = opened(About::Service);
    kiosk.tap("accept");
    kiosk.settle();
    kiosk.stop();
    let kiosk = Kiosk::start(dir.path());
    kiosk.screens.state().unlock();
    kiosk.read();
    kiosk.tap("staff");
    let row = kiosk.label("complaint-1");
    assert!(row.contains("已受理"), "{row}");
}

// ---- Promises, holds, bursts

#[test]
fn what_was_promised_holds_and_a_change_says_why() {
    let (_dir, kiosk, id) = opened(About::Service);
    let due = || kiosk.complaints().complaint(&id).unwrap().promise.unwrap();
    let told = due();
    // The branch closes for a month: nothing that was promised moves, in list or file.
    let mut settings = (*kiosk.screens.services().settings()).clone();
    settings.complaint.holidays = (0..30)
        .map(|n| epoch().date_naive() + TimeDelta::days(n))
        .collect();
    settings.complaint.answer_days = 60;
    kiosk.complaints().follow(&settings);
    assert_eq!(due(), told);
    let file = || kiosk.window().global::<CaseFile<'_>>();
    assert_eq!(file().get_due(), "决定受理期限 11月26日");
    kiosk.tap("extend");
    kiosk.tap("extend-5");
    assert!(!kiosk.shows("choice-confirm"), "no reason is chosen yet");
    kiosk.tap("reason-department");
    assert_eq!(
        file().get_words(),
        "决定受理期限：由 2026-11-26 延至 2026-12-03\n答复期限：由 2026-12-14 延至 2026-12-21"
    );
    kiosk.tap("choice-confirm");
    assert_eq!(file().get_due(), "决定受理期限 12月3日", "at once");
    assert!(says(
        &kiosk,
        "由 2026-12-14 延至 2026-12-21\n需其他部门配合"
    ));
    let done = events(&kiosk, &id);
    let ComplaintEvent::Extended { reason, .. } = &done[1] else {
        panic!("{done:?}");
    };
    assert_eq!(
        reason.words.in_lang(&Lang::EN),
        "Another department is asked"
    );
    assert_eq!(due().answer_by.day().to_string(), "2026-12-21");
    kiosk.tap("back-to-board");
    kiosk.read();
    assert!(kiosk.label("complaint-1").contains("决定受理期限 12月3日"));
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    // Once it is taken up only the answer moves.
    kiosk.tap("accept");
    kiosk.tap("extend");
    kiosk.tap("extend-30");
    kiosk.tap("reason-inquiry");
    assert!(
        !file().get_words().contains("受理"),
        "{}",
        file().get_words()
    );
    kiosk.tap("choice-confirm");
    assert_eq!(
        due_after(&kiosk, &id).accept_by.day().to_string(),
        "2026-12-03"
    );
}

fn due_after(kiosk: &Kiosk, id: &ComplaintId) -> Promise {
    kiosk.settle();
    kiosk.complaints().complaint(id).unwrap().promise.unwrap()
}

#[test]
fn what_is_on_hold_is_not_erased_until_the_hold_ends() {
    let (_dir, kiosk, id) = opened(About::Service);
    kiosk.tap("hold");
    kiosk.tap("reason-regulator");
    kiosk.tap("choice-confirm");
    assert!(!kiosk.shows("erase") && !kiosk.shows("hold"));
    let beside = kiosk.window().global::<CaseFile<'_>>().get_beside();
    assert!(
        beside.contains("自 2026-11-23 起保全：监管部门调查"),
        "{beside}"
    );
    assert!(matches!(
        &events(&kiosk, &id)[1],
        ComplaintEvent::Held { .. }
    ));
    // Whatever asks for it, the journal does not take it, and the others do not wait.
    let why = Erasure::Request;
    let desk = &kiosk.screens.services().desk;
    desk.handle(&id, ComplaintEvent::Erased { why }, kiosk.now());
    let (other, _) = kiosk.receive(About::Other, &Lang::ZH_CN, &letter("另一件投诉的内容"));
    kiosk.settle();
    assert!(kiosk.file(&id).words.is_some());
    assert_eq!(events(&kiosk, &id).len(), 2);
    assert!(!kiosk.shows("banner") || !kiosk.label("banner").contains("写入"));
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    kiosk.tap("release");
    // Nobody has set for how long complaints are kept, so nothing goes by itself.
    let words = kiosk.window().global::<CaseFile<'_>>().get_words();
    assert!(words.contains("不会自动清除"), "{words}");
    kiosk.tap("reason-ended");
    kiosk.tap("choice-confirm");
    kiosk.tap("erase");
    kiosk.tap("erase-confirm");
    kiosk.settle();
    assert!(kiosk.file(&id).words.is_none());
    assert!(kiosk.file(&other).words.is_some());
}

#[test]
fn the_end_of_a_hold_says_when_the_time_set_is_over() {
    let (_dir, kiosk) = Kiosk::of("[complaint]\nretention_years = 20\n");
    let (id, _) = kiosk.receive(About::Other, &Lang::ZH_CN, &letter("一件投诉的内容"));
    kiosk.screens.state().unlock();
    kiosk.screens.state().open_complaint(&id);
    kiosk.read();
    kiosk.tap("hold");
    kiosk.tap("reason-lawsuit");
    kiosk.tap("choice-confirm");
    kiosk.tap("release");
    let words = kiosk.window().global::<CaseFile<'_>>().get_words();
    assert!(words.contains("办结满 20 年后清除"), "{words}");
}

#[test]
fn the_screens_say_without_a_key_that_no_time_is_set() {
    let firm = "[firm]\nname = \"示例证券股份有限公司\"\ncontact = \"021-58880000\"\n";
    let (_dir, kiosk) = Kiosk::of(firm);
    kiosk.screens.state().unlock();
    kiosk.read();
    kiosk.screens.services().keeping.tell(Outlook {
        unset: true,
        ..Outlook::default()
    });
    kiosk.screens.state().show(Screen::Board);
    kiosk.screens.draw();
    let banner = kiosk.label("banner");
    kiosk.screens.state().unlock();
    kiosk.screens.state().show_inbox();
    kiosk.read();
    for said in [banner, kiosk.label("keeping")] {
        assert!(
            said.contains("没有设置投诉保存年限") && !said.contains("retention_years"),
            "{said}"
        );
    }
}

#[test]
fn a_burst_is_put_aside_in_one_act_and_comes_back_in_one() {
    let dir = tempfile::tempdir().unwrap();
    crate::kiosk::fill_burst(dir.path(), 1_000);
    let kiosk = Kiosk::start(dir.path());
    kiosk.screens.state().unlock();
    kiosk.read();
    kiosk.skip(Duration::from_secs(3600));
    kiosk.screens.state().show(Screen::Board);
    kiosk.screens.draw();
    kiosk.screens.state().unlock();
    let (meant, receipt) = kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    kiosk.tap("staff");
    kiosk.read();
    assert_eq!(kiosk.label("group-1").split(' ').next(), Some("集中提交"));
    assert!(
        kiosk.shows("complaint-2") && !kiosk.shows("complaint-3"),
        "one row, and the real one"
    );
    kiosk.tap("group-1");
    kiosk.read();
    assert!(kiosk.label("staff-summary").contains("1000"));
    kiosk.tap("complaint-1");
    kiosk.read();
    kiosk.tap("back-to-board");
    kiosk.read();
    assert!(
        kiosk.label("staff-summary").contains("1000"),
        "back among those beside it"
    );
    kiosk.tap("sweep");
    kiosk.read();
    kiosk.settle();
    let counts = || kiosk.screens.services().desk.counts();
    assert_eq!((counts().aside, counts().pressing()), (1_000, 1));
    // The group has gone, and the list is of use again.
    assert!(kiosk.label("complaint-1").contains("服务") && !kiosk.shows("complaint-3"));
    kiosk.tap("back-to-board");
    assert_eq!(kiosk.label("staff"), "员工, 有 1 件投诉待处理");
    kiosk.screens.state().unlock();
    // Whoever of them comes back has meant it.
    let one = kiosk
        .complaints()
        .of_group(aside(&kiosk), 1)
        .unwrap()
        .remove(0);
    kiosk.add(&one.id, "我是真的有事，请答复");
    assert_eq!((counts().aside, counts().pressing()), (999, 2));
    kiosk.tap("staff");
    kiosk.read();
    kiosk.tap("group-1");
    kiosk.read();
    kiosk.tap("sweep");
    kiosk.read();
    kiosk.settle();
    assert_eq!((counts().aside, counts().pressing()), (0, 1_001));
    kiosk.stop();
    let reader = Reader::open(dir.path()).unwrap();
    let kept = reader.inbox(Which::Single, epoch(), 0, 100).unwrap();
    drop(reader);
    let anew = folded_anew(dir.path(), epoch());
    assert_eq!((ids(&anew), &anew.counts), (ids(&kept), &kept.counts));
    drop((meant, receipt));
}

#[test]
fn entries_of_the_staff_say_who_acted_and_those_of_customers_do_not() {
    let (_dir, kiosk, id) = opened(About::Service);
    kiosk.tap("accept");
    let actors = |entries: Vec<Stored>| {
        let all = entries.into_iter();
        all.map(|one| (one.kind, one.actor)).collect::<Vec<_>>()
    };
    let by = |actor: &str| Some(actor.to_owned());
    assert_eq!(
        actors(kiosk.case_entries(&id)),
        [
            ("complaint.received".to_owned(), None),
            ("complaint.accepted".to_owned(), by("signed-in")),
        ]
    );
    kiosk.tap("back-to-board");
    kiosk.tap("back-to-board");
    kiosk.tap("incident-power-cut");
    let incident = kiosk.open()[0].id.clone();
    let entries = actors(kiosk.entries(&incident));
    assert!(
        entries.iter().all(|(_, actor)| *actor == by("on-duty")),
        "{entries:?}"
    );
}

fn aside(kiosk: &Kiosk) -> Group {
    let desk = &kiosk.screens.services().desk;
    let listing = desk.listing();
    *listing
        .groups
        .iter()
        .find(|group| group.aside.is_some())
        .unwrap()
}

#[test]
fn only_what_is_about_complaints_has_them_read_again() {
    let (_dir, kiosk) = start();
    kiosk.receive(
        About::Service,
        &Lang::ZH_CN,
        &letter("柜员让我等了一个小时"),
    );
    let desk = &kiosk.screens.services().desk;
    let notice = |topic: String| {
        let draft = Draft {
            id: "an act".into(),
            at: kiosk.now(),
            actor: None,
            topic,
            event: Event::Incident(IncidentEvent::Reopened {}),
        };
        Notice::Recorded(Arc::from([Entry { seq: 1, draft }]))
    };
    desk.heard(&notice(incident_topic(&"one".into())));
    assert!(!desk.is_waiting(), "an incident's act reads no complaint");
    desk.heard(&notice(complaint_topic(&"another".into())));
    assert!(desk.is_waiting());
    desk.wait();
}

#[test]
fn the_date_is_confirmed_where_the_complaints_are() {
    let (_dir, kiosk) = start();
    let keeping = &kiosk.screens.services().keeping;
    assert!(!kiosk.shows("keeping"));
    keeping.tell(Outlook {
        doubted: Some((kiosk.now(), kiosk.now() + TimeDelta::days(4_000))),
        ..Outlook::default()
    });
    kiosk.screens.draw();
    kiosk.tap("staff");
    kiosk.read();
    assert!(
        kiosk.label("keeping").contains("2037"),
        "{}",
        kiosk.label("keeping")
    );
    kiosk.tap("date-confirm");
    assert!(!kiosk.shows("keeping"));
    assert_eq!(keeping.outlook().doubted, None);
}
