"""Text -> paragraphs: spans of whole thoughts, whatever the lines are wrapped at.

Wires (ANPA 1312, IPTC 7901), mail, PDF and terminals break lines at 35 to 80 columns and mark paragraphs by an indent or an
empty line; the web has a line a paragraph. A break inside a paragraph shows: the next word would not have fitted, the line
goes on in lower case, or it stops at a word that ends no sentence.
"""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from nutgraf.summarizer.models import Span
from nutgraf.summarizer.reading.datelines import AGENCY
from nutgraf.summarizer.reading.letters import is_lowercase

# Lines are wrapped near these widths.
NARROWEST, WIDEST = 30, 100
# Tables and addresses stand out of wrapped text: one line in twenty may be longer than its width.
LONGER_LINES = 20
# A paragraph's first line begins so many columns to the right of the others.
INDENT = 2
# Copy is wrapped where so large a part of its line ends that close no sentence clearly go on.
SURE_SHARE = 0.3
# No word that would have fitted is taken to be longer than this: an address may be.
LONGEST_WORD = 20

_CLOSERS = "\"'”’»」』）)\\]›*_"
ENDS_AS_SENTENCE = re.compile(rf"[.!?…。！？؟۔।॥։።៕။][{_CLOSERS}\s]*$")
# White space, control characters, and what is invisible at the ends of a line.
_BLANKS = (
    "".join(map(chr, range(33))) + "\x7f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# A mark of mail (">"), of a list, or of Markdown, before what the line says.
_CITED = re.compile(r"(?:>[^\S\n]?)+\s*")
_BULLET = re.compile(r"[•‣◦▪●■○–*+·-]\s+(?=[^\W\d_]|[\"'“‘«„¿¡*_])|\#{1,6}\s+(?=[^\s#])|[•‣◦▪●■](?=[^\W\d_])")
_LINE_END = re.compile(r"[ \t]{0,40}[\n\r]\s*(?:>\s?)*")
# The last words of a sentence on a line of their own: "… told / Reuters.", "… by / Sept. 30.", "… am / 3. Mai."
_LAST_WORDS = re.compile(r"[^\s:()\[\]©]{1,20}(?: [^\s:()\[\]©]{1,20}){0,2}(?<=[\w%])\.")
_AGENCY_GOES_ON = re.compile(rf"(?:{AGENCY})(?:[.,]?(?=\s+[a-zß-öø-ÿ])|[.,](?=\s))")
_NUMBER_OF = re.compile(r"(?<!\w)([^\W\d_]{1,6}\.) \d{1,4}$")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+(?=(\S))")
_STARTS_ITEM = re.compile(r"[•‣◦▪●■○⁃]\s*\S|[*+·–-]\s+(?![a-zß-öø-ÿ])\S|\(?\d{1,2}[.)]\s|\(?[a-zA-Z]\)\s")


class Paragraph(NamedTuple):
    """A paragraph without the marks before it: `listed` where it is an item, `titled` where Markdown makes it a heading,
    `cited` where it is a block quotation.

    `after_blank` and `before_blank` where an empty line, or none at all, is there.
    """

    span: Span
    listed: bool
    titled: bool
    cited: bool
    after_blank: bool
    before_blank: bool


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    cited: bool
    after_blank: bool


def paragraphs(text: str, goes_on: Set[str] = frozenset(), headings: re.Pattern[str] | None = None) -> list[Paragraph]:
    """The paragraphs of a text, in order; `goes_on` are words that end no sentence, in lower case.

    Abbreviations in it have their full stop: "sept." before figures, "mrs. A" before names. A line that matches `headings`
    as a whole is never joined with the line below it.

    Every character that is neither white space nor a mark before a line is in one.
    """
    lines = list(_lines(text))
    groups = _joined(text, lines, goes_on, headings)
    found: list[Paragraph] = []
    for at, (first, last) in enumerate(groups):
        whole = Span(lines[first].start, lines[last].end)
        span, mark = _unmarked(text, whole)
        listed = mark != "#" if mark else _STARTS_ITEM.match(text, *whole) is not None
        following = groups[at + 1][0] if at + 1 < len(groups) else None
        before_blank = following is None or lines[following].after_blank
        found.append(Paragraph(span, listed, mark == "#", lines[first].cited, lines[first].after_blank, before_blank))
    return found


def on_one_line(text: str) -> str:
    """Returns a sentence on one line: each line end, with the indent or ">" of the next line, becomes one space."""
    return _LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text


def _lines(text: str) -> Iterator[_Line]:
    """The lines that say something, without white space at their ends and without the marks of a citation."""
    at, after_blank = 0, True
    for line in text.splitlines(keepends=True):
        left = line.lstrip(_BLANKS)
        start, end = at + len(line) - len(left), at + len(line.rstrip(_BLANKS))
        indent = start - at
        at += len(line)
        cited = _CITED.match(text, start, end) if left[:1] == ">" else None
        if cited and cited.end() < end:
            start, indent = cited.end(), indent + cited.end() - start
        if end > start and not (cited and cited.end() >= end):
            yield _Line(start, end, indent, cited is not None, after_blank)
            after_blank = line[-1] == "\u2029"
        else:
            after_blank = True


def _joined(text: str, lines: Sequence[_Line], goes_on: Set[str], headings: re.Pattern[str] | None) -> list[tuple[int, int]]:
    """Runs of lines that are one paragraph, as positions of the first and the last."""
    if not lines:
        return []
    breaks = _Breaks(text, lines, goes_on, headings)
    groups: list[tuple[int, int]] = []
    first = 0
    for at in range(1, len(lines)):
        if not breaks.goes_on(first, at):
            groups.append((first, at - 1))
            first = at
    groups.append((first, len(lines) - 1))
    return groups


class _Breaks:
    """Tells the line ends inside paragraphs from those between them, by how the whole text is set."""

    def __init__(self, text: str, lines: Sequence[_Line], goes_on: Set[str], headings: re.Pattern[str] | None) -> None:
        self._text, self._lines, self._words, self._headings = text, lines, goes_on, headings
        widths = sorted(line.end - line.start for line in lines)
        self._width = widths[len(widths) - 1 - len(widths) // LONGER_LINES]
        self._numbers = {int(match[1]) for line in lines if (match := _NUMBERED.match(text, line.start, line.end))}
        self._margin = min(line.indent for line in lines)
        self._indented = self._is_indented()
        self._wrapped = NARROWEST <= self._width <= WIDEST and (self._indented or self._mostly_sure())

    def goes_on(self, first: int, at: int) -> bool:
        """Whether the paragraph that began at line `first` goes on at line `at`."""
        line, before = self._lines[at], self._lines[at - 1]
        if line.after_blank or line.cited != before.cited or self._starts_item(before, line):
            return False
        if first == at - 1 and self._is_heading(before) and not is_lowercase(self._text[line.start]):
            return False
        if self._starts_paragraph(before, line) and not _STARTS_ITEM.match(self._text, self._lines[first].start):
            return False
        if self._sure(before, line):
            return True
        if self._wrapped and self._indented:
            return before.end - before.start > self._width // 2
        return self._wrapped and self._full(before, line, self._width)

    def _is_heading(self, line: _Line) -> bool:
        """Whether a line is a heading by what it says, such as "About us"."""
        return self._headings is not None and self._headings.fullmatch(self._text, line.start, line.end) is not None

    def _starts_item(self, before: _Line, line: _Line) -> bool:
        """Whether a line is an item of a list; "am / 12. November" and "gegen den / 1. FC" only look like one."""
        if not _STARTS_ITEM.match(self._text, line.start, line.end):
            return False
        numbered = _NUMBERED.match(self._text, line.start, line.end)
        if numbered is None or self._closed(before):
            return True
        number = int(numbered[1])
        if {1, 2} <= self._numbers and {number - 1, number + 1} & self._numbers:
            return True
        if {number - 1, number + 1} & self._numbers and not is_lowercase(numbered[2]):
            return self._last_word(before) not in self._words
        return number == 1 and not is_lowercase(numbered[2]) and self._last_word(before) not in self._words

    def _closed(self, line: _Line) -> bool:
        """Whether a line ends a sentence, or announces what is below."""
        if self._text[line.end - 1] in ":;":
            return True
        return ENDS_AS_SENTENCE.search(self._text, max(line.start, line.end - 20), line.end) is not None

    def _last_word(self, line: _Line) -> str:
        return self._text[max(line.start, line.end - LONGEST_WORD) : line.end].rsplit(None, 1)[-1].lower()

    def _starts_paragraph(self, before: _Line, line: _Line) -> bool:
        return line.indent >= (self._margin if self._indented else before.indent) + INDENT

    def _is_indented(self) -> bool:
        """Whether paragraphs begin with an indent: some lines do, and the lines below them do not."""
        pairs = [(one, other) for one, other in zip(self._lines, self._lines[1:], strict=False) if not other.after_blank]
        back = sum(one.indent >= other.indent + INDENT for one, other in pairs)
        return bool(back) and any(other.indent >= one.indent + INDENT for one, other in pairs)

    def _mostly_sure(self) -> bool:
        open_ends = [
            (one, other)
            for one, other in zip(self._lines, self._lines[1:], strict=False)
            if not other.after_blank and not ENDS_AS_SENTENCE.search(self._text, one.start, one.end)
        ]
        return sum(self._sure(one, other) for one, other in open_ends) > SURE_SHARE * len(open_ends)

    def _sure(self, before: _Line, line: _Line) -> bool:
        """Whether a sentence goes on at the next line, whatever the width."""
        text = self._text
        if self._closed(before):
            return text[before.end - 1] == "." and self._abbreviated(before, line)
        if _NUMBERED.match(text, line.start, line.end):
            return True
        long = before.end - before.start >= NARROWEST or not before.after_blank
        if long and _LAST_WORDS.fullmatch(text, line.start, line.end):
            return True
        if long and self._is_number_of(before) and text[line.start].isupper():
            return True
        if text[before.end - 1].islower() and _AGENCY_GOES_ON.match(text, line.start, line.end):
            return True
        if is_lowercase(text[line.start]) or text[before.end - 1] in ",;–(-":
            return True
        return text[max(before.start, before.end - LONGEST_WORD) : before.end].rsplit(None, 1)[-1] in self._words

    def _is_number_of(self, line: _Line) -> bool:
        """Whether a line ends in a figure that an abbreviation introduces: "the house at No. 5 / Dock Street"."""
        numbered = _NUMBER_OF.search(self._text, max(line.start, line.end - LONGEST_WORD), line.end)
        return numbered is not None and numbered[1].lower() in self._words

    def _abbreviated(self, before: _Line, line: _Line) -> bool:
        """Whether the full stop at a line's end belongs to a title, an initial, or an abbreviation before a figure."""
        word, opening = self._last_word(before), self._text[line.start]
        if opening.isdigit():
            return word in self._words
        named = f"{word} A" in self._words or (len(word) == 2 and self._text[before.end - 2].isupper())
        return named and opening.isupper()

    def _full(self, before: _Line, line: _Line, width: int) -> bool:
        """Whether the next line's first word would not have fitted."""
        if self._text[line.start] >= "\u2e80":  # written without spaces: any character may end a line
            return before.end - before.start >= width - 1
        first = self._text[line.start : min(line.end, line.start + LONGEST_WORD)].split(None, 1)[0]
        return before.end - before.start + 1 + len(first) > width


def _unmarked(text: str, span: Span) -> tuple[Span, str]:
    """The paragraph without the mark of a list or of Markdown before it, and that mark; "" where it has none."""
    mark = _BULLET.match(text, span.start, span.end)
    return (Span(mark.end(), span.end), text[span.start]) if mark else (span, "")
