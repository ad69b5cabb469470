"""What lowers and raises the grade that a headline may expect."""

import pytest

from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.grades import BIAS, WEIGHTS, grade
from nutgraf.summarizer.headlines.shorten import shorten
from tests.unit.summarizer.headlines.trees import tree

SENTENCE = (
    "Ada/PROPN/nsubj/closed Marsh/PROPN/flat/Ada closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
    "to/ADP/case/Alder Alder/PROPN/nmod/bridge after/ADP/case/storm a/DET/det/storm storm/NOUN/obl/closed ./PUNCT/punct/closed"
)


def grades_of(notation: str, longest: int) -> dict[str, float]:
    headlines = shorten(tree(notation), word_classes("en"), lambda line: len(line) <= longest, longest)
    return {headline.text: grade(headline.features) for headline in headlines}


def test_a_whole_sentence_gets_a_better_grade_than_a_part_of_it() -> None:
    found = grades_of(SENTENCE, 50)
    whole = found.pop("Ada Marsh closed the bridge to Alder after a storm")
    assert found
    assert all(whole > other for other in found.values())


def test_a_named_subject_gets_a_better_grade_than_a_noun() -> None:
    named = grades_of(SENTENCE, 50)["Ada Marsh closed the bridge to Alder after a storm"]
    label = SENTENCE.replace("Ada/PROPN/nsubj/closed Marsh/PROPN/flat/Ada", "The/DET/det/man man/NOUN/nsubj/closed")
    assert named > grades_of(label, 50)["The man closed the bridge to Alder after a storm"]


def test_every_weight_belongs_to_a_trait() -> None:
    (first, *_) = shorten(tree(SENTENCE), word_classes("en"), lambda line: len(line) <= 30, 30)
    elsewhere = {
        "first",
        "speaker",
        "rest of noun follows",
        "phrase follows",
        "clause follows",
        "other follows",
        "time follows",
    }
    assert set(WEIGHTS) <= set(first.features) | elsewhere


def test_a_grade_is_between_0_and_1() -> None:
    assert grade({}) == pytest.approx(1 / (1 + 2.718281828**-BIAS))
    worst, best = ({name: sign * weight for name, weight in WEIGHTS.items()} for sign in (-9, 9))
    assert 0 <= grade(worst) < grade({}) < grade(best) <= 1
