"""Article -> blocks that are body; what is wire furniture is marked, never rewritten.

A block is a paragraph. Rules are tables of patterns, each for one kind of furniture; they look at a block alone, at
whether it ends as a sentence does, and at whether it stands first. They are strict on purpose: a caption that
slips through costs rank, a paragraph of news that is dropped costs trust.
"""

import re
from collections.abc import Iterator, Sequence

from nutgraf.summarizer.models import Article, CleanArticle, Removed, Span

# Who signs wire copy and pictures.
AGENCIES = (
    r"AAP|ABC News|AFP|Agence France-Presse|Agencia EFE|ANI|ANSA|ANP|AP|Associated Press|The Associated Press|APA|"
    r"Belga|Bloomberg(?: News)?|CNN|CTK|DPA|dpa|EFE|EPA|Getty(?: Images)?|Ians|IANS|Kyodo|Lusa|NTB|PA|PTI|PAP|"
    r"REUTERS|Reuters|RIA|Ritzau|Shutterstock|SID|TASS|TT|UPI|Xinhua|Yonhap|Zuma"
)
MONTHS_AND_DAYS = (
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|mai\w*|june?|juin|juni|july?|juillet|juli|aug\w*|août|ago\w*|sep\w*|set\w*|"
    r"o[ck]t\w*|out\w*|nov\w*|de[cz]\w*|déc\w*|mon|tue|wed|thu|fri|sat|sun|[a-z]+day"
)
DATE_WORDS = (
    rf"{MONTHS_AND_DAYS}|\d[\d.:/-]*|\d{{1,2}}(?:st|nd|rd|th)|a\.?m\.?|p\.?m\.?|GMT|UTC|E[SD]?T|CET|de|of|at|on|o'clock"
)

# A word of a byline: capitalised, or one that joins names. It keeps the stops that it took: each could be taken in two ways.
NAME_WORD = r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*+,?+|and|und|et|e|y|og|och|de|van|von|der|for|in|the|[,|&/-])"

_CLOSERS = "\"'”’»)\\]›*"
_ENDS_AS_SENTENCE = re.compile(rf"[.!?…。！？؟۔।॥։።][{_CLOSERS}\s]*$")
_WORD = re.compile(r"[^\W_]")

# Kind -> pattern over a whole block. Tried in this order; `I` where case says nothing.
FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("link", re.compile(
        r"(?:short link|permalink|read (?:more|also|next)|see also|more on this|also read|(?:re)?watch|listen|more|"
        r"related(?: (?:story|stories|articles?|coverage|content|topics|video|news))?|topics|tags|lire aussi|"
        r"(?:à )?(?:lire|voir) aussi|lesen sie (?:auch|mehr)|mehr zum thema|lees ook|leia (?:também|mais)|"
        r"(?:lea|lee|ver) (?:también|más)|leggi anche|les også|läs (?:också|mer))\s*(?::.*)?$", re.I | re.S)),
    ("link", re.compile(r"(?:https?://|www\.)\S+$|[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|.{0,200}\bread more[ .»>…]*$", re.I)),
    ("boilerplate", re.compile(
        r"(?:advertisement|anzeige|publicité|publicidade|publicidad|annonse|story highlights|highlights|"
        r"scroll down for video|continue reading(?: the main story)?|share(?: this(?: article| story)?)?|print|comments?|"
        r"tweet|close|text size)\b[^.!?]{0,60}$", re.I)),
    ("boilerplate", re.compile(
        r"(?:sign up (?:for|to)|subscribe (?:to|now)|follow (?:us|\S+(?: \S+){0,6}) on (?:twitter|x|facebook|instagram)|"
        r"please (?:enable|turn on) javascript|get the latest (?:news )?(?:from|delivered)|click here\b|"
        r"download (?:the|our) app|"
        r"this (?:material|story|content) may not be (?:published|reproduced)|when you tweet with a location)", re.I)),
    ("credit", re.compile(
        r"(?:©|\(c\)|copyright\b)|.{0,120}\ball rights reserved\b|"
        r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|edited|written) by\b|"
        r"\(?(?:reportagem|reportage|texte|redacción|berichterstattung) (?:de|von|por)\b|"
        r".{0,160}\bcontributed (?:reporting )?to this (?:report|story|article)\b", re.I)),
    ("credit", re.compile(rf"[-—–(\[]?\s*(?:{AGENCIES})(?:\s*/\s*[\w. ]{{1,40}})?\s*[)\].]?$")),
    ("caption", re.compile(
        r"(?:image|photo|photograph|picture|foto|bild|imagem|imagen)s?\s*(?:[:|]|copyright|caption|credit|source|by|"
        r"legend)|file (?:photo|picture|image)\b|\(?(?:photo|foto|image|picture|video)\s*:|"
        r".{0,600}\b(?:photo|photograph|foto|bild|imagem)s?\s?:\s?\w[^.!?]{0,80}$|"
        r"(?:getty|reuters|afp|ap) ?\(\d\)$|.{0,600}\bfile (?:photo|picture|image)\.?$|"
        r"in this [^.!?]{0,20}\.?[^.!?]{0,60}\b(?:photo|image|picture|frame)\b", re.I)),
    ("caption", re.compile(
        rf".{{0,600}}[({{\[][^)\]}}]{{0,60}}\b(?:photo|foto|image|picture|file|via|{AGENCIES})\b"
        r"[^)\]}]{0,80}[)\]}]?\s*$"
        r"(?<![.!?])", re.I | re.S)),
    ("caption", re.compile(
        rf".{{0,600}}[.!?][{_CLOSERS}]*\s+(?:[\w. -]{{1,40}}\s*/\s*)?(?:{AGENCIES})(?:\s*/\s*[\w. ]{{1,40}})?$", re.S)),
    ("byline", re.compile(
        rf"(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af)\s+{NAME_WORD}(?:\s+{NAME_WORD}[,.]?+){{0,14}}$")),
    ("dateline", re.compile(  # atomic: a run of dates could be taken apart in ever so many ways
        rf"(?>(?:published|updated|posted|created|last modified|publié le|veröffentlicht|publicado|{AGENCIES}|{DATE_WORDS})"
        r"(?:[\s,|:.;/·–—-]+|$))+$", re.I)),
)  # fmt: skip

