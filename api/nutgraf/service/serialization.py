"""Makes the body of an answer: positions become article ids, and offsets are converted to the caller's unit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nutgraf import __version__
from nutgraf.service.schemas.request import SummarizeRequest
from nutgraf.summarizer import METHOD, Article, Summary
from nutgraf.summarizer.models import (
    ArticleReport,
    CorroboratingSentence,
    Extract,
    Figure,
    Headline,
    OffsetUnit,
    Quote,
    ScoredSentence,
)
from nutgraf.summarizer.offsets import converter, size

Convert = Callable[[int], int]


def summary_body(request: SummarizeRequest, summary: Summary) -> dict[str, Any]:
    """Returns the answer to a request as a dict for `SummarizeResponseSchema`.

    Articles are named by their ids. Offsets and sizes are in the request's `offset_unit`.
    """
    unit = request.options.offset_unit
    ids = [str(article.id) for article in request.articles]
    converters = [converter(article.text, unit) for article in request.articles]
    return {
        "summary": _extract(summary.summary, ids, converters, unit),
        "headlines": [headline_body(headline, ids, unit) for headline in summary.headlines],
        "variants": {name: _extract(extract, ids, converters, unit) for name, extract in summary.variants.items()},
        "keywords": [{"term": keyword.term, "score": keyword.score, "kind": keyword.kind} for keyword in summary.keywords],
        "quotes": [_quote(quote, ids, converters) for quote in summary.quotes],
        "figures": [_figure(figure, ids, converters) for figure in summary.figures],
        "embargoed_until": summary.embargoed_until,
        "articles": [
            {
                **_report(report, ids, position in request.extracted, converters[position]),
                "summary": report.summary and _extract(report.summary, ids, converters, unit),
            }
            for position, report in enumerate(summary.articles)
        ],
        "warnings": [
            *document_warnings(request.missing, ids),
            *(
                {"code": notice.code, "detail": notice.detail, "article_id": _id_of(ids, notice.article)}
                for notice in summary.warnings
            ),
        ],
        "engine": _engine(summary, request),
    }


def document_warnings(missing: Mapping[int, Sequence[str]], ids: Sequence[str]) -> list[dict[str, Any]]:
    """Returns a warning for each article whose document lacks something; `missing` is by the position of the article."""
    return [
        {
            "code": "document-incomplete",
            "detail": f"The document lacks {', '.join(missing_parts)}.",
            "article_id": ids[position],
        }
        for position, missing_parts in missing.items()
    ]


def _extract(extract: Extract, ids: Sequence[str], converters: Sequence[Convert], unit: OffsetUnit) -> dict[str, Any]:
    return {
        "text": extract.text,
        "words": extract.words,
        "characters": size(extract.text, unit),
        "sentences": [
            {
                "text": scored.sentence.text,
                "article_id": ids[scored.sentence.article],
                **_sentence_body(scored, ids, converters[scored.sentence.article]),
                "single_source": scored.single_source,
            }
            for scored in extract.sentences
        ],
    }


def _sentence_body(scored: ScoredSentence, ids: Sequence[str], convert: Convert) -> dict[str, Any]:
    return {
        "sentence_index": scored.sentence.index,
        "start": convert(scored.sentence.start),
        "end": convert(scored.sentence.end),
        "score": scored.score,
        "quoted": scored.sentence.quoted,
        "also_in": [_also_in(other, ids) for other in scored.also_in],
    }


def _also_in(other: CorroboratingSentence, ids: Sequence[str]) -> dict[str, Any]:
    return {
        "article_id": ids[other.article],
        "sentence_index": other.index,
        "similarity": other.similarity,
        "differs": other.differs,
    }


def _quote(quote: Quote, ids: Sequence[str], converters: Sequence[Convert]) -> dict[str, Any]:
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "article_id": ids[quote.article],
        "sentence_index": quote.index,
        "start": converters[quote.article](quote.start),
        "end": converters[quote.article](quote.end),
        "also_in": [_also_in(other, ids) for other in quote.also_in],
    }


def headline_body(headline: Headline, ids: Sequence[str], unit: OffsetUnit) -> dict[str, Any]:
    """Returns a headline as a dict for HeadlineSchema; `ids` are those of the articles."""
    return {
        "text": headline.text,
        "characters": size(headline.text, unit),
        "score": headline.score,
        "origin": headline.origin,
        "article_id": ids[headline.article],
        "sentence_index": headline.index,
    }


def _figure(figure: Figure, ids: Sequence[str], converters: Sequence[Convert]) -> dict[str, Any]:
    return {
        "about": figure.about,
        "values": [
            {
                "value": value.value,
                "text": value.text,
                "qualifier": value.qualifier,
                "unit": value.unit,
                "article_id": ids[value.article],
                "sentence_index": value.index,
                "start": converters[value.article](value.start),
                "end": converters[value.article](value.end),
            }
            for value in figure.values
        ],
    }


def _report(report: ArticleReport, ids: Sequence[str], is_extracted: bool, convert: Convert) -> dict[str, Any]:
    article: Article = report.article
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "language": article.language or report.language,
        "sentences": report.sentences,
        "words": report.words,
        "duplicate_of": _id_of(ids, report.duplicate_of),
        "status": report.status,
        "removed": [
            {"kind": removed.kind, "start": convert(removed.start), "end": convert(removed.end)}
            for removed in report.removed
        ],
        **({"text": article.text} if is_extracted else {}),
        **(
            {"all_sentences": [_sentence_body(scored, ids, convert) for scored in report.all_sentences]}
            if report.all_sentences is not None
            else {}
        ),
    }


def _engine(summary: Summary, request: SummarizeRequest) -> dict[str, Any]:
    return {
        "name": "nutgraf",
        "version": __version__,
        "method": METHOD,
        "parameters": dict(summary.parameters),
        "input_sha256": request.input_sha256,
    }


def _id_of(ids: Sequence[str], position: int | None) -> str | None:
    return None if position is None else ids[position]
