"""Rate limits: by key or address, shared by all processes, stated in every answer, off by default."""

import re
import time
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nutgraf.app import create_app
from nutgraf.http.security import shared_counters
from nutgraf.http.security.keys import KeyFile
from nutgraf.http.security.shared_counters import SLOT_COUNT, SLOTS_PER_KEY, SharedCounters
from tests.builders import body
from tests.problems import is_problem

MINUTE = r'"default";r=(\d+);t=(\d+)'


def ask(client: FlaskClient, address: str = "192.0.2.7", **headers: str) -> TestResponse:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/summarize", json=body(), headers=sent, environ_overrides={"REMOTE_ADDR": address})


def test_there_is_no_limit_by_default() -> None:
    client = create_app().test_client()
    answer = ask(client)
    assert answer.status_code == 200
    assert "RateLimit" not in answer.headers
    assert "RateLimit-Policy" not in answer.headers


def test_headers_state_the_limit_and_requests_above_it_are_refused() -> None:
    client = create_app({"limit": "3 per minute"}).test_client()
    for left in (2, 1, 0):
        answer = ask(client)
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"] == '"default";q=3;w=60'
        told = re.fullmatch(MINUTE, answer.headers["RateLimit"])
        assert told
        assert int(told[1]) == left
        assert 0 < int(told[2]) <= 60
    refused = ask(client)
    assert "3 per 1 minute" in is_problem(refused, 429, "limit-exceeded")["detail"]
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert re.fullmatch(MINUTE, refused.headers["RateLimit"])
    assert ask(client, "192.0.2.8").status_code == 200


@pytest.mark.parametrize(
    ("addresses", "clients"),
    [
        (["192.0.2.7", "192.0.2.7:1234", "192.0.2.7:5678", "192.0.2.7:", '"192.0.2.7:99"', "::ffff:192.0.2.7"], 1),
        (["2001:db8::1", "[2001:db8::2]", "[2001:db8::3]:443", '"[2001:db8::4]:80"', "2001:db8::5%eth0"], 1),
        (["unknown", "_hidden", "a" * 500, "300.1.2.3", "1.2.3.4:x", "é", "-", "[::1", "1.2.3.4 5", "::1::2"], 1),
        (["192.0.2.7:1", "192.0.2.8:1", "[2001:db8::1]:1", "[2001:db8:1::1]:1"], 4),
    ],
    ids=["v4", "v6", "garbage", "several"],
)  # fmt: skip
def test_ports_and_invalid_addresses_do_not_create_new_clients(addresses: list[str], clients: int) -> None:
    """Every port of a client, and every invented address, once had its own counter."""
    client = create_app({"limit": "1 per hour", "trusted_proxies": 1, "open": 1}).test_client()
    answers = [client.get("/jobs/x", headers={"X-Forwarded-For": address}) for address in addresses]
    assert [answer.status_code for answer in answers].count(404) == clients
    assert [answer.status_code for answer in answers].count(429) == len(addresses) - clients


def test_after_the_window_counting_restarts() -> None:
    client = create_app({"limit": "1 per second"}).test_client()
    assert ask(client).status_code == 200
    # On a busy machine the second request may arrive in the next second.
    refused = next(answer for answer in (ask(client) for _ in range(20)) if answer.status_code == 429)
    time.sleep(int(refused.headers["Retry-After"]) + 0.05)
    assert ask(client).status_code == 200


def test_headers_state_each_of_several_limits() -> None:
    client = create_app({"limit": "2 per second; 100 per hour"}).test_client()
    answer = ask(client)
    assert answer.headers["RateLimit-Policy"] == '"default-1s";q=2;w=1, "default-3600s";q=100;w=3600'
    assert '"default-3600s";r=99;t=' in answer.headers["RateLimit"]


