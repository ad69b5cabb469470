"""Finds the most salient direct quotations of a cluster, with their speakers and the same words in other stories."""

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from nutgraf.summarizer.findings.direct_speech import Quotation, direct_quotations, words_of
from nutgraf.summarizer.findings.full_names import FullNames
from nutgraf.summarizer.findings.given_names import GivenNames
from nutgraf.summarizer.findings.self_contained import needs_context, opens_with_reference
from nutgraf.summarizer.findings.speakers import Speakers, positions_around
from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import CorroboratingSentence, Quote
from nutgraf.summarizer.reading.cluster import Cluster

# A quotation with this many words keeps its score; that of any other is multiplied by OTHER_LENGTH.
BEST_WORDS = range(8, 36)
OTHER_LENGTH = 0.6
# The factor for one that opens with a reference to earlier text ("But they …"). It is left out unless its tree shows that it
# can be understood alone.
REFERENCE_FACTOR = 0.4
# How many more quotations than requested are examined, because those with a speaker are preferred.
SPARE = 6
# Two quotations are the same if they share this part of the bigrams of the one with fewer.
MIN_SHARED_WORDS = 0.75
# A bigram in more quotations than this is too common to show a copy.
MAX_QUOTATIONS_OF_A_PAIR = 50
DECIMALS = 6


def find_quotes(
    cluster: Cluster, scores: Sequence[float], trees: TreeCache, count: int, barred: Set[int] = frozenset()
) -> list[Quote]:
    """Returns up to `count` complete quotations, those with a speaker first, then the most salient, without repetitions.

    Quotations that a reader does not understand alone, and those that end with a question, are left out.

    `scores` are those of the cluster's sentences. Quotations in sentences at the positions in `barred` are left out.
    """
    if not count:
        return []
    found = direct_quotations(cluster)
    complete = [number for number, each in enumerate(found) if each.complete and barred.isdisjoint((each.first, each.last))]
    complete = [number for number in complete if not _text(found[number], cluster).endswith("?")]
    worth = {number: _worth(found[number], cluster, scores) for number in complete}
    ranked = sorted(complete, key=lambda number: (-worth[number], number))
    alike = _Alike(found, cluster)
    different: list[int] = []
    for number in interruptible(ranked):
        if len(different) == count + SPARE:
            break
        if not any(alike.similarity(number, other) for other in different):
            different.append(number)
    parsed = trees.of({position for number in different for position in positions_around(found, number)})
    names = FullNames(cluster.sentences, cluster.languages, parsed)
    full_name = GivenNames(cluster, names.full).full
    speakers = Speakers(found, cluster.sentences, cluster.languages, trees, full_name)
    named = [
        (number, speakers.of(number))
        for number in interruptible(different)
        if not _needs_context(found[number], cluster, parsed)
    ]
    named.sort(key=lambda pair: (pair[1] is None, -worth[pair[0]], pair[0]))
    return [_quote(found, number, speaker, cluster, alike) for number, speaker in named[:count]]


def _text(quotation: Quotation, cluster: Cluster) -> str:
    return cluster.articles[quotation.article].article.text[quotation.start : quotation.end]


def _worth(quotation: Quotation, cluster: Cluster, scores: Sequence[float]) -> float:
    text = _text(quotation, cluster)
    length = 1.0 if len(text.split()) in BEST_WORDS else OTHER_LENGTH
    language = cluster.languages[quotation.article]
    length *= REFERENCE_FACTOR if opens_with_reference(text, language) else 1
    return length * max(scores[position] for position in range(quotation.first, quotation.last + 1))


def _needs_context(quotation: Quotation, cluster: Cluster, trees: Mapping[int, Tree]) -> bool:
    language = cluster.languages[quotation.article]
    if quotation.first not in trees:
        return opens_with_reference(_text(quotation, cluster), language)
    return needs_context(quotation, cluster.sentences[quotation.first], trees[quotation.first], language)


def _quote(found: Sequence[Quotation], number: int, speaker: str | None, cluster: Cluster, alike: "_Alike") -> Quote:
    quotation = found[number]
    best: dict[int, CorroboratingSentence] = {}
    for other in alike.candidates(number):
        match = found[other]
        similarity = alike.similarity(number, other)
        if match.article != quotation.article and similarity > best.get(match.article, _NONE).similarity:
            index = cluster.sentences[match.first].index
            best[match.article] = CorroboratingSentence(match.article, index, similarity, alike.differ(number, other))
    return Quote(
        text=_text(quotation, cluster),
        speaker=speaker,
        article=quotation.article,
        index=cluster.sentences[quotation.first].index,
        start=quotation.start,
        end=quotation.end,
        also_in=tuple(sorted(best.values(), key=lambda match: (-match.similarity, match.article))),
    )


_NONE = CorroboratingSentence(-1, -1, 0.0)


class _Alike:
    """Which of the quotations of a request are the same words."""

    def __init__(self, found: Sequence[Quotation], cluster: Cluster) -> None:
        texts = [cluster.articles[each.article].article.text for each in found]
        self._words = [words_of(text[each.start : each.end]) for text, each in zip(texts, found, strict=True)]
        self._pairs = [frozenset(pairwise(words)) for words in self._words]
        self._numbers: dict[tuple[str, str], list[int]] = {}
        for number, pairs in enumerate(interruptible(self._pairs)):
            for pair in pairs:
                self._numbers.setdefault(pair, []).append(number)

    def candidates(self, number: int) -> list[int]:
        """Other quotations that have two words in a row in common, in order."""
        shared = (self._numbers[pair] for pair in self._pairs[number])
        return sorted(
            {other for numbers in shared if len(numbers) <= MAX_QUOTATIONS_OF_A_PAIR for other in numbers} - {number}
        )

    def similarity(self, one: int, other: int) -> float:
        """The share of pairs of words that two quotations have in common, of those of both; 0 if they are not the same."""
        mine, others = self._pairs[one], self._pairs[other]
        shared = len(mine & others)
        if not shared or shared < MIN_SHARED_WORDS * min(len(mine), len(others)):
            return 0.0
        return round(2 * shared / (len(mine) + len(others)), DECIMALS)

    def differ(self, one: int, other: int) -> bool:
        """Whether the words differ, beyond that one quotation has more of them before or after."""
        shorter, longer = sorted((" ".join(self._words[one]), " ".join(self._words[other])), key=len)
        return f" {shorter} " not in f" {longer} "
