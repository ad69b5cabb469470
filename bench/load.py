"""Load test of `nutgraf serve`: saturation for a long time, then twice the load that it can handle, then recovery.

Saturation is a closed loop: each of several connections sends its next request as soon as it has an answer. Overload is an
open loop: requests are sent at fixed times, whether or not earlier ones have been answered. All requests are different.

An idle loop runs at the same time: a process that does the same few milliseconds of work ten times a second. If its time
changes, the machine was busy with something else, and latencies before and after can't be compared.
"""

import hashlib
import http.client
import itertools
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bench.http import CONNECTIONS, DEFAULT_WORKERS, PAYLOADS, Requests, free_port, percentile_ms, run_server
from bench.news import sentences

MINUTE_SECONDS = 60
OVERLOAD_SECONDS = 30
OVERLOAD_TIMES = 2
# More than the server has threads: 24 in each of two processes, 16 of which may wait.
OVERLOAD_CONNECTIONS = 96
# The server closes connections that are idle for 2 seconds; a request that is sent at that moment gets no answer.
MAX_IDLE_SECONDS = 1
AFTERWARDS_SECONDS = 10
# The sentences of ten requests: a cluster of ten articles and nine single articles.
REQUEST_SIZES = (PAYLOADS["cluster"], *[PAYLOADS["article"]] * 9)
# The work of the idle loop, about 4 ms, and its pause.
IDLE_BYTES = 8_000_000
IDLE_PAUSE_SECONDS = 0.1
# The p50 of one second counts as normal again if it is at most this many times the p50 at saturation.
NORMAL_TIMES = 1.25


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a request: time of its end, duration and status; status 0 means that the connection broke."""

    ended: float
    seconds: float
    status: int
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class IdleTurn:
    """One turn of the idle loop: time of its end, and its duration."""

    ended: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """The port of a server and the id of its main process."""

    port: int
    process: int

    def resident_bytes(self) -> int:
        """Returns the memory of all its processes, from Linux' /proc; pages that processes share are counted once."""
        parents = {}
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # the process has just ended
        family = {self.process}
        while children := {child for child, parent in parents.items() if parent in family} - family:
            family |= children
        return sum(map(_resident_bytes, family))


def table(file: Path, *, minutes: int) -> Iterator[str]:
    """Yields the rows of a Markdown table, one per minute at saturation, then lines about overload and recovery."""
    requests = Requests(sentences(file), REQUEST_SIZES)
    with serving() as server:
        yield "| minute | requests | errors | p50 ms | p99 ms | idle loop p50 ms | MB in memory |"
        yield "|---|---|---|---|---|---|---|"
        sizes: list[int] = []
        answers: list[Answer] = []
        for minute in range(1, minutes + 1):
            with idle_loop() as turns:
                answers = saturate(server, requests, MINUTE_SECONDS)
            sizes.append(server.resident_bytes())
            yield (
                f"| {minute} | {len(answers)} | {errors(answers)} | {_latency(answers, ' | ')} | "
                f"{percentile_ms([turn.seconds for turn in turns], 50):.1f} | {sizes[-1] / 1e6:.0f} |"
            )
        yield ""
        growth, peak = (size / sizes[0] - 1 for size in (sizes[-1], max(sizes)))
        yield f"Memory after the first minute: {growth:+.1%} at the end, {peak:+.1%} at most."
        rate = len(answers) / MINUTE_SECONDS
        usual = percentile_ms([answer.seconds for answer in answers], 50)
        yield from _overload(server, requests, rate)
        after = saturate(server, requests, AFTERWARDS_SECONDS)
        yield f"Afterwards: {errors(after)} errors; {_latency(after, ' ms p50, ')} ms p99;"
        yield f"usual again from second {normal_from(after, usual) or 'none'} on. {server.resident_bytes() / 1e6:.0f} MB."


def _overload(server: Server, requests: Requests, rate: float) -> Iterator[str]:
    began = time.monotonic()
    answers = overload(server, requests, OVERLOAD_TIMES * rate, OVERLOAD_SECONDS)
    took = time.monotonic() - began
    served = [answer for answer in answers if answer.status == 200]
    rejected = rejected_with_retry(answers)
    yield f"Overload: {len(answers) / took:.0f} requests per second for {took:.0f} seconds; at saturation, {rate:.0f}."
    yield f"Served: {len(served) / took:.0f} per second, {_latency(served, ' ms p50, ')} ms p99."
    yield f"Rejected with Retry-After: {len(rejected) / len(answers):.0%}, {_latency(rejected, ' ms p50, ')} ms p99."
    others = Counter(answer.status for answer in answers if answer.status != 200) - Counter(
        answer.status for answer in rejected
    )
    yield f"Neither: {', '.join(f'{count} with {status}' for status, count in others.items()) or 'none'}."


