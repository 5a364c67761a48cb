//! Tests of the figures.

use super::*;
use crate::report::sample::Sample;
use crate::report::{About, Summary, summarize};

fn summary(sample: &Sample, about: &About) -> Summary {
    summarize(&sample.labelled(), about, 0.95)
}

fn many() -> Summary {
    let rows = [
        ("The Morning Heron", [412, 96, 130, 240]),
        ("Wren & Daughters Weekly Review of Distant Maritime Affairs and Letters", [220, 310, 84, 190]),
        ("harbour.example", [31, 22, 9, 40]),
        ("Süd-Kurier <i>", [14, 40, 6, 20]),
        ("Правда моря", [3, 40, 0, 2]),
        ("صحيفة الميناء", [10, 7, 4, 6]),
        ("Gull", [5, 3, 2, 9]),
        ("Quay", [1, 0, 0, 2]),
        ("Only one", [0, 1, 0, 0]),
    ];
    let silent =
        ["Tern Tribune", "Plover Post", "The Cormorant Evening Chronicle and Advertiser", "Eider", "Skua"];
    let about = About { outlets: silent.map(str::to_owned).to_vec(), ..About::default() };
    summary(&Sample::outlets(&rows), &about)
}

#[test]
#[ignore = "writes pictures for the eye"]
fn pictures() {
    let dir = std::env::temp_dir().join("threadstance-pictures");
    std::fs::create_dir_all(&dir).unwrap();
    let levels = summary(
        &Sample::levels(&[
            [40, 22, 9, 60],
            [31, 40, 12, 44],
            [12, 20, 3, 18],
            [6, 9, 1, 7],
            [1, 3, 0, 2],
            [0, 1, 0, 1],
        ]),
        &About::default(),
    );
    let none = summary(&Sample::outlets(&[("Gull", [0; 4])]), &About::default());
    let one = summary(&Sample::outlets(&[("Gull", [30, 12, 4, 9])]), &About::default());
    for theme in [Theme::Light, Theme::Dark] {
        let style = ChartStyle { theme, ..ChartStyle::default() };
        let cases = [
            ("stance", Figure::StanceByOutlet, &many()),
            ("sentiment", Figure::SentimentByOutlet, &many()),
            ("depth", Figure::StanceByDepth, &levels),
            ("none", Figure::StanceByOutlet, &none),
            ("one", Figure::StanceByOutlet, &one),
        ];
        for (name, figure, summary) in cases {
            let svg = draw_svg(figure, summary, &style).unwrap();
            std::fs::write(dir.join(format!("{name}-{theme:?}.png")), to_png(&svg, &style).unwrap()).unwrap();
            std::fs::write(dir.join(format!("{name}-{theme:?}.svg")), svg).unwrap();
        }
    }
}
