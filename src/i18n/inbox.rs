//! The words of the staff's complaints on the screen.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{screen, tr, tr_with};
use crate::domain::complaint::{Due, Stage};
use crate::domain::inbox::Counts;
use crate::domain::lang::Lang;
use crate::domain::plan::Text;

/// Day and time, with the year: a complaint is kept for years.
pub fn when(at: DateTime<Utc>, zone: Tz) -> String {
    let day = at.with_timezone(&zone).date_naive();
    format!("{} {}", day, screen::time_of_day(at, zone))
}

/// The heading of one complaint, by what it is about.
pub fn title(lang: &Lang, about: &str) -> String {
    tr_with(lang, "Complaint: {}", &[about])
}

/// When a complaint came, where it stands and who sees to it, in one line.
pub fn standing(when: &str, stage: &str, department: Option<&str>) -> String {
    let parts = [Some(when), Some(stage), department];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What has to be done by the end of which day, and whether that is over.
pub fn due(lang: &Lang, due: Due, now: DateTime<Utc>) -> String {
    let day = due.until().day();
    let away = day.signed_duration_since(now.date_naive()).abs();
    // Only a day that is near can be told without its year.
    let day = if away < TimeDelta::days(180) {
        screen::day_of(lang, day)
    } else {
        day.to_string()
    };
    let message = match (due, due.by() <= now) {
        (Due::Accept(_), false) => "Decide by {}",
        (Due::Answer(_), false) => "Answer by {}",
        (Due::Accept(_), true) => "Overdue: decide by {}",
        (Due::Answer(_), true) => "Overdue: answer by {}",
    };
    tr_with(lang, message, &[&day])
}

/// Why a complaint waits for the staff.
pub fn waiting(lang: &Lang, stage: Stage) -> &'static str {
    tr(
        lang,
        match stage {
            Stage::Received => "New",
            _ => "Customer wrote more",
        },
    )
}

/// That the list is being made anew and not all of it is there, and how much is.
pub fn growing(lang: &Lang, percent: Option<u8>) -> String {
    let percent = percent.unwrap_or_default().to_string();
    let message = "Not all complaints are listed yet: {}% done";
    tr_with(lang, message, &[&percent])
}

/// In the place of words that were erased.
pub fn gone(lang: &Lang) -> &'static str {
    tr(lang, "Erased")
}

/// Above words that go on from the line before.
pub fn goes_on(lang: &Lang) -> &'static str {
    tr(lang, "Continued")
}

/// It must be kept.
pub fn held(lang: &Lang) -> &'static str {
    tr(lang, "On hold")
}

/// It is not dealt with.
pub fn aside(lang: &Lang) -> &'static str {
    tr(lang, "Put aside")
}

/// The line above the list.
pub fn summary(lang: &Lang, counts: &Counts) -> String {
    let count =
        |message, count: usize| (count > 0).then(|| tr_with(lang, message, &[&count.to_string()]));
    let parts = [
        count("Overdue: {}", counts.overdue),
        count("Waiting: {}", counts.waiting),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        parts.join(" · ")
    } else if counts.all() == 0 {
        tr(lang, "No complaints so far").to_owned()
    } else {
        tr(lang, "Nothing is waiting").to_owned()
    }
}

/// In place of the list where there is none.
pub fn unreadable(lang: &Lang) -> &'static str {
    tr(lang, "The complaints cannot be read just now")
}

/// How many complaints want to be seen, for those who listen.
pub fn wanting(lang: &Lang, count: usize) -> String {
    if count == 1 {
        tr(lang, "1 complaint to look at").to_owned()
    } else {
        tr_with(lang, "{} complaints to look at", &[&count.to_string()])
    }
}

/// What stands beside the words of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// When it was.
    When,
    /// With whom.
    Whom,
    /// What would put it right.
    Wish,
    /// The writer's name.
    Name,
    /// How to reach them.
    Contact,
    /// Whether sensitive data may be read (PIPL 29).
    Sensitive,
    /// The language of the form.
    Language,
}

/// The name of a fact.
pub fn fact(lang: &Lang, fact: Fact) -> &'static str {
    tr(
        lang,
        match fact {
            Fact::When => "When it was",
            Fact::Whom => "With whom",
            Fact::Wish => "Asks for",
            Fact::Name => "Writer's name",
            Fact::Contact => "To be reached at",
            Fact::Sensitive => "Sensitive data",
            Fact::Language => "Written in",
        },
    )
}

/// The writer did not say.
pub fn not_given(lang: &Lang) -> &'static str {
    tr(lang, "not given")
}

/// Whether the writer agreed to sensitive data being read.
pub fn consent(lang: &Lang, agreed: bool) -> &'static str {
    tr(
        lang,
        if agreed {
            "Agreed to its use for this complaint"
        } else {
            "Not agreed to: use none, pass none on"
        },
    )
}

/// Who sees to it.
pub fn seen_to_by(lang: &Lang, department: &str) -> String {
    tr_with(lang, "With: {}", &[department])
}

