"""`python -m bench COMMAND FILE…`: the tables of the README and of docs/performance.md."""

from pathlib import Path

import click

from bench import headlines as bench_headlines
from bench import http as bench_http
from bench import jobs as bench_jobs
from bench import keywords as bench_keywords
from bench import load as bench_load
from bench import preference as bench_preference
from bench import speed as bench_speed
from bench import stories as bench_stories
from bench.quality import table


@click.group()
def main() -> None:
    """Compare Nutgraf with other tools, on your own machine and news."""


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--words", type=int, help="Length of the summaries; by default that of the references.")
@click.option("--limit", type=int, help="Maximum number of clusters per file.")
@click.option(
    "--withhold-titles", is_flag=True, help="Do not use the titles; for data sets in which they are the expected answer."
)
def quality(files: tuple[Path, ...], words: int | None, limit: int | None, withhold_titles: bool) -> None:
    """ROUGE of the summaries compared with Lead, and with sumy's LexRank and TextRank.

    Each line of a FILE is: {"lang": "en", "articles": [{"title", "text"}], "references": ["…"]}.
    """
    for line in table(files, words=words, limit=limit, withhold_titles=withhold_titles):
        click.echo(line)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--page", default=bench_stories.PAGE, show_default=True, help="Articles of a feed.")
def stories(files: tuple[Path, ...], page: int) -> None:
    """B-cubed scores of feeds that are mixed from clusters, compared with TF-IDF and average linkage.

    Each line of a FILE is: {"articles": [{"title", "text"}]}, the articles of one event.
    """
    for line in bench_stories.table(files, page=page):
        click.echo(line)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--limit", type=int, help="Maximum number of articles per file.")
@click.option(
    "--withhold-titles", is_flag=True, help="Do not use the titles; for data sets in which they are the expected answer."
)
def headlines(files: tuple[Path, ...], limit: int | None, withhold_titles: bool) -> None:
    """ROUGE-L of the suggestions with the headline that an editor wrote.

    Each line of a FILE is: {"lang": "en", "articles": [{"title", "text"}], "headline": "…"}.
    """
    for line in bench_headlines.table(files, limit=limit, withhold_titles=withhold_titles):
        click.echo(line)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--limit", type=int, help="Maximum number of articles per file.")
def keywords(files: tuple[Path, ...], limit: int | None) -> None:
    """F1 of the first ten key terms with those that people chose, compared with YAKE's.

    Each line of a FILE is: {"lang": "fr", "text": "…", "terms": ["…"]}. It needs yake: pip install yake.
    """
    try:
        for line in bench_keywords.table(files, limit=limit):
            click.echo(line)
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error}. Install what it needs with: pip install 'nutgraf[bench]'") from error


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--key", type=click.Path(path_type=Path), required=True, help="File that says which summary is whose.")
@click.option("--seed", type=int, default=1, show_default=True, help="Draws the clusters and the order of the summaries.")
@click.option("--form", type=click.Path(path_type=Path), help="CSV file to write, with a line for the marks of each row.")
@click.option(
    "--marks", type=click.Path(exists=True, path_type=Path), help="The filled form; prints the score of its marks."
)
def preference(folder: Path | None, key: Path, seed: int, form: Path | None, marks: Path | None) -> None:
    """A blind sheet that compares 150 summaries with the leads of their first articles, or the score of its marks.

    With a FOLDER of multinews.jsonl, cnn.jsonl, neus.jsonl and cstnews_pt.jsonl it prints the sheet and writes the KEY,
    which the reader must not see. With --marks it prints the score.
    """
    if marks:
        lines = bench_preference.score(bench_preference.read_marks(marks), bench_preference.read_key(key))
    elif folder:
        pairs = bench_preference.draw(folder, seed)
        bench_preference.write_key(pairs, key)
        if form:
            bench_preference.write_form(pairs, form)
        lines = bench_preference.sheet(pairs)
    else:
        raise click.UsageError("Name a FOLDER to print the sheet, or --marks to print their score.")
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--seconds", default=5.0, show_default=True, help="Duration of each measurement.")
@click.option("--workers", default=1, show_default=True, help="Workers of each service; leave one core for the client.")
def http(file: Path, seconds: float, workers: int) -> None:
    """Requests per second compared with an echo service and a simple sumy service, with text from FILE."""
    for line in bench_http.table(file, seconds=seconds, workers=workers):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--minutes", default=20, show_default=True, help="Duration of saturation.")
def load(file: Path, minutes: int) -> None:
    """A server at saturation, minute by minute, then with twice the load that it can handle, with text from FILE."""
    for line in bench_load.table(file, minutes=minutes):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--requests", default=500, show_default=True, help="Number of clusters in a job.")
@click.option("--seconds", default=5.0, show_default=True, help="Duration of each measurement of single requests.")
@click.option("--database-url", default="", help="An empty Postgres database; by default a SQLite file.")
def jobs(file: Path, requests: int, seconds: float, database_url: str) -> None:
    """Clusters per second of jobs compared with plain calls, and latency of single requests, with text from FILE."""
    for line in bench_jobs.table(file, requests=requests, seconds=seconds, database_url=database_url):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--rows", default=256, show_default=True, help="Number of articles in each round.")
@click.option("--rounds", default=5, show_default=True, help="How often all take their turn.")
@click.option("--engine", "engines", multiple=True, type=click.Choice(["local", "ray"]), default=["local", "ray"])
def archive(file: Path, rows: int, rounds: int, engines: tuple[str, ...]) -> None:
    """Articles per second of archives compared with a plain loop, on one and two workers, with text from FILE.

    It needs Ray, unless --engine is local: pip install 'nutgraf[ray]'.
    """
    from bench import archive as bench_archive  # needs pyarrow, unlike the other commands

    for line in bench_archive.table(file, rows=rows, rounds=rounds, engines=list(engines)):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--plot", type=click.Path(path_type=Path), help="SVG file to write; needs matplotlib.")
def speed(file: Path, plot: Path | None) -> None:
    """Milliseconds of the core compared with sumy's LexRank and with a lower bound, with text from FILE."""
    for line in bench_speed.table(file, plot):
        click.echo(line)


if __name__ == "__main__":
    main()
