"""`nutgraf archive`: summarizes an archive, which is a collection of up to millions of articles.

It runs on this machine or on a Ray cluster.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from nutgraf.errors import NutgrafError, pluralize

if TYPE_CHECKING:
    from nutgraf.cli.archive_processing import Outcome, Plan

# The report names at most this many unreadable files; it counts all of them.
NAMED_FAILURES = 20


def _options(context: click.Context, parameter: click.Parameter, text: str) -> dict[str, Any]:
    try:
        options = json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"It is not JSON: {error}.") from error
    if not isinstance(options, dict):
        raise click.BadParameter('It must be a JSON object, such as {"length": {"words": 60}}.')
    return options


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="INPUT")
@click.argument("target", type=click.Path(path_type=Path), metavar="OUTPUT")
@click.option("--options", default="{}", callback=_options, help="Fields of POST /summarize for all rows, as JSON.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where it is computed."
)
@click.option("--address", help="Address of a running Ray cluster; by default RAY_ADDRESS, or Ray is started here.")
@click.option(
    "--workers", type=click.IntRange(1), show_default="one per core", help="Number of batches that are computed at once."
)
def archive(
    source: Path, target: Path, options: dict[str, Any], engine: str, address: str | None, workers: int | None
) -> None:
    """Answer an archive: a file or a folder of Parquet or NDJSON. A run that was stopped continues where it ended.

    Each row of INPUT is an article, with the columns text or html and, where known, id, title, source, published_at and
    language; or a whole request, in the column request. NDJSON has one article or one request on each line. The folder
    OUTPUT gets one file for each file of INPUT, with the same name and form: id, status, and body or problem.
    """
    if address and engine != "ray":
        raise click.UsageError("--address is for --engine ray.")
    try:
        # Imported here, so that other commands need no pyarrow.
        from nutgraf.arrow import answer_settings, check_options
        from nutgraf.cli import archive_engines, archive_processing
    except ImportError as error:
        raise click.ClickException(f"{error}. Install what archives need with: pip install 'nutgraf[arrow]'") from error
    try:
        settings = answer_settings()
        check_options(options, settings)
        todo = archive_processing.plan(source, target)
        with archive_processing.output_lock(target, options, settings):
            todo = archive_processing.plan(source, target)  # another run may have completed files since
            if engine == "ray":
                computing: archive_engines.Engine = archive_engines.RayEngine(options, settings, workers, address)
            else:
                computing = archive_engines.LocalEngine(options, settings, workers)
            try:
                outcome = _run(todo, computing, settings["max_body_bytes"])
            finally:
                computing.close()
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The answers can't be written: {error}. Run the command again to continue.") from error
    _report(todo, outcome)
    if outcome.failures:
        raise click.exceptions.Exit(1)


def _run(todo: "Plan", computing: Any, max_line_bytes: int) -> "Outcome":
    from nutgraf.cli import archive_processing

    columns = (TextColumn("{task.fields[rows]:,} rows"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=sum(archive_processing.size_of(source) for source, _ in todo.pending), rows=0)

        def progress(rows: int, read_bytes: float) -> None:
            bar.update(task, advance=read_bytes, rows=bar.tasks[task].fields["rows"] + rows)

        return archive_processing.run(todo, computing, max_line_bytes, progress=progress)


def _report(todo: "Plan", outcome: "Outcome") -> None:
    earlier = f"; {pluralize(todo.complete, 'file')} had been answered by an earlier run" if todo.complete else ""
    click.echo(
        f"{pluralize(outcome.rows, 'row')} of {pluralize(outcome.files, 'file')} answered, "
        f"{pluralize(outcome.problems, 'row')} with a problem{earlier}.",
        err=True,
    )
    if todo.ignored:
        verbs = (
            "is neither Parquet nor NDJSON by its name, and was"
            if todo.ignored == 1
            else ("are neither Parquet nor NDJSON by their names, and were")
        )
        click.echo(f"{pluralize(todo.ignored, 'file')} {verbs} left out.", err=True)
    for path, reason in outcome.failures[:NAMED_FAILURES]:
        click.echo(f"{path}: {reason}", err=True)
    if outcome.failures:
        click.echo(f"{pluralize(len(outcome.failures), 'file')} could not be answered.", err=True)


class _Rate(ProgressColumn):
    """Rows a second since the start."""

    def render(self, task: Task) -> Text:
        rate = task.fields["rows"] / task.elapsed if task.elapsed else 0
        return Text(f"{rate:,.0f} a second")
