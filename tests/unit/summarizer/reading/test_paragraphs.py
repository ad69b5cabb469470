"""Lines that a wire, an e-mail or a PDF wrapped are joined to paragraphs; lines of a list are not."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.paragraphs import on_one_line, paragraphs
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.words import dehyphenate

STORY = (
    "The harbour bridge at Kelling will close for eleven weeks from Monday, the city said, after Engineers of the County "
    "found cracks in two of its six piers. Buses will take another way and need twenty minutes longer.",
    "Repairs will cost 9 million euros, which Kelling will borrow. \"We could not wait,\" said Ada Marsh, who leads the "
    "council. Shops on the east bank fear for their trade.",
    "The bridge opened in 1961 and carries 40,000 cars a day. Mayor Ben Pike will speak to the owners on Thursday.",
)  # fmt: skip


def sentences(text: str) -> list[str]:
    return [" ".join(on_one_line(sentence.text).split()) for sentence in split([clean(Article(text), "en")])]


WHOLE = sentences("\n\n".join(STORY))


@given(st.integers(35, 80), st.sampled_from(["    ", "  ", ""]), st.sampled_from(["", "> ", ">"]))
def test_wrapped_lines_give_the_sentences_of_the_whole_ones(width: int, indent: str, mark: str) -> None:
    """At any width, with paragraphs separated by an indent or an empty line, and quoted as in e-mail."""
    between = "\n" if indent else "\n\n"
    wrapped = between.join(textwrap.fill(each, width, initial_indent=indent, break_on_hyphens=False) for each in STORY)
    text = "\n".join(mark + line for line in wrapped.split("\n"))
    assert sentences(text) == WHOLE


def test_a_sentence_across_a_line_end_is_verbatim() -> None:
    text = "    " + textwrap.fill(STORY[0], 60, break_on_hyphens=False).replace("\n", "\n ")
    first = split([clean(Article(text), "en")])[0]
    assert "\n" in first.text
    assert text[first.start : first.end] == first.text


@pytest.mark.parametrize(
    "lines",
    [
        ["Alder Rovers 3 Kerr United 1", "Port Town 0 Hale Wanderers 0", "Kelling 2 Marsh Lane 2"],
        ["• The bridge closes on 4 May", "• Tolls rise to 3 pounds on 1 June"],
        ["1. The bridge closes", "2. Tolls rise"],
        ["Contact:", "Ben Pike", "Alder Works", "+44 20 5550 1234"],
    ],
)
def test_lines_of_a_list_stay_lines(lines: list[str]) -> None:
    text = STORY[0] + "\n\n" + "\n".join(lines) + "\n\n" + STORY[1]
    assert len(paragraphs(text)) == len(lines) + 2


def test_list_and_markdown_marks_are_not_part_of_the_line() -> None:
    text = "• The bridge closes\n\n* Tolls rise\n\n## What next\n\n> We wait."
    found = [text[each.span.start : each.span.end] for each in paragraphs(text)]
    assert found == ["The bridge closes", "Tolls rise", "What next", "We wait."]
    assert [each.is_list_item for each in paragraphs(text)] == [True, True, False, False]
    assert paragraphs(text)[2].is_heading
    assert paragraphs(text)[3].is_quoted


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the com-\n    mittee met", "the committee met"),
        ("> the com-\n> mittee met", "> the committee met"),
        ("the North-\nSouth line", "the North- South line"),
        ("mil\u00adlions of\u200b euros", "millions of euros"),
        ("one  space", "one space"),
    ],
)
def test_words_hyphenated_at_a_line_end_are_joined(text: str, line: str) -> None:
    assert dehyphenate(text) == line


def test_a_thousand_lines_are_read_fast() -> None:
    text = "\n".join(["a word and -"] * 5_000)
    assert paragraphs(text)
