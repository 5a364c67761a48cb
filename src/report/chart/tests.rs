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

/// A text of an SVG: left, top, right, bottom, words.
fn texts(svg: &str) -> Vec<(f64, f64, f64, f64, String)> {
    let fonts = Fonts::new(&[]);
    let tree = resvg::usvg::roxmltree::Document::parse(svg).unwrap();
    let number = |node: &resvg::usvg::roxmltree::Node<'_, '_>, name| -> f64 {
        node.attribute(name).unwrap().parse().unwrap()
    };
    let of = |node: resvg::usvg::roxmltree::Node<'_, '_>| {
        let text = node.text().unwrap().trim().to_owned();
        let (x, y, size) = (number(&node, "x"), number(&node, "y"), number(&node, "font-size"));
        let weight =
            if node.has_attribute("font-weight") { font::Weight::Bold } else { font::Weight::Regular };
        let width = fonts.width(&text, size, weight);
        let left = match node.attribute("text-anchor") {
            Some("end") => x - width,
            Some("middle") => x - width / 2.0,
            _ => x,
        };
        (left, y - size * 0.6, left + width, y + size * 0.6, text)
    };
    tree.descendants().filter(|n| n.has_tag_name("text")).map(of).collect()
}

fn check_places(summary: &Summary, style: &ChartStyle) {
    for figure in Figure::ALL {
        let svg = draw_svg(figure, summary, style).unwrap();
        let root = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
        let size = |name| root.root_element().attribute(name).unwrap().parse::<f64>().unwrap();
        let (width, height) = (size("width"), size("height"));
        let texts = texts(&svg);
        for (i, a) in texts.iter().enumerate() {
            let inside = a.0 >= 0.0 && a.1 >= 0.0 && a.2 <= width && a.3 <= height;
            assert!(inside, "{figure}: outside {width}×{height}: {a:?}");
            for b in texts.iter().skip(i + 1) {
                let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                assert!(apart, "{figure}: overlap: {a:?} {b:?}");
            }
        }
    }
}

fn forty_five() -> Summary {
    let long = "Outlet with quite a name to carry about ".repeat(3);
    let names: Vec<String> = (0..45).map(|i| format!("{i} {long}")).collect();
    let rows: Vec<(&str, [usize; 4])> =
        names.iter().enumerate().map(|(i, n)| (n.as_str(), [i % 7 + 1, i % 5, i % 3, i])).collect();
    let silent = (0..60).map(|i| format!("Silent {i} {long}")).collect();
    summary(&Sample::outlets(&rows), &About { outlets: silent, ..About::default() })
}

fn nothing() -> Summary {
    summary(&Sample::outlets(&[("Gull", [0; 4])]), &About::default())
}

fn foreign() -> Summary {
    let rows = [
        ("朝日の波止場", [3, 4, 5, 6]),
        ("صحيفة الميناء", [40, 7, 4, 6]),
        ("Emoji 🙂 👩\u{200D}🔬", [1, 0, 0, 0]),
        ("a\u{1}b\u{202E}c & <i>\"d\"</i>", [1, 2, 0, 0]),
    ];
    summary(&Sample::outlets(&rows), &About::default())
}

#[test]
fn texts_stay_inside_and_apart() {
    let one = summary(&Sample::outlets(&[("Gull", [30, 12, 4, 9])]), &About::default());
    let large = "A title that goes on and on, past every border that a figure can have, ".repeat(5);
    let summaries = [many(), one, nothing(), foreign(), forty_five(), levels()];
    for width in [1, 900, 2400] {
        let style = ChartStyle { width, ..ChartStyle::default() };
        for summary in &summaries {
            check_places(summary, &style);
        }
        check_places(&summaries[0], &ChartStyle { title: Some(large.clone()), ..style });
    }
}

#[test]
fn what_is_left_out_is_said() {
    let svg = draw_svg(Figure::StanceByOutlet, &forty_five(), &ChartStyle::default()).unwrap();
    assert!(svg.contains("and 48 more"));
    assert!(svg.contains("+5 more outlets in summary.json, with 36 labelled comments"));
    let svg = draw_svg(Figure::StanceByOutlet, &many(), &ChartStyle::default()).unwrap();
    assert!(svg.contains("No labelled comments: Eider, Plover Post"));
    assert!(svg.contains("Hollow: n &lt; 30"));
    let svg = draw_svg(Figure::StanceByOutlet, &nothing(), &ChartStyle::default()).unwrap();
    assert!(svg.contains("No labelled comments"));
}

#[test]
fn long_names_with_one_beginning_stay_apart() {
    let common = "archive/of/the/harbour/papers/volume/of/the/year/page";
    let names = ["one.txt", "two.txt"].map(|n| format!("{common}-{n}"));
    let rows: Vec<(&str, [usize; 4])> = names.iter().map(|n| (n.as_str(), [40, 1, 1, 1])).collect();
    let summary = summary(&Sample::outlets(&rows), &About::default());
    let svg = draw_svg(Figure::StanceByOutlet, &summary, &ChartStyle::default()).unwrap();
    assert!(svg.contains("one.txt\n") && svg.contains("two.txt\n"), "{svg}");
    check_places(&summary, &ChartStyle::default());
}

