//! The `[complaint]` section of `kiosk.toml`: how customers complain, and in which time the branch
//! answers.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::fields::{number, valid, whole};
use crate::config::fault::Problem;
use crate::config::limits::CALENDAR_DAYS;
use crate::config::toml_reader::{Item, Section};
use crate::domain::calendar::Calendar;
use crate::domain::complaint::Terms;
use crate::domain::phone;

const ACCEPT_DAYS: RangeInclusive<i64> = 1..=30;
const ANSWER_DAYS: RangeInclusive<i64> = 1..=90;
const RETENTION_YEARS: RangeInclusive<i64> = 1..=100;
/// Years that what belongs to the business is kept at least (证券法, article 137).
pub const LEGAL_YEARS: u32 = 20;
/// What earlier templates wrote, before anybody had decided anything. Only whoever took its
/// remark away, or wrote another number, has.
const AS_TEMPLATE_WROTE_IT: &str = "retention_years = 3  # 办结后保存几年，1 至 30 Years that a settled complaint is kept, 1 to 30";

/// How customers complain without the tablet, which a branch must post; and the time that the
/// branch gives itself. T/SAC 001-2024 asks for a limit and names none; what the associations'
/// guideline of 2021 (证券基金期货经营机构投资者投诉处理工作指引（试行）) and the firm's own rules come to is
/// for Compliance to say, so they are settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The complaint line.
    pub phone: Option<String>,
    /// Its fax.
    pub fax: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Working days within which a complaint is accepted or refused.
    pub accept_days: u32,
    /// Working days within which it is answered, never fewer than [`Complaint::accept_days`] in a
    /// sound file.
    pub answer_days: u32,
    /// Years that a settled complaint is kept before it is erased by itself; none where the
    /// branch has not decided: then nothing is. Securities law demands at least twenty for what
    /// belongs to the business (证券法, article 137), and the firm's own rules may demand more.
    pub retention_years: Option<u32>,
    /// Whether [`Complaint::retention_years`] is unset because its line still stands as an earlier
    /// template wrote it.
    pub retention_as_template: bool,
    /// Days off besides Saturdays and Sundays.
    pub holidays: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are worked.
    pub workdays: BTreeSet<NaiveDate>,
}

impl Default for Complaint {
    fn default() -> Self {
        Self {
            phone: None,
            fax: None,
            email: None,
            accept_days: 3,
            answer_days: 15,
            retention_years: None,
            retention_as_template: false,
            holidays: BTreeSet::new(),
            workdays: BTreeSet::new(),
        }
    }
}

impl Complaint {
    /// The branch's working days: of a year for which it has entered none, those that are built in.
    pub fn calendar(&self) -> Calendar {
        let own = Calendar {
            holidays: self.holidays.clone(),
            workdays: self.workdays.clone(),
        };
        own.with_built_in()
    }

    /// The terms of handling complaints.
    pub fn terms(&self) -> Terms {
        Terms {
            accept_days: self.accept_days,
            answer_days: self.answer_days,
            calendar: self.calendar(),
        }
    }
}

/// Whether the text of a file still has the years that an earlier template wrote.
pub(super) fn is_as_template(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_end() == AS_TEMPLATE_WROTE_IT)
}

pub(super) fn read(mut one: Section<'_>, as_template: bool) -> Complaint {
    let default = Complaint::default();
    let phone = one.optional("phone").and_then(number);
    let fax = one.optional("fax").and_then(number);
    let email = one.optional("email").and_then(|item| {
        valid(item, phone::is_email, |address| Problem::BadEmail {
            address,
        })
    });
    let (accept_days, answer_days) = spans(&mut one, &default);
    let retention_years = one
        .optional("retention_years")
        .filter(|item| !item.is_blank())
        .and_then(|item| whole(item, RETENTION_YEARS))
        .filter(|_| !as_template);
    let holidays = days(one.optional("holidays"));
    let workdays = days(one.optional("workdays"));
    for (day, item) in &workdays {
        let holiday = holidays.iter().find(|(holiday, _)| holiday == day);
        if let Some((_, holiday)) = holiday {
            item.fault(Problem::DuplicateId {
                id: day.to_string(),
                first: holiday.place().line,
            });
        }
    }
    let set = |days: Vec<(NaiveDate, Item<'_>)>| days.into_iter().map(|(day, _)| day).collect();
    Complaint {
        phone,
        fax,
        email,
        accept_days,
        answer_days,
        retention_years,
        retention_as_template: as_template,
        holidays: set(holidays),
        workdays: set(workdays),
    }
}

/// Days to accept and days to answer: what is answered has been accepted before.
fn spans(one: &mut Section<'_>, default: &Complaint) -> (u32, u32) {
    let accept = one.optional("accept_days");
    let answer = one.optional("answer_days");
    let read = |item: &Option<Item<'_>>, range, default| match item {
        Some(item) => whole(item.clone(), range),
        None => Some(default),
    };
    let accept_days = read(&accept, ACCEPT_DAYS, default.accept_days);
    let answer_days = read(&answer, ANSWER_DAYS, default.answer_days);
    // A value that is no number has been named already, and is compared with nothing.
    let longer = accept_days.zip(answer_days).is_some_and(|(a, b)| a > b);
    if longer && let Some(item) = answer.or(accept) {
        item.fault(Problem::LongerThan {
            shorter: "accept_days".to_owned(),
            longer: "answer_days".to_owned(),
        });
    }
    (
        accept_days.unwrap_or(default.accept_days),
        answer_days.unwrap_or(default.answer_days),
    )
}

/// The days of a list, each with its place.
fn days(item: Option<Item<'_>>) -> Vec<(NaiveDate, Item<'_>)> {
    let Some(item) = item else {
        return Vec::new();
    };
    let members = item.clone().list().unwrap_or_default();
    if members.len() > *CALENDAR_DAYS.end() {
        item.fault(Problem::Count {
            least: *CALENDAR_DAYS.start(),
            most: *CALENDAR_DAYS.end(),
            count: members.len(),
        });
    }
    members
        .into_iter()
        .take(*CALENDAR_DAYS.end())
        .filter_map(|one| Some((one.clone().date()?, one)))
        .collect()
}
