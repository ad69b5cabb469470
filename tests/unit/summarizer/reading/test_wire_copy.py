"""Copy as wires and companies send it: news that looks like boilerplate stays, boilerplate that looks like news goes."""

import pytest

from nutgraf.summarizer.models import Removed
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from tests.builders import article

STORY = "The harbour board closed the north quay on Monday. It blamed a crack in the wall."


def said(text: str, language: str = "en") -> list[str]:
    """The sentences of a text, each on one line."""
    return [" ".join(sentence.text.split()) for sentence in split([clean(article(text), language)])]


def removed(text: str, language: str = "en") -> list[Removed]:
    return list(clean(article(text), language).removed)


@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("en", "The licence runs out on Nov. 30."),
        ("en", "The licence of the quay runs out on\nNov. 30."),
        ("en", "The yard lost by ten after Quill had scored\n30."),
        ("en", "The quay opens again in June, a port official told\nReuters."),
        ("en", "The quay opens again in June, a port official told\nAFP on Tuesday."),
        ("de", "Der Rat entscheidet nach Angaben der Stadt am\n4. Juni."),
        ("de", "Der Kai gehört nach Angaben der Stadt nicht dem\n1. FC Hafen."),
        ("de", "Die Redaktion zog um."),
        ("en", "Embargoed until 1970, the letters name two bishops."),
        ("en", "The contract says all rights reserved."),
        ("en", "All rights reserved for the crew in 1954 still hold, the judge said."),
        ("en", "The mate, Mrs.\nQuill, was on board."),
        ("ru", "Подписывайтесь под каждой страницей, сказал судья."),
        ("de", "Korrektur am Markt: Die Preise fielen am Montag um zwei Prozent."),
        ("nl", "In een eerdere versie van de wet ontbrak de haven."),
        ("fr", "Une première version du projet a été rejetée par le port."),
        ("de", "Hinweise der Anwohner führten zu dem Boot."),
    ],
)
def test_news_stays(language: str, last: str) -> None:
    assert said(f"{STORY}\n\n{last}", language)[-1] == " ".join(last.split())


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "-30-"),
        ("en", "30"),
        ("en", "-ends-"),
        ("pt", "FIM"),
        ("de", "dpa ab/cd xx n2"),
        ("de", "Alle Rechte vorbehalten."),
        ("es", "Todos los derechos reservados."),
        ("nl", "Alle rechten voorbehouden."),
        ("ru", "Все права защищены."),
        ("zh", "（责任编辑：王某）"),
        ("en", "Ada Marsh reported from Port Alder."),
        ("en", "Marsh reported from Port Alder; Pike reported from Kalden."),
        ("en", "Story by Ada Marsh; editing by Ben Pike"),
        ("en", "Ada Marsh can be reached at marsh@harbour.example."),
        ("en", "View source version on businesswire.com: https://wire.example/1"),
        ("en", "ADVISORY: A new lead will move by 1500 GMT."),
        ("en", "STRICTLY EMBARGOED: 0900 GMT, 3 May"),
        ("en", "RELATED: How the quay was built"),
        ("ru", "Подписывайтесь на наш канал."),
        ("pl", "SPROSTOWANIE: W depeszy podano złą datę."),
    ],
)
def test_boilerplate_goes(language: str, line: str) -> None:
    assert said(f"{STORY}\n\n{line}", language) == said(STORY, language)


