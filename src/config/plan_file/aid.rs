//! The plan's first-aid cards, and the steps' keys that lead to them.

use super::fields::{Languages, count, filled, members, optional_list, texts, words};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use crate::config::fault::Kind;
use crate::config::limits::{
    AID_LINES, AIDS, AIDS_A_STEP, TextSlot, VITAL_SECONDS, WITHIN_SECONDS,
};
use crate::config::toml_reader::{Item, Section};
use crate::domain::plan::{Aid, Step};

/// The cards of a plan, and the ids that its steps may name: its own, or those of the plan behind it.
pub(super) fn aids(
    root: &mut Section<'_>,
    elder: FallbackPlan,
    languages: &Languages,
) -> (Vec<Aid>, Ids) {
    let sections = optional_list(root, "aid");
    count(root, "aid", AIDS, sections.len());
    let mut ids = Ids::new();
    let own: Vec<Aid> = sections
        .into_iter()
        .map(|one| aid(one, &mut ids, languages))
        .collect();
    if !own.is_empty() {
        return (own, ids);
    }
    let known = elder.aids();
    let ids = Ids::taken_over(known.iter().map(|one| one.id.clone()), root.place());
    (known, ids)
}

fn aid(mut one: Section<'_>, ids: &mut Ids, languages: &Languages) -> Aid {
    Aid {
        id: ids.claim(&mut one),
        name: words(&mut one, "name", Some(TextSlot::AidName), languages),
        lines: one.required("do").map_or_else(Vec::new, |item| {
            filled(&item, texts(&item, AID_LINES, TextSlot::AidLine, languages))
        }),
        never: words(&mut one, "never", Some(TextSlot::AidNever), languages),
        call: words(&mut one, "call", Some(TextSlot::AidCall), languages),
        source: members(&mut one, "source")
            .into_iter()
            .filter_map(Item::text)
            .collect(),
        resuscitation: one
            .optional("resuscitation")
            .and_then(Item::flag)
            .unwrap_or_default(),
    }
}

/// What a step says of first aid and of lives, for a step that is otherwise read.
pub(super) struct StepAid {
    vital: Option<bool>,
    aid: Option<Vec<String>>,
    resuscitation: Option<bool>,
}

impl StepAid {
    /// Reads it, and with it the deadline, which a vital step must have, and a short one.
    pub(super) fn of(one: &mut Section<'_>, ids: &Ids) -> (Self, Option<u32>) {
        let vital = one.optional("vital").and_then(Item::flag);
        let within = if vital == Some(true) {
            let within = one.required("within");
            within.and_then(|item| item.number(VITAL_SECONDS))
        } else {
            let within = one.optional("within");
            within.and_then(|item| item.number(WITHIN_SECONDS))
        };
        let named = one.optional("aid").map(Item::one_or_more);
        count(one, "aid", AIDS_A_STEP, named.as_ref().map_or(0, Vec::len));
        let read = Self {
            vital,
            aid: named.map(|named| ids.all_named(named, Kind::Aid)),
            resuscitation: one.optional("resuscitation").and_then(Item::flag),
        };
        (read, within.and_then(|seconds| u32::try_from(seconds).ok()))
    }

    /// Puts it into the step, where it is silent as the step of the same id in the plan behind it has
    /// it.
    pub(super) fn complete(self, step: &mut Step, known: Option<&Step>, ids: &Ids) {
        let deadline = i64::from(step.within.unwrap_or(u32::MAX));
        let inherited = known.is_some_and(|known| known.vital);
        step.vital = (self.vital).unwrap_or(inherited && VITAL_SECONDS.contains(&deadline));
        step.aid = self.aid.unwrap_or_else(|| {
            let known = known.map_or(&[][..], |known| &known.aid);
            known.iter().filter(|id| ids.has(id)).cloned().collect()
        });
        let inherited = known.is_some_and(|known| known.resuscitation);
        step.resuscitation = self.resuscitation.unwrap_or(inherited);
    }
}
