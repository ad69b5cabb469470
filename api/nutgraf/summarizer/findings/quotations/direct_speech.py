"""Finds the direct quotations of a cluster: text between quotation marks, and the turns of transcripts."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import Sentence, Span
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.quotations import quotations

# Minimum and maximum words of a quotation that a desk prints. Shorter quotations are not statements, longer ones are
# speeches.
MIN_WORDS = 6
MAX_WORDS = 60
# Quotations with fewer words are not compared: many people say the same few words.
MIN_COMPARED_WORDS = 4
# Words with at least this many letters are capitalized in titles.
LONG_WORD = 4
_MARKS = "\"“”«»„「」『』'‘’"
_CLOSING = _MARKS + ",;: \t\r\n\u00a0\u202f"
_BEFORE_STATEMENT = "([¿¡…$€£#@"
_STATEMENT_END = re.compile(r"[.!?…][’']?$")
_LABEL = re.compile(r"\s*(?!\d)([\w.'’()-]{1,24}(?: [\w.'’()-]{1,24}){0,4}):\s+(?=\S)|\s*[QA]\s?[.:]\s+(?=\S)")
_INNER_MARK = re.compile(r"[\"“”«»„'‘’]")
_CLOSES = {"“": "”", "„": "“”", "«": "»", "‘": "’'", "'": "'’", '"': '"'}
_OPENING = '"“„«»'
_ENDS = ".,!?…"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Quotation(NamedTuple):
    """The words of a quotation, without its marks: `start` and `end` are offsets in the text of the article.

    `outer` is its span with the marks. `first` and `last` are the positions of the sentences in which it begins and ends,
    `block` that of its paragraph.
    `complete` says that it is a whole statement, of a length to print. `label` is the speaker of a transcript's turn.
    `continues` says that the quotation before it, in the paragraph above, has no closing mark.
    """

    article: int
    start: int
    end: int
    outer: Span
    first: int
    last: int
    block: int
    complete: bool
    label: str | None = None
    continues: bool = False


def direct_quotations(cluster: Cluster) -> list[Quotation]:
    """Returns the direct quotations of the articles that may be quoted, in order."""
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, sentence in enumerate(cluster.sentences):
        if sentence.quoted:
            blocks[sentence.article, sentence.block].append(position)
    found: list[Quotation] = []
    open_block = (-1, -1)
    for (article, block), positions in interruptible(blocks.items()):
        clean = cluster.articles[article]
        text, span = clean.article.text, clean.blocks[block]
        if block in clean.quoted_blocks and (label := _LABEL.match(text, span.start, span.end)):
            found += _turn(cluster.sentences, text, positions, label)
            continue
        quoted = quotations(text[span.start : span.end])
        continues = open_block == (article, block - 1)
        quotation = None
        goes_on = _goes_on(text, clean.blocks, block) if quoted.open else True
        for inner in quoted.spans:
            outer = Span(span.start + inner.start, span.start + inner.end)
            closed = goes_on or inner is not quoted.spans[-1]
            quotation = _quotation(cluster.sentences, text, positions, outer, continues, closed)
            if quotation:
                found.append(quotation)
            continues = False
        if quoted.open and quotation:
            open_block = (article, block)
    return _without_torn(found, cluster)


def is_balanced(text: str) -> bool:
    """Returns whether every opening quotation mark in a text has a closing one, and the reverse.

    Apostrophes do not count as quotation marks.
    """
    open_marks: list[str] = []
    for match in _INNER_MARK.finditer(text):
        mark, at = match[0], match.start()
        before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
        if open_marks and mark in _CLOSES[open_marks[-1]] and not (mark in "’'" and after.isalnum()):
            open_marks.pop()
        elif mark in "“„«‘" or (mark in "\"'" and after.isalnum() and not before.isalnum()):
            if not (mark in "‘'" and after.isdigit()):  # "the ’90s"
                open_marks.append(mark)
        elif mark in '”»"' or (mark in "’'" and before in _ENDS and not after.isalnum()):
            return False
    return not open_marks


def _is_title(text: str) -> bool:
    """Whether all longer words have capitals, as in the title of a book: "The Bridge That Nobody Wanted"."""
    words = [word for word in _WORD.findall(text) if len(word) >= LONG_WORD]
    return len(words) > 1 and not any(word[0].islower() for word in words)


def _goes_on(text: str, blocks: Sequence[Span], block: int) -> bool:
    """Whether the paragraph below one that ends inside a quotation opens with a mark, as a quotation that goes on does."""
    return block + 1 < len(blocks) and text[blocks[block + 1].start] in _OPENING


def words_of(text: str) -> list[str]:
    """Returns the words of a quotation by which it is compared."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def _quotation(
    sentences: Sequence[Sentence], text: str, positions: Sequence[int], outer: Span, continues: bool, closed: bool
) -> Quotation | None:
    """The quotation in a span, or None if it is too short. `closed`: it has its closing mark, or goes on below."""
    # The sentences of a paragraph are in order and do not overlap.
    first = bisect_right(positions, outer.start, key=lambda position: sentences[position].end)
    inside = positions[first : bisect_left(positions, outer.end, key=lambda position: sentences[position].start)]
    if not inside:
        return None
    start, end = outer
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    # “Nobody said, ‘Wait.’” ends with the mark of what it quotes itself.
    if end < outer.end - 1 and text[end] in "’'" and not is_balanced(text[start:end]):
        end += 1
    count = len(text[start:end].split())
    if count < MIN_COMPARED_WORDS:
        return None
    # A statement ends with a mark, or with the comma before "she said".
    ended = _STATEMENT_END.search(text[start:end]) or "," in text[end : outer.end + 1]
    begun = (text[start].isalnum() and not text[start].islower()) or text[start] in _BEFORE_STATEMENT
    whole = is_balanced(text[start:end]) and closed and not _is_title(text[start:end])
    complete = MIN_WORDS <= count <= MAX_WORDS and begun and bool(ended) and whole
    return Quotation(
        sentences[inside[0]].article,
        start,
        end,
        outer,
        inside[0],
        inside[-1],
        sentences[inside[0]].block,
        complete,
        None,
        continues,
    )


