"""Separates the body of an article from boilerplate, which is listed with its kinds. The text itself is not changed.

A block is a paragraph, or a part of one where the page's layout left residue inside. Datelines, credits and sign-offs are
trimmed from a paragraph first. The rest is classified by rules for whole lines (`boilerplate_rules.py`, from the language
files), by its position and by its end. The rules are strict on purpose: a caption that is kept does little harm, but a
removed paragraph of news costs trust.
"""

import re
from collections.abc import Iterator, Sequence

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import common, language, per_language
from nutgraf.summarizer.models import Article, CleanArticle, Removed, Span
from nutgraf.summarizer.reading.boilerplate_rules import Rules, rules
from nutgraf.summarizer.reading.datelines import (
    SCORE,
    dateline_length,
    is_date_line,
    is_sign_off_line,
    is_slug,
    sign_off_start,
    starts_with_agency,
)
from nutgraf.summarizer.reading.paragraphs import ENDS_AS_SENTENCE, Paragraph, paragraphs
from nutgraf.summarizer.reading.quotations import speaker_labels
from nutgraf.summarizer.reading.stop_words import stop_words

# A line above the text with at most this many words, and no full stop, is its headline; between paragraphs, a heading.
HEADLINE_WORDS = 20
HEADING_WORDS = 14
# A line of at most this many words without a known verb is a heading, whatever its case.
SHORT_HEADING_WORDS = 3
# A line that ends with a colon and has at least this many words is a sentence; with fewer words it is a label.
ANNOUNCING_WORDS = 8
LONGEST_OPENING = 200
# How much text is searched to decide whether the words after a place continue its name.
EVIDENCE_WITHIN = 6_000
# Longer lines are not addresses, bylines or datelines.
LONGEST_ADDRESS = 90

# Text is prose if paragraphs that end like sentences have this share of its characters. A short story may have many
# lines above it.
PROSE_SHARE = 0.25
# A text repeats the words of its headline within this many characters.
REPEATED_WITHIN_CHARACTERS = 3_000

