//! The one source of randomness: seeded, so that the same data give the same figures on every machine.

/// SplitMix64: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA. Passes BigCrush,
/// needs eight bytes of state, and gives the same numbers everywhere.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

/// What the state grows by; odd, so that it comes back after 2⁶⁴ numbers.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// A generator that begins at `seed`.
    pub fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Passes over so many numbers, at the cost of one.
    pub fn skip(&mut self, numbers: u64) {
        self.state = self.state.wrapping_add(GAMMA.wrapping_mul(numbers));
    }

    /// An index below `bound`; 0 for a bound of 0. The bias of the multiplication is below `bound` / 2⁶⁴.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Puts the items into a random order (Fisher & Yates 1938, in the form of Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_reference_implementation() {
        // Vigna's splitmix64.c with the seed 1234567.
        let mut random = Random::new(1_234_567);
        assert_eq!([random.bits(), random.bits()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn skipped_numbers_are_those_not_drawn() {
        let (mut drawn, mut skipped) = (Random::new(5), Random::new(5));
        (0..1000).for_each(|_| _ = drawn.bits());
        skipped.skip(1000);
        assert_eq!(drawn.bits(), skipped.bits());
    }

    #[test]
    fn every_order_comes_up_about_equally_often() {
        let mut random = Random::new(1);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..6000 {
            let mut items = [1, 2, 3];
            random.shuffle(&mut items);
            *seen.entry(items).or_insert(0) += 1;
        }
        assert!(seen.len() == 6 && seen.values().all(|n| (880..1120).contains(n)), "{seen:?}");
        assert!((0..99).all(|_| random.below(3) < 3 && (0.0..1.0).contains(&random.unit())));
    }
}
