"""English sentences are shortened by grammar, and say no more than before."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.english import shorten
from nutgraf.summarizer.headlines.tokens import tagged, tokens

LONG = 200


def forms(text: str, longest: int = LONG) -> list[str]:
    clauses, labels = shorten(text, longest, lead=True)
    return [*clauses, *labels]


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("Two people died in a fire in Hale, police said on Tuesday.", "Two people died in fire in Hale"),
        ("Police said on Monday that two people died in the fire.", "Two people died in fire"),
        ("The council approved the budget (see page 4).", "Council approved budget"),
        ("The mayor, a former teacher, opened the bridge.", "Mayor opened bridge"),
        ("The bridge, which opened in 1961, closed for repairs.", "Bridge closed for repairs"),
        ("After weeks of talks, the ferry company signed a contract with the port.", "Ferry company signed contract"),
        ("However, the harbour office reopened late Sunday night.", "Harbour office reopened"),
        ("The museum unanimously approved the sale on Friday.", "Museum approved sale"),
        ("Two hikers were rescued from a cliff by a helicopter.", "Two hikers rescued from cliff"),
        ("Engineers have found cracks in two piers of the bridge.", "Engineers found cracks"),
        ("Workers are repairing the sea wall at Port Alder.", "Workers repairing sea wall"),
        ("Finance Minister Ada Quill opened the new mint in Hale.", "Quill opened new mint"),
        (
            "The driver held near the school pleaded guilty to two charges.",
            "Driver pleaded guilty to two charges",
        ),
        ("Storms hit the coast, leaving 4,000 homes without power.", "Storms hit coast, leaving 4,000 homes without power"),
        ("HALE The harbour pilots voted for a strike.", "Harbour pilots voted for strike"),
        ("The death of the lighthouse keeper in March shook the island.", "Death of lighthouse keeper in March"),
    ],
)
def test_shortened_by_grammar(sentence: str, headline: str) -> None:
    assert headline in forms(sentence)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The mayor stole the ferry money, the opposition said on Monday.", "opposition said"),
        ("Prices will double by June, the Grain Institute said.", "Grain Institute said"),
        ("The reactor is unsafe, according to the engineers.", "according to engineers"),
        ("Police said the suspect shot two men near the harbour.", "Police said"),
        ('"The ferry was rotten" when it sank, the captain said.', "captain said"),
        ("The company said that it never sold the rotten ferries.", "company said"),
    ],
)
def test_a_disputed_claim_keeps_who_says_it(sentence: str, speaker: str) -> None:
    """What is alleged, forecast or quoted is not printed as a fact; a label claims nothing."""
    clauses, _ = shorten(sentence, LONG, lead=True)
    assert all(speaker.lower() in clause.lower() for clause in clauses)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("No passenger died in the second crash on the bridge.", "second"),
        ("The council will not close the school at Hale.", "not"),
        ("The union will strike on Monday unless the port pays.", "unless"),
        ("Only three of the ten boats sailed in the storm.", "Only"),
        ("The alleged thief left the harbour on a stolen boat.", "alleged"),
        ("At least 17 sailors were rescued near Hale.", "At least 17"),
        ("The port never paid the 40 pilots for the night.", "never"),
    ],
)
def test_what_bounds_a_claim_stays(sentence: str, word: str) -> None:
    assert all(word.lower() in clause.lower() for clause in shorten(sentence, LONG, lead=True)[0])


@pytest.mark.parametrize(
    "sentence",
    [
        "He opened the new bridge in Hale.",
        "We are proud of the ferry.",
        "Who will pay for the new bridge?",
        '"The ferry is late again today.',
        "The harbour at night.",
        "Have a look at the new bridge.",
    ],
)
def test_nothing_where_nothing_is_safe(sentence: str) -> None:
    assert shorten(sentence, LONG, lead=True)[0] == []


WORDS = st.sampled_from(
    "the a police mayor Hale ferry two 17 million people percent not no never alleged allegedly killed arrested was were is "
    "has said says that on in at after for with Monday , , who which harbour crash reported suspected bridge without if "
    "opened closed struck voted will may the of and".split()
)


@given(st.lists(WORDS, min_size=4, max_size=30))
def test_no_negation_hedge_figure_or_unit_is_lost_beside_a_word_that_stays(words: list[str]) -> None:
    """Checked on the words alone: each headline's words are found in order, and their neighbours looked at."""
    text = " ".join(words).replace(" ,", ",") + "."
    sentence = tagged(tokens(text))
    guarded = tables.NEGATIONS | tables.HEDGES | {"17", "two"}
    for headline in forms(text):
        kept = _alignments(headline, [token.text for token in sentence])
        assert kept, headline
        assert any(_keeps_guarded(places, sentence, guarded) for places in kept), (text, headline)


def _alignments(headline: str, tokens: list[str]) -> list[list[int]]:
    """Each way in which the headline's words stand in the sentence in that order, up to a bound."""
    wanted = re.findall(r"[\w'-]+|,", headline)
    found: list[list[int]] = []

    def extend(places: list[int], at: int) -> None:
        if len(found) > 2000:
            return
        if len(places) == len(wanted):
            found.append(places)
            return
        for place in range(at, len(tokens)):
            if tokens[place].lower() == wanted[len(places)].lower():
                extend([*places, place], place + 1)

    extend([], 0)
    return found


def _keeps_guarded(places: list[int], sentence: Sequence[Any], guarded: frozenset[str]) -> bool:
    kept = set(places)
    for at, token in enumerate(sentence):
        if at in kept or token.lower not in guarded:
            continue
        if any(beside in kept and sentence[beside].is_word for beside in (at - 1, at + 1) if 0 <= beside < len(sentence)):
            return False
    return True


def test_words_at_random_can_be_shortened() -> None:
    """Otherwise the test above would look at nothing."""
    assert find(st.lists(WORDS, min_size=4, max_size=30), lambda words: bool(forms(" ".join(words) + ".")))


@given(st.text(max_size=200))
def test_any_text_is_shortened_or_left(text: str) -> None:
    """Alone, and inside of a sentence that can be shortened."""
    for each in (text, f"The harbour bridge closed on Monday, the city said, after cracks were found{text}"):
        for form in forms(each, 80):
            assert 0 < len(form) <= 80
