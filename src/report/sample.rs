//! Invented labelled threads for the tests of reports.

use crate::label::{Aspect, Effect, Evidence, Label, Labelled, Probabilities, Sentiment, Stance};
use crate::source::Span;
use crate::thread::{Author, Body, Comment, CommentId, Origin, Score, Text, Thread};

/// Threads with their labels, for [`Sample::labelled`] to borrow.
#[derive(Default)]
pub struct Sample {
    pages: Vec<(Thread, Vec<Option<Label>>)>,
}

/// One comment with its label.
pub struct Said {
    comment: Comment,
    label: Option<Label>,
}

impl Sample {
    /// Adds a page.
    pub fn page(mut self, file: &str, outlet: Option<&str>, rows: Vec<Said>) -> Self {
        let origin = Origin {
            file: file.to_owned(),
            outlet: outlet.map(str::to_owned),
            title: Some(format!("What {file} tells")),
            date: Some("2031-05-17".to_owned()),
            ..Origin::default()
        };
        let (comments, labels) = rows.into_iter().map(|r| (r.comment, r.label)).unzip();
        self.pages.push((Thread::new(file, origin, comments), labels));
        self
    }

    /// One page an outlet with that many flat comments of support, deny, query and comment.
    pub fn outlets(rows: &[(&str, [usize; 4])]) -> Self {
        rows.iter().enumerate().fold(Sample::default(), |sample, (i, (outlet, counts))| {
            let said = Stance::ALL.iter().zip(counts).flat_map(|(s, n)| (0..*n).map(|k| plain(*s, k)));
            sample.page(&format!("page{i:02}.txt"), Some(outlet), said.collect())
        })
    }

    /// One page with those counts at each level.
    pub fn levels(rows: &[[usize; 4]]) -> Self {
        let (mut said, mut parent) = (Vec::new(), None);
        for counts in rows {
            let first = said.len() as u32;
            for (stance, n) in Stance::ALL.iter().zip(counts) {
                said.extend((0..*n).map(|k| Said {
                    comment: Comment { parent, ..plain(*stance, k).comment },
                    ..plain(*stance, k)
                }));
            }
            parent = Some(CommentId(first));
        }
        Sample::default().page("deep.txt", Some("The Deep"), said)
    }

    /// The labelled threads in order.
    pub fn labelled(&self) -> Vec<Labelled<'_>> {
        self.pages.iter().map(|(thread, labels)| Labelled::new(thread, labels.clone())).collect()
    }
}

/// Two pages that hold a bit of everything; a third without comments.
pub fn small() -> Sample {
    use Stance::{Comment as Other, Deny, Query, Support};
    let first = vec![
        said("amy", "They did steal it,\n   the ledger shows that.", None, Some(12), Support, 0.91)
            .because("deed.asserted", "did steal it", Effect { support: 2.5, ..Effect::default() })
            .because("evidence.cited", "ledger shows", Effect { support: 1.0, ..Effect::default() })
            .tone(Sentiment::Negative, -0.41237),
        said("bo@isle.example", "=Nonsense | <b>a smear</b>", Some(0), Some(7), Deny, 0.88)
            .because("smear", "a smear", Effect { deny: 2.25, query: -0.5, ..Effect::default() })
            .tone(Sentiment::Negative, -0.7),
        removed(Some(1)),
        said("cy", "Is there any source for this?", Some(2), None, Query, 0.45).tone(Sentiment::Neutral, 0.0),
    ];
    let second = vec![
        missing(),
        said("di", "Nice weather today", Some(0), Some(3), Other, 0.97).tone(Sentiment::Positive, 0.6),
        said("amy", "They would, would they not", None, Some(12), Support, 0.6),
        said("ed", "Of course they did", None, Some(12), Support, 0.7),
    ];
    Sample::default().page("heron.txt", Some("The Heron"), first).page("b/wren.txt", None, second).page(
        "empty.txt",
        Some("Quiet Corner"),
        Vec::new(),
    )
}

/// A labelled comment; a quote of its evidence is looked up in its words.
pub fn said(
    author: &str,
    text: &str,
    parent: Option<u32>,
    score: Option<i64>,
    stance: Stance,
    p: f64,
) -> Said {
    let (name, instance) = author.split_once('@').map_or((author, None), |(n, i)| (n, Some(i.to_owned())));
    let author = Author { name: name.to_owned(), instance, ..Author::default() };
    let comment = Comment {
        parent: parent.map(CommentId),
        author: Some(author),
        score: score.map(|value| Score { value, down: None, certain: true }),
        ..Comment::new(Body::Written(Text::new(text, 100)))
    };
    let rest = (1.0 - p) / 3.0;
    let of = |s: Stance| if s == stance { p } else { rest };
    let probabilities = Probabilities {
        support: of(Stance::Support),
        deny: of(Stance::Deny),
        query: of(Stance::Query),
        comment: of(Stance::Comment),
    };
    let label = Label { unsure: p < 0.5, ..Label::new(stance, probabilities, Sentiment::Neutral) };
    Said { comment, label: Some(label) }
}

/// A comment whose words were removed.
pub fn removed(parent: Option<u32>) -> Said {
    let comment = Comment { parent: parent.map(CommentId), ..Comment::new(Body::Removed) };
    Said { comment, label: None }
}

/// A comment that is not on the page.
pub fn missing() -> Said {
    Said { comment: Comment::new(Body::Missing), label: None }
}

impl Said {
    /// Adds evidence.
    pub fn because(mut self, rule: &str, quote: &str, effect: Effect) -> Self {
        let text = self.comment.body.text().unwrap();
        let at = text.raw().find(quote).unwrap() as u32;
        let span = text.to_source(Span::new(at, at + quote.len() as u32));
        let label = self.label.as_mut().unwrap();
        label.evidence.push(Evidence::new(rule, span, quote, effect, Vec::new()));
        label.aspects = vec![Aspect::AssertsDeed, Aspect::CitesAuthority];
        self
    }

    /// Sets the tone.
    pub fn tone(mut self, sentiment: Sentiment, score: f64) -> Self {
        let label = self.label.as_mut().unwrap();
        (label.sentiment, label.sentiment_score) = (sentiment, score);
        self
    }

    /// Sets the time of writing.
    pub fn at(mut self, created: &str) -> Self {
        self.comment.created = Some(created.to_owned());
        self
    }

    /// Sets the aspects.
    pub fn arguing(mut self, aspects: &[Aspect]) -> Self {
        self.label.as_mut().unwrap().aspects = aspects.to_vec();
        self
    }

    /// Makes the words an input of their own.
    pub fn own_input(mut self) -> Self {
        let raw = self.comment.body.text().unwrap().raw().to_owned();
        self.comment.body = Body::Written(Text::new(raw, 0));
        let label = self.label.as_mut().unwrap();
        label.evidence.iter_mut().for_each(|e| e.span = Span::new(e.span.start - 100, e.span.end - 100));
        self
    }
}

fn plain(stance: Stance, k: usize) -> Said {
    let tones = [
        (Sentiment::Negative, -0.5),
        (Sentiment::Neutral, 0.0),
        (Sentiment::Neutral, 0.1),
        (Sentiment::Positive, 0.6),
    ];
    let (sentiment, score) = tones[(k * 7 + stance as usize) % 4];
    said(&format!("user{k}"), "Words.", None, Some(k as i64), stance, 0.8).tone(sentiment, score)
}
