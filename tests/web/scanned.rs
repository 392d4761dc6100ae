//! From the code on the tablet's screen to the page on the phone, and back to the reply.

use lobby_kiosk::Shell;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::pages::{PagesState, PagesTrouble};
use lobby_kiosk::service::pin;
use slint::ComponentHandle;

use crate::kiosk::Kiosk;
use crate::served::Served;

const BRANCH: &str = "[branch]\nname = \"人民路证券营业部\"\n[complaint]\nphone = \"021-58881234\"\n\
     [firm]\nname = \"示例证券股份有限公司\"\ncontact = \"021-58880000\"\n";

/// What every code on the screen carries.
fn codes(kiosk: &Kiosk) -> Vec<String> {
    let picture = kiosk.window().window().take_snapshot().unwrap();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let pixels = picture.as_slice();
    crate::decoded::found(width, height, |x, y| pixels[y * width + x].g)
}

fn say(kiosk: &Kiosk, base: &str, trouble: Option<PagesTrouble>) {
    kiosk.screens.services().pages.set(PagesState {
        base: Some(base.to_owned()),
        trouble,
    });
    kiosk.screens.process_notices();
}

/// Serves the kiosk's own complaints, and tells it where.
fn serve(kiosk: &Kiosk) -> Served {
    let bus = Bus::default();
    let served = Served::of(&kiosk.data, kiosk.complaints(), &bus, |_, _| ());
    say(kiosk, &format!("http://{}", served.address), None);
    served
}

#[test]
fn the_code_opens_the_page_where_phones_reach_it_and_else_dials() {
    let (_dir, kiosk) = Kiosk::of(BRANCH);
    let base = "http://192.168.1.20:8080";
    let opens = |kiosk: &Kiosk| {
        let found = codes(kiosk);
        let one = found.iter().find(|one| !one.starts_with("疏散"));
        one.expect("a code for complaints").clone()
    };
    kiosk.tap("codes");
    assert_eq!(opens(&kiosk), "tel:02158881234");
    say(&kiosk, base, None);
    assert_eq!(opens(&kiosk), "http://192.168.1.20:8080/complaint");
    say(&kiosk, base, Some(PagesTrouble::NotHere(base.to_owned())));
    assert_eq!(opens(&kiosk), "tel:02158881234");
    kiosk.tap("back-to-board");
    let said = kiosk.window().global::<Shell<'_>>().get_banner_words();
    assert!(said.contains("二维码打不开"), "{said}");
}

#[test]
#[ignore = "needs chromium"]
fn a_complaint_from_the_scanned_code_to_the_reply() {
    let (dir, kiosk) = Kiosk::of(BRANCH);
    pin::set(dir.path(), "482915").unwrap();
    let _server = serve(&kiosk);
    kiosk.tap("codes");
    let scanned = codes(&kiosk);
    let address = scanned
        .iter()
        .find(|one| one.starts_with("http"))
        .expect("an address");

    let mut phone = crate::chromium::Browser::start();
    phone.without_script(true);
    phone.open(address);
    phone.tap("input[value=service]");
    phone.write("#what", "柜台叫号后等了一个多小时，没有人理。");
    phone.tap("#consent");
    phone.follow("button");
    assert_eq!(phone.text("h1"), "您的投诉已收到");
    let receipt = phone.text("#receipt");
    phone.open(&address.replace("/complaint", "/status"));
    phone.write("#number", &receipt);
    phone.follow("button");
    assert_eq!(phone.text("#stage"), "已收到");

    kiosk.settle();
    kiosk.enter_pin("482915");
    kiosk.read();
    kiosk.tap("complaint-1");
    kiosk.read();
    kiosk.tap("reply");
    let replies = kiosk.screens.services().plan().replies.clone();
    let interim = replies.iter().find(|one| one.interim).expect("one");
    let answer = replies.iter().find(|one| !one.interim).expect("one");
    for (reply, stage) in [(interim, "已收到"), (answer, "已答复")] {
        kiosk.tap(&format!("reply-{}", reply.id));
        if reply.approval {
            kiosk.tap("agree");
        }
        kiosk.tap("send");
        kiosk.settle();

        phone.open(&address.replace("/complaint", "/status"));
        phone.write("#number", &receipt);
        phone.follow("button");
        assert_eq!(phone.text("#stage"), stage);
        assert!(
            phone
                .text("main")
                .contains(reply.words.in_lang(&Lang::ZH_CN))
        );
        if reply.interim {
            kiosk.tap("reply");
        }
    }
}
