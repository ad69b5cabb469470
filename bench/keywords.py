"""Compares key terms with those that people chose, and with those of YAKE (Campos and others 2020)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from rich.progress import track

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.reading.words import vocabulary

TERMS = 10


def table(files: Sequence[Path], *, limit: int | None) -> Iterator[str]:
    """Yields the rows of a Markdown table, one per file: F1 of the first ten terms, times 100, as the mean of all articles.

    YAKE runs with its defaults. Raises ModuleNotFoundError if it is not installed.
    """
    from yake import KeywordExtractor

    yield "| set | articles | YAKE | ours | ours / YAKE |"
    yield "|---|---|---|---|---|"
    for file in files:
        with file.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines][:limit]
        scores = []
        for row in track(rows, description=file.stem, transient=True):
            tag = row["lang"]
            options = Options(keywords=TERMS, headlines=HeadlineOptions(0))
            ours = [keyword.term for keyword in summarize([Article(row["text"], language=tag)], options).keywords]
            theirs = [term for term, _ in KeywordExtractor(lan=tag, top=TERMS).extract_keywords(row["text"])]
            scores.append((f1(theirs, row["terms"], tag), f1(ours, row["terms"], tag)))
        yake, own = 100 * np.mean(scores, 0)
        yield f"| {file.stem} | {len(rows)} | {yake:.2f} | {own:.2f} | {own / yake:.2f} |"


def f1(terms: Iterable[str], references: Iterable[str], tag: str) -> float:
    """Returns F1 of the first ten terms with the reference terms, 0..1; terms are equal if the stems of their words are."""
    ours, theirs = _stems(list(terms)[:TERMS], tag), _stems(references, tag)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def _stems(terms: Iterable[str], tag: str) -> set[tuple[str, ...]]:
    words = vocabulary(tag)
    return {tuple([words.stem(token.lower()) for token in words.tokens(term)]) for term in terms}
