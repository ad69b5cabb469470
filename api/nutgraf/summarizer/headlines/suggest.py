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
from nutgraf.summarizer.reading.words import SentenceWords, in_one_line, vocabulary

DECIMALS = 6
# An editor wrote the title: it comes before what is made of sentences.
TITLE_BONUS = 1.0
# A label says less than a clause, and a later sentence is rarely the news. Any value from 0.75 to 0.9 serves.
LABEL_DISCOUNT = 0.8
LATER_DISCOUNT = 0.85
# Openings and the best of the rest are looked at; headlines are made of the most promising.
LOOKED_AT = 60
SHORTENED = 40
# No more are made when the last suggestion is worth this share of what the next sentence may reach at most.
SURE = 0.3
# Worth less than this share of the best, a suggestion only fills a line.
LEAST_WORTH = 0.2
# Two suggestions share less than this part of the shorter one's content words.
SHARED = 0.6


class Candidate(NamedTuple):
    """A possible headline; `index` is None for a title."""

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
    """Up to `options.count` headlines, best first; fewer where fewer fit and read as headlines.

    `quotable` says which articles may be quoted; `sentences` with their `words`, `terms` and `scores` are those of such
    articles; the positions in `barred` give no headline, nor does a quotation whose speaker stands elsewhere.
    `offset_unit` is what `options.max_characters` counts.
    """
    if not options.count:
        return []
    candidates = sorted(_from_titles(articles, quotable, sentences, words, options, offset_unit), key=_best_first)
    chosen = _different(candidates, options.count)
    chances = Chances(sentences, terms)
    for at, reach in _promising(sentences, scores, chances, barred):
        if len(chosen) == options.count and chosen[-1].worth >= SURE * reach:
            break
        language = articles[sentences[at].article].language
        candidates += _from_sentence(sentences[at], language, chances, options, offset_unit)
        candidates.sort(key=_best_first)
        chosen = _different(candidates, options.count)
    best = chosen[0].worth if chosen else 0.0  # 0 where the words of no suggestion are terms of the cluster
    return [
        Headline(
            cased(each.text, options.style),
            round(each.worth / best, DECIMALS) if best else 1.0,
            "title" if each.index is None else "sentence",
            each.article,
            each.index,
        )
        for each in chosen
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
    openings = [set(its.content) for sentence, its in zip(sentences, words, strict=True) if sentence.index < 3]
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
    free = [at for at, sentence in enumerate(sentences) if at not in barred and not sentence.unattributed]
    pool = sorted(free, key=lambda at: (sentences[at].index > 0, -scores[at], at))[:LOOKED_AT]
    promises = chances.promises().tolist()
    reaches = ((at, promises[at] * _standing(sentences[at])) for at in pool)
    return sorted(reaches, key=lambda each: (-round(each[1], DECIMALS), each[0]))[:SHORTENED]


def _from_sentence(
    sentence: Sentence, language: str, chances: Chances, options: HeadlineOptions, offset_unit: OffsetUnit
) -> Iterator[Candidate]:
    of = vocabulary(language)
    for text, discount in _shortened(sentence, language, options.max_characters):
        if _fits(text, language, options, offset_unit, title=False):
            stems = headline_stems(text, of)
            value = worth(stems, chances) * discount * _standing(sentence)
            yield Candidate(value, text, frozenset(stems) - {""}, sentence.article, sentence.index)


def _best_first(candidate: Candidate) -> tuple[float, int, int, str]:
    return (-round(candidate.worth, DECIMALS), candidate.article, candidate.index or 0, candidate.text)


def _shortened(sentence: Sentence, language: str, longest: int) -> Iterator[tuple[str, float]]:
    text = in_one_line(sentence.text)
    if language == "en":
        clauses, labels = shorten(text, longest, lead=sentence.index == 0)
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
    best_made = next((each.worth for each in candidates if each.index is not None), 0.0)
    for candidate in candidates:
        if len(chosen) == count:
            break
        if candidate.index is not None and candidate.worth < LEAST_WORTH * best_made:
            break
        if all(_differ(candidate.stems, other.stems) for other in chosen):
            chosen.append(candidate)
    return chosen


def _differ(stems: frozenset[str], others: frozenset[str]) -> bool:
    return bool(stems) and len(stems & others) < SHARED * min(len(stems), len(others))
