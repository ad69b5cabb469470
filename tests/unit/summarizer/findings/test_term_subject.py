"""A list of key terms has a word for what happened, not only names."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.findings.key_terms.candidate_names import without_dateline
from nutgraf.summarizer.findings.key_terms.shortlist import shortlist
from nutgraf.summarizer.findings.key_terms.title_texts import title_texts
from nutgraf.summarizer.reading.cluster import read


def terms(*texts: str, language: str = "en", title: str | None = None) -> list[str]:
    articles = [Article(text, title=title if not number else None, language=language) for number, text in enumerate(texts)]
    found = summarize(articles, Options(keywords=10, headlines=HeadlineOptions(0))).keywords
    return [keyword.term for keyword in found]


MANDATE = (
    "Ada Marsh told Port Alder on Monday what her vaccine and testing mandate means. Who is vaccinated in Port Alder may "
    "work, Marsh said. Who is not vaccinated may leave. Marsh was vaccinated in May. Port Alder waits."
)


def test_a_phrase_of_the_title_tells_the_subject_of_a_list_of_names() -> None:
    """The article never has the phrase as the title has it."""
    assert terms(MANDATE, title="Marsh vaccine mandate leaves shops scrambling") == [
        "Ada Marsh",
        "Port Alder",
        "vaccine mandate",
    ]
    assert "vaccine mandate" not in terms(MANDATE)


def test_a_verb_of_a_title_is_no_term() -> None:
    """Titles have few articles and prepositions, so that the parser took "signs" for a noun."""
    text = (
        "Mayor Ada Marsh signed an order on Monday. The order of Ada Marsh closes the harbour of Port Alder. Marsh mocked "
        "the port of Port Alder. Owners in Port Alder fear for trade."
    )
    found = " ".join(terms(text, title="Marsh signs order, Alder mocks mayor")).split()
    assert not {"signs", "mocks"} & set(found)


def test_an_infinitive_of_the_text_is_no_noun_there_nor_in_the_title() -> None:
    """The parser took "resume" for a noun in the title, and after "to" in the text."""
    text = (
        "A federal appeals court Friday night quickly allowed Texas to resume banning most ferries, just one day after. The "
        "ban on ferries was hard. A ban costs Port Alder trade. Ada Marsh fears it. Owners fear the ban."
    )
    found = terms(text, title="US appeals court lets Texas resume ban on most ferries")
    assert "ban" in found
    assert not {"resume ban", "resume"} & set(found)


def test_a_noun_of_most_ledes_tells_the_subject_without_a_title() -> None:
    text = (
        "A rifle was aimed at Ada Marsh in Port Alder on Monday. Ada Marsh left Port Alder. The rifle was a toy. Who had "
        "the rifle?"
    )
    assert "rifle" in terms(text)


def test_a_noun_that_fits_any_story_is_no_term_beside_another() -> None:
    text = (
        "Port Alder gave money for the harbour bridge of Port Alder on Monday. The money is there. The police of Port Alder "
        "have the money. Ada Marsh asked for the harbour bridge. Marsh wants a ferry. The harbour bridge of Port Alder is "
        "old. Port Alder has one bridge."
    )
    found = terms(text, title="Money for harbour bridge")
    assert "harbour bridge" in found
    assert "money" not in found


def test_of_two_nouns_that_end_alike_one_is_a_term() -> None:
    """ "quake" and "earthquakes" were two terms."""
    text = (
        "An earthquake shook Port Alder on Monday. The quake was the third. The earthquake broke the harbour bridge. Ada "
        "Marsh felt the quake. Earthquakes are rare. A quake has no season."
    )
    assert len({"earthquake", "earthquakes", "quake"} & set(terms(text, title="Quake hits Port Alder"))) == 1


def test_the_opening_sentences_are_always_read() -> None:
    texts = [
        " ".join(
            [f"It snowed in {place} in May.", *(f"Divers of {place} searched {what} {number}." for number in range(20))]
        )
        for place, what in (("Skerry", "pier"), ("Calder", "boat"))
    ]
    cluster = read([Article(text, language="en") for text in texts])
    scores = [0.0 if not sentence.index else 1.0 for sentence in cluster.sentences]
    listed = shortlist(cluster.articles, cluster.sentences, cluster.words, cluster.terms, scores, [], 10)
    assert {0, 21} <= set(listed.positions)


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "Harbour Bridge of Port Alder Closes", ["harbour bridge of Port Alder Closes"]),
        ("en", "HARBOUR BRIDGE CLOSES", []),
        ("en", None, []),
        ("nb", "Broen Stenges", []),
        ("de", "Die Brücke bleibt zu", ["Die Brücke bleibt zu"]),
    ],
)
def test_titles_are_read_in_the_small_letters_of_the_text(language: str, title: str | None, expected: list[str]) -> None:
    texts = {
        "en": "The harbour bridge is shut. Port Alder has one bridge. Its harbour is old.",
        "nb": "Broen er stengt. Byen har en bro til.",
        "de": "Die Brücke bleibt zu. Die Stadt hat eine Brücke.",
    }
    cluster = read([Article(texts[language], title=title, language=language)])
    found = title_texts(cluster.articles, cluster.sentences, cluster.words, 3)
    assert [each.text for each in found] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("London Ada Skerry", "Ada Skerry"),
        ("London Bridge", "London Bridge"),
        ("Londoner Ada Skerry", "Londoner Ada Skerry"),
        ("Ada Skerry", "Ada Skerry"),
    ],
)
def test_a_city_before_a_person_is_a_dateline(name: str, expected: str) -> None:
    assert without_dateline(name, "en") == expected


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv"])
def test_verbs_and_adjectives_are_no_terms_without_a_parser(language: str) -> None:
    """Words that recurred were terms, whatever they were."""
    text = {
        "nb": "Broen i Alder stenger. Ada Moss vil stenge veien til broen i mai. De stenger den gamle broen over elva. "
        "Moss sier at gamle piler stenger. Hun går over broen. De går.",
        "nn": "Brua i Alder stengjer. Ada Moss vil stengje vegen til brua i mai. Dei stengjer den gamle brua over elva. "
        "Moss seier at gamle pilarar stengjer. Ho går over brua. Dei går.",
        "da": "Broen i Alder lukker. Ada Moss vil lukke vejen til broen i maj. De lukker den gamle broen over åen. Moss "
        "siger at gamle piller lukker. Hun går over broen. De går.",
        "sv": "Bron i Alder stänger. Ada Moss ska stänga vägen till bron i maj. De stänger den gamla bron över ån. Moss "
        "säger att gamla pelare stänger. Hon går över bron. De går.",
    }[language]
    found = {term.lower() for term in terms(text, language=language)}
    assert (
        not {"stenger", "stenge", "stengjer", "stengje", "lukker", "lukke", "stänger", "stänga", "går", "gamle", "gamla"}
        & found
    )
    assert {"broen", "brua", "bron"} & found


def test_an_acronym_at_the_start_of_a_term_keeps_its_capitals() -> None:
    text = (
        "US employers added 250 jobs in October, more than expected for us. US employers added most jobs in Port Alder. "
        "It helps us. Jobs are rare for us, say US employers. Give us jobs."
    )
    assert not [term for term in terms(text, title="US employers added 250 jobs") if term.startswith("uS")]
