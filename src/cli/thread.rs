//! `threadstance thread`: the article and the comment tree of each page.

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::{Page, Reading, load};
use crate::parse::{Article, Located, detect};
use crate::report::Document;
use crate::source::{Source, Span};
use crate::visible::visible;
use clap::ValueEnum;
use std::io::{self, Write};
use std::process::ExitCode;

/// Shows the article and the comment tree of each page.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or - for NDJSON on standard input
    #[arg(required = true)]
    input: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// Say how well each dialect fits, and why
    #[arg(long)]
    why: bool,
    /// How to print: text, or one JSON document a page and line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    let pages = load(&args.input, &args.reading, &mut console).pages;
    for page in &pages {
        let write = |out: &mut dyn Write| match args.format {
            Format::Json => json(out, page),
            Format::Text => text(out, page, args.why),
        };
        if to_stdout(&mut console, write).is_break() {
            break;
        }
    }
    console.finish(args.strict)
}

fn json(out: &mut dyn Write, page: &Page) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Document::new(&page.source, &page.parsed))?;
    writeln!(out)
}

fn text(out: &mut dyn Write, page: &Page, why: bool) -> io::Result<()> {
    writeln!(out, "== {} ({})", visible(page.source.name()), page.parsed.dialect)?;
    if why && page.parts.is_empty() {
        reasons(out, &page.source)?;
    }
    if let Some(found) = &page.parsed.article {
        article(out, &page.source, found)?;
    }
    for thread in &page.parsed.threads {
        writeln!(out, "comments: {}", thread.len())?;
        write!(out, "{}", thread.outline().with_words())?;
    }
    writeln!(out)
}

fn reasons(out: &mut dyn Write, source: &Source) -> io::Result<()> {
    for found in detect(source) {
        writeln!(out, "{:>15} {:>3}  {}", found.dialect, found.score, found.reasons.join("; "))?;
    }
    Ok(())
}

fn article(out: &mut dyn Write, source: &Source, article: &Article) -> io::Result<()> {
    let known = |located: &Option<Located>| {
        located.as_ref().map_or("unknown".to_owned(), |l| visible(&l.text).into())
    };
    writeln!(out, "title: {}\ndate: {}", known(&article.title), known(&article.date))?;
    let show = |span: &Span| visible(source.text(*span)).into_owned();
    article.sources.iter().try_for_each(|span| writeln!(out, "source: {}", show(span)))?;
    writeln!(out, "paragraphs: {}", article.body.len())?;
    article.body.iter().try_for_each(|span| writeln!(out, "    {}", show(span)))
}
