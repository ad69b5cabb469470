"""Paragraph -> where its sentences end.

Every end mark is a candidate. What Punkt cannot know is told first, by the language's file and by what stands around the
mark: titles, abbreviations, ordinals, sections, initials, marks without a space behind them. Punkt (Kiss and Strunk 2006,
"Unsupervised multilingual sentence boundary detection") is asked about the words that its model takes for abbreviations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nltk.tokenize import PunktTokenizer
from sumy.nlp.tokenizers import Tokenizer

from nutgraf.summarizer.errors import MissingDataError
from nutgraf.summarizer.languages.language import common, language, languages
from nutgraf.summarizer.models import Span
from nutgraf.summarizer.reading.letters import is_lowercase
from nutgraf.summarizer.reading.nltk_data import INSTALL_COMMAND
from nutgraf.summarizer.reading.quotations import Quotations
from nutgraf.summarizer.reading.stop_words import stop_words

# Boundaries remembered by a process, each some two hundred bytes.
REMEMBERED_CONTEXTS = 50_000
# A quotation or bracket of more than so many characters, or ends of sentences inside, is an argument of its own: its
# sentences stand alone.
LONGEST_QUOTATION = 400
LONGEST_BRACKET = 300
MOST_INNER_ENDS = 2
# A figure with more digits is no ordinal, and one at the head of a sentence no number of an item.
ORDINAL_DIGITS = 2
ITEM_DIGITS = 3
# A word before a mark is looked for in so many characters.
LONGEST_WORD = 40
# Punkt's models contain longer words that only happened to be followed by full stops in the training text.
LONGEST_ABBREVIATION = 8

_FULL_WIDTH = "。！？｡"
_CLOSERS = "\"'”’»“)\\]）」』*_"
_OPENERS = "\"'“‘«„»‹¿¡([（「『*_–—-•⁃‣"
_INNER_STOPS = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")
_FIGURE = re.compile(r"[^\W\d_]{0,1}\d+(?:[.,]\d+)*|[IVXLC]+|[^\W\d_]")
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[IVXLC]+\b")
_SPACED_STOPS = re.compile(r"(?:\s\.)+")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
# "2019. 5. 3.": Korean, Hungarian and Czech dates in figures.
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{4}\. ?\d{1,2}\.(?: ?\d{1,2}\.)?")
_FIGURE_BEFORE = re.compile(r"\d[^\S\n]{1,2}$")
_CLITIC = re.compile(r"(['’‘`])(\w{1,2})\s(?=[^\W\d_])")
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|\d{1,2})(?=\s+[\"“«„]?[^\W\d_])")
# A footnote's mark or a link's address in Markdown, after the end mark: it belongs to the sentence.
_REFERENCE = re.compile(r"(?:\[\^\w{1,20}\]|[¹²³⁴-⁹⁰]{1,3}|(?<=\])\(https?://[^\s()]{1,400}\))(?=\s|$)")
_INNER_END = re.compile(r"[.!?…]\s+[^\W\d_a-zß-öø-ÿ]")
_BRACKET = re.compile(r"[(（]")
_ITEM = re.compile(r"[•⁃-]?\s?(\(?)(\d{1,2}|[a-zA-Z])(\.\)|[.)])\s")
_WEB = re.compile(r"@|://|www\.|\.(?:com|net|org|de|fr|co|io|uk)\b", re.I)
_COMPOUND_INITIALS = re.compile(r"[^\W\d_]{1,2}\.-[^\W\d_]{1,2}")
# Goes on with the name of a company: "Volk & Co. Ltd."
_COMPANY = re.compile(r"(?:Ltd|Inc|LLC|LLP|PLC|Plc|plc|Corp|KGaA|KG|OHG|GmbH|AG|S\.A|SA|Pty|Pte|Limited|SE|NV|BV)\b")
# What goes on after a quotation in Japanese and Chinese: "…」と述べた", "…”他说".
_GOES_ON = re.compile(r"[とっなのをはがにでもへ]|[\u4e00-\u9fff]{0,6}?(?:说|說|问|問|答|道|表示|称|稱|喊|写道)")
_NAME = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]+\s+){1,3}([^\W\d_]+)")


@cache
def punkt(model: str, *, abbreviations: bool = True) -> PunktTokenizer:
    """NLTK's Punkt, with sumy's abbreviations and the language file's unless told otherwise; one for each model and process.

    Raises MissingDataError where the model's data is not installed.
    """
    try:
        tokenizer = PunktTokenizer(model)
    except LookupError as error:
        raise MissingDataError(f"Punkt's data for {model} is missing. Set it up with `{INSTALL_COMMAND}`.") from error
    if abbreviations:
        of_language = next(each for each in languages() if each.model == model)
        known = tokenizer._params.abbrev_types
        known.difference_update([word for word in known if len(word) > LONGEST_ABBREVIATION and "." not in word])
        known.update(Tokenizer.LANGUAGE_EXTRA_ABREVS.get(model, ()))
        known.update(of_language.words("sentences", "abbreviations"))
        known.difference_update(of_language.words("sentences", "not_abbreviations"))
    # NLTK gives its own pattern five seconds of wall time, the caller's work included: a long text on a busy machine
    # would fail. The pattern is linear, and `re` knows no clock.
    period_context = tokenizer._lang_vars.period_context_re()
    tokenizer._lang_vars._re_period_context = re.compile(period_context.pattern, re.UNICODE | re.VERBOSE)
    # Whether a sentence ends in "said. The" depends on these two words alone, and takes Punkt 20 microseconds.
    tokenizer.text_contains_sentbreak = lru_cache(REMEMBERED_CONTEXTS)(tokenizer.text_contains_sentbreak)
    return tokenizer


@dataclass(frozen=True, slots=True)
class Splitter:
    """Where sentences of one language end; `splitter` makes it."""

    marks: re.Pattern[str]
    full_stops: str
    titles: frozenset[str]
    abbreviations: frozenset[str]
    before_numbers: frozenset[str]
    endings: tuple[str, ...]
    sections: frozenset[str]
    marked_names: frozenset[str]
    marked_abbreviations: frozenset[str]
    clitics: frozenset[str]
    weak_stops: str
    speech_verbs: frozenset[str]
    openers: frozenset[str]
    ordinals: bool
    model: PunktTokenizer | None
    known_abbreviations: frozenset[str]

    def spans(self, block: str, quoted: Quotations) -> Iterator[Span]:
        """The sentences of a paragraph, without white space between them."""
        start = len(block) - len(block.lstrip())
        items = _item_starts(block) if block[start : start + 4].strip("•⁃- (")[:1].isalnum() else []
        for end, following in self._boundaries(block, start, quoted, items):
            if end > start:
                yield Span(start, end)
            start = following
        end = len(block.rstrip())
        if end > start:
            yield Span(start, end)

    def _boundaries(self, block: str, start: int, quoted: Quotations, items: list[int]) -> Iterator[tuple[int, int]]:
        """Where each sentence but the last ends, and where the next begins."""
        enclosed = _enclosed(block, quoted)
        own = not self.full_stops or not any(mark in block for mark in self.full_stops)
        for match in self.marks.finditer(block):
            mark_at, end = match.start(), match.end()
            if mark_at < start or self._is_marked_abbreviation(block, mark_at):
                continue
            while items and items[0] <= mark_at:
                yield len(block[: items[0]].rstrip()), items[0]
                start = items.pop(0)
            around = next((span for span in enclosed if span.start < mark_at < span.end), None)
            if around is not None:
                if block[end : around.end - 1].strip() and end < around.end:
                    continue
                end = max(end, around.end)
                if block[around.start] in "(（" and around.start > start and block[end : end + 1].isalnum():
                    continue  # a sentence in a bracket that stands inside another sentence: "橋（完成。）は"
            if reference := _REFERENCE.match(block, end):
                end = reference.end()
            following = _next_start(block, end)
            if following == len(block):
                break
            stop = match[1]
            if following == end:
                boundary = self._without_space(block, mark_at, end, stop)
                if boundary is None:
                    continue
                end, following = boundary
            elif (stop[0] in self.weak_stops and not own) or not self._is_boundary(
                block, start, mark_at, end, following, stop
            ):
                continue
            yield end, following
            start = following
        for at in items:
            yield len(block[:at].rstrip()), at

    def _without_space(self, block: str, at: int, end: int, stop: str) -> tuple[int, int] | None:
        """The boundary at a mark that no space follows: of a script without spaces, a lost space, a footnote's number."""
        if stop[-1] in _FULL_WIDTH or (stop[-1] in self.full_stops and block[end] > "\u0900"):
            quoted = block[end - 1] in "」』”" and _GOES_ON.match(block, end) is not None
            return (end, end) if block[end] not in _CLOSERS + "、，,." and not quoted else None
        if at < 2 or not block[at - 1].islower():
            return None
        if end == at + 1 and (footnote := _FOOTNOTE.match(block, end)) and block[at - 3 : at].isalpha():
            return end, _next_start(block, footnote.end())
        opens = block[end].isupper() and block[end + 1 : end + 2].islower()
        word = _word_before(block, at)
        if not opens or len(word) < 3 or len(stop) > 2 or word.lower() in self.abbreviations:
            return None
        behind = block[end : end + LONGEST_WORD].split(None, 1)[0]
        return None if _WEB.search(f"{word}.") or _WEB.search(f".{behind}") or "." in word else (end, end)

    def _is_marked_abbreviation(self, block: str, at: int) -> bool:
        """Whether a mark is a part of an abbreviation that contains end marks: "។ល។"."""
        return any(word in block[max(0, at + 1 - len(word)) : at + len(word)] for word in self.marked_abbreviations)

    def _is_boundary(self, block: str, start: int, at: int, end: int, following: int, stop: str) -> bool:
        first = following
        while first < len(block) - 1 and (block[first] in _OPENERS or block[first].isspace()):
            first += 1
        clitic = _CLITIC.match(block, following) if self.clitics else None
        if clitic and clitic[2] in self.clitics and block[clitic.end()].isupper():
            first = clitic.end()
        opening = block[first]
        if is_lowercase(opening):
            return False
        if stop[0] not in ".…":
            return self._after_exclamation(block, at, end, first, stop)
        if len(stop) > 1 or stop == "…":
            return (opening.isupper() or opening.isalpha()) and not block[at - 1 : at].isspace()
        return block[following] in "¿¡" or self._after_stop(block, start, at, first)

    def _after_exclamation(self, block: str, at: int, end: int, first: int, stop: str) -> bool:
        """After "!", "?" and the marks of scripts without capitals."""
        if stop == "!" and _word_before(block, at) in self.marked_names:
            return False
        if end > at + len(stop) and block[end - 1] in "\"'”’»“":
            return not self._names_speaker(block, first)
        return True

    def _names_speaker(self, block: str, first: int) -> bool:
        """Whether a quotation goes on with who said it: "Why now?" Ada Marsh asked."""
        name = _NAME.match(block, first, first + 60)
        if name is None or name[1].lower() not in self.speech_verbs:
            return False
        return name[0].split()[0].lower() not in self.openers

    def _after_stop(self, block: str, start: int, at: int, first: int) -> bool:
        """After a full stop and a space, before what begins with a capital, a figure or another mark."""
        word = _word_before(block, at)
        lower = word.lower()
        if self._is_unit(block, at, word):
            return self._opens_sentence(block, first)
        if lower in self.titles or _COMPOUND_INITIALS.fullmatch(word) or _COMPANY.match(block, first):
            return False
        opening = _NEXT_WORD.match(block, first)
        opener = opening is not None and opening[0].lower() in self.openers
        figure = block[first].isdigit() or _ROMAN.match(block, first) is not None
        if figure and (lower in self.before_numbers or lower in self.abbreviations or lower.endswith(self.endings)):
            return False
        if _FIGURE.fullmatch(word):
            return self._after_figure(block, start, at, first, word, opener)
        opener = opener and opening is not None and len(opening[0]) > 1
        if lower in self.abbreviations or _INNER_STOPS.fullmatch(word):
            return opener or not (block[first].isalnum() or block[first] in "&")
        if self.model is None or opener or lower not in self.known_abbreviations or lower in self.openers:
            return True
        return bool(self.model.text_contains_sentbreak(f"{word}. {block[first : first + LONGEST_WORD].split(None, 1)[0]}"))

    def _is_unit(self, block: str, at: int, word: str) -> bool:
        """Whether a short word is the unit of the figure before it: "1,80 m.", "1961 r.", "50 р.", not "M. Le Pont"."""
        if not word.islower() or not (len(word) == 1 or word in self.abbreviations or word in self.titles):
            return False
        begin = at - len(word)
        return _FIGURE_BEFORE.search(block, max(0, begin - 3), begin) is not None

    def _opens_sentence(self, block: str, first: int) -> bool:
        """Whether a capitalized word opens a sentence: a function word, or an abbreviation such as "See" or "Cf."."""
        opening = _NEXT_WORD.match(block, first)
        if opening is None or not block[first].isupper():
            return False
        lower = opening[0].lower()
        if lower in self.openers and len(lower) > 1:
            return True
        return block[opening.end() : opening.end() + 1] == "." and lower in self.abbreviations - self.titles

    def _after_figure(self, block: str, start: int, at: int, first: int, word: str, opener: bool) -> bool:
        """After "3.", "II." and "A.": not in a date, a section's number, a name or at the head of an item."""
        begins = at - len(word)
        for date in _NUMERIC_DATE.finditer(block, max(start, begins - LONGEST_WORD), at + LONGEST_WORD):
            if date.start() < at < date.end():
                return opener and at + 1 == date.end()
        if not block[start:begins].strip(_OPENERS + " "):
            return len(word) > ITEM_DIGITS
        before = block[max(start, begins - LONGEST_WORD) : begins].split()
        heads = before and not block[start : begins - len(before[-1]) - 1].strip(_OPENERS + " ")
        if heads and before[-1].strip(_OPENERS).lower() in self.sections:
            return False
        if word.isalpha():
            return opener and word.isupper() and block[first + 1 : first + 2].isalpha()
        if before and before[-1].rstrip(".").lower() in self.before_numbers and before[-1].endswith("."):
            return True
        if self.ordinals and len(word) <= ORDINAL_DIGITS and word.isdigit():
            return opener
        return True


