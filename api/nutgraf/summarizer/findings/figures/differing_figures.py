"""Finds the figures that differ between articles: 17 killed in one article, 19 in another.

A figure is compared with another only if both count the same thing within the same bounds (claims.py). If that is
uncertain, nothing is reported, because a wrong difference is worse than a missing one; so the list is not complete.

For other steps: `StatedFigures(sentences, languages, trees).compare(one, other)` tells of two positions in `sentences`
whether they give different figures for the same thing ("differ"), equal ones ("equal"), or none that can be compared
(None). A sentence is parsed when it is first needed; `prepare(positions)` parses many at once, which is several times
faster.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Literal, NamedTuple

from nutgraf.summarizer.findings.figures.claims import FigureClaim, age_claim, figure_claims
from nutgraf.summarizer.findings.figures.quantities import Age, Quantity, ages, is_numeral, quantities
from nutgraf.summarizer.findings.figures.subjects import MAGNITUDE
from nutgraf.summarizer.findings.figures.words import FigureWords, figure_words
from nutgraf.summarizer.grammar import TreeCache, supported
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import Figure, FigureValue, Sentence
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.words import vocabulary

Relation = Literal["differ", "equal"]

# Maximum ratio of two figures: a toll of 10,000 and one of 13 are not about the same event.
MAX_VALUE_RATIO = 4
# Magnitudes that differ more are those of two earthquakes.
MAX_MAGNITUDE_DIFFERENCE = 1
# Two claims that need the same context must have at least this share of it in common.
MIN_CONTEXT_SHARE = 0.5
# Figures this close agree if one of them has a qualifier that allows it: "about 20" and 18, "more than 40,000" and 42,000.
MAX_QUALIFIED_DIFFERENCE = 0.12
# From this value on, articles round: if one of two values is round, a difference below this share of the larger one is not
# reported.
MIN_ROUNDED = 1_000
MAX_ROUNDED_DIFFERENCE = 0.025
# A figure in the first LEAD_SENTENCES of an article is about its news; one in the first NEWS_SENTENCES may be. Figures far
# below are often about other events, and are compared only if their sentences share a name.
LEAD_SENTENCES = 2
NEWS_SENTENCES = 4
# Maximum number of figures with one key that are compared in pairs.
MAX_COMPARED = 40
# Maximum number of figures of a request that are compared, and of sentences that are parsed for them, by place in the
# request. 100 articles of 25 sentences have about 1,700 figures.
MAX_FIGURES = 3_000
MAX_PARSED = 500
# The parser does not accept longer sentences, and patterns would be slow.
MAX_CHARACTERS = 2_000
# A sentence is parsed if its figure has an event, or a third of the sentence's words, in common with another one, but
# at least LEAST_SHARED_WORDS; MOST_SHARED_WORDS are always enough.
LEAST_SHARED_WORDS = 2
MOST_SHARED_WORDS = 3
# Differences between smaller numbers of things are rarely of the same things: "two systems", "three systems".
MIN_COUNTED = 5
# The word for the event is within this distance of the number.
EVENT_CHARACTERS = 60
# The noun that a number counts is among this many words after it.
NEXT_WORDS = 3
NEXT_CHARACTERS = 40


class StatedFigures:
    """The figures that sentences state, read once for each sentence, and compared."""

    def __init__(self, sentences: Sequence[Sentence], languages: Sequence[str], trees: TreeCache) -> None:
        """`languages` has the language of each article; `trees` are those of the same sentences."""
        self._sentences = sentences
        self._languages = languages
        self._trees = trees
        self._quantities: dict[int, list[Quantity]] = {}
        self._ages: dict[int, list[Age]] = {}
        self._claims: dict[int, list[FigureClaim]] = {}

    def prepare(self, positions: Iterable[int]) -> None:
        """Parses, in one batch, those of the sentences that state a figure."""
        new = [position for position in positions if position not in self._claims]
        trees = self._trees.of(position for position in interruptible(new) if self.quantities(position))
        for position in interruptible(new):
            language_tag, found = self._language(position), self.quantities(position)
            stated = figure_claims(trees[position], found, language_tag, position) if position in trees else []
            self._claims[position] = [*stated, *self.ages(position)]

    def quantities(self, position: int, *, in_words: bool = True) -> list[Quantity]:
        """Returns the quantities in a sentence; none in a language without a parser."""
        if position not in self._quantities:
            language_tag, text = self._language(position), self._sentences[position].text
            is_read = supported(language_tag) and len(text) <= MAX_CHARACTERS
            self._quantities[position] = list(quantities(text, language_tag, in_words=in_words)) if is_read else []
        return self._quantities[position]

    def ages(self, position: int) -> Sequence[FigureClaim]:
        """Returns the claims about people's ages in a sentence, given by position.

        They need no tree, and are found faster than other quantities.
        """
        language_tag, text = self._language(position), self._sentences[position].text
        if position not in self._ages:
            is_read = supported(language_tag) and len(text) <= MAX_CHARACTERS and _DIGIT.search(text) is not None
            self._ages[position] = list(ages(text, language_tag)) if is_read else []
        return [age_claim(age, language_tag, position) for age in self._ages[position]]

    def claims(self, position: int) -> Sequence[FigureClaim]:
        """Returns the claims of the figures in a sentence, given by position, and those about ages.

        Parses the sentence if it was not prepared.
        """
        if position not in self._claims:
            self.prepare([position])
        return self._claims[position]

    def compare(self, one: int, other: int) -> Relation | None:
        """Returns whether two sentences give different figures for the same thing, equal ones, or none to compare.

        If they give both different and equal ones, they differ.
        """
        relations = {
            "equal" if agree(first.comparable_quantity, second.comparable_quantity) else "differ"
            for first in self.claims(one)
            for second in self.claims(other)
            if same_thing(first, second)
        }
        return "differ" if "differ" in relations else "equal" if relations else None

    def _language(self, position: int) -> str:
        return self._languages[self._sentences[position].article]


def same_thing(one: FigureClaim, other: FigureClaim) -> bool:
    """Whether two figures count the same thing within the same scope. FigureClaim says which fields must agree."""
    if one.key != other.key or one.bounds != other.bounds or one.limits != other.limits or not _same_people(one, other):
        return False
    for kind, mine in one.circumstances.items():
        others = other.circumstances.get(kind)
        if mine and others and mine.isdisjoint(others):
            return False
    elsewhere = one.places.isdisjoint(other.places | other.all_names) and other.places.isdisjoint(one.places | one.all_names)
    if one.places and other.places and elsewhere:
        return False
    if any(
        mine.names_of_part and mine.names_of_part.isdisjoint(others.all_names)
        for mine, others in ((one, other), (other, one))
    ):
        return False
    if one.needs_same_context:
        if bool(one.circumstances["months"]) != bool(other.circumstances["months"]):
            return False
        if not one.details <= (other.context | other.details) or not other.details <= (one.context | one.details):
            return False
        if any(role in other.actors and other.actors[role] != who for role, who in one.actors.items()):
            return False
        if not one.places <= other.all_names | other.places or not other.places <= one.all_names | one.places:
            return False
        if one.names and other.names and one.names.isdisjoint(other.names):
            return False
        shared, all_words = len(one.context & other.context), len(one.context | other.context)
        if one.quantity.kind == "pair":  # sentences about a vote or a match have few other words
            all_words = max(1, min(len(one.context), len(other.context)))
        if shared < MIN_CONTEXT_SHARE * all_words:
            return False
    low, high = sorted((one.comparable_quantity.value, other.comparable_quantity.value))
    if one.key == MAGNITUDE:
        return high - low <= MAX_MAGNITUDE_DIFFERENCE
    return high <= MAX_VALUE_RATIO * low


def _same_people(one: FigureClaim, other: FigureClaim) -> bool:
    """Whether two figures count the same people, or one more workers than the other has people."""
    if one.subgroup == other.subgroup:
        return True
    general, narrow = (one, other) if not one.subgroup else (other, one)
    return not general.subgroup and narrow.quantity.value >= general.quantity.value


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two values are equal within their precision: 2.1 million and 2,143,000, or "about 20" and 19."""
    if one.value == other.value and one.second == other.second:
        return True
    if one.kind in ("pair", "age"):
        return False
    small, large = sorted((one, other), key=lambda each: each.value)
    difference = (large.value - small.value) / large.value
    if (abs(one.value - other.value) < max(one.exact, other.exact) / 2 and large.value >= MIN_ROUNDED) or (
        one.kind != "count" and abs(one.value - other.value) <= max(one.exact, other.exact) / 2 and one.exact != other.exact
    ):
        return True
    is_rounded = max(one.exact, other.exact) > 1  # "3,920" and "3,865" are both exact
    if large.value >= MIN_ROUNDED and is_rounded and difference < MAX_ROUNDED_DIFFERENCE:
        return True
    allows = (
        {"about"} & {small.qualifier, large.qualifier}
        or small.qualifier == "more than"
        or (small.qualifier == "at least" and small.value >= MIN_ROUNDED)
        or large.qualifier in ("nearly", "less than", "at most")
    )
    return bool(allows and difference <= MAX_QUALIFIED_DIFFERENCE)


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two values can both be right: equal ones, and a bound that the other keeps, "at least 12" and 15.

    "At least 12" and "at least 15" differ: each is what a source has counted so far.
    """
    if agree(one, other):
        return True
    if one.kind in ("pair", "age"):
        return False
    small, large = sorted((one, other), key=lambda each: each.value)
    if small.qualifier == large.qualifier == "at least" and large.value < MIN_ROUNDED:
        return False
    return small.qualifier in _LOWER_BOUNDS or large.qualifier in _UPPER_BOUNDS


_LOWER_BOUNDS = frozenset({"at least", "more than"})
_UPPER_BOUNDS = frozenset({"at most", "less than"})


def find_differing_figures(cluster: Cluster, figures: StatedFigures) -> list[Figure]:
    """Returns the figures that articles state differently, each with the value of every article, equal ones side by side.

    Only quotable articles in languages with a parser are compared, and only figures that cannot both be right are reported:
    "at least 12" and 15 can, within the precision of the figures. `figures` are those of the cluster's sentences.
    """
    if sum(cluster.quotable(position) for position in range(len(cluster.articles))) < 2:
        return []
    numeric = _with_numbers(cluster)
    candidates = _candidates(cluster, figures, numeric)
    figures.prepare(candidates)
    # Other steps may have read more sentences, depending on the options: what differs must not depend on that.
    read = frozenset(candidates)
    by_key: dict[tuple[str, ...], list[FigureClaim]] = defaultdict(list)
    for position in interruptible(numeric):
        for claim in figures.claims(position) if position in read else figures.ages(position):
            by_key[claim.key].append(claim)
    return [figure for group in by_key.values() for figure in _figures(group[:MAX_COMPARED], cluster.sentences)]


def _with_numbers(cluster: Cluster) -> dict[int, bool]:
    """Positions of the sentences with a number, in a language with a parser; and whether one is in words."""
    languages = cluster.languages
    codes = [figure_words(language).code if supported(language) else None for language in languages]
    tokens = {token for words in cluster.words for token in words.tokens}
    numerals = {code: {token for token in tokens if is_numeral(token, code)} for code in set(codes) if code}
    found = {}
    for position, (sentence, words) in enumerate(interruptible(zip(cluster.sentences, cluster.words, strict=True))):
        if code := codes[sentence.article]:
            in_words = not numerals[code].isdisjoint(words.tokens)
            if in_words or _DIGIT.search(sentence.text):
                found[position] = in_words
    return found


_DIGIT = re.compile(r"\d")


class _Mention(NamedTuple):
    """A quantity in a sentence, and the stems of the sentence's words."""

    article: int
    position: int
    quantity: Quantity
    stems: frozenset[str]


