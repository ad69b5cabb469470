"""The rules in the languages' files: they compile, take linear time, and distinguish boilerplate from news."""

import pytest

from nutgraf.summarizer import Article
from nutgraf.summarizer.languages.language import codes
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.boilerplate_rules import LONGEST_LINE, rules
from tests.cpu_time import at_most

# Texts on which backtracking patterns are slow, besides runs of one character.
SEEDS = ["a", "A", " ", "1", ".", "-", "(", "a ", "A. ", "- ", "a/", "By A ", "Reporting by Ada ", "(photo ", "x: ", "1.1:"]
MOST_SECONDS = 0.05
NEWS = {
    "en": "The council approved the repairs on Tuesday by nine votes to four.",
    "de": "Der Stadtrat beschloss die Reparatur am Dienstag mit neun zu vier Stimmen.",
    "fr": "Le conseil a approuvé les travaux mardi par neuf voix contre quatre.",
    "es": "El pleno aprobó las obras el martes por nueve votos a cuatro.",
    "pt": "A Câmara aprovou as obras na terça-feira por nove votos a quatro.",
    "it": "Il consiglio ha approvato i lavori martedì con nove voti contro quattro.",
}


def removed(line: str, language: str) -> list[str]:
    news = NEWS[language]
    return [kind for kind, *_ in clean(Article(f"{news}\n\n{line}\n\n{news}"), language).removed]


@pytest.mark.parametrize("code", sorted(codes()))
def test_no_rule_takes_long_on_any_line(code: str) -> None:
    of_language = rules(code)
    for seed in SEEDS:
        line = (seed * LONGEST_LINE)[:LONGEST_LINE] + "!"
        with at_most(MOST_SECONDS, seed):
            for name in ("strong", "weak", "bracketed", "inside", "picture", "byline_with_place"):
                getattr(of_language, name).match(line)


@pytest.mark.parametrize("code", sorted(codes()))
def test_residue_is_found_in_linear_time(code: str) -> None:
    for seed in ("Photo ", "Image copyright A ", "(@a) ", "t.co/", "- "):
        with at_most(1, seed):
            list(rules(code).residue.finditer(seed * (50_000 // len(seed))))


@pytest.mark.parametrize(
    ("language", "line", "kind"),
    [
        ("de", "Lesen Sie auch: Fahrplan der Fähren", "link"),
        ("de", "Mit Agenturmaterial", "credit"),
        ("de", "Stand: 04.05.2026, 10:42 Uhr", "dateline"),
        ("de", "dpa ak yyzz n1 fk", "credit"),
        ("fr", "À lire également", "link"),
        ("fr", "Cet article est réservé aux abonnés.", "link"),
        ("fr", "(avec AFP)", "byline"),
        ("es", "Sigue leyendo", "link"),
        ("es", "Foto: Ada Ruiz", "credit"),
        ("pt", "Leia também: Horários das balsas", "link"),
        ("pt", "Com informações da Agência Brasil", "credit"),
        ("it", "RIPRODUZIONE RISERVATA", "credit"),
        ("it", "Leggi anche: Gli orari dei traghetti", "link"),
        ("en", "Download our app for breaking alerts.", "link"),
        ("en", "ab/cd/ef", "credit"),
        ("en", "Starting in 1999, Alexa Internet has been donating its pages to the archive.", "link"),
        ("en", "The interactive transcript could not be loaded.", "link"),
        ("en", "Sorry, this video is not available in your country.", "link"),
        ("en", "Please enter the letters that you see in the picture above.", "link"),
        ("en", "Read or Share this story: https://news.example/a1", "link"),
        ("en", "Read more from Harbour News:.", "link"),
        ("en", "History of the bridge [ edit ]", "link"),
        ("en", "(This version CORRECTS the name of the bridge.)", "correction"),
        ("en", "(This story has been updated with a comment of the mayor.)", "notice"),
        ("en", "To contact the reporter on this story: Ada Low at alow@news.example.", "credit"),
        ("en", "Associated Press writer Ada Low in Kelling, Md., contributed to this report.", "credit"),
        ("en", "CLOSE Ferries pass the bridge on Monday. Harbour TV", "caption"),
        ("en", "FILE - Cars cross the bridge on Jan. 5, 2025. (AP Photo/Ada Low, File)", "caption"),
        ("en", "Cars cross the bridge, Monday, Jan. 5, 2025. (Associated Press)", "caption"),
    ],
)
def test_boilerplate_of_languages(language: str, line: str, kind: str) -> None:
    assert removed(line, language) == [kind]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Images by the telescope show a storm, scientists said."),
        ("en", "Copyright law will change in May."),
        ("en", "Written by Ada Low in 1923, the play opens on Friday."),
        ("en", "Sign up for the draft began on Monday, the army said."),
        ("en", "Follow the money, the senator said, and you find the builders."),
        ("en", "Close to ninety ferries pass the bridge each day."),
        ("en", "Enter the harbour at night, and you see the picture that Ada Low painted."),
        ("en", "More details of the plan will be known on Monday."),
        ("en", "Support our troops, the member of parliament said."),
        ("en", "• The bridge closes on 4 May"),
        ("en", "Alder Rovers 3 Kerr United 1"),
        ("en", "The council has approved the repairs"),
        ("de", "Weitere Informationen gab die Polizei nicht heraus."),
        ("de", "Über die Höhe der Strafe entscheidet das Gericht."),
        ("fr", "La suite du procès est attendue lundi."),
        ("es", "El embargo contra la isla seguirá, dijo el ministro."),
        ("pt", "O embargo contra a ilha continuará, disse o ministro."),
        ("it", "La diretta della partita costa nove euro."),
    ],
)
def test_news_of_languages(language: str, line: str) -> None:
    assert removed(line, language) == []
