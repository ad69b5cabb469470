"""A function in a compute process ends at its deadline, whatever it does, and can't end its caller."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest

from nutgraf.observability import metrics
from nutgraf.observability.logs import RemoteError, class_name, frames
from nutgraf.service import compute_process, compute_slot, document_reading
from nutgraf.service import respond as respond_module
from nutgraf.service.compute_process import ComputeProcess, ComputeProcessError, is_gone
from nutgraf.service.compute_process_responder import ComputeProcessResponder
from nutgraf.service.limits import ClientGoneError, DeadlineExceededError, Limits
from nutgraf.service.problems import problem_of
from nutgraf.service.respond import Responder, respond
from nutgraf.service.schemas.request import SummarizeRequest, SummarizeRequestSchema
from nutgraf.settings import load
from nutgraf.summarizer import NoUsableTextError
from nutgraf.summarizer.interruption import check_for_interruption
from tests.builders import NEWS
from tests.service import ROOT

# pytest-xdist's process has threads, but they are idle while it forks here.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
SOON_SECONDS = 5


def pid() -> int:
    return os.getpid()


def hang_in_c() -> None:
    """Runs a regular expression that takes years; nothing in its process can interrupt it."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def work(kind: str, *arguments: Any) -> Any:
    kinds: dict[str, Callable[..., Any]] = {
        "pid": pid,
        "hang": hang_in_c,
        "echo": lambda value: value,
        "exit": lambda: os._exit(1),
        "refuse": refuse,
        "fail": fail,
        "grow": grow,
    }
    return kinds[kind](*arguments)


def refuse() -> None:
    raise NoUsableTextError("No article has a sentence.")


def fail() -> None:
    raise KeyError("the text of an article")


_kept: list[bytes] = []


def grow(size: int) -> int:
    _kept.append(os.urandom(1) * size)
    return pid()


Started = TypeVar("Started", ComputeProcess[Any], ComputeProcessResponder)


@contextmanager
def running(started: Started) -> Iterator[Started]:
    started.start()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture
def process() -> Iterator[ComputeProcess[Any]]:
    with running(ComputeProcess(work)) as started:
        yield started


def wait_until_ended(child: int) -> None:
    end = time.monotonic() + SOON_SECONDS
    while time.monotonic() < end:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError(f"Process {child} is still running.")


def test_a_child_is_kept_for_the_next_call(process: ComputeProcess[Any]) -> None:
    child = process.call("pid")
    assert child != os.getpid()
    assert process.call("pid", seconds=60) == child
    large = "é" * 5_000_000
    assert process.call("echo", large) == large


def test_two_compute_processes_use_one_fork_server(process: ComputeProcess[Any]) -> None:
    other = process.another()
    assert len({process.call("pid"), other.call("pid"), os.getpid()}) == 3
    process.stop()
    assert other.call("echo", 1) == 1
    other.stop()


def test_a_hanging_function_is_killed_at_the_deadline(process: ComputeProcess[Any]) -> None:
    child = process.call("pid")
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        process.call("hang", seconds=0.2)
    assert 0.2 <= time.monotonic() - began < SOON_SECONDS
    wait_until_ended(child)
    assert process.call("pid") not in (child, os.getpid())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_child_that_dies_during_a_call_raises_an_error_and_is_replaced(
    process: ComputeProcess[Any], number: signal.Signals
) -> None:
    child = process.call("pid")
    killer = threading.Timer(0.3, os.kill, (child, number))
    killer.start()
    with pytest.raises(ComputeProcessError) as raised:
        process.call("hang", seconds=60)
    killer.join()
    assert problem_of(raised.value, "id").status == 503
    with pytest.raises(ComputeProcessError):
        process.call("exit")
    assert process.call("echo", 1) == 1


def test_a_child_that_dies_while_it_is_idle_is_replaced(process: ComputeProcess[Any]) -> None:
    child = process.call("pid")
    os.kill(child, signal.SIGKILL)
    wait_until_ended(child)
    assert process.call("pid") != child


