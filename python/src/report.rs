//! Summaries and reports of what was labelled.

use crate::error::python;
use crate::labeller::Labeller;
use crate::page::Loaded;
use pyo3::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use threadstance::report::chart::{ChartStyle, Theme};
use threadstance::report::{
    About, ArticleVoice, Input, Pack, PageOptions, Summary, WriteOptions, article_voice, figures_named, json,
    limit_quotes, summarize,
};
use threadstance::voice::Reader;
use threadstance::{Code, Labelled, Profile, RulePack};

/// How a report is to look.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    figures: Vec<String>,
    html: bool,
    dark: bool,
    width: u32,
    dpi: u32,
    title: Option<String>,
    confidence: f64,
    quote_limit: Option<usize>,
}

/// The summary as JSON, as `summary.json` holds it.
pub fn summary(labeller: &Labeller, loaded: &[Arc<Loaded>], confidence: f64) -> PyResult<String> {
    let labelled = label(labeller, loaded);
    json(&made(labeller, loaded, &labelled, confidence)?).map_err(python)
}

/// Writes a report into a folder; gives the paths.
pub fn write(
    labeller: &Labeller,
    loaded: &[Arc<Loaded>],
    out: &Path,
    options: &Options,
) -> PyResult<Vec<PathBuf>> {
    let labelled = label(labeller, loaded);
    let mut summary = made(labeller, loaded, &labelled, options.confidence)?;
    if let Some(limit) = options.quote_limit {
        limit_quotes(&mut summary, limit);
    }
    let mut style = ChartStyle::default();
    (style.width, style.dpi) = (options.width, options.dpi);
    style.theme = if options.dark { Theme::Dark } else { Theme::Light };
    style.title.clone_from(&options.title);
    let mut given = WriteOptions::default();
    given.figures = figures_named(&options.figures).map_err(python)?;
    given.style = style;
    let pages = loaded.iter().filter(|l| !l.source.as_str().is_empty());
    given.inputs = pages.map(|l| Input::new(l.source.name(), l.source.as_str().as_bytes())).collect();
    given.page = options.html.then(|| page(labeller, options.quote_limit)).transpose()?;
    given.quote_limit = options.quote_limit;
    threadstance::report::write(out, &summary, &labelled, &given).map_err(python)
}

fn label<'l>(labeller: &Labeller, loaded: &'l [Arc<Loaded>]) -> Vec<Labelled<'l>> {
    loaded.iter().flat_map(|l| &l.parsed.threads).map(|thread| labeller.inner.label(thread)).collect()
}

fn made(
    labeller: &Labeller,
    loaded: &[Arc<Loaded>],
    labelled: &[Labelled<'_>],
    confidence: f64,
) -> PyResult<Summary> {
    let pack = RulePack::builtin().map_err(python)?;
    let found = loaded.iter().flat_map(|l| &l.parsed.diagnostics);
    let about = About {
        pack: Pack { id: pack.id.clone(), version: pack.version.clone() },
        profile: labeller.profile.as_ref().map(|p| p.id.clone()),
        duplicates: found.filter(|d| d.code == Code::Duplicate).count() as u64,
        outlets: Vec::new(),
    };
    Ok(summarize(labelled, &about, confidence).with_articles(articles(labeller, pack, loaded, confidence)?))
}

fn articles(
    labeller: &Labeller,
    pack: &RulePack,
    loaded: &[Arc<Loaded>],
    confidence: f64,
) -> PyResult<Vec<ArticleVoice>> {
    let none = Profile::default();
    let reader = Reader::new(pack, labeller.profile.as_ref().unwrap_or(&none)).map_err(python)?;
    let of = |page: &Arc<Loaded>| {
        let origin = &page.parsed.threads.first()?.origin;
        Some(article_voice(&reader, &page.source, page.parsed.article.as_ref()?, origin, confidence))
    };
    Ok(loaded.iter().filter_map(of).collect())
}

fn page(labeller: &Labeller, quote_limit: Option<usize>) -> PyResult<PageOptions> {
    let pack = RulePack::builtin().map_err(python)?;
    let labels = pack.worded_rules().map(|(r, w)| (r.id.clone(), w.reason.clone()));
    let voices = threadstance::voice::rules().map_err(python)?.into_iter().map(|r| (r.id, r.reason));
    let mut options = PageOptions::default();
    options.claim = labeller.profile.as_ref().map(|p| p.claim.clone());
    options.reasons = labels.chain(voices).collect();
    options.quote_limit = quote_limit;
    Ok(options)
}
