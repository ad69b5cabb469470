"""Words that headlines omit: articles, auxiliaries that are not needed, and titles of people."""

from collections.abc import Sequence

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.grammar import NOUNS, Phrase, any_of, main_verb, next_of
from nutgraf.summarizer.headlines.tokens import Token

# Participles that are their verb's past as well: "has found" may say "found".
_SAME_AS_PAST = frozenset("found won said sent put cut hit set made lost left held told".split())


def headlinese(phrase: Phrase) -> list[Token]:
    """Returns the phrase without articles, and without auxiliaries that its participle does not need."""
    articles = (index for index, token in enumerate(phrase) if token.lower in tables.ARTICLES)
    dropped = {*filter(lambda index: _idle_article(phrase, index), articles), *_idle_auxiliaries(phrase)}
    return [token for index, token in enumerate(phrase) if index not in dropped]


def without_titles(phrase: Phrase) -> list[Token]:
    """Returns the phrase with titles and first names omitted: "Russian President Vladimir Putin" becomes "Putin"."""
    if not any_of(phrase, tables.TITLES):
        return list(phrase)
    kept: list[Token] = []
    index = 0
    while index < len(phrase):
        end = _title_end(phrase, index)
        if end:
            before = len(kept)
            while before and kept[before - 1].lower in tables.TITLE_OPENERS:
                before -= 1
            if not before or kept[before - 1].tag not in ("NNP", "NNPS"):
                kept = [*kept[:before], phrase[end - 1]]
                index = end
                continue
        kept.append(phrase[index])
        index += 1
    return kept


def _title_end(phrase: Phrase, index: int) -> int:
    """Where the name after a title ends: two words or three, capitalized; 0 where there is none."""
    if phrase[index].lower not in tables.TITLES or not phrase[index].text[0].isupper() or phrase[index].quoted:
        return 0
    end = index + 1
    while end < len(phrase) and phrase[end].tag == "NNP" and phrase[end].text[0].isupper():
        end += 1
    return end if 2 <= end - index <= 4 else 0


def _idle_article(phrase: Phrase, index: int) -> bool:
    token, after = phrase[index], next_of(phrase, index)
    if token.quoted or (index and token.text[0].isupper()):
        return False
    if after is None or not after.is_word or after.tag in ("JJS", "RBS") or after.lower in tables.ARTICLE_STAYS_BEFORE:
        return False
    before = phrase[index - 1] if index else None
    return before is None or not (before.lower in tables.ARTICLE_STAYS_AFTER or before.tag == "CD")


def _idle_auxiliaries(phrase: Phrase) -> Sequence[int]:
    """Of the main clause alone: in "Police say two were shot", or after "who", the auxiliary stays."""
    verb = main_verb(phrase)
    if not verb or verb + 1 >= len(phrase) or phrase[verb - 1].tag not in NOUNS or phrase[verb].quoted:
        return ()
    if any_of(phrase[:verb], tables.RELATIVES | {"that"}):
        return ()
    auxiliary, follows = phrase[verb].lower, phrase[verb + 1]
    after = next_of(phrase, verb + 1)
    if auxiliary in ("is", "are") and follows.tag == "VBG" and follows.lower not in ("going", "being"):
        return (verb,)
    if auxiliary in ("is", "are", "was", "were") and _passive(follows, after):
        return (verb,)
    if auxiliary in ("has", "have"):
        if follows.lower == "been" and after is not None and _passive(after, next_of(phrase, verb + 2)):
            return (verb, verb + 1)
        if follows.tag == "VBN" and (follows.lower.endswith("ed") or follows.lower in _SAME_AS_PAST):
            return (verb,)
    return ()


def _passive(participle: Token, after: Token | None) -> bool:
    """A participle that is read as passive without its auxiliary: no object follows it."""
    if participle.lower not in tables.PASSIVES:
        return False
    return after is None or not after.is_word or after.tag in ("IN", "TO", "RB", "CC")
