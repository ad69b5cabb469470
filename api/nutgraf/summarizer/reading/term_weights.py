"""Terms -> tf-idf weights: a sentence is a row of unit length, so that a product of two rows is their cosine similarity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nutgraf.summarizer.reading.terms import Terms

Ratings = NDArray[np.float64]

# Ratings are compared and reported at this precision, so that the order of additions on some machine decides nothing.
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Unit rows of tf-idf, (sentences x terms); `numbers` gives a term's column."""

    weights: csr_matrix
    numbers: Mapping[str, int]

    @property
    def has_terms(self) -> Ratings:
        """1 for a sentence with content words, 0 for one without: its likeness to itself."""
        return np.diff(self.weights.indptr).astype(bool).astype(float)


def tf_idf(terms: Terms, *, smoothed: bool = True) -> TermWeights:
    """The tf-idf of sentences by their content words: tf over the sentence's highest.

    idf is log(1 + n / (1 + n_j)); without `smoothed` it is sumy's log(n / (1 + n_j)), which a term in half of two
    sentences has at zero.
    """
    width = max(1, len(terms.numbers))
    keys, counts = np.unique(terms.sentence[terms.content] * width + terms.ids[terms.content], return_counts=True)
    sentence, term = np.divmod(keys, width)
    highest = np.zeros(terms.sentences)
    np.maximum.at(highest, sentence, counts)
    ratio = terms.sentences / (1 + np.bincount(term, minlength=width))
    idf = np.log1p(ratio) if smoothed else np.log(ratio)
    ends = np.searchsorted(sentence, np.arange(terms.sentences + 1))
    weights = csr_matrix((counts / highest[sentence] * idf[term], term, ends), (terms.sentences, width))
    return TermWeights(_unit_rows(weights), terms.numbers)


def likeness(terms: TermWeights, stems: Iterable[str]) -> Ratings:
    """The cosine of each sentence to a text given by its stems; all 0 where no sentence has one of them."""
    together = np.zeros(terms.weights.shape[1])
    together[[terms.numbers[stem] for stem in dict.fromkeys(stems) if stem in terms.numbers]] = 1
    length = float(np.linalg.norm(together))
    return np.asarray(terms.weights @ together / length) if length else np.zeros(terms.weights.shape[0])


def _unit_rows(weights: csr_matrix) -> csr_matrix:
    sizes = np.diff(weights.indptr)
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    norms = np.sqrt(np.bincount(row_of, weights.data**2, len(sizes)))
    weights.data /= np.where(norms > 0, norms, 1)[row_of]
    return weights
