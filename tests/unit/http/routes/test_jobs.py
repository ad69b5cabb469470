"""/jobs: stored before it is acknowledged, answered in place, read out in order, forgotten whole."""

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
from tests.problems import is_problem, pointed
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
    """On each kind of database."""
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


def test_it_is_acknowledged_with_where_to_look(client: FlaskClient) -> None:
    response = client.post("/jobs", json={"requests": REQUESTS, "reference": "night"})
    job = response.get_json()
    assert response.status_code == 202
    assert response.headers["Location"] == f"/jobs/{job['id']}"
    assert int(response.headers["Retry-After"]) > 0
    assert (job["state"], job["progress"], job["reference"]) == ("queued", 0.0, "night")
    assert job["counts"] == {"queued": len(REQUESTS), "running": 0, "done": 0, "failed": 0}
    assert client.get(response.headers["Location"]).get_json() == job


def test_each_result_is_byte_for_byte_the_synchronous_one_in_its_place(app: Flask, client: FlaskClient) -> None:
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


def test_while_it_runs_what_is_answered_can_be_read(app: Flask, client: FlaskClient) -> None:
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


def test_lines_are_taken_as_they_are(make_app: Callable[..., Flask]) -> None:
    """An empty line is none, a line that is no JSON or too long fails alone, keys that stand twice are seen."""
    app = make_app(max_body_bytes=5_000)
    client = app.test_client()
    long = json.dumps(body("Ice. " * 4_000)).encode()
    lines = [json.dumps(body()).encode() + b"\r", b"", b'{"articles": [', long, b'{"articles":[],"articles":[]}', b"\xff"]
    job = ndjson(client, *lines, query="?expires_after=60").get_json()
    work_off(app, job["id"], max_body_bytes=5_000)
    answers = [json.loads(line) for line in results(client, job["id"])]
    assert [answer["status"] for answer in answers] == [200, 400, 413, 400, 400]


def test_a_body_may_be_larger_than_a_request_as_ndjson_only(make_app: Callable[..., Flask]) -> None:
    client = make_app(max_body_bytes=20_000).test_client()
    assert ndjson(client, *[json.dumps(body()).encode()] * 100).status_code == 202
    problem = is_problem(client.post("/jobs", json={"requests": [body()] * 100}), 413, "body-too-large")
    assert "20000" in problem["detail"]
    client = make_app(max_job_bytes=30_000).test_client()
    is_problem(ndjson(client, *[json.dumps(body()).encode()] * 100), 413, "body-too-large")


def test_the_same_key_gives_the_same_job_and_another_body_none(client: FlaskClient) -> None:
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


def test_the_same_key_many_times_at_once_gives_one_job(app: Flask) -> None:
    line = json.dumps(body()).encode()
    with ThreadPoolExecutor(8) as callers:
        made = [callers.submit(ndjson, app.test_client(), line, line, **{"Idempotency-Key": "at-once"}) for _ in range(16)]
    assert {each.result().status_code for each in made} == {202}
    assert len({each.result().headers["Location"] for each in made}) == 1
    assert len(app.test_client().get("/jobs").get_json()["jobs"]) == 1


def test_more_requests_than_a_job_may_have_are_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_REQUESTS", 20)
    assert ndjson(client, *[b"{}"] * 20).status_code == 202
    assert "/requests" in pointed(is_problem(ndjson(client, *[b"{}"] * 21), 422, "invalid-request"))


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
def test_what_is_wrong_with_a_job_is_said_where_it_is(client: FlaskClient, sent: dict[str, Any], pointer: str) -> None:
    problem = is_problem(client.post("/jobs", json=sent), 422, "invalid-request")
    assert list(pointed(problem)) == [pointer]


def test_what_is_no_job_at_all_is_refused(client: FlaskClient) -> None:
    is_problem(ndjson(client, b"", b"  "), 422, "invalid-request")
    is_problem(ndjson(client, b"{}", query="?expires_after=soon"), 422, "invalid-request")
    is_problem(client.post("/jobs", data="[]", content_type="text/plain"), 415, "unsupported-media-type")
    is_problem(client.post("/jobs", data="{", content_type="application/json"), 400, "malformed-json")


def test_unknown_jobs_are_404(client: FlaskClient) -> None:
    for path in ("/jobs/0f8fad5bd9cb469fa16570867728950e", "/jobs/x/results"):
        is_problem(client.get(path), 404, "not-found")
    is_problem(client.delete("/jobs/x"), 404, "not-found")


