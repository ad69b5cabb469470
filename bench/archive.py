"""Compares archives on Ray or on this machine with a plain loop: cost of the engine, and gain from a second worker."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

import pyarrow as pa
import pyarrow.parquet as pq

from bench.news import sentences
from nutgraf.arrow import SLICE_ROWS, answer_settings
from nutgraf.cli.archive_engines import LOCAL, Engine, LocalEngine, RayEngine
from nutgraf.cli.archive_processing import plan, run
from nutgraf.service.respond import Responder
from nutgraf.summarizer import warm_up

# The number of sentences of an article: few, so that the cost of the engine per row is visible.
ARTICLE = 10
# The number of batches of the warm-up, which starts the processes of all workers.
WARM_UP_BATCHES = 6

# Answers the articles of a file with one or two workers; returns how many it has answered.
Measured = Callable[[int], int]


def table(file: Path, *, rows: int, rounds: int, engines: Sequence[str]) -> Iterator[str]:
    """Yields a Markdown table: articles per second, and processor time for each, in loops and on engines.

    All are started first and then take turns, so that other work on the machine affects them equally. Rates and ratios are
    medians of the rounds; ratios compare runs that follow each other. This process is the driver. On a busy machine, CPU
    time is more reliable than rates: Linux divides the processors among sessions, so a second process gains little.
    """
    pool = sentences(file)
    articles = [" ".join(pool[(at * 37) % (len(pool) - ARTICLE) :][:ARTICLE]) for at in range(rows)]
    rates, costs = defaultdict[tuple[str, int], list[float]](list), defaultdict[str, list[float]](list)
    driving = defaultdict[str, list[float]](list)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _write(folder / "archive.parquet", articles)
        _write(
            folder / "warm-up.parquet",
            (articles * (SLICE_ROWS * WARM_UP_BATCHES // rows + 1))[: SLICE_ROWS * WARM_UP_BATCHES],
        )
        measured = {"loop": _loops(folder, stack)} | {name: _engine(name, folder, stack) for name in engines}
        for _ in range(rounds):
            for name, answer in measured.items():
                for workers in (1, 2):
                    start, used, drove = time.perf_counter(), _processor_seconds(), time.process_time()
                    count = answer(workers)
                    rates[name, workers].append(count / (time.perf_counter() - start))
                    driving[name].append((time.process_time() - drove) / count)
                    costs[name].append((_processor_seconds() - used) / count)
    yield f"| articles of {ARTICLE} sentences | per second: one worker, two | gain | processor time for each | compared |"
    yield "|---|---|---|---|---|"
    for name in measured:
        one, two = rates[name, 1], rates[name, 2]
        gain = median(second / first for first, second in zip(one, two, strict=True))
        cost = median(costs[name]) / median(costs["loop"]) - 1
        title = "requests in a loop" if name == "loop" else f"engine `{name}`"
        yield (
            f"| {title} | {median(one):.1f}, {median(two):.1f} | {gain:.2f} | {1000 * median(costs[name]):.1f} ms | "
            + (f"{cost:+.0%}; {1000 * median(driving[name]):.2f} ms in the driver |" if name != "loop" else "|")
        )


def _write(path: Path, articles: list[str]) -> None:
    columns = {"id": list(range(len(articles))), "text": articles, "language": ["en"] * len(articles)}
    pq.write_table(pa.table(columns), path)


def _loops(folder: Path, stack: ExitStack) -> Measured:
    """Two processes, like those of workers: each answers half of the requests, or one answers all."""
    code = "import sys; from pathlib import Path; from bench.archive import loop; loop(Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder / "archive.parquet")]
    processes = [
        stack.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        for _ in range(2)
    ]
    pipes = [(process.stdin, process.stdout) for process in processes]
    for _, output in pipes:
        assert output is not None
        output.readline()  # warm

    def answer(workers: int) -> int:
        for order, _ in pipes[:workers]:
            assert order is not None
            order.write(f"{workers}\n")
            order.flush()
        return sum(int(output.readline()) for _, output in pipes[:workers] if output)

    return answer


def loop(archive: Path) -> None:
    """Answers the first half of the requests of an archive, or all, whenever a line with 2, or 1, is read."""
    warm_up()
    responder = Responder(answer_settings())
    rows = pq.read_table(archive).to_pylist()
    bodies = [json.dumps({"articles": [{**row, "id": str(row["id"])}]}).encode() for row in rows]
    responder(bodies[0], "warm-up")
    print("warm", flush=True)
    for line in sys.stdin:
        chosen = bodies[: len(bodies) // int(line)]
        assert all(responder(body, "bench")[0] == 200 for body in chosen)
        print(len(chosen), flush=True)


def _engine(name: str, folder: Path, stack: ExitStack) -> Measured:
    settings = answer_settings()
    engines: dict[int, Engine]
    if name == "ray":
        ray = stack.enter_context(closing(RayEngine({}, settings, 2, LOCAL)))
        engines = {1: ray, 2: ray}
    else:
        engines = {workers: stack.enter_context(closing(LocalEngine({}, settings, workers))) for workers in (1, 2)}

    def answer(workers: int, archive: str = "archive.parquet") -> int:
        engine = engines[workers]
        if isinstance(engine, RayEngine):
            engine.workers = engine.limit = workers
        with tempfile.TemporaryDirectory() as target:
            todo = plan(folder / archive, Path(target))
            outcome = run(todo, engine, settings["max_body_bytes"], progress=lambda rows, read: None)
        assert not outcome.problems
        return outcome.rows

    for workers in (2, 1):
        answer(workers, "warm-up.parquet")
    return answer


def _processor_seconds() -> float:
    """The CPU time that this process and its descendants have used."""
    stats = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = path.read_text().split(" (", 1)
        except OSError:  # the process has just ended
            continue
        fields = rest.rpartition(") ")[2].split()
        stats.append((int(pid), int(fields[1]), sum(map(int, fields[11:15]))))  # with its children that have ended
    family, ticks = {os.getpid()}, 0
    while more := {pid for pid, parent, _ in stats if parent in family} - family:
        family |= more
    ticks = sum(used for pid, _, used in stats if pid in family)
    return ticks / os.sysconf("SC_CLK_TCK")
