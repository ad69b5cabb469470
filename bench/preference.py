"""A blind comparison of summaries with Lead-3: a sheet for a reader, in random order, and the score of the marks.

Overlap of words says little about whether an editor would print a summary. So a reader who knows nothing about the code
sees two summaries of a cluster, ours and the first three sentences of its first article, and marks both. Ours has three
sentences too, so that the length does not decide.
"""

import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import comb
from pathlib import Path
from typing import Any

from nutgraf.errors import pluralize
from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.reading.sentences import punkt

SENTENCES = 3
# The number of rows drawn from each set, and whether Nutgraf gets the titles: in cnn, the title is the reference.
SETS = {"multinews": 50, "cnn": 50, "neus": 30, "cstnews_pt": 20}
TITLES_WITHHELD = frozenset({"cnn"})
# How much of an article is printed: a reader of 150 clusters reads only its beginning.
PRINTED_CHARACTERS = 2_500
FAULTS = ("repeats", "dangling", "order", "boilerplate", "trivia", "quote", "teaser", "split")
NEWS = ("yes", "partly", "no")
PREFERENCES = ("a", "b", "neither")
SYSTEMS = ("ours", "lead")
MARK_COLUMNS = ("row", "prefer", "news_a", "news_b", "faults_a", "faults_b")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the sheet: the articles, and two summaries whose systems `first` and `second` the reader does not see."""

    row: int
    set: str
    id: str
    articles: Sequence[str]
    a: Sequence[str]
    b: Sequence[str]
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A reader's marks of a row: "a", "b" or "neither"; whether each reports the news; the faults of each."""

    row: int
    prefer: str
    news: tuple[str, str]
    faults: tuple[frozenset[str], frozenset[str]]


def draw(folder: Path, seed: int, *, sets: Mapping[str, int] = SETS) -> list[Pair]:
    """Returns the pairs of the clusters that `seed` draws from the sets in `folder`, in files named `<set>.jsonl`.

    The same seed draws the same clusters and the same order of the summaries, whatever the summaries are.
    """
    drawn = random.Random(seed)
    pairs: list[Pair] = []
    for name, count in sets.items():
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for cluster in drawn.sample(rows, min(count, len(rows))):
            ours_first = drawn.random() < 0.5
            articles = [each for each in cluster["articles"] if each["text"].strip()]
            titled = name not in TITLES_WITHHELD
            summaries = _ours(articles, cluster["lang"], titled=titled), lead(articles[0]["text"], cluster["lang"])
            (a, b), (first, second) = (summaries, SYSTEMS) if ours_first else (summaries[::-1], SYSTEMS[::-1])
            texts = [each["text"] for each in articles]
            pairs.append(Pair(len(pairs) + 1, name, str(cluster["id"]), texts, a, b, first, second))
    return pairs


def lead(text: str, tag: str) -> list[str]:
    """Returns the first three sentences of a text, split by Punkt, line by line."""
    splitter = punkt(language(tag).model or "english")
    lines = (line.strip() for line in text.split("\n"))
    return [sentence for line in lines if line for sentence in splitter.tokenize(line)][:SENTENCES]


