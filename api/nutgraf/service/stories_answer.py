"""Answers a valid request of `POST /stories`: makes the body of its answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nutgraf import __version__
from nutgraf.errors import pluralize
from nutgraf.service.limits import Limits
from nutgraf.service.schemas.request import SummarizeRequest
from nutgraf.service.schemas.stories import StoriesRequest
from nutgraf.service.serialization import document_warnings, headline_body, summary_body
from nutgraf.summarizer import NoUsableTextError, Options, Story, SummaryError, group, summarize
from nutgraf.summarizer.grouping import HEADLINES, METHOD

# A story with a single article gets no summary: there is no second report to combine it with.
MIN_ARTICLES_TO_SUMMARIZE = 2
DEFAULTS = Options()


def stories_body(request: StoriesRequest, limits: Limits, on_step: Callable[[str], object]) -> dict[str, Any]:
    """Returns the answer as a dict for StoriesResponseSchema.

    A story that can't be summarized has no summary, and a warning that says why. Raises what `on_step` raises.
    """
    options = request.options or DEFAULTS
    grouped = group(
        request.articles,
        request.story_ids,
        headlines=replace(HEADLINES, style=options.headlines.style),  # those of a requested length are in `answer`
        offset_unit=options.offset_unit,
        on_step=on_step,
    )
    ids = [str(article.id) for article in request.articles]
    stories, warnings = [], document_warnings(request.missing, ids)
    warnings += [
        {"code": notice.code, "detail": notice.detail, "article_id": None if notice.article is None else ids[notice.article]}
        for notice in grouped.warnings
    ]
    for story in grouped.stories:
        answer: Mapping[str, Any] = {}
        if request.options is not None and len(story.articles) >= MIN_ARTICLES_TO_SUMMARIZE:
            try:
                answer = _summarize_story(request, story, limits, on_step)
            except SummaryError as error:
                if not isinstance(error, NoUsableTextError):  # the warnings already report withheld articles
                    detail = f"Story {story.id} has no summary: {error}"
                    warnings.append({"code": "story-not-summarized", "detail": detail, "article_id": None})
        rest = {name: value for name, value in answer.items() if name not in ("summary", "engine")}
        embargoes = (request.articles[position].embargoed_until for position in story.articles)
        stories.append(
            {
                "id": story.id,
                "article_ids": [ids[position] for position in story.articles],
                "headline": story.headline and headline_body(story.headline, ids, options.offset_unit),
                "terms": list(story.terms),
                "languages": list(story.languages),
                "first_published_at": story.first_published_at,
                "last_published_at": story.last_published_at,
                "embargoed_until": max((moment for moment in embargoes if moment), default=None),
                "summary": answer.get("summary"),
                **({"answer": rest} if answer else {}),
            }
        )
    return {
        "stories": stories,
        "warnings": warnings,
        "engine": {
            "name": "nutgraf",
            "version": __version__,
            "method": METHOD,
            "parameters": dict(grouped.parameters),
            "input_sha256": request.input_sha256,
        },
    }


def _summarize_story(
    request: StoriesRequest, story: Story, limits: Limits, on_step: Callable[[str], object]
) -> Mapping[str, Any]:
    """The answer of `POST /summarize` for the articles of a story. Raises SummaryError."""
    if len(story.articles) > limits.articles:
        most = pluralize(limits.articles, "article")
        raise SummaryError(f"it has {len(story.articles)} articles. At most {most} can be summarized.")
    positions = list(story.articles)
    # The replaced article may be in another story, where `rewrite_of` would name an unknown id.
    present = {request.articles[position].id for position in positions}
    articles = tuple(
        article if article.rewrite_of in present else replace(article, rewrite_of=None)
        for article in (request.articles[position] for position in positions)
    )
    story_request = SummarizeRequest(
        articles=articles,
        options=request.options or DEFAULTS,
        extracted=frozenset(place for place, position in enumerate(positions) if position in request.extracted),
        input_sha256=request.input_sha256,
        missing={
            place: request.missing[position] for place, position in enumerate(positions) if position in request.missing
        },
    )
    summary = summarize(articles, story_request.options, on_step=on_step, max_sentences=limits.sentences)
    return summary_body(story_request, summary)
