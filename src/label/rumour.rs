//! Rules of source, echo and depth for rumour threads: how a comment relates to the post that began its thread.

use super::arena::List;
use super::engine::{Engine, Meaning};
use super::mechanism::push;
use super::reading::{Reading, Sentence};
use super::voice::Voice;
use super::vote::Firing;
use crate::rule::Mechanism;
use crate::text::{Kind, Token, mark};
use crate::thread::{CommentId, Thread};
use std::collections::BTreeSet;

/// What later comments need to know of one.
#[derive(Debug, Clone, Default)]
pub(super) struct Trace {
    content: BTreeSet<String>,
    numbers: BTreeSet<String>,
    asks: bool,
    ends_asking: bool,
}

/// A comment and those it relates to.
pub(super) struct Place<'t> {
    pub thread: &'t Thread,
    pub id: CommentId,
    /// The first post of its tree, if that is another.
    pub source: Option<(CommentId, &'t Trace)>,
    pub parent: Option<&'t Trace>,
    /// As [`is_forum`] has it.
    pub forum: bool,
}

/// What the first pass found in a comment.
pub(super) struct Read<'r> {
    pub firings: &'r [Firing<'r>],
    pub tone: f64,
}

/// Fewer than half of the replies name somebody with `@`, as they do on microblogs. `false` without replies.
pub(super) fn is_forum(thread: &Thread) -> bool {
    let replies = thread.comments().filter(|(id, _)| thread.parent(*id).is_some());
    let named = replies.filter_map(|(_, c)| c.body.text()).map(|text| names_somebody(text.raw()));
    let (mut all, mut naming) = (0_usize, 0_usize);
    for names in named {
        all += 1;
        naming += usize::from(names);
    }
    2 * naming < all
}

fn names_somebody(raw: &str) -> bool {
    let is_name = |word: &str| {
        let word = word.trim_start_matches(|c: char| c.is_ascii_punctuation() && c != '@' || c == '“');
        word.strip_prefix('@').is_some_and(|name| name.starts_with(char::is_alphanumeric))
    };
    raw.split_whitespace().any(is_name)
}

/// Words, figures and questions of a comment; of a first post those of its title, which states the rumour.
pub(super) fn trace(engine: &Engine<'_>, reading: &Reading<'_>, is_source: bool) -> Trace {
    let title = if is_source { title(reading) } else { reading.tokens.len() };
    let end = reading.tokens[..title].last().map_or(0, |t| t.span.end);
    let words = reading.tokens[..title].iter().filter(|t| matches!(t.kind, Kind::Word | Kind::Number));
    let mut out = Trace::default();
    for token in words {
        let text = token.text(reading.raw);
        if token.kind == Kind::Number {
            out.numbers.insert(text.to_owned());
        }
        if !engine.is_stop_word(token) && text.len() > 2 {
            out.content.insert(stem(text));
        }
    }
    let inside = |s: &&Sentence<'_>| s.tokens.first().is_some_and(|t| t.span.start < end);
    out.asks = reading.own().filter(inside).any(|s| s.asks);
    out.ends_asking = reading.own().last().is_some_and(|s| s.asks);
    out
}

/// Tokens up to the first blank line, or all if few words stand there.
fn title(reading: &Reading<'_>) -> usize {
    const WORDS: usize = 4;
    let paragraph = |t: &Token| t.kind == Kind::Paragraph;
    let end = reading.tokens.iter().position(paragraph).unwrap_or(reading.tokens.len());
    let words = reading.tokens[..end].iter().filter(|t| t.is_word()).count();
    if words < WORDS { reading.tokens.len() } else { end }
}

/// A crude stem: what matters is that `claims` and `claimed` meet.
fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    let cut = ["'s", "ing", "edly", "ed", "es", "s", "ly"].iter().find_map(|ending| {
        let stem = lower.strip_suffix(ending)?;
        (stem.chars().count() >= 3).then(|| stem.to_owned())
    });
    cut.unwrap_or(lower)
}

