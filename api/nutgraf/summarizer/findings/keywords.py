"""Sentences with their scores -> key terms: the names and noun phrases that the stories are about.

The words with the most salient sentences make a shortlist. A few sentences that have most of them are parsed; their names
and noun phrases are the candidates. A candidate weighs as much as the scores of all sentences that mention it, and as it is
rare in its language.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from nutgraf.summarizer.findings.background import Background, background
from nutgraf.summarizer.findings.mentions import Mentions
from nutgraf.summarizer.findings.name_words import agencies
from nutgraf.summarizer.findings.term_candidates import Candidate, find_candidates, has_rare_end, written
from nutgraf.summarizer.grammar import SentenceTrees
from nutgraf.summarizer.models import CleanArticle, Keyword, Sentence
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords, vocabulary

DECIMALS = 6
# All weights below were chosen with `python -m bench keywords` on French news, and by eye in the other languages; the result
# hardly changes with any of them.
# Shortlisted words, and words whose rarity is looked up, for each term that is wanted.
SHORTLIST_FACTOR = 3
WEIGHED_FACTOR = 12
# Words in the parsed sentences, at most; each takes 0.027 ms. Another sentence costs like so many words more.
MAX_PARSED_WORDS = 100
SENTENCE_COST = 10
# What a shortlisted word is still worth to further sentences when one has it.
REPEATED_WORTH = 0.3
# What the worst sentence is worth beside the best, if both have the same words.
LOWEST_WORTH = 0.3
# Words as frequent as this in their language are no terms; those as rare are worth most (see Background).
FREQUENT = 6.5
RARE = 3.0
# A noun by itself is a term if so many sentences of a long request have it, by the frequency below which it is in its
# language; fewer in a shorter one, and one less for a noun of a lede.
ALONE_MENTIONS = ((3.4, 2), (4.0, 3), (4.6, 4), (4.9, 6), (9.9, 9))
MIN_ALONE_MENTIONS = 2
LONG_REQUEST = 40
LEDE_SENTENCES = 2
# Of phrases that one sentence mentions, those are terms that are rarer than this, or that a lede has.
ONCE_FREQUENCY = 4.2
# A common noun or phrase is no term if it weighs less than this share of the first term.
MIN_SHARE = 0.15
# A noun gives way to a longer phrase with it that has so many mentions, and this share of the noun's.
LONGER_MENTIONS = 2
LONGER_SHARE = 0.5
# Terms on thin evidence fill a list up to this length.
SHORT_LIST = 3
# Each further word makes a phrase this much rarer than its rarest word.
RARER_BY_WORD = 0.5
# Famous names are frequent, and still worth naming.
MAX_NAME_FREQUENCY = 4.0
# A mention in a headline counts like so many mentions in the best sentence.
TITLE_WEIGHT = 1.0
# A phrase with one mention is often made up on the spot, most of all one with an adjective: "odd concern".
ONCE_WEIGHT = 0.6
DESCRIBED_ONCE_WEIGHT = 0.25


def key_terms(
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    trees: SentenceTrees,
    count: int,
) -> list[Keyword]:
    """Returns up to `count` key terms with the highest weights, relative to the first term, which has score 1.

    `words`, `scores` and `trees` are by sentence. Ties are resolved by the first mention.
    """
    if not count or not len(terms.ids):
        return []
    languages = [article.language for article in articles]
    mentions = Mentions(sentences, words, terms)
    read = _sentences_to_read(languages, words, terms, scores, count)
    candidates = find_candidates(read, sentences, languages, words, trees.of(read), mentions)
    weigh = _Weigher(articles, sentences, scores, mentions)
    weights = _longer([(weigh(each), each) for each in candidates])
    weighed = sorted(weights, key=lambda pair: (-pair[0], min(pair[1].sentences)))
    chosen = _different(weighed, mentions, count)
    return [
        Keyword(
            written(candidate, mentions),
            round(weight / chosen[0][0], DECIMALS),
            "name" if candidate.is_name else "term",
        )
        for weight, candidate in chosen
    ]


def _sentences_to_read(
    languages: Sequence[str], words: Sequence[SentenceWords], terms: Terms, scores: Sequence[float], count: int
) -> list[int]:
    """Positions of the sentences that have most of the shortlisted words in few words of their own."""
    width, ratings = len(terms.numbers), np.array(scores)
    sentence_of, term_of = np.divmod(np.unique(terms.sentence[terms.content] * width + terms.ids[terms.content]), width)
    salience = np.round(np.bincount(term_of, ratings[sentence_of], width), DECIMALS)
    heaviest = np.argsort(-salience, kind="stable")[: WEIGHED_FACTOR * count]
    names = list(terms.numbers)
    tables = [table for tag in dict.fromkeys(languages) if (table := background(tag))]
    weights = np.array([salience[number] * _lowest_rarity(names[number], tables) for number in heaviest.tolist()])
    best = np.argsort(-np.round(weights, DECIMALS), kind="stable")[: SHORTLIST_FACTOR * count]
    column_of = np.full(width, -1)
    column_of[heaviest[best]] = np.arange(len(best))
    is_listed = column_of[term_of] >= 0
    has = np.zeros((len(words), len(best)))
    has[sentence_of[is_listed], column_of[term_of[is_listed]]] = 1
    costs = np.array([SENTENCE_COST + len(sentence_words.tokens) for sentence_words in words])
    worth, left = weights[best], MAX_PARSED_WORDS
    read: list[int] = []
    while left > 0:
        gains = np.round((has @ worth) * (LOWEST_WORTH + ratings) / costs, DECIMALS)
        gains[read] = 0
        position = int(np.argmax(gains))
        if gains[position] <= 0:
            break
        read.append(position)
        left -= int(costs[position])
        worth = np.where(has[position] > 0, worth * REPEATED_WORTH, worth)
    return sorted(read)


def _lowest_rarity(stem: str, tables: Iterable[Background]) -> float:
    return min((_rarity(table.frequency(stem)) for table in tables), default=1.0)


def _rarity(frequency: float) -> float:
    return min(1.0, max(0.0, (FREQUENT - frequency) / (FREQUENT - RARE)))


class _Weigher:
    """The weight of a candidate: how salient its sentences are, over how many stories they spread, how rare it is."""

    def __init__(
        self, articles: Sequence[CleanArticle], sentences: Sequence[Sentence], scores: Sequence[float], mentions: Mentions
    ) -> None:
        self._sentences, self._scores, self._mentions = sentences, scores, mentions
        self._titles = [_spaced(mentions.numbers(article.headline or "", article.language)) for article in articles]

    def __call__(self, candidate: Candidate) -> float:
        by_article: dict[int, float] = defaultdict(float)
        for position in sorted(candidate.sentences):
            by_article[self._sentences[position].article] += self._scores[position]
        times = len(candidate.sentences)
        for key in (candidate.key, *candidate.absorbed):
            for article in by_article:
                if _spaced(key) in self._titles[article]:
                    by_article[article] += TITLE_WEIGHT
                    times += 1
        # The logarithm makes mentions in several stories worth more than as many in one.
        salience = float(np.log1p(np.array(sorted(by_article.values()))).sum())
        if times < 2 and not candidate.is_name:
            salience *= DESCRIBED_ONCE_WEIGHT if candidate.described else ONCE_WEIGHT
        return round(salience * self._rarity(candidate, times), DECIMALS)

    def _rarity(self, candidate: Candidate, times: int) -> float:
        table, stop_words = background(candidate.language), vocabulary(candidate.language).stop_words
        stems = [word for number in candidate.key if (word := self._mentions.words[number]) not in stop_words]
        if not stems:
            return 0.0
        if table is None:  # what many sentences mention is frequent
            return float(np.log1p(self._mentions.terms.sentences / len(candidate.sentences)))
        frequency = min(map(table.frequency, stems)) - RARER_BY_WORD * (len(stems) - 1)
        if candidate.is_name:
            return _rarity(min(frequency, MAX_NAME_FREQUENCY))
        candidate.is_doubtful = self._is_doubtful(candidate, frequency, times)
        return _rarity(frequency)

    def _is_doubtful(self, candidate: Candidate, frequency: float, times: int) -> bool:
        """Whether too few sentences mention a noun or phrase for one that is as frequent in its language."""
        in_lede = any(self._sentences[position].index < LEDE_SENTENCES for position in candidate.sentences)
        if len(candidate.key) > 1:
            says_little = candidate.general > 0 or (not in_lede and (candidate.described > 0 or frequency >= ONCE_FREQUENCY))
            return times < 2 and says_little
        wanted = next(mentions for below, mentions in ALONE_MENTIONS if frequency < below) - in_lede
        return times < max(MIN_ALONE_MENTIONS, round(wanted * min(1.0, len(self._sentences) / LONG_REQUEST)))


def _spaced(numbers: Iterable[int]) -> str:
    return f" {' '.join(map(str, numbers))} "


def _longer(weighed: Sequence[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The candidates without nouns by themselves that a phrase stands for: "overhaul" if there is "tax overhaul".

    The phrase takes the weight of the noun.
    """
    alone = {each.key[0]: (weight, each) for weight, each in weighed if len(each.key) == 1 and not each.is_name}
    phrase_of: dict[int, Candidate] = {}
    for _, phrase in weighed:
        mentions = len(phrase.sentences)
        if len(phrase.key) == 1 or phrase.is_name or mentions < LONGER_MENTIONS:
            continue
        for number in alone.keys() & set(phrase.key):
            other = phrase_of.get(number)
            is_best = other is None or mentions > len(other.sentences)
            if is_best and mentions >= LONGER_SHARE * len(alone[number][1].sentences):
                phrase_of[number] = phrase
    gained: dict[tuple[int, ...], float] = {}
    for number, phrase in phrase_of.items():
        gained[phrase.key] = max(gained.get(phrase.key, 0.0), alone[number][0])
    dropped = {alone[number][1].key for number in phrase_of}
    return [(max(weight, gained.get(each.key, 0.0)), each) for weight, each in weighed if each.key not in dropped]