/// The incident it belongs to.
pub fn belongs_to(lang: &Lang, incident: &str) -> String {
    tr_with(lang, "Incident: {}", &[incident])
}

/// What the staff can do with a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// See to it from now on.
    Accept,
    /// Answer it.
    Reply,
    /// Have a department see to it.
    HandOver,
    /// Join it to an incident.
    Link,
    /// Settle it.
    Settle,
    /// Take longer than was promised.
    Extend,
    /// Keep it, whoever asks.
    Hold,
    /// Keep it no longer than others.
    Release,
    /// Deal with it after all.
    PutBack,
    /// Erase its words.
    Erase,
}

/// What a button of a complaint does.
pub fn act(lang: &Lang, act: Act) -> &'static str {
    tr(
        lang,
        match act {
            Act::Accept => "Accept",
            Act::Reply => "Reply",
            Act::HandOver => "Hand over",
            Act::Link => "Incident",
            Act::Settle => "Settle",
            Act::Extend => "Extend",
            Act::Hold => "Hold",
            Act::Release => "End hold",
            Act::PutBack => "Put back",
            Act::Erase => "Erase",
        },
    )
}

/// What is asked before an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// What to answer.
    Reply,
    /// Who is to see to it.
    HandOver,
    /// Which incident it belongs to.
    Link,
    /// How it ended.
    Settle,
    /// How much longer it takes.
    Extend,
    /// Why it takes longer.
    ExtendWhy,
    /// Why it must be kept.
    Hold,
    /// Why it need not be kept any longer.
    Release,
    /// Whether its words are really to go.
    Erase,
}

/// The question above the choices.
pub fn question(lang: &Lang, question: Question) -> &'static str {
    tr(
        lang,
        match question {
            Question::Reply => "What shall the customer read?",
            Question::HandOver => "Which department sees to it?",
            Question::Link => "Which incident does it belong to?",
            Question::Settle => "How was it settled?",
            Question::Extend => "How many more working days are needed?",
            Question::ExtendWhy => "Why does it take longer? The customer reads it.",
            Question::Hold => "Why must this complaint be kept?",
            Question::Release => "Why need it not be kept any longer?",
            Question::Erase => "Erase what the customer wrote?",
        },
    )
}

/// Before a reply is chosen.
pub fn choose_reply(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Choose a reply to see its full words. Nothing is sent yet.",
    )
}

/// That a settlement would leave a customer without the answer that was promised.
pub fn still_owed(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The customer has not been answered yet. Once settled, nobody is reminded of it.",
    )
}

/// Before a settlement is chosen.
pub fn choose_settlement(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Choose how it ended. The customer reads it on the phone.",
    )
}

/// Words as the customer reads them, and where that is another language, as the staff do.
pub fn in_both(words: &Text, theirs: &Lang, ours: &Lang) -> String {
    let (read, here) = (words.in_lang(theirs), words.in_lang(ours));
    if read == here {
        read.to_owned()
    } else {
        [read, "\n", here].concat()
    }
}

/// Sends the reply, which is the answer unless it only says how things stand.
pub fn send(lang: &Lang, interim: bool) -> &'static str {
    tr(
        lang,
        if interim {
            "Send update"
        } else {
            "Send answer"
        },
    )
}

/// What sending it does to what is owed, and whom to ask first where a superior has to agree.
pub fn what_sending_does(lang: &Lang, interim: bool, approval: bool) -> &'static str {
    tr(
        lang,
        match (interim, approval) {
            (true, false) => "(For staff) An update only: the answer is still owed.",
            (false, false) => "(For staff) This is the answer: nothing more is owed.",
            (true, true) => {
                "(For staff) An update only: the answer is still owed. Ask a superior first; you can send another update meanwhile."
            }
            (false, true) => {
                "(For staff) This is the answer: nothing more is owed. Ask a superior first; you can send an update meanwhile."
            }
        },
    )
}

/// On a reply that a superior has to agree to before it is sent.
pub fn needs_approval(lang: &Lang) -> &'static str {
    tr(lang, "Needs approval")
}

/// Settles the complaint.
pub fn settle(lang: &Lang) -> &'static str {
    tr(lang, "Settle")
}

/// Erases its words.
pub fn erase_for_good(lang: &Lang) -> &'static str {
    tr(lang, "Erase for good")
}

/// What erasing does.
pub fn what_erasing_does(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Only when whoever wrote it asks and compliance has agreed. What was written, the name and the contact go for good, and the receipt stops working. What the branch did stays on record.",
    )
}

/// Starts an incident for the complaint.
pub fn start(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Start: {}", &[name])
}

/// Leads to the guide of an incident that the complaint belongs to.
pub fn to_guide(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Guide: {}", &[name])
}

/// Joins the complaint to an incident that is open, for how long.
pub fn join_to(lang: &Lang, name: &str, running: &str) -> String {
    tr_with(lang, "Open: {0}, {1}", &[name, running])
}