/// The firings of the rumour family.
pub(super) fn rumour<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    own: &Trace,
    place: &Place<'_>,
    read: &Read<'_>,
) -> List<'t, Firing<'t>> {
    let mut out = List::new_in(reading.arena);
    let mut fire = |mechanism, holds: bool| {
        if holds {
            push(engine, mechanism, reading.own_span, 1.0, &mut out);
        }
    };
    let Some((source_id, source)) = place.source else {
        fire(Mechanism::Source, reading.own_words > 0);
        fire(Mechanism::SourceAsks, own.asks);
        fire(Mechanism::SourceOfForum, place.forum);
        return out;
    };
    echo(own, source, &mut fire);
    depth(reading, place, source_id, &mut fire);
    let known =
        |w: &&String| source.content.contains(*w) || place.parent.is_some_and(|p| p.content.contains(*w));
    let near = |content: &BTreeSet<String>| content.iter().filter(known).count();
    let negated =
        reading.own().filter(|s| !s.negations.is_empty()).map(|s| near(&content(engine, reading, s))).max();
    fire(Mechanism::NegatedEcho, negated == Some(1));
    fire(Mechanism::NegatedEchoStrong, negated >= Some(2));
    fire(Mechanism::OffTopic, near(&own.content) == 0);
    answers(engine, reading, place, source, &mut fire);
    links(reading, own, source, &mut fire);
    let on_topic = |s: &&Sentence<'_>| shared(&content(engine, reading, s), &source.content) > 0;
    fire(Mechanism::QuestionOnTopic, reading.own().filter(|s| s.asks).any(|s| on_topic(&s)));
    questions(reading, own, place, &mut fire);
    let denies = read.firings.iter().any(|f| denies(engine, f));
    fire(Mechanism::DenialDirect, denies && place.thread.depth(place.id) == 1);
    fire(Mechanism::DenialShort, denies && reading.own_words <= 8);
    shape(reading, read.tone, &mut fire);
    out
}

/// A find of words for denial, after negation and questions.
fn denies(engine: &Engine<'_>, firing: &Firing<'_>) -> bool {
    const LEAST: f64 = 0.45;
    let rule = engine.rule(firing.rule);
    rule.mechanism.is_none() && firing.effect(rule, &engine.pack.scoring).deny >= LEAST
}

fn questions(reading: &Reading<'_>, own: &Trace, place: &Place<'_>, fire: &mut impl FnMut(Mechanism, bool)) {
    let relayed = reading.voices.pieces.iter().any(|p| p.voice == Voice::Relayed);
    let nobody = !relayed && reading.tokens.iter().all(|t| t.kind != Kind::Mention);
    fire(Mechanism::NamesNobody, nobody);
    let level = place.thread.depth(place.id);
    fire(Mechanism::QuestionDirect, own.asks && level == 1);
    fire(Mechanism::QuestionDirectShort, own.asks && level == 1 && reading.own_words <= 10);
    fire(Mechanism::QuestionUnaddressed, own.asks && nobody);
    fire(Mechanism::EndsAsking, own.ends_asking);
    fire(Mechanism::QuestionDeep, own.asks && level >= 3);
}

fn shape(reading: &Reading<'_>, tone: f64, fire: &mut impl FnMut(Mechanism, bool)) {
    const TONE: f64 = 0.4;
    let exclaims = reading.own().flat_map(|s| s.tokens).any(|t| t.word == mark::EXCLAMATION);
    fire(Mechanism::Exclaims, exclaims);
    fire(Mechanism::Short, (1..=3).contains(&reading.own_words));
    fire(Mechanism::Long, reading.own_words > 40);
    fire(Mechanism::NegativeTone, tone < -TONE);
    fire(Mechanism::PositiveTone, tone > TONE);
}

