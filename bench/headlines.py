"""Compares suggested headlines with editors' headlines."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.reading.words import vocabulary

MAX_CHARACTERS = 80


def table(files: Sequence[Path], *, limit: int | None, withhold_titles: bool) -> Iterator[str]:
    """Yields the rows of a Markdown table, one per file: ROUGE-L F1 with editors' headlines, of a baseline and of Nutgraf.

    The baseline is the first line of the article, cut to the length of the slot.
    """
    yield "| set | articles | first words, clipped | first suggestion | best of three | suggestions |"
    yield "|---|---|---|---|---|---|"
    for file in files:
        scores = []
        for row in track(_rows(file, limit), description=file.stem, transient=True):
            articles = _articles(row, titled=not withhold_titles)
            options = Options(keywords=0, headlines=HeadlineOptions(3, MAX_CHARACTERS))
            suggestions = [headline.text for headline in summarize(articles, options).headlines]
            rouge_scores = [rouge_l(text, row["headline"], row["lang"]) for text in suggestions] or [0.0]
            clipped = rouge_l(_clip(articles[0].text), row["headline"], row["lang"])
            scores.append((clipped, rouge_scores[0], max(rouge_scores), len(suggestions) / 100))
        mean = 100 * np.mean(scores, 0)
        yield f"| {file.stem} | {len(scores)} | {mean[0]:.2f} | {mean[1]:.2f} | {mean[2]:.2f} | {mean[3]:.2f} |"


def rouge_l(text: str, reference: str, tag: str) -> float:
    """Returns ROUGE-L F1 (Lin 2004) over stemmed words, from 0 to 1; `tag` is the language."""
    language_words = vocabulary(tag)
    ours, theirs = (
        [language_words.stem(token.lower()) for token in language_words.tokens(string)] for string in (text, reference)
    )
    lengths = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for position, other in enumerate(theirs, 1):
            diagonal, lengths[position] = (
                lengths[position],
                diagonal + 1 if word == other else max(lengths[position], lengths[position - 1]),
            )
    return 2 * lengths[-1] / max(1, len(ours) + len(theirs))


def _clip(text: str) -> str:
    opening = text.lstrip().split("\n", 1)[0]
    return opening if len(opening) <= MAX_CHARACTERS else opening[: MAX_CHARACTERS + 1].rsplit(" ", 1)[0]


def _rows(file: Path, limit: int | None) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def _articles(row: dict[str, Any], *, titled: bool) -> list[Article]:
    return [
        Article(article["text"], title=article.get("title") if titled else None, language=row["lang"])
        for article in row["articles"]
        if article["text"].strip()
    ]
