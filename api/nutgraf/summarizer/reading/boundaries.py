"""Finds the ends of the sentences of a paragraph.

Every end mark is a candidate. The language file and the characters around the mark decide first: titles, abbreviations,
ordinals, sections, initials, marks without a space after them. Punkt (Kiss and Strunk 2006, "Unsupervised multilingual
sentence boundary detection") decides only about words that its model takes for abbreviations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nltk.tokenize import PunktTokenizer
from sumy.nlp.tokenizers import Tokenizer

from nutgraf.summarizer.errors import MissingDataError
from nutgraf.summarizer.languages.language import all_languages, common, language, per_language
from nutgraf.summarizer.models import Span
from nutgraf.summarizer.reading.letter_case import is_lowercase
from nutgraf.summarizer.reading.nltk_data import INSTALL_COMMAND
from nutgraf.summarizer.reading.quotations import Quotations
from nutgraf.summarizer.reading.stop_words import stop_words
from nutgraf.summarizer.text_cache import TextCache

# A quotation or bracket is one part of its sentence, unless it is longer or has more ends of sentences inside.
LONGEST_QUOTATION = 400
LONGEST_BRACKET = 300
MAX_INNER_ENDS = 2
# A number with more digits is not an ordinal or, at the beginning of a sentence, not an item number.
ORDINAL_DIGITS = 2
ITEM_DIGITS = 3
# The word before a mark is searched within this many characters.
LONGEST_WORD = 40
# Punkt's models contain longer words that only happened to be followed by full stops in the training text.
LONGEST_ABBREVIATION = 8

_FULL_WIDTH = "。！？｡"
_CLOSERS = "\"'”’»“)\\]）」』*_"
_OPENERS = "\"'“‘«„»‹¿¡([（「『*_–—-•⁃‣"
_DOTTED_ABBREVIATION = re.compile(r"(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}")
_ENUMERATOR = re.compile(r"[^\W\d_]{0,1}\d+(?:[.,]\d+)*|[IVXLC]+|[^\W\d_]")
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[IVXLC]+\b")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
# "2019. 5. 3.": Korean, Hungarian and Czech dates in figures.
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{4}\. ?\d{1,2}\.(?: ?\d{1,2}\.)?")
# Before a unit: "1961 r.", or the last letter of "5 p. m."
_FIGURE_BEFORE = re.compile(r"\d[^\S\n]{1,2}(?:[ap]\.[^\S\n])?$")
_CLITIC = re.compile(r"(['’‘`])(\w{1,2})\s(?=[^\W\d_])")
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|\d{1,2})(?=\s+[\"“«„]?[^\W\d_])")
# A footnote's mark or a link's address in Markdown, after the end mark: it belongs to the sentence.
_REFERENCE = re.compile(r"(?:\[\^\w{1,20}\]|(?:\[\d{1,3}\]){2,9}|[¹²³⁴-⁹⁰]{1,3}|(?<=\])\(https?://[^\s()]{1,400}\))(?=\s|$)")
_INNER_END = re.compile(r"[.!?…]\s+[^\W\d_a-zß-öø-ÿ]")
_BRACKET = re.compile(r"[(（]")
_ITEM = re.compile(r"[•⁃-]?\s?(\(?)(\d{1,2}|[a-zA-Z])(\.\)|[.)])\s")
_WEB = re.compile(r"@|://|www\.|\.(?:com|net|org|de|fr|co|io|uk)\b", re.I)
_COMPOUND_INITIALS = re.compile(r"[^\W\d_]{1,2}\.-[^\W\d_]{1,2}")
# Continues the name of a company: "Volk & Co. Ltd."
_COMPANY = re.compile(r"(?:Ltd|Inc|LLC|LLP|PLC|Plc|plc|Corp|KGaA|KG|OHG|GmbH|AG|S\.A|SA|Pty|Pte|Limited|SE|NV|BV)\b")
# Continues the sentence after a quotation in Japanese and Chinese: "…」と述べた", "…”他说".
_AFTER_QUOTATION = re.compile(r"[とっなのをはがにでもへ]|[\u4e00-\u9fff]{0,6}?(?:说|說|问|問|答|道|表示|称|稱|喊|写道)")
_NAME = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]+\s+){1,3}([^\W\d_]+)")


@per_language
def punkt(model: str, *, abbreviations: bool = True) -> PunktTokenizer:
    """Returns NLTK's Punkt tokenizer for a model, one for each process.

    With `abbreviations`, it also knows those of sumy and of the language file. Raises MissingDataError if the data of the
    model is not installed.
    """
    try:
        tokenizer = PunktTokenizer(model)
    except LookupError as error:
        raise MissingDataError(f"Punkt's data for {model} is missing. Set it up with `{INSTALL_COMMAND}`.") from error
    if abbreviations:
        language_file = next(entry for entry in all_languages() if entry.model == model)
        known = tokenizer._params.abbrev_types
        known.difference_update([word for word in known if len(word) > LONGEST_ABBREVIATION and "." not in word])
        known.update(Tokenizer.LANGUAGE_EXTRA_ABREVS.get(model, ()))
        known.update(language_file.words("sentences", "abbreviations"))
        known.difference_update(language_file.words("sentences", "not_abbreviations"))
    # NLTK stops its own pattern after five seconds of wall time, which includes the work of the caller: a long text on a
    # busy machine would fail. The pattern is linear, so `re`, which has no time limit, can run it.
    period_context = tokenizer._lang_vars.period_context_re()
    tokenizer._lang_vars._re_period_context = re.compile(period_context.pattern, re.UNICODE | re.VERBOSE)
    # The result for "said. The" depends on these two words alone. Punkt needs 20 microseconds for it.
    tokenizer.text_contains_sentbreak = TextCache(tokenizer.text_contains_sentbreak).__getitem__
    return tokenizer


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits paragraphs of one language into sentences. The fields are the entries of the language file.

    `weak_stops` end no sentence in a paragraph that contains one of `full_stops`. `punkt_model` is None in languages
    without one.
    """

    end_marks: re.Pattern[str]
    full_stops: str
    titles: frozenset[str]
    abbreviations: frozenset[str]
    before_numbers: frozenset[str]
    number_abbreviation_endings: tuple[str, ...]
    sections: frozenset[str]
    marked_names: frozenset[str]
    marked_abbreviations: frozenset[str]
    clitics: frozenset[str]
    weak_stops: str
    speech_verbs: frozenset[str]
    openers: frozenset[str]
    ordinals: bool
    punkt_model: PunktTokenizer | None
    punkt_abbreviations: frozenset[str]

    def spans(self, block: str, quoted: Quotations) -> Iterator[Span]:
        """Yields the sentences of a paragraph, without the white space between them. Spans are relative to the paragraph."""
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
        """Yields where each sentence but the last ends, and where the next one begins."""
        enclosed = _Enclosed(block, quoted)
        first_word = _skip_openers(block, start)
        next_items = iter(items)
        item = next(next_items, None)
        weak_stops_end_sentences = not self.full_stops or not any(mark in block for mark in self.full_stops)
        for match in self.end_marks.finditer(block):
            mark_at, end = match.start(), match.end()
            if mark_at < start or self._is_marked_abbreviation(block, mark_at):
                continue
            while item is not None and item <= mark_at:
                yield _end_before(block, item), item
                start, first_word, item = item, _skip_openers(block, item), next(next_items, None)
            enclosing = enclosed.around(mark_at)
            if enclosing is not None:
                if block[end : enclosing.end - 1].strip() and end < enclosing.end:
                    continue
                end = max(end, enclosing.end)
                if block[enclosing.start] in "(（" and enclosing.start > start and block[end : end + 1].isalnum():
                    continue  # a sentence in a bracket that stands inside another sentence: "橋（完成。）は"
            if reference := _REFERENCE.match(block, end):
                end = reference.end()
            following = _next_start(block, end)
            if following == len(block):
                break
            end_mark = match[1]
            if following == end:
                boundary = self._boundary_without_space(block, mark_at, end, end_mark)
                if boundary is None:
                    continue
                end, following = boundary
            elif (end_mark[0] in self.weak_stops and not weak_stops_end_sentences) or not self._is_boundary(
                block, start, first_word, mark_at, end, following, end_mark
            ):
                continue
            yield end, following
            start, first_word = following, _skip_openers(block, following)
        while item is not None:
            yield _end_before(block, item), item
            item = next(next_items, None)

    def _boundary_without_space(self, block: str, mark_at: int, end: int, end_mark: str) -> tuple[int, int] | None:
        """Returns the end of a sentence and the start of the next at a mark without a space after it, or None.

        Such marks are those of scripts without spaces, those before a missing space, and those before a footnote number.
        """
        if end_mark[-1] in _FULL_WIDTH or (end_mark[-1] in self.full_stops and block[end] > "\u0900"):
            quoted = block[end - 1] in "」』”" and _AFTER_QUOTATION.match(block, end) is not None
            return (end, end) if block[end] not in _CLOSERS + "、，,." and not quoted else None
        if mark_at < 2 or not block[mark_at - 1].islower():
            return None
        if end == mark_at + 1 and (footnote := _FOOTNOTE.match(block, end)) and block[mark_at - 3 : mark_at].isalpha():
            return end, _next_start(block, footnote.end())
        opens = block[end].isupper() and block[end + 1 : end + 2].islower()
        word = _word_before(block, mark_at)
        if not opens or len(word) < 3 or len(end_mark) > 2 or word.lower() in self.abbreviations:
            return None
        next_word = block[end : end + LONGEST_WORD].split(None, 1)[0]
        return None if _WEB.search(f"{word}.") or _WEB.search(f".{next_word}") or "." in word else (end, end)

    def _is_marked_abbreviation(self, block: str, mark_at: int) -> bool:
        """Whether a mark is a part of an abbreviation that contains end marks: "។ល។"."""
        return any(
            word in block[max(0, mark_at + 1 - len(word)) : mark_at + len(word)] for word in self.marked_abbreviations
        )

    def _is_boundary(
        self, block: str, start: int, first_word: int, mark_at: int, end: int, following: int, end_mark: str
    ) -> bool:
        next_letter = following
        while next_letter < len(block) - 1 and (block[next_letter] in _OPENERS or block[next_letter].isspace()):
            next_letter += 1
        clitic = _CLITIC.match(block, following) if self.clitics else None
        if clitic and clitic[2] in self.clitics and block[clitic.end()].isupper():
            next_letter = clitic.end()
        opening = block[next_letter]
        if is_lowercase(opening):
            return False
        if end_mark[0] not in ".…":
            return self._after_exclamation(block, mark_at, end, next_letter, end_mark)
        if len(end_mark) > 1 or end_mark == "…":
            return (opening.isupper() or opening.isalpha()) and not block[mark_at - 1 : mark_at].isspace()
        return block[following] in "¿¡" or self._after_stop(block, start, first_word, mark_at, next_letter)

    def _after_exclamation(self, block: str, mark_at: int, end: int, next_letter: int, end_mark: str) -> bool:
        """Whether a sentence ends at "!", "?" or a mark of a script without capitals."""
        if end_mark == "!" and _word_before(block, mark_at) in self.marked_names:
            return False
        if end > mark_at + len(end_mark) and block[end - 1] in "\"'”’»“":
            return not self._names_speaker(block, next_letter)
        return True

    def _names_speaker(self, block: str, next_letter: int) -> bool:
        """Whether the speaker follows a quotation: "Why now?" Ada Marsh asked."""
        name = _NAME.match(block, next_letter, next_letter + 60)
        if name is None or name[1].lower() not in self.speech_verbs:
            return False
        return name[0].split()[0].lower() not in self.openers

    def _after_stop(self, block: str, start: int, first_word: int, mark_at: int, next_letter: int) -> bool:
        """Whether a sentence ends at a full stop before a capital, a figure or another mark."""
        word = _word_before(block, mark_at)
        lower = word.lower()
        if self._is_unit(block, mark_at, word):
            return self._opens_sentence(block, next_letter)
        if lower in self.titles or _COMPOUND_INITIALS.fullmatch(word) or _COMPANY.match(block, next_letter):
            return False
        opening = _NEXT_WORD.match(block, next_letter)
        is_opener = opening is not None and opening[0].lower() in self.openers
        is_figure = block[next_letter].isdigit() or _ROMAN.match(block, next_letter) is not None
        if is_figure and (
            lower in self.before_numbers or lower in self.abbreviations or lower.endswith(self.number_abbreviation_endings)
        ):
            return False
        if _ENUMERATOR.fullmatch(word):
            return self._after_figure(block, start, first_word, mark_at, next_letter, word, is_opener)
        is_opener = is_opener and opening is not None and len(opening[0]) > 1
        if lower in self.abbreviations or _DOTTED_ABBREVIATION.fullmatch(word):
            is_amount = block[next_letter] in "$€£¥" and lower in self.before_numbers  # "approx. $4.5 billion"
            return is_opener or not (block[next_letter].isalnum() or block[next_letter] == "&" or is_amount)
        if self.punkt_model is None or is_opener or lower not in self.punkt_abbreviations or lower in self.openers:
            return True
        return bool(
            self.punkt_model.text_contains_sentbreak(
                f"{word}. {block[next_letter : next_letter + LONGEST_WORD].split(None, 1)[0]}"
            )
        )

    def _is_unit(self, block: str, mark_at: int, word: str) -> bool:
        """Whether a short word is the unit of the figure before it: "1,80 m.", "1961 r.", "50 р.", not the title "M."."""
        if not word.islower() or not (len(word) == 1 or word in self.abbreviations or word in self.titles):
            return False
        word_start = mark_at - len(word)
        return _FIGURE_BEFORE.search(block, max(0, word_start - 6), word_start) is not None

    def _opens_sentence(self, block: str, next_letter: int) -> bool:
        """Whether a capitalized word opens a sentence: a stop word, a question word, or another opener of the language."""
        opening = _NEXT_WORD.match(block, next_letter)
        if opening is None or not block[next_letter].isupper():
            return False
        if len(opening[0]) == 1 and not block[opening.end() + 1 : opening.end() + 2].isalpha():
            return False  # an initial, or "В" in "1898 г. В 1854 году"
        return opening[0].lower() in self.openers

    def _after_figure(
        self, block: str, start: int, first_word: int, mark_at: int, next_letter: int, word: str, is_opener: bool
    ) -> bool:
        """Whether a sentence ends after "3.", "II." or "A.".

        It does not in a date, a section number or a name, nor after the number of an item. `first_word` is where the
        sentence begins, after the marks that open it.
        """
        word_start = mark_at - len(word)
        for date in _NUMERIC_DATE.finditer(block, max(start, word_start - LONGEST_WORD), mark_at + LONGEST_WORD):
            if date.start() < mark_at < date.end():
                return is_opener and mark_at + 1 == date.end()
        if first_word >= word_start:
            return len(word) > ITEM_DIGITS
        before = block[max(start, word_start - LONGEST_WORD) : word_start].split()
        is_first_word = before and first_word >= word_start - len(before[-1]) - 1
        if is_first_word and before[-1].strip(_OPENERS).lower() in self.sections:
            return False
        if word.isalpha():
            return is_opener and word.isupper() and block[next_letter + 1 : next_letter + 2].isalpha()
        if before and before[-1].rstrip(".").lower() in self.before_numbers and before[-1].endswith("."):
            return True
        if self.ordinals and len(word) <= ORDINAL_DIGITS and word.isdigit():
            return is_opener
        return True


