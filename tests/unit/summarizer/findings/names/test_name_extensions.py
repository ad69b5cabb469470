"""What belongs to a name beside its words: an article, a number, an "'s"."""

import pytest

from nutgraf.summarizer.findings.names.name_extensions import whole_name


@pytest.mark.parametrize(
    ("name", "language", "texts", "expected"),
    [
        (
            "Harbour Pilot",
            "en",
            ["She won the series The Harbour Pilot.", "In The Harbour Pilot, she sang."],
            "The Harbour Pilot",
        ),
        ("Harbour Board", "en", ["It met the Harbour Board.", "Then the Harbour Board met."], "Harbour Board"),
        ("Harbour Board", "en", ["The Harbour Board met.", "The Harbour Board left."], "Harbour Board"),
        (
            "Phare Alderin",
            "fr",
            ["Elle le dit au Phare Alderin.", "Lis Le Phare Alderin.", "Dans Le Phare Alderin."],
            "Le Phare Alderin",
        ),
        ("Alderel", "fr", ["Le maire salue L'Alderel.", "Pour L’Alderel et L'Alderel."], "L'Alderel"),
        ("Alderel", "fr", ["Le maire salue l'Alderel.", "Pour l'Alderel."], "Alderel"),
        ("RB", "en", ["The court struck section 7 of RB 12.", "RB 12 is law."], "RB 12"),
        ("RB", "en", ["RB won in 12 races.", "RB lost 12.5 points."], "RB"),
        ("Skerry Flight", "en", ["Skerry Flight 80 fell.", "It was Skerry Flight 80."], "Skerry Flight 80"),
        ("Skerry", "en", ["It is Skerry 12.", "Skerry 12 is here."], "Skerry"),
        ("Skerrow", "en", ["It was sold by Skerrow's in May.", "Skerrow's was full."], "Skerrow's"),
        ("Skerrow", "en", ["Skerrow's house burned.", "Skerrow's garden did not."], "Skerrow"),
        ("Skerrow", "en", ["It was sold by Skerrow's in May.", "Skerrow was there."], "Skerrow"),
    ],
)
def test_a_name_has_its_capitalized_article_its_number_and_its_ending(
    name: str, language: str, texts: list[str], expected: str
) -> None:
    assert whole_name(name, texts, language) == expected
