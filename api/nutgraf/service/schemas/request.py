"""The schema of a summarize request, and the class of the loaded request.

A loaded request is valid and independent of HTTP; no later code validates it again.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from nutgraf import formats
from nutgraf.errors import pluralize
from nutgraf.service import document_reading
from nutgraf.service.length_profiles import DEFAULTS as DEFAULT_PROFILES
from nutgraf.service.length_profiles import Profiles
from nutgraf.service.limits import CONTRACT_LIMITS, Limits
from nutgraf.service.schemas.article import (
    ArticleSchema,
    ElementBudget,
    TooManyElementsError,
    count_elements,
    expand_document,
    to_article,
)
from nutgraf.service.schemas.fields import (
    Boolean,
    BoundedList,
    NamedValues,
    StrictSchema,
    Text,
    WholeNumber,
    described,
)
from nutgraf.service.schemas.length import MAX_LENGTH, LengthOrProfile, LengthSchema, bounded
from nutgraf.settings import MAX_ARTICLES
from nutgraf.summarizer import Article, HeadlineOptions, Length, Options
from nutgraf.summarizer.models import SentenceRef

DEFAULTS = Options()
MAX_HEADLINES = 50
MAX_HEADLINE_CHARACTERS = 1_000
MAX_KEYWORDS = 100
MAX_QUOTES = 20
MAX_VARIANTS = 20
MAX_PINS_OR_BANS = 100
MAX_QUERY_CHARACTERS = 1_000
EXCLUDABLE = ("quotes", "questions")
# Repeated entries are accepted for compatibility, up to this number.
MAX_EXCLUDED = 100
OUTPUTS = ("json", *formats.OUTPUTS)


@dataclass(frozen=True, slots=True)
class SummarizeRequest:
    """A valid request.

    - `articles`, `options`: the arguments of `summarize`.
    - `extracted`: the positions of articles whose text was extracted from HTML or a document.
    - `input_sha256`: the digest of the canonical JSON of the request, without `output` and `all_sentences`.
    - `output`: the format of the answer, if the request names one.
    - `missing`: what the document of an article lacks, by the position of the article.
    """

    articles: tuple[Article, ...]
    options: Options
    extracted: frozenset[int]
    input_sha256: str
    output: str | None = None
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        """The number of code points in the text of all articles, including `background`."""
        return sum(len(article.text) for article in (*self.articles, *self.options.background))


_REQUIRED: dict[str, Any] = {"required": "Is required."}


class MarkSchema(StrictSchema):
    """A sentence that an editor pins or bans."""

    json_schema = {"description": "A sentence, identified by its article and its position there."}  # noqa: RUF012

    article_id = Text(required=True, error_messages=_REQUIRED, metadata=described("Id of the article.", "ap-1"))
    sentence_index = WholeNumber(
        required=True,
        error_messages=_REQUIRED,
        validate=bounded(0, MAX_LENGTH),
        metadata=described("Position of the sentence in the article, from 0.", 4),
    )


def _sentence_list_field(description: str) -> Any:
    return BoundedList(
        fields.Nested(MarkSchema),
        load_default=list,
        validate=validate.Length(max=MAX_PINS_OR_BANS, error=f"Must have at most {MAX_PINS_OR_BANS} sentences."),
        error_messages={"invalid": "Must be a list of sentences."},
        metadata=described(description, default=[]),
    )


class HeadlineOptionsSchema(StrictSchema):
    """The number, maximum length and style of headlines."""

    json_schema = {"description": "Number, maximum length and capitalization of headlines."}  # noqa: RUF012

    count = WholeNumber(
        load_default=DEFAULTS.headlines.count,
        validate=bounded(0, MAX_HEADLINES),
        metadata=described("Number of headlines; 0 for none.", 3),
    )
    max_characters = WholeNumber(
        load_default=DEFAULTS.headlines.max_characters,
        validate=bounded(1, MAX_HEADLINE_CHARACTERS),
        metadata=described("Maximum number of characters of a headline, including spaces.", 70),
    )
    style = Text(
        load_default=DEFAULTS.headlines.style,
        validate=validate.OneOf(("sentence", "title"), error="Must be one of {choices}."),
        metadata=described(
            "Capitalization. `sentence`: as in a sentence. `title`: Every Main Word Capitalized (English).", "sentence"
        ),
    )

    @post_load
    def _options(self, loaded: Mapping[str, Any], **kwargs: Any) -> HeadlineOptions:
        return HeadlineOptions(**loaded)


class RequestSchema(StrictSchema):
    """The base of the schemas of requests, which depend on settings of the service.

    `limits` has the maximum numbers of articles, characters and elements, `profiles` the named lengths for requests.
    """

    def __init__(self, limits: Limits = CONTRACT_LIMITS, profiles: Profiles = DEFAULT_PROFILES) -> None:
        self._limits = limits
        self._profiles = profiles
        super().__init__()


class SummarizeRequestSchema(RequestSchema):
    """The body of `POST /summarize`, loaded as a SummarizeRequest."""

    json_schema = {"description": "The body of `POST /summarize` and of `POST /summarize/{output}`."}  # noqa: RUF012

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Passes the profiles to the fields that contain lengths. Called by marshmallow for each field."""
        length_field = field_obj.value_field if isinstance(field_obj, NamedValues) else field_obj
        if isinstance(length_field, LengthOrProfile):
            length_field.profiles = self._profiles

    articles = BoundedList(
        fields.Nested(ArticleSchema),
        required=True,
        validate=validate.Length(1, MAX_ARTICLES, error=f"Must have 1 to {MAX_ARTICLES} articles."),
        error_messages={"required": "Is required.", "invalid": "Must be a list of articles."},
        metadata=described("The cluster: all articles about one event, or a single article."),
    )
    length = LengthOrProfile(
        load_default=Length,
        metadata={
            "description": "Maximum length of the summary, or the name of a profile (`GET /profiles`).",
            "default": {"sentences": 5},
        },
    )
    headlines = fields.Nested(HeadlineOptionsSchema, load_default=HeadlineOptions)
    order = Text(
        load_default=DEFAULTS.order,
        validate=validate.OneOf(("auto", "score", "as_given", "published"), error="Must be one of {choices}."),
        metadata=described(
            "Order of the sentences. `auto`: as a readable story. `score`: best first. `as_given`: by article and sentence. "
            "`published`: earliest article first.",
            "auto",
        ),
    )
    keywords = WholeNumber(
        load_default=DEFAULTS.keywords,
        validate=bounded(0, MAX_KEYWORDS),
        metadata=described("Number of key terms; 0 for none.", 10),
    )
    quotes = WholeNumber(
        load_default=DEFAULTS.quotes,
        validate=bounded(0, MAX_QUOTES),
        metadata=described("Number of direct quotations with their speakers; 0 for none.", 3, default=0),
    )
    offset_unit = Text(
        load_default=DEFAULTS.offset_unit,
        validate=validate.OneOf(("codepoint", "utf16"), error="Must be one of {choices}."),
        metadata=described("Unit of offsets and sizes: `codepoint` as in Python, `utf16` as in JavaScript.", "codepoint"),
    )

    query = Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(1, MAX_QUERY_CHARACTERS, error=f"Must have 1 to {MAX_QUERY_CHARACTERS} characters."),
        metadata=described("Focus of the summary, as a question or key words.", "Who pays for the repairs?"),
    )
    exclude = BoundedList(  # type: ignore[assignment]  # overrides an attribute of marshmallow's class, whose instances set their own
        Text(validate=validate.OneOf(EXCLUDABLE, error="Must be one of {choices}.")),
        load_default=list,
        validate=validate.Length(max=MAX_EXCLUDED, error=f"Must have at most {MAX_EXCLUDED} entries."),
        error_messages={"invalid": "Must be a list."},
        metadata=described("Kinds of sentences to leave out: `quotes`, `questions`.", ["questions"], default=[]),
    )
    max_per_source = WholeNumber(
        allow_none=True,
        load_default=None,
        validate=bounded(1, MAX_LENGTH),
        metadata=described(
            "Maximum number of sentences from one source; an article without `source` counts as its own source.", 3
        ),
    )
    background = BoundedList(
        fields.Nested(ArticleSchema),
        load_default=list,
        validate=validate.Length(max=MAX_ARTICLES, error=f"Must have at most {MAX_ARTICLES} articles."),
        error_messages={"invalid": "Must be a list of articles."},
        metadata=described("Articles that readers already know. The summary contains only what is new.", default=[]),
    )
    per_article = fields.Nested(
        LengthSchema,
        allow_none=True,
        load_default=None,
        metadata=described("Also summarize each article on its own, with this length."),
    )
    all_sentences = Boolean(
        load_default=False,
        metadata=described(
            "Also list position and score of every sentence, without its text, as `articles[].all_sentences`."
        ),
    )
    variants = NamedValues(
        keys=Text(validate=validate.Length(1, 100, error="Must have 1 to 100 characters.")),
        values=LengthOrProfile(),
        load_default=dict,
        validate=validate.Length(max=MAX_VARIANTS, error=f"Must have at most {MAX_VARIANTS} variants."),
        error_messages={"invalid": "Must be an object."},
        metadata=described(
            "More summaries from the same ranking. You choose the keys; each value is a length, or the name of a profile "
            "(`GET /profiles`).",
            {"push": "push", "box": {"words": 60}},
            default={},
        ),
    )
    pin = _sentence_list_field("Sentences that must be in the summary, and in each variant that has room for them.")
    ban = _sentence_list_field("Sentences that must not be in the summary or in a headline.")

    output = Text(
        allow_none=True,
        load_default=None,
        validate=validate.OneOf(OUTPUTS, error="Must be one of {choices}."),
        metadata=described(
            "Format of the answer to a request in a job: the JSON of this contract, or a format for a CMS. In "
            "`POST /summarize`, this field and the `Accept` header are deprecated: use `POST /summarize/{output}`.",
            "json",
            deprecated=True,
        ),
    )

    @post_load
    def _request(self, loaded: dict[str, Any], **kwargs: Any) -> SummarizeRequest:
        # The digest leaves out `output` and `all_sentences`: they choose the format and the extent of the answer, and do not
        # change the summary.
        output, all_sentences = loaded.pop("output"), loaded.pop("all_sentences")
        digest = request_digest(loaded)
        budget = ElementBudget(self._limits.elements)
        for name in ("articles", "background"):  # count the elements of both lists before parsing either
            spend(budget, name, loaded[name])
        articles, extracted = expand_all("articles", loaded.pop("articles"), self._limits, budget)
        background, _ = expand_all("background", loaded.pop("background"), self._limits, budget)
        positions = positions_by_id(articles)
        marks: dict[str, Any] = {name: _sentence_refs(name, loaded.pop(name), positions) for name in ("pin", "ban")}
        _refuse_pinned_and_banned(marks)
        request = SummarizeRequest(
            articles=tuple(map(to_article, articles)),
            options=Options(
                exclude=frozenset(loaded.pop("exclude")),
                background=tuple(map(to_article, background)),
                all_sentences=all_sentences,
                **marks,
                **loaded,
            ),
            extracted=extracted,
            input_sha256=digest,
            output=output,
            missing=missing_parts(articles),
        )
        max_characters = self._limits.characters
        if max_characters is not None and request.characters > max_characters:
            raise ValidationError(
                {"articles": [f"Must have at most {max_characters} characters of text; has {request.characters}."]}
            )
        return request


