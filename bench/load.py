"""`nutgraf serve` for a long time at saturation, then under twice the load that it can carry, then let alone.

Saturation is a closed loop: so many connections, each of which asks again as soon as it is answered. Overload is an open
one: requests come at their times, whatever becomes of those before. No request is sent twice.
"""

import http.client
import itertools
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.http import CONNECTIONS, DEFAULT_WORKERS, PAYLOADS, free_port, ms, running
from bench.news import articles, sentences

MINUTE_SECONDS = 60
OVERLOAD_SECONDS = 30
OVERLOAD_TIMES = 2
# More than the server has threads: 24 in each of two processes, 16 of which may wait.
OVERLOAD_CONNECTIONS = 96
# The server closes a connection that is idle for 2 seconds; who asks at that moment is not answered, as HTTP has it.
MOST_IDLE_SECONDS = 1
AFTERWARDS_SECONDS = 10
# One request in so many is a cluster of ten articles, the others an article.
CLUSTERS_ONE_IN = 10
# p50 of a second is normal again up to so many times p50 at saturation.
NORMAL_TIMES = 1.25


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: when it was answered, after how long; status 0 where the connection broke."""

    at: float
    seconds: float
    status: int
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the process that the others are children of."""

    port: int
    process: int

    def resident_bytes(self) -> int:
        """What all its processes have in memory, as /proc of Linux has it; shared pages count for each."""
        parents = {}
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended meanwhile
        family = {self.process}
        while more := {child for child, parent in parents.items() if parent in family} - family:
            family |= more
        return sum(map(_resident_bytes, family))


class Requests:
    """Bodies without end, each another one: from another place of the pool, with a number that no other has."""

    def __init__(self, pool: Sequence[str]) -> None:
        self._pool = pool
        self._numbers = itertools.count()

    def __next__(self) -> bytes:
        number = next(self._numbers)
        size = PAYLOADS["article" if number % CLUSTERS_ONE_IN else "cluster"]
        start = number * 37 % len(self._pool)
        texts = articles([*self._pool[start : start + size], *self._pool[: max(0, start + size - len(self._pool))]], size)
        texts[0] += f" Reader{number} wrote to the editor."
        return json.dumps({"articles": [{"text": text, "language": "en"} for text in texts]}).encode()


def table(file: Path, *, minutes: int) -> Iterator[str]:
    """Rows in Markdown: a minute each at saturation; then what overload did, and what came after."""
    requests = Requests(sentences(file))
    with serving() as server:
        yield "| minute | requests | errors | p50 ms | p99 ms | MB in memory |"
        yield "|---|---|---|---|---|---|"
        sizes: list[int] = []
        answers: list[Answer] = []
        for minute in range(1, minutes + 1):
            answers = saturate(server, requests, MINUTE_SECONDS)
            sizes.append(server.resident_bytes())
            yield f"| {minute} | {len(answers)} | {errors(answers)} | {_latency(answers, ' | ')} | {sizes[-1] / 1e6:.0f} |"
        yield ""
        growth, most = (size / sizes[0] - 1 for size in (sizes[-1], max(sizes)))
        yield f"Memory after the first minute: {growth:+.1%} at the end, {most:+.1%} at most."
        rate = len(answers) / MINUTE_SECONDS
        usual = ms([each.seconds for each in answers], 50)
        yield from _overload(server, requests, rate)
        after = saturate(server, requests, AFTERWARDS_SECONDS)
        yield f"Afterwards: {errors(after)} errors; {_latency(after, ' ms p50, ')} ms p99;"
        yield f"usual again from second {normal_from(after, usual) or 'none'} on. {server.resident_bytes() / 1e6:.0f} MB."


def _overload(server: Server, requests: Requests, rate: float) -> Iterator[str]:
    began = time.monotonic()
    answers = overload(server, requests, OVERLOAD_TIMES * rate, OVERLOAD_SECONDS)
    took = time.monotonic() - began
    served = [each for each in answers if each.status == 200]
    away = turned_away(answers)
    yield f"Overload: {len(answers) / took:.0f} requests a second, where it carries {rate:.0f}, for {took:.0f} seconds."
    yield f"Served: {len(served) / took:.0f} a second, {_latency(served, ' ms p50, ')} ms p99."
    yield f"Turned away with Retry-After: {len(away) / len(answers):.0%}, {_latency(away, ' ms p50, ')} ms p99."
    others = Counter(each.status for each in answers if each.status != 200) - Counter(each.status for each in away)
    yield f"Neither: {', '.join(f'{count} with {status}' for status, count in others.items()) or 'none'}."


@contextmanager
def serving(**more: str) -> Iterator[Server]:
    """`nutgraf serve` with two workers and a folder of its own; `more` is added to its environment."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="nutgraf-") as folder:
        usual = {"PORT": str(port), "NUTGRAF_WORKERS": str(DEFAULT_WORKERS), "NUTGRAF_DATA_DIR": folder}
        with running([sys.executable, "-m", "nutgraf.cli", "serve"], port, **{**usual, **more}) as process:
            yield Server(port, process)


def saturate(server: Server, requests: Requests, seconds: float) -> list[Answer]:
    """What a closed loop was answered."""
    return _together(server, requests, CONNECTIONS, seconds, None)


def overload(server: Server, requests: Requests, rate: float, seconds: float) -> list[Answer]:
    """What an open loop of so many requests a second was answered."""
    return _together(server, requests, OVERLOAD_CONNECTIONS, seconds, rate)


def errors(answers: Sequence[Answer]) -> int:
    """How many were not answered 200."""
    return sum(each.status != 200 for each in answers)


def turned_away(answers: Sequence[Answer]) -> list[Answer]:
    """Those that were told to come again, and when."""
    return [each for each in answers if each.status in (429, 503) and each.retry_after]


def normal_from(answers: Sequence[Answer], usual_ms: float) -> int | None:
    """From which second on, counted from 1, half the requests of every second were answered about as fast as usual."""
    start = min(each.at - each.seconds for each in answers)
    seconds: dict[int, list[float]] = {}
    for each in answers:
        seconds.setdefault(int(each.at - start) + 1, []).append(each.seconds)
    last = max(seconds)  # has only what was still under way
    slow = [number for number, taken in seconds.items() if number < last and ms(taken, 50) > NORMAL_TIMES * usual_ms]
    first = max(slow, default=0) + 1
    return first if first < last else None


def _together(server: Server, requests: Requests, connections: int, seconds: float, rate: float | None) -> list[Answer]:
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
            if time.monotonic() - last > MOST_IDLE_SECONDS:
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
    taken = [each.seconds for each in answers]
    return f"{ms(taken, 50):.0f}{between}{ms(taken, 99):.0f}" if taken else f"none{between}none"


def _resident_bytes(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return 1024 * int(line.split()[1])
