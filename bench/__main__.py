"""`python -m bench quality FILE…`, `python -m bench headlines FILE…`: the tables of the README."""

from pathlib import Path

import click

from bench import headlines as bench_headlines
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


if __name__ == "__main__":
    main()
