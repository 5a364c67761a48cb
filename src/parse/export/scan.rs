//! JSON as people really have it, cut into flat pieces: comments nest without end, files are cut off, lists end in a
//! comma, pages print `undefined`, Python prints `'` and `None`.
//!
//! One pass over the bytes with a stack of its own. What stands in a list of comments (`children`, `replies`, `data` …)
//! becomes a fragment that knows its parent; in the parent's text `null` stands in its place. So each fragment is
//! shallow, valid JSON for serde, whatever the depth of the whole.

use crate::source::Span;

/// One object of the input, its lists of comments taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fragment {
    /// The fragment around it.
    pub parent: Option<usize>,
    /// The key it stood under; empty at the top.
    pub via: String,
    /// Valid JSON.
    pub text: String,
    /// Where the object stands.
    pub span: Span,
}

/// What a scan found.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub fragments: Vec<Fragment>,
    /// Where something stood that is no JSON, and that the text ended before its objects did.
    pub faults: Vec<usize>,
    /// Lists and objects that end in a comma.
    pub commas: Vec<usize>,
    /// The text ended inside an object.
    pub cut: bool,
}

/// Scans every value of a text; after a fault it goes on with the next line that begins with `{`.
pub(crate) fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    let mut at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    while at < text.len() {
        let mut scanner =
            Scanner { text, at, stack: Vec::new(), open: Vec::new(), out: &mut scan, one: false };
        let fault = scanner.run();
        let end = scanner.at;
        scanner.close_all();
        let Some(fault) = fault else { break };
        scan.faults.push(fault);
        let next = text[end.max(fault)..].find("\n{").map(|i| end.max(fault) + i + 1);
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    scan
}

/// Scans the one value that begins at `from`.
pub(crate) fn scan_one(text: &str, from: usize) -> Scan {
    let mut scan = Scan::default();
    let mut scanner =
        Scanner { text, at: from, stack: Vec::new(), open: Vec::new(), out: &mut scan, one: true };
    let fault = scanner.run();
    scanner.close_all();
    scan.faults.extend(fault);
    scan
}

/// Lists under these keys hold comments.
const LISTS: [&str; 13] = [
    "ancestors",
    "children",
    "comments",
    "data",
    "descendants",
    "first_page",
    "hits",
    "items",
    "orderedItems",
    "posts",
    "replies",
    "statuses",
    "threads",
];

