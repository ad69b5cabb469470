"""Sentences are verbatim, and quotations are not split."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split


def sentences(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split([clean(Article(text), language)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Go. Now." She left.', ['"Go. Now."', "She left."]),
        ('He said: "Go. Now." She left.', ['He said: "Go. Now."', "She left."]),
        ("“We wait. We hope,” she said. It rained.", ["“We wait. We hope,” she said.", "It rained."]),
        ('"Is it over?" asked the clerk. Nobody knew.', ['"Is it over?" asked the clerk.', "Nobody knew."]),
        ("'It is late. Go home,' he said. She went.", ["'It is late. Go home,' he said.", "She went."]),
        ("The dogs' owners paid. The cats' did not.", ["The dogs' owners paid.", "The cats' did not."]),
        ('A stray " mark. It harms nobody. Really.', ['A stray " mark.', "It harms nobody.", "Really."]),
        ("Gov. May met Capt. Hook and Sens. Low and High. It rained.", None),
        (
            "The bill died in the House. Sen. Low voted no. It rained.",
            ["The bill died in the House.", "Sen. Low voted no.", "It rained."],
        ),
        ("Dr. Who met the U.S. team at 5 p.m. on Monday. It rained.", None),
        ("The show lost the 8 p.m. ET slot on Monday. It rained.", None),
    ],
)
def test_english(text: str, expected: list[str] | None) -> None:
    found = sentences(text)
    assert found == (expected or [text.removesuffix(" It rained."), "It rained."])


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", "„Wir warten. Wir hoffen“, sagte sie. Am 3. Mai wird geöffnet. Es regnete.", 3),
        ("fr", "M. le maire a parlé. Mme. Le Pont aussi. Voir vol. 49 aussi.", 3),
        ("es", "El Sr. López llegó a EE.UU. con la Dra. Bueno. El martes salió.", 2),
        ("de", "Am 3. Mai kam Dr. Klein mit 3 Mio. Euro. Er ging.", 2),
        ("fr", "« Nous attendons. Nous espérons », dit-elle. Il pleut.", 2),
        ("el", "Πού είναι το πλοίο; Κανείς δεν ξέρει. Βρέχει.", 3),
        ("vi", "Trời mưa ở Hà Nội. Cầu đóng cửa. Không ai biết?", 3),
        ("zh", "大桥将关闭十一周。市政府说。为什么？", 3),
        ("hi", "पुल बंद रहेगा। शहर ने कहा। क्यों?", 3),
        ("ur", "پل بند رہے گا۔ شہر نے کہا۔ کیوں؟", 3),
        ("ar", "الجسر مغلق. قالت المدينة. لماذا؟", 3),
        ("my", "တံတားပိတ်မည်။ မြို့ကပြောသည်။", 2),
    ],
)
def test_other_languages(language: str, text: str, count: int) -> None:
    assert len(sentences(text, language)) == count


def test_a_sentence_has_a_letter_or_digit() -> None:
    assert sentences("* * *\n\n1.\n\n—") == ["1."]


@given(
    st.lists(st.sampled_from(['"', "“", "”", "'", "Go. ", "Now! ", "He said ", "\n\n", "\0", "é", "«", "». "]), max_size=30)
)
def test_spans_are_verbatim_and_in_order(parts: list[str]) -> None:
    text = "".join(parts)
    found = split([clean(Article(text), "en")])
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert [sentence.index for sentence in found] == list(range(len(found)))