def _different(weighed: Sequence[tuple[float, Candidate]], mentions: Mentions, count: int) -> list[tuple[float, Candidate]]:
    """The first candidates, best first, without agencies, and without those that contain another or are part of one.

    A name may contain another, but not end in it: "Port Alder Transport Agency" and "Port Alder" are two.
    """
    keys = {candidate.key for _, candidate in weighed}
    least = MIN_SHARE * max((weight for weight, _ in weighed), default=0)
    chosen: list[tuple[float, Candidate]] = []
    for weight, candidate in sorted(weighed, key=lambda pair: pair[1].is_doubtful):
        if weight <= 0 or (weight < least and not candidate.is_name):
            continue
        if len(chosen) >= (min(count, SHORT_LIST) if candidate.is_doubtful else count):
            break
        if any(_overlap(candidate, other) for _, other in chosen):
            continue
        if candidate.is_name and agencies().fullmatch(candidate.text):
            continue
        before = None if candidate.is_name else mentions.always_after(candidate.key)
        if before is not None and (before, *candidate.key) in keys:
            continue  # the end of a longer phrase
        chosen.append((weight, candidate))
    return sorted(chosen, key=lambda pair: -pair[0])


def _overlap(one: Candidate, other: Candidate) -> bool:
    if one.is_name and other.is_name:
        shorter, longer = sorted((one, other), key=lambda each: len(each.key))
        is_end = longer.key[-len(shorter.key) :] == shorter.key
        is_person = len(shorter.key) == 2 and shorter.key[0] == longer.key[0] and shorter.key[-1] == longer.key[-1]
        # "Prefeitura" may be short for "Prefeitura de São Paulo", and "Ada" for "Ada Marsh".
        is_head = longer.key[: len(shorter.key)] == shorter.key
        return (
            is_end
            or is_person
            or (is_head and (longer.text.removeprefix(shorter.text)[1:2].islower() or has_rare_end(longer)))
        )
    words = set(one.key)
    return any(words <= set(key) or words >= set(key) for key in (other.key, *other.absorbed))
