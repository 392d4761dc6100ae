//! Words of the review of an incident, and of the actions that follow from it.

mod chips;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{archive, people, tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::review::{
    Action, ActionState, Party, Planned, Responsibility, ReviewEvent, Subject, Version,
};
use crate::service::people::People;
use crate::service::wording::EventText;
pub use chips::{again, cause, decision, drop_it, dropped, evidence, kind, phase, proof, word};

/// Leads from the record of an incident to its review.
pub fn review(lang: &Lang) -> &'static str {
    tr(lang, "Review")
}

/// The review of an incident of this name.
pub fn title(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Review: {}", &[name])
}

/// Whose something is: a name where `known` is there to say it.
pub fn party(lang: &Lang, party: &Party, known: Option<&People>) -> String {
    match (party, known) {
        (Party::Role { name, .. }, _) => name.in_lang(lang).to_owned(),
        (Party::Person(id), Some(known)) => people::name_of(lang, id, known).to_owned(),
        (Party::Person(_), None) => tr(lang, "somebody of the branch").to_owned(),
    }
}

/// What an action is about.
pub fn about(lang: &Lang, about: &Subject) -> String {
    match about {
        Subject::Step { command, .. } => command.in_lang(lang).to_owned(),
        Subject::Phase(one) => phase(lang, *one).to_owned(),
    }
}

/// What is to be done, and what it is about.
pub fn planned(lang: &Lang, planned: &Planned) -> String {
    let about = about(lang, &planned.about);
    tr_with(lang, "{0}: {1}", &[kind(lang, planned.action), &about])
}

/// Until when an action is to be done, or what became of it.
pub fn standing(lang: &Lang, action: &Action, today: NaiveDate) -> String {
    let due = action.planned.due.to_string();
    match action.state {
        ActionState::Open if action.is_overdue(today) => {
            let days = (today - action.planned.due).num_days().to_string();
            tr_with(lang, "was to be done by {0}, {1} d overdue", &[&due, &days])
        }
        ActionState::Open => tr_with(lang, "to be done by {}", &[&due]),
        settled => state(lang, settled),
    }
}

/// How an action stands, whatever the day.
pub fn state(lang: &Lang, state: ActionState) -> String {
    match state {
        ActionState::Open => tr(lang, "To be done").to_owned(),
        ActionState::Done(_, one) => proof(lang, one).to_owned(),
        ActionState::Dropped(_, why) => tr_with(lang, "Dropped: {}", &[dropped(lang, why)]),
    }
}

/// On what a responsibility was settled, and what follows.
pub fn settled(lang: &Lang, one: &Responsibility) -> String {
    let on: Vec<&str> = one
        .evidence
        .iter()
        .map(|one| evidence(lang, *one))
        .collect();
    let on = on.join(tr(lang, ", "));
    let decision = decision(lang, one.decision);
    if on.is_empty() {
        return decision.to_owned();
    }
    tr_with(lang, "{0} (on: {1})", &[decision, &on])
}

/// Until when the review is due, `day` being the last one.
pub fn due(lang: &Lang, day: NaiveDate, is_overdue: bool) -> String {
    let message = if is_overdue {
        "This review was due by {}."
    } else {
        "This review is due by {}."
    };
    tr_with(lang, message, &[&day.to_string()])
}

/// Nothing asks for the review; it can be made all the same.
pub fn not_asked(lang: &Lang) -> &'static str {
    tr(
        lang,
        "No review is required here. One can be made all the same.",
    )
}

/// Before it is final it needs a cause.
pub fn needs_cause(lang: &Lang) -> &'static str {
    tr(lang, "Choose at least one cause, then it can be finalised.")
}

/// The review stands as it shall.
pub fn is_final(lang: &Lang) -> &'static str {
    tr(lang, "Final")
}

/// It is still being written.
pub fn is_being_written(lang: &Lang) -> &'static str {
    tr(lang, "Still being written")
}

/// What is printed is this version, while the next one is being written.
pub fn draft_beside(lang: &Lang, version: u32) -> String {
    let next = version.saturating_add(1).to_string();
    tr_with(
        lang,
        "Version {0}, as it was finalised; version {1} is being written",
        &[&version.to_string(), &next],
    )
}

/// The incident was opened again after its review was final.
pub fn went_on(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The incident was opened again after that: begin a new version.",
    )
}

/// The digest of a version is not that of what it says.
pub fn digest_differs(lang: &Lang) -> &'static str {
    tr(lang, "Not the digest of what the journal says")
}

/// A version that is final, with the beginning of its digest.
pub fn finalised(lang: &Lang, version: &Version, zone: Tz) -> String {
    let when = archive::when(version.at, zone);
    let short = version.digest.get(..12).unwrap_or(&version.digest);
    tr_with(
        lang,
        "Version {0} was finalised on {1}. Digest {2}…",
        &[&version.number.to_string(), &when, short],
    )
}

/// A version that is being written after another one was final.
pub fn rewritten(lang: &Lang, version: u32) -> String {
    let before = version.saturating_sub(1).to_string();
    tr_with(
        lang,
        "Version {0} is being written. Version {1} is kept as it was.",
        &[&version.to_string(), &before],
    )
}

/// A question about somebody or something.
pub fn asked_of(lang: &Lang, about: &str, question: &str) -> String {
    tr_with(lang, "{0}: {1}", &[about, question])
}

/// Until when the review of an incident in a list is due.
pub fn due_in_list(lang: &Lang, day: NaiveDate, is_overdue: bool) -> String {
    let message = if is_overdue {
        "its review was due by {}"
    } else {
        "review it by {}"
    };
    tr_with(lang, message, &[&day.to_string()])
}

