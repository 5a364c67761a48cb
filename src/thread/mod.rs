//! The thread: an arena of comments with parents, and what is known of the page it stands under.

mod outline;

pub use outline::Outline;

use crate::source::Span;
use serde::Serialize;

/// Index of a comment in its thread, in page order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct CommentId(pub u32);

/// What is known of the page a thread stands under. A page's own words fill it; `outlets.toml` overrides or completes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub struct Origin {
    /// The input, relative to the given folder or as given.
    pub file: String,
    /// The outlet; reports fall back to the file name.
    pub outlet: Option<String>,
    /// Title of the article or post.
    pub title: Option<String>,
    /// Date of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language of the page, ISO 639-1.
    pub language: Option<String>,
}

/// A badge beside an author's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Badge {
    /// Author of the post (`OP`).
    Op,
    /// Moderator (`M`).
    Moderator,
    /// Bot account (`B`).
    Bot,
    /// Administrator (`A`).
    Admin,
}

/// Who wrote a comment, as the page prints it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Author {
    /// Name without instance, pronouns and badges.
    pub name: String,
    /// Instance of a federated account.
    pub instance: Option<String>,
    /// Pronouns in printed order.
    pub pronouns: Vec<String>,
    /// Badges in printed order.
    pub badges: Vec<Badge>,
}

/// Votes on a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Score {
    /// Votes, upvotes where both are printed.
    pub value: i64,
    /// Downvotes where they are printed.
    pub down: Option<i64>,
    /// False where the page allows two readings.
    pub certain: bool,
}

/// The words of a comment: one contiguous piece of the source, indentation and line ends kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    raw: String,
    start: u32,
}

/// What stands in a comment's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The author's words.
    Written(Text),
    /// The comment is there, its words were removed or deleted.
    Removed,
    /// The comment is not on the page; a reply shows that it was.
    Missing,
}

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comment {
    /// The platform's or the input's own id.
    pub key: Option<String>,
    /// The comment it replies to.
    pub parent: Option<CommentId>,
    /// `None` where the page does not say.
    pub author: Option<Author>,
    /// `None` where the page does not say.
    pub score: Option<Score>,
    /// Age or time as printed.
    pub age: Option<String>,
    /// Time of writing as the input gives it.
    pub created: Option<String>,
    /// Carries an edit mark.
    pub edited: bool,
    /// A subject line that belongs to the words.
    pub subject: Option<String>,
    /// Where the header stands in the source.
    pub header: Option<Span>,
    /// The words.
    pub body: Body,
}

/// A forest of comments under one page.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Stable id: the input's `thread_id`, else the file name.
    pub id: String,
    /// The page.
    pub origin: Origin,
    comments: Vec<Comment>,
    /// Replies of all comments, those of one together.
    replies: Vec<CommentId>,
    /// For each comment where its replies begin, and one more.
    first_replies: Vec<u32>,
    roots: Vec<CommentId>,
    depths: Vec<u32>,
    ordinals: Vec<u32>,
}

impl Text {
    /// Words that stand at byte `start` of a source; 0 for words that are an input of their own.
    pub fn new(raw: impl Into<String>, start: u32) -> Self {
        Text { raw: raw.into(), start }
    }

    /// The slice of the source as it stands.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Where the slice stands in the source.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.start + self.raw.len() as u32)
    }

    /// The source's span of a span of [`Text::raw`].
    pub fn to_source(&self, span: Span) -> Span {
        Span::new(span.start + self.start, span.end + self.start)
    }

    /// For readers: each line trimmed, line ends `\n`, the inner blank lines kept.
    pub fn clean(&self) -> String {
        self.raw.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n")
    }
}

impl Body {
    /// The words, if there are any.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Body::Written(text) => Some(text),
            Body::Removed | Body::Missing => None,
        }
    }
}

impl Comment {
    /// A comment of which only the body is known.
    pub fn new(body: Body) -> Self {
        let (key, parent, author, score, subject, header) = (None, None, None, None, None, None);
        let (age, created) = (None, None);
        Comment { key, parent, author, score, age, created, edited: false, subject, header, body }
    }
}

impl Thread {
    /// Builds the tree from each comment's `parent`; a parent that is out of range or closes a circle is dropped.
    pub fn new(id: impl Into<String>, origin: Origin, mut comments: Vec<Comment>) -> Self {
        cut_bad_parents(&mut comments);
        let mut first_replies = vec![0; comments.len() + 1];
        for parent in comments.iter().filter_map(|c| c.parent) {
            first_replies[parent.0 as usize + 1] += 1;
        }
        (1..first_replies.len()).for_each(|i| first_replies[i] += first_replies[i - 1]);
        let mut next = first_replies.clone();
        let mut replies = vec![CommentId(0); first_replies[comments.len()] as usize];
        let (mut roots, mut ordinals) = (Vec::new(), Vec::with_capacity(comments.len()));
        for (i, comment) in comments.iter().enumerate() {
            let id = CommentId(i as u32);
            match comment.parent.map(|p| p.0 as usize) {
                Some(p) => {
                    replies[next[p] as usize] = id;
                    next[p] += 1;
                    ordinals.push(next[p] - first_replies[p]);
                }
                None => {
                    roots.push(id);
                    ordinals.push(roots.len() as u32);
                }
            }
        }
        let depths = Vec::new();
        let mut thread =
            Thread { id: id.into(), origin, comments, replies, first_replies, roots, depths, ordinals };
        thread.depths = depths_of(&thread);
        thread
    }

