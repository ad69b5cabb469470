"""/jobs: stored before they are acknowledged, results in order, and deleted completely."""

import json
import sqlite3
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nutgraf.app import create_app
from nutgraf.http import job_body as intake
from nutgraf.jobs import store
from nutgraf.samples import sample
from tests.builders import NEWS, body
from tests.problems import errors_by_pointer, is_problem
from tests.workers import jobs_of, work_off

REQUESTS: list[Any] = [
    sample("ferry"),
    {"articles": []},
    sample("bridge"),
    5,
    {"articles": [{"text": "Ice closed the canal. \u0000 It froze \U0001f600 over."}], "output": "text"},
    {**sample("short"), "output": "superdesk"},
]


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """An application on each kind of database."""
    return make_app()


def create(client: FlaskClient, requests: list[Any], **more: Any) -> dict[str, Any]:
    response = client.post("/jobs", json={"requests": requests, **more})
    assert response.status_code == 202, response.get_data(as_text=True)
    job: dict[str, Any] = response.get_json()
    return job


def ndjson(client: FlaskClient, *lines: bytes, query: str = "", **headers: str) -> TestResponse:
    return client.post(f"/jobs{query}", data=b"\n".join(lines), content_type="application/x-ndjson", headers=headers)


def results(client: FlaskClient, job_id: str) -> list[bytes]:
    response = client.get(f"/jobs/{job_id}/results")
    assert response.status_code == 200
    assert response.mimetype == "application/x-ndjson"
    return response.get_data().splitlines()


def test_a_new_job_is_acknowledged_with_its_location(client: FlaskClient) -> None:
    response = client.post("/jobs", json={"requests": REQUESTS, "reference": "night"})
    job = response.get_json()
    assert response.status_code == 202
    assert response.headers["Location"] == f"/jobs/{job['id']}"
    assert int(response.headers["Retry-After"]) > 0
    assert (job["state"], job["progress"], job["reference"]) == ("queued", 0.0, "night")
    assert job["counts"] == {"queued": len(REQUESTS), "running": 0, "done": 0, "failed": 0}
    assert client.get(response.headers["Location"]).get_json() == job


def test_results_are_in_order_and_equal_to_synchronous_answers(app: Flask, client: FlaskClient) -> None:
    job = create(client, REQUESTS)
    work_off(app, job["id"])
    lines = results(client, job["id"])
    assert [json.loads(line)["index"] for line in lines] == list(range(len(REQUESTS)))
    for index, (line, request) in enumerate(zip(lines, REQUESTS, strict=True)):
        alone = client.post("/summarize", json=request, headers={"X-Request-ID": f"{job['id']}.{index}"})
        content = alone.get_data()
        if not alone.is_json:
            content = json.dumps(content.decode(), ensure_ascii=False).encode()
        name = b"body" if alone.status_code == 200 else b"problem"
        assert line == b'{"index":%d,"status":%d,"%s":%s}' % (index, alone.status_code, name, content.rstrip())
    done = client.get(f"/jobs/{job['id']}").get_json()
    assert done["state"] == "done"
    assert done["counts"] == {"queued": 0, "running": 0, "done": 4, "failed": 2}
    assert done["created_at"] <= done["started_at"] <= done["finished_at"] < done["expires_at"]


def test_results_can_be_read_while_the_job_runs(app: Flask, client: FlaskClient) -> None:
    job = create(client, [body()] * 40)
    work_off(app, job["id"], most=2)
    halfway = client.get(f"/jobs/{job['id']}")
    assert halfway.get_json()["state"] == "running"
    assert halfway.get_json()["progress"] == 0.15
    assert "Retry-After" in halfway.headers
    assert [json.loads(line)["index"] for line in results(client, job["id"])] == list(range(6))
    work_off(app, job["id"])
    assert len(results(client, job["id"])) == 40
    assert "Retry-After" not in client.get(f"/jobs/{job['id']}").headers


def test_ndjson_lines_are_requests_and_bad_lines_fail_alone(make_app: Callable[..., Flask]) -> None:
    """Empty lines are skipped; a line that is not JSON, is too long or repeats a key fails alone."""
    app = make_app(max_body_bytes=5_000)
    client = app.test_client()
    long = json.dumps(body("Ice. " * 4_000)).encode()
    lines = [json.dumps(body()).encode() + b"\r", b"", b'{"articles": [', long, b'{"articles":[],"articles":[]}', b"\xff"]
    job = ndjson(client, *lines, query="?expires_after=60").get_json()
    work_off(app, job["id"], max_body_bytes=5_000)
    answers = [json.loads(line) for line in results(client, job["id"])]
    assert [answer["status"] for answer in answers] == [200, 400, 413, 400, 400]