def spend(budget: ElementBudget, name: str, received: Sequence[Mapping[str, Any]]) -> None:
    """Subtracts the number of markup elements in the articles of the field `name` from the budget of a request.

    Raises TooManyElementsError if the budget is too small.
    """
    with _with_field_name(name):
        budget.spend(sum(map(count_elements, received)))


def expand_all(
    name: str, received: Sequence[Mapping[str, Any]], limits: Limits, budget: ElementBudget, max_articles: int | None = None
) -> tuple[list[dict[str, Any]], frozenset[int]]:
    """Returns all articles, including those of documents, and the positions of articles whose text was extracted.

    `received` are articles as their schema loads them, from the field `name`. Raises ValidationError for documents that
    can't be read, for more than `max_articles` (default: `limits.articles`), and for more markup elements than `budget`.
    """
    max_articles = limits.articles if max_articles is None else max_articles
    articles: list[dict[str, Any]] = []
    extracted: set[int] = set()
    errors: dict[int, Any] = {}
    seconds_left = document_reading.time_left(limits.reading_seconds)
    for position, article in enumerate(received):
        try:
            with _with_field_name(name):
                entries = expand_document(position, article, seconds_left(), budget)
        except TooManyElementsError:  # stop at once: checking the other articles would take as long again
            raise
        except ValidationError as error:
            errors[position] = error.normalized_messages()  # type: ignore[no-untyped-call]  # marshmallow's
            continue
        if "document" in article or "html" in article:
            extracted.update(range(len(articles), len(articles) + len(entries)))
        articles.extend(entries)
        if len(articles) > max_articles:  # stop at once: each of a hundred feeds may have a thousand entries
            limit = pluralize(max_articles, "article")
            raise ValidationError({name: [f"Must have at most {limit}, including those of documents."]})
    if errors:
        raise ValidationError({name: errors})
    return articles, frozenset(extracted)


