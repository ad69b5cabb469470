"""Titles and ranked sentences -> headlines that fit the slot, of different content."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from nutgraf.summarizer.headlines.english import shorten
from nutgraf.summarizer.headlines.titles import trimmed_title
from nutgraf.summarizer.headlines.trims import trim
from nutgraf.summarizer.headlines.wellformed import cased, well_formed
from nutgraf.summarizer.headlines.worth import Chances, headline_stems, worth
from nutgraf.summarizer.models import CleanArticle, Headline, HeadlineOptions, OffsetUnit, Sentence
from nutgraf.summarizer.offsets import size
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords, dehyphenate, vocabulary

DECIMALS = 6
# Titles rank above headlines made from sentences, because an editor wrote them.
TITLE_BONUS = 1.0
# A label says less than a clause, and a later sentence is rarely the news. Any value from 0.75 to 0.9 works equally well.
LABEL_DISCOUNT = 0.8
LATER_DISCOUNT = 0.85
# First sentences and the best others are considered; headlines are made from the most promising of them.
MAX_CONSIDERED = 60
MAX_SHORTENED = 40
# The search stops when the last suggestion is worth at least this share of the maximum that the next sentence can reach.
MIN_REACH_SHARE = 0.3
# Suggestions that are worth less than this share of the best one are dropped.
MIN_WORTH_SHARE = 0.2
# Two suggestions must share less than this part of the shorter one's content words.
MAX_SHARED_STEMS = 0.6


class Candidate(NamedTuple):
    """A possible headline with its worth, the stems of its content words, and its origin; `index` is None for a title."""

    worth: float
    text: str
    stems: frozenset[str]
    article: int
    index: int | None  # type: ignore[assignment]  # hides tuple.index, which nobody asks a candidate for


def suggest(
    articles: Sequence[CleanArticle],
    quotable: Sequence[bool],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
    barred: Set[int] = frozenset(),
) -> list[Headline]:
    """Returns up to `options.count` headlines, best first; fewer if fewer fit and are well-formed.

    `quotable` says which articles may be quoted. `sentences` with their `words`, `terms` and `scores` are those of such
    articles. Positions in `barred` are not used, and no quotation without its speaker is. `options.max_characters` counts in
    `offset_unit`.
    """
    if not options.count:
        return []
    candidates = sorted(_from_titles(articles, quotable, sentences, words, options, offset_unit), key=_best_first)
    chosen = _different(candidates, options.count)
    chances = Chances(sentences, terms)
    for position, reach in _promising(sentences, scores, chances, barred):
        if len(chosen) == options.count and chosen[-1].worth >= MIN_REACH_SHARE * reach:
            break
        language = articles[sentences[position].article].language
        candidates += _from_sentence(sentences[position], language, chances, options, offset_unit)
        candidates.sort(key=_best_first)
        chosen = _different(candidates, options.count)
    best = chosen[0].worth if chosen else 0.0  # 0 where the words of no suggestion are terms of the cluster
    return [
        Headline(
            cased(candidate.text, options.style),
            round(candidate.worth / best, DECIMALS) if best else 1.0,
            "title" if candidate.index is None else "sentence",
            candidate.article,
            candidate.index,
        )
        for candidate in chosen
    ]


def _from_titles(
    articles: Sequence[CleanArticle],
    quotable: Sequence[bool],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Iterator[Candidate]:
    """Titles, each worth as much as it is like what the articles open with; a copy's title is not taken again."""
    openings = [
        set(sentence_words.content) for sentence, sentence_words in zip(sentences, words, strict=True) if sentence.index < 3
    ]
    for position, article in enumerate(articles):
        title = trimmed_title(article.headline or "")
        if not title or not quotable[position] or not _fits(title, article.language, options, offset_unit, title=True):
            continue
        stems = frozenset(headline_stems(title, vocabulary(article.language))) - {""}
        likeness = sum(len(stems & opening) for opening in openings) / (max(1, len(stems)) * max(1, len(openings)))
        yield Candidate(TITLE_BONUS + likeness, title, stems, position, None)


def _promising(
    sentences: Sequence[Sentence], scores: Sequence[float], chances: Chances, barred: Set[int]
) -> list[tuple[int, float]]:
    """Sentences by what a headline made of them may be worth, the highest first, and that worth."""
    usable = [
        position for position, sentence in enumerate(sentences) if position not in barred and not sentence.unattributed
    ]
    usable.sort(key=lambda position: (sentences[position].index > 0, -scores[position], position))
    pool = usable[:MAX_CONSIDERED]
    promises = chances.promises().tolist()
    reaches = ((position, promises[position] * _standing(sentences[position])) for position in pool)
    return sorted(reaches, key=lambda item: (-round(item[1], DECIMALS), item[0]))[:MAX_SHORTENED]


def _from_sentence(
    sentence: Sentence, language: str, chances: Chances, options: HeadlineOptions, offset_unit: OffsetUnit
) -> Iterator[Candidate]:
    language_words = vocabulary(language)
    for text, discount in _shortened(sentence, language, options.max_characters):
        if _fits(text, language, options, offset_unit, title=False):
            stems = headline_stems(text, language_words)
            value = worth(stems, chances) * discount * _standing(sentence)
            yield Candidate(value, text, frozenset(stems) - {""}, sentence.article, sentence.index)


def _best_first(candidate: Candidate) -> tuple[float, int, int, str]:
    return (-round(candidate.worth, DECIMALS), candidate.article, candidate.index or 0, candidate.text)


def _shortened(sentence: Sentence, language: str, max_characters: int) -> Iterator[tuple[str, float]]:
    text = dehyphenate(sentence.text)
    if language == "en":
        clauses, labels = shorten(text, max_characters, lead=sentence.index == 0)
    else:
        clauses, labels = trim(text, language)
    for clause in clauses:
        yield clause, 1.0
    for label in labels:
        yield label, LABEL_DISCOUNT


def _standing(sentence: Sentence) -> float:
    return 1.0 if sentence.index == 0 else LATER_DISCOUNT


def _fits(text: str, language: str, options: HeadlineOptions, offset_unit: OffsetUnit, *, title: bool) -> bool:
    return size(text, offset_unit) <= options.max_characters and well_formed(text, language, title=title)


def _different(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """The first candidates that differ in content; a sentence beside titles need not compete with them."""
    chosen: list[Candidate] = []
    best_made = next((candidate.worth for candidate in candidates if candidate.index is not None), 0.0)
    for candidate in candidates:
        if len(chosen) == count:
            break
        if candidate.index is not None and candidate.worth < MIN_WORTH_SHARE * best_made:
            break
        if all(_differ(candidate.stems, other.stems) for other in chosen):
            chosen.append(candidate)
    return chosen


def _differ(stems: frozenset[str], others: frozenset[str]) -> bool:
    return bool(stems) and len(stems & others) < MAX_SHARED_STEMS * min(len(stems), len(others))