def test_only_an_ndjson_body_may_be_larger_than_a_request(make_app: Callable[..., Flask]) -> None:
    client = make_app(max_body_bytes=20_000).test_client()
    assert ndjson(client, *[json.dumps(body()).encode()] * 100).status_code == 202
    problem = is_problem(client.post("/jobs", json={"requests": [body()] * 100}), 413, "body-too-large")
    assert "20000" in problem["detail"]
    client = make_app(max_job_bytes=30_000).test_client()
    is_problem(ndjson(client, *[json.dumps(body()).encode()] * 100), 413, "body-too-large")


def test_the_same_idempotency_key_gives_the_same_job_and_refuses_another_body(client: FlaskClient) -> None:
    line = json.dumps(body()).encode()
    first = ndjson(client, line, **{"Idempotency-Key": "night-7"})
    again = ndjson(client, line, **{"Idempotency-Key": "night-7"})
    assert again.status_code == 202
    assert again.headers["Location"] == first.headers["Location"]
    is_problem(ndjson(client, line, line, **{"Idempotency-Key": "night-7"}), 422, "idempotency-key-reused")
    other = ndjson(client, line, query="?expires_after=5", **{"Idempotency-Key": "night-7"})
    is_problem(other, 422, "idempotency-key-reused")
    assert ndjson(client, line).headers["Location"] != first.headers["Location"]
    is_problem(ndjson(client, line, **{"Idempotency-Key": "a b"}), 400, "bad-request")


def test_concurrent_requests_with_one_idempotency_key_give_one_job(app: Flask) -> None:
    line = json.dumps(body()).encode()
    with ThreadPoolExecutor(8) as callers:
        made = [callers.submit(ndjson, app.test_client(), line, line, **{"Idempotency-Key": "at-once"}) for _ in range(16)]
    assert {each.result().status_code for each in made} == {202}
    assert len({each.result().headers["Location"] for each in made}) == 1
    assert len(app.test_client().get("/jobs").get_json()["jobs"]) == 1


def test_a_job_with_too_many_requests_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_REQUESTS", 20)
    assert ndjson(client, *[b"{}"] * 20).status_code == 202
    assert "/requests" in errors_by_pointer(is_problem(ndjson(client, *[b"{}"] * 21), 422, "invalid-request"))


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({}, "/requests"),
        ({"requests": []}, "/requests"),
        ({"requests": "all"}, "/requests"),
        ({"requests": [1], "expires_after": 0}, "/expires_after"),
        ({"requests": [1], "expires_after": "5"}, "/expires_after"),
        ({"requests": [1], "callback": {}}, "/callback/url"),
        ({"requests": [1], "callback": {"url": "ftp://cms.example"}}, "/callback/url"),
        ({"requests": [1], "callback": {"url": "https://other.example/"}}, "/callback/url"),
        ({"requests": [1], "priority": 5}, "/priority"),
    ],
)
def test_errors_in_a_job_point_at_the_field(client: FlaskClient, sent: dict[str, Any], pointer: str) -> None:
    problem = is_problem(client.post("/jobs", json=sent), 422, "invalid-request")
    assert list(errors_by_pointer(problem)) == [pointer]


def test_a_body_that_is_not_a_job_is_refused(client: FlaskClient) -> None:
    is_problem(ndjson(client, b"", b"  "), 422, "invalid-request")
    is_problem(ndjson(client, b"{}", query="?expires_after=soon"), 422, "invalid-request")
    is_problem(client.post("/jobs", data="[]", content_type="text/plain"), 415, "unsupported-media-type")
    is_problem(client.post("/jobs", data="{", content_type="application/json"), 400, "malformed-json")


def test_unknown_jobs_are_404(client: FlaskClient) -> None:
    for path in ("/jobs/0f8fad5bd9cb469fa16570867728950e", "/jobs/x/results"):
        is_problem(client.get(path), 404, "not-found")
    is_problem(client.delete("/jobs/x"), 404, "not-found")


