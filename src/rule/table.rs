//! Patterns as tables: what each is anchored on and where its code begins. They are made before the allegation is known.

use super::anchor::{Need, Reach, Sides, Vocabulary, rarest};
use super::code::{LONGEST, write};
use super::compile::{Compiler, Node};
use super::numbers;
use super::pattern::Pattern;
use super::setting::Scope;
use super::signature::{ANYTHING, End, of_node};
use crate::text::WordId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Patterns to be put in a table.
#[derive(Debug, Default)]
pub struct Draft {
    entries: Vec<Entry>,
}

/// A pattern that is not in a table yet.
#[derive(Debug)]
struct Entry {
    payload: u32,
    scope: Scope,
    /// What must not stand before it; looked at last.
    before: Option<Node>,
    node: Node,
}

/// Patterns written out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Table {
    /// Rows of [`Row::NUMBERS`], in the order of their anchors.
    #[serde(with = "numbers")]
    rows: Vec<u32>,
    /// The code of all patterns.
    #[serde(with = "numbers")]
    pub code: Vec<u32>,
    /// Its place among the tables made with it.
    pub number: u32,
}

/// A pattern of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its place in the draft: finds are given in this order.
    pub order: u32,
    /// What its finds stand for.
    pub payload: u32,
    /// The set of which a word must stand in each find.
    pub anchor: u32,
    /// Signature of what it can begin with.
    pub first: u64,
    /// Signatures of what can stand beside the word of the anchor.
    pub sides: Sides,
    /// Tokens between the beginning and the word of the anchor.
    pub low: usize,
    pub high: usize,
    /// Entries of the profile among them.
    pub wide: usize,
    /// Stands only at the beginning.
    pub opens: bool,
    /// A word of the anchor is all of it.
    pub single: bool,
    pub scope: Scope,
    code: u32,
    before: u32,
    end: u32,
}

/// Sets of words that patterns are anchored on, by the words in them. Set 0 holds every token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sets {
    /// For each word number where its sets begin, and one more.
    #[serde(with = "numbers")]
    starts: Vec<u32>,
    #[serde(with = "numbers")]
    of: Vec<u32>,
    /// Sets with figures.
    pub by_number: Vec<u32>,
    /// For each list that the profile fills the sets that hold its words.
    pub by_open: Vec<Vec<u32>>,
    /// For each word the parts with patterns anchored on one of its sets: bits of [`Row::part`].
    #[serde(with = "numbers")]
    parts: Vec<u32>,
    /// One more than the greatest set.
    pub count: u32,
}

impl Draft {
    /// Adds a pattern; `payload` comes back with each find.
    pub fn add(&mut self, compiler: &mut Compiler<'_>, pattern: &Pattern, scope: Scope, payload: u32) {
        let mut node = compiler.node(pattern);
        let mut before = None;
        if let Node::Sequence(items) = &mut node
            && matches!(items.first(), Some(Node::NotBefore(_)))
            && let Node::NotBefore(item) = items.remove(0)
        {
            before = Some(*item);
        }
        self.entries.push(Entry { payload, scope, before, node });
    }
}

/// The tables of some drafts, and the sets that they share.
pub(super) fn tables<const N: usize>(
    drafts: &[Draft; N],
    vocabulary: Vocabulary<'_>,
    bound: usize,
) -> ([Table; N], Sets) {
    let mut numbers = BTreeMap::new();
    let tables: [Table; N] = std::array::from_fn(|i| table(i, &drafts[i], vocabulary, &mut numbers));
    let mut sets = sets(&numbers, vocabulary.open.len(), bound);
    let mut of_set = vec![0; sets.count as usize];
    for table in &tables {
        table.rows().for_each(|row| of_set[row.anchor as usize] |= row.part(table.number));
    }
    let of_word = |word: u32| sets.of(WordId(word)).iter().fold(0, |all, set| all | of_set[*set as usize]);
    sets.parts = (0..bound as u32).map(of_word).collect();
    (tables, sets)
}

fn table(
    number: usize,
    draft: &Draft,
    vocabulary: Vocabulary<'_>,
    numbers: &mut BTreeMap<Need, u32>,
) -> Table {
    let mut table = Table { number: number as u32, ..Table::default() };
    let mut rows = Vec::with_capacity(draft.entries.len());
    for (order, entry) in (0..).zip(&draft.entries) {
        let rarest = rarest(&entry.node, vocabulary);
        let next = numbers.len() as u32 + 1;
        let (anchor, reach, sides) = match rarest {
            Some(placed) => (*numbers.entry(placed.need).or_insert(next), placed.reach, placed.sides),
            None => (0, Reach::default(), Sides { before: ANYTHING, after: ANYTHING }),
        };
        let code = table.code.len() as u32;
        write(&entry.node, vocabulary, &mut table.code);
        let before = table.code.len() as u32;
        if let Some(node) = &entry.before {
            write(node, vocabulary, &mut table.code);
        }
        rows.push(Row {
            order,
            payload: entry.payload,
            anchor,
            first: of_node(&entry.node, End::First, ANYTHING, vocabulary),
            sides,
            low: reach.low.min(LONGEST),
            high: reach.high.min(LONGEST),
            wide: reach.wide,
            opens: is_anchored(&entry.node),
            single: entry.before.is_none() && matches!(entry.node, Node::One(_) | Node::Any(_)),
            scope: entry.scope,
            code,
            before,
            end: table.code.len() as u32,
        });
    }
    rows.sort_by_key(|row| row.anchor);
    table.rows = rows.into_iter().flat_map(Row::numbers).collect();
    table
}

