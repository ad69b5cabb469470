"""Centrality -> salience: what makes a central sentence the news.

A log-linear model: LexRank centrality times how early the sentence stands, times its likeness to the articles' first
sentences and titles (Edmundson 1969, "New methods in automatic extracting"), times a discount for its form.
The constants were searched, one at a time, for the ROUGE-2 of whole summaries on news of one and of several articles
(`python -m bench quality`); the result is flat around them, so they are round.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.term_weights import DECIMALS, Ratings, TermWeights

# Position: FLOOR + exp(-index / DECAY), DECAY for an article of 20 sentences; it grows with the root of the length.
POSITION_FLOOR = 0.15
POSITION_DECAY = 5.0
TYPICAL_SENTENCES = 20
LEAD_LIKENESS = 1.0
TITLE_LIKENESS = 1.0
QUERY_LIKENESS = 4.0
# A question or a fragment serves only where no statement does.
QUESTION_DISCOUNT = 0.3
FRAGMENT_DISCOUNT = 0.5
# What an answer names, so that it can be computed again.
PARAMETERS = {
    "position_floor": POSITION_FLOOR,
    "position_decay": POSITION_DECAY,
    "lead_likeness": LEAD_LIKENESS,
    "title_likeness": TITLE_LIKENESS,
    "query_likeness": QUERY_LIKENESS,
    "question_discount": QUESTION_DISCOUNT,
    "fragment_discount": FRAGMENT_DISCOUNT,
}


def salience(
    sentences: Sequence[Sentence],
    forms: Sequence[Form],
    terms: TermWeights,
    centrality: Ratings,
    titles: Sequence[Sequence[str]],
    relevance: Ratings | None = None,
) -> Ratings:
    """The salience of each sentence, above 0, the highest 1; `titles` are the stems of each title's content words.

    With `relevance` to a query, likeness to it takes the place of the position and of the likeness to leads and titles.
    """
    article = np.array([sentence.article for sentence in sentences])
    index = np.array([sentence.index for sentence in sentences], float)
    likeness = LEAD_LIKENESS * _likeness_to_leads(terms, index == 0) + TITLE_LIKENESS * _likeness_to_titles(terms, titles)
    discount = np.array(
        [(QUESTION_DISCOUNT if form.asks else 1.0) * (FRAGMENT_DISCOUNT if form.fragment else 1.0) for form in forms]
    )
    if relevance is not None:
        scores = centrality * np.exp(QUERY_LIKENESS * relevance) * discount
        return np.asarray(np.round(scores / scores.max(), DECIMALS))
    scores = centrality * _position(article, index) * np.exp(likeness) * discount
    return np.asarray(np.round(scores / scores.max(), DECIMALS))


def _position(article: NDArray[np.int_], index: Ratings) -> Ratings:
    size = np.bincount(article)[article]
    return np.asarray(POSITION_FLOOR + np.exp(-index / (POSITION_DECAY * np.sqrt(size / TYPICAL_SENTENCES))))


def _likeness_to_leads(terms: TermWeights, is_lead: NDArray[np.bool_]) -> Ratings:
    """Cosine to the first sentences together; a first sentence is compared with the others alone."""
    leads = terms.weights.T @ is_lead.astype(float)
    return np.asarray((terms.weights @ leads - is_lead * terms.has_terms) / max(1.0, float(np.linalg.norm(leads))))


def _likeness_to_titles(terms: TermWeights, titles: Sequence[Sequence[str]]) -> Ratings:
    """Cosine to the titles together."""
    together = np.zeros(terms.weights.shape[1])
    for title in titles:
        known = [terms.numbers[stem] for stem in dict.fromkeys(title) if stem in terms.numbers]
        together[known] += 1 / np.sqrt(max(1, len(set(title))))
    said = np.zeros(len(together), bool)
    said[terms.weights.indices] = True
    together *= said
    length = float(np.linalg.norm(together))
    return np.asarray(terms.weights @ together / length) if length else np.zeros(terms.weights.shape[0])
