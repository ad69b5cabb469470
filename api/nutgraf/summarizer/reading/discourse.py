"""How a sentence stands in its text: whether it leans on the one before it, and whether it asks.

A summary quotes sentences out of their place. "He said it would close" says nothing without the sentence that names
him; tables of opening words tell such sentences, for the languages listed here. In other languages none is told.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import SentenceWords

# A sentence of fewer words is a heading with a full stop, or an exclamation.
FRAGMENT_WORDS = 6
_ASKS = re.compile(r"[?？؟;][\"'”’»)\s]*$")
# Any mark that quotes; single ones before a word and after none, or the other way round.
_QUOTES = re.compile(r"[\"“”«»„「」『』]|(?<!\w)['‘](?=\w)[^'’]{8,}['’](?!\w)")


class Form(NamedTuple):
    """What the selection asks of a sentence."""

    depends_on_previous: bool
    asks: bool
    fragment: bool


# Words that point back when they open a sentence: pronouns and connectives.
_BACKWARD = {
    "en": "he she it they his her hers its their theirs him them but and or so then however also meanwhile still yet "
    "instead another others both neither similarly moreover furthermore thus therefore nevertheless otherwise besides",
    "fr": "il elle ils elles son sa ses leur leurs lui cela ça mais et ou donc puis cependant pourtant toutefois ainsi "
    "aussi celui-ci celle-ci ceux-ci ensuite néanmoins",
    "de": "er sie es sein seine seinen seiner ihr ihre ihren ihrer ihm ihn ihnen dies dieser diese dieses aber und oder "
    "doch dann jedoch auch dennoch trotzdem außerdem zudem deshalb daher dabei dagegen damit dazu danach",
    "es": "él ella ellos ellas su sus eso esto pero y o así entonces sin también además luego después tampoco",
    "pt": "ele ela eles elas seu sua seus suas isso isto mas e ou assim então também porém além depois contudo entretanto",
    "it": "egli lui lei loro esso essa essi esse suo sua suoi sue ciò ma e o così poi però anche inoltre tuttavia quindi",
    "nl": "hij zij ze het zijn haar hun hem hen dit dat maar en of dus dan echter ook toch daarna bovendien daarom",
    "nb": "han hun de den dette disse hans hennes deres men og eller så da også likevel dermed derfor deretter",
    "da": "han hun de den dette disse hans hendes deres men og eller så da også alligevel dermed derfor derefter",
    "sv": "han hon de den detta dessa hans hennes deras men och eller så då också dock därmed därför därefter",
}
_BACKWARD["nn"] = _BACKWARD["nb"].replace("hun", "ho").replace("hennes", "hennar")
_WORDS = {code: frozenset(words.split()) for code, words in _BACKWARD.items()}
# "This" points back before a verb, and not in "this week".
_POINTING = frozenset("this that these those".split())
_VERBS = frozenset(
    "is was are were will would has had have came comes means meant made makes could should may might can did does "
    "happened follows followed includes included".split()
)
_PHRASES = re.compile(
    r"(?:on the other|at the same time|as a result|in addition|for example|for instance|in contrast|after that|of course|"
    r"in fact|d'autre part|en outre|par exemple|sin embargo|por otro lado|por ejemplo|no entanto|além disso|por exemplo|"
    r"zum beispiel|darüber hinaus)\b",
    re.I,
)


def forms(sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> list[Form]:
    """The form of each sentence; `languages` are the articles'. The first sentence of an article leans on none."""
    return [
        Form(
            depends_on_previous=sentence.index > 0
            and _depends_on_previous(sentence.text, its.tokens, languages[sentence.article]),
            asks=_ASKS.search(sentence.text) is not None,
            fragment=len(its.tokens) < FRAGMENT_WORDS,
        )
        for sentence, its in zip(sentences, words, strict=True)
    ]


def quotes(text: str) -> bool:
    """Whether a sentence has a quotation, or a part of one."""
    return _QUOTES.search(text) is not None


def _depends_on_previous(text: str, tokens: Sequence[str], language: str) -> bool:
    if language not in _WORDS or not tokens:
        return False
    first = tokens[0].lower()
    if first in _WORDS[language]:
        return True
    if language == "en" and first in _POINTING:
        return len(tokens) > 1 and tokens[1].lower() in _VERBS
    return _PHRASES.match(text) is not None
