"""Direct quotations: which are returned, who says them, and where else they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.models import Quote, SentenceRef

WITHOUT_THE_REST = {"headlines": HeadlineOptions(count=0), "keywords": 0}


def quotes(*texts: str, language: str = "en", count: int = 5) -> list[Quote]:
    articles = [Article(text, language=language) for text in texts]
    found = list(summarize(articles, Options(quotes=count, **WITHOUT_THE_REST)).quotes)  # type: ignore[arg-type]
    for quote in found:
        assert articles[quote.article].text[quote.start : quote.end] == quote.text
    return found


def speaker(text: str, language: str = "en") -> str | None:
    found = quotes(text, language=language)
    assert len(found) == 1
    return found[0].speaker


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("“We could not wait for the ferry any longer,” said Ada Marsh, who leads the council.", "en", "Ada Marsh"),
        ("“We could not wait for the ferry any longer,” Ada Marsh, the mayor of Skerry, said on Monday.", "en", "Ada Marsh"),
        ('Ada Marsh said: "We could not wait for the ferry any longer."', "en", "Ada Marsh"),
        ("“We could not wait for the ferry any longer,” said Alder lawyer Ada Marsh.", "en", "Ada Marsh"),
        ("„Wir konnten nicht länger auf die Fähre warten“, sagte Anna Brenner am Montag.", "de", "Anna Brenner"),
        ("« Nous ne pouvions plus attendre le bac de Calder », a déclaré lundi Paul Renard.", "fr", "Paul Renard"),
        ("«No podíamos esperar más el ferry de Calder», dijo Ana Torres el lunes.", "es", "Ana Torres"),
        ('"Não podíamos esperar mais pela balsa de Calder", disse Ana Torres na segunda-feira.', "pt", "Ana Torres"),
    ],
)
def test_the_speaker_is_the_subject_of_the_verb_of_saying(text: str, language: str, expected: str) -> None:
    assert speaker(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The council met Sir Marshwell. While Marshwell praised the crew, he left. “We could not wait for the ferry any "
            "longer,” he said.",
            {None, "Marshwell"},
        ),
        (
            "Marshwell met the crew at the pier. Added Marshwell, the mayor: “We could not wait for the ferry any longer.”",
            {None, "Marshwell"},
        ),
        (
            "“The only way to open the ferry is to rerun the vote,” Marshwell, the president of non-profit international "
            "anti-bribery group Trace, told CNN.",
            {None, "Marshwell"},
        ),
    ],
)
def test_words_around_a_surname_are_not_part_of_it(text: str, expected: set[str | None]) -> None:
    """The speakers were "While Marshwell", "Added Marshwell" and the broadcaster that was told."""
    assert speaker(text) in expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L'élu UPC assure que le pont tient. « Nous ne pouvions plus attendre le bac de Calder », affirme l'élu UPC.",
            None,
        ),
        ("« Nous ne pouvions plus attendre le bac de Calder », rapporte Le Canard alderien.", None),
        (
            "Le ministre de l'Economie Paul Renard a vu Calder. « Nous ne pouvions plus attendre le bac », a dit Renard.",
            "Paul Renard",
        ),
    ],
)
def test_parties_newspapers_and_departments_are_not_speakers(text: str, expected: str | None) -> None:
    assert speaker(text, "fr") == expected


def test_a_surname_is_completed_from_the_request() -> None:
    found = quotes(
        "Ada Marsh leads the council. “We could not wait for the ferry any longer,” said Marsh on Monday.",
        "The council of Skerry met on Monday. It approved the bridge over the sound.",
    )
    assert [quote.speaker for quote in found] == ["Ada Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        "“We could not wait for the ferry any longer.”",
        "The council met. “We could not wait for the ferry any longer,” they said.",
        "Ada Marsh met Tom Quill at the pier. “We could not wait for the ferry any longer,” she said.",
        "“We could not wait for the ferry any longer,” said a passenger.",
        "“We could not wait for the ferry any longer,” one prominent Democrat said.",
    ],
)
def test_an_uncertain_speaker_is_not_named(text: str) -> None:
    assert speaker(text) is None


def test_a_pronoun_as_speaker_is_the_only_person_named_before_it() -> None:
    assert speaker("Ada Marsh met the crew. “We could not wait for the ferry any longer,” she said.") == "Ada Marsh"


def test_a_later_quotation_of_the_paragraph_has_the_same_speaker() -> None:
    text = (
        "“We could not wait for the ferry any longer,” said Ada Marsh. “The bridge must be open before the storms.”\n\n"
        "“Nobody asked the fishermen of Skerry what they think.”"
    )
    assert {quote.text: quote.speaker for quote in quotes(text)} == {
        "We could not wait for the ferry any longer": "Ada Marsh",
        "The bridge must be open before the storms.": "Ada Marsh",
        "Nobody asked the fishermen of Skerry what they think.": None,
    }


def test_a_speaker_without_a_name_is_described_if_the_description_has_one() -> None:
    text = "“We could not wait for the ferry any longer,” a spokesman for the Alder Ferry Company said."
    assert speaker(text) in ("a spokesman for the Alder Ferry Company", None)


def test_the_turns_of_a_transcript_are_quotations() -> None:
    text = (
        "Ada Marsh spoke to the council of Skerry on Monday.\n\nQUESTION: Why did the council not wait for the ferry?\n\n"
        "MARSH: We could not wait for the ferry any longer.\n\nQUESTION: Who pays for the new bridge over the sound?\n\n"
        "MARSH: The county of Calder pays for all of it."
    )
    found = {quote.text: quote.speaker for quote in quotes(text)}
    assert found["The county of Calder pays for all of it."] == "Ada Marsh"
    assert all(named is None for text, named in found.items() if text.endswith("?"))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor called the ferry “a floating disgrace” on Monday.",
        "“If we wait,” said Ada Marsh, “we lose the whole winter and the money.”",
        "“Yes,” said Ada Marsh, the mayor of Skerry, on Monday.",
    ],
)
def test_scare_quotes_and_incomplete_statements_are_not_returned(text: str) -> None:
    assert quotes(text) == []


def test_other_languages_have_quotations_without_a_speaker() -> None:
    found = quotes("«Vi kunne ikke vente lenger på fergen til Skerry», sa Ada Marsh.", language="nb")
    assert [quote.speaker for quote in found] == [None]


def test_the_same_words_in_two_articles_are_one_quotation() -> None:
    one = "“We could not wait for the ferry any longer than this,” said Ada Marsh. The bridge opens in May."
    same = "Ada Marsh said: “We could not wait for the ferry any longer than this.” It rained in Calder."
    other = "“We could not wait for the boat any longer than this,” Ada Marsh told the council. Nobody spoke."
    found = quotes(one, same, other)
    assert len(found) == 1
    assert [(match.article, match.differs) for match in found[0].also_in] == [(1, False), (2, True)]


def test_no_more_are_returned_than_asked_for_and_none_by_default() -> None:
    said = ("We could not wait for the ferry", "Nobody asked the fishermen", "The bridge opens before the storms")
    text = " ".join(f"“{words} this winter,” said Ada Marsh." for words in said)
    assert len(quotes(text, count=2)) == 2
    assert not summarize([Article(text)]).quotes


def test_a_banned_sentence_is_not_quoted() -> None:
    article = Article("“We could not wait for the ferry any longer,” said Ada Marsh. The council of Skerry met on Monday.")
    assert not summarize([article], Options(quotes=3, ban=[SentenceRef(0, 0)])).quotes


def test_a_quotation_with_a_banned_sentence_in_the_middle_is_left_out() -> None:
    said = "“We waited for hours at the pier. Nobody told us about the ferry. The water rose. The town let us down,”"
    article = Article(f"{said} said Ada Marsh. The council met.")
    for banned in range(4):
        assert not summarize([article], Options(quotes=3, ban=[SentenceRef(0, banned)])).quotes
    assert summarize([article], Options(quotes=3, ban=[SentenceRef(0, 4)])).quotes


@settings(max_examples=40)
@given(st.text(alphabet="“”\"«»'’abA .,:\n", max_size=200))
def test_any_text_can_be_searched_for_quotations(text: str) -> None:
    quotes("The council of Skerry met on Monday. " + text)


SAID = " said Ada Marsh, the mayor of Skerry."


@pytest.mark.parametrize(
    "text",
    [
        # An inner quotation that is torn, two passages glued together, a title.
        "Asked what they see, Ada Marsh, the mayor, said: “‘Look!’ And they want to have a ferry of their own.”",
        "“The council was warned. “We could not wait for the ferry any longer,”" + SAID,
        "“We live in a time in which people say, ‘Wait a minute for the next ferry,”" + SAID,
        "Ada Marsh wrote the book “How the Ferry Was Lost and Why It Came Back,” which is sold in Skerry.",
        # It is not closed, and the next paragraph does not go on.
        "Ada Marsh said: “We could not wait for the ferry any longer.\n\nThe council met on Monday in the old hall.",
    ],
)
def test_a_quotation_is_whole(text: str) -> None:
    assert quotes(text) == []


def test_a_quotation_keeps_a_quotation_inside_it() -> None:
    (found,) = quotes("Ada Marsh said: “The captain told the council of Skerry, ‘Wait for the next ferry.’”")
    assert found.text == "The captain told the council of Skerry, ‘Wait for the next ferry.’"


@pytest.mark.parametrize(
    "quoted",
    [
        "Instead, he has decided to send the ferry back",
        "But the council was not ready for the bridge",
        "Although I tell you what, he looked at the bridge",
        "That does not match the reports of the harbour board",
        "It will be reviewed before the council decides",
        "None of that matters to the fishermen of Skerry",
        "The call then dropped, and her phone was found at the pier",
        "I think she is the best captain in Calder",
        "Not in front of the whole council",
    ],
)
def test_a_quotation_that_needs_the_sentence_before_it_is_left_out(quoted: str) -> None:
    assert quotes(f"Ada Marsh met the crew. “{quoted},”{SAID}") == []


@pytest.mark.parametrize(
    "quoted",
    [
        "It is a mistake that the council of Skerry closed the pier",
        "My son was at the pier and he saw the ferry leave",
        "The fishermen know that they have to wait for the ferry",
        "If I had to vote today, I would vote for the bridge",
    ],
)
def test_a_quotation_that_explains_its_pronouns_is_returned(quoted: str) -> None:
    assert [quote.speaker for quote in quotes(f"The crew met. “{quoted},”{SAID}")] == ["Ada Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        "“The mayor has asked the council of Skerry for a new ferry,” The Calder Times reported.",
        "“We must not let the harbour be the next to close,” the Calder councillors said.",
        "“We could not wait for the ferry any longer,” a Calder resident said.",
        # The quotation is about the only person named.
        "Ada Marsh met the crew. “Everybody told us that Ada Marsh would close the harbour,” she said.",
        "The reporter left. Ada Marsh met the crew. “We could not wait for the ferry any longer,” she said.",
    ],
)
def test_a_newspaper_a_group_and_an_unclear_pronoun_are_not_speakers(text: str) -> None:
    assert speaker(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We could not wait for the ferry any longer,” said a spokeswoman for the Calder police.",
            "a spokeswoman for the Calder police",
        ),
        ("“We could not wait for the ferry any longer,” said the head of the harbour board, Ada Marsh.", "Ada Marsh"),
    ],
)
def test_an_office_and_the_name_beside_it_are_speakers(text: str, expected: str) -> None:
    assert speaker(text) == expected


def test_a_quotation_does_not_belong_to_the_speaker_of_the_one_before_a_short_one() -> None:
    text = (
        "Tom Quill said: “The bridge is a gift to the whole county of Calder.”\n\n"
        "In her reply, Marsh wrote: “Seriously, Tom?\n\n“Nobody asked the fishermen of Skerry what they think.”"
    )
    assert {quote.text: quote.speaker for quote in quotes(text)}[
        "Nobody asked the fishermen of Skerry what they think."
    ] is None


def test_two_speakers_are_both_named() -> None:
    """Only the first of the two was the speaker."""
    assert (
        speaker("“We could not wait for the ferry any longer,” said Ada Marsh and Noah Bright.")
        == "Ada Marsh and Noah Bright"
    )


def test_a_surname_is_not_completed_with_a_plural_title() -> None:
    text = "Deejays Roundtree and Bright played on the pier. “We could not wait for the ferry any longer,” said Roundtree."
    assert speaker(text) == "Roundtree"


def test_a_surname_is_completed_from_the_title_of_the_article() -> None:
    article = Article(
        "The mayor met the crew. “We could not wait for the ferry any longer,” said Quillfeather on Monday.",
        title="Mayor Ada Quillfeather meets the crew",
        language="en",
    )
    found = summarize([article], Options(quotes=1, **WITHOUT_THE_REST)).quotes  # type: ignore[arg-type]
    assert [quote.speaker for quote in found] == ["Ada Quillfeather"]


def test_a_surname_of_two_speakers_is_not_completed() -> None:
    text = "Ada Marsh met Tom Marsh at the pier. “We could not wait for the ferry any longer,” said Marsh."
    assert speaker(text) == "Marsh"


def test_a_surname_is_not_completed_from_a_withheld_article() -> None:
    told = "The council met in Skerry on Monday. “The bridge will open in spring after all,” Quill said."
    other = "A report on the council was ready on Monday, and Ada Quill had signed it for the town of Skerry."
    options = Options(quotes=1, headlines=HeadlineOptions(0))
    usable = summarize([Article(told, language="en"), Article(other, language="en")], options)
    withheld = summarize([Article(told, language="en"), Article(other, language="en", status="withheld")], options)
    assert [quote.speaker for quote in usable.quotes] == ["Ada Quill"]
    assert [quote.speaker for quote in withheld.quotes] == ["Quill"]


PLAN = "The plan is dead and it will not come back."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f'Ada Marsh never said "{PLAN}"', "en"),
        (f'Ada Marsh denied saying: "{PLAN}"', "en"),
        (f'A post falsely claims Ada Marsh said, "{PLAN}"', "en"),
        (f'A fake tweet claimed that Ada Marsh had said: "{PLAN}"', "en"),
        ("Un faux tweet affirme qu'Anne Petit a déclaré : « Le plan est mort et il ne reviendra jamais. »", "fr"),
        ('Ana Ruiz nunca dijo: "El plan está muerto y no va a volver."', "es"),
        ('Um tuíte falso afirma que Ana Costa disse: "O plano está morto e não vai voltar."', "pt"),
        ("Ein gefälschter Tweet behauptet, Anna Weber habe gesagt: «Der Plan ist tot und er kommt nicht wieder.»", "de"),
    ],
)
def test_nobody_is_the_speaker_of_words_that_were_perhaps_not_said(text: str, language: str) -> None:
    assert speaker(text, language) is None


def test_words_that_somebody_repeats_are_those_of_the_first_speaker() -> None:
    assert speaker(f'"{PLAN[:-1]}," Ada Marsh quoted Ben Cole as saying.') == "Ben Cole"


@pytest.mark.parametrize(
    "between",
    [
        "The prosecution disagreed.",
        "Another witness disagreed.",
        "Slot disagreed.",
        "She had spoken to her husband on Monday.",
    ],
)
def test_a_pronoun_after_somebody_else_names_nobody(between: str) -> None:
    told = '"We deserved a lot more than that today," said Ada Marsh.'
    found = quotes(f'{told} {between} "We have proved our case from start to finish," he said.')
    assert [quote.speaker for quote in sorted(found, key=lambda quote: quote.start)] == ["Ada Marsh", None]


@pytest.mark.parametrize(
    "text",
    [
        f'"{PLAN[:-1]}," said Ada Marsh, who denied the charges.',
        f'Ada Marsh denied the charges, saying: "{PLAN}"',
        f'"{PLAN[:-1]}," Ada Marsh said, not without pride.',
        f'Ada Marsh quoted Ben Cole, saying: "{PLAN[:-1]} as it was."',
        f'Ada Marsh opened the bridge on Monday. The ceremony was short. "{PLAN[:-1]}," she said.',
    ],
)
def test_denials_and_things_beside_a_quotation_leave_its_speaker(text: str) -> None:
    assert speaker(text) == "Ada Marsh"
