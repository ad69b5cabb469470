"""Tests of titles: labels and names of sites are removed, and long titles are shortened without changing words."""

import pytest

from nutgraf.summarizer.headlines.titles import clean_title, shorter_titles


@pytest.mark.parametrize(
    "title",
    [
        "OPINION: Harbour bridge closes",
        "Opinion: Harbour bridge closes",
        "ANALYSIS - Harbour bridge closes",
        "EXCLUSIVE: Harbour bridge closes",
        "WRAPUP 3-Harbour bridge closes",
        "RPT-Harbour bridge closes",
        "(Watch) Harbour bridge closes",
        "[VIDEO] Harbour bridge closes",
        "(Opinion): Harbour bridge closes",
        "Harbour bridge closes (Video)",
        "Harbour bridge closes [PHOTOS]",
        "Harbour bridge closes – Video",
        "Harbour bridge closes | Opinion",
        "EN DIRECT - Harbour bridge closes",
        "Liveticker: Harbour bridge closes",
        "ÚLTIMA HORA: Harbour bridge closes",
        "AO VIVO: Harbour bridge closes",
        "  Breaking news:   Harbour\n bridge closes.  ",
    ],
)
def test_a_label_at_the_start_or_end_is_removed(title: str) -> None:
    assert clean_title(title) == "Harbour bridge closes"


@pytest.mark.parametrize(
    "title",
    [
        "Watch out for the harbour bridge",
        "Video shows the harbour bridge",
        "Live music at the bridge",
        "Review of the bridge is late",
        "Mayor: bridge closes",
        "Bridge (closed) opens",
        "The bridge of the U.S.",
        "Hale sues Alder Bridge Inc.",
        "And then ...",
    ],
)
def test_a_word_that_is_not_a_label_is_kept(title: str) -> None:
    assert clean_title(title) == title


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Harbour bridge closes | Alder", "Harbour bridge closes"),
        ("Harbour bridge closes • The Alder Gazette", "Harbour bridge closes"),
        ("Harbour bridge closes – Alder Valley Journal", "Harbour bridge closes"),
        ("Harbour bridge closes - alder.com", "Harbour bridge closes - alder.com"),
        ("Harbour bridge closes - Alder.com", "Harbour bridge closes"),
        (
            "Harbour bridge closes - police say it will open by Monday",
            "Harbour bridge closes - police say it will open by Monday",
        ),
        ("OPINION: Harbour bridge closes | Alder Times", "Harbour bridge closes"),
    ],
)
def test_the_name_of_a_site_is_removed(title: str, headline: str) -> None:
    assert clean_title(title) == headline


def test_a_title_that_is_only_a_label_is_kept() -> None:
    assert clean_title("(Watch)") == "(Watch)"
    assert clean_title("") == ""


@pytest.mark.parametrize(
    ("title", "shorter"),
    [
        pytest.param("Mayor closes harbour bridge: no way to the island", ["Mayor closes harbour bridge"], id="colon"),
        pytest.param("Mayor closes bridge – ferries sail again", ["Mayor closes bridge"], id="dash"),
        pytest.param("Mayor closes the bridge; ferries sail again", ["Mayor closes the bridge"], id="semicolon"),
        pytest.param("Mayor closes the bridge. Ferries sail again", ["Mayor closes the bridge"], id="sentence"),
        pytest.param("Mayor of Alder: ferry firm took the money from the flood fund", [], id="a speaker"),
        pytest.param("The twelve-arch bridge closes at 4:30 for a v. long time", [], id="no end of a clause"),
    ],
)
def test_a_long_title_is_cut_after_a_clause(title: str, shorter: list[str]) -> None:
    assert list(shorter_titles(title)) == [title, *shorter]


def test_parts_of_fewer_than_three_words_are_not_headlines() -> None:
    assert list(shorter_titles("Bridge closes: why")) == ["Bridge closes: why"]


def test_an_empty_title_yields_no_headline() -> None:
    assert list(shorter_titles("")) == []
