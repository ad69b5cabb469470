"""Schemas of `POST /stories`: the request, and the value that it is loaded as; the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from nutgraf.service.schemas.article import ArticleSchema, ElementBudget, to_article
from nutgraf.service.schemas.fields import BoundedList, StrictSchema, Text, described
from nutgraf.service.schemas.request import (
    RequestSchema,
    SummarizeRequestSchema,
    expand_all,
    missing_parts,
    positions_by_id,
    request_digest,
    spend,
)
from nutgraf.service.schemas.response import (
    EngineSchema,
    ExtractSchema,
    HeadlineSchema,
    SummarizeResponseSchema,
    WarningSchema,
)
from nutgraf.settings import MAX_FEED_ARTICLES
from nutgraf.summarizer import Article, Options

# Only articles of a feed have it; the summarizer does not know it.
STORY_ID = "story_id"


@dataclass(frozen=True, slots=True)
class StoriesRequest:
    """A valid request. `story_ids` has the story of each article that was grouped before, otherwise None.

    `options` are those of the summary of each story; None if none is wanted. The other fields are those of
    SummarizeRequest.
    """

    articles: tuple[Article, ...]
    story_ids: tuple[str | None, ...]
    options: Options | None
    extracted: frozenset[int]
    input_sha256: str
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def characters(self) -> int:
        """The number of code points in the text of all articles."""
        return sum(len(article.text) for article in self.articles)


class FeedArticleSchema(ArticleSchema):
    """One article of a feed."""

    story_id = Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(1, 200, error="Must have 1 to 200 characters."),
        metadata=described(
            "Id of the story in which the article was grouped before. Articles with the same id stay together; new ones "
            "join them or start stories of their own.",
            "ap-1",
        ),
    )


class StoryOptionsSchema(SummarizeRequestSchema):
    """The options of the summary of each story: those of `POST /summarize`."""

    json_schema = {  # noqa: RUF012
        "description": "Options of the summaries, as in `POST /summarize`, except `pin`, `ban` and `output`."
    }

    class Meta:
        exclude = ("articles", "pin", "ban", "output")

    @post_load
    def _request(self, loaded: dict[str, Any], **kwargs: Any) -> Any:
        budget = ElementBudget(self._limits.elements)
        spend(budget, "background", loaded["background"])
        background, _ = expand_all("background", loaded.pop("background"), self._limits, budget)
        exclude = frozenset(loaded.pop("exclude"))
        return Options(exclude=exclude, background=tuple(map(to_article, background)), **loaded)


class StoriesRequestSchema(RequestSchema):
    """The body of `POST /stories`, loaded as a StoriesRequest."""

    json_schema = {"description": "The body of `POST /stories`."}  # noqa: RUF012

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Passes the limits and profiles to the options. Called by marshmallow for each field."""
        if field_name == "summarize" and isinstance(field_obj, fields.Nested):
            field_obj.nested = StoryOptionsSchema(self._limits, self._profiles)

    articles = BoundedList(
        fields.Nested(FeedArticleSchema),
        required=True,
        validate=validate.Length(1, MAX_FEED_ARTICLES, error=f"Must have 1 to {MAX_FEED_ARTICLES} articles."),
        error_messages={"required": "Is required.", "invalid": "Must be a list of articles."},
        metadata=described("The feed: articles about any number of events, in any order."),
    )
    summarize = fields.Nested(
        StoryOptionsSchema,
        allow_none=True,
        load_default=None,
        metadata=described(
            "Also summarize each story that has two or more articles, with these options; `{}` for the defaults."
        ),
    )

    @post_load
    def _request(self, loaded: dict[str, Any], **kwargs: Any) -> StoriesRequest:
        digest = request_digest(loaded)
        budget = ElementBudget(self._limits.feed_elements)
        spend(budget, "articles", loaded["articles"])
        articles, extracted = expand_all("articles", loaded["articles"], self._limits, budget, self._limits.feed_articles)
        positions_by_id(articles)
        story_ids = tuple(article.pop(STORY_ID, None) for article in articles)
        request = StoriesRequest(
            articles=tuple(map(to_article, articles)),
            story_ids=story_ids,
            options=loaded["summarize"],
            extracted=extracted,
            input_sha256=digest,
            missing=missing_parts(articles),
        )
        most = self._limits.feed_characters
        if most is not None and request.characters > most:
            raise ValidationError({"articles": [f"Must have at most {most} characters of text; has {request.characters}."]})
        return request


class StoryAnswerSchema(SummarizeResponseSchema):
    """The answer that `POST /summarize` gives for the articles of a story, without its summary."""

    class Meta:
        exclude = ("summary", "engine")


class StorySchema(StrictSchema):
    """The articles about one event."""

    id = fields.String(
        required=True,
        metadata=described("`story_id` as sent, otherwise the id of the earliest article.", "ap-1"),
    )
    article_ids = fields.List(
        fields.String(),
        required=True,
        metadata=described("Ids of its articles, the earliest first.", ["ap-1", "rt-2"]),
    )
    headline = fields.Nested(
        HeadlineSchema,
        required=True,
        allow_none=True,
        metadata=described(
            "The best headline of up to 110 characters, from a title or an opening sentence; null if there is none."
        ),
    )
    terms = fields.List(
        fields.String(),
        required=True,
        metadata=described("Names and words that its articles share, the most distinctive first.", ["Port Alder", "ferry"]),
    )
    languages = fields.List(
        fields.String(), required=True, metadata=described("Languages of its articles as BCP 47 primary subtags.", ["en"])
    )
    first_published_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata=described("Publication of its earliest article; null if none has a time.")
    )
    last_published_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata=described("Publication of its latest article; null if none has a time.")
    )
    embargoed_until = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata=described("The latest embargo of its articles; compare it with the clock before you publish."),
    )
    summary = fields.Nested(
        ExtractSchema,
        required=True,
        allow_none=True,
        metadata=described(
            "The summary, if `summarize` was sent and the story has two or more usable articles; otherwise null."
        ),
    )
    answer = fields.Nested(
        StoryAnswerSchema,
        metadata=described("With a summary: the rest of the answer that `POST /summarize` gives for these articles."),
    )


class StoriesResponseSchema(StrictSchema):
    """The answer of `POST /stories`."""

    stories = fields.List(
        fields.Nested(StorySchema),
        required=True,
        metadata=described("The largest first, then the one with the latest article. Every article is in exactly one."),
    )
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
    engine = fields.Nested(EngineSchema, required=True)
