//! Do like answer like? Replies against their parents.

use super::random::Random;
use rayon::prelude::*;

/// Random orders that chance is judged by.
const RESAMPLES: u32 = 1999;

/// How replies agree with what they answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assortativity {
    /// Pairs of parent and reply.
    pub n: u64,
    /// Share of pairs with one class, in [0, 1].
    pub observed: f64,
    /// That share if replies ignored their parents, in [0, 1].
    pub expected: f64,
    /// Newman's coefficient in [−1, 1]: 0 for chance, 1 for perfect agreement; `None` where one class is everywhere.
    pub coefficient: Option<f64>,
    /// Two-sided probability of a share of equal pairs as far from chance, in [0, 1].
    pub p: f64,
}

/// Pairs of parents and replies by their classes, counted thread by thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixing<const N: usize> {
    matrix: [[u64; N]; N],
    /// Random numbers that one order of all replies takes.
    draws: u64,
    /// Equal pairs of the threads in which every order has as many.
    fixed: u64,
    /// The other threads.
    threads: Vec<Mixed<N>>,
}

/// A thread whose number of equal pairs depends on the order of its replies.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mixed<const N: usize> {
    /// Random numbers that the threads before it take.
    before: u64,
    cells: [[u32; N]; N],
}

impl<const N: usize> Mixing<N> {
    /// Adds the pairs of a thread: a row for each class of the parent, a column for each of the reply.
    pub fn add(&mut self, cells: [[u32; N]; N]) {
        let sums = |i: usize| (cells[i].iter().sum::<u32>(), cells.iter().map(|row| row[i]).sum::<u32>());
        let sums: [(u32, u32); N] = std::array::from_fn(sums);
        let pairs: u64 = sums.iter().map(|s| u64::from(s.0)).sum();
        let mine = self.matrix.iter_mut().flatten().zip(cells.iter().flatten());
        mine.for_each(|(sum, k)| *sum += u64::from(*k));
        // Where all parents or all replies are of one class, order changes nothing.
        if sums.iter().filter(|s| s.0 > 0).count() > 1 && sums.iter().filter(|s| s.1 > 0).count() > 1 {
            self.threads.push(Mixed { before: self.draws, cells });
        } else {
            self.fixed += (0..N).map(|i| u64::from(cells[i][i])).sum::<u64>();
        }
        self.draws += pairs.saturating_sub(1);
    }

    /// All pairs: a row for each class of the parent, a column for each of the reply.
    pub fn matrix(&self) -> [[u64; N]; N] {
        self.matrix
    }

    /// The assortativity: Newman (2003), "Mixing patterns in networks", Physical Review E 67, eq. 2. On pairs it equals
    /// Cohen's kappa (1960). Its p-value comes from 1,999 random orders of the replies within their thread with a fixed
    /// seed, so that threads of one opinion do not pass for agreement. `None` without pairs.
    pub fn assortativity(&self) -> Option<Assortativity> {
        let n: u64 = self.matrix.iter().flatten().sum();
        if n == 0 {
            return None;
        }
        let share = |k: u64| k as f64 / n as f64;
        let equal: u64 = (0..N).map(|c| self.matrix[c][c]).sum();
        let row = |c: usize| self.matrix[c].iter().sum::<u64>();
        let column = |c: usize| self.matrix.iter().map(|row| row[c]).sum::<u64>();
        let expected: f64 = (0..N).map(|c| share(row(c)) * share(column(c))).sum();
        let observed = share(equal);
        let coefficient = (expected < 1.0).then(|| (observed - expected) / (1.0 - expected));
        Some(Assortativity { n, observed, expected, coefficient, p: self.chance(equal) })
    }

    fn chance(&self, equal: u64) -> f64 {
        let none = || vec![0; RESAMPLES as usize];
        let found = self.threads.par_iter().fold(none, |mut counts, thread| {
            thread.shuffled(self.draws, &mut counts);
            counts
        });
        let counts = found.reduce(none, |mut a, b| {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        });
        let counts = || counts.iter().map(|k| k + self.fixed);
        let (over, under) = (counts().filter(|k| *k >= equal), counts().filter(|k| *k <= equal));
        let least = over.count().min(under.count()) + 1;
        (2.0 * least as f64 / f64::from(RESAMPLES + 1)).min(1.0)
    }
}

