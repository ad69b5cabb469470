"""Sentences with their scores -> key terms: the names and noun phrases that the stories are about.

The words with the most salient sentences make a shortlist. A few sentences that have most of them are parsed; their names
and noun phrases are the candidates. A candidate weighs as much as the scores of all sentences that mention it, and as it is
rare in its language.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.summarizer.checkpoint import checked, checkpoint
from nutgraf.summarizer.findings.candidate import Candidate, has_rare_end
from nutgraf.summarizer.findings.mentions import Key, Mentions
from nutgraf.summarizer.findings.name_words import agencies, media
from nutgraf.summarizer.findings.term_candidates import find_candidates, written
from nutgraf.summarizer.findings.word_frequencies import WordFrequencies, word_frequencies
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.languages.language import language, per_language
from nutgraf.summarizer.models import CleanArticle, Keyword, Sentence
from nutgraf.summarizer.reading.terms import Terms, distinct
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
# Words as frequent as this in their language are no terms; those as rare are worth most (see WordFrequencies).
FREQUENT = 6.5
RARE = 3.0
# A noun by itself is a term if so many sentences of a long request have it, by the frequency below which it is in its
# language; fewer in a shorter one, and one less for a noun of a lede.
ALONE_MENTIONS = ((3.4, 2), (4.0, 3), (4.6, 4), (4.9, 6), (9.9, 9))
MIN_ALONE_MENTIONS = 2
LONG_REQUEST = 40
# A noun as frequent as this is a term alone only if stories are filed under it (`subjects` of its language).
FREQUENT_ALONE = 4.2
SUBJECT_MENTIONS = 3
# A phrase of general nouns is a term in a headline, or with this share of the sentences; a noun for people by what they do
# with that one.
GENERAL_SHARE = 0.3
ROLE_SHARE = 0.4
# A frequent noun is a term, too, if it is in a headline and in this share of the sentences.
HEADLINE_SHARE = 0.25
# The same for a name in a lede, and elsewhere.
NAME_MENTIONS = 3
NAME_MENTIONS_OUTSIDE = 6
# A place as frequent as this that is mentioned once is only where something happened.
FREQUENT_PLACE = 3.7
# One as frequent as this, most often a large country, is in a headline or in this share of the sentences.
FREQUENT_NAME = 4.7
FREQUENT_SHARE = 0.1
# A request of so many sentences repeats the phrases that it is about.
REPEATING = 5
# So many articles repeat the names that they are about.
REPEATING_ARTICLES = 3
# A phrase outside the headlines is a term with this share of the sentences.
PHRASE_SHARE = 0.06
LEDE_SENTENCES = 2
EARLY_SENTENCES = 4
# A name of one word as rare as this is known by its story.
RARE_NAME = 2.5
# Stories that are about a newspaper or network without a headline that says so name it in this share of the sentences.
MEDIA_SHARE = 0.4
# A candidate is no term if it weighs less than this share of the first term; a name that is mentioned once outside a lede
# needs more. Of names below, one in eight is among those that people choose.
MIN_SHARE = 0.2
MIN_SHARE_OF_NAME = 0.25
# A noun gives way to a longer phrase with it that has so many mentions, and this share of the noun's.
LONGER_MENTIONS = 2
LONGER_SHARE = 0.5
# A phrase of nouns alone in a lede needs this share, and one mention.
EARLY_SHARE = 0.2
# Terms on thin evidence fill a list up to this length if the request is too short to repeat what it is about.
SHORT_LIST = 2
# Names with some evidence fill it up to this length.
FILLED_LIST = 5
# A name with this share of its mentions inside a longer one is only its short form.
MOSTLY = 0.5
# Letters of a word and of its ending: two such words are one.
MIN_STEM = 5
MAX_ENDING = 2
# Each further word makes a phrase this much rarer than its rarest word.
RARER_BY_WORD = 0.5
# Famous names are frequent, and still worth naming.
MAX_NAME_FREQUENCY = 4.0
# A mention in a headline counts like so many mentions in the best sentence.
TITLE_WEIGHT = 1.0
# A phrase with one mention is often made up on the spot, most of all one with an adjective: "odd concern".
ONCE_WEIGHT = 0.4
DESCRIBED_ONCE_WEIGHT = 0.1


class Shortlist(NamedTuple):
    """Numbers of words, the heaviest first, and positions of the sentences to parse, in order."""

    words: Sequence[int]
    positions: Sequence[int]


def key_terms(
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    trees: TreeCache,
    count: int,
    listed: Shortlist | None = None,
) -> list[Keyword]:
    """Returns up to `count` key terms with the highest weights, relative to the first term, which has score 1.

    `words`, `scores` and `trees` are by sentence; `listed` is what `shortlist` returned for them, if it was asked before.
    Ties are resolved by the first mention.
    """
    if not count or not len(terms.ids):
        return []
    languages = [article.language for article in articles]
    mentions = Mentions(sentences, words, terms)
    listed = listed or shortlist(languages, words, terms, scores, count)
    candidates = find_candidates(listed.words, listed.positions, sentences, languages, words, trees, mentions)
    weigh = _Weigher(articles, sentences, scores, mentions)
    weights = _longer([(weigh(each), each) for each in checked(candidates)])
    weighed = sorted(weights, key=lambda pair: (-pair[0], min(pair[1].sentences)))
    chosen = _different(weighed, mentions, count, SHORT_LIST if len(sentences) < REPEATING else 1)
    return [
        Keyword(
            written(candidate, mentions),
            round(weight / chosen[0][0], DECIMALS),
            "name" if candidate.is_name else "term",
        )
        for weight, candidate in chosen
    ]


def shortlist(
    languages: Sequence[str], words: Sequence[SentenceWords], terms: Terms, scores: Sequence[float], count: int
) -> Shortlist:
    """Returns the words that `count` key terms may be made of, and the sentences that are parsed for them.

    `languages` has the language of each article; `words` and `scores` are by sentence. The sentences have most of the
    shortlisted words in few words of their own. Both are empty without `count` or words.
    """
    if not count or not len(terms.ids):
        return Shortlist((), ())
    width, ratings = len(terms.numbers), np.array(scores)
    sentence_of, term_of = np.divmod(distinct(terms.sentence[terms.content] * width + terms.ids[terms.content]), width)
    salience = np.round(np.bincount(term_of, ratings[sentence_of], width), DECIMALS)
    heaviest = np.argsort(-salience, kind="stable")[: WEIGHED_FACTOR * count]
    names = list(terms.numbers)
    tables = [table for tag in dict.fromkeys(languages) if (table := word_frequencies(tag))]
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
        checkpoint()
        gains = np.round((has @ worth) * (LOWEST_WORTH + ratings) / costs, DECIMALS)
        gains[read] = 0
        position = int(np.argmax(gains))
        if gains[position] <= 0:
            break
        read.append(position)
        left -= int(costs[position])
        worth = np.where(has[position] > 0, worth * REPEATED_WORTH, worth)
    return Shortlist(heaviest[best].tolist(), sorted(read))


def _lowest_rarity(stem: str, tables: Iterable[WordFrequencies]) -> float:
    return min((_rarity(table.frequency(stem)) for table in tables), default=1.0)


def _rarity(frequency: float) -> float:
    return min(1.0, max(0.0, (FREQUENT - frequency) / (FREQUENT - RARE)))


class _Weigher:
    """The weight of a candidate: how salient its sentences are, over how many stories they spread, how rare it is."""

    def __init__(
        self, articles: Sequence[CleanArticle], sentences: Sequence[Sentence], scores: Sequence[float], mentions: Mentions
    ) -> None:
        self._sentences, self._scores, self._mentions = sentences, scores, mentions
        self._titles = [
            (title := article.headline or "", _spaced(mentions.numbers(title, article.language))) for article in articles
        ]

    def __call__(self, candidate: Candidate) -> float:
        by_article: dict[int, float] = defaultdict(float)
        for position in sorted(candidate.sentences):
            by_article[self._sentences[position].article] += self._scores[position]
        times = len(candidate.sentences)
        for article in by_article:
            for _ in range(self._in_title(candidate, article)):
                by_article[article] += TITLE_WEIGHT
                times += 1
        # The logarithm makes mentions in several stories worth more than as many in one.
        salience = float(np.log1p(np.array(sorted(by_article.values()))).sum())
        if times < 2 and not candidate.is_name:
            salience *= DESCRIBED_ONCE_WEIGHT if candidate.described else ONCE_WEIGHT
        return round(salience * self._rarity(candidate, times), DECIMALS)

    def _rarity(self, candidate: Candidate, times: int) -> float:
        table, stop_words = word_frequencies(candidate.language), vocabulary(candidate.language).stop_words
        stems = [word for number in candidate.key if (word := self._mentions.words[number]) not in stop_words]
        if not stems:
            return 0.0
        if table is None:  # what many sentences mention is frequent
            return float(np.log1p(self._mentions.terms.sentences / len(candidate.sentences)))
        frequency = min(map(table.frequency, stems)) - RARER_BY_WORD * (len(stems) - 1)
        if candidate.is_name:
            candidate.is_doubtful = self._is_aside(candidate, frequency, times)
            candidate.is_likely = candidate.is_doubtful and self._is_likely(candidate, frequency, times)
            return _rarity(min(frequency, MAX_NAME_FREQUENCY))
        candidate.is_doubtful = self._is_doubtful(candidate, frequency, times)
        candidate.is_early = self._in_lede(candidate)
        return _rarity(frequency)

    def _is_aside(self, candidate: Candidate, frequency: float, times: int) -> bool:
        """Whether a name is only mentioned in passing: too seldom, and not in a lede; or a newspaper that is cited."""
        if media().fullmatch(candidate.text) and not self._is_in_a_title(candidate):
            return len(candidate.sentences) < MEDIA_SHARE * len(self._sentences)
        share = len(candidate.sentences) / len(self._sentences)
        if frequency >= FREQUENT_NAME and share < FREQUENT_SHARE and not self._is_in_a_title(candidate):
            return True
        if times < 2 and len(candidate.key) == 1 and frequency >= FREQUENT_PLACE:
            return True
        if times < 2 and len(self._titles) >= REPEATING_ARTICLES:
            return True
        if (len(candidate.key) > 1 or frequency < RARE_NAME) and self._in_lede(candidate):
            return False
        wanted, least = (NAME_MENTIONS, 1) if self._in_lede(candidate) else (NAME_MENTIONS_OUTSIDE, 2)
        return times < max(least, round(wanted * min(1.0, len(self._sentences) / LONG_REQUEST)))

    def _is_likely(self, candidate: Candidate, frequency: float, times: int) -> bool:
        """Whether a name that is doubtful may still fill a short list: a rare one that is repeated, or that comes early."""
        if media().fullmatch(candidate.text) or frequency >= FREQUENT_NAME:
            return False
        if len(self._titles) >= REPEATING_ARTICLES and len(self._sentences) >= REPEATING:
            return times >= 2
        if times < 2 and len(self._sentences) < REPEATING:
            return False
        is_early = any(self._sentences[position].index < EARLY_SENTENCES for position in candidate.sentences)
        if len(candidate.key) > 1 or frequency < RARE_NAME:
            return is_early or times >= 2
        return times >= (2 if is_early else 3)

    def _in_title(self, candidate: Candidate, article: int) -> int:
        """How many of the forms of a candidate the title of an article has."""
        return sum(self._mentions.has_key(*self._titles[article], key) for key in (candidate.key, *candidate.absorbed))

    def _is_in_a_title(self, candidate: Candidate) -> bool:
        return any(self._in_title(candidate, article) for article in range(len(self._titles)))

    def _is_headline_news(self, candidate: Candidate) -> bool:
        """Whether a title has a candidate, and many sentences."""
        return self._is_in_a_title(candidate) and len(candidate.sentences) >= HEADLINE_SHARE * len(self._sentences)

    def _is_other_word(self, candidate: Candidate) -> bool:
        """Whether most mentions of a noun are other words with its stem: "governing" beside "government"."""
        forms = self._mentions.forms(candidate.key)
        same = sum(times for form, times in forms.items() if _is_inflected(form, candidate.text))
        return 2 * same < forms.total()

    def _in_lede(self, candidate: Candidate) -> bool:
        return any(self._sentences[position].index < LEDE_SENTENCES for position in candidate.sentences)

    def _is_doubtful(self, candidate: Candidate, frequency: float, times: int) -> bool:
        """Whether a noun or phrase is no term on what the request tells: too general, or mentioned too seldom."""
        is_central = self._is_in_a_title(candidate) or len(candidate.sentences) >= GENERAL_SHARE * len(self._sentences)
        in_lede = self._in_lede(candidate)
        if len(candidate.key) > 1:
            if times < 2 and (len(self._sentences) >= REPEATING or candidate.described or not in_lede):
                return True
            if times < round(PHRASE_SHARE * len(self._sentences)) and not self._is_in_a_title(candidate):
                return True
            return candidate.general > 0 and not is_central  # "Turkish president"
        subject = _subjects(candidate.language).get(self._mentions.words[candidate.key[0]], "")
        is_subject = _is_inflected(subject, candidate.text)
        if frequency >= FREQUENT_ALONE and not is_subject and not self._is_headline_news(candidate):
            return True
        if self._is_other_word(candidate):
            return True
        if candidate.general and len(candidate.sentences) < ROLE_SHARE * len(self._sentences):  # "marchers"
            return True
        most = SUBJECT_MENTIONS if is_subject else 9
        wanted = min(most, next(mentions for below, mentions in ALONE_MENTIONS if frequency < below)) - in_lede
        return times < max(MIN_ALONE_MENTIONS, round(wanted * min(1.0, len(self._sentences) / LONG_REQUEST)))


@per_language
def _subjects(tag: str) -> Mapping[str, str]:
    """The nouns that many stories are filed under, by their stems."""
    return {vocabulary(tag).stem(noun): noun for noun in sorted(language(tag).words("terms", "subjects"), reverse=True)}


def _spaced(numbers: Iterable[int]) -> str:
    return f" {' '.join(map(str, numbers))} "


def _longer(weighed: Sequence[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The candidates without nouns by themselves that a phrase stands for: "overhaul" if there is "tax overhaul".

    The phrase takes the weight of the noun.
    """
    alone = {each.key[0]: (weight, each) for weight, each in weighed if len(each.key) == 1 and not each.is_name}
    phrase_of: dict[int, Candidate] = {}
    for _, phrase in weighed:
        if len(phrase.key) == 1 or phrase.is_name:
            continue
        for number in alone.keys() & set(phrase.key):
            other = phrase_of.get(number)
            is_best = other is None or len(phrase.sentences) > len(other.sentences)
            if is_best and _stands_for(phrase, alone[number][1]):
                phrase_of[number] = phrase
    gained: dict[tuple[int, ...], float] = {}
    for number, phrase in phrase_of.items():
        weight, noun = alone[number]
        gained[phrase.key] = max(gained.get(phrase.key, 0.0), weight)
        phrase.is_doubtful = phrase.is_doubtful and (noun.is_doubtful or not _tells_in_lede(phrase, noun))
    dropped = {alone[number][1].key for number in phrase_of}
    return [(max(weight, gained.get(each.key, 0.0)), each) for weight, each in weighed if each.key not in dropped]


