//! What a branch's own plan takes over from the built-in one where it is silent.

use std::fs;

use lobby_kiosk::config::file::Access;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Group, Hazard, Plan};

use super::{SMALL, edited};

fn plan(text: &str) -> Plan {
    plan_file::parse("", text).expect("no fault")
}

#[test]
fn roles_by_their_id() {
    let (old, built_in) = (plan(SMALL), plan_file::built_in());
    for id in ["security", "supervisor", "police"] {
        let (role, known) = (old.role(id).expect(id), built_in.role(id).expect(id));
        assert_eq!(
            (role.group, &role.ask, role.report),
            (known.group, &known.ask, known.report),
            "{id}"
        );
        assert_ne!(role.when, known.when, "{id}: its own words stay");
    }
    let police = old.role("police").expect("the role");
    assert_eq!((police.group, police.ask.is_empty()), (Group::Now, false));
    assert!(old.role("supervisor").expect("the role").report);

    let other = plan(&SMALL.replace("\"security\"", "\"porter\""));
    let porter = other.role("porter").expect("the role");
    assert_eq!(
        (porter.group, porter.ask.len(), porter.report),
        (Group::People, 0, false)
    );
}

#[test]
fn whom_to_call_next_is_taken_over_by_itself_where_the_plan_has_them() {
    let next = |plan: &Plan, id: &str| plan.role(id).expect(id).next.clone();
    let silent = plan(SMALL);
    assert_eq!(next(&silent, "police").as_deref(), Some("security"));
    assert_eq!(next(&silent, "security").as_deref(), Some("supervisor"));
    assert_eq!(next(&silent, "supervisor"), None, "no branch head in it");

    let other = plan(&edited("public = true", "public = true\nreport = false"));
    assert_eq!(next(&other, "police").as_deref(), Some("security"));
}

#[test]
fn replies_by_their_id_as_what_they_are() {
    let reply = |id: &str, more: &str| {
        format!(
            "[[reply]]\nid = \"{id}\"\n{more}\
             name = {{ zh_CN = \"名\", en = \"Name\" }}\n\
             words = {{ zh_CN = \"话\", en = \"Words\" }}\n"
        )
    };
    let read = |id: &str, more: &str| {
        let plan = plan(&format!("{SMALL}\n{}", reply(id, more)));
        plan.reply(id).expect(id).clone()
    };
    let interim = |id: &str, more: &str| read(id, more).interim;
    assert!(interim("apology", ""), "as the built-in one");
    assert!(!interim("put-right", ""));
    assert!(!interim("our-own", ""), "an answer, as it was before");
    assert!(interim("our-own", "interim = true\n"));
    assert!(!interim("apology", "interim = false\n"));

    let approval = |id: &str, more: &str| read(id, more).approval;
    assert!(approval("put-right", ""), "as the built-in one");
    assert!(!approval("looking-into-it", ""));
    assert!(!approval("our-own", ""), "as none needed it before");
    assert!(approval("our-own", "approval = true\n"));
    assert!(!approval("put-right", "approval = false\n"));
    assert!(interim("apology", "approval = false\n"), "each by itself");
}

#[test]
fn types_by_their_id() {
    let (old, built_in) = (plan(SMALL), plan_file::built_in());
    for kind in &old.incidents {
        let known = built_in.incident(&kind.id).expect("a known type");
        assert_eq!(
            (&kind.notice, kind.notice_code, kind.discreet),
            (&known.notice, known.notice_code, known.discreet),
            "{}",
            kind.id
        );
    }
    assert!(old.incident("physical-conflict").expect("it").discreet);
    assert!(old.incident("fire").expect("it").notice_code);

    let other = plan(&edited("\"physical-conflict\"", "\"brawl\""));
    let brawl = other.incident("brawl").expect("the type");
    assert_eq!(
        (&brawl.notice, brawl.notice_code, brawl.discreet),
        (&None, false, false)
    );
}

#[test]
fn whoever_says_one_thing_says_all_of_it() {
    for line in ["group = \"people\"", "ask = []", "report = false"] {
        let to = format!("public = true\n{line}");
        let plan = plan(&edited("public = true", &to));
        let police = plan.role("police").expect("the role");
        assert_eq!(
            (police.group, police.ask.len(), police.report),
            (Group::People, 0, false),
            "{line}"
        );
    }
    let before = "principles = [\"safety\"]";
    for line in ["discreet = false", "notice_code = false"] {
        let plan = plan(&edited(before, &format!("{before}\n{line}")));
        let kind = plan.incident("physical-conflict").expect("the type");
        assert_eq!((&kind.notice, kind.discreet), (&None, false), "{line}");
    }
}

const HAZARD: &str = r#"
[[hazard]]
id = "any"
name = { zh_CN = "别的", en = "Any" }
command = { zh_CN = "离开", en = "Leave" }
"#;

const SWEEP: &str = r#"
[[sweep]]
id = "rooms"
clause = "added"
command = { zh_CN = "查看房间", en = "Check the rooms" }
detail = { zh_CN = "每一间", en = "Every one" }
"#;

const REPLY: &str = r#"
[[reply]]
id = "thanks"
name = { zh_CN = "谢谢", en = "Thanks" }
words = { zh_CN = "谢谢您", en = "Thank you" }
"#;

const SETTLEMENT: &str = r#"
[[settlement]]
id = "over"
name = { zh_CN = "办结", en = "Over" }
"#;

