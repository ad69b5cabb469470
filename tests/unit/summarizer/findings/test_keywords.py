"""Key terms: names and noun phrases that the stories are about, as the articles write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.keywords import f1
from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.findings.background import UNLISTED, background
from nutgraf.summarizer.models import Keyword
from tests.builders import NEWS, real_news

BRIDGE = (
    "Mayor Ada Marsh closed the harbour bridge on Monday, and the council formally agreed. Marsh said the harbour bridge "
    "was unsafe. Engineers of the Port Alder Transport Agency (PATA) had found cracks in two piers. Repairs will cost "
    "9 million euros, PATA said. Police continue to turn drivers away, and Marsh doesn't expect the harbour bridge to open "
    "this year."
)
HARBOUR = (
    "Shops in Port Alder fear for their trade while the harbour bridge is closed. Ada Marsh promised a ferry. The ferry "
    "will run every ten minutes, the Port Alder Transport Agency said."
)


def terms(*texts: str, language: str = "en", count: int = 10) -> list[Keyword]:
    options = Options(keywords=count, headlines=HeadlineOptions(0))
    return list(summarize([Article(text, language=language) for text in texts], options).keywords)


def test_names_are_whole_and_short_forms_count_for_them() -> None:
    found = {keyword.term: keyword.kind for keyword in terms(BRIDGE, HARBOUR)}
    assert found["Ada Marsh"] == "name"
    assert found["Port Alder Transport Agency"] == "name"
    assert found["harbour bridge"] == "term"
    assert not {"Marsh", "PATA", "bridge", "harbour", "Port", "Mayor Ada Marsh"} & set(found)


def test_verbs_adverbs_days_and_numbers_are_no_terms() -> None:
    found = " ".join(keyword.term for keyword in terms(BRIDGE, HARBOUR, count=50)).lower().split()
    assert not {"continue", "formally", "monday", "n't", "9", "million", "euros", "said", "unsafe", "the"} & set(found)


def test_first_term_has_score_1_and_the_others_less() -> None:
    scores = [keyword.score for keyword in terms(BRIDGE, HARBOUR)]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("count", [1, 3, 8])
def test_there_are_no_more_than_were_asked_for(count: int) -> None:
    found = terms(BRIDGE, HARBOUR, NEWS, count=count)
    assert min(count, 5) <= len(found) <= count


def test_terms_are_written_in_the_articles() -> None:
    assert all(keyword.term in f"{BRIDGE} {HARBOUR}" for keyword in terms(BRIDGE, HARBOUR, count=50))


def test_what_several_stories_mention_goes_before_what_one_does() -> None:
    found = [keyword.term for keyword in terms(BRIDGE, HARBOUR)]
    assert found.index("harbour bridge") < found.index("ferry")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Die Stadt sperrt die Hafenbrücke. Bürgermeisterin Ada Marsch sprach von Rissen. Die Hafenbrücke "
            "bleibt nach Angaben der Stadtwerke Kalden bis Herbst gesperrt, sagte Marsch.",
            {"Hafenbrücke", "Ada Marsch"},
        ),
        (
            "fr",
            "Le pont du port ferme lundi, a annoncé la maire Ada Morel. Le projet de loi sur les ponts sera examiné par "
            "l'Assemblée nationale. Ada Morel défend le projet de loi.",
            {"projet de loi", "Ada Morel", "Assemblée nationale"},
        ),
        (
            "es",
            "La alcaldesa Ada Moreno cerró el puente del puerto por el temporal. El temporal dañó el puente, según la "
            "Universidad de Puerto Alder. Moreno pidió paciencia.",
            {"Ada Moreno", "temporal", "Universidad de Puerto Alder"},
        ),
        (
            "pt",
            "A prefeita Ada Moreira fechou a ponte do porto por causa do temporal. O temporal danificou a ponte, segundo a "
            "Universidade de Porto Alder. Moreira pediu paciência.",
            {"Ada Moreira", "temporal", "Universidade de Porto Alder"},
        ),
    ],
)
def test_other_languages_with_a_parser(language: str, text: str, expected: set[str]) -> None:
    assert expected <= {keyword.term for keyword in terms(text, language=language)}


def test_a_noun_gives_way_to_a_phrase_that_tells_more() -> None:
    text = (
        "The council approved the ferry tax on Monday. Shops oppose the ferry tax because ferries carry their customers. "
        "Noah Bright called the ferry tax a mistake. The tax begins in May."
    )
    found = {keyword.term for keyword in terms(text)}
    assert "ferry tax" in found
    assert not {"tax", "ferry", "mistake"} & found


def test_a_noun_with_a_single_mention_is_no_term_where_there_are_better_ones() -> None:
    filler = " ".join(f"Divers searched pier {number} of the harbour bridge for cracks." for number in range(20))
    found = {keyword.term for keyword in terms(f"{BRIDGE} {filler} A gull watched the pageant.")}
    assert not {"gull", "pageant"} & found


def test_a_first_name_counts_for_the_full_name_that_comes_later() -> None:
    text = "Oskarina was found on the pier. Oskarina is well, a nurse said. Oskarina Marshfield had been lost for a day."
    assert next(keyword.term for keyword in terms(text) if keyword.kind == "name") == "Oskarina Marshfield"


def test_without_a_parser_names_come_from_capitals() -> None:
    text = (
        "Bron i hamnen stängs på måndag, sade borgmästare Ada Mårsk. Ingenjörer fann sprickor i bron i mars. Bron i Kalden "
        "öppnade 1961. Ada Mårsk lovade en färja till Kalden."
    )
    found = {keyword.term: keyword.kind for keyword in terms(text, language="sv")}
    assert found["Ada Mårsk"] == "name"
    assert found["Kalden"] == "name"
    assert "måndag" not in found


def test_none_are_asked_for() -> None:
    assert terms(NEWS, count=0) == []


@given(
    st.text(alphabet=st.sampled_from("aA.,'’-– \n(“”)$9éß界"), max_size=300),
    st.sampled_from(["en", "de", "fr", "es", "pt", "zh"]),
)
def test_any_text_has_an_answer(text: str, language: str) -> None:
    for keyword in terms(f"Ada Marsh sang. {text}", language=language, count=5):
        assert keyword.term
        assert 0 < keyword.score <= 1


@pytest.mark.parametrize("text", ["Ada Marsh " * 20_000, "bridge " * 40_000, "The (ABC) Ada Bay Cup won. " * 3_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    before = time.process_time()
    terms(text)
    assert time.process_time() - before < 10


def test_background_tells_frequent_words_from_rare_ones() -> None:
    table = background("en-GB")
    assert table is not None
    assert table.frequency("peopl") > 6 > table.frequency("bridg") > table.frequency("habea") >= UNLISTED
    assert "said" in table.rarely_nouns
    assert "bridge" not in table.rarely_nouns
    assert background("sv") is None


def test_f1_compares_the_stems_of_terms() -> None:
    assert f1(["Ponts", "loi"], ["pont", "projet"], "fr") == 0.5
    assert f1([], ["pont"], "fr") == 0


# F1 of the first ten terms on French news, times 100; YAKE's is 26.03 (`python -m bench keywords`).
MIN_F1 = 0.37


def test_terms_are_those_that_people_choose() -> None:
    rows = real_news("keyphrases_fr.jsonl")
    scores = [f1([keyword.term for keyword in terms(row["text"], language="fr")], row["terms"], "fr") for row in rows]
    assert sum(scores) / len(scores) >= MIN_F1
