//! Figure: replies against what they answer.

use super::grid::{Cell, Grid, Head};
use super::palette::Colours;
use crate::label::Stance;
use crate::report::summary::{SMALL_N, Summary};

/// The figure's content.
pub(super) fn grid(summary: &Summary, colours: &Colours) -> Grid {
    let name = |stance: &Stance| match stance {
        Stance::Support => "Support",
        Stance::Deny => "Deny",
        Stance::Query => "Query",
        Stance::Comment => "Comment",
    };
    let replies = summary.statistics.replies.as_ref();
    let matrix = replies.map(|r| r.matrix).unwrap_or_default();
    let sum = |row: &[u64; 4]| row.iter().sum::<u64>();
    let row = |(stance, row): (&Stance, &[u64; 4])| {
        let few = if sum(row) < SMALL_N { " (few)" } else { "" };
        Head { name: format!("to {}", name(stance).to_lowercase()), under: format!("n = {}{few}", sum(row)) }
    };
    let cells = |(i, row): (usize, &[u64; 4])| {
        let cell = |(j, count): (usize, &u64)| {
            let share = (sum(row) > 0).then(|| *count as f64 / sum(row) as f64)?;
            Some(Cell { share, count: *count, marked: i == j })
        };
        row.iter().enumerate().map(cell).collect()
    };
    Grid {
        title: "Do replies take the stance of what they answer?".to_owned(),
        subtitle: replies.map_or_else(String::new, |r| {
            let coefficient = r.assortativity.map_or_else(String::new, |a| format!(" Assortativity {a:.2} (0 = chance);"));
            format!(
                "{} replies with a labelled parent: {:.0}% of one stance, {:.0}% expected by chance.{coefficient} {}.",
                r.n,
                r.observed * 100.0,
                r.expected * 100.0,
                crate::report::statistics::p_value(r.p)
            )
        }),
        columns_are: "Stance of the reply, as a share of the replies to each stance".to_owned(),
        columns: Stance::ALL.iter().map(|s| Head { name: name(s).to_owned(), under: String::new() }).collect(),
        rows: Stance::ALL.iter().zip(&matrix).map(row).collect(),
        cells: matrix.iter().enumerate().map(cells).collect(),
        colour: colours.scale,
        empty: "No labelled replies",
        notes: vec!["Framed: parent and reply of one stance. Small figures: counts.".to_owned()],
    }
}
