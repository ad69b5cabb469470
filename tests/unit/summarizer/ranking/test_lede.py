"""Which sentence opens a summary of a few sentences."""

from nutgraf.summarizer import Length, Options, summarize
from tests.builders import article


def told(*texts: str, count: int = 3) -> list[str]:
    summary = summarize([article(text) for text in texts], Options(length=Length("sentences", count))).summary
    return [scored.sentence.text for scored in summary.sentences]


def test_a_lede_that_names_the_day_comes_before_comment() -> None:
    """A comment on the resignation opened the summary, and the resignation was never told."""
    comment = "The resignation of Ade Marsh as mayor of Alder shows how deep the dispute about ferries is."
    news = (
        "The mayor of Alder, Ade Marsh, resigned on Tuesday over the dispute about the ferries to Hale, after she had "
        "lost a vote."
    )
    assert told(comment, news)[0] == news


def test_the_news_behind_a_scene_opens_the_summary() -> None:
    """The second sentence of a scene opened the summary: nobody knew who asked why."""
    scene = (
        "They came with two diggers at dawn. When the old baker asked for a permit, nobody had one. Men in helmets let "
        "nobody back into the bakery. She left on foot. Her oven stayed behind. "
    )
    news = "The town of Alder tore down forty houses at the harbour without a permit, a court found on Thursday."
    chosen = told(f"{scene}{news} The court fined Alder two million euros.")
    assert chosen == [news, "The court fined Alder two million euros."]


def test_comment_in_the_first_person_neither_opens_nor_fills_a_report() -> None:
    comment = "I have crossed the harbour bridge of Alder for forty years. I know every bolt of it, and you should too."
    news = "Alder will close its harbour bridge on Monday for eleven weeks, the council decided."
    assert told(comment, news) == [news]
    assert told(comment)[0].startswith("I have crossed")
