"""`nutgraf batch`: answers a file of requests without a server."""

import os
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from nutgraf.cli import batch_processing
from nutgraf.errors import NutgrafError
from nutgraf.service.responder_pool import ResponderPool
from nutgraf.settings import load


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="IN.ndjson")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.ndjson",
    help="File for the answers.",
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one per core",
    help="Number of worker processes.",
)
def batch(source: Path, target: Path, processes: int) -> None:
    """Answer a file of requests without a server. A run that was stopped continues where it ended.

    Each line of IN.ndjson is a request as for POST /summarize. Each line of OUT.ndjson is `{"index", "status", "body"}`, or
    has `"problem"` instead of the body. Both have the same order.
    """
    try:
        # The pool forks, so it starts before the progress bar, which starts a thread.
        with ResponderPool(load(), processes=processes) as pool:
            outcome = _run(source, target, pool)
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    earlier = f"; {outcome.resumed:,} had been answered by an earlier run" if outcome.resumed else ""
    click.echo(f"{outcome.answered:,} answered, {outcome.failed:,} of them with a problem{earlier}.", err=True)


def _run(source: Path, target: Path, pool: ResponderPool) -> batch_processing.Outcome:
    columns = (TextColumn("{task.completed:,} of {task.total:,}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=batch_processing.count(source))
        return batch_processing.run(source, target, pool, progress=lambda count: bar.advance(task, count))


class _Rate(ProgressColumn):
    """Requests a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f} a second")
