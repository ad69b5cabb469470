"""No text in any language causes an internal error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article, HeadlineOptions, Length, NoUsableTextError, Options, Summary, summarize
from nutgraf.summarizer.languages.language import all_languages

CODES = [language.code for language in all_languages()]
# Texts that are difficult for headlines, key terms and figures: no spaces, only marks, digits.
ODD = (
    "Sport/Weather/Culture.",
    "A.",
    "1.",
    "1/2/3.",
    "…",
    "“”.",
    "@home #tag.",
    "a/b/c d/e/f. g/h/i.",
    "Dr. No. 7.",
    "\u0301 x.",
    "한국/日本/ไทย。",
)


def summarized(text: str, code: str) -> Summary | None:
    options = Options(headlines=HeadlineOptions(count=5), keywords=20, variants={"short": Length("characters", 40)})
    try:
        return summarize([Article(text, language=code), Article(f"{text} {text}", language=code)], options)
    except NoUsableTextError:
        return None


@pytest.mark.parametrize("code", CODES)
def test_unusual_texts_are_answered(code: str) -> None:
    """ "Sport/Weather/Culture." in Swedish divided by zero: no word of its headline was a term of the story."""
    for text in ODD:
        summary = summarized(text, code)
        assert summary is None or all(0 <= headline.score <= 1 for headline in summary.headlines)


@given(
    st.lists(st.text(max_size=12), max_size=12).map(" ".join) | st.text(max_size=200),
    st.sampled_from(CODES) | st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True),
)
def test_any_text_in_any_language_is_answered(text: str, code: str) -> None:
    """Text without a letter or digit may be refused, because it has no sentence."""
    text = text.encode(errors="replace").decode()
    summary = summarized(text, code)
    assert summary or not any(character.isalnum() for character in text)
