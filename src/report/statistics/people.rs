//! Who wrote how many comments of each stance, in some twenty bytes a person and without their names.

use super::{STANCES, number};
use crate::stats::{Cluster, Clusters};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Authors by number, in the order of their first labelled comments. Comments without a name have an author each.
#[derive(Debug, Default)]
pub(super) struct People {
    names: Names,
    /// Comments in the outlet where each author was first seen, up to 255 of a stance.
    first: Vec<[u8; STANCES]>,
    outlets: Vec<Outlet>,
    nameless: usize,
}

/// The authors of an outlet.
#[derive(Debug, Clone, Default)]
struct Outlet {
    /// Numbers of those first seen here, as from and to: one run a thread at most.
    runs: Vec<(u32, u32)>,
    /// What stands not in `first`: comments of authors first seen elsewhere, and those after the 255th.
    more: BTreeMap<u32, Cluster<STANCES>>,
    /// Comments without a name behind the first [`NAMELESS`].
    nameless: Cluster<STANCES>,
}

/// So many comments without a name keep their places among the authors, on which the random numbers of the intervals
/// depend; further ones are counted, and stand behind all others.
const NAMELESS: usize = 1 << 20;

impl People {
    /// Counts a comment.
    pub fn add(&mut self, name: Option<&str>, outlet: usize, stance: usize) {
        if self.outlets.len() <= outlet {
            self.outlets.resize(outlet + 1, Outlet::default());
        }
        let Some(own) = self.outlets.get_mut(outlet) else { return };
        let at = match name {
            Some(name) => self.names.number(name),
            None if self.nameless < NAMELESS => self.names.nameless(),
            None => {
                count(&mut own.nameless, stance);
                return;
            }
        };
        self.nameless += usize::from(name.is_none());
        if at as usize == self.first.len() {
            self.first.push([0; STANCES]);
            own.extend(at);
        }
        let place = self.first.get_mut(at as usize).and_then(|f| f.get_mut(stance));
        match place {
            Some(k) if *k < u8::MAX && own.saw_first(at) => *k += 1,
            _ => count(own.more.entry(at).or_default(), stance),
        }
    }

    /// The comments of each author, in one outlet or in all of them.
    pub fn groups(&self, outlet: Option<usize>) -> Clusters<STANCES> {
        match outlet {
            Some(outlet) => self.outlets.get(outlet).map(|o| self.of(o)).unwrap_or_default(),
            None => {
                let mut groups: Clusters<STANCES> = self.sums().map(|(_, counts)| counts).collect();
                self.outlets.iter().for_each(|o| groups.add_singles(o.nameless));
                groups
            }
        }
    }

    /// How many named authors have each number of comments, of one stance or of all.
    pub fn amounts(&self, stance: Option<usize>) -> BTreeMap<u64, u64> {
        let mut amounts = BTreeMap::new();
        for (_, counts) in self.sums().filter(|(at, _)| self.names.is_named(*at)) {
            let amount = stance.map_or(counts.iter().sum(), |s| counts.get(s).copied().unwrap_or(0));
            if amount > 0 {
                *amounts.entry(amount).or_default() += 1;
            }
        }
        amounts
    }

    /// The comments of each author over all outlets.
    fn sums(&self) -> impl Iterator<Item = (u32, Cluster<STANCES>)> + '_ {
        let mut more: BTreeMap<u32, Cluster<STANCES>> = BTreeMap::new();
        for (at, counts) in self.outlets.iter().flat_map(|o| &o.more) {
            sum(more.entry(*at).or_default(), counts);
        }
        self.first.iter().enumerate().map(move |(at, first)| {
            let mut counts = first.map(u64::from);
            more.get(&number(at)).into_iter().for_each(|c| sum(&mut counts, c));
            (number(at), counts)
        })
    }

    fn of(&self, outlet: &Outlet) -> Clusters<STANCES> {
        let guests = outlet.more.keys().copied().filter(|at| !outlet.saw_first(*at));
        let mut numbers: Vec<u32> = outlet.runs.iter().flat_map(|(from, to)| *from..*to).collect();
        numbers.extend(guests);
        numbers.sort_unstable();
        let counts = |at: u32| {
            let first = self.first.get(at as usize).filter(|_| outlet.saw_first(at));
            let mut counts = first.map_or([0; STANCES], |first| first.map(u64::from));
            outlet.more.get(&at).into_iter().for_each(|c| sum(&mut counts, c));
            counts
        };
        let mut groups: Clusters<STANCES> = numbers.into_iter().map(counts).collect();
        groups.add_singles(outlet.nameless);
        groups
    }
}

impl Outlet {
    fn extend(&mut self, at: u32) {
        match self.runs.last_mut() {
            Some((_, to)) if *to == at => *to += 1,
            _ => self.runs.push((at, at + 1)),
        }
    }

    fn saw_first(&self, at: u32) -> bool {
        let after = self.runs.partition_point(|(from, _)| *from <= at);
        after.checked_sub(1).and_then(|i| self.runs.get(i)).is_some_and(|(_, to)| at < *to)
    }
}

