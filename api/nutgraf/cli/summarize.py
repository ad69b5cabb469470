"""`nutgraf summarize`: summarizes articles from files or standard input, and prints the summary."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import click
from marshmallow import ValidationError

from nutgraf import formats
from nutgraf.errors import NutgrafError
from nutgraf.formats import web_page
from nutgraf.service import document_reading
from nutgraf.service.limits import CONTRACT_LIMITS
from nutgraf.service.problems import field_errors
from nutgraf.service.respond import respond
from nutgraf.service.schemas.length import LENGTH_UNITS
from nutgraf.service.schemas.request import SummarizeRequestSchema
from nutgraf.service.strict_json import MalformedJSONError, parse
from nutgraf.settings import load

MAX_JSON_DEPTH = 64
MAX_ID_CHARACTERS = 200
STDIN = "<stdin>"
# File extension -> format. The format of other files is detected: JSON, HTML, text, or a binary format.
_FORMATS = {".docx": "docx", ".pdf": "pdf", ".eml": "email", ".xml": formats.AUTO}


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="FILE…")
@click.option("--sentences", type=int, help="Maximum number of sentences (5 if no length is given).")
@click.option("--words", type=int, help="Maximum number of words.")
@click.option("--characters", type=int, help="Maximum number of characters.")
@click.option("--ratio", type=float, help="Maximum share of the articles' words, from 0 to 1.")
@click.option("--headlines", type=int, help="Number of headlines; default 3.")
@click.option("--max-characters", type=int, help="Maximum characters of a headline; default 70.")
@click.option("--style", type=click.Choice(["sentence", "title"]), help="Capitalization of headlines.")
@click.option("--keywords", type=int, help="Number of key terms; default 10.")
@click.option("--quotes", type=int, help="Number of direct quotations with their speakers; default 0.")
@click.option("--order", type=click.Choice(["auto", "score", "as_given", "published"]), help="Order of the sentences.")
@click.option("--query", help="Focus of the summary, as a question or key words.")
@click.option(
    "--background",
    multiple=True,
    type=click.File("rb"),
    help="File with articles that readers already know; the summary contains only what is new.",
)
@click.option("--exclude", multiple=True, type=click.Choice(["quotes", "questions"]), help="Kind of sentences to leave out.")
@click.option("--max-per-source", type=int, help="Maximum number of sentences from one source.")
@click.option("--profile", help="Named length, such as push, seo, brief, print or broadcast.")
@click.option("--language", help="Language of the articles as a BCP 47 tag; detected by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON answer of POST /summarize.")
def summarize(
    files: Sequence[BinaryIO], background: Sequence[BinaryIO], as_json: bool, language: str | None, **options: Any
) -> None:
    """Summarize articles in text, HTML, JSON, XML, Word, PDF or e-mail files; "-" is standard input.

    A JSON file contains an article, a list of articles, or a request as for POST /summarize.
    """
    settings = load_settings()
    body: dict[str, Any] = {"articles": []}
    for name, content in [(file.name, file.read()) for file in files] or [(STDIN, sys.stdin.buffer.read())]:
        add_file(body, name, content)
    background_body: dict[str, Any] = {"articles": []}
    for file in background:
        add_file(background_body, file.name, file.read())
    if background_body["articles"]:
        body["background"] = background_body["articles"]
    if language:
        for name in ("articles", "background"):
            body[name] = [{"language": language, **article} for article in body.get(name, ())]
    _apply(body, options)
    try:
        limits = replace(CONTRACT_LIMITS, reading_seconds=settings["max_seconds"])
        with document_reading.isolated_reading():
            request = SummarizeRequestSchema(limits, settings["profiles"]).load(body)
        result = json.loads(respond(request, default_output="json").content)
    except ValidationError as error:
        raise click.ClickException("\n".join(f"{pointer}: {detail}" for pointer, detail in field_errors(error))) from error
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _print(result)


def load_settings() -> Mapping[str, Any]:
    """Returns the settings. Raises ClickException for one that can't be used."""
    try:
        return load()
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error