def sheet(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yields the lines of the sheet: each row with the beginning of its articles and the two summaries."""
    for pair in pairs:
        yield f"## {pair.row} ({pluralize(len(pair.articles), 'article')})"
        for number, text in enumerate(pair.articles, 1):
            yield f"[article {number}] {_clip(text)}"
        for label, sentences in (("A", pair.a), ("B", pair.b)):
            yield f"{label}: {' '.join(' '.join(sentence.split()) for sentence in sentences)}"
        yield ""


def write_key(pairs: Sequence[Pair], path: Path) -> None:
    """Writes which system is "a" and which is "b" in each row, a JSON object a line."""
    hidden = ("articles", "a", "b")
    keys = ({name: value for name, value in asdict(pair).items() if name not in hidden} for pair in pairs)
    path.write_text("".join(json.dumps(key) + "\n" for key in keys), encoding="utf-8")


def read_key(path: Path) -> list[dict[str, Any]]:
    """Reads what `write_key` wrote."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_form(pairs: Sequence[Pair], path: Path) -> None:
    """Writes a table for the marks, as CSV with MARK_COLUMNS, with a line for each row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(MARK_COLUMNS)
        writer.writerows([pair.row, "", "", "", "", ""] for pair in pairs)


def read_marks(path: Path) -> list[Mark]:
    """Reads the rows of a filled form that have a preference; faults are separated by spaces.

    Raises ValueError for a mark that does not exist, with the row and the mark.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [_mark(line) for line in csv.DictReader(file) if line["prefer"].strip()]


def score(marks: Iterable[Mark], key: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yields the lines of the result: preferences with a sign test, summaries with the news, and summaries with each fault.

    `key` has the objects that `write_key` wrote. Rows without a mark do not count.
    """
    systems = {entry["row"]: (entry["set"], (entry["first"], entry["second"])) for entry in key}
    preferred: dict[str, Counter[str]] = {"all": Counter()}
    news: dict[str, Counter[str]] = {system: Counter() for system in SYSTEMS}
    faults: dict[str, Counter[str]] = {system: Counter() for system in SYSTEMS}
    total = 0
    for mark in marks:
        total += 1
        name, order = systems[mark.row]
        winner = {"a": order[0], "b": order[1]}.get(mark.prefer, "neither")
        for group in ("all", name):
            preferred.setdefault(group, Counter())[winner] += 1
        for system, told, found in zip(order, mark.news, mark.faults, strict=True):
            news[system][told] += 1
            faults[system].update(found)
    for group, counts in preferred.items():
        yield f"preferred, {group}: ours {counts['ours']}, lead {counts['lead']}, neither {counts['neither']}"
    yield f"sign test, two-sided: p = {sign_test(preferred['all']['ours'], preferred['all']['lead']):.4f}"
    for system in SYSTEMS:
        yield f"{system} tells the news: {_shares(news[system], NEWS, total)}"
        yield f"{system} faults: {_shares(faults[system], FAULTS, total)}"


def sign_test(one: int, other: int) -> float:
    """Returns the two-sided probability that preferences are at least this uneven by chance; ties must be left out."""
    trials = one + other
    tail = sum(comb(trials, wins) for wins in range(max(one, other), trials + 1))
    return min(1.0, 2 * tail / float(2**trials))


def _ours(articles: Sequence[Mapping[str, Any]], tag: str, *, titled: bool) -> list[str]:
    converted = [Article(each["text"], title=each.get("title") if titled else None, language=tag) for each in articles]
    options = Options(length=Length("sentences", SENTENCES), headlines=HeadlineOptions(count=0), keywords=0)
    return [scored.sentence.text for scored in summarize(converted, options).summary.sentences]


def _clip(text: str) -> str:
    return text if len(text) <= PRINTED_CHARACTERS else f"{text[:PRINTED_CHARACTERS].rsplit(' ', 1)[0]} […]"


def _mark(line: Mapping[str, str]) -> Mark:
    def checked(value: str, legal: Sequence[str]) -> str:
        value = value.strip().lower()
        if value not in legal:
            raise ValueError(f"Row {line['row']}: {value!r} is none of {', '.join(legal)}.")
        return value

    def faults(value: str) -> frozenset[str]:
        return frozenset(checked(fault, FAULTS) for fault in value.split())

    return Mark(
        int(line["row"]),
        checked(line["prefer"], PREFERENCES),
        (checked(line["news_a"], NEWS), checked(line["news_b"], NEWS)),
        (faults(line["faults_a"]), faults(line["faults_b"])),
    )


def _shares(counts: Counter[str], names: Sequence[str], total: int) -> str:
    return ", ".join(f"{name} {counts[name]} ({counts[name] / max(1, total):.0%})" for name in names)