/// A container that is open.
#[derive(Debug, Clone, Copy)]
struct Level {
    object: bool,
    /// The fragment it is written to; a list of comments is written to none.
    fragment: Option<usize>,
    /// The fragment around a list of comments.
    parent: Option<usize>,
    state: State,
    key: (usize, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A key or a value may come.
    Start,
    /// A comma was read.
    Next,
    /// A key was read.
    Key,
    /// The colon was read.
    Colon,
    /// A value is complete.
    Value,
}

/// A fragment being written.
struct Open {
    fragment: usize,
    closers: Vec<u8>,
    /// Length and open containers when the last value was complete.
    safe: (usize, usize),
}

struct Scanner<'t, 'o> {
    text: &'t str,
    at: usize,
    stack: Vec<Level>,
    open: Vec<Open>,
    out: &'o mut Scan,
    one: bool,
}

impl Scanner<'_, '_> {
    /// Runs to the end or to a fault, whose place it gives.
    fn run(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let at = self.at;
            let fine = match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.step(),
                b'{' | b'[' => self.open_container(*byte == b'{'),
                b'}' | b']' => self.close_container(*byte == b'}'),
                b',' => self.comma(),
                b':' => self.colon(),
                b'"' | b'\'' => self.string(),
                _ => self.word(),
            };
            if !fine {
                return Some(at);
            }
            if self.one && self.stack.is_empty() {
                return None;
            }
        }
        None
    }

    fn step(&mut self) -> bool {
        self.at += 1;
        true
    }

    fn comma(&mut self) -> bool {
        match self.stack.last_mut() {
            Some(level) if level.state == State::Value => level.state = State::Next,
            _ => return false,
        }
        self.step()
    }

    fn colon(&mut self) -> bool {
        match self.stack.last_mut() {
            Some(level) if level.state == State::Key => level.state = State::Colon,
            _ => return false,
        }
        self.step()
    }

    /// The key of the value that begins, if a value may begin here.
    fn value_key(&self) -> Option<&str> {
        let Some(level) = self.stack.last() else { return Some("") };
        match (level.object, level.state) {
            (true, State::Colon) => self.text.get(level.key.0..level.key.1),
            (false, State::Start | State::Next) => Some(""),
            _ => None,
        }
    }

    fn open_container(&mut self, object: bool) -> bool {
        let Some(key) = self.value_key() else { return false };
        let name = key.trim_matches(['"', '\'']).to_owned();
        let above = self.stack.last().copied();
        let listed = LISTS.contains(&name.as_str());
        let in_list = above.is_none_or(|a| a.fragment.is_none());
        let cut = in_list || (listed && (!object || name == "replies"));
        let parent = above.and_then(|a| a.fragment.or(a.parent));
        let fragment = match (cut, object) {
            (true, true) => {
                self.write_value(if in_list { "" } else { "null" });
                let via = if in_list { self.list_name() } else { name };
                Some(self.begin(parent, via))
            }
            (true, false) => {
                self.write_value(if in_list { "" } else { "null" });
                None
            }
            (false, _) => {
                self.write_value(if object { "{" } else { "[" });
                above.and_then(|a| a.fragment)
            }
        };
        if let Some(open) = fragment.and_then(|_| self.open.last_mut()).filter(|_| !cut) {
            open.closers.push(if object { b'}' } else { b']' });
        }
        self.stack.push(Level { object, fragment, parent, state: State::Start, key: (0, 0) });
        self.step()
    }

    /// The key of the innermost list of comments.
    fn list_name(&self) -> String {
        let keyed = self.stack.iter().rev().find(|l| l.object);
        let key = keyed.and_then(|l| self.text.get(l.key.0..l.key.1)).unwrap_or_default();
        key.trim_matches(['"', '\'']).to_owned()
    }

    fn begin(&mut self, parent: Option<usize>, via: String) -> usize {
        let fragment = self.out.fragments.len();
        let span = Span::new(self.at as u32, self.at as u32 + 1);
        self.out.fragments.push(Fragment { parent, via, text: "{".to_owned(), span });
        self.open.push(Open { fragment, closers: vec![b'}'], safe: (1, 1) });
        fragment
    }

    fn close_container(&mut self, object: bool) -> bool {
        let Some(level) = self.stack.last().copied() else { return false };
        if level.object != object || matches!(level.state, State::Key | State::Colon) {
            return false;
        }
        if level.state == State::Next {
            self.out.commas.push(self.at);
        }
        self.stack.pop();
        self.at += 1;
        if let (Some(fragment), Some(open)) = (level.fragment, self.open.last_mut())
            && let Some(closer) = open.closers.pop()
        {
            let written = &mut self.out.fragments[fragment];
            written.text.push(char::from(closer));
            written.span.end = self.at as u32;
            open.safe = (written.text.len(), open.closers.len());
            if open.closers.is_empty() {
                self.open.pop();
            }
        }
        self.value_done();
        true
    }

    /// After a value the container around it waits for a comma, and what was written so far is whole.
    fn value_done(&mut self) {
        let Some(level) = self.stack.last_mut() else { return };
        level.state = State::Value;
        if let (Some(fragment), Some(open)) = (level.fragment, self.open.last_mut()) {
            open.safe = (self.out.fragments[fragment].text.len(), open.closers.len());
        }
    }

    /// Writes a comma, the key and the beginning of a value to the fragment that is open.
    fn write_value(&mut self, value: &str) {
        let Some(level) = self.stack.last().copied() else { return };
        let Some(fragment) = level.fragment else { return };
        let text = &mut self.out.fragments[fragment].text;
        if !text.ends_with(['{', '[']) {
            text.push(',');
        }
        if level.object {
            write_string(text, &self.text[level.key.0..level.key.1]);
            text.push(':');
        }
        text.push_str(value);
    }

    fn string(&mut self) -> bool {
        let start = self.at;
        let Some(end) = string_end(self.text, start) else {
            self.at = self.text.len();
            return true;
        };
        self.at = end;
        match self.stack.last_mut() {
            Some(level) if level.object && matches!(level.state, State::Start | State::Next) => {
                (level.key, level.state) = ((start, end), State::Key);
                true
            }
            Some(_) => {
                let mut value = String::new();
                write_string(&mut value, &self.text[start..end]);
                self.scalar(&value)
            }
            None => false,
        }
    }

    fn scalar(&mut self, value: &str) -> bool {
        if self.value_key().is_none() || self.stack.is_empty() {
            return false;
        }
        self.write_value(value);
        self.value_done();
        true
    }

    /// A number or a bare word; at the end of the text it may be cut, so it is not believed there.
    fn word(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-._".contains(c))).unwrap_or(rest.len());
        let word = &rest[..end];
        if end == rest.len() && !self.stack.is_empty() {
            self.at = self.text.len();
            return true;
        }
        let value = match word {
            "undefined" | "None" | "NaN" | "Infinity" | "-Infinity" | "null" => "null",
            "true" | "True" => "true",
            "false" | "False" => "false",
            _ if serde_json::from_str::<serde_json::Number>(word).is_ok() => word,
            _ => return false,
        };
        let fine = self.scalar(value);
        self.at += if fine { end } else { 0 };
        fine
    }

    /// Closes what the end of the text, or a fault, left open.
    fn close_all(&mut self) {
        self.out.cut |= !self.open.is_empty() || !self.stack.is_empty();
        for Open { fragment, mut closers, safe } in std::mem::take(&mut self.open) {
            let written = &mut self.out.fragments[fragment];
            written.text.truncate(safe.0);
            closers.truncate(safe.1);
            written.text.extend(closers.iter().rev().map(|c| char::from(*c)));
            written.span.end = self.at.min(self.text.len()) as u32;
        }
    }
}

