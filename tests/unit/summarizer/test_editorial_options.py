"""Options of a summary besides its length."""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article, HeadlineOptions, Length, NoUsableTextError, Options, Summary, summarize
from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.models import SentenceRef
from tests.builders import NEWS, article

FERRY = (
    "A ferry with 90 people on board ran aground near Hale on Sunday. Lifeboats brought everybody ashore within two hours. "
    "The captain said he had not seen the sandbank in the fog. Divers will look at the hull before the ship sails again. "
    "The operator cancelled all trips until Wednesday. Is the channel marked well enough? Nobody at the port could say."
)
HULL = (
    "Divers found a crack in the hull of the ferry that ran aground near Hale. The shipyard needs three weeks to mend it. "
    "A smaller boat will carry post and medicine to the island. Farmers on Hale fear for their milk."
)


def summarized(*articles: Article, **options: Any) -> Summary:
    return summarize(articles, Options(**options))


def texts(summary: Summary) -> list[str]:
    return [scored.sentence.text for scored in summary.summary.sentences]


def test_a_query_decides_what_the_summary_is_about() -> None:
    plain = summarized(article(FERRY), length=Length("sentences", 1))
    asked = summarized(article(FERRY), length=Length("sentences", 1), query="When can ships sail, and what of the hull?")
    assert texts(plain) != texts(asked)
    assert texts(asked) == ["Divers will look at the hull before the ship sails again."]


def test_sentences_match_the_subject_of_a_question_and_not_its_verb() -> None:
    """A sentence that shares only "run" with the question was once preferred to those about the ferry."""
    tail = "Brightwater shops want to run a market in the square."
    asked = summarized(article(f"{FERRY} {tail}"), length=Length("sentences", 1), query="When will the ferry run again?")
    assert texts(asked) == ["A ferry with 90 people on board ran aground near Hale on Sunday."]
    named = summarized(article(f"{FERRY} {tail}"), length=Length("sentences", 1), query="ferry")
    assert texts(asked) == texts(named)


def test_an_unrelated_query_warns_and_changes_nothing() -> None:
    asked = summarized(article(FERRY), query="quarterly earnings")
    assert "query-unrelated" in {notice.code for notice in asked.warnings}
    assert texts(asked) == texts(summarized(article(FERRY)))


def test_with_background_only_new_facts_are_selected() -> None:
    summary = summarized(
        article(HULL + " A ferry with 90 people on board ran aground near Hale on Sunday."), background=(article(FERRY),)
    )
    assert texts(summary)
    assert not any("90 people" in text for text in texts(summary))


def test_all_sentences_include_repeated_and_banned_ones() -> None:
    twice = article(FERRY + " " + FERRY.split(". ")[0] + ".")
    summary = summarized(twice, article(HULL), all_sentences=True, ban=[SentenceRef(0, 0)])
    (first, second) = (report.all_sentences for report in summary.articles)
    assert first
    assert second
    assert [scored.sentence.index for scored in first] == list(range(8))
    assert [scored.sentence.index for scored in second] == list(range(4))
    assert max(scored.score for scored in [*first, *second]) == 1
    assert summarized(twice).articles[0].all_sentences is None


def test_a_new_figure_counts_as_new() -> None:
    update = "A ferry with 94 people on board ran aground near Hale on Sunday."
    assert texts(summarized(article(update), background=(article(FERRY),))) == [update]


def test_if_nothing_is_new_the_summary_is_empty_with_a_warning() -> None:
    summary = summarized(article(FERRY), background=(article(FERRY),))
    assert summary.summary.text == ""
    assert summary.headlines == []
    assert "nothing-new" in {notice.code for notice in summary.warnings}


def test_pinned_sentences_are_included_and_banned_ones_are_not() -> None:
    first = summarized(article(FERRY), length=Length("sentences", 2))
    banned = SentenceRef(0, first.summary.sentences[0].sentence.index)
    summary = summarized(article(FERRY), length=Length("sentences", 2), pin=(SentenceRef(0, 4),), ban=(banned,))
    chosen = {scored.sentence.index for scored in summary.summary.sentences}
    assert 4 in chosen
    assert banned.index not in chosen
    assert len(chosen) == 2
    assert all(headline.index != banned.index for headline in summary.headlines)


def test_pins_that_do_not_fit_are_refused() -> None:
    with pytest.raises(SentenceRefError, match="do not fit into the length"):
        summarized(article(FERRY), length=Length("words", 5), pin=(SentenceRef(0, 0),))


@pytest.mark.parametrize("option", ["pin", "ban"])
def test_a_pin_beyond_the_article_is_refused(option: str) -> None:
    with pytest.raises(SentenceRefError, match="the article has 7 sentences"):
        summarized(article(FERRY), **{option: (SentenceRef(0, 7),)})