@cache
def splitter(code: str) -> Splitter:
    """The splitter of a language, one for each process.

    Raises MissingDataError where the data of its Punkt model is not installed.
    """
    of_language = language(code)
    model = punkt(of_language.model) if of_language.model else None
    full_stops = of_language.text("sentences", "full_stops")
    ends = of_language.text("sentences", "ends")
    marks = re.escape("".join(dict.fromkeys(f".!?…{_FULL_WIDTH}؟۔{ends}{full_stops}")))

    def words(name: str) -> frozenset[str]:
        return of_language.words("sentences", name)

    return Splitter(
        marks=re.compile(rf"((?:[{marks}](?:\s[.!?](?=\s|$))*)+)[{_CLOSERS}]*"),
        full_stops=full_stops,
        titles=words("titles") | common().words("sentences", "titles"),
        abbreviations=words("abbreviations"),
        before_numbers=words("before_numbers"),
        endings=tuple(words("endings_before_numbers")) or ("\0",),
        sections=words("sections"),
        marked_names=words("marked_names"),
        marked_abbreviations=words("marked_abbreviations"),
        clitics=words("clitics"),
        weak_stops=f".{ends}",
        speech_verbs=words("speech_verbs"),
        openers=stop_words(code) | of_language.words("discourse", "openers") | words("openers") | words("questions"),
        ordinals=bool(of_language.tables.get("sentences", {}).get("ordinals", False)),
        model=model,
        known_abbreviations=frozenset(model._params.abbrev_types) if model else frozenset(),
    )


