"""A real cluster labels a corpus with one huge thread; its rows are those of one machine, also if an executor is killed.

`run` beside this file installs what it needs. Settings: COMMENTS, LARGEST (rows in all, rows of the largest thread),
ARCHIVE (the packed environment of the executors), WORK (a folder).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute  # noqa: F401
import pyarrow.parquet as pq
import pytest
from cluster import HOST, Cluster
from example import labelled
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from corpus import comments  # noqa: E402

COMMENTS = int(os.environ.get("COMMENTS", "200000"))
LARGEST = int(os.environ.get("LARGEST", "50000"))
ARCHIVE = os.environ["ARCHIVE"]
PROFILE = "dprk-it-workers"
PARTITIONS = 24
FILES = 8


@dataclass
class Run:
    """What a job did."""

    seconds: float = 0.0
    killed_after: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(event["Event"] == kind for event in self.events)

    def lost_tasks(self) -> int:
        ends = [event for event in self.events if event["Event"] == "SparkListenerTaskEnd"]
        return sum(end["Task End Reason"]["Reason"] != "Success" for end in ends)

    def stages(self) -> int:
        return self.count("SparkListenerStageSubmitted")


@pytest.fixture(scope="module")
def work() -> Path:
    folder = Path(os.environ["WORK"]).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def corpus(work: Path) -> Path:
    """The comments shuffled over Parquet files: replies before parents, threads over all files."""
    table = pa.Table.from_pylist([{"file": "corpus", **comment} for comment in comments(COMMENTS, LARGEST)])
    sizes = table.group_by("thread_id").aggregate([("id", "count")])["id_count"]
    assert len(table) == COMMENTS and pa.compute.max(sizes).as_py() == LARGEST
    place = pa.array([n * 2_654_435_761 % 2**32 for n in range(len(table))])
    shuffled = table.take(pa.compute.sort_indices(place))
    (work / "corpus").mkdir()
    for number in range(FILES):
        start, end = (n * len(table) // FILES for n in (number, number + 1))
        pq.write_table(shuffled.slice(start, end - start), work / "corpus" / f"part-{number}.parquet")
    with open(work / "corpus.ndjson", "w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in table.to_pylist())
    return work / "corpus"


@pytest.fixture(scope="module")
def expected(work: Path, corpus: Path) -> list[str]:
    """The program's own rows on this machine, sorted."""
    command = [sys.executable, "-m", "threadstance", "label", str(work / "corpus.ndjson"), "--format", "json"]
    start = time.monotonic()
    with open(work / "labels.ndjson", "wb") as out:
        subprocess.run([*command, "--profile", PROFILE], stdout=out, stderr=subprocess.DEVNULL, check=True)
    print(f"\none machine, one process: {COMMENTS} comments in {time.monotonic() - start:.1f} s")
    with open(work / "labels.ndjson", encoding="utf-8") as lines:
        return sorted(canonical(json.loads(line)) for line in lines)


@pytest.fixture(scope="module")
def cluster(work: Path):
    with Cluster(work) as running:
        yield running


def canonical(row: dict[str, Any]) -> str:
    if row.get("subject") is None:
        row.pop("subject", None)
    for evidence in row["evidence"]:
        evidence["effect"] = {side: odds for side, odds in evidence["effect"].items() if odds}
    return json.dumps(row, sort_keys=True)


def rows(folder: Path) -> list[str]:
    return sorted(canonical(row) for row in pq.read_table(folder).to_pylist())


def run(cluster: Cluster, corpus: Path, out: Path, way: str = "map", kill: bool = False) -> Run:
    done = Run()
    logs = out.with_suffix(".events")
    logs.mkdir()
    spark = session(cluster.address, logs)
    killer = threading.Thread(target=kill_one, args=(spark, cluster, done), daemon=True)
    try:
        assert_executors_have_the_wheel(spark)
        if kill:
            killer.start()
        start = time.monotonic()
        frame = labelled(spark.read.parquet(str(corpus)), PROFILE, PARTITIONS, way)
        frame.write.mode("overwrite").parquet(str(out))
        done.seconds = time.monotonic() - start
    finally:
        spark.stop()
    (log,) = logs.iterdir()
    done.events = [json.loads(line) for line in log.read_text().splitlines()]
    return done


def session(address: str, logs: Path) -> SparkSession:
    os.environ["PYSPARK_PYTHON"], os.environ["SPARK_LOCAL_IP"] = "./env/bin/python", HOST
    settings = {
        "spark.archives": f"{ARCHIVE}#env",
        "spark.driver.bindAddress": HOST,
        "spark.driver.host": HOST,
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": logs.as_uri(),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.rolling.enabled": "false",
        "spark.executor.memory": "1g",
        "spark.log.level": "ERROR",
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
        "spark.sql.shuffle.partitions": str(PARTITIONS),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(address).appName("threadstance test")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def assert_executors_have_the_wheel(spark: SparkSession) -> None:
    def where(_: object):
        import threadstance

        yield threadstance.__file__

    places = set(spark.sparkContext.parallelize(range(4), 4).mapPartitions(where).collect())
    assert all("/env/lib/" in place for place in places), places


def kill_one(spark: SparkSession, cluster: Cluster, done: Run) -> None:
    """Waits until some tasks of the labelling stage are done and some run, then kills an executor."""
    tracker = spark.sparkContext.statusTracker()
    while not done.killed_after:
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info and info.numTasks == PARTITIONS and info.numCompletedTasks >= 3 and info.numActiveTasks > 0:
                os.kill(cluster.executors()[0], signal.SIGKILL)
                done.killed_after = f"{info.numCompletedTasks} of {info.numTasks} tasks"
                return
        time.sleep(0.02)


def test_sorted_partitions(cluster, corpus, expected, work):
    done = run(cluster, corpus, work / "map")
    print(f"\nmapInArrow: {done.seconds:.1f} s, {done.stages()} stages, {done.lost_tasks()} tasks lost")
    assert done.lost_tasks() == 0
    assert rows(work / "map") == expected


def test_an_executor_is_killed(cluster, corpus, expected, work):
    done = run(cluster, corpus, work / "killed", kill=True)
    removed = done.count("SparkListenerExecutorRemoved")
    print(
        f"\nmapInArrow, an executor killed after {done.killed_after}: {done.seconds:.1f} s, {done.stages()} stages, "
        f"{done.lost_tasks()} tasks lost, {removed} executor removed"
    )
    assert done.killed_after and done.lost_tasks() > 0 and removed >= 1, "nothing was lost: this shows nothing"
    assert rows(work / "killed") == expected


def test_threads_as_groups(cluster, corpus, expected, work):
    done = run(cluster, corpus, work / "group", way="group")
    print(f"\ngroupBy, applyInArrow: {done.seconds:.1f} s")
    assert rows(work / "group") == expected
