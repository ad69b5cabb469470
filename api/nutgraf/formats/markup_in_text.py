"""Cleans text that should be plain, but contains HTML: character references, tags, or tags that are escaped twice."""

import re
from collections.abc import Callable
from html import unescape

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# A character reference whose "&" is written as a reference itself.
_ESCAPED_REFERENCE = re.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_TAGS = (
    "p|div|br|hr|h[1-6]|ul|ol|li|span|a|em|strong|b|i|u|s|q|article|section|blockquote|pre|table|tr|td|th|sup|sub|small|mark|"
    "code|cite|font|figure|img|del|ins|script|style|iframe|aside|main|header|footer|html|body"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?=[\s/>])[^<>]*>", re.IGNORECASE)
# What is between the escaped angle brackets of a tag, and the brackets.
_INSIDE_TAG = re.compile(rf"/?(?:{_TAGS})(?:\s.*|/)?", re.IGNORECASE | re.DOTALL)
_BRACKET = re.compile(r"&[lg]t;|[<>]", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/h[1-6]|/li)\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|li|tr|pre|blockquote)(?=[\s/>])[^<>]*>", re.IGNORECASE)

# A line of at least this many characters may have been broken to fit a line width.
_LONG_LINE = 50
_SENTENCE_ENDS = tuple('.!?…:。！？؟।"”’»)')


def has_tags(value: str) -> bool:
    """Whether a text has tags of HTML."""
    return _TAG.search(value) is not None


def count_blocks(markup: str) -> int:
    """Returns how many paragraphs, lines and items HTML seems to have."""
    return len(_BLOCK.findall(markup))


def plain_line(value: str) -> str:
    """Returns a title or name on one line, without HTML: `Ice &amp; <em>snow</em>` is "Ice & snow"."""
    if "<" in value or "&lt;" in value:
        value = _TAG.sub("", _BREAK.sub(" ", _replace_escaped_tags(value, lambda tag: f"<{tag}>")))
    return " ".join(without_character_references(value).split())


def without_escaped_tags(value: str) -> str:
    """Returns a text with escaped tags turned into tags: `&lt;b&gt;` becomes `<b>`.

    If there are any, character references were escaped too: `&amp;rsquo;` becomes `&rsquo;`.
    """
    if "&lt;" not in value:
        return value
    unescaped = _replace_escaped_tags(value, lambda tag: f"<{unescape(tag)}>")
    return _ESCAPED_REFERENCE.sub("&", unescaped) if unescaped != value else value


def _replace_escaped_tags(value: str, replace: Callable[[str], str]) -> str:
    """Returns a text with each escaped tag replaced. `replace` gets what is between its brackets, which has no bracket."""
    pieces, kept_until = [], 0
    opened: re.Match[str] | None = None
    for bracket in _BRACKET.finditer(value):
        mark = bracket[0].lower()
        if mark == "&gt;" and opened and _INSIDE_TAG.fullmatch(value, opened.end(), bracket.start()):
            pieces += [value[kept_until : opened.start()], replace(value[opened.end() : bracket.start()])]
            kept_until = bracket.end()
        opened = bracket if mark == "&lt;" else None
    return "".join(pieces) + value[kept_until:]


def without_character_references(value: str) -> str:
    """Returns a text with its character references replaced by the characters: `&hellip;` becomes "…". A bare "&" stays.

    They may have been escaped twice: `&amp;hellip;` is "…", too.
    """
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), _ESCAPED_REFERENCE.sub("&", value))


def with_line_breaks(markup: str) -> str:
    """Returns HTML without blocks, with `<br>` for the line ends that separate its paragraphs.

    Other line ends are the layout of the markup: after a long line that does not end a sentence, or before an indented one.
    """
    pieces: list[str] = []
    line_before, breaks = "", 0
    for line in markup.split("\n"):
        breaks += 1
        if not line.strip():
            continue
        if pieces:
            visible = without_character_references(_TAG.sub("", line_before)).rstrip()
            is_layout = line[0].isspace() or (breaks == 1 and len(visible) >= _LONG_LINE)
            pieces.append("\n" if is_layout and not visible.endswith(_SENTENCE_ENDS) else "<br>" * min(breaks, 2))
        pieces.append(line)
        line_before, breaks = line, 0
    return "".join(pieces)
