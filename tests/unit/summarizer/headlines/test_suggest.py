"""Suggestions fit, read as headlines, differ, and say where their words stand."""

import re
import sys
from typing import Any

import pytest

from nutgraf.samples import sample
from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from nutgraf.summarizer.headlines.checks.text_checks import apply_style, has_incomplete_ending, has_paired_marks, well_formed
from nutgraf.summarizer.headlines.titles import clean_title
from nutgraf.summarizer.models import Headline
from tests.builders import NEWS, article, invented_news, real_news

# Function words, on purpose not the tables that the code reads.
BROKEN = {
    "en": "a an the of to in on at by for from with into and or but nor that which who whose is are was were be been has have had "
    "will would can could may might his her its their as than while because if not no",
    "fr": "le la les un une des de du d l à au aux en dans sur par pour avec et ou mais que qui dont est sont a ont se ne pas ce cette "
    "son sa ses leur",
}  # fmt: skip


def suggestions(*articles: Article, **options: Any) -> list[Headline]:
    """The headlines of an answer with as little beside them as possible."""
    return list(summarize(articles, Options(Length("sentences", 1), HeadlineOptions(**options), keywords=0)).headlines)


def test_a_title_comes_first_and_a_copys_title_once() -> None:
    found = suggestions(article(title="Harbour bridge closes"), article(title="Bridge at the harbour closes"), count=5)
    titles = [headline for headline in found if headline.origin == "title"]
    assert [headline.text for headline in titles] == ["Harbour bridge closes"]
    assert titles[0].index is None


def test_a_shortened_sentence_has_words_of_the_sentence_in_their_order() -> None:
    found = suggestions(article(), count=5, max_characters=90)
    assert found
    for headline in found:
        assert headline.index is not None
        sentence = re.findall(r"\w+", NEWS.split(". ")[headline.index].lower())
        words = iter(sentence)
        assert all(word in words for word in re.findall(r"\w+", headline.text.lower()))


def test_suggestions_differ_in_content() -> None:
    found = suggestions(
        article(title="Bridge closes"), article(NEWS + " Ferries sail.", title="The bridge closes!"), count=5
    )
    texts = [headline.text.lower() for headline in found]
    assert sum("bridge closes" in text for text in texts) == 1


@pytest.mark.parametrize("longest", [20, 30, 45, 70, 120])
def test_no_headline_is_longer_than_requested(longest: int) -> None:
    articles = [Article(each["text"], title=each["title"]) for each in sample("ferry")["articles"] if "text" in each]
    assert all(headline.characters <= longest for headline in suggestions(*articles, count=10, max_characters=longest))


def test_too_few_headlines_give_a_warning_and_no_incomplete_ones() -> None:
    summary = summarize([article("Ok. He said so.")], Options(headlines=HeadlineOptions(3, 30)))
    assert summary.headlines == []
    assert "headlines-fewer" in {warning.code for warning in summary.warnings}


def test_title_case_keeps_short_words_in_lower_case() -> None:
    assert apply_style("mayor of Hale opens the bridge", "title", "en") == "Mayor of Hale Opens the Bridge"
    assert apply_style("maire de Hale ouvre le pont", "title", "fr") == "maire de Hale ouvre le pont"
    assert apply_style("mayor of Hale opens the bridge", "sentence", "en") == "mayor of Hale opens the bridge"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("UPDATE 2-Harbour bridge closes", "Harbour bridge closes"),
        ("BREAKING: Harbour bridge closes", "Harbour bridge closes"),
        ("Harbour bridge closes | Alder Times", "Harbour bridge closes"),
        ("Harbour bridge closes - Alder Herald", "Harbour bridge closes"),
        ("Bridge - harbour dispute goes on", "Bridge - harbour dispute goes on"),
        ("Harbour  bridge closes.", "Harbour bridge closes"),
        ("Harbour bridge opens in L.A.", "Harbour bridge opens in L.A."),
    ],
)
def test_slugs_and_site_names_are_removed_from_a_title(title: str, headline: str) -> None:
    assert clean_title(title) == headline


@pytest.mark.parametrize(
    ("text", "language"),
    [("Mayor opens bridge to the", "en"), ('Mayor calls bridge "unsafe', "en"), ("Mayor opens (new", "en"),      ("Le maire ouvre le pont de", "fr"), ("Bürgermeister öffnet die", "de"), ("Alcalde abre el", "es"),
     ("Prefeito abre a", "pt"), ("Bridge opens,", "en"),
     ("The twins were sailors -- playing", "en"), ("Alder Bay is a region ... a coral lake", "en")],
)  # fmt: skip
def test_an_incomplete_headline_is_not_well_formed(text: str, language: str) -> None:
    assert not well_formed(text, language, title=False)