def test_deleting_a_job_cancels_it_and_deletes_its_text(app: Flask, client: FlaskClient) -> None:
    job = create(client, [body()] * 40)
    work_off(app, job["id"], most=2)
    assert client.delete(f"/jobs/{job['id']}").status_code == 204
    is_problem(client.get(f"/jobs/{job['id']}"), 404, "not-found")
    work_off(app, job["id"])  # a worker that holds its task finds nothing to do
    is_problem(client.get(f"/jobs/{job['id']}/results"), 404, "not-found")


def test_pages_list_all_jobs_once_with_the_newest_first(client: FlaskClient) -> None:
    made = [create(client, [body()])["id"] for _ in range(5)]
    seen: list[str] = []
    query = "?limit=2"
    while query:
        page = client.get(f"/jobs{query}").get_json()
        seen += [job["id"] for job in page["jobs"]]
        query = f"?limit=2&cursor={page['next']}" if page["next"] else ""
    assert seen == made[::-1]
    assert list(errors_by_pointer(is_problem(client.get("/jobs?cursor=x"), 422, "invalid-request"))) == ["/cursor"]
    is_problem(client.get("/jobs?limit=0"), 422, "invalid-request")


def test_an_expired_job_is_deleted_with_its_text(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    text = "Zebracanary came to the harbour on Monday. Nobody had seen one before, the harbour master said."
    job = create(client, [body(text)], expires_after=1)
    work_off(app, job["id"])
    assert b"Zebracanary" in results(client, job["id"])[0]
    time.sleep(1.2)
    is_problem(client.get(f"/jobs/{job['id']}"), 404, "not-found")
    assert client.get("/jobs").get_json()["jobs"] == []
    assert store.delete_expired_jobs(jobs_of(app).database) == 1
    jobs_of(app).database.compact()
    assert not [path for path in (tmp_path / "data").rglob("*") if b"Zebracanary" in path.read_bytes()]


def test_the_idempotency_key_of_an_expired_job_can_be_used_again(app: Flask, client: FlaskClient) -> None:
    line = json.dumps(body()).encode()
    first = ndjson(client, line, query="?expires_after=1", **{"Idempotency-Key": "k"}).get_json()
    work_off(app, first["id"])
    time.sleep(1.2)
    second = ndjson(client, line, query="?expires_after=1", **{"Idempotency-Key": "k"}).get_json()
    assert second["id"] != first["id"]


def test_with_a_key_only_its_own_jobs_are_visible(app: Flask) -> None:
    """Jobs of hooks have no owner; once, every key could see, read and delete them."""
    database = jobs_of(app).database
    made = {
        owner: store.create_or_find(database, store.NewJob(1, "digest", 60, owner=owner), [b"{}"])[0].id
        for owner in ("print", "web", None)
    }
    for owners, seen in (
        (("print",), {"print"}),
        (("print", None), {"print", None}),
        ((None,), {None}),
        (store.ALL_OWNERS, {"print", "web", None}),
    ):
        shown = {job.id for job in store.list_jobs(database, owners, None, 10)[0]}
        assert shown == {made[owner] for owner in seen}
    for owner in ("web", None):
        with pytest.raises(store.JobNotFoundError):
            store.delete_job(database, made[owner], ("print",))


def test_answered_requests_are_deleted(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    job = create(client, [{"articles": [{"text": f"{NEWS} Zebracanary."}], "length": {"sentences": 1}, "keywords": 0}])
    work_off(app, job["id"])
    with jobs_of(app).database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM job_items WHERE request IS NOT NULL").scalar() == 0


@pytest.mark.parametrize("blocked", ["file", "read-only", "down"])
def test_if_jobs_can_not_be_stored_it_is_reported_until_they_can(blocked: str, tmp_path: Path) -> None:
    """The folder is a file, or the database does not answer; later this is repaired."""
    folder = tmp_path / "data"
    settings: dict[str, Any] = {"data_dir": str(folder)}
    if blocked == "file":
        folder.write_text("in the way", encoding="utf-8")
    elif blocked == "read-only":
        folder.mkdir()
        (folder / "nutgraf.db").mkdir()
    else:
        settings["database_url"] = "postgresql://tests@127.0.0.1:9/nutgraf"
    client = create_app(settings).test_client()
    for response in (
        client.post("/jobs", json={"requests": [body()]}),
        client.get("/jobs"),
        client.get("/jobs/x"),
        client.get("/jobs/x/results"),
        client.delete("/jobs/x"),
    ):
        problem = is_problem(response, 503, "storage-unavailable")
        assert response.headers["Retry-After"]
        assert str(tmp_path) not in str(problem)
    assert client.post("/summarize", json=body()).status_code == 200
    if blocked == "down":
        return
    folder.unlink() if blocked == "file" else (folder / "nutgraf.db").rmdir()
    assert client.post("/jobs", json={"requests": [body()]}).status_code == 202


def test_a_removed_database_file_gives_503_once_and_is_created_again(tmp_path: Path) -> None:
    """The new file once had no tables, so that all requests failed until a restart."""
    app = create_app({"data_dir": str(tmp_path)})
    client = app.test_client()
    job = create(client, [body()])
    for file in tmp_path.glob("nutgraf.db*"):
        file.unlink()
    is_problem(client.get(f"/jobs/{job['id']}"), 503, "storage-unavailable")
    is_problem(client.get(f"/jobs/{job['id']}"), 404, "not-found")
    job = create(client, [body()])
    assert not jobs_of(app).queue.is_empty()
    work_off(app, job["id"])
    assert client.get(f"/jobs/{job['id']}").get_json()["state"] == "done"
    jobs_of(app).close()


def test_u_0000_is_refused_in_text_for_postgres(app: Flask, client: FlaskClient) -> None:
    """In an id, a cursor, a reference or a URL, it once looked like an unavailable database."""
    assert create(client, [body()])
    for response in (client.get("/jobs/a%00b"), client.get("/jobs/a%00b/results"), client.delete("/jobs/a%00b")):
        is_problem(response, 404, "not-found")
    for created_at in ("1.5", "nan"):
        cursor = urlsafe_b64encode(f"{created_at} a\0b".encode()).decode().rstrip("=")
        is_problem(client.get("/jobs", query_string={"cursor": cursor}), 422, "invalid-request")
    is_problem(client.get("/jobs", query_string={"cursor": "\0"}), 422, "invalid-request")
    for more in ({"reference": "a\0b"}, {"callback": {"url": "https://cms.example/\0"}}):
        is_problem(client.post("/jobs", json={"requests": [body()], **more}), 422, "invalid-request")
    lines = json.dumps(body())
    response = client.post("/jobs?reference=a%00b", data=lines, content_type="application/x-ndjson")
    is_problem(response, 422, "invalid-request")
    assert client.post("/jobs", json={"requests": [body()], "reference": "a b"}).status_code == 202


def test_a_file_that_is_not_a_database_gives_503(tmp_path: Path) -> None:
    (tmp_path / "nutgraf.db").write_bytes(b"not a database, but long enough to be taken for one" * 50)
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    is_problem(client.get("/jobs"), 503, "storage-unavailable")


def test_migrations_create_the_tables_of_the_code(app: Flask) -> None:
    """This detects a changed table without a migration."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from nutgraf.jobs.tables import metadata

    with jobs_of(app).database.write() as connection:
        options = {"include_name": lambda name, kind, parents: kind != "table" or name in metadata.tables}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_sqlite_uses_wal_mode_waits_for_locks_and_overwrites_deleted_text(tmp_path: Path) -> None:
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    client.get("/jobs")
    with closing(sqlite3.connect(tmp_path / "nutgraf.db")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_stories_are_grouped_in_a_job(app: Flask) -> None:
    """As a single request, and as one line among others, with the same answer as POST /stories."""
    client = app.test_client()
    feed = sample("feed")
    expected = client.post("/stories", json=feed).get_json()
    response = client.post("/jobs", json={"stories": feed})
    assert response.status_code == 202, response.get_data(as_text=True)
    alone = response.get_json()["id"]
    both = create(client, [{"stories": feed}, sample("short"), {"stories": {"articles": []}}])["id"]
    work_off(app, alone)
    work_off(app, both)
    (line,) = map(json.loads, results(client, alone))
    assert (line["status"], line["body"]) == (200, expected)
    lines = list(map(json.loads, results(client, both)))
    assert [line["status"] for line in lines] == [200, 200, 422]
    assert lines[0]["body"] == expected
    assert errors_by_pointer(lines[2]["problem"]).keys() == {"/stories/articles"}


@pytest.mark.parametrize("body", [{}, {"stories": sample("feed"), "requests": [sample("short")]}])
def test_a_job_has_either_requests_or_stories(app: Flask, body: dict[str, Any]) -> None:
    problem = is_problem(app.test_client().post("/jobs", json=body), 422, "invalid-request")
    assert "stories" in errors_by_pointer(problem)["/requests"]
