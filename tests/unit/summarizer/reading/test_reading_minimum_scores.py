"""Minimum scores for reading real news, a little below the measured ones, so that a broken step fails.

The news sets belong to others and are not in the repository; without them these tests are skipped.
"""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, NoUsableTextError, Options, summarize
from nutgraf.summarizer.reading.cluster import read
from tests.builders import real_news

pytestmark = pytest.mark.usefixtures("untraced")
MOST_LETTERS_LOST = 0.001


def spans(text: str, language: str) -> list[tuple[int, int]]:
    try:
        return [(each.start, each.end) for each in read([Article(text, language=language)]).sentences]
    except NoUsableTextError:
        return []


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_sentence_boundaries_of_public_test_cases() -> None:
    rows = real_news("golden.jsonl")
    right = [
        [squeezed(row["text"][start:end]) for start, end in spans(row["text"], row["lang"])]
        == [squeezed(each) for each in row["sentences"]]
        for row in rows
    ]
    several = [good for good, row in zip(right, rows, strict=True) if len(row["sentences"]) > 1]
    assert sum(right) >= 620
    assert sum(several) >= 325


def test_wire_stories_lose_no_news() -> None:
    lost = letters = torn = 0
    rows = real_news("wire.jsonl")
    for row in rows:
        text = row["text"]
        dateline = re.match(r"\s*[^\n]{0,60}? -\s", text)
        signed = re.search(r"\n\s*(?:R[Ee][Uu][Tt][Ee][Rr]S?)\b.*$", text, re.S)
        begin, stop = dateline.end() if dateline else 0, signed.start() if signed else len(text)
        found = spans(text, "en")
        covered = {at for start, end in found for at in range(start, end)}
        body = [at for at in range(begin, stop) if text[at].isalnum()]
        lost += sum(at not in covered for at in body)
        letters += len(body)
        torn += any(_is_torn(text, start, end, begin) for start, end in found)
    assert lost <= MOST_LETTERS_LOST * letters
    assert torn <= 0.03 * len(rows)


def _is_torn(text: str, start: int, end: int, begin: int) -> bool:
    ends_line = re.match(r"[^\S\n]*\n(?! {3,6}\S)[^\S\n]*\S", text[end : end + 80])
    begins_line = re.search(r"[^\s.!?:;,\"')\]][^\S\n]*\n {0,2}$", text[max(0, start - 80) : start])
    return bool(ends_line and not re.search(r"[.!?:;][\"')\]]*$", text[start:end])) or bool(begins_line and start > begin)


@pytest.mark.parametrize(("kind", "floor"), [("news", 1.0), ("credit", 1.0), ("boilerplate", 0.97)])
def test_news_is_kept_and_boilerplate_is_removed(kind: str, floor: float) -> None:
    rows = [row for row in real_news("cases.jsonl") if row["kind"] == kind]
    assert sum(map(_is_read_right, rows)) >= floor * len(rows)


def _is_read_right(row: dict[str, Any]) -> bool:
    try:
        summary = summarize(
            [Article(row["text"], language=row["lang"])], Options(headlines=HeadlineOptions(count=3), all_sentences=True)
        )
    except NoUsableTextError:
        return not row["keep"]
    said = [squeezed(each.sentence.text) for each in summary.articles[0].all_sentences or ()]
    kept = [squeezed(each) for each in row["keep"]]
    return all(each in said for each in kept) and not any(_holds(said, kept, squeezed(each)) for each in row["drop"])


def _holds(said: Sequence[str], kept: Sequence[str], dropped: str) -> bool:
    return any((dropped in each and each not in kept) or each in dropped for each in said)
