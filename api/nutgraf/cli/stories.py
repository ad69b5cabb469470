"""`nutgraf stories`: groups the articles of files into stories, and prints a table."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

import click
from marshmallow import ValidationError
from rich.console import Console
from rich.table import Table

from nutgraf.cli.summarize import STDIN, add_file, load_settings
from nutgraf.errors import NutgrafError
from nutgraf.service import document_reading
from nutgraf.service.limits import CONTRACT_LIMITS
from nutgraf.service.problems import field_errors
from nutgraf.service.respond import respond
from nutgraf.service.schemas.stories import StoriesRequestSchema


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="FILE…")
@click.option("--summarize", is_flag=True, help="Also summarize each story that has two or more articles.")
@click.option("--sentences", type=click.IntRange(1), help="Sentences of each summary; default 5. Implies --summarize.")
@click.option("--language", help="Language of the articles as a BCP 47 tag; detected by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON answer of POST /stories.")
def stories(files: Sequence[BinaryIO], summarize: bool, sentences: int | None, language: str | None, as_json: bool) -> None:
    """Group a mixed feed into stories: RSS, Atom and JSON feeds, and all files that `nutgraf summarize` reads.

    A JSON file contains an article, a list of articles, or a request as for POST /stories. "-" is standard input.
    """
    settings = load_settings()
    body: dict[str, Any] = {"articles": []}
    for name, content in [(file.name, file.read()) for file in files] or [(STDIN, sys.stdin.buffer.read())]:
        add_file(body, name, content)
    if language:
        body["articles"] = [{"language": language, **article} for article in body["articles"]]
    if sentences:
        body["summarize"] = {**(body.get("summarize") or {}), "length": {"sentences": sentences}}
    elif summarize:
        body.setdefault("summarize", {})
    try:
        limits = replace(CONTRACT_LIMITS, reading_seconds=settings["max_seconds"])
        with document_reading.isolated_reading():
            request = StoriesRequestSchema(limits, settings["profiles"]).load(body)
        result = json.loads(respond(request).content)
    except ValidationError as error:
        raise click.ClickException("\n".join(f"{pointer}: {detail}" for pointer, detail in field_errors(error))) from error
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    sources = {article.id: article.source or article.id for article in request.articles}
    _print(result, sources)


def _print(result: Mapping[str, Any], sources: Mapping[str | None, str | None]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading, options in (
        ("Articles", {"justify": "right"}),
        ("Story", {}),
        ("Terms", {}),
        ("Sources", {}),
        ("Latest", {}),
    ):
        table.add_column(heading, **options)  # type: ignore[arg-type]  # rich types each option apart
    for story in result["stories"]:
        headline = story["headline"]["text"] if story["headline"] else story["id"]
        latest = (story["last_published_at"] or "")[:16].replace("T", " ")
        told = dict.fromkeys(str(sources[article]) for article in story["article_ids"])
        table.add_row(str(len(story["article_ids"])), headline, ", ".join(story["terms"]), ", ".join(told), latest)
    console = Console(markup=False, highlight=False)
    console.print(table)
    for story in result["stories"]:
        if story["summary"]:
            click.secho(f"\n{story['headline']['text'] if story['headline'] else story['id']}", bold=True)
            for sentence in story["summary"]["sentences"]:
                click.echo(f"{sentence['text']} " + click.style(f"[{sentence['article_id']}]", dim=True))
    for warning in result["warnings"]:
        about = f"{warning['article_id']}: " if warning["article_id"] is not None else ""
        click.echo(f"{warning['code']}: {about}{warning['detail']}", err=True)
