"""Sentences -> their content words, stemmed, as sumy makes them.

sumy tokenizes with NLTK (Punkt again, then the Treebank tokenizer), keeps what is a word, lower-cases, drops stop
words and stems. The Treebank tokenizer takes 0.3 ms a sentence, and treats a chunk between two spaces alike wherever
it stands, the end of a sentence apart: so it is asked once a chunk, and the answer kept. A test compares with
sumy's own words over all languages.
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

# Chunks and words remembered by a process, each some hundred bytes: a day's vocabulary, bounded.
REMEMBERED_CHUNKS = 100_000
REMEMBERED_STEMS = 100_000

_treebank = NLTKWordTokenizer()
# A full stop inside a sentence: NLTK's word tokenizer splits there once more, and takes the stop off the word.
_INNER_STOP = re.compile(r"[.!?](?:[^\w\s.!?]*\s+\S|[)\";}\]*:@'({\[]+\w)")
# What the Treebank tokenizer leaves whole or takes one mark off; it tears these few words apart.
_PLAIN = re.compile(r"([^\W\d_]+)[,;:]?")
_TORN = frozenset({"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"})
_SPACED_CLOSING = re.compile(r"\s[\])}>\"'»”’]+$")
# Letters with their marks, which `\w` of re leaves out in Indic scripts and Thai; apostrophes and hyphens inside.
_GENERIC_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-‑][\p{L}\p{M}\p{N}]+)*")
# Words of a sentence whose lines were wrapped, and marks that nobody sees: soft hyphens, joiners, byte order marks.
_SET_IN_LINES = re.compile(r"[\n\r\u2028\u2029\u00ad\u200b\u2060\ufeff]|\s\s")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_HYPHENATED = re.compile(r"(?<=[^\W\d_]{2})-[^\S\n]*\n[^\S\n]*(?:>[^\S\n]*)*(?=[^\W\d_A-Z])")
_LINE_MARK = re.compile(r"\n[^\S\n]*(?:>[^\S\n]?)+")
_UNSPACED_SCRIPT = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a language's words are made: `tokens` of a sentence, `stem` of a token, `stop_words` before stemming."""

    tokens: Callable[[str], Sequence[str]]
    stem: Callable[[str], str]
    stop_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence's tokens as written, and the stem of each content word beside it ("" for a stop word)."""

    tokens: Words
    stems: Words

    @property
    def content(self) -> Words:
        """The stems of the content words, in order, repeats kept: what sumy ranks by."""
        return tuple(filter(None, self.stems))


def content_words(sentences: Iterable[Sentence], languages: Sequence[str]) -> list[SentenceWords]:
    """The words of each sentence; `languages` are the articles'."""
    vocabularies = [vocabulary(tag) for tag in languages]
    return [_words(dehyphenate(sentence.text), vocabularies[sentence.article]) for sentence in sentences]


def dehyphenate(text: str) -> str:
    """Returns the text on one line: words that were hyphenated at a line end are joined, invisible characters removed."""
    if _SET_IN_LINES.search(text) is None:
        return text
    return " ".join(_LINE_MARK.sub(" ", _HYPHENATED.sub("", _INVISIBLE.sub("", text))).split())


def title_words(articles: Sequence[CleanArticle]) -> list[Words]:
    """The stems of the content words of each article's headline; none where it has none."""
    return [text_words(article.headline, article.language) if article.headline else () for article in articles]


def text_words(text: str, tag: str) -> Words:
    """The stems of the content words of a text."""
    return _words(text, vocabulary(tag)).content


@cache
def vocabulary(tag: str) -> Vocabulary:
    """The vocabulary of a language, one for each process."""
    of_language = language(tag)
    return Vocabulary(_tokenizer(of_language), _stemmer(of_language), stop_words(of_language.code))


