"""`nutgraf summarize`: articles from files or standard input, their summary to the terminal."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click
from marshmallow import ValidationError

from nutgraf.errors import NutgrafError
from nutgraf.service.problems import pointers
from nutgraf.service.respond import respond
from nutgraf.service.schemas.length import LENGTH_UNITS
from nutgraf.service.schemas.request import SummarizeRequestSchema
from nutgraf.service.strict_json import MalformedJSONError, parse
from nutgraf.settings import load

MAX_JSON_DEPTH = 64
MAX_ID_CHARACTERS = 200
_STDIN = "<stdin>"


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="FILE…")
@click.option("--sentences", type=int, help="At most so many sentences (5 where no length is given).")
@click.option("--words", type=int, help="At most so many words.")
@click.option("--characters", type=int, help="At most so many characters.")
@click.option("--ratio", type=float, help="At most this share of the words, 0 to 1.")
@click.option("--headlines", type=int, help="So many headlines; 3 where not given.")
@click.option("--max-characters", type=int, help="What the headlines' slot holds; 70 where not given.")
@click.option("--style", type=click.Choice(["sentence", "title"]), help="How headlines are cased.")
@click.option("--keywords", type=int, help="So many key terms; 10 where not given.")
@click.option("--order", type=click.Choice(["auto", "score", "as_given", "published"]), help="How it is told.")
@click.option("--query", help="What the summary shall be about.")
@click.option(
    "--background", multiple=True, type=click.File("rb"), help="A FILE that readers know already; say only what is new."
)
@click.option("--exclude", multiple=True, type=click.Choice(["quotes", "questions"]), help="Leave these sentences out.")
@click.option("--max-per-source", type=int, help="At most so many sentences of one source.")
@click.option("--profile", help="A named length: push, seo, brief, print or broadcast.")
@click.option("--language", help="BCP 47 tag of the articles; detected where not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as POST /summarize gives it.")
def summarize(
    files: Sequence[BinaryIO], background: Sequence[BinaryIO], as_json: bool, language: str | None, **options: Any
) -> None:
    """Summarize articles: text, HTML or JSON, each a FILE, or "-" for standard input.

    A JSON file holds an article, a list of articles, or a request as POST /summarize takes it.
    """
    settings = _settings()
    body: dict[str, Any] = {"articles": []}
    for name, content in [(file.name, file.read()) for file in files] or [(_STDIN, sys.stdin.buffer.read())]:
        _add(body, name, content)
    known: dict[str, Any] = {"articles": []}
    for file in background:
        _add(known, file.name, file.read())
    if known["articles"]:
        body["background"] = known["articles"]
    if language:
        for name in ("articles", "background"):
            body[name] = [{"language": language, **article} for article in body.get(name, ())]
    _apply(body, options)
    try:
        request = SummarizeRequestSchema(profiles=settings["profiles"]).load(body)
        result = json.loads(respond(request, accepted="json").content)
    except ValidationError as error:
        raise click.ClickException("\n".join(f"{where}: {what}" for where, what in pointers(error))) from error
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _print(result)


def _settings() -> Mapping[str, Any]:
    try:
        return load()
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error


def _add(body: dict[str, Any], name: str, content: bytes) -> None:
    """What a file holds, added to the request."""
    kind = Path(name).suffix.lower()
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if kind == ".json" or (kind not in (".txt", ".html", ".htm") and start in (b"{", b"[")):
        try:
            value = parse(content, max_depth=MAX_JSON_DEPTH)
        except MalformedJSONError as error:
            raise click.ClickException(f"{name}: {error}") from error
        if isinstance(value, Mapping) and "articles" in value:
            articles = value["articles"] if isinstance(value["articles"], list) else [value["articles"]]
            body.update({key: given for key, given in value.items() if key != "articles"})
        else:
            articles = value if isinstance(value, list) else [value]
        body["articles"].extend(articles)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{name}: not UTF-8; byte {error.start} can't be read.") from error
    is_html = kind in (".html", ".htm") or (kind != ".txt" and start == b"<")
    article = {"html" if is_html else "text": text}
    body["articles"].append(article if name == _STDIN else {"id": name[-MAX_ID_CHARACTERS:], **article})


def _apply(body: dict[str, Any], options: Mapping[str, Any]) -> None:
    """The command's options, over those of a JSON request."""
    given = {name: value for name, value in options.items() if value is not None}
    if units := {name: given[name] for name in LENGTH_UNITS if name in given}:
        body["length"] = units
    names = {"headlines": "count", "max_characters": "max_characters", "style": "style"}
    if slot := {names[name]: given[name] for name in names if name in given}:
        body["headlines"] = {**body.get("headlines", {}), **slot}
    if "profile" in given:
        body["length"] = given["profile"]
    if given.get("exclude"):
        body["exclude"] = list(given["exclude"])
    body.update({name: given[name] for name in ("keywords", "order", "query", "max_per_source") if name in given})


def _print(result: Mapping[str, Any]) -> None:
    for headline in result["headlines"]:
        click.secho(headline["text"], bold=True)
    if result["headlines"]:
        click.echo()
    for sentence in result["summary"]["sentences"]:
        click.echo(f"{sentence['text']} " + click.style(f"[{sentence['article_id']}]", dim=True))
    if result["keywords"]:
        click.echo("\n" + ", ".join(keyword["term"] for keyword in result["keywords"]))
    for figure in result["figures"]:
        values = " or ".join(f"{value['text']} [{value['article_id']}]" for value in figure["values"])
        click.secho(f"\n{figure['about']}: {values}", fg="yellow")
    if result["embargoed_until"]:
        click.secho(f"\nEmbargoed until {result['embargoed_until']}", fg="red")
    for warning in result["warnings"]:
        about = f"{warning['article_id']}: " if warning["article_id"] is not None else ""
        click.echo(f"{warning['code']}: {about}{warning['detail']}", err=True)
