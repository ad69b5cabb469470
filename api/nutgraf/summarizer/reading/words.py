"""Finds the content words of sentences, stemmed as in sumy.

sumy tokenizes with NLTK (Punkt again, then the Treebank tokenizer), keeps words only, lower-cases them, drops stop words
and stems the rest. The Treebank tokenizer needs 0.3 ms for a sentence, because it runs forty substitutions over it. So one
pattern finds the pieces between marks, which are nearly always words, and the Treebank tokenizer splits only the rest. A
test compares the words with sumy's.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex
from nltk.tokenize import NLTKWordTokenizer
from Stemmer import Stemmer as Snowball
from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.nlp.tokenizers import Tokenizer

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import Language, language, per_language
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.boundaries import punkt
from nutgraf.summarizer.reading.stop_words import stop_words
from nutgraf.summarizer.text_cache import TextCache

Words = tuple[str, ...]

# Longer runs of characters are split before sumy's tokenizers get them, because the Chinese one takes quadratic time.
LONGEST_RUN = 100

_treebank = NLTKWordTokenizer()
# NLTK's word tokenizer splits a sentence again at an inner full stop, and separates the stop from the word.
_INNER_STOP = re.compile(r"[.!?](?:[^\w\s.!?]*\s+\S|[)\";}\]*:@'({\[]+\w)")
# The Treebank tokenizer always separates these marks from words; a comma and a colon only if no digit follows.
_SEPARATED = r"«»“”‘’„`\"?!;@#$%&*()\[\]{}<>\u2012-\u2015"
_SEPARATOR = re.compile(rf"[\s{_SEPARATED}]|[,:](?!\d)|\.(?:(?=\.)|(?<=\.\.))|-(?:(?=-)|(?<=--))")
# Marks that it separates depending on their neighbours, and characters that are not text.
_INTERFERING = re.compile(r"[,:][,:]|''|'[sSmMdD]'|---|[\x00-\x1f\x7f-\x9f]")
# It separates the last full stop of a sentence, with these marks after it, and leaves the others. A straight mark after a
# space opens a quotation.
_CLOSING = "])}>'»”’ \""
_OPENS_QUOTATION = ' "'
# What a word by sumy's pattern, without apostrophes, does not have; and a word before the clitics that the Treebank
# tokenizer takes from it. "n't" is a word itself.
_NOT_IN_WORD = re.compile(r"\A-|[^\w-]|[\d_]")
_WORD_WITH_CLITIC = re.compile(
    r"([^\W\d_](?:[^\W\d_]|-|(?<=[^\W\d_])'(?=[^\W\d_]))*?)(?:'ll|'LL|'re|'RE|'ve|'VE|(?<!')(n't|N'T))?(?:'[sSmMdD]?)?"
)
# Words that it splits in two: without a mark, and with one.
_SPLIT_BY_TREEBANK = frozenset({"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"})
_CONTRACTION = re.compile(r"cannot|d'ye|gimme|gonna|gotta|lemme|more'n|wanna", re.IGNORECASE)
# Letters with combining marks, which `\w` of `re` does not match in Indic scripts and Thai; inner apostrophes and hyphens.
_GENERIC_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-‑][\p{L}\p{M}\p{N}]+)*")
# Line breaks, double spaces and invisible characters: soft hyphens, joiners, byte order marks.
_NEEDS_JOINING = re.compile(r"[\n\r\u2028\u2029\u00ad\u200b\u2060\ufeff]|\s\s")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_HYPHENATED = re.compile(r"(?<=[^\W\d_]{2})-[^\S\n]*\n[^\S\n]*(?:>[^\S\n]*)*(?=[^\W\d_A-Z])")
_LINE_MARK = re.compile(r"\n[^\S\n]*(?:>[^\S\n]?)+")
_LONG_RUN = re.compile(rf"[\w+#&.%-]{{{LONGEST_RUN}}}")
_UNSPACED_SCRIPT = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How a language forms words: `tokens` splits a sentence, `stem` stems a token; `stop_words` are not stemmed.

    `stems` has the stem of any token in lower case, or "" if it is a stop word.
    """

    tokens: Callable[[str], Sequence[str]]
    stem: Callable[[str], str]
    stop_words: frozenset[str]
    stems: Mapping[str, str]


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
    return [_words(dehyphenate(sentence.text), vocabularies[sentence.article]) for sentence in interruptible(sentences)]


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


def query_words(query: str, languages: Iterable[str]) -> Words:
    """Returns the stems of the content words of a query, in each of the languages of the articles.

    Verbs that say little about a subject, such as "run" in "When will the ferry run?", are left out in all languages, unless
    the query has nothing else. They are rare in some articles, and would weigh more than "ferry".
    """
    tags = tuple(dict.fromkeys(languages))
    general = {vocabulary(tag).stem(verb) for tag in tags for verb in language(tag).words("words", "general_verbs")}
    stems = tuple(stem for tag in tags for stem in text_words(query, tag))
    return tuple(stem for stem in stems if stem not in general) or stems


