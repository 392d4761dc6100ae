//! Paper for the staff: every guide as cards, and the cards of the crew.

use std::collections::BTreeSet;

use lobby_kiosk::document::Document;
use lobby_kiosk::document::model::{Block, RunningPart};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{Alone, Plan};
use lobby_kiosk::print::{GuideCards, Item, Langs, Paper, Poster, roles};

use super::documents::pages;
use super::places::check_places;
use super::{LANGS, PAPERS, branch, request, said};

/// A digest as the journal has it.
const DIGEST: &str = "3f9a12bc00112233445566778899aabbccddeeff00112233445566778899aabb";

fn cards<'a>(
    plan: &'a Plan,
    settings: &'a lobby_kiosk::config::settings::Settings,
    langs: Langs<'a>,
) -> GuideCards<'a> {
    GuideCards {
        plan,
        digest: DIGEST,
        settings,
        langs,
        day: chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(),
    }
}

/// Every block, those within others too, as what it says.
fn blocks(found: &[Block], all: &mut Vec<(u8, String)>) {
    for block in found {
        match block {
            Block::Heading { level, text } => all.push((*level, text.said())),
            Block::Paragraph(text) => all.push((0, text.said())),
            Block::List { items, .. } => {
                all.extend(items.iter().map(|item| (0, item.said())));
            }
            Block::Together(inner) => blocks(inner, all),
            Block::Table(_) | Block::Picture(_) | Block::PageBreak => {}
        }
    }
}

fn told(document: &Document) -> Vec<(u8, String)> {
    let mut all = Vec::new();
    blocks(&document.body, &mut all);
    all
}

#[test]
fn every_guide_is_printed_whole_in_every_language() {
    let (plan, settings) = branch();
    for langs in LANGS {
        let document = cards(&plan, &settings, langs).document();
        assert_eq!(document.paper, Paper::A5);
        let told = told(&document);
        let all: String = told
            .iter()
            .map(|(_, words)| [words, "\n"].concat())
            .collect();
        let lang = langs.first;
        for kind in &plan.incidents {
            let title = kind.name.in_lang(lang);
            let headed = |(level, words): &(u8, String)| *level == 1 && words.contains(title);
            assert!(told.iter().any(headed), "{title}");
            for step in &kind.steps {
                let mut texts = vec![&step.command, &step.detail];
                texts.extend(&step.condition);
                texts.extend(&step.say);
                texts.extend(&step.never_say);
                texts.extend(step.answers.iter().map(|one| &one.name));
                if let Alone::Reads(words) = &step.alone {
                    texts.extend([&words.command, &words.detail]);
                    texts.extend(&words.say);
                }
                for text in texts {
                    assert!(all.contains(text.in_lang(lang)), "{}.{}", kind.id, step.id);
                }
            }
            for prompt in &kind.prompts {
                let command = prompt.command.in_lang(lang);
                assert!(all.contains(command), "{}.{}", kind.id, prompt.id);
            }
        }
    }
}

#[test]
fn what_comes_by_itself_is_printed_with_its_time_and_what_who_is_alone_does_with_its_step() {
    let (plan, settings) = branch();
    for (lang, rhythm, skipped, reworded) in [
        (
            &Lang::EN,
            "every 2 min · from step 6 · until step ",
            "If you are alone: leave this out.",
            "If you are alone: Use words; don't step between. Alone, ",
        ),
        (
            &Lang::ZH_CN,
            "每 2 分钟 · 从第 6 步起 · 到第 ",
            "只有一个人：这一步不做。",
            "只有一个人：站开劝，不拉架。",
        ),
    ] {
        let told = told(&cards(&plan, &settings, Langs::only(lang)).document());
        let of = |type_id: &str| -> String {
            let title = plan.incident(type_id).unwrap().name.in_lang(lang);
            let begins = |(level, words): &(u8, String)| *level == 1 && words == title;
            let from = told.iter().position(begins).expect("the guide");
            let rest = told[from + 1..].iter().take_while(|(level, _)| *level != 1);
            rest.map(|(_, words)| [words, "\n"].concat()).collect()
        };
        assert!(
            of("sudden-illness").contains(rhythm),
            "{}",
            of("sudden-illness")
        );
        assert!(of("suspicious-person").contains(skipped));
        assert!(of("physical-conflict").contains(reworded));
        // What ends with a follow-up names it, and what nobody alone does otherwise is not mentioned.
        let follow_up = plan
            .incident("fire-equipment-fault")
            .unwrap()
            .step("sign-off")
            .unwrap();
        let named = follow_up.command.in_lang(lang);
        assert!(
            of("fire-equipment-fault").matches(named).count() > 1,
            "{named}"
        );
        assert!(!of("trading-dispute").contains(skipped.split(&[':', '：']).next().unwrap()));
    }
}

