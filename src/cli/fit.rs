//! `fit`: weights from labelled data.

use crate::cli::console::{Console, to_stdout};
use crate::cli::eval::{evaluation, parts, row};
use crate::cli::io::Loaded;
use crate::cli::labelling::Labelling;
use crate::error::{Error, Result};
use crate::fit::{Fit, Row, Settings, TopicFigures, fit};
use crate::gold;
use crate::kind::Stance;
use crate::parse::{Dialect, parse};
use crate::rule::RulePack;
use crate::source::Source;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Fits the rules' weights to gold, around the hand weights, and writes them as TOML.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSONL with id, text, label, topic or allegation and, if known, thread_id, parent_id, profile
    gold: PathBuf,
    /// File for the weights
    #[arg(long, value_name = "WEIGHTS")]
    out: PathBuf,
    #[command(flatten)]
    labelling: Labelling,
    /// Strength of the pull to the hand weights
    #[arg(long, default_value_t = 15.0)]
    lambda: f64,
    /// Field that holds the gold label
    #[arg(long, value_name = "FIELD", default_value = "label")]
    label_field: String,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    if let Err(error) = fitted(args, &mut console) {
        console.fail(&error);
    }
    console.finish(false)
}

fn fitted(args: &Args, console: &mut Console) -> Result<()> {
    let source = Source::read(&args.gold)?;
    let parsed = parse(&source, Some(Dialect::Ndjson))?;
    let gold = gold::read(&source, &args.label_field)?;
    let own = gold.values().all(|r| r.profile.is_some());
    let setup = if own {
        args.labelling.quiet_setup()?
    } else {
        args.labelling.setup(&Loaded::default(), console)?
    };
    let mut rows = Vec::new();
    for thread in &parsed.threads {
        console.count(thread);
        for part in parts(thread, &gold) {
            let labeller = setup.labeller_for(part)?;
            for ((_, comment), features) in thread.comments().zip(labeller.features(thread)) {
                let Some(one) = comment.key.as_ref().and_then(|key| row(thread, key, &gold)) else {
                    continue;
                };
                let stance = Stance::ALL.into_iter().find(|s| s.as_str() == one.label);
                if let (Some(features), Some(stance), true) = (features, stance, one.profile.as_ref() == part)
                {
                    let topic = one.topic.clone().unwrap_or_default();
                    let (platform, thread) = (one.platform.clone(), thread.id.clone());
                    rows.push(Row { features, stance, topic, thread, platform, is_reply: one.is_reply });
                }
            }
        }
    }
    let (bias, temperature) = setup.labeller()?.hand_bias();
    let pack = format!("{} {}", setup.pack().id, setup.pack().version);
    let fitted_on = format!("{} comments of {}", rows.len(), file_name(&args.gold));
    let found = fit(&rows, &Settings { lambda: args.lambda, bias, temperature, pack, fitted_on })
        .ok_or_else(|| {
            Error::data(
                &source,
                0,
                "too little to fit on",
                "fitting needs at least two topics (field `topic` or `allegation`) and two stances",
            )
        })?;
    std::fs::write(&args.out, found.weights.to_toml()?).map_err(|e| Error::io(&args.out, e))?;
    let _ = to_stdout(console, |out| told(out, &found, setup.pack()));
    Ok(())
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn told(out: &mut dyn Write, found: &Fit, pack: &RulePack) -> io::Result<()> {
    writeln!(out, "macro-F1, each topic judged by a fit without it")?;
    writeln!(out, "{:<28} {:>6} {:>7} {:>7} {:>8}", "topic", "n", "hand", "fitted", "offsets")?;
    let line = |out: &mut dyn Write, t: &TopicFigures| {
        writeln!(out, "{:<28} {:>6} {:>7.3} {:>7.3} {:>8.3}", t.topic, t.n, t.hand, t.fitted, t.offset)
    };
    found.topics.iter().try_for_each(|t| line(out, t))?;
    line(out, &found.pooled)?;
    writeln!(
        out,
        "calibration error of the left-out comments: {:.3} before, {:.3} after",
        found.ece.0, found.ece.1
    )?;
    writeln!(out, "{} weights", found.weights.weights.len())?;
    writeln!(out, "\nthe left-out comments, as the weights would label them:")?;
    evaluation(out, &found.left_out, pack)
}
