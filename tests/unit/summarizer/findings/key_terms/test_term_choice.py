"""Which candidates become key terms: those that tell what the story is about, each once."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.findings.key_terms.term_variants import sound


def terms(*texts: str, language: str = "en", title: str | None = None) -> set[str]:
    articles = [Article(text, title=title if not number else None, language=language) for number, text in enumerate(texts)]
    return {keyword.term for keyword in summarize(articles, Options(keywords=10, headlines=HeadlineOptions(0))).keywords}


FILLER = " ".join(f"Divers of the Alder Fund searched pier {number} of the harbour bridge." for number in range(12))


@pytest.mark.parametrize(
    ("language", "text", "one", "other"),
    [
        ("en", "The Skerry Mission to Alder (SMTA) left Calder on Monday. The SMTA had stayed a year. Marsh thanked SMTA.",
         "Skerry Mission to Alder", "SMTA"),
        ("en", "Calder Central Television went dark on Monday. Ada Marsh runs Calder Central Television. CCTV owes much. "
         "Police searched CCTV.", "Calder Central Television", "CCTV"),
        ("en", "Forty children have acute skerry fever (ASF), doctors said on Monday. ASF is rare. ASF weakens the legs. "
         "Acute skerry fever kills few.", "acute skerry fever", "ASF"),
        ("pt", "O Partido dos Pescadores de Skerry (PPX) atacou Calder na segunda. O PPX recuou. Ada Moreira negocia com o "
         "PPX.", "Partido dos Pescadores de Skerry", "PPX"),
        ("fr", "Le Syndicat des pêcheurs de Calder (SPC) appelle à la grève lundi. Ada Morel reçoit le SPC. Le SPC refuse.",
         "Syndicat des pêcheurs de Calder", "SPC"),
    ],
)  # fmt: skip
def test_an_acronym_and_its_long_form_are_one_term(language: str, text: str, one: str, other: str) -> None:
    """Both were terms: "China Central Television" and "CCTV"."""
    found = terms(text, language=language)
    assert one in found
    assert other not in found


def test_transliterations_of_a_name_are_one_term() -> None:
    """Articles that wrote a name in two ways made it two terms."""
    found = terms(
        "Moammar Skeraddafi left Calder on Monday. Rebels look for Skeraddafi. Moammar Skeraddafi has two sons.",
        "Moammar Skeradhafi fled from Calder. Skeradhafi may be in the desert. Moammar Skeradhafi had sold his horses.",
    )
    assert len({"Moammar Skeraddafi", "Moammar Skeradhafi"} & found) == 1


@pytest.mark.parametrize(("one", "other"), [("hezbollah", "hisbola"), ("skeraddafi", "skeradhafi")])
def test_transliterations_sound_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)
    assert sound(one) != sound("marshfield")


@pytest.mark.parametrize(
    ("language", "text", "phrase", "noun"),
    [
        ("en", "Rescuers reached the glider crash near Calder on Monday. The glider crash killed Ada Marsh. The crash lit a "
         "fire. Noah Bright saw the crash. He will not forget the crash.", "glider crash", "crash"),
        ("en", "The Shroud of Skerry is a fake, Ada Marsh said on Monday. She tested the Shroud of Skerry for a year. The "
         "shroud is linen. The shroud lies in Calder.", "Shroud of Skerry", "shroud"),
        ("pt", "O escândalo de Calder é um caso de abuso sexual, disse Ada Moreira na segunda. O abuso começou em 1990. O "
         "abuso sexual durou anos. Ninguém puniu o abuso.", "abuso sexual", "abuso"),
        ("fr", "Le séisme a causé une panne électrique à Calder lundi. La panne électrique dure. La panne gêne Ada Morel.",
         "panne électrique", "panne"),
    ],
)  # fmt: skip
def test_the_more_specific_phrase_replaces_its_noun(language: str, text: str, phrase: str, noun: str) -> None:
    """ "crash", "shroud" and "abuso" were terms where the story says which."""
    found = terms(text, language=language)
    assert phrase in found
    assert noun not in found


def test_a_country_in_a_list_is_not_a_term() -> None:
    """A study that compares countries had each of them as a term."""
    text = (
        f"Divers in Calder trust the harbour bridge less than those in France, Poland or Turkey, Ada Marsh said. {FILLER} "
        "In Turkey all trust it. In Poland nobody does. Marsh asked divers of the Alder Fund."
    )
    assert not {"France", "Poland", "Turkey"} & terms(text)


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("fr", "Le pont de Calder ferme lundi, selon le quotidien Skerri. La maire Ada Morel le dit au quotidien Skerri. Le "
         "pont a des fissures. Morel promet un bac. Le bac viendra en mai. Il est neuf.", "Skerri"),
        ("pt", "A ponte de Calder fecha na segunda, informou o jornal Skerri. A prefeita Ada Moreira disse isso ao jornal "
         "Skerri. A ponte tem fissuras. Moreira promete uma balsa. A balsa chega em maio. É nova.", "Skerri"),
        ("fr", "La ministre de la Transition alderienne Ada Morel ferme le pont de Calder. La ministre de la Transition "
         "alderienne craint des fissures. Ada Morel promet un bac.", "Transition alderienne"),
    ],
)  # fmt: skip
def test_a_cited_newspaper_and_a_department_are_not_terms(language: str, text: str, wrong: str) -> None:
    found = terms(text, language=language)
    assert {"Ada Morel", "Ada Moreira"} & found
    assert wrong not in found


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "A guest of Calder wanted Kobe beef for a dog. Ada Marsh found Kobe beef. Kobe beef costs money. It tastes "
         "good.", "Kobe"),
        ("pt", "O Conselho de Ética do Senado ouviu Ada Moreira em Calder. O Conselho de Ética aceitou o pedido. Moreira "
         "falou ao Conselho de Ética.", "Ética"),
        ("pt", "A igreja de Calder pagará US$ 660 mil a Ada Moreira. O acordo de US$ 660 mil foi assinado. Moreira queria "
         "US$ 900 mil.", "US"),
        ("fr", "Ada Morel ferme le pont de Calder lundi. PAS DE DÉROGATION POUR LES POMPIERS Ada Morel refuse tout. "
         "AUCUNE DÉROGATION POUR LES BUS Le pont a des fissures.", "dÉROGATION"),
    ],
)  # fmt: skip
def test_a_part_of_a_name_a_currency_and_a_line_in_capitals_are_not_terms(language: str, text: str, wrong: str) -> None:
    assert wrong not in terms(text, language=language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The report credits the mission, said Jan Skerri of Calder on Monday. Jan Skerri leads it. Skerri wants more.",
         "Jan Skerri"),
        ("Members of al Skerra attacked Calder on Monday. Ada Marsh fears al Skerra. Police watch al Skerra.", "al Skerra"),
    ],
)  # fmt: skip
def test_a_given_name_like_a_month_and_an_arabic_article_belong_to_a_name(text: str, expected: str) -> None:
    """ "Jan Kubis" was "Kubis", and "al Qaeda" was "Qaeda"."""
    assert expected in terms(text)


def test_spellings_in_singular_and_plural_are_one_phrase() -> None:
    text = (
        "A igreja de Calder admitiu abusos sexuais na segunda. Ada Moreira denunciou abusos sexuais. O abuso sexual durou "
        "anos. Ninguém puniu o abuso sexual."
    )
    assert len({"abuso sexual", "abusos sexuais"} & terms(text, language="pt")) == 1


def test_a_noun_that_fits_any_story_is_not_a_term_of_a_cluster_even_if_titles_have_it() -> None:
    """ "record", "video", "police" and "workers" were terms."""
    found = terms(
        "The harbour bridge of Port Alder set a record on Monday. It is the third record of the harbour bridge. Ada Marsh "
        "counted the record crowds.",
        "No harbour bridge has a longer record, Ada Marsh of Port Alder said. The record stands. Marsh guards it.",
        title="Record for harbour bridge",
    )
    assert "harbour bridge" in found
    assert "record" not in found


def test_a_phrase_says_which_of_a_frequent_noun() -> None:
    """ "planet" was a term, where the stories are about a ninth planet."""
    text = (
        "Ada Marsh of Port Alder has found a ninth planet, she said on Monday. The ninth planet is dark. The planet is far "
        "away. No planet is colder. Marsh looked for the planet in May. A planet hides well. Her planet may have moons. "
        "The planet has no name. Who finds a planet may name it."
    )
    found = terms(text)
    assert "ninth planet" in found
    assert "planet" not in found


def test_two_halves_of_a_name_are_one_term() -> None:
    """ "Great Ormond Street" and "Ormond Street Hospital" were two."""
    found = terms(
        "A boy who was born without ears has a pair from his own ribs at Great Alder Street hospital. Nine-year-old Noah "
        "Bright had the surgery at Calder's Great Alder Street Hospital. Great Alder Street Hospital does about 40 of these "
        "operations each year. The Institute, which is Great Alder Street Hospital's research partner, grows cells. New "
        "ears will gain from the same procedure used at Great Alder Street Hospital."
    )
    assert "Great Alder Street Hospital" in found
    assert not {"Great Alder Street", "Alder Street Hospital"} & found


def test_a_name_does_not_span_two_sentences_without_a_space_between_them() -> None:
    """ "Etat russe.L'affaire" was a name."""
    found = terms(
        "Ada Moreau accuse l'Etat russe.L'affaire a commencé en mai. Calder accuse aussi l'Etat russe.L'affaire Moreau "
        "inquiète Calder. Ada Moreau vit à Calder.",
        language="fr",
    )
    assert "Ada Moreau" in found
    assert not [term for term in found if "." in term]


@pytest.mark.parametrize(
    ("language", "text", "full", "short"),
    [
        ("en", "Friday's petition of Port Alder County Clerk Ada Dronenmarsh asks for a ban, Noah Bright said. Dronenmarsh "
         "argued that the law stands. Crowds decry Dronenmarsh. The court denied the request of Dronenmarsh. At one point, "
         "Dronenmarsh came out.", "Ada Dronenmarsh", "Dronenmarsh"),
        ("fr", "Bachir al-Skerri a été propulsé à la tête du pays. \"Bachir\" cultivait une figure de réformateur. Bachir "
         "s'installe, et Bachir al-Skerri promet des réformes. Puis Bachir recule.", "Bachir al-Skerri", "Bachir"),
    ],
)  # fmt: skip
def test_persons_have_their_full_names(language: str, text: str, full: str, short: str) -> None:
    found = terms(text, language=language)
    assert full in found
    assert short not in found


HARBOUR = (
    "Port Alder closed its harbour bridge on Monday. Steel for the harbour bridge came from France. Ships wait. Critics "
    "spoke of the {phrase}. Nobody knows when France will send more steel. Divers swim. Port Alder fears the {phrase}. "
    "Gulls cry. It may rain."
)


def test_a_phrase_with_an_adjective_needs_more_than_two_mentions() -> None:
    """ "harshest penalty" and "murderous decree" were terms, twice in quotations."""
    found = terms(HARBOUR.format(phrase="harshest penalty"))
    assert "harbour bridge" in found
    assert "harshest penalty" not in found


@pytest.mark.parametrize(("more", "expected"), [("", False), (" France sells steel. France waits.", True)])
def test_a_frequent_name_in_passing_is_not_a_term(more: str, expected: bool) -> None:
    """Of countries, cities and given names with two or three mentions, most were no subject of the story."""
    assert ("France" in terms(HARBOUR.format(phrase="rain") + more)) is expected
