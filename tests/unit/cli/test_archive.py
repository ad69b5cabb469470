"""Each file of an archive gets one file of answers, once, with the same bytes as over HTTP."""

import fcntl
import gzip
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from nutgraf import __version__
from nutgraf.arrow import ANSWER_SCHEMA, SLICE_ROWS, answer_settings, summarize_batches
from nutgraf.cli import archive_engines, archive_files, archive_processing
from nutgraf.cli.archive_engines import EngineError
from nutgraf.cli.main import main
from nutgraf.samples import sample
from tests.archives import OPTIONS, expected_body, read_answers, rows, write_archive
from tests.service import ROOT


def archive(source: Path, target: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["archive", str(source), str(target), "--options", json.dumps(OPTIONS), *more])


def succeeds(source: Path, target: Path, *more: str) -> str:
    result = archive(source, target, *more)
    assert result.exit_code == 0, result.output
    return result.output


class Direct:
    """An engine that computes in this thread and counts batches."""

    workers = 1

    def __init__(self, fail_at: int = -1) -> None:
        self.submitted = 0
        self.largest = 0
        self._fail_at = fail_at

    def submit(self, batch: pa.RecordBatch) -> Any:
        self.submitted += 1
        self.largest = max(self.largest, batch.num_rows)
        if self.submitted == self._fail_at:
            raise EngineError("The cluster is gone.")
        return lambda: next(summarize_batches([batch], options=OPTIONS))

    def close(self) -> None:
        pass


def run(source: Path, target: Path, engine: Direct) -> archive_processing.Outcome:
    with archive_processing.output_lock(target, OPTIONS, answer_settings()):
        plan = archive_processing.plan(source, target)
        return archive_processing.run(plan, engine, 100_000, progress=lambda rows, read: None)


def test_each_parquet_file_gets_a_file_of_answers(tmp_path: Path, client: FlaskClient) -> None:
    source, target = write_archive(tmp_path / "in", 3, 70), tmp_path / "out"
    said = succeeds(source, target, "--workers", "2")
    assert "210 rows of 3 files answered, 0 rows with a problem." in said
    paths = sorted(path.relative_to(source) for path in source.rglob("*.parquet"))
    assert [Path("later/part-002.parquet"), Path("part-000.parquet"), Path("part-001.parquet")] == paths
    assert sorted(path.relative_to(target) for path in target.rglob("*.parquet")) == paths
    assert pq.read_schema(target / "part-000.parquet").equals(ANSWER_SCHEMA)
    sent = rows(140, 70) + rows(0, 140)
    answers = [*read_answers(target)]
    assert [row["id"] for row in answers] == [row["id"] for row in sent]
    for at in (0, 69, 70, 209):
        assert answers[at]["body"] == expected_body(sent[at])
    response = client.post("/summarize", json={"articles": [sent[0]], **OPTIONS})
    assert response.get_data(as_text=True) == answers[0]["body"] + "\n"


@pytest.mark.parametrize("suffix", [".ndjson", ".jsonl.gz"])
def test_lines_are_articles_or_requests(tmp_path: Path, suffix: str, client: FlaskClient) -> None:
    lines = [
        json.dumps({"id": 7, "text": "Ice closed the canal.", "section": "local"}),
        "",
        json.dumps(sample("ferry")),
        '{"te',
    ]
    content = "\n".join(lines).encode()
    source, target = tmp_path / f"in{suffix}", tmp_path / "out"
    source.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    assert "3 rows of 1 file answered, 1 row with a problem." in succeeds(source, target)
    written = (target / source.name).read_bytes()
    text = (gzip.decompress(written) if suffix.endswith("gz") else written).decode()
    first, second, third = text.splitlines()
    sent = [{"articles": [{"id": "7", "text": "Ice closed the canal."}], **OPTIONS}, {**OPTIONS, **sample("ferry")}]
    bodies = [client.post("/summarize", json=request).get_data(as_text=True).removesuffix("\n") for request in sent]
    assert first == f'{{"index":0,"id":"7","status":200,"body":{bodies[0]}}}'
    assert second == f'{{"index":1,"status":200,"body":{bodies[1]}}}'
    assert json.loads(third)["problem"]["type"] == "/problems/malformed-json"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = write_archive(tmp_path / "in", 1, 70)
    (source / "more.ndjson.gz").write_bytes(gzip.compress(b'{"text": "Ice closed the canal."}\n' * 3))
    for name, workers in (("one", "1"), ("two", "2")):
        succeeds(source, tmp_path / name, "--workers", workers)
    for path in ("part-000.parquet", "more.ndjson.gz"):
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


