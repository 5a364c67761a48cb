//! Groups of comments in few bytes: there are as many as people.

use std::collections::BTreeMap;

/// How many comments of each class one group holds.
pub type Cluster<const N: usize> = [u64; N];

/// Groups of comments, in order: a byte a class for a group with fewer than 255 comments of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clusters<const N: usize> {
    small: Vec<[u8; N]>,
    /// The groups that stand as [`LARGE`] above, by their places.
    large: BTreeMap<usize, Cluster<N>>,
    /// Groups of one comment that stand behind all others, by their classes.
    singles: Cluster<N>,
}

/// Stands where a group has more comments of a class than a byte tells.
const LARGE: u8 = u8::MAX;

impl<const N: usize> Clusters<N> {
    /// Adds a group behind the others, before those of [`Clusters::add_singles`].
    pub fn push(&mut self, counts: Cluster<N>) {
        let fits = counts.iter().all(|k| *k < u64::from(LARGE));
        if !fits {
            self.large.insert(self.small.len(), counts);
        }
        self.small.push(if fits { counts.map(|k| k as u8) } else { [LARGE; N] });
    }

    /// Adds groups of one comment each, so many of each class.
    pub fn add_singles(&mut self, counts: Cluster<N>) {
        add(&mut self.singles, &counts);
    }

    /// Groups.
    pub fn len(&self) -> usize {
        self.small.len() + self.singles.iter().sum::<u64>() as usize
    }

    /// True without groups.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The group at a place; zeros where there is none.
    #[inline]
    pub fn get(&self, place: usize) -> Cluster<N> {
        match self.small.get(place) {
            Some(counts) if counts.contains(&LARGE) => self.large.get(&place).copied().unwrap_or([0; N]),
            Some(counts) => counts.map(u64::from),
            None => self.single(place),
        }
    }

    /// Every group, in order.
    pub fn iter(&self) -> impl Iterator<Item = Cluster<N>> + '_ {
        (0..self.len()).map(|place| self.get(place))
    }

    /// All groups together.
    pub fn total(&self) -> Cluster<N> {
        self.iter().fold([0; N], |mut sums, counts| {
            add(&mut sums, &counts);
            sums
        })
    }

    #[cold]
    fn single(&self, place: usize) -> Cluster<N> {
        let (mut place, mut counts) = ((place - self.small.len()) as u64, [0; N]);
        for (count, singles) in counts.iter_mut().zip(&self.singles) {
            if place < *singles {
                *count = 1;
                break;
            }
            place -= singles;
        }
        counts
    }
}

/// Adds the counts of a group to sums.
#[inline]
pub(super) fn add<const N: usize>(sums: &mut Cluster<N>, counts: &Cluster<N>) {
    sums.iter_mut().zip(counts).for_each(|(sum, k)| *sum += k);
}

impl<const N: usize> Default for Clusters<N> {
    fn default() -> Self {
        Clusters { small: Vec::new(), large: BTreeMap::new(), singles: [0; N] }
    }
}

impl<const N: usize> FromIterator<Cluster<N>> for Clusters<N> {
    fn from_iter<I: IntoIterator<Item = Cluster<N>>>(groups: I) -> Self {
        let mut clusters = Clusters::default();
        groups.into_iter().for_each(|counts| clusters.push(counts));
        clusters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_back_whatever_their_size() {
        let groups = [[0, 3], [254, 0], [255, 1], [70_000, 255], [1, 1]];
        let mut clusters: Clusters<2> = groups.into_iter().collect();
        clusters.add_singles([1, 2]);
        let all: Vec<Cluster<2>> = clusters.iter().collect();
        assert_eq!(all, [groups.as_slice(), &[[1, 0], [0, 1], [0, 1]]].concat());
        assert_eq!((clusters.len(), clusters.get(8), clusters.total()), (8, [0, 0], [70_511, 262]));
    }
}