@pytest.mark.parametrize(
    ("language", "heading", "paragraph"),
    [
        ("en", "About the Alder Works", "The Alder Works builds cranes and employs ninety people."),
        ("en", "ABOUT ALDER WORKS", "Alder Works builds cranes."),
        ("en", "Forward-Looking Statements", "This release contains statements that may prove wrong."),
        ("de", "Über die Alder Werke", "Die Alder Werke bauen Kräne."),
        ("fr", "À propos de Alder Ports", "Alder Ports construit des grues."),
        ("es", "Acerca de Alder Puertos", "Alder Puertos construye grúas."),
        ("pt", "Sobre a Alder Portos", "A Alder Portos constrói guindastes."),
        ("it", "Informazioni su Alder Porti", "Alder Porti costruisce gru."),
        ("nl", "Over Alder Havens", "Alder Havens bouwt kranen."),
        ("sv", "Om Alder Hamnar", "Alder Hamnar bygger kranar."),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_company_tells_of_itself_to_the_end(language: str, heading: str, paragraph: str, gap: str) -> None:
    text = f"{STORY}\n\n{heading}{gap}{paragraph}\n\nIt is a hundred years old."
    assert said(text, language) == said(STORY, language)
    assert {each.kind for each in removed(text, language)} == {"about"}


def test_the_next_heading_ends_what_a_company_tells_of_itself() -> None:
    text = f"{STORY}\n\nAbout Alder Works\n\nAlder Works builds cranes.\n\nWhat happens next\n\nThe board meets on Friday."
    assert said(text)[-1] == "The board meets on Friday."


def test_a_heading_about_something_in_the_news_takes_nothing_along() -> None:
    text = f"{STORY}\n\nAbout Tuesday's vote\n\nThe board voted on the quay. Marsh abstained."
    assert said(text)[-2:] == ["The board voted on the quay.", "Marsh abstained."]


@pytest.mark.parametrize(
    ("language", "heading", "paragraph"),
    [
        ("de", "Über den Streit im Rat", "Der Streit dauerte drei Stunden."),
        ("nl", "Over Kalden", "Kalden sloot ook een kade."),
        ("fr", "À propos de Marsh", "Marsh a refusé de parler."),
    ],
)
def test_a_heading_that_names_no_company_takes_nothing_along(language: str, heading: str, paragraph: str) -> None:
    assert said(f"{STORY}\n\n{heading}\n\n{paragraph}", language)[-1] == paragraph


def test_a_list_below_its_heading_is_no_wrapped_line() -> None:
    assert "2. The crane is old" in said(f"Three things to know\n1. The quay is shut\n2. The crane is old\n\n{STORY}")


def test_a_quotation_alone_on_its_line_is_no_heading() -> None:
    assert said("港は閉鎖された。\n\n「責任は私にある」\n\n市長は述べた。", "ja")[1] == "「責任は私にある」"


@pytest.mark.parametrize("tail", ["Read more", "Photo: Ada Marsh", "(Photo: Ada Marsh)", "All rights reserved."])
def test_residue_takes_no_sentence_along(tail: str) -> None:
    assert said(f"{STORY} {tail}\n\nThe board meets on Friday.")[:2] == said(STORY)


def test_results_and_last_rows_are_news() -> None:
    results, places = "Kalden – Alder 3:1 (1:0)\nLund – Morle 0:0", "Port Alder, north\nKalden, south\nMorle bridge"
    rows = said(f"{STORY}\n\n{results}\n\n{places}\n\n{STORY}")
    assert "Kalden – Alder 3:1 (1:0)" in rows
    assert "Lund – Morle 0:0" in rows
    assert "Morle bridge" in rows


@pytest.mark.parametrize("heading", ["EMBARGO ON COAL LIFTED", "CORRECTION IN RENTS DEEPENS"])
def test_a_heading_is_no_notice(heading: str) -> None:
    assert {each.kind for each in removed(f"{STORY}\n\n{heading}\n\n{STORY}")} == {"heading"}


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The report by Pike & Co. Ltd. runs to nine pages.", "It is late."]),
        ("de", ["Die Firma Pike & Co. KG schwieg.", "Das gilt auch für die Fa. Marsh."]),
        ("de", ["Er wohnt in der Hauptstr. 7 in Kalden.", "Der Abg. Moos auch."]),
        ("fr", ["Le maire, J.-L. Morel, est parti.", "Il avait été élu en mai."]),
        ("ar", ["لا أحد يعلم...", "بلغ العدد ثلاثة."]),
    ],
)
def test_boundaries(language: str, sentences: list[str]) -> None:
    assert said(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [("ja", "「なぜ閉じたのか？」と記者は尋ねた。返事はなかった。", 2), ("zh", "“为什么关闭？”她问。没有回答。", 2)],
)
def test_a_quotation_goes_on_with_its_speaker(language: str, text: str, count: int) -> None:
    assert len(said(text, language)) == count
