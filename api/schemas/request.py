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

from api.profiles import known as known_profiles
from api.schemas.article import ArticleSchema, article_of
from api.schemas.fields import ByName, Share, Strict, Text, WholeNumber, described
from api.summarizer import Article, HeadlineOptions, Length, Options
from api.summarizer.models import Mark

DEFAULTS = Options()
MAX_ARTICLES = 100
MAX_HEADLINES = 50
MAX_HEADLINE_CHARACTERS = 1_000
MAX_KEYWORDS = 100
MAX_LENGTH = 1_000_000
MAX_VARIANTS = 20
MAX_MARKS = 100
MAX_QUERY_CHARACTERS = 1_000
KINDS = ("quotes", "questions")
LENGTH_UNITS = ("sentences", "words", "characters", "ratio")


@dataclass(frozen=True, slots=True)
class SummarizeRequest:
    """A valid request; `rendered` are the positions of articles whose text was made from HTML."""

    articles: tuple[Article, ...]
    options: Options
    rendered: frozenset[int]
    input_sha256: str


def _bounded(least: int, most: int) -> list[validate.Validator]:
    return [validate.Range(least, most, error=f"Must be between {least} and {most}.")]


_NEEDED: dict[str, Any] = {"required": "Is needed."}


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


class LengthOrProfile(fields.Field[Length]):
    """A length, or the name of a profile."""

    def __init__(self) -> None:
        schema = "#/components/schemas/Length"
        super().__init__(metadata={"anyOf": [{"type": "string"}, {"$ref": schema}], "examples": ["push", {"words": 60}]})

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Length:
        if not isinstance(value, str):
            length: Length = LengthSchema().load(value)
            return length
        profiles = known_profiles()
        if value not in profiles:
            raise ValidationError(f"There is no profile {value!r}. There are: {', '.join(profiles)}.")
        return profiles[value]


class MarkSchema(Strict):
    """A sentence that an editor points at."""

    json_schema = {"description": "A sentence, by its article and its position there."}  # noqa: RUF012

    article_id = Text(required=True, error_messages=_NEEDED, metadata=described("The article's id.", "ap-1"))
    sentence_index = WholeNumber(
        required=True, error_messages=_NEEDED, validate=_bounded(0, MAX_LENGTH), metadata=described("From 0.", 4)
    )


def _marks(description: str) -> Any:
    return fields.List(
        fields.Nested(MarkSchema),
        load_default=list,
        validate=validate.Length(max=MAX_MARKS, error=f"Must have at most {MAX_MARKS} sentences."),
        error_messages={"invalid": "Must be a list of sentences."},
        metadata=described(description, default=[]),
    )


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

    query = Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(1, MAX_QUERY_CHARACTERS, error=f"Must have 1 to {MAX_QUERY_CHARACTERS} characters."),
        metadata=described("What the summary shall be about.", "Who pays for the repairs?"),
    )
    exclude = fields.List(  # type: ignore[assignment]  # hides a class attribute that the instance sets anew
        Text(validate=validate.OneOf(KINDS, error="Must be one of {choices}.")),
        load_default=list,
        error_messages={"invalid": "Must be a list."},
        metadata=described("Kinds of sentences that are left out: `quotes`, `questions`.", ["questions"], default=[]),
    )
    max_per_source = WholeNumber(
        allow_none=True,
        load_default=None,
        validate=_bounded(1, MAX_LENGTH),
        metadata=described("At most so many sentences of one source (of one article, where it names none).", 3),
    )
    background = fields.List(
        fields.Nested(ArticleSchema),
        load_default=list,
        validate=validate.Length(max=MAX_ARTICLES, error=f"Must have at most {MAX_ARTICLES} articles."),
        error_messages={"invalid": "Must be a list of articles."},
        metadata=described("What readers know already: the summary says only what is new.", default=[]),
    )
    per_article = fields.Nested(
        LengthSchema, allow_none=True, load_default=None, metadata=described("The length of a summary of each article too.")
    )
    variants = ByName(
        keys=Text(validate=validate.Length(1, 100, error="Must have 1 to 100 characters.")),
        values=LengthOrProfile(),
        load_default=dict,
        validate=validate.Length(max=MAX_VARIANTS, error=f"Must have at most {MAX_VARIANTS} variants."),
        error_messages={"invalid": "Must be an object."},
        metadata=described(
            "More lengths from the same ranking, by name; a string names a profile (`GET /profiles`).",
            {"push": "push", "box": {"words": 60}},
            default={},
        ),
    )
    pin = _marks("Sentences that must be in the summary; in a variant where they fit.")
    ban = _marks("Sentences that must not be in it, and that no headline is made of.")

    @validates_schema(skip_on_field_errors=True)
    def _known_ids(self, given: Mapping[str, Any], **kwargs: Any) -> None:
        ids = [article.get("id", str(at)) for at, article in enumerate(given["articles"])]
        errors: dict[str, dict[int, dict[str, list[str]]]] = {}
        for name in ("pin", "ban"):
            for at, mark in enumerate(given[name]):
                if mark["article_id"] not in ids:
                    errors.setdefault(name, {})[at] = {"article_id": [f"No article has the id {mark['article_id']!r}."]}
                elif name == "ban" and mark in given["pin"]:
                    errors.setdefault(name, {})[at] = {"sentence_index": ["The sentence is pinned as well."]}
        for at, article in enumerate(given["articles"]):
            rewritten = article["rewrite_of"]
            if rewritten is not None and (rewritten not in ids or rewritten == ids[at]):
                errors.setdefault("articles", {})[at] = {"rewrite_of": [f"No other article has the id {rewritten!r}."]}
        if errors:
            raise ValidationError(errors)

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
        digest = _sha256(given)
        received, background = given.pop("articles"), given.pop("background")
        position = {article.get("id", str(at)): at for at, article in enumerate(received)}
        marks: dict[str, Any] = {
            name: tuple(Mark(position[mark["article_id"]], mark["sentence_index"]) for mark in given.pop(name))
            for name in ("pin", "ban")
        }
        return SummarizeRequest(
            articles=tuple(article_of(at, article) for at, article in enumerate(received)),
            options=Options(
                exclude=frozenset(given.pop("exclude")),
                background=tuple(article_of(at, article) for at, article in enumerate(background)),
                **marks,
                **given,
            ),
            rendered=frozenset(at for at, article in enumerate(received) if "html" in article),
            input_sha256=digest,
        )


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
