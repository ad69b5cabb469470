"""The command `nutgraf`: serve, summarize files, and answer many requests in one file."""

import json
import os
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import click
from marshmallow import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from api import batch as batches
from api import create_app, profiles, settings
from api.answers import answer
from api.contract import as_yaml, specification
from api.problems import pointers
from api.schemas.length import LENGTH_UNITS
from api.schemas.request import SummarizeRequestSchema
from api.schemas.response import SummarizeResponseSchema
from api.security.keys import BadKeys, Exposed, KeyFile, refuse_exposed
from api.security.keys_cli import keys
from api.strictjson import MalformedJSON, parse
from api.summarizer import SummaryError
from api.version import VERSION

_MAX_DEPTH = 64
_STDIN = "<stdin>"
_LONGEST_ID = 200


@click.group()
@click.version_option(VERSION, prog_name="nutgraf")
def main() -> None:
    """Summaries and headlines from news articles."""


@main.command()
def serve() -> None:
    """Serve the API with gunicorn; NUTGRAF_* variables set it up."""
    try:
        loaded = settings.load()
        refuse_exposed(loaded["host"], bool(loaded["open"]), KeyFile(loaded["data_dir"]))
    except (settings.BadSetting, BadKeys, Exposed) as error:
        raise click.ClickException(str(error)) from error
    # The server takes this process's place, and with it its signals. Sparse products need no BLAS threads, and a heap for
    # each thread would keep what the others freed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "python:api.serving.config"])


@main.command()
@click.option("--check", type=click.Path(exists=True), help="Only say whether this file is what would be printed.")
def openapi(check: str | None) -> None:
    """Print the contract as openapi.yaml has it."""
    text = as_yaml(specification(create_app()))
    if check is None:
        click.echo(text, nl=False)
    elif Path(check).read_text(encoding="utf-8") != text:
        raise click.ClickException(f"{check} is not what the code writes; run `make openapi` and read the difference.")


@main.command()
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
        result = SummarizeResponseSchema().dump(answer(SummarizeRequestSchema().load(body)))
    except ValidationError as error:
        raise click.ClickException("\n".join(f"{where}: {what}" for where, what in pointers(error))) from error
    except SummaryError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _print(result)


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="IN.ndjson")
@click.option("-o", "--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="OUT.ndjson")
@click.option(
    "--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one a core", help="How many work."
)
def batch(source: Path, target: Path, processes: int) -> None:
    """Answer the requests in a file, a line each, without a server; killed and started again, it does the rest only.

    A line of IN is a request as POST /summarize takes it. A line of OUT is `{"index", "status", "body"}`, or
    `"problem"` in place of the body, in the same order.
    """
    columns = (TextColumn("{task.completed:,} of {task.total:,}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=batches.count(source))
        try:
            outcome = batches.run(source, target, processes=processes, progress=lambda count: bar.advance(task, count))
        except batches.BadBatch as error:
            raise click.ClickException(str(error)) from error
    earlier = f", {outcome.resumed:,} were answered before" if outcome.resumed else ""
    click.echo(f"{outcome.answered:,} answered, {outcome.failed:,} of them with a problem{earlier}.", err=True)


@main.command()
@click.option(
    "--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one a core", help="How many work."
)
def worker(processes: int) -> None:
    """Work on jobs, of this machine or, with NUTGRAF_DATABASE_URL, of many; as many workers as wanted, anywhere."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sparse products need no BLAS threads
    # Imported here, so that no other command waits for the queue to load.
    from api.jobs.worker import work_on
    from api.observability import logs

    try:
        app = create_app()
    except settings.BadSetting as error:
        raise click.ClickException(str(error)) from error
    logs.to_standard_error()
    work_on(app, processes=processes)


@main.command()
def webhook_secret() -> None:
    """Make a secret that signs callbacks, for NUTGRAF_WEBHOOK_SECRET."""
    click.echo("whsec_" + b64encode(os.urandom(32)).decode())


main.add_command(keys)


class _Rate(ProgressColumn):
    """Requests a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f} a second")


def _add(body: dict[str, Any], name: str, content: bytes) -> None:
    """What a file holds, added to the request."""
    kind = Path(name).suffix.lower()
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if kind == ".json" or (kind not in (".txt", ".html", ".htm") and start in (b"{", b"[")):
        try:
            value = parse(content, max_depth=_MAX_DEPTH)
        except MalformedJSON as error:
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
    body["articles"].append(article if name == _STDIN else {"id": name[-_LONGEST_ID:], **article})


def _apply(body: dict[str, Any], options: Mapping[str, Any]) -> None:
    """The command's options, over those of a JSON request."""
    given = {name: value for name, value in options.items() if value is not None}
    if units := {name: given[name] for name in LENGTH_UNITS if name in given}:
        body["length"] = units
    names = {"headlines": "count", "max_characters": "max_characters", "style": "style"}
    if slot := {names[name]: given[name] for name in names if name in given}:
        body["headlines"] = {**body.get("headlines", {}), **slot}
    if "profile" in given:
        known = profiles.known()
        if given["profile"] not in known:
            raise click.ClickException(f"There is no profile {given['profile']!r}. There are: {', '.join(known)}.")
        body["length"] = {known[given["profile"]].unit: known[given["profile"]].value}
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


if __name__ == "__main__":
    main()
