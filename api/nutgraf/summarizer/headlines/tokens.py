"""A sentence -> tokens with their places, and for English with parts of speech.

The tagger is the pattern tagger that TextBlob carries: a lexicon of 94,000 words and Brill's rules (Brill 1992, "A simple
rule-based part of speech tagger"), 10 microseconds per sentence. Its usual errors on news are corrected here: auxiliaries,
contractions, names and figures by tables and spelling, participles by the words before them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textblob.en import parser

from nutgraf.summarizer.headlines.word_classes import ARTICLES, BE, CONTRACTIONS, DO, HAVE, MODALS

_TOKEN = re.compile(
    r"(?:[A-Za-zÀ-ÿ]\.){2,}(?:'s)?"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Rep|Gen|Col|Lt|Sgt|Capt|Rev|Jr|Sr|Inc|Corp|Co|No|Maj|Adm|Prof|Pres)\.(?=\s)"
    r"|[$€£¥]?\d+(?:[.,:]\d+)*(?:-[A-Za-z]+)*(?:%|\w+)?"
    r"|[^\W_]+(?:['’\-‑&./][^\W_]+)*(?:['’](?=\s))?"
    r"|--+|[^\w\s]"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENING, _CLOSING = frozenset("“«„"), frozenset("”»")
_MENDED_AFTER = frozenset({"VBD", "VBN"})
_FORMS = {
    "is": "VBZ", "isn't": "VBZ", "has": "VBZ", "hasn't": "VBZ", "does": "VBZ", "doesn't": "VBZ",
    "are": "VBP", "aren't": "VBP", "am": "VBP", "have": "VBP", "haven't": "VBP", "do": "VBP", "don't": "VBP",
    "was": "VBD", "wasn't": "VBD", "were": "VBD", "weren't": "VBD", "had": "VBD", "hadn't": "VBD",
    "did": "VBD", "didn't": "VBD",
    "be": "VB", "been": "VBN", "being": "VBG", "having": "VBG", "said": "VBD", "says": "VBZ", "told": "VBD",
    "who": "WP", "which": "WDT", "whose": "WP$", "whom": "WP", "where": "WRB", "when": "WRB", "that": "IN",
}  # fmt: skip
AUXILIARIES = BE | HAVE | DO | MODALS


class Token(NamedTuple):
    """A word or mark; `lower` has plain apostrophes, `tag` is Penn Treebank's ("" where none was asked for)."""

    text: str
    lower: str
    start: int
    end: int
    quoted: bool
    is_word: bool
    tag: str = ""


def tokens(text: str) -> list[Token]:
    """Returns the tokens of a sentence without tags; `quoted` is true between quotation marks, and for the marks."""
    result: list[Token] = []
    depth = 0
    straight = False
    for match in _TOKEN.finditer(text):
        mark = match[0]
        start, end = match.span()
        is_word = mark[0].isalnum() or mark[-1].isalnum()
        quoted = straight or depth > 0
        if not is_word:
            if mark == '"':
                straight, quoted = not straight, True
            elif mark in _OPENING:
                depth, quoted = depth + 1, True
            elif mark in _CLOSING:
                depth, quoted = max(0, depth - 1), True
        lower = mark.lower()
        result.append(Token(mark, lower.replace("’", "'") if "’" in lower else lower, start, end, quoted, is_word))
    return result


def tagged(plain: Sequence[Token]) -> list[Token]:
    """Returns the tokens of an English sentence with their parts of speech, with frequent errors of the tagger corrected."""
    words = [_POSSESSIVE.sub("", text) or text if "'" in text or "’" in text else text for text, *_ in plain]
    tags = [tag for _, tag in parser.find_tags(words)]
    for index in range(len(plain)):
        tags[index] = _mended(plain, tags, index)
    return [Token(*token[:-1], tag) for token, tag in zip(plain, tags, strict=True)]


def _mended(plain: Sequence[Token], tags: Sequence[str], index: int) -> str:
    token, tag = plain[index], tags[index]
    before = index - 1
    while before >= 0 and tags[before] == "RB":
        before -= 1
    previous = plain[before].lower if before >= 0 else ""
    previous_tag = tags[before] if before >= 0 else ""
    if not token.is_word:
        return "."
    if token.text[0].isdigit() or token.text[0] in "$€£¥":
        return "CD" if "-" not in token.text else "JJ"
    if token.lower in MODALS and not (token.text[0].isupper() and index) and previous not in ARTICLES:
        return "MD"
    if token.lower in _FORMS:
        return _FORMS[token.lower]
    if token.lower in CONTRACTIONS:
        return "VBZ"
    if (
        token.lower in ("as", "at", "up", "more")
        and index == 0
        and len(plain) > 2
        and plain[1].lower in ("many", "least", "to", "than")
    ):
        return "JJ"
    if token.lower.endswith(("'s", "s'")):
        return "NNP" if token.text[0].isupper() else "NN"
    if index and token.text[0].isupper() and plain[index - 1].lower not in ('"', "“", "‘", ":"):
        return "NNPS" if tag == "NNPS" else "NNP"
    if tag in _MENDED_AFTER:
        if previous in BE or previous in HAVE:
            return "VBN"
        return _participle_or_past(plain, tags, index, previous_tag)
    if (
        tag == "VBG"
        and previous in ARTICLES
        and index + 1 < len(plain)
        and plain[index + 1].is_word
        and tags[index + 1].startswith(("NN", "JJ"))
    ):
        return "JJ"
    if tag == "VB" and previous_tag in ("NNS", "NNPS", "PRP") and previous != "to":
        return "VBP"
    if tag in ("VBZ", "VBP") and (previous in ARTICLES or previous_tag in ("PRP$", "JJ", "IN", "POS")):
        return "NNS" if tag == "VBZ" else "NN"
    if (
        tag == "NNS"
        and previous_tag in ("NNP", "NN")
        and index + 1 < len(plain)
        and _opens_object(plain[index + 1], tags[index + 1])
    ):
        return "VBZ"
    return tag


def _participle_or_past(plain: Sequence[Token], tags: Sequence[str], index: int, previous_tag: str) -> str:
    """Past after its subject and before its object; a participle before "by", and after a noun before other prepositions."""
    follows = plain[index + 1] if index + 1 < len(plain) else None
    if previous_tag in ("PRP", "WP", "WDT"):
        return "VBD"
    if previous_tag in ("DT", "PRP$", "JJ", "IN"):
        return "VBN"
    if follows is not None and (follows.lower == "by"):
        return "VBN"
    after_aside = index > 0 and plain[index - 1].text == ","
    if follows is not None and (previous_tag.startswith("NN") or after_aside) and _opens_object(follows, tags[index + 1]):
        return "VBD"
    return tags[index]


def _opens_object(token: Token, tag: str) -> bool:
    return tag in ("DT", "PRP$", "CD", "PRP") or (token.text[0].isupper() and token.is_word)


def joined(phrase: Sequence[Token], text: str) -> str:
    """Returns the phrase as text, with the sentence's spacing, one space for omitted words, and a capital first letter."""
    parts = [phrase[0].text]
    for before, token in pairwise(phrase):
        adjacent = before.end == token.start
        parts.append(token.text if adjacent or token.text in ",.;:)]}”" else f" {token.text}")
    together = "".join(parts).rstrip(" ,;:-–—")
    return together[:1].upper() + together[1:]


def room(phrase: Sequence[Token]) -> int:
    """Returns the minimum number of characters of the phrase, including spaces between words."""
    return sum([len(token.text) + token.is_word for token in phrase]) - 1
