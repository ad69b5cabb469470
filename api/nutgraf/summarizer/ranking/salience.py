"""Computes salience, how newsworthy a sentence is, from its centrality.

Salience is a product of four factors: the centrality of LexRank, a factor for early sentences, the exponential of the
similarity to the articles' first sentences and titles (Edmundson 1969, "New methods in automatic extracting"), and a
low factor for questions and fragments. Each constant was tuned separately for ROUGE-2 of whole summaries, on single articles
and on clusters (`python -m bench quality`). Near these values the result hardly changes, so they are round numbers.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import DECIMALS, FloatArray, TermWeights

# Position factor: FLOOR + exp(-index / DECAY). DECAY is for an article of 20 sentences; it grows with the square root of
# their number.
POSITION_FLOOR = 0.15
POSITION_DECAY = 8.0
TYPICAL_SENTENCES = 20
LEAD_LIKENESS_WEIGHT = 1.0
TITLE_LIKENESS_WEIGHT = 1.0
QUERY_LIKENESS_WEIGHT = 4.0
# Questions and fragments should be selected only if no statement fits.
QUESTION_FACTOR = 0.3
FRAGMENT_FACTOR = 0.5
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    "position_floor": POSITION_FLOOR,
    "position_decay": POSITION_DECAY,
    "lead_likeness": LEAD_LIKENESS_WEIGHT,
    "title_likeness": TITLE_LIKENESS_WEIGHT,
    "query_likeness": QUERY_LIKENESS_WEIGHT,
    "question_discount": QUESTION_FACTOR,
    "fragment_discount": FRAGMENT_FACTOR,
}


def salience(
    sentences: Sequence[Sentence],
    forms: Sequence[Form],
    terms: TermWeights,
    centrality: FloatArray,
    titles: Sequence[Sequence[str]],
    relevance: FloatArray | None = None,
) -> FloatArray:
    """Returns the salience of each sentence: an array of shape (sentences,), above 0, the highest is 1.

    `titles` are the stems of the content words of each title. With `relevance` to a query, similarity to the query replaces
    the factors for position and for similarity to leads and titles.
    """
    article = np.array([sentence.article for sentence in sentences])
    index = np.array([sentence.index for sentence in sentences], float)
    to_leads = LEAD_LIKENESS_WEIGHT * _likeness_to_leads(terms, index == 0)
    to_titles = TITLE_LIKENESS_WEIGHT * _likeness_to_titles(terms, titles)
    form_factor = np.array(
        [(QUESTION_FACTOR if form.asks else 1.0) * (FRAGMENT_FACTOR if form.fragment else 1.0) for form in forms]
    )
    if relevance is not None:
        scores = centrality * np.exp(QUERY_LIKENESS_WEIGHT * relevance) * form_factor
        return np.asarray(np.round(scores / scores.max(), DECIMALS))
    scores = centrality * _position(article, index) * np.exp(to_leads + to_titles) * form_factor
    return np.asarray(np.round(scores / scores.max(), DECIMALS))


def _position(article: NDArray[np.int_], index: FloatArray) -> FloatArray:
    size = np.bincount(article)[article]
    return np.asarray(POSITION_FLOOR + np.exp(-index / (POSITION_DECAY * np.sqrt(size / TYPICAL_SENTENCES))))


def _likeness_to_leads(terms: TermWeights, is_lead: NDArray[np.bool_]) -> FloatArray:
    """Cosine similarity to all first sentences together; a first sentence is compared only with the others."""
    leads = terms.weights.T @ is_lead.astype(float)
    return np.asarray((terms.weights @ leads - is_lead * terms.self_similarity) / max(1.0, float(np.linalg.norm(leads))))


def _likeness_to_titles(terms: TermWeights, titles: Sequence[Sequence[str]]) -> FloatArray:
    """Cosine similarity to all titles together."""
    title_vector = np.zeros(terms.weights.shape[1])
    for title in titles:
        term_numbers = [terms.column_of[stem] for stem in dict.fromkeys(title) if stem in terms.column_of]
        title_vector[term_numbers] += 1 / np.sqrt(max(1, len(set(title))))
    occurring = np.zeros(len(title_vector), bool)
    occurring[terms.weights.indices] = True
    title_vector *= occurring
    length = float(np.linalg.norm(title_vector))
    return np.asarray(terms.weights @ title_vector / length) if length else np.zeros(terms.weights.shape[0])