def test_a_pin_on_a_withheld_article_is_refused() -> None:
    with pytest.raises(SentenceRefError, match="may not be quoted"):
        summarized(article(FERRY), article(HULL, status="withheld"), pin=(SentenceRef(1, 0),))


def test_quotes_and_questions_are_left_out() -> None:
    text = FERRY + ' "It was a long night," the pilot said of the rescue.'
    summary = summarized(article(text), length=Length("sentences", 20), exclude=frozenset({"quotes", "questions"}))
    assert not any("?" in each or '"' in each for each in texts(summary))
    assert len(texts(summary)) >= 5


def test_no_source_has_more_sentences_than_max_per_source() -> None:
    stories = (article(FERRY, source="A"), article(HULL, source="A"), article(NEWS, source="B"))
    summary = summarized(*stories, length=Length("sentences", 6), max_per_source=2)
    sources = Counter(stories[scored.sentence.article].source for scored in summary.summary.sentences)
    assert sources["A"] == 2
    assert 0 < sources["B"] <= 2


def test_each_article_has_its_own_summary_on_request() -> None:
    summary = summarized(
        article(FERRY), article(HULL), article(FERRY + " It is Monday."), per_article=Length("sentences", 1)
    )
    own = [report.summary for report in summary.articles]
    assert own[0] is None  # a duplicate of the third article, which is longer
    assert [[each.sentence.article for each in one.sentences] for one in own if one] == [[1], [2]]


def test_a_variant_is_selected_independently() -> None:
    summary = summarized(
        article(FERRY), article(HULL), variants={"push": Length("characters", 70), "long": Length("sentences", 4)}
    )
    assert 0 < summary.variants["push"].characters <= 70
    assert len(summary.variants["long"].sentences) == 4
    assert (
        summary.variants["long"].text
        == summarized(article(FERRY), article(HULL), length=Length("sentences", 4)).summary.text
    )


def test_variants_include_pins_that_fit() -> None:
    lengths = {"tiny": Length("words", 3), "two": Length("sentences", 2)}
    summary = summarized(article(FERRY), pin=(SentenceRef(0, 5),), variants=lengths)
    assert 5 in {scored.sentence.index for scored in summary.variants["two"].sentences}
    assert summary.variants["tiny"].sentences == ()


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_withheld_articles_are_never_quoted(status: str) -> None:
    summary = summarized(
        article(FERRY), article(HULL, title="Hull cracked", status=status), per_article=Length("sentences", 9), keywords=50
    )
    quoted = [
        *summary.summary.sentences,
        *(each for report in summary.articles if report.summary for each in report.summary.sentences),
    ]
    assert {scored.sentence.article for scored in quoted} == {0}
    assert {headline.article for headline in summary.headlines} <= {0}
    assert "milk" not in {keyword.term for keyword in summary.keywords}
    assert [notice.article for notice in summary.warnings if notice.code == "withheld"] == [1]


def test_a_withheld_duplicate_does_not_replace_a_usable_one() -> None:
    summary = summarized(article(FERRY), article(FERRY + " It was the third time.", status="withheld"))
    assert summary.articles[0].duplicate_of is None
    assert texts(summary)


def test_if_all_articles_are_withheld_there_is_an_error() -> None:
    with pytest.raises(NoUsableTextError, match="withheld"):
        summarized(article(FERRY, status="canceled"))


def test_the_answer_has_the_latest_embargo_of_quoted_articles() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    stories = (article(FERRY, embargoed_until=early), article(HULL, embargoed_until=late))
    assert summarized(*stories, length=Length("sentences", 9)).embargoed_until == late
    assert summarized(stories[0]).embargoed_until == early
    assert summarized(article(FERRY)).embargoed_until is None
    withheld = article(HULL, embargoed_until=late, status="withheld")
    assert summarized(stories[0], withheld).embargoed_until == early


def test_a_rewrite_replaces_the_article_that_it_supersedes() -> None:
    old, new = article(FERRY, id="a", title="Old"), article(HULL, id="b", rewrite_of="a")
    summary = summarized(old, new)
    assert summary.articles[0].duplicate_of == 1
    assert {scored.sentence.article for scored in summary.summary.sentences} == {1}
    assert all(headline.article == 1 for headline in summary.headlines)
    assert "superseded" in {notice.code for notice in summary.warnings}


def test_the_last_of_a_chain_of_rewrites_is_used() -> None:
    chain = (article(FERRY, id="a"), article(NEWS, id="b", rewrite_of="a"), article(HULL, id="c", rewrite_of="b"))
    assert [report.duplicate_of for report in summarized(*chain).articles] == [2, 2, None]


def test_also_in_lists_sentences_with_the_same_fact() -> None:
    other = "Near Hale a ferry ran aground on Sunday with 90 people on board. The weather will clear up tomorrow."
    summary = summarized(article(FERRY), article(other), length=Length("sentences", 1))
    (scored,) = summary.summary.sentences
    (echo,) = scored.also_in
    assert {scored.sentence.article, echo.article} == {0, 1}
    assert echo.index == 0
    assert echo.similarity > 0.8


