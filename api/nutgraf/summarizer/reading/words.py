"""Sentences -> their content words, stemmed as sumy stems them.

sumy tokenizes with NLTK (Punkt again, then the Treebank tokenizer), keeps words only, lower-cases them, drops stop words
and stems the rest. The Treebank tokenizer needs 0.3 ms for a sentence. Its result for a chunk between two spaces does not
depend on the rest of the sentence, except at the end, so the results for chunks are cached. A test compares the words
with sumy's.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import regex
from nltk.tokenize import NLTKWordTokenizer
from Stemmer import Stemmer as Snowball
from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.nlp.tokenizers import Tokenizer

from nutgraf.summarizer.languages.language import Language, language
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.boundaries import punkt
from nutgraf.summarizer.reading.stop_words import stop_words

Words = tuple[str, ...]

# Chunks and words that a process caches, about 100 bytes each: the vocabulary of a day.
CACHED_CHUNKS = 100_000
CACHED_STEMS = 100_000

_treebank = NLTKWordTokenizer()
# NLTK's word tokenizer splits a sentence again at an inner full stop, and separates the stop from the word.
_INNER_STOP = re.compile(r"[.!?](?:[^\w\s.!?]*\s+\S|[)\";}\]*:@'({\[]+\w)")
# Words that the Treebank tokenizer keeps, with at most one mark after them. It splits a few words in two.
_PLAIN_WORD = re.compile(r"([^\W\d_]+)[,;:]?")
_SPLIT_BY_TREEBANK = frozenset({"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"})
_SPACED_CLOSING = re.compile(r"\s[\])}>\"'»”’]+$")
# Letters with combining marks, which `\w` of `re` does not match in Indic scripts and Thai; inner apostrophes and hyphens.
_GENERIC_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-‑][\p{L}\p{M}\p{N}]+)*")
# Line breaks, double spaces and invisible characters: soft hyphens, joiners, byte order marks.
_NEEDS_JOINING = re.compile(r"[\n\r\u2028\u2029\u00ad\u200b\u2060\ufeff]|\s\s")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_HYPHENATED = re.compile(r"(?<=[^\W\d_]{2})-[^\S\n]*\n[^\S\n]*(?:>[^\S\n]*)*(?=[^\W\d_A-Z])")
_LINE_MARK = re.compile(r"\n[^\S\n]*(?:>[^\S\n]?)+")
_UNSPACED_SCRIPT = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a language forms words: `tokens` splits a sentence, `stem` stems a token; `stop_words` are not stemmed."""

    tokens: Callable[[str], Sequence[str]]
    stem: Callable[[str], str]
    stop_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The tokens of a sentence as written, and the stem of each token, or "" if it is a stop word."""

    tokens: Words
    stems: Words

    @property
    def content(self) -> Words:
        """The stems of the content words, in order and with repeats. sumy ranks by them."""
        return tuple(filter(None, self.stems))


def content_words(sentences: Iterable[Sentence], languages: Sequence[str]) -> list[SentenceWords]:
    """Returns the words of each sentence; `languages` has the language of each article."""
    vocabularies = [vocabulary(tag) for tag in languages]
    return [_words(dehyphenate(sentence.text), vocabularies[sentence.article]) for sentence in sentences]


def dehyphenate(text: str) -> str:
    """Returns the text on one line: words that were hyphenated at a line end are joined, invisible characters removed."""
    if _NEEDS_JOINING.search(text) is None:
        return text
    return " ".join(_LINE_MARK.sub(" ", _HYPHENATED.sub("", _INVISIBLE.sub("", text))).split())


def title_words(articles: Sequence[CleanArticle]) -> list[Words]:
    """Returns the stems of the content words of each headline; empty for an article without a headline."""
    return [text_words(article.headline, article.language) if article.headline else () for article in articles]


def text_words(text: str, tag: str) -> Words:
    """Returns the stems of the content words of a text."""
    return _words(text, vocabulary(tag)).content


@cache
def vocabulary(tag: str) -> Vocabulary:
    """Returns the vocabulary of a language, one for each process."""
    language_file = language(tag)
    return Vocabulary(_tokenizer(language_file), _stemmer(language_file), stop_words(language_file.code))


def count_words(text: str, tag: str) -> int:
    """Returns the number of words as a length in words counts them: parts between white space, or tokens without spaces."""
    if language(tag).spaced:
        return len(text.split())
    return len(vocabulary(tag).tokens(text))


def _words(text: str, language_vocabulary: Vocabulary) -> SentenceWords:
    tokens = tuple(language_vocabulary.tokens(text))
    stop_words, stem = language_vocabulary.stop_words, language_vocabulary.stem
    lowered = [token.lower() for token in tokens]
    return SentenceWords(tokens, tuple(["" if word in stop_words else stem(word) for word in lowered]))


def _tokenizer(language_file: Language) -> Callable[[str], Sequence[str]]:
    tokens = _base_tokenizer(language_file)
    elisions = language_file.words("words", "elisions")
    if not elisions:
        return tokens
    return lambda text: [part for token in tokens(text.replace("’", "'")) for part in _without_elision(token, elisions)]


def _without_elision(token: str, elisions: frozenset[str]) -> Sequence[str]:
    """Returns the two words that an elision joins: "l" and "accident"; the token itself if it is none."""
    before, apostrophe, after = token.partition("'")
    return (before, after) if apostrophe and after and before.lower() in elisions else (token,)


def _base_tokenizer(language_file: Language) -> Callable[[str], Sequence[str]]:
    # sumy's pattern for a word has no combining marks, and would drop most Malayalam and Thai words.
    if language_file.splitter == "generic" or language_file.code in ("ml", "th"):
        return _generic_tokens if language_file.spaced else _unspaced_tokens
    if language_file.name in Tokenizer.SPECIAL_WORD_TOKENIZERS:
        to_words: Callable[[str], Sequence[str]] = Tokenizer(language_file.name).to_words
        return to_words
    return nltk_words


def nltk_words(text: str) -> list[str]:
    """Returns the words of sumy's default tokenizer: `nltk.word_tokenize`, filtered by its pattern for a word."""
    parts = punkt("english", abbreviations=False).tokenize(text) if _INNER_STOP.search(text) else [text]
    words: list[str] = []
    for part in parts:
        if _SPACED_CLOSING.search(part):
            words.extend(_filtered(_treebank.tokenize(part)))
            continue
        *chunks, last = part.split() or [""]
        words.extend(chain.from_iterable(map(_chunk_words, chunks)))
        words.extend(_last_chunk_words(last))
    return words


