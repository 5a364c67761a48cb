"""Labels the pages of ../seeds, prints the counts, and writes a report."""

from __future__ import annotations

import sys
from pathlib import Path

import threadstance

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def main() -> None:
    """Prints counts and paths; the folder of the report may be given."""
    out = sys.argv[1] if len(sys.argv) > 1 else "example-report"
    labeller = threadstance.Labeller("dprk-it-workers")
    pages = [threadstance.read(path) for path in sorted(SEEDS.glob("*.txt"))]
    print(f"{sum(map(len, pages))} comments on {len(pages)} pages")
    stance = labeller.summarize(pages)["stance"]
    print(", ".join(f"{name} {stance[name]['count']}" for name in ("support", "deny", "query", "comment")))
    for path in labeller.report(pages, out):
        print(path)


if __name__ == "__main__":
    main()
