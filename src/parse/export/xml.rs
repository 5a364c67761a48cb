//! XML exports: Disqus, and WordPress (WXR).
//!
//! ```xml
//! <post dsq:id="5"><message><![CDATA[<p>As ever.</p>]]></message><author><name>ada</name></author>
//!   <thread dsq:id="2"/><parent dsq:id="4"/></post>
//! <item><title>Ferry</title><wp:comment><wp:comment_id>6</wp:comment_id><wp:comment_author>ada</wp:comment_author>
//!   <wp:comment_content>As ever.</wp:comment_content><wp:comment_parent>0</wp:comment_parent></wp:comment></item>
//! ```
//! Disqus: spam and posts of a thread that the export does not hold are left out (P08); a deleted post is a gap where
//! somebody replied to it. WordPress: what was not approved, pingbacks and trackbacks are left out (P08).

use super::body::from_html;
use super::build::{Build, Item};
use crate::diagnostic::Code;
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::{Source, Span};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// How well Disqus fits.
pub(crate) fn fit_disqus(head: &str) -> (u32, String) {
    fit(head, "<disqus", "the root `disqus`")
}

/// How well WordPress fits.
pub(crate) fn fit_wxr(head: &str) -> (u32, String) {
    fit(head, "<wp:comment", "an element `wp:comment`").max(fit(
        head,
        "wordpress.org/export/",
        "the name space of WXR",
    ))
}

fn fit(head: &str, mark: &str, what: &str) -> (u32, String) {
    let xml = head.trim_start().starts_with('<');
    if xml && head.contains(mark) {
        (96, format!("XML with {what}"))
    } else {
        (0, format!("no XML with {what}"))
    }
}

/// An element and the texts inside it, by path; attributes stand behind `@`.
#[derive(Debug, Default)]
struct Record {
    name: String,
    fields: BTreeMap<String, String>,
    /// The record around it.
    outer: Option<usize>,
    span: Span,
}

impl Record {
    fn get(&self, field: &str) -> Option<String> {
        self.fields.get(field).map(|f| f.trim()).filter(|f| !f.is_empty()).map(str::to_owned)
    }
}

/// Reads an export of Disqus.
pub(crate) fn read_disqus(source: &Source) -> Parsed {
    let mut build = Build::new(source);
    let records = records(&mut build, &["thread", "post"]);
    let threads: BTreeSet<String> =
        records.iter().filter(|r| r.name == "thread").filter_map(|r| r.get("@id")).collect();
    for record in &records {
        match record.name.as_str() {
            "thread" => disqus_thread(&mut build, record, &records),
            _ => disqus_post(&mut build, record, &threads),
        }
    }
    build.finish(Dialect::Disqus)
}

/// A thread that has comments, or says what it is.
fn disqus_thread(build: &mut Build<'_>, record: &Record, records: &[Record]) {
    let (Some(id), Some(link)) = (record.get("@id"), record.get("link")) else { return };
    let title = record.get("title");
    let used = records.iter().take(MAX_LOOK).any(|r| r.get("thread@id").as_ref() == Some(&id));
    if used || title.is_some() {
        build.describe(Some(&id), |origin| (origin.title, origin.url) = (title, Some(link)));
    }
}

/// Records in which the use of a thread is looked for.
const MAX_LOOK: usize = 50;

fn disqus_post(build: &mut Build<'_>, record: &Record, threads: &BTreeSet<String>) {
    let Some(id) = record.get("@id") else { return };
    let thread = record.get("thread@id");
    let is = |field: &str| record.get(field).as_deref() == Some("true");
    if !thread.as_ref().is_some_and(|t| threads.contains(t)) {
        return build.skip(record.span, format!("the thread of post `{id}` is not in the export"));
    }
    if is("isSpam") {
        return build.skip(record.span, format!("post `{id}` was marked as spam"));
    }
    let parent = record.get("parent@id");
    if is("isDeleted") && record.get("message").is_none() {
        return build.gap(id, parent, thread, record.span);
    }
    let item = Item {
        id,
        parent,
        thread,
        author: record.get("author/name").or_else(|| record.get("author/username")),
        created: record.get("createdAt"),
        words: (!is("isDeleted")).then(|| from_html(&record.get("message").unwrap_or_default())),
        ..Item::default()
    };
    build.add(item, record.span);
}

/// Reads an export of WordPress.
pub(crate) fn read_wxr(source: &Source) -> Parsed {
    let mut build = Build::new(source);
    let records = records(&mut build, &["item", "comment"]);
    let thread =
        |item: &Record| item.get("post_id").or_else(|| item.get("link")).or_else(|| item.get("title"));
    for record in &records {
        if record.name == "item" {
            continue;
        }
        let item = record.outer.and_then(|o| records.get(o));
        let id = item.and_then(thread);
        if let Some(item) = item {
            let (title, url) = (item.get("title"), item.get("link"));
            build.describe(id.as_deref(), |origin| (origin.title, origin.url) = (title, url));
        }
        wxr_comment(&mut build, record, id);
    }
    build.finish(Dialect::Wxr)
}

