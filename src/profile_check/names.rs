//! Names of an input: runs of capitalised words that no role covers.

use crate::text::{Kind, Token, blocks, sentences};
use std::collections::BTreeMap;

/// Names that are told.
const TOLD: usize = 15;
/// Times a name must occur.
const LEAST: usize = 2;
/// Words of a name; longer runs are headlines and shouting.
const LONGEST: usize = 4;
/// Words that English writes with a capital and that are no names of parties.
const CALENDAR: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Counts names, and how often words stand in lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    inside: BTreeMap<String, usize>,
    lower: BTreeMap<String, usize>,
}

impl Names {
    /// Adds a text; `covered` tells the tokens that stand in a role.
    pub fn add(&mut self, text: &str, tokens: &[Token], covered: impl Fn(usize) -> bool) {
        for token in tokens.iter().filter(|t| t.kind == Kind::Word && !t.capital) {
            *self.lower.entry(token.text(text).to_owned()).or_default() += 1;
        }
        for block in blocks(tokens, text) {
            for sentence in sentences(tokens, block, &[]) {
                // What opens a sentence has its capital from there.
                let Some(first) = sentence.clone().find(|i| tokens[*i].is_word()) else { continue };
                let named = |i: usize| is_name(&tokens[i], text) && !covered(i);
                self.runs(text, tokens, first + 1..sentence.end, named);
            }
        }
    }

    fn runs(
        &mut self,
        text: &str,
        tokens: &[Token],
        range: std::ops::Range<usize>,
        named: impl Fn(usize) -> bool,
    ) {
        let mut run: Vec<&str> = Vec::new();
        for i in range {
            if named(i) {
                run.push(tokens[i].text(text));
            } else {
                self.end(&mut run);
            }
        }
        self.end(&mut run);
    }

    fn end(&mut self, run: &mut Vec<&str>) {
        if (1..=LONGEST).contains(&run.len()) {
            *self.inside.entry(run.join(" ")).or_default() += 1;
        }
        run.clear();
    }

    /// The most frequent names, the most frequent first. A word that stands as often in lower case is none.
    pub fn frequent(&self) -> Vec<(String, usize)> {
        let lower = |name: &str| self.lower.get(&name.to_lowercase()).copied().unwrap_or_default();
        let is_frequent = |(name, count): &(&String, &usize)| **count >= LEAST && lower(name) < **count;
        let mut out: Vec<(String, usize)> =
            self.inside.iter().filter(is_frequent).map(|(name, count)| (name.clone(), *count)).collect();
        out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out.truncate(TOLD);
        out
    }
}

fn is_name(token: &Token, text: &str) -> bool {
    let word = token.text(text);
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '’' | '\''));
    token.kind == Kind::Word
        && token.capital
        && letters
        && word.chars().count() > 1
        && !CALENDAR.contains(&word)
}
