//! From events to an article and a thread.

use super::article::Article;
use super::event::{Event, Events, Head, Piece, Role};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::thread::{Body, Comment, CommentId, Text};

/// Placeholders for one jump in depth; Lemmy allows fifty levels, so more cannot be missing.
pub(crate) const MAX_MISSING: u32 = 50;

/// What a page holds.
#[derive(Debug, Default)]
pub(crate) struct Assembled {
    pub article: Option<Article>,
    pub comments: Vec<Comment>,
    pub diagnostics: Vec<Diagnostic>,
    pub pieces: Vec<Piece>,
}

/// Builds the tree by a stack of open levels; each event is looked at once.
pub(crate) fn assemble(source: &Source, events: Events) -> Assembled {
    let diagnostics = events.diagnostics;
    let mut builder = Builder {
        source,
        out: Assembled { diagnostics, ..Assembled::default() },
        path: Vec::new(),
        body: None,
    };
    events.list.into_iter().for_each(|event| builder.take(event));
    builder.close();
    builder.out.pieces.sort_unstable_by_key(|p| p.span);
    builder.out.diagnostics.sort_by_key(|d| (d.span, d.code));
    builder.out
}

struct Builder<'s> {
    source: &'s Source,
    out: Assembled,
    /// The open comment of each level, outermost first.
    path: Vec<(u32, CommentId)>,
    /// The words of the innermost one so far.
    body: Option<Span>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Line(piece) => self.line(piece),
            Event::Title(title) => {
                self.article(title.span).title.get_or_insert(*title);
            }
            Event::Date(date) => {
                self.article(date.span).date.get_or_insert(*date);
            }
            Event::Words(span) => self.words(span),
            Event::Open(head) => self.open(*head),
        }
    }

    fn line(&mut self, piece: Piece) {
        self.out.pieces.push(piece);
        match piece.role {
            Role::Body => self.words(piece.span),
            Role::Article => self.article(piece.span).body.push(piece.span),
            Role::Source => self.article(piece.span).sources.push(piece.span),
            _ => {}
        }
    }

    fn words(&mut self, span: Span) {
        self.body = Some(self.body.map_or(span, |body| body.cover(span)));
    }

    fn article(&mut self, span: Span) -> &mut Article {
        let article = self.out.article.get_or_insert_with(|| Article { span, ..Article::default() });
        article.span = article.span.cover(span);
        article
    }

    fn open(&mut self, head: Head) {
        self.close();
        let Head { level, mut comment } = head;
        while self.path.last().is_some_and(|(l, _)| *l >= level) {
            self.path.pop();
        }
        let above = self.path.last().map_or(0, |(l, _)| l + 1);
        if level > above {
            self.fill(above, level, &comment);
        }
        comment.parent = self.path.last().map(|(_, id)| *id);
        self.push(level, comment);
    }

    /// Puts placeholders where comments between two levels are not on the page.
    fn fill(&mut self, from: u32, level: u32, child: &Comment) {
        let gap = (level - from).min(MAX_MISSING);
        for missing in level - gap..level {
            let mut comment = Comment::new(Body::Missing);
            comment.parent = self.path.last().map(|(_, id)| *id);
            self.push(missing, comment);
        }
        let span = child.header.unwrap_or_default();
        let levels = match gap {
            1 => "1 comment is".to_owned(),
            MAX_MISSING => format!("{MAX_MISSING} or more comments are"),
            _ => format!("{gap} comments are"),
        };
        let message = format!("{levels} missing between this one and the one it stands under");
        let help = "placeholders stand in for them; removed comments vanish from a page, and a link shows a part only";
        let (code, severity) = (Code::ParentMissing, Severity::Warning);
        self.out.diagnostics.push(Diagnostic::at(self.source, span, code, severity, message, help));
    }

    fn push(&mut self, level: u32, comment: Comment) {
        self.path.push((level, CommentId(self.out.comments.len() as u32)));
        self.out.comments.push(comment);
    }

    /// Gives the comment opened last its words.
    fn close(&mut self) {
        let body = self.body.take();
        let Some(comment) = self.out.comments.last_mut() else { return };
        let end = comment.header.map_or(0, |h| h.end);
        let span = body.unwrap_or(Span::new(end, end));
        let raw = self.source.text(span);
        comment.body =
            if is_removed(raw) { Body::Removed } else { Body::Written(Text::new(raw, span.start)) };
    }
}

/// True for what sites print in place of words that are gone.
fn is_removed(raw: &str) -> bool {
    const NOTICES: [&str; 8] = [
        "*deleted by creator*",
        "*removed by mod*",
        "[deleted]",
        "[removed]",
        "deleted by creator",
        "permanently deleted",
        "removed by mod",
        "removed by moderator",
    ];
    raw.len() <= 24 && NOTICES.contains(&raw.trim().trim_end_matches('.').to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(levels: &[u32]) -> (Vec<Option<u32>>, usize) {
        let source = Source::from_text("t", String::new()).unwrap();
        let open =
            |level: &u32| Event::Open(Box::new(Head { level: *level, comment: Comment::new(Body::Removed) }));
        let events = Events { list: levels.iter().map(open).collect(), diagnostics: Vec::new() };
        let out = assemble(&source, events);
        (out.comments.iter().map(|c| c.parent.map(|p| p.0)).collect(), out.diagnostics.len())
    }

    #[test]
    fn levels_become_parents() {
        assert_eq!(tree(&[0, 1, 2, 1, 0]), (vec![None, Some(0), Some(1), Some(0), None], 0));
    }

    #[test]
    fn a_jump_gets_placeholders_and_one_warning() {
        assert_eq!(tree(&[0, 2, 2]), (vec![None, Some(0), Some(1), Some(1)], 1));
        assert_eq!(tree(&[2, 0]), (vec![None, Some(0), Some(1), None], 1));
    }

    #[test]
    fn an_absurd_jump_costs_little() {
        let (parents, warnings) = tree(&[500_000, 0]);
        assert_eq!((parents.len(), warnings), (52, 1));
    }
}