@per_language
def splitter(code: str) -> Splitter:
    """Returns the splitter of a language, one for each process.

    Raises MissingDataError if the data of its Punkt model is not installed.
    """
    language_file = language(code)
    punkt_model = punkt(language_file.model) if language_file.model else None
    full_stops = language_file.text("sentences", "full_stops")
    ends = language_file.text("sentences", "ends")
    end_marks = re.escape("".join(dict.fromkeys(f".!?…{_FULL_WIDTH}؟۔{ends}{full_stops}")))

    def words(name: str) -> frozenset[str]:
        return language_file.words("sentences", name)

    return Splitter(
        end_marks=re.compile(rf"([{end_marks}]++(?:\s[.!?](?=\s|$))*)[{_CLOSERS}]*"),
        full_stops=full_stops,
        titles=words("titles") | common().words("sentences", "titles"),
        abbreviations=words("abbreviations"),
        before_numbers=words("before_numbers"),
        number_abbreviation_endings=tuple(words("endings_before_numbers")) or ("\0",),
        sections=words("sections"),
        marked_names=words("marked_names"),
        marked_abbreviations=words("marked_abbreviations"),
        clitics=words("clitics"),
        weak_stops=f".{ends}",
        speech_verbs=words("speech_verbs"),
        openers=(stop_words(code) | language_file.words("discourse", "openers") | words("openers") | words("questions"))
        - words("time_zones"),
        ordinals=bool(language_file.tables.get("sentences", {}).get("ordinals", False)),
        punkt_model=punkt_model,
        punkt_abbreviations=frozenset(punkt_model._params.abbrev_types) if punkt_model else frozenset(),
    )


