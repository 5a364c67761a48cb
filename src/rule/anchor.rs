//! What a pattern cannot do without: words of which one must stand in the text, and how far behind its beginning.

use super::compile::Node;
use super::list::List;
use super::signature::{ANYTHING, End, of_nodes, of_word};
use crate::text::WordId;

/// Words of which one must be found, sorted; or figures; or a word of a list that the profile fills.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    pub words: Vec<WordId>,
    pub number: bool,
    /// Lists that the profile fills, by their place among those, as bits.
    pub open: u8,
}

/// Tokens from the beginning of a pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Reach {
    pub low: usize,
    pub high: usize,
    /// Lists that the profile fills among them: their entries count as one token, but may be longer.
    pub wide: usize,
}

/// A need with its place in a pattern.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub need: Need,
    /// Tokens between the beginning and the word.
    pub reach: Reach,
    /// Signatures of what can stand beside the word.
    pub sides: Sides,
}

/// Signatures of what can stand before something and after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    pub before: u64,
    pub after: u64,
}

/// Lists, and how often their words are met.
#[derive(Clone, Copy)]
pub(super) struct Vocabulary<'l> {
    pub lists: &'l [List],
    /// Numbers of the lists that the profile fills.
    pub open: &'l [usize],
    /// Occurrences of each word in a million, by word number.
    pub counts: &'l [u32],
}

/// What a pattern cannot do without, the rarest first.
pub(super) fn needs(node: &Node, vocabulary: Vocabulary<'_>) -> Vec<Placed> {
    let mut all = Vec::new();
    let sides = Sides::ANY;
    collect(node, vocabulary, Reach::default(), sides, &mut all);
    all.sort_by_key(|placed| vocabulary.count(&placed.need));
    all
}

impl Vocabulary<'_> {
    // A word that no table knows is rare; names of parties are frequent where people talk about them.
    const RARE: u32 = 4;
    pub const OPEN: u32 = 8_000;
    const NUMBER: u32 = 8_000;

    /// Occurrences of a need in a million tokens.
    pub fn count(self, need: &Need) -> u32 {
        let of = |w: &WordId| self.counts.get(w.0 as usize).copied().unwrap_or_default().max(Self::RARE);
        let words = need.words.iter().map(of).fold(0, u32::saturating_add);
        words.saturating_add(need.open.count_ones() * Self::OPEN + if need.number { Self::NUMBER } else { 0 })
    }

    fn rarest(self, words: &[u32]) -> Option<(usize, &u32)> {
        let count = |w: u32| self.counts.get(w as usize).copied().unwrap_or_default();
        words.iter().enumerate().min_by_key(|(_, w)| count(**w))
    }

    /// The place of a list among those that the profile fills.
    pub fn open(self, list: usize) -> Option<usize> {
        self.open.iter().position(|o| *o == list)
    }
}

/// Adds what the node needs that stands `from` the beginning, between these sides.
fn collect(node: &Node, vocabulary: Vocabulary<'_>, from: Reach, sides: Sides, out: &mut Vec<Placed>) {
    let mut add = |need: Need| out.push(Placed { need, reach: from, sides });
    match node {
        Node::One(word) => add(Need::of(vec![*word])),
        Node::Any(all) => add(Need::of(all.clone())),
        Node::Number => add(Need { number: true, ..Need::default() }),
        Node::Phrase(words) => out.extend((0..words.len()).map(|i| Placed {
            need: Need::of(vec![words[i]]),
            reach: Reach { low: from.low + i, high: from.high + i, wide: from.wide },
            sides: sides.within(i, words.len(), |i| words[i]),
        })),
        Node::List(list) => out.push(of_list(*list, vocabulary, from, sides)),
        Node::Sequence(items) => {
            let mut from = from;
            for (i, item) in items.iter().enumerate() {
                let before = of_nodes(&items[..i], End::Last, sides.before, vocabulary);
                let after = of_nodes(&items[i + 1..], End::First, sides.after, vocabulary);
                collect(item, vocabulary, from, Sides { before, after }, out);
                from = from.then(length(item, vocabulary));
            }
        }
        Node::Choice(items) => out.extend(of_choice(items, vocabulary, from, sides)),
        Node::Optional(_)
        | Node::Gap(_)
        | Node::NotNext(_)
        | Node::NotBefore(_)
        | Node::Start
        | Node::End => {}
    }
}

