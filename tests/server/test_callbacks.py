"""Who asked is told: signed, in the same words each time, and nobody else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from standardwebhooks import Webhook, WebhookVerificationError

from nutgraf.jobs import callbacks
from nutgraf.jobs.callback_client import AllowedHosts, CallbackClient, DeliveryError
from nutgraf.request_handling.ndjson import result_line
from tests.builders import body
from tests.callback_receiver import Receiver, receiving
from tests.workers import SECRET, jobs_of, work_off


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """On each kind of database."""
    return make_app()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
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


def tell(app: Flask) -> int:
    """Makes the attempts that are due; how many they were."""
    jobs = jobs_of(app)
    due = callbacks.claim(jobs.database, 10)
    for attempt in due:
        callbacks.deliver(jobs.database, attempt, jobs.callback_client, result_line)
    return len(due)


def state(client: FlaskClient, job_id: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"/jobs/{job_id}").get_json()["callback"]
    return told


def test_nobody_is_told_before_the_job_is_done(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    made = job(client, receiver, [body()] * 40)
    work_off(app, made["id"], most=3)
    assert tell(app) == 0
    untold = {"state": "pending", "attempts": 0, "last_error": None, "next_attempt_at": None}
    assert made["callback"] == {"url": f"{receiver.address}/done?a=1", **untold}


def test_it_is_signed_as_standard_webhooks_are_and_carries_a_single_result(
    app: Flask, client: FlaskClient, receiver: Receiver
) -> None:
    made = job(client, receiver)
    work_off(app, made["id"])
    assert tell(app) == 1
    ((headers, content),) = receiver.calls
    told = Webhook(SECRET).verify(content, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(content + b" ", headers)
    assert told["type"] == "job.done"
    assert told["data"]["id"] == made["id"]
    assert told["data"]["counts"]["done"] == 1
    alone = client.post("/summarize", json=body()).get_data().rstrip()
    assert b'"result": {"index":0,"status":200,"body":%s}' % alone in content
    assert state(client, made["id"])["state"] == "delivered"
    assert tell(app) == 0


def test_a_large_job_says_where_its_results_are(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    made = job(client, receiver, [body(), {"articles": []}])
    work_off(app, made["id"])
    tell(app)
    told = json.loads(receiver.calls[0][1])
    assert told["result"] is None
    assert told["data"]["results"] == f"/jobs/{made['id']}/results"
    assert told["data"]["counts"] == {"queued": 0, "running": 0, "done": 1, "failed": 1}


def test_it_is_tried_again_in_the_same_words_until_it_is_taken(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 200]
    made = job(client, receiver)
    work_off(app, made["id"])
    tell(app)
    assert state(client, made["id"]) | {"url": ""} == {
        "url": "", "state": "pending", "attempts": 1, "last_error": "The receiver answered with status 500.",
        "next_attempt_at": state(client, made["id"])["next_attempt_at"],
    }  # fmt: skip
    tell(app)
    assert state(client, made["id"])["last_error"] == "The receiver answered with status 302."
    tell(app)
    assert state(client, made["id"])["state"] == "delivered"
    assert len(receiver.calls) == 3  # the redirect was not followed
    assert len({content for _, content in receiver.calls}) == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1


def test_it_is_given_up_after_the_last_attempt(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    receiver.statuses = [503]
    made = job(client, receiver)
    work_off(app, made["id"])
    while tell(app):
        pass
    assert (state(client, made["id"])["state"], len(receiver.calls)) == ("failed", 4)


def test_it_is_given_up_where_the_other_end_is_gone_for_good(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    receiver.statuses = [410]
    made = job(client, receiver)
    work_off(app, made["id"])
    assert tell(app) == 1
    assert tell(app) == 0
    assert state(client, made["id"])["state"] == "failed"


def test_a_canceled_job_is_told_as_such_and_shown_until_then(app: Flask, client: FlaskClient, receiver: Receiver) -> None:
    made = job(client, receiver, [body()] * 3)
    client.delete(f"/jobs/{made['id']}")
    assert client.get(f"/jobs/{made['id']}").get_json()["state"] == "canceled"
    assert client.get(f"/jobs/{made['id']}/results").get_data() == b""
    tell(app)
    assert json.loads(receiver.calls[0][1])["type"] == "job.canceled"


def test_a_new_secret_signs_beside_the_old_one(receiver: Receiver) -> None:
    new = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    CallbackClient(AllowedHosts(("127.0.0.1",)), [SECRET, new]).send(receiver.address, "m1", b"{}")
    for secret in (SECRET, new):
        Webhook(secret).verify(receiver.calls[0][1], receiver.calls[0][0])


def test_a_name_that_stands_for_a_private_address_is_not_called(receiver: Receiver) -> None:
    """`localhost` is named, 127.0.0.1 is not."""
    url = receiver.address.replace("127.0.0.1", "localhost")
    with pytest.raises(DeliveryError, match="private address"):
        CallbackClient(AllowedHosts(("localhost",)), [SECRET]).send(url, "m1", b"{}")
    assert receiver.calls == []
    CallbackClient(AllowedHosts(("localhost", "127.0.0.1")), [SECRET]).send(url, "m1", b"{}")
    assert receiver.calls[0][0]["host"] == url.removeprefix("http://")


def test_who_does_not_answer_is_not_told() -> None:
    callback_client = CallbackClient(AllowedHosts(("127.0.0.1", "nowhere.invalid")), [SECRET])
    for url in ("http://127.0.0.1:9/", "http://nowhere.invalid/"):
        with pytest.raises(DeliveryError):
            callback_client.send(url, "m1", b"{}")
