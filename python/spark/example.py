"""Labels comments on Apache Spark.

    python example.py comments/ labels/ --profile dprk-it-workers --partitions 200

`comments/` is Parquet with the columns `id`, `thread_id`, `text` and what else is known (`parent_id`, `author`, `score`,
`created`, `subject`); `labels/` becomes Parquet too. The master, the memory and how the wheel reaches the executors are
given as to any Spark program, with spark-submit or in spark-defaults.conf; docs/scale.md has commands.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from threadstance import spark as stance

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def labelled(comments: DataFrame, profile: str | None, partitions: int, way: str = "map") -> DataFrame:
    """The labels of a frame of comments."""
    if way == "group":
        return comments.groupBy("thread_id").applyInArrow(stance.label_thread(profile), stance.SCHEMA)
    by_thread = comments.repartition(partitions, "thread_id").sortWithinPartitions("thread_id")
    return by_thread.mapInArrow(stance.label(profile), stance.SCHEMA)


def main() -> None:
    """Reads, labels and writes Parquet."""
    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("comments", help="Parquet of comments")
    parser.add_argument("labels", help="folder for the labels")
    parser.add_argument("--profile", help="id of a shipped profile, or a file")
    parser.add_argument("--partitions", type=int, default=200, help="three or more for each core")
    parser.add_argument("--way", choices=["map", "group"], default="map")
    given = parser.parse_args()
    spark = SparkSession.builder.appName("threadstance").getOrCreate()
    frame = labelled(spark.read.parquet(given.comments), given.profile, given.partitions, given.way)
    frame.write.mode("overwrite").parquet(given.labels)
    spark.stop()


if __name__ == "__main__":
    main()