fn of_list(list: usize, vocabulary: Vocabulary<'_>, from: Reach, sides: Sides) -> Placed {
    if let Some(open) = vocabulary.open(list) {
        let need = Need { open: 1 << open, ..Need::default() };
        let sides = Sides { before: u64::MAX, after: u64::MAX };
        return Placed { need, reach: Reach { wide: from.wide + 1, ..from }, sides };
    }
    let (mut words, mut reach) = (Vec::new(), from);
    let mut all = Sides { before: 0, after: 0 };
    for entry in vocabulary.lists[list].entries() {
        if let Some((at, word)) = vocabulary.rarest(entry) {
            words.push(WordId(*word));
            reach.high = reach.high.max(from.high + at);
            all = all.or(sides.within(at, entry.len(), |i| WordId(entry[i])));
        }
    }
    Placed { need: Need::of(words), reach, sides: all }
}

/// The rarest need of each alternative, together; none if one of them needs nothing.
fn of_choice(items: &[Node], vocabulary: Vocabulary<'_>, from: Reach, sides: Sides) -> Option<Placed> {
    let mut all: Option<Placed> = None;
    for item in items {
        let mut own = Vec::new();
        collect(item, vocabulary, from, sides, &mut own);
        let rarest = own.into_iter().min_by_key(|placed| vocabulary.count(&placed.need))?;
        all = Some(match all {
            None => rarest,
            Some(others) => others.or(rarest),
        });
    }
    all
}

impl Placed {
    fn or(self, other: Placed) -> Placed {
        Placed {
            need: self.need.or(other.need),
            reach: self.reach.or(other.reach),
            sides: self.sides.or(other.sides),
        }
    }
}

impl Sides {
    /// Of what can stand between anything.
    pub const ANY: Sides = Sides { before: ANYTHING, after: ANYTHING };

    /// Of one of several words.
    fn within(self, at: usize, count: usize, word: impl Fn(usize) -> WordId) -> Sides {
        Sides {
            before: if at == 0 { self.before } else { of_word(word(at - 1)) },
            after: if at + 1 == count { self.after } else { of_word(word(at + 1)) },
        }
    }

    /// What stands beside a word is among these.
    #[inline]
    pub fn meet(&self, before: u64, after: u64) -> bool {
        self.before & before != 0 && self.after & after != 0
    }

    fn or(self, other: Sides) -> Sides {
        Sides { before: self.before | other.before, after: self.after | other.after }
    }
}

/// How many tokens a node covers.
fn length(node: &Node, vocabulary: Vocabulary<'_>) -> Reach {
    let of = |low: usize, high: usize| Reach { low, high, wide: 0 };
    match node {
        Node::One(_) | Node::Any(_) | Node::Number => of(1, 1),
        Node::Phrase(words) => of(words.len(), words.len()),
        Node::List(list) if vocabulary.open(*list).is_some() => Reach { wide: 1, ..of(1, 1) },
        Node::List(list) => {
            let lengths = || vocabulary.lists[*list].entries().map(<[u32]>::len);
            of(lengths().min().unwrap_or_default(), lengths().max().unwrap_or_default())
        }
        Node::Sequence(items) => {
            items.iter().fold(Reach::default(), |so_far, item| so_far.then(length(item, vocabulary)))
        }
        Node::Choice(items) => {
            let all = items.iter().map(|item| length(item, vocabulary));
            all.reduce(Reach::or).unwrap_or_default()
        }
        Node::Optional(item) => Reach { low: 0, ..length(item, vocabulary) },
        Node::Gap(most) => of(0, usize::from(*most)),
        Node::NotNext(_) | Node::NotBefore(_) | Node::Start | Node::End => Reach::default(),
    }
}

impl Reach {
    fn then(self, next: Reach) -> Reach {
        Reach { low: self.low + next.low, high: self.high + next.high, wide: self.wide + next.wide }
    }

    fn or(self, other: Reach) -> Reach {
        Reach {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            wide: self.wide.max(other.wide),
        }
    }
}

impl Need {
    fn of(words: Vec<WordId>) -> Self {
        Need { words, ..Need::default() }.sorted()
    }

    fn sorted(mut self) -> Self {
        self.words.retain(|w| *w != WordId::UNKNOWN);
        self.words.sort_unstable();
        self.words.dedup();
        self
    }

    fn or(mut self, other: Need) -> Need {
        self.words.extend(other.words);
        self.number |= other.number;
        self.open |= other.open;
        self.sorted()
    }
}
