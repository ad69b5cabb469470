"""The slowest known text for each step of a summary: functions from a number of characters to a text.

A text has about the given number of characters.
"""

import itertools
from collections.abc import Callable, Iterable
from random import Random

Text = Callable[[int], str]


def repeated(seed: str, opening: str = "It is said. ") -> Text:
    """Repeats a piece of text, after an opening sentence."""
    return lambda size: opening + (seed * (size // len(seed) + 1))[:size]


def numbered(template: str, joint: str = " ", opening: str = "It is said. ") -> Text:
    """Repeats a piece of text, each time with another number in place of {}."""

    def text(size: int) -> str:
        pieces: list[str] = []
        length = 0
        for number in itertools.count():
            if length >= size:
                return opening + joint.join(pieces)
            pieces.append(template.replace("{}", str(number)))
            length += len(pieces[-1]) + len(joint)
        raise AssertionError

    return text


def prose(words_per_sentence: int = 12, vocabulary: int = 3_000, template: str = "{}.") -> Text:
    """Random sentences of meaningless words, the same for the same size."""

    def text(size: int) -> str:
        random = Random(7)
        words = ["".join(random.choice("bdglmnprst") + random.choice("aeiou") for _ in range(3)) for _ in range(vocabulary)]
        sentences: list[str] = []
        length = 0
        while length < size:
            sentence = " ".join(random.choices(words, k=words_per_sentence)).capitalize()
            sentences.append(template.replace("{}", sentence))
            length += len(sentences[-1]) + 1
        return " ".join(sentences)

    return text


def names(given: bool = True) -> Text:
    """Sentences in which two people meet."""

    def text(size: int) -> str:
        random = Random(7)

        def name() -> str:
            return "".join(random.choice("bdglmnprst") + random.choice("aeiou") for _ in range(3)).capitalize()

        sentences = (
            f"{name() if given else ''} {name()} met {name()} {name()} of the {name()} Council in {name()}.".strip()
            for _ in itertools.count()
        )
        return " ".join(_of_size(sentences, size))

    return text


def _of_size(pieces: Iterable[str], size: int) -> Iterable[str]:
    length = 0
    for piece in pieces:
        if length >= size:
            return
        length += len(piece) + 1
        yield piece


QUOTED: dict[str, Text] = {
    "single marks": repeated(' "‘a"'),
    "double marks": repeated(' "a"'),
    "quotations without an end": repeated(" “a b c"),
    "statements": repeated(" “It is so,” Ada Marsh said."),
    "questions": repeated(' "Why now?" Ada Marsh asked.'),
    "German quotations": repeated(" „a b c“ sagte er."),
    "French quotations": repeated(" « a b c » a déclaré Paul."),
}
BLOCKS: dict[str, Text] = {
    "one-letter paragraphs": repeated("a\n\n"),
    "one-letter sentences in paragraphs": repeated("A.\n\n"),
    "one-letter lines": repeated("A\n"),
    "empty lines": repeated("\n"),
    "list items": repeated("- a\n"),
    "headings": numbered("# Heading {}\n\nThe text is here.", "\n\n"),
    "company headings": repeated("\n\nAbout Alder\n\nAlder Works builds bridges for customers."),
    "contacts": repeated("Contact:\nAda Marsh\n+49 123 456 789\n"),
    "a long headline, then lines": lambda size: "Word" + "a" * (size // 2) + "\n\n" + "Line\n\n" * (size // 12),
    "bylines": repeated("By Ada Marsh\n"),
    "table rows": numbered("Lund {} 3", "\n"),
    "brackets at the end": repeated("A line (AP)\n"),
    "quoted mail": repeated("> a\n"),
}
MARKS: dict[str, Text] = {
    "brackets that open": repeated("("),
    "nested brackets": repeated("((a) "),
    "a bracket and capitals": repeated("[PA"),
    "sentences in brackets": numbered("(The w{} is. Yes)."),
    "sentences in quotations": numbered("“The w{} is. Yes” he"),
    "full-width brackets": repeated("（是。）", opening="是。"),
    "dashes": repeated("— "),
    "hyphens": repeated("a-"),
    "commas": repeated(", a"),
    "initials": repeated("A. B. "),
    "enumerated words": numbered("{}. Word here"),
    "marks, then enumerators": lambda size: "It is. " + "(" * (size // 2) + "1. A " * (size // 10),
    "end marks": repeated("! "),
    "dots": repeated("."),
    "abbreviations": repeated("Mr. "),
    "German ordinals": repeated("3. "),
    "footnotes": repeated("ab.1 The "),
    "apostrophes": repeated("'a' "),
    "one word": repeated("x"),
    "one word of accents": repeated("a\u0301"),
    "addresses": repeated("http://a"),
    "numbers": repeated("1,"),
}
TAGS: dict[str, Text] = {
    "empty elements": repeated("<b></b>"),
    "links": repeated("<a href=x>a</a> "),
    "inline elements": repeated("<span>It rains</span> "),
    "headlines": repeated("<h2>It rains</h2>"),
    "cells": repeated("<td>It rains"),
}
SCRIPTS: dict[str, tuple[str, Text]] = {
    "zh, one character": ("zh", repeated("中", "是。")),
    "zh, words": ("zh", repeated("中文-", "是。")),
    "ja, words": ("ja", repeated("東京都-", "雨。")),
    "ja, one character": ("ja", repeated("あ", "雨。")),
    "th, one character": ("th", repeated("ก", "")),
    "th, words": ("th", repeated("ประเทศไทย ", "")),
    "ar, words": ("ar", repeated("قال ", "")),
    "ar, questions": ("ar", repeated("؟ ا", "")),
    "hi, sentences": ("hi", repeated("क। ", "")),
    "ru, abbreviations": ("ru", repeated("г. ", "")),
}
SENTENCES: dict[str, tuple[str, Text]] = {
    "prose": ("en", prose()),
    "prose of few words": ("en", prose(12, 40)),
    "short sentences": ("en", prose(3, 300)),
    "short sentences without a verb": ("en", numbered("Two sailors of Hull {} in the port of Alder.")),
    "names": ("en", names()),
    "surnames": ("en", names(given=False)),
    "one sentence of very": ("en", repeated("very ")),
    "one sentence of phrases": ("en", repeated(" of big cats", "It is said. The house")),
    "one sentence of names": ("en", repeated("Ada Marsh, ")),
    "one sentence of clauses": ("fr", repeated(", qui dort", "Il pleut. Le chat")),
    "one sentence of French names": ("fr", repeated(" de Paul", "Il pleut. Le chat")),
    "one sentence of German clauses": ("de", repeated(", die schläft", "Es regnet. Die Katze")),
    "one sentence of Spanish phrases": ("es", repeated(" de la ciudad", "Llueve. El gato")),
    "one sentence of Portuguese clauses": ("pt", repeated(", que dorme", "Chove. O gato")),
    "one sentence of figures": ("en", repeated("12 people and ")),
    "one sentence of numerals": ("en", repeated("two hundred ")),
    "one sentence of days": ("en", repeated("on Monday ")),
    "figures": ("en", numbered("At least {} people were killed in the fire in Alder.")),
    "dated figures": ("en", numbered("The mayor said {} people were killed in the fire on Monday, Jan. {}.")),
    "short questions": ("en", repeated("Why so, he said? ")),
    "pronouns": ("en", repeated("He told them that he had seen the team. ")),
    "the same sentence": ("en", repeated("The mayor of Alder said that 12 people were killed. ")),
    "speech": ("en", prose(8, 500, "“{},” Ada Marsh said.")),
}
