//! `report` over inputs that are not held in memory: thread by thread, with the files of comments written as they go.

use super::gold::Judging;
use super::{Args, cut_and_checked, options, origin, tell};
use crate::bulk::{self, Plan, threads};
use crate::cli::console::Console;
use crate::cli::io::{Loaded, refused};
use crate::cli::large::{is_large, row_inputs};
use crate::cli::watch::Progress;
use crate::error::Result;
use crate::label::{Labelled, Labeller};
use crate::outlets::FILE_NAME;
use crate::report::{CommentFiles, Gathered, Input, PageOptions, pseudonym, write_beside_comments};
use crate::thread::Thread;
use rayon::prelude::*;
use std::path::Path;

/// The inputs of a report that need not be held; `None` for small ones, pages, and `--html`, whose page holds every comment.
pub(super) fn inputs(args: &Args, console: &mut Console) -> Option<Vec<bulk::Input>> {
    let listed = |input: &String| {
        let path = Path::new(input);
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        folder.join(FILE_NAME).is_file()
    };
    if args.html || args.input.iter().any(|i| i == "-" || listed(i)) {
        return None;
    }
    let inputs = row_inputs(&args.input, console)?;
    is_large(&inputs, Plan::default().memory as u64).then_some(inputs)
}

/// Writes the report.
pub(super) fn reported(args: &Args, inputs: &[bulk::Input], console: &mut Console) -> Result<()> {
    let setup = args.labelling.setup(&Loaded::default(), console)?;
    let mut options = options(args, PageOptions::default())?;
    options.materials = origin::materials(args, args.labelling.profile.as_ref())?;
    let files = bulk::files(inputs);
    // What cannot be read here cannot be read there, and is told then.
    options.inputs = files.iter().filter_map(|i| Input::of_file(&i.name, &i.path).ok()).collect();
    let columns = args.reading.map.clone().unwrap_or_default();
    let plan = Plan { dialect: args.reading.dialect, columns, ..Plan::default() };
    let mut sums = Summing {
        labeller: &setup.labeller()?,
        waiting: Vec::new(),
        comments: 0,
        gathered: Gathered::new(setup.about(0), args.confidence),
        files: CommentFiles::new(&args.out, &options)?,
        judging: args.gold.as_deref().map(Judging::new).transpose()?,
    };
    let mut progress = Progress::new(console);
    let counts = threads(inputs, &args.out.join(".threads"), &plan, &mut progress, &mut |mut thread| {
        if let Some(salt) = &args.redact {
            thread.rename_authors(|name| pseudonym(salt, name));
        }
        sums.take(thread)
    });
    let failed = progress.finish(counts.as_ref().ok().copied());
    let counts = counts?;
    sums.label()?;
    sums.files.finish()?;
    sums.gathered.set_duplicates(counts.duplicates);
    let gold = sums.judging.map_or_else(Vec::new, |judging| judging.finish(console));
    let mut summary = sums.gathered.finish().with_calibration(&gold);
    summary.refused = failed.iter().map(|error| refused(error, &files)).collect();
    let found = cut_and_checked(&mut summary, &options);
    write_beside_comments(&args.out, &summary, &options)?;
    tell(console, &summary, &found);
    Ok(())
}

/// Comments that wait to be labelled on all cores at once.
const TOGETHER: usize = 4_000;

/// Labels, counts and writes threads, some at a time.
struct Summing<'s> {
    labeller: &'s Labeller<'s>,
    waiting: Vec<Thread>,
    comments: usize,
    gathered: Gathered,
    files: CommentFiles,
    judging: Option<Judging<'s>>,
}

impl Summing<'_> {
    fn take(&mut self, thread: Thread) -> Result<()> {
        self.comments += thread.len();
        self.waiting.push(thread);
        if self.comments >= TOGETHER { self.label() } else { Ok(()) }
    }

    fn label(&mut self) -> Result<()> {
        let threads = std::mem::take(&mut self.waiting);
        self.comments = 0;
        let labelled: Vec<Labelled<'_>> = threads.par_iter().map(|t| self.labeller.label(t)).collect();
        for thread in &labelled {
            self.gathered.add(thread);
            self.files.add(thread)?;
            self.judging.iter_mut().for_each(|judging| judging.add(thread));
        }
        Ok(())
    }
}