def add_file(body: dict[str, Any], name: str, content: bytes) -> None:
    """Adds the content of a file to the request. Raises ClickException if it can't be read."""
    kind = Path(name).suffix.lower()
    first_byte = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    format_name = _FORMATS.get(kind) or formats.binary_format(content)
    if not format_name and (kind == ".json" or (kind not in (".txt", ".html", ".htm") and first_byte in (b"{", b"["))):
        try:
            value = parse(content, max_depth=MAX_JSON_DEPTH)
        except MalformedJSONError as error:
            raise click.ClickException(f"{name}: {error}") from error
        if isinstance(value, Mapping) and "articles" in value:
            articles = value["articles"] if isinstance(value["articles"], list) else [value["articles"]]
            body.update({name: option for name, option in value.items() if name != "articles"})
        else:
            articles = value if isinstance(value, list) else [value]
        body["articles"].extend(articles)
        return
    is_html = kind in (".html", ".htm") or (kind != ".txt" and first_byte == b"<")
    article: dict[str, Any]
    try:
        if format_name:
            article = {"format": format_name, "document": formats.decode(format_name, content)}
        elif is_html:
            article = {"html": web_page.decode(content)}
        else:
            article = {"text": content.decode("utf-8-sig")}
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{name} is not UTF-8: byte {error.start} can't be decoded.") from error
    except NutgrafError as error:
        raise click.ClickException(f"{name}: {error}") from error
    body["articles"].append(article if name == STDIN else {"id": name[-MAX_ID_CHARACTERS:], **article})


def _apply(body: dict[str, Any], options: Mapping[str, Any]) -> None:
    """Sets the command's options in the request; they take precedence over those of a JSON file."""
    chosen = {name: value for name, value in options.items() if value is not None}
    if units := {name: chosen[name] for name in LENGTH_UNITS if name in chosen}:
        body["length"] = units
    names = {"headlines": "count", "max_characters": "max_characters", "style": "style"}
    if slot := {names[name]: chosen[name] for name in names if name in chosen}:
        body["headlines"] = {**body.get("headlines", {}), **slot}
    if "profile" in chosen:
        body["length"] = chosen["profile"]
    if chosen.get("exclude"):
        body["exclude"] = list(chosen["exclude"])
    body.update(
        {name: chosen[name] for name in ("keywords", "quotes", "order", "query", "max_per_source") if name in chosen}
    )


def _print(result: Mapping[str, Any]) -> None:
    for headline in result["headlines"]:
        click.secho(headline["text"], bold=True)
    if result["headlines"]:
        click.echo()
    for sentence in result["summary"]["sentences"]:
        click.echo(f"{sentence['text']} " + click.style(f"[{sentence['article_id']}]", dim=True))
    if result["keywords"]:
        click.echo("\n" + ", ".join(keyword["term"] for keyword in result["keywords"]))
    for quote in result["quotes"]:
        speaker = f" — {quote['speaker']}" if quote["speaker"] else ""
        differs = ", in other words ".join(
            ["", *(f"[{other['article_id']}]" for other in quote["also_in"] if other["differs"])]
        )
        click.echo(f"\n“{quote['text']}”{speaker} " + click.style(f"[{quote['article_id']}{differs}]", dim=True))
    for figure in result["figures"]:
        values: dict[float, list[Any]] = {}
        for value in figure["values"]:
            values.setdefault(value["value"], []).append(value)
        told = (f"{same[0]['text']} [{', '.join(value['article_id'] for value in same)}]" for same in values.values())
        click.secho(f"\n{figure['about']}: {' or '.join(told)}", fg="yellow")
    if result["embargoed_until"]:
        click.secho(f"\nEmbargoed until {result['embargoed_until']}", fg="red")
    for warning in result["warnings"]:
        about = f"{warning['article_id']}: " if warning["article_id"] is not None else ""
        click.echo(f"{warning['code']}: {about}{warning['detail']}", err=True)