def test_requests_with_a_key_are_counted_by_key_and_not_by_address(tmp_path: Path) -> None:
    file = KeyFile(str(tmp_path))
    desk, cms = file.add("desk"), file.add("cms", "1 per hour")
    client = create_app({"limit": "2 per minute", "data_dir": str(tmp_path)}).test_client()
    assert [ask(client, f"192.0.2.{at}", X_API_Key=desk).status_code for at in range(3)] == [200, 200, 429]
    answer = ask(client, X_API_Key=cms)
    assert answer.headers["RateLimit-Policy"] == '"key";q=1;w=3600'
    assert ask(client, X_API_Key=cms).status_code == 429


def test_a_key_may_have_a_limit_without_a_general_limit(tmp_path: Path) -> None:
    secret = KeyFile(str(tmp_path)).add("cms", "1 per hour")
    client = create_app({"data_dir": str(tmp_path)}).test_client()
    assert [ask(client, X_API_Key=secret).status_code for _ in range(2)] == [200, 429]


def test_addresses_of_one_ipv6_network_share_a_limit() -> None:
    client = create_app({"limit": "1 per minute"}).test_client()
    assert ask(client, "2001:db8::1").status_code == 200
    assert ask(client, "2001:db8::ffff:1").status_code == 429
    assert ask(client, "2001:db8:0:1::1").status_code == 200


@pytest.mark.parametrize(("proxies", "second"), [(0, 429), (1, 200)])
def test_forwarded_addresses_are_trusted_only_from_the_set_number_of_proxies(proxies: int, second: int) -> None:
    """Addresses that a client invents stand left of those that trusted proxies add."""
    client = create_app({"limit": "1 per minute", "trusted_proxies": proxies, "open": 1}).test_client()
    assert ask(client, X_Forwarded_For="203.0.113.9, 198.51.100.1").status_code == 200
    assert ask(client, X_Forwarded_For="203.0.113.9, 198.51.100.2").status_code == second
    assert ask(client, X_Forwarded_For="203.0.113.7, 198.51.100.1").status_code == 429
    assert ask(client, X_Forwarded_For="unknown").status_code in (200, 429)


def test_probes_and_pages_are_not_counted() -> None:
    client = create_app({"limit": "1 per hour"}).test_client()
    for path in ("/healthz", "/readyz", "/metrics", "/docs", "/languages"):
        assert [client.get(path).status_code for _ in range(2)] == [200, 200]
    assert ask(client).status_code == 200


def count(counters: SharedCounters, times: int) -> None:
    for _ in range(times):
        counters.incr("desk", 60)


def test_processes_share_counters() -> None:
    counters = SharedCounters()
    context = get_context("fork")
    others = [context.Process(target=count, args=(counters, 500)) for _ in range(4)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert counters.get("desk") == 2_000
    counters.clear("desk")
    assert counters.get("desk") == 0


def test_clearing_an_unknown_key_keeps_the_counters_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """All keys share the same slots here, and no slot is free."""
    counters = SharedCounters()
    monkeypatch.setattr(shared_counters, "SLOT_COUNT", 1)
    counters.incr("desk", 60)
    counters.clear("wire")
    assert counters.get("desk") == 1


def test_setting_the_clock_back_does_not_extend_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set back by an hour, a window of a second once lasted an hour."""
    client = create_app({"limit": "1 per second"}).test_client()
    assert ask(client).status_code == 200
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 3_600)
    answer = ask(client)
    assert int(answer.headers.get("Retry-After", 0)) <= 1
    time.sleep(1.1)
    assert ask(client).status_code == 200


def test_many_clients_need_no_more_memory() -> None:
    """The number of slots is fixed, and the latest client is still counted."""
    counters = SharedCounters()
    for at in range(SLOT_COUNT + 100):
        counters.incr(f"address {at}", 60 + at // SLOTS_PER_KEY)
    assert len(counters._memory) == SLOT_COUNT * 24
    assert counters.get(f"address {SLOT_COUNT + 99}") == 1
    counters.reset()
    assert counters.get(f"address {SLOT_COUNT + 99}") == 0
