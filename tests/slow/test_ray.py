"""A Ray cluster of two nodes loses one of them, and the driver is killed: every row of the archive is answered once.

It needs Ray: pip install 'nutgraf[ray]'.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.archives import OPTIONS, expected_body, lethal_words, read_answers, rows, write_archive
from tests.service import ROOT

# Not imported yet, because Ray reads the environment when it is imported.
pytestmark = [
    pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray: pip install 'nutgraf[ray]'"),
    pytest.mark.filterwarnings("default"),  # Ray's
]

TOKEN = secrets.token_hex()
FILES, ROWS_PER_FILE = 20, 1_000
# The maximum time for a driver to start, and for the next file, on a busy machine.
PATIENCE = 300
# Rows whose answers are compared, spread over all files.
COMPARED = 400


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster that requires a token, with two nodes; the driver's node has one processor."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", TOKEN)
    monkeypatch.setenv("RAY_agent_register_timeout_ms", str(1_000 * PATIENCE))
    # Workers import this checkout, as the driver does, and a few words kill their processes.
    paths = [str(lethal_words(tmp_path_factory.mktemp("lethal"))), str(ROOT / "api"), str(ROOT)]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")]))
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        yield cluster
    finally:
        cluster.shutdown()


def driver(source: Path, target: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "nutgraf.cli", "archive", str(source), str(target), "--options", json.dumps(OPTIONS)]
    return subprocess.Popen([*command, *more], cwd=ROOT, stderr=subprocess.PIPE, text=True)


def wait_for(condition: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < ends, "It took too long."
        time.sleep(0.2)


def test_a_lost_node_and_a_killed_driver_lose_and_repeat_no_row(cluster: Any, tmp_path: Path, client: FlaskClient) -> None:
    source, target = write_archive(tmp_path / "in", FILES, ROWS_PER_FILE), tmp_path / "out"
    second = cluster.add_node(num_cpus=1)
    engine = ("--engine", "ray", "--address", cluster.address)

    def complete() -> int:
        return len([*target.rglob("*.parquet")])

    first_run = driver(source, target, *engine)
    wait_for(lambda: complete() >= FILES // 4, first_run)
    cluster.remove_node(second, allow_graceful=False)
    at_loss = complete()
    wait_for(
        lambda: complete() >= at_loss + 3, first_run
    )  # continues on one node, and repeats the unfinished work of the other
    wait_for(lambda: bool([*target.rglob(".*.unfinished")]), first_run)
    first_run.send_signal(signal.SIGKILL)
    first_run.communicate()
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*.parquet")}
    assert 0 < len(before) < FILES

    cluster.add_node(num_cpus=1)
    second_run = driver(source, target, *engine)
    said = second_run.communicate(timeout=4 * PATIENCE)[1]
    assert second_run.returncode == 0, said
    assert f"{len(before)} files had been answered by an earlier run" in said
    assert {path: path.stat().st_mtime_ns for path in before} == before  # no complete file is written again
    assert [*target.rglob(".*.unfinished")] == []

    answers = [*read_answers(target)]
    sent = [
        row for path in sorted(source.rglob("*.parquet")) for row in rows(int(path.stem[-3:]) * ROWS_PER_FILE, ROWS_PER_FILE)
    ]
    assert len({row["text"] for row in sent}) == FILES * ROWS_PER_FILE
    assert [answer["id"] for answer in answers] == [row["id"] for row in sent]
    assert {answer["status"] for answer in answers} == {200}
    for at in range(0, len(sent), len(sent) // COMPARED):
        assert answers[at]["body"] == expected_body(sent[at])
    for at in (0, 1_234, len(sent) - 1):
        response = client.post("/summarize", json={"articles": [sent[at]], **OPTIONS})
        assert response.get_data(as_text=True) == answers[at]["body"] + "\n"


def test_rows_that_kill_their_processes_do_not_stop_the_archive(cluster: Any, tmp_path: Path) -> None:
    """The process that computes an answer, or the worker itself: such rows get a problem, and the others their answers."""
    texts = ["Ice closed the canal.", "A lethal dose.", "The ferry ran.", "A disastrous day.", "Snow fell."]
    source, target = tmp_path / "in.ndjson", tmp_path / "out"
    source.write_text("\n".join(json.dumps({"id": f"ap-{at}", "text": text}) for at, text in enumerate(texts)))
    run = driver(source, target, "--engine", "ray", "--address", cluster.address)
    said = run.communicate(timeout=PATIENCE)[1]
    assert run.returncode == 0, said
    assert "5 rows of 1 file answered, 2 rows with a problem." in said
    lines = [json.loads(line) for line in (target / source.name).read_text().splitlines()]
    assert [(line["id"], line["status"]) for line in lines] == [
        ("ap-0", 200), ("ap-1", 500), ("ap-2", 200), ("ap-3", 500), ("ap-4", 200),
    ]  # fmt: skip


def answer_with_ray_data(address: str, source: str, target: str) -> None:
    """Reads a folder of Parquet files and writes another one, as docs/scale.md shows."""
    import pyarrow
    import ray

    from nutgraf.arrow import summarize_batches

    def answer(table: Any) -> Any:
        return pyarrow.Table.from_batches(summarize_batches(table.to_batches(), options=OPTIONS))

    ray.init(address)
    ray.data.read_parquet(source).map_batches(answer, batch_format="pyarrow", batch_size=256).write_parquet(target)


@pytest.mark.skipif(find_spec("pandas") is None, reason="needs Ray Data: pip install 'ray[data]'")
def test_ray_data_gives_the_same_answers(cluster: Any, tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", 2, 300), tmp_path / "out"
    code = "import sys; from tests.slow.test_ray import answer_with_ray_data; answer_with_ray_data(*sys.argv[1:])"
    command = [sys.executable, "-c", code, cluster.address, str(source), str(target)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-5_000:]
    answers = {row["id"]: row for row in read_answers(target)}
    assert len([*read_answers(target)]) == len(answers) == 600
    for row in rows(0, 600)[::13]:
        assert answers[row["id"]]["body"] == expected_body(row)


def test_the_cluster_refuses_requests_without_the_token(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = write_archive(tmp_path / "in", 1, 1), tmp_path / "out"
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex())
    run = driver(source, target, "--engine", "ray", "--address", cluster.address)
    said = run.communicate(timeout=PATIENCE)[1]
    assert run.returncode != 0
    assert "token" in said.lower()
    assert [*target.rglob("*.parquet")] == []
