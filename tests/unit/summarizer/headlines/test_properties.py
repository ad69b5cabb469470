"""What holds for every headline made of a sentence, looked at with word lists and a matching of the tests' own."""

import re
from collections.abc import Iterator

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from tests.builders import invented_news, real_news
from tests.unit.summarizer.headlines.kept_words import kept_positions, with_moved_speaker, with_short_speaker, words

# Words that the word after them must not be kept without. On purpose not the tables that the code reads.
GUARDS = {
    "en": "not no never nor neither without only nearly almost about least most up than just may might could would should must cannot "
    "allegedly reportedly possibly probably likely unlikely alleged suspected former hardly barely",
    "fr": "ne pas jamais aucun aucune sans seulement presque environ moins plus jusqu peut pourrait doit devrait présumé ancien",
    "de": "nicht nie kein keine keinen ohne nur fast etwa rund mindestens höchstens kann könnte soll muss mutmaßliche mutmaßlicher",
    "es": "no nunca sin ningún ninguna solo sólo casi unos menos más puede podría debe presunto presunta",
    "pt": "não nunca sem nenhum nenhuma só apenas quase cerca menos mais pode poderia deve suposto suposta",
}
PERSONS = {
    "en": "he she they him her we i you us me",
    "fr": "il elle ils elles nous je vous",
    "de": "er wir ich",
    "es": "él ella ellos ellas nosotros yo",
    "pt": "ele ela eles elas nós eu",
}
OPENING = re.compile(r"^[\"“«„]")


def made_of_sentences() -> Iterator[tuple[str, str, str]]:
    """A language, a sentence and a headline made of it: of our samples, and of real news where it lies beside."""
    rows = [row for row in invented_news() if row["lang"] in GUARDS]
    for row in rows:
        yield from of_article(row["articles"][0]["text"], row["lang"])


def of_article(text: str, language: str) -> Iterator[tuple[str, str, str]]:
    options = Options(headlines=HeadlineOptions(3, 70), keywords=0, all_sentences=True)
    summary = summarize([Article(text, language=language)], options)
    sentences = summary.articles[0].all_sentences or ()
    for headline in summary.headlines:
        if headline.index is not None:
            yield language, sentences[headline.index].sentence.text, headline.text


def check(language: str, sentence: str, headline: str) -> None:
    positions = kept_positions(headline, sentence)
    opening, comma, rest = sentence.partition(",")
    if positions is None and comma:  # the source that opens a sentence is at the end of the headline
        sentence = f"{rest.rstrip('. ')}, {opening}"
        positions = kept_positions(headline, sentence)
    if positions is None:
        sentence = with_moved_speaker(headline, with_short_speaker(headline, sentence))
        positions = kept_positions(headline, sentence)
    assert positions is not None, (headline, sentence)
    source, kept = words(sentence), set(positions)
    guards = set(GUARDS[language].split())
    for position in positions:
        guard = source[position - 1] if position else ""
        # "almost, the mayor left": a comma parts them.
        if guard in guards and not re.search(rf"\b{guard}[,;:]", sentence.lower()):
            assert position - 1 in kept, f"{source[position - 1]!r} is missing in {headline!r} of {sentence!r}"
        if (
            source[position].isdigit()
            and position + 1 < len(source)
            and source[position + 1] in ("percent", "per", "prozent", "pour")
        ):
            assert position + 1 in kept, headline
    assert OPENING.match(headline) or words(headline)[0] not in PERSONS[language].split(), headline
    assert not (OPENING.match(headline) and headline[-1] in '"”»“'), f"{headline!r} is nothing but a quotation"


def test_headlines_of_invented_news_keep_the_words_that_the_truth_needs() -> None:
    seen = 0
    for language, sentence, headline in made_of_sentences():
        check(language, sentence, headline)
        seen += 1
    assert seen >= 5


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(("name", "least"), [("cnn.jsonl", 65), ("orangesum_fr.jsonl", 52), ("cstnews_pt.jsonl", 20)])
def test_headlines_of_real_news_keep_the_words_that_the_truth_needs(name: str, least: int) -> None:
    seen = 0
    for row in real_news(name, limit=80):
        for language, sentence, headline in of_article(row["articles"][0]["text"], row["lang"]):
            check(language, sentence, headline)
            seen += 1
    assert seen >= least


def test_a_text_cut_after_any_word_raises_no_error() -> None:
    """Texts that end after each word of the first paragraph, as in an article that is still being written."""
    for row in invented_news():
        if row["lang"] not in GUARDS:
            continue
        text = row["articles"][0]["text"].split("\n")[0]
        pieces = text.split(" ")[:30]
        for end in range(1, len(pieces) + 1):
            summarize([Article(" ".join(pieces[:end]), language=row["lang"])], Options(keywords=0))


@pytest.mark.parametrize(
    "text", ["Ice has closed the canal for the first", "It is the last", "The mayor opens the new bridge –"]
)
def test_a_sentence_may_end_with_a_word_that_announces_another(text: str) -> None:
    summarize([Article(text, language="en")], Options())