_WORD = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"https?://|www\.|@\w|\+?\d[\d ()/-]{6,}\d|:\s*$")
# "Lund 3", "Lund – Alba 3:1 (1:0)"
_ROW = re.compile(r"[^\W\d_][^\n]{0,60}(?<=\W)\d[\d.,:%)( –-]{0,12}\Z")
# Between the cells of a row, in the text of HTML and in Markdown.
_CELL_BORDER = " | "
# A line that Markdown or HTML marks as a heading is body only if a full stop ends it.
_FULL_STOPS = ".。।።։။។"
# "The bridge is shut.12 Ferries run."
_FOOTNOTE_NUMBER = re.compile(r"(?<=[^\W\d_]{3}[.!?])\d{1,2}(?=\s+[\"“«„]?[^\W\d_a-zß-öø-ÿ])")
_TRUNCATED = re.compile(r"\w(?:\.\.\.|…)$")
# Between two sentences of a line: "Sign up. Follow us on X." is checked sentence by sentence.
_AFTER_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[(\[|]?[^\W\d_©])")
TAIL_CHARACTERS = 220
# "Ada Marsh reported from Port Alder.": a sign-off is one of the last lines, and short.
SIGN_OFF_LINES = 3
LONGEST_SIGN_OFF = 160
_TAIL_KINDS = frozenset({"credit", "link", "contact"})


def clean(article: Article, code: str) -> CleanArticle:
    """Separates the body of an article from boilerplate, by the rules of the language `code`.

    Every letter and digit of the text is in a block, in a removed span, or in the mark of a list item. If no block would
    be left, every paragraph is a block. Spans are in code points.
    """
    return _Classifier(article, code).classify()


class _Classifier:
    """Classifies the paragraphs of one article from top to bottom; the kind of a line depends on the lines above it."""

    def __init__(self, article: Article, code: str) -> None:
        self._article, self._code, self._text = article, code, article.text
        language_file = language(code)
        self._rules: Rules = rules(language_file.code)
        self._stop_after_place = bool(language_file.tables.get("sentences", {}).get("stop_after_place"))
        self._paragraphs = paragraphs(article.text, _continuing_words(language_file.code), self._rules.generic_about)
        self._ends_sentence = [_ends_as_sentence(article.text, span) for span, *_ in interruptible(self._paragraphs)]
        self._residue_marks = [mark for mark in self._rules.marks if mark in article.text]
        self._is_killed = False
        self._headline = self._usable_title()
        self._headline_words: tuple[str, list[str]] | None = None  # the headline, and its words
        self._section_kind: str | None = None
        self._about_start: int | None = None
        self._next_address: int | None = -1  # None: there are no more
        self._is_legal_text = False
        self._blocks: list[Span] = []
        self._removed: list[Removed] = []
        self._quoted_blocks: set[int] = set()

    def classify(self) -> CleanArticle:
        """Returns the article with its body blocks and removed spans."""
        labels = speaker_labels(self._text, [span for span, *_ in self._paragraphs])
        is_prose = self._is_prose()
        self._is_transcript = bool(labels)
        for index, paragraph in enumerate(interruptible(self._paragraphs)):
            first_block = len(self._blocks)
            self._classify_paragraph(index, paragraph, is_prose)
            if paragraph.is_quoted or index in labels:
                self._quoted_blocks.update(range(first_block, len(self._blocks)))
        if not self._is_killed and not any(_WORD.search(self._text, *block) for block in self._blocks):
            spans = [span for span, *_ in self._paragraphs]
            only_links = bool(self._removed) and all(removed.kind == "link" for removed in self._removed)
            return CleanArticle(self._article, self._code, spans, [], self._article.title, only_links=only_links)
        return CleanArticle(
            self._article,
            self._code,
            self._blocks,
            sorted(self._removed, key=lambda removed: removed.start),
            self._headline,
            frozenset(self._quoted_blocks),
            self._is_killed,
        )

    def _usable_title(self) -> str | None:
        """Returns the title of the article, or None if it is a slug, an alert or a message to editors."""
        title = self._article.title
        if title is None or not title.strip():
            return title
        kind = "slug" if is_slug(title) else self._rules.kind(title)
        self._is_killed = kind == "notice" and self._rules.kill.search(title) is not None
        return None if kind in ("slug", "notice", "embargo", "correction") else title

    def _is_prose(self) -> bool:
        """Whether enough of the text is in paragraphs that end like sentences. Lists, poems and Thai text are not."""
        sizes = [span.end - span.start for span, *_ in self._paragraphs]
        return sum(size for size, ended in zip(sizes, self._ends_sentence, strict=True) if ended) >= PROSE_SHARE * sum(sizes)

    def _classify_paragraph(self, index: int, paragraph: Paragraph, is_prose: bool) -> None:
        span = paragraph.span
        line = self._text[span.start : span.end]
        if _WORD.search(line) is None:
            return
        kind = self._kind(index, line)
        if kind is None and self._is_caption(index, span):
            kind = "caption"
        if kind is None:
            trimmed = self._trim(index, span)
            if trimmed.start == span.start:
                kind = self._kind_by_place(index, paragraph, trimmed, is_prose)
            if kind is None:
                self._add_body(trimmed)
                return
            if trimmed.end > trimmed.start:
                span = trimmed
        self._remove(kind, span)

    def _kind(self, index: int, line: str) -> str | None:
        """Returns the kind of a line by its words, or None if it may be body."""
        if is_sign_off_line(line) or (line == "30" and self._paragraphs[index].after_blank):
            return "credit"
        kind = self._rules.kind(line, has_mark=self._has_residue_mark(line))
        if kind in _TAIL_KINDS | {"caption"} and self._has_news(line):
            kind = None
        if kind is None and self._is_sign_off(index, line):
            kind = "credit"
        if kind is None and not self._blocks and is_slug(line):
            kind = "slug"
        if kind is None and not self._blocks and self._is_byline(index, line):
            kind = "byline"
        if kind is None and (is_date_line(line, self._rules) or (not self._blocks and self._is_dateline(index, line))):
            kind = "dateline"
        if kind == "notice" and self._rules.kill.search(line):
            self._is_killed = True
        if kind is None:
            kind = self._kind_in_section(index, line)
        elif kind in ("contact", "about", "notice"):
            self._section_kind = kind if kind != "notice" or (self._blocks and len(line.split()) < 6) else None
        return kind

    def _has_news(self, line: str) -> bool:
        """Whether a line that ends with a credit or a link begins with a dateline or has several sentences before it."""
        if not self._blocks and self._dateline_length(line[:LONGEST_OPENING]):
            return True
        ends = [
            match.end() for match in _AFTER_SENTENCE_END.finditer(line) if line[match.start() - 1 : match.start()].islower()
        ]
        if len(ends) < 2:
            return False
        return self._rules.kind(line[: ends[0]].rstrip()) is None and self._tail(0, len(line), line)[0] >= ends[1]

    def _is_sign_off(self, index: int, line: str) -> bool:
        """Whether one of the last lines says who reported from where. Elsewhere in a story, such a sentence may be news."""
        if not self._blocks or index < len(self._paragraphs) - SIGN_OFF_LINES or len(line) > LONGEST_SIGN_OFF:
            return False
        return self._rules.sign_off.fullmatch(line) is not None

    def _is_byline(self, index: int, line: str) -> bool:
        """Whether a line above the text is "Helga Moss in Skerry": a name that the text does not mention, and a place.

        A headline such as "Bridge Closed in Skerry" looks the same, but the text repeats its words.
        """
        match = self._rules.byline_with_place.fullmatch(line) if len(line) <= LONGEST_ADDRESS else None
        if match is None or index + 1 == len(self._paragraphs):
            return False
        start = self._paragraphs[index].span.end
        text = self._text[start : start + REPEATED_WITHIN_CHARACTERS].casefold()
        return not any(name.casefold() in text for name in match["names"].split() if len(name) > 1)

    def _kind_in_section(self, index: int, line: str) -> str | None:
        """Returns the kind of the section that a line belongs to, such as "contact"; None if there is none or it ends."""
        if self._section_kind is None:
            return None
        belongs = {
            "contact": len(line) < LONGEST_ADDRESS and (not self._ends_sentence[index] or _ADDRESS.search(line) is not None),
            "about": self._belongs_to_about(index, line),
            "notice": True,
        }[self._section_kind]
        if not belongs:
            self._section_kind = None
        return self._section_kind

    def _belongs_to_about(self, index: int, line: str) -> bool:
        """Whether a paragraph belongs to the "About" heading or the legal heading above it.

        Below "About Alder Works", the first paragraph does if it begins with that name and describes a company. Those
        below it do, up to the next heading or to a paragraph that reports news. Legal text ends only at a heading.
        """
        heading = self._removed[-1]
        if heading.kind != "about" or _ADDRESS.search(line):
            return heading.kind == "about"
        if self._about_start is not None and self._about_start < heading.start:
            return self._ends_sentence[index] and (self._is_legal_text or not self._rules.reports_news(line))
        self._about_start = heading.start
        title = self._text[heading.start : heading.end]
        self._is_legal_text = self._rules.legal_heading.match(title) is not None
        if self._is_legal_text or self._rules.generic_about.match(title):
            return self._is_legal_text or not self._rules.reports_news(line)
        words = title.split()[1:]
        while words and (words[0].islower() or words[0].casefold() in self._rules.function_words):
            words = words[1:]
        name = " ".join(words[:2]).casefold()
        is_specific = len(words) > 1 or self._has_address_after(heading.end)
        if not (self._blocks and name and is_specific and name in line[:LONGEST_ADDRESS].casefold()):
            return False
        return self._rules.describes_company(line) and not self._rules.reports_news(line)

    def _has_address_after(self, position: int) -> bool:
        """Whether the text has an address after a position. Positions ascend, so that no part is searched twice."""
        if self._next_address is not None and self._next_address < position:
            match = _ADDRESS.search(self._text, position)
            self._next_address = match.start() if match else None
        return self._next_address is not None

    def _kind_by_place(self, index: int, paragraph: Paragraph, span: Span, is_prose: bool) -> str | None:
        """Returns the kind of a line by its position: "headline", "heading", "table", or None for body."""
        line = self._text[span.start : span.end]
        if not line:
            return "credit"
        if self._repeats_headline(line):
            return "headline"
        if paragraph.is_heading and line[-1] not in _FULL_STOPS:
            if self._blocks or self._headline is not None:
                return "heading"
            self._headline = line
            return "headline"
        if self._ends_sentence[index] or not is_prose or paragraph.is_quoted:
            return None
        if self._blocks and _CELL_BORDER in line:
            return "table"
        if self._is_table_row(index):
            return None
        words = len(line.split())
        if not self._blocks and not paragraph.is_list_item:
            if self._headline is None and words <= HEADLINE_WORDS:
                self._headline = line
                return "headline"
            return "heading" if words <= HEADLINE_WORDS and self._section_kind is None else None
        return "heading" if not paragraph.is_list_item and self._is_heading(index, line) else None

    def _repeats_headline(self, line: str) -> bool:
        """Whether a line has the words of the headline."""
        headline = self._headline
        if headline is None or len(line) > 2 * len(headline) + 20:
            return False
        if self._headline_words is None or self._headline_words[0] is not headline:
            self._headline_words = headline, _words(headline)
        return _words(line) == self._headline_words[1]

    def _is_table_row(self, index: int) -> bool:
        """Whether a line and the line directly above or below it end in figures, as in tables and results."""

        def is_row(position: int) -> bool:
            return _ROW.match(self._text, *self._paragraphs[position].span) is not None

        paragraph = self._paragraphs[index]
        above = index > 0 and not paragraph.after_blank and is_row(index - 1)
        below = index + 1 < len(self._paragraphs) and not paragraph.before_blank and is_row(index + 1)
        return (above or below) and is_row(index)

    def _is_heading(self, index: int, line: str) -> bool:
        """Whether a line between paragraphs is clearly a heading: short, without figures, and not a sentence."""
        if len(line.split()) > HEADING_WORDS or any(map(str.isdigit, line)) or "「" in line or "。" in line:
            return False
        neighbours = [other for other in (index - 1, index + 1) if 0 <= other < len(self._paragraphs)]
        if len(neighbours) < 2 or not self._ends_sentence[index + 1]:
            return False
        if not (self._ends_sentence[index - 1] or self._paragraphs[index].after_blank):
            return False  # the last of several rows
        words = line.split()
        if words[0].lower() in self._rules.questions or line.isupper() or _in_title_case(words):
            return True
        return len(words) <= SHORT_HEADING_WORDS and not self._rules.is_clause(words)

    def _trim(self, index: int, span: Span) -> Span:
        """Removes the dateline before a paragraph and the credits after it, and returns the span of the rest."""
        text = self._text
        start, end = span
        opening = text[start : min(end, start + LONGEST_OPENING)]
        context = ""
        if self._ends_sentence[index] and (not self._blocks or opening[:2].isupper()):
            context = text[max(0, start - EVIDENCE_WITHIN) if self._blocks else start : start + EVIDENCE_WITHIN]
        if length := self._dateline_length(opening, context):
            self._remove("dateline", Span(start, start + length).strip(text))
            start += length
        sign_off = sign_off_start(text, start, end)
        tail_start, tail_kind = self._tail(start, sign_off)
        self._remove(tail_kind, Span(tail_start, sign_off).strip(text))
        self._remove("credit", Span(sign_off, end).strip(text))
        self._ends_sentence[index] = self._ends_sentence[index] or tail_start < end
        return Span(start, tail_start).strip(text)

    def _dateline_length(self, opening: str, context: str = "") -> int:
        return dateline_length(
            opening,
            self._rules,
            first=not self._blocks and not self._is_transcript,
            source=self._article.source,
            allows_full_stop=self._stop_after_place,
            context=context,
        )

    def _is_dateline(self, index: int, line: str) -> bool:
        """Whether a line is nothing but a dateline, with the agency in brackets."""
        if self._ends_sentence[index] or len(line) > LONGEST_ADDRESS or line[-1] not in ")-–—" or SCORE.search(line):
            return False
        return self._dateline_length(f"{line.rstrip(' -–—')} - A") > len(line.rstrip(" -–—"))

    def _is_caption(self, index: int, span: Span) -> bool:
        """Whether a paragraph that ends with the name of an agency is the caption of a picture.

        Its date, its bracket or its missing end mark shows it; or the name has no bracket, and only a title is above.
        """
        sign_off = sign_off_start(self._text, *span)
        if sign_off == span.end:
            return False
        caption, agency = self._text[span.start : sign_off], self._text[sign_off : span.end].strip()
        whole = self._text[span.start : span.end].rstrip(" .")
        if (agency[0] == "(" and _TRUNCATED.search(caption)) or self._rules.picture_text.search(whole):
            return True
        if index == 0 or self._paragraphs[index].after_blank or not self._paragraphs[index].before_blank:
            return False
        if not self._paragraphs[index - 1].after_blank or self._ends_sentence[index - 1]:
            return False
        return starts_with_agency(agency)

    def _tail(self, start: int, end: int, text: str = "") -> tuple[int, str]:
        """Returns where credits or links after the last sentence of a line begin, and their kind; `end` and "" if none."""
        text = text or self._text
        if end - 1 > start and text[end - 1] == "）":
            bracket = max(text.rfind("（", start, end), start)
            after_sentence = bracket > start and text[bracket - 1] in "。！？」』”"
            if after_sentence and self._rules.kind(text[bracket:end]) in ("credit", "byline"):
                return bracket, "credit"
        for match in _AFTER_SENTENCE_END.finditer(text, max(start, end - TAIL_CHARACTERS), end):
            rest = text[match.end() : end]
            kind = self._rules.kind(rest, whole=False) or self._rules.tail_kind(rest)
            if kind in _TAIL_KINDS and len(text[match.end() : end].split()) > 1:
                return match.end(), str(kind)
        return end, ""

    def _add_body(self, span: Span) -> None:
        """Adds a paragraph as one block, or as several if it contains residue of the page layout."""
        line = self._text[span.start : span.end]
        if line and not line[0].isdigit() and not self._has_residue_mark(line) and not _FOOTNOTE_NUMBER.search(line):
            self._blocks.append(span)
            return
        for part, residue in _without_residue(self._text, span, self._rules):
            if part.end > part.start:
                self._blocks.append(part)
            if residue:
                self._remove("link", residue)

    def _has_residue_mark(self, line: str) -> bool:
        """Whether a line contains a mark that the slower rules need."""
        return any(mark in line for mark in self._residue_marks)

    def _remove(self, kind: str, span: Span) -> None:
        if span.end > span.start:
            self._removed.append(Removed(kind, *span))


@per_language
def _continuing_words(code: str) -> frozenset[str]:
    """Returns the words after which a sentence continues on the next line; abbreviations include their full stop."""
    language_file = language(code)
    titles = language_file.words("sentences", "titles") | common().words("sentences", "titles")
    before_figures = language_file.words("sentences", "before_numbers") | language_file.words("sentences", "abbreviations")
    return (
        stop_words(code)
        | {f"{word}." for word in before_figures | language_file.words("calendar", "months")}
        | {f"{word}. A" for word in titles}
    )


def _ends_as_sentence(text: str, span: Span) -> bool:
    """Whether a paragraph ends like a sentence, or is a sentence that ends with a colon; feeds set a full stop after it."""
    if text.endswith((":", ":."), *span):
        return text.count(" ", *span) >= ANNOUNCING_WORDS - 1
    return ENDS_AS_SENTENCE.search(text, max(span.start, span.end - 20), span.end) is not None


def _without_residue(text: str, span: Span, language_rules: Rules) -> Iterator[tuple[Span, Span | None]]:
    """Yields the parts of a paragraph between residue of the page layout, each with the residue after it."""
    block, start = text[span.start : span.end], span.start
    matches = sorted(
        [*language_rules.residue.finditer(block), *_FOOTNOTE_NUMBER.finditer(block)], key=lambda match: match.start()
    )
    for match in matches:
        residue = Span(span.start + match.start(), span.start + match.end())
        if residue.start >= start:
            yield Span(start, residue.start).strip(text), residue.strip(text)
            start = residue.end
    yield Span(start, span.end).strip(text), None


def _in_title_case(words: Sequence[str]) -> bool:
    """Whether all words of more than four letters begin with capitals."""
    long_words = [word for word in words if len(word) > 4]
    return len(words) > 1 and len(long_words) > 1 and all(word[0].isupper() for word in long_words)


def _words(line: str) -> list[str]:
    """Returns the words of a line, for comparison."""
    return re.findall(r"\w+", line.casefold())
