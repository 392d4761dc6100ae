//! What a type of incident lets customers learn.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;

use super::{edited, one};

const BEFORE: &str = "principles = [\"safety\"]";

/// This line in the first type makes one fault, on itself.
fn case(line: &str, key: &str, problem: Problem) {
    let to = format!("{BEFORE}\n{line}");
    one(BEFORE, &to, line, &format!("incident[1].{key}"), problem);
}

#[test]
fn what_is_said_is_read() {
    let notice = "notice = { zh_CN = \"请\\n稍候\\n片刻\", en = \"Please\\nwait\" }";
    let lines = format!("{BEFORE}\n{notice}\nnotice_code = true\ndiscreet = true");
    let plan = plan_file::parse("", &edited(BEFORE, &lines)).expect("no fault");
    let kind = plan.incident("physical-conflict").expect("the type");
    let notice = kind.notice.as_ref().expect("a notice");
    assert_eq!(notice.in_lang(&Lang::ZH_CN), "请\n稍候\n片刻");
    assert_eq!(notice.in_lang(&Lang::EN), "Please\nwait");
    assert!(kind.notice_code && kind.discreet);
}

#[test]
fn what_is_wrong_is_said() {
    let kind = |expected| Problem::WrongKind { expected };
    case("notice = \"wait\"", "notice", kind(Kind::Texts));
    case("notice_code = \"true\"", "notice_code", kind(Kind::Flag));
    case("discreet = 1", "discreet", kind(Kind::Flag));
    let line = "notice = { zh_CN = \" \", en = \"wait\" }";
    case(line, "notice.zh_CN", Problem::Empty);
    let lines = Problem::TooManyLines { limit: 3, count: 4 };
    let line = "notice = { zh_CN = \"等\", en = \"a\\nb\\nc\\nd\" }";
    case(line, "notice.en", lines);
}
