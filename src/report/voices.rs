//! Whose side each article carries, for the summary.

use super::summary::Summary;
use crate::parse::Article;
use crate::source::Source;
use crate::stats::{Calibration, Counts, Distribution, Wilson};
use crate::thread::Origin;
use crate::voice::{Reader, Sentence, Side};
use serde::Serialize;

/// One article with the voices of its sentences.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ArticleVoice {
    /// The input.
    pub file: String,
    /// Its outlet, or the file name where the outlet is not known.
    pub outlet: String,
    /// Its title.
    pub title: Option<String>,
    /// Sentences of each side.
    pub voice: Distribution<Side>,
    /// The sentences in page order; in data without their words, which the input holds.
    pub sentences: Vec<SentenceVoice>,
}

/// A sentence with its side and evidence.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SentenceVoice {
    /// First byte in the source.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whose side it carries.
    pub side: Side,
    /// The words that show it: rule, side, place and quote.
    pub evidence: Vec<VoiceEvidence>,
    /// Its words.
    #[serde(skip)]
    pub text: String,
}

/// Words that let somebody speak.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct VoiceEvidence {
    /// Id of the rule.
    pub rule: String,
    /// Whom it lets speak.
    pub side: Side,
    /// First byte in the source.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Exactly that slice.
    pub quote: String,
}

/// Reads an article's voices. `confidence` is that of the Wilson intervals, as 0.95.
pub fn article_voice(
    reader: &Reader,
    source: &Source,
    article: &Article,
    origin: &Origin,
    confidence: f64,
) -> ArticleVoice {
    let sentences = reader.read(article.body.iter().map(|span| (span.start, source.text(*span))));
    let mut counts: Counts<Side> = Counts::default();
    sentences.iter().for_each(|s| counts.add(s.side));
    ArticleVoice {
        file: origin.file.clone(),
        outlet: origin.outlet.clone().unwrap_or_else(|| origin.file.clone()),
        title: origin.title.clone(),
        voice: counts.distribution(&Wilson::new(confidence)),
        sentences: sentences.into_iter().map(SentenceVoice::from).collect(),
    }
}

impl Summary {
    /// Adds the articles.
    #[must_use]
    pub fn with_articles(mut self, articles: Vec<ArticleVoice>) -> Self {
        self.articles = articles;
        self.left_out = self.find_left_out();
        self
    }

    /// Adds how confidences agree with gold: pairs of a label's confidence and whether it was right.
    #[must_use]
    pub fn with_calibration(mut self, pairs: &[(f64, bool)]) -> Self {
        self.calibration = Calibration::new(pairs, &Wilson::new(self.header.confidence));
        self.left_out = self.find_left_out();
        self
    }
}

impl From<Sentence> for SentenceVoice {
    fn from(sentence: Sentence) -> Self {
        let evidence = sentence.evidence.into_iter().map(|e| VoiceEvidence {
            rule: e.rule,
            side: e.side,
            start: e.span.start,
            end: e.span.end,
            quote: e.quote,
        });
        SentenceVoice {
            start: sentence.span.start,
            end: sentence.span.end,
            side: sentence.side,
            evidence: evidence.collect(),
            text: sentence.text,
        }
    }
}
