"""Leads of common shapes that the parser or a rule once read wrongly: the headline that they must yield, or must not."""

import re

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.headlines.clauses.simplify import simplify
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes


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
            "The prizes for the 71st Annual Skerry Regatta were announced",
        ),
        # A past form with an object is no participle.
        (
            "A gang of youths between eight and sixteen robbed a man in a Skerry underpass for his watch.",
            "A gang of youths between eight and sixteen robbed a man",
        ),
        # A participle opens the subject.
        (
            "Escaped Alder convict Ada Marsh was captured on Monday in Skerry County, Orvale, authorities said.",
            "Alder convict Ada Marsh captured in Skerry County, authorities said",
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


@pytest.mark.parametrize(
    ("text", "longest", "wrong"),
    [
        # A predicate keeps what says which one it is.
        (
            "The investigation of the old harbour company in Skerry is now considered a criminal matter.",
            60,
            "considered matter",
        ),
        (
            "The sailors were the group most targeted by thieves in 2019, facing more than half of all cases.",
            45,
            "the group$",
        ),
        # "for" makes the mayor the subject of what follows.
        ("A councillor is calling for Ada Marsh to resign as the keeper of the large old harbour bridge.", 50, "Marsh$"),
        # The names between a speaker and "she".
        (
            "Council chairman Noah Low, an aide of Mayor Ada Marsh, said on Monday that she should go ahead and close the bridge.",
            70,
            "Low said (that )?she",
        ),
        # The owner of what a second clause names.
        (
            "President Ada Marsh’s physician Noah Low withdrew on Thursday from consideration to head the Department of Harbour "
            "Affairs after allegations about misconduct mounted and a council panel postponed his confirmation hearing.",
            70,
            "his confirmation hearing",
        ),
        # An object that stands for what another sentence says.
        ("Harbour keeper Noah Low kept putting it off.", 60, "putting it"),
        # A period after which it was different.
        (
            "For about 13 minutes, Team Skerry sat at the top of its harbour league, ahead of Alder and Holm.",
            70,
            "^Team Skerry",
        ),
        # A quotation mark that nothing closes.
        (
            "The port may have a 'secret blacklist' of conservative news outlets, a former engineer at the company has claimed, "
            "which he says was exposed on Tuesday when certain pages vanished.",
            70,
            "'secret blacklist(?!')",
        ),
    ],
)
def test_no_headline_of_a_lead_is_torn(text: str, longest: int, wrong: str) -> None:
    options = Options(headlines=HeadlineOptions(3, longest), keywords=0)
    found = [headline.text for headline in summarize([Article(text, language="en")], options).headlines]
    assert not [line for line in found if re.search(wrong, line)]


@pytest.mark.parametrize(
    ("text", "longest", "headline"),
    [
        (
            "Zuzka May has said she will quit as harbour leader on 7 June, paving the way for a contest to decide a new "
            "prime minister.",
            70,
            "Zuzka May has said she will quit as harbour leader on 7 June",
        ),
        (
            "Mayor Ada Marsh presided over the signing of a harbour agreement between the towns of Skerry and Alder on Tuesday.",
            60,
            "Mayor Ada Marsh presided over signing of harbour agreement",
        ),
        (
            "Mayor Ada Marsh signed a law on Friday to aid sailors under stress from the storm that has closed the harbour.",
            40,
            "Ada Marsh signed law to aid sailors",
        ),
        (
            "The council's longtime keeper Ada Marsh withdrew from the race to head the harbour office after questions about boats.",
            60,
            "Ada Marsh withdrew from race to head harbour office",
        ),
    ],
)
def test_a_headline_has_the_news_although_the_lead_is_long(text: str, longest: int, headline: str) -> None:
    options = Options(headlines=HeadlineOptions(1, longest), keywords=0)
    assert [found.text for found in summarize([Article(text, language="en")], options).headlines] == [headline]


def test_the_abbreviated_title_of_a_delegate_does_not_end_a_sentence() -> None:
    text = "Ada Marsh defeated Del. Bob Marsh on Tuesday. She is the first harbour pilot in the council."
    summary = summarize([Article(text, language="en")], Options(all_sentences=True))
    assert len(summary.articles[0].all_sentences or ()) == 2


@pytest.mark.parametrize(
    ("second", "used"),
    [
        ("The report outlining the reasons for that was published on Monday.", False),
        ("The two boats collided with a pier near the old harbour.", False),
        ("The Skerry report was published by the harbour office on Monday.", True),
    ],
)
def test_a_later_sentence_about_something_known_gives_a_headline_only_with_a_name(second: str, used: bool) -> None:
    text = f"What is it, asked everybody, that they want from us? {second} Nobody knows."
    options = Options(headlines=HeadlineOptions(1, 70), keywords=0)
    assert any(found.index == 1 for found in summarize([Article(text, language="en")], options).headlines) is used


def test_a_dash_before_an_office_does_not_make_the_words_before_it_a_part_of_it() -> None:
    text = (
        "The council of Skerry closed the harbour bridge on Monday - Mayor Ada Marsh said it was old and unsafe for boats."
    )
    options = Options(headlines=HeadlineOptions(3, 60), keywords=0)
    found = [headline.text for headline in summarize([Article(text, language="en")], options).headlines]
    assert all("closed" in line or "said" in line for line in found)