fn wxr_comment(build: &mut Build<'_>, record: &Record, thread: Option<String>) {
    let Some(id) = record.get("comment_id") else { return };
    let kind = record.get("comment_type").unwrap_or_default();
    if ["pingback", "trackback"].contains(&kind.as_str()) {
        return build.skip(record.span, format!("comment `{id}` is a {kind}"));
    }
    if record.get("comment_approved").is_some_and(|approved| approved != "1") {
        return build.skip(record.span, format!("comment `{id}` was not approved"));
    }
    let item = Item {
        id,
        parent: record.get("comment_parent").filter(|p| p != "0"),
        thread,
        author: record.get("comment_author"),
        created: record.get("comment_date_gmt").or_else(|| record.get("comment_date")),
        words: Some(from_html(
            &record.get("comment_content").unwrap_or_default().replace("\n\n", "<p>").replace('\n', "<br>"),
        )),
        ..Item::default()
    };
    build.add(item, record.span);
}

/// Every element with one of those names, in order; a fault ends the reading with a warning.
fn records(build: &mut Build<'_>, names: &[&str]) -> Vec<Record> {
    let source = build.source;
    let mut walk = Walk { names, records: Vec::new(), open: Vec::new(), path: Vec::new() };
    let mut reader = Reader::from_str(source.as_str());
    loop {
        let start = reader.buffer_position() as u32;
        match reader.read_event() {
            Ok(Event::Eof) if walk.path.is_empty() => break,
            Ok(Event::Eof) => {
                break cut(
                    build,
                    source.as_str().trim_end().len() as u32,
                    "the export ends before it is complete",
                );
            }
            Ok(event) => walk.take(event, start, reader.buffer_position() as u32),
            Err(error) => {
                break cut(
                    build,
                    reader.error_position() as u32,
                    &format!("the XML cannot be read on: {error}"),
                );
            }
        }
    }
    // What is still open was cut off.
    let end = walk.open.first().map_or(walk.records.len(), |(record, _)| *record);
    if walk.records.get(end).is_some_and(|r| r.name == "item") {
        // The comments of an item that was cut off are whole but for the last.
        let whole = |(i, record): (usize, Record)| (i == end || !record.span.is_empty()).then_some(record);
        return walk.records.into_iter().enumerate().filter_map(whole).collect();
    }
    walk.records.truncate(end);
    walk.records
}

fn cut(build: &mut Build<'_>, at: u32, message: &str) {
    let end = build.source.as_str().len() as u32;
    let line = build.line_at(Span::new(at.min(end).saturating_sub(1), at.min(end)));
    build.events.warn(
        build.source,
        line,
        Code::ExportCut,
        message.to_owned(),
        "what stands before the cut was read",
    );
}

struct Walk<'n> {
    names: &'n [&'n str],
    records: Vec<Record>,
    /// Records that are open, with their depth.
    open: Vec<(usize, usize)>,
    path: Vec<String>,
}

impl Walk<'_> {
    fn take(&mut self, event: Event<'_>, start: u32, end: u32) {
        match event {
            Event::Start(tag) => self.start(&tag, start),
            Event::Empty(tag) => {
                self.start(&tag, start);
                self.end(end);
            }
            Event::End(_) => self.end(end),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.into_inner()),
            Event::GeneralRef(name) => {
                let known =
                    name.resolve_char_ref().ok().flatten().or_else(|| entity(&name.clone().into_inner()));
                self.text(known.map_or(String::new(), String::from).as_str());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: u32) {
        let name = tag.local_name().as_ref().to_owned();
        // Inside a post of Disqus a `thread` is a reference, so it begins no record.
        let begins = self.names.contains(&name.as_str()) && self.nests(&name);
        self.path.push(name.clone());
        if begins {
            let outer = self.open.last().map(|o| o.0);
            self.open.push((self.records.len(), self.path.len()));
            self.records.push(Record { name, outer, span: Span::new(start, start), ..Record::default() });
        }
        let id = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == "id");
        if let Some(id) = id {
            self.set("@id", &id.value);
        }
    }

    /// True for a record that may stand where we are.
    fn nests(&self, name: &str) -> bool {
        self.open.is_empty() || (name == "comment" && self.open.len() == 1)
    }

    fn end(&mut self, end: u32) {
        if let Some((record, _)) = self.open.pop_if(|o| o.1 == self.path.len()) {
            self.records[record].span.end = end;
        }
        self.path.pop();
    }

    fn text(&mut self, text: &str) {
        self.set("", text);
    }

    /// Adds text to the field that the path names, up to four levels below the record.
    fn set(&mut self, suffix: &str, text: &str) {
        let Some((record, depth)) = self.open.last().copied() else { return };
        if self.path.len() > depth + 4 {
            return;
        }
        let field = self.path[depth..].join("/") + suffix;
        self.records[record].fields.entry(field).or_default().push_str(text);
    }
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => None,
    }
}
