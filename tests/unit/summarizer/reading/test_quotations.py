"""Finds which sentences are quotations: across paragraphs, in transcripts and in block quotations."""

import pytest

from nutgraf.summarizer import Article, Options, summarize
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split

OPENING = "Police spoke to reporters at the pier."


def quotation_flags(text: str, language: str = "en") -> dict[str, tuple[bool, bool]]:
    """Each sentence, whether it is quoted, and whether its speaker may be missing."""
    return {each.text: (each.quoted, each.unattributed) for each in split([clean(Article(text), language)])}


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»"])
def test_a_quotation_spans_paragraphs(opening: str, closing: str) -> None:
    first, last = f"{opening}They lied to us. Ben Pike took bribes.", f"{opening}He must go now,{closing} Marsh said."
    text = "\n\n".join([OPENING, first, last, "It rained."])
    found = quotation_flags(text)
    assert found[OPENING] == (False, False)
    assert found[f"{opening}They lied to us."] == (True, True)
    assert found["Ben Pike took bribes."] == (True, True)
    assert found[f"{opening}He must go now,{closing} Marsh said."] == (True, False)
    assert found["It rained."] == (False, False)


def test_a_quotation_may_have_any_length() -> None:
    text = "“" + "The steel came from a yard that nobody knew. " * 40 + "Ben Pike knew of it,” Marsh said."
    assert all(quoted for quoted, _ in quotation_flags(text).values())


@pytest.mark.parametrize(
    "text",
    [
        "MARSH: Why did you wait?\n\nPIKE: We had no money. The council knew.",
        "Q. Why did you wait?\n\nA. We had no money. The council knew.",
        "> We had no money.\n> The council knew.",
    ],
)
def test_transcript_turns_and_block_quotations_are_quotations(text: str) -> None:
    assert set(quotation_flags(text).values()) == {(True, True)}


@pytest.mark.parametrize(
    "text", ['The so-called "bridge tax" rises.', "The 5'6\" man left.", "The dogs' owners paid.", "Update: it rained."]
)
def test_a_word_in_quotation_marks_is_not_a_quotation(text: str) -> None:
    assert quotation_flags(text) == {text: (False, False)}


def test_no_headline_is_made_of_a_quotation_without_its_speaker() -> None:
    """ "They lied. Ben Pike took bribes …" gave the headline "Ben Pike took bribes from builders"."""
    text = f"{OPENING}\n\n“They lied. Ben Pike took bribes from the builders.\n\n“He must go,” Marsh said."
    summary = summarize([Article(text, language="en")])
    assert not any("bribes" in headline.text for headline in summary.headlines)


def test_excluded_quotes_are_those_marked_in_the_answer() -> None:
    quotation = "“They lied to us. Ben Pike took bribes.\n\n“He must go now,” Marsh said."
    text = f"{OPENING} The ferry ran aground in fog on Sunday morning.\n\n{quotation}"
    whole = summarize([Article(text, language="en")], Options(all_sentences=True))
    quoted = {each.sentence.index for each in whole.articles[0].all_sentences or () if each.sentence.quoted}
    kept = summarize([Article(text, language="en")], Options(exclude=frozenset({"quotes"})))
    assert quoted == {2, 3, 4}
    assert not quoted & {each.sentence.index for each in kept.summary.sentences}


def test_headings_in_capitals_are_no_speakers() -> None:
    text = "STOCKS: The index fell on Monday. Nobody knew why.\n\nBONDS: The yield rose on Monday. Traders expect no cut."
    assert not any(quoted for quoted, _ in quotation_flags(text).values())
