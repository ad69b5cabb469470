"""Learns the constants of headlines: weights of parts of a sentence, complements that words need, and grades.

    python -m training.headlines weights --pairs google_compression.jsonl --news cnn.jsonl --news neus.jsonl
    python -m training.headlines words --news cnn.jsonl
    python -m training.headlines complements en --treebank en_train.jsonl.gz --news cnn.jsonl --news neus.jsonl
    python -m training.headlines grades --judged marks.jsonl

A line of `--judged` is `{"features": {…}, "index": 0, "mark": "A"}`: the features of a headline, the position of its
sentence, and the mark that a reader gave it: A (printable), B (after a small edit), C (not) or F (false). A line of
`--pairs` is `{"text", "compression"}`: a sentence and the part that people keep. A line of `--news` is `{"lang",
"articles": [{"text"}], "headline"}`.
"""

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from nutgraf.summarizer.grammar import Tree, parse, supported
from nutgraf.summarizer.headlines.clauses.complements import frame_of, head_kind
from nutgraf.summarizer.headlines.clauses.constituents import Clause
from nutgraf.summarizer.headlines.clauses.main_claim import main_claim
from nutgraf.summarizer.headlines.clauses.part_weights import PART_WEIGHTS
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.word_overlap import features, headline_stems
from nutgraf.summarizer.models import Article
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import content_words, vocabulary

ROUNDS = 30
# A word takes a complement if it has it in this share of cases, and this many times as often as other words.
OFTEN, MORE_OFTEN = 0.25, 1.3
SELDOM, MUCH_MORE_OFTEN = 0.08, 4
# A word needs a complement that it has in this share of cases.
NEEDED_SHARE = 0.3
PRIOR_MENTIONS = 6
SENTENCES_OF_A_STORY = 120
# The value of each mark.
MARKS = {"A": 1.0, "B": 0.6, "C": 0.0, "F": 0.0}
GRADE_PRIOR = 20.0
LEAST_WEIGHT = 0.05
# A headline has other words than its article, so words that it lacks are weaker evidence than those that a compression
# lacks.
NEWS_SHARE = 0.25
OPENING_SENTENCES = 3

Counts = Counter[tuple[str, bool]]


@click.group()
def main() -> None:
    """Learns the constants of headlines."""


@main.command()
@click.option("--pairs", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--news", type=click.Path(exists=True, path_type=Path), multiple=True)
def weights(pairs: Sequence[Path], news: Sequence[Path]) -> None:
    """Prints the table of headlines.clauses.part_weights: the log-odds that people keep a part of each kind."""
    kept: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for share, counts in [*((1.0, from_pairs(file)) for file in pairs), *((NEWS_SHARE, from_news(file)) for file in news)]:
        for (kind, keeps), count in counts.items():
            kept[kind] += share * count * keeps  # type: ignore[assignment]
            seen[kind] += share * count  # type: ignore[assignment]
    odds = {kind: math.log((kept[kind] + 1) / (seen[kind] - kept[kind] + 1)) for kind in PART_WEIGHTS}
    least = min(odds.values())
    for kind in sorted(odds, key=lambda kind: -odds[kind]):
        click.echo(f'    "{kind}": {odds[kind] - least + 0.1:.2f},  # {kept[kind]:.0f} of {seen[kind]:.0f}')


@main.command()
@click.option("--news", type=click.Path(exists=True, path_type=Path), multiple=True)
def words(news: Sequence[Path]) -> None:
    """Prints the weights of nutgraf.summarizer.headlines.word_overlap.

    They come from a logistic regression of whether a word of the article is in the editor's headline.
    """
    feature_rows: list[NDArray[np.float64]] = []
    answers: list[NDArray[np.float64]] = []
    for file in news:
        for row in track(_rows(file), description=file.stem, transient=True):
            cleaned = [clean(article, row["lang"]) for article in _articles(row)]
            sentences = split(cleaned)
            terms = number_terms(content_words(sentences, [row["lang"]] * len(cleaned)))
            headline = set(headline_stems(row["headline"], vocabulary(row["lang"])))
            occurring = np.unique(terms.ids[terms.content])
            feature_rows.append(features(sentences, terms)[occurring])
            answers.append(np.array([stem in headline for stem in terms.numbers], float)[occurring])
    weights = _logistic(np.concatenate(feature_rows), np.concatenate(answers))
    click.echo("BIAS, SHARE, LEAD, EARLY = " + ", ".join(f"{weight:.1f}" for weight in weights))


@main.command()
@click.argument("language")
@click.option("--treebank", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--news", type=click.Path(exists=True, path_type=Path), multiple=True)
def complements(language: str, treebank: Sequence[Path], news: Sequence[Path]) -> None:
    """Prints the table of headlines.clauses.complements for a language, from trees of treebanks and of news.

    A line has the stem of a word, its kind, and the first words of its complements; "!" marks those that it needs.
    """
    stem, classes = vocabulary(language).stem, word_classes(language)
    heads: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, str, str]] = Counter()
    for tree in (
        *(tree for file in treebank for tree in _gold(file)),
        *(tree for file in news for tree in _parsed_trees(file)),
    ):
        spans = Spans(tree)
        for head in range(len(tree)):
            kind = head_kind(spans, head)
            if kind is None:
                continue
            word = stem(spans.lower[head])
            heads[word, kind] += 1
            dependents = (child for child in spans.children[head] if spans.lower[child] not in classes.times | classes.days)
            for found in {frame_of(spans, head, child) for child in dependents} - {None}:
                counts[word, kind, found] += 1  # type: ignore[index]
    for (word, kind), frames in sorted(_asked_for(heads, counts).items()):
        click.echo(f"{word} {kind} {' '.join(sorted(frames))}")


