"""/hooks: authenticated by a signature of the exact bytes, acknowledged at once, and the same article accepted once."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nutgraf.app import create_app
from nutgraf.http.security.keys import KeyFile
from nutgraf.jobs.store import WEBHOOK_MEMORY_SECONDS
from nutgraf.jobs.tables import jobs, now, received_calls
from nutgraf.settings import SettingError
from tests.builders import NEWS, Unread
from tests.problems import is_problem
from tests.workers import jobs_of, work_off

STORY = {
    "guid": "urn:tag:story-1",
    "version": "2",
    "headline": "Bridge closes",
    "body_html": f"<p>{NEWS}</p>",
    "type": "text",
}
POST = {
    "post": {
        "current": {"id": "p1", "title": "Bridge closes", "html": f"<p>{NEWS}</p>", "updated_at": "2026-01-11T14:05:00Z"}
    }
}


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """An application on each kind of database."""
    return make_app()


def unread(client: FlaskClient, path: str, headers: dict[str, str], size: int = 500) -> TestResponse:
    environ = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(size)}
    return client.post(path, headers=headers, environ_overrides=environ)


def superdesk(
    client: FlaskClient, document: Any, secret: str = "new-secret", query: str = "", **headers: str
) -> TestResponse:
    raw = json.dumps(document, indent=1).encode()
    signature = "sha1=" + hmac.new(secret.encode(), raw, hashlib.sha1).hexdigest()
    headers = {"Content-Type": "application/json", "x-superdesk-signature": signature, **headers}
    return client.post(f"/hooks/superdesk{query}", data=raw, headers=headers)


def ghost(client: FlaskClient, document: Any, *, age: float = 0, secret: str = "ghost-secret") -> TestResponse:
    raw, moment = json.dumps(document).encode(), str(int((time.time() - age) * 1_000))
    digest = hmac.new(secret.encode(), raw + moment.encode(), hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Ghost-Signature": f"sha256={digest}, t={moment}"}
    return client.post("/hooks/ghost", data=raw, headers=headers)


@pytest.mark.parametrize("secret", ["old-secret", "new-secret"])
def test_superdesk_may_sign_with_the_old_or_the_new_secret(client: FlaskClient, secret: str) -> None:
    response = superdesk(client, STORY, secret)
    assert response.status_code == 202
    assert response.headers["Location"].startswith("/jobs/")


def test_a_hook_creates_a_job_with_the_options_of_the_setting(make_app: Callable[..., Flask]) -> None:
    app = make_app(superdesk_options="sentences=1&output=superdesk&headlines=1&callback=https%3A%2F%2Fcms.example%2Fdone")
    client = app.test_client()
    job = superdesk(client, STORY).get_json()
    assert job["callback"]["url"] == "https://cms.example/done"
    work_off(app, job["id"])
    result = json.loads(client.get(f"/jobs/{job['id']}/results").get_data())
    assert result["status"] == 200
    assert result["body"]["abstract"].startswith("<p>The harbour bridge will close")
    assert job["reference"] == STORY["guid"]


def test_a_repeated_hook_returns_the_same_job_and_a_new_version_another(client: FlaskClient) -> None:
    first = superdesk(client, STORY)
    assert superdesk(client, STORY).headers["Location"] == first.headers["Location"]
    assert superdesk(client, {**STORY, "version": "3"}).headers["Location"] != first.headers["Location"]
    again = ghost(client, POST)
    assert ghost(client, POST, age=30).headers["Location"] == again.headers["Location"]


@pytest.mark.parametrize("query", ["?words=50", "?callback=https://cms.example/", "?x"])
def test_a_hook_with_a_query_string_is_refused_because_it_is_not_signed(client: FlaskClient, query: str) -> None:
    """With a query string, somebody who repeats a signed webhook could redirect its answer."""
    problem = is_problem(superdesk(client, STORY, query=query), 400, "bad-request")
    assert "NUTGRAF_SUPERDESK_OPTIONS" in problem["detail"]
    assert client.get("/jobs").get_json()["jobs"] == []


@pytest.mark.parametrize("options", ["words=many", "words", "word=5", "callback=ftp://cms.example", "output=docx"])
def test_invalid_hook_options_are_reported_at_the_start(make_app: Callable[..., Flask], options: str) -> None:
    with pytest.raises(SettingError, match="NUTGRAF_GHOST_OPTIONS: "):
        make_app(ghost_options=options)


def test_a_repeated_hook_whose_job_was_deleted_is_refused_as_a_replay(client: FlaskClient) -> None:
    """Superdesk signs no time, so a recorded webhook could restore a deleted article at any time."""
    for send, document in ((superdesk, STORY), (ghost, POST)):
        path = send(client, document).headers["Location"]
        assert client.delete(path).status_code == 204
        is_problem(send(client, document), 409, "call-replayed")
        assert client.get("/jobs").get_json()["jobs"] == []
    assert superdesk(client, {**STORY, "version": "3"}).status_code == 202


def test_a_replay_after_the_job_has_expired_is_detected(app: Flask, client: FlaskClient) -> None:
    superdesk(client, STORY)
    with jobs_of(app).database.write() as connection:
        connection.execute(jobs.update().values(expires_at=now() - 1))
    is_problem(superdesk(client, STORY), 409, "call-replayed")
    with jobs_of(app).database.write() as connection:
        connection.execute(received_calls.update().values(received_at=now() - WEBHOOK_MEMORY_SECONDS - 1))
    assert superdesk(client, STORY).status_code == 202


def test_jobs_of_hooks_are_seen_by_the_key_that_the_setting_names(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app(hook_owner="cms")
    file = KeyFile(str(tmp_path / "data"))
    keys = {name: {"X-API-Key": file.add(name)} for name in ("cms", "desk")}
    client = app.test_client()
    path = superdesk(client, STORY).headers["Location"]
    for method, status in ((client.get, 404), (client.delete, 404)):
        assert method(path, headers=keys["desk"]).status_code == status
    assert client.get(f"{path}/results", headers=keys["desk"]).status_code == 404
    assert client.get("/jobs", headers=keys["desk"]).get_json()["jobs"] == []
    assert [job["reference"] for job in client.get("/jobs", headers=keys["cms"]).get_json()["jobs"]] == [STORY["guid"]]
    assert client.get(path, headers=keys["cms"]).status_code == 200
    unnamed = make_app().test_client()
    assert unnamed.get(path, headers=keys["cms"]).status_code == 404


@pytest.mark.parametrize(
    ("path", "headers", "size", "status"),
    [
        ("/hooks/superdesk", {}, 500, 401),
        ("/hooks/superdesk", {"x-superdesk-signature": "sha1=00"}, 500, 401),
        ("/hooks/superdesk?words=5", {"x-superdesk-signature": "sha1=" + "0" * 40}, 500, 400),
        ("/hooks/superdesk", {"x-superdesk-signature": "sha1=" + "0" * 40, "Content-Encoding": "gzip"}, 500, 415),
        ("/hooks/superdesk", {"x-superdesk-signature": "sha1=" + "0" * 40}, 9 << 20, 413),
        ("/hooks/ghost", {"X-Ghost-Signature": f"sha256={'0' * 64}, t=1"}, 500, 401),
        ("/hooks/wordpad", {}, 500, 404),
    ],
)
def test_an_invalid_signature_header_is_refused_before_the_body_is_read(
    client: FlaskClient, path: str, headers: dict[str, str], size: int, status: int
) -> None:
    assert unread(client, path, headers, size).status_code == status


def test_articles_without_an_id_are_distinguished_by_content(client: FlaskClient) -> None:
    bare = {"headline": "Bridge closes", "body_html": f"<p>{NEWS}</p>"}
    first = superdesk(client, bare)
    assert superdesk(client, bare).headers["Location"] == first.headers["Location"]
    assert superdesk(client, {**bare, "headline": "Bridge opens"}).headers["Location"] != first.headers["Location"]


@pytest.mark.parametrize(
    "signature",
    ["", "sha1=", "sha1=00", "sha1=" + "0" * 40, "sha256=" + "0" * 64, "é" * 40],
    ids=["no", "empty", "short", "zero", "other", "odd"],
)
def test_a_malformed_superdesk_signature_gets_401(client: FlaskClient, signature: str) -> None:
    is_problem(superdesk(client, STORY, **{"x-superdesk-signature": signature}), 401, "bad-signature")


def test_a_body_that_does_not_match_its_signature_gets_401(client: FlaskClient) -> None:
    signature = "sha1=" + hmac.new(b"new-secret", b"{}", hashlib.sha1).hexdigest()
    is_problem(superdesk(client, STORY, **{"x-superdesk-signature": signature}), 401, "bad-signature")


@pytest.mark.parametrize("age", [400, -400])
def test_a_ghost_signature_with_an_old_or_future_time_gets_401(client: FlaskClient, age: float) -> None:
    problem = is_problem(ghost(client, POST, age=age), 401, "bad-signature")
    assert "300 seconds" in problem["detail"]


@pytest.mark.parametrize(
    "header", ["", "sha256=abc, t=1", "sha256=" + "0" * 64, "t=1, sha256=" + "0" * 64, "sha256=" + "0" * 64 + ", t=1e9"]
)
def test_a_malformed_ghost_signature_gets_401(client: FlaskClient, header: str) -> None:
    response = client.post("/hooks/ghost", json=POST, headers={"X-Ghost-Signature": header})
    is_problem(response, 401, "bad-signature")


def test_a_signed_body_that_is_not_json_gets_400(client: FlaskClient) -> None:
    signature = "sha1=" + hmac.new(b"new-secret", b"{", hashlib.sha1).hexdigest()
    response = client.post("/hooks/superdesk", data=b"{", headers={"x-superdesk-signature": signature})
    is_problem(response, 400, "malformed-json")


def test_a_signed_document_without_text_is_accepted_and_its_request_fails(app: Flask, client: FlaskClient) -> None:
    """Webhooks of deleted posts, which have no text, are accepted, because Ghost would only repeat them."""
    job = ghost(client, {"post": {"current": {}, "previous": {"id": "p1"}}}).get_json()
    work_off(app, job["id"])
    assert json.loads(client.get(f"/jobs/{job['id']}/results").get_data())["status"] == 422


def test_a_hook_without_a_secret_is_disabled(tmp_path: Any) -> None:
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    problem = is_problem(unread(client, "/hooks/ghost", {}, 8 << 20), 403, "hook-off")
    assert "NUTGRAF_GHOST_SECRETS" in problem["detail"]
    is_problem(client.post("/hooks/wordpad", json={}), 404, "not-found")
