"""Phrases of tagged tokens, and the questions that every rule asks of them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.tokens import AUXILIARIES, Token

Phrase = Sequence[Token]

FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
VERBS = FINITE | {"VB", "VBN", "VBG"}
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
# What a subject may begin with.
SUBJECTS = frozenset({"DT", "PRP$", "CD", "JJ", "JJS", "JJR", "PDT", "VBN", "VBG", "EX"}) | NOUNS
_RELATIVES = tables.RELATIVES | {"that"}


def has_verb(phrase: Phrase) -> bool:
    """Whether a finite verb is in it."""
    return not FINITE.isdisjoint([token.tag for token in phrase])


def main_verb(phrase: Phrase) -> int | None:
    """Where its first finite verb stands that is not a relative clause's: "man who lives there [has]"."""
    relative = False
    for index, token in enumerate(phrase):
        if index and token.lower in _RELATIVES:
            relative = True
        elif token.tag in FINITE:
            if not relative:
                return index
            relative = False
    return None


def predicate(phrase: Phrase, verb: int) -> Token:
    """The verb that tells, after its auxiliaries: "told" in "have told"."""
    for token in phrase[verb : verb + 4]:
        if token.tag in VERBS and token.lower not in AUXILIARIES:
            return token
    return phrase[verb]


def any_of(phrase: Iterable[Token], words: frozenset[str]) -> bool:
    """Whether one of the words is in it."""
    return not words.isdisjoint([token.lower for token in phrase])


def words_of(phrase: Iterable[Token]) -> list[Token]:
    """Its tokens without the marks."""
    return [token for token in phrase if token.is_word]


def next_of(phrase: Phrase, index: int) -> Token | None:
    """The token after, if there is one."""
    return phrase[index + 1] if index + 1 < len(phrase) else None


def chunks(phrase: Phrase) -> list[Phrase]:
    """The phrase at its commas, outside quotations; each chunk but the first begins with its comma."""
    bounds = [0]
    for index, token in enumerate(phrase):
        inside = token.quoted and index + 1 < len(phrase) and phrase[index + 1].quoted and phrase[index + 1].text not in '"”'
        if token.text == "," and index and not inside:
            bounds.append(index)
    bounds.append(len(phrase))
    return [phrase[start:end] for start, end in pairwise(bounds) if end > start]


def flat(parts: Iterable[Phrase]) -> list[Token]:
    """Chunks put together again, without a comma at the head."""
    together = [token for part in parts for token in part]
    return together[1:] if together and together[0].text == "," else together
