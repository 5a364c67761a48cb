//! The parts of the page that need no script.

use super::{PageOptions, escape};
use crate::error::Result;
use crate::label::{Aspect, Sentiment, Stance};
use crate::report::chart::{ChartStyle, Figure, Hotspot, Theme, draw_svg, hotspots, table};
use crate::report::summary::{LEVELS, Summary};
use crate::report::voices::{ArticleVoice, SentenceVoice};
use crate::report::words;
use std::collections::BTreeMap;

/// Stances of the bars from left to right.
const ORDER: [Stance; 4] = [Stance::Support, Stance::Query, Stance::Comment, Stance::Deny];

pub(super) fn head(page: &mut String, summary: &Summary, options: &PageOptions) {
    if let Some(claim) = &options.claim {
        page.push_str(&format!("<p class=\"claim\">{}</p>\n", escape(claim)));
    }
    for line in words::header(summary) {
        page.push_str(&format!("<p>{}</p>\n", escape(&line)));
    }
}

pub(super) fn refused(page: &mut String, summary: &Summary) {
    if summary.refused.is_empty() {
        return;
    }
    page.push_str(
        "<section aria-labelledby=\"h-refused\"><h2 id=\"h-refused\">Inputs that were not read</h2>\n<ul>\n",
    );
    for refused in &summary.refused {
        page.push_str(&format!("<li>{}: {}</li>\n", escape(&refused.file), escape(&refused.reason)));
    }
    page.push_str("</ul></section>\n");
}

/// Each figure in both themes, with its numbers beneath.
pub(super) fn figures(
    page: &mut String,
    summary: &Summary,
    figures: &[Figure],
    style: &ChartStyle,
) -> Result<()> {
    page.push_str("<section aria-labelledby=\"h-figures\"><h2 id=\"h-figures\">Overview</h2>\n");
    page.push_str(
        "<p>Press a piece of a bar to see its comments. Below each figure stand its numbers.</p>\n",
    );
    for figure in figures {
        page.push_str(&format!("<figure id=\"{figure}\">\n"));
        for (theme, class) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            // Each figure keeps its own title; the user's is that of the page.
            let style = ChartStyle { theme, title: None, ..style.clone() };
            let svg = draw_svg(*figure, summary, &style)?;
            let spots = clickable(*figure, summary, &style);
            page.push_str(&format!(
                "<div class=\"scroll {class}\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">",
                figure.meaning()
            ));
            page.push_str(&with_spots(&svg, &spots));
            page.push_str("</div>\n");
        }
        counts(page, *figure, summary);
        page.push_str("</figure>\n");
    }
    for left in &summary.left_out {
        page.push_str(&format!("<p>Left out: {} ({}).</p>\n", left.figure, escape(left.reason)));
    }
    page.push_str("</section>\n");
    Ok(())
}

