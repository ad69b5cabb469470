"""Articles -> figures that differ: 17 killed in one article, 19 in another.

A figure is compared with another only if both count the same thing within the same bounds (claims.py). If that is uncertain,
nothing is reported, because a false alarm costs more than a miss; so the list is not complete.

For other steps: `StatedFigures(sentences, languages, trees).compare(one, other)` tells of two positions in `sentences` whether
they give different figures for the same thing ("differ"), equal ones ("equal"), or none that can be compared (None). A sentence
is parsed when it is first asked for; `prepare(positions)` parses many at once, which is several times faster.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from nutgraf.summarizer.findings.claims import Claim, age_claim, claims
from nutgraf.summarizer.findings.figure_words import figure_words
from nutgraf.summarizer.findings.quantities import Age, Quantity, ages, is_numeral, quantities
from nutgraf.summarizer.grammar import SentenceTrees, supported
from nutgraf.summarizer.models import Figure, FigureValue, Sentence
from nutgraf.summarizer.reading.cluster import Cluster

Relation = Literal["differ", "equal"]

# Maximum ratio of two figures: a toll of 10,000 and one of 13 are not about the same event.
MAX_VALUE_RATIO = 4
# The least share of their words that two clauses have in common if they say the same of a noun, an amount or a percentage.
MIN_CONTEXT_SHARE = 0.5
# Figures this close agree if one of them has a qualifier that allows it: "about 20" and 18, "more than 40,000" and 42,000.
MAX_QUALIFIED_DIFFERENCE = 0.12
# From this value on, articles round: a difference below this share of the larger value is not reported.
MIN_ROUNDED = 1_000
MAX_ROUNDED_DIFFERENCE = 0.025
# Maximum number of claims with one key that are compared in pairs.
MAX_COMPARED = 100


class StatedFigures:
    """The figures that sentences state, read once for each sentence, and compared."""

    def __init__(self, sentences: Sequence[Sentence], languages: Sequence[str], trees: SentenceTrees) -> None:
        """`languages` has the language of each article; `trees` are those of the same sentences."""
        self._sentences = sentences
        self._languages = languages
        self._trees = trees
        self._quantities: dict[int, tuple[list[Quantity], list[Age]]] = {}
        self._claims: dict[int, list[Claim]] = {}

    def prepare(self, positions: Iterable[int]) -> None:
        """Parses, in one batch, those of the sentences that state a figure."""
        new = [position for position in positions if position not in self._claims]
        trees = self._trees.of(position for position in new if self.quantities(position)[0])
        for position in new:
            tag, (found, persons) = self._language(position), self.quantities(position)
            stated = claims(trees[position], found, tag, position) if position in trees else []
            self._claims[position] = stated + [age_claim(age, tag, position) for age in persons]

    def quantities(self, position: int) -> tuple[list[Quantity], list[Age]]:
        """Returns the quantities and the ages in a sentence; none in a language without a parser."""
        if position not in self._quantities:
            tag, text = self._language(position), self._sentences[position].text
            found: tuple[list[Quantity], list[Age]] = ([], [])
            if supported(tag):
                found = list(quantities(text, tag)), list(ages(text, tag))
            self._quantities[position] = found
        return self._quantities[position]

    def claims(self, position: int) -> Sequence[Claim]:
        """Returns what the figures of a sentence claim."""
        if position not in self._claims:
            self.prepare([position])
        return self._claims[position]

    def compare(self, one: int, other: int) -> Relation | None:
        """Returns whether two sentences give different figures for the same thing, equal ones, or none to compare.

        If they do both, they differ.
        """
        relations = {
            "equal" if agree(first.quantity, second.quantity) else "differ"
            for first in self.claims(one)
            for second in self.claims(other)
            if same_thing(first, second)
        }
        return "differ" if "differ" in relations else "equal" if relations else None

    def _language(self, position: int) -> str:
        return self._languages[self._sentences[position].article]


def same_thing(one: Claim, other: Claim) -> bool:
    """Whether two figures count the same thing within the same bounds."""
    if one.key != other.key or one.bounds != other.bounds:
        return False
    for mine, others in ((one.places, other.places), (one.days, other.days)):
        if mine and others and mine.isdisjoint(others):
            return False
    if one.loose:
        if one.names and other.names and one.names.isdisjoint(other.names):
            return False
        shared = len(one.context & other.context)
        if shared < MIN_CONTEXT_SHARE * len(one.context | other.context):
            return False
    low, high = sorted((one.quantity.value, other.quantity.value))
    return high <= MAX_VALUE_RATIO * low


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
    if large.value >= MIN_ROUNDED and difference < MAX_ROUNDED_DIFFERENCE:
        return True
    allows = (
        {"about"} & {small.qualifier, large.qualifier}
        or small.qualifier == "more than"
        or (small.qualifier == "at least" and small.value >= MIN_ROUNDED)
        or large.qualifier in ("nearly", "less than", "at most")
    )
    return bool(allows and difference <= MAX_QUALIFIED_DIFFERENCE)


def find_differing_figures(cluster: Cluster, trees: SentenceTrees) -> list[Figure]:
    """Returns the figures that articles state differently, each with the value of every article, equal ones side by side.

    Only quotable articles in languages with a parser are compared, and only differences beyond the precision of the figures
    are reported.
    """
    if sum(cluster.quotable(position) for position in range(len(cluster.articles))) < 2:
        return []
    figures = StatedFigures(cluster.sentences, cluster.languages, trees)
    candidates = _candidates(cluster, figures)
    figures.prepare(candidates)
    by_key: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for position in candidates:
        for claim in figures.claims(position):
            by_key[claim.key].append(claim)
    return [figure for group in by_key.values() for figure in _figures(group[:MAX_COMPARED], cluster.sentences)]


def _candidates(cluster: Cluster, figures: StatedFigures) -> list[int]:
    """Positions of sentences with a figure that another article might give differently."""
    found = []
    for position, (sentence, words) in enumerate(zip(cluster.sentences, cluster.words, strict=True)):
        code = figure_words(cluster.languages[sentence.article]).code
        if any(map(str.isdigit, sentence.text)) or any(is_numeral(token.lower(), code) for token in words.tokens):
            found.append(position)
    return found


def _figures(group: Sequence[Claim], sentences: Sequence[Sentence]) -> list[Figure]:
    """The figures in claims with one key."""
    figures = []
    left = list(group)
    while left:
        anchor = left[0]
        alike = [claim for claim in left if claim is anchor or same_thing(anchor, claim)]
        left = [claim for claim in left if all(claim is not each for each in alike)]
        chosen = _one_for_each_article(alike, sentences)
        if figure := _figure(chosen, sentences):
            figures.append(figure)
    return figures


def _one_for_each_article(alike: Sequence[Claim], sentences: Sequence[Sentence]) -> list[Claim]:
    """The claim of each article; none of an article that gives different figures itself."""
    by_article: dict[int, list[Claim]] = defaultdict(list)
    for claim in alike:
        by_article[sentences[claim.position].article].append(claim)
    return [
        group[0] for group in by_article.values() if all(agree(group[0].quantity, other.quantity) for other in group[1:])
    ]


def _figure(chosen: Sequence[Claim], sentences: Sequence[Sentence]) -> Figure | None:
    """The figure, if at least two articles differ by more than the precision of their numbers; else None."""
    if not any(not agree(one.quantity, other.quantity) for one in chosen for other in chosen):
        return None
    ordered: list[Claim] = []
    for claim in chosen:  # equal values beside each other, in the order of their first article
        place = next(
            (i + 1 for i in range(len(ordered) - 1, -1, -1) if ordered[i].quantity.value == claim.quantity.value),
            len(ordered),
        )
        ordered.insert(place, claim)
    return Figure(ordered[0].about, tuple(_value(claim, sentences[claim.position]) for claim in ordered))


def _value(claim: Claim, sentence: Sentence) -> FigureValue:
    quantity = claim.quantity
    return FigureValue(
        value=quantity.value,
        text=sentence.text[quantity.start : quantity.end],
        qualifier=quantity.qualifier,
        unit=claim.unit,
        article=sentence.article,
        index=sentence.index,
        start=sentence.start + quantity.start,
        end=sentence.start + quantity.end,
    )
