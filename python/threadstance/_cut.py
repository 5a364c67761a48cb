"""The border cutter: batches of sorted rows become tables of whole threads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def cut(batches: Iterable[pa.RecordBatch], column: str = "thread_id") -> Iterator[pa.Table]:
    """Cuts a stream of record batches, sorted by `column` (nulls first), at the borders of threads.

    Yields:
        Tables of one or more whole threads, with all rows in their order. Memory: the largest thread and one batch.

    Raises:
        ValueError: The rows are not sorted, or there is no such column.
    """
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    for batch in batches:
        if batch.num_rows == 0:
            continue
        threads = batch.column(_index(batch, column))
        before = held[-1].column(_index(batch, column))[-1] if held else None
        _check(threads, before, column)
        border = _last_thread(threads)
        if border == 0 and before is not None and _same(before, threads[0]):
            held.append(batch)
            continue
        if border > 0:
            held.append(batch.slice(0, border))
        if held:
            yield pa.Table.from_batches(held)
        held = [batch.slice(border)]
    if held:
        yield pa.Table.from_batches(held)


def ordered(table: pa.Table, columns: Iterable[str]) -> pa.Table:
    """The rows by those of `columns` that the table has, nulls last."""
    known = [(name, "ascending") for name in columns if name in table.column_names]
    return table.sort_by(known) if known else table


def _index(batch: pa.RecordBatch, column: str) -> int:
    index = batch.schema.get_field_index(column)
    if index < 0:
        names = ", ".join(batch.schema.names)
        raise ValueError(f"the rows have no column `{column}` to cut at; they have: {names}")
    return int(index)


def _last_thread(threads: Any) -> int:
    """Index of the first row of the last thread."""
    last = threads[-1]
    return bisect_left(range(len(threads)), True, key=lambda i: _same(threads[i], last))


def _same(one: Any, other: Any) -> bool:
    return bool(one.as_py() == other.as_py())


def _check(threads: Any, before: Any, column: str) -> None:
    import pyarrow.compute as pc

    falls = pc.less(threads.slice(1), threads.slice(0, len(threads) - 1))
    # A null after a thread compares as null; nulls that come first are counted at the start.
    nulls = threads.null_count
    scattered = nulls > 0 and threads.slice(0, nulls).null_count < nulls
    first = threads[0].as_py()
    earlier = before is not None and before.as_py() is not None and (first is None or first < before.as_py())
    if earlier or scattered or pc.any(falls).as_py():
        raise ValueError(f'the rows are not sorted by `{column}`; call .sortWithinPartitions("{column}") first')
