"""No log line and no error body contains article text."""

import json
import logging

import pytest
from flask.testing import FlaskClient

from nutgraf.http.routes import summaries
from tests.builders import body
from tests.problems import is_problem

CANARY = "zebracanary"


def test_the_answer_to_an_unexpected_error_has_only_its_id(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*asked: object, **options: object) -> None:
        raise RuntimeError(f"about {CANARY}")

    monkeypatch.setattr(summaries, "respond", fail)
    with caplog.at_level(logging.DEBUG):
        response = client.post("/summarize", json=body(f"{CANARY} is here."), headers={"X-Request-ID": "wire-7"})
    problem = is_problem(response, 500, "internal-error")
    assert problem["instance"] == "urn:nutgraf:request:wire-7"
    assert CANARY not in str(problem)
    assert CANARY not in caplog.text
    assert "wire-7" in caplog.text
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize(
    "sent",
    [{"articles": [{"text": f"{CANARY}\ud800"}]}, {"articles": [{"text": "—", "title": CANARY}]}, {"articles": CANARY}],
)
def test_no_problem_quotes_the_text_of_an_article(client: FlaskClient, sent: dict[str, object]) -> None:
    response = client.post("/summarize", data=json.dumps(sent), content_type="application/json")
    assert response.status_code == 422
    assert CANARY not in response.get_data(as_text=True)


def test_malformed_json_is_not_quoted(client: FlaskClient) -> None:
    response = client.post("/summarize", data=f'{{"text": "{CANARY}', content_type="application/json")
    assert CANARY not in response.get_data(as_text=True)


def test_an_invalid_request_id_is_replaced(client: FlaskClient) -> None:
    for bad in ("a b", "<script>", "x" * 65):
        assert client.get("/healthz", headers={"X-Request-ID": bad}).headers["X-Request-ID"] != bad
    assert client.get("/healthz", headers={"X-Request-ID": "wire-7"}).headers["X-Request-ID"] == "wire-7"
