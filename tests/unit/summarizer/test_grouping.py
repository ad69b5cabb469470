"""group(): which articles belong to one story, and properties that hold for every feed."""

import random
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stories import b_cubed
from nutgraf.samples import sample
from nutgraf.summarizer import Article, Feed, HeadlineOptions, group
from tests.builders import invented_news, real_news

MOMENT = datetime(2026, 1, 11, 9, tzinfo=UTC)
FIRE = (
    "A fire destroyed a paper warehouse in Marlow Docks on Tuesday night. Ninety firefighters fought the blaze for hours.",
    "Investigators suspect a forklift charger after the fire that destroyed a paper warehouse in Marlow Docks.",
)
TRAM = (
    "Tram drivers in Kelling will strike for 24 hours over night shifts, their union said.",
    "Kelling will have no trams on Tuesday. Drivers will strike for 24 hours over night shifts.",
)
SCHOOL = "School lunches in Hale will cost a third more from April, the island council decided."


def feed(*texts: str) -> list[Article]:
    return [Article(text, id=f"a{number}", language="en") for number, text in enumerate(texts)]


def stories(found: Feed) -> list[list[int]]:
    return sorted(sorted(story.articles) for story in found.stories)


def test_articles_about_one_event_are_one_story() -> None:
    found = group(feed(FIRE[0], TRAM[0], SCHOOL, TRAM[1], FIRE[1]))
    assert stories(found) == [[0, 4], [1, 3], [2]]
    assert found.parameters["same_story"]


def test_a_story_has_a_headline_terms_and_times() -> None:
    articles = [
        replace(article, published_at=MOMENT + timedelta(hours=number), title=f"Title {number}")
        for number, article in enumerate(feed(*FIRE))
    ]
    (story,) = group(articles).stories
    assert story.id == "a0"
    assert story.headline is not None
    assert story.headline.text == f"Title {story.headline.article}"
    assert "Marlow Docks" in story.terms
    assert {"fire", "warehouse"} <= set(story.terms)
    assert story.languages == ("en",)
    assert (story.first_published_at, story.last_published_at) == (MOMENT, MOMENT + timedelta(hours=1))


def test_without_titles_the_headline_is_made_of_an_opening_sentence() -> None:
    (story,) = group(feed(*FIRE), headlines=HeadlineOptions(3, 60, "sentence")).stories
    assert story.headline is not None
    assert story.headline.origin == "sentence"
    assert len(story.headline.text) <= 60
    words = FIRE[story.headline.article].lower()
    assert all(word in words for word in story.headline.text.lower().split())


def test_the_headline_is_not_older_than_the_news() -> None:
    """An event announced in the morning may have been canceled in the evening."""
    early, late = feed(*TRAM)
    early = replace(early, title="Tram drivers in Kelling to strike", published_at=MOMENT)
    late = replace(late, title="Strike of tram drivers called off", published_at=MOMENT + timedelta(hours=10))
    (story,) = group([early, late]).stories
    assert story.headline is not None
    assert story.headline.text == "Strike of tram drivers called off"


def test_stories_are_sorted_by_size_then_by_time() -> None:
    articles = feed(SCHOOL, "The museum of Kelling will open a new wing in May.", *FIRE)
    articles[0] = replace(articles[0], published_at=MOMENT)
    articles[1] = replace(articles[1], published_at=MOMENT + timedelta(hours=1))
    assert [list(story.articles) for story in group(articles).stories] == [[2, 3], [1], [0]]


def test_two_events_of_the_same_kind_a_month_apart_are_two_stories() -> None:
    articles = feed(*FIRE)
    assert len(group(articles).stories) == 1
    apart = [replace(article, published_at=MOMENT + timedelta(days=30 * number)) for number, article in enumerate(articles)]
    assert len(group(apart).stories) == 2
    same_text = [replace(apart[0], id="again", published_at=MOMENT + timedelta(days=30)), apart[0]]
    assert len(group(same_text).stories) == 1


def test_stories_in_two_languages_are_not_merged() -> None:
    german = Article("In Marlow Docks hat ein Feuer ein Lager mit Papier zerstört. Verletzt wurde niemand.", language="de")
    found = group([*feed(FIRE[0]), german])
    assert len(found.stories) == 2
    assert group([*feed(FIRE[0]), german], ["s", "s"]).stories[0].languages == ("de", "en")


def test_articles_with_a_story_id_keep_their_story() -> None:
    articles = feed(FIRE[0], SCHOOL, TRAM[0], FIRE[1])
    found = group(articles, ["s1", "s1", "s2", None])
    assert stories(found) == [[0, 1, 3], [2]]
    assert {story.id for story in found.stories} == {"s1", "s2"}
    apart = group(feed(*FIRE), ["s1", "s2"])
    assert [story.id for story in apart.stories] == ["s1", "s2"]