impl<const N: usize> Mixed<N> {
    /// Adds the equal pairs in each random order. One order of all replies takes `draws` numbers, of which a thread finds
    /// its own by their place: so no more than one thread's replies are held, and threads can be taken in any order.
    fn shuffled(&self, draws: u64, counts: &mut [u64]) {
        let mut parents: Vec<u8> = Vec::new();
        let mut replies: Vec<u8> = Vec::new();
        for (parent, row) in self.cells.iter().enumerate() {
            for (reply, k) in row.iter().enumerate() {
                parents.extend(std::iter::repeat_n(parent as u8, *k as usize));
                replies.extend(std::iter::repeat_n(reply as u8, *k as usize));
            }
        }
        let mut random = Random::new(2003);
        random.skip(self.before);
        for count in counts {
            let mut own = random.clone();
            own.shuffle(&mut replies);
            *count += parents.iter().zip(&replies).filter(|(a, b)| a == b).count() as u64;
            random.skip(draws);
        }
    }
}

impl<const N: usize> Default for Mixing<N> {
    fn default() -> Self {
        Mixing { matrix: [[0; N]; N], draws: 0, fixed: 0, threads: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(threads: &[[[u32; 4]; 4]]) -> Option<Assortativity> {
        let mut mixing = Mixing::default();
        threads.iter().for_each(|cells| mixing.add(*cells));
        mixing.assortativity()
    }

    /// statsmodels 0.15.0: `cohens_kappa(m).kappa`; the shares by numpy.
    #[test]
    fn figures_are_those_of_statsmodels() {
        let found = measured(&[[[20, 6, 3, 9], [4, 25, 2, 8], [3, 5, 1, 4], [8, 10, 2, 30]]]).unwrap();
        assert!((found.observed - 0.542_857).abs() < 1e-6 && (found.expected - 0.294_796).abs() < 1e-6);
        assert!((found.coefficient.unwrap() - 0.351_758).abs() < 1e-6 && found.p <= 0.001, "{found:?}");
    }

    #[test]
    fn a_thread_of_one_opinion_is_no_agreement() {
        // Two threads, each of one stance: pooled the coefficient is 1, but no reply could have differed by chance.
        let of = |class: usize, k: u32| {
            let mut cells = [[0; 4]; 4];
            cells[class][class] = k;
            cells
        };
        let found = measured(&[of(0, 20), of(1, 20)]).unwrap();
        assert_eq!((found.coefficient, found.p), (Some(1.0), 1.0));
        assert_eq!(measured(&[]), None);
        assert_eq!(measured(&[of(1, 1)]).unwrap().coefficient, None);
    }

    /// The numbers that threads find by their place are those of one generator that goes through all of them in turn.
    #[test]
    fn threads_are_shuffled_as_if_in_turn() {
        let threads = [
            [[3, 1, 0, 2], [1, 4, 0, 0], [0, 0, 0, 1], [2, 1, 1, 5]],
            [[2, 0, 0, 0], [0; 4], [0; 4], [0; 4]],
            [[1, 1, 0, 0], [0, 2, 0, 3], [0; 4], [1, 0, 0, 0]],
        ];
        let mut random = Random::new(2003);
        let mut listed = threads.map(|cells| {
            let of = |(i, row): (usize, [u32; 4])| {
                let cell = move |(j, k): (usize, u32)| std::iter::repeat_n((i, j), k as usize);
                row.into_iter().enumerate().flat_map(cell)
            };
            cells.into_iter().enumerate().flat_map(of).unzip::<_, _, Vec<_>, Vec<_>>()
        });
        let mut order = || {
            let mut equal = 0;
            for (parents, replies) in &mut listed {
                random.shuffle(replies);
                equal += parents.iter().zip(replies).filter(|(a, b)| *a == *b).count();
            }
            equal
        };
        let counts: Vec<usize> = (0..RESAMPLES).map(|_| order()).collect();
        let equal = 3 + 4 + 5 + 2 + 1 + 2;
        let tail = |far: &dyn Fn(usize) -> bool| counts.iter().filter(|k| far(**k)).count();
        let least = tail(&|k| k >= equal).min(tail(&|k| k <= equal)) + 1;
        let p = 2.0 * least as f64 / f64::from(RESAMPLES + 1);
        assert_eq!(measured(&threads).unwrap().p, p.min(1.0));
    }
}
