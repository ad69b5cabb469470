"""The service as it runs: real gunicorn, two workers."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from nutgraf.samples import sample
from tests.builders import invented_news, real_news
from tests.service import ROOT, serving

REQUESTS_ENOUGH_FOR_BOTH_WORKERS = 24


def post(address: str, body: Any) -> bytes:
    request = urllib.request.Request(
        f"{address}/summarize", json.dumps(body).encode(), {"Content-Type": "application/json", "Connection": "close"}
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        content: bytes = response.read()
        return content


def test_same_request_gets_the_same_bytes_from_every_worker(service: str) -> None:
    assert len({post(service, sample("ferry")) for _ in range(REQUESTS_ENOUGH_FOR_BOTH_WORKERS)}) == 1


def bodies() -> list[Any]:
    """Our samples and stories, and real news if it is installed."""
    try:
        clusters = real_news("multinews.jsonl", limit=20)
    except pytest.skip.Exception:
        clusters = []
    rows = [*invented_news(), *clusters]
    return [sample("ferry"), *[{"articles": [{"text": each["text"]} for each in row["articles"]]} for row in rows]]


def test_same_request_gets_the_same_bytes_with_another_hash_seed(service: str) -> None:
    with serving(PYTHONHASHSEED="7", NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0") as other:
        assert [post(other, each) for each in bodies()] == [post(service, each) for each in bodies()]


def test_same_request_gets_the_same_bytes_on_every_python(service: str) -> None:
    """NUTGRAF_PYTHONS names interpreters of other versions that have the project installed; CI has two."""
    pythons = os.environ.get("NUTGRAF_PYTHONS", "").split()
    if not pythons:
        pytest.skip("needs NUTGRAF_PYTHONS: interpreters of other versions with the project installed")
    for python in pythons:
        with serving(python, NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0") as other:
            assert [post(other, each) for each in bodies()] == [post(service, each) for each in bodies()]


def test_probes_answer(service: str) -> None:
    with urllib.request.urlopen(f"{service}/readyz", timeout=5) as response:
        assert json.load(response) == {"status": "ready"}


def test_missing_tokenizer_data_gives_503_with_the_solution(tmp_path: Path) -> None:
    """With a copy of the environment that has no nltk_data, the service starts and reports the missing data."""
    blind = tmp_path / "sitecustomize.py"
    blind.write_text("import nltk.data\nnltk.data.path[:] = []\n", encoding="utf-8")
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    with serving(PYTHONPATH=path, NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0") as address:
        for path, body in (("/readyz", None), ("/summarize", b'{"articles": [{"text": "One. Two.", "language": "en"}]}')):
            request = urllib.request.Request(f"{address}{path}", body, {"Content-Type": "application/json"})
            with pytest.raises(urllib.error.HTTPError) as error:
                urllib.request.urlopen(request, timeout=5)
            problem = json.load(error.value)
            assert error.value.code == problem["status"] == 503
            assert "python -m nutgraf.cli.nltk_data" in problem["detail"]
            assert error.value.headers["Retry-After"]


def test_the_log_identifies_requests_and_contains_no_text_of_them() -> None:
    server = serving(NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0")
    with server as address:
        post(address, {"articles": [{"text": "Zebracanary is here. It stays."}]})
    assert f"{address}/docs" in server.log
    assert "Zebracanary" not in server.log


def test_installed_tokenizer_data_is_not_downloaded_again() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "nutgraf.cli.nltk_data"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "already installed" in result.stdout


def test_every_answer_follows_the_contract(service: str) -> None:
    """schemathesis sends valid and invalid requests, with all its checks."""
    command = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    assert command
    result = subprocess.run(
        [command, "--config-file", str(ROOT / "tests" / "schemathesis.toml"), "run", f"{service}/openapi.json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-8_000:]