# A dateline that opens a paragraph ends at a dash, or at the bracket that names the agency.
_DATELINE_SCOPE = 100
_DATELINE_STOP = re.compile(r"(?<=\))\s*(?:--?|—|–|-|_|:)?\s*(?=\S)|\s*(?:--|—|–)\s*(?=\S)|\s[-_]\s(?=\S)")
_DATELINE_WORDS = 9
_BRACKET = re.compile(r"\(\s*([^()]{2,40}?)\s*\)$")
_AGENCY = re.compile(rf"(?:{AGENCIES})(?:\s*[/,-]\s*[\w. ]{{1,30}})?")
_DATE_WORD = re.compile(DATE_WORDS, re.I)
_PLACE = re.compile(r"[^\W\d_][\w.'’-]*")
_TRAILING_CREDIT = re.compile(rf"(?<=[.!?…\"'”’»])\s*(?:\((?:{AGENCIES})(?:/[\w. ]{{1,30}})?\)|[-—–]+\s*(?:{AGENCIES}))\.?$")

# A line above the text with at most so many words, and no full stop, is its headline; between paragraphs, a heading.
HEADLINE_WORDS = 20
HEADING_WORDS = 14
# Lines of mail and terminals are wrapped near these widths.
WRAPPED_WIDTH = (50, 100)


def clean(article: Article, language: str) -> CleanArticle:
    """Tells an article's body from its furniture.

    Every character of the text that is not white space is in a block, in a removed span, or beside one that was
    trimmed. If nothing would be left, nothing is taken for furniture.
    """
    text = article.text
    paragraphs = list(_paragraphs(text))
    ends = [bool(_ENDS_AS_SENTENCE.search(text, start, end)) for start, end in paragraphs]
    punctuated = _mostly_punctuated(text, paragraphs, ends)
    headline = article.title
    blocks: list[Span] = []
    removed: list[Removed] = []
    for (start, end), ended in zip(paragraphs, ends, strict=True):
        block = text[start:end]
        kind = _furniture(block)
        if kind is None and _same_words(block, headline):
            kind = "headline"
        elif kind is None and punctuated and not ended:
            words = len(block.split())
            if not blocks and headline is None and words <= HEADLINE_WORDS:
                kind, headline = "headline", block
            elif words <= HEADING_WORDS:
                kind = "heading"
        if kind:
            removed.append(Removed(kind, start, end))
            continue
        body = _trim(article, Span(start, end), removed, first=not blocks)
        if body.end > body.start:
            blocks.append(body)
    if not any(_WORD.search(text, *block) for block in blocks):
        blocks, removed, headline = [Span(*paragraph) for paragraph in paragraphs], [], article.title
    return CleanArticle(article, language, blocks, removed, headline)


