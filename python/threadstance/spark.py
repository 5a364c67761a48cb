"""Labelling on Apache Spark: functions for `mapInArrow` and `applyInArrow`.

::

    from threadstance import spark as stance

    (spark.read.parquet("comments/")
        .repartition(200, "thread_id").sortWithinPartitions("thread_id")
        .mapInArrow(stance.label("dprk-it-workers"), stance.SCHEMA)
        .write.parquet("labels/"))

A task holds its largest thread and one batch; sorting is Spark's and spills to disk. The profile's text travels with the
function, so executors need the wheel and no files. docs/scale.md has the rest.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ._cut import cut, ordered
from ._labeller import InputWarning, Labeller, Profile

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = (
    "file string, thread_id string, path string, id string, parent_id string, author string, subject string, "
    "text string, score bigint, stance string, "
    "probabilities struct<support: double, deny: double, query: double, comment: double>, "
    "confidence double, unsure boolean, sentiment string, sentiment_score double, aspects array<string>, "
    "evidence array<struct<rule: string, start: bigint, end: bigint, quote: string, "
    "effect: struct<support: double, deny: double, query: double>>>"
)
"""The schema of labelled comments, in Spark's words."""

ORDER = ("created", "id")
"""Columns that put the rows of a thread in order."""


def label(
    profile: Profile | Labeller | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    order: Sequence[str] = ORDER,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function for `DataFrame.mapInArrow`, over rows sorted by thread within each partition.

    Args:
        profile: As in `threadstance.Labeller`, or such a labeller.
        columns: Other names of columns, by field, as `{"text": "body"}`.
        order: Columns by which the rows of a thread are put in order, since a shuffle gives them in none; what the table
            lacks is passed over. Comments are numbered (`path`) in this order.

    Returns:
        A function from record batches of comments to record batches of labels, of the schema `SCHEMA`. It raises
        ValueError on rows that are not sorted by thread, since a thread in two pieces would be labelled wrongly.
    """
    labeller = profile if isinstance(profile, Labeller) else Labeller(profile)
    names = dict(columns or {})
    thread = names.get("thread_id", "thread_id")

    def labelled(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for piece in cut(batches, thread):
            yield from _label(labeller, ordered(piece, (thread, *order)), names).to_batches()

    return labelled


def label_thread(
    profile: Profile | Labeller | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    order: Sequence[str] = ORDER,
) -> Callable[[pa.Table], pa.Table]:
    """A function for `groupBy("thread_id").applyInArrow`: simpler, and slower where threads are small.

    Args:
        profile, columns, order: As in `label`.
    """
    labeller = profile if isinstance(profile, Labeller) else Labeller(profile)
    names = dict(columns or {})

    def labelled(thread: pa.Table) -> pa.Table:
        return _label(labeller, ordered(thread, tuple(order)), names)

    return labelled


def _label(labeller: Labeller, table: pa.Table, names: Mapping[str, str]) -> pa.Table:
    with warnings.catch_warnings():
        # In a dump the first parent is the post, which is no comment: a finding for every thread.
        warnings.simplefilter("ignore", InputWarning)
        return labeller.label(table, columns=names).to_pyarrow()
