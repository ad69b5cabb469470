"""No route writes article text or keys to a log, a metric, an error body or a file."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from nutgraf.http.security.keys import KeyFile
from tests.builders import body
from tests.service import ROOT, serving

CANARY = "zebracanary"
WRONG_KEY = "nutgraf_quetzalcanary"


def test_no_route_leaves_text_or_keys_behind(tmp_path: Path) -> None:
    """Sends marker words to every route, in valid and invalid requests and in jobs; afterwards no file contains them."""
    data = tmp_path / "data"
    secret = KeyFile(str(data)).add("desk")
    server = serving.traced(NUTGRAF_DATA_DIR=str(data), NUTGRAF_GHOST_SECRETS="ghost-secret", NUTGRAF_WORKERS="1")
    refused: list[bytes] = []
    with server as address:
        for path, method, content, headers in _everything(secret):
            answer = _send(address, path, method, content, headers)
            if answer.status >= 400:
                refused.append(answer.content)
        text = f"The {CANARY} came to the harbour on Monday. Nobody had seen a {CANARY} before, the harbour master said."
        lines = json.dumps(body(text)).encode() + b"\n" + f'{{"articles": [{{"text": "{CANARY}'.encode()
        sent = {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {secret}"}
        job = json.loads(_send(address, "/jobs?expires_after=1", "POST", lines, sent).content)
        results = b""
        while b'"index":1' not in results:
            results = _send(address, f"/jobs/{job['id']}/results", "GET", None, sent).content
            time.sleep(0.1)
        assert CANARY.encode() in results.splitlines()[0]
        assert CANARY.encode() not in results.splitlines()[1]
        end = time.monotonic() + 60
        while time.monotonic() < end and _files_with(data, CANARY):
            time.sleep(0.1)
        assert _files_with(data, CANARY) == []
        metrics = _send(address, "/metrics", "GET", None, {}).content
        assert b"nutgraf" in metrics
    assert len(refused) > 50
    assert '"route": "/summarize"' in server.log  # only the log is read here
    for where in (*refused, metrics, server.log.encode()):
        for word in (CANARY, secret, WRONG_KEY):
            assert word.encode() not in where
    assert _files_with(data, secret) == _files_with(data, WRONG_KEY) == []


class _Answer(NamedTuple):
    status: int
    content: bytes


def _everything(secret: str) -> Iterator[tuple[str, str, bytes | None, dict[str, str]]]:
    """Requests to every route of the contract, with marker words in every possible place."""
    contract = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
    good, bad = json.dumps(body(f"The {CANARY} flew. It came back.")).encode(), f'{{"articles": "{CANARY}"}}'.encode()
    bodies = (good, bad, f'{{"{CANARY}'.encode(), CANARY.encode(), None)
    for path, methods in contract["paths"].items():
        filled = re.sub(r"\{\w+\}", CANARY, path)
        for method in methods:
            for content in bodies if method == "post" else (None,):
                for key in (secret, WRONG_KEY, ""):
                    headers = {"Content-Type": "application/json", "X-API-Key": key, "User-Agent": CANARY, "Referer": CANARY}
                    yield f"{filled}?query={CANARY}", method.upper(), content, headers
    for path, content_type in (
        (f"/{CANARY}", "text/plain"),
        ("/hooks/ghost", CANARY),
        ("/summarize?format=nitf", "application/xml"),
    ):
        yield path, "POST", bodies[3], {"Content-Type": content_type, "X-API-Key": secret, "X-Ghost-Signature": CANARY}


def _send(address: str, path: str, method: str, content: bytes | None, headers: dict[str, str]) -> _Answer:
    request = urllib.request.Request(f"{address}{path}", content, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return _Answer(response.status, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, error.read())


def _files_with(folder: Path, word: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