def test_complete_files_are_not_written_again(tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", 2, 3), tmp_path / "out"
    succeeds(source, target)
    before = {path: path.stat().st_mtime_ns for path in target.iterdir()}
    write_archive(source, 3, 3)
    leftover = target / "later" / archive_files.unfinished_path(Path("part-002.parquet"))
    leftover.parent.mkdir()
    leftover.write_bytes(b"PAR1 what a killed run has left")
    (target / archive_files.unfinished_path(Path("gone.ndjson"))).write_bytes(b"{")
    said = succeeds(source, target)
    assert "3 rows of 1 file answered, 0 rows with a problem; 2 files had been answered by an earlier run." in said
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert [*target.rglob(".*")] == []
    assert len([*read_answers(target)]) == 9


def test_a_failed_run_leaves_only_complete_files(tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", 2, SLICE_ROWS + 1), tmp_path / "out"
    with pytest.raises(EngineError):
        run(source, target, Direct(fail_at=4))
    assert [path.name for path in target.rglob("*.parquet*")] in ([], ["part-000.parquet"])
    assert run(source, target, Direct()).rows in (130, 65)
    assert len([*read_answers(target)]) == 130


@pytest.mark.parametrize("suffix", [".parquet", ".ndjson"])
def test_a_run_stops_when_nothing_can_be_written_and_continues_later(tmp_path: Path, suffix: str) -> None:
    """A limit on the size of files causes the same error as a full disk."""
    source, target = tmp_path / f"in{suffix}", tmp_path / "out"
    sent = rows(0, 2 * SLICE_ROWS)
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(sent), source)
    else:
        source.write_text("\n".join(map(json.dumps, sent)))
    assert [*summarize_batches([pa.record_batch({"text": [""]})])]  # the processes of the next run have no such limit
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, limits[1]))
    try:
        result = archive(source, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert result.exit_code == 1
    assert "The answers can't be written" in result.output
    assert [path.name for path in target.iterdir()] == [archive_processing.DESCRIPTION]
    assert f"{len(sent)} rows of 1 file answered" in succeeds(source, target)


def test_memory_depends_on_batches_and_not_on_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_archive(tmp_path / "in", 1, 3 * SLICE_ROWS)
    lines = [json.dumps(row) for row in rows(0, SLICE_ROWS + 1)]
    (source / "more.ndjson").write_text("\n".join(lines))
    engine = Direct()
    assert run(source, tmp_path / "out", engine).rows == 4 * SLICE_ROWS + 1
    assert (engine.submitted, engine.largest) == (5, SLICE_ROWS)
    monkeypatch.setattr(archive_files, "BATCH_BYTES", 500)
    engine = Direct()
    assert run(source, tmp_path / "small", engine).rows == 4 * SLICE_ROWS + 1
    assert engine.largest < SLICE_ROWS / 2
    assert [*read_answers(tmp_path / "small")] == [*read_answers(tmp_path / "out")]


def test_reading_a_parquet_file_takes_the_memory_of_a_batch(tmp_path: Path) -> None:
    """Without a buffer, a column of a whole row group is read at once: 202 MB here, and 64 MB with it."""
    path = tmp_path / "large.parquet"
    texts = [f"{number} " + "Ice closed the canal. " * 1_000 for number in range(8_000)]  # 176 MB
    pq.write_table(pa.table({"text": texts}), path, row_group_size=len(texts), compression="none", use_dictionary=False)
    code = (
        "import sys; from pathlib import Path; from nutgraf.cli.archive_files import read; "
        "status = Path('/proc/self/status'); peak = lambda: int(status.read_text().split('VmHWM:')[1].split()[0]) // 1024; "
        "before = peak(); "
        "rows = sum(batch.num_rows for batch, _ in read(Path(sys.argv[1]), 1000)); print(rows, peak() - before)"
    )
    said = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    count, megabytes = map(int, said.stdout.split())
    assert count == len(texts)
    assert 0 < megabytes < 120, f"Reading took {megabytes} MB."


def test_a_line_that_is_too_long_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUTGRAF_MAX_BODY_BYTES", "2000")
    source = tmp_path / "in.ndjson"
    good = json.dumps({"text": "Ice closed the canal."})
    source.write_text("\n".join([good, json.dumps({"text": "Ice. " * 2_000}), good]))
    succeeds(source, tmp_path / "out")
    lines = map(json.loads, (tmp_path / "out" / "in.ndjson").read_text().splitlines())
    assert [line["status"] for line in lines] == [200, 413, 200]


def test_unreadable_files_are_named_and_the_others_answered(tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", 1, 3), tmp_path / "out"
    (source / "broken.parquet").write_bytes(b"no Parquet")
    pq.write_table(pa.table({"headline": ["x"]}), source / "other.parquet")
    (source / "cut.ndjson.gz").write_bytes(gzip.compress(json.dumps({"text": "Ice closed it. " * 999}).encode())[:60])
    (source / "notes.txt").write_text("x")
    (source / "_SUCCESS").write_text("")
    result = archive(source, target)
    assert result.exit_code == 1
    assert "3 rows of 1 file answered" in result.output
    assert "broken.parquet: It can't be read" in result.output
    assert "cut.ndjson.gz: It can't be read" in result.output
    assert "other.parquet: There is no column 'text', 'html' or 'request'; the columns are: headline." in result.output
    assert "3 files could not be answered." in result.output
    assert "1 file is neither Parquet nor NDJSON" in result.output
    assert sorted(path.name for path in target.iterdir()) == ["_nutgraf.json", "part-000.parquet"]
    (source / "broken.parquet").unlink()
    for name in ("other.parquet", "cut.ndjson.gz"):
        (source / name).unlink()
    assert "0 rows of 0 files answered" in succeeds(source, target)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_an_empty_file_has_an_empty_file_of_answers(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.ndjson").write_bytes(content)
    assert "0 rows of 1 file" in succeeds(tmp_path / "in.ndjson", tmp_path / "out")
    assert (tmp_path / "out" / "in.ndjson").read_bytes() == b""


def test_an_archive_that_can_not_be_answered_is_reported(tmp_path: Path) -> None:
    source = write_archive(tmp_path / "in", 1, 1)
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    for arguments, said in (
        ((tmp_path / "gone", tmp_path / "out"), "does not exist"),
        ((tmp_path / "empty", tmp_path / "out"), "has no file that ends in .parquet"),
        ((source, tmp_path / "file"), "Name a folder for the answers."),
        ((source, source / "out"), "lies within"),
        ((source, tmp_path / "out", "--address", "auto"), "--address is for --engine ray."),
        ((source, tmp_path / "out", "--options", "{"), "It is not JSON"),
        ((source, tmp_path / "out", "--options", "[]"), "It must be a JSON object"),
        ((source, tmp_path / "out", "--options", '{"lenght": 1}'), "/lenght: Is not a known field."),
    ):
        result = archive(*arguments)
        assert result.exit_code != 0
        assert said in result.output
    assert not (tmp_path / "out").exists()


def test_answers_with_other_options_are_not_mixed(tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", 2, 2), tmp_path / "out"
    succeeds(source, target)
    (target / "part-000.parquet").unlink()
    result = archive(source, target, "--options", '{"keywords": 3}')
    assert result.exit_code == 1
    assert "with other options or settings" in result.output
    assert not (target / "part-000.parquet").exists()


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", 1, 2), tmp_path / "out"
    target.mkdir()
    with (target / archive_processing.DESCRIPTION).open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = archive(source, target)
    assert result.exit_code == 1
    assert f"Another run is writing to {target}." in result.output


def test_a_task_answers_a_batch_and_refuses_one_of_another_version() -> None:
    """The function that runs on a node, called without a cluster."""
    message = archive_engines._message(pa.RecordBatch.from_pylist(rows(0, 9)).slice(3, 2))
    assert len(message) < len(archive_engines._message(pa.RecordBatch.from_pylist(rows(0, 9))))
    answers = archive_engines._answer_message(message, (__version__, OPTIONS, answer_settings()))
    assert [row["id"] for row in archive_engines._from_message(answers).to_pylist()] == ["3", "4"]
    with pytest.raises(archive_engines.VersionError, match=r"the node has nutgraf .*, this machine has 0\.0\."):
        archive_engines._answer_message(message, ("0.0", OPTIONS, answer_settings()))


def test_without_ray_the_engine_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    result = archive(write_archive(tmp_path / "in", 1, 1), tmp_path / "out", "--engine", "ray", "--address", "auto")
    assert result.exit_code == 1
    assert "pip install 'nutgraf[ray]'" in result.output


def test_without_pyarrow_other_commands_work_and_this_one_says_what_to_install(tmp_path: Path) -> None:
    write_archive(tmp_path / "in", 1, 1)
    code = "import sys; sys.modules['pyarrow'] = None; from nutgraf.cli.main import main; main()"
    command = [sys.executable, "-c", code, "archive", str(tmp_path / "in"), str(tmp_path / "out")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "pip install 'nutgraf[arrow]'" in said.stderr
