//! A stream as blocks of whole lines. Where a block begins depends on the stream alone, so that a run that goes on cuts
//! it as the one that was killed.

use std::io::{self, Read};

/// Bytes of a block, if no line is longer.
const BLOCK: usize = 1 << 20;
/// Bytes of a line from which on it is left out; dumps have lines of some kilobytes.
const MAX_LINE: usize = 16 << 20;

/// Blocks of a stream.
pub(super) struct Blocks<R> {
    reader: R,
    buffer: Vec<u8>,
    /// The stream has ended, or cannot be read on.
    ended: bool,
    failed: Option<io::Error>,
    /// The rest of a line that is too long is being passed over.
    passing: bool,
    /// Bytes and lines before the next block.
    pub position: u64,
    pub line: u64,
}

/// Whole lines, or word of one that is too long.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Lines; the number of the first, from 1.
    Lines(u64, Vec<u8>),
    /// The number of a line that was left out.
    TooLong(u64),
}

impl<R: Read> Blocks<R> {
    /// The blocks from byte `position`, before which `line` lines stand. What stands before is passed over.
    pub fn new(mut reader: R, position: u64, line: u64) -> io::Result<Self> {
        let passed = io::copy(&mut reader.by_ref().take(position), &mut io::sink())?;
        if passed < position {
            return Err(io::Error::other("it is shorter than when the run was begun"));
        }
        Ok(Blocks { reader, buffer: Vec::new(), ended: false, failed: None, passing: false, position, line })
    }

    /// The next block; `None` at the end. Where the stream cannot be read on, what stands before comes first.
    pub fn next(&mut self) -> io::Result<Option<Block>> {
        loop {
            self.fill(BLOCK);
            if self.passing {
                self.pass();
            } else if let Some(last) = self.buffer.iter().rposition(|b| *b == b'\n') {
                return Ok(Some(self.lines(last + 1)));
            } else if !self.ended {
                return Ok(Some(self.long_line()));
            }
            if self.ended && !self.buffer.is_empty() && !self.passing {
                return Ok(Some(self.lines(self.buffer.len())));
            }
            if self.ended && self.buffer.is_empty() {
                return self.failed.take().map_or(Ok(None), Err);
            }
        }
    }

    /// Passes over the rest of a line that is too long.
    fn pass(&mut self) {
        match self.buffer.iter().position(|b| *b == b'\n') {
            Some(end) => {
                self.take(end + 1);
                self.passing = false;
                self.line += 1;
            }
            None => drop(self.take(self.buffer.len())),
        }
    }

    /// Reads on to the end of a line longer than a block.
    fn long_line(&mut self) -> Block {
        let mut size = self.buffer.len();
        loop {
            let before = size.min(self.buffer.len());
            size += BLOCK;
            self.fill(size);
            let end = self.buffer.iter().skip(before).position(|b| *b == b'\n');
            if let Some(end) = end {
                return self.lines(before + end + 1);
            }
            if self.ended {
                return self.lines(self.buffer.len());
            }
            if self.buffer.len() > MAX_LINE {
                self.passing = true;
                drop(self.take(self.buffer.len()));
                return Block::TooLong(self.line + 1);
            }
        }
    }

    fn lines(&mut self, end: usize) -> Block {
        let bytes = self.take(end);
        let first = self.line + 1;
        self.line += bytes.iter().filter(|b| **b == b'\n').count() as u64;
        Block::Lines(first, bytes)
    }

    fn take(&mut self, end: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(end);
        self.position += end as u64;
        std::mem::replace(&mut self.buffer, rest)
    }

    /// True between two lines, where a run can go on.
    pub fn between_lines(&self) -> bool {
        !self.passing
    }

    fn fill(&mut self, size: usize) {
        if !self.ended && self.buffer.len() < size {
            let wanted = (size - self.buffer.len()) as u64;
            match self.reader.by_ref().take(wanted).read_to_end(&mut self.buffer) {
                Ok(got) => self.ended = (got as u64) < wanted,
                Err(error) => (self.failed, self.ended) = (Some(error), true),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], position: u64, line: u64) -> Vec<(u64, Option<Block>)> {
        let mut blocks = Blocks::new(bytes, position, line).unwrap();
        std::iter::from_fn(|| {
            let block = blocks.next().unwrap()?;
            Some((blocks.position, Some(block)))
        })
        .collect()
    }

    #[test]
    fn blocks_are_whole_lines_and_begin_anywhere_alike() {
        let text: String = (0..200_000).map(|i| format!("line {i} {}\n", "x".repeat(i % 40))).collect();
        let text = text + "no end";
        let blocks = all(text.as_bytes(), 0, 0);
        assert!(blocks.len() > 3);
        let joined: Vec<u8> = blocks
            .iter()
            .flat_map(|(_, b)| match b {
                Some(Block::Lines(_, bytes)) => bytes.clone(),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(joined, text.as_bytes());
        let Some(Block::Lines(line, _)) = &blocks[2].1 else { panic!("lines") };
        assert_eq!(all(text.as_bytes(), blocks[1].0, line - 1), blocks[2..]);
    }

    #[test]
    fn a_line_without_end_is_left_out_and_costs_little() {
        let mut text = b"one\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 40 << 20));
        text.extend(b"\nthree\n");
        let found: Vec<Block> = all(&text, 0, 0).into_iter().filter_map(|b| b.1).collect();
        let expected =
            [Block::Lines(1, b"one\n".to_vec()), Block::TooLong(2), Block::Lines(3, b"three\n".to_vec())];
        assert_eq!(found, expected);
        let mut long = vec![b'y'; 3 << 20];
        long.push(b'\n');
        assert_eq!(all(&long, 0, 0).len(), 1, "a line of some megabytes is read");
    }

    #[test]
    fn an_input_that_shrank_is_told() {
        assert!(Blocks::new(&b"abc"[..], 9, 0).is_err());
    }
}
