"""The stop words of a language: the lists of sumy, of NLTK and of the language file together.

sumy's lists have gaps (the French one lacks "de", "un" and "ne") and mistakes (the English one has "new").
"""

from collections.abc import Iterable

from nltk.corpus.reader.wordlist import WordListCorpusReader
from nltk.data import find
from sumy.utils import get_stop_words

from nutgraf.summarizer.languages.language import language, per_language


@per_language
def stop_words(code: str) -> frozenset[str]:
    """Returns the stop words of a language, in lower case; those of its file if neither library has a list."""
    language_file = language(code)
    listed = {word.lower() for words in (_sumy(language_file.name), _nltk(language_file.name)) for word in words}
    return frozenset(listed | language_file.words("words", "stop_words")) - language_file.words("words", "content_words")


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
