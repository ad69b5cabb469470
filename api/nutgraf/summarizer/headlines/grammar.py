"""Phrases of tagged tokens, and the functions on them that all rules use."""

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
    """Whether the phrase contains a finite verb."""
    return not FINITE.isdisjoint([token.tag for token in phrase])


def main_verb(phrase: Phrase) -> int | None:
    """Returns the index of the first finite verb outside relative clauses, as in "man who lives there [has]"; or None."""
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
    """Returns the main verb after its auxiliaries: "told" in "have told". `verb` is the index of the finite verb."""
    for token in phrase[verb : verb + 4]:
        if token.tag in VERBS and token.lower not in AUXILIARIES:
            return token
    return phrase[verb]


def any_of(phrase: Iterable[Token], words: frozenset[str]) -> bool:
    """Whether the phrase contains one of the words, which are in lower case."""
    return not words.isdisjoint([token.lower for token in phrase])


def words_of(phrase: Iterable[Token]) -> list[Token]:
    """Returns the tokens that are words, without punctuation."""
    return [token for token in phrase if token.is_word]


def next_of(phrase: Phrase, index: int) -> Token | None:
    """Returns the token after `index`, or None at the end of the phrase."""
    return phrase[index + 1] if index + 1 < len(phrase) else None


def chunks(phrase: Phrase) -> list[Phrase]:
    """Splits the phrase at commas outside quotations; each chunk but the first begins with its comma."""
    bounds = [0]
    for index, token in enumerate(phrase):
        inside = token.quoted and index + 1 < len(phrase) and phrase[index + 1].quoted and phrase[index + 1].text not in '"”'
        if token.text == "," and index and not inside:
            bounds.append(index)
    bounds.append(len(phrase))
    return [phrase[start:end] for start, end in pairwise(bounds) if end > start]


def flat(parts: Iterable[Phrase]) -> list[Token]:
    """Joins chunks to one phrase, without a comma at its start."""
    together = [token for part in parts for token in part]
    return together[1:] if together and together[0].text == "," else together
