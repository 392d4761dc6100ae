//! A year's days off taken over into `kiosk.toml`, under `[complaint]`: what is missing is added,
//! what says the contrary is moved, and everything else in the file stays as it is.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use thiserror::Error;
use toml_edit::{Document, Item, Value};

use super::form::end_of;
use super::fresh;
use super::list::List;
use super::splice::{Splice, apply, line_after, newline};
use crate::config::fault::{Fault, Problem};
use crate::config::file::{self as config_file, ConfigFile};
use crate::config::settings::Settings;
use crate::config::settings::notice::{Notice, NoticeDay};
use crate::domain::plan::Plan;

const SECTION: &str = "complaint";
const HOLIDAYS: &str = "holidays";
const WORKDAYS: &str = "workdays";
const INDENT: &str = "    ";

/// What was taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Days off that were added.
    pub off: Vec<NaiveDate>,
    /// Saturdays and Sundays that are worked and were added.
    pub worked: Vec<NaiveDate>,
    /// Days that the file called off and the notice has worked.
    pub no_holidays: Vec<NaiveDate>,
    /// Days that the file had worked and the notice calls off.
    pub no_workdays: Vec<NaiveDate>,
    /// Days of that year that the file has and the notice has not: they stay.
    pub own: Vec<NaiveDate>,
}

impl Imported {
    /// Whether the file said all of it already.
    pub fn is_nothing(&self) -> bool {
        let Self {
            off,
            worked,
            no_holidays,
            no_workdays,
            own: _,
        } = self;
        [off, worked, no_holidays, no_workdays]
            .iter()
            .all(|days| days.is_empty())
    }
}

/// Why `kiosk.toml` was left as it is. `i18n::calendar` words it for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The file is no TOML, or cannot be read at all.
    #[error("the file is broken")]
    Broken(Vec<Fault>),
    /// The file would have these faults, which it has not now.
    #[error("the file would be broken")]
    Worse(Vec<Fault>),
    /// The days are written in a form that has no room for the change.
    #[error("the days are written in an unusual form")]
    Form,
    /// The disk refuses.
    #[error("the file cannot be written")]
    Unwritable(Fault),
}

/// Takes the days of `notice` over into the `kiosk.toml` of `data`, which is begun from the template
/// where it is missing. Doing it again changes nothing.
///
/// # Errors
/// Why nothing was written.
pub fn import(data: &Path, plan: &Plan, notice: &Notice) -> Result<Imported, ImportError> {
    let file = ConfigFile::new(data, "kiosk");
    let text = match config_file::text_of(file.path()) {
        Err(fault) if fault.problem == Problem::NotFound => fresh(plan),
        read => read.map_err(|fault| ImportError::Broken(vec![fault]))?,
    };
    let name = config_file::name(file.path());
    let read = |text: &str| Settings::read(&name, text, data, plan);
    let (before, faults) = read(&text);
    let in_the_way = |fault: &Fault| {
        let of_days = [HOLIDAYS, WORKDAYS].map(|key| format!("{SECTION}.{key}"));
        fault.problem.is_syntax()
            || fault.problem == Problem::DuplicateKey
            || of_days.iter().any(|key| fault.key.starts_with(key))
    };
    if faults.iter().any(in_the_way) {
        let found = faults.into_iter().filter(in_the_way).collect();
        return Err(ImportError::Broken(found));
    }
    let (off, worked) = (&before.complaint.holidays, &before.complaint.workdays);
    let imported = compare(notice, off, worked);
    if imported.is_nothing() {
        return Ok(imported);
    }

    // An editor's mark at the beginning is no part of the TOML.
    let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mark = text.strip_suffix(body).unwrap_or_default();
    let changed = changed(body, notice, &imported).ok_or(ImportError::Form)?;
    let changed = format!("{mark}{changed}");
    let (after, faults_after) = read(&changed);
    if faults_after.len() > faults.len() {
        let new = |fault: &Fault| {
            let mut old = faults.iter();
            !old.any(|old| (&old.key, &old.problem) == (&fault.key, &fault.problem))
        };
        return Err(ImportError::Worse(
            faults_after.into_iter().filter(new).collect(),
        ));
    }
    if after != wished(before, &after, &imported) {
        return Err(ImportError::Form);
    }
    file.rewrite(&changed).map_err(ImportError::Unwritable)?;
    // The copy of the last good state follows as it does whenever the file is read.
    let _ = Settings::load(data, plan);
    Ok(imported)
}

/// What is to be done so that a file with these days says what the notice does.
fn compare(notice: &Notice, off: &BTreeSet<NaiveDate>, worked: &BTreeSet<NaiveDate>) -> Imported {
    let of = |wanted: fn(&NoticeDay) -> bool| -> BTreeSet<NaiveDate> {
        let days = notice.days.iter().filter(|one| wanted(one));
        days.map(|one| one.date).collect()
    };
    // Saturdays and Sundays are off without being entered.
    let to_enter = of(|one| one.is_off && !one.is_weekend());
    let (all_off, to_work) = (of(|one| one.is_off), of(|one| !one.is_off));
    let own: Vec<NaiveDate> = off
        .union(worked)
        .filter(|day| notice.year == day.year())
        .filter(|day| !all_off.contains(day) && !to_work.contains(day))
        .copied()
        .collect();
    Imported {
        off: to_enter.difference(off).copied().collect(),
        worked: to_work.difference(worked).copied().collect(),
        no_holidays: off.intersection(&to_work).copied().collect(),
        no_workdays: worked.intersection(&all_off).copied().collect(),
        own,
    }
}

