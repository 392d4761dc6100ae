//! The digits of a number in their groups → by the numbering plan, the number and its extension.

use super::super::phone::{DIGITS, EMERGENCY};
use super::{Unreadable, is_free, trunk};

/// The most digits of any number in the world (ITU-T E.164).
const WORLD_DIGITS: usize = 15;
/// The most digits of an extension that no word marks as one: from seven on it is a number.
pub(super) const UNMARKED_DIGITS: usize = 6;
/// The police by text message: the last digits of the area code belong to the number.
const BY_MESSAGE: &str = "12110";

/// The most digits of a country code (ITU-T E.164).
const COUNTRY_DIGITS: usize = 3;
/// Codes that are often written without a `+`: Hong Kong, Macao, Taiwan.
const NEAR: [&str; 3] = ["852", "853", "886"];

/// The first two digits of the country codes that have three: whatever begins so has, and nothing
/// else (ITU-T E.164, list of assigned codes).
const OF_THREE: [&str; 20] = [
    "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68", "69",
    "80", "85", "87", "88",
];

/// Whether `digits` are a country code with which a local number of China could begin as well.
fn is_country(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'7'] => true,
        [b'2'..=b'6' | b'8', _] => !OF_THREE.contains(&digits),
        [b'2'..=b'6' | b'8', _, _] => OF_THREE.iter().any(|two| digits.starts_with(two)),
        _ => false,
    }
}

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A space or a dot, which parts digits for the eye alone.
    Space,
    /// A hyphen or a bracket, which may part the number from its extension.
    Hyphen,
}

/// Digits that stand together, the place of the first, and what stands before them.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub digits: String,
    pub place: usize,
    pub gap: Gap,
}

/// The groups of a number, and whether a `+` stands before them.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    pub plus: bool,
    pub groups: Vec<Group>,
}

