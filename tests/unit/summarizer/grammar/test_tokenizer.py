"""Words are cut as the treebanks cut them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer.grammar.tokenizer import tokenize
from tests.cpu_time import at_most
from tests.unit.summarizer.grammar.treebanks import LANGUAGES, text_and_spans, treebank

SENTENCES = [
    ("en", "The mayor didn't say whether it's over.", "The mayor did n't say whether it 's over ."),
    ("en", "Mr. Hale cannot leave the U.S. at 7:30pm, he said.", "Mr. Hale can not leave the U.S. at 7:30 pm , he said ."),
    ("en", "A well-known co-founder paid $1,250.50 (5%)…", "A well - known co-founder paid $ 1,250.50 ( 5 % ) …"),
    ("en", "“We’ll see,” she said — twice.", "“ We ’ll see , ” she said — twice ."),
    ("fr", "L'homme n'a-t-il pas vu le Saint-Malo d'hier ?", "L' homme n' a -t-il pas vu le Saint-Malo d' hier ?"),
    ("fr", "Aujourd'hui, quelqu’un a payé 10 000 euros.", "Aujourd'hui , quelqu’un a payé 10 000 euros ."),
    ("de", "Am 3. Oktober kam Dr. Müller im E-Bus.", "Am 3. Oktober kam Dr. Müller im E - Bus ."),
    ("es", "El 5,5% del total, según la ONU.", "El 5,5 % del total , según la ONU ."),
    ("pt", "A ex-ministra disse-lhe que custa R$ 3,5 milhões.", "A ex-ministra disse-lhe que custa R$ 3,5 milhões ."),
]
SEEDS = [
    "a",
    "a-",
    "a.",
    "a's",
    "l'",
    "1 000 ",
    "1. ",
    "1,",
    "http://.",
    "a@",
    "n't",
    "!",
    "-",
    "&",
    "$",
    " ",
    "<",
    "a-t-il",
]


@pytest.mark.parametrize(("language", "text", "words"), SENTENCES)
def test_words_of_a_sentence(language: str, text: str, words: str) -> None:
    cut = [text[start:end] for start, end in tokenize(text, language)]
    assert " ".join(cut) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_99_of_100_words_are_cut_as_in_the_treebank(language: str) -> None:
    found = total = 0
    for row in treebank(language):
        text, spans = text_and_spans(row)
        found += len(set(spans) & set(tokenize(text, language)))
        total += len(spans)
    assert found / total >= 0.99


@given(st.text(), st.sampled_from(LANGUAGES))
def test_nothing_but_white_space_is_left_out(text: str, language: str) -> None:
    at = 0
    for start, end in tokenize(text, language):
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_time_is_linear(language: str, seed: str) -> None:
    """A quadratic pattern would take minutes."""
    with at_most(3):
        tokenize((seed * 100_000)[:100_000] + "!", language)
