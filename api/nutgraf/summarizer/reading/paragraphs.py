"""Splits text into paragraphs, and ignores line breaks that only wrap the text.

Wires (ANPA 1312, IPTC 7901), e-mail, PDF and terminals break lines at 35 to 80 columns and mark paragraphs by an indent
or an empty line. Web pages have one line for each paragraph. A break is inside a paragraph if the next word would not
have fitted on the line, if the next line begins in lower case, or if the line ends with a word that cannot end a
sentence.
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from nutgraf.summarizer.models import Span
from nutgraf.summarizer.reading.datelines import AGENCY
from nutgraf.summarizer.reading.letter_case import is_lowercase

# Lines are wrapped near these widths.
NARROWEST, WIDEST = 30, 100
# Tables and addresses in wrapped text may be wider: one line in twenty may be longer than the width.
LONGER_LINES = 20
# The first line of a paragraph is indented by at least this many columns.
INDENT = 2
# Text is wrapped if more than this share of the lines that do not end a sentence certainly continue on the next line.
CONTINUED_SHARE = 0.3
# Longer words, such as web addresses, are cut to this length when the width of a line is compared.
LONGEST_WORD = 20

_CLOSERS = "\"'”’»」』）)\\]›*_"
ENDS_AS_SENTENCE = re.compile(rf"[.!?…。！？؟۔।॥։።៕။][{_CLOSERS}\s]*$")
# White space, control characters and invisible characters, which are stripped from the ends of a line.
_INVISIBLE_CHARACTERS = (
    "".join(map(chr, range(33))) + "\x7f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# Marks before the text of a line: ">" of e-mail, bullets, "#" of Markdown headings.
_QUOTE_MARKS = re.compile(r"(?:>[^\S\n]?)+\s*")
_BULLET = re.compile(r"[•‣◦▪●■○–*+·-]\s+(?=[^\W\d_]|[\"'“‘«„¿¡*_])|\#{1,6}\s+(?=[^\s#])|[•‣◦▪●■](?=[^\W\d_])")
_LINE_END = re.compile(r"[ \t]{0,40}[\n\r]\s*(?:>\s?)*")
# The last words of a sentence on a line of their own: "… told / Reuters.", "… by / Sept. 30.", "… am / 3. Mai."
_LAST_WORDS_OF_SENTENCE = re.compile(r"[^\s:()\[\]©]{1,20}(?: [^\s:()\[\]©]{1,20}){0,2}(?<=[\w%])\.")
_AGENCY_IN_SENTENCE = re.compile(rf"(?:{AGENCY})(?:[.,]?(?=\s+[a-zß-öø-ÿ])|[.,](?=\s))")
_NUMBER_OF = re.compile(r"(?<!\w)([^\W\d_]{1,6}\.) \d{1,4}$")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+(?=(\S))")
_STARTS_ITEM = re.compile(r"[•‣◦▪●■○⁃]\s*\S|[*+·–-]\s+(?![a-zß-öø-ÿ])\S|\(?\d{1,2}[.)]\s|\(?[a-zA-Z]\)\s")


class Paragraph(NamedTuple):
    """A paragraph, without the mark before it.

    `is_heading` is set by the "#" of Markdown, `is_quoted` by the ">" of a block quotation. `after_blank` and
    `before_blank` say whether an empty line, or the start or end of the text, is next to it.
    """

    span: Span
    is_list_item: bool
    is_heading: bool
    is_quoted: bool
    after_blank: bool
    before_blank: bool


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    is_quoted: bool
    after_blank: bool


def paragraphs(
    text: str, continuing_words: Set[str] = frozenset(), headings: re.Pattern[str] | None = None
) -> list[Paragraph]:
    """Returns the paragraphs of a text, in order. They contain all characters but white space and the marks before lines.

    A line that ends with one of `continuing_words`, which are in lower case, continues on the next line. Abbreviations in
    them have their full stop: "sept." continues before a figure, "mrs. A" before a name. A line that matches `headings`
    as a whole is never joined with the line below it.
    """
    lines = list(_lines(text))
    groups = _group_lines(text, lines, continuing_words, headings)
    result: list[Paragraph] = []
    for index, (first, last) in enumerate(groups):
        with_mark = Span(lines[first].start, lines[last].end)
        span, mark = _without_mark(text, with_mark)
        is_list_item = mark != "#" if mark else _STARTS_ITEM.match(text, *with_mark) is not None
        following = groups[index + 1][0] if index + 1 < len(groups) else None
        before_blank = following is None or lines[following].after_blank
        result.append(
            Paragraph(span, is_list_item, mark == "#", lines[first].is_quoted, lines[first].after_blank, before_blank)
        )
    return result


def on_one_line(text: str) -> str:
    """Returns a sentence on one line: each line end becomes one space, together with the indent or ">" of the next line."""
    return _LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text


def _lines(text: str) -> Iterator[_Line]:
    """Yields the lines that are not empty, without white space at their ends and without ">" marks."""
    offset, after_blank = 0, True
    for line in text.splitlines(keepends=True):
        stripped = line.lstrip(_INVISIBLE_CHARACTERS)
        start, end = offset + len(line) - len(stripped), offset + len(line.rstrip(_INVISIBLE_CHARACTERS))
        indent = start - offset
        offset += len(line)
        quote_marks = _QUOTE_MARKS.match(text, start, end) if stripped[:1] == ">" else None
        if quote_marks and quote_marks.end() < end:
            start, indent = quote_marks.end(), indent + quote_marks.end() - start
        if end > start and not (quote_marks and quote_marks.end() >= end):
            yield _Line(start, end, indent, quote_marks is not None, after_blank)
            after_blank = line[-1] == "\u2029"
        else:
            after_blank = True


def _group_lines(
    text: str, lines: Sequence[_Line], continuing_words: Set[str], headings: re.Pattern[str] | None
) -> list[tuple[int, int]]:
    """Returns the first and last line of each paragraph, as positions in `lines`."""
    if not lines:
        return []
    joiner = _LineJoiner(text, lines, continuing_words, headings)
    groups: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(lines)):
        if not joiner.continues_paragraph(first, index):
            groups.append((first, index - 1))
            first = index
    groups.append((first, len(lines) - 1))
    return groups


class _LineJoiner:
    """Decides which line breaks are inside a paragraph, from the widths and indents of all lines of the text."""

    def __init__(
        self, text: str, lines: Sequence[_Line], continuing_words: Set[str], headings: re.Pattern[str] | None
    ) -> None:
        self._text, self._lines, self._continuing_words, self._heading_pattern = text, lines, continuing_words, headings
        widths = sorted(line.end - line.start for line in lines)
        self._width = widths[len(widths) - 1 - len(widths) // LONGER_LINES]
        self._numbers = {int(match[1]) for line in lines if (match := _NUMBERED.match(text, line.start, line.end))}
        self._margin = min(line.indent for line in lines)
        self._indented = self._is_indented()
        self._wrapped = NARROWEST <= self._width <= WIDEST and (self._indented or self._mostly_continues())

    def continues_paragraph(self, first: int, index: int) -> bool:
        """Whether the paragraph that began at line `first` continues at line `index`."""
        line, previous = self._lines[index], self._lines[index - 1]
        if line.after_blank or line.is_quoted != previous.is_quoted or self._starts_item(previous, line):
            return False
        if first == index - 1 and self._matches_heading(previous) and not is_lowercase(self._text[line.start]):
            return False
        if self._starts_paragraph(previous, line) and not _STARTS_ITEM.match(self._text, self._lines[first].start):
            return False
        if self._certainly_continues(previous, line):
            return True
        if self._wrapped and self._indented:
            return previous.end - previous.start > self._width // 2
        return self._wrapped and self._is_full(previous, line, self._width)

    def _matches_heading(self, line: _Line) -> bool:
        """Whether a line is a heading by its words, such as "About us"."""
        return (
            self._heading_pattern is not None
            and self._heading_pattern.fullmatch(self._text, line.start, line.end) is not None
        )

    def _starts_item(self, previous: _Line, line: _Line) -> bool:
        """Whether a line is a list item. "am / 12. November" and "gegen den / 1. FC" are not."""
        if not _STARTS_ITEM.match(self._text, line.start, line.end):
            return False
        numbered = _NUMBERED.match(self._text, line.start, line.end)
        if numbered is None or self._ends_sentence(previous):
            return True
        number = int(numbered[1])
        if {1, 2} <= self._numbers and {number - 1, number + 1} & self._numbers:
            return True
        if {number - 1, number + 1} & self._numbers and not is_lowercase(numbered[2]):
            return self._last_word(previous) not in self._continuing_words
        return number == 1 and not is_lowercase(numbered[2]) and self._last_word(previous) not in self._continuing_words

    def _ends_sentence(self, line: _Line) -> bool:
        """Whether a line ends a sentence, or ends with a colon or semicolon."""
        if self._text[line.end - 1] in ":;":
            return True
        return ENDS_AS_SENTENCE.search(self._text, max(line.start, line.end - 20), line.end) is not None

    def _last_word(self, line: _Line) -> str:
        return self._text[max(line.start, line.end - LONGEST_WORD) : line.end].rsplit(None, 1)[-1].lower()

    def _starts_paragraph(self, previous: _Line, line: _Line) -> bool:
        return line.indent >= (self._margin if self._indented else previous.indent) + INDENT

    def _is_indented(self) -> bool:
        """Whether the first line of paragraphs is indented: some lines are, and the lines below them are not."""
        pairs = [(upper, lower) for upper, lower in zip(self._lines, self._lines[1:], strict=False) if not lower.after_blank]
        outdents = sum(upper.indent >= lower.indent + INDENT for upper, lower in pairs)
        return bool(outdents) and any(lower.indent >= upper.indent + INDENT for upper, lower in pairs)

    def _mostly_continues(self) -> bool:
        open_ends = [
            (upper, lower)
            for upper, lower in zip(self._lines, self._lines[1:], strict=False)
            if not lower.after_blank and not ENDS_AS_SENTENCE.search(self._text, upper.start, upper.end)
        ]
        return sum(self._certainly_continues(upper, lower) for upper, lower in open_ends) > CONTINUED_SHARE * len(open_ends)

    def _certainly_continues(self, previous: _Line, line: _Line) -> bool:
        """Whether a sentence continues on the next line, independently of the width."""
        text = self._text
        if self._ends_sentence(previous):
            return text[previous.end - 1] == "." and self._abbreviated(previous, line)
        if _NUMBERED.match(text, line.start, line.end):
            return True
        is_long = previous.end - previous.start >= NARROWEST or not previous.after_blank
        if is_long and _LAST_WORDS_OF_SENTENCE.fullmatch(text, line.start, line.end):
            return True
        if is_long and self._is_number_of(previous) and text[line.start].isupper():
            return True
        if text[previous.end - 1].islower() and _AGENCY_IN_SENTENCE.match(text, line.start, line.end):
            return True
        if is_lowercase(text[line.start]) or text[previous.end - 1] in ",;–(-":
            return True
        return (
            text[max(previous.start, previous.end - LONGEST_WORD) : previous.end].rsplit(None, 1)[-1]
            in self._continuing_words
        )

    def _is_number_of(self, line: _Line) -> bool:
        """Whether a line ends in a figure that an abbreviation introduces: "the house at No. 5 / Dock Street"."""
        numbered = _NUMBER_OF.search(self._text, max(line.start, line.end - LONGEST_WORD), line.end)
        return numbered is not None and numbered[1].lower() in self._continuing_words

    def _abbreviated(self, previous: _Line, line: _Line) -> bool:
        """Whether the full stop at the end of a line belongs to a title, an initial, or an abbreviation before a figure."""
        word, opening = self._last_word(previous), self._text[line.start]
        if opening.isdigit():
            return word in self._continuing_words
        is_title_or_initial = f"{word} A" in self._continuing_words or (
            len(word) == 2 and self._text[previous.end - 2].isupper()
        )
        return is_title_or_initial and opening.isupper()

    def _is_full(self, previous: _Line, line: _Line, width: int) -> bool:
        """Whether the first word of the next line would not have fitted on this line."""
        if self._text[line.start] >= "\u2e80":  # scripts without spaces break lines after any character
            return previous.end - previous.start >= width - 1
        first = self._text[line.start : min(line.end, line.start + LONGEST_WORD)].split(None, 1)[0]
        return previous.end - previous.start + 1 + len(first) > width


def _without_mark(text: str, span: Span) -> tuple[Span, str]:
    """Returns the span without the list or Markdown mark before it, and the mark, or "" if there is none."""
    mark = _BULLET.match(text, span.start, span.end)
    return (Span(mark.end(), span.end), text[span.start]) if mark else (span, "")
