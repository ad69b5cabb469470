"""API keys: stored as digests, required once one exists, and revoked without a restart."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from nutgraf.app import create_app
from nutgraf.cli.main import main
from nutgraf.http.security.keys import KeyFile, KeyFileError, UnprotectedServerError, is_loopback, refuse_unprotected
from nutgraf.settings import load
from tests.builders import body
from tests.problems import is_problem
from tests.service import ROOT


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(str(tmp_path))


@pytest.fixture
def guarded(tmp_path: Path) -> FlaskClient:
    """A service on the folder of `file`."""
    return create_app({"data_dir": str(tmp_path)}).test_client()


DIGESTLESS = '{"name": "desk", "sha256": 5, "rate": null, "added": "2026-01-01"}'


def keys(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments], env={"NUTGRAF_DATA_DIR": str(folder)})


def test_only_digests_are_stored_in_a_file_that_only_its_owner_can_read(file: KeyFile) -> None:
    secret = file.add("desk", "5 per minute")
    assert secret.startswith("nutgraf_")
    assert len(secret) > 43  # 256 bits in base64
    assert secret not in file.path.read_text()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    key = file.find(secret)
    assert key
    assert (key.name, key.rate) == ("desk", "5 per minute")
    assert file.find(secret + "x") is None
    assert file.find(key.sha256) is None


def test_every_key_is_compared_in_constant_time(file: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """All three keys are compared, whether the first one matches or none."""
    import hmac

    secrets = [file.add(f"desk{at}") for at in range(3)]
    compared: list[int] = []
    whole = hmac.compare_digest

    def counted(one: str, other: str) -> bool:
        compared.append(1)
        return whole(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counted)
    for sent in (secrets[0], "nutgraf_none"):
        compared.clear()
        file.find(sent)
        assert len(compared) == 3


def test_a_key_is_required_once_one_exists_and_revoking_needs_no_restart(file: KeyFile, guarded: FlaskClient) -> None:
    assert guarded.post("/summarize", json=body()).status_code == 200
    secret = file.add("desk")
    response = guarded.post("/summarize", json=body())
    assert "Bearer" in is_problem(response, 401, "key-missing")["detail"]
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="nutgraf"'
    for header, value in (
        ("Authorization", f"Bearer {secret}"),
        ("Authorization", f"bearer  {secret}"),
        ("X-API-Key", secret),
    ):
        assert guarded.post("/summarize", json=body(), headers={header: value}).status_code == 200
    file.revoke("desk")
    response = guarded.post("/summarize", json=body(), headers={"X-API-Key": secret})
    is_problem(response, 401, "key-unknown")
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    is_problem(guarded.post("/summarize", json=body()), 401, "key-missing")


@pytest.mark.parametrize("header", ["Basic ZGVzazpkZXNr", "Bearer", "Bearer ", "", "Token x"])
def test_other_credentials_are_not_accepted_as_keys(file: KeyFile, guarded: FlaskClient, header: str) -> None:
    file.add("desk")
    is_problem(guarded.post("/summarize", json=body(), headers={"Authorization": header}), 401, "key-missing")


@pytest.mark.parametrize("header", ["nutgraf_ü", "\xff\xfe", "nutgraf_" + "x" * 4000, "a, b"])
def test_malformed_keys_are_unknown_keys(file: KeyFile, guarded: FlaskClient, header: str) -> None:
    file.add("desk")
    is_problem(guarded.post("/summarize", json=body(), headers={"X-API-Key": header}), 401, "key-unknown")


def test_routes_that_describe_the_service_need_no_key(file: KeyFile, guarded: FlaskClient) -> None:
    file.add("desk")
    for path in (
        "/",
        "/docs",
        "/openapi.json",
        "/languages",
        "/problems/busy",
        "/healthz",
        "/readyz",
        "/metrics",
        "/version",
    ):
        assert guarded.get(path).status_code in (200, 302), path
    with guarded.get("/static/swagger/swagger-ui.css") as style:
        assert style.status_code == 200
    assert guarded.get("/nowhere").status_code == 404


def test_with_an_unreadable_key_file_every_request_is_refused(file: KeyFile, guarded: FlaskClient) -> None:
    secret = file.add("desk")
    for content in ('{"keys": [{"na', "[]", '{"keys": [{"name": 1}]}', '{"keys": 5}', f'{{"keys": [{DIGESTLESS}]}}'):
        file.path.write_text(content)
        response = guarded.post("/summarize", json=body(), headers={"X-API-Key": secret})
        problem = is_problem(response, 503, "keys-unreadable")
        assert str(file.path) not in json.dumps(problem)


@pytest.mark.parametrize("reachable", [{"host": "192.0.2.1"}, {"trusted_proxies": 1}])
def test_without_a_key_file_requests_of_other_machines_are_refused(tmp_path: Path, reachable: dict[str, Any]) -> None:
    """A proxy on this machine forwards requests of other machines; the service behind it once accepted them."""
    settings = {"data_dir": str(tmp_path), **reachable}
    is_problem(create_app(settings).test_client().post("/summarize", json=body()), 401, "key-missing")
    assert create_app({**settings, "open": 1}).test_client().post("/summarize", json=body()).status_code == 200
    with pytest.raises(UnprotectedServerError, match="nutgraf keys add"):
        refuse_unprotected(load(settings), KeyFile(str(tmp_path)))
    refuse_unprotected(load({**settings, "open": 1}), KeyFile(str(tmp_path)))


@pytest.mark.parametrize("settings", [{}, {"open": 1}, {"host": "192.0.2.1"}])
def test_with_a_lost_key_file_requests_are_refused_also_after_a_restart(file: KeyFile, settings: dict[str, Any]) -> None:
    """Deleting the key file once made a running service accessible, with the jobs of all keys."""
    secret = file.add("desk")
    settings = {"data_dir": str(file.path.parent), **settings}
    running = create_app(settings).test_client()
    assert running.get("/jobs", headers={"X-API-Key": secret}).status_code == 200
    kept = file.path.read_bytes()
    file.path.unlink()
    for service in (running, create_app(settings).test_client()):
        for path in ("/jobs", "/jobs/x"):
            is_problem(service.get(path), 401, "key-missing")
        is_problem(service.get("/jobs", headers={"X-API-Key": secret}), 401, "key-unknown")
        is_problem(service.post("/summarize", json=body()), 401, "key-missing")
        problem = is_problem(service.get("/readyz"), 503, "keys-unreadable")
        assert str(file.path) not in json.dumps(problem)
        assert service.get("/healthz").status_code == 200
    file.path.write_bytes(kept)
    assert running.get("/jobs", headers={"X-API-Key": secret}).status_code == 200
    assert running.get("/readyz").status_code == 200


def test_a_lost_key_file_is_detected_even_if_the_folder_is_not_writable(file: KeyFile, guarded: FlaskClient) -> None:
    """A process that has seen the key file remembers it without the second file."""
    file.add("desk")
    file.marker_path.unlink()
    file.marker_path.mkdir()
    is_problem(guarded.get("/jobs"), 401, "key-missing")
    file.marker_path.rmdir()
    file.path.unlink()
    is_problem(guarded.get("/jobs"), 401, "key-missing")


def test_a_new_key_with_an_old_name_does_not_see_old_jobs(file: KeyFile) -> None:
    client = create_app({"data_dir": str(file.path.parent), "limit": "2 per hour"}).test_client()
    old = {"X-API-Key": file.add("desk"), "Idempotency-Key": "night-7"}
    made = client.post("/jobs", json={"requests": [body()]}, headers=old)
    assert made.status_code == 202
    path = made.headers["Location"]
    assert client.get(path, headers=old).status_code == 200
    is_problem(client.get(path, headers=old), 429, "limit-exceeded")
    file.revoke("desk")
    new = {"X-API-Key": file.add("desk"), "Idempotency-Key": "night-7"}
    is_problem(client.get(path, headers=new), 404, "not-found")
    again = client.post("/jobs", json={"requests": [body()]}, headers=new)
    assert again.status_code == 202, "the limit of the old key counted"
    assert again.headers["Location"] != path


def test_jobs_created_before_the_first_key_are_visible_to_the_hook_owner(file: KeyFile) -> None:
    client = create_app({"data_dir": str(file.path.parent), "hook_owner": "cms"}).test_client()
    path = client.post("/jobs", json={"requests": [body()]}).headers["Location"]
    assert client.get(path).status_code == 200
    keys = {name: {"X-API-Key": file.add(name)} for name in ("cms", "desk")}
    assert client.get(path, headers=keys["cms"]).status_code == 200
    is_problem(client.get(path, headers=keys["desk"]), 404, "not-found")


def test_keys_of_version_0_1_keep_their_jobs(file: KeyFile) -> None:
    """The key file of version 0.1 has no ids."""
    secret = file.add("desk")
    content = json.loads(file.path.read_text())
    del content["keys"][0]["id"]
    file.path.write_text(json.dumps(content))
    key = file.find(secret)
    assert key
    assert key.owner == "desk"
    file.revoke("desk")
    file.add("desk")
    assert (file.keys() or ())[0].owner.startswith("desk:")


def test_no_header_replaces_a_key(file: KeyFile, guarded: FlaskClient) -> None:
    """Version 0.1 accepted requests with this WSGI key without an API key."""
    file.add("desk")
    inside = guarded.post("/summarize", json=body(), environ_overrides={"nutgraf.internal": True})
    assert inside.status_code == 401
    for name in ("nutgraf.internal", "Nutgraf-Internal", "HTTP_nutgraf.internal"):
        assert guarded.post("/summarize", json=body(), headers={name: "1"}).status_code == 401


def test_the_command_creates_lists_and_revokes_keys(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    made = keys(folder, "add", "desk", "--rate", "100 per minute")
    secret = made.stdout.strip()
    assert KeyFile(str(folder)).find(secret)
    assert keys(folder, "add", "cms").exit_code == 0
    listed = keys(folder, "list").stdout
    assert [line.split("\t")[0] for line in listed.splitlines()] == ["desk", "cms"]
    assert "100 per minute" in listed
    assert secret not in listed
    assert keys(folder, "revoke", "cms").output == ""
    assert "last key" in keys(folder, "revoke", "desk").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "desk"], "already"),
        (["add", "a b"], "letters"),
        (["add", "x", "--rate", "often"], "100 per minute"),
        (["revoke", "cms"], "nutgraf keys list"),
    ],
)
def test_errors_of_the_command_are_sentences(tmp_path: Path, arguments: list[str], says: str) -> None:
    keys(tmp_path, "add", "desk")
    before = (tmp_path / "keys.json").read_bytes()
    result = keys(tmp_path, *arguments)
    assert result.exit_code == 1
    assert says in result.output
    assert (tmp_path / "keys.json").read_bytes() == before


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    result = keys(tmp_path / "plain", "add", "desk")
    assert result.exit_code == 1
    assert "NUTGRAF_DATA_DIR" in result.output


def test_keys_added_concurrently_are_all_stored(tmp_path: Path) -> None:
    threads = [threading.Thread(target=KeyFile(str(tmp_path)).add, args=(f"desk{at}",)) for at in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(KeyFile(str(tmp_path)).keys() or ()) == 20
    assert {path.name for path in tmp_path.iterdir()} == {"keys.json", "keys.required"}


def test_a_failed_change_does_not_change_the_file(file: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file.add("desk")
    before = file.path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyFileError, match="No space left"):
        file.add("cms")
    assert file.path.read_bytes() == before
    assert {path.name for path in file.path.parent.iterdir()} == {"keys.json", "keys.required"}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *[(host, True) for host in ("127.0.0.1", "127.0.0.2", "::1", "localhost")],
        *[(host, False) for host in ("0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example", "")],
    ],
)
def test_loopback_addresses_are_recognized(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    """An environment with an address for other machines; it is reserved for documentation, so no machine has it."""
    hidden = {"HOST", "NUTGRAF_HOST", "NUTGRAF_OPEN", "PORT"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "NUTGRAF_HOST": "192.0.2.1", "NUTGRAF_DATA_DIR": str(tmp_path)}


@pytest.mark.parametrize("command", [["-m", "nutgraf.cli", "serve"], ["-m", "gunicorn", "-c", "gunicorn.conf.py"]])
def test_without_a_key_the_service_does_not_start_for_other_machines(command: list[str], nowhere: dict[str, str]) -> None:
    result = subprocess.run([sys.executable, *command], cwd=ROOT, env=nowhere, capture_output=True, text=True, timeout=60)
    assert result.returncode != 0
    assert "nutgraf keys add NAME" in result.stderr
    assert "NUTGRAF_OPEN=1" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("way_out", ["key", "open"])
def test_a_key_or_the_open_setting_lets_the_service_start(way_out: str, nowhere: dict[str, str]) -> None:
    """The service fails only later, because this machine does not have the address."""
    if way_out == "key":
        KeyFile(nowhere["NUTGRAF_DATA_DIR"]).add("desk")
    else:
        nowhere["NUTGRAF_OPEN"] = "1"
    code = "from nutgraf.server import gunicorn_config; print(gunicorn_config.bind)"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=nowhere, capture_output=True, text=True, timeout=60)
    assert result.stdout.strip() == "192.0.2.1:8000", result.stderr
