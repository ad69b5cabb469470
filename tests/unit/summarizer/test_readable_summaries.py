"""A summary opens with the news, reports it once, and can be read alone: on our own clusters and on news sets."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from nutgraf.summarizer.models import Extract, SentenceRef
from tests.builders import article, invented_news, real_news

PRONOUNS = frozenset("he she it they his her its their".split())
FULL_NAME = re.compile(r"[A-Z]\w+ [A-Z]\w+")
TELLING_WORD = re.compile(r"\d[\d.,]*\d|\d|[A-ZÀ-Þ]\w{2,}|\w{6,}")
FLOOD = [
    "Flash floods killed four campers in the Ostrel valley on Saturday night, police said. "
    "They had pitched their tents below a dam that overflowed after midnight. "
    "Helicopters brought 60 other campers to a school in Ostrel. "
    "Police spokeswoman Irena Vodel said a warning had been sent too late. "
    "Why did nobody close the camp site? Click here to see pictures of the flood. "
    "In 1994, a flood in the same valley destroyed two bridges.",
    "Four people died when a flash flood hit a camp site in the Ostrel valley late on Saturday. "
    "Vodel said prosecutors would investigate the operator of the dam. "
    '"We heard the water before we saw it." '
    "The weather service expects more rain from Tuesday.",
]
OBITUARY = [
    "The war in Karvia began on a cold morning in 1962. "
    "Photographer Lena Arvola, whose pictures of the war in Karvia were printed all over the world, died on Thursday in "
    "Turmen. She was 84. Her family said she died in her sleep. "
    "Arvola worked for the agency Nordbild for 40 years. The museum of Turmen will show 200 of her pictures in May."
]
STRIKE = [
    "Train drivers in Velland will strike for 48 hours from Wednesday, their union said on Monday. "
    "The union demands seven percent more pay for 12,000 drivers. "
    "The railway Vellbahn called the strike irresponsible and will run every third train. "
    "Commuters in Kalden fear delays.",
    "A strike of train drivers will stop most trains in Velland for two days from Wednesday. "
    "Vellbahn offered three percent last week. "
    "The decision was taken with 92 percent of the votes. "
    "Bus companies want to run extra buses between Kalden and Orla.",
]
TOLL = [
    "An earthquake killed 31 people in the port of Sarem on Friday, the government said. "
    "The quake destroyed the old market and two schools. A field hospital was set up in the stadium.",
    "An earthquake in the port of Sarem killed 46 people on Friday, the government said. "
    "Rescuers from three countries are on their way to Sarem. The airport reopened on Saturday.",
]


def summary_sentences(texts: list[str], count: int = 4, **options: Any) -> list[str]:
    extract = summarize([article(text) for text in texts], Options(length=Length("sentences", count), **options)).summary
    return [scored.sentence.text for scored in extract.sentences]


def test_a_flood_is_reported_once_with_the_new_facts_of_each_article() -> None:
    summary = summary_sentences(FLOOD, 5)
    text = " ".join(summary)
    assert "campers in the Ostrel valley" in summary[0] or summary[0].startswith("Four people died")
    assert ("Flash floods killed" in text) + ("Four people died" in text) == 1
    assert "Click here" not in text
    assert "Why did" not in text
    assert "We heard the water" not in text
    assert "They had pitched" not in text or summary[summary.index(next(s for s in summary if "They had" in s)) - 1] == (
        "Flash floods killed four campers in the Ostrel valley on Saturday night, police said."
    )
    if "Vodel said prosecutors" in text:
        assert text.index("Irena Vodel") < text.index("Vodel said prosecutors")


def test_an_obituary_opens_with_the_death_and_not_with_the_war() -> None:
    for count in (1, 2, 3):
        summary = summary_sentences(OBITUARY, count)
        assert summary[0].startswith("Photographer Lena Arvola")
        assert not any(sentence.startswith("The war in Karvia began") for sentence in summary)
        assert "Her family said she died in her sleep." not in summary or "She was 84." in summary


def test_a_strike_has_one_lede_and_no_decision_without_its_union() -> None:
    summary = summary_sentences(STRIKE, 4)
    assert sum("Wednesday" in sentence for sentence in summary) == 1
    assert "Wednesday" in summary[0]
    assert any("union" in sentence for sentence in summary)
    for sentence in summary:
        if sentence.startswith("The decision"):
            assert summary[summary.index(sentence) - 1].startswith(("Vellbahn offered", "A strike"))


def test_only_the_later_death_toll_is_in_the_summary() -> None:
    moments = [datetime(2026, 4, day, tzinfo=UTC) for day in (3, 4)]
    for texts, dates in ((TOLL, moments), (TOLL[::-1], moments[::-1])):
        articles = [article(text, published_at=moment) for text, moment in zip(texts, dates, strict=True)]
        text = summarize(articles, Options(length=Length("sentences", 4))).summary.text
        assert "46 people" in text
        assert "31 people" not in text


def test_all_options_follow_the_rules_of_readability() -> None:
    """Tests background, query, variants, summaries of single articles, pins and bans."""
    articles = [article(text) for text in FLOOD]
    known = summarize(articles, Options(background=[article(FLOOD[0].split(". ")[0] + ".")]))
    assert not known.summary.text.startswith("They had")
    about = summarize(articles, Options(query="prosecutors dam", length=Length("sentences", 2)))
    assert opens_readably(about.summary)
    everything = summarize(
        articles, Options(variants={"box": Length("words", 30)}, per_article=Length("sentences", 2), ban=[SentenceRef(0, 0)])
    )
    assert everything.variants["box"].words <= 30
    extracts = [
        everything.summary,
        *everything.variants.values(),
        *(each.summary for each in everything.articles if each.summary),
    ]
    assert all(opens_readably(extract) for extract in extracts)
    assert not any("Click here" in extract.text or "?" in extract.text for extract in extracts)
    pinned = summarize(articles, Options(pin=[SentenceRef(1, 3)], length=Length("sentences", 3))).summary
    assert "The weather service expects more rain from Tuesday." in pinned.text
    assert pinned.sentences[-1].sentence.index == 3


def test_sentences_of_an_article_keep_their_order() -> None:
    for texts in (FLOOD, STRIKE, TOLL):
        for count in range(1, 8):
            extract = summarize([article(text) for text in texts], Options(length=Length("sentences", count))).summary
            assert in_order(extract)


def test_a_summary_of_more_than_half_of_the_text_gives_a_warning() -> None:
    """There is no warning for the default length, because every short article would get one."""
    text = f"{STRIKE[0]} {OBITUARY[0].split('. ', 1)[1].split('. ')[-2]}. A second vote is planned for May."
    for length, warned in ((Length("sentences", 4), True), (Length("sentences", 1), False), (Length(), False)):
        summary = summarize([article(text)], Options(length=length))
        assert ("more-than-half" in [warning.code for warning in summary.warnings]) is warned
    assert 2 * summary.summary.words > len(text.split())


def test_minimum_scores_on_our_own_clusters() -> None:
    check_minimum_scores([(row, extract_of(row, Length("sentences", 3), titled=True)) for row in invented_news()])


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(("name", "titled"), [("multinews", True), ("cnn", False), ("neus", True), ("cstnews_pt", True)])
def test_minimum_scores_on_news_sets(name: str, titled: bool) -> None:
    check_minimum_scores(
        [(row, extract_of(row, Length("sentences", 5), titled=titled)) for row in real_news(f"{name}.jsonl", limit=80)]
    )


def extract_of(row: dict[str, Any], length: Length, *, titled: bool) -> Extract:
    articles = [
        Article(each["text"], title=each.get("title") if titled else None, language=row["lang"])
        for each in row["articles"]
        if each["text"].strip()
    ]
    return summarize(articles, Options(length=length, headlines=HeadlineOptions(count=0), keywords=0)).summary


def check_minimum_scores(pairs: list[tuple[dict[str, Any], Extract]]) -> None:
    """The opening is among the first three sentences in 95%; no fact twice, no pronoun first, and each article in order."""
    extracts = [extract for _, extract in pairs if extract.sentences]
    early = sum(extract.sentences[0].sentence.index < 3 for extract in extracts)
    assert early >= 0.95 * len(extracts)
    assert all(map(in_order, extracts))
    assert sum(map(opens_readably, extracts)) >= 0.98 * len(extracts)
    repeating = [extract for extract in extracts if states_a_fact_twice(extract)]
    assert len(repeating) <= 0.02 * len(extracts)


def in_order(extract: Extract) -> bool:
    places = [(scored.sentence.article, scored.sentence.index) for scored in extract.sentences]
    return all(one[0] != other[0] or one[1] < other[1] for at, one in enumerate(places) for other in places[at + 1 :])


def opens_readably(extract: Extract) -> bool:
    """Whether it opens without a pronoun, or with a first sentence that tells what the pronoun stands for."""
    if not extract.sentences or (first := extract.text.split(maxsplit=1)[0].lower()) not in PRONOUNS:
        return True
    opening = extract.sentences[0].sentence
    return not opening.index and (first == "it" or FULL_NAME.search(opening.text) is not None)


def states_a_fact_twice(extract: Extract) -> bool:
    """An independent check: sentences of two articles share half of the names, figures and long words."""
    told = [
        (
            scored.sentence.article,
            {word.lower() for word in re.findall(r"\d[\d.,]*\d|\d|[A-ZÀ-Þ]\w{2,}|\w{6,}", scored.sentence.text)},
        )
        for scored in extract.sentences
    ]
    return any(
        one[0] != other[0] and len(one[1] & other[1]) > 0.5 * max(len(one[1]), len(other[1]), 4)
        for at, one in enumerate(told)
        for other in told[at + 1 :]
    )
