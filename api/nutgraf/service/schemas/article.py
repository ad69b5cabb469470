"""An article of a request, and the value that it becomes."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from nutgraf import formats
from nutgraf.formats.html_text import plain_text
from nutgraf.service.schemas.fields import Moment, Pattern, Strict, Text, described
from nutgraf.summarizer import Article

STATUSES = ("usable", "withheld", "canceled")

# RFC 5646 as far as its grammar is simple: a language, then script, region, variants and extensions.
_LANGUAGE_TAG = r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$"
_URL = r"^https?://\S+$"


def _optional(description: str, example: str, longest: int, **more: Any) -> Text:
    return Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=longest, error=f"Must have at most {longest} characters."),
        metadata=described(description, example, **more),
    )


class ArticleSchema(Strict):
    """One article of the request."""

    json_schema = {  # noqa: RUF012
        "description": "One article: its text, or its HTML, and what is known about it.",
        "oneOf": [{"required": ["text"]}, {"required": ["html"]}, {"required": ["format", "document"]}],
    }

    text = Text(metadata=described("Plain text; line ends separate paragraphs. Offsets count into it as sent."))
    html = Text(metadata=described("HTML instead of text; the plain text made from it comes back as `articles[].text`."))
    format = Text(
        validate=validate.OneOf((formats.AUTO, *formats.FORMATS), error="Must be one of {choices}."),
        metadata=described("Of `document`; `GET /formats` lists them, `auto` recognises them.", "auto"),
    )
    document = fields.Raw(
        metadata=described(
            "A document of a CMS or a wire instead of text: JSON, or XML as a string. A feed gives an article an entry, "
            "with ids such as `0.0`. The other fields, where sent, go before the document's."
        )
    )
    id = Text(
        validate=validate.Length(1, 200, error="Must have 1 to 200 characters."),
        metadata=described("Unique in the request; the article's position where absent.", "ap-1"),
    )
    title = _optional("The headline it came with.", "Ferry runs aground off Port Alder", 1_000)
    source = _optional("Who published it.", "AP", 200)
    byline = _optional("Who wrote it.", "By Our Correspondent", 500)
    url = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(max=2_000, error="Must have at most 2000 characters."),
            Pattern(_URL, error="Must be an http or https address."),
        ],
        metadata=described("Where it is published.", "https://news.example/ferry"),
    )
    published_at = Moment(
        allow_none=True, load_default=None, metadata=described("First published, with the offset.", "2026-01-11T14:05:00Z")
    )
    updated_at = Moment(
        allow_none=True, load_default=None, metadata=described("Last changed, with the offset.", "2026-01-11T15:30:00+01:00")
    )
    rewrite_of = _optional("The id of the article of this request that this one supersedes.", "ap-0", 200)
    status = Text(
        load_default="usable",
        validate=validate.OneOf(STATUSES, error="Must be one of {choices}."),
        metadata=described("What is `withheld` or `canceled` is never quoted, in headlines neither.", "usable"),
    )
    embargoed_until = Moment(
        allow_none=True,
        load_default=None,
        metadata=described(
            "The answer carries the latest of those that it quotes; no clock is asked.", "2026-01-11T18:00:00Z"
        ),
    )
    language = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(max=35, error="Must have at most 35 characters."),
            Pattern(_LANGUAGE_TAG, error="Must be a BCP 47 language tag, such as en or pt-BR."),
        ],
        metadata=described("BCP 47 tag; detected where absent.", "en"),
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_body(self, loaded: Any, given: Any, **kwargs: Any) -> None:
        if not isinstance(given, Mapping):
            return
        bodies = [name for name in ("text", "html", "document") if name in given]
        if len(bodies) != 1:
            raise ValidationError("Send one of text, html and document." if bodies else "Needs text, html or a document.")
        if ("format" in given) != ("document" in given):
            raise ValidationError("A document needs its format, and a format its document.")


def expanded(position: int, received: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The articles that a valid one stands for: itself, or those of its document. Raises ValidationError."""
    if "document" not in received:
        return [{"id": str(position), **received}]
    given = {name: value for name, value in received.items() if name not in ("format", "document") and value is not None}
    given.pop("status", None) if given.get("status") == "usable" else None
    try:
        found = formats.read(received["format"], received["document"])
    except formats.UnreadableDocumentError as error:
        raise ValidationError(str(error), "document") from error
    loaded = [
        {**ArticleSchema().load({**fields, **given}), formats.MISSING: missing}
        for fields in found
        for missing in [[each for each in fields.pop(formats.MISSING) if each != "a title" or "title" not in given]]
    ]
    if len(loaded) == 1:
        return [{"id": str(position), **loaded[0]}]
    return [{**each, "id": f"{given.get('id', position)}.{number}"} for number, each in enumerate(loaded)]


def article_of(received: Mapping[str, Any]) -> Article:
    """The article of valid fields; its text made from HTML where that was sent."""
    known = {name: value for name, value in received.items() if name != formats.MISSING}
    if "html" in known:
        known["text"] = plain_text(known.pop("html"))
    return Article(**known)
