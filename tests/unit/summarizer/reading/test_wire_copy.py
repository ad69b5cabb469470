"""Wire copy and press releases: news that looks like boilerplate stays, boilerplate that looks like news is removed."""

import pytest

from nutgraf.summarizer.models import Removed
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from tests.builders import article

STORY = "The harbour board closed the north quay on Monday. It blamed a crack in the wall."


def sentence_lines(text: str, language: str = "en") -> list[str]:
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
def test_news_that_looks_like_boilerplate_is_kept(language: str, last: str) -> None:
    assert sentence_lines(f"{STORY}\n\n{last}", language)[-1] == " ".join(last.split())


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
def test_boilerplate_that_looks_like_news_is_removed(language: str, line: str) -> None:
    assert sentence_lines(f"{STORY}\n\n{line}", language) == sentence_lines(STORY, language)


@pytest.mark.parametrize(
    ("language", "heading", "paragraph"),
    [
        ("en", "About the Alder Works", "The Alder Works builds cranes and employs ninety people."),
        ("en", "ABOUT ALDER WORKS", "Alder Works builds cranes."),
        ("en", "About Alder Works", "Alder Works is a leading maker of cranes."),
        ("de", "Über die Alder Werke", "Die Alder Werke sind ein Hersteller von Kränen."),
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
def test_the_about_section_of_a_company_reaches_to_the_end(language: str, heading: str, paragraph: str, gap: str) -> None:
    text = f"{STORY}\n\n{heading}{gap}{paragraph}\n\nIt is a hundred years old."
    assert sentence_lines(text, language) == sentence_lines(STORY, language)
    assert {each.kind for each in removed(text, language)} == {"about"}


def test_the_next_heading_ends_an_about_section() -> None:
    text = f"{STORY}\n\nAbout Alder Works\n\nAlder Works builds cranes.\n\nWhat happens next\n\nThe board meets on Friday."
    assert sentence_lines(text)[-1] == "The board meets on Friday."


def test_an_about_heading_on_a_news_topic_removes_no_paragraph() -> None:
    text = f"{STORY}\n\nAbout Tuesday's vote\n\nThe board voted on the quay. Marsh abstained."
    assert sentence_lines(text)[-2:] == ["The board voted on the quay.", "Marsh abstained."]


@pytest.mark.parametrize(
    ("language", "heading", "paragraph"),
    [
        ("de", "Über den Streit im Rat", "Der Streit dauerte drei Stunden."),
        ("nl", "Over Kalden", "Kalden sloot ook een kade."),
        ("fr", "À propos de Marsh", "Marsh a refusé de parler."),
    ],
)
def test_an_about_heading_without_a_company_removes_no_paragraph(language: str, heading: str, paragraph: str) -> None:
    assert sentence_lines(f"{STORY}\n\n{heading}\n\n{paragraph}", language)[-1] == paragraph


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("About Ada Marsh", "Ada Marsh resigned on Monday."),
        ("About Ada Marsh", "Ada Marsh has led the council since 2019."),
        ("About Port Alder", "Port Alder closed its north quay in May."),
        ("About Alder Works", "Alder Works provides no cranes this year, the union said."),
        ("About Alder Works", "Alder Works dismissed ninety employees in May."),
    ],
)
def test_an_about_heading_with_a_name_in_the_news_removes_no_news(heading: str, paragraph: str) -> None:
    """A paragraph that began with the heading's name was once removed, with everything below it."""
    text = f"{STORY}\n\n{heading}\n\n{paragraph}\n\nThe town has 9,000 people."
    assert sentence_lines(text)[-2:] == [paragraph, "The town has 9,000 people."]


def test_news_below_an_about_section_is_kept() -> None:
    news = "The quay opens again on Friday, the board said."
    assert sentence_lines(f"{STORY}\n\nAbout us\nAlder Works builds cranes.\n\n{news}")[-1] == news


@pytest.mark.parametrize(
    "paragraph", ["Die Alder Werke bauen Kräne.", "Die Alder Werke bauen Kräne und liefern\nsie in alle Welt."]
)
def test_about_us_is_a_heading_directly_above_its_paragraph(paragraph: str) -> None:
    """ "uns" is a function word, so the heading was once joined with the line below and quoted."""
    text = f"{STORY}\n\nÜber uns\n{paragraph}"
    assert sentence_lines(text, "de") == sentence_lines(STORY, "de")
    assert [each.kind for each in removed(text, "de")] == ["about", "about"]


@pytest.mark.parametrize(
    "text",
    [
        "The board met at its old house at No. 5\nDock Street and voted on Monday.",
        "The committee met on Monday evening in the hall at No. 5\nDock Street and voted to close the quay.",
    ],
)
def test_a_number_at_a_line_end_belongs_to_the_street_below(text: str) -> None:
    assert sentence_lines(f"{text}\n\n{STORY}")[0] == " ".join(text.split())


@pytest.mark.parametrize("ending", ["（记者王某）", "（责任编辑：王某）", "（完）"])
def test_a_credit_after_the_last_chinese_sentence_is_removed(ending: str) -> None:
    text = f"大桥星期一关闭。{ending}\n\n维修将花费两百万。"
    assert sentence_lines(text, "zh") == ["大桥星期一关闭。", "维修将花费两百万。"]
    assert [each.kind for each in removed(text, "zh")] == ["credit"]


@pytest.mark.parametrize("news", ["大桥关闭（记者会现场）。", "大桥关闭。（记者会星期二举行。）"])
def test_a_chinese_bracket_with_news_stays(news: str) -> None:
    assert removed(f"{news}\n\n维修将花费两百万。", "zh") == []


def test_a_list_below_its_heading_is_not_a_wrapped_line() -> None:
    assert "2. The crane is old" in sentence_lines(
        f"Three things to know\n1. The quay is shut\n2. The crane is old\n\n{STORY}"
    )


def test_a_quotation_alone_on_its_line_is_not_a_heading() -> None:
    assert sentence_lines("港は閉鎖された。\n\n「責任は私にある」\n\n市長は述べた。", "ja")[1] == "「責任は私にある」"


@pytest.mark.parametrize("tail", ["Read more", "Photo: Ada Marsh", "(Photo: Ada Marsh)", "All rights reserved."])
def test_removing_residue_removes_no_sentence(tail: str) -> None:
    assert sentence_lines(f"{STORY} {tail}\n\nThe board meets on Friday.")[:2] == sentence_lines(STORY)


def test_results_and_last_rows_are_news() -> None:
    results, places = "Kalden – Alder 3:1 (1:0)\nLund – Morle 0:0", "Port Alder, north\nKalden, south\nMorle bridge"
    rows = sentence_lines(f"{STORY}\n\n{results}\n\n{places}\n\n{STORY}")
    assert "Kalden – Alder 3:1 (1:0)" in rows
    assert "Lund – Morle 0:0" in rows
    assert "Morle bridge" in rows


@pytest.mark.parametrize("heading", ["EMBARGO ON COAL LIFTED", "CORRECTION IN RENTS DEEPENS"])
def test_a_heading_is_not_a_notice(heading: str) -> None:
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
def test_sentence_boundaries_in_wire_copy(language: str, sentences: list[str]) -> None:
    assert sentence_lines(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [("ja", "「なぜ閉じたのか？」と記者は尋ねた。返事はなかった。", 2), ("zh", "“为什么关闭？”她问。没有回答。", 2)],
)
def test_a_quotation_and_its_speaker_are_one_sentence(language: str, text: str, count: int) -> None:
    assert len(sentence_lines(text, language)) == count