def test_an_abbreviation_or_question_may_end_a_headline() -> None:
    assert not has_incomplete_ending("Ferry firm moves to the US", "en")
    assert not has_incomplete_ending("What is the bridge for?", "en")
    assert has_paired_marks("„Brücke zu“, sagt Alder")


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    ("name", "rows", "titled", "least"),
    [("neus.jsonl", 100, True, 230), ("cnn.jsonl", 150, False, 130), ("orangesum_fr.jsonl", 100, False, 75)],
)
def test_real_news_gives_no_broken_headline(name: str, rows: int, titled: bool, least: int) -> None:
    assert broken(real_news(name, limit=rows), titled) >= least


@pytest.mark.parametrize("titled", [True, False])
def test_invented_news_gives_no_broken_headline(titled: bool) -> None:
    assert broken([row for row in invented_news() if row["lang"] in BROKEN], titled) >= 10


def broken(rows: list[dict[str, Any]], titled: bool) -> int:
    """Looks at all suggestions: none over the limit, none with a broken ending, quotes and brackets in pairs; how many."""
    given = 0
    for row in rows:
        articles = [
            Article(each["text"], title=each.get("title") if titled else None, language=row["lang"])
            for each in row["articles"]
            if each["text"].strip()
        ]
        for headline in suggestions(*articles, count=3, max_characters=80):
            text = headline.text
            given += 1
            assert len(text) <= 80
            last = re.findall(r"[\w’'-]+", text.lower())[-1]
            assert text[-1] in "?!" or text.split()[-1].isupper() or last not in BROKEN[row["lang"]].split(), text
            assert text[-1] not in ",;:-–—(", text
            for left, right in ("“”", "«»", "()", "[]"):
                assert text.count(left) == text.count(right), text
            assert text.count('"') % 2 == 0, text
    return given


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("However, if the river rises again, the council will not open the bridge, officials said.", "if the river"),
        ("In Kelling, if the river rises, the council will close the bridge.", "if the river"),
        ("The ferry company may sail to the island again next week after a long dispute.", "may sail"),
        ("Police said on Monday that the bridge could close unless the council pays.", "unless"),
    ],
)
def test_a_headline_keeps_the_condition_or_modal_of_its_sentence(text: str, needed: str) -> None:
    for longest in (40, 55, 70):
        for headline in suggestions(Article(text, language="en"), max_characters=longest):
            assert needed in headline.text


@pytest.mark.parametrize(("count", "parses"), [(2, False), (3, True)])
def test_sentences_are_parsed_only_if_there_are_too_few_titles(
    monkeypatch: pytest.MonkeyPatch, count: int, parses: bool
) -> None:
    asked: list[int] = []

    def none_of(positions: list[int], *_: object) -> list[object]:
        asked.extend(positions)
        return []

    monkeypatch.setattr(sys.modules["nutgraf.summarizer.headlines.suggest"], "_from_sentences", none_of)
    articles = (
        Article("The ferry to Hale ran aground in fog.", title="Ferry aground off Hale in thick fog", language="en"),
        Article("The council of Skerry sold its town hall.", title="Skerry sells town hall to a brewer", language="en"),
    )
    assert len(suggestions(*articles, count=count, max_characters=80)) == 2
    assert bool(asked) == parses


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("Johannesburg, South Africa ", "Ada Marsh opened the new bridge over the harbour."),
        ("Bangkok, Thailand ", "Thailand's military announced a curfew in the capital."),
        ("ALDER, Marshland (AP) _ ", "The council closed the bridge after the storm."),
        ("", "London, Paris and Rome signed the treaty of Alder."),
    ],
)
def test_a_dateline_without_its_dash_is_not_part_of_the_subject(dateline: str, sentence: str) -> None:
    found = suggestions(Article(dateline + sentence, language="en"))
    assert [headline.text for headline in found][:1] == [sentence.rstrip(".")]


def test_a_later_sentence_whose_subject_points_back_is_not_used() -> None:
    """The reader of a headline does not know which move or which striker is meant."""
    opening = "What a week it was for us in the old town by the river, and who would have thought so. "
    for subject, used in (("The move", False), ("The new move", False), ("Ada Marsh", True), ("The police", True)):
        found = suggestions(Article(f"{opening}{subject} surprised the harbour city of Alder.", language="en"))
        assert [headline.text for headline in found] == [f"{subject} surprised the harbour city of Alder"] * used, subject


def test_a_headline_below_the_minimum_length_is_offered_if_it_has_a_full_name() -> None:
    text = "Ada Marsh, the photographer whose pictures of the harbour of Alder hung in every school, has died."
    assert [headline.text for headline in suggestions(Article(text, language="en"))] == ["Ada Marsh has died"]


def test_a_headline_that_ends_with_a_pronoun_as_speaker_is_not_well_formed() -> None:
    assert not well_formed("Quel mépris de la part du conseil, s'est-il indigné", "fr", title=False)
    assert well_formed("Ada Marsh va-t-elle fermer le pont ?", "fr", title=False)


def test_a_whole_insertion_is_well_formed() -> None:
    assert well_formed("Clubs have one purpose -- to build pride", "en", title=False)
    assert well_formed("Une entreprise vend un vin... bleu", "fr", title=False)
