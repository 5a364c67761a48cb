"""Arrow in and out of each library."""

from __future__ import annotations

import pyarrow as pa
import pytest
from conftest import PROFILE

from threadstance import Table, label

ROWS = {"id": ["1", "2", "3"], "parent_id": [None, "1", "1"], "text": ["A witch hunt.", "Exactly.", "Grüße 🙂"]}


@pytest.fixture
def stances() -> list[str]:
    labelled = label(pa.table(ROWS), PROFILE).to_pyarrow()
    assert labelled["stance"].to_pylist() == ["deny", "deny", "comment"]
    return labelled["stance"].to_pylist()


def test_pyarrow(stances):
    batch = pa.RecordBatch.from_pydict(ROWS)
    labelled = label(batch, PROFILE)
    assert isinstance(labelled, Table) and len(labelled) == labelled.num_rows == 3
    assert pa.schema(labelled).names == labelled.column_names
    taken = pa.table(labelled)
    taken.validate(full=True)
    assert taken["stance"].to_pylist() == stances
    assert taken["evidence"][0][0]["quote"].as_py() == "witch hunt"
    assert "3 rows" in repr(labelled)


def test_polars(stances):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(label(polars.DataFrame(ROWS), PROFILE))
    assert frame["stance"].to_list() == stances
    quotes = frame.explode("evidence").unnest("evidence").filter(polars.col("quote") == "witch hunt")
    assert quotes["rule"].to_list()[0].startswith("epistemic.")


def test_pandas(stances):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({**ROWS, "id": [1, 2, 3], "parent_id": [None, 1, 1]})
    assert frame["parent_id"].dtype == "float64", "pandas has no whole numbers beside nulls"
    labelled = label(frame, PROFILE)
    back = labelled.to_pyarrow().to_pandas()
    assert back["stance"].tolist() == stances
    assert back["parent_id"].tolist()[1:] == ["1", "1"]
    if hasattr(pandas.DataFrame, "from_arrow"):
        assert pandas.DataFrame.from_arrow(labelled)["stance"].tolist() == stances


def test_duckdb(stances):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    comments = pa.table(ROWS)
    relation = connection.sql("select * from comments order by id")
    labels = label(relation, PROFILE)
    counted = connection.sql("select stance, count(*) from labels group by stance order by stance").fetchall()
    assert counted == [("comment", 1), ("deny", 2)]
    found = connection.sql("select e.quote from (select unnest(evidence) e from labels) where e.effect.deny > 0")
    assert ("witch hunt",) in found.fetchall()
    assert len(comments) == 3 and stances


def test_a_table_can_be_taken_twice():
    labelled = label(pa.table(ROWS), PROFILE)
    assert pa.table(labelled) == pa.table(labelled)


def test_a_schema_can_be_asked_for():
    labelled = label(pa.table(ROWS), PROFILE)
    wish = pa.schema([f.with_type(pa.large_string()) if f.type == pa.string() else f for f in pa.schema(labelled)])
    assert pa.table(labelled, schema=wish)["text"].type == pa.large_string()
