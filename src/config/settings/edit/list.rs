//! A list between square brackets, as it stands in the text.

use std::ops::Range;

use super::splice::{Splice, newline, split_line};

/// A list of values.
pub(super) struct List<'t> {
    /// The whole file.
    pub text: &'t str,
    /// What is between the brackets.
    pub inner: Range<usize>,
    /// The members' values, without what surrounds them.
    pub members: Vec<Range<usize>>,
}

impl List<'_> {
    /// Takes a member out, with its comma, and with the comments beside and above it: left behind
    /// they would tell of its neighbour.
    pub fn without(&self, index: usize) -> Option<Splice> {
        let member = self.members.get(index)?;
        let (left, before) = self.left_of(index)?;
        let next = self.members.get(index + 1);
        let end = next.map_or(self.inner.end, |next| next.start);
        let comma = self.comma(member.end..end)?;
        let above = self.text.get(left..member.start)?;
        let beside = self.text.get(comma.map_or(member.end, |at| at + 1)..end)?;
        // What stands on the line of the member before belongs to that one.
        let kept = match (split_line(above), split_line(beside)) {
            (Some((previous, _)), Some((_, rest))) => format!("{previous}{rest}"),
            (None, Some((_, rest))) => rest.to_owned(),
            (Some(_), None) => above.to_owned(),
            (None, None) if next.is_some() => above.to_owned(),
            (None, None) => beside.to_owned(),
        };
        // A list that ends without a comma goes on doing so.
        let start = match before {
            Some(before) if next.is_none() && comma.is_none() => before,
            _ => left,
        };
        Some(Splice {
            range: start..end,
            words: kept,
        })
    }

    /// Puts `member` behind the last one: on a line of its own where the members have theirs.
    pub fn with(&self, member: &str) -> Option<Vec<Splice>> {
        let Some(last) = self.members.last() else {
            return Some(vec![Splice::insert(self.inner.end, member.to_owned())]);
        };
        let (left, _) = self.left_of(self.members.len() - 1)?;
        let above = self.text.get(left..last.start)?;
        let comma = self.comma(last.end..self.inner.end)?;
        let behind = comma.map_or(last.end, |at| at + 1);
        let beside = self.text.get(behind..self.inner.end)?;
        let indent = match above.rsplit_once('\n') {
            Some((_, indent)) => indent,
            None if beside.contains('\n') => "  ",
            None => return Some(vec![Splice::insert(last.end, format!(", {member}"))]),
        };
        let nl = newline(self.text);
        let comment = split_line(beside).map_or(beside, |(line, _)| line);
        let mut splices = Vec::new();
        if comma.is_none() {
            splices.push(Splice::insert(last.end, ",".to_owned()));
        }
        let end = if comma.is_some() { "," } else { "" };
        splices.push(Splice::insert(
            behind + comment.len(),
            format!("{nl}{indent}{member}{end}"),
        ));
        Some(splices)
    }

    /// Where the text in front of a member begins, and the comma before it, if there is one.
    fn left_of(&self, index: usize) -> Option<(usize, Option<usize>)> {
        let Some(previous) = index.checked_sub(1) else {
            return Some((self.inner.start, None));
        };
        let from = self.members.get(previous)?.end;
        let comma = self.comma(from..self.members.get(index)?.start)??;
        Some((comma + 1, Some(comma)))
    }

    /// The comma in a part of the list without members; the outer none is a place that is not in
    /// the text.
    pub fn comma(&self, part: Range<usize>) -> Option<Option<usize>> {
        let mut comment = false;
        for (at, byte) in self.text.get(part.clone())?.bytes().enumerate() {
            match byte {
                b'\n' => comment = false,
                b'#' => comment = true,
                b',' if !comment => return Some(Some(part.start + at)),
                _ => {}
            }
        }
        Some(None)
    }
}
