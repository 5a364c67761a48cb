//! Pieces of work on all cores, told to one watch.

use super::{Counts, Watch};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Does `work` for every item, as many at a time as there are threads, begun in order. `done` is called on this thread as
/// soon as one is through; findings reach `watch` in the order of the items, whichever is through first. After an error
/// no further item is begun.
pub(super) fn each<T: Sync>(
    items: &[T],
    work: impl Fn(&T, &mut dyn Watch) -> Result<Counts> + Sync,
    watch: &mut dyn Watch,
    done: impl FnMut(&T, Counts) -> Result<()>,
) -> Result<()> {
    on(rayon::current_num_threads().min(items.len()), items, work, watch, done)
}

fn on<T: Sync>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T, &mut dyn Watch) -> Result<Counts> + Sync,
    watch: &mut dyn Watch,
    mut done: impl FnMut(&T, Counts) -> Result<()>,
) -> Result<()> {
    if threads <= 1 {
        return items.iter().try_for_each(|item| done(item, work(item, watch)?));
    }
    let next = AtomicUsize::new(0);
    let (send, receive) = channel();
    let (next, work) = (&next, &work);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            rayon::scope(|pool| {
                for send in std::iter::repeat_n(send, threads) {
                    pool.spawn(move |_| take_turns(items, next, work, &send));
                }
            });
        });
        let outcome = listen(&receive, items, watch, &mut done);
        next.store(items.len(), Ordering::Relaxed);
        outcome
    })
}

/// What workers tell.
enum News {
    Advance(u64, u64),
    /// The item, what was found in it, and how it went.
    Done(usize, Vec<Finding>, Result<Counts>),
}

enum Finding {
    Found(Vec<Diagnostic>),
    Failed(Error),
}

/// Works on the next item that nobody has taken, until none is left.
fn take_turns<T>(
    items: &[T],
    next: &AtomicUsize,
    work: &(impl Fn(&T, &mut dyn Watch) -> Result<Counts> + Sync),
    send: &Sender<News>,
) {
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some(item) = items.get(at) else { return };
        let mut teller = Teller { send, found: Vec::new() };
        let outcome = work(item, &mut teller);
        // After an error nobody listens.
        if send.send(News::Done(at, teller.found, outcome)).is_err() {
            return;
        }
    }
}

fn listen<T>(
    receive: &Receiver<News>,
    items: &[T],
    watch: &mut dyn Watch,
    done: &mut impl FnMut(&T, Counts) -> Result<()>,
) -> Result<()> {
    let (mut waiting, mut turn) = (BTreeMap::new(), 0);
    for news in receive {
        match news {
            News::Advance(bytes, comments) => watch.advance(bytes, comments),
            News::Done(at, found, outcome) => {
                waiting.insert(at, found);
                while let Some(found) = waiting.remove(&turn) {
                    tell(found, watch);
                    turn += 1;
                }
                let counts = outcome?;
                items.get(at).map_or(Ok(()), |item| done(item, counts))?;
            }
        }
    }
    Ok(())
}

fn tell(found: Vec<Finding>, watch: &mut dyn Watch) {
    for finding in found {
        match finding {
            Finding::Found(found) => watch.found(&found),
            Finding::Failed(error) => watch.failed(error),
        }
    }
}

/// The watch of a worker.
struct Teller<'s> {
    send: &'s Sender<News>,
    found: Vec<Finding>,
}

impl Watch for Teller<'_> {
    fn step(&mut self, _name: &str, _bytes: u64) {}

    fn advance(&mut self, bytes: u64, comments: u64) {
        // After an error nobody listens.
        let _ = self.send.send(News::Advance(bytes, comments));
    }

    fn found(&mut self, found: &[Diagnostic]) {
        self.found.push(Finding::Found(found.to_vec()));
    }

    fn failed(&mut self, error: Error) {
        self.found.push(Finding::Failed(error));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<String>, u64);

    impl Watch for Seen {
        fn step(&mut self, _name: &str, _bytes: u64) {}

        fn advance(&mut self, _bytes: u64, comments: u64) {
            self.1 += comments;
        }

        fn found(&mut self, _found: &[Diagnostic]) {}

        fn failed(&mut self, error: Error) {
            self.0.push(error.to_string());
        }
    }

    fn run(threads: usize, bad: Option<u64>) -> (Seen, u64, bool) {
        let items: Vec<u64> = (0..50).collect();
        let work = |item: &u64, watch: &mut dyn Watch| {
            watch.advance(0, *item);
            watch.failed(Error::io(item.to_string(), std::io::Error::other("broken")));
            match bad == Some(*item) {
                true => Err(Error::io("bad", std::io::Error::other("bad"))),
                false => Ok(Counts { comments: 1, ..Counts::default() }),
            }
        };
        let (mut seen, mut total) = (Seen::default(), 0);
        let outcome = on(threads, &items, work, &mut seen, |_, counts| {
            total += counts.comments;
            Ok(())
        });
        (seen, total, outcome.is_ok())
    }

    #[test]
    fn findings_come_in_order_on_any_number_of_threads() {
        let expected: Vec<String> = (0..50).map(|i| format!("{i}: broken")).collect();
        for threads in [1, 2, 7] {
            let (seen, total, fine) = run(threads, None);
            assert_eq!((seen.0, seen.1, total, fine), (expected.clone(), 1225, 50, true));
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        for threads in [1, 4] {
            let (_, total, fine) = run(threads, Some(20));
            assert!(!fine && total < 50, "{total}");
        }
    }
}
