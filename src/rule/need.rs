//! What a pattern needs behind its first token: a try is spared where no such word follows.

use super::compile::{List, Node};
use super::first::has;
use crate::text::WordId;
use serde::{Deserialize, Serialize};

/// Words of which one must follow, sorted; or figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Need {
    pub words: Vec<WordId>,
    pub number: bool,
}

/// Needs of a pattern that are looked at.
pub(super) const MOST: usize = 2;

/// The rarest needs of a pattern, at most [`MOST`].
pub(super) fn needs(node: &Node, lists: &[List], common: &[u64]) -> Vec<Need> {
    let mut all = Vec::new();
    collect(node, lists, common, &mut true, &mut all);
    all.sort_by_key(|need| cost(need, common));
    all.dedup();
    all.truncate(MOST);
    all
}

/// Counts the words; a common one counts like many.
fn cost(need: &Need, common: &[u64]) -> usize {
    const COMMON: usize = 60;
    const NUMBER: usize = 20;
    let words = need.words.iter().map(|w| if has(common, *w) { COMMON } else { 1 }).sum::<usize>();
    words + if need.number { NUMBER } else { 0 }
}

/// Adds what the node needs behind the first token of the pattern. `first` says whether its own first token may be that
/// token, and is told the same for what comes after it.
fn collect(node: &Node, lists: &[List], common: &[u64], first: &mut bool, out: &mut Vec<Need>) {
    let mut need = Need::default();
    match node {
        Node::Sequence(items) => {
            items.iter().for_each(|item| collect(item, lists, common, first, out));
            return;
        }
        Node::Choice(items) => {
            let mut after = false;
            let mut all: Option<Need> = Some(Need::default());
            for item in items {
                let (mut own_first, mut own) = (*first, Vec::new());
                collect(item, lists, common, &mut own_first, &mut own);
                after |= own_first;
                let best = own.into_iter().min_by_key(|need| cost(need, common));
                all = all.zip(best).map(|(all, best)| all.or(best));
            }
            *first = after;
            out.extend(all);
            return;
        }
        Node::Phrase(words) => {
            for word in words {
                if !std::mem::take(first) {
                    out.push(Need { words: vec![*word], number: false });
                }
            }
            return;
        }
        Node::One(word) => need.words.push(*word),
        Node::Any(words) => need.words.extend(words),
        Node::Number => need.number = true,
        Node::List(list) => {
            let list = &lists[*list];
            need.words.extend(&list.words);
            need.words.extend(list.phrases.iter().filter_map(|p| p.first()));
        }
        Node::Optional(_)
        | Node::Gap(_)
        | Node::NotNext(_)
        | Node::NotBefore(_)
        | Node::Start
        | Node::End => {
            return;
        }
    }
    if *first {
        *first = false;
    } else {
        out.push(need.sorted());
    }
}

impl Need {
    fn sorted(mut self) -> Self {
        self.words.sort_unstable();
        self.words.dedup();
        self
    }

    fn or(mut self, other: Need) -> Need {
        self.words.extend(other.words);
        self.number |= other.number;
        self.sorted()
    }
}
