//! `summary.tex`: the table of outlets for a paper.

use super::summary::Summary;
use super::words::confidence;
use crate::label::Stance;
use crate::stats::Share;
use crate::visible::visible;

/// A `tabular` with the rules of the package `booktabs`, for UTF-8 LaTeX: one row an outlet, shares in percent with
/// their intervals; † marks fewer than 30 comments. Below an outlet with
/// unsure labels stands the row without them.
pub fn latex(summary: &Summary) -> String {
    let mut out = format!(
        "% {} {}: {} Wilson intervals in brackets. Needs \\usepackage{{booktabs}}.\n\
         \\begin{{tabular}}{{lrrrrr}}\n\\toprule\nOutlet & $n$ & Support & Deny & Query & Comment \\\\\n\\midrule\n",
        summary.header.program,
        summary.header.version,
        confidence(summary).replace('%', "\\%"),
    );
    for outlet in &summary.outlets {
        let few = if outlet.n > 0 && outlet.n < super::SMALL_N { "$^\\dagger$" } else { "" };
        let cells = Stance::ALL.map(|s| cell(&outlet.stance.of(s))).join(" & ");
        out.push_str(&format!("{} & {}{few} & {cells} \\\\\n", tex(&outlet.outlet), outlet.n));
        if outlet.sure.n() < outlet.n {
            let cells = Stance::ALL.map(|s| cell(&outlet.sure.of(s))).join(" & ");
            out.push_str(&format!("\\quad without unsure & {} & {cells} \\\\\n", outlet.sure.n()));
        }
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    out
}

fn cell(share: &Share) -> String {
    match share.share {
        None => "--".to_owned(),
        Some(p) => {
            let (low, high) = (share.interval.low * 100.0, share.interval.high * 100.0);
            format!("{:.0} [{low:.0}, {high:.0}]", p * 100.0)
        }
    }
}

/// Foreign words without their meaning as TeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::Sample;
    use crate::report::{About, summarize};

    #[test]
    fn rows_are_safe_and_small_ones_marked() {
        let sample = Sample::outlets(&[("R&D_100% \\input{x}", [20, 12, 0, 8]), ("Gull", [1, 0, 0, 1])]);
        let found = latex(&summarize(&sample.labelled(), &About::default(), 0.95));
        assert!(
            found.contains("R\\&D\\_100\\% \\textbackslash{}input\\{x\\} & 40 & 50 [35, 65] & "),
            "{found}"
        );
        assert!(found.contains("Gull & 2$^\\dagger$ & 50 [9, 91]"), "{found}");
    }
}