def _turn(sentences: Sequence[Sentence], text: str, positions: Sequence[int], label: re.Match[str]) -> Iterator[Quotation]:
    """The sentences of a turn of a transcript, each as a quotation of the speaker whose label opens the turn."""
    for position in positions:
        # Turns may follow each other within a paragraph.
        next_label = _LABEL.match(text, sentences[position].start, sentences[position].end)
        if next_label and (next_label[1] or "").isupper():
            label = next_label
        start = max(label.end(), sentences[position].start)
        span = Span(start, sentences[position].end).strip(text)
        count = len(text[span.start : span.end].split())
        if count >= MIN_COMPARED_WORDS:
            complete = MIN_WORDS <= count <= MAX_WORDS and _STATEMENT_END.search(text[span.start : span.end]) is not None
            yield Quotation(
                sentences[position].article,
                *span,
                span,
                position,
                position,
                sentences[position].block,
                complete,
                label[1] or "",
            )


def _without_torn(found: Sequence[Quotation], cluster: Cluster) -> list[Quotation]:
    """The quotations; the parts of an interrupted quotation are not complete: "If we wait", said Marsh, "we lose"."""
    torn: set[int] = set()
    for number in range(1, len(found)):
        before, here = found[number - 1], found[number]
        text = cluster.articles[here.article].article.text
        same = before.article == here.article and before.last == here.first
        if not same or _STATEMENT_END.search(text[before.start : before.end]):
            continue
        if text[here.start].islower() or text[before.outer.end : here.outer.start].rstrip().endswith(","):
            torn |= {number - 1, number}
    return [quotation._replace(complete=quotation.complete and number not in torn) for number, quotation in enumerate(found)]
