//! Figure: confidence against accuracy, where gold exists.

use super::curve::Curve;
use super::palette::Colours;
use crate::report::summary::Summary;

/// The figure's content.
pub(super) fn curve(summary: &Summary, colours: &Colours) -> Curve {
    let subtitle = summary.calibration.as_ref().map_or_else(String::new, |c| {
        let percent = crate::stats::round4(summary.header.confidence * 100.0);
        format!(
            "{} labels with gold. Expected calibration error {:.3}. Lines: {percent}% Wilson intervals. Hollow: n < 30.",
            c.n, c.ece
        )
    });
    Curve {
        title: "Are labels as often right as they are sure?".to_owned(),
        subtitle,
        calibration: summary.calibration.clone(),
        colour: colours.scale,
        notes: vec![
            "On the diagonal confidence and accuracy agree; below it labels are too sure. Bars: labels in each step."
                .to_owned(),
        ],
    }
}
