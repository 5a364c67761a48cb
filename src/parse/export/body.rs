//! Words from Markdown and HTML: quotations become lines that begin with `> `, code is fenced, links are their text.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag as Mark, TagEnd};
use std::cell::RefCell;

/// The words of Markdown.
pub(crate) fn from_markdown(text: &str) -> String {
    let mut words = Words::default();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(mark) => words.start_mark(&mark),
            Event::End(mark) => words.end_mark(mark),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                words.push(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.line(),
            Event::Rule => words.paragraph(),
            Event::Html(html) | Event::InlineHtml(html) if html.starts_with("<br") => words.line(),
            _ => {}
        }
    }
    words.finish()
}

/// The words of HTML.
pub(crate) fn from_html(html: &str) -> String {
    let sink = Sink::default();
    tokenize(html, sink).0.into_inner().words.finish()
}

/// Runs html5ever's tokenizer, which builds no tree, so depth costs nothing.
pub(crate) fn tokenize<S: TokenSink>(html: &str, sink: S) -> S {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(sink, Default::default());
    // A script's end stops the tokenizer; it goes on when called again.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink
}

/// Levels of quotation that are written out, so that a hostile depth stays linear.
const MAX_QUOTES: usize = 20;

/// Text being written, line by line.
#[derive(Debug, Default)]
pub(crate) struct Words {
    text: String,
    quotes: usize,
    code: usize,
    /// Line feeds to write before the next word.
    breaks: usize,
    skip: usize,
}

impl Words {
    /// Adds words; line feeds in them begin new lines.
    pub fn push(&mut self, text: &str) {
        if self.skip > 0 {
            return;
        }
        for (i, line) in text.split('\n').enumerate() {
            self.breaks = if i > 0 { self.breaks.max(1) } else { self.breaks };
            if !line.trim_matches('\r').is_empty() {
                self.write(line.trim_end_matches('\r'));
            }
        }
    }

    fn write(&mut self, line: &str) {
        let fresh = self.text.is_empty() || self.breaks > 0;
        if self.text.is_empty() {
            self.breaks = 0;
        }
        (0..std::mem::take(&mut self.breaks).min(2)).for_each(|_| self.text.push('\n'));
        if fresh && self.quotes > 0 {
            (0..self.quotes.min(MAX_QUOTES)).for_each(|_| self.text.push('>'));
            self.text.push(' ');
        }
        self.text.push_str(if fresh && self.code == 0 { line.trim_start() } else { line });
    }

    /// The next word begins a line.
    pub fn line(&mut self) {
        self.breaks = self.breaks.max(1);
    }

    /// The next word begins a paragraph.
    pub fn paragraph(&mut self) {
        self.breaks = 2;
    }

    /// Begins or ends a quotation.
    pub fn quote(&mut self, start: bool) {
        self.paragraph();
        self.quotes = if start { self.quotes + 1 } else { self.quotes.saturating_sub(1) };
    }

    /// Begins or ends a block of code, which is fenced.
    pub fn code(&mut self, start: bool) {
        if start == (self.code == 0) {
            self.line();
            self.push("```");
            self.line();
        }
        self.code = if start { self.code + 1 } else { self.code.saturating_sub(1) };
    }

    /// Begins or ends what is no text, such as a script.
    pub fn skip(&mut self, start: bool) {
        self.skip = if start { self.skip + 1 } else { self.skip.saturating_sub(1) };
    }

    /// The text, without white space at its end.
    pub fn finish(self) -> String {
        let mut text = self.text;
        text.truncate(text.trim_end().len());
        text
    }

    fn start_mark(&mut self, mark: &Mark<'_>) {
        match mark {
            Mark::BlockQuote(_) => self.quote(true),
            Mark::CodeBlock(_) => self.code(true),
            Mark::Item => {
                self.line();
                self.push("- ");
            }
            Mark::Image { .. } => self.skip(true),
            Mark::Paragraph | Mark::Heading { .. } | Mark::Table(_) => self.breaks = self.breaks.max(1),
            Mark::TableRow | Mark::TableCell => self.line(),
            _ => {}
        }
    }

    fn end_mark(&mut self, mark: TagEnd) {
        match mark {
            TagEnd::BlockQuote(_) => self.quote(false),
            TagEnd::CodeBlock => {
                self.code(false);
                self.paragraph();
            }
            TagEnd::Image => self.skip(false),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Table => self.paragraph(),
            _ => {}
        }
    }

    /// Takes a tag of HTML.
    pub fn tag(&mut self, tag: &Tag) {
        let start = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "blockquote" => self.quote(start),
            "pre" => self.code(start),
            "script" | "style" | "template" | "title" => self.skip(start && !tag.self_closing),
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "table" | "aside" => {
                self.paragraph()
            }
            "br" | "tr" | "hr" => self.line(),
            "li" if start => {
                self.line();
                self.push("- ");
            }
            _ => {}
        }
    }

    /// Adds words of HTML, where line feeds outside of code are blanks.
    pub fn html_text(&mut self, text: &str) {
        if self.code > 0 {
            return self.push(text);
        }
        let mut first = true;
        for word in text.split(['\n', '\r', '\t', ' ']) {
            if !first
                && !self.text.is_empty()
                && self.breaks == 0
                && self.skip == 0
                && !self.text.ends_with(' ')
            {
                self.text.push(' ');
            }
            first = false;
            if !word.is_empty() {
                self.push(word);
            }
        }
    }
}

#[derive(Default)]
struct Sink(RefCell<State>);

#[derive(Default)]
struct State {
    words: Words,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let words = &mut self.0.borrow_mut().words;
        match token {
            Token::TagToken(tag) => words.tag(&tag),
            Token::CharacterTokens(text) => words.html_text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_words() {
        assert_eq!(
            from_markdown("> He *said* so.\nlazy\n\nNo, [see](http://a.example)."),
            "> He said so.\n> lazy\n\nNo, see."
        );
        assert_eq!(from_markdown("a\n\n```\nx > y\n```\n\nb ![i](u)"), "a\n\n```\nx > y\n```\n\nb");
        assert_eq!(from_markdown("- one\n- two"), "- one\n- two");
    }

    #[test]
    fn html_becomes_words() {
        assert_eq!(
            from_html("<p>One &amp; <b>two</b></p><blockquote><p>He\nsaid</p></blockquote>So?"),
            "One & two\n\n> He said\n\nSo?"
        );
        assert_eq!(from_html("a<br>b <a href='x'>c</a><script>d</script>"), "a\nb c");
        assert_eq!(from_html("x<pre><code>y\n  z</code></pre>w"), "x\n```\ny\n  z\n```\nw");
    }

    #[test]
    fn depth_is_bounded() {
        assert!(from_html(&"<blockquote>".repeat(20_000)).is_empty());
        assert!(from_markdown(&("> ".repeat(10_000) + "x")).len() < 200);
        assert!(from_html(&"<blockquote>x".repeat(10_000)).len() < 300_000);
    }
}