@lru_cache(CACHED_CHUNKS)
def _chunk_words(chunk: str) -> Words:
    plain = _PLAIN_WORD.fullmatch(chunk)
    if plain and plain[1].lower() not in _SPLIT_BY_TREEBANK:
        return (plain[1],)
    # With a word after it, the Treebank tokenizer does not take the full stop of the chunk for the end of the sentence.
    return _filtered(_treebank.tokenize(f"{chunk} x")[:-1])


@lru_cache(CACHED_CHUNKS)
def _last_chunk_words(chunk: str) -> Words:
    return _filtered(_treebank.tokenize(chunk))


def _filtered(tokens: Iterable[str]) -> Words:
    return tuple(token for token in tokens if Tokenizer._is_word(token))


def _generic_tokens(text: str) -> list[str]:
    return _GENERIC_WORD.findall(text)


def _unspaced_tokens(text: str) -> list[str]:
    """Returns words, and overlapping pairs of characters in scripts that do not separate words."""
    tokens: list[str] = []
    for word in _GENERIC_WORD.findall(text):
        if _UNSPACED_SCRIPT.search(word) and len(word) > 2:
            tokens.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            tokens.append(word)
    return tokens


def _stemmer(language_file: Language) -> Callable[[str], str]:
    """Returns Snowball's stemmer if the language file names one, otherwise sumy's, or one that changes nothing."""
    if language_file.snowball:
        stemmer = Snowball(language_file.snowball).stemWord
    else:
        try:
            stemmer = Stemmer(language_file.name)
        except LookupError:
            stemmer = null_stemmer
    return lru_cache(CACHED_STEMS)(stemmer)
