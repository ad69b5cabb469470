"""What a request may hold, and the values that it becomes.

Loading a request gives values that are valid; nothing downstream asks again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from nutgraf import formats
from nutgraf.service.length_profiles import DEFAULTS as DEFAULT_PROFILES
from nutgraf.service.length_profiles import Profiles
from nutgraf.service.limits import CONTRACT_LIMITS, Limits
from nutgraf.service.schemas.article import ArticleSchema, article_of, expanded
from nutgraf.service.schemas.fields import ByName, Flag, Strict, Text, WholeNumber, described
from nutgraf.service.schemas.length import MAX_LENGTH, LengthOrProfile, LengthSchema, bounded
from nutgraf.settings import MAX_ARTICLES
from nutgraf.summarizer import Article, HeadlineOptions, Length, Options
from nutgraf.summarizer.models import SentenceRef

DEFAULTS = Options()
MAX_HEADLINES = 50
MAX_HEADLINE_CHARACTERS = 1_000
MAX_KEYWORDS = 100
MAX_VARIANTS = 20
MAX_MARKS = 100
MAX_QUERY_CHARACTERS = 1_000
KINDS = ("quotes", "questions")
OUTPUTS = ("json", *formats.OUTPUTS)


@dataclass(frozen=True, slots=True)
class SummarizeRequest:
    """A valid request.

    `rendered` are the positions of articles whose text was made from HTML, `missing` says what documents should have had.
    """

    articles: tuple[Article, ...]
    options: Options
    rendered: frozenset[int]
    input_sha256: str
    output: str | None = None
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        """Of all text, what readers know already included."""
        return sum(len(article.text) for article in (*self.articles, *self.options.background))


_NEEDED: dict[str, Any] = {"required": "Is needed."}


class MarkSchema(Strict):
    """A sentence that an editor points at."""

    json_schema = {"description": "A sentence, by its article and its position there."}  # noqa: RUF012

    article_id = Text(required=True, error_messages=_NEEDED, metadata=described("The article's id.", "ap-1"))
    sentence_index = WholeNumber(
        required=True, error_messages=_NEEDED, validate=bounded(0, MAX_LENGTH), metadata=described("From 0.", 4)
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
        load_default=DEFAULTS.headlines.count, validate=bounded(0, MAX_HEADLINES), metadata=described("0: none.", 3)
    )
    max_characters = WholeNumber(
        load_default=DEFAULTS.headlines.max_characters,
        validate=bounded(1, MAX_HEADLINE_CHARACTERS),
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
    """The body of `POST /summarize`; loads it as a SummarizeRequest within `limits`, its profiles among `profiles`."""

    json_schema = {"description": "The body of `POST /summarize`."}  # noqa: RUF012

    def __init__(self, limits: Limits = CONTRACT_LIMITS, profiles: Profiles = DEFAULT_PROFILES) -> None:
        self._limits = limits
        self._profiles = profiles
        super().__init__()

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Hands the profiles to the fields that hold lengths."""
        holder = field_obj.value_field if isinstance(field_obj, ByName) else field_obj
        if isinstance(holder, LengthOrProfile):
            holder.profiles = self._profiles

    articles = fields.List(
        fields.Nested(ArticleSchema),
        required=True,
        validate=validate.Length(1, MAX_ARTICLES, error=f"Needs 1 to {MAX_ARTICLES} articles."),
        error_messages={"required": "Needs a list of articles.", "invalid": "Must be a list of articles."},
        metadata=described("The cluster: what came in about one event, or a single article."),
    )
    length = LengthOrProfile(load_default=Length, metadata={"default": {"sentences": 5}})
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
        validate=bounded(0, MAX_KEYWORDS),
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
        validate=bounded(1, MAX_LENGTH),
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
    all_sentences = Flag(
        load_default=False,
        metadata=described("Also list every sentence's place and score, as `articles[].all_sentences`; it quotes nothing."),
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

    output = Text(
        allow_none=True,
        load_default=None,
        validate=validate.OneOf(OUTPUTS, error="Must be one of {choices}."),
        metadata=described("What comes back: this contract's JSON, or what a CMS stores; it goes before `Accept`.", "json"),
    )

    @post_load
    def _request(self, given: dict[str, Any], **kwargs: Any) -> SummarizeRequest:
        # How much the answer tells, and in which form, is no part of what it is computed from.
        output, all_sentences = given.pop("output"), given.pop("all_sentences")
        digest = _sha256(given)
        received, rendered = _all_of("articles", given.pop("articles"), self._limits.articles)
        background, _ = _all_of("background", given.pop("background"), self._limits.articles)
        position = _positions(received)
        marks: dict[str, Any] = {name: _marked(name, given.pop(name), position) for name in ("pin", "ban")}
        _check_marks(marks)
        asked = SummarizeRequest(
            articles=tuple(map(article_of, received)),
            options=Options(
                exclude=frozenset(given.pop("exclude")),
                background=tuple(map(article_of, background)),
                all_sentences=all_sentences,
                **marks,
                **given,
            ),
            rendered=rendered,
            input_sha256=digest,
            output=output,
            missing={at: tuple(each[formats.MISSING]) for at, each in enumerate(received) if each.get(formats.MISSING)},
        )
        allowed = self._limits.characters
        if allowed is not None and asked.characters > allowed:
            raise ValidationError({"articles": [f"Their text has {asked.characters} characters; at most {allowed}."]})
        return asked


def _all_of(name: str, given: Sequence[Mapping[str, Any]], max_articles: int) -> tuple[list[dict[str, Any]], frozenset[int]]:
    """The articles, those of documents among them, and which had their text made from something else."""
    articles: list[dict[str, Any]] = []
    rendered: set[int] = set()
    errors: dict[int, Any] = {}
    for at, each in enumerate(given):
        try:
            found = expanded(at, each)
        except ValidationError as error:
            errors[at] = error.normalized_messages()  # type: ignore[no-untyped-call]  # marshmallow's
            continue
        if "document" in each or "html" in each:
            rendered.update(range(len(articles), len(articles) + len(found)))
        articles.extend(found)
    if errors:
        raise ValidationError({name: errors})
    if len(articles) > max_articles:
        raise ValidationError({name: [f"These are {len(articles)} articles, with documents' own; at most {max_articles}."]})
    return articles, frozenset(rendered)


def _positions(articles: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The position of each id. Raises ValidationError for one that is there twice, or for a rewrite of none."""
    positions: dict[str, int] = {}
    errors: dict[int, dict[str, list[str]]] = {}
    for at, article in enumerate(articles):
        if article["id"] in positions:
            errors[at] = {"id": [f"Repeats the id of article {positions[article['id']]}, {article['id']!r}."]}
        positions.setdefault(article["id"], at)
    for at, article in enumerate(articles):
        superseded = article["rewrite_of"]
        if superseded is not None and superseded == article["id"]:
            errors.setdefault(at, {})["rewrite_of"] = ["An article can't be a rewrite of itself."]
    if errors:
        raise ValidationError({"articles": errors})
    return positions


def _marked(name: str, marks: Sequence[Mapping[str, Any]], position: Mapping[str, int]) -> tuple[SentenceRef, ...]:
    errors = {
        at: {"article_id": [f"No article has the id {mark['article_id']!r}."]}
        for at, mark in enumerate(marks)
        if mark["article_id"] not in position
    }
    if errors:
        raise ValidationError({name: errors})
    return tuple(SentenceRef(position[mark["article_id"]], mark["sentence_index"]) for mark in marks)


def _check_marks(marks: Mapping[str, Sequence[SentenceRef]]) -> None:
    twice = [at for at, mark in enumerate(marks["ban"]) if mark in marks["pin"]]
    if twice:
        raise ValidationError({"ban": {at: {"sentence_index": ["The sentence is pinned as well."]} for at in twice}})


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