def count_words(text: str, tag: str) -> int:
    """What a length in words counts: what white space separates, or the tokens where nothing does."""
    if language(tag).spaced:
        return len(text.split())
    return len(vocabulary(tag).tokens(text))


def _words(text: str, of: Vocabulary) -> SentenceWords:
    tokens = tuple(of.tokens(text))
    stop_words, stem = of.stop_words, of.stem
    lowered = [token.lower() for token in tokens]
    return SentenceWords(tokens, tuple(["" if word in stop_words else stem(word) for word in lowered]))


def _tokenizer(of_language: Language) -> Callable[[str], Sequence[str]]:
    tokens = _whole_words(of_language)
    elisions = of_language.words("words", "elisions")
    if not elisions:
        return tokens
    return lambda text: [part for token in tokens(text.replace("’", "'")) for part in _without_elision(token, elisions)]


def _without_elision(token: str, elisions: frozenset[str]) -> Sequence[str]:
    """A word that has lost its last letter before an apostrophe, and the word behind it: "l" and "accident"."""
    before, apostrophe, after = token.partition("'")
    return (before, after) if apostrophe and after and before.lower() in elisions else (token,)


def _whole_words(of_language: Language) -> Callable[[str], Sequence[str]]:
    # sumy's pattern for a word knows no combining marks: it would throw most Malayalam and Thai words away.
    if of_language.splitter == "generic" or of_language.code in ("ml", "th"):
        return _generic_tokens if of_language.spaced else _unspaced_tokens
    if of_language.name in Tokenizer.SPECIAL_WORD_TOKENIZERS:
        to_words: Callable[[str], Sequence[str]] = Tokenizer(of_language.name).to_words
        return to_words
    return nltk_words


def nltk_words(text: str) -> list[str]:
    """The words of sumy's default tokenizer, `nltk.word_tokenize` filtered by its pattern for a word."""
    pieces = punkt("english", abbreviations=False).tokenize(text) if _INNER_STOP.search(text) else [text]
    words: list[str] = []
    for piece in pieces:
        if _SPACED_CLOSING.search(piece):
            words.extend(_filtered(_treebank.tokenize(piece)))
            continue
        *chunks, last = piece.split() or [""]
        words.extend(chain.from_iterable(map(_chunk_words, chunks)))
        words.extend(_last_chunk_words(last))
    return words


@lru_cache(REMEMBERED_CHUNKS)
def _chunk_words(chunk: str) -> Words:
    plain = _PLAIN.fullmatch(chunk)
    if plain and plain[1].lower() not in _TORN:
        return (plain[1],)
    # A word after it keeps the Treebank tokenizer from taking the chunk's full stop for the sentence's.
    return _filtered(_treebank.tokenize(f"{chunk} x")[:-1])


@lru_cache(REMEMBERED_CHUNKS)
def _last_chunk_words(chunk: str) -> Words:
    return _filtered(_treebank.tokenize(chunk))


def _filtered(tokens: Iterable[str]) -> Words:
    return tuple(token for token in tokens if Tokenizer._is_word(token))


def _generic_tokens(text: str) -> list[str]:
    return _GENERIC_WORD.findall(text)


def _unspaced_tokens(text: str) -> list[str]:
    """Words as they come, and overlapping pairs of characters in scripts that do not separate words."""
    tokens: list[str] = []
    for word in _GENERIC_WORD.findall(text):
        if _UNSPACED_SCRIPT.search(word) and len(word) > 2:
            tokens.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            tokens.append(word)
    return tokens


def _stemmer(of_language: Language) -> Callable[[str], str]:
    """sumy's stemmer; where it has none, or one that needs what is not there or warns at figures, Snowball's own."""
    if of_language.snowball:
        stemmer = Snowball(of_language.snowball).stemWord
    else:
        try:
            stemmer = Stemmer(of_language.name)
        except LookupError:
            stemmer = null_stemmer
    return lru_cache(REMEMBERED_STEMS)(stemmer)
