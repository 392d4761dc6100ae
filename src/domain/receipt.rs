//! The number that a complaint can be followed up with: sixteen digits, in groups of four.

/// How many digits.
pub const DIGITS: usize = 16;

/// How many of them are drawn from the others.
const CHECK: usize = 4;

/// A receipt's number. It opens a complaint to whoever knows it, so that it is never kept as it
/// is and never printed by accident.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Receipt([u8; DIGITS]);

impl Receipt {
    /// The number that random bytes make: as good as evenly spread, 2⁶⁴ being some 1,800 times 10¹⁶.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut number = u64::from_be_bytes(bytes) % 10_u64.pow(16);
        let mut digits = [b'0'; DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
        }
        Self(digits)
    }

    /// The digits that the last four are drawn from.
    pub fn unchecked(&self) -> &[u8] {
        self.0.split_at(DIGITS - CHECK).0
    }

    /// The same number with these last four digits, taken from the end of `check`.
    #[must_use]
    pub fn with_check(&self, check: u64) -> Self {
        let mut digits = self.0;
        let mut rest = check;
        for digit in digits.iter_mut().rev().take(CHECK) {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        Self(digits)
    }

    /// The number as somebody typed it: in any groups, in full-width digits too. None where it
    /// is no number of a receipt.
    pub fn read(typed: &str) -> Option<Self> {
        let mut digits = [0; DIGITS];
        let mut count = 0;
        for one in typed.chars() {
            let digit = match one {
                '0'..='9' => u8::try_from(u32::from(one)).ok()?,
                '０'..='９' => u8::try_from(u32::from(one) - u32::from('０')).ok()? + b'0',
                '-' | '－' | '–' | '·' | '.' => continue,
                space if space.is_whitespace() => continue,
                _ => return None,
            };
            *digits.get_mut(count)? = digit;
            count += 1;
        }
        (count == DIGITS).then_some(Self(digits))
    }

    /// The bare digits, in ASCII.
    pub fn digits(&self) -> &[u8; DIGITS] {
        &self.0
    }

    /// The number in groups of four, as it is read aloud and typed.
    pub fn grouped(&self) -> String {
        let groups: Vec<String> = self
            .0
            .chunks(4)
            .map(|four| four.iter().map(|digit| char::from(*digit)).collect())
            .collect();
        groups.join(" ")
    }
}

impl std::fmt::Debug for Receipt {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Receipt(…)")
    }
}
