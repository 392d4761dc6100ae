//! While lists are made anew the screens say so, and say nothing that is not so.

use chrono::Duration;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::inbox as words;
use lobby_kiosk::{Inbox, Shell};
use slint::ComponentHandle;

use crate::kiosk::{Kiosk, epoch};
use crate::many::{STALE, fill};

fn summary(kiosk: &Kiosk) -> String {
    let window = kiosk.window();
    window.global::<Inbox<'_>>().get_summary().into()
}

fn banner(kiosk: &Kiosk) -> String {
    let window = kiosk.window();
    window.global::<Shell<'_>>().get_banner_words().into()
}

fn badge(kiosk: &Kiosk) -> String {
    let window = kiosk.window();
    window.global::<Shell<'_>>().get_wanting().into()
}

#[test]
fn the_screens_say_that_the_list_is_not_whole_and_an_open_incident_is_there_from_the_first() {
    for (lang, of_banner, of_list) in [
        (
            &Lang::ZH_CN,
            "正在整理记录：已完成 0%",
            "投诉还没有全部列出：已完成 0%",
        ),
        (
            &Lang::EN,
            "Putting records in order: 0% done",
            "Not all complaints are listed yet: 0% done",
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), 30, 80, epoch() - Duration::days(3));
        let kiosk = Kiosk::start(dir.path());
        kiosk.tap("incident-fire");
        kiosk.settle();
        let open = kiosk.open();
        kiosk.stop();
        rusqlite::Connection::open(dir.path().join("journal.db"))
            .unwrap()
            .execute_batch(STALE)
            .unwrap();

        let kiosk = Kiosk::start_before_lists(dir.path());
        kiosk.screens.state().choose_lang(lang);
        kiosk.screens.draw();
        assert_eq!(kiosk.open(), open, "taken up as ever");
        assert!(banner(&kiosk).contains(of_banner), "{}", banner(&kiosk));
        assert_eq!(badge(&kiosk), "…", "nobody knows how many want to be seen");
        kiosk.screens.state().unlock();
        kiosk.screens.state().show_inbox();
        kiosk.read();
        assert_eq!(summary(&kiosk), of_list);
        assert!(kiosk.screens.services().desk.matters().is_empty());

        kiosk.make_lists();
        kiosk.read();
        assert!(!banner(&kiosk).contains('%'), "{}", banner(&kiosk));
        assert_eq!(badge(&kiosk), "10");
        let counts = kiosk.screens.services().desk.counts();
        assert_eq!((counts.all(), counts.pressing()), (80, 10));
        assert_eq!(summary(&kiosk), words::summary(lang, &counts));
        assert_eq!(kiosk.open(), open);
        kiosk.stop();
    }
}
