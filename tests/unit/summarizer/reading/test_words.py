"""Words and stems as sumy makes them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.utils import get_stop_words

from nutgraf.summarizer import Article, Options, summarize
from nutgraf.summarizer.languages.language import Language, all_languages, language
from nutgraf.summarizer.models import Length
from nutgraf.summarizer.reading import words
from nutgraf.summarizer.reading.words import count_words, dehyphenate, nltk_words, query_words, vocabulary
from tests.builders import NEWS, real_news
from tests.language_samples import language_samples

SUMY = Tokenizer("english")  # loaded once, as it reads a model from the disk
TRICKY = [
    "It can't, won't and shouldn't; they've said he'd go.",
    'She said: "Stop." Then (at 5 p.m.) he left...',
    "Costs rose to $2.1m (£1.6m), i.e. 3.5% -- a record!",
    "He cannot; I'm gonna, gimme, wanna. D'ye see 'tis more'n that?",
    "The U.S. and U.K. met. Dr. Who didn't. O'Neill's dog's tail.",
    "A.B.C. ends here.) And \"this\" 'too'. [Really?] «Oui», dit-il.",
    "e-mail a@b.example, https://news.example/x?y=1 or 1,000,000.50 and 12:30.",
    "Ends with a quote.' \" ) more .",
    "l'homme d'aujourd'hui qu'il n'a; rock'n'roll 'n' roll",
    "“Curly quotes,” she said. ‘Single.’ It’s fine…",
    "'The Good Wife's' end, 'Trek's') and a---b, c,,d or wanna's",
    'Called it "a mockery. "',
]


@pytest.mark.parametrize("text", [*TRICKY, NEWS])
def test_words_equal_sumys_on_difficult_text(text: str) -> None:
    assert nltk_words(text) == list(SUMY.to_words(text))


FRAGMENTS = (
    "a b It dog n't N'T 's 'S 'll 're 've 'd 'm ' '' \" , : ; ( ) [ ] { } < > - -- — … “ ” ‘ ’ « » & $ % # @ * / 1 23 "
    "_ ` é Ü ² क cannot gonna wanna d'ye more'n 'tis U.S. • + = | İ 't 'n'"
).split()
ENDS = ("", ".", '."', '. "', ".'", "!", "...")


@given(st.lists(st.sampled_from([*FRAGMENTS, *[" "] * 12]), max_size=14), st.sampled_from(ENDS))
def test_words_equal_sumys_with_any_punctuation(fragments: list[str], end: str) -> None:
    """Marks and clitics next to each other, in every order; the tokenizer's rules depend on the neighbours of a mark."""
    sentence = dehyphenate("".join(fragments).strip() + end)
    assume(sentence)
    assert nltk_words(sentence) == list(SUMY.to_words(sentence))


@pytest.mark.parametrize(
    "name", ["multinews.jsonl", "cnn.jsonl", "cstnews_pt.jsonl", "norsumm_nb.jsonl", "orangesum_fr.jsonl"]
)
def test_words_equal_sumys_on_real_news(name: str) -> None:
    for row in real_news(name, limit=6):
        for article in row["articles"]:
            for line in filter(None, map(str.strip, article["text"].split("\n"))):
                assert nltk_words(line) == list(SUMY.to_words(line))


@pytest.mark.parametrize("code", sorted(each.code for each in all_languages() if each.model))
def test_stems_equal_sumys_and_stop_words_include_sumys(code: str) -> None:
    """For languages for which sumy has a stop word list, and a stemmer without further packages."""
    of_language, ours = language(code), vocabulary(code)
    stem: Callable[[str], str]
    try:
        stem = ours.stem if of_language.snowball else Stemmer(of_language.name)
    except LookupError:
        stem = str
    for word in "bridges running cities nationale häuser viviendas governos bilene 1234 o'clock été".split():
        assert ours.stem(word) == stem(word)
    expected: Iterable[str]
    try:
        expected = get_stop_words(of_language.name)
    except LookupError:
        return
    assert ours.stop_words >= {word.lower() for word in expected} - of_language.words("words", "content_words")


