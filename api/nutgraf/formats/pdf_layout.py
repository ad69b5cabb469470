"""Builds paragraphs and headings from the lines of a PDF and their positions; drops page numbers and repeated lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple
from unicodedata import normalize

# A line is a heading if its letters are _HEADING_SIZE times as large as most letters. The largest on the first page is the
# title if it is _TITLE_SIZE times as large.
_HEADING_SIZE, _TITLE_SIZE = 1.15, 1.3
_MAX_HEADING_CHARACTERS = 200
# How many lines at the top and at the bottom of a page may be running heads, which other pages repeat.
_MARGIN_LINES = 2
# A line is a running head if at least one page in this many has it: each chapter may have its own.
_PAGES_PER_REPETITION = 3
# A paragraph begins if the distance to the line above is more than this many times the usual one, which is taken to be at
# least _MIN_LINE_DISTANCE letter sizes.
_PARAGRAPH_DISTANCE = 1.35
_MIN_LINE_DISTANCE = 1.1
# The least and the greatest indent in letter sizes. After the end of a sentence, an indent begins a paragraph.
_INDENT = (0.7, 6.0)
# A line that ends a sentence and is shorter than this part of the usual length ends a paragraph.
_SHORT_LINE = 0.8
_PAGE_NUMBER = re.compile(r"\W*(?:[^\W\d]{1,6}\.?\s)?\d{1,4}(?:\s?(?:/|[^\W\d]{1,4})\s?\d{1,4})?\W*")
# Ligatures: two or three letters in one character.
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A word is divided at a hyphen-minus, a hyphen or a soft hyphen; a space may follow it at the end of the line.
_WORD_BEFORE_BREAK = re.compile("([^\\W\\d_]{1,60})([-\N{HYPHEN}\N{SOFT HYPHEN}])\\s?$")
_WORD_AFTER_BREAK = re.compile(r"[^\W\d_]+")
# Columns may be stored row by row: the first line of each column, then the second. There are columns if at least this many
# lines, and an eighth of the page, are beside another one, with this many letter sizes between their starts.
_MIN_LINES_BESIDE = 3
_MIN_COLUMN_DISTANCE = 8.0
# In a column of prose, the median line has at least this many characters. In a table, lines are shorter.
_MIN_LINE_CHARACTERS = 20
# A column starts where at least this share of the lines begins, compared with the most frequent start.
_MIN_SHARE_OF_STARTS = 0.4
_SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")
_LIST_MARK = re.compile(r"[•▪◦‣–—*·-]\s|\d{1,2}[.)]\s")


class Line(NamedTuple):
    """A line of a page, the size of its letters, and its start position in points from the bottom left."""

    text: str
    size: float
    x: float = 0.0
    y: float = 0.0


def without_repeated_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Returns the pages without page numbers and without lines that many pages have at the top or at the bottom.

    Digits are ignored in the comparison. A line need not be on all pages, because left and right pages differ.
    """
    margins = [{_DIGITS.sub("0", line.text) for line in _margin(page)} for page in pages]
    counts = Counter(chain.from_iterable(margins))
    least = max(2, -(-len(pages) // _PAGES_PER_REPETITION))

    def is_kept(line: Line, is_margin: bool) -> bool:
        is_repeated = counts[_DIGITS.sub("0", line.text)] >= least
        return not is_margin or not (is_repeated or _PAGE_NUMBER.fullmatch(line.text))

    return [
        [line for at, line in enumerate(page) if is_kept(line, at < _MARGIN_LINES or at >= len(page) - _MARGIN_LINES)]
        for page in pages
    ]


def _margin(page: Sequence[Line]) -> Sequence[Line]:
    return page if len(page) <= 2 * _MARGIN_LINES else [*page[:_MARGIN_LINES], *page[-_MARGIN_LINES:]]


def title(pages: Sequence[Sequence[Line]]) -> str:
    """Returns the text in the largest letters of the first page, if they are larger than most; else an empty text.

    Divided words are joined.
    """
    usual = _usual_size(list(chain.from_iterable(pages)))
    page = pages[0] if pages else ()
    largest = max((line.size for line in page), default=0.0)
    if not usual or largest < _TITLE_SIZE * usual:
        return ""
    start = next(at for at, line in enumerate(page) if line.size == largest)
    lines = []
    for line in page[start:]:
        if line.size != largest:
            break
        lines.append(line.text)
    return _join_lines(lines, Counter())


def in_reading_order(page: Sequence[Line]) -> list[Line]:
    """Returns the lines of a page column by column, if the file has columns of prose stored row by row."""
    beside = [(left, line) for left, line in pairwise(page) if _is_beside(left, line)]
    if len(beside) < max(_MIN_LINES_BESIDE, len(page) // 8):
        return [*page]
    columns = _columns([line for pair in beside for line in pair])
    column_of_line = [_column(line, columns) for line in page]
    line_lengths: list[list[int]] = [[] for _ in columns]
    for line, column in zip(page, column_of_line, strict=True):
        if column is not None:
            line_lengths[column].append(len(line.text))
    if any(not lengths or median(lengths) < _MIN_LINE_CHARACTERS for lengths in line_lengths):  # they belong to a table
        return [*page]
    # Lines outside the columns, such as a heading across all of them, keep their position between them.
    ordered: list[Line] = []
    pending: list[list[Line]] = [[] for _ in columns]
    for line, column in zip(page, column_of_line, strict=True):
        if column is None:
            ordered += chain.from_iterable(pending)
            ordered.append(line)
            pending = [[] for _ in columns]
        else:
            pending[column].append(line)
    return [*ordered, *chain.from_iterable(pending)]


def _is_beside(left: Line, line: Line) -> bool:
    is_in_row = abs(left.y - line.y) < 0.5 * line.size and left.size == line.size
    return is_in_row and line.x - left.x > _MIN_COLUMN_DISTANCE * line.size


def _columns(lines: Sequence[Line]) -> list[float]:
    """The positions where columns begin: those where many lines begin."""
    counts = Counter(round(line.x) for line in lines)
    least = max(counts.values()) * _MIN_SHARE_OF_STARTS
    starts: list[float] = []
    for x in sorted(counts):
        if counts[x] >= least and (not starts or x - starts[-1] > _MIN_COLUMN_DISTANCE * lines[0].size):
            starts.append(x)
    return starts


def _column(line: Line, columns: Sequence[float]) -> int | None:
    """The column that a line begins in, perhaps with an indent; None for a line elsewhere."""
    near = [at for at, x in enumerate(columns) if -1 <= line.x - x <= _INDENT[1] * line.size]
    return near[-1] if near else None


def text(pages: Sequence[Sequence[Line]]) -> str:
    """Returns the paragraphs, separated by empty lines; headings begin with "#". Divided words are joined."""
    lines = list(chain.from_iterable(pages))
    words = Counter(match[0].casefold() for line in lines for match in _WORD.finditer(line.text))
    blocks = []
    for block in _blocks(lines):
        joined = _join_lines([line.text for line in block], words)
        blocks.append(f"# {joined}" if _is_heading(block[0], _usual_size(lines)) else joined)
    return "\n\n".join(blocks)


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of most letters; 0 if the file does not state sizes."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    return min(sizes.items(), key=lambda item: (-item[1], item[0]))[0] if sizes else 0.0


def _is_heading(line: Line, usual: float) -> bool:
    return usual > 0 and line.size >= _HEADING_SIZE * usual and len(line.text) <= _MAX_HEADING_CHARACTERS


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph or heading."""
    distances = [above.y - below.y for above, below in pairwise(lines) if 0 < above.y - below.y < 3 * above.size]
    usual_distance = median(distances) if distances else 0.0
    lengths = sorted(len(line.text) for line in lines)
    usual_length = lengths[len(lengths) * 3 // 4] if lengths else 0
    block: list[Line] = []
    for line in lines:
        if block and _begins_block(block[-1], line, usual_distance, usual_length):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _begins_block(above: Line, line: Line, usual_distance: float, usual_length: float) -> bool:
    if line.size != above.size and max(line.size, above.size) >= _HEADING_SIZE * min(line.size, above.size):
        return True
    if _LIST_MARK.match(line.text) and _SENTENCE_END.search(above.text):
        return True
    is_end = _SENTENCE_END.search(above.text) is not None
    distance = above.y - line.y
    if distance <= 0 or distance > 3 * max(usual_distance, line.size):  # the next column or page
        return is_end and len(above.text) < _SHORT_LINE * usual_length
    # Lines of large letters are farther apart.
    if usual_distance and distance > _PARAGRAPH_DISTANCE * max(usual_distance, _MIN_LINE_DISTANCE * line.size):
        return True
    if _INDENT[0] * line.size < line.x - above.x < _INDENT[1] * line.size and is_end:
        return True
    return is_end and len(above.text) < _SHORT_LINE * usual_length


def _join_lines(lines: list[str], words: Counter[str]) -> str:
    """The lines as one text; a word that is divided at the end of a line is joined.

    The hyphen is kept if the text has the word with a hyphen elsewhere and never has it without one. A soft hyphen is always
    removed.
    """
    pieces = lines[:1]
    for line in lines[1:]:
        broken, continued = _WORD_BEFORE_BREAK.search(pieces[-1]), _WORD_AFTER_BREAK.match(line)
        if broken and continued and continued[0][0].islower():
            whole, hyphenated = f"{broken[1]}{continued[0]}", f"{broken[1]}-{continued[0]}"
            is_soft = broken[2] == "\N{SOFT HYPHEN}"
            keeps = not is_soft and words[hyphenated.casefold()] > 0 and not words[whole.casefold()]
            pieces[-1] = pieces[-1][: broken.start()]
            pieces.append((hyphenated if keeps else whole) + line[continued.end() :])
        elif line:
            pieces += [" ", line]
    joined = "".join(pieces).replace("\N{SOFT HYPHEN}", "")
    return _LIGATURE.sub(lambda match: normalize("NFKC", match[0]), joined)
