"""ROUGE-2 compared with Lead, sumy's LexRank and TextRank, on the same clusters and with the same length."""

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.reading.sentences import punkt
from nutgraf.summarizer.reading.words import vocabulary

RESAMPLES = 2_000
Summarizer = Callable[[Sequence[dict[str, Any]], str, int], Sequence[str]]


def table(files: Sequence[Path], *, words: int | None, limit: int | None, withhold_titles: bool) -> Iterator[str]:
    """Yields the rows of a Markdown table, one per file: our ROUGE-2, and its ratio to that of each peer.

    In brackets is the share of 2,000 paired bootstrap samples of the clusters in which ours is not better.
    """
    yield "| set | clusters | words | ROUGE-2 | vs. Lead | vs. sumy's LexRank | vs. sumy's TextRank | length used |"
    yield "|---|---|---|---|---|---|---|---|"
    for file in files:
        with file.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines][:limit]
        if withhold_titles:
            rows = [{**row, "articles": [{"text": article["text"]} for article in row["articles"]]} for row in rows]
        length = words or round(float(np.mean([len(text.split()) for row in rows for text in row["references"]])))
        scores: dict[str, list[float]] = {}
        used = []
        for row in track(rows, description=file.stem, transient=True):
            articles = [article for article in row["articles"] if article["text"].strip()]
            for name, summarizer in SYSTEMS.items():
                summary = summarizer(articles, row["lang"], length)
                scores.setdefault(name, []).append(rouge_2(summary, row["references"], row["lang"]))
                if name == "ours":
                    used.append(sum(len(sentence.split()) for sentence in summary) / length)
        ours = np.array(scores.pop("ours"))
        comparisons = " | ".join(_comparison(ours, np.array(theirs)) for theirs in scores.values())
        yield f"| {file.stem} | {len(rows)} | {length} | {100 * ours.mean():.2f} | {comparisons} | {np.mean(used):.0%} |"


def rouge_2(summary: Sequence[str], references: Sequence[str], tag: str) -> float:
    """Returns ROUGE-2 F1 (Lin 2004) over stemmed words, from 0 to 1, as the mean over the references."""
    ours = _bigrams(" ".join(summary), tag)
    scores = []
    for reference in references:
        theirs = _bigrams(reference, tag)
        total = ours.total() + theirs.total()
        scores.append(2 * (ours & theirs).total() / total if total else 0.0)
    return float(np.mean(scores))


def _bigrams(text: str, tag: str) -> Counter[tuple[str, str]]:
    words = vocabulary(tag)
    return Counter(pairwise(words.stem(token.lower()) for token in words.tokens(text)))


def _comparison(ours: np.ndarray, theirs: np.ndarray) -> str:
    difference = ours - theirs
    drawn = np.random.default_rng(0).integers(0, len(difference), (RESAMPLES, len(difference)))
    return f"{ours.mean() / theirs.mean():.2f} ({(difference[drawn].mean(axis=1) <= 0).mean():.3f})"


def _ours(articles: Sequence[dict[str, Any]], tag: str, length: int) -> Sequence[str]:
    converted = [Article(article["text"], title=article.get("title"), language=tag) for article in articles]
    options = Options(length=Length("words", length), headlines=HeadlineOptions(count=0), keywords=0)
    return [scored.sentence.text for scored in summarize(converted, options).summary.sentences]


def _lead(articles: Sequence[dict[str, Any]], tag: str, length: int) -> Sequence[str]:
    splitter = punkt(language(tag).model or "english")
    split = [
        [sentence for line in article["text"].split("\n") if line.strip() for sentence in splitter.tokenize(line.strip())]
        for article in articles
    ]
    rounds = max(map(len, split), default=0)
    return _fill((article[position] for position in range(rounds) for article in split if position < len(article)), length)


def _sumy(kind: type[Any]) -> Summarizer:
    def summarizer(articles: Sequence[dict[str, Any]], tag: str, length: int) -> Sequence[str]:
        name = language(tag).name
        ranked = kind(Stemmer(name))
        with contextlib.suppress(LookupError):
            ranked.stop_words = get_stop_words(name)
        document = PlaintextParser.from_string(
            "\n\n".join(article["text"] for article in articles), Tokenizer(name)
        ).document
        kept: list[str] = []

        def fitting(infos: Sequence[Any]) -> Sequence[Any]:
            kept.extend(_fill((str(info.sentence) for info in infos), length))
            return infos

        with np.errstate(invalid="ignore"):  # sumy divides by the length of a vector of zeros
            ranked(document, fitting)
        return kept

    return summarizer


def _fill(sentences: Iterator[str] | Any, length: int) -> list[str]:
    kept: list[str] = []
    for sentence in sentences:
        if len(sentence.split()) <= length:
            kept.append(sentence)
            length -= len(sentence.split())
    return kept


SYSTEMS: dict[str, Summarizer] = {
    "ours": _ours,
    "lead": _lead,
    "lexrank": _sumy(LexRankSummarizer),
    "textrank": _sumy(TextRankSummarizer),
}
