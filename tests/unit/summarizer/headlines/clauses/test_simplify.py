"""What goes before a sentence is taken apart: brackets, insertions, days and openers, except those that make it true."""

import pytest

from nutgraf.summarizer.headlines.clauses.simplify import opener_end, simplify
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import tree


def simplify_text(text: str, language: str = "en") -> str:
    return simplify(text, language, word_classes(language))


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("The mayor (pictured) closed the bridge.", "The mayor closed the bridge."),
        ("The mayor closed the bridge (see map).", "The mayor closed the bridge."),
        ("The mayor closed route 4(b) early.", "The mayor closed route 4(b) early."),
        ("The bridge – a landmark – closed.", "The bridge closed."),
        ("The bridge — a landmark — closed.", "The bridge closed."),
        ("The bridge -- a landmark -- closed.", "The bridge closed."),
        ("The bridge _ a landmark _ closed.", "The bridge closed."),
    ],
)
def test_brackets_and_insertions_between_two_dashes_are_removed(text: str, simple: str) -> None:
    assert simplify_text(text) == simple


@pytest.mark.parametrize(
    "text",
    [
        "The bridge closed – a surprise.",
        "The bridge – a landmark – closed – for good.",
        "The well-known twelve-arch bridge closed.",
    ],
)
def test_other_dashes_are_kept(text: str) -> None:
    assert simplify_text(text) == text


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("The bridge closed on Monday.", "The bridge closed."),
        ("The bridge closed Monday after a storm.", "The bridge closed after a storm."),
        ("The bridge closed on Friday evening, police said.", "The bridge closed, police said."),
        ("The bridge closed late on Sunday.", "The bridge closed."),
        ("The bridge closed yesterday.", "The bridge closed."),
        ("Police said on Tuesday the bridge closed.", "Police said the bridge closed."),
    ],
)
def test_the_day_of_the_news_is_removed(text: str, simple: str) -> None:
    assert simplify_text(text) == simple


@pytest.mark.parametrize(
    "text",
    [
        "The bridge stays closed until Monday.",
        "The bridge is open from Monday.",
        "The bridge is open Monday to Friday.",
        "The bridge closes every Sunday.",
        "The bridge closed after Sunday's storm.",
        "The bridge closed before next Monday.",
        "The bridge opens on Good Friday.",
        "Monday is the day of the bridge.",
    ],
)
def test_a_day_that_limits_or_names_something_is_kept(text: str) -> None:
    assert simplify_text(text) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [("Le pont a fermé.", "fr"), ("Die Brücke ist zu.", "de"), ("El puente cerró.", "es"), ("A ponte fechou.", "pt")],
)
def test_a_sentence_without_removable_parts_is_not_changed(text: str, language: str) -> None:
    assert simplify_text(text, language) == text


# Openers.

CLOSED = (
    "the/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
    "to/ADP/case/lorries heavy/ADJ/amod/lorries lorries/NOUN/obl/closed ./PUNCT/punct/closed"
)


def main_clause(opener: str, language: str = "en", rest: str = CLOSED) -> str:
    """What is left of an opener and a main clause."""
    made = tree(f"{opener} ,/PUNCT/punct/closed {rest}")
    return made.text[opener_end(made, Spans(made), word_classes(language)) :]


@pytest.mark.parametrize(
    "opener",
    [
        "After/ADP/case/storm a/DET/det/storm storm/NOUN/obl/closed",
        "Facing/VERB|Part/advcl/closed floods/NOUN/obj/Facing",
        "Surprisingly/ADV/advmod/closed",
        "Two/NUM/nummod/days days/NOUN/obl/closed later/ADV/advmod/days",
        "Worried/ADJ/advcl/closed about/ADP/case/floods floods/NOUN/obl/Worried",
    ],
)
def test_an_opening_phrase_is_removed(opener: str) -> None:
    assert main_clause(opener) == "the council closed the bridge to heavy lorries."


@pytest.mark.parametrize(
    "opener",
    [
        pytest.param("If/SCONJ/mark/falls rain/NOUN/nsubj/falls falls/VERB|Fin/advcl/closed", id="condition"),
        pytest.param("Unless/SCONJ/mark/falls rain/NOUN/nsubj/falls falls/VERB|Fin/advcl/closed", id="exception"),
        pytest.param("Until/ADP/case/May May/PROPN/obl/closed", id="bound"),
        pytest.param("Only/ADV/advmod/May in/ADP/case/May May/PROPN/obl/closed", id="restriction"),
        pytest.param("Without/ADP/case/notice notice/NOUN/obl/closed", id="negation"),
        pytest.param("In/ADP/case/town our/PRON/nmod:poss/town town/NOUN/obl/closed", id="first person"),
    ],
)
def test_an_opening_phrase_that_the_truth_of_the_claim_needs_is_kept(opener: str) -> None:
    assert main_clause(opener).startswith(opener.partition("/")[0])


def test_a_subject_is_not_an_opening_phrase() -> None:
    council = "The/DET/det/council council/NOUN/nsubj/closed"
    made = tree(
        f"{council} ,/PUNCT/punct/body an/DET/det/body old/ADJ/amod/body body/NOUN/appos/council ,/PUNCT/punct/body {CLOSED.split(' ', 2)[2]}"
    )
    assert opener_end(made, Spans(made), word_classes("en")) == 0


def test_the_period_of_a_statistic_is_kept() -> None:
    rest = (
        "rents/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- 4/NUM/nummod/percent percent/NOUN/obj/closed higher/ADV/advmod/closed "
        "in/ADP/case/Alder Alder/PROPN/obl/closed ./PUNCT/punct/closed"
    )
    opener = "In/ADP/case/spring spring/NOUN/obl/closed"
    assert main_clause(opener, rest=rest).startswith("In spring")
    assert not main_clause(opener, rest=rest.replace("percent", "points")).startswith("In spring")


def test_a_german_opening_phrase_is_kept_because_the_verb_would_come_first() -> None:
    opener = "Nach/ADP/case/Sturm dem/DET/det/Sturm Sturm/NOUN/obl/closed"
    assert main_clause(opener, "de").startswith("Nach dem Sturm")
    assert not main_clause(opener, "en").startswith("Nach")


def test_an_opening_phrase_is_removed_only_if_a_clause_follows_the_comma() -> None:
    rest = "quickly/ADV/advmod/closed " + CLOSED
    assert main_clause("After/ADP/case/storm a/DET/det/storm storm/NOUN/obl/closed", rest=rest).startswith("After")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The march was held on the third Saturday of protests."),
        ("fr", "Les manifestants entament leur troisième samedi de mobilisation."),
        ("de", "Am dritten Samstag der Proteste blieb es ruhig."),
    ],
)
def test_a_day_that_is_counted_is_kept(language: str, text: str) -> None:
    assert simplify_text(text, language) == text
