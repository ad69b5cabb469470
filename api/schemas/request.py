"""What a request may hold, and the values that it becomes.

Loading a request gives values that are valid; nothing downstream asks again.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from api.markup import plain_text
from api.schemas.fields import Moment, Pattern, Share, Strict, Text, WholeNumber, described
from api.summarizer import Article, HeadlineOptions, Length, Options

DEFAULTS = Options()
MAX_ARTICLES = 100
MAX_HEADLINES = 50
MAX_HEADLINE_CHARACTERS = 1_000
MAX_KEYWORDS = 100
MAX_LENGTH = 1_000_000
LENGTH_UNITS = ("sentences", "words", "characters", "ratio")

# RFC 5646 as far as its grammar is simple: a language, then script, region, variants and extensions.
_LANGUAGE_TAG = r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$"
_URL = r"^https?://\S+$"


@dataclass(frozen=True, slots=True)
class SummarizeRequest:
    """A valid request; `rendered` are the positions of articles whose text was made from HTML."""

    articles: tuple[Article, ...]
    options: Options
    rendered: frozenset[int]
    input_sha256: str


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


def _bounded(least: int, most: int) -> list[validate.Validator]:
    return [validate.Range(least, most, error=f"Must be between {least} and {most}.")]


class LengthSchema(Strict):
    """How long the summary may be."""

    json_schema = {  # noqa: RUF012
        "description": "At most so much, in exactly one unit. It is never exceeded, and no sentence is cut to meet it.",
        "oneOf": [{"required": [unit]} for unit in LENGTH_UNITS],
    }

    sentences = WholeNumber(validate=_bounded(1, MAX_LENGTH), metadata=described("Sentences.", 5))
    words = WholeNumber(validate=_bounded(1, MAX_LENGTH), metadata=described("Words.", 120))
    characters = WholeNumber(validate=_bounded(1, MAX_LENGTH), metadata=described("Characters, spaces included.", 600))
    ratio = Share(
        validate=validate.Range(0, 1, min_inclusive=False, error="Must be above 0 and at most 1."),
        metadata=described("Share of the words of the usable text.", 0.2),
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_unit(self, loaded: Any, given: Any, **kwargs: Any) -> None:
        if isinstance(given, Mapping) and sum(unit in given for unit in LENGTH_UNITS) != 1:
            raise ValidationError(f"Needs exactly one of {', '.join(LENGTH_UNITS)}.")

    @post_load
    def _length(self, given: Mapping[str, Any], **kwargs: Any) -> Length:
        ((unit, value),) = given.items()
        return Length(unit, value)  # type: ignore[arg-type]  # the schema's fields are the units


class HeadlineOptionsSchema(Strict):
    """How many headlines, and for what slot."""

    json_schema = {"description": "How many headlines, of at most how many characters, cased how."}  # noqa: RUF012

    count = WholeNumber(
        load_default=DEFAULTS.headlines.count, validate=_bounded(0, MAX_HEADLINES), metadata=described("0: none.", 3)
    )
    max_characters = WholeNumber(
        load_default=DEFAULTS.headlines.max_characters,
        validate=_bounded(1, MAX_HEADLINE_CHARACTERS),
        metadata=described("What the slot holds, spaces included.", 70),
    )
    style = Text(
        load_default=DEFAULTS.headlines.style,
        validate=validate.OneOf(("sentence", "title"), error="Must be one of {choices}."),
        metadata=described("`sentence`: as in a sentence. `title`: Every Main Word With a Capital (English).", "sentence"),
    )

    @post_load
    def _options(self, given: Mapping[str, Any], **kwargs: Any) -> HeadlineOptions:
        return HeadlineOptions(**given)


class SummarizeRequestSchema(Strict):
    """The body of `POST /summarize`."""

    articles = fields.List(
        fields.Nested(ArticleSchema),
        required=True,
        validate=validate.Length(1, MAX_ARTICLES, error=f"Needs 1 to {MAX_ARTICLES} articles."),
        error_messages={"required": "Needs a list of articles.", "invalid": "Must be a list of articles."},
        metadata=described("The cluster: what came in about one event, or a single article."),
    )
    length = fields.Nested(LengthSchema, load_default=Length, metadata={"default": {"sentences": 5}})
    headlines = fields.Nested(HeadlineOptionsSchema, load_default=HeadlineOptions)
    order = Text(
        load_default=DEFAULTS.order,
        validate=validate.OneOf(("auto", "score", "as_given", "published"), error="Must be one of {choices}."),
        metadata=described(
            "How the sentences are told: `auto` as a story, `score` best first, `as_given` by article, `published` the "
            "earliest article first.",
            "auto",
        ),
    )
    keywords = WholeNumber(
        load_default=DEFAULTS.keywords,
        validate=_bounded(0, MAX_KEYWORDS),
        metadata=described("How many key terms; 0: none.", 10),
    )
    offset_unit = Text(
        load_default=DEFAULTS.offset_unit,
        validate=validate.OneOf(("codepoint", "utf16"), error="Must be one of {choices}."),
        metadata=described("What offsets count: `codepoint` as Python slices, `utf16` as JavaScript does.", "codepoint"),
    )

    @validates_schema(skip_on_field_errors=False)
    def _unique_ids(self, given: Mapping[str, Any], **kwargs: Any) -> None:
        seen: dict[str, int] = {}
        errors: dict[int, dict[str, list[str]]] = {}
        for position, article in enumerate(given.get("articles") or ()):
            if not isinstance(article, Mapping):
                continue
            its_id = article.get("id", str(position))
            if its_id in seen:
                errors[position] = {"id": [f"Repeats the id of article {seen[its_id]}, {its_id!r}."]}
            seen.setdefault(its_id, position)
        if errors:
            raise ValidationError({"articles": errors})

    @post_load
    def _request(self, given: dict[str, Any], **kwargs: Any) -> SummarizeRequest:
        received = given.pop("articles")
        return SummarizeRequest(
            articles=tuple(_article(position, article) for position, article in enumerate(received)),
            options=Options(**given),
            rendered=frozenset(position for position, article in enumerate(received) if "html" in article),
            input_sha256=_sha256({**given, "articles": received}),
        )


def _article(position: int, received: Mapping[str, Any]) -> Article:
    known = {"id": str(position), **received}
    if "html" in known:
        known["text"] = plain_text(known.pop("html"))
    return Article(**known)


def _sha256(request: Mapping[str, Any]) -> str:
    """Of the canonical JSON of a valid request: defaults filled in, keys sorted, no white space, UTF-8."""
    canonical = json.dumps(request, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Length):
        return {value.unit: value.value}
    return {name: getattr(value, name) for name in value.__slots__}
