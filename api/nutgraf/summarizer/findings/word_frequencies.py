"""Tells how frequent the words of a language are, and which of them are rarely nouns.

Key terms and readability use these tables. `python -m training.word_frequencies` makes them;
word_frequency_tables/LICENSES.md names their data and licences.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from nutgraf.summarizer.languages.language import per_language, primary

# The frequency of words that are not listed: lower than that of all listed ones.
UNLISTED = 2.5


@dataclass(frozen=True, slots=True)
class WordFrequencies:
    """The words of a language.

    `frequencies` has for a stem the decimal logarithm of its uses in a billion words (its Zipf value: 3 is rare, 6 is
    frequent); `rarely_nouns` has words in lower case.
    """

    frequencies: Mapping[str, float]
    rarely_nouns: frozenset[str]

    def frequency(self, stem: str) -> float:
        """Returns the frequency of a stem, UNLISTED if the table does not have it."""
        return self.frequencies.get(stem, UNLISTED)


@per_language
def word_frequencies(tag: str) -> WordFrequencies | None:
    """Returns the table of a language, or None if there is none."""
    file = files(__package__).joinpath("word_frequency_tables", f"{primary(tag)}.txt.gz")
    if not file.is_file():
        return None
    *lines, rarely_nouns = gzip.decompress(file.read_bytes()).decode().strip().split("\n")
    frequencies: dict[str, float] = {}
    for line in lines:
        tenths, *stems = line.split(" ")
        frequencies.update(dict.fromkeys(stems, int(tenths) / 10))
    return WordFrequencies(frequencies, frozenset(rarely_nouns.split(" ")[1:]))
