"""Metrics, log lines and request ids, for operators."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from nutgraf.app import create_app
from nutgraf.cli.main import main
from nutgraf.observability.logs import NAME, formatter, log, write_to_standard_error
from nutgraf.service.respond import Responder
from nutgraf.settings import load
from tests.builders import NEWS, body
from tests.problems import is_problem

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def samples(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """The metrics, by name and label values."""
    text = client.get("/metrics").get_data(as_text=True)
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_their_duration_and_their_sizes_are_counted(client: FlaskClient) -> None:
    before = samples(client)
    client.post("/summarize", json=body(NEWS, NEWS.replace("bridge", "tunnel")))
    client.post("/summarize", json={})
    client.get("/problems/busy")
    after = samples(client)
    grown = {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}
    assert grown["nutgraf_requests_total", "POST", "/summarize", "200"] == 1
    assert grown["nutgraf_requests_total", "POST", "/summarize", "422"] == 1
    assert grown["nutgraf_requests_total", "GET", "/problems/{slug}", "200"] == 1
    assert grown["nutgraf_request_seconds_count", "/summarize"] == 2
    assert grown["nutgraf_articles_sum",] == 2
    assert grown["nutgraf_sentences_sum",] == 10
    assert {name[1] for name in grown if name[0] == "nutgraf_stage_seconds_count"} >= {"clean", "split", "rank", "headlines"}
    assert after["nutgraf_requests_inside",] == 0


def test_no_metric_label_contains_text_of_a_caller(client: FlaskClient) -> None:
    client.open("/zebracanary", method="ZEBRACANARY")
    client.open("/summarize?zebracanary=1", method="ZEBRACANARY", headers={"X-Request-ID": "zebracanary"})
    client.get("/problems/zebracanary")
    text = client.get("/metrics").get_data(as_text=True)
    assert "zebracanary" not in text.lower()
    assert 'method="other",route="-"' in text


def test_trace_and_request_ids_are_passed_through(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": "wire-7", "traceparent": TRACE})
    assert answer.headers["X-Request-ID"] == "wire-7"
    assert answer.headers["traceparent"] == TRACE


@pytest.mark.parametrize(
    "trace", ["", "zebra", TRACE[:-3], TRACE.upper(), TRACE.replace("0af7651916cd43dd8448eb211c80319c", "0" * 32)]
)
def test_invalid_trace_headers_are_ignored(client: FlaskClient, trace: str) -> None:
    assert "traceparent" not in client.get("/healthz", headers={"traceparent": trace}).headers


def test_the_log_has_one_json_line_per_request(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.setFormatter(formatter())
    with caplog.at_level(logging.INFO, NAME):
        client.post("/summarize?zebra=1", json=body(), headers={"X-Request-ID": "wire-7", "traceparent": TRACE})
    (line,) = [json.loads(line) for line in caplog.text.splitlines()]
    assert line["event"] == "request"
    assert (line["request_id"], line["trace_id"]) == ("wire-7", TRACE.split("-")[1])
    assert (line["method"], line["route"], line["status"], line["key"]) == ("POST", "/summarize", 200, None)
    assert line["bytes"] > 1_000
    assert 0 < line["milliseconds"] < 60_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line["timestamp"])


def test_requests_of_jobs_and_batches_are_not_counted_as_http_requests(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = samples(client)
    with caplog.at_level(logging.INFO, NAME):
        status, _ = Responder(load())(json.dumps(body()).encode(), "batch-0")
    assert status == 200
    assert caplog.text == ""
    name = ("nutgraf_request_seconds_count", "/summarize")
    assert samples(client).get(name, 0) == before.get(name, 0)


def test_the_log_has_no_messages_of_exceptions(caplog: pytest.LogCaptureFixture) -> None:
    from nutgraf.observability.logs import frames

    caplog.handler.setFormatter(formatter())

    def fail() -> Any:
        raise ValueError("zebracanary")

    with caplog.at_level(logging.ERROR, NAME):
        try:
            fail()
        except ValueError as error:
            log.error("failed", error=type(error).__name__, frames=frames(error))
    line = json.loads(caplog.text)
    assert line["error"] == "ValueError"
    assert line["frames"][-1].endswith(" fail")
    assert "zebracanary" not in caplog.text


def test_readyz_names_missing_data(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from nutgraf.summarizer.reading import nltk_data

    monkeypatch.setattr(nltk_data, "missing_folders", lambda: ["tokenizers/punkt_tab"])
    problem = is_problem(client.get("/readyz"), 503, "not-ready")
    assert "python -m nutgraf.cli.nltk_data" in problem["detail"]
    assert client.get("/healthz").status_code == 200


def test_readyz_reports_an_unreadable_key_file(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    is_problem(client.get("/readyz"), 503, "keys-unreadable")


def test_metrics_show_the_backlog_and_its_age(tmp_path: Path) -> None:
    """Before the first job, reading the metrics must not create the database."""
    client = create_app({"data_dir": str(tmp_path / "data")}).test_client()
    assert samples(client)["nutgraf_queue_depth",] == 0
    assert not (tmp_path / "data").exists()
    job = client.post("/jobs", json={"requests": [body(), body(), body()]}).get_json()
    seen = samples(client)
    assert seen["nutgraf_queue_depth",] == 3
    assert 0 <= seen["nutgraf_job_age_seconds",] < 60
    client.delete(f"/jobs/{job['id']}")
    assert samples(client)["nutgraf_queue_depth",] == 0


def test_metrics_show_whether_the_job_database_answers(tmp_path: Path) -> None:
    up = ("nutgraf_job_database_up",)
    assert samples(create_app({"data_dir": str(tmp_path / "data")}).test_client())[up] == 1
    seen = samples(create_app({"database_url": "postgresql://tests@127.0.0.1:9/nutgraf"}).test_client())
    assert seen[up] == 0
    assert ("nutgraf_queue_depth",) not in seen


@pytest.mark.parametrize(("address", "status"), [("", 0), ("postgresql://tests@127.0.0.1:9/nutgraf", 1)])
def test_worker_check_reports_whether_the_database_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, status: int
) -> None:
    """For the readiness probe of its container."""
    monkeypatch.setenv("NUTGRAF_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("NUTGRAF_DATABASE_URL", address)
    result = CliRunner().invoke(main, ["worker", "--check"])
    assert result.exit_code == status
    assert not status or "The job database does not answer" in result.output


def test_log_lines_of_libraries_are_json_without_messages_of_exceptions(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """huey logs an exception with its message, which may quote an article, and its lines were once plain text."""
    before = [(name, logger.handlers[:], logger.level, logger.propagate) for name, logger in loggers().items()]
    try:
        write_to_standard_error()
        try:
            raise ValueError("zebracanary")
        except ValueError:
            logging.getLogger("huey").exception("Unhandled exception in task %s.", "run")
        logging.getLogger("huey").info("not shown")
    finally:
        for name, handlers, level, propagates in before:
            logger = loggers()[name]
            logger.handlers[:], logger.propagate = handlers, propagates
            logger.setLevel(level)
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "Unhandled exception in task run."
    assert (line["level"], line["error"]) == ("error", "ValueError")
    assert line["frames"]
    assert "zebracanary" not in str(line)


def loggers() -> dict[str, logging.Logger]:
    return {"root": logging.getLogger(), NAME: logging.getLogger(NAME)}
