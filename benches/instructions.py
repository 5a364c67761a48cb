"""Instructions that the program takes, counted by callgrind: the figure that does not depend on what else a machine does.

    python3 benches/instructions.py            compare with benches/instructions.json; exit 1 if a case grew by 5 % or
                                               the program has more than 12 MB
    python3 benches/instructions.py --bless    write what is counted as the new baseline

Needs valgrind. Counts are those of the release build by the compiler that the baseline names; another compiler needs a
baseline of its own.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "benches" / "instructions.json"
WORK = ROOT / "target" / "instructions"
PROGRAM = ROOT / "target" / "release" / "threadstance"
PROFILE = ROOT / "benches" / "corpus" / "profile.toml"
COMMENTS = 2_000
GROWTH = 1.05
MOST_BYTES = 12_000_000


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, cwd=ROOT, **options)


def corpus(name, *arguments):
    path = WORK / name
    with path.open("wb") as out:
        run("target/release/examples/corpus", *arguments, stdout=out)
    return path


def count(*arguments):
    """Instructions of one run of the program, on one thread."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, *arguments, "--threads", 1]
    done = run(*command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def cases():
    one = corpus("one.ndjson", 1, 7)
    lines = corpus("lines.ndjson", COMMENTS, 7)
    page = corpus("page.txt", COMMENTS, 7, "lemmy")
    settings = ["--profile", PROFILE, "--format", "json"]
    start = count("label", one, *settings)
    label = count("label", lines, *settings)
    thread = count("thread", page)
    return {
        "start: rules, one comment": start,
        f"label: NDJSON to NDJSON, a comment ({COMMENTS})": (label - start) // COMMENTS,
        f"thread: Lemmy page, a comment ({COMMENTS})": thread // COMMENTS,
    }


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    run("cargo", "build", "--release", "--bin", "threadstance", "--example", "corpus")
    compiler = run("rustc", "--version", stdout=subprocess.PIPE, text=True).stdout.strip()
    counted = cases()
    known = json.loads(BASELINE.read_text()) if BASELINE.exists() else {"compiler": compiler, "instructions": {}}
    if known["compiler"] != compiler:
        print(f"the baseline is of {known['compiler']}, this is {compiler}", file=sys.stderr)
    size = PROGRAM.stat().st_size
    grown = size > MOST_BYTES
    print(f"{'bytes of the program':<45}{size:>14,}{'   TOO MANY' if grown else ''}")
    for name, instructions in counted.items():
        before = known["instructions"].get(name)
        change = f"{100 * (instructions / before - 1):+.1f} %" if before else "new"
        flag = before and instructions > GROWTH * before
        grown |= bool(flag)
        print(f"{name:<45}{instructions:>14,}{change:>12}{'   GREW' if flag else ''}")
    if "--bless" in sys.argv:
        BASELINE.write_text(json.dumps({"compiler": compiler, "instructions": counted}, indent=2) + "\n")
        return 0
    return int(grown)


if __name__ == "__main__":
    sys.exit(main())
