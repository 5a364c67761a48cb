//! Tests of the page as text; what a browser makes of it is tested under `tests/browser`.

use super::*;
use crate::label::Stance;
use crate::report::sample::{Sample, said, small};
use crate::report::{About, summarize};

fn page(sample: &Sample) -> String {
    let labelled = sample.labelled();
    let summary = summarize(&labelled, &About::default(), 0.95);
    let options = PageOptions {
        reasons: [("smear".to_owned(), "Calls it a <smear>.".to_owned())].into(),
        claim: Some("A & B".to_owned()),
        quote_limit: None,
    };
    html(&summary, &labelled, &[Figure::StanceByOutlet], &ChartStyle::default(), &options).unwrap()
}

#[test]
fn the_page_is_one_file_and_the_same_twice() {
    let found = page(&small());
    assert_eq!(found, page(&small()));
    assert!(!found.contains("src=") && !found.contains("@import") && !found.contains("url("));
    assert!(found.contains("data-outlet=\"0\" data-stance=\"deny\""), "bars can be pressed");
    assert!(found.contains("A &amp; B") && found.contains("Content-Security-Policy"));
}

#[test]
fn hostile_words_stay_words() {
    let evil = "</script><img src=x onerror=alert(1)>\"'<!--";
    let row = said(evil, evil, None, None, Stance::Deny, 0.9);
    let found = page(&Sample::default().page(evil, Some(evil), vec![row]));
    assert!(!found.contains("<img") && !found.contains("alert(1)>\"'"), "{found}");
    assert_eq!(found.matches("</script>").count(), 2);
}
