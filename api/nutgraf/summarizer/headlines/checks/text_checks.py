"""Checks whether the text of a headline is well-formed, in any language: complete, and with paired quotation marks."""

import re

from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.models import HeadlineStyle

MIN_WORDS = 3
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"), ("{", "}"), ("„", "“"))
# Single quotation marks. A mark that closes may also be an apostrophe ("teachers' strike"), one that opens hardly ever.
_OPENS_QUOTE = re.compile(r"(?<![\w'’])['‘](?=[^\W\d]\w)")
_CLOSES_QUOTE = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
# Two sentences without a space between them.
_GLUED = re.compile(r"[a-zà-ÿ][.!?][A-ZÀ-Þ]")
# Remains of an insertion: "The boys were cousins -- playing", "a region ... a lake".
_INSERTED = re.compile(r"(?:--|—| –) ?\S+$|\w (?:\.\.\.|…) ?\w")
# ", s'est-il indigné": nobody knows who.
_INVERTED_PRONOUN = re.compile(r", [^,]*-(?:t-)?(?:il|elle|ils|elles|on)\b")
_ENDS = re.compile(r"[\w%€$£¥.!?…\"'”’»)\]]$")


def well_formed(text: str, language: str, *, title: bool) -> bool:
    """Returns whether a text can be a headline: its ending is complete, and its quotation marks and brackets are paired.

    A text that is not a title must also have MIN_WORDS words.
    """
    tokens = re.findall(r"(?<![\w'’.-])[\w'’.-]*\w", text)
    if (
        not tokens
        or not _ENDS.search(text)
        or _GLUED.search(text)
        or (not title and _INSERTED.search(text))
        or not has_paired_marks(text)
        or has_incomplete_ending(text, language)
    ):
        return False
    return title or (len(tokens) >= MIN_WORDS and not _INVERTED_PRONOUN.search(text))


def has_incomplete_ending(text: str, language: str) -> bool:
    """Returns whether the last word needs another word after it, such as a preposition or an article."""
    if text[-1] in "?!":
        return False
    tokens = re.findall(r"(?<![\w'’.-])[\w'’.-]*\w['’]?", text.lower())
    last = tokens[-1].replace("’", "'") if tokens else ""
    return last in word_classes(language).dangling and not text.rstrip("\"'”’»").split()[-1].isupper()


def has_paired_marks(text: str) -> bool:
    """Returns whether each quotation mark and each bracket has its counterpart."""
    if text.count('"') % 2 or len(_OPENS_QUOTE.findall(text)) > len(_CLOSES_QUOTE.findall(text)):
        return False
    if text.count("„"):
        return text.count("„") == text.count("“") + text.count("”")
    return all(text.count(left) == text.count(right) for left, right in _PAIRS[:-1])


def apply_style(text: str, style: HeadlineStyle, language: str) -> str:
    """Returns the headline as written, or an English one in title case: short function words inside stay in lower case."""
    if style == "sentence" or language != "en":
        return text
    tokens = text.split(" ")
    return " ".join(
        word
        if 0 < index < len(tokens) - 1 and word.lower() in word_classes("en").small_words
        else word[:1].upper() + word[1:]
        for index, word in enumerate(tokens)
    )