#[test]
fn long_names_with_one_beginning_and_one_end_are_numbered() {
    let names = [1, 2]
        .map(|n| format!("The very long name of an outlet, edition {n}, of the harbour and of the islands"));
    let rows: Vec<(&str, [usize; 4])> = names.iter().map(|n| (n.as_str(), [40, 1, 1, 1])).collect();
    let summary = summary(&Sample::outlets(&rows), &About::default());
    let svg = draw_svg(Figure::StanceByOutlet, &summary, &ChartStyle::default()).unwrap();
    assert!(svg.contains("1. The very") && svg.contains("2. The very"), "{svg}");
    check_places(&summary, &ChartStyle::default());
}

#[test]
fn readers_of_screens_get_a_name() {
    let style = ChartStyle { title: Some("A < B & \"C\"".to_owned()), ..ChartStyle::default() };
    let svg = draw_svg(Figure::StanceByOutlet, &many(), &style).unwrap();
    assert!(svg.starts_with("<svg role=\"img\" aria-label=\"A &lt; B &amp; &quot;C&quot;. 1,959 labelled"));
    assert!(svg.contains("<title>A &lt; B &amp; &quot;C&quot;</title>"));
}

#[test]
fn lacking_glyphs_are_reported_once() {
    let style = ChartStyle::default();
    let found = missing_glyphs(&Figure::ALL, &foreign(), &style).unwrap();
    assert!(found.message.contains('朝') && found.message.contains('🙂'), "{}", found.message);
    assert_eq!(missing_glyphs(&[Figure::StanceByDepth], &foreign(), &style), None);
    assert_eq!(missing_glyphs(&Figure::ALL, &many(), &style), None);
}

#[test]
fn a_file_that_is_no_font_changes_nothing() {
    let style = ChartStyle { fonts: vec![b"no font".to_vec()], ..ChartStyle::default() };
    let svg = draw_svg(Figure::StanceByDepth, &levels(), &style).unwrap();
    assert_eq!(svg, draw_svg(Figure::StanceByDepth, &levels(), &ChartStyle::default()).unwrap());
    assert!(to_png(&svg, &style).is_ok());
}

#[test]
fn the_png_is_twice_the_size_and_not_blank() {
    let style = ChartStyle { theme: Theme::Dark, ..ChartStyle::default() };
    let svg = draw_svg(Figure::StanceByOutlet, &many(), &style).unwrap();
    let png = to_png(&svg, &style).unwrap();
    let picture = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    let tree = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
    let height: u32 = tree.root_element().attribute("height").unwrap().parse().unwrap();
    assert_eq!((picture.width(), picture.height()), (1800, height * 2));
    let paper = picture.pixel(0, 0).unwrap();
    assert_eq!(picture.pixel(1799, height * 2 - 1), Some(paper), "the ground reaches the last corner");
    let inked = picture.pixels().iter().filter(|p| **p != paper).count();
    assert!(inked * 20 > picture.pixels().len(), "{inked}");
}

#[test]
fn equal_input_gives_equal_bytes() {
    let style = ChartStyle::default();
    for figure in Figure::ALL {
        let [a, b] = [(), ()].map(|()| draw_svg(figure, &many(), &style).unwrap());
        assert_eq!(a, b);
    }
    let svg = draw_svg(Figure::StanceByDepth, &levels(), &style).unwrap();
    assert_eq!(to_png(&svg, &style).unwrap(), to_png(&svg, &style).unwrap());
}

#[test]
fn names_of_figures_are_read_back() {
    assert!(Figure::ALL.iter().all(|f| f.name().parse::<Figure>().unwrap() == *f));
    let error = "stance_by_moon".parse::<Figure>().unwrap_err().to_string();
    assert!(error.starts_with("figure `stance_by_moon` is unknown; there are stance_by_outlet, "), "{error}");
}

fn levels() -> Summary {
    let rows = [[40, 22, 9, 60], [31, 40, 12, 44], [12, 20, 3, 18], [6, 9, 1, 7], [1, 3, 0, 2], [0, 1, 0, 1]];
    summary(&Sample::levels(&rows), &About::default())
}

/// `cargo test pictures -- --ignored` writes every case into the system's folder for temporary files.
#[test]
#[ignore = "writes pictures for the eye"]
fn pictures() {
    let dir = std::env::temp_dir().join("threadstance-pictures");
    std::fs::create_dir_all(&dir).unwrap();
    let one = summary(&Sample::outlets(&[("Gull", [30, 12, 4, 9])]), &About::default());
    for (theme, width) in [(Theme::Light, 900), (Theme::Dark, 900), (Theme::Light, 560)] {
        let style = ChartStyle { theme, width, ..ChartStyle::default() };
        let cases = [
            ("stance", Figure::StanceByOutlet, &many()),
            ("sentiment", Figure::SentimentByOutlet, &many()),
            ("depth", Figure::StanceByDepth, &levels()),
            ("none", Figure::StanceByOutlet, &nothing()),
            ("one", Figure::StanceByOutlet, &one),
            ("foreign", Figure::StanceByOutlet, &foreign()),
            ("forty", Figure::StanceByOutlet, &forty_five()),
        ];
        for (name, figure, summary) in cases {
            let svg = draw_svg(figure, summary, &style).unwrap();
            let stem = format!("{name}-{theme:?}-{width}");
            std::fs::write(dir.join(format!("{stem}.png")), to_png(&svg, &style).unwrap()).unwrap();
            std::fs::write(dir.join(format!("{stem}.svg")), svg).unwrap();
        }
    }
}
