"""The border cutter, and the functions for Spark without Spark."""

from __future__ import annotations

import pickle
import random

import pyarrow as pa
import pytest
from conftest import PROFILE, as_records

from threadstance import Labeller, label, spark
from threadstance._cut import cut, ordered


def batches(*threads):
    """Each argument is a batch: a list of thread ids."""
    number = iter(range(10**6))
    schema = pa.schema([("thread_id", pa.string()), ("id", pa.int64())])
    rows = [{"thread_id": pa.array(ids, pa.string()), "id": [next(number) for _ in ids]} for ids in threads]
    return [pa.RecordBatch.from_pydict(row, schema=schema) for row in rows]


def pieces(*threads):
    return [piece["thread_id"].to_pylist() for piece in cut(iter(batches(*threads)))]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([[]], []),
        ([[], []], []),
        ([["a"]], [["a"]]),
        ([["a", "a"], ["a"]], [["a", "a", "a"]]),
        ([["a"], ["a"], ["a"]], [["a", "a", "a"]]),
        ([["a"], ["b"], ["c"]], [["a"], ["b"], ["c"]]),
        ([["a", "b"], ["b", "c"]], [["a"], ["b", "b"], ["c"]]),
        ([["a", "b"], ["b"], ["b", "c", "d"]], [["a"], ["b", "b", "b", "c"], ["d"]]),
        ([["a", "a"], [], ["a", "b"], []], [["a", "a", "a"], ["b"]]),
        ([[None, None], [None, "a"], ["a"]], [[None, None, None], ["a", "a"]]),
    ],
)
def test_pieces_are_whole_threads(given, expected):
    assert pieces(*given) == expected


def test_any_cut_of_sorted_rows_gives_the_same_threads():
    draw = random.Random(11)
    for _ in range(300):
        ids = sorted(draw.choices("abcdefgh", k=draw.randint(1, 40)))
        borders = sorted(draw.choices(range(len(ids) + 1), k=draw.randint(0, 8)))
        parts = [ids[a:b] for a, b in zip([0, *borders], [*borders, len(ids)])]
        out = list(cut(batches(*parts)))
        assert [i for piece in out for i in piece["id"].to_pylist()] == list(range(len(ids)))
        held = [set(piece["thread_id"].to_pylist()) for piece in out]
        assert sum(len(threads) for threads in held) == len(set(ids)), "no thread stands in two pieces"


@pytest.mark.parametrize("given", [[["b", "a"]], [["b"], ["a"]], [["a"], [None]], [["a", None]], [["a", "b", "a"]]])
def test_rows_that_are_not_sorted_are_refused(given):
    with pytest.raises(ValueError, match="not sorted by `thread_id`"):
        pieces(*given)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="no column `thread`.*thread_id, id"):
        list(cut(batches(["a"]), "thread"))


def test_numbers_may_be_threads():
    batch = pa.RecordBatch.from_pydict({"thread_id": [1, 1, 2]})
    assert [piece.num_rows for piece in cut([batch])] == [2, 1]


def test_rows_are_put_in_order_by_what_is_there():
    table = pa.table({"id": ["2", "1"], "text": ["b", "a"]})
    assert ordered(table, ("created", "id"))["text"].to_pylist() == ["a", "b"]
    assert ordered(table, ("created",)) is table


@pytest.mark.parametrize("size", [1, 7, 80, 10_000])
def test_batches_of_shuffled_rows_give_the_rows_of_one_table(rows, size):
    table = pa.Table.from_pylist(rows).sort_by([("thread_id", "ascending"), ("id", "ascending")])
    expected = as_records(label(table, PROFILE))
    shuffled = list(rows)
    random.Random(3).shuffle(shuffled)
    # Sorted by thread alone, as after a shuffle.
    spread = pa.Table.from_pylist(shuffled).sort_by("thread_id").to_batches(max_chunksize=size)
    function = pickle.loads(pickle.dumps(Labeller(PROFILE)))
    out = list(spark.label(function)(iter(spread)))
    assert as_records(Given(pa.Table.from_batches(out))) == expected
    assert list(spark.label(PROFILE)(iter([]))) == []
    assert len(expected) == len(rows)


def test_one_thread_at_a_time_gives_the_same(rows):
    table = pa.Table.from_pylist(rows).sort_by([("thread_id", "ascending"), ("id", "ascending")])
    function = spark.label_thread(PROFILE)
    threads = [table.filter(pa.compute.equal(table["thread_id"], t)) for t in table["thread_id"].unique()]
    out = pa.concat_tables([function(thread.take(list(range(len(thread)))[::-1])) for thread in threads])
    assert as_records(Given(out)) == as_records(label(table, PROFILE))


def test_the_schema_in_words_is_that_of_the_table():
    schema = pa.schema(label(pa.table({"id": [1], "text": ["x"]})))
    fields = ", ".join(f"{field.name} {words(field.type)}" for field in schema)
    assert spark.SCHEMA == fields


def words(kind):
    if pa.types.is_struct(kind):
        return "struct<" + ", ".join(f"{f.name}: {words(f.type)}" for f in kind) + ">"
    if pa.types.is_list(kind):
        return f"array<{words(kind.value_type)}>"
    return {"int64": "bigint", "bool": "boolean"}.get(str(kind), str(kind))


class Given:
    """A pyarrow table where one of threadstance is expected."""

    def __init__(self, table):
        self.table = table

    def to_pyarrow(self):
        return self.table
