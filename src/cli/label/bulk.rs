//! `label` over inputs that are not held in memory.

use super::{Args, Format};
use crate::bulk::{Input, LabelJob, OutputFormat, label};
use crate::cli::console::Console;
use crate::cli::io::Loaded;
use crate::cli::large::{is_large, row_inputs};
use crate::cli::watch::Progress;
use crate::error::Result;
use std::path::{Path, PathBuf};

/// The inputs and the output of a run that goes through buckets; `None` for one that reads all first.
pub fn through_buckets(args: &Args, console: &mut Console) -> Option<(Vec<Input>, PathBuf)> {
    let out = args.out.clone()?;
    if !matches!(args.format, Format::Json | Format::Parquet) {
        return None;
    }
    let inputs = row_inputs(&args.input, console)?;
    let large = is_large(&inputs, u64::from(args.bulk.memory) << 20);
    (large || args.bulk.resume || is_folder(&out)).then_some((inputs, out))
}

fn is_folder(out: &Path) -> bool {
    out.is_dir() || out.extension().is_none() || out.to_string_lossy().ends_with('/')
}

/// Labels them.
pub fn labelled(args: &Args, inputs: &[Input], out: &Path, console: &mut Console) -> Result<()> {
    let loaded = Loaded::profile_of(&args.input, console);
    let setup = args.labelling.setup(&loaded, console)?;
    let labeller = setup.labeller()?;
    let pack = setup.about(0).pack;
    let (labelling, profile) = (&args.labelling, loaded.default_profile);
    let version = env!("CARGO_PKG_VERSION");
    let settings = format!("{labelling:?} {profile:?} {} {} {version}", pack.id, pack.version);
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
