//! The plan's crew: those a step can be handed to, with a card each.

use super::fields::{Languages, count, filled, words};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use crate::config::fault::Problem;
use crate::config::limits::{CARD_BYTES, CARD_LINES, CREW, TextSlot};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{Crew, Text};

/// The crew with its ids. A plan without the list goes by the built-in one.
pub(super) fn crew(
    root: &mut Section<'_>,
    elder: FallbackPlan,
    languages: &Languages,
) -> (Vec<Crew>, Ids) {
    let mut ids = Ids::new();
    let Some(item) = root.optional("crew") else {
        let crew = elder.crew();
        for one in &crew {
            ids.take_over(&one.id, root.place());
        }
        return (crew, ids);
    };
    let sections = filled(&item, item.clone().sections());
    count(root, "crew", CREW, sections.len());
    let crew = sections
        .into_iter()
        .map(|one| member(one, &mut ids, languages))
        .collect();
    (crew, ids)
}

fn member(mut one: Section<'_>, ids: &mut Ids, languages: &Languages) -> Crew {
    let card = one.required("card");
    let read = Crew {
        id: ids.claim(&mut one),
        name: words(&mut one, "name", Some(TextSlot::CrewName), languages),
        card: card
            .as_ref()
            .map_or_else(Vec::new, |item| lines(item, languages)),
    };
    if let Some(card) = card {
        fits_its_code(&card, &read, languages);
    }
    read
}

fn lines(card: &Item<'_>, languages: &Languages) -> Vec<Text> {
    let Some(members) = card.clone().list() else {
        return Vec::new();
    };
    if !CARD_LINES.contains(&members.len()) && !members.is_empty() {
        card.fault(Problem::Count {
            least: *CARD_LINES.start(),
            most: *CARD_LINES.end(),
            count: members.len(),
        });
    }
    let read = members
        .into_iter()
        .filter_map(|one| languages.read(one, Some(TextSlot::CardLine)));
    filled(card, read.collect())
}

/// A card stands whole in a code that a cheap phone reads, in each language by itself.
fn fits_its_code(card: &Item<'_>, member: &Crew, languages: &Languages) {
    for lang in languages.iter() {
        let bytes = member.plain_text(&lang).len();
        if bytes > CARD_BYTES {
            card.fault(Problem::CardBytes {
                language: lang.to_string(),
                most: CARD_BYTES,
                bytes,
            });
        }
    }
}