fn sets(numbers: &BTreeMap<Need, u32>, open: usize, bound: usize) -> Sets {
    let mut all: Vec<(&Need, u32)> = numbers.iter().map(|(need, number)| (need, *number)).collect();
    all.sort_by_key(|(_, number)| *number);
    let with = |holds: &dyn Fn(&Need) -> bool| {
        all.iter().filter(|(need, _)| holds(need)).map(|(_, number)| *number).collect::<Vec<u32>>()
    };
    let mut by_word: Vec<Vec<u32>> = vec![Vec::new(); bound];
    for (need, number) in &all {
        need.words.iter().for_each(|word| by_word[word.0 as usize].push(*number));
    }
    let mut sets = Sets {
        by_number: with(&|need| need.number),
        by_open: (0..open).map(|i| with(&|need| need.open >> i & 1 == 1)).collect(),
        count: all.len() as u32 + 1,
        starts: vec![0],
        ..Sets::default()
    };
    for of in by_word {
        sets.of.extend(of);
        sets.starts.push(sets.of.len() as u32);
    }
    sets
}

impl Table {
    /// The patterns.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let (rows, _) = self.rows.as_chunks();
        rows.iter().map(Row::of)
    }
}

impl Row {
    const NUMBERS: usize = 14;
    const SCOPES: [Scope; Scope::COUNT] = [Scope::Sentence, Scope::Clause, Scope::Opening];

    /// The numbers of its code, and of the code of what must not stand before it.
    pub fn code(self, code: &[u32]) -> (&[u32], &[u32]) {
        let of = |from: u32, to: u32| code.get(from as usize..to as usize).unwrap_or_default();
        (of(self.code, self.before), of(self.before, self.end))
    }

    /// The bit of the part of a table that it belongs to: patterns of clauses, or all others.
    pub fn part(self, table: u32) -> u32 {
        1 << (2 * table + u32::from(self.scope == Scope::Clause))
    }

    fn numbers(self) -> [u32; Row::NUMBERS] {
        let place = (self.low | self.high << 8 | self.wide << 16) as u32;
        let kind = self.scope as u32 | u32::from(self.opens) << 8 | u32::from(self.single) << 16;
        let [first, before, after] = [self.first, self.sides.before, self.sides.after].map(halves);
        let [code, barred, end] = [self.code, self.before, self.end];
        [
            self.order,
            self.payload,
            self.anchor,
            first.0,
            first.1,
            before.0,
            before.1,
            after.0,
            after.1,
            place,
            kind,
            code,
            barred,
            end,
        ]
    }

    fn of(numbers: &[u32; Row::NUMBERS]) -> Row {
        let [order, payload, anchor, f0, f1, b0, b1, a0, a1, place, kind, code, before, end] = *numbers;
        let byte = |number: u32, at: u32| (number >> (8 * at) & 0xff) as usize;
        Row {
            order,
            payload,
            anchor,
            first: whole(f0, f1),
            sides: Sides { before: whole(b0, b1), after: whole(a0, a1) },
            low: byte(place, 0),
            high: byte(place, 1),
            wide: byte(place, 2),
            opens: byte(kind, 1) == 1,
            single: byte(kind, 2) == 1,
            scope: Row::SCOPES.get(byte(kind, 0)).copied().unwrap_or_default(),
            code,
            before,
            end,
        }
    }
}

fn halves(bits: u64) -> (u32, u32) {
    (bits as u32, (bits >> 32) as u32)
}

fn whole(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

impl Sets {
    /// Some pattern of that part is anchored on a set with the word.
    pub fn in_part(&self, word: WordId, part: u32) -> bool {
        self.parts.get(word.0 as usize).is_some_and(|parts| parts & part != 0)
    }

    /// The sets that hold a word.
    pub fn of(&self, word: WordId) -> &[u32] {
        match self.starts.get(word.0 as usize..).and_then(|s| s.first_chunk::<2>()) {
            Some([from, to]) => self.of.get(*from as usize..*to as usize).unwrap_or_default(),
            None => &[],
        }
    }
}

fn is_anchored(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Sequence(items) => {
            let mut borders = items.iter().take_while(|i| matches!(i, Node::Start | Node::NotBefore(_)));
            borders.any(|i| matches!(i, Node::Start))
        }
        _ => false,
    }
}