def _stands_for(phrase: Candidate, noun: Candidate) -> bool:
    """Whether so many mentions of a noun are in a phrase that it says the same, and more."""
    times = len(phrase.sentences)
    if _tells_in_lede(phrase, noun):
        return times >= EARLY_SHARE * len(noun.sentences)
    return times >= max(LONGER_MENTIONS, LONGER_SHARE * len(noun.sentences))


def _tells_in_lede(phrase: Candidate, noun: Candidate) -> bool:
    """Whether other nouns before a noun say in a lede which it is: "harbour pact"."""
    has_links = not vocabulary(phrase.language).stop_words.isdisjoint(phrase.text.lower().replace("'", " ").split())
    is_kind = phrase.key[-1] == noun.key[0] and not has_links  # not "ounces of pepper"
    return is_kind and phrase.is_early and not phrase.described and not phrase.general


def _different(
    weighed: Sequence[tuple[float, Candidate]], mentions: Mentions, count: int, least_count: int
) -> list[tuple[float, Candidate]]:
    """The first candidates, best first, without agencies, and without those that contain another or are part of one.

    Light and doubtful ones only fill the list up to `least_count`.

    A name may contain another, but not end in it: "Port Alder Transport Agency" and "Port Alder" are two.
    """
    keys = {candidate.key for _, candidate in weighed}
    most = sorted((weight for weight, _ in weighed), reverse=True)[:2][-1] if weighed else 0
    least, least_name = MIN_SHARE * most, MIN_SHARE_OF_NAME * most
    names = [candidate for weight, candidate in weighed if candidate.is_name and weight >= least_name]
    chosen: list[tuple[float, Candidate]] = []
    for weight, candidate in checked(sorted(weighed, key=lambda pair: pair[1].is_doubtful - pair[1].is_likely / 2)):
        is_light = weight < (least_name if candidate.is_name else least)
        if not weight or (is_light and len(chosen) >= least_count):
            continue
        wanted = count if not candidate.is_doubtful else FILLED_LIST if candidate.is_likely else least_count
        if len(chosen) >= min(count, wanted):
            continue
        if any(_overlap(candidate, other) for _, other in chosen) or _is_inside(candidate, names, mentions):
            continue
        if candidate.is_name and agencies().fullmatch(candidate.text):
            continue
        before = None if candidate.is_name else mentions.always_after(candidate.key)
        if before is not None and (before, *candidate.key) in keys:
            continue  # the end of a longer phrase
        chosen.append((weight, candidate))
    return sorted(chosen, key=lambda pair: -pair[0])