def _skip_openers(block: str, position: int) -> int:
    """Returns where the first word after the marks at a position begins."""
    while position < len(block) and (block[position] == " " or block[position] in _OPENERS):
        position += 1
    return position


def _end_before(block: str, position: int) -> int:
    """Returns the position without the white space before it."""
    while position and block[position - 1].isspace():
        position -= 1
    return position


def _next_start(block: str, position: int) -> int:
    """Returns where text continues after white space and after ">" at the beginning of a line."""
    while position < len(block) and (
        block[position].isspace() or (block[position] == ">" and block[position - 1] in "\n> ")
    ):
        position += 1
    return position


def _word_before(block: str, mark_at: int) -> str:
    """Returns the word before a mark, without opening marks; the part after an apostrophe if it has one.

    A single letter after an apostrophe is the end of a word: "can't", "Marsh's", but not in "l'U".
    """
    words = block[max(0, mark_at - LONGEST_WORD) : mark_at].split()
    if not words or block[mark_at - 1].isspace():
        return ""
    word = words[-1].lstrip(_OPENERS)
    if "'" not in word and "’" not in word:
        return word
    stem, ending = word.replace("’", "'").rsplit("'", 1)
    return word if len(ending) == 1 and ending.islower() and stem[-1:].isalpha() else ending


