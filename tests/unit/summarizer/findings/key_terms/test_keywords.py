"""Key terms: names and noun phrases that the stories are about, as the articles write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.keywords import f1
from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.findings.key_terms.candidate import Candidate
from nutgraf.summarizer.findings.key_terms.candidate_names import is_no_name, plain_name
from nutgraf.summarizer.findings.key_terms.mentions import Mentions
from nutgraf.summarizer.findings.key_terms.term_variants import merge_variants
from nutgraf.summarizer.findings.word_frequencies import UNLISTED, word_frequencies
from nutgraf.summarizer.models import Keyword
from nutgraf.summarizer.reading.terms import number_terms
from tests.builders import NEWS, real_news
from tests.cpu_time import at_most

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


def test_verbs_adverbs_days_and_numbers_are_not_terms() -> None:
    found = " ".join(keyword.term for keyword in terms(BRIDGE, HARBOUR, count=50)).lower().split()
    assert not {"continue", "formally", "monday", "n't", "9", "million", "euros", "said", "unsafe", "the"} & set(found)


def test_first_term_has_score_1_and_the_others_less() -> None:
    scores = [keyword.score for keyword in terms(BRIDGE, HARBOUR)]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("count", [1, 3, 8])
def test_no_more_terms_are_returned_than_requested(count: int) -> None:
    found = terms(BRIDGE, HARBOUR, NEWS, count=count)
    assert min(count, 3) <= len(found) <= count


def test_terms_are_written_in_the_articles() -> None:
    assert all(keyword.term in f"{BRIDGE} {HARBOUR}" for keyword in terms(BRIDGE, HARBOUR, count=50))


def test_a_term_of_several_articles_is_listed_before_a_term_of_one() -> None:
    found = [keyword.term for keyword in terms(BRIDGE, HARBOUR)]
    assert found.index("harbour bridge") < found.index("Port Alder Transport Agency")


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
            "Universidad de Puerto Alder. Moreno pidió paciencia hasta el fin del temporal.",
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
def test_terms_in_other_languages_with_a_parser(language: str, text: str, expected: set[str]) -> None:
    assert expected <= {keyword.term for keyword in terms(text, language=language)}


def test_a_more_specific_phrase_replaces_its_noun() -> None:
    text = (
        "The council approved the ferry tax on Monday. Shops oppose the ferry tax because ferries carry their customers. "
        "Noah Bright called the ferry tax a mistake. The tax begins in May."
    )
    found = {keyword.term for keyword in terms(text)}
    assert "ferry tax" in found
    assert not {"tax", "ferry", "mistake"} & found


def test_a_noun_with_one_mention_is_not_a_term_if_there_are_better_ones() -> None:
    filler = " ".join(f"Divers searched pier {number} of the harbour bridge for cracks." for number in range(20))
    found = {keyword.term for keyword in terms(f"{BRIDGE} {filler} A gull watched the pageant.")}
    assert not {"gull", "pageant"} & found


def test_a_first_name_counts_for_the_full_name_that_comes_later() -> None:
    text = "Oskarina was found on the pier. Oskarina is well, a nurse said. Oskarina Marshfield had been lost for a day."
    assert next(keyword.term for keyword in terms(text) if keyword.kind == "name") == "Oskarina Marshfield"


def test_a_surname_alone_counts_for_the_full_name() -> None:
    """The full name stood once and its surname five times: it was no key term."""
    text = (
        "The council closed the harbour bridge after a storm. Ada Marshfield, an engineer, had warned of cracks. "
        + "Marshfield wrote to the council in May. The council did not answer Marshfield. " * 3
    )
    assert "Ada Marshfield" in {keyword.term for keyword in terms(text) if keyword.kind == "name"}


@pytest.mark.parametrize(
    ("text", "expected", "wrong"),
    [
        ("Die Stadt sperrt die Brücke. Präsident Viktor Marsch warnt. Marsch sprach von Rissen. Risse sah Marsch im Mai.",
         "Viktor Marsch", "Marsch"),
        ("Kalden sperrt die Brücke. Kaldens Brücke hat Risse. Die Brücke öffnet im Mai. Kalden zahlt.", "Kalden", "Kaldens"),
    ],
)  # fmt: skip
def test_german_names_are_whole_and_without_cases(text: str, expected: str, wrong: str) -> None:
    found = {keyword.term for keyword in terms(text, language="de")}
    assert expected in found
    assert wrong not in found


def test_an_office_a_place_inside_a_name_and_a_cited_newspaper_are_not_terms() -> None:
    text = (
        "Prime Minister Ada Marsh visited Skerry Street Hospital on Monday. The Prime Minister met nurses of "
        "the Skerry Street Hospital. Marsh told the Daily Mail that Skerry Street Hospital must stay. Nurses of the "
        "hospital cheered Marsh."
    )
    found = {keyword.term for keyword in terms(text)}
    assert {"Ada Marsh", "Skerry Street Hospital"} <= found
    assert not {"Prime Minister", "Skerry Street", "Daily Mail"} & found


def test_a_name_mentioned_in_passing_is_not_a_term_of_a_long_article() -> None:
    filler = " ".join(f"Divers of the Alder Fund searched pier {number} of the harbour bridge." for number in range(30))
    found = {keyword.term for keyword in terms(f"{BRIDGE} {filler} A diver from Calderwick sang.")}
    assert "Alder Fund" in found
    assert "Calderwick" not in found


def test_a_common_noun_is_not_a_term_unless_articles_are_filed_under_it() -> None:
    """ "settlement", "part" and "report" were terms of any story that repeats them; "strike" is a subject."""
    text = (
        "Dockers of Port Alder began a strike on Monday over the roster of the harbour. Ada Marsh, who leads the harbour, "
        "called the strike a disaster and the roster fair. Noah Bright of the dockers said the strike will go on. "
        "A truck waited at the gate. Marsh promised a letter about the truck. Bright wants a new roster. The shops closed."
    )
    found = {keyword.term for keyword in terms(text)}
    assert "strike" in found
    assert not {"letter", "gate", "dockers", "truck"} & found


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        (
            "en",
            "The bridge of Port Alder closed on Monday. Forty marchers crossed it on Sunday. Ada Marsh saw the marchers. "
            "The campaign manager of Ada Marsh called. The campaign manager left. It rained. Nobody fell. The piers hold.",
            {"marchers", "campaign manager"},
        ),
        (
            "pt",
            "A ponte do Porto Alder fechou na segunda. A proposta do governo saiu. Ada Moreira leu a proposta do governo. "
            "Choveu muito. A balsa parou. O porto abriu. Ninguém caiu. O mar subiu.",
            {"proposta do governo"},
        ),
    ],
)
def test_roles_and_particular_instances_are_not_terms(language: str, text: str, wrong: set[str]) -> None:
    assert not wrong & {keyword.term for keyword in terms(text, language=language)}


def test_a_repeated_name_is_a_term_though_its_sentences_are_not_parsed() -> None:
    filler = " ".join(f"Divers searched pier {number} of the harbour bridge for cracks and rust." for number in range(12))
    thanks = " ".join(f"In year {number} they thanked Oskarine Dale for all that was done." for number in range(6))
    text = f"{BRIDGE} {filler} {thanks}"
    assert "Oskarine Dale" in {keyword.term for keyword in terms(text)}


@pytest.mark.parametrize(
    ("language", "text", "expected", "wrong"),
    [
        ("en", "Fans of the New Skerry Jets cheered. They love the New Skerry Jets. The Jets sang. Ada Marsh saw the Jets.",
         "New Skerry Jets", "Skerry Jets"),
        ("fr", "Le Front alderien a gagné lundi. Le FA dirige Calder. Ada Morel quitte le FA. Le Front alderien dit oui.",
         "Front alderien", "FA"),
        ("es", "La Guardia Alderina salvó Calder. En Alderina llueve. Alderina espera. La Guardia Alderina zarpó ayer. "
         "Los barcos de Alderina salen.", "Alderina", ""),
        ("de", "Die Brücke bleibt zu. Das Gericht der Alderischen Union prüft. Die Staaten der Alderischen Union warten.",
         "Alderische Union", "Alderischen Union"),
        ("en", "Josh Hardy is ill. Josh needs a drug. Josh waits. Josh sings. Ada Hardy, his mother, prays. Josh hopes.",
         "Josh Hardy", "Josh"),
    ],
)  # fmt: skip
def test_names_are_whole_and_merge_with_no_others(language: str, text: str, expected: str, wrong: str) -> None:
    found = {keyword.term for keyword in terms(text, language=language)}
    assert expected in found
    assert wrong not in found


@pytest.mark.parametrize(("sentences", "is_term"), [(0, True), (30, False)])
def test_a_full_name_that_occurs_only_in_the_lede_is_a_term_of_a_short_text_only(sentences: int, is_term: bool) -> None:
    filler = " ".join(f"It had rained for {number} hours." for number in range(sentences))
    found = {
        keyword.term for keyword in terms(f"The council elected Salim al-Skerri to lead the harbour. {BRIDGE} {filler}")
    }
    assert ("Salim al-Skerri" in found) == is_term


def test_a_surname_counts_for_the_full_name_though_no_sentence_with_it_is_parsed() -> None:
    filler = " ".join(f"Divers searched pier {number} of the harbour bridge for cracks and rust." for number in range(12))
    names = " ".join(f"In year {number}, all of that was done again by Skerrimore." for number in range(6))
    found = {keyword.term for keyword in terms(f"{BRIDGE} The engineer Ada Skerrimore drew it. {filler} {names}")}
    assert "Ada Skerrimore" in found
    assert "Skerrimore" not in found


@pytest.mark.parametrize(
    ("language", "text", "expected", "wrong"),
    [
        ("en", "Skerrians crossed the bridge in Calder on Monday. Skerry is small. Ships leave Skerry. The Skerrians sing.",
         "Skerry", "Skerrians"),
        ("en", "The harbour pact of Calder was signed on Monday. Ada Marsh likes the pact. Noah called the pact fair.",
         "harbour pact", "pact"),
        ("fr", "Le pont Skerri a cédé lundi à Calder. Ada Morel pleure le pont Skerri. Le pont Skerri avait des fissures.",
         "pont Skerri", "Skerri"),
        ("fr", "La tempête Skerri a frappé Calder. Ada Morel craint Skerri. Skerri avance. Skerri recule. Skerri finit.",
         "Skerri", "tempête Skerri"),
    ],
)  # fmt: skip
def test_variants_with_the_same_meaning_are_one_term(language: str, text: str, expected: str, wrong: str) -> None:
    found = {keyword.term for keyword in terms(text, language=language)}
    assert expected in found
    assert wrong not in found


def test_spellings_with_and_without_a_hyphen_are_one_term() -> None:
    one, other = Candidate((0,), "en", sentences={1}), Candidate((1, 2), "en", sentences={2, 3})
    one.texts["toll-payers"] = other.texts["toll payers"] = 1
    candidates = {one.key: one, other.key: other}
    merge_variants(candidates, Mentions([], [], number_terms([])))
    assert list(candidates.values()) == [other]
    assert other.sentences == {1, 2, 3}


@pytest.mark.parametrize("text", [
    "L'épidémie du Skerri-19 gagne Calder. Ada Morel craint le Skerri-19. Le Skerri-19 tue.",
    "Ada Morel a rejoint le M23 à Calder. Le M23 avance. Les soldats du M23 chantent.",
])  # fmt: skip
def test_a_name_with_a_number_is_a_term(text: str) -> None:
    assert {"Skerri-19", "M23"} & {keyword.term for keyword in terms(text, language="fr")}


@pytest.mark.parametrize(
    ("language", "text", "office"),
    [
        ("en", "A federal judge freed Ada Marsh on Monday. The federal judge spoke. Marsh thanked the federal judge.",
         "federal judge"),
        ("pt", "O procurador-geral ouviu Ada Moreira em Calder. Moreira falou ao procurador-geral. O procurador-geral saiu.",
         "procurador-geral"),
    ],
)  # fmt: skip
def test_the_office_of_one_person_is_not_a_term(language: str, text: str, office: str) -> None:
    (article,) = [Article(text, title=text.partition(".")[0], language=language)]
    options = Options(keywords=10, headlines=HeadlineOptions(0))
    assert office not in {keyword.term for keyword in summarize([article], options).keywords}


def test_terms_are_compared_with_the_weight_of_the_second_term() -> None:
    """The first may be far above all others."""
    filler = " ".join(f"Then, for {number} hours, it was Ada Marshfield." for number in range(20))
    found = {
        keyword.term for keyword in terms(f"Calderwick sent the Alder Fund. The Alder Fund paid Ada Marshfield. {filler}")
    }
    assert "Alder Fund" in found


def test_an_adjective_a_direction_and_a_common_noun_are_not_names() -> None:
    mentions = Mentions([], [], number_terms([]))
    names = ("HIV-positive", "Marsh-era", "North", "Party", "Danish", "South African", "Iraqis", "Danish-led Sunni")
    assert all(is_no_name(name, "en", mentions) for name in names)
    assert not any(is_no_name(name, "en", mentions) for name in ("Skerry-Dale", "HIV", "North Skerry", "Danish Alder"))


def test_an_office_after_a_title_is_not_part_of_a_name() -> None:
    assert plain_name("General Ada Marsh", "en", Mentions([], [], number_terms([]))) == "Ada Marsh"


def test_a_term_that_opens_a_sentence_is_in_lower_case() -> None:
    text = "Ferry taxes rise in Port Alder. Ada Marsh opposes it. Ferry taxes hurt. The ferry is full, says Ada Marsh."
    assert "ferry taxes" in {keyword.term for keyword in terms(text)}


def test_without_a_parser_names_come_from_capitals() -> None:
    text = (
        "Bron i hamnen stängs på måndag, sade borgmästare Ada Mårsk. Ingenjörer fann sprickor i bron i mars. Bron i Kalden "
        "öppnade 1961. Ada Mårsk lovade en färja till Kalden."
    )
    found = {keyword.term: keyword.kind for keyword in terms(text, language="sv")}
    assert found["Ada Mårsk"] == "name"
    assert found["Kalden"] == "name"
    assert "måndag" not in found


def test_no_terms_are_returned_if_none_are_requested() -> None:
    assert terms(NEWS, count=0) == []


@given(
    st.text(alphabet=st.sampled_from("aA.,'’-– \n(“”)$9éß界"), max_size=300),
    st.sampled_from(["en", "de", "fr", "es", "pt", "zh"]),
)
def test_any_text_gives_a_valid_list_of_terms(text: str, language: str) -> None:
    for keyword in terms(f"Ada Marsh sang. {text}", language=language, count=5):
        assert keyword.term
        assert 0 < keyword.score <= 1


@pytest.mark.parametrize("text", ["Ada Marsh " * 20_000, "bridge " * 40_000, "The (ABC) Ada Bay Cup won. " * 3_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    with at_most(10):
        terms(text)


def test_word_frequencies_rank_common_words_above_rare_ones() -> None:
    table = word_frequencies("en-GB")
    assert table is not None
    assert table.frequency("peopl") > 6 > table.frequency("bridg") > table.frequency("habea") >= UNLISTED
    assert "said" in table.rarely_nouns
    assert "bridge" not in table.rarely_nouns
    assert word_frequencies("sv") is None


def test_f1_compares_the_stems_of_terms() -> None:
    assert f1(["Ponts", "loi"], ["pont", "projet"], "fr") == 0.5
    assert f1([], ["pont"], "fr") == 0


# F1 of the first ten terms on French news; 1.4 times that of YAKE, 0.2603 (`python -m bench keywords`).
MIN_F1 = 0.3645


def test_terms_are_those_that_people_choose() -> None:
    rows = real_news("keyphrases_fr.jsonl")
    scores = [f1([keyword.term for keyword in terms(row["text"], language="fr")], row["terms"], "fr") for row in rows]
    assert sum(scores) / len(scores) >= MIN_F1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Third-ranked Skerry beat Alderland 2-1 in the cup on Monday. Skerry scored twice before the break.", "Skerry"),
        ("Skerry Secretary-General Ada Marsh opened the talks on Monday. Marsh said they would end on Friday.", "Ada Marsh"),
    ],
)
def test_words_before_a_name_are_not_part_of_it(text: str, name: str) -> None:
    assert name in {keyword.term for keyword in terms(text, language="en")}


def test_a_phrase_has_the_noun_that_is_before_or_after_it_in_all_mentions() -> None:
    found = {
        keyword.term
        for keyword in terms(
            "The council of Skerry passed the hate crime bill on Monday. The hate crime bill was opposed by two. Ada Marsh, "
            "who wrote the hate crime bill, said the White Hall physician had asked for it. The White Hall physician, Ben "
            "Croft, was not there. The White Hall physician retires in May."
        )
    }
    assert {"hate crime bill", "White Hall physician"} <= found
    assert not {"crime bill", "Hall physician", "physician"} & found


def test_a_relative_does_not_stand_for_the_person_in_the_news() -> None:
    found = {
        keyword.term
        for keyword in terms(
            "President Marsh opened the bridge in Skerry on Monday. Marsh said the bridge was late. With his wife Ada Marsh "
            "he walked across it. Marsh wants a second bridge. The opposition says Marsh has no money for a bridge."
        )
    }
    assert "Ada Marsh" not in found
    assert "Marsh" in found


def test_a_word_in_capitals_for_stress_is_no_part_of_a_name() -> None:
    text = "The tweets were NOT Racist, President Ada Marsh said. She wrote that they were NOT Racist at all. Marsh left."
    assert not any("NOT" in keyword.term for keyword in terms(text))


def test_an_adjective_behind_a_degree_is_no_term() -> None:
    text = (
        "Le mois de juin a été le plus chaud à Skerry depuis 1900. Le plus chaud des jours fut le 12, selon la mairie. "
        "La mairie de Skerry demande aux habitants de boire. Les écoles ferment."
    )
    assert "chaud" not in {keyword.term for keyword in terms(text, language="fr")}


def test_emeritus_is_no_part_of_a_name() -> None:
    text = (
        "Law Professor Emeritus Ada Marsh defended the mayor of Skerry on Monday. Emeritus Ada Marsh said Skerry was wrong."
    )
    assert "Ada Marsh" in {keyword.term for keyword in terms(text)}
