//! Who is responsible for what customers write about themselves, and what is asked until that is said.

use lobby_kiosk::domain::complaint::Stage;

use crate::pages::{FIRM, Pages, get};

const WHAT: &str = "柜台叫号后等了一个多小时，没有人理。";
/// What anonymity costs, in both languages.
const COST: [(&str, &str); 2] = [
    (
        "/complaint?lang=zh_CN",
        "不留姓名，我们无法核对账户，只能作为意见处理",
    ),
    (
        "/complaint?lang=en",
        "Without a name we cannot look into an account",
    ),
];

/// Whether a page asks who somebody is.
fn asks_who(body: &str) -> bool {
    let asked = ["name=\"name\"", "name=\"contact\""].map(|field| body.contains(field));
    assert_eq!(asked[0], asked[1], "both or neither");
    asked[0]
}

#[test]
fn the_form_names_the_company_and_its_contact() {
    let (_dir, pages) = Pages::of(FIRM);
    let form = pages.get("/complaint").body;
    assert!(asks_who(&form));
    assert!(form.contains("<dd>示例证券股份有限公司</dd>"), "{form}");
    assert!(form.contains("href=\"mailto:privacy@securities.example.cn\""));
    // What is agreed to is that the company uses it, not the branch.
    assert!(form.contains("同意示例证券股份有限公司使用我填写的内容"));
    for (path, cost) in COST {
        assert!(pages.get(path).body.contains(cost), "{path}");
    }
}

#[test]
fn until_the_company_is_named_nobody_is_asked_and_receipts_go_on() {
    let half = "[firm]\nname = \"示例证券股份有限公司\"\n";
    let other_half = "[firm]\ncontact = \"021-55550000\"\n";
    for settings in ["", "[firm]\n", half, other_half] {
        let (_dir, pages) = Pages::of(&format!("# 设置\n{settings}"));
        let form = pages.get("/complaint");
        assert!(!asks_who(&form.body), "{settings}");
        assert!(form.body.contains("还没有登记由哪家公司"), "{settings}");
        for (path, cost) in COST {
            assert!(pages.get(path).body.contains(cost), "{path}");
        }
        let token = form.hidden("token");
        let sent = [
            ("token", token.as_str()),
            ("about", "other"),
            ("what", WHAT),
            ("name", "张三"),
            ("contact", "13800138000"),
            ("consent", "yes"),
        ];
        let answer = pages.post("/complaint", &sent);
        assert_eq!(answer.status, 200);
        let id = pages.complaints().list().unwrap()[0].id.clone();
        let words = pages.file(&id).words.unwrap();
        assert_eq!((words.name.as_str(), words.contact.as_str()), ("", ""));
        let followed = pages.post("/status", &[("number", &answer.receipt())]);
        assert_eq!(followed.status, 200, "{}", followed.body);
        let listed = pages.complaints().list().unwrap();
        assert_eq!(listed[0].stage, Stage::Received);
    }
}

#[test]
fn the_privacy_notice_names_the_company_or_says_that_none_is_entered() {
    let branch = "[branch]\nname = \"人民路证券营业部\"\naddress = \"浦东新区人民路188号\"\n";
    let (_dir, pages) = Pages::of(&format!("{branch}{FIRM}"));
    for lang in ["zh_CN", "en"] {
        let notice = pages.get(&format!("/privacy?lang={lang}")).body;
        let firm = notice.find("示例证券股份有限公司").expect("the company");
        let contact = notice.find("mailto:privacy@").expect("its contact");
        let handles = notice.rfind("人民路证券营业部").expect("who handles it");
        assert!(
            firm < contact && contact < handles,
            "the company comes first"
        );
    }
    let (_dir, pages) = Pages::of(branch);
    let notice = pages.get("/privacy").body;
    assert!(notice.contains("还没有登记是哪家公司"), "{notice}");
}

#[test]
fn the_privacy_notice_leads_to_what_is_there() {
    let (below, ask) = ("联系方式见下", "联系方式请问工作人员");
    let line = "[complaint]\nphone = \"021-12345678\"\n";
    for (settings, said, other) in [
        (FIRM, below, ask),
        (line, below, ask),
        ("# 设置\n", ask, below),
    ] {
        let (_dir, pages) = Pages::of(settings);
        let notice = pages.get("/privacy").body;
        assert!(
            notice.contains(said) && !notice.contains(other),
            "{settings}: {notice}"
        );
        // What it says is below is.
        let at = notice.find(said).unwrap();
        let after = &notice[at..notice.find("<footer").unwrap()];
        let reached = after.contains("mailto:") || after.contains("tel:");
        assert_eq!(reached, said == below, "{settings}");
    }
}

#[test]
fn a_contact_is_dialled_or_written_to_where_it_can_be() {
    for (contact, link) in [
        ("021-5555 0000转8", "href=\"tel:02155550000,8\""),
        ("a@b.example.cn", "href=\"mailto:a@b.example.cn\""),
        (
            "上海市浦东新区世纪大道1号<b>",
            "<dd>上海市浦东新区世纪大道1号&lt;b&gt;</dd>",
        ),
    ] {
        let firm = format!("[firm]\nname = \"某公司\"\ncontact = \"{contact}\"\n");
        let (_dir, pages) = Pages::of(&firm);
        for path in ["/privacy", "/complaint"] {
            let page = pages.ask(get(path)).body;
            assert!(page.contains(link), "{contact}: {page}");
        }
    }
}
