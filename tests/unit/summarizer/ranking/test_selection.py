"""Which sentences are selected together, and which are not."""

from itertools import pairwise

import pytest

from nutgraf.summarizer import Length, Options, summarize
from nutgraf.summarizer.models import Sentence, SentenceRef
from nutgraf.summarizer.reading.discourse import forms
from nutgraf.summarizer.reading.words import content_words
from tests.builders import NEWS, article


def summarized(text: str, count: int, **more: object) -> list[str]:
    summary = summarize([article(text, **more)], Options(length=Length("sentences", count)))
    return [scored.sentence.text for scored in summary.summary.sentences]


@pytest.mark.parametrize(
    ("language", "text", "depends_on_previous"),
    [
        ("en", "He said the bridge would close.", True),
        ("en", "But that was before the storm.", True),
        ("en", "This is the third closure in a year.", True),
        ("en", "This week the bridge will close.", False),
        ("en", "On the other side, ferries wait.", True),
        ("en", "The bridge closed on Monday.", False),
        ("de", "Er sagte, die Brücke werde gesperrt.", True),
        ("de", "Die Brücke wird gesperrt.", False),
        ("fr", "Elle a fermé lundi.", True),
        ("es", "Pero nadie vino.", True),
        ("pt", "Ele disse que a ponte fecha.", True),
        ("nb", "Han sa at broen stenger.", True),
        ("xx", "He said so.", False),
    ],
)
def test_sentences_that_depend_on_the_one_before(language: str, text: str, depends_on_previous: bool) -> None:
    sentences = [Sentence(text, 0, 1, 0, len(text), 0)]
    assert forms(sentences, content_words(sentences, [language]), [language])[0].depends_on_previous is depends_on_previous


def test_a_dependent_sentence_is_selected_with_the_one_before_it_or_not_at_all() -> None:
    text = (
        "The harbour bridge will close for eleven weeks from Monday. Engineers found cracks in two piers of the bridge. "
        "They said both could fail in a storm, because salt water has eaten half of their steel. "
        "Buses will take another way. Shops on the island fear for their trade."
    )
    leaning = 0
    for count in range(1, 6):
        chosen = summarized(text, count)
        for sentence in chosen:
            if sentence.startswith("They"):
                leaning += 1
                assert chosen[chosen.index(sentence) - 1].startswith("Engineers")
    assert leaning


def test_a_dependent_sentence_stays_after_its_antecedent_in_a_cluster() -> None:
    one = "A crane fell on the quay at noon on Friday. It hit two empty lorries on the quay. Nobody was hurt by the crane."
    other = "Port workers saw the crane fall on the quay on Friday. The quay is closed. Ships wait outside the port."
    sentences = [
        scored.sentence.text
        for scored in summarize([article(one), article(other)], Options(length=Length("sentences", 6))).summary.sentences
    ]
    leans = "It hit two empty lorries on the quay."
    assert leans not in sentences or sentences[sentences.index(leans) - 1].startswith("A crane fell")


def test_a_statement_is_preferred_to_a_question() -> None:
    text = "Why will the harbour bridge close? The harbour bridge will close because of cracks. Cracks were found in March."
    assert summarized(text, 1) == ["The harbour bridge will close because of cracks."]


def test_a_single_article_is_told_in_its_own_order() -> None:
    text = " ".join(f"Pier {name} of the harbour bridge has {count} cracks." for count, name in enumerate("ABCDEF"))
    chosen = summarized(text, 4)
    assert chosen == sorted(chosen)


def test_the_length_is_used_if_the_text_has_enough_words() -> None:
    text = (
        NEWS + " Shops on the island fear for their trade. The ferry will run every ten minutes. A second bridge is planned."
    )
    for words in (40, 60, 80):
        extract = summarize([article(text)], Options(length=Length("words", words))).summary
        assert 0.85 * words <= extract.words <= words


def test_the_story_of_several_articles_opens_with_a_lede() -> None:
    first = "Traffic was slow on Monday. The harbour bridge closed for eleven weeks because of cracks in two piers."
    second = "The harbour bridge closed on Monday for eleven weeks after cracks were found. Shops fear for their trade."
    summary = summarize([article(first), article(second)]).summary
    assert summary.sentences[0].sentence.text.startswith("The harbour bridge closed")
    assert summary.text.count("harbour bridge closed") == 1


def test_no_sentence_before_the_lede_of_its_article_is_selected() -> None:
    text = (
        "I have crossed the harbour bridge every morning for years. The harbour bridge closes on Monday for eleven weeks, "
        "the city said. Engineers found cracks in two piers of the harbour bridge. Buses need twenty minutes longer."
    )
    chosen = summarized(text, 4)
    assert chosen[0].startswith("The harbour bridge closes")
    assert len(chosen) == 3


def test_sentences_that_need_others_are_used_if_there_are_no_others() -> None:
    assert summarized("Why did the bridge close? Who will pay for it?", 1)


