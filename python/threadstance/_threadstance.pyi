"""The compiled core. Its functions take plain tuples; call those of `threadstance`."""

from pathlib import Path
from typing import Any, final

__all__ = [
    "Labeller",
    "Page",
    "Table",
    "ThreadstanceError",
    "__version__",
    "parse",
    "profile_of_json",
    "profile_source",
    "profiles",
    "read",
    "run",
    "weights_source",
]
__version__: str

_Named = tuple[str, str]
_Reading = tuple[dict[str, str], str]
_Finding = tuple[str, str, str, str]
_Known = dict[str, str | None]

class ThreadstanceError(ValueError):
    """A step could not be done; the message names the place and the way out."""

@final
class Table:
    """An immutable Arrow table."""

    @property
    def num_rows(self) -> int:
        """Number of rows."""

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""

    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_pyarrow(self) -> Any:
        """The same as a `pyarrow.Table`; needs pyarrow 14 or newer."""

@final
class Page:
    """A page that was read. As an Arrow table it has a row for each comment, removed and missing ones included, with the
    columns `file`, `thread_id`, `path`, `id`, `parent_id`, `author`, `subject`, `text`, `score`, `created`, `state`."""

    @property
    def dialect(self) -> str:
        """How it was read, as `lemmy`."""

    @property
    def outline(self) -> str:
        """The tree of comments in words, an outline number a line."""

    @property
    def document(self) -> dict[str, Any]:
        """Everything as a dict, as `threadstance thread --format json` writes it."""

    def __len__(self) -> int:
        """Number of comments, without gaps."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Labeller:
    """The shipped rules compiled for a profile."""

    def __new__(
        cls, profile: _Named | None, weights: _Named | None, only: list[str], skip: list[str]
    ) -> Labeller: ...
    def label(self, comments: object, reading: _Reading, jobs: int) -> tuple[Table, list[_Finding]]:
        """The labels as a table, made on `jobs` threads of the system, and what was found in the input."""

    def summarize(
        self, comments: object, reading: _Reading, confidence: float
    ) -> tuple[str, list[_Finding]]:
        """The summary as JSON, and what was found in the input."""

    def report(
        self, comments: object, reading: _Reading, out: Path, options: dict[str, Any]
    ) -> tuple[list[Path], list[_Finding]]:
        """Writes a report; gives the paths, and what was found in the input."""

def parse(text: str, name: str, dialect: str | None, known: _Known) -> Page:
    """Reads a text as a page."""

def read(path: Path, dialect: str | None, known: _Known) -> Page:
    """Reads a file as a page."""

def profiles() -> list[str]:
    """Ids of the shipped profiles."""

def profile_source(name: str) -> _Named:
    """Name and text of a shipped profile or of one in a file."""

def weights_source(name: str) -> _Named:
    """Name and text of shipped weights or of those in a file."""

def profile_of_json(json: str) -> str:
    """A profile in JSON as the text of a profile."""

def run(arguments: list[str]) -> int:
    """Runs the program with its arguments, the first of which is its name; gives the exit code."""
