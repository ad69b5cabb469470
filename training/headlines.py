"""Learns what the parts of a sentence are worth in a headline, and which words stand in one.

    python -m training.headlines worths --pairs google_compression.jsonl --news cnn.jsonl --news neus.jsonl
    python -m training.headlines words --news cnn.jsonl

A line of `--pairs` is `{"text", "compression"}`: a sentence and what people keep of it. A line of `--news` is
`{"lang", "articles": [{"text"}], "headline"}`.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from nutgraf.summarizer.grammar import Tree, parse, supported
from nutgraf.summarizer.headlines.attribution import claims
from nutgraf.summarizer.headlines.constituents import Clause
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import word_classes
from nutgraf.summarizer.headlines.worth import features, headline_stems
from nutgraf.summarizer.headlines.worths import WORTH
from nutgraf.summarizer.models import Article
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import number
from nutgraf.summarizer.reading.words import content_words, vocabulary

ROUNDS = 30
# A headline has other words than its story, so what it lacks is weaker evidence than what a compression leaves out.
NEWS_SHARE = 0.25
OPENING_SENTENCES = 3

Counts = Counter[tuple[str, bool]]


@click.group()
def main() -> None:
    """Learns the constants of headlines."""


@main.command()
@click.option("--pairs", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--news", type=click.Path(exists=True, path_type=Path), multiple=True)
def worths(pairs: Sequence[Path], news: Sequence[Path]) -> None:
    """Prints the table of nutgraf.summarizer.headlines.worths: the log-odds that people keep a part of each kind."""
    kept: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for share, counts in [*((1.0, from_pairs(file)) for file in pairs), *((NEWS_SHARE, from_news(file)) for file in news)]:
        for (kind, keeps), count in counts.items():
            kept[kind] += share * count * keeps  # type: ignore[assignment]
            seen[kind] += share * count  # type: ignore[assignment]
    odds = {kind: math.log((kept[kind] + 1) / (seen[kind] - kept[kind] + 1)) for kind in WORTH}
    least = min(odds.values())
    for kind in sorted(odds, key=lambda kind: -odds[kind]):
        click.echo(f'    "{kind}": {odds[kind] - least + 0.1:.2f},  # {kept[kind]:.0f} of {seen[kind]:.0f}')


@main.command()
@click.option("--news", type=click.Path(exists=True, path_type=Path), multiple=True)
def words(news: Sequence[Path]) -> None:
    """Prints the weights of nutgraf.summarizer.headlines.worth.

    They come from a logistic regression of whether a word of the article is in the editor's headline.
    """
    feature_rows: list[NDArray[np.float64]] = []
    answers: list[NDArray[np.float64]] = []
    for file in news:
        for row in track(_rows(file), description=file.stem, transient=True):
            cleaned = [clean(article, row["lang"]) for article in _articles(row)]
            sentences = split(cleaned)
            terms = number(content_words(sentences, [row["lang"]] * len(cleaned)))
            headline = set(headline_stems(row["headline"], vocabulary(row["lang"])))
            occurring = np.unique(terms.ids[terms.content])
            feature_rows.append(features(sentences, terms)[occurring])
            answers.append(np.array([stem in headline for stem in terms.numbers], float)[occurring])
    weights = _logistic(np.concatenate(feature_rows), np.concatenate(answers))
    click.echo("BIAS, SHARE, LEAD, EARLY = " + ", ".join(f"{weight:.1f}" for weight in weights))


def from_pairs(file: Path) -> Counts:
    """How often a part of each kind is kept (True) and left out by people who shortened a sentence."""
    rows = _rows(file)
    counts: Counts = Counter()
    for row, tree in zip(rows, parse([row["text"] for row in rows], "en"), strict=True):
        wanted = re.findall(r"\w+(?:['’.-]\w+)*", row["compression"].lower())
        counts += _counts(tree, "en", _matched(tree, wanted))
    return counts


def from_news(file: Path) -> Counts:
    """The same of the opening sentences of stories, whose words are kept if the editor's headline has them."""
    counts: Counts = Counter()
    for row in track(_rows(file), description=file.stem, transient=True):
        if not supported(row["lang"]):
            continue
        vocabulary_ = vocabulary(row["lang"])
        headline = set(headline_stems(row["headline"], vocabulary_)) - {""}
        sentences = split([clean(article, row["lang"]) for article in _articles(row)])
        opening = [sentence.text for sentence in sentences if sentence.index < OPENING_SENTENCES]
        for tree in parse(opening, row["lang"]):
            hits = {position for position, word in enumerate(tree.words) if vocabulary_.stem(word.lower()) in headline}
            if len(hits) >= 3:
                counts += _counts(tree, row["lang"], hits, content_only=True)
    return counts


def _counts(tree: Tree, language: str, kept: set[int], *, content_only: bool = False) -> Counts:
    """Of each part whose parent is kept, its kind and whether half of its words are."""
    spans, classes = Spans(tree), word_classes(language)
    claim = claims(tree, spans, classes)
    clause = Clause(tree, spans, claim.verb, classes, claim.left_out)
    counted: Counts = Counter()
    keeps: list[bool] = []
    for part in clause.parts:
        heavy = [
            word for word in part.words if not content_only or tree.tags[word] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
        ]
        keeps.append(2 * len(kept.intersection(heavy)) >= max(1, len(heavy)))
        if part.parent >= 0 and keeps[part.parent] and heavy:
            counted[part.kind, keeps[-1]] += 1
    return counted


def _matched(tree: Tree, wanted: Sequence[str]) -> set[int]:
    """Positions of the words of a tree that spell a shortened form of it, from left to right."""
    found: set[int] = set()
    words_ = [word.lower() for word in tree.words]
    start = 0
    for word in wanted:
        pieces = [
            position
            for position in range(start, len(words_))
            if words_[position] == word or word.startswith(words_[position] + "'")
        ]
        if pieces:
            found.add(pieces[0])
            start = pieces[0] + 1
    return found


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _articles(row: dict[str, Any]) -> Iterator[Article]:
    return (Article(article["text"], language=row["lang"]) for article in row["articles"] if article["text"].strip())


def _logistic(features: NDArray[np.float64], answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights by Newton's method, with a unit Gaussian prior."""
    weights = np.zeros(features.shape[1])
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-features @ weights))
        curvature = (features * (chances * (1 - chances))[:, None]).T @ features + np.eye(len(weights))
        weights -= np.linalg.solve(curvature, features.T @ (chances - answers) + weights)
    return weights


if __name__ == "__main__":
    main()
