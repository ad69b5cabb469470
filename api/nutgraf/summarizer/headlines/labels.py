"""Headlines without a verb, such as "Killing of Palestinian judge from Jordan": they name the story and claim nothing."""

import re
from collections.abc import Iterator

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.grammar import NOUNS, Phrase, next_of
from nutgraf.summarizer.headlines.tokens import Token

MIN_WORDS = 4
_WORDS = frozenset({"JJ", "JJR", "CD"}) | NOUNS
# What somebody is, by the ending: designer, lobbyist, historian.
_PERSON = re.compile(r"(?:[^aeiou]|i)ers?$|ors?$|ists?$|ians?$")
_JOINS = frozenset("of in at for on with over against from by about after amid near and".split())
_NOT_AFTER = frozenset("between and or as than nor via to".split())
# What stands after one of these may not be there at all.
_UNSURE = (
    tables.NEGATIONS | tables.HEDGES | frozenset("deny denies denied reject rejects rejected fake false if unless".split())
)


def labels(sentence: Phrase) -> Iterator[Phrase]:
    """Yields noun phrases of the sentence, each with the prepositional phrases that belong to it."""
    for index, token in enumerate(sentence):
        if token.lower in _UNSURE:
            return
        if token.tag not in _WORDS or token.quoted or token.lower in tables.LIGHT_NOUNS:
            continue
        before = sentence[index - 1] if index else None
        if before is None or (before.tag not in _WORDS and before.lower not in _NOT_AFTER):
            yield from _from(sentence, index)


def _from(sentence: Phrase, start: int) -> Iterator[Phrase]:
    phrase: list[Token] = []
    for index in range(start, len(sentence)):
        token, after = sentence[index], next_of(sentence, index)
        if token.quoted or token.lower in tables.DAYS or token.lower in tables.PRONOUNS:
            return
        if token.tag in _WORDS or _attributive(phrase, token, after):
            phrase.append(token)
            if _ends(token, after) and _informs(phrase):
                yield tuple(phrase)
        elif phrase[-1].tag in NOUNS and after is not None and token.lower in _JOINS:
            if token.lower == "and" and after.tag not in NOUNS:
                return
            phrase.append(token)
        elif not (token.lower in tables.ARTICLES and phrase[-1].lower in _JOINS):
            return


def _attributive(phrase: Phrase, token: Token, after: Token | None) -> bool:
    """A participle before its noun: "elected head", "floating debris"."""
    inside = bool(phrase) and phrase[-1].tag not in NOUNS and phrase[-1].lower not in _JOINS
    return token.tag in ("VBN", "VBG") and inside and after is not None and after.tag in NOUNS


def _ends(token: Token, after: Token | None) -> bool:
    return token.tag in NOUNS and (after is None or (after.tag not in _WORDS and after.lower not in ("of", "and")))


def _informs(phrase: Phrase) -> bool:
    """More than a name, and whole: a thing, and what or whose it is."""
    last = phrase[-1].lower
    a_thing = any(token.tag in ("NN", "NNS") and not token.text[0].isupper() for token in phrase)
    head = next((phrase[index - 1] for index in range(1, len(phrase)) if phrase[index].tag not in _WORDS), phrase[-1])
    return (
        len(phrase) >= MIN_WORDS
        and a_thing
        and _is_news(head, phrase)
        and last not in tables.LIGHT_NOUNS
        and not last.endswith(("'s", "s'"))
    )


def _is_news(head: Token, phrase: Phrase) -> bool:
    """An event, or a thing that a name or two words tell more of; no person by his part, and no place."""
    if head.lower in tables.EVENTS:
        return True
    named = any(token.tag in ("NNP", "NNPS") for token in phrase)
    a_role = head.lower in tables.ROLES_AND_PLACES or _PERSON.search(head.lower) is not None
    return len(phrase) > 4 and head.tag in ("NN", "NNS") and head.text[0].islower() and named and not a_role
