//! `label` over inputs that are not held in memory.

use super::{Args, Format};
use crate::bulk::{Input, LabelJob, OutputFormat, has_buckets, is_lines, label};
use crate::cli::console::Console;
use crate::cli::io::{Loaded, inputs};
use crate::cli::watch::Progress;
use crate::error::Result;
use std::path::{Path, PathBuf};

/// The inputs and the output of a run that goes through buckets; `None` for one that reads all first.
pub fn through_buckets(args: &Args, console: &mut Console) -> Option<(Vec<Input>, PathBuf)> {
    let out = args.out.clone()?;
    if !matches!(args.format, Format::Json | Format::Parquet) || args.input.iter().any(|i| i == "-") {
        return None;
    }
    let all_lines = args.input.iter().all(|input| {
        let path = Path::new(input);
        has_buckets(path) || if path.is_dir() { only_lines(path) } else { path.is_file() && is_lines(path) }
    });
    if !all_lines {
        return None;
    }
    let buckets = args.input.iter().any(|i| has_buckets(Path::new(i)));
    let inputs = inputs(&args.input, console);
    let held = inputs.iter().map(|i| size(&i.path)).sum::<u64>() <= u64::from(args.bulk.memory) << 20;
    (buckets || !held || args.bulk.resume || is_folder(&out)).then_some((inputs, out))
}

fn only_lines(folder: &Path) -> bool {
    let mut quiet = Console::new();
    let found = inputs(&[folder.display().to_string()], &mut quiet);
    !found.is_empty() && found.iter().all(|input| is_lines(&input.path))
}

/// Bytes of text in a file, about: packed files hold some eight times their size.
fn size(path: &Path) -> u64 {
    let packed = ["zst", "gz", "parquet"].iter().any(|e| path.extension().is_some_and(|x| x == *e));
    std::fs::metadata(path).map_or(0, |d| d.len()) * if packed { 8 } else { 1 }
}

fn is_folder(out: &Path) -> bool {
    out.is_dir() || out.extension().is_none() || out.to_string_lossy().ends_with('/')
}

/// Labels them.
pub fn labelled(args: &Args, inputs: &[Input], out: &Path, console: &mut Console) -> Result<()> {
    let setup = args.labelling.setup(&Loaded::default(), console)?;
    let labeller = setup.labeller()?;
    let pack = setup.about(0).pack;
    let settings = format!("{:?} {} {} {}", args.labelling, pack.id, pack.version, env!("CARGO_PKG_VERSION"));
    let job = LabelJob {
        inputs,
        out,
        folder: is_folder(out),
        format: if args.format == Format::Parquet { OutputFormat::Parquet } else { OutputFormat::Json },
        plan: &args.bulk.plan(&args.reading),
        labeller: &labeller,
        settings: &settings,
    };
    let mut progress = Progress::new(console);
    let counts = label(&job, &mut progress);
    progress.finish(counts.as_ref().ok().copied());
    counts.map(drop)
}