def _asked_for(heads: Counter[tuple[str, str]], counts: Counter[tuple[str, str, str]]) -> dict[tuple[str, str], list[str]]:
    """The complements that each word has often, or several times as often as other words."""
    totals: Counter[str] = Counter()
    frames: Counter[tuple[str, str]] = Counter()
    for (_, kind), count in heads.items():
        totals[kind] += count
    for (_, kind, found), count in counts.items():
        frames[kind, found] += count
    asked: dict[tuple[str, str], list[str]] = {}
    for (word, kind, found), count in counts.items():
        usual = frames[kind, found] / totals[kind]
        share = (count + PRIOR_MENTIONS * usual) / (heads[word, kind] + PRIOR_MENTIONS)
        often = share >= OFTEN and share >= MORE_OFTEN * usual
        if count >= 2 and word.isalpha() and (often or (share >= SELDOM and share >= MUCH_MORE_OFTEN * usual)):
            asked.setdefault((word, kind), []).append(found + ("!" if share >= NEEDED_SHARE else ""))
    return asked


@main.command()
@click.option("--judged", type=click.Path(exists=True, path_type=Path), multiple=True, required=True)
def grades(judged: Sequence[Path]) -> None:
    """Prints the table of nutgraf.summarizer.headlines.grades, from headlines that readers have marked."""
    rows = [row for file in judged for row in _rows(file)]
    names = [*sorted({name for row in rows for name in row["features"]} - {"value"}), "first"]
    measured = ({**row["features"], "first": float(row["index"] == 0)} for row in rows)
    values = np.array([[found.get(name, 0.0) for name in names] for found in measured], float)
    means, scales = values.mean(axis=0), values.std(axis=0) + 1e-9
    marks = np.array([MARKS[row["mark"]] for row in rows])
    matrix = np.column_stack([np.ones(len(rows)), (values - means) / scales])
    used = np.flatnonzero(np.abs(_logistic(matrix, marks, GRADE_PRIOR)[1:]) >= LEAST_WEIGHT)
    weights = _logistic(matrix[:, [0, *(used + 1)]], marks, GRADE_PRIOR)
    raw = weights[1:] / scales[used]
    click.echo(f"BIAS = {weights[0] - float(raw @ means[used]):.2f}")
    for place in np.argsort(-np.abs(raw)):
        click.echo(f'    "{names[used[place]]}": {raw[place]:.2f},')


def from_pairs(file: Path) -> Counts:
    """How often a part of each kind is kept (True) and left out by people who shortened a sentence."""
    rows = _rows(file)
    counts: Counts = Counter()
    for row, tree in zip(rows, parse([row["text"] for row in rows], "en"), strict=True):
        wanted = re.findall(r"\w+(?:['’.-]\w+)*", row["compression"].lower())
        counts += _counts(tree, "en", _match_positions(tree, wanted))
    return counts


def from_news(file: Path) -> Counts:
    """The same for the opening sentences of articles; a word counts as kept if the editor's headline has it."""
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
    """For each part whose parent is kept: its kind, and whether half of its words are kept."""
    spans, classes = Spans(tree), word_classes(language)
    claim = main_claim(tree, spans, classes)
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


def _match_positions(tree: Tree, wanted: Sequence[str]) -> set[int]:
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


def _gold(file: Path) -> Iterator[Tree]:
    """The trees of a treebank in the format of training.grammar."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spaced = [word + " " * space for word, space in zip(row["words"], row["space_after"], strict=True)]
            starts = list(accumulate(map(len, spaced), initial=0))
            forms = (re.search(r"VerbForm=(\w+)", features) for features in row["feats"])
            yield Tree(
                "".join(spaced),
                tuple(starts[:-1]),
                tuple(start + len(word) for start, word in zip(starts, row["words"], strict=False)),
                tuple(row["upos"]),
                tuple(form[1] if form else "" for form in forms),
                tuple(row["heads"]),
                tuple(row["relations"]),
                (0.0,) * len(row["words"]),
            )


def _parsed_trees(file: Path) -> Iterator[Tree]:
    for row in track(_rows(file), description=file.stem, transient=True):
        sentences = split([clean(article, row["lang"]) for article in _articles(row)])
        yield from parse([sentence.text for sentence in sentences[:SENTENCES_OF_A_STORY]], row["lang"])


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _articles(row: dict[str, Any]) -> Iterator[Article]:
    return (Article(article["text"], language=row["lang"]) for article in row["articles"] if article["text"].strip())


def _logistic(features: NDArray[np.float64], answers: NDArray[np.float64], prior: float = 1.0) -> NDArray[np.float64]:
    """Weights by Newton's method, with a Gaussian prior of this precision."""
    weights = np.zeros(features.shape[1])
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-features @ weights))
        curvature = (features * (chances * (1 - chances))[:, None]).T @ features + prior * np.eye(len(weights))
        weights -= np.linalg.solve(curvature, features.T @ (chances - answers) + prior * weights)
    return weights


if __name__ == "__main__":
    main()