impl Groups {
    /// How many digits there are.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.digits.len()).sum()
    }

    fn all(&self) -> String {
        let digits = self.groups.iter().map(|group| group.digits.as_str());
        digits.collect()
    }

    /// The number as it is shown, and its extension: the marked one, or else what follows a
    /// complete number.
    pub fn complete(
        mut self,
        marked: Option<String>,
    ) -> Result<(String, Option<String>), Unreadable> {
        self.take_off_country();
        self.take_off_trunk();
        let (unmarked, most) = match self.national() {
            Some(mut national) => {
                let extension = national.part_extension()?;
                if extension.is_some() {
                    self.groups.pop();
                }
                if national.count() > national.most() {
                    return Err(national.too_long(national.most()));
                }
                (extension, WORLD_DIGITS)
            }
            None if self.plus => (None, WORLD_DIGITS),
            None => (self.part_extension()?, self.most()),
        };
        if self.count() < DIGITS {
            return Err(Unreadable::TooShort);
        }
        if self.plus && self.all().starts_with('0') {
            let place = self.groups.first().map_or(1, |group| group.place);
            return Err(Unreadable::Character { sign: '0', place });
        }
        if self.count() > most {
            return Err(self.too_long(most));
        }
        if let (Some(extra), Some(_)) = (&unmarked, &marked) {
            return Err(Unreadable::TooLong { place: extra.place });
        }
        let extension = marked.or(unmarked.map(|group| group.digits));
        Ok((self.shown(), extension))
    }

    /// Takes the country code of China off where an area code with its 0 follows it, and where it
    /// stands without a `+`: no telephone dials the two of them, or `86` alone.
    fn take_off_country(&mut self) {
        let all = self.all();
        let is_alone = self.groups.len() == 1
            || self
                .groups
                .first()
                .is_some_and(|group| group.digits == "86");
        let code = if self.plus && all.starts_with("860") {
            2
        } else if !self.plus && all.starts_with("0086") && all.len() > 12 {
            4
        } else if !self.plus && all.starts_with("86") && all.len() > 11 && is_alone {
            2
        } else {
            return;
        };
        self.make_national(code);
        // A 0 in brackets of its own belongs to the area code behind it.
        if self.groups.first().is_some_and(|one| one.digits == "0") && self.groups.len() > 1 {
            self.groups.remove(0);
            if let Some(first) = self.groups.first_mut() {
                first.digits.insert(0, '0');
            }
        }
    }

    /// Takes off the 0 that stands in brackets behind the code of another country: it is dialled
    /// within that country alone (ITU-T E.123).
    fn take_off_trunk(&mut self) {
        let prefix = if self.plus {
            0
        } else if self.all().starts_with("00") {
            2
        } else {
            return;
        };
        let mut before = 0;
        for at in 0..self.groups.len() {
            let Some(group) = self.groups.get(at) else {
                return;
            };
            let is_behind_code = (prefix + 1..=prefix + COUNTRY_DIGITS).contains(&before);
            if is_behind_code && group.digits == "0" && group.gap == Gap::Hyphen {
                self.groups.remove(at);
                if let Some(next) = self.groups.get_mut(at) {
                    next.gap = Gap::Space;
                }
                return;
            }
            before += group.digits.len();
        }
    }

    /// Whether these groups of a local number, with four more digits behind a hyphen, look like a
    /// number abroad whose country code has no `+`: what is cut off would not be an extension.
    fn may_be_abroad(groups: &[Group], behind: &Group) -> bool {
        let Some((first, rest)) = groups.split_first() else {
            return false;
        };
        let parted = rest.iter().any(|group| group.gap == Gap::Hyphen);
        is_country(&first.digits)
            && !rest.is_empty()
            && (parted || behind.digits.len() == 4 || NEAR.contains(&first.digits.as_str()))
    }

    /// The number as it is dialled within China, where it stands with the country code.
    fn national(&self) -> Option<Self> {
        if !self.plus || !self.all().starts_with("86") {
            return None;
        }
        let mut national = self.clone();
        national.make_national(2);
        Some(national)
    }

    /// Puts the 0 of the area code in the place of a country code of `code` digits.
    fn make_national(&mut self, code: usize) {
        self.drop_digits(code);
        let trunk = trunk(&self.all());
        if let Some(first) = self.groups.first_mut() {
            first.digits.insert_str(0, trunk);
        }
        self.plus = false;
    }

    fn drop_digits(&mut self, mut count: usize) {
        while count > 0 {
            let Some(first) = self.groups.first_mut() else {
                return;
            };
            let here = count.min(first.digits.len());
            first.digits.drain(..here);
            first.place += here;
            count -= here;
            if first.digits.is_empty() {
                self.groups.remove(0);
            }
        }
    }

    /// With how many digits such a number is complete.
    fn complete_at(&self) -> &'static [usize] {
        let all = self.all();
        let first = self.groups.first().map_or("", |group| &group.digits);
        let mut signs = all.chars();
        match (signs.next(), signs.next()) {
            // Nothing may make another number of one for emergencies.
            _ if self.groups.len() > 1 && EMERGENCY.contains(&first) => &[3],
            _ if all.starts_with(BY_MESSAGE) => &[],
            (Some('0'), Some('1' | '2')) => &[11],
            (Some('0'), Some('3'..='9')) => &[11, 12],
            (Some('1'), Some('3'..='9')) => &[11],
            (Some('1'), Some('0' | '2')) | (Some('9'), Some('5' | '6')) => &[5],
            _ if is_free(&all) && all.len() >= 10 => &[10],
            (Some('2'..='8'), _) => &[7, 8],
            _ => &[],
        }
    }

    /// The most digits that such a number has.
    fn most(&self) -> usize {
        match self.complete_at() {
            // Short services may have more, but none that could be told from a local number.
            [] | [5] => WORLD_DIGITS,
            some => some.last().copied().unwrap_or(WORLD_DIGITS),
        }
    }

    /// Takes off the group that follows a complete number behind a hyphen.
    fn part_extension(&mut self) -> Result<Option<Group>, Unreadable> {
        let complete = self.complete_at();
        let total = self.count();
        let mut sum = 0;
        for at in 0..self.groups.len() {
            let here = self.groups.get(at).map_or(0, |group| group.digits.len());
            sum += here;
            let Some(next) = self.groups.get(at + 1) else {
                break;
            };
            if !complete.contains(&sum) {
                continue;
            }
            if next.gap == Gap::Space && complete.contains(&total) {
                continue;
            }
            if matches!(complete, [7, 8])
                && Self::may_be_abroad(self.groups.get(..=at).unwrap_or_default(), next)
            {
                return Err(Unreadable::Abroad { place: next.place });
            }
            let is_extension = next.gap == Gap::Hyphen
                && complete != [3]
                && self.groups.len() == at + 2
                && next.digits.len() <= UNMARKED_DIGITS;
            return if is_extension {
                Ok(self.groups.pop())
            } else {
                Err(Unreadable::TooLong { place: next.place })
            };
        }
        Ok(None)
    }

    fn too_long(&self, most: usize) -> Unreadable {
        let mut left = most;
        for group in &self.groups {
            if left < group.digits.len() {
                return Unreadable::TooLong {
                    place: group.place + left,
                };
            }
            left -= group.digits.len();
        }
        Unreadable::TooShort
    }

    fn shown(&self) -> String {
        let mut shown = String::from(if self.plus { "+" } else { "" });
        for (at, group) in self.groups.iter().enumerate() {
            match group.gap {
                _ if at == 0 => {}
                Gap::Space => shown.push(' '),
                Gap::Hyphen => shown.push('-'),
            }
            shown.push_str(&group.digits);
        }
        shown
    }
}
