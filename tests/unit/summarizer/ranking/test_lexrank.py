"""LexRank: the same ratings as sumy's, without its loop over pairs."""

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from nutgraf.summarizer.ranking import lexrank as ranking
from nutgraf.summarizer.ranking.lexrank import LexRank, rank
from nutgraf.summarizer.reading.term_weights import TermWeights, tf_idf
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import SentenceWords
from tests.builders import NEWS, real_news

VOCABULARY = [f"w{i}" for i in range(12)]
sentences_of_words = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=12).map(tuple), min_size=1, max_size=14)


def sumys_ratings(sentences: Sequence[Sequence[str]]) -> np.ndarray:
    """The ratings that sumy's own code computes for sentences given by their words."""
    summarizer = LexRankSummarizer()
    tf, idf = summarizer._compute_tf(sentences), summarizer._compute_idf(sentences)
    matrix = summarizer._create_matrix(sentences, summarizer.threshold, tf, idf)
    return np.asarray(summarizer.power_method(matrix, summarizer.epsilon))


def near_the_threshold(sentences: Sequence[Sequence[str]]) -> bool:
    """Whether a similarity is so near 0.1 that rounding decides; sumy adds in another order."""
    summarizer = LexRankSummarizer()
    tf, idf = summarizer._compute_tf(sentences), summarizer._compute_idf(sentences)
    return any(
        abs(summarizer.cosine_similarity(one, other, tf[i], tf[j], idf) - summarizer.threshold) < 1e-9
        for i, one in enumerate(sentences)
        for j, other in enumerate(sentences)
    )


def weights_of(sentences: Sequence[Sequence[str]]) -> TermWeights:
    return tf_idf(number_terms([SentenceWords(tuple(words), tuple(words)) for words in sentences]))


@given(sentences_of_words)
def test_ratings_equal_sumys_on_random_words(sentences: list[tuple[str, ...]]) -> None:
    with np.errstate(all="ignore"):
        assume(not near_the_threshold(sentences))
        np.testing.assert_allclose(LexRank().rate(sentences), sumys_ratings(sentences), atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("name", ["multinews.jsonl", "cstnews_pt.jsonl", "norsumm_nb.jsonl"])
def test_ratings_equal_sumys_on_real_news(name: str) -> None:
    for row in real_news(name, limit=3):
        language = {"en": "english", "pt": "portuguese", "nb": "norwegian"}[row["lang"]]
        text = "\n\n".join(article["text"] for article in row["articles"])
        ours, theirs = through_sumys_parser(text, language)
        np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_ratings_equal_sumys_on_a_story() -> None:
    ours, theirs = through_sumys_parser(NEWS, "english")
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


def through_sumys_parser(text: str, language: str) -> tuple[np.ndarray, np.ndarray]:
    """Our ratings and sumy's of a text, both with sumy's sentences and words."""
    summarizer = LexRankSummarizer(Stemmer(language))
    if language != "norwegian":  # sumy has no list
        summarizer.stop_words = get_stop_words(language)
    document = PlaintextParser.from_string(text, Tokenizer(language)).document
    words = [tuple(summarizer._to_words_set(sentence)) for sentence in document.sentences]
    return LexRank().rate(words), sumys_ratings(words)


@given(sentences_of_words)
def test_scores_lie_between_0_and_1_and_the_best_has_1(sentences: list[tuple[str, ...]]) -> None:
    scores = rank(weights_of(sentences))
    assert np.isfinite(scores).all()
    assert scores.min() >= 0
    assert scores.max() == 1


@given(sentences_of_words, st.randoms(use_true_random=False))
def test_scores_do_not_depend_on_the_order_of_sentences(sentences: list[tuple[str, ...]], random: object) -> None:
    order = list(range(len(sentences)))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    shuffled = rank(weights_of([sentences[at] for at in order]))
    np.testing.assert_allclose(shuffled, rank(weights_of(sentences))[order], atol=1e-6)


def test_a_sentence_that_shares_words_with_all_is_central() -> None:
    scores = rank(weights_of([("storm", "coast"), ("storm", "coast", "ferry"), ("ferry", "port"), ("cat", "sofa")]))
    assert scores.argmax() == 1


def test_without_sentences_there_are_no_ratings() -> None:
    assert json.dumps(LexRank().rate([]).tolist()) == "[]"


@given(sentences_of_words)
def test_solving_and_iterating_give_the_same_ratings(sentences: list[tuple[str, ...]]) -> None:
    """Short texts are solved directly, which is faster than iterating."""
    weights = weights_of(sentences)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "MAX_SOLVED_SENTENCES", 0)
        walked = rank(weights)
    np.testing.assert_allclose(rank(weights), walked, atol=2e-9)
