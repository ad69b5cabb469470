"""Article -> blocks that are body; what is not news is marked, never rewritten.

A block is a paragraph, or what inline residue leaves of one. What signs it and where it comes from is trimmed first, then
the rest is told by rules over the whole line (`rules.py`, from the languages' files), by where it stands and by how it ends.
The rules are strict on purpose: a caption that slips through costs rank, a paragraph of news that is dropped costs trust.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nutgraf.summarizer.languages.language import common, language
from nutgraf.summarizer.models import Article, CleanArticle, Removed, Span
from nutgraf.summarizer.reading.datelines import (
    SCORE,
    dateline_length,
    is_bare,
    is_date_line,
    is_signature,
    is_slug,
    signature,
)
from nutgraf.summarizer.reading.paragraphs import ENDS_AS_SENTENCE, Paragraph, paragraphs
from nutgraf.summarizer.reading.quotations import speaker_labels
from nutgraf.summarizer.reading.rules import Rules, rules
from nutgraf.summarizer.reading.stop_words import stop_words

# A line above the text with at most so many words, and no full stop, is its headline; between paragraphs, a heading.
HEADLINE_WORDS = 20
HEADING_WORDS = 14
# So few words without a verb that shows are a heading, whatever their case.
SHORT_HEADING_WORDS = 3
# A line that a colon ends announces what follows in so many words; in fewer, it is a label.
ANNOUNCING_WORDS = 8
LONGEST_OPENING = 200
# Longer lines are paragraphs, and address nobody.
LONGEST_ADDRESS = 90

# Text is prose where so large a part of it ends as sentences do: a short story has many lines above it.
PUNCTUATED_SHARE = 0.25
# The words of a headline are repeated in so many characters below it.
REPEATED_WITHIN = 3_000

_WORD = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"https?://|www\.|@\w|\+?\d[\d ()/-]{6,}\d|:\s*$")
# "Lund 3", "Lund – Alba 3:1 (1:0)"
_ROW = re.compile(r"[^\W\d_][^\n]{0,60}(?<=\W)\d[\d.,:%)( –-]{0,12}\Z")
# A line that Markdown or HTML marks as a heading is body only if a full stop ends it.
_FULL_STOPS = ".。।።։။។"
# "The bridge is shut.12 Ferries run."
_FOOTNOTE_NUMBER = re.compile(r"(?<=[^\W\d_]{3}[.!?])\d{1,2}(?=\s+[\"“«„]?[^\W\d_a-zß-öø-ÿ])")
_CUT_OFF = re.compile(r"\w(?:\.\.\.|…)$")
# "Sign up. Follow us on X." after the last sentence: each is looked at alone.
_TAIL = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[(\[|]?[^\W\d_©])")
TAIL_CHARACTERS = 220
# Who wrote from where stands in one of the last lines, and is short.
SIGN_OFF_LINES = 3
LONGEST_SIGN_OFF = 160
_TAIL_KINDS = frozenset({"credit", "link", "contact"})


def clean(article: Article, code: str) -> CleanArticle:
    """Tells an article's body from boilerplate, in the language of `code`.

    Every character of the text that is a letter or digit is in a block, in a removed span, or in the mark of a list. If
    nothing would be left, nothing is taken for boilerplate.
    """
    return _Reader(article, code).read()


class _Reader:
    """Reads one article from top to bottom: what a line is depends on what stood above it."""

    def __init__(self, article: Article, code: str) -> None:
        self._article, self._code, self._text = article, code, article.text
        of_language = language(code)
        self._rules: Rules = rules(of_language.code)
        self._stop_after_place = bool(of_language.tables.get("sentences", {}).get("stop_after_place"))
        self._paragraphs = paragraphs(article.text, _goes_on(of_language.code), self._rules.outlook)
        self._ended = [_ends_as_sentence(article.text, span) for span, *_ in self._paragraphs]
        self._marks = [mark for mark in self._rules.marks if mark in article.text]
        self._killed = False
        self._headline = self._title()
        self._section: str | None = None
        self._about: int | None = None
        self._about_names_no_one = False
        self._blocks: list[Span] = []
        self._removed: list[Removed] = []
        self._quoted: set[int] = set()

    def read(self) -> CleanArticle:
        """The article, its body separated from boilerplate."""
        labels = speaker_labels(self._text, [span for span, *_ in self._paragraphs])
        punctuated = self._mostly_punctuated()
        self._labelled = bool(labels)
        for at, paragraph in enumerate(self._paragraphs):
            first_block = len(self._blocks)
            self._read_paragraph(at, paragraph, punctuated)
            if paragraph.cited or at in labels:
                self._quoted.update(range(first_block, len(self._blocks)))
        if not self._killed and not any(_WORD.search(self._text, *block) for block in self._blocks):
            spans = [span for span, *_ in self._paragraphs]
            return CleanArticle(self._article, self._code, spans, [], self._article.title)
        return CleanArticle(
            self._article,
            self._code,
            self._blocks,
            sorted(self._removed, key=lambda removed: removed.start),
            self._headline,
            frozenset(self._quoted),
            self._killed,
        )

    def _title(self) -> str | None:
        """The article's title, unless it is none: a slug, an alert, a message to editors."""
        title = self._article.title
        if title is None or not title.strip():
            return title
        kind = "slug" if is_slug(title) else self._rules.kind(title)
        self._killed = kind == "notice" and self._rules.kill.search(title) is not None
        return None if kind in ("slug", "notice", "embargo", "correction") else title

    def _mostly_punctuated(self) -> bool:
        """Whether much of the text stands in paragraphs that end as sentences do: lists, poems and Thai do not."""
        sizes = [span.end - span.start for span, *_ in self._paragraphs]
        return sum(size for size, ended in zip(sizes, self._ended, strict=True) if ended) >= PUNCTUATED_SHARE * sum(sizes)

    def _read_paragraph(self, at: int, paragraph: Paragraph, punctuated: bool) -> None:
        span = paragraph.span
        line = self._text[span.start : span.end]
        if _WORD.search(line) is None:
            return
        kind = self._kind(at, line)
        if kind is None and self._is_picture(at, span):
            kind = "caption"
        if kind is None:
            trimmed = self._trimmed(at, span)
            if trimmed.start == span.start:
                kind = self._kind_by_place(at, paragraph, trimmed, punctuated)
            if kind is None:
                self._add_body(trimmed)
                return
            if trimmed.end > trimmed.start:
                span = trimmed
        self._remove(kind, span)

    def _kind(self, at: int, line: str) -> str | None:
        """What a line is by what it says."""
        if is_signature(line) or (line == "30" and self._paragraphs[at].after_blank):
            return "credit"
        kind = self._rules.kind(line, marked=self._has_mark(line))
        if kind in _TAIL_KINDS | {"caption"} and self._has_news(line):
            kind = None
        if kind is None and self._is_sign_off(at, line):
            kind = "credit"
        if kind is None and not self._blocks and is_slug(line):
            kind = "slug"
        if kind is None and not self._blocks and self._is_byline(at, line):
            kind = "byline"
        if kind is None and (is_date_line(line, self._rules) or (not self._blocks and self._is_dateline(at, line))):
            kind = "dateline"
        if kind == "notice" and self._rules.kill.search(line):
            self._killed = True
        if kind is None:
            kind = self._kind_in_section(at, line)
        elif kind in ("contact", "about", "notice"):
            self._section = kind if kind != "notice" or (self._blocks and len(line.split()) < 6) else None
        return kind

    def _has_news(self, line: str) -> bool:
        """Whether a line that ends in a credit or a link has a dateline, or several sentences before it."""
        if not self._blocks and self._dateline_length(line[:LONGEST_OPENING]):
            return True
        ends = [match.end() for match in _TAIL.finditer(line) if line[match.start() - 1 : match.start()].islower()]
        if len(ends) < 2:
            return False
        return self._rules.kind(line[: ends[0]].rstrip()) is None and self._tail(0, len(line), line)[0] >= ends[1]

    def _is_sign_off(self, at: int, line: str) -> bool:
        """Whether one of the last lines tells who wrote from where; in the midst of a story, that may be news."""
        if not self._blocks or at < len(self._paragraphs) - SIGN_OFF_LINES or len(line) > LONGEST_SIGN_OFF:
            return False
        return self._rules.sign_off.fullmatch(line) is not None

    def _is_byline(self, at: int, line: str) -> bool:
        """Whether a line above the text is "Helga Moss in Skerry": a name that the text does not mention, and a place.

        A headline such as "Bridge Closed in Skerry" looks the same, but the text repeats its words.
        """
        match = self._rules.byline_with_place.fullmatch(line) if len(line) <= LONGEST_ADDRESS else None
        if match is None or at + 1 == len(self._paragraphs):
            return False
        start = self._paragraphs[at].span.end
        text = self._text[start : start + REPEATED_WITHIN].casefold()
        return not any(name.casefold() in text for name in match["names"].split() if len(name) > 1)

    def _kind_in_section(self, at: int, line: str) -> str | None:
        """What follows "Contact:", "About Alder Works" or "Notes to editors" belongs to it as long as it looks so."""
        if self._section is None:
            return None
        belongs = {
            "contact": len(line) < LONGEST_ADDRESS and (not self._ended[at] or _ADDRESS.search(line) is not None),
            "about": self._is_about(at, line),
            "notice": True,
        }[self._section]
        if not belongs:
            self._section = None
        return self._section

    def _is_about(self, at: int, line: str) -> bool:
        """Whether a paragraph belongs to the "About" heading above it.

        The first one does if it begins with the name in the heading and describes a company. Those below it do, up to the
        next heading or to a paragraph that reports news.
        """
        heading = self._removed[-1]
        if heading.kind != "about" or _ADDRESS.search(line):
            return heading.kind == "about"
        if self._about is not None and self._about < heading.start:
            return self._ended[at] and (self._about_names_no_one or not self._rules.reports_news(line))
        self._about = heading.start
        title = self._text[heading.start : heading.end]
        self._about_names_no_one = self._rules.outlook.match(title) is not None
        if self._about_names_no_one:
            return True
        words = title.split()[1:]
        while words and (words[0].islower() or words[0].casefold() in self._rules.function_words):
            words = words[1:]
        name = " ".join(words[:2]).casefold()
        sure = len(words) > 1 or _ADDRESS.search(self._text, heading.end) is not None
        if not (self._blocks and name and sure and name in line[:LONGEST_ADDRESS].casefold()):
            return False
        return self._rules.describes_company(line) and not self._rules.reports_news(line)

    def _kind_by_place(self, at: int, paragraph: Paragraph, span: Span, punctuated: bool) -> str | None:
        """What a line is by where it stands: the headline, a heading, or None for body."""
        line = self._text[span.start : span.end]
        if not line:
            return "credit"
        if _same_words(line, self._headline):
            return "headline"
        if paragraph.titled and line[-1] not in _FULL_STOPS:
            if self._blocks or self._headline is not None:
                return "heading"
            self._headline = line
            return "headline"
        if self._ended[at] or not punctuated or paragraph.cited:
            return None
        if self._is_row(at):
            return None
        words = len(line.split())
        if not self._blocks and not paragraph.listed:
            if self._headline is None and words <= HEADLINE_WORDS:
                self._headline = line
                return "headline"
            return "heading" if words <= HEADLINE_WORDS and self._section is None else None
        return "heading" if not paragraph.listed and self._is_heading(at, line, words) else None

    def _is_row(self, at: int) -> bool:
        """Whether a line and one right above or below it end in figures: a table, results."""
        text, near = self._text, self._paragraphs
        above = at > 0 and not near[at].after_blank and _ROW.match(text, *near[at - 1].span) is not None
        below = at + 1 < len(near) and not near[at].before_blank and _ROW.match(text, *near[at + 1].span) is not None
        return (above or below) and _ROW.match(text, *near[at].span) is not None

    def _is_heading(self, at: int, line: str, words: int) -> bool:
        """Whether a line between paragraphs is clearly a heading: short, no item of a list, and no sentence."""
        if words > HEADING_WORDS or any(map(str.isdigit, line)) or "「" in line or "。" in line:
            return False
        neighbours = [other for other in (at - 1, at + 1) if 0 <= other < len(self._paragraphs)]
        if len(neighbours) < 2 or not self._ended[at + 1]:
            return False
        if not (self._ended[at - 1] or self._paragraphs[at].after_blank):
            return False  # the last row of several
        said = line.split()
        if said[0].lower() in self._rules.questions or line.isupper() or _in_title_case(said):
            return True
        return words <= SHORT_HEADING_WORDS and not self._rules.is_clause(said)

    def _trimmed(self, at: int, span: Span) -> Span:
        """A paragraph without the dateline before it and the signatures after it, all noted as removed."""
        text = self._text
        start, end = span
        size = self._dateline_length(text[start : min(end, start + LONGEST_OPENING)])
        if size:
            self._remove("dateline", Span(start, start + size).strip(text))
            start += size
        signed = signature(text, start, end)
        tail = self._tail(start, signed)
        for kind, begin, stop in ((tail[1], tail[0], signed), ("credit", signed, end)):
            if begin < stop:
                self._remove(kind, Span(begin, stop).strip(text))
        self._ended[at] = self._ended[at] or tail[0] < end
        return Span(start, tail[0]).strip(text)

    def _dateline_length(self, opening: str) -> int:
        return dateline_length(
            opening,
            self._rules,
            first=not self._blocks and not self._labelled,
            source=self._article.source,
            stop_after_place=self._stop_after_place,
        )

    def _is_dateline(self, at: int, line: str) -> bool:
        """Whether a line is a dateline by itself, with its agency in brackets."""
        if self._ended[at] or len(line) > LONGEST_ADDRESS or line[-1] not in ")-–—" or SCORE.search(line):
            return False
        return self._dateline_length(f"{line.rstrip(' -–—')} - A") > len(line.rstrip(" -–—"))

    def _is_picture(self, at: int, span: Span) -> bool:
        """Whether a paragraph that an agency signs is the text below a picture.

        Its date, its bracket or its missing end show it; or the agency's name is bare, and only a title is above.
        """
        begin = signature(self._text, *span)
        if begin == span.end:
            return False
        said, signed = self._text[span.start : begin], self._text[begin : span.end].strip()
        whole = self._text[span.start : span.end].rstrip(" .")
        if (signed[0] == "(" and _CUT_OFF.search(said)) or self._rules.picture_text.search(whole):
            return True
        if at == 0 or self._paragraphs[at].after_blank or not self._paragraphs[at].before_blank:
            return False
        if not self._paragraphs[at - 1].after_blank or self._ended[at - 1]:
            return False
        return is_bare(signed)

    def _tail(self, start: int, end: int, text: str = "") -> tuple[int, str]:
        """Where credits and links begin that follow a paragraph's last sentence on its line, and their kind."""
        text = text or self._text
        if end - 1 > start and text[end - 1] == "）":
            begin = max(text.rfind("（", start, end), start)
            if (
                begin > start
                and text[begin - 1] in "。！？」』”"
                and self._rules.kind(text[begin:end]) in ("credit", "byline")
            ):
                return begin, "credit"
        for match in _TAIL.finditer(text, max(start, end - TAIL_CHARACTERS), end):
            rest = text[match.end() : end]
            kind = self._rules.kind(rest, whole=False) or self._rules.tail_kind(rest)
            if kind in _TAIL_KINDS and len(text[match.end() : end].split()) > 1:
                return match.end(), str(kind)
        return end, ""

    def _add_body(self, span: Span) -> None:
        """A block, or several where residue of a layout stands inside."""
        line = self._text[span.start : span.end]
        if line and not line[0].isdigit() and not self._has_mark(line) and not _FOOTNOTE_NUMBER.search(line):
            self._blocks.append(span)
            return
        for part, residue in _without_residue(self._text, span, self._rules):
            if part.end > part.start:
                self._blocks.append(part)
            if residue:
                self._remove("link", residue)

    def _has_mark(self, line: str) -> bool:
        """Whether a line has something that the slower rules look for."""
        return any(mark in line for mark in self._marks)

    def _remove(self, kind: str, span: Span) -> None:
        if span.end > span.start:
            self._removed.append(Removed(kind, *span))