def test_the_article_that_began_a_story_belongs_to_it() -> None:
    found = group(feed(FIRE[0], SCHOOL), [None, "a0"])
    assert [(story.id, sorted(story.articles)) for story in found.stories] == [("a0", [0, 1])]


def test_an_article_and_its_rewrites_are_one_story() -> None:
    first, second, third = feed(FIRE[0], SCHOOL, TRAM[0])
    chain = [first, replace(second, rewrite_of="a0"), replace(third, rewrite_of="a1")]
    (story,) = group(chain).stories
    assert story.id == "a0"
    circle = [replace(first, rewrite_of="a1"), replace(second, rewrite_of="a0")]
    assert len(group(circle).stories) == 1
    assert len(group([replace(first, rewrite_of="nowhere"), second]).stories) == 2


def test_a_superseded_article_gives_no_headline() -> None:
    first, second = feed(*TRAM)
    first = replace(first, title="Tram drivers to strike in Kelling")
    (story,) = group([first, replace(second, title="Strike in Kelling is off", rewrite_of="a0")]).stories
    assert story.headline is not None
    assert story.headline.text == "Strike in Kelling is off"


def test_entries_with_only_a_title_have_a_headline() -> None:
    """Many feeds have only titles."""
    titles = (
        "Fire destroys paper warehouse in Marlow Docks",
        "Paper warehouse in Marlow Docks destroyed by fire",
        "Rain " * 30,
    )
    articles = [Article("", id=f"a{number}", title=title, language="en") for number, title in enumerate(titles)]
    found = group(articles)
    assert stories(found) == [[0, 1], [2]]
    assert found.stories[0].headline is not None
    assert found.stories[0].headline.text in titles
    assert found.stories[1].headline is None


def test_withheld_articles_are_grouped_and_not_quoted() -> None:
    shown, withheld = feed(*FIRE)
    withheld = replace(withheld, status="withheld", title="Secret title")
    found = group([shown, withheld])
    (story,) = found.stories
    assert story.headline is not None
    assert story.headline.article == 0
    assert [(notice.code, notice.article) for notice in found.warnings] == [("withheld", 1)]
    alone = group([withheld]).stories[0]
    assert (alone.headline, alone.terms) == (None, ())


def test_articles_without_a_sentence_are_in_a_story_too() -> None:
    found = group([Article("…", id="a"), Article("", id="b"), *feed(FIRE[0])])
    assert stories(found) == [[0], [1], [2]]
    assert [notice.code for notice in found.warnings] == ["no-sentence", "no-sentence"]


def _invented_feed() -> tuple[list[Article], list[int]]:
    articles, clusters = [], []
    for number, row in enumerate(invented_news()):
        for place, each in enumerate(row["articles"]):
            articles.append(Article(each["text"], id=f"{number}.{place}", title=each["title"], language=row["lang"]))
            clusters.append(number)
    return articles, clusters


def test_invented_news_is_grouped_correctly() -> None:
    articles, clusters = _invented_feed()
    found = {position: number for number, story in enumerate(group(articles).stories) for position in story.articles}
    precision, recall = b_cubed(dict(enumerate(clusters)), found)
    assert precision == 1
    assert recall >= 0.85


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    ("names", "precision", "f1"), [(("neus", "multinews"), 0.965, 0.88), (("cstnews_pt",), 0.95, 0.935)]
)
def test_real_news_is_grouped_as_editors_did(names: tuple[str, ...], precision: float, f1: float) -> None:
    rows = [row for name in names for row in real_news(f"{name}.jsonl")]
    random.Random(11).shuffle(rows)
    pages: list[list[tuple[int, Article]]] = [[]]
    for number, row in enumerate(rows):
        if len(pages[-1]) + len(row["articles"]) > 300:
            pages.append([])
        pages[-1] += [(number, Article(each["text"], title=each.get("title") or None)) for each in row["articles"]]
    truth: dict[Hashable, Hashable] = {}
    found: dict[Hashable, Hashable] = {}
    for page, articles in enumerate(pages):
        truth |= {(page, position): number for position, (number, _) in enumerate(articles)}
        for number, story in enumerate(group([article for _, article in articles]).stories):
            found |= {(page, position): (page, number) for position in story.articles}
    got_precision, got_recall = b_cubed(truth, found)
    assert got_precision >= precision
    assert 2 * got_precision * got_recall / (got_precision + got_recall) >= f1


NORWEGIAN = "norsumm_nb.jsonl"


