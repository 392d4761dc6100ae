//! Many faults at once, and what can still be read beside syntax errors.

use lobby_kiosk::config::fault::{Fault, Problem};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::faults;

use super::{SMALL, edited, faults_of, line_of};

/// Lines and keys, with whether each is a syntax error.
fn summary(faults: &[Fault]) -> Vec<(usize, &str, bool)> {
    let syntax = |fault: &Fault| fault.problem.is_syntax();
    faults
        .iter()
        .map(|one| (one.line.expect("a line"), one.key.as_str(), syntax(one)))
        .collect()
}

#[test]
fn all_faults_at_once_by_line() {
    let text = SMALL
        .replacen("clause = \"1.1\"", "clause = \"9.9\"", 1)
        .replacen("number = \"110\"", "number \"110\"", 1)
        .replacen("every_days = 180", "every_day = 180", 1)
        .replacen("id = \"separate\"", "id = \"look\"", 1)
        .replacen("within = 300", "within = 0", 1)
        .replacen("en = \"Fire\" }", "en = \"\" }", 1);
    let line = |words: &str| line_of(&text, words);
    assert_eq!(
        summary(&faults_of(&text)),
        [
            (line("9.9"), "class[1].clause", false),
            (line("number \"110\""), "", true),
            (line("every_day = 180"), "duty[1].every_day", false),
            (line("id = \"look\""), "incident[1].step[2].id", false),
            (line("within = 0"), "incident[1].step[3].within", false),
            (line("zh_CN = \"火灾\""), "incident[2].name.en", false),
        ]
    );
}

/// One syntax error costs its own statement: exactly one fault, on the line that holds `mark`.
fn costs_one(from: &str, to: &str, mark: &str) {
    let text = edited(from, to);
    let found = faults_of(&text);
    assert_eq!(
        summary(&found),
        [(line_of(&text, mark), "", true)],
        "{to:?}: {found:?}"
    );
}

#[test]
fn a_syntax_error_costs_its_own_statement() {
    let number = "number = \"110\"";
    costs_one(number, "number \"110\"", "number");
    costs_one(number, "number = \"110", "number");
    costs_one(number, "number = ", "number");
    costs_one(number, "number = “110”", "number");
    costs_one(number, "number：\"110\"", "number");
    costs_one(number, "number = \"110\" \"119\"", "number");
    costs_one(number, "number = \"\"\"110", "number");
    costs_one(number, "number = [\"110\"", "number");
    costs_one(number, "number = \"1\\q\"", "number");
    costs_one(number, "= \"110\"", "= \"110\"");
    let list = "contacts = [\"security\", \"police\"]";
    costs_one(
        list,
        "contacts = [\n    \"security\"\n    \"police\"\n  ]",
        "\"police\"",
    );
    costs_one(
        list,
        "contacts = [\n    \"security\",\n    \"police\",",
        "contacts",
    );
    let name = "name = { zh_CN = \"已解决\", en = \"Resolved\" }";
    costs_one(
        name,
        "name = { zh_CN = \"已解决\", en = \"Resolved\"",
        "已解决",
    );
    costs_one(
        name,
        "name = { zh_CN = \"已解决\" en = \"Resolved\" }",
        "已解决",
    );
    costs_one(
        name,
        "name = {\n  zh_CN = \"已解决\"\n  en = \"Resolved\"\n}",
        "Resolved",
    );
}

#[test]
fn a_broken_heading_is_read_as_it_was_meant() {
    for to in [
        "[[outcome]",
        "[[outcome",
        "[outcome]]",
        "[[ outcome ] # the end",
    ] {
        costs_one("[[outcome]]", to, to);
    }
}

#[test]
fn a_heading_of_no_known_meaning_costs_its_section() {
    for to in ["[[结果]]", "[[out come]]", "[]"] {
        let text = edited("[[outcome]]", to);
        let found = faults_of(&text);
        assert_eq!(
            summary(&found),
            [(1, "outcome", false), (line_of(&text, to), "", true)],
            "{to:?}: {found:?}"
        );
    }
}

#[test]
fn a_key_or_a_table_twice() {
    let text = edited("number = \"110\"", "number = \"110\"\nnumber = \"119\"");
    let [fault] = faults_of(&text).try_into().expect("one fault");
    assert_eq!(fault.problem, Problem::DuplicateKey);
    assert_eq!(fault.line, Some(line_of(&text, "119")));
    assert_eq!(fault.key, "number");
}

#[test]
fn a_broken_id_makes_no_name_unknown() {
    let text = edited("id = \"security\"", "id = security");
    assert_eq!(
        summary(&faults_of(&text)),
        [(line_of(&text, "id = security"), "", true)]
    );
    let text = edited("id = \"physical-conflict\"", "id = 'physical-conflict");
    assert_eq!(faults_of(&text).len(), 1, "{:?}", faults_of(&text));
}

#[test]
fn windows_line_ends_and_byte_order_mark_are_no_fault() {
    let text = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    assert_eq!(faults_of(&text), []);
    let text = text.replacen("every_days", "every", 1);
    let found = faults_of(&text);
    assert_eq!(
        summary(&found),
        [(line_of(&text, "every ="), "duty[1].every", false)]
    );
}

#[test]
fn a_fault_is_worded_on_one_line_with_its_place() {
    let text = edited(
        "id = \"settled\"",
        "id = \"sett\\nled\\u001b[31m\"\n\"od\\nd\" = 1",
    );
    for fault in faults_of(&text) {
        for lang in [&Lang::EN, &Lang::ZH_CN] {
            let line = faults::fault(lang, &fault);
            assert!(!line.chars().any(char::is_control), "{line:?}");
            let place = format!("p.toml:{}: waive_reason[1].", fault.line.expect("a line"));
            assert!(line.starts_with(&place), "{line}");
        }
    }
}
