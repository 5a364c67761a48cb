"""Where does each commenter stand on an allegation, with what sentiment, and which words say so?

Comments come as an Arrow table (pyarrow, polars, pandas, DuckDB, a Spark batch: anything with ``__arrow_c_stream__``)
with the columns ``id`` and ``text``, and ``parent_id``, ``thread_id``, ``author``, ``score``, ``created``, ``subject``,
``file``, ``state`` where they are known::

    import pyarrow as pa, threadstance

    comments = pa.table({"id": [1, 2], "parent_id": [None, 1], "text": ["A witch hunt.", "Source?"]})
    labels = threadstance.label(comments, profile="dprk-it-workers").to_pyarrow()
    labels["stance"]  # deny, query

Everything runs offline, and the same input gives the same labels.
"""

from ._labeller import InputWarning, Labeller, label, report, summarize
from ._pages import parse, read
from ._threadstance import Page, Table, ThreadstanceError, __version__, profiles

__all__ = [
    "InputWarning",
    "Labeller",
    "Page",
    "Table",
    "ThreadstanceError",
    "__version__",
    "label",
    "parse",
    "profiles",
    "read",
    "report",
    "summarize",
]
