"""Headline suggestions beside the editors' own, and the weights of words that such headlines teach."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.headlines.worth import features, headline_stems
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import number
from nutgraf.summarizer.reading.words import content_words, vocabulary

MAX_CHARACTERS = 80
ROUNDS = 30


def table(files: Sequence[Path], *, limit: int | None, withhold_titles: bool) -> Iterator[str]:
    """A row a file in Markdown: ROUGE-L F1 with the editor's headline, of an opening cut to the slot and of ours."""
    yield "| set | articles | first words, clipped | first suggestion | best of three | suggestions |"
    yield "|---|---|---|---|---|---|"
    for file in files:
        scores = []
        for row in track(_rows(file, limit), description=file.stem, transient=True):
            articles = _articles(row, titled=not withhold_titles)
            options = Options(keywords=0, headlines=HeadlineOptions(3, MAX_CHARACTERS))
            made = [each.text for each in summarize(articles, options).headlines]
            reached = [rouge_l(text, row["headline"], row["lang"]) for text in made] or [0.0]
            clipped = rouge_l(_clipped(articles[0].text), row["headline"], row["lang"])
            scores.append((clipped, reached[0], max(reached), len(made) / 100))
        mean = 100 * np.mean(scores, 0)
        yield f"| {file.stem} | {len(scores)} | {mean[0]:.2f} | {mean[1]:.2f} | {mean[2]:.2f} | {mean[3]:.2f} |"


def fit(files: Sequence[Path], *, limit: int | None) -> str:
    """The weights of `nutgraf.summarizer.headlines.worth`: logistic regression of a word's being in the headline."""
    rows: list[NDArray[np.float64]] = []
    answers: list[NDArray[np.float64]] = []
    for file in files:
        for row in track(_rows(file, limit), description=file.stem, transient=True):
            cleaned = [clean(article, row["lang"]) for article in _articles(row, titled=False)]
            sentences = split(cleaned)
            terms = number(content_words(sentences, [row["lang"]] * len(cleaned)))
            headline = set(headline_stems(row["headline"], vocabulary(row["lang"])))
            said = np.unique(terms.ids[terms.content])
            rows.append(features(sentences, terms)[said])
            answers.append(np.array([stem in headline for stem in terms.numbers], float)[said])
    weights = _logistic(np.concatenate(rows), np.concatenate(answers))
    return "BIAS, SHARE, LEAD, EARLY = " + ", ".join(f"{weight:.1f}" for weight in weights)


def rouge_l(text: str, reference: str, tag: str) -> float:
    """ROUGE-L F1 (Lin 2004) over stemmed words, 0..1."""
    of = vocabulary(tag)
    ours, theirs = ([of.stem(token.lower()) for token in of.tokens(each)] for each in (text, reference))
    lengths = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for at, other in enumerate(theirs, 1):
            diagonal, lengths[at] = lengths[at], diagonal + 1 if word == other else max(lengths[at], lengths[at - 1])
    return 2 * lengths[-1] / max(1, len(ours) + len(theirs))


def _logistic(features: NDArray[np.float64], answers: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.zeros(features.shape[1])
    for _ in range(ROUNDS):  # Newton's method, with a unit Gaussian prior
        chances = 1 / (1 + np.exp(-features @ weights))
        curvature = (features * (chances * (1 - chances))[:, None]).T @ features + np.eye(len(weights))
        weights -= np.linalg.solve(curvature, features.T @ (chances - answers) + weights)
    return weights


def _clipped(text: str) -> str:
    opening = text.lstrip().split("\n", 1)[0]
    return opening if len(opening) <= MAX_CHARACTERS else opening[: MAX_CHARACTERS + 1].rsplit(" ", 1)[0]


def _rows(file: Path, limit: int | None) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


def _articles(row: dict[str, Any], *, titled: bool) -> list[Article]:
    return [
        Article(each["text"], title=each.get("title") if titled else None, language=row["lang"])
        for each in row["articles"]
        if each["text"].strip()
    ]
