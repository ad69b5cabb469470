"""Given names that a headline may leave out, because the story does."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.headlines.person_names import given_names
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import tree

MARSH = "Mayor/NOUN/compound/Ada Ada/PROPN/nsubj/left Marsh/PROPN/flat/Ada left/VERB|Fin/ROOT/- the/DET/det/town town/NOUN/obj/left"
UNION = "the/DET/det/Union Alder/ADJ/amod/Union Union/PROPN/nsubj/left Ada/PROPN/flat/Union left/VERB|Fin/ROOT/-"


def left_out(notation: str, story: str) -> list[str]:
    made = tree(notation)
    return [made.words[word] for word in sorted(given_names(Spans(made), story, word_classes("en")))]


@pytest.mark.parametrize(
    ("story", "names"),
    [
        ("Mayor Ada Marsh left the town. She was tired, Marsh said.", ["Ada"]),
        ("Mayor Ada Marsh left the town. Mrs. Marsh was tired.", ["Ada"]),
        ("Mayor Ada Marsh left the town. Ada Marsh was tired. Bo Marsh was not.", []),
        ("Mayor Ada Marsh left the town. The Marsh is a meadow. They like the Marsh, too.", []),
        ("Mayor Ada Marsh left the town. It is called Marsh Hill.", []),
        ("", []),
    ],
)
def test_a_given_name_is_dropped_only_if_the_article_uses_the_surname_alone(story: str, names: list[str]) -> None:
    assert left_out(MARSH, story) == names


def test_a_word_of_a_longer_name_is_not_a_given_name() -> None:
    assert left_out(UNION, "The Alder Union Ada left. Then Ada came.") == []


def test_a_headline_uses_the_surname_alone_to_make_room_for_the_news() -> None:
    text = (
        "Harbour Commissioner Ada Marsh defended her decision to close the oldest bridge of the harbour towns before the winter. "
        "The bridge has no lamps, Marsh said. Others want it open."
    )
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(1, 64), keywords=0)).headlines
    assert found[0].text.startswith("Marsh defended"), found[0].text
    assert "oldest bridge" in found[0].text
