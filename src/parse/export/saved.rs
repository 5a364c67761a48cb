//! Pages saved as HTML: Lemmy, old Reddit, Hacker News.
//!
//! ```html
//! <script>window.isoData = {"routeData": {"commentsRes": {"data": {"comments": [{"comment": {"path": "0.1"}}]}}}}</script>
//! <div class="thing comment" data-fullname="t1_c1" data-author="ada"><div class="md"><p>As ever.</p></div></div>
//! <tr class="athing comtr" id="2"><td class="ind" indent="0"></td><a class="hnuser">ada</a><div class="commtext">As ever.</div></tr>
//! ```
//! Lemmy prints its answers into the page, bare `undefined` included. The others are read from html5ever's tokens, without
//! a tree, so that no depth of tags costs more than its length. Other pages: copy the text from the browser instead.

use super::body::{Words, tokenize};
use super::build::{Build, Item};
use super::lemmy_api;
use super::scan::scan_one;
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::{Source, Span};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;

/// How well a page of Lemmy fits.
pub(crate) fn fit_lemmy(text: &str) -> (u32, String) {
    fit(text, ISO, "HTML with `window.isoData`")
}

/// How well a page of old Reddit fits.
pub(crate) fn fit_reddit(text: &str) -> (u32, String) {
    fit(text, "data-fullname=\"t1_", "HTML with `data-fullname=\"t1_…\"`")
}

/// How well a page of Hacker News fits.
pub(crate) fn fit_news(text: &str) -> (u32, String) {
    fit(text, "athing comtr", "HTML with rows `athing comtr`")
}

const ISO: &str = "window.isoData";

fn fit(text: &str, mark: &str, what: &str) -> (u32, String) {
    let html = text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<');
    if html && text.contains(mark) { (97, what.to_owned()) } else { (0, format!("no {what}")) }
}

/// Reads a page of Lemmy.
pub(crate) fn read_lemmy(source: &Source) -> Parsed {
    let mut build = Build::new(source);
    let text = source.as_str();
    let start = text.find(ISO).and_then(|at| text[at..].find('{').map(|brace| at + brace));
    let scan = scan_one(text, start.unwrap_or(text.len()));
    if scan.cut {
        build.faults(&scan);
    }
    lemmy_api::views(&mut build, &scan.fragments);
    build.finish(Dialect::LemmyHtml)
}

/// Reads a page of old Reddit.
pub(crate) fn read_reddit(source: &Source) -> Parsed {
    read(source, Dialect::RedditHtml, reddit_tag)
}

/// Reads a page of Hacker News.
pub(crate) fn read_news(source: &Source) -> Parsed {
    read(source, Dialect::HackerNewsHtml, news_tag)
}

fn read(source: &Source, dialect: Dialect, take: fn(&mut State, &Tag)) -> Parsed {
    let mut build = Build::new(source);
    let sink = tokenize(source.as_str(), Sink { take, state: RefCell::new(State::default()) });
    let mut state = sink.state.into_inner();
    state.flush();
    if let Some(title) = state.title.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()) {
        build.describe(None, |origin| origin.title = Some(title));
    }
    for found in state.found {
        build.add(found, Span::new(0, 1));
    }
    build.finish(dialect)
}

struct Sink {
    take: fn(&mut State, &Tag),
    state: RefCell<State>,
}

/// What was read so far.
#[derive(Default)]
struct State {
    found: Vec<Item>,
    title: Option<String>,
    in_title: bool,
    /// Depth of `div` now, and where the words of the open comment began.
    depth: usize,
    words: Option<(usize, Words)>,
    /// The comment whose parts come now.
    item: Option<Item>,
    /// Where text goes: the author's name.
    name: Option<String>,
    /// Open comments of old Reddit with their depth, and of Hacker News by indentation.
    open: Vec<(usize, String)>,
}

impl State {
    /// Ends the open comment.
    fn flush(&mut self) {
        self.end_words();
        if let Some(mut item) = self.item.take() {
            item.author = item.author.or(self.name.take());
            self.found.push(item);
        }
    }

    fn end_words(&mut self) {
        if let Some((_, words)) = self.words.take()
            && let Some(item) = &mut self.item
        {
            item.words = Some(words.finish());
        }
    }

