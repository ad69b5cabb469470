"""Memory that stays in use after an answer."""

import subprocess
import sys

import pytest

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