/// A piece of a bar with the filters that it stands for.
struct Spot {
    at: Hotspot,
    filters: Vec<(&'static str, String)>,
}

fn clickable(figure: Figure, summary: &Summary, style: &ChartStyle) -> Vec<Spot> {
    let filters = |spot: &Hotspot| {
        let stance = || ("stance", ORDER.get(spot.class).map_or("", |s| s.as_str()).to_owned());
        let outlet = || ("outlet", summary.outlets.iter().position(|o| visible_name(&o.outlet) == spot.row));
        let outlet = || Some((outlet().0, outlet().1?.to_string()));
        match figure {
            Figure::StanceByOutlet => Some(vec![outlet()?, stance()]),
            Figure::SentimentByOutlet => {
                let tone = Sentiment::ALL.get(spot.class).map_or("", |s| s.as_str());
                Some(vec![outlet()?, ("sentiment", tone.to_owned())])
            }
            Figure::StanceByDepth => {
                let level: String = spot.row.chars().filter(char::is_ascii_digit).collect();
                Some(vec![("level", level), stance()])
            }
            _ => None,
        }
    };
    let spots = hotspots(figure, summary, style).into_iter();
    spots.filter_map(|at| Some(Spot { filters: filters(&at)?, at })).collect()
}

fn visible_name(name: &str) -> String {
    crate::visible::visible(name).into_owned()
}

fn with_spots(svg: &str, spots: &[Spot]) -> String {
    if spots.is_empty() {
        return svg.to_owned();
    }
    let mut layer = String::new();
    for Spot { at, filters } in spots {
        let [x, y, width, height] = at.place;
        let data: Vec<String> =
            filters.iter().map(|(name, value)| format!("data-{name}=\"{}\"", escape(value))).collect();
        layer.push_str(&format!(
            "<rect class=\"spot\" tabindex=\"0\" role=\"button\" aria-label=\"{}, {}: show {} comments\" {} \
             x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill-opacity=\"0\"/>\n",
            escape(&at.row),
            at.label,
            at.count,
            data.join(" ")
        ));
    }
    // What can be pressed must not stand inside an image.
    let svg = svg.replacen("<svg role=\"img\"", "<svg role=\"group\"", 1);
    svg.replace("</svg>", &format!("{layer}</svg>"))
}

/// Tables with more rows are folded.
const OPEN_ROWS: usize = 12;

fn counts(page: &mut String, figure: Figure, summary: &Summary) {
    let found = table(figure, summary);
    let open = if found.rows.len() <= OPEN_ROWS { " open" } else { "" };
    page.push_str(&format!("<figcaption><details{open}><summary>"));
    page.push_str(&format!("{}: the numbers</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><thead><tr>", figure.meaning()));
    for (i, head) in found.head.iter().enumerate() {
        let tag = if i == 0 && head.is_empty() {
            "<td></td>".to_owned()
        } else {
            format!("<th scope=\"col\">{}</th>", escape(head))
        };
        page.push_str(&tag);
    }
    page.push_str("</tr></thead><tbody>\n");
    for row in &found.rows {
        page.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let tag = if i == 0 { "th scope=\"row\"" } else { "td" };
            let close = if i == 0 { "th" } else { "td" };
            page.push_str(&format!("<{tag}>{}</{close}>", escape(cell)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table></div></details></figcaption>\n");
}

pub(super) fn statistics(page: &mut String, summary: &Summary) {
    page.push_str(
        "<section aria-labelledby=\"h-statistics\"><h2 id=\"h-statistics\">Statistics</h2>\n<ul>\n",
    );
    for words in &summary.statistics.words {
        page.push_str(&format!("<li>{}</li>\n", escape(words)));
    }
    page.push_str("</ul></section>\n");
}

/// The filters and the empty list that the script fills.
pub(super) fn comments(page: &mut String, summary: &Summary) {
    page.push_str("<section aria-labelledby=\"h-comments\" id=\"comments\" tabindex=\"-1\"><h2 id=\"h-comments\">Comments</h2>\n");
    page.push_str("<form id=\"filters\">\n");
    let outlets = summary.outlets.iter().enumerate().map(|(i, o)| (i.to_string(), o.outlet.clone()));
    select(page, "outlet", "Outlet", outlets);
    select(page, "stance", "Stance", Stance::ALL.iter().map(|s| (s.to_string(), s.to_string())));
    select(page, "sentiment", "Sentiment", Sentiment::ALL.iter().map(|s| (s.to_string(), s.to_string())));
    select(
        page,
        "aspect",
        "Aspect",
        Aspect::ALL.iter().map(|a| (a.to_string(), a.as_str().replace('_', " "))),
    );
    select(
        page,
        "level",
        "Level",
        (1..=LEVELS).map(|l| (l.to_string(), if l == LEVELS { format!("{l}+") } else { l.to_string() })),
    );
    page.push_str(concat!(
        "<label>Confidence from <input type=\"number\" id=\"least\" min=\"0\" max=\"1\" step=\"0.05\" value=\"0\"></label>\n",
        "<label>Confidence to <input type=\"number\" id=\"most\" min=\"0\" max=\"1\" step=\"0.05\" value=\"1\"></label>\n",
        "<label>Author <input type=\"search\" id=\"author\" autocomplete=\"off\"></label>\n",
        "<label>Words <input type=\"search\" id=\"words\" autocomplete=\"off\"></label>\n",
        "<button type=\"reset\">Clear</button> <button type=\"button\" id=\"unfold\">Expand all</button> ",
        "<button type=\"button\" id=\"fold\">Collapse all</button>\n</form>\n",
        "<form id=\"coding\"><label>Coder <input type=\"text\" id=\"coder\" autocomplete=\"off\"></label> ",
        "<button type=\"button\" id=\"csv\">Export codings as CSV</button> ",
        "<button type=\"button\" id=\"json\">as JSON</button> <button type=\"button\" id=\"forget\">Forget codings</button> ",
        "<span id=\"coded\" role=\"status\"></span></form>\n",
        "<p id=\"count\" role=\"status\"></p>\n<noscript><p>The comments need scripts.</p></noscript>\n",
        "<ol id=\"list\"></ol>\n</section>\n",
    ));
}

fn select(page: &mut String, id: &str, label: &str, options: impl Iterator<Item = (String, String)>) {
    page.push_str(&format!("<label>{label} <select id=\"{id}\"><option value=\"\">all</option>"));
    for (value, name) in options {
        page.push_str(&format!("<option value=\"{}\">{}</option>", escape(&value), escape(&name)));
    }
    page.push_str("</select></label>\n");
}

/// Every article with its sentences, coloured by whose side they carry, the deciding words marked.
pub(super) fn articles(page: &mut String, summary: &Summary, reasons: &BTreeMap<String, String>) {
    let articles: Vec<&ArticleVoice> = summary.articles.iter().filter(|a| a.voice.n() > 0).collect();
    if articles.is_empty() {
        return;
    }
    page.push_str("<section aria-labelledby=\"h-articles\"><h2 id=\"h-articles\">Articles</h2>\n");
    page.push_str("<p>Whose side each sentence lets speak, by attribution and quotation. Sentences without a tag are the outlet's own voice.</p>\n");
    for article in articles {
        let title = article.title.as_ref().map_or_else(String::new, |t| format!(": {}", escape(t)));
        page.push_str(&format!(
            "<details><summary>{}{title} ({} sentences)</summary>\n<ol class=\"sentences\">\n",
            escape(&article.outlet),
            article.voice.n()
        ));
        article.sentences.iter().for_each(|s| sentence(page, s, reasons));
        page.push_str("</ol></details>\n");
    }
    page.push_str("</section>\n");
}

fn sentence(page: &mut String, sentence: &SentenceVoice, reasons: &BTreeMap<String, String>) {
    let side = sentence.side.as_str();
    let tag = if sentence.evidence.is_empty() {
        String::new()
    } else {
        format!("<span class=\"tag {side}\">{side}</span> ")
    };
    page.push_str(&format!("<li class=\"{side}\">{tag}"));
    let mut at = 0;
    for e in &sentence.evidence {
        let (start, end) = ((e.start - sentence.start) as usize, (e.end - sentence.start) as usize);
        let (Some(before), Some(words)) = (sentence.text.get(at..start), sentence.text.get(start..end))
        else {
            continue;
        };
        let reason = reasons.get(&e.rule).map_or("", String::as_str);
        page.push_str(&format!(
            "{}<mark tabindex=\"0\" data-tip=\"{}: {}. {}\">{}</mark>",
            escape(before),
            escape(&e.rule),
            e.side.as_str(),
            escape(reason),
            escape(words)
        ));
        at = end;
    }
    page.push_str(&format!("{}</li>\n", escape(sentence.text.get(at..).unwrap_or_default())));
}

pub(super) fn method(page: &mut String, summary: &Summary) {
    let header = &summary.header;
    page.push_str("<section aria-labelledby=\"h-method\"><h2 id=\"h-method\">Method and limits</h2>\n");
    page.push_str(concat!(
        "<p>Rules look for words and for what a comment answers; each adds log-odds toward support, deny or query, and the ",
        "confidence is the calibrated probability of the stance. Every mark above names its rule. A label says where a ",
        "comment stands on the allegation, not whether the allegation is true, nor what its author thinks at heart.</p>\n",
        "<p>Rules miss irony, allusion and knowledge of the world; unsure labels are marked. Commenters are not the ",
        "public: whoever writes chose to, and a page shows what its moderators left. Comments of one thread and author are ",
        "not independent; where there are enough of them, the statistics say what is left if they are taken as one ",
        "draw. Below 30 comments a share is a hint.</p>\n",
    ));
    let pack = format!("{} {}", header.pack.id, header.pack.version);
    let rows = [
        ("Program", format!("{} {}", header.program, header.version)),
        ("Rules", pack.trim().to_owned()),
        ("Profile", header.profile.clone().unwrap_or_else(|| "none".to_owned())),
        ("Intervals", format!("{}, {}", words::confidence(summary), header.interval)),
    ];
    page.push_str("<dl>\n");
    for (name, value) in rows {
        page.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", escape(&value)));
    }
    page.push_str("</dl></section>\n");
}
