"""Finds the most salient direct quotations of a cluster.

Each has its speaker, if one is found, and the other articles that have the same quotation.
"""

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from nutgraf.summarizer.findings.names.full_names import FullNames
from nutgraf.summarizer.findings.names.given_names import GivenNames
from nutgraf.summarizer.findings.quotations.direct_speech import Quotation, direct_quotations, words_of
from nutgraf.summarizer.findings.quotations.self_contained import needs_context, opens_with_reference
from nutgraf.summarizer.findings.quotations.speakers import Speakers, positions_to_parse
from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import CorroboratingSentence, Quote
from nutgraf.summarizer.reading.cluster import Cluster

# A quotation with one of these numbers of words keeps its score; that of any other is multiplied by BAD_LENGTH_FACTOR.
GOOD_WORD_COUNTS = range(8, 36)
BAD_LENGTH_FACTOR = 0.6
# The score of a quotation that opens with a reference to earlier text ("But they …") is multiplied by this. Such a quotation
# is left out unless its parse tree shows that it can be understood alone.
REFERENCE_FACTOR = 0.4
# How many more quotations than requested are examined, because those with a speaker are preferred.
EXTRA_EXAMINED = 6
# Two quotations are copies if they share this part of the word bigrams of the one with fewer.
MIN_SHARED_BIGRAMS = 0.75
# A bigram in more quotations than this is too common to show a copy.
MAX_QUOTATIONS_PER_BIGRAM = 50
DECIMALS = 6


def find_quotes(
    cluster: Cluster, scores: Sequence[float], trees: TreeCache, count: int, barred: Set[int] = frozenset()
) -> list[Quote]:
    """Returns up to `count` quotations that are whole statements: those with a speaker first, then the most salient.

    Repetitions, quotations that a reader does not understand alone, and those that end with a question are left out.

    `scores` are those of the cluster's sentences. Quotations that have a sentence at a position in `barred` are left out.
    """
    if not count:
        return []
    found = direct_quotations(cluster)
    complete = [index for index, each in enumerate(found) if each.complete]
    complete = [index for index in complete if barred.isdisjoint(range(found[index].first, found[index].last + 1))]
    complete = [index for index in complete if not _text(found[index], cluster).endswith("?")]
    score_of = {index: _score(found[index], cluster, scores) for index in complete}
    ranked = sorted(complete, key=lambda index: (-score_of[index], index))
    copies = _Copies(found, cluster)
    distinct: list[int] = []
    for index in interruptible(ranked):
        if len(distinct) == count + EXTRA_EXAMINED:
            break
        if not any(copies.similarity(index, other_index) for other_index in distinct):
            distinct.append(index)
    parsed = trees.of({position for index in distinct for position in positions_to_parse(found, index)})
    names = FullNames(cluster.sentences, cluster.languages, parsed)
    full_name = GivenNames(cluster, names.full).full
    speakers = Speakers(found, cluster.sentences, cluster.languages, trees, full_name)
    with_speakers = [
        (index, speakers.of(index)) for index in interruptible(distinct) if not _needs_context(found[index], cluster, parsed)
    ]
    with_speakers.sort(key=lambda pair: (pair[1] is None, -score_of[pair[0]], pair[0]))
    return [_quote(found, index, speaker, cluster, copies) for index, speaker in with_speakers[:count]]


def _text(quotation: Quotation, cluster: Cluster) -> str:
    return cluster.articles[quotation.article].article.text[quotation.start : quotation.end]


def _score(quotation: Quotation, cluster: Cluster, scores: Sequence[float]) -> float:
    text = _text(quotation, cluster)
    factor = 1.0 if len(text.split()) in GOOD_WORD_COUNTS else BAD_LENGTH_FACTOR
    language = cluster.languages[quotation.article]
    factor *= REFERENCE_FACTOR if opens_with_reference(text, language) else 1
    return factor * max(scores[position] for position in range(quotation.first, quotation.last + 1))


def _needs_context(quotation: Quotation, cluster: Cluster, trees: Mapping[int, Tree]) -> bool:
    language = cluster.languages[quotation.article]
    if quotation.first not in trees:
        return opens_with_reference(_text(quotation, cluster), language)
    return needs_context(quotation, cluster.sentences[quotation.first], trees[quotation.first], language)


def _quote(found: Sequence[Quotation], index: int, speaker: str | None, cluster: Cluster, copies: "_Copies") -> Quote:
    quotation = found[index]
    best: dict[int, CorroboratingSentence] = {}
    for other_index in copies.candidates(index):
        match = found[other_index]
        similarity = copies.similarity(index, other_index)
        if match.article != quotation.article and similarity > best.get(match.article, _NO_MATCH).similarity:
            best[match.article] = CorroboratingSentence(
                match.article, cluster.sentences[match.first].index, similarity, copies.differ(index, other_index)
            )
    return Quote(
        text=_text(quotation, cluster),
        speaker=speaker,
        article=quotation.article,
        index=cluster.sentences[quotation.first].index,
        start=quotation.start,
        end=quotation.end,
        also_in=tuple(sorted(best.values(), key=lambda match: (-match.similarity, match.article))),
    )


_NO_MATCH = CorroboratingSentence(-1, -1, 0.0)


class _Copies:
    """Finds which quotations of a request are copies of each other."""

    def __init__(self, found: Sequence[Quotation], cluster: Cluster) -> None:
        texts = [cluster.articles[each.article].article.text for each in found]
        self._words = [words_of(text[each.start : each.end]) for text, each in zip(texts, found, strict=True)]
        self._bigrams = [frozenset(pairwise(words)) for words in self._words]
        self._indices_by_bigram: dict[tuple[str, str], list[int]] = {}
        for index, bigrams in enumerate(interruptible(self._bigrams)):
            for bigram in bigrams:
                self._indices_by_bigram.setdefault(bigram, []).append(index)

    def candidates(self, index: int) -> list[int]:
        """The indices of other quotations that share a bigram which is not too common, in order."""
        shared = (self._indices_by_bigram[bigram] for bigram in self._bigrams[index])
        return sorted(
            {other_index for indices in shared if len(indices) <= MAX_QUOTATIONS_PER_BIGRAM for other_index in indices}
            - {index}
        )

    def similarity(self, index: int, other_index: int) -> float:
        """Similarity of the word bigrams of two quotations (Dice coefficient), 0..1; 0 if they are not copies."""
        mine, others = self._bigrams[index], self._bigrams[other_index]
        shared = len(mine & others)
        if not shared or shared < MIN_SHARED_BIGRAMS * min(len(mine), len(others)):
            return 0.0
        return round(2 * shared / (len(mine) + len(others)), DECIMALS)

    def differ(self, index: int, other_index: int) -> bool:
        """Whether neither quotation contains the words of the other as one run."""
        shorter, longer = sorted((" ".join(self._words[index]), " ".join(self._words[other_index])), key=len)
        return f" {shorter} " not in f" {longer} "
