//! One value of a file.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use toml::de::DeValue;

use super::section::{TABLES, tables};
use super::{Location, ReadAs, Report, Section};
use crate::config::fault::{Kind, Problem};
use crate::config::limits::bad_character;
use crate::domain::lang::Lang;
use crate::domain::plan::Text;

/// A value being read. What it turns out not to be is reported at its line.
#[derive(Clone, Debug)]
pub struct Item<'d> {
    report: &'d Report,
    value: &'d DeValue<'d>,
    place: Location,
}

impl<'d> Item<'d> {
    pub(super) fn new(report: &'d Report, value: &'d DeValue<'d>, place: Location) -> Self {
        Self {
            report,
            value,
            place,
        }
    }

    /// Where the value stands.
    pub fn place(&self) -> &Location {
        &self.place
    }

    /// Notes that something is wrong with the value.
    pub fn fault(&self, problem: Problem) {
        self.report.add(&self.place, problem);
    }

    /// Notes that the value, `written` so, was understood as `read`.
    pub fn note(&self, written: String, read: String) {
        self.report.readings.borrow_mut().push(ReadAs {
            place: self.place.clone(),
            written,
            read,
        });
    }

    fn wrong_kind<T>(&self, expected: Kind) -> Option<T> {
        self.fault(Problem::WrongKind { expected });
        None
    }

    /// A text of one line, without spaces around it; it may be empty.
    pub fn words(self) -> Option<String> {
        let Some(words) = self.value.as_str() else {
            return self.wrong_kind(Kind::Text);
        };
        let words = words.trim();
        if let Some(bad) = bad_character(words, false) {
            self.fault(Problem::BadCharacter { code: bad.into() });
            return None;
        }
        Some(words.to_owned())
    }

    /// Whether it is a text with nothing in it, as whoever does not know the value yet leaves it.
    pub fn is_blank(&self) -> bool {
        self.value
            .as_str()
            .is_some_and(|words| words.trim().is_empty())
    }

    /// A text of one line with something in it.
    pub fn text(self) -> Option<String> {
        let words = self.clone().words()?;
        if words.is_empty() {
            self.fault(Problem::Empty);
            return None;
        }
        Some(words)
    }

    /// One of the words in `known`, with what it stands for.
    pub fn one_of<T: Copy>(self, known: &[(&str, T)]) -> Option<T> {
        let word = self.clone().text()?;
        let found = known.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            self.fault(Problem::Unknown {
                what: Kind::Word,
                name: word,
                known: known.iter().map(|(name, _)| (*name).to_owned()).collect(),
            });
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// `true` or `false`.
    pub fn flag(self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.wrong_kind(Kind::Flag))
    }

    /// A whole number within `range`.
    pub fn number(self, range: RangeInclusive<i64>) -> Option<i64> {
        let Some(number) = self.value.as_integer() else {
            return self.wrong_kind(Kind::Number);
        };
        // What does not even fit an i64 is out of any range.
        let number = i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|number| range.contains(number));
        if number.is_none() {
            self.fault(Problem::OutOfRange {
                least: *range.start(),
                most: *range.end(),
            });
        }
        number
    }

    /// A date without a time.
    pub fn date(self) -> Option<NaiveDate> {
        self.value
            .as_datetime()
            .filter(|date| date.time.is_none() && date.offset.is_none())
            .and_then(|date| date.date)
            .and_then(|date| {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            })
            .or_else(|| self.wrong_kind(Kind::Date))
    }

    /// The members of a list.
    pub fn list(self) -> Option<Vec<Self>> {
        let Some(list) = self.value.as_array() else {
            return self.wrong_kind(Kind::List);
        };
        let members = list.iter().enumerate().map(|(index, one)| {
            let place = Location {
                line: self.report.line(one.span().start),
                key: format!("{}[{}]", self.place.key, index + 1),
            };
            Self::new(self.report, one.get_ref(), place)
        });
        Some(members.collect())
    }

    /// The members of a list, or the value itself where a list of one may be written without
    /// its brackets.
    pub fn one_or_more(self) -> Vec<Self> {
        if self.value.is_array() {
            self.list().unwrap_or_default()
        } else {
            vec![self]
        }
    }

    /// Whether the value is a list without members.
    pub fn is_empty_list(&self) -> bool {
        self.value.as_array().is_some_and(|list| list.is_empty())
    }

    /// Whether the value is a table.
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Whether the value is a list of tables.
    pub fn is_list_of_tables(&self) -> bool {
        tables(self.value).is_some()
    }

    /// A table.
    pub fn section(self) -> Option<Section<'d>> {
        let Some(table) = self.value.as_table() else {
            return self.wrong_kind(Kind::Table);
        };
        Some(Section::at(self.report, table, self.place))
    }

    /// A list of tables.
    pub fn sections(self) -> Vec<Section<'d>> {
        let Some(tables) = tables(self.value) else {
            self.fault(TABLES);
            return Vec::new();
        };
        let sections = tables.into_iter().enumerate().map(|(index, (at, table))| {
            let place = Location {
                line: self.report.line(at),
                key: format!("{}[{}]", self.place.key, index + 1),
            };
            Section::at(self.report, table, place)
        });
        sections.collect()
    }

    /// A text in each of `languages` (their tags), none of them blank, in no other language. `rule` says what
    /// else is wrong with the words of a language; whether they may be broken into lines is
    /// `breaks`.
    pub fn texts(
        self,
        languages: &[String],
        breaks: bool,
        rule: impl Fn(&str, &str) -> Option<Problem>,
    ) -> Option<Text> {
        let Some(table) = self.value.as_table() else {
            return self.wrong_kind(Kind::Texts);
        };
        let mut section = Section::at(self.report, table, self.place.clone());
        section.all_known();
        for language in languages {
            if !table.contains_key(language.as_str()) {
                self.fault(Problem::MissingLanguage {
                    language: language.clone(),
                });
            }
        }
        let words = section.entries().filter_map(|(language, item)| {
            if !languages.iter().any(|known| known == language) {
                item.fault(Problem::Unknown {
                    what: Kind::Language,
                    name: language.to_owned(),
                    known: languages.to_vec(),
                });
                return None;
            }
            let Some(words) = item.value.as_str() else {
                return item.wrong_kind(Kind::Text);
            };
            let words = words.trim();
            let problem = if words.is_empty() {
                Some(Problem::Empty)
            } else if let Some(bad) = bad_character(words, breaks) {
                Some(Problem::BadCharacter { code: bad.into() })
            } else {
                rule(language, words)
            };
            match problem {
                Some(problem) => {
                    item.fault(problem);
                    None
                }
                None => Some((Lang::new(language)?, words)),
            }
        });
        Some(Text::new(words))
    }
}
