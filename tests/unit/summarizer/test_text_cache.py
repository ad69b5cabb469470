"""The caches of a process have a maximum size in bytes, whatever the words are."""

import gc
import string
from collections.abc import Iterator, Sequence

import pytest

from nutgraf.service.limits import Limits
from nutgraf.service.respond import respond
from nutgraf.service.schemas.request import SummarizeRequestSchema
from nutgraf.summarizer import text_cache
from nutgraf.summarizer.text_cache import ENTRY_BYTES, LONGEST_WORD, MAX_BYTES, TextCache

MEGABYTE = 1_000_000


@pytest.fixture
def budget(monkeypatch: pytest.MonkeyPatch) -> Iterator[text_cache._Budget]:
    """Gives the caches of a test their own budget."""
    monkeypatch.setattr(text_cache, "MAX_BYTES", 10_000)
    monkeypatch.setattr(text_cache, "_budget", text_cache._Budget())
    return text_cache._budget  # type: ignore[return-value]


@pytest.mark.usefixtures("budget")
def test_results_are_cached_except_those_of_long_words() -> None:
    asked: list[str] = []

    def upper(word: str) -> str:
        asked.append(word)
        return word.upper()

    cache: TextCache[str, str] = TextCache(upper)
    long = "x" * (LONGEST_WORD + 1)
    assert [cache[word] for word in ("ice", long, "ice", long)] == ["ICE", long.upper(), "ICE", long.upper()]
    assert asked == ["ice", long, long]


@pytest.mark.usefixtures("budget")
def test_uncached_words_are_computed_in_one_call() -> None:
    asked: list[list[str]] = []

    def uppers(words: Sequence[str]) -> list[str]:
        asked.append(list(words))
        return [word.upper() for word in words]

    cache: TextCache[str, str] = TextCache(lambda word: uppers([word])[0])
    cache.fill(["ice", "tea", "ice"], uppers)
    assert [cache[word] for word in ("ice", "tea")] == ["ICE", "TEA"]
    cache.age()  # older results are cached, too
    cache.fill(["tea", "milk"], uppers)
    assert [cache[word] for word in ("tea", "milk")] == ["TEA", "MILK"]
    cache.fill(["milk", "ice"], uppers)
    assert asked == [["ice", "tea"], ["milk"]]


@pytest.mark.usefixtures("budget")
def test_full_caches_drop_entries_that_were_not_used_since() -> None:
    asked: list[str] = []

    def never(word: str) -> bool:
        asked.append(word)
        return False

    one: TextCache[str, bool] = TextCache(never)
    two: TextCache[tuple[str, str], str] = TextCache(lambda key: key[0])
    assert one["ice"] is False
    entries = 10_000 // ENTRY_BYTES
    for number in range(3 * entries):
        assert two[f"word {number}", "en"] == f"word {number}"
        assert one["ice"] is False  # used all the time, so it is never dropped
    assert asked == ["ice"]
    assert len(two) + len(two._older) <= entries
    assert two["word 0", "en"] == "word 0"


def test_the_number_of_cached_languages_is_bounded() -> None:
    """A client may name any of 18,000 codes; the data prepared for each was once kept for ever."""
    schema = SummarizeRequestSchema(Limits(), {})
    codes = [f"q{first}{second}" for first in string.ascii_lowercase for second in string.ascii_lowercase[:12]]

    def ask(code: str) -> None:
        respond(schema.load({"articles": [{"text": "Ice closed the canal on Monday, the mayor said.", "language": code}]}))

    def kept() -> int:
        gc.collect()
        return sum(type(each) is TextCache for each in gc.get_objects())

    for code in codes[:150]:
        ask(code)
    before = kept()
    for code in codes[150:]:
        ask(code)
    assert kept() <= before
    assert MAX_BYTES <= 64 * MEGABYTE
