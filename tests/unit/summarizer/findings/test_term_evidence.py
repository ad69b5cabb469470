"""Key terms: who only speaks, what is mentioned in passing, and what tells no story are none."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.findings.key_terms.candidate_names import is_no_name, plain_name
from nutgraf.summarizer.findings.key_terms.mentions import Mentions
from nutgraf.summarizer.findings.key_terms.noun_phrases import noun_phrases
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.grammar import parse
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import content_words

BRIDGE = (
    "The council of Port Alder closed the harbour bridge on Monday. Mayor Ada Marsh ordered it because the harbour bridge "
    "has cracks. Marsh wants a new harbour bridge for Port Alder. "
)


def terms(*texts: str, titles: tuple[str | None, ...] = (), language: str = "en") -> set[str]:
    articles = [
        Article(text, title=title, language=language)
        for text, title in zip(texts, titles or [None] * len(texts), strict=True)
    ]
    return {each.term for each in summarize(articles, Options(keywords=10, headlines=HeadlineOptions(0))).keywords}


def filler(sentences: int) -> str:
    return " ".join(f"Then it had rained for {hours} hours." for hours in range(sentences))


@pytest.mark.parametrize(("sentences", "is_term"), [(5, True), (28, False)])
def test_a_name_outside_all_openings_is_a_term_only_with_enough_mentions(sentences: int, is_term: bool) -> None:
    late = "It was built by Calder Works. A flood hit Calder Works in May. Then Calder Works closed."
    assert ("Calder Works" in terms(f"{BRIDGE} {filler(sentences)} {late}")) == is_term


def test_a_person_who_only_speaks_is_not_a_term() -> None:
    speaks = (
        'The bridge is a ruin, said harbour engineer Noah Calderwick. "It will fall," Calderwick said. Calderwick told the '
        "council to hurry. Nobody hurried."
    )
    assert "Noah Calderwick" not in terms(f"The council of Port Alder closed the harbour bridge on Monday. {speaks}")


def test_a_person_who_acts_in_the_lede_is_a_term_though_most_sentences_are_statements() -> None:
    text = (
        "Noah Calderwick closed the harbour bridge of Port Alder. Calderwick said it has cracks. Calderwick told the "
        "council to hurry. The harbour bridge will fall, Calderwick said."
    )
    assert "Noah Calderwick" in terms(text)


def test_a_person_quoted_in_the_lede_of_most_articles_is_a_term() -> None:
    text = (
        "Noah Calderwick said on Monday that the harbour bridge will fall. Calderwick told the council to hurry. The piers "
        "of the harbour bridge have cracks, Calderwick said."
    )
    assert "Noah Calderwick" in terms(text)


def test_an_agency_that_speaks_is_a_term() -> None:
    text = (
        "The Alder Transport Agency (ATA) said the harbour bridge has cracks. ATA said the harbour bridge must close. "
        "Repairs take a year, ATA said."
    )
    assert "Alder Transport Agency" in terms(text)


def test_a_name_in_one_of_many_articles_is_not_a_term() -> None:
    host = "Ada Marsh spoke with Noah Calderwick about the harbour bridge. Noah Calderwick asked about cracks."
    found = terms(
        *[BRIDGE + filler(count) for count in range(4, 8)], host, titles=(None, None, None, None, "Noah Calderwick asks")
    )
    assert "Noah Calderwick" not in found


def test_a_place_where_much_news_happens_is_a_term_only_if_a_title_has_it() -> None:
    text = f"Ada Marsh went to the White House on Monday. She wants money for the harbour bridge. {BRIDGE} {BRIDGE}"
    text += " The White House gave none."
    assert "White House" not in terms(text)
    assert "White House" in terms(text, titles=("White House rejects harbour bridge",))


def test_a_noun_by_itself_is_not_a_term_of_a_long_text_with_few_mentions() -> None:
    pilgrims = "Pilgrims left Port Alder on Monday. Ada Marsh met the pilgrims."
    assert "pilgrims" not in terms(f"{pilgrims} {BRIDGE} {filler(20)}")
    assert "pilgrims" in terms(
        f"{pilgrims} {filler(10)} The pilgrims sang. Rain fell on the pilgrims. It was hard on the pilgrims."
    )


def test_a_general_noun_alone_is_not_a_term_but_its_phrase_may_be_one() -> None:
    found = terms(
        "The debate in Port Alder was long. The ferry debate is on Monday. Ada Marsh fears the debate. The debate ends."
    )
    assert "debate" not in found


def test_a_phrase_with_an_adjective_replaces_its_noun_if_a_quarter_of_the_mentions_have_it() -> None:
    text = (
        "A lunar eclipse darkened Port Alder on Monday. Ada Marsh saw the eclipse from the pier. The eclipse was long. A "
        "lunar eclipse is rare. The eclipse ended at ten. The eclipse was red. Ada Marsh filmed the eclipse."
    )
    found = terms(text)
    assert "lunar eclipse" in found
    assert "eclipse" not in found


def test_a_phrase_at_the_start_of_a_sentence_is_described_by_its_adjective_but_not_by_a_demonym() -> None:
    described: dict[str, bool] = {}
    for text in ("Visible ferries are rare.", "Danish ferries are rare."):
        described |= {each.text: each.is_described for each in noun_phrases(parse([text], "en")[0], "en")}
    assert described["Visible ferries"]
    assert not described["Danish ferries"]


def test_a_longer_name_replaces_the_name_at_its_end() -> None:
    text = (
        "The Shroud of Calderin went to Port Alder on Monday. Thousands saw the Shroud of Calderin. It left Calderin by "
        "ferry. Experts from Calderin doubt the Shroud of Calderin. The road to Calderin was closed."
    )
    assert "Calderin" not in terms(text)
    assert "Shroud of Calderin" in terms(text)


def test_a_short_given_name_counts_for_the_full_one() -> None:
    text = (
        "Alexander Skerrow left Port Alder on Monday. Friends of Xander Skerrow looked for him. Alexander Skerrow had a "
        "boat. Xander Skerrow likes boats."
    )
    assert {term for term in terms(text) if "Skerrow" in term} == {"Alexander Skerrow"}


def test_a_name_with_a_place_does_not_replace_a_name_that_is_mostly_alone() -> None:
    text = (
        "O mercado Calderov de Skerry fechou na segunda-feira. O Calderov tem lojas. O Calderov abriu em 1990. Muitos vão "
        "ao Calderov. O dono do Calderov mora em Skerry. Skerry tem um porto."
    )
    found = terms(text, language="pt")
    assert "Calderov" in found
    assert "Calderov de Skerry" not in found


def test_an_english_adjective_in_a_name_has_no_case() -> None:
    text = "The Green Calder Inn closed on Monday. The Green Calder Inn was old. Ada Marsh owned the Green Calder Inn."
    assert "Green Calder Inn" in terms(text)


def test_a_name_that_also_occurs_alone_is_not_part_of_a_persons_name_after_it() -> None:
    sentences = ["Le chanteur des Goélands Ada Skerrow part.", "Les Goélands jouent.", "Ada Skerrow aime les Goélands."]
    places = [Sentence(text, 0, index, 0, len(text), 0) for index, text in enumerate(sentences)]
    words = content_words(places, ["fr"])
    mentions = Mentions(places, words, number_terms(words))
    assert plain_name("Goélands Ada Skerrow", "fr", mentions) == "Ada Skerrow"


def test_words_in_capitals_in_a_row_are_no_name() -> None:
    mentions = Mentions([], [], number_terms([]))
    assert is_no_name("RX SEC DOHC", "en", mentions)
    assert not is_no_name("RX SEC", "en", mentions)


def test_a_church_title_is_not_part_of_a_name() -> None:
    assert [each.text for each in names(parse(["Police asked Monsignor Noah Marsh."], "en")[0], "en")] == ["Noah Marsh"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was removed from the Alder Department of Justice's website.", "Alder Department of Justice"),
        ("The crew can still win the Skerry's Cup on Tuesday.", "Skerry's Cup"),
    ],
)
def test_a_name_goes_on_after_its_head(text: str, expected: str) -> None:
    assert expected in [each.text for each in names(parse([text], "en")[0], "en")]


def test_the_field_of_a_department_is_found_by_capitals_alone() -> None:
    found = [each.text for each in names_by_capitals("It asked the Alder Department of Justice for help.", "en")]
    assert found == ["Alder Department of Justice"]


def test_a_capitalized_verb_is_not_part_of_the_name_before_it() -> None:
    text = "Enlarge image Alder Holds Final Round of Voting as banners hang in an old market in Skerry."
    assert not any("Holds" in each.text for each in names(parse([text], "en")[0], "en"))
