"""Reading of pages."""

from __future__ import annotations

import os
from pathlib import Path

from . import _threadstance as core
from ._threadstance import Page


def parse(
    text: str,
    *,
    name: str = "page.txt",
    dialect: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
) -> Page:
    """Reads a text as it was copied from a page, or an export of one.

    Args:
        text: The page.
        name: Its name, which becomes `file` and, where the text has no thread ids, the thread's id.
        dialect: How to read it; by default as what fits best. docs/formats.md lists them.
        outlet, title, date, url: What you know of the page; `date` is `YYYY-MM-DD`.

    Returns:
        A `Page`: its `outline` in words, its `document` as a dict (article, comments, diagnostics), and, for other
        libraries, the table of its comments. `label`, `summarize` and `report` take it as it is.

    Raises:
        ThreadstanceError: A page of no known shape, or of one from which comments cannot be told.
    """
    return core.parse(text, name, dialect, _known(outlet, title, date, url))


def read(
    path: str | os.PathLike[str],
    *,
    dialect: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    date: str | None = None,
    url: str | None = None,
) -> Page:
    """Reads a file as `parse` does; gzip, Zstandard and Parquet are unpacked.

    Raises:
        ThreadstanceError: As `parse`, or the file is not text.
        OSError: The file cannot be read.
    """
    return core.read(Path(path), dialect, _known(outlet, title, date, url))


def _known(outlet: str | None, title: str | None, date: str | None, url: str | None) -> dict[str, str | None]:
    return {"outlet": outlet, "title": title, "date": date, "url": url}
