"""Selects the words that key terms may be made of, and the sentences that are parsed for them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.summarizer.findings.key_terms.candidate_weights import DECIMALS, TITLE_WEIGHT, rarity
from nutgraf.summarizer.findings.key_terms.title_texts import TitleText, title_texts
from nutgraf.summarizer.findings.word_frequencies import WordFrequencies, word_frequencies
from nutgraf.summarizer.interruption import check_for_interruption
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.terms import Terms, distinct
from nutgraf.summarizer.reading.words import SentenceWords

# Chosen with `python -m bench keywords` on French news, as the weights of candidates; the result hardly changes with them.
# Shortlisted words, and words whose rarity is looked up, for each term that is wanted.
SHORTLIST_FACTOR = 3
WEIGHED_FACTOR = 12
# Words in the parsed sentences, at most; each takes 0.027 ms. Another sentence costs as much as this many more words.
MAX_PARSED_WORDS = 122
SENTENCE_COST = 10
# The factor of a shortlisted word for further sentences when a chosen sentence has it.
REPEATED_WORTH = 0.3
# The factor of the worst sentence compared with the best, if both have the same words.
LOWEST_WORTH = 0.3
# The opening sentences of this many articles, and so many titles, are always among what is parsed: they name the event.
OPENINGS = 2
TITLES = 1
# Not a longer opening sentence, in words: a table, or a text without full stops.
MAX_OPENING_WORDS = 80


class Shortlist(NamedTuple):
    """Numbers of words, the heaviest first, positions of the sentences to parse, in order, and titles to parse."""

    words: Sequence[int]
    positions: Sequence[int]
    titles: Sequence[TitleText]


def shortlist(
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    titles: Iterable[Iterable[str]],
    count: int,
) -> Shortlist:
    """Returns the words that `count` key terms may be made of, and the sentences and titles that are parsed for them.

    `titles` has the stems of each headline; `words` and `scores` are by sentence. The sentences have most of the shortlisted
    words in few words of their own, or open an article. All are empty without `count` or words.
    """
    if not count or not len(terms.ids):
        return Shortlist((), (), ())
    width, ratings = len(terms.numbers), np.array(scores)
    sentence_of, term_of = np.divmod(distinct(terms.sentence[terms.content] * width + terms.ids[terms.content]), width)
    salience = np.asarray(np.bincount(term_of, ratings[sentence_of], width), np.float64)
    for title in titles:
        salience[[terms.numbers[stem] for stem in set(title) if stem in terms.numbers]] += TITLE_WEIGHT
    salience = np.round(salience, DECIMALS)
    heaviest = np.argsort(-salience, kind="stable")[: WEIGHED_FACTOR * count]
    names = list(terms.numbers)
    tables = [table for tag in dict.fromkeys(article.language for article in articles) if (table := word_frequencies(tag))]
    weights = np.array([salience[number] * _lowest_rarity(names[number], tables) for number in heaviest.tolist()])
    best = np.argsort(-np.round(weights, DECIMALS), kind="stable")[: SHORTLIST_FACTOR * count]
    column_of = np.full(width, -1)
    column_of[heaviest[best]] = np.arange(len(best))
    is_listed = column_of[term_of] >= 0
    has = np.zeros((len(words), len(best)))
    has[sentence_of[is_listed], column_of[term_of[is_listed]]] = 1
    costs = np.array([SENTENCE_COST + len(sentence_words.tokens) for sentence_words in words])
    worth = weights[best]
    read = [
        position
        for position, sentence in enumerate(sentences)
        if not sentence.index and len(words[position].tokens) <= MAX_OPENING_WORDS
    ][:OPENINGS]
    parsed_titles = title_texts(articles, sentences, words, TITLES)
    left = MAX_PARSED_WORDS - int(costs[read].sum())
    left -= sum(SENTENCE_COST + title.text.count(" ") + 1 for title in parsed_titles)
    for position in read:
        worth = np.where(has[position] > 0, worth * REPEATED_WORTH, worth)
    while left > 0:
        check_for_interruption()
        gains = np.round((has @ worth) * (LOWEST_WORTH + ratings) / costs, DECIMALS)
        gains[read] = 0
        position = int(np.argmax(gains))
        if gains[position] <= 0:
            break
        read.append(position)
        left -= int(costs[position])
        worth = np.where(has[position] > 0, worth * REPEATED_WORTH, worth)
    return Shortlist(heaviest[best].tolist(), sorted(read), parsed_titles)


def _lowest_rarity(stem: str, tables: Iterable[WordFrequencies]) -> float:
    return min((rarity(table.frequency(stem)) for table in tables), default=1.0)