def test_deleting_cancels_and_forgets(app: Flask, client: FlaskClient) -> None:
    job = create(client, [body()] * 40)
    work_off(app, job["id"], most=2)
    assert client.delete(f"/jobs/{job['id']}").status_code == 204
    is_problem(client.get(f"/jobs/{job['id']}"), 404, "not-found")
    work_off(app, job["id"])  # a worker that has it in hand finds nothing to do
    is_problem(client.get(f"/jobs/{job['id']}/results"), 404, "not-found")


def test_pages_go_through_all_jobs_once_the_newest_first(client: FlaskClient) -> None:
    made = [create(client, [body()])["id"] for _ in range(5)]
    seen: list[str] = []
    query = "?limit=2"
    while query:
        page = client.get(f"/jobs{query}").get_json()
        seen += [job["id"] for job in page["jobs"]]
        query = f"?limit=2&cursor={page['next']}" if page["next"] else ""
    assert seen == made[::-1]
    assert list(pointed(is_problem(client.get("/jobs?cursor=x"), 422, "invalid-request"))) == ["/cursor"]
    is_problem(client.get("/jobs?limit=0"), 422, "invalid-request")


def test_an_expired_job_is_gone_and_its_text_with_it(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
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


def test_an_expired_job_leaves_its_key_free(app: Flask, client: FlaskClient) -> None:
    line = json.dumps(body()).encode()
    first = ndjson(client, line, query="?expires_after=1", **{"Idempotency-Key": "k"}).get_json()
    work_off(app, first["id"])
    time.sleep(1.2)
    second = ndjson(client, line, query="?expires_after=1", **{"Idempotency-Key": "k"}).get_json()
    assert second["id"] != first["id"]


def test_a_key_sees_its_own_jobs(app: Flask) -> None:
    """Those of hooks have no owner; every key saw, read and deleted them."""
    database = jobs_of(app).database
    made = {
        owner: store.create_or_find(database, store.NewJob(1, "digest", 60, owner=owner), [b"{}"])[0].id
        for owner in ("print", "web", None)
    }
    for owners, seen in (
        (("print",), {"print"}),
        (("print", None), {"print", None}),
        ((None,), {None}),
        (store.EVERYBODY, {"print", "web", None}),
    ):
        shown = {job.id for job in store.list_jobs(database, owners, None, 10)[0]}
        assert shown == {made[owner] for owner in seen}
    for owner in ("web", None):
        with pytest.raises(store.JobNotFoundError):
            store.delete_job(database, made[owner], ("print",))


def test_no_request_is_kept_once_it_is_answered(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    job = create(client, [{"articles": [{"text": f"{NEWS} Zebracanary."}], "length": {"sentences": 1}, "keywords": 0}])
    work_off(app, job["id"])
    with jobs_of(app).database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM job_items WHERE request IS NOT NULL").scalar() == 0


@pytest.mark.parametrize("blocked", ["file", "read-only", "down"])
def test_where_nothing_can_be_stored_it_says_so_and_recovers_by_itself(blocked: str, tmp_path: Path) -> None:
    """The folder is a file, or the database answers to nobody; later it does."""
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


def test_a_file_that_is_removed_at_run_time_is_a_503_and_then_a_new_one(tmp_path: Path) -> None:
    """It had no tables, so that all further requests failed until the service was started again."""
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


def test_the_character_that_postgres_refuses_is_refused(app: Flask, client: FlaskClient) -> None:
    """In an id, a cursor, a reference or an address it looked like a database that is down."""
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


def test_a_database_that_is_none_is_a_503(tmp_path: Path) -> None:
    (tmp_path / "nutgraf.db").write_bytes(b"not a database, but long enough to be taken for one" * 50)
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    is_problem(client.get("/jobs"), 503, "storage-unavailable")


def test_tables_are_what_migrations_make_of_an_empty_database(app: Flask) -> None:
    """A table that changes without a migration is found here."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from nutgraf.jobs.tables import metadata

    with jobs_of(app).database.write() as connection:
        options = {"include_name": lambda name, kind, parents: kind != "table" or name in metadata.tables}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_sqlite_waits_in_wal_mode_and_leaves_no_deleted_text(tmp_path: Path) -> None:
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    client.get("/jobs")
    with closing(sqlite3.connect(tmp_path / "nutgraf.db")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_stories_are_grouped_in_a_job(app: Flask) -> None:
    """As a request of its own, and as a line beside others, with the answer of POST /stories."""
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
    assert pointed(lines[2]["problem"]).keys() == {"/stories/articles"}


@pytest.mark.parametrize("body", [{}, {"stories": sample("feed"), "requests": [sample("short")]}])
def test_a_job_has_either_requests_or_stories(app: Flask, body: dict[str, Any]) -> None:
    problem = is_problem(app.test_client().post("/jobs", json=body), 422, "invalid-request")
    assert "stories" in pointed(problem)["/requests"]