/// One past the closing mark of the string that begins at `start`.
fn string_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mark = *bytes.get(start)?;
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Writes a string with its marks as JSON: Python's marks and bare control characters are changed.
fn write_string(out: &mut String, raw: &str) {
    if raw.starts_with('"') && !raw.bytes().any(|b| b < 0x20) {
        return out.push_str(raw);
    }
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    out.push('"');
    let mut escaped = false;
    for c in inner.chars() {
        match (escaped, c) {
            (true, '\'') => out.push('\''),
            (true, 'x') => out.push_str("\\\\x"),
            (true, c) => out.extend(['\\', c]),
            (false, '\\') => {}
            (false, '"') => out.push_str("\\\""),
            (false, '\n') => out.push_str("\\n"),
            (false, '\t') => out.push_str("\\t"),
            (false, c) if c < ' ' => out.push(' '),
            (false, c) => out.push(c),
        }
        escaped = !escaped && c == '\\';
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let scan = scan(text);
        let shown = |f: &Fragment| format!("{:?} {} {}", f.parent, f.via, f.text);
        assert!(scan.fragments.iter().all(|f| serde_json::from_str::<serde_json::Value>(&f.text).is_ok()));
        scan.fragments.iter().map(shown).collect()
    }

    #[test]
    fn lists_of_comments_are_taken_out() {
        let found =
            texts(r#"{"id":1,"children":[{"id":2,"x":[1,{"y":null}],"children":[]},{"id":3}],"z":true}"#);
        assert_eq!(
            found,
            [
                r#"None  {"id":1,"children":null,"z":true}"#,
                r#"Some(0) children {"id":2,"x":[1,{"y":null}],"children":null}"#,
                r#"Some(0) children {"id":3}"#
            ]
        );
    }

    #[test]
    fn lines_and_lists_at_the_top_are_fragments() {
        assert_eq!(texts("{\"a\":1}\n{\"b\":2}"), ["None  {\"a\":1}", "None  {\"b\":2}"]);
        assert_eq!(texts("[{\"a\":1},\n{\"b\":2},]"), ["None  {\"a\":1}", "None  {\"b\":2}"]);
    }

    #[test]
    fn a_cut_text_gives_what_it_has() {
        assert_eq!(texts(r#"{"a":{"b":1,"c":"x"#), [r#"None  {"a":{"b":1}}"#]);
        assert_eq!(texts(r#"{"a":1,"b"#), [r#"None  {"a":1}"#]);
        assert_eq!(texts(r#"{"a":[1,2"#), [r#"None  {"a":[1]}"#]);
        assert!(scan(r#"{"comments":[{"a":1},{"#).cut && !scan("{}").cut);
    }

    #[test]
    fn pages_and_python_are_understood() {
        assert_eq!(
            texts("{'a': None, 'b': 'it\\'s \"x\"', 'c': undefined}"),
            [r#"None  {"a":null,"b":"it's \"x\"","c":null}"#]
        );
        assert_eq!(texts("{\"a\":\"b\nc\"}"), [r#"None  {"a":"b\nc"}"#]);
    }

    #[test]
    fn after_a_fault_the_next_line_is_read() {
        let scan = scan("{\"a\":1}\n{\"b\":?}\n{\"c\":3}\n");
        assert_eq!((scan.fragments.len(), scan.faults), (3, vec![13]));
    }

    #[test]
    fn depth_costs_no_stack() {
        let text = "{\"children\":[".repeat(100_000);
        assert_eq!(scan(&text).fragments.len(), 100_000);
        let text = "[".repeat(100_000);
        assert!(scan(&text).cut);
        assert_eq!(texts(&format!("{{\"x\":{}", "[".repeat(50))).len(), 1);
    }
}
