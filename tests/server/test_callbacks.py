"""Callbacks: signed, repeated with the same body, and sent only to allowed hosts."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from standardwebhooks import Webhook, WebhookVerificationError

from nutgraf.jobs import callbacks
from nutgraf.jobs.callback_client import AllowedHosts, CallbackClient, DeliveryError
from nutgraf.service.ndjson import result_line
from tests.builders import body
from tests.callback_receiver import Receiver, callback_receiver
from tests.workers import SECRET, jobs_of, work_off


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """An application on each kind of database."""
    return make_app()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with callback_receiver() as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callbacks, "PAUSE_SECONDS", (0, 0, 0))


def job(client: FlaskClient, receiver: Receiver, requests: list[Any] | None = None) -> dict[str, Any]:
    response = client.post(
        "/jobs", json={"requests": requests or [body()], "callback": {"url": f"{receiver.address}/done?a=1"}}
    )
    assert response.status_code == 202, response.get_data(as_text=True)
    made: dict[str, Any] = response.get_json()
    return made


def make_attempts(app: Flask) -> int:
    """Makes the attempts that are due, and returns their number."""
    jobs = jobs_of(app)
    due = callbacks.claim(jobs.database, 10)
    for attempt in due:
        callbacks.deliver(jobs.database, attempt, jobs.callback_client, result_line)
    return len(due)


def state(client: FlaskClient, job_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/jobs/{job_id}").get_json()["callback"]
    return found


def test_no_callback_is_sent_before_the_job_is_done(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    made = job(client, receiver, [body()] * 40)
    work_off(app, made["id"], most=3)
    assert make_attempts(app) == 0
    untold = {"state": "pending", "attempts": 0, "last_error": None, "next_attempt_at": None}
    assert made["callback"] == {"url": f"{receiver.address}/done?a=1", **untold}


def test_a_callback_is_signed_and_contains_the_result_of_a_single_request(
    app: Flask, client: FlaskClient, receiver: Receiver
) -> None:
    made = job(client, receiver)
    work_off(app, made["id"])
    assert make_attempts(app) == 1
    ((headers, content),) = receiver.calls
    found = Webhook(SECRET).verify(content, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(content + b" ", headers)
    assert found["type"] == "job.done"
    assert found["data"]["id"] == made["id"]
    assert found["data"]["counts"]["done"] == 1
    alone = client.post("/summarize", json=body()).get_data().rstrip()
    assert b'"result": {"index":0,"status":200,"body":%s}' % alone in content
    assert state(client, made["id"])["state"] == "delivered"
    assert make_attempts(app) == 0


def test_the_callback_of_a_large_job_has_the_path_of_its_results(
    app: Flask, client: FlaskClient, receiver: Receiver
) -> None:
    made = job(client, receiver, [body(), {"articles": []}])
    work_off(app, made["id"])
    make_attempts(app)
    found = json.loads(receiver.calls[0][1])
    assert found["result"] is None
    assert found["data"]["results"] == f"/jobs/{made['id']}/results"
    assert found["data"]["counts"] == {"queued": 0, "running": 0, "done": 1, "failed": 1}


def test_a_callback_is_repeated_with_the_same_body_until_it_is_accepted(
    app: Flask, client: FlaskClient, receiver: Receiver
) -> None:
    receiver.statuses = [500, 302, 200]
    made = job(client, receiver)
    work_off(app, made["id"])
    make_attempts(app)
    assert state(client, made["id"]) | {"url": ""} == {
        "url": "", "state": "pending", "attempts": 1, "last_error": "The receiver answered with status 500.",
        "next_attempt_at": state(client, made["id"])["next_attempt_at"],
    }  # fmt: skip
    make_attempts(app)
    assert state(client, made["id"])["last_error"] == "The receiver answered with status 302."
    make_attempts(app)
    assert state(client, made["id"])["state"] == "delivered"
    assert len(receiver.calls) == 3  # the redirect was not followed
    assert len({content for _, content in receiver.calls}) == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1


def test_a_callback_fails_after_the_last_attempt(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    receiver.statuses = [503]
    made = job(client, receiver)
    work_off(app, made["id"])
    while make_attempts(app):
        pass
    assert (state(client, made["id"])["state"], len(receiver.calls)) == ("failed", 4)


def test_a_callback_fails_at_once_if_the_receiver_answers_410(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    receiver.statuses = [410]
    made = job(client, receiver)
    work_off(app, made["id"])
    assert make_attempts(app) == 1
    assert make_attempts(app) == 0
    assert state(client, made["id"])["state"] == "failed"


def test_a_canceled_job_is_announced_and_kept_until_then(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    made = job(client, receiver, [body()] * 3)
    client.delete(f"/jobs/{made['id']}")
    assert client.get(f"/jobs/{made['id']}").get_json()["state"] == "canceled"
    assert client.get(f"/jobs/{made['id']}/results").get_data() == b""
    make_attempts(app)
    assert json.loads(receiver.calls[0][1])["type"] == "job.canceled"


def test_a_new_secret_signs_in_addition_to_the_old_one(receiver: Receiver) -> None:
    new = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    CallbackClient(AllowedHosts(("127.0.0.1",)), [SECRET, new]).send(receiver.address, "m1", b"{}")
    for secret in (SECRET, new):
        Webhook(secret).verify(receiver.calls[0][1], receiver.calls[0][0])


def test_an_allowed_name_with_a_private_address_gets_no_callback(receiver: Receiver) -> None:
    """The setting lists `localhost`, but not 127.0.0.1."""
    url = receiver.address.replace("127.0.0.1", "localhost")
    with pytest.raises(DeliveryError, match="private address"):
        CallbackClient(AllowedHosts(("localhost",)), [SECRET]).send(url, "m1", b"{}")
    assert receiver.calls == []
    CallbackClient(AllowedHosts(("localhost", "127.0.0.1")), [SECRET]).send(url, "m1", b"{}")
    assert receiver.calls[0][0]["host"] == url.removeprefix("http://")


def test_a_receiver_that_does_not_answer_gets_no_callback() -> None:
    callback_client = CallbackClient(AllowedHosts(("127.0.0.1", "nowhere.invalid")), [SECRET])
    for url in ("http://127.0.0.1:9/", "http://nowhere.invalid/"):
        with pytest.raises(DeliveryError):
            callback_client.send(url, "m1", b"{}")
