"""summarize(): its results, and properties that hold for every input."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article, HeadlineOptions, Length, NoUsableTextError, Options, summarize
from tests.builders import NEWS, article, real_news

OTHER = (
    "Drivers face long detours while the harbour bridge is closed. The city will pay 9 million euros for the repairs. "
    "Shops on the island fear for their trade. The ferry will run every ten minutes instead of every twenty."
)


def codes(*articles: Article, **options: Any) -> list[str]:
    return [warning.code for warning in summarize(articles, Options(**options)).warnings]


def test_sentences_of_several_articles_contribute() -> None:
    summary = summarize([article(), article(OTHER)], Options(length=Length("sentences", 6)))
    assert {scored.sentence.article for scored in summary.summary.sentences} == {0, 1}


def test_best_sentence_has_score_1_and_order_score_is_best_first() -> None:
    summary = summarize([article(), article(OTHER)], Options(order="score"))
    scores = [scored.score for scored in summary.summary.sentences]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1


def test_order_published_starts_with_the_earliest_article() -> None:
    late, early = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    summary = summarize([article(published_at=late), article(OTHER, published_at=early)], Options(order="published"))
    told = [scored.sentence.article for scored in summary.summary.sentences]
    assert told == sorted(told, reverse=True)


def test_order_as_given_follows_the_request() -> None:
    summary = summarize([article(), article(OTHER)], Options(order="as_given"))
    told = [(scored.sentence.article, scored.sentence.index) for scored in summary.summary.sentences]
    assert told == sorted(told)


def test_repeated_sentence_is_selected_once() -> None:
    """Two agencies print the same sentence; it counts as two sentences, but is selected once."""
    first = NEWS.split(". ")[0] + "."
    summary = summarize([article(NEWS), article(f"{OTHER} {first}")], Options(length=Length("sentences", 9)))
    assert [scored.sentence.text for scored in summary.summary.sentences].count(first) == 1


def test_copies_count_once_and_the_longest_is_kept() -> None:
    cut = NEWS.rsplit(". ", 1)[0] + "."
    summary = summarize([article(cut), article(NEWS), article(OTHER)])
    assert [report.duplicate_of for report in summary.articles] == [1, None, None]
    assert {scored.sentence.article for scored in summary.summary.sentences} <= {1, 2}
    assert "duplicate-dropped" in [warning.code for warning in summary.warnings]


def test_of_equal_copies_the_earliest_is_kept() -> None:
    late, early = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    reports = summarize([article(published_at=late), article(published_at=early)]).articles
    assert [report.duplicate_of for report in reports] == [1, None]


def test_two_reports_of_one_event_are_not_copies() -> None:
    assert [report.duplicate_of for report in summarize([article(), article(OTHER)]).articles] == [None, None]


def test_keywords_are_terms_as_the_articles_write_them() -> None:
    terms = [keyword.term for keyword in summarize([article(), article(OTHER)]).keywords]
    assert "harbour bridge" in terms
    assert "Monday" not in terms
    assert all(term in f"{NEWS} {OTHER}" for term in terms)


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("ja", "橋は閉鎖されると市が発表した。修理には金がかかる。", "language-guessed"),
        ("vi", "Cây cầu cảng sẽ đóng cửa từ thứ Hai, thành phố cho biết. Xe buýt sẽ đi đường khác.", "language-generic"),
        ("bn", "সোমবার থেকে বন্দরের সেতু এগারো সপ্তাহ বন্ধ থাকবে, শহর জানিয়েছে। বাস অন্য পথে যাবে।", "language-generic"),
        ("ur", "شہر نے کہا کہ بندرگاہ کا پل پیر سے بند رہے گا۔ بسیں دوسرے راستے سے جائیں گی۔", "language-generic"),
        ("ko", "항구 다리는 월요일부터 11주 동안 폐쇄된다고 시가 밝혔다. 버스는 다른 길로 갈 것이다.", "language-generic"),
        ("ar", "قالت المدينة إن جسر الميناء سيغلق يوم الاثنين. ستسلك الحافلات طريقا آخر.", None),
        ("he", "גשר הנמל ייסגר לאחד עשר שבועות החל מיום שני, כך מסרה העירייה. האוטובוסים ייסעו בדרך אחרת.", None),
    ],
)  # fmt: skip
def test_languages_without_a_model_get_sentences(language: str, text: str, code: str | None) -> None:
    summary = summarize([Article(text)])
    assert summary.articles[0].language == language
    assert summary.articles[0].sentences >= 2
    assert summary.summary.sentences
    if code == "language-generic":
        assert code in [warning.code for warning in summary.warnings]


def test_an_unknown_language_is_summarized() -> None:
    assert "language-generic" in codes(article(language="qya"))


def test_mixed_languages_give_a_warning() -> None:
    german = "Die Hafenbrücke wird ab Montag elf Wochen lang gesperrt, teilte die Stadt mit. Die Reparatur ist teuer."
    assert "language-mixed" in codes(article(), Article(german))


def test_article_without_a_sentence_is_a_warning() -> None:
    summary = summarize([article(), article("…"), article("")])
    assert [(w.code, w.article) for w in summary.warnings if w.code == "no-sentence"] == [
        ("no-sentence", 1),
        ("no-sentence", 2),
    ]
    with pytest.raises(NoUsableTextError):
        summarize([article("…"), article("\0")])


def test_the_messages_of_a_page_that_could_not_be_read_are_left_out_beside_news() -> None:
    """A notice of a web archive gave key terms, and a sentence of the summary."""
    messages = Article(
        "Starting in 1996, Alexa Internet has been donating their crawl data to the Internet Archive. Flowing in every day, "
        "these data are added to the Wayback Machine after an embargo period.",
        language="en",
    )
    alone = summarize([messages])
    assert alone.summary.sentences
    assert "no-sentence" not in {warning.code for warning in alone.warnings}
    beside = summarize([messages, Article(NEWS, language="en")], Options(length=Length("words", 60)))
    assert {scored.sentence.article for scored in beside.summary.sentences} == {1}
    assert not {"Alexa Internet", "Wayback Machine"} & {keyword.term for keyword in beside.keywords}
    assert [warning.article for warning in beside.warnings if warning.code == "no-sentence"] == [0]
    german = "Die Hafenbrücke wird ab Montag elf Wochen lang gesperrt, teilte die Stadt mit. Die Reparatur ist teuer."
    assert "language-mixed" not in {warning.code for warning in summarize([messages, Article(german)]).warnings}


@pytest.mark.parametrize(
    "text",
    [
        "Word",
        "word",
        "5",
        "The bridge 🌉 closes 🚧 on Monday 😢. Buses 🚌 take another way.",
        "A\0B. C\0\0D said.\0 E.",
        "א" * 5_000,
        "a" * 100_000,
        "THE BRIDGE IS CLOSED. THE BRIDGE IS CLOSED. THE FERRY RUNS.",
        "\u202eright to left\u202c. Left to right.",
        "e\u0301" * 300 + ". \ufeffBom. \u200bZero.",
        "'" * 5_000 + '"' * 5_000 + " A. b.",
        "((((" * 3_000 + "a. b? C!",
        "- " * 20_000 + "x",
        "1. 2. 3. 4. 5.",
    ],
)
def test_unusual_text_gets_an_answer(text: str) -> None:
    summary = summarize([Article(text)], Options(headlines=HeadlineOptions(count=5, max_characters=40)))
    assert summary.articles[0].sentences >= 1
    assert all(len(headline.text) <= 40 for headline in summary.headlines)


ALPHABET = st.sampled_from([*"aB1 .,!?'\"“”«»()-–—\n\t\0éßи中の🎉؟।", "The ", "said ", "Mr. ", "Reuters", ". ", "\n\n"])


@given(
    st.lists(st.lists(ALPHABET, max_size=60).map("".join), min_size=1, max_size=4),
    st.sampled_from([Length("sentences", 2), Length("words", 12), Length("characters", 60), Length("ratio", 0.4)]),
    st.sampled_from([None, "en", "zh", "fr", "xx"]),
    st.sampled_from(["auto", "score", "as_given", "published"]),
)
def test_any_text_gives_verbatim_sentences_within_the_length(
    texts: list[str], length: Length, language: str | None, order: str
) -> None:
    articles = [Article(text, title=text[:30], language=language) for text in texts]
    try:
        summary = summarize(articles, Options(length=length, order=order))  # type: ignore[arg-type]  # drawn from the right ones
    except NoUsableTextError:
        assert not any(character.isalnum() for text in texts for character in text)
        return
    extract = summary.summary
    spent = {"sentences": len(extract.sentences), "words": extract.words, "characters": extract.characters}
    assert spent.get(length.unit, 0) <= length.value
    for scored in extract.sentences:
        sentence = scored.sentence
        assert texts[sentence.article][sentence.start : sentence.end] == sentence.text
        assert 0 <= scored.score <= 1
    assert all(len(headline.text) <= 70 for headline in summary.headlines)


@pytest.mark.parametrize("name", ["multinews.jsonl", "neus.jsonl"])
def test_no_two_sentences_of_a_summary_are_near_duplicates(name: str) -> None:
    contributing = []
    for row in real_news(name, limit=20):
        articles = [Article(each["text"], title=each["title"], language="en") for each in row["articles"]]
        chosen = summarize(articles, Options(length=Length("words", 200))).summary.sentences
        bags = [
            {word.strip(".,\"'“”").lower() for word in scored.sentence.text.split() if len(word) > 3} for scored in chosen
        ]
        for at, one in enumerate(bags):
            assert all(len(one & other) < 0.8 * max(7, min(len(one), len(other))) for other in bags[:at])
        contributing.append(len({scored.sentence.article for scored in chosen}))
    assert sum(contributing) / len(contributing) > 1.5
