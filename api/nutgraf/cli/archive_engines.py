"""Engines that compute the batches of an archive: processes of this machine, or a Ray cluster."""

import os
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import pyarrow as pa

from nutgraf import __version__
from nutgraf.arrow import problem_rows, summarize_batches
from nutgraf.errors import NutgrafError

# How many times Ray restarts a task whose worker or node dies.
TASK_RETRIES = 3
# Ray's name for a cluster on this machine that starts and ends with the command.
LOCAL = "local"
_DIED = "The processes that tried to answer this request died."


class EngineError(NutgrafError):
    """An engine can't be used, or is lost; the message says why."""


class Engine(Protocol):
    """Computes the batches of an archive, on this machine or on a cluster; `workers` batches at the same time."""

    workers: int

    def submit(self, batch: pa.RecordBatch) -> Callable[[], pa.RecordBatch]:
        """Begins a batch and returns a function that waits for its answers. Both raise NutgrafError."""

    def close(self) -> None:
        """Stops the processes that this engine has started; waits for batches that are being computed."""


class LocalEngine:
    """Computes batches in `workers` processes of this machine, one per core by default, each with a thread that feeds it."""

    def __init__(self, options: Mapping[str, Any], settings: Mapping[str, Any], workers: int | None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._executor = ThreadPoolExecutor(self.workers, thread_name_prefix="archive")
        self._options, self._settings = options, settings

    def submit(self, batch: pa.RecordBatch) -> Callable[[], pa.RecordBatch]:
        """Begins a batch and returns a function that waits for its answers. The function raises SpawnError."""
        return self._executor.submit(_answer, batch, self._options, self._settings).result

    def close(self) -> None:
        """Waits for batches that are being computed; the others are not begun."""
        self._executor.shutdown(cancel_futures=True)


class RayEngine:
    """A Ray cluster, each batch a task. This process reads and writes all files, and nodes need only the package.

    `address` is the address of a running cluster, by default RAY_ADDRESS; without either, Ray is started on this machine.
    `limit` is the greatest number of tasks that run at once; None leaves it to the cluster.
    """

    def __init__(
        self, options: Mapping[str, Any], settings: Mapping[str, Any], workers: int | None, address: str | None
    ) -> None:
        address = address or os.environ.get("RAY_ADDRESS") or LOCAL
        _set_environment(address == LOCAL)  # before importing Ray, which reads the environment
        try:
            import ray
        except ImportError as error:
            raise EngineError("Ray is not installed. Install it with: pip install 'nutgraf[ray]'") from error

        self._ray = ray
        local = {"num_cpus": workers, "include_dashboard": False} if address == LOCAL else {}
        try:
            ray.init(address, log_to_driver=False, logging_level="warning", **local)
        except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
            raise EngineError(f"Ray at {address} can't be used: {error}") from error
        self.limit = workers
        self.workers = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._task = ray.remote(num_cpus=1, max_retries=TASK_RETRIES)(_answer_message)
        self._shared = ray.put((__version__, dict(options), dict(settings)))
        self._running: list[Any] = []

    def submit(self, batch: pa.RecordBatch) -> Callable[[], pa.RecordBatch]:
        """Begins a batch as soon as a worker is free, and returns a function that waits for its answers.

        The function raises EngineError.
        """
        if self.limit:
            while len(self._running) >= self.limit:
                _, self._running = self._ray.wait(self._running)
        answers = self._task.remote(_message(batch), self._shared)
        if self.limit:
            self._running.append(answers)
        return lambda: self._answers(answers, batch)

    def close(self) -> None:
        """Disconnects from the cluster, which ends the tasks of this process."""
        self._ray.shutdown()

    def _answers(self, answers: Any, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The answers of a task.

        If all workers die on a batch of one row, the row gets a problem, so that the archive goes on.
        """
        exceptions = self._ray.exceptions
        try:
            return _from_message(self._ray.get(answers))
        except exceptions.RayTaskError as error:
            raise EngineError(f"A node can't answer requests: {error.cause}") from error
        except (exceptions.WorkerCrashedError, exceptions.OutOfMemoryError):
            if batch.num_rows == 1:
                return problem_rows(batch, _DIED)
            rows = [batch.slice(at, 1) for at in range(batch.num_rows)]
            alone = [self._task.remote(_message(row), self._shared) for row in rows]
            answered = pa.Table.from_batches([self._answers(*each) for each in zip(alone, rows, strict=True)])
            return answered.combine_chunks().to_batches()[0]
        except exceptions.RayError as error:
            raise EngineError(
                f"Ray has lost a batch, so the file is not complete; run the command again. {error}"
            ) from error


def _set_environment(is_local: bool) -> None:
    """Turns off Ray's usage reports, and restricts a cluster that is started here to this process and its workers."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if is_local and os.environ.setdefault("RAY_AUTH_MODE", "token") == "token" and "RAY_AUTH_TOKEN_PATH" not in os.environ:
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex())


class VersionError(NutgrafError):
    """A node has another version of the package, whose answers may differ."""


def _answer(batch: pa.RecordBatch, options: Mapping[str, Any], settings: Mapping[str, Any]) -> pa.RecordBatch:
    [answers] = summarize_batches([batch], options=options, settings=settings)  # one batch, because batches are no larger
    return answers


def _answer_message(message: bytes, shared: tuple[str, Mapping[str, Any], Mapping[str, Any]]) -> bytes:
    """The task: the answers of a batch. Runs on a node of the cluster."""
    version, options, settings = shared
    if version != __version__:
        raise VersionError(
            f"the node has nutgraf {__version__}, this machine has {version}. Install the same version on both."
        )
    return _message(_answer(_from_message(message), options, settings))


def _message(batch: pa.RecordBatch) -> bytes:
    """A batch in Arrow's stream format, which has only its own rows; pickle may copy rows of the batch it was cut from."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _from_message(message: bytes) -> pa.RecordBatch:
    with pa.ipc.open_stream(message) as stream:
        return stream.read_next_batch()
