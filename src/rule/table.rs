//! Patterns as tables: what each is anchored on and where its code begins. They are made before the allegation is known.

use super::anchor::{Need, Reach, Sides, Vocabulary, needs};
use super::code::{LONGEST, write};
use super::compile::{Compiler, Node};
use super::pattern::Pattern;
use super::rows::Rows;
use super::setting::Scope;
use super::signature::{ANYTHING, End, Loads, of_need, of_node, second_of};
use crate::packing::numbers::{self, ascending};
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
    /// Its patterns in the order of their anchors.
    rows: Rows,
    /// The code of all patterns.
    #[serde(with = "numbers")]
    pub code: Vec<u32>,
}

/// A pattern of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its place in the draft: finds are given in this order.
    pub order: u32,
    /// What its finds stand for.
    pub payload: u32,
    /// The bit of its table and scope; none if it is not run.
    pub part: u16,
    /// Signature of what it can begin with.
    pub first: u64,
    /// Signature of what can stand behind that.
    pub second: u64,
    /// Signatures of what can stand beside the word of the anchor.
    pub sides: Sides,
    /// Signature of something else that must stand somewhere in the text.
    pub also: u64,
    /// Tokens between the beginning and the word of the anchor.
    pub low: u8,
    pub high: u8,
    /// Entries of the profile among them.
    pub wide: u8,
    /// Stands only at the beginning.
    pub opens: bool,
    /// A word of the anchor is all of it.
    pub single: bool,
    /// Where its code begins, that of what must not stand before it, and where both end.
    pub code: u32,
    pub before: u32,
    pub end: u32,
}

/// What each word is an anchor of: rows of all tables, numbered one table behind the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Anchors {
    /// For each word number where its rows begin, and one more.
    #[serde(with = "ascending")]
    starts: Vec<u32>,
    #[serde(with = "numbers")]
    of: Vec<u32>,
    /// For each word the parts of its rows: bits of [`part`].
    #[serde(with = "numbers")]
    pub parts: Vec<u32>,
    /// Rows anchored on figures.
    pub by_number: Vec<u32>,
    pub number_parts: u32,
    /// For each list that the profile fills the rows anchored on its words.
    pub by_open: Vec<Vec<u32>>,
    pub open_parts: Vec<u32>,
    /// Rows anchored on nothing.
    pub any: Vec<u32>,
}

/// Where a row is anchored: the number of a need, 0 for none.
struct Anchored {
    need: u32,
    part: u16,
}

