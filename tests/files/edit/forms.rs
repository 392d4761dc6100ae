//! Every form that a number can be written in.

use super::{changed, confirmed, numbers, today};

/// What one act makes of a file, and what the others must leave of it.
fn around(inner: &str) -> String {
    format!(
        "# 说明 head\n[branch]\nname = 'x'  # 'kept'\n\n# above\n[contacts]\n{inner}\n\n[screen]\n  theme   =\"dark\" # end\n"
    )
}

#[test]
fn a_plain_number() {
    let before = around("security = \"021-5555\"  # Mr Li");
    assert_eq!(
        confirmed(&before, 0),
        around("security = { number = \"021-5555\", confirmed = 2026-11-23 }  # Mr Li")
    );
    assert_eq!(
        changed(&before, 0, " 021-6666 "),
        around("security = { number = \"021-6666\", confirmed = 2026-11-23 }  # Mr Li")
    );
    assert_eq!(
        changed(&before, 1, "021-6666"),
        around(
            "security = [\"021-5555\", { number = \"021-6666\", confirmed = 2026-11-23 }]  # Mr Li"
        )
    );
    assert_eq!(
        changed(&before, 0, ""),
        around("security = \"\"  # Mr Li"),
        "the key stays for the next one"
    );
}

#[test]
fn an_empty_one_is_filled_in() {
    for (empty, filled) in [
        (
            "security = \"\"             # vital",
            "security = { number = \"021-6666\", confirmed = 2026-11-23 }             # vital",
        ),
        (
            "security = []  # none",
            "security = [{ number = \"021-6666\", confirmed = 2026-11-23 }]  # none",
        ),
        (
            "security = [\"\", \"\"]",
            "security = [{ number = \"021-6666\", confirmed = 2026-11-23 }, \"\"]",
        ),
        (
            "security = { number = \"\", public = true }",
            "security = { number = \"021-6666\", confirmed = 2026-11-23, public = true }",
        ),
        (
            "supervisor = \"021-1\"  # she",
            "supervisor = \"021-1\"  # she\nsecurity = { number = \"021-6666\", confirmed = 2026-11-23 }",
        ),
        (
            "# nobody yet",
            "security = { number = \"021-6666\", confirmed = 2026-11-23 }\n# nobody yet",
        ),
    ] {
        let after = changed(&around(empty), 0, "021-6666");
        assert_eq!(after, around(filled));
    }
}

#[test]
fn a_table_within_braces() {
    let before = around("security = {number=\"021-5555\",public  = true}# Mr Li");
    assert_eq!(
        confirmed(&before, 0),
        around("security = {number=\"021-5555\", confirmed = 2026-11-23,public  = true}# Mr Li")
    );
    let before =
        around("security = { public = true, confirmed = 2001-01-01, number = '021-5555' } # Mr Li");
    assert_eq!(
        confirmed(&before, 0),
        around("security = { public = true, confirmed = 2026-11-23, number = '021-5555' } # Mr Li")
    );
    assert_eq!(
        changed(&before, 0, "021-6666"),
        around(
            "security = { public = true, confirmed = 2026-11-23, number = \"021-6666\" } # Mr Li"
        )
    );
    let after = changed(&before, 1, "021-6666");
    let expected = "security = [{ public = true, confirmed = 2001-01-01, number = '021-5555' }, { number = \"021-6666\", confirmed = 2026-11-23 }] # Mr Li";
    assert_eq!(after, around(expected));
    assert_eq!(
        changed(&before, 0, " "),
        around("security = \"\" # Mr Li"),
        "nothing of the old number is left to the next one"
    );
}

#[test]
fn a_list_on_one_line() {
    let before = around("security = [ \"021-1111\",'021-2222' , {number = \"021-3333\"} ] # all");
    assert_eq!(
        confirmed(&before, 1),
        around(
            "security = [ \"021-1111\",{ number = '021-2222', confirmed = 2026-11-23 } , {number = \"021-3333\"} ] # all"
        )
    );
    assert_eq!(
        changed(&before, 2, "021-4444"),
        around(
            "security = [ \"021-1111\",'021-2222' , {number = \"021-4444\", confirmed = 2026-11-23} ] # all"
        )
    );
    let new = "{ number = \"021-4444\", confirmed = 2026-11-23 }";
    assert_eq!(
        changed(&before, 3, "021-4444"),
        around(&format!(
            "security = [ \"021-1111\",'021-2222' , {{number = \"021-3333\"}}, {new} ] # all"
        ))
    );
    for (place, left) in [
        (0, "[ '021-2222' , {number = \"021-3333\"} ]"),
        (1, "[ \"021-1111\",{number = \"021-3333\"} ]"),
        (2, "[ \"021-1111\",'021-2222'  ]"),
    ] {
        let after = changed(&before, place, "");
        assert_eq!(after, around(&format!("security = {left} # all")));
    }
}

