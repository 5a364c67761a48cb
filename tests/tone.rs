//! What the sentiment of a comment must keep, on invented sentences.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::time::Instant;
use threadstance::thread::{Body, Origin, Text, Thread};
use threadstance::{Comment, Labeller, Profile, RulePack, Sentiment};

fn tone(words: &str) -> (Sentiment, f64) {
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &Profile::default()).unwrap();
    let comment = Comment::new(Body::Written(Text::new(words, 0)));
    let thread = Thread::new("t", Origin::default(), vec![comment]);
    let labelled = labeller.label(&thread);
    let (_, label) = labelled.labels().next().unwrap();
    (label.sentiment, label.sentiment_score)
}

fn score(words: &str) -> f64 {
    tone(words).1
}

#[test]
fn idioms_mean_what_they_say_as_a_whole() {
    for fair in ["No problem, we sail at noon.", "Not the worst boat in the bay.", "This cake is the bomb."] {
        assert_eq!(tone(fair).0, Sentiment::Positive, "{fair}");
    }
    for bad in ["The soup was not very good.", "A piece of junk.", "Stay away from that inn."] {
        assert_eq!(tone(bad).0, Sentiment::Negative, "{bad}");
    }
}

#[test]
fn a_negation_turns_the_word_after_it() {
    assert!(score("The soup is good.") > 0.1 && score("The soup is not good.") < -0.1);
    assert!(score("The innkeeper is not an idiot.") > score("The innkeeper is an idiot."));
}

#[test]
fn long_comments_do_not_drift() {
    let sentence = "The room was nice and the view was not bad. The stairs creak a little. ";
    let (short, long) = (score(sentence), score(&sentence.repeat(40)));
    assert!(long < 0.9 && long < 2.5 * short, "{short} {long}");
    let mild = "The stairs creak. The lamp is green. The soup was bad. The tower has a bell. ";
    assert!(score(&mild.repeat(50)) > -0.9);
}

#[test]
fn a_quotation_is_not_the_authors_tone() {
    let own = score("The mayor spoke at noon.");
    assert_eq!(score("The mayor said \"this is a horrible, disgusting crime and I hate it\" at noon."), own);
    assert!(score("> What a horrible, disgusting crime.\n\nThe mayor spoke at noon.").abs() < 0.1);
}

#[test]
fn no_word_counts_twice() {
    // An idiom stands for its words; a rule about words that the lexicon scored adds nothing.
    let alone = score("We had no problem with the soup.");
    assert!(alone < score("We had no problem with the wonderful soup."));
    let pack = RulePack::builtin().unwrap();
    let attack = pack.rule("reply.attack").unwrap();
    assert!(attack.tone < 0.0);
    let bare = Labeller::with_rules(pack, &Profile::default(), |r| r.id != "reply.attack").unwrap();
    let comment = Comment::new(Body::Written(Text::new("You are an idiot.", 0)));
    let thread = Thread::new("t", Origin::default(), vec![comment]);
    let without = bare.label(&thread).labels().next().unwrap().1.sentiment_score;
    assert!((score("You are an idiot.") - without).abs() < 1e-9);
}

#[test]
fn emoji_take_linear_time() {
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &Profile::default()).unwrap();
    let time = |n: usize| {
        let comment = Comment::new(Body::Written(Text::new("😂 great 👍🏽 ".repeat(n), 0)));
        let thread = Thread::new("t", Origin::default(), vec![comment]);
        let start = Instant::now();
        assert!(labeller.label(&thread).labels().count() == 1);
        start.elapsed().as_secs_f64()
    };
    time(500);
    let (small, large) = (time(2_000).max(1e-4), time(16_000));
    assert!(large / small < 30.0, "8 times the text took {:.1} times as long", large / small);
}