@contextmanager
def serving(**variables: str) -> Iterator[Server]:
    """Runs `nutgraf serve` with two workers and a new folder; `variables` are added to its environment."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="nutgraf-") as folder:
        usual = {"PORT": str(port), "NUTGRAF_WORKERS": str(DEFAULT_WORKERS), "NUTGRAF_DATA_DIR": folder}
        with run_server([sys.executable, "-m", "nutgraf.cli", "serve"], port, **{**usual, **variables}) as process:
            yield Server(port, process)


@contextmanager
def idle_loop() -> Iterator[list[IdleTurn]]:
    """Runs the idle loop during the block, in another process. The list that it yields is filled at the end."""
    turns: list[IdleTurn] = []
    own, other = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_turn, args=(other,), daemon=True)
    process.start()
    own.recv()  # the loop has started
    try:
        yield turns
    finally:
        own.send(None)
        turns += own.recv()
        process.join()


def _turn(connection: Connection) -> None:
    turns = []
    content = bytes(IDLE_BYTES)
    connection.send(None)
    while not connection.poll(IDLE_PAUSE_SECONDS):
        begin = time.monotonic()
        hashlib.blake2b(content).digest()
        end = time.monotonic()
        turns.append(IdleTurn(end, end - begin))
    connection.send(turns)


def saturate(server: Server, requests: Iterator[bytes], seconds: float) -> list[Answer]:
    """Returns the answers of a closed loop of `seconds`."""
    return _together(server, requests, CONNECTIONS, seconds, None)


def overload(server: Server, requests: Iterator[bytes], rate: float, seconds: float) -> list[Answer]:
    """Returns the answers of an open loop of `rate` requests per second."""
    return _together(server, requests, OVERLOAD_CONNECTIONS, seconds, rate)


def errors(answers: Sequence[Answer]) -> int:
    """Returns the number of answers with another status than 200."""
    return sum(answer.status != 200 for answer in answers)


def rejected_with_retry(answers: Sequence[Answer]) -> list[Answer]:
    """Returns the answers that ask the client to retry later, with Retry-After."""
    return [answer for answer in answers if answer.status in (429, 503) and answer.retry_after]


def normal_from(answers: Sequence[Answer], usual_ms: float) -> int | None:
    """Returns the second, counted from 1, from which on every p50 is at most NORMAL_TIMES `usual_ms`; None without one."""
    start = min(answer.ended - answer.seconds for answer in answers)
    seconds: dict[int, list[float]] = {}
    for answer in answers:
        seconds.setdefault(int(answer.ended - start) + 1, []).append(answer.seconds)
    last = max(seconds)  # contains only the requests that were still running
    slow = [
        number for number, taken in seconds.items() if number < last and percentile_ms(taken, 50) > NORMAL_TIMES * usual_ms
    ]
    first = max(slow, default=0) + 1
    return first if first < last else None


def _together(
    server: Server, requests: Iterator[bytes], connections: int, seconds: float, rate: float | None
) -> list[Answer]:
    answers: list[Answer] = []
    start = time.monotonic()
    turns = itertools.count()
    lock = threading.Lock()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        last = start
        while True:
            with lock:
                body, turn = next(requests), next(turns)
            begin = max(time.monotonic(), start + turn / rate) if rate else time.monotonic()
            if begin >= start + seconds:
                break
            time.sleep(max(0, begin - time.monotonic()))
            if time.monotonic() - last > MAX_IDLE_SECONDS:
                connection.close()
            answers.append(_answer(connection, body))
            last = time.monotonic()
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _answer(connection: http.client.HTTPConnection, body: bytes) -> Answer:
    begin = time.monotonic()
    try:
        connection.request("POST", "/summarize", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Answer(time.monotonic(), time.monotonic() - begin, 0)
    end = time.monotonic()
    return Answer(end, end - begin, response.status, response.getheader("Retry-After"))


def _latency(answers: Sequence[Answer], between: str) -> str:
    taken = [answer.seconds for answer in answers]
    return f"{percentile_ms(taken, 50):.0f}{between}{percentile_ms(taken, 99):.0f}" if taken else f"none{between}none"


def _resident_bytes(process: int) -> int:
    """The memory of a process, with its part of the pages that it shares ("PSS")."""
    try:
        sizes = Path(f"/proc/{process}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    line = next((line for line in sizes.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return 1024 * int(line.split()[1])
