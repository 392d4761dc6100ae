//! How the numbers of a role are written in `kiosk.toml`, and what a change of them replaces.

use std::ops::Range;

use chrono::NaiveDate;
use toml_edit::{Document, Item, Key, Table, TableLike, Value};

use super::EditError;
use super::list::List;
use super::splice::{Splice, apply, line_after, line_start, newline};
use crate::config::fault::{Fault, Problem};
use crate::config::settings::Number;
use crate::domain::phone;

/// The place of a role in the file.
pub(super) struct Spot<'t> {
    text: &'t str,
    role: &'t str,
    document: Document<&'t str>,
}

/// One number, or what stands where one could.
#[derive(Clone, Copy)]
enum Member<'d> {
    /// A text, an inline table, or nothing that a number could be.
    Value(&'d Value),
    /// A table under a heading of its own, or of dotted keys.
    Table(&'d Table),
}

impl<'t> Spot<'t> {
    /// Looks the role up in the text of a file.
    pub fn find(text: &'t str, role: &'t str) -> Result<Self, EditError> {
        // Faults of the syntax have been named by now, so this is the parser's own limit.
        let document = Document::parse(text).map_err(|error| {
            EditError::Broken(vec![Fault {
                file: String::new(),
                line: None,
                key: String::new(),
                problem: Problem::Syntax(error.message().to_owned()),
            }])
        })?;
        Ok(Self {
            text,
            role,
            document,
        })
    }

    /// Whether this number stands in the file for the role.
    pub fn says(&self, number: &str) -> bool {
        self.members()
            .iter()
            .any(|one| one.number().as_deref() == Some(number))
    }

    /// The error of a form that has no room for the change.
    pub fn unusual(&self) -> EditError {
        let key = self.contacts().and_then(|contacts| contacts.key(self.role));
        let before = key
            .and_then(Key::span)
            .and_then(|span| self.text.get(..span.start));
        EditError::Form {
            role: self.role.to_owned(),
            line: before.map(|before| 1 + before.matches('\n').count()),
        }
    }

    /// The text with the number at `place` of `own` confirmed on `day`, and with another `number`
    /// where one is given.
    pub fn changed(
        &self,
        own: &[Number],
        place: usize,
        number: Option<&str>,
        day: NaiveDate,
    ) -> Option<String> {
        let members = self.members();
        let member = members.get(self.index_of(own, place)?)?;
        apply(self.text, self.set(*member, number, day)?)
    }

    /// The text without the number at `place` of `own`.
    pub fn without(&self, own: &[Number], place: usize) -> Option<String> {
        let index = self.index_of(own, place)?;
        let splices = match self.item()? {
            Item::Value(Value::Array(_)) => vec![self.list()?.without(index)?],
            Item::Value(value) => vec![Splice {
                range: value.span()?,
                words: "\"\"".to_owned(),
            }],
            _ => match self.members().get(index)? {
                Member::Table(table) => self.emptied(table)?,
                Member::Value(_) => return None,
            },
        };
        apply(self.text, splices)
    }

    /// The text with another number behind the last one of `own`.
    pub fn with(&self, own: &[Number], number: Option<&str>, day: NaiveDate) -> Option<String> {
        let number = number?;
        let members = self.members();
        let next = match own.len().checked_sub(1) {
            Some(last) => self.index_of(own, last)? + 1,
            None => 0,
        };
        // An empty one that stands there already is filled in.
        if let Some(member) = members
            .get(next)
            .filter(|one| one.number().as_deref() == Some(""))
        {
            return apply(self.text, self.set(*member, Some(number), day)?);
        }
        let written = table(&quoted(number), day);
        let splices = match self.item() {
            None => self.new_key(&written)?,
            Some(Item::Value(Value::Array(_))) => self.list()?.with(&written)?,
            Some(Item::Value(value)) if !is_dotted(value) => {
                let Range { start, end } = value.span()?;
                vec![
                    Splice::insert(start, "[".to_owned()),
                    Splice::insert(end, format!(", {written}]")),
                ]
            }
            Some(Item::Table(one)) if !one.is_dotted() && !one.is_implicit() => {
                let Range { start, end } = one.span()?;
                let heading = format!("[{}]", self.text.get(start..end)?);
                vec![
                    Splice::insert(start, "[".to_owned()),
                    Splice::insert(end, "]".to_owned()),
                    self.block_after(one, &heading, number, day)?,
                ]
            }
            Some(Item::ArrayOfTables(tables)) => {
                let last = tables.iter().last()?;
                let heading = self.text.get(last.span()?)?;
                vec![self.block_after(last, heading, number, day)?]
            }
            Some(_) => return None,
        };
        apply(self.text, splices)
    }

    fn contacts(&self) -> Option<&dyn TableLike> {
        self.document.get("contacts")?.as_table_like()
    }

    fn item(&self) -> Option<&Item> {
        self.contacts()?.get(self.role)
    }

    /// Everything that stands where a number of the role could.
    fn members(&self) -> Vec<Member<'_>> {
        match self.item() {
            Some(Item::Value(Value::Array(list))) => list.iter().map(Member::Value).collect(),
            Some(Item::Value(value)) => vec![Member::Value(value)],
            Some(Item::Table(table)) => vec![Member::Table(table)],
            Some(Item::ArrayOfTables(tables)) => tables.iter().map(Member::Table).collect(),
            Some(Item::None) | None => Vec::new(),
        }
    }

    /// Which of the members is the number at `place` of `own`. The settings hold no number of a
    /// role twice, and of two that are the same the first.
    fn index_of(&self, own: &[Number], place: usize) -> Option<usize> {
        let number = own.get(place)?.number.as_str();
        let members = self.members();
        members
            .iter()
            .position(|one| one.number().as_deref() == Some(number))
    }

    fn list(&self) -> Option<List<'t>> {
        let list = self.item()?.as_array()?;
        let Range { start, end } = list.span()?;
        Some(List {
            text: self.text,
            inner: start + 1..end.checked_sub(1)?,
            members: list.iter().map(Value::span).collect::<Option<_>>()?,
        })
    }

    /// What makes a member confirmed on `day`, with another `number` where one is given.
    fn set(&self, member: Member<'_>, number: Option<&str>, day: NaiveDate) -> Option<Vec<Splice>> {
        if let Member::Value(value @ Value::String(_)) = member {
            let range = value.span()?;
            let number = match number {
                Some(number) => quoted(number),
                None => self.text.get(range.clone())?.to_owned(),
            };
            let words = table(&number, day);
            return Some(vec![Splice { range, words }]);
        }
        let fields = member.fields()?;
        let (key, written) = fields.get_key_value("number")?;
        let written = written.as_value()?.span()?;
        let confirmed = match fields.get("confirmed") {
            Some(confirmed) => Splice {
                range: confirmed.as_value()?.span()?,
                words: day.to_string(),
            },
            None => match member {
                Member::Value(value) => {
                    let path = if is_dotted(value) {
                        format!("{}.", quoted_key(self.role))
                    } else {
                        String::new()
                    };
                    Splice::insert(written.end, format!(", {path}confirmed = {day}"))
                }
                Member::Table(_) => {
                    // Dotted keys and an indent are those of the number.
                    let key = key.span()?.start;
                    let path = self.text.get(line_start(self.text, key)?..key)?;
                    line_after(self.text, written.end, &format!("{path}confirmed = {day}"))?
                }
            },
        };
        let number = number.map(|number| Splice {
            range: written,
            words: quoted(number),
        });
        Some(number.into_iter().chain([confirmed]).collect())
    }

    /// What leaves a table under its heading without a number. Whoever fills it in again says anew
    /// whether it is public.
    fn emptied(&self, table: &Table) -> Option<Vec<Splice>> {
        let number = Splice {
            range: table.get("number")?.as_value()?.span()?,
            words: "\"\"".to_owned(),
        };
        let public = match table.get("public") {
            Some(public) => Some(Splice {
                range: public.as_value()?.span()?,
                words: "false".to_owned(),
            }),
            None => None,
        };
        Some([number].into_iter().chain(public).collect())
    }

    /// A table of its own for a number, behind the last line of `table`.
    fn block_after(
        &self,
        table: &Table,
        heading: &str,
        number: &str,
        day: NaiveDate,
    ) -> Option<Splice> {
        let nl = newline(self.text);
        let number = quoted(number);
        let lines = format!("{heading}{nl}number = {number}{nl}confirmed = {day}");
        line_after(self.text, end_of(table)?, &format!("{nl}{lines}"))
    }

    /// The role's key with the number `written`, where the role is not in the file.
    fn new_key(&self, written: &str) -> Option<Vec<Splice>> {
        let role = quoted_key(self.role);
        let line = format!("{role} = {written}");
        let nl = newline(self.text);
        let splice = match self.document.get("contacts") {
            Some(Item::Value(Value::InlineTable(inline))) => match last_end(&inline.get_values()) {
                Some(end) => Splice::insert(end, format!(", {line}")),
                None => Splice::insert(inline.span()?.start + 1, format!(" {line}")),
            },
            Some(Item::Table(table)) if table.is_dotted() => {
                let key = quoted_key("contacts");
                line_after(self.text, end_of(table)?, &format!("{key}.{line}"))?
            }
            Some(Item::Table(table)) if !table.is_implicit() => {
                line_after(self.text, end_of(table)?, &line)?
            }
            // The section is missing, or is there only as the headings of other roles.
            None | Some(Item::Table(_)) => {
                let end = self.text.len();
                let gap = if self.text.ends_with('\n') { "" } else { nl };
                Splice::insert(end, format!("{gap}{nl}[contacts]{nl}{line}{nl}"))
            }
            Some(_) => return None,
        };
        Some(vec![splice])
    }
}