class _Enclosed:
    """The quotations and brackets that close in a paragraph and are short enough to be kept in one sentence."""

    def __init__(self, block: str, quoted: Quotations) -> None:
        closed = quoted.spans[:-1] if quoted.open else quoted.spans
        quotations = [
            span
            for span in closed
            if span.end - span.start <= LONGEST_QUOTATION and len(_INNER_END.findall(block, *span)) <= MAX_INNER_ENDS
        ]
        brackets: dict[str, list[Span]] = {"(": [], "（": []}
        for match in _BRACKET.finditer(block):
            closing = block.find(")" if match[0] == "(" else "）", match.end(), match.end() + LONGEST_BRACKET)
            if closing > 0:
                brackets[match[0]].append(Span(match.start(), closing + 1))
        # In each list the starts ascend, and so do the ends.
        self._lists = (quotations, *brackets.values())
        self._next = [0] * len(self._lists)

    def around(self, position: int) -> Span | None:
        """Returns the quotation around a position, else the outermost bracket; None without one. Positions must ascend."""
        found: list[Span | None] = []
        for number, spans in enumerate(self._lists):
            index = self._next[number]
            while index < len(spans) and spans[index].end <= position:
                index += 1
            self._next[number] = index
            found.append(spans[index] if index < len(spans) and spans[index].start < position else None)
        quotation, *brackets = found
        return quotation or min(filter(None, brackets), default=None)


def _item_starts(block: str) -> list[int]:
    """Returns where the items after the first begin in a numbered paragraph: "1. One thing 2. Another"."""
    first_item = _ITEM.match(block)
    if first_item is None:
        return []
    starts: list[int] = []
    label, position = first_item[2], first_item.end()
    while True:
        label = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
        match = re.compile(rf"(?<=\s)[•⁃-]?\s?{re.escape(first_item[1] + label + first_item[3])}(?=\s)").search(
            block, position
        )
        if match is None or not block[position : match.start()].strip():  # two initials: "A. B. Marsh"
            return starts
        starts.append(match.start())
        position = match.end()
