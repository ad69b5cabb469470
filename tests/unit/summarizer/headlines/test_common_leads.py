"""Leads of common shapes that the parser or a rule once read wrongly: the headline that they must yield, or must not."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.headlines.simplify import simplify
from nutgraf.summarizer.headlines.word_classes import word_classes


def headlines(text: str, language: str = "en") -> list[str]:
    options = Options(headlines=HeadlineOptions(3, 70), keywords=0)
    return [headline.text for headline in summarize([Article(text, language=language)], options).headlines]


@pytest.mark.parametrize(
    ("lead", "opening"),
    [
        # The first word has a capital inside.
        (
            "pro-Alder rebels have attempted to close the harbour of Skerry, the council of the island said.",
            "Pro-Alder rebels attempted to close harbour of Skerry",
        ),
        # A plain fact loses the officials who state it where its clauses fit only without them.
        (
            "The Alder harbour tower was briefly closed Saturday afternoon when a small boat entered closed waters, authorities said.",
            "Alder harbour tower was briefly closed when boat entered closed waters",
        ),
        # "elect" is no verb.
        (
            "Senate leaders are officially accepting President-elect Ada Marsh's victory after the college confirmed her win on Monday.",
            "Senate leaders are officially accepting Ada Marsh's victory",
        ),
        # Somebody's own act needs no other speaker.
        (
            "Mayor Ada Marsh announced on Monday that she has chosen a retired judge to lead the inquiry into the ferry fire.",
            "Ada Marsh has chosen retired judge to lead inquiry",
        ),
        # What is told is the claim, not a clause of the listener's.
        (
            "Senator Ada Marsh told voters on Tuesday that the ferry line to Skerry will close before winter.",
            "Ada Marsh told voters ferry line to Skerry will close",
        ),
        # A noun and its phrase are one subject.
        (
            "The prizes for the 71st Annual Skerry Regatta were announced on Thursday morning, with two boats of the islands ahead.",
            "Prizes for Annual Skerry Regatta announced",
        ),
        # A past form with an object is no participle.
        (
            "A gang of youths between eight and sixteen robbed a man in a Skerry underpass for his watch.",
            "A gang of youths between eight and sixteen robbed a man",
        ),
        # A participle opens the subject, not an opening phrase that could go.
        (
            "Escaped Alder convict Ada Marsh was captured on Monday in Skerry County, Orvale, authorities said.",
            "Escaped Alder convict Ada Marsh was captured in Skerry County",
        ),
        # What is said is behind the verb; the opening phrase is no claim.
        (
            "After a storm of criticism, the Skerry Times said on Sunday it was deeply sorry about publishing the drawing of the mayor.",
            "Skerry Times said it was sorry about publishing drawing",
        ),
        # "testified" needs no claim.
        (
            "The harbour master testified on Wednesday at a hearing on the ferry fire, urging councillors to act.",
            "The harbour master testified at a hearing",
        ),
    ],
)
def test_the_lead_yields_its_news(lead: str, opening: str) -> None:
    found = headlines(lead)
    assert found, "no headline"
    assert found[0].startswith(opening), found


def test_a_headline_may_drop_a_concession_but_keeps_a_condition() -> None:
    despite = "Skerry threatened on Monday to close its harbour even if the other towns of the coast between Alder and Pell do not pay."
    assert any(text.startswith("Skerry threatened to close") for text in headlines(despite)), headlines(despite)
    condition = despite.replace("even if", "if")
    assert all(" if " in text for text in headlines(condition)), headlines(condition)


@pytest.mark.parametrize(
    ("lead", "language", "concession"),
    [
        (
            "La maire Ada Marsh menace de fermer le port de Skerry même si les autres villes de la côte refusent de payer leur part.",
            "fr",
            ("même", "si les"),
        ),
        (
            "Die Stadt Skerry schließt den Hafen im Winter, auch wenn die anderen Städte an der Küste ihren Anteil nicht zahlen wollen.",
            "de",
            ("auch", "wenn"),
        ),
        (
            "Skerry cerrará el puerto este invierno incluso si las otras ciudades de la costa no pagan su parte de las obras del muelle.",
            "es",
            ("incluso", "si"),
        ),
        (
            "Skerry vai fechar o porto neste inverno mesmo se as outras cidades da costa não pagarem a sua parte das obras do cais.",
            "pt",
            ("mesmo", "se"),
        ),
    ],
)
def test_a_concession_is_dropped_as_a_whole(lead: str, language: str, concession: tuple[str, str]) -> None:
    """ "Skerry vai fechar o porto neste inverno mesmo" kept half of it."""
    for text in headlines(lead, language):
        words = text.split()
        assert (concession[0] in words) == (concession[1].split()[0] in words), text


@pytest.mark.parametrize(
    ("sentence", "simple"),
    [
        ("They met Vice President-elect Ada Marsh.", "They met Ada Marsh."),
        ("As President-elect Marsh moves, Skerry waits.", "As Marsh moves, Skerry waits."),
        ("U.S. President-elect Ada Marsh will visit.", "U.S. President-elect Ada Marsh will visit."),
        ("The French President-elect Ada Marsh will visit.", "The French President-elect Ada Marsh will visit."),
    ],
)
def test_president_elect_is_dropped_as_a_whole_or_kept(sentence: str, simple: str) -> None:
    assert simplify(sentence, "en", word_classes("en")) == simple


def test_a_french_announcement_of_an_own_act_becomes_the_act() -> None:
    lead = (
        "Le port d'Aldric a annoncé mardi qu'il a fermé le terminal des ferries pendant deux ans pour reconstruire le quai."
    )
    assert headlines(lead, "fr")[0].startswith("Le port d'Aldric a fermé le terminal")


def test_an_announcement_with_would_is_kept() -> None:
    lead = "The port of Alder announced on Tuesday that it would close the ferry terminal while the quay is rebuilt."
    found = headlines(lead)
    assert found
    assert all("announced" in text for text in found), found


def test_an_announcement_about_another_subject_is_kept() -> None:
    lead = "The port of Alder announced on Tuesday that the ferry company will close the terminal while the quay is rebuilt."
    assert all("announced" in text for text in headlines(lead)), headlines(lead)


def test_a_list_after_an_opening_phrase_is_not_the_main_clause() -> None:
    lead = (
        "On Tuesday, heavily armed men on motorcycles attacked neighboring Skerry, Alder, Pell and Teign villages in the north, "
        "police said."
    )
    assert all("attacked" in text for text in headlines(lead)), headlines(lead)
