//! The chips of a review: what there is to choose from.

use crate::domain::lang::Lang;
use crate::domain::review::{
    ActionKind, AgainWhy, Cause, Decision, DropWhy, Evidence, Phase, Proof, StepWord,
};
use crate::i18n::tr;

/// A cause.
pub fn cause(lang: &Lang, cause: Cause) -> &'static str {
    tr(
        lang,
        match cause {
            Cause::People => "People",
            Cause::Equipment => "Equipment and systems",
            Cause::Process => "Rules and process",
            Cause::Environment => "Building and weather",
            Cause::Outside => "Others from outside",
        },
    )
}

/// What the guide was worth at a step.
pub fn word(lang: &Lang, word: StepWord) -> &'static str {
    tr(
        lang,
        match word {
            StepWord::Helped => "Helped",
            StepWord::Unclear => "Unclear",
            StepWord::Missing => "Lacking",
            StepWord::Wrong => "Wrong",
        },
    )
}

/// What a responsibility was settled on.
pub fn evidence(lang: &Lang, evidence: Evidence) -> &'static str {
    tr(
        lang,
        match evidence {
            Evidence::Record => "The record",
            Evidence::Camera => "Camera footage",
            Evidence::Witness => "Somebody who was there",
            Evidence::Document => "A document",
        },
    )
}

/// What follows for whoever is responsible.
pub fn decision(lang: &Lang, decision: Decision) -> &'static str {
    tr(
        lang,
        match decision {
            Decision::None => "No consequence",
            Decision::Talk => "Talked over",
            Decision::Notice => "Written notice",
            Decision::Training => "To be trained",
            Decision::HeadOffice => "Passed to the head office",
        },
    )
}

/// What an action changes.
pub fn kind(lang: &Lang, kind: ActionKind) -> &'static str {
    tr(
        lang,
        match kind {
            ActionKind::Plan => "Change the plan",
            ActionKind::Training => "Train for it",
            ActionKind::Equipment => "Get or mend equipment",
            ActionKind::Process => "Change how it is done",
        },
    )
}

/// What an action is about, where that is no single step.
pub fn phase(lang: &Lang, phase: Phase) -> &'static str {
    tr(
        lang,
        match phase {
            Phase::Noticing => "Noticing it sooner",
            Phase::First => "The first minutes",
            Phase::Calling => "Calls and reports",
            Phase::Customers => "Looking after customers",
            Phase::Leaving => "Leading people out",
            Phase::Afterwards => "What comes afterwards",
        },
    )
}

/// What shows that an action was done.
pub fn proof(lang: &Lang, proof: Proof) -> &'static str {
    tr(
        lang,
        match proof {
            Proof::Photo => "Done: a photo shows it",
            Proof::Document => "Done: a document shows it",
            Proof::Exercise => "Done: it was exercised",
            Proof::Revision => "Done: in the new plan",
        },
    )
}

/// Why an action is to be done again.
pub fn again(lang: &Lang, why: AgainWhy) -> &'static str {
    tr(
        lang,
        match why {
            AgainWhy::NotDone => "It was not done after all",
            AgainWhy::NoEffect => "It did not help",
            AgainWhy::Mistake => "Tapped by mistake",
        },
    )
}

/// Why an action is not to be done any more.
pub fn dropped(lang: &Lang, why: DropWhy) -> &'static str {
    tr(
        lang,
        match why {
            DropWhy::Replaced => "Another one replaces it",
            DropWhy::Needless => "No longer needed",
            DropWhy::Elsewhere => "Others see to it",
            DropWhy::Mistake => "Tapped by mistake",
        },
    )
}

/// The choice that an action is not to be done any more.
pub fn drop_it(lang: &Lang) -> &'static str {
    tr(lang, "Not to be done any more")
}