@contextmanager
def _with_field_name(name: str) -> Iterator[None]:
    """Adds the name of the field to a TooManyElementsError that the `with` block raises."""
    try:
        yield
    except TooManyElementsError as error:
        raise TooManyElementsError({name: error.messages}) from error


def missing_parts(articles: Sequence[Mapping[str, Any]]) -> dict[int, tuple[str, ...]]:
    """Returns what the documents of articles lack, by the position of the article."""
    return {
        position: tuple(article[formats.MISSING])
        for position, article in enumerate(articles)
        if article.get(formats.MISSING)
    }


def positions_by_id(articles: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Returns the position of each id. Raises ValidationError for repeated ids and for an article that replaces itself."""
    positions: dict[str, int] = {}
    errors: dict[int, dict[str, list[str]]] = {}
    for position, article in enumerate(articles):
        if article["id"] in positions:
            errors[position] = {"id": [f"Must be unique; article {positions[article['id']]} also has {article['id']!r}."]}
        positions.setdefault(article["id"], position)
    for position, article in enumerate(articles):
        superseded = article["rewrite_of"]
        if superseded is not None and superseded == article["id"]:
            errors.setdefault(position, {})["rewrite_of"] = ["Must be the id of another article."]
    if errors:
        raise ValidationError({"articles": errors})
    return positions


def _sentence_refs(name: str, marks: Sequence[Mapping[str, Any]], positions: Mapping[str, int]) -> tuple[SentenceRef, ...]:
    """Returns the sentences of `pin` or `ban`, with the positions of articles in place of their ids.

    Raises ValidationError for ids that no article has.
    """
    errors = {
        index: {"article_id": [f"No article has the id {mark['article_id']!r}."]}
        for index, mark in enumerate(marks)
        if mark["article_id"] not in positions
    }
    if errors:
        raise ValidationError({name: errors})
    return tuple(SentenceRef(positions[mark["article_id"]], mark["sentence_index"]) for mark in marks)


def _refuse_pinned_and_banned(marks: Mapping[str, Sequence[SentenceRef]]) -> None:
    both = [index for index, mark in enumerate(marks["ban"]) if mark in marks["pin"]]
    if both:
        raise ValidationError({"ban": {index: {"sentence_index": ["The sentence is also pinned."]} for index in both}})


def request_digest(request: Mapping[str, Any]) -> str:
    """Returns the digest of a valid request's canonical JSON: with defaults, sorted keys, no white space, in UTF-8."""
    canonical = json.dumps(request, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Length):
        return {value.unit: value.value}
    if isinstance(value, bytes):  # a binary document, as it would be in JSON
        return b64encode(value).decode()
    if isinstance(value, frozenset):
        return sorted(value)
    return {name: getattr(value, name) for name in value.__slots__}