    /// Keeps count of `div`s, and ends the words with the `div` that holds them.
    fn nest(&mut self, tag: &Tag) {
        if &*tag.name != "div" {
            return;
        }
        if tag.kind == TagKind::StartTag {
            self.depth += 1;
        } else {
            self.depth = self.depth.saturating_sub(1);
            if self.words.as_ref().is_some_and(|(depth, _)| *depth > self.depth) {
                self.end_words();
            }
            while self.open.last().is_some_and(|(depth, _)| *depth > self.depth && *depth < NEWS) {
                self.open.pop();
            }
        }
    }
}

/// Marks the open comments of Hacker News, which are not ended by a `div`.
const NEWS: usize = usize::MAX / 2;

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let start = tag.kind == TagKind::StartTag;
                state.nest(&tag);
                (self.take)(&mut state, &tag);
                if &*tag.name == "title" {
                    state.in_title = start && state.title.is_none();
                }
                match (&*tag.name, start) {
                    ("script", true) => return TokenSinkResult::RawData(RawKind::ScriptData),
                    ("style", true) => return TokenSinkResult::RawData(RawKind::Rawtext),
                    _ => {}
                }
                if let Some((_, words)) = &mut state.words {
                    words.tag(&tag);
                }
            }
            Token::CharacterTokens(text) => {
                if state.in_title {
                    state.title.get_or_insert_default().push_str(&text);
                } else if let Some((_, words)) = &mut state.words {
                    words.html_text(&text);
                } else if let Some(name) = &mut state.name {
                    name.push_str(text.trim());
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string())
}

fn has_class(tag: &Tag, class: &str) -> bool {
    attribute(tag, "class").is_some_and(|all| all.split_whitespace().any(|c| c == class))
}

fn reddit_tag(state: &mut State, tag: &Tag) {
    if tag.kind == TagKind::EndTag {
        return;
    }
    let name = attribute(tag, "data-fullname").and_then(|n| n.strip_prefix("t1_").map(str::to_owned));
    if let (Some(id), true) = (name, has_class(tag, "comment")) {
        state.flush();
        let parent = state.open.last().map(|(_, id)| id.clone());
        state.open.push((state.depth, id.clone()));
        let author = attribute(tag, "data-author");
        state.item = Some(Item { id, parent, author, ..Item::default() });
        return;
    }
    let Some(item) = &mut state.item else { return };
    if has_class(tag, "unvoted") && has_class(tag, "score") {
        item.score = attribute(tag, "title").and_then(|t| t.parse().ok());
    } else if &*tag.name == "time" && item.created.is_none() {
        item.created = attribute(tag, "datetime");
    } else if has_class(tag, "md") && state.words.is_none() && item.words.is_none() {
        state.words = Some((state.depth, Words::default()));
    }
}

fn news_tag(state: &mut State, tag: &Tag) {
    if tag.kind == TagKind::EndTag {
        if &*tag.name == "a"
            && let (Some(item), Some(name)) = (&mut state.item, state.name.take())
        {
            item.author = item.author.take().or(Some(name));
        }
        return;
    }
    if has_class(tag, "comtr") {
        state.flush();
        let id = attribute(tag, "id").unwrap_or_else(|| format!("#{}", state.found.len()));
        state.item = Some(Item { id, ..Item::default() });
        return;
    }
    let Some(item) = &mut state.item else { return };
    if has_class(tag, "ind") {
        let indent = NEWS
            + attribute(tag, "indent")
                .and_then(|i| i.parse::<usize>().ok())
                .unwrap_or_default()
                .min(1_000_000);
        while state.open.last().is_some_and(|(above, _)| *above >= indent) {
            state.open.pop();
        }
        item.parent = state.open.last().map(|(_, id)| id.clone());
        state.open.push((indent, item.id.clone()));
    } else if has_class(tag, "hnuser") {
        state.name = Some(String::new());
    } else if has_class(tag, "age") {
        item.created = attribute(tag, "title").and_then(|t| t.split(' ').next().map(str::to_owned));
    } else if has_class(tag, "commtext") && item.words.is_none() {
        state.words = Some((state.depth, Words::default()));
    }
}