/// What somebody is asked for in a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// What an action changes.
    Kind,
    /// Who sees to it.
    Owner,
    /// Until when.
    Due,
    /// What it is about.
    About,
    /// Who is responsible.
    Whose,
    /// On what evidence.
    Evidence,
    /// What follows.
    Decision,
    /// What became of an action.
    Became,
    /// Why it is dropped.
    Drop,
    /// Why it is to be done again.
    Again,
    /// Whose actions are listed.
    Listed,
    /// Which kind of them.
    ListedKind,
}

/// The question of a choice.
pub fn question(lang: &Lang, asks: Asks) -> &'static str {
    tr(
        lang,
        match asks {
            Asks::Kind => "What is to change?",
            Asks::Owner => "Who sees to it?",
            Asks::Due => "By which day?",
            Asks::About => "Which part is it about?",
            Asks::Whose => "Who is responsible?",
            Asks::Evidence => "On what evidence? One or more.",
            Asks::Decision => "What follows?",
            Asks::Became => "What became of it?",
            Asks::Drop => "Why is it not to be done?",
            Asks::Again => "Why is it to be done again?",
            Asks::Listed => "Whose actions?",
            Asks::ListedKind => "Which actions?",
        },
    )
}

/// A span of so many days after which an action is due.
pub fn span(lang: &Lang, days: u64) -> &'static str {
    tr(
        lang,
        match days {
            0..=7 => "In a week",
            8..=14 => "In two weeks",
            15..=31 => "In a month",
            _ => "In a quarter",
        },
    )
}

/// How many reviews are due.
pub fn reviews_due(lang: &Lang, due: usize, overdue: usize) -> String {
    let (due, late) = (due.to_string(), overdue.to_string());
    match overdue {
        0 => tr_with(lang, "Reviews due: {}", &[&due]),
        _ => tr_with(lang, "Reviews due: {0} ({1} overdue)", &[&due, &late]),
    }
}

/// How many actions are still to be done.
pub fn actions_open(lang: &Lang, open: usize, overdue: usize) -> String {
    let (open, late) = (open.to_string(), overdue.to_string());
    match overdue {
        0 => tr_with(lang, "Actions to do: {}", &[&open]),
        _ => tr_with(lang, "Actions to do: {0} ({1} overdue)", &[&open, &late]),
    }
}

/// How many actions the list holds, and how many of them are shown.
pub fn listed(lang: &Lang, shown: usize, all: usize) -> String {
    let (shown_words, all_words) = (shown.to_string(), all.to_string());
    match all {
        0 => tr(lang, "No actions").to_owned(),
        _ if shown == all => tr_with(lang, "Actions: {}", &[&all_words]),
        _ => tr_with(
            lang,
            "The first {0} of {1} actions",
            &[&shown_words, &all_words],
        ),
    }
}

/// The list holds those of every kind.
pub fn every_kind(lang: &Lang) -> &'static str {
    tr(lang, "Every kind")
}

/// The list holds everybody's.
pub fn everybody(lang: &Lang) -> &'static str {
    tr(lang, "Everybody's")
}

/// What an entry about a review says: never a name.
pub fn event(lang: &Lang, event: &ReviewEvent) -> EventText {
    let say = |message: &'static str, detail: String| EventText {
        what: message.to_owned(),
        detail,
        reason: String::new(),
    };
    let because = |text: EventText, why: &str| EventText {
        reason: why.to_owned(),
        ..text
    };
    let number = |number: u32| tr_with(lang, "action {}", &[&number.to_string()]);
    match event {
        ReviewEvent::CauseChosen { cause: one } => {
            say(tr(lang, "Cause found"), cause(lang, *one).to_owned())
        }
        ReviewEvent::CauseDropped { cause: one } => {
            say(tr(lang, "Cause taken back"), cause(lang, *one).to_owned())
        }
        ReviewEvent::StepJudged {
            command, word: one, ..
        } => {
            let said = one.map_or_else(|| tr(lang, "Word taken back"), |one| word(lang, one));
            let text = say(tr(lang, "Guide judged"), command.in_lang(lang).to_owned());
            because(text, said)
        }
        ReviewEvent::Settled {
            whose,
            evidence,
            decision,
        } => {
            let one = Responsibility {
                whose: whose.clone(),
                evidence: evidence.clone(),
                decision: *decision,
            };
            let text = say(tr(lang, "Responsibility settled"), party(lang, whose, None));
            because(text, &settled(lang, &one))
        }
        ReviewEvent::Withdrawn { whose } => say(
            tr(lang, "Responsibility taken back"),
            party(lang, whose, None),
        ),
        ReviewEvent::ActionAdded {
            number: one,
            planned: what,
        } => {
            let what = planned(lang, what);
            say(
                tr(lang, "Action added"),
                tr_with(lang, "{0}: {1}", &[&number(*one), &what]),
            )
        }
        ReviewEvent::ActionDone {
            number: one,
            proof: by,
        } => because(say(tr(lang, "Action done"), number(*one)), proof(lang, *by)),
        ReviewEvent::ActionReopened { number: one, why } => because(
            say(tr(lang, "Action to be done again"), number(*one)),
            again(lang, *why),
        ),
        ReviewEvent::ActionDropped { number: one, why } => because(
            say(tr(lang, "Action dropped"), number(*one)),
            dropped(lang, *why),
        ),
        ReviewEvent::Finalised {
            version, digest, ..
        } => because(
            say(tr(lang, "Review finalised"), version.to_string()),
            digest,
        ),
        ReviewEvent::Reopened { version } => say(tr(lang, "Review reopened"), version.to_string()),
    }
}