#[test]
fn hazards_without_the_types_that_the_plan_has_not() {
    let (old, built_in) = (plan(SMALL), plan_file::built_in());
    assert!(old.incident("earthquake").is_none(), "the fixture has none");
    let expected: Vec<Hazard> = built_in
        .hazards
        .iter()
        .cloned()
        .map(|mut hazard| {
            if hazard.id == "earthquake" {
                hazard.incident = None;
            }
            hazard
        })
        .collect();
    assert_eq!(old.hazards, expected);
    let fire = old.hazard("fire").expect("the hazard");
    assert_eq!(fire.incident.as_deref(), Some("fire"));
    assert_eq!(old.sweeps, built_in.sweeps);
}

#[test]
fn what_staff_see_to_with_a_discreet_hazard_of_ones_own() {
    let hazard = HAZARD.replace("id = \"any\"", "id = \"knife\"\ndiscreet = true");
    let own = plan(&format!("{SMALL}{hazard}{SWEEP}"));
    let built_in = plan_file::built_in();
    assert_eq!(
        own.sweeps_for(own.hazard("knife")),
        built_in.sweeps_for(built_in.hazard("violence"))
    );
    let sweep = SWEEP.replace("[[sweep]]", "[[hazard.sweep]]");
    let own = plan(&format!("{SMALL}{hazard}{sweep}"));
    let steps = own.sweeps_for(own.hazard("knife"));
    assert_eq!((steps.len(), steps[0].id.as_str()), (1, "rooms"));
}

#[test]
fn no_public_face_names_a_discreet_hazard_of_ones_own() {
    let built_in = plan_file::built_in();
    let public = &built_in.hazard("violence").expect("it").public_name;
    assert!(public.is_some());
    for more in [
        "incident = \"physical-conflict\"",
        "discreet = true",
        "incident = \"physical-conflict\"\nstaff_command = { zh_CN = \"锁门\", en = \"Lock in\" }\ndiscreet = true",
    ] {
        let hazard = HAZARD.replace("id = \"any\"", &format!("id = \"knife\"\n{more}"));
        let own = plan(&format!("{SMALL}{hazard}"));
        let knife = own.hazard("knife").expect("it");
        assert!(knife.discreet, "{more}");
        assert_eq!(&knife.public_name, public, "{more}");
        assert_eq!(
            knife.open_name().in_lang(&Lang::ZH_CN),
            "紧急撤离",
            "{more}"
        );
        assert_eq!(knife.open_name().in_lang(&Lang::EN), "Leave now", "{more}");
    }
    // A name of its own stays, and so does that of a hazard that everybody may know.
    let named =
        "id = \"knife\"\ndiscreet = true\npublic_name = { zh_CN = \"请离开\", en = \"Please go\" }";
    let own = plan(&format!("{SMALL}{}", HAZARD.replace("id = \"any\"", named)));
    let knife = own.hazard("knife").expect("it");
    assert_eq!(knife.open_name().in_lang(&Lang::EN), "Please go");
    let own = plan(&format!("{SMALL}{HAZARD}"));
    assert_eq!(own.hazard("any").expect("it").public_name, None);
}

#[test]
fn a_list_of_ones_own_stays_as_it_is() {
    let built_in = plan_file::built_in();
    let own = plan(&format!("{SMALL}{HAZARD}"));
    assert_eq!((own.hazards.len(), own.hazards[0].id.as_str()), (1, "any"));
    assert_eq!(own.sweeps, built_in.sweeps);
    let own = plan(&format!("{SMALL}{SWEEP}"));
    assert_eq!(own.hazards.len(), built_in.hazards.len());
    assert_eq!((own.sweeps.len(), own.sweeps[0].id.as_str()), (1, "rooms"));
    // A list for all may send people where this one hazard hurts.
    let violence =
        |plan: &lobby_kiosk::domain::plan::Plan| plan.sweeps_for(plan.hazard("violence")).to_vec();
    assert_eq!(violence(&own), violence(&built_in));
    let fire = own.sweeps_for(own.hazard("fire"));
    assert_eq!((fire.len(), fire[0].id.as_str()), (1, "rooms"));
    let own = plan(&format!("{SMALL}{REPLY}"));
    assert_eq!(
        (own.replies.len(), own.replies[0].id.as_str()),
        (1, "thanks")
    );
    assert_eq!(own.settlements, built_in.settlements);
    let own = plan(&format!("{SMALL}{SETTLEMENT}"));
    assert_eq!(own.replies, built_in.replies);
    assert_eq!(own.settlements.len(), 1);
    assert_eq!(own.settlements[0].id, "over");
}

#[test]
fn replies_and_settlements_where_there_are_none() {
    let (old, built_in) = (plan(SMALL), plan_file::built_in());
    assert_eq!(old.replies, built_in.replies);
    assert_eq!(old.settlements, built_in.settlements);
    assert!(!built_in.replies.is_empty() && !built_in.settlements.is_empty());
}

#[test]
fn in_other_languages_than_the_built_in_ones_nothing_is_blank() {
    let french = SMALL
        .replace("\"zh_CN\", \"en\"", "\"zh_CN\", \"fr\"")
        .replace(" en = \"", " fr = \"");
    let plan = plan(&french);
    for hazard in &plan.hazards {
        assert!(
            !hazard.name.in_lang(&Lang::new("fr").unwrap()).is_empty(),
            "{}",
            hazard.id
        );
    }
}

#[test]
fn in_a_branch() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("plan.toml"), SMALL).expect("written");
    let expected = plan(SMALL);
    assert_eq!(
        crate::plan_of(dir.path(), Access::Keep),
        (expected, Vec::new())
    );
}