#[test]
fn what_belongs_to_an_answer_is_headed_by_it() {
    let (plan, settings) = branch();
    let told = told(&cards(&plan, &settings, Langs::only(&Lang::EN)).document());
    let at = |wanted: &str| {
        let found = told.iter().position(|(_, words)| words.contains(wanted));
        found.unwrap_or_else(|| panic!("{wanted} is not printed"))
    };
    let kind = plan.incident("sudden-illness").unwrap();
    let step = kind.steps.iter().find(|one| one.id == "cpr").unwrap();
    let command = at(step.command.in_lang(&Lang::EN));
    let heading = told[..command].iter().rev().find(|(level, _)| *level == 2);
    let (_, heading) = heading.expect("a heading above the step");
    assert!(heading.starts_with("If: "), "{heading}");
    let names = kind.steps[0].answers.iter();
    let first = names.map(|one| one.name.in_lang(&Lang::EN)).next().unwrap();
    assert!(heading.contains(first), "{heading}");
    // A deadline says what it counts from.
    let (_, when) = &told[command + 1];
    assert!(when.contains("within 30 s once it is so"), "{when}");
}

#[test]
fn it_is_staff_paper_with_the_internal_numbers_and_says_which_plan_it_is_of() {
    let (plan, settings) = branch();
    let document = cards(&plan, &settings, Langs::BOTH).document();
    let all: String = told(&document)
        .into_iter()
        .map(|(_, words)| words)
        .collect();
    assert!(all.contains("13900139000"), "an internal number");
    let edge = |parts: &[RunningPart]| -> String {
        let words = parts.iter().map(|part| match part {
            RunningPart::TextRun(words) => words.as_str(),
            _ => "",
        });
        words.collect()
    };
    let foot = edge(&document.foot.left);
    assert!(
        foot.contains("3f9a12bc") && !foot.contains("3f9a12bc0"),
        "{foot}"
    );
    assert!(foot.contains(&plan.revision.to_string()), "{foot}");
    let head = edge(&document.head.right);
    assert!(
        head.contains("请勿张贴") && head.contains("do not post"),
        "{head}"
    );
}

#[test]
#[ignore = "needs pdftotext (Debian: poppler-utils)"]
fn every_page_says_which_guide_it_is_of_and_of_which_plan() {
    let (plan, settings) = branch();
    let pdf = cards(&plan, &settings, Langs::BOTH).to_pdf().unwrap();
    let pages = pages(&pdf);
    assert!(pages.len() > plan.incidents.len());
    for page in &pages {
        assert!(page.contains("3f9a12bc"), "{page}");
        let named = |page: &str| {
            let names = plan
                .incidents
                .iter()
                .map(|kind| kind.name.in_lang(&Lang::ZH_CN));
            names.filter(|name| page.contains(name)).count()
        };
        assert!(named(page) > 0, "{page}");
        let last = page
            .lines()
            .map(str::trim)
            .rfind(|line| !line.is_empty() && !line.contains("3f9a12bc") && !line.contains("共"));
        let last = last.expect("words");
        assert!(
            !last.starts_with('□') && !last.starts_with("如果"),
            "{last}"
        );
    }
}

/// What each code of the sheet carries.
fn carried(poster: &Poster<'_>) -> BTreeSet<String> {
    let sheet = roles(poster).unwrap();
    let codes = sheet.items.iter().filter_map(|item| match item {
        Item::Code { matrix, .. } => Some(crate::decoded::drawn(matrix, 4)),
        _ => None,
    });
    codes.collect()
}

#[test]
fn the_cards_of_the_crew_are_on_one_sheet_with_a_code_each() {
    let (plan, settings) = branch();
    for langs in LANGS {
        for paper in PAPERS {
            let poster = Poster {
                langs,
                paper,
                ..request(&plan, &settings)
            };
            let sheet = roles(&poster).unwrap();
            check_places(&sheet);
            let words = said(&sheet);
            for one in &plan.crew {
                for line in &one.card {
                    let line = line.in_lang(langs.first).replace(' ', "");
                    assert!(words.contains(&line), "{line}");
                }
            }
            let expected: BTreeSet<String> = plan
                .crew
                .iter()
                .map(|one| one.plain_text(langs.first))
                .collect();
            assert_eq!(carried(&poster), expected, "{langs:?} {paper:?}");
        }
    }
}