def test_copies_do_not_corroborate() -> None:
    summary = summarized(article(FERRY), article(FERRY), length=Length("sentences", 3))
    assert all(not scored.also_in for scored in summary.summary.sentences)


PARAGRAPHS = st.lists(
    st.text(st.sampled_from("abc é😀“”'\".!? \n\t\u00a0<>&"), max_size=60).map(lambda text: f"The ferry {text} sank."),
    min_size=1,
    max_size=6,
)


@given(PARAGRAPHS, st.sampled_from(["sentences", "words", "characters"]), st.integers(1, 60))
def test_offsets_and_indices_of_sentences_are_right(paragraphs: list[str], unit: str, value: int) -> None:
    """For any text: `text[start:end]` is the sentence, and indices count the article's sentences."""
    text = "\n\n".join(paragraphs)
    length = Length(unit, value)  # type: ignore[arg-type]  # drawn from the right ones
    summary = summarized(article(text), length=length, headlines=HeadlineOptions(count=0))
    assert summary.summary.sentences or unit != "sentences"
    for scored in summary.summary.sentences:
        sentence = scored.sentence
        assert text[sentence.start : sentence.end] == sentence.text
        assert re.search(r"\w", sentence.text)
        assert sentence.index < summary.articles[0].sentences


def test_the_sentence_that_answers_a_query_needs_no_introduction() -> None:
    news = "A nurse told a jury on Tuesday that she had never hurt anybody. Ada Marsh denies all charges. She wept."
    court = article(
        f"{news} Her parents sat in the gallery. The trial is expected to end in October. The hospital has closed its unit."
    )
    for length in (1, 3, 5):
        asked = summarized(court, length=Length("sentences", length), query="When will the trial end?")
        assert "The trial is expected to end in October." in texts(asked)


def test_a_ratio_of_each_article_is_a_share_of_its_own_words() -> None:
    reports = summarized(article(FERRY), article(HULL), per_article=Length("ratio", 0.4)).articles
    for report in reports:
        assert report.summary is not None
        assert 0 < report.summary.words <= 0.4 * report.words


def test_the_title_of_known_news_is_no_headline() -> None:
    known = Article(FERRY, language="en", title="Ferry runs aground near Hale")
    new = Article(HULL, language="en", title="Ferry has a crack in its hull")
    assert summarized(known, background=[known], headlines=HeadlineOptions(3)).headlines == []
    found = [headline.text for headline in summarized(known, new, background=[known]).headlines]
    assert "Ferry has a crack in its hull" in found
    assert "Ferry runs aground near Hale" not in found


@pytest.mark.parametrize("unusable", [Article(FERRY, language="en", status="canceled"), Article("...", language="en")])
def test_background_without_a_usable_sentence_is_ignored(unusable: Article) -> None:
    assert texts(summarized(article(HULL), background=[unusable])) == texts(summarized(article(HULL)))


def test_key_terms_of_an_article_under_embargo_are_under_embargo() -> None:
    embargo = datetime(2026, 1, 12, 18, tzinfo=UTC)
    owner = "The ferry belonged to Igor Zubrow. Zubrow's company had ignored warnings. Zubrow knew that the ship was unsafe."
    secret = Article(owner, language="en", title="Igor Zubrow owned the ferry", embargoed_until=embargo)
    pins = (SentenceRef(0, 0),)
    summary = summarized(
        article(FERRY), secret, length=Length("sentences", 1), headlines=HeadlineOptions(0), pin=pins, keywords=10
    )
    assert "Igor Zubrow" in [keyword.term for keyword in summary.keywords]
    assert summary.embargoed_until == embargo
    without = summarized(
        article(FERRY), secret, length=Length("sentences", 1), headlines=HeadlineOptions(0), pin=pins, keywords=0
    )
    assert without.embargoed_until is None


def test_warnings_name_articles_by_their_ids() -> None:
    one, two = Article(FERRY, language="en", id="a"), Article(HULL, language="en", id="b", rewrite_of="a")
    withdrawn = Article(HULL, language="en", id="b", rewrite_of="a", status="canceled")
    other = Article(NEWS, language="en", id="c")
    (notice,) = [each for each in summarized(one, two).warnings if each.code == "superseded"]
    assert notice.detail == "Article 'b' is a newer version and is used instead."
    (notice,) = [each for each in summarized(one, withdrawn, other).warnings if each.code == "superseded"]
    assert notice.detail == "Article 'b' is a newer version, which is not quoted either."


def test_an_empty_summary_says_that_everything_is_banned() -> None:
    bans = tuple(SentenceRef(0, index) for index in range(4))
    (notice,) = [each for each in summarized(article(HULL), ban=bans).warnings if each.code == "nothing-fits"]
    assert notice.detail.startswith("All sentences are left out")
