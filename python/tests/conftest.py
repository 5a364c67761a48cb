"""Shared by the tests: a small table, and what the program itself says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpus import comments

ROOT = Path(__file__).resolve().parents[2]
PROFILE = "dprk-it-workers"


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    """Some hundred comments in uneven threads, children before parents in places."""
    rows = list(comments(600, 80))
    return rows[300:] + rows[:300]


@pytest.fixture(scope="session")
def program() -> Callable[..., list[dict[str, Any]]]:
    """Runs the program with arguments; gives its NDJSON."""

    def run(*arguments: str, stdin: str = "") -> list[dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "threadstance", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def as_records(table: Any) -> list[dict[str, Any]]:
    """The rows of a table in the shape of NDJSON: no null subject, no effect of zero."""
    rows: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    for row in rows:
        if row["subject"] is None:
            del row["subject"]
        for evidence in row["evidence"]:
            evidence["effect"] = {side: odds for side, odds in evidence["effect"].items() if odds}
    return rows
