"""Callbacks are sent only to allowed hosts and addresses."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from itertools import cycle

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nutgraf.jobs import callback_client, callbacks, store
from nutgraf.jobs.callback_client import AllowedHosts, CallbackClient, DeliveryError
from nutgraf.jobs.maintenance import Maintenance
from tests.workers import SECRET, jobs_of


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://cms.example/x", True),
        ("https://CMS.example./x", True),
        ("https://a.news.example:8443/", True),
        ("https://news.example/", False),
        ("https://evilnews.example/", False),
        ("https://cms.example.evil.example/", False),
        ("https://cms.example@evil.example/", False),
        ("https://evil.example\\@cms.example/", False),
        ("https://user:pass@cms.example/", False),
        ("http://10.1.2.3/", True),
        ("http://10.2.2.3/", False),
        ("http://[::1]/", False),
        ("http://cms.example:99999/", False),
        ("file:///etc/passwd", False),
        ("https:///x", False),
    ],
)
def test_only_listed_hosts_are_allowed(url: str, allowed: bool) -> None:
    assert AllowedHosts(("cms.example", "*.news.example", "10.1.0.0/16")).allows_url(url) is allowed


def test_private_addresses_are_allowed_only_if_listed() -> None:
    allowed = AllowedHosts(("localhost", "10.1.0.0/16"))
    assert allowed.allows_address(ip_address("93.184.215.14"))
    assert allowed.allows_address(ip_address("10.1.2.3"))
    for private in ("127.0.0.1", "10.2.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0", "::ffff:127.0.0.1"):
        assert not allowed.allows_address(ip_address(private))


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1", "64:ff9b::5db8:d70e", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:5db8:d70e::1",
        "::ffff:5db8:d70e", "::ffff:10.0.0.1", "::7f00:1", "224.0.0.1", "239.1.2.3", "ff02::1", "ff0e::1",
        "2001:0:7f00:1::", "240.0.0.1", "fe80::1", "255.255.255.255", "100.64.0.1", "fec0::1",
    ],
)  # fmt: skip
def test_translated_and_mapped_addresses_are_not_public(address: str) -> None:
    """NAT64, 6to4, mapped and multicast addresses once counted as public, but some lead into the private network."""
    assert not AllowedHosts(("cms.example",)).allows_address(ip_address(address))
    assert AllowedHosts(("cms.example", address)).allows_address(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_other_addresses_are_public(address: str) -> None:
    assert AllowedHosts(()).allows_address(ip_address(address))


@contextmanager
def dripping(content: bytes) -> Iterator[str]:
    """The address of a receiver that answers one byte at a time, each within the socket's timeout."""
    ended = threading.Event()

    def drip(opened: socket.socket) -> None:
        with opened, suppress(OSError):
            if not content:
                ended.wait(30)
            for byte in cycle(content):
                opened.sendall(bytes([byte]))
                if ended.wait(0.05):
                    return

    def accept() -> None:
        with suppress(OSError):
            while True:
                opened, _ = listener.accept()
                threading.Thread(target=drip, args=(opened,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        ended.set()


@pytest.mark.parametrize(
    ("scheme", "content"),
    [
        ("http", b"HTTP/1.1 200 OK and so on "),
        ("http", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ("http", b""),
        ("https", b"\x16\x03\x03\x3f"),
    ],
    ids=["line", "continue", "silent", "handshake"],
)
def test_sending_to_a_receiver_that_drips_bytes_ends_in_time(
    scheme: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte once restarted the timeout, so that a receiver could occupy a thread for ever."""
    monkeypatch.setattr(callback_client, "TOTAL_SECONDS", 1)
    client = CallbackClient(AllowedHosts(("127.0.0.1",)), [SECRET])
    with dripping(content) as address:
        began = time.monotonic()
        with pytest.raises(DeliveryError, match=r"within 1 second|did not answer: TimeoutError"):
            client.send(f"{scheme}://{address}/", "m1", b"{}")
        assert time.monotonic() - began < 3


def test_a_slow_host_does_not_delay_others(app: Flask, client: FlaskClient) -> None:
    """Eight callbacks to one slow receiver once occupied all threads."""
    database = jobs_of(app).database
    for number in range(20):
        url = (
            f"http://{'SLOW' if number % 2 else 'slow'}.example:{8000 + number}/" if number < 19 else "http://other.example/"
        )
        job, _ = store.create_or_find(database, store.NewJob(1, "digest", 60, callback=url), [b"{}"])
        with database.write() as connection:
            store.end_job(connection, job.id, "done", from_states=("queued",))
    hosts = [attempt.host for attempt in callbacks.claim(database, 16)]
    assert hosts == ["slow.example"] * 2 + ["other.example"]
    assert callbacks.claim(database, 16, {"slow.example": 2, "far.example": 1}) == []
    assert len(callbacks.claim(database, 16, {"slow.example": 1})) == 1
    assert len(callbacks.claim(database, 16)) == 2


def test_maintenance_counts_its_calls_by_host(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, release = jobs_of(app), threading.Event()
    called: list[str] = []

    def deliver(database: object, attempt: callbacks.Attempt, *arguments: object) -> None:
        called.append(attempt.host)
        release.wait(10)

    monkeypatch.setattr(callbacks, "deliver", deliver)
    for number in range(6):
        url = f"http://{'slow' if number < 5 else 'other'}.example/"
        job, _ = store.create_or_find(jobs.database, store.NewJob(1, "digest", 60, callback=url), [b"{}"])
        with jobs.database.write() as connection:
            store.end_job(connection, job.id, "done", from_states=("queued",))
    maintenance = Maintenance(jobs.database, jobs.queue, jobs.callback_client, lambda *result: b"")
    for _ in range(3):
        maintenance.tick()
        time.sleep(0.2)
    assert sorted(called) == ["other.example", "slow.example", "slow.example"]
    release.set()
    end = time.monotonic() + 10
    while called.count("slow.example") < 5 and time.monotonic() < end:
        maintenance.tick()
        time.sleep(0.1)
    assert called.count("slow.example") >= 5  # more if this machine is slow, because this test does not record calls