def _candidates(cluster: Cluster, figures: StatedFigures, numeric: Mapping[int, bool]) -> list[int]:
    """Positions of the sentences with a figure that another article might give differently: only these are parsed.

    Another article has another value of the same kind with the same event, or with two words of the sentence in common, one
    of them right after the number.
    """
    by_key: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    languages = cluster.languages
    mentioned = 0
    for position, in_words in interruptible(numeric.items()):
        if mentioned > MAX_FIGURES:
            break
        sentence = cluster.sentences[position]
        words = figure_words(languages[sentence.article])
        stems = frozenset(cluster.words[position].content)
        has_event = not stems.isdisjoint(words.event_of) or words.magnitude_pattern.search(sentence.text) is not None
        for quantity in figures.quantities(position, in_words=in_words):
            mentioned += 1
            mention = _Mention(sentence.article, position, quantity, stems)
            keys = [(quantity.kind, "")]
            if quantity.kind == "count":
                events = _near_events(sentence.text, quantity, words) if has_event else ()
                keys = [*events, *((quantity.kind, stem) for stem in _next_stems(sentence.text, quantity, words))]
            for key in keys:
                if len(by_key[key]) < MAX_COMPARED:
                    by_key[key].append(mention)
    found: set[int] = set()
    for (kind, _), mentions in interruptible(by_key.items()):
        for one, other in combinations(mentions, 2):
            if one.article != other.article and {one.position, other.position} - found and _may_differ(one, other, kind):
                found |= {one.position, other.position}
    return sorted(found)[:MAX_PARSED]


