"""The choice of the sentence that opens a short summary."""

from nutgraf.summarizer import Length, Options, summarize
from tests.builders import article


def summary_sentences(*texts: str, count: int = 3) -> list[str]:
    summary = summarize([article(text) for text in texts], Options(length=Length("sentences", count))).summary
    return [scored.sentence.text for scored in summary.sentences]


def test_a_lede_that_names_the_day_comes_before_comment() -> None:
    """A comment on the resignation opened the summary, and the resignation was missing."""
    comment = "The resignation of Ade Marsh as mayor of Alder shows how deep the dispute about ferries is."
    news = (
        "The mayor of Alder, Ade Marsh, resigned on Tuesday over the dispute about the ferries to Hale, after she had "
        "lost a vote."
    )
    assert summary_sentences(comment, news)[0] == news


def test_the_news_after_a_scene_opens_the_summary() -> None:
    """The second sentence of a scene opened the summary: it did not say who asked."""
    scene = (
        "They came with two diggers at dawn. When the old baker asked for a permit, nobody had one. Men in helmets let "
        "nobody back into the bakery. She left on foot. Her oven stayed behind. "
    )
    news = "The town of Alder tore down forty houses at the harbour without a permit, a court found on Thursday."
    chosen = summary_sentences(f"{scene}{news} The court fined Alder two million euros.")
    assert chosen == [news, "The court fined Alder two million euros."]


def test_the_news_after_a_scene_marked_in_the_language_file_opens_the_summary() -> None:
    """ "On a recent Thursday" named a day, and so the empty courtroom opened the summary."""
    scene = "The courtroom in an office of Alder had no visitors on a recent Thursday. A clock ticks above the judge. "
    news = "Sailors of Alder who were hurt at sea now wait four years for a pension, the court said in a report on Monday."
    more = "The report says that the court has two judges for 900 sailors. Sailors need a pension to pay their rent."
    assert summary_sentences(f"{scene}{news} {more}")[0] == news


def test_the_first_sentence_may_open_with_a_word_that_refers_to_nothing() -> None:
    """The second sentence opened the summary, because "It" counted as a reference: what the mayor answered was unclear."""
    news = "It was cheering that filled the town hall of Alder on Friday after a judge struck down the ban on night ferries."
    more = "Sailors said on Friday that they will open the night ferry to Hale again."
    last = "The judge of Alder gave the town hall ten days to pay for the ferries."
    assert summary_sentences(f"{news} {more} {last}") == [news, more, last]


def test_a_pronoun_may_open_a_summary_if_its_sentence_gives_the_full_name() -> None:
    """A sentence from the middle opened the summary, because "He" counted as a reference to somebody before."""
    news = "He left school at ten, but forty years later Ade Marsh opened the largest bakery of Alder on Friday."
    more = "Marsh owns nine bakeries in Alder and sells bread on two ferries."
    assert summary_sentences(f"{news} {more} The bakeries of Alder have 200 bakers.")[:2] == [news, more]


def test_the_first_sentence_of_another_article_is_left_out_if_it_opens_with_a_pronoun() -> None:
    """ "She" seemed to be the mayor."""
    news = "The mayor of Alder, Ada Low, closed the night ferry to Hale on Monday after nine accidents in the harbour. "
    more = "Sailors lose their work, and ferries to Hale end at eight in the evening."
    portrait = "She grew up among sailors, and has brought two hundred guests across stormy water without an accident."
    rest = "The harbour of Alder on Monday lost the night ferry to Hale, which she steered."
    for count in (3, 5):
        chosen = summary_sentences(news + more, f"{portrait} {rest}", count=count)
        assert chosen[0] == news.strip()
        assert portrait not in chosen


ANECDOTE = "Nobody at the corner table ever orders dessert. A small boy counts spoons beside his aunt. Rain falls outside. "
NURSES = (
    "Nurses of the Alder clinic opened a kitchen that cooks for patients who live alone after surgery, and volunteers "
    "bring the meals to their homes. "
)
MEALS = (
    "The kitchen cooked 4,000 meals for patients of the clinic last year. Volunteers drove most meals to the homes of "
    "patients in Alder. The clinic pays the nurses of the kitchen, and patients pay for their meals what they can."
)


def test_the_news_after_an_anecdote_opens_the_summary() -> None:
    """The anecdote opened the summary, and the subject of the article came last or was missing."""
    chosen = summary_sentences(f"{ANECDOTE}{NURSES}{MEALS}")
    assert chosen[0] == NURSES.strip()
    assert not any(sentence in ANECDOTE for sentence in chosen)


def test_an_opening_that_names_the_day_is_not_an_anecdote() -> None:
    opening = "Nobody at the corner table ordered dessert on Tuesday. "
    assert (
        summary_sentences(f"{opening}A small boy counts spoons beside his aunt. Rain falls outside. {NURSES}{MEALS}")[0]
        == opening.strip()
    )


def test_comment_in_the_first_person_is_not_in_the_summary_of_a_report() -> None:
    comment = "I have crossed the harbour bridge of Alder for forty years. I know every bolt of it, and you should too."
    news = "Alder will close its harbour bridge on Monday for eleven weeks, the council decided."
    assert summary_sentences(comment, news) == [news]
    assert summary_sentences(comment)[0].startswith("I have crossed")


def test_a_lede_that_needs_the_first_sentence_comes_with_it() -> None:
    """The second sentence came instead: "All six died" opened a summary that did not say who had lost them."""
    first = "A photograph of six children is all that Ada Marsh has kept."
    lede = (
        "On Monday, Marsh and 4,000 others who lost children in the flood asked the council of Alder for new houses behind "
        "the dam."
    )
    rest = "The council wants to build 900 houses behind the dam next year. Rain falls outside."
    assert summary_sentences(f"{first} They died at night. {lede} {rest}")[0] == first
