"""Schema of an article, and its conversion to the summarizer's Article."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from nutgraf import formats
from nutgraf.formats.html_text import plain_text
from nutgraf.service.schemas.fields import Pattern, StrictSchema, Text, Timestamp, described
from nutgraf.summarizer import Article

STATUSES = ("usable", "withheld", "canceled")

# A simplified grammar of RFC 5646: a language, then script, region, variants and extensions.
_LANGUAGE_TAG = r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$"
_URL = r"^https?://\S+$"


def _optional(description: str, example: str, max_characters: int) -> Text:
    return Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=max_characters, error=f"Must have at most {max_characters} characters."),
        metadata=described(description, example),
    )


class ArticleSchema(StrictSchema):
    """One article of the request."""

    json_schema = {  # noqa: RUF012
        "description": "One article: its text, HTML or CMS document, and its metadata.",
        "oneOf": [{"required": ["text"]}, {"required": ["html"]}, {"required": ["format", "document"]}],
    }

    text = Text(metadata=described("Plain text; line ends separate paragraphs. Offsets refer to this text as sent."))
    html = Text(
        metadata=described(
            "HTML instead of text. The answer contains its plain text as `articles[].text`: headings begin with `#`, block "
            "quotations with `>`."
        )
    )
    format = Text(
        validate=validate.OneOf((formats.AUTO, *formats.FORMATS), error="Must be one of {choices}."),
        metadata=described("Format of `document`, one of `GET /formats`; `auto` detects it.", "auto"),
    )
    document = fields.Raw(
        metadata=described(
            "Document of a CMS or wire service instead of text: JSON, or XML as a string. Each entry of a feed becomes an "
            "article, with ids such as `0.0`. Fields that you send next to `document` replace those of the document."
        )
    )
    id = Text(
        validate=validate.Length(1, 200, error="Must have 1 to 200 characters."),
        metadata=described("Id of the article, unique in the request; its position by default.", "ap-1"),
    )
    title = _optional("Headline of the article.", "Ferry runs aground off Port Alder", 1_000)
    source = _optional("Publisher or agency.", "AP", 200)
    byline = _optional("Author line.", "By Our Correspondent", 500)
    url = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(max=2_000, error="Must have at most 2000 characters."),
            Pattern(_URL, error="Must be an http or https address."),
        ],
        metadata=described("Address of the published article.", "https://news.example/ferry"),
    )
    published_at = Timestamp(
        allow_none=True,
        load_default=None,
        metadata=described("Time of first publication, with UTC offset.", "2026-01-11T14:05:00Z"),
    )
    updated_at = Timestamp(
        allow_none=True,
        load_default=None,
        metadata=described("Time of the last change, with UTC offset.", "2026-01-11T15:30:00+01:00"),
    )
    rewrite_of = _optional("Id of the article in this request that this article replaces.", "ap-0", 200)
    status = Text(
        load_default="usable",
        validate=validate.OneOf(STATUSES, error="Must be one of {choices}."),
        metadata=described("`withheld` and `canceled` articles are never quoted, not even in headlines.", "usable"),
    )
    embargoed_until = Timestamp(
        allow_none=True,
        load_default=None,
        metadata=described(
            "End of the embargo. The answer contains the latest embargo of the articles that it quotes; the service does "
            "not compare it with the clock.",
            "2026-01-11T18:00:00Z",
        ),
    )
    language = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(max=35, error="Must have at most 35 characters."),
            Pattern(_LANGUAGE_TAG, error="Must be a BCP 47 language tag, such as en or pt-BR."),
        ],
        metadata=described("Language as a BCP 47 tag; detected by default.", "en"),
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_body(self, loaded: Any, sent: Any, **kwargs: Any) -> None:
        if not isinstance(sent, Mapping):
            return
        bodies = [name for name in ("text", "html", "document") if name in sent]
        if len(bodies) != 1:
            raise ValidationError(
                "Must have only one of text, html and document." if bodies else "Must have text, html or document."
            )
        if ("format" in sent) != ("document" in sent):
            raise ValidationError("Must have both format and document, or neither.")


def expand_document(position: int, received: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the articles of a document, or the article itself if it has none, as dicts of validated fields with ids.

    `received` is an article as ArticleSchema loads it, and `position` its position in the request. Fields that were sent
    next to the document replace those of the document. Raises ValidationError, for the field `document`, if the document
    can't be read.
    """
    if "document" not in received:
        return [{"id": str(position), **received}]
    sent_fields = {
        name: value for name, value in received.items() if name not in ("format", "document") and value is not None
    }
    if sent_fields.get("status") == "usable":  # the default, which must not replace the status of the document
        del sent_fields["status"]
    try:
        entries = formats.read(received["format"], received["document"])
    except formats.UnreadableDocumentError as error:
        raise ValidationError(str(error), "document") from error
    loaded = []
    for entry in entries:
        missing = [part for part in entry.pop(formats.MISSING) if part != "a title" or "title" not in sent_fields]
        loaded.append({**ArticleSchema().load({**entry, **sent_fields}), formats.MISSING: missing})
    if len(loaded) == 1:
        return [{"id": str(position), **loaded[0]}]
    return [{**article, "id": f"{sent_fields.get('id', position)}.{number}"} for number, article in enumerate(loaded)]


def to_article(received: Mapping[str, Any]) -> Article:
    """Returns the summarizer's Article for validated fields; HTML is converted to plain text."""
    values = {name: value for name, value in received.items() if name != formats.MISSING}
    if "html" in values:
        values["text"] = plain_text(values.pop("html"))
    return Article(**values)