@per_language
def vocabulary(tag: str) -> Vocabulary:
    """Returns the vocabulary of a language, one for each process."""
    language_file = language(tag)
    stem, unstemmed = _stemmer(language_file), stop_words(language_file.code)
    stems = TextCache[str, str](lambda word: "" if word in unstemmed else stem(word))
    others = TextCache[str, str](stem)
    # Most words that are stemmed singly are words of the text, whose stems are cached.
    return Vocabulary(_tokenizer(language_file), lambda word: stems[word] or others[word], unstemmed, stems)


def count_words(text: str, tag: str) -> int:
    """Returns the number of words, as counted for lengths: parts between white space, or tokens without spaces."""
    if language(tag).spaced:
        return len(text.split())
    return len(vocabulary(tag).tokens(text))


def word_counts(sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> list[int]:
    """Returns what `count_words` returns for each sentence; `words` are those of the sentences.

    Splitting text without spaces takes long, so that it is done once for each sentence.
    """
    is_spaced = [language(tag).spaced for tag in languages]
    return [
        len(sentence_words.tokens)
        if not is_spaced[sentence.article] and _NEEDS_JOINING.search(sentence.text) is None
        else count_words(sentence.text, languages[sentence.article])
        for sentence, sentence_words in zip(interruptible(sentences), words, strict=True)
    ]


def _words(text: str, language_vocabulary: Vocabulary) -> SentenceWords:
    tokens = tuple(language_vocabulary.tokens(text))
    return SentenceWords(tokens, tuple(map(language_vocabulary.stems.__getitem__, map(str.lower, tokens))))


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
        # Imported here, because the packages are optional.
        if language_file.code == "ja":
            from nutgraf.summarizer.reading.japanese import japanese_words

            return lambda text: _filter_words(japanese_words(text))
        if language_file.code == "zh":
            from nutgraf.summarizer.reading.chinese import chinese_words

            return lambda text: _filter_words(chinese_words(_LONG_RUN.sub(r"\g<0> ", text)))
        return lambda text: to_words(_LONG_RUN.sub(r"\g<0> ", text))
    return nltk_words


def nltk_words(text: str) -> list[str]:
    """Returns the words of sumy's default tokenizer: `nltk.word_tokenize`, filtered by its pattern for a word."""
    parts = punkt("english", abbreviations=False).tokenize(text) if _INNER_STOP.search(text) else [text]
    words: list[str] = []
    for part in parts:
        if _INTERFERING.search(part):
            words.extend(_filter_words(_treebank.tokenize(part)))
            continue
        stop = part.rfind(".")
        ends = stop > 0 and part[stop - 1] != "." and _is_closing(part[stop + 1 :].rstrip())
        pieces = [piece for piece in _SEPARATOR.split(part[:stop] if ends else part) if piece]
        plain = _SPLIT_BY_TREEBANK.isdisjoint(map(str.lower, pieces))
        for piece in pieces:
            if plain and piece.isalpha():
                words.append(piece)
            else:
                words.extend(_words_of_piece[piece])
    return words


def _is_closing(text: str) -> bool:
    """Whether a text has only marks that close a sentence."""
    return not text.strip(_CLOSING) and _OPENS_QUOTATION not in text


def _piece_words(piece: str) -> Words:
    """Returns the words of a piece between two marks or spaces: one word, a word and its clitics, or none."""
    if not _CONTRACTION.search(piece):
        if "'" not in piece:
            return () if _NOT_IN_WORD.search(piece) else (piece,)
        if (word := _WORD_WITH_CLITIC.fullmatch(piece)) and word[1].replace("-", "").replace("'", "").isalpha():
            return (word[1], word[2]) if word[2] else (word[1],)
    # With another word after it, a full stop is not the end of the sentence for the Treebank tokenizer.
    return _filter_words(_treebank.tokenize(f"{piece} x")[:-1])


_words_of_piece = TextCache(_piece_words)


def _filter_words(tokens: Iterable[str]) -> Words:
    return tuple(token for token in tokens if Tokenizer._is_word(token))


def _generic_tokens(text: str) -> list[str]:
    return _GENERIC_WORD.findall(text)


# Equal pairs of characters share one object, because a text has as many pairs as characters.
_shared = TextCache[str, str](lambda pair: pair)


def _unspaced_tokens(text: str) -> list[str]:
    """Returns words, and overlapping pairs of characters in scripts that do not separate words."""
    tokens: list[str] = []
    for word in _GENERIC_WORD.findall(text):
        if _UNSPACED_SCRIPT.search(word) and len(word) > 2:
            tokens.extend(map(_shared.__getitem__, (word[i : i + 2] for i in range(len(word) - 1))))
        else:
            tokens.append(word)
    return tokens


def _stemmer(language_file: Language) -> Callable[[str], str]:
    """Returns Snowball's stemmer if the language file names one, otherwise sumy's, or one that changes nothing."""
    stem: Callable[[str], str]
    if language_file.snowball:
        stem = Snowball(language_file.snowball, 0).stemWord  # without its own cache, which keeps words of any length
    else:
        try:
            stem = Stemmer(language_file.name)
        except LookupError:
            stem = null_stemmer
    return stem
