"""Speed of threadstance beside its peers and the floors under all of them, in one run on one core.

    python3 benches/peers/run.py [--comments 200000] [--runs 3] [--out table.md]

Builds what is missing, makes the corpus, installs vaderSentiment (PyPI) and sentiment (npm) below target/peers, then
measures every program in turn, so many rounds, and prints the median processor seconds (user and system). Peers score
texts that stand in memory; threadstance is measured as a whole process: start, read, trees, stance, sentiment,
evidence, write. What is not installed is left out of the table.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "peers"
PYTHON = """
import json, sys, time
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
texts = texts[: int(sys.argv[2])]
vader = SentimentIntensityAnalyzer()
start = time.process_time()
for text in texts:
    vader.polarity_scores(text)
print(time.process_time() - start)
"""
NODE = """
const fs = require("fs"), Sentiment = require("sentiment");
let texts = fs.readFileSync(process.argv[2], "utf8").trimEnd().split("\\n").map(l => JSON.parse(l).text);
texts = texts.slice(0, Number(process.argv[3]));
const sentiment = new Sentiment(), start = process.cpuUsage();
for (const text of texts) sentiment.analyze(text);
const used = process.cpuUsage(start);
console.log((used.user + used.system) / 1e6);
"""


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, **options)


def cargo(*command):
    run("cargo", *command, cwd=ROOT)


def quiet(*command):
    """Whether a command that installs a peer went well."""
    try:
        run(*command, stdout=subprocess.DEVNULL)
        return True
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: {error}", file=sys.stderr)
        return False


def process_seconds(*command):
    """Processor seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_seconds(*command):
    """Processor seconds that a program says its work took."""
    return float(run(*command, stdout=subprocess.PIPE, text=True).stdout)


def contenders(corpus, comments):
    """Name, comments scored, and how to measure one round."""
    stance = ROOT / "target" / "release" / "threadstance"
    profile = ROOT / "benches" / "corpus" / "profile.toml"
    label = [stance, "label", corpus, "--profile", profile, "--format", "json", "--threads", 1]
    yield "threadstance label, all of it", comments, lambda: process_seconds(*label)
    peers = ROOT / "benches" / "peers" / "target" / "release" / "peers"
    names = {
        "vader": "vader-sentimental 0.1.3, scoring alone",
        "hash": "floor: tokenise and look up",
        "serde": "floor: serde_json into structs",
        "lines": "floor: memchr lines",
    }
    for name, shown in names.items():
        yield shown, comments, lambda name=name: own_seconds(peers, name, corpus)
    some = min(comments, 20_000)
    venv = WORK / "venv"
    if (venv / "bin" / "python").exists() or quiet(sys.executable, "-m", "venv", venv):
        if quiet(venv / "bin" / "python", "-m", "pip", "install", "-q", "vaderSentiment==3.3.2"):
            (WORK / "vader.py").write_text(PYTHON)
            command = [venv / "bin" / "python", WORK / "vader.py", corpus, some]
            yield "vaderSentiment 3.3.2 (Python), scoring alone", some, lambda: own_seconds(*command)
    if quiet("npm", "install", "--silent", "--prefix", WORK, "sentiment@5.0.2"):
        (WORK / "sentiment.js").write_text(NODE)
        node = ["node", WORK / "sentiment.js", corpus, some]
        yield "sentiment 5.0.2 (npm), scoring alone", some, lambda: own_seconds(*node)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--comments", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    cargo("build", "--release", "--bin", "threadstance", "--example", "corpus")
    cargo("build", "--release", "--manifest-path", "benches/peers/Cargo.toml")
    corpus = WORK / f"corpus-{options.comments}.ndjson"
    with corpus.open("wb") as out:
        run(ROOT / "target" / "release" / "examples" / "corpus", options.comments, 7, stdout=out)
    all_of_them = list(contenders(corpus, options.comments))
    seconds = {name: [] for name, _, _ in all_of_them}
    for _ in range(options.runs):
        for name, _, measure in all_of_them:
            seconds[name].append(measure())
    print_table(all_of_them, seconds, os.path.getsize(corpus) / options.comments, options.out)


def print_table(all_of_them, seconds, bytes_each, out):
    rate = {name: count / max(statistics.median(seconds[name]), 1e-9) for name, count, _ in all_of_them}
    base = next(name for name in rate if name.startswith("vader-sentimental"))
    lines = ["| | comments/s | MB/s of NDJSON | × vader-sentimental |", "|---|---:|---:|---:|"]
    for name, each in rate.items():
        lines.append(f"| {name} | {each:,.0f} | {each * bytes_each / 1e6:,.1f} | {each / rate[base]:.2f} |")
    table = "\n".join(lines)
    print(table)
    if out:
        out.write_text(table + "\n")


if __name__ == "__main__":
    main()