def test_the_example_of_the_desk_is_one_story() -> None:
    """Five papers report on one storm, each from its own angle."""
    articles = [Article(each["text"], id=each["id"], title=each["title"]) for each in sample("storm")["articles"]]
    assert len(group(articles).stories) == 1


def test_unrelated_stories_in_a_language_without_a_table_are_not_merged() -> None:
    articles = [Article(each["text"]) for row in real_news(NORWEGIAN) for each in row["articles"][:1]]
    assert max(len(story.articles) for story in group(articles).stories) <= 2


SENTENCES = st.sampled_from([*FIRE, *TRAM, SCHOOL, "It rains.", "Das Lager in Marlow Docks ist zerstört.", "…", ""])
FEEDS = st.lists(
    st.tuples(SENTENCES, SENTENCES, st.sampled_from([None, "s1", "s2"]), st.integers(0, 400)), min_size=1, max_size=6
)


def _made(rows: list[tuple[str, str, str | None, int]]) -> tuple[list[Article], list[str | None]]:
    articles = [
        Article(f"{first} {second}", id=f"n{number}", published_at=MOMENT + timedelta(hours=hours) if hours > 50 else None)
        for number, (first, second, _, hours) in enumerate(rows)
    ]
    return articles, [story for _, _, story, _ in rows]


def _by_id(found: Feed, articles: list[Article]) -> list[tuple[object, ...]]:
    return [
        (
            story.id,
            [articles[position].id for position in story.articles],
            story.headline and (story.headline.text, articles[story.headline.article].id),
            story.terms,
            story.languages,
        )
        for story in found.stories
    ]


@given(FEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_matter(
    rows: list[tuple[str, str, str | None, int]], chance: random.Random
) -> None:
    articles, story_ids = _made(rows)
    order = list(range(len(articles)))
    chance.shuffle(order)
    shuffled = [articles[position] for position in order]
    found = group(articles, story_ids)
    assert sorted(position for story in found.stories for position in story.articles) == list(range(len(articles)))
    assert len({story.id for story in found.stories}) == len(found.stories)
    assert _by_id(found, articles) == _by_id(group(shuffled, [story_ids[position] for position in order]), shuffled)


@given(FEEDS)
def test_an_unrelated_article_does_not_change_other_stories(rows: list[tuple[str, str, str | None, int]]) -> None:
    articles, story_ids = _made(rows)
    unrelated = Article("Penguins hatched twelve chicks, keepers counted.", id="zz", language="en")
    before, after = group(articles, story_ids), group([unrelated, *articles], [None, *story_ids])
    assert _by_id(before, articles) == [
        entry for entry in _by_id(after, [unrelated, *articles]) if entry[1] != ["zz"]
    ]  # fmt: skip


def test_names_of_stories_are_complete() -> None:
    found = group(
        feed(
            "Governor Ada Marsh of Kelling will close the harbour. Marsh said that the harbour of Hale stays open.",
            "Ada Marsh closed the harbour on Monday. The Hale Supreme Court had asked for it.",
            "The Supreme Court let Gov. Ada Marsh close the harbour. Hale keeps its ferry.",
        )
    )
    terms = {term for story in found.stories for term in story.terms}
    assert "Ada Marsh" in terms
    assert not {"Ada", "Marsh", "Hale Supreme Court"} & terms


def test_pages_whose_text_could_not_be_read_are_not_one_story() -> None:
    """The same error message of a site, in place of two articles, once joined their stories."""
    message = "The interactive transcript could not be loaded.\n\nRating is available when the video has been rented."
    titles = ("Paper warehouse burns in Marlow Docks", "Tram drivers in Kelling strike")
    articles = [
        *feed(FIRE[0], TRAM[0]),
        *(Article(message, id=f"v{number}", title=title, language="en") for number, title in enumerate(titles)),
        *(Article(message, id=f"w{number}", language="en") for number in range(2)),
    ]
    found = group(articles)
    assert stories(found) == [[0, 2], [1, 3], [4], [5]]
    assert [notice.article for notice in found.warnings if notice.code == "no-sentence"] == [2, 3, 4, 5]


def test_short_notices_that_share_a_word_are_not_one_story() -> None:
    found = group(feed("Fire in Marlow.", "Strike in Marlow.", "Marlow votes.", "Marlow Docks burn."))
    assert len(found.stories) == 4


def test_background_joins_the_news_that_is_clearly_the_nearest() -> None:
    """Background describes the event in other words; with other stories it shares only general words."""
    opinion = (
        "A paper warehouse should never stand beside homes. Marlow Docks learned that on Tuesday. Insurers had warned the "
        "council about forklift batteries for years, and nobody listened."
    )
    assert stories(group(feed(*FIRE, opinion, *TRAM))) == [[0, 1, 2], [3, 4]]