fn count(counts: &mut Cluster<STANCES>, stance: usize) {
    counts.get_mut(stance).into_iter().for_each(|k| *k += 1);
}

fn sum(counts: &mut Cluster<STANCES>, more: &Cluster<STANCES>) {
    counts.iter_mut().zip(more).for_each(|(k, more)| *k += more);
}

/// Numbers of names, found by a hash of 64 bits in place of the name: among n names two have one hash, and count as one
/// author, with a chance of n² / 2⁶⁵ (10⁻⁷ for two million).
#[derive(Debug, Default)]
struct Names {
    /// By number; 0 for a comment without a name.
    hashes: Vec<u64>,
    /// One more than the number, in the first free place from that of the hash on; 0 for a free one. Their number is a
    /// power of two.
    places: Vec<u32>,
    named: usize,
}

impl Names {
    /// The number of a name; the next one for a new name.
    fn number(&mut self, name: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        self.number_of(hasher.finish().max(1))
    }

    fn number_of(&mut self, hash: u64) -> u32 {
        if self.named * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let place = self.place(hash);
        match self.places.get(place) {
            Some(0) => {
                let next = self.push(hash);
                self.places.get_mut(place).into_iter().for_each(|p| *p = next + 1);
                self.named += 1;
                next
            }
            found => found.copied().unwrap_or(1) - 1,
        }
    }

    /// A number for a comment without a name.
    fn nameless(&mut self) -> u32 {
        self.push(0)
    }

    fn is_named(&self, at: u32) -> bool {
        self.hashes.get(at as usize).is_some_and(|hash| *hash != 0)
    }

    fn push(&mut self, hash: u64) -> u32 {
        self.hashes.push(hash);
        number(self.hashes.len() - 1)
    }

    /// Where a hash stands, or would.
    fn place(&self, hash: u64) -> usize {
        let last = self.places.len().saturating_sub(1);
        let mut place = hash as usize & last;
        while let Some(number) = self.places.get(place).and_then(|p| p.checked_sub(1)) {
            if self.hashes.get(number as usize) == Some(&hash) {
                break;
            }
            place = (place + 1) & last;
        }
        place
    }

    fn grow(&mut self) {
        self.places = vec![0; (self.places.len() * 2).max(64)];
        for at in 0..self.hashes.len() {
            let hash = self.hashes.get(at).copied().filter(|hash| *hash != 0);
            let place = hash.map(|hash| self.place(hash));
            place.and_then(|p| self.places.get_mut(p)).into_iter().for_each(|p| *p = number(at) + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Random;

    /// Against a count that keeps everything.
    #[test]
    fn authors_are_counted_in_outlets_and_in_all() {
        let (mut people, mut random) = (People::default(), Random::new(3));
        let mut all: BTreeMap<usize, Cluster<STANCES>> = BTreeMap::new();
        let mut own: [BTreeMap<usize, Cluster<STANCES>>; 3] = Default::default();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut next = 0;
        for _ in 0..20_000 {
            // The first names come up often, most of the others once.
            let most = 1 << random.below(16);
            let who = random.below(most);
            let (outlet, stance) = (random.below(3), random.below(STANCES));
            let name = (who % 5 > 0).then(|| format!("author {who}"));
            let at = name.as_ref().map_or(next, |name| *numbers.entry(name.clone()).or_insert(next));
            next += usize::from(at == next);
            count(all.entry(at).or_default(), stance);
            count(own[outlet].entry(at).or_default(), stance);
            people.add(name.as_deref(), outlet, stance);
        }
        assert!(people.groups(None).iter().eq(all.values().copied()));
        for (outlet, own) in own.iter().enumerate() {
            assert!(people.groups(Some(outlet)).iter().eq(own.values().copied()));
        }
        let named = numbers.values().map(|at| all[at][1]).filter(|k| *k > 0).count() as u64;
        assert_eq!(people.amounts(Some(1)).values().sum::<u64>(), named);
    }

    #[test]
    fn many_comments_without_a_name_are_only_counted() {
        let mut people = People::default();
        people.add(Some("amy"), 0, 1);
        (0..NAMELESS + 5).for_each(|i| people.add(None, i % 2, 3));
        people.add(Some("amy"), 1, 2);
        people.add(Some("bo"), 1, 0);
        let groups = people.groups(None);
        assert_eq!((groups.len(), groups.get(0)), (NAMELESS + 7, [0, 1, 1, 0]));
        assert_eq!((groups.get(NAMELESS + 1), groups.get(NAMELESS + 2)), ([1, 0, 0, 0], [0, 0, 0, 1]));
        assert_eq!(people.groups(Some(0)).len() + people.groups(Some(1)).len(), NAMELESS + 8);
        assert_eq!((people.first.len(), people.amounts(None)), (NAMELESS + 2, [(1, 1), (2, 1)].into()));
    }
}
