"""Pages: `parse`, `read`, their labels, reports."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys

import pyarrow as pa
import pytest
from conftest import PROFILE, ROOT, as_records

from threadstance import ThreadstanceError, label, parse, read, report, summarize

PAGE = "Ferry late again\n3 Comments\nAda\nThis is a witch hunt by the DOJ.\nBo\nThe tea is cold.\nCy\nSource?\n"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def test_a_text_becomes_a_tree():
    page = parse(PAGE, name="ferry.txt", outlet="Quay News", date="2031-05-17")
    assert (len(page), page.dialect) == (3, "named-list")
    assert page.outline.startswith("1 Ada\n    This is a witch hunt")
    assert page.document["origin"]["outlet"] == "Quay News"
    table = pa.table(page)
    assert table["id"].to_pylist() == ["ferry.txt#1", "ferry.txt#2", "ferry.txt#3"]
    assert table["text"].to_pylist()[2] == "Source?"


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_pages_equal_those_of_the_program(seed, program):
    page = read(seed)
    name = str(seed.relative_to(ROOT))
    (document,) = program("thread", name, "--format", "json")
    # The program completes the origin from outlets.toml.
    strip = lambda d: {key: value for key, value in d.items() if key not in ("origin", "file", "diagnostics")}
    assert strip(page.document) == strip(document)
    expected = program("label", name, "--format", "json", "--profile", PROFILE)
    labelled = as_records(label(page, PROFILE))
    assert [{**row, "file": name} for row in labelled] == expected
    again = as_records(label(parse(seed.read_text(), name=name), PROFILE))
    assert again == expected


def test_several_pages_make_one_table():
    pages = [read(seed) for seed in SEEDS]
    assert len(label(pages, PROFILE)) == sum(len(label(page, PROFILE)) for page in pages) == 17
    summary = summarize(pages, PROFILE)
    assert summary["header"]["pages"] == 5 and summary["stance"]["n"] == 17


def test_a_report_holds_what_the_program_writes(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    shutil.copy(SEEDS[0], folder / "a.txt")
    ours = report(read(folder / "a.txt"), tmp_path / "ours", PROFILE, html=True)
    command = [sys.executable, "-m", "threadstance", "report", str(folder / "a.txt"), "--out", str(tmp_path / "its")]
    subprocess.run([*command, "--profile", PROFILE, "--html"], check=True, capture_output=True)
    names = sorted(path.name for path in ours)
    assert names == sorted(path.name for path in (tmp_path / "its").iterdir())
    # The manifest holds the program's own arguments.
    for name in set(names) - {"manifest.json"}:
        digest = [hashlib.sha256((tmp_path / d / name).read_bytes()).hexdigest() for d in ("ours", "its")]
        assert digest[0] == digest[1], name
    summary = json.loads((tmp_path / "ours" / "summary.json").read_text())
    assert summary == summarize(read(folder / "a.txt"), PROFILE)


def test_a_report_of_a_table(rows, tmp_path):
    table = pa.Table.from_pylist(rows)
    paths = report(table, tmp_path, PROFILE, figures=["stance_by_depth"], dark=True, title="Turnips")
    assert {path.name for path in paths} >= {"labels.csv", "stance_by_depth.svg", "stance_by_depth.png"}
    assert "Turnips" in (tmp_path / "stance_by_depth.svg").read_text()
    assert summarize(table, PROFILE)["stance"]["n"] == len(rows)
    with pytest.raises(ThreadstanceError, match="figure `pie` is unknown"):
        report(table, tmp_path, figures=["pie"])
    with pytest.raises(ValueError, match="confidence"):
        summarize(table, confidence=95)


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(FileNotFoundError) as found:
        read(tmp_path / "nowhere.txt")
    assert found.value.filename.endswith("nowhere.txt")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\0")
    with pytest.raises(ThreadstanceError, match="binary"):
        read(tmp_path / "a.png")
    with pytest.raises(ThreadstanceError, match="dialect `pie` is unknown"):
        parse(PAGE, dialect="pie")


def test_the_program_gives_its_exit_codes():
    run = lambda *words: subprocess.run([sys.executable, "-m", "threadstance", *words], capture_output=True, text=True)
    assert run("--version").stdout.startswith("threadstance 0.")
    assert run("label", "nowhere.txt").returncode == 2
    assert run("label").returncode == 2 and run("pie").returncode == 2