def _next_start(block: str, at: int) -> int:
    """Where text goes on after white space, and after the marks of a citation at the head of a line."""
    while at < len(block) and (block[at].isspace() or (block[at] == ">" and block[at - 1] in "\n> ")):
        at += 1
    return at


def _word_before(block: str, at: int) -> str:
    """The word that ends at a mark, without the marks before it."""
    words = block[max(0, at - LONGEST_WORD) : at].split()
    if not words or block[at - 1].isspace():
        return ""
    word = words[-1].lstrip(_OPENERS)
    return word if "'" not in word and "’" not in word else word.replace("’", "'").rsplit("'", 1)[1]


def _enclosed(block: str, quoted: Quotations) -> list[Span]:
    """Quotations and brackets that close in the paragraph and are short enough to be kept whole."""
    whole = quoted.spans[:-1] if quoted.open else quoted.spans
    spans = [
        span
        for span in whole
        if span.end - span.start <= LONGEST_QUOTATION and len(_INNER_END.findall(block, *span)) <= MOST_INNER_ENDS
    ]
    for match in _BRACKET.finditer(block):
        closing = block.find(")" if match[0] == "(" else "）", match.end(), match.end() + LONGEST_BRACKET)
        if closing > 0:
            spans.append(Span(match.start(), closing + 1))
    return spans


def _item_starts(block: str) -> list[int]:
    """Where the items after the first begin, in a paragraph that numbers them: "1. One thing 2. Another"."""
    first = _ITEM.match(block)
    if first is None:
        return []
    starts: list[int] = []
    label, at = first[2], first.end()
    while True:
        label = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
        found = re.compile(rf"(?<=\s)[•⁃-]?\s?{re.escape(first[1] + label + first[3])}(?=\s)").search(block, at)
        if found is None or not block[at : found.start()].strip():  # two initials: "A. B. Marsh"
            return starts
        starts.append(found.start())
        at = found.end()