def _may_differ(one: _Mention, other: _Mention, kind: str) -> bool:
    low, high = sorted((one.quantity.value, other.quantity.value))
    if high > MAX_VALUE_RATIO * low or compatible(one.quantity, other.quantity):
        return False
    if kind in ("event", "pair"):
        return True
    if kind == "count" and high < MIN_COUNTED:
        return False
    needed = min(MOST_SHARED_WORDS, max(LEAST_SHARED_WORDS, min(len(one.stems), len(other.stems)) // 3))
    return len(one.stems & other.stems) >= needed


def _near_events(text: str, quantity: Quantity, words: FigureWords) -> Iterator[tuple[str, str]]:
    """The events that words beside a number tell of."""
    near = text[max(0, quantity.start - EVENT_CHARACTERS) : quantity.stop + EVENT_CHARACTERS]
    stem = vocabulary(words.code).stem
    names = {event.name for match in _WORD.finditer(near) if (event := words.event_of.get(stem(match[0].lower())))}
    yield from (("event", name) for name in sorted(names))
    if any(words.word_is("magnitude", match[0].lower()) for match in _WORD.finditer(near)):
        yield "event", "magnitude"


def _next_stems(text: str, quantity: Quantity, words: FigureWords) -> Iterator[str]:
    """The stems of the words after a number, one of which it may count."""
    for match in islice(_WORD.finditer(text, quantity.stop, quantity.stop + NEXT_CHARACTERS), NEXT_WORDS):
        yield words.canonical_stem(match[0])


_WORD = re.compile(r"[^\W\d_]{2,}")


def _figures(group: Sequence[FigureClaim], sentences: Sequence[Sentence]) -> list[Figure]:
    """The figures in claims with one key."""
    figures = []
    given: dict[int, list[FigureClaim]] = defaultdict(list)
    for claim in group:
        given[sentences[claim.position].article].append(claim)
    left = list(group)
    while left:
        anchor = left[0]
        alike = [claim for claim in left if claim is anchor or _is_comparable(anchor, claim, sentences)]
        left = [claim for claim in left if all(claim is not each for each in alike)]
        if figure := _figure(_by_article(alike, sentences), given, sentences):
            figures.append(figure)
    return figures


def _is_comparable(one: FigureClaim, other: FigureClaim, sentences: Sequence[Sentence]) -> bool:
    """Whether two figures count the same thing, and one of them is about the news or both have a name."""
    is_news = min(sentences[one.position].index, sentences[other.position].index) < NEWS_SENTENCES
    return (is_news or one.needs_same_context or not one.all_names.isdisjoint(other.all_names)) and same_thing(one, other)


def _by_article(alike: Sequence[FigureClaim], sentences: Sequence[Sentence]) -> list[Sequence[FigureClaim]]:
    """The claims of each article, the one that counts first.

    An article that gives different figures itself is left out, unless one of them opens it and the others are far from it:
    these are often about other events.
    """
    by_article: dict[int, list[FigureClaim]] = defaultdict(list)
    for claim in alike:
        by_article[sentences[claim.position].article].append(claim)
    return [_exact(group) for group in by_article.values() if _is_clear(group, sentences)]


def _exact(group: Sequence[FigureClaim]) -> Sequence[FigureClaim]:
    """The figures of an article without bounds that its first one agrees with, if there are any: "more than 750", "779"."""
    bounds = _LOWER_BOUNDS | _UPPER_BOUNDS
    exact = (claim for claim in group if claim.quantity.qualifier not in bounds)
    return [claim for claim in exact if agree(group[0].comparable_quantity, claim.comparable_quantity)] or group


def _is_clear(group: Sequence[FigureClaim], sentences: Sequence[Sentence]) -> bool:
    first = group[0]
    others = [claim for claim in group if not agree(first.comparable_quantity, claim.comparable_quantity)]
    is_lead = first.key[0] == "event" and sentences[first.position].index < LEAD_SENTENCES
    return not others or (is_lead and min(claim.position for claim in others) > first.position + LEAD_SENTENCES)


def _figure(
    articles: Sequence[Sequence[FigureClaim]], given: Mapping[int, Sequence[FigureClaim]], sentences: Sequence[Sentence]
) -> Figure | None:
    """The figure, if no value of one article can be right together with one of another; else None.

    `given` are all figures of each article with the key of the figure. If an article gives the value of another article too,
    for any part or time, the two articles do not differ.
    """
    all_given = [given[sentences[group[0].position].article] for group in articles]
    if not any(
        _differ(one, other) and not _agree(one, all_other) and not _agree(all_one, other)
        for (one, all_one), (other, all_other) in combinations(zip(articles, all_given, strict=True), 2)
    ):
        return None
    chosen = [group[0] for group in articles]
    first_place: dict[tuple[float, float | None], int] = {}
    for place, claim in enumerate(chosen):
        first_place.setdefault((claim.comparable_quantity.value, claim.comparable_quantity.second), place)
    # Equal values beside each other, in the order of their first article.
    ordered = sorted(
        chosen, key=lambda claim: first_place[claim.comparable_quantity.value, claim.comparable_quantity.second]
    )
    # For a score or a vote: the number that differs.
    is_second = len({claim.quantity.value for claim in ordered}) == 1
    return Figure(ordered[0].about, tuple(_value(claim, sentences[claim.position], is_second) for claim in ordered))


def _differ(one: Sequence[FigureClaim], other: Sequence[FigureClaim]) -> bool:
    return not any(compatible(first.comparable_quantity, second.comparable_quantity) for first in one for second in other)


def _agree(one: Sequence[FigureClaim], other: Sequence[FigureClaim]) -> bool:
    return any(agree(first.comparable_quantity, second.comparable_quantity) for first in one for second in other)


def _value(claim: FigureClaim, sentence: Sentence, is_second: bool) -> FigureValue:
    quantity = claim.quantity
    return FigureValue(
        value=quantity.second if is_second and quantity.second is not None else quantity.value,
        text=sentence.text[quantity.start : quantity.end],
        qualifier=quantity.qualifier,
        unit=claim.unit,
        article=sentence.article,
        index=sentence.index,
        start=sentence.start + quantity.start,
        end=sentence.start + quantity.end,
    )
