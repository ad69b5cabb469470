"""Given names that a headline may leave out, because the story does."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.grammar import parse
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.shorten import shorten
from nutgraf.summarizer.headlines.speakers.person_names import given_names
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


HYPHEN = "Chief/NOUN/compound/Ada Ada/PROPN/nsubj/left +-/PUNCT/punct/Beth +Beth/PROPN/flat/Ada Marsh/PROPN/flat/Ada left/VERB|Fin/ROOT/-"


def test_a_given_name_with_a_hyphen_is_left_out_whole() -> None:
    assert left_out(HYPHEN, "Chief Ada-Beth Marsh left. She was tired, Marsh said.") == ["Ada", "-", "Beth"]


def test_an_office_may_stand_before_a_surname_alone() -> None:
    sentence = (
        "Harbour chief Ada-Beth Marsh has signaled her support for a winter market in Skerry, with the caveat that it ends."
    )
    (parsed,) = parse([sentence], "en")
    made = shorten(parsed, word_classes("en"), lambda line: len(line) <= 64, 64, f"{sentence} It may be cold, Marsh said.")
    texts = [headline.text for headline in made]
    assert "Harbour chief Marsh signaled support for winter market in Skerry" in texts
    assert not any("Harbour Marsh" in text or "Harbour Ada" in text for text in texts)


def test_a_full_name_is_preferred_to_a_surname_alone() -> None:
    text = "Ada Marsh closed the bridge of Skerry, a small town. Marsh said it was old. The town has no other bridge."
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(1, 70), keywords=0)).headlines
    assert found[0].text.startswith("Ada Marsh closed the bridge"), found[0].text
