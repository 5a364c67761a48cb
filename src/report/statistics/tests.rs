//! Tests of the statistics of a report.

use crate::report::sample::{Sample, small};
use crate::report::{About, Summary, summarize};

fn summary(sample: &Sample) -> Summary {
    summarize(&sample.labelled(), &About::default(), 0.95)
}

#[test]
fn outlets_are_compared_and_small_ones_named() {
    let rows = [
        ("Heron", [31, 22, 9, 40]),
        ("Wren", [14, 40, 6, 20]),
        ("Gull", [1, 0, 0, 0]),
        ("Tern", [0, 1, 0, 0]),
    ];
    let found = summary(&Sample::outlets(&rows)).statistics;
    let test = found.outlets.unwrap();
    assert_eq!(test.pairs.len(), 6);
    assert!(test.pairs[0].p_holm.is_some_and(|p| p < 0.01) && test.pairs[5].p_holm.is_none());
    assert!(found.words[0].contains("Gull (n = 1)"), "{:?}", found.words);
    assert!(
        found.words[1].starts_with("Outlets: their stances differ") || found.words[1].contains("one draw")
    );
    assert!(found.words[2].contains("too few comments to tell apart"), "{:?}", found.words);
}

#[test]
fn what_the_data_do_not_carry_is_said() {
    let found = summary(&Sample::outlets(&[("Gull", [3, 0, 0, 0])])).statistics;
    assert_eq!((found.outlets, found.replies, found.stance_time), (None, None, None));
    let words = found.words.join("\n");
    for said in [
        "fewer than two outlets have comments",
        "the input tells no times apart",
        "no labelled comment answers",
    ] {
        assert!(words.contains(said), "{words}");
    }
    assert_eq!(summary(&Sample::default()).statistics.words.len(), 7);
}

#[test]
fn replies_votes_and_authors_are_counted() {
    let found = summary(&small()).statistics;
    let replies = found.replies.unwrap();
    assert_eq!((replies.n, replies.matrix[0][1]), (1, 1), "bo answers amy");
    let votes = found.votes.unwrap();
    assert_eq!((votes.comments, votes.stances[0].weighted_share), (5, Some(0.7826)));
    assert_eq!((found.authors[0].authors, found.authors[0].top_share), (5, Some(0.3333)));
}

#[test]
fn repeated_authors_widen_the_interval() {
    // `outlets` gives the k-th comment of each stance to user k: four comments an author.
    let found = summary(&Sample::outlets(&[("Heron", [20, 20, 20, 20])]));
    let clustered = found.outlets[0].clustered.clone().unwrap();
    assert_eq!((clustered.clusters, clustered.unit), (20, crate::stats::Unit::Author));
    assert!(clustered.stances.iter().all(|s| s.effect >= 1.0 && s.low < 0.25 && s.high > 0.25));
    assert_eq!(summary(&small()).clustered, None);
}