impl<'d> Member<'d> {
    fn fields(self) -> Option<&'d dyn TableLike> {
        match self {
            Self::Value(value) => value.as_inline_table().map(|one| one as &dyn TableLike),
            Self::Table(table) => Some(table),
        }
    }

    /// The number as it is understood; empty where it is left so, none where there is no text at
    /// all.
    fn number(self) -> Option<String> {
        let written = match self {
            Self::Value(Value::String(text)) => Some(text.value().as_str()),
            Self::Value(_) | Self::Table(_) => self.fields()?.get("number")?.as_str(),
        };
        let written = written?.trim();
        Some(phone::read(written).map_or_else(|_| written.to_owned(), |one| one.shown))
    }
}

/// Whether a table consists of dotted keys within braces.
fn is_dotted(value: &Value) -> bool {
    value.as_inline_table().is_some_and(|one| one.is_dotted())
}

/// Where the last value under the heading of `table` ends; the heading itself where there is none.
pub(super) fn end_of(table: &Table) -> Option<usize> {
    last_end(&table.get_values()).or_else(|| Some(table.span()?.end))
}

/// Where the last of these values ends.
fn last_end(values: &[(Vec<&Key>, &Value)]) -> Option<usize> {
    let ends = values.iter().filter_map(|(_, value)| value.span());
    ends.map(|span| span.end).max()
}

/// A table within braces, for `number` as it stands in the file.
fn table(number: &str, day: NaiveDate) -> String {
    format!("{{ number = {number}, confirmed = {day} }}")
}

/// A telephone number between quotation marks: none of its characters needs an escape.
fn quoted(number: &str) -> String {
    format!("\"{number}\"")
}

/// A key as TOML writes it.
fn quoted_key(key: &str) -> String {
    Key::new(key).display_repr().into_owned()
}
