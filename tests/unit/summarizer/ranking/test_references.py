"""Finds which words of a list a sentence has."""

import re

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer.ranking.references import has_word

TEXTS = st.text(st.sampled_from("ab1_é '-.’ñ\u0301\n²"), max_size=24)


@given(TEXTS, TEXTS.filter(bool))
def test_words_are_found_as_by_regular_expressions(text: str, word: str) -> None:
    assert has_word(text, word) == (re.search(rf"\b{re.escape(word)}\b", text) is not None)