def _paragraphs(text: str) -> Iterator[Span]:
    """Spans between line ends, without outer white space; hard-wrapped lines belong together."""
    lines: list[Span] = []
    for match in re.finditer(r"[^\n\r\u2028\u2029]*", text):
        line = Span(*match.span()).strip(text)
        if line.end > line.start:
            gap = text[lines[-1].end : line.start] if lines else ""
            if lines and re.search(r"\n[^\S\n]*\n|\u2029|\r[^\S\n\r]*\r", gap):
                yield from _unwrap(text, lines)
                lines = []
            lines.append(line)
    if lines:
        yield from _unwrap(text, lines)


def _unwrap(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The lines between two empty ones: one span where they were wrapped at a width, else each its own."""
    if len(lines) > 1 and _wrapped(lines):
        yield Span(lines[0].start, lines[-1].end)
        return
    start = None
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        start = line.start if start is None else start
        if following and text[following.start].islower() and not _ENDS_AS_SENTENCE.search(text, line.start, line.end):
            continue  # a sentence that goes on in lower case on the next line
        yield Span(start, line.end)
        start = None


def _wrapped(lines: Sequence[Span]) -> bool:
    shortest, longest = WRAPPED_WIDTH
    widths = [line.end - line.start for line in lines]
    return len(widths) > 2 and max(widths) <= longest and min(widths[:-1]) >= shortest


def _mostly_punctuated(text: str, paragraphs: Sequence[Span], ends: Sequence[bool]) -> bool:
    """Whether most of the text stands in paragraphs that end as sentences do (lists and poems do not)."""
    ended = sum(span.end - span.start for span, is_end in zip(paragraphs, ends, strict=True) if is_end)
    return 2 * ended >= sum(span.end - span.start for span in paragraphs)


def _furniture(block: str) -> str | None:
    if len(block) > 1000:  # no furniture is that long, and patterns shall not walk it
        return None
    return next((kind for kind, pattern in FURNITURE if pattern.match(block)), None)


def _same_words(block: str, headline: str | None) -> bool:
    if headline is None or len(block) > 2 * len(headline) + 20:
        return False
    return re.findall(r"\w+", block.casefold()) == re.findall(r"\w+", headline.casefold())


def _trim(article: Article, block: Span, removed: list[Removed], *, first: bool) -> Span:
    """The block without the dateline before it and the credit after it, both noted in `removed`."""
    text = article.text
    start, end = block
    if size := _dateline_length(text[start : min(end, start + _DATELINE_SCOPE)], first=first, source=article.source):
        removed.append(Removed("dateline", start, Span(start, start + size).strip(text).end))
        start += size
    if credit := _TRAILING_CREDIT.search(text, max(start, end - 80), end):
        removed.append(Removed("credit", *Span(credit.start(), end).strip(text)))
        end = credit.start()
    return Span(start, end).strip(text)


def _dateline_length(opening: str, *, first: bool, source: str | None) -> int:
    """How many characters of a paragraph's opening are its dateline, the dash included."""
    for stop in _DATELINE_STOP.finditer(opening):
        head = opening[: stop.start()].strip()
        if not head or opening[stop.end() : stop.end() + 1].islower():
            continue
        bracket = _BRACKET.search(head)
        place = head[: bracket.start()] if bracket else head
        signed = bracket is not None and (bracket[1] == source or _AGENCY.fullmatch(bracket[1]) is not None)
        words = place.replace(",", " ").replace("/", " ").split()
        dated = all((_PLACE.match(word) and not word[0].islower()) or _DATE_WORD.fullmatch(word) for word in words)
        shouted = bool(words) and len(words[0]) > 2 and words[0].isupper() and words[0].isalpha()
        dashed = bool(opening[stop.start() : stop.end()].strip())
        if dated and len(words) <= _DATELINE_WORDS and (signed or (first and shouted and dashed)):
            return stop.end()
    return 0
