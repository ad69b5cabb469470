"""Memory that stays in use after an answer, and memory that patterns need for hostile text."""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest

from nutgraf.formats import markup_in_text, start_tag_attributes, xml
from nutgraf.formats.common import UnreadableDocumentError
from nutgraf.summarizer.reading.boundaries import splitter
from nutgraf.summarizer.reading.words import nltk_words
from tests.service import ROOT

MEGABYTE = 1_000_000
EIGHT_TEXTS = """
import ctypes, gc
from nutgraf.service.limits import Limits
from nutgraf.service.respond import respond
from nutgraf.service.schemas.request import SummarizeRequestSchema

def ask(text):
    respond(SummarizeRequestSchema(Limits(), {}).load({"articles": [{"text": text, "language": "en"}]}))

def resident_bytes():
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(open("/proc/self/statm").read().split()[1]) * 4096

def texts(letters):
    one, two = letters[:2]
    words = [letter * 1_000_000 for letter in letters] + [f"{one}{two}" * 500_000, f"{one}{two}-" * 333_000]
    return words + [one.upper() + two * 999_999, f"In {ord(one) % 9 + 1}" + "7" * 999_000 + " people died."]

for letters in ("abcd", "efgh"):  # fills what does not depend on the text, and what the allocator keeps
    for text in texts(letters):
        ask(text)
growth = []
for letters in ("ijkl", "mnop"):  # what is kept of texts grows each time; what the allocator happens to keep does not
    before = resident_bytes()
    for text in texts(letters):
        ask(text)
    growth.append(resident_bytes() - before)
print(min(growth))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and glibc")
def test_texts_of_one_long_word_do_not_stay_in_memory() -> None:
    """Each such text once left five megabytes in the caches of chunks, words and stems."""
    result = subprocess.run([sys.executable, "-c", EIGHT_TEXTS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(result.stdout) < 2 * MEGABYTE


def end_marks(text: str) -> None:
    for _ in splitter("en").end_marks.finditer(text):
        pass


CHARACTERS = 1_000_000
# A pattern that keeps a way back for each repetition of a group needs 25 to 150 bytes for each character of these texts.
MOST_BYTES_PER_CHARACTER = 20
PATTERNS: dict[str, tuple[Callable[[str], object], str, str, str]] = {
    "attributes": (start_tag_attributes.has_crowded_tag, "<p ", "a='' ", ">"),
    "document type": (xml.without_prolog, "<!DOCTYPE nitf ", "''", "><nitf/>"),
    "comments": (xml.without_prolog, "", "<!---->", "<nitf/>"),
    "escaped tag": (markup_in_text.without_escaped_tags, "&lt;p ", "a ", "&gt;"),
    "points": (nltk_words, "", "a.", ""),
    "hyphens": (nltk_words, "", "a-", ""),
    "brackets": (nltk_words, "A b.", ")", "x"),
    "end marks": (end_marks, "Yes", "!", ""),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_memory_of_patterns(name: str) -> None:
    step, before, repeated, after = PATTERNS[name]
    text = f"{before}{repeated * (CHARACTERS // len(repeated))}{after}"
    step(before + repeated + after)  # what is loaded once
    tracemalloc.start()
    try:
        with suppress(UnreadableDocumentError):
            step(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES_PER_CHARACTER * len(text)