#[test]
fn a_list_over_several_lines() {
    let before = around(
        "security = [  # in this order\n  # weekdays, \"and\" more\n  \"021-1111\",  # Mr Li, 1\n\n  # weekends\n  \"021-2222\", # Mrs Wang\n\t\"021-3333\",# nobody, yet\n  # the end\n]",
    );
    assert_eq!(
        changed(&before, 0, ""),
        around(
            "security = [  # in this order\n\n  # weekends\n  \"021-2222\", # Mrs Wang\n\t\"021-3333\",# nobody, yet\n  # the end\n]"
        )
    );
    assert_eq!(
        changed(&before, 1, ""),
        around(
            "security = [  # in this order\n  # weekdays, \"and\" more\n  \"021-1111\",  # Mr Li, 1\n\t\"021-3333\",# nobody, yet\n  # the end\n]"
        )
    );
    assert_eq!(
        changed(&before, 2, ""),
        around(
            "security = [  # in this order\n  # weekdays, \"and\" more\n  \"021-1111\",  # Mr Li, 1\n\n  # weekends\n  \"021-2222\", # Mrs Wang\n  # the end\n]"
        )
    );
    assert_eq!(
        changed(&before, 3, "021-4444"),
        around(
            "security = [  # in this order\n  # weekdays, \"and\" more\n  \"021-1111\",  # Mr Li, 1\n\n  # weekends\n  \"021-2222\", # Mrs Wang\n\t\"021-3333\",# nobody, yet\n\t{ number = \"021-4444\", confirmed = 2026-11-23 },\n  # the end\n]"
        )
    );
}

#[test]
fn a_list_without_a_comma_at_its_end() {
    let before = around("security = [\n  \"021-1111\",  # Mr Li\n  \"021-2222\"  # Mrs Wang\n]");
    assert_eq!(
        changed(&before, 1, ""),
        around("security = [\n  \"021-1111\"  # Mr Li\n]")
    );
    assert_eq!(
        changed(&before, 2, "021-3333"),
        around(
            "security = [\n  \"021-1111\",  # Mr Li\n  \"021-2222\",  # Mrs Wang\n  { number = \"021-3333\", confirmed = 2026-11-23 }\n]"
        )
    );
    let before = around("security = [\"021-1111\", \"021-2222\" # Mrs Wang\n]");
    assert_eq!(
        changed(&before, 2, "021-3333"),
        around(
            "security = [\"021-1111\", \"021-2222\", # Mrs Wang\n  { number = \"021-3333\", confirmed = 2026-11-23 }\n]"
        )
    );
}

#[test]
fn empty_and_padded_members_do_not_count() {
    let before = around("security = [\"\", \" 021-1111 \", { number = \"\" }, \"021-2222\", \"\"]");
    assert_eq!(
        confirmed(&before, 1),
        around(
            "security = [\"\", \" 021-1111 \", { number = \"\" }, { number = \"021-2222\", confirmed = 2026-11-23 }, \"\"]"
        )
    );
    assert_eq!(
        changed(&before, 2, "021-3333"),
        around(
            "security = [\"\", \" 021-1111 \", { number = \"\" }, \"021-2222\", { number = \"021-3333\", confirmed = 2026-11-23 }]"
        )
    );
    assert_eq!(
        changed(&before, 0, ""),
        around("security = [\"\", { number = \"\" }, \"021-2222\", \"\"]")
    );
}

#[test]
fn a_heading_of_its_own() {
    let before = "[contacts.security]  # whom\n  number = \"021-5555\" # Mr Li\n\n  # open to all\n  public = true\n[screen]\ntheme = \"dark\"\n";
    assert_eq!(
        confirmed(before, 0),
        "[contacts.security]  # whom\n  number = \"021-5555\" # Mr Li\n  confirmed = 2026-11-23\n\n  # open to all\n  public = true\n[screen]\ntheme = \"dark\"\n"
    );
    let removed = "[contacts.security]  # whom\n  number = \"\" # Mr Li\n\n  # open to all\n  public = false\n[screen]\ntheme = \"dark\"\n";
    assert_eq!(changed(before, 0, ""), removed);
    assert_eq!(numbers(removed), []);
    let again = changed(removed, 0, "021-6666");
    let internal = ("021-6666".to_owned(), Some(today()), Some(false));
    assert_eq!(numbers(&again), [internal]);
    assert_eq!(
        changed(before, 1, "021-6666"),
        "[[contacts.security]]  # whom\n  number = \"021-5555\" # Mr Li\n\n  # open to all\n  public = true\n\n[[contacts.security]]\nnumber = \"021-6666\"\nconfirmed = 2026-11-23\n[screen]\ntheme = \"dark\"\n"
    );
}