def test_a_child_whose_memory_has_grown_is_replaced(process: ComputeProcess[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    child = process.call("grow", compute_process.MAX_GROWTH_BYTES // 4)
    assert process.call("grow", compute_process.MAX_GROWTH_BYTES) == child
    wait_until_ended(child)
    assert process.call("pid") != child


def test_a_call_ends_when_the_client_disconnects(process: ComputeProcess[Any]) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        assert not is_gone(ours.fileno())
        assert process.call("echo", 1, client=ours.fileno()) == 1
        child = process.call("pid")
        closer = threading.Timer(0.2, theirs.close)
        closer.start()
        with pytest.raises(ClientGoneError):
            process.call("hang", seconds=60, client=ours.fileno())
        closer.join()
        assert is_gone(ours.fileno())
    wait_until_ended(child)


def test_nutgraf_errors_are_raised_and_other_errors_lose_their_message(process: ComputeProcess[Any]) -> None:
    with pytest.raises(NoUsableTextError, match="No article has a sentence"):
        process.call("refuse")
    with pytest.raises(RemoteError) as raised:
        process.call("fail")
    assert class_name(raised.value) == "KeyError"
    assert any("test_compute_process.py" in frame for frame in frames(raised.value))
    assert "article" not in repr(raised.value)
    assert problem_of(raised.value, "id").slug == "internal-error"


def test_signals_to_all_processes_of_a_service_do_not_end_calls(process: ComputeProcess[Any]) -> None:
    child = process.call("pid")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.kill(child, number)
    time.sleep(0.1)
    assert process.call("pid") == child


def test_a_child_inherits_no_open_files() -> None:
    """Otherwise the port of an ended server would stay in use."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        started: ComputeProcess[Any] = ComputeProcess(work)
        started.start()
        assert started.call("echo", 1) == 1
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)
    started.stop()


ORPHAN = """
import time
from tests.unit.service.test_compute_process import work
from nutgraf.service.compute_process import ComputeProcess
process = ComputeProcess(work)
process.start()
print(process.call("pid"), flush=True)
process.call("hang", seconds=600)
"""


def test_a_child_ends_with_its_caller() -> None:
    command = [sys.executable, "-c", ORPHAN]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until_ended(child)


def request(sentences: int = 200, **more: object) -> SummarizeRequest:
    text = " ".join(
        f"The council of ward {number} approved {number + 7} homes on Monday, it said." for number in range(sentences)
    )
    loaded: SummarizeRequest = SummarizeRequestSchema(Limits(), {}).load(
        {"articles": [{"text": text}, {"text": NEWS}], "quotes": 3, **more}
    )
    return loaded


@contextmanager
def isolated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All requests are computed in another process."""
    with monkeypatch.context() as patch:
        patch.setattr(compute_slot, "LARGE_CHARACTERS", 0)
        respond_module.isolate_large_requests()
        yield
        for process in (compute_slot._large.process, compute_slot._huge.process, document_reading._process):
            assert process
            process.stop()
        compute_slot.use_process(None)
        document_reading.use_process(None)


def observed() -> dict[str, float]:
    """The counts of the metrics of summaries."""
    lines = [line.rpartition(" ") for line in metrics.exposition().decode().splitlines() if not line.startswith("#")]
    names = ("nutgraf_stage_seconds_count", "nutgraf_sentences_", "nutgraf_articles_")
    return {name: float(value) for name, _, value in lines if name.startswith(names) and "_created" not in name}


@pytest.mark.parametrize("output", ["json", "markdown", "text"])
def test_answers_and_metrics_are_the_same_in_a_compute_process(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    counts = [observed()]
    replies = [respond(request(), default_output=output)]
    counts.append(observed())
    with isolated(monkeypatch):
        replies.append(respond(request(), default_output=output))
    counts.append(observed())
    assert replies[0] == replies[1]
    first, second = ({name: new[name] - old.get(name, 0) for name in new} for old, new in pairwise(counts))
    assert first == second
    assert any(second.values())


def test_a_large_request_in_a_loop_without_checks_ends_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nutgraf.summarizer.pipeline.key_terms", lambda *arguments: hang_in_c())
    with isolated(monkeypatch):
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError, match="more than 1 second and was stopped"):
            respond(request(5), Limits(seconds=1))
        assert time.monotonic() - began < SOON_SECONDS


def test_a_small_request_ends_within_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loops check the deadline; once, a request was stopped only between two steps."""

    def slow(*arguments: object) -> None:
        while time.monotonic() < end:
            check_for_interruption()

    monkeypatch.setattr("nutgraf.summarizer.pipeline.key_terms", slow)
    end = time.monotonic() + 60
    with pytest.raises(DeadlineExceededError, match="after the step 'figures'"):
        respond(request(5), Limits(seconds=1))
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(ClientGoneError):
        respond(request(5), Limits(), client=ours.fileno())
    assert time.monotonic() < end


BODY = b'{"articles":[{"text":"%s"}]}' % NEWS.encode()


def test_requests_of_jobs_get_the_same_answers_in_a_compute_process() -> None:
    with running(ComputeProcessResponder(load())) as responder:
        for body in (BODY, b"{", b'{"articles":[{"text":"."}]}'):
            assert responder(body, "job.0") == Responder(load())(body, "job.0")


@pytest.mark.parametrize(("kind", "status", "seconds"), [("hang", 503, 1), ("exit", 500, 60)])
def test_a_job_request_that_hangs_or_kills_its_process_gets_a_problem(
    monkeypatch: pytest.MonkeyPatch, kind: str, status: int, seconds: int
) -> None:
    monkeypatch.setattr("nutgraf.service.respond.summarize", lambda *arguments, **more: work(kind))
    with running(ComputeProcessResponder(load({"max_seconds": seconds}), times_max_seconds=1)) as responder:
        assert responder(BODY, "job.0")[0] == status


def test_without_the_fork_server_requests_are_computed_in_the_same_process(process: ComputeProcess[Any]) -> None:
    child = process.call("pid")
    parent = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
    assert process.is_available
    for each in (parent, child):
        os.kill(each, signal.SIGKILL)
    end = time.monotonic() + 10
    while process.is_available and time.monotonic() < end:  # a killed process closes its connections a moment later
        with pytest.raises(ComputeProcessError):
            process.call("echo", 1)
    assert not process.is_available
    assert ComputeProcessResponder(load())(BODY, "job.0") == Responder(load())(
        BODY, "job.0"
    )  # the fork server was not started
