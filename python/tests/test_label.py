"""What `label` gives is what the program writes."""

from __future__ import annotations

import json
import pickle
import threading
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import PROFILE, ROOT, as_records

import threadstance
from threadstance import InputWarning, Labeller, ThreadstanceError, label


def said(rows, program, **options):
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return program("label", "-", "--format", "json", *arguments, stdin=lines)


def test_rows_equal_those_of_the_program(rows, program):
    labelled = as_records(label(pa.Table.from_pylist(rows), PROFILE, name="-"))
    assert labelled == said(rows, program, profile=PROFILE)
    assert {row["stance"] for row in labelled} == {"support", "deny", "query", "comment"}
    assert sum(len(row["evidence"]) for row in labelled) > 300


def test_without_a_profile_and_with_weights_and_prefixes(rows, program):
    table = pa.Table.from_pylist(rows)
    assert as_records(label(table, name="-")) == said(rows, program)
    weighed = label(table, "rumour", weights="rumour", name="-")
    assert as_records(weighed) == said(rows, program, profile="rumour", weights="rumour")
    some = label(table, PROFILE, only=["question"], skip=["question.mark"], name="-")
    assert as_records(some) == said(rows, program, profile=PROFILE, only="question", skip="question.mark")


def test_chunks_do_not_matter(rows):
    table = pa.Table.from_pylist(rows)
    whole = as_records(label(table, PROFILE))
    stream = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=7))
    assert as_records(label(stream, PROFILE)) == whole
    assert as_records(label(table.combine_chunks().to_batches()[0], PROFILE)) == whole


@pytest.mark.parametrize("jobs", [2, 3, 64, 10_000])
def test_jobs_do_not_matter(rows, jobs):
    table = pa.Table.from_pylist(rows)
    assert as_records(label(table, PROFILE, jobs=jobs)) == as_records(label(table, PROFILE))
    assert len(label(table.slice(0, 0), jobs=jobs)) == 0


def test_labels_are_input_again(rows):
    once = label(pa.Table.from_pylist(rows), PROFILE)
    assert as_records(label(once, PROFILE)) == as_records(once)


def test_ids_and_scores_of_any_type_mean_the_same():
    texts = ["A witch hunt.", "Exactly.", "Source?"]
    plain = {"id": ["1", "2", "3"], "parent_id": [None, "1", "2"], "text": texts, "score": [4, None, -2]}
    expected = as_records(label(pa.table(plain), PROFILE))
    assert [row["parent_id"] for row in expected] == [None, "1", "2"]
    number = pa.table({**plain, "id": [1, 2, 3], "parent_id": pa.array([None, 1, 2])})
    nan = float("nan")
    floats = pa.table({**plain, "id": [1.0, 2.0, 3.0], "parent_id": [nan, 1.0, 2.0], "score": [4.0, nan, -2.2]})
    coded = pa.table({**plain, "parent_id": pa.array(plain["parent_id"]).dictionary_encode()})
    large = pa.table({**plain, "text": pa.array(texts, pa.large_string()), "id": pa.array(plain["id"], pa.string_view())})
    for table in (number, floats, coded, large):
        assert as_records(label(table, PROFILE)) == expected


def test_columns_may_have_other_names():
    table = pa.table({"name": ["1"], "body": ["A witch hunt."], "text": ["not this"]})
    (row,) = as_records(label(table, PROFILE, columns={"id": "name", "text": "body"}))
    assert (row["stance"], row["text"]) == ("deny", "A witch hunt.")


def test_empty_tables_keep_the_schema(rows):
    empty = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
    labelled = label(empty)
    assert len(labelled) == 0
    assert labelled.to_pyarrow().schema == label(pa.Table.from_pylist(rows)).to_pyarrow().schema
    assert len(label([])) == 0


def test_evidence_is_a_slice_of_the_text_in_bytes(rows):
    table = pa.table({"id": ["1"], "text": ["Grüße 🙂: this is a witch hunt."]})
    for row in as_records(label(table, PROFILE)) + as_records(label(pa.Table.from_pylist(rows), PROFILE)):
        for evidence in row["evidence"]:
            slice_ = row["text"].encode()[evidence["start"] : evidence["end"]]
            assert slice_.decode() == evidence["quote"]


