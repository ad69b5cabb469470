"""Spark answers an archive through the same function.

It needs Spark and Java: pip install pyspark, and Debian's openjdk-17-jre-headless.
"""

import os
import shutil
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from nutgraf.arrow import SPARK_SCHEMA, summarize_batches
from tests.archives import OPTIONS, expected_body, read_answers, rows, write_archive
from tests.service import ROOT

FILES, ROWS_PER_FILE = 4, 500
COMPARED = 200

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="needs Spark: pip install pyspark"),
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java: apt-get install openjdk-17-jre-headless"),
]


def answer_with_spark(source: str, target: str) -> None:
    """Reads a folder of Parquet and writes one; what docs/scale.md shows."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    articles = spark.read.option("recursiveFileLookup", "true").parquet(source)
    articles.mapInArrow(partial(summarize_batches, options=OPTIONS), SPARK_SCHEMA).write.parquet(target)
    spark.stop()


def test_spark_gives_the_answers_of_http(tmp_path: Path, client: FlaskClient) -> None:
    source, target = write_archive(tmp_path / "in", FILES, ROWS_PER_FILE), tmp_path / "out"
    code = "import sys; from tests.slow.test_spark import answer_with_spark; answer_with_spark(*sys.argv[1:])"
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "api"), str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    run = subprocess.run(
        [sys.executable, "-c", code, str(source), str(target)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-5_000:]
    answers: dict[str, Any] = {row["id"]: row for row in read_answers(target)}
    sent = rows(0, FILES * ROWS_PER_FILE)
    assert len([*read_answers(target)]) == len(sent)
    assert answers.keys() == {row["id"] for row in sent}
    assert {row["status"] for row in answers.values()} == {200}
    for row in sent[:: len(sent) // COMPARED]:
        assert answers[row["id"]]["body"] == expected_body(row)
    response = client.post("/summarize", json={"articles": [sent[7]], **OPTIONS})
    assert response.get_data(as_text=True) == answers["7"]["body"] + "\n"