#[test]
fn several_headings() {
    let before = "[[contacts.security]]\nnumber = \"021-1111\"\nconfirmed = 2001-01-01 # long ago\n\n[[ contacts . security ]] # the other\nnumber = \"021-2222\"";
    assert_eq!(
        confirmed(before, 0),
        before.replace("2001-01-01", "2026-11-23")
    );
    assert_eq!(
        confirmed(before, 1),
        format!("{before}\nconfirmed = 2026-11-23\n")
    );
    assert_eq!(
        changed(before, 2, "021-3333"),
        format!(
            "{before}\n\n[[ contacts . security ]]\nnumber = \"021-3333\"\nconfirmed = 2026-11-23\n"
        )
    );
    let removed = changed(before, 0, "");
    assert_eq!(removed, before.replace("021-1111", ""));
    let left: Vec<String> = numbers(&removed).into_iter().map(|one| one.0).collect();
    assert_eq!(left, ["021-2222"]);
    // The next one goes behind those that are there.
    let more = changed(&removed, 1, "021-3333");
    let left: Vec<String> = numbers(&more).into_iter().map(|one| one.0).collect();
    assert_eq!(left, ["021-2222", "021-3333"]);
}

#[test]
fn dotted_keys() {
    let before = "[contacts]\nsecurity.public = true # yes\n security . number = \"021-5555\" # Mr Li\nsupervisor = \"\"\n";
    assert_eq!(
        confirmed(before, 0),
        "[contacts]\nsecurity.public = true # yes\n security . number = \"021-5555\" # Mr Li\n security . confirmed = 2026-11-23\nsupervisor = \"\"\n"
    );
    let before = "contacts.security.number = \"021-5555\"\ncontacts.\"supervisor\" = \"021-1\" # she\n[screen]\ntheme = \"dark\"\n";
    assert_eq!(
        confirmed(before, 0),
        before.replacen('\n', "\ncontacts.security.confirmed = 2026-11-23\n", 1)
    );
    assert_eq!(
        changed(before, 0, ""),
        before.replace("\"021-5555\"", "\"\"")
    );
    let before = "contacts.supervisor = \"021-1\" # she\n[screen]\ntheme = \"dark\"\n";
    assert_eq!(
        changed(before, 0, "021-6666"),
        "contacts.supervisor = \"021-1\" # she\ncontacts.security = { number = \"021-6666\", confirmed = 2026-11-23 }\n[screen]\ntheme = \"dark\"\n"
    );
}

#[test]
fn a_section_within_braces() {
    let before = "contacts = { supervisor = \"021-1\", security = \"021-5555\" } # all\n";
    assert_eq!(
        confirmed(before, 0),
        "contacts = { supervisor = \"021-1\", security = { number = \"021-5555\", confirmed = 2026-11-23 } } # all\n"
    );
    let before = "contacts = { security.public = true, security.number = \"021-5555\" }\n";
    assert_eq!(
        confirmed(before, 0),
        "contacts = { security.public = true, security.number = \"021-5555\", security.confirmed = 2026-11-23 }\n"
    );
    let new = "security = { number = \"021-6666\", confirmed = 2026-11-23 }";
    assert_eq!(
        changed("contacts = { supervisor = \"021-1\" }\n", 0, "021-6666"),
        format!("contacts = {{ supervisor = \"021-1\", {new} }}\n")
    );
    assert_eq!(
        changed("contacts = {}\n", 0, "021-6666"),
        format!("contacts = {{ {new}}}\n")
    );
}

#[test]
fn a_section_that_is_not_there() {
    let new = "security = { number = \"021-6666\", confirmed = 2026-11-23 }\n";
    for before in [
        "[branch]\nname = \"x\" # last",
        "[branch]\nname = \"x\"\n",
        "#[contacts]\n#security = \"021-5555\"\n",
        "[[contacts.supervisor]]\nnumber = \"021-1111\"\n",
    ] {
        let gap = if before.ends_with('\n') { "" } else { "\n" };
        assert_eq!(
            changed(before, 0, "021-6666"),
            format!("{before}{gap}\n[contacts]\n{new}")
        );
    }
    // A section without anything in it.
    assert_eq!(
        changed("[contacts] # none\n[branch]\nname = \"x\"\n", 0, "021-6666"),
        format!("[contacts] # none\n{new}[branch]\nname = \"x\"\n")
    );
    assert_eq!(
        changed("[contacts]", 0, "021-6666"),
        format!("[contacts]\n{new}")
    );
}
