"""Checks that a shortened clause is complete: it has a subject, a verb, and the complement that the verb needs."""

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.cuts import MIN_WORDS, finished
from nutgraf.summarizer.headlines.grammar import Phrase, any_of, has_verb, main_verb, predicate, words_of
from nutgraf.summarizer.headlines.tokens import AUXILIARIES

_SAYS = frozenset("said say says told tells added believe believes thinks think".split())
# What joins two halves of which a headline has room for one.
_HALVED = frozenset({"although", "though"})
_NO_OPENING = frozenset({"VBD", "VBZ", "VBP", "VB", "MD", "CC", "WRB"})
_UNFINISHED = frozenset({"VB", "VBZ", "VBP"})


def complete(phrase: Phrase, clause: Phrase) -> bool:
    """Whether a phrase is a complete headline.

    It needs a subject and a verb, at least MIN_WORDS words, an ending that is not dangling, and a complement if its verb is
    one of saying. `clause` is the phrase before articles and auxiliaries were dropped.
    """
    words, verb = words_of(phrase), main_verb(clause)
    if verb is None or len(words) < MIN_WORDS or not finished(clause):
        return False
    first, last = words[0], words_of(clause)[-1]
    if first.lower in tables.PRONOUNS or first.tag in _NO_OPENING:
        return False
    if any_of(words[1:], _HALVED):
        return False
    if first.tag in ("IN", "VBG", "VBN", "TO") and not _opened(clause):
        return False
    if (
        last.lower in AUXILIARIES
        or last.lower.endswith(("'s", "s'"))
        or last.tag in ("DT", "PRP$", "CC", "TO", "MD", "WDT", "WP")
    ):
        return False
    if last.lower in tables.DANGLING or (last.tag in _UNFINISHED and last == predicate(clause, verb)):
        return False  # "Talks will center"; a past or passive may end a headline
    says = predicate(clause, verb).lower in _SAYS
    attributed_after = phrase[-1].start != clause[-1].start
    return not says or attributed_after or has_verb(clause[verb + 1 :])


def _opened(clause: Phrase) -> bool:
    """Whether a clause that begins with an adverbial has its subject and verb after a comma."""
    comma = next((index for index, token in enumerate(clause) if token.text == ","), len(clause))
    return has_verb(clause[comma:])