def test_what_cannot_be_read_is_said():
    with pytest.raises(ThreadstanceError, match="no column `id`; it has: text; name another with columns="):
        label(pa.table({"text": ["x"]}))
    with pytest.raises(ThreadstanceError, match="no column `body`"):
        label(pa.table({"id": [1], "text": ["x"]}), columns={"text": "body"})
    with pytest.raises(ThreadstanceError, match="field `words` is unknown"):
        label(pa.table({"id": [1], "text": ["x"]}), columns={"words": "text"})
    with pytest.raises(TypeError, match="the column of `text` holds List"):
        label(pa.table({"id": [1], "text": [["x"]]}))
    with pytest.raises(TypeError):
        label({"id": [1], "text": ["x"]})
    with pytest.raises(ThreadstanceError, match="profile `nowhere` is unknown; give a file, or one of: dprk"):
        label(pa.table({"id": [1], "text": ["x"]}), "nowhere")
    with pytest.raises(ThreadstanceError, match="rule `pie` is unknown"):
        Labeller(only=["pie"])
    with pytest.raises(ValueError, match="jobs"):
        label(pa.table({"id": [1], "text": ["x"]}), jobs=0)
    with pytest.raises(FileNotFoundError):
        Labeller(weights="nowhere.toml")


def test_findings_are_warnings_one_a_kind():
    table = pa.table({"id": [1, 1, 2, 3], "parent_id": [None, None, 9, 8], "text": ["a", "b", "c", "d"]})
    with pytest.warns(InputWarning) as found:
        label(table)
    said = [str(warning.message) for warning in found]
    assert [text.split("]")[0] for text in said] == ["[P03", "[P07"]
    assert "table:3: the parent `9` is not in the input" in said[0] and "first of 2 findings" in said[0]
    assert all(Path(warning.filename).name == "test_label.py" for warning in found)


def test_a_profile_may_be_a_mapping_or_a_file(rows):
    table = pa.Table.from_pylist(rows)
    named = as_records(label(table, PROFILE))
    file = ROOT / "profiles" / f"{PROFILE}.toml"
    assert as_records(label(table, file)) == named
    own = {"claim": "Ode is said to have stolen a boat", "accused": ["Ode"], "deed": ["steal"], "id": None}
    boat = pa.table({"id": [1], "text": ["Ode never stole a boat."]})
    (row,) = as_records(label(boat, own))
    assert row["stance"] == "deny"
    with pytest.raises(ThreadstanceError, match="`deed` is empty"):
        label(boat, {"claim": "x", "accused": ["Ode"]})
    with pytest.raises(ThreadstanceError, match="unknown field `accuse`"):
        label(boat, {**own, "accuse": ["x"]})


def test_a_labeller_can_be_pickled(rows, tmp_path):
    profile = tmp_path / "own.toml"
    profile.write_text((ROOT / "profiles" / f"{PROFILE}.toml").read_text())
    labeller = Labeller(profile, skip=["question"])
    profile.unlink()
    table = pa.Table.from_pylist(rows)
    again = pickle.loads(pickle.dumps(labeller))
    assert as_records(again.label(table)) == as_records(labeller.label(table))


def test_other_threads_run_meanwhile(rows):
    many = pa.Table.from_pylist(rows * 20).set_column(0, "id", pa.array(range(len(rows) * 20)))
    many = many.drop_columns(["parent_id"])
    started, done, turns = threading.Event(), threading.Event(), 0

    def work():
        started.set()
        label(many, PROFILE)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    started.wait()
    while not done.wait(0.001):
        turns += 1
    worker.join()
    assert turns > 20, "the interpreter stood still while labelling"


def test_version_and_names():
    assert threadstance.__version__ and "dprk-it-workers" in threadstance.profiles()
    assert all(getattr(threadstance, name) is not None for name in threadstance.__all__)
