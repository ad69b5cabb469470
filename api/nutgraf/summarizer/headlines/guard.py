"""Words that a headline must not lose: a negation, hedge or figure next to a word that stays, and the unit of a figure."""

from itertools import pairwise

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.grammar import NOUNS, Phrase

_GUARDED = tables.NEGATIONS | tables.HEDGES
_UNITS = NOUNS | {"CD", "JJ"}


class Guard:
    """The pairs of adjacent words in a sentence of which the first must not be kept without the second.

    Otherwise a shortened sentence could lose a negation, a hedge, or the unit of a figure, and say something else.
    """

    def __init__(self, sentence: Phrase) -> None:
        self._pairs: list[tuple[int, int]] = []
        for before, token in pairwise(sentence):
            if not (before.is_word and token.is_word):
                continue
            if _guarded(before.tag, before.lower):
                self._pairs.append((token.start, before.start))
            if _guarded(token.tag, token.lower):
                self._pairs.append((before.start, token.start))
            if before.tag == "CD" and token.tag in _UNITS:
                self._pairs.append((before.start, token.start))

    def allows(self, phrase: Phrase) -> bool:
        """Whether the phrase, a shortened form of the sentence, keeps every word that its other words need."""
        if not self._pairs:
            return True
        kept = {token.start for token in phrase}
        return all(needed in kept for word, needed in self._pairs if word in kept)


def _guarded(tag: str, lower: str) -> bool:
    return tag == "CD" or lower in _GUARDED