/// What the file has to say afterwards.
fn wished(before: Settings, after: &Settings, imported: &Imported) -> Settings {
    let mut complaint = before.complaint;
    for day in &imported.no_holidays {
        complaint.holidays.remove(day);
    }
    for day in &imported.no_workdays {
        complaint.workdays.remove(day);
    }
    complaint.holidays.extend(&imported.off);
    complaint.workdays.extend(&imported.worked);
    Settings {
        complaint,
        // How the numbers are written has not changed, but their lines may have.
        readings: after.readings.clone(),
        ..before
    }
}

/// The text with all of it done.
fn changed(text: &str, notice: &Notice, imported: &Imported) -> Option<String> {
    let named = |days: &[NaiveDate]| -> Vec<&NoticeDay> {
        let days = days.iter();
        let of = |day: &NaiveDate| notice.days.iter().find(|one| one.date == *day);
        days.filter_map(of).collect()
    };
    let text = without(text.to_owned(), HOLIDAYS, &imported.no_holidays)?;
    let text = without(text, WORKDAYS, &imported.no_workdays)?;
    let text = with(&text, HOLIDAYS, &named(&imported.off))?;
    with(&text, WORKDAYS, &named(&imported.worked))
}

fn without(mut text: String, key: &str, days: &[NaiveDate]) -> Option<String> {
    for day in days {
        let document = Document::parse(text.as_str()).ok()?;
        let (list, own) = list_of(&text, document.get(SECTION)?.get(key)?)?;
        let index = own.iter().position(|one| *one == Some(*day))?;
        let splice = list.without(index)?;
        text = apply(&text, vec![splice])?;
    }
    Some(text)
}

fn with(text: &str, key: &str, days: &[&NoticeDay]) -> Option<String> {
    if days.is_empty() {
        return Some(text.to_owned());
    }
    let nl = newline(text);
    let rows = rows(days, nl);
    let document = Document::parse(text).ok()?;
    let line = format!("{key} = [{nl}{rows}]");
    let splices = match document.get(SECTION) {
        None => {
            let gap = if text.ends_with('\n') { "" } else { nl };
            let end = format!("{gap}{nl}[{SECTION}]{nl}{line}{nl}");
            vec![Splice::insert(text.len(), end)]
        }
        Some(Item::Table(table)) if !table.is_dotted() && !table.is_implicit() => {
            match table.get(key) {
                Some(item) => added(&list_of(text, item)?.0, &rows, nl)?,
                None => vec![line_after(text, end_of(table)?, &line)?],
            }
        }
        Some(_) => return None,
    };
    apply(text, splices)
}

/// Rows of days, one a holiday, each ended by a line break.
fn rows(days: &[&NoticeDay], nl: &str) -> String {
    let holidays = days.chunk_by(|one, next| one.name == next.name);
    let row = |days: &[&NoticeDay]| {
        let dates: Vec<String> = days.iter().map(|one| format!("{},", one.date)).collect();
        let name = days.first().map_or("", |one| one.name.as_str());
        let remark = if name.is_empty() { "" } else { "  # " };
        format!("{INDENT}{}{remark}{name}{nl}", dates.join(" "))
    };
    holidays.map(row).collect()
}

/// What puts rows behind the members of a list.
fn added(list: &List<'_>, rows: &str, nl: &str) -> Option<Vec<Splice>> {
    let Some(last) = list.members.last() else {
        let inner = list.text.get(list.inner.clone())?;
        // Somebody's remark in an empty list stays.
        let (start, words) = match inner.rfind('\n') {
            Some(end) => (list.inner.start + end + 1, rows.to_owned()),
            None => (list.inner.end, format!("{nl}{rows}")),
        };
        return Some(vec![Splice::insert(start, words)]);
    };
    let behind = list.text.get(last.end..list.inner.end)?;
    let mut splices = Vec::new();
    if list.comma(last.end..list.inner.end)?.is_none() {
        splices.push(Splice::insert(last.end, ",".to_owned()));
    }
    splices.push(match behind.rfind('\n') {
        Some(end) => Splice::insert(last.end + end + 1, rows.to_owned()),
        None => Splice::insert(list.inner.end, format!("{nl}{rows}")),
    });
    Some(splices)
}

/// A list of days, and each member as a day.
fn list_of<'t>(text: &'t str, item: &Item) -> Option<(List<'t>, Vec<Option<NaiveDate>>)> {
    let list = item.as_array()?;
    let span = list.span()?;
    let found = List {
        text,
        inner: span.start + 1..span.end.checked_sub(1)?,
        members: list.iter().map(Value::span).collect::<Option<_>>()?,
    };
    let day = |value: &Value| value.as_datetime()?.to_string().parse().ok();
    Some((found, list.iter().map(day).collect()))
}
