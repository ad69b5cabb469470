"""Articles -> figures that differ: 17 killed in one article, 19 in another. English only.

Two figures are compared if they have the same kind and are about the same thing: an event of a closed list ("killed",
"died" and "death toll" are one event), the same counted noun with the same verb, or an amount of money or a percentage in
the same context. If that is uncertain, nothing is reported, because a false alarm costs more than a miss.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nutgraf.summarizer.findings.quantities import CURRENCY_WORDS, SPELLED, Quantity, quantities
from nutgraf.summarizer.models import Figure, FigureValue, Sentence
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.words import vocabulary

# Event -> the words that express it.
EVENTS = {
    "killed": "killed dead died dies deaths death fatalities fatality toll killing kills perished drowned slain",
    "injured": "injured wounded hurt injuries injury wounding injuring hospitalized hospitalised",
    "missing": "missing unaccounted",
    "arrested": "arrested detained arrests arresting detentions",
    "rescued": "rescued saved rescuing rescues",
    "evacuated": "evacuated evacuating evacuees",
    "displaced": "displaced homeless",
    "aboard": "aboard onboard",
    "destroyed": "destroyed destroying",
    "infected": "infected infections",
}
_EVENT_OF = {word: event for event, words in EVENTS.items() for word in words.split()}
_PEOPLE = frozenset(
    "people persons person men women children passengers soldiers civilians workers students victims residents protesters "
    "others migrants tourists troops police officers firefighters crew miners pupils refugees villagers patients".split()
)
_PERSON = re.compile(r"(?:[^aeiou]|i)ers$|ists$|ians$|men$|women$|ctors$")
# A sentence with one of these words is about another time or event.
_OTHER_TIME_WORDS = frozenset(
    "ago previous previously earlier since history annually each every another separate average compared deadliest "
    "record expected forecast could would might plan plans target goal".split()
)
_OTHER_TIME_PHRASE = re.compile(r"\b(?:last (?:year|month|decade)|a year|in (?:19|20)\d\d)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[;:]|,\s|\s(?:and|but|while|after|including|among)\s")
# How many words before and after a number may say what it is about.
CONTEXT_WORDS = 7
# These words are searched within this distance; without a limit, a sentence with 1,000 numbers would be read 1,000 times.
CONTEXT_CHARACTERS = 400
# Maximum number of claims that are compared in pairs: 100 real articles have 164; 1,000 claims take 0.2 s, 10,000 take 17 s.
MAX_COMPARED = 1_000
# Two amounts of money or percentages are about the same if their contexts share at least this part of their words.
MIN_CONTEXT_SHARE = 0.5
MIN_CONTEXT_WORDS = 2
# Maximum ratio of two figures: a toll of 10,000 and one of 13 are not about the same event.
MAX_VALUE_RATIO = 10


class _Claim(NamedTuple):
    about: str
    unit: str | None
    context: frozenset[str]
    quantity: Quantity
    sentence: Sentence


def find_differing_figures(cluster: Cluster) -> list[Figure]:
    """Returns the figures that articles state differently, each with one value per article, in the order of the articles.

    Only quotable English articles are compared, and only differences beyond the precision of the figures are reported.
    """
    stories = [
        position
        for position in range(len(cluster.articles))
        if cluster.quotable(position) and cluster.articles[position].language == "en"
    ]
    if len(stories) < 2:
        return []
    claims: dict[tuple[str, str], dict[int, _Claim]] = defaultdict(dict)
    contextual: list[_Claim] = []
    for sentence, words in zip(cluster.sentences, cluster.words, strict=True):
        if cluster.articles[sentence.article].language != "en":
            continue
        tokens = set(map(str.lower, words.tokens))
        # Set lookups come before regular expressions, which took a quarter of all time: most sentences have no number.
        if (tokens.isdisjoint(SPELLED) and not _DIGIT.search(sentence.text)) or not tokens.isdisjoint(_OTHER_TIME_WORDS):
            continue
        for claim in _claims(sentence):
            if claim.context:
                contextual.append(claim)
            else:  # the first figure of an article on an event; later ones are often about parts of it
                claims[claim.about, claim.quantity.kind].setdefault(sentence.article, claim)
    groups = [list(by_story.values()) for by_story in claims.values()] + _group_by_context(contextual[:MAX_COMPARED])
    return [figure for group in groups if (figure := _figure(group)) is not None]


_DIGIT = re.compile(r"\d")


def _claims(sentence: Sentence) -> Iterator[_Claim]:
    sentence_quantities = list(quantities(sentence.text))
    if not sentence_quantities or _OTHER_TIME_PHRASE.search(sentence.text):
        return
    for quantity in sentence_quantities:
        before, after = _context_words(sentence.text, quantity)
        if quantity.kind == "count":
            yield from _count_claims(sentence, quantity, before, after)
        else:
            stem = vocabulary("en").stem
            words = [
                word for word in (*before, *after) if word not in vocabulary("en").stop_words and word not in CURRENCY_WORDS
            ]
            context = frozenset(stem(word) for word in words if word not in _SAYING)
            if len(context) >= MIN_CONTEXT_WORDS:
                about = " ".join(
                    [word for word in before if word not in vocabulary("en").stop_words and word not in _SAYING][-2:]
                )
                yield _Claim(about or " ".join(after[:2]), quantity.kind, context, quantity, sentence)


_SAYING = frozenset("said says say told according reported officials police government million billion percent".split())


def _context_words(text: str, quantity: Quantity) -> tuple[list[str], list[str]]:
    """The words before and after a quantity within its clause, in the order of the text."""
    left = text[max(0, quantity.start - CONTEXT_CHARACTERS) : quantity.start]
    right = text[quantity.end : quantity.end + CONTEXT_CHARACTERS]
    for end in _CLAUSE_END.finditer(left):
        left_start = end.end()
        left = " " * left_start + left[left_start:]
    end_right = _CLAUSE_END.search(right)
    right = right[: end_right.start()] if end_right else right
    before = [word.lower() for word in _WORD.findall(left)][-CONTEXT_WORDS:]
    return before, [word.lower() for word in _WORD.findall(right)][:CONTEXT_WORDS]


def _count_claims(sentence: Sentence, quantity: Quantity, before: Sequence[str], after: Sequence[str]) -> Iterator[_Claim]:
    """Claims of a count: people in an event, or a counted noun with a verb."""
    unit = next((word for word in after[:3] if word in _PEOPLE or _PERSON.search(word)), None)
    event = _event(before, after, unit)
    if event:
        yield _Claim(
            event, "people" if event != "destroyed" else (after[0] if after else None), frozenset(), quantity, sentence
        )
        return
    if not after or not before:
        return
    stem, stop_words = vocabulary("en").stem, vocabulary("en").stop_words
    noun = after[0]
    verb = next((word for word in reversed(before) if word not in stop_words and word not in _SAYING), None)
    if noun in stop_words or verb is None or not noun.endswith("s") or noun in _PERIODS:
        return
    context = frozenset({stem(noun) + "#", stem(verb), *(stem(word) for word in after[1:3] if word not in stop_words)})
    if len(context) >= MIN_CONTEXT_WORDS:
        yield _Claim(f"{noun} {verb}", noun, context, quantity, sentence)


_PERIODS = frozenset(
    "years months weeks days hours minutes seconds times miles kilometers kilometres meters metres feet points "
    "degrees".split()
)


def _event(before: Sequence[str], after: Sequence[str], unit: str | None) -> str | None:
    """The event that a count is about: "17 people were killed", "killed 17", "the death toll rose to 17"."""
    rest = after[1:] if unit and after and after[0] == unit else after
    if unit and after[0] != unit and after.index(unit) <= 2:
        rest = after[after.index(unit) + 1 :]
    for word in rest[:4]:
        if word in _EVENT_OF:
            return _EVENT_OF[word]
        if word == "board":
            return "aboard"
        if word not in _FILLER:
            break
    if not unit and after and after[0] not in _EVENT_OF and after[0] not in _CONNECTING:
        return None  # "killed 17 sheep", "dead 12 hours"
    for word in reversed(before[-3:]):
        if word in _EVENT_OF and word not in ("toll", "death", "deaths"):
            return _EVENT_OF[word]
        if word not in ("to", "least", "at", "of", "rose", "stands", "the", "and", "in", "all"):
            break
    if {"toll"} & set(before) or (before and before[-1] in ("to", "at") and {"deaths"} & set(before)):
        return "injured" if {"injury", "injuries"} & set(before) else "killed"
    return None


_FILLER = frozenset("were was are is have has been being confirmed feared reported left others more on".split())
_CONNECTING = frozenset("in at on and by when as after near people others during outside inside early late from of".split())


def _group_by_context(claims: Sequence[_Claim]) -> list[list[_Claim]]:
    """Groups of claims with the same context, at most one claim per article: its first."""
    groups: list[list[_Claim]] = []
    for claim in claims:
        for group in groups:
            first = group[0]
            shared = len(claim.context & first.context)
            same = claim.quantity.kind == first.quantity.kind and shared >= MIN_CONTEXT_WORDS
            if same and shared >= MIN_CONTEXT_SHARE * max(len(claim.context), len(first.context)):
                if claim.quantity.kind == "count" and _noun(claim) != _noun(first):
                    continue
                if all(claim.sentence.article != other.sentence.article for other in group):
                    group.append(claim)
                break
        else:
            groups.append([claim])
    return groups


def _noun(claim: _Claim) -> str:
    return next((word for word in claim.context if word.endswith("#")), "")


def _figure(claims: Sequence[_Claim]) -> Figure | None:
    """The figure, if at least two articles differ by more than the precision of their numbers; else None."""
    values = [claim.quantity.value for claim in claims]
    if max(values) > MAX_VALUE_RATIO * min(values):  # too different to be about the same thing
        return None
    different = any(not _agree(claims[0].quantity, other.quantity) for other in claims[1:])
    if not different:
        return None
    return Figure(
        claims[0].about,
        tuple(
            FigureValue(
                value=claim.quantity.value,
                text=claim.sentence.text[claim.quantity.start : claim.quantity.end].strip(),
                qualifier=claim.quantity.qualifier,
                unit=claim.unit,
                article=claim.sentence.article,
                index=claim.sentence.index,
                start=claim.sentence.start + claim.quantity.start,
                end=claim.sentence.start + claim.quantity.end,
            )
            for claim in claims
        ),
    )


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether two values are equal within their precision: 2.1 million and 2,143,000, or "about 20" and 19."""
    if one.value == other.value:
        return True
    larger, smaller = max(one.value, other.value), min(one.value, other.value)
    is_approximate = {"about", "nearly"} & {one.qualifier, other.qualifier}
    rounded = larger >= 1000 and (larger - smaller) / larger < 0.025
    return bool(rounded or (is_approximate and (larger - smaller) / larger <= 0.1))