def _is_inside(name: Candidate, names: Sequence[Candidate], mentions: Mentions) -> bool:
    """Whether a name mostly stands inside a longer one: "Skerry Street" in "Skerry Street Hospital"."""
    if not name.is_name:
        return False
    whole = MOSTLY * len(mentions.starts(name.key))
    key = _spaced(name.key)
    return any(
        len(other.key) > len(name.key) and key in _spaced(other.key) and len(mentions.starts(other.key)) > whole
        for other in names
    )


def _overlap(one: Candidate, other: Candidate) -> bool:
    if one.is_name and other.is_name:
        shorter, longer = sorted((one, other), key=lambda each: len(each.key))
        is_end = longer.key[-len(shorter.key) :] == shorter.key
        is_person = len(shorter.key) == 2 and shorter.key[0] == longer.key[0] and shorter.key[-1] == longer.key[-1]
        # "Prefeitura" may be short for "Prefeitura de São Paulo", and "Ada" for "Ada Marsh".
        is_head = longer.key[: len(shorter.key)] == shorter.key
        is_acronym = any(key == other.key[-len(key) :] for key, other in _absorbed_acronyms(one, other))
        return (
            is_end
            or is_person
            or is_acronym  # "Skerry RX", "SUV RX"
            or (is_head and (longer.text.removeprefix(shorter.text)[1:2].islower() or has_rare_end(longer)))
        )
    if len(one.key) == len(other.key) == 1 and _is_inflected(one.text, other.text):
        return True
    words = set(one.key)
    return any(words <= set(key) or words >= set(key) for key in (other.key, *other.absorbed))


def _absorbed_acronyms(one: Candidate, other: Candidate) -> Iterator[tuple[Key, Candidate]]:
    """The acronyms that either of two names ends in, and counts for, with the other name."""
    for name, another in ((one, other), (other, one)):
        if name.text.rpartition(" ")[2].isupper():
            yield from ((key, another) for key in name.absorbed if key == name.key[-len(key) :])


def _is_inflected(one: str, other: str) -> bool:
    """Whether of two words one is the other, or that with an ending: "Geier", "Geiern"."""
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    has_ending = longer.startswith(shorter) and len(longer) - len(shorter) <= MAX_ENDING
    return shorter == longer or (has_ending and len(shorter) >= MIN_STEM)
