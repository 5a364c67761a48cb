//! From what a report is made: the command that gives it again, and the files that decide beside the inputs.

use super::Args;
use crate::error::{Error, Result};
use crate::outlets::FILE_NAME;
use crate::profile::Profile;
use crate::report::{Input, Material};
use clap::ValueEnum;
use std::fs;
use std::path::{Path, PathBuf};

/// The arguments without the folder and without the salt, in a fixed order.
pub(super) fn arguments(args: &Args) -> Vec<String> {
    let mut out = vec!["report".to_owned()];
    out.extend(args.input.iter().cloned());
    let mut give = |name: &str, value: String| out.push(format!("--{name}={value}"));
    let path = |p: &PathBuf| p.display().to_string();
    args.reading.dialect.iter().for_each(|d| give("dialect", d.to_string()));
    args.reading.map.iter().for_each(|m| give("map", m.to_string()));
    let labelling = &args.labelling;
    labelling.profile.iter().for_each(|p| give("profile", p.clone()));
    labelling.rules.iter().for_each(|r| give("rules", path(r)));
    labelling.weights.iter().for_each(|w| give("weights", w.clone()));
    labelling.only.iter().for_each(|p| give("only", p.clone()));
    labelling.skip.iter().for_each(|p| give("skip", p.clone()));
    args.gold.iter().for_each(|g| give("gold", path(g)));
    args.quote_limit.iter().for_each(|n| give("quote-limit", n.to_string()));
    if !args.figures.is_empty() {
        give("figures", args.figures.join(","));
    }
    let theme = args.theme.to_possible_value().map(|v| v.get_name().to_owned());
    theme.into_iter().for_each(|t| give("theme", t));
    give("width", args.width.to_string());
    give("dpi", args.dpi.to_string());
    args.title.iter().for_each(|t| give("title", t.clone()));
    args.font.iter().for_each(|f| give("font", path(f)));
    give("confidence", args.confidence.to_string());
    if !args.export.is_empty() {
        let names = args.export.iter().filter_map(ValueEnum::to_possible_value);
        give("export", names.map(|v| v.get_name().to_owned()).collect::<Vec<_>>().join(","));
    }
    if args.html {
        out.push("--html".to_owned());
    }
    out
}

/// Profile, weights, rules, lists of outlets, fonts and gold, each with its fingerprint. `profile` is the one that counts.
pub(super) fn materials(args: &Args, profile: Option<&String>) -> Result<Vec<Material>> {
    let mut out = Vec::new();
    for input in args.input.iter().filter(|i| *i != "-").map(Path::new) {
        let folder = if input.is_dir() { input } else { input.parent().unwrap_or(Path::new("")) };
        let file = folder.join(FILE_NAME);
        if file.is_file() && !out.iter().any(|m: &Material| Path::new(&m.input.file) == file) {
            out.push(material("outlets", &file)?);
        }
    }
    if let Some(name) = profile {
        let source = Profile::source(name)?;
        out.push(Material { role: "profile", input: Input::from(&source) });
    }
    for file in args.labelling.rules.iter().map(|r| files_of(r)).collect::<Result<Vec<_>>>()?.concat() {
        out.push(material("rules", &file)?);
    }
    let weights = args.labelling.weights.as_ref().map(Path::new).filter(|w| w.is_file());
    let named = weights.map(|w| ("weights", w)).into_iter();
    let named = named.chain(args.gold.iter().map(|g| ("gold", g.as_path())));
    for (role, file) in named.chain(args.font.iter().map(|f| ("font", f.as_path()))) {
        out.push(material(role, file)?);
    }
    Ok(out)
}

fn material(role: &'static str, file: &Path) -> Result<Material> {
    let bytes = fs::read(file).map_err(|e| Error::io(file, e))?;
    Ok(Material { role, input: Input::new(&file.display().to_string(), &bytes) })
}

/// The files of a rule pack, sorted.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io(folder, e))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_file()).collect();
    files.sort_unstable();
    Ok(files)
}
