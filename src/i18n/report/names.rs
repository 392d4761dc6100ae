//! The names of the parts of a report, of its facts and of its columns.

use crate::domain::lang::Lang;
use crate::i18n::tr;

/// The parts of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The whole in a few sentences.
    Summary,
    /// What did not go as the plan asks.
    Deviations,
    /// The entries one by one.
    Timeline,
    /// The guide.
    Steps,
    /// What is done afterwards.
    FollowUps,
    /// What was said of steps off the way.
    Others,
    /// Whom one called.
    Calls,
    /// People led out.
    Evacuation,
    /// Somebody resuscitated.
    Resuscitation,
    /// Questions of the guide.
    Answers,
    /// What came by itself.
    Prompts,
    /// What was written on phones.
    Written,
    /// Complaints joined.
    Complaints,
    /// Why it came to that, and what the guide was worth.
    Review,
    /// Who is responsible.
    Responsibility,
    /// What is to be done so that it goes better.
    Actions,
    /// What all that rests on.
    Evidence,
}

/// The heading of a part.
pub fn part(lang: &Lang, part: Part) -> &'static str {
    tr(
        lang,
        match part {
            Part::Summary => "Summary",
            Part::Deviations => "Deviations from the plan",
            Part::Timeline => "Timeline",
            Part::Steps => "Steps of the guide",
            Part::FollowUps => "Follow-ups",
            Part::Others => "Other steps dealt with",
            Part::Calls => "Calls",
            Part::Evacuation => "Evacuation and head count",
            Part::Resuscitation => "Resuscitation",
            Part::Answers => "Questions and answers",
            Part::Prompts => "Reminders",
            Part::Written => "Notes and photos",
            Part::Complaints => "Complaints joined",
            Part::Review => "Review",
            Part::Responsibility => "Responsibility",
            Part::Actions => "Actions for improvement",
            Part::Evidence => "Where this comes from, and how to check it",
        },
    )
}

/// What stands beside a fact, or above a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The company.
    Firm,
    /// The branch.
    Branch,
    /// Where it is.
    Address,
    /// What the incident is.
    Type,
    /// Of which class.
    Class,
    /// By which clauses.
    Clauses,
    /// Its number.
    Number,
    /// How it stands.
    Status,
    /// When.
    Time,
    /// After how long.
    SinceStart,
    /// What.
    What,
    /// Who did it.
    By,
    /// What is out of the ordinary.
    Remark,
    /// The number of a step.
    Place,
    /// A step.
    Step,
    /// What became of it.
    State,
    /// By when.
    Deadline,
    /// When it was done.
    Actual,
    /// Who was called.
    Called,
    /// What became of a call.
    Answered,
    /// A question.
    Question,
    /// An answer.
    GivenAnswer,
    /// Answers before that.
    AnswersBefore,
    /// A reminder.
    Reminder,
    /// When it was heeded.
    Heeded,
    /// When it was put off.
    PutOff,
    /// The number of a complaint.
    Complaint,
    /// What it is about.
    About,
    /// Why people left.
    Hazard,
    /// When something began.
    Began,
    /// When and how it ended.
    Ended,
    /// How long.
    Lasted,
    /// The head count.
    Heads,
    /// Who is missing.
    StillMissing,
    /// Who had which task.
    Tasks,
    /// When the AED came.
    Aed,
    /// How often the rescuer changed.
    Changes,
    /// The plan.
    Plan,
    /// Its digest.
    PlanDigest,
    /// The device.
    Device,
    /// How many entries.
    Entries,
    /// The first of them.
    FirstEntry,
    /// The last.
    LastEntry,
    /// When and by what the report was made.
    Made,
    /// Why it came to that.
    Causes,
    /// What the guide was worth at a step.
    Worth,
    /// Which version of a review.
    Version,
    /// When that was finalised.
    Finalised,
    /// Its digest.
    ReviewDigest,
    /// Who is responsible.
    Whose,
    /// On what evidence.
    Evidence,
    /// What follows.
    Decision,
    /// What is to be done.
    Action,
    /// Who sees to it.
    Owner,
    /// What that is about.
    WroteAbout,
    /// What somebody wrote.
    Wrote,
}

/// The words of a [`Name`].
pub fn name(lang: &Lang, name: Name) -> &'static str {
    tr(
        lang,
        match name {
            Name::Firm => "Firm",
            Name::Branch => "Branch",
            Name::Address => "Address",
            Name::Type => "Type of incident",
            Name::Class => "Class",
            Name::Clauses => "Clauses of the plan",
            Name::Number => "Incident number",
            Name::Status => "Status",
            Name::Time => "Time",
            Name::SinceStart => "After",
            Name::What => "What happened",
            Name::By => "By",
            Name::Remark => "Remark",
            Name::Place => "No.",
            Name::Step => "Step",
            Name::State => "What became of it",
            Name::Deadline => "Deadline",
            Name::Actual => "Actual time",
            Name::Called => "Called",
            Name::Answered => "Result",
            Name::Question => "Question",
            Name::GivenAnswer => "Answer on the spot",
            Name::AnswersBefore => "Answers before",
            Name::Reminder => "Reminder",
            Name::Heeded => "Done at",
            Name::PutOff => "Put off at",
            Name::Complaint => "Complaint number",
            Name::About => "About",
            Name::Hazard => "Hazard",
            Name::Began => "Began",
            Name::Ended => "Over at",
            Name::Lasted => "Took",
            Name::Heads => "Head count",
            Name::StillMissing => "Still missing",
            Name::Tasks => "Tasks",
            Name::Aed => "AED",
            Name::Changes => "Changes of the rescuer",
            Name::Plan => "Emergency plan",
            Name::PlanDigest => "Digest of the plan",
            Name::Device => "Tablet",
            Name::Entries => "Number of entries",
            Name::FirstEntry => "First entry",
            Name::LastEntry => "Last entry",
            Name::Made => "Report made",
            Name::Causes => "Causes",
            Name::Worth => "What the guide was worth",
            Name::Version => "Version",
            Name::Finalised => "Finalised",
            Name::ReviewDigest => "Digest of the text",
            Name::Whose => "Responsible",
            Name::Evidence => "On what evidence",
            Name::Decision => "Decision",
            Name::Action => "Action",
            Name::Owner => "In charge",
            Name::WroteAbout => "It is about",
            Name::Wrote => "What was written",
        },
    )
}
