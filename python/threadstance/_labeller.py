"""Labelling of tables and pages."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from . import _threadstance as core
from ._threadstance import Page, Table


class ArrowStream(Protocol):
    """A table of any library that speaks Arrow's PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class ArrowArray(Protocol):
    """A record batch of any such library."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


Comments: TypeAlias = ArrowStream | ArrowArray | Page | Sequence[Page]
Profile: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]
Named: TypeAlias = tuple[str, str]


class InputWarning(UserWarning):
    """Rows or lines that were repaired or left out; docs/diagnostics.md tells what each code means."""


class Labeller:
    """The shipped rules compiled for one allegation.

    Compiling takes some milliseconds and is done once for equal arguments. A labeller can be pickled: it goes by the text
    of its profile, so it works on machines that have no such file.

    Args:
        profile: The allegation: the id of a shipped profile (see `profiles()`), the path of a TOML file, or a mapping
            with the keys of such a file (`claim`, `accused` and `deed` are needed; `accuser`, `defender`,
            `claim_terms`). Without it the generic rules run alone, which costs accuracy.
        weights: Fitted weights: the name of shipped ones (`rumour`) or the path of a file of `threadstance fit`.
        only: Run only rules whose id begins with one of these.
        skip: Leave out rules whose id begins with one of these.

    Raises:
        ThreadstanceError: The profile or a rule is unknown, or a file holds a mistake; the message names the place.
        FileNotFoundError: There is no such file of weights.
    """

    def __init__(
        self,
        profile: Profile | None = None,
        *,
        weights: str | os.PathLike[str] | None = None,
        only: Sequence[str] = (),
        skip: Sequence[str] = (),
    ) -> None:
        named = None if weights is None else core.weights_source(os.fspath(weights))
        self._set(_profile(profile), named, tuple(only), tuple(skip))

    def _set(self, *parts: Any) -> None:
        self._parts = parts
        self._core = _compiled(*parts)

    def __getstate__(self) -> tuple[Any, ...]:
        return self._parts

    def __setstate__(self, parts: tuple[Any, ...]) -> None:
        self._set(*parts)

    def label(
        self,
        comments: Comments,
        *,
        columns: Mapping[str, str] | None = None,
        name: str = "table",
        jobs: int = 1,
    ) -> Table:
        """Labels every comment that has words. See `threadstance.label`."""
        if jobs < 1:
            raise ValueError("jobs must be at least 1")
        table, findings = self._core.label(comments, (dict(columns or {}), name), jobs)
        _warn(findings)
        return table

    def summarize(
        self,
        comments: Comments,
        *,
        columns: Mapping[str, str] | None = None,
        name: str = "table",
        confidence: float = 0.95,
    ) -> dict[str, Any]:
        """Counts, shares, intervals and tests. See `threadstance.summarize`."""
        _check(confidence)
        text, findings = self._core.summarize(comments, (dict(columns or {}), name), confidence)
        _warn(findings)
        summary: dict[str, Any] = json.loads(text)
        return summary

    def report(
        self,
        comments: Comments,
        out: str | os.PathLike[str],
        *,
        columns: Mapping[str, str] | None = None,
        name: str = "table",
        figures: Sequence[str] = (),
        html: bool = False,
        dark: bool = False,
        width: int = 900,
        dpi: int = 192,
        title: str | None = None,
        confidence: float = 0.95,
        quote_limit: int | None = None,
    ) -> list[Path]:
        """Writes summaries, tables and figures into a folder. See `threadstance.report`."""
        _check(confidence)
        options = {
            "figures": list(figures),
            "html": html,
            "dark": dark,
            "width": width,
            "dpi": dpi,
            "title": title,
            "confidence": confidence,
            "quote_limit": quote_limit,
        }
        paths, findings = self._core.report(comments, (dict(columns or {}), name), Path(out), options)
        _warn(findings)
        return paths


def label(
    comments: Comments,
    profile: Profile | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    name: str = "table",
    jobs: int = 1,
    weights: str | os.PathLike[str] | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> Table:
    """Labels the stance and sentiment of every comment, with the words that decided.

    Args:
        comments: A table (or record batch, or stream) of comments, a page of `parse` or `read`, or a list of pages. A
            table needs `id` and `text`; of `parent_id`, `thread_id`, `author`, `score`, `created`, `subject`, `file` and
            `state` (`removed` or `missing` where there are no words) it takes what is there. Ids may be texts or
            numbers. Rows may stand in any order; without `thread_id` they are one thread.
        profile, weights, only, skip: See `Labeller`.
        columns: Other names of columns, by field, as `{"text": "body"}`.
        name: What `file` says for rows without one.
        jobs: Cores to use, of which each takes whole threads. The rows and their order stay the same.

    Returns:
        A table with a row for each comment with words: threads by first appearance, in each a comment before its replies.
        Columns: `file`, `thread_id`, `path` (outline number, as 3.1), `id`, `parent_id`, `author`, `subject`, `text`,
        `score` (int64), `stance` (support, deny, query, comment), `probabilities` (struct of four float64 that sum to 1),
        `confidence` (float64 in [0, 1]), `unsure` (bool), `sentiment` (negative, neutral, positive), `sentiment_score`
        (float64 in [-1, 1]), `aspects` (list of string), `evidence` (list of struct of `rule`, `start`, `end`, `quote`,
        `effect`). `start` and `end` are UTF-8 byte offsets, half-open, into `text` (for pages: into the page);
        `effect` is a struct of log-odds toward support, deny and query.

    Raises:
        ThreadstanceError: A column is missing, or as in `Labeller`.
        TypeError: A column holds neither texts nor numbers, or `comments` is no table.
        ValueError: `jobs` is less than 1.

    Warns:
        InputWarning: Rows were left out or repaired, one warning a kind.

    Other Python threads run meanwhile.
    """
    labeller = Labeller(profile, weights=weights, only=only, skip=skip)
    return labeller.label(comments, columns=columns, name=name, jobs=jobs)


def summarize(
    comments: Comments,
    profile: Profile | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    name: str = "table",
    confidence: float = 0.95,
) -> dict[str, Any]:
    """Labels and counts: the dict of `summary.json`, with stances per outlet and thread, intervals and tests.

    Args:
        comments, profile, columns, name: As in `label`.
        confidence: Two-sided confidence of the intervals, in (0, 1).

    Raises:
        As `label`; ValueError for a confidence outside of (0, 1).
    """
    return Labeller(profile).summarize(comments, columns=columns, name=name, confidence=confidence)


def report(
    comments: Comments,
    out: str | os.PathLike[str],
    profile: Profile | None = None,
    **options: Any,
) -> list[Path]:
    """Labels and writes `summary.md`, `summary.json`, `summary.tex`, `labels.csv`, `manifest.json` and the figures.

    Args:
        comments, profile: As in `label`.
        out: Folder, which is made where it is missing.
        columns, name: As in `label`.
        figures: Names of figures; all without them.
        html: Write `report.html` too.
        dark: Light ink on dark ground.
        width: Width of the figures in pixels, 560 to 2400.
        dpi: Dots an inch of the PNG files, 72 to 600.
        title: Title in place of the figures' own.
        confidence: Two-sided confidence of the intervals, in (0, 1).
        quote_limit: Cut quoted words to so many characters.

    Returns:
        The paths that were written.

    Raises:
        As `label`; OSError if the file system refuses; ThreadstanceError for an unknown figure.
    """
    return Labeller(profile).report(comments, out, **options)


@lru_cache(maxsize=32)
def _compiled(
    profile: Named | None, weights: Named | None, only: tuple[str, ...], skip: tuple[str, ...]
) -> core.Labeller:
    return core.Labeller(profile, weights, list(only), list(skip))


def _profile(profile: Profile | None) -> Named | None:
    if profile is None:
        return None
    if isinstance(profile, Mapping):
        given = {key: value for key, value in profile.items() if value is not None}
        return ("profile", core.profile_of_json(json.dumps(given)))
    return core.profile_source(os.fspath(profile))


def _check(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1, as 0.95")


def _warn(findings: list[tuple[str, str, str, str]]) -> None:
    """One warning a code, with its first finding."""
    kinds: dict[str, list[tuple[str, str, str]]] = {}
    for code, *rest in findings:
        kinds.setdefault(code, []).append((rest[0], rest[1], rest[2]))
    for code, found in sorted(kinds.items()):
        place, message, help = found[0]
        times = "" if len(found) == 1 else f" (the first of {len(found)} findings)"
        warnings.warn(f"[{code}] {place}: {message}; {help}{times}", InputWarning, stacklevel=4)