HARBOUR = (
    "The harbour bridge in Alder will close for eleven weeks from Monday, the city said. "
    '"We saw cracks in two of six piers, and then in the deck too," engineer Ada Marsh said. '
    "Buses to the island will take another road and need twenty minutes longer. "
    "Repairs will cost nine million euros, which the city will borrow from a bank. "
    "In 1961 a mayor opened it all with three hundred guests and a brass band."
)


def test_a_short_summary_prefers_facts_to_quotations_and_background() -> None:
    chosen = summarized(HARBOUR, 3)
    assert [sentence.split()[0] for sentence in chosen] == ["The", "Buses", "Repairs"]


def test_a_short_summary_stays_with_the_article_of_the_lede() -> None:
    """Summaries of three sentences once jumped between articles, and reported half of each."""
    other = (
        "A closed bridge worries shops on the island of Hale. Owner Bo Lund expects half of his guests this summer. "
        "Farmers on Hale will bring their milk to Alder by boat. The school of Hale begins one hour later."
    )
    articles = [article(HARBOUR), article(other)]
    told = {}
    for count in (3, 8):
        sentences = summarize(articles, Options(length=Length("sentences", count))).summary.sentences
        told[count] = [scored.sentence.article for scored in sentences]
    assert len(set(told[3])) == 1
    assert told[8][0] == told[3][0]
    assert sum(one != other for one, other in pairwise(told[8])) == 1


def test_one_of_five_sentences_comes_from_another_article() -> None:
    """Two of five did, and were about half of the other report."""
    bridge = (
        "The harbour bridge in Alder will close for eleven weeks from Monday, the city said. Buses to the island of Hale "
        "will take another road and need twenty minutes longer. Repairs will cost nine million euros, which the city will "
        "borrow from a bank. Divers found cracks in two of six piers in April. A ferry will carry cyclists at no charge."
    )
    shops = (
        "Shops on the island of Hale fear the months without the harbour bridge of Alder. Owner Bo Lund expects half of his "
        "guests this summer. Farmers on Hale will bring milk to Alder by boat. The school of Hale begins one hour later."
    )
    sentences = summarize([article(bridge), article(shops)]).summary.sentences
    told = [scored.sentence.article for scored in sentences]
    assert (len(told), told.count(told[0])) == (5, 4)


def test_an_opening_remark_is_selected_with_its_speaker() -> None:
    text = (
        '"I closed the bridge." Ade Marsh made that remark on Monday at the trial over the harbour bridge in Alder. '
        "The mayor is charged with closing the harbour bridge for eleven weeks without a vote. "
        "Prosecutors expect a verdict in May."
    )
    chosen = summarized(text, 3)
    assert chosen[0] == '"I closed the bridge."'
    assert chosen[1].startswith("Ade Marsh made that remark")


def test_an_article_that_tells_its_news_again_in_detail_is_told_once() -> None:
    text = (
        "The Pentland port authority fired its director Ade Marsh on Monday over a lost ferry. "
        "Pentland has two ferries and one tug. "
        "The port authority in Pentland fired director Ade Marsh on Monday because a ferry was lost in May. "
        "Fishermen want a new harbour light."
    )
    assert sum("fired" in sentence for sentence in summarized(text, 3)) == 1


def test_background_follows_the_sentence_that_names_its_subject() -> None:
    """A sentence with a year and "the former barrister" once came last, after a sentence about somebody else."""
    death = (
        "Ada Low, who cooked on the ferry to Hale for forty years, has died on Sunday at 91. "
        "The former nurse opened her kitchen on the ferry in 1961 with one stove."
    )
    funeral = "Captains of nine ferries will carry the coffin across the strait, the harbour office says."
    articles = [article(death), article(funeral)]
    pins = [SentenceRef(0, 0), SentenceRef(0, 1), SentenceRef(1, 0)]
    summary = summarize(articles, Options(length=Length("sentences", 3), pin=pins)).summary
    assert [(scored.sentence.article, scored.sentence.index) for scored in summary.sentences] == [(0, 0), (0, 1), (1, 0)]


def test_a_short_summary_has_sentences_near_the_beginning_of_the_lede_s_article() -> None:
    """The third sentence came from the middle of another article, where its subject was introduced."""
    own = (
        "Alder will close its harbour bridge on Monday for eleven weeks, the council decided. "
        "Buses to Hale will take the coast road and need twenty minutes longer. "
        "A loan from two banks pays for the repairs of nine million euros. "
    )
    other = (
        "The council of Alder closes the harbour bridge for eleven weeks. Shops on Hale expect half of their guests. "
        "Milk will come by boat. Schools on Hale begin one hour later. The lifeboat moves to the island. "
        "Nurses will sleep on the island. Fishermen sell their catch on the quay. The bridge, the council and the buses "
        "to Hale were the subject of an angry debate in Alder about the loan from two banks."
    )
    summary = summarize([article(own), article(other)], Options(length=Length("sentences", 3))).summary
    assert [(scored.sentence.article, scored.sentence.index) for scored in summary.sentences] == [(0, 0), (0, 1), (0, 2)]