    /// Gives each author another name, made from `name` or `name@instance`; what else is known of them goes.
    pub fn rename_authors(&mut self, rename: impl Fn(&str) -> String) {
        for author in self.comments.iter_mut().filter_map(|c| c.author.as_mut()) {
            let full = match &author.instance {
                Some(instance) => format!("{}@{instance}", author.name),
                None => author.name.clone(),
            };
            *author = Author { name: rename(&full), ..Author::default() };
        }
    }

    /// Every comment with its id, in page order, placeholders included.
    pub fn comments(&self) -> impl ExactSizeIterator<Item = (CommentId, &Comment)> {
        self.comments.iter().enumerate().map(|(i, c)| (CommentId(i as u32), c))
    }

    /// Number of comments that are on the page, without placeholders of missing ones.
    pub fn len(&self) -> usize {
        self.comments.iter().filter(|c| c.body != Body::Missing).count()
    }

    /// True if no comment is on the page.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The comment with that id.
    pub fn get(&self, id: CommentId) -> Option<&Comment> {
        self.comments.get(id.0 as usize)
    }

    /// The comment it replies to.
    pub fn parent(&self, id: CommentId) -> Option<CommentId> {
        self.get(id)?.parent
    }

    /// Direct replies in page order.
    pub fn children(&self, id: CommentId) -> &[CommentId] {
        match self.first_replies.get(id.0 as usize..).and_then(|f| f.first_chunk::<2>()) {
            Some([from, to]) => &self.replies[*from as usize..*to as usize],
            None => &[],
        }
    }

    /// Comments that reply to none, in page order.
    pub fn roots(&self) -> &[CommentId] {
        &self.roots
    }

    /// Its parent, its parent's parent, and so on.
    pub fn ancestors(&self, id: CommentId) -> impl Iterator<Item = CommentId> {
        std::iter::successors(self.parent(id), |i| self.parent(*i))
    }

    /// Levels above it: 0 for a root.
    pub fn depth(&self, id: CommentId) -> u32 {
        self.depths.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Its place in the tree as an outline number, as `3.1`. Below [`MAX_PATH_DEPTH`] levels the outer numbers are
    /// replaced by `…`, so that a hostile chain of replies stays linear in size.
    pub fn path(&self, id: CommentId) -> String {
        let depth = self.depth(id) as usize;
        let mut numbers = [0; MAX_PATH_DEPTH];
        let numbers = &mut numbers[..MAX_PATH_DEPTH.min(depth + 1)];
        let mut at = Some(id);
        for number in numbers.iter_mut().rev() {
            let ordinal = at.and_then(|i| self.ordinals.get(i.0 as usize));
            *number = ordinal.copied().unwrap_or_default();
            at = at.and_then(|i| self.parent(i));
        }
        let mut path = String::with_capacity(numbers.len() * 2);
        if depth >= MAX_PATH_DEPTH {
            path.push_str("….");
        }
        for (i, number) in numbers.iter().enumerate() {
            if i > 0 {
                path.push('.');
            }
            match number {
                0..=9 => path.push((b'0' + *number as u8) as char),
                _ => path.push_str(itoa::Buffer::new().format(*number)),
            }
        }
        path
    }

    /// Every comment in reading order, a parent before its replies; iterative, so depth costs no stack.
    pub fn walk(&self) -> impl Iterator<Item = CommentId> {
        let mut stack: Vec<CommentId> = self.roots.iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let id = stack.pop()?;
            stack.extend(self.children(id).iter().rev());
            Some(id)
        })
    }
}

/// Levels that [`Thread::path`] writes out.
pub const MAX_PATH_DEPTH: usize = 100;

fn cut_bad_parents(comments: &mut [Comment]) {
    const FRESH: u8 = 0;
    const OPEN: u8 = 1;
    const SAFE: u8 = 2;
    let mut state = vec![FRESH; comments.len()];
    let mut way = Vec::new();
    for start in 0..comments.len() {
        way.clear();
        let mut at = start;
        while state[at] == FRESH {
            state[at] = OPEN;
            way.push(at);
            match comments[at].parent.map(|p| p.0 as usize) {
                Some(p) if p < comments.len() && state[p] != OPEN => at = p,
                Some(_) => comments[at].parent = None,
                None => {}
            }
        }
        way.iter().for_each(|i| state[*i] = SAFE);
    }
}

fn depths_of(thread: &Thread) -> Vec<u32> {
    let mut depths = vec![0; thread.comments.len()];
    let mut stack = thread.roots.clone();
    while let Some(id) = stack.pop() {
        let below = depths[id.0 as usize] + 1;
        for child in thread.children(id) {
            depths[child.0 as usize] = below;
            stack.push(*child);
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(parents: &[Option<u32>]) -> Thread {
        let comment = |p: &Option<u32>| Comment { parent: p.map(CommentId), ..Comment::new(Body::Removed) };
        Thread::new("t", Origin::default(), parents.iter().map(comment).collect())
    }

    #[test]
    fn paths_number_siblings_in_page_order() {
        let t = thread(&[None, Some(0), None, Some(2), Some(3), Some(2)]);
        let paths: Vec<String> = t.walk().map(|i| t.path(i)).collect();
        assert_eq!(paths, ["1", "1.1", "2", "2.1", "2.1.1", "2.2"]);
    }

    #[test]
    fn circles_and_strays_become_roots() {
        let t = thread(&[Some(1), Some(0), Some(9), Some(3)]);
        assert_eq!(t.walk().count(), 4);
        assert_eq!(t.roots().len(), 3);
    }

    #[test]
    fn a_deep_chain_needs_no_stack() {
        let parents: Vec<Option<u32>> = (0..100_000u32).map(|i| i.checked_sub(1)).collect();
        let t = thread(&parents);
        assert_eq!(t.depth(CommentId(99_999)), 99_999);
        assert!(t.path(CommentId(99_999)).len() < 300);
    }
}
