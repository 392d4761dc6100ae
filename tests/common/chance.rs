//! Chance that can be told again.

/// The same sequence every time.
pub struct Chance(pub u64);

impl Chance {
    /// Some number from 0 up to `bound`, without it.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}