@pytest.mark.parametrize(
    ("code", "one", "other"), [("el", "γέφυρας", "γέφυρα"), ("pl", "mosty", "mostu"), ("cs", "mosty", "mostů")]
)
def test_languages_whose_stemmer_sumy_lacks_are_stemmed(code: str, one: str, other: str) -> None:
    """sumy's Greek and Polish stemmers need packages that are not installed, and failed at the first word."""
    assert vocabulary(code).stem(one) == vocabulary(code).stem(other)


@pytest.mark.parametrize("language", all_languages(), ids=lambda each: each.code)
def test_every_language_has_words(language: Language) -> None:
    of_language = vocabulary(language.code)
    assert [of_language.stem(token.lower()) for token in of_language.tokens("NATO 2026, e-mail été, שלום")]


def test_words_are_counted_by_white_space_or_tokens() -> None:
    assert count_words("one two-three, four", "en") == 3
    assert count_words("東京都は今日雨です", "ja") > 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "de un une ne a le"),
        ("es", "de del que no"),
        ("pt", "não de"),
        ("it", "di l dell"),
        ("en", "the n't said"),
        ("nb", "og ikke"),
    ],
)
def test_function_words_are_taken_from_several_lists(language: str, words: str) -> None:
    assert set(words.split()) <= vocabulary(language).stop_words


@pytest.mark.parametrize("word", ["new", "old", "best", "help", "value"])
def test_words_with_content_are_not_function_words(word: str) -> None:
    """sumy's English list has "new": New Orleans was Orleans."""
    assert word not in vocabulary("en").stop_words


@pytest.mark.parametrize(
    ("language", "text", "content"),
    [
        ("fr", "L'accident d’un avion qu'il", ["accident", "avion"]),
        ("it", "Dell'incidente all'alba", ["incidente", "alba"]),
        ("en", "The boys didn't and can't swim", ["boys", "swim"]),
    ],
)
def test_elisions_and_negations_are_not_part_of_a_term(language: str, text: str, content: list[str]) -> None:
    of_language = vocabulary(language)
    assert [token for token in of_language.tokens(text) if token.lower() not in of_language.stop_words] == content


@pytest.mark.parametrize("tag", ["ja", "zh", "th"])
def test_text_without_spaces_is_split_once(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is split once even if its words are counted for several lengths and for the reports on articles."""
    split: list[str] = []
    known = vocabulary(tag)

    def tokens(text: str) -> list[str]:
        split.append(text)
        return list(known.tokens(text))

    counting = replace(known, tokens=tokens)
    monkeypatch.setattr(words, "vocabulary", lambda _: counting)
    sample = language_samples()[tag].paragraph
    options = Options(Length("words", 5), variants={"a": Length("ratio", 0.5)}, per_article=Length("words", 9), keywords=0)
    summary = summarize([Article(sample, language=tag)], options)
    assert len(split) == len(set(split)) >= summary.articles[0].sentences
    assert summary.articles[0].words == sum(len(known.tokens(text)) for text in split)


@pytest.mark.parametrize(
    ("query", "tags", "expected"),
    [
        ("When will the ferry run again?", ["en"], ["ferri"]),
        ("Who pays for the repairs?", ["en", "en"], ["pay", "repair"]),
        ("How many people died?", ["en"], ["peopl", "die"]),
        ("Did it run?", ["en"], ["run"]),
        ("Wann geht die Fähre?", ["de"], ["fahr"]),
        ("ferry", ["sw"], ["ferry"]),
        ("", ["en"], []),
    ],
)
def test_general_verbs_of_a_query_do_not_count(query: str, tags: list[str], expected: list[str]) -> None:
    assert list(query_words(query, tags)) == expected


def test_general_verbs_count_in_all_languages_of_the_articles() -> None:
    """ "run" is no verb of German, and would come back by its German stem."""
    assert "run" not in query_words("When will the ferry run again?", ["en", "de"])
