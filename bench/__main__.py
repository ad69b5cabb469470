"""`python -m bench quality | headlines | speed | http | load | jobs FILE…`: the tables of the README."""

from pathlib import Path

import click

from bench import headlines as bench_headlines
from bench import http as bench_http
from bench import jobs as bench_jobs
from bench import load as bench_load
from bench import speed as bench_speed
from bench.quality import table


@click.group()
def main() -> None:
    """Measure Nutgraf beside its peers, on your own machine and news."""


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--words", type=int, help="Length of the summaries; where not given, that of the references.")
@click.option("--limit", type=int, help="Only so many clusters of each file.")
@click.option("--withhold-titles", is_flag=True, help="For sets whose titles are the answer.")
def quality(files: tuple[Path, ...], words: int | None, limit: int | None, withhold_titles: bool) -> None:
    """ROUGE of the summaries beside Lead and sumy's LexRank and TextRank.

    A line of a FILE: {"lang": "en", "articles": [{"title", "text"}], "references": ["…"]}.
    """
    for line in table(files, words=words, limit=limit, withhold_titles=withhold_titles):
        click.echo(line)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--limit", type=int, help="Only so many articles of each file.")
@click.option("--withhold-titles", is_flag=True, help="For sets whose titles are the answer.")
@click.option("--fit", is_flag=True, help="Print the weights that the editors' headlines teach, and no table.")
def headlines(files: tuple[Path, ...], limit: int | None, withhold_titles: bool, fit: bool) -> None:
    """ROUGE-L of the suggestions with the headline that an editor wrote.

    A line of a FILE: {"lang": "en", "articles": [{"title", "text"}], "headline": "…"}.
    """
    if fit:
        click.echo(bench_headlines.fit(files, limit=limit))
        return
    for line in bench_headlines.table(files, limit=limit, withhold_titles=withhold_titles):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--seconds", default=5.0, show_default=True, help="How long each service is asked.")
@click.option("--workers", default=1, show_default=True, help="Workers of each service; leave a core to the client.")
def http(file: Path, seconds: float, workers: int) -> None:
    """Requests a second beside an echo service and a plain one on sumy, with text from FILE."""
    for line in bench_http.table(file, seconds=seconds, workers=workers):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--minutes", default=20, show_default=True, help="How long it is kept at saturation.")
def load(file: Path, minutes: int) -> None:
    """A server at saturation, minute by minute, then under twice what it can carry, with text from FILE."""
    for line in bench_load.table(file, minutes=minutes):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--requests", default=500, show_default=True, help="Clusters of a job.")
@click.option("--seconds", default=5.0, show_default=True, help="How long each load of single requests lasts.")
@click.option("--database-url", default="", help="An empty Postgres; a SQLite file where not given.")
def jobs(file: Path, requests: int, seconds: float, database_url: str) -> None:
    """Clusters a second of jobs beside the core in a loop, and what single requests wait for, with text from FILE."""
    for line in bench_jobs.table(file, requests=requests, seconds=seconds, database_url=database_url):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--plot", type=click.Path(path_type=Path), help="An SVG to write; needs matplotlib.")
def speed(file: Path, plot: Path | None) -> None:
    """Milliseconds of the core beside sumy's LexRank and a floor, with text from FILE."""
    for line in bench_speed.table(file, plot):
        click.echo(line)


if __name__ == "__main__":
    main()