@cache
def _goes_on(code: str) -> frozenset[str]:
    """The words, and abbreviations with their full stop, after which a line goes on below."""
    of_language = language(code)
    titles = of_language.words("sentences", "titles") | common().words("sentences", "titles")
    figures = of_language.words("sentences", "before_numbers") | of_language.words("sentences", "abbreviations")
    return (
        stop_words(code)
        | {f"{word}." for word in figures | of_language.words("calendar", "months")}
        | {f"{word}. A" for word in titles}
    )


def _ends_as_sentence(text: str, span: Span) -> bool:
    """Whether a paragraph ends as a sentence does, or announces what follows in one."""
    if text[span.end - 1] == ":":
        return text.count(" ", *span) >= ANNOUNCING_WORDS - 1
    return ENDS_AS_SENTENCE.search(text, max(span.start, span.end - 20), span.end) is not None


def _without_residue(text: str, span: Span, of: Rules) -> Iterator[tuple[Span, Span | None]]:
    """The parts of a paragraph between what a page's layout left in it, each with the residue after it."""
    start = span.start
    block = text[span.start : span.end]
    found = sorted([*of.residue.finditer(block), *_FOOTNOTE_NUMBER.finditer(block)], key=lambda match: match.start())
    for match in found:
        if span.start + match.start() < start:
            continue
        begin, end = span.start + match.start(), span.start + match.end()
        yield Span(start, begin).strip(text), Span(begin, end).strip(text)
        start = end
    yield Span(start, span.end).strip(text), None


def _in_title_case(words: Sequence[str]) -> bool:
    """Whether all longer words of a line begin with capitals."""
    longer = [word for word in words if len(word) > 4]
    return len(words) > 1 and len(longer) > 1 and all(word[0].isupper() for word in longer)


def _same_words(line: str, headline: str | None) -> bool:
    if headline is None or len(line) > 2 * len(headline) + 20:
        return False
    return re.findall(r"\w+", line.casefold()) == re.findall(r"\w+", headline.casefold())
