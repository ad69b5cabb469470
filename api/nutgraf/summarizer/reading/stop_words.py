"""Language -> its function words: sumy's list, NLTK's and the language file's together.

sumy's lists have holes ("de", "un" and "ne" are in none of its French one) and mistakes (its English one has "new").
"""

from collections.abc import Iterable
from functools import cache

from nltk.corpus.reader.wordlist import WordListCorpusReader
from nltk.data import find
from sumy.utils import get_stop_words

from nutgraf.summarizer.languages.language import language


@cache
def stop_words(code: str) -> frozenset[str]:
    """The function words of a language, in lower case; its file's alone where neither library has a list."""
    of_language = language(code)
    listed = {word.lower() for words in (_sumy(of_language.name), _nltk(of_language.name)) for word in words}
    return frozenset(listed | of_language.words("words", "stop_words")) - of_language.words("words", "content_words")


def _sumy(name: str) -> Iterable[str]:
    try:
        words: Iterable[str] = get_stop_words(name)
    except LookupError:
        return ()
    return words


def _nltk(name: str) -> Iterable[str]:
    try:
        words: Iterable[str] = WordListCorpusReader(find("corpora/stopwords"), [name]).words()
    except (LookupError, OSError):
        return ()
    return words