/// The bit of a table and scope.
pub(super) fn part(table: usize, scope: Scope) -> u16 {
    1 << (Scope::COUNT * table + scope as usize)
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

/// The tables of some drafts, and what they are anchored on.
pub(super) fn tables<const N: usize>(
    drafts: &[Draft; N],
    vocabulary: Vocabulary<'_>,
    bound: usize,
) -> ([Table; N], Anchors) {
    const { assert!(Scope::COUNT * N <= u16::BITS as usize, "each part has a bit") }
    let (mut numbers, mut rows) = (BTreeMap::new(), Vec::new());
    let tables = std::array::from_fn(|i| table(i, &drafts[i], vocabulary, &mut numbers, &mut rows));
    (tables, anchors(&numbers, &rows, vocabulary.open.len(), bound))
}

fn table(
    number: usize,
    draft: &Draft,
    vocabulary: Vocabulary<'_>,
    numbers: &mut BTreeMap<Need, u32>,
    anchored: &mut Vec<Anchored>,
) -> Table {
    let loads = Loads::new(vocabulary);
    let mut rows = Vec::with_capacity(draft.entries.len());
    for (order, entry) in (0..).zip(&draft.entries) {
        let mut needs = needs(&entry.node, vocabulary).into_iter();
        let next = numbers.len() as u32 + 1;
        let (need, reach, sides) = match needs.next() {
            Some(placed) => (*numbers.entry(placed.need).or_insert(next), placed.reach, placed.sides),
            None => (0, Reach::default(), Sides::ANY),
        };
        let others = needs.map(|placed| of_need(&placed.need));
        let row = Row {
            order,
            payload: entry.payload,
            part: part(number, entry.scope),
            first: of_node(&entry.node, End::First, ANYTHING, vocabulary),
            second: second_of(&entry.node, vocabulary),
            sides,
            also: others.min_by_key(|bits| loads.of(*bits)).unwrap_or(ANYTHING),
            low: reach.low.min(LONGEST) as u8,
            high: reach.high.min(LONGEST) as u8,
            wide: reach.wide.min(LONGEST) as u8,
            opens: is_anchored(&entry.node),
            single: entry.before.is_none() && matches!(entry.node, Node::One(_) | Node::Any(_)),
            code: 0,
            before: 0,
            end: 0,
        };
        rows.push((need, row));
    }
    rows.sort_by_key(|(need, _)| *need);
    anchored.extend(rows.iter().map(|(need, row)| Anchored { need: *need, part: row.part }));
    let mut code = Vec::new();
    let rows = rows.into_iter().map(|(_, row)| written(row, draft, vocabulary, &mut code));
    Table { rows: Rows::new(rows), code }
}

/// The row of a pattern whose code is written behind that of the row before.
fn written(row: Row, draft: &Draft, vocabulary: Vocabulary<'_>, out: &mut Vec<u32>) -> Row {
    let entry = &draft.entries[row.order as usize];
    let code = out.len() as u32;
    write(&entry.node, vocabulary, out);
    let before = out.len() as u32;
    entry.before.iter().for_each(|node| write(node, vocabulary, out));
    Row { code, before, end: out.len() as u32, ..row }
}

fn anchors(numbers: &BTreeMap<Need, u32>, rows: &[Anchored], open: usize, bound: usize) -> Anchors {
    let mut by_need: Vec<Vec<u32>> = vec![Vec::new(); numbers.len() + 1];
    (0..).zip(rows).for_each(|(i, row)| by_need[row.need as usize].push(i));
    let mut by_word: Vec<Vec<u32>> = vec![Vec::new(); bound];
    for (need, number) in numbers {
        need.words.iter().for_each(|word| by_word[word.0 as usize].extend(&by_need[*number as usize]));
    }
    let with = |holds: &dyn Fn(&Need) -> bool| {
        let needs = numbers.iter().filter(|(need, _)| holds(need));
        needs.flat_map(|(_, number)| by_need[*number as usize].iter().copied()).collect::<Vec<u32>>()
    };
    let parts = |of: &Vec<u32>| of.iter().fold(0, |all, row| all | u32::from(rows[*row as usize].part));
    let by_number = with(&|need| need.number);
    let by_open: Vec<Vec<u32>> = (0..open).map(|i| with(&|need| need.open >> i & 1 == 1)).collect();
    let mut anchors = Anchors {
        starts: vec![0],
        of: Vec::new(),
        parts: by_word.iter().map(parts).collect(),
        number_parts: parts(&by_number),
        by_number,
        open_parts: by_open.iter().map(parts).collect(),
        by_open,
        any: by_need.swap_remove(0),
    };
    for of in by_word {
        anchors.of.extend(of);
        anchors.starts.push(anchors.of.len() as u32);
    }
    anchors
}

impl Table {
    /// How many patterns.
    pub fn count(&self) -> usize {
        self.rows.count()
    }

    /// The patterns.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.rows.rows()
    }
}

impl Row {
    /// The numbers of its code, and of the code of what must not stand before it.
    #[inline]
    pub fn code<'c>(&self, code: &'c [u32]) -> (&'c [u32], &'c [u32]) {
        let of = |from: u32, to: u32| code.get(from as usize..to as usize).unwrap_or_default();
        (of(self.code, self.before), of(self.before, self.end))
    }
}

impl Anchors {
    /// The rows anchored on a word.
    #[inline]
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
