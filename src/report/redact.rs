//! Reports that tell less: authors under other names, quotations cut short.

use super::manifest::fingerprint;
use super::shorten::shorten;
use super::summary::{Highlight, Summary};

/// A name in place of an author's: `a` and twelve hexadecimal digits of the SHA-256 of salt and name. The same salt gives
/// the same names, so that reports can be joined; whoever has the salt can test whether a name is behind one. Names
/// inside the words of comments stay as they are.
pub fn pseudonym(salt: &str, name: &str) -> String {
    let digits: String = fingerprint(format!("{salt}\u{0}{name}").as_bytes()).chars().take(12).collect();
    format!("a{digits}")
}

/// Cuts every quotation of a summary to at most `limit` characters, as some licences ask.
pub fn limit_quotes(summary: &mut Summary, limit: usize) {
    let highlight = |h: &mut Highlight| {
        h.text = shorten(&h.text, limit);
        h.quotes.iter_mut().for_each(|q| q.quote = shorten(&q.quote, limit));
    };
    for thread in &mut summary.threads {
        thread
            .top_support
            .iter_mut()
            .chain(&mut thread.top_deny)
            .chain(&mut thread.weightiest)
            .for_each(highlight);
    }
    for sentence in summary.articles.iter_mut().flat_map(|a| &mut a.sentences) {
        sentence.evidence.iter_mut().for_each(|e| e.quote = shorten(&e.quote, limit));
        if sentence.text.chars().count() > limit {
            sentence.text = shorten(&sentence.text, limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;
    use crate::report::{About, json, summarize};

    #[test]
    fn names_are_stable_and_salted() {
        assert_eq!(pseudonym("s", "amy"), pseudonym("s", "amy"));
        assert_ne!(pseudonym("s", "amy"), pseudonym("t", "amy"));
        assert_ne!(pseudonym("sa", "my"), pseudonym("s", "amy"));
        assert_eq!(pseudonym("s", "amy").len(), 13);
    }

    #[test]
    fn quotations_are_cut() {
        let sample = small();
        let mut summary = summarize(&sample.labelled(), &About::default(), 0.95);
        limit_quotes(&mut summary, 8);
        assert_eq!(summary.threads[0].top_support.as_ref().unwrap().text, "They…");
        assert!(!json(&summary).unwrap().contains("the ledger"));
    }
}
