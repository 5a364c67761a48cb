//! Tests of the summary.

use super::sample::{Sample, said, small};
use super::*;
use crate::label::Stance;

#[test]
fn the_header_counts_everything_once() {
    let sample = small();
    let about = About { duplicates: 4, ..About::default() };
    let header = summarize(&sample.labelled(), &about, 0.95).header;
    assert_eq!((header.pages, header.threads, header.duplicates), (3, 3, 4));
    let counts = header.counts;
    assert_eq!((counts.comments, counts.labelled, counts.removed, counts.gaps), (7, 6, 1, 1));
    assert_eq!((counts.unsure, counts.unsure_share), (1, Some(0.1667)));
}

#[test]
fn a_thread_knows_its_authors_levels_and_best_comments() {
    let sample = small();
    let summary = summarize(&sample.labelled(), &About::default(), 0.95);
    let heron = &summary.threads[0];
    assert_eq!((heron.authors, heron.levels), (3, 4));
    assert_eq!(heron.top_support.as_ref().unwrap().text, "They did steal it, the ledger shows that.");
    let weights: Vec<f64> = heron.weightiest.iter().map(|h| h.weight).collect();
    assert_eq!(weights, [3.5, 2.75]);
    assert_eq!(heron.weightiest[0].quotes[1].rule, "evidence.cited");
    assert!(summary.threads[1].top_deny.is_none());
    assert_eq!(summary.threads[2].levels, 0);
}

#[test]
fn ties_go_to_the_first_on_the_page() {
    let sample = small();
    let summary = summarize(&sample.labelled(), &About::default(), 0.95);
    assert_eq!(summary.threads[1].top_support.as_ref().unwrap().path, "2");
}

#[test]
fn outlets_fall_back_to_the_file_and_stay_without_comments() {
    let sample = small();
    let about = About { outlets: vec!["Nobody's Gazette".to_owned()], ..About::default() };
    let summary = summarize(&sample.labelled(), &about, 0.95);
    let rows: Vec<(&str, u64, u64)> =
        summary.outlets.iter().map(|o| (o.outlet.as_str(), o.threads, o.n)).collect();
    let expected =
        [("The Heron", 1, 3), ("b/wren.txt", 1, 3), ("Nobody's Gazette", 0, 0), ("Quiet Corner", 1, 0)];
    assert_eq!(rows, expected);
}

#[test]
fn deep_levels_are_pooled() {
    let row = |i: u32| said("x", "x", i.checked_sub(1), None, Stance::Query, 0.9);
    let sample = Sample::default().page("deep.txt", None, (0..9).map(row).collect());
    let summary = summarize(&sample.labelled(), &About::default(), 0.95);
    let rows: Vec<(&str, u64)> = summary.depths.iter().map(|d| (d.depth.as_str(), d.n)).collect();
    assert_eq!(rows, [("1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 1), ("6+", 4)]);
}

#[test]
fn nothing_gives_an_empty_summary() {
    let summary = summarize([], &About::default(), 0.95);
    assert_eq!((summary.stance.n(), summary.outlets.len(), summary.depths.len()), (0, 0, 0));
    assert_eq!(summary.header.counts.unsure_share, None);
}
