"""Compares the time of the summarizer with sumy's LexRank and with a lower bound, on the same sentences, in one run."""

import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np
from nltk.tokenize import PunktTokenizer
from scipy.sparse import csr_matrix
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from bench.news import articles, sentences
from nutgraf.summarizer import Article, summarize

SIZES = (20, 100, 300, 1_000, 3_000, 10_000)
# For more sentences, sumy needs minutes.
MAX_SENTENCES_FOR_SUMY = 1_000
RUNS, SECONDS = 3, 1.0
_WORD = re.compile(r"\w+")


def table(file: Path, plot: Path | None) -> Iterator[str]:
    """Yields the rows of a Markdown table: milliseconds by number of sentences, and ratios. `plot` is an SVG to write."""
    pool = sentences(file)
    taken: dict[str, dict[int, float]] = {"ours": {}, "floor": {}, "sumy's LexRank": {}}
    yield "| sentences | ours, ms | floor, ms | sumy's LexRank, ms | sumy / ours | ours / floor |"
    yield "|---|---|---|---|---|---|"
    for size in SIZES:
        texts = articles(pool, size)
        taken["ours"][size] = best(partial(ours, texts))
        taken["floor"][size] = best(partial(floor, texts))
        if size <= MAX_SENTENCES_FOR_SUMY:
            taken["sumy's LexRank"][size] = best(partial(sumy_lexrank, texts))
        mine, lowest, theirs = (times.get(size, math.nan) for times in taken.values())
        row = f"| {size:,} | {mine:.1f} | {lowest:.1f} | {theirs:.1f} | {theirs / mine:.1f} | {mine / lowest:.2f} |"
        yield row.replace("nan", "–")
    growth = math.log(taken["ours"][10_000] / taken["ours"][1_000]) / math.log(10)
    yield f"\nFrom 1,000 to 10,000 sentences, our time grows with the length of the text to the power of {growth:.2f}."
    if plot:
        _draw(taken, plot)


def best(call: Callable[[], object]) -> float:
    """Returns the duration of the fastest of several runs, in milliseconds."""
    taken: list[float] = []
    end = time.perf_counter() + SECONDS
    while len(taken) < RUNS or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - start))
    return min(taken)


def ours(texts: Sequence[str]) -> object:
    """Computes Nutgraf's complete answer with the default options: summary, headlines, key terms and duplicates."""
    return summarize([Article(text, language="en") for text in texts])


def floor(texts: Sequence[str]) -> object:
    """The lower bound of every method on NLTK's Punkt: sentences, words, and one matrix product for similarities."""
    tokenizer = _punkt()
    numbers: dict[str, int] = {}
    indices: list[int] = []
    ends = [0]
    for text in texts:
        for sentence in tokenizer.tokenize(text):
            indices += [numbers.setdefault(word, len(numbers)) for word in _WORD.findall(sentence.lower())]
            ends.append(len(indices))
    rows = csr_matrix((np.ones(len(indices), np.float32), indices, ends), (len(ends) - 1, len(numbers)))
    return rows @ rows.T


@cache
def _punkt() -> PunktTokenizer:
    return PunktTokenizer("english")


def sumy_lexrank(texts: Sequence[str]) -> object:
    """sumy's LexRank as in its documentation, with five sentences."""
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    return summarizer(PlaintextParser.from_string("\n\n".join(texts), Tokenizer("english")).document, 5)


def _draw(taken: dict[str, dict[int, float]], plot: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "nutgraf", "font.family": "sans-serif"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    for name, marker in zip(taken, "os^", strict=True):
        axes.loglog(list(taken[name]), list(taken[name].values()), marker=marker, label=name)
    axes.set(xlabel="sentences", ylabel="milliseconds", title="Time to summarize")
    axes.grid(visible=True, which="both", alpha=0.25)
    axes.legend()
    figure.tight_layout()
    figure.savefig(plot, metadata={"Date": None, "Creator": None})
