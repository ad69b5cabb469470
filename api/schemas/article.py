"""An article of a request, and the value that it becomes."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validate, validates_schema

from api.markup import plain_text
from api.schemas.fields import Moment, Pattern, Strict, Text, described
from api.summarizer import Article

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
        "oneOf": [{"required": ["text"]}, {"required": ["html"]}],
    }

    text = Text(metadata=described("Plain text; line ends separate paragraphs. Offsets count into it as sent."))
    html = Text(metadata=described("HTML instead of text; the plain text made from it comes back as `articles[].text`."))
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
        bodies = [name for name in ("text", "html") if isinstance(given, Mapping) and name in given]
        if len(bodies) != 1:
            raise ValidationError("Send text or html, not both." if bodies else "Needs text or html.")


def article_of(position: int, received: Mapping[str, Any]) -> Article:
    """The article at a position of a valid request; its text made from HTML where that was sent."""
    known = {"id": str(position), **received}
    if "html" in known:
        known["text"] = plain_text(known.pop("html"))
    return Article(**known)