fn echo(own: &Trace, source: &Trace, fire: &mut impl FnMut(Mechanism, bool)) {
    const WORDS: usize = 3;
    let both = shared(&own.content, &source.content) as f64;
    let cover = both / source.content.len().max(1) as f64;
    let only = both / own.content.len().max(1) as f64;
    let enough = source.content.len() >= WORDS;
    fire(Mechanism::Echo, enough && cover >= 0.6);
    fire(Mechanism::EchoPart, enough && (0.3..0.6).contains(&cover) && only >= 0.3);
    fire(Mechanism::EchoOnly, only >= 0.6 && own.content.len() > WORDS);
}

fn depth(
    reading: &Reading<'_>,
    place: &Place<'_>,
    source: CommentId,
    fire: &mut impl FnMut(Mechanism, bool),
) {
    let relayed = reading.voices.pieces.iter().any(|p| p.voice == Voice::Relayed);
    fire(Mechanism::PassesOn, relayed);
    fire(Mechanism::PassesOnOnly, relayed && reading.own_words <= 2);
    let level = place.thread.depth(place.id);
    fire(Mechanism::DirectReply, level == 1);
    fire(Mechanism::Deep, level >= 3);
    fire(Mechanism::VeryDeep, level >= 6);
    let author = |id| place.thread.get(id).and_then(|c| c.author.as_ref()).map(|a| &a.name);
    fire(Mechanism::SourceAuthor, author(place.id).is_some() && author(place.id) == author(source));
    let mentions = reading.tokens.iter().filter(|t| t.kind == Kind::Mention).count();
    fire(Mechanism::ManyMentions, mentions >= 3);
    fire(Mechanism::AfterQuestion, place.parent.is_some_and(|p| p.asks) && level > 1);
}

fn answers(
    engine: &Engine<'_>,
    reading: &Reading<'_>,
    place: &Place<'_>,
    source: &Trace,
    fire: &mut impl FnMut(Mechanism, bool),
) {
    let level = place.thread.depth(place.id);
    let asked = level == 1 && source.asks || level > 1 && place.parent.is_some_and(|p| p.ends_asking);
    let (no, yes) = reading.own().next().map_or((false, false), |s| engine.opens_with(s));
    fire(Mechanism::AnswersNo, asked && no);
    fire(Mechanism::AnswersYes, asked && yes && !no);
    fire(Mechanism::OpensWithNo, !asked && no);
}

fn links(reading: &Reading<'_>, own: &Trace, source: &Trace, fire: &mut impl FnMut(Mechanism, bool)) {
    let linked = reading.tokens.iter().any(|t| t.kind == Kind::Url);
    let on_topic = shared(&own.content, &source.content) >= 2;
    let relayed = reading.voices.pieces.iter().any(|p| p.voice == Voice::Relayed);
    fire(Mechanism::HasLink, linked);
    fire(Mechanism::LinkOnly, linked && reading.own_words == 0);
    fire(Mechanism::LinkOnTopic, linked && on_topic && !relayed);
    let other = own.numbers.difference(&source.numbers).next().is_some() && !source.numbers.is_empty();
    fire(Mechanism::NumberDiffers, other && shared(&own.content, &source.content) > 0 && !relayed);
}

fn content(engine: &Engine<'_>, reading: &Reading<'_>, sentence: &Sentence<'_>) -> BTreeSet<String> {
    let kept = sentence.tokens.iter().filter(|t| t.is_word() && !engine.is_stop_word(t));
    kept.map(|t| t.text(reading.raw)).filter(|w| w.len() > 2).map(stem).collect()
}

fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    a.intersection(b).count()
}

impl Engine<'_> {
    /// The sentence opens with a word of denial, of affirmation.
    fn opens_with(&self, sentence: &Sentence<'_>) -> (bool, bool) {
        const REACH: usize = 4;
        let head = &sentence.tokens[..sentence.tokens.len().min(REACH + 4)];
        let mut opened = (false, false);
        for (meaning, found) in self.find_openings(head) {
            // Only an interjection may stand before it.
            if sentence.words(0..found.start) <= 1 {
                match meaning {
                    Meaning::OpeningNo => opened.0 = true,
                    Meaning::OpeningYes => opened.1 = true,
                    _ => {}
                }
            }
        }
        opened
    }
}
