//! Chance that comes out the same for the same seed: for invented histories, and never for anything
//! secret.

/// A source of numbers that look random (SplitMix64: Steele, Lea and Flood, OOPSLA 2014).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance(u64);

impl Chance {
    /// The one of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of its own for the part number `nth`: whatever the others draw, this one's numbers stay the
    /// same.
    #[must_use]
    pub fn of_part(&self, nth: u64) -> Self {
        let mut part = Self(self.0 ^ nth.wrapping_mul(0xd134_2543_de82_ef95));
        Self(part.draw())
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where that is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.draw()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included; `least` where they are the wrong way round.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span =
            u64::try_from(most.saturating_sub(least)).map_or(0, |span| span.saturating_add(1));
        least.saturating_add_unsigned(self.below(span))
    }

    /// Whether what happens in so many of a hundred cases happens in this one.
    pub fn percent(&mut self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    /// One of these; none of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let place = self.below(of.len() as u64);
        of.get(usize::try_from(place).ok()?)
    }

    /// One of these, each as often as its weight says; none where no weight is above 0.
    pub fn weighted<'a, T>(&mut self, of: &'a [(T, u64)]) -> Option<&'a T> {
        let mut left = self.below(of.iter().map(|(_, weight)| weight).sum());
        let found = of.iter().find(|(_, weight)| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        found.map(|(one, _)| one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_does_not() {
        let drawn = |seed| {
            let mut chance = Chance::new(seed);
            (0..8).map(|_| chance.draw()).collect::<Vec<_>>()
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
        // The first number of the published algorithm for the seed 0.
        assert_eq!(Chance::new(0).draw(), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn numbers_stay_within_their_ends_and_reach_them() {
        let mut chance = Chance::new(7);
        let drawn: Vec<i64> = (0..500).map(|_| chance.between(-1, 2)).collect();
        for one in -1..=2 {
            assert!(drawn.contains(&one));
        }
        assert!(drawn.iter().all(|one| (-1..=2).contains(one)));
        assert_eq!(chance.between(5, 3), 5);
        assert_eq!(chance.below(0), 0);
    }

    #[test]
    fn what_weighs_nothing_is_never_drawn() {
        let mut chance = Chance::new(3);
        let of = [("never", 0), ("seldom", 1), ("often", 9)];
        let drawn: Vec<&str> = (0..1000)
            .filter_map(|_| chance.weighted(&of).copied())
            .collect();
        assert_eq!(drawn.len(), 1000);
        let count = |what| drawn.iter().filter(|one| **one == what).count();
        assert_eq!(count("never"), 0);
        assert!((50..200).contains(&count("seldom")), "{}", count("seldom"));
        assert_eq!(chance.weighted::<&str>(&[]), None);
        assert_eq!(chance.pick::<&str>(&[]), None);
    }
}
