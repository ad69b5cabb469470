"""Names stay whole, titles are no part of them, and capitals alone do not make a name."""

import pytest

from nutgraf.summarizer.findings.names.name_words import name_at
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.grammar import parse


def found(text: str, language: str) -> list[str]:
    [tree] = parse([text], language)
    return [name.text for name in names(tree, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The United Daughters of the Confederacy sued Mayor Ada Marsh of New Orleans on Monday.",
            ["United Daughters of the Confederacy", "Ada Marsh", "New Orleans"],
        ),
        ("en", "Police continue to search for Flight MH17, said President Noah Bright.", ["Flight MH17", "Noah Bright"]),
        (
            "en",
            "The Food and Drug Administration and the Department of Health and Human Services sued Judge Ada Marsh.",
            ["Food and Drug Administration", "Department of Health and Human Services", "Ada Marsh"],
        ),
        ("en", "Officers of Customs and Border Protection seized the boat.", ["Customs and Border Protection"]),
        ("en", "He drove a Mercedes-Benz 300 SL Roadster to Skerry.", ["Mercedes-Benz 300 SL Roadster", "Skerry"]),
        ("en", "Under Section 230 Facebook is not liable.", ["Section 230", "Facebook"]),
        ("en", "Alzheimer's Disease International said it would wait.", ["Alzheimer's Disease International"]),
        ("en", "Johnson & Johnson met Omar al-Bashir in May.", ["Johnson & Johnson", "Omar al-Bashir"]),
        (
            "fr",
            "L'Assemblée nationale a entendu la ministre Ada Morel et l'Organisation des Nations unies.",
            ["Assemblée nationale", "Ada Morel", "Organisation des Nations unies"],
        ),
        (
            "de",
            "Die Deutsche Bahn hat nach Angaben von Bürgermeisterin Ada Marsch der Europäischen Union geschrieben.",
            ["Deutsche Bahn", "Ada Marsch", "Europäischen Union"],
        ),
        (
            "pt",
            "A presidente Ada da Silva visitou a Universidade de São Paulo e a Polícia Federal.",
            ["Ada da Silva", "Universidade de São Paulo", "Polícia Federal"],
        ),
        (
            "es",
            "El presidente Noé Sánchez viajó a la Unión Europea con el Tribunal Supremo.",
            ["Noé Sánchez", "Unión Europea", "Tribunal Supremo"],
        ),
    ],
)
def test_names_are_whole(language: str, text: str, expected: list[str]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marsh Ada Lee Marsh spoke to the council of Skerry.", ["Ada Lee Marsh", "Skerry"]),
        ("Skerry Some visitors stayed at home on Monday.", ["Skerry"]),
        ("Deejays Ada Marsh and Noah left the station.", ["Ada Marsh", "Noah"]),
        ("Teenager Ada Marsh walked to the road.", ["Ada Marsh"]),
    ],
)
def test_words_beside_a_name_are_not_part_of_it(text: str, expected: list[str]) -> None:
    """A surname before the whole name, the first word after a dateline and titles in the plural were parts of names."""
    assert found(text, "en") == expected


def test_the_name_of_an_institution_may_have_two_fields() -> None:
    name = "Centers for Disease Control and Prevention"
    assert found(f"The {name} issued a warning on Monday.", "en") == [name]


def test_offsets_and_positions_agree_with_the_text() -> None:
    [tree] = parse(["The mayor, Ada Marsh, left New Skerry."], "en")
    for name in names(tree, "en"):
        assert tree.text[name.start : name.end] == name.text
        assert (tree.starts[name.first], tree.ends[name.last]) == (name.start, name.end)
    marsh = name_at(names(tree, "en"), tree.words.index("Marsh"))
    assert marsh is not None
    assert marsh.text == "Ada Marsh"
    assert name_at(names(tree, "en"), tree.words.index("left")) is None


def test_a_verb_in_a_title_with_all_words_capitalized_is_not_a_name() -> None:
    assert "Votes" not in found("Council Votes To Close Bridge After Storm, Skerry Says", "en")


def test_names_by_capitals_leave_titles_articles_and_days_out() -> None:
    text = "Yesterday the mayor, Dr. Ada Marsh, met The Alder Fund on Monday. Then Noah Bright's boat left."
    assert [name.text for name in names_by_capitals(text, "en")] == ["Ada Marsh", "Alder Fund", "Noah Bright"]
    assert [name.has_article for name in names_by_capitals("We met the Alder Fund and Ada Marsh.", "en")] == [True, False]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The report by Attorney General Ada Marsh came late.", "Ada Marsh"),
        ("en", "He told Secretary of State Ada Marsh that the harbour was shut.", "Ada Marsh"),
        ("en", "Nine-year-old Noah was found on the pier.", "Noah"),
        ("en", "Los Angeles Ada Marsh was named doctor of the year.", "Ada Marsh"),
        ("fr", "Le député LR Ada Morel a voté contre.", "Ada Morel"),
        ("fr", "L'ex-maire de Skerry a démissionné.", "Skerry"),
        ("fr", "Hier le ministre Bruno Le Maire a dit non.", "Bruno Le Maire"),
        ("es", "El ministro de Exteriores Noé Sánchez viajó ayer.", "Noé Sánchez"),
    ],
)
def test_offices_parties_and_datelines_are_not_part_of_a_name(language: str, text: str, expected: str) -> None:
    assert [name.text for name in names_by_capitals(text, language)][:1] == [expected]
    assert expected in found(text, language)


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "We have to STOP the next bridge!", "STOP"),
        ("en", "She left the post-White House office.", "House"),
        ("en", "Getty Images Skerry bans boats from the pier", "Images Skerry"),
        ("en", "Senator Ada Marsh, R-Skerry, voted against it.", "R-Skerry"),
        ("fr", "Il a dit : je ne VAIS PAS voter pour le pont.", "VAIS PAS"),
        ("fr", "C'est possible, indique Le Courrier.", "Courrier"),
    ],
)
def test_verbs_in_capitals_and_parts_of_names_are_not_names(language: str, text: str, wrong: str) -> None:
    assert wrong not in found(text, language)


def test_capitals_are_not_names_in_german() -> None:
    assert list(names_by_capitals("Die Brücke bei Kalden bleibt gesperrt.", "de")) == []


@pytest.mark.parametrize("text", ["A " * 20_000, "A" + "'" * 20_000, "“" * 20_000 + "Ada Marsh " * 2_000, ""])
def test_long_lines_are_read_in_linear_time(text: str) -> None:
    assert len(list(names_by_capitals(text, "en"))) <= 2
