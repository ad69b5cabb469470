"""Every supported language is detected, split into sentences, and ranked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article, Length, Options, summarize
from nutgraf.summarizer.languages.language import all_languages, any_of, codes, detect, language, primary
from tests.builders import real_news
from tests.language_samples import language_samples

# Three sentences each, about a bridge that closes.
PARAGRAPHS = {code: sample.paragraph for code, sample in language_samples().items()}
ONE_SENTENCE = {"th"}  # in Thai, only spaces separate sentences, and they also occur within sentences


@pytest.mark.parametrize("code", sorted(each.code for each in all_languages()))
def test_the_language_of_a_paragraph_is_detected(code: str) -> None:
    assert detect(PARAGRAPHS[code]).code == code


@pytest.mark.parametrize("code", sorted(PARAGRAPHS))
def test_a_paragraph_is_split_and_summarized(code: str) -> None:
    summary = summarize([Article(PARAGRAPHS[code])], Options(length=Length("sentences", 1)))
    assert summary.articles[0].sentences == (1 if code in ONE_SENTENCE else 3)
    assert summary.articles[0].words >= 12
    assert PARAGRAPHS[code].count(summary.summary.text) == 1
    assert len(summary.keywords) >= 2


def test_every_language_with_a_file_has_a_sample() -> None:
    assert set(PARAGRAPHS) == codes()


@pytest.mark.parametrize(
    ("tag", "code"), [("pt-BR", "pt"), ("no", "nb"), ("NN-no", "nn"), ("zh-Hant-TW", "zh"), ("iw", "he")]
)
def test_language_tags_select_the_right_language_file(tag: str, code: str) -> None:
    assert primary(tag) == code
    assert language(tag).code == code


def test_an_unknown_language_gets_the_generic_path() -> None:
    assert language("qya").splitter == "generic"


def test_languages_are_listed_once_with_their_tokenizer() -> None:
    listed = all_languages()
    assert len({each.code for each in listed}) == len(listed)
    assert {each.code for each in listed} == codes() - {"af"}  # guessed for Dutch on short text
    assert {each.code for each in listed if not each.spaced} == {"ja", "km", "lo", "my", "th", "zh"}


@pytest.mark.parametrize("text", ["", "12 345", "🎉"])
def test_the_language_of_text_without_letters_is_a_guess(text: str) -> None:
    assert not detect(text).reliable


@pytest.mark.usefixtures("untraced")
def test_two_hundred_characters_are_enough_for_detection() -> None:
    right = total = 0
    for name in ("multinews", "cnn", "neus", "cstnews_pt", "norsumm_nb", "orangesum_fr"):
        for row in real_news(f"{name}.jsonl", limit=60):
            for article in row["articles"]:
                for paragraph in article["text"].split("\n"):
                    if len(paragraph) >= 200:
                        total += 1
                        right += detect(paragraph[:200]).code == row["lang"]
    assert total > 1_000
    assert right / total >= 0.99


@given(
    st.lists(
        st.sampled_from(["^a", r"\bb", "a b", "^a|b", r"\bc|a", r"\b(?:a|c)$", r"^[|]a", r"\b\|c", "c(?! a)", "^(?-i:A)"]),
        min_size=1,
    ),
    st.text(st.sampled_from("abcA| \n"), max_size=12),
)
def test_a_combined_pattern_matches_like_its_parts(patterns: list[str], text: str) -> None:
    assert (any_of(patterns, re.I).search(text) is None) == (re.search("|".join(patterns), text, re.I) is None)


@pytest.mark.parametrize(
    "entry", ["teasers", "background", "back_references", "event_references", "near_references", "scenes"]
)
def test_the_combined_pattern_of_a_language_matches_like_its_parts(entry: str) -> None:
    words = " ".join(PARAGRAPHS.values()).split()
    for code in sorted(codes()):
        if patterns := language(code).patterns("discourse", entry):
            # Words of the patterns themselves, so that some of them match.
            texts = [*PARAGRAPHS.values(), *(" ".join(re.findall(r"\w+", pattern)) for pattern in patterns)]
            texts += [" ".join(text.split()[start:]) for text in texts for start in range(0, 12, 3)] + words
            one, several = any_of(patterns, re.I), re.compile("|".join(patterns), re.I)
            assert [one.search(text) is None for text in texts] == [several.search(text) is None for text in texts]
