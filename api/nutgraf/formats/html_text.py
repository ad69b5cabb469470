"""HTML -> the plain text that a reader sees of it, a block a paragraph."""

from lxml import html
from lxml.etree import ParserError, XMLSyntaxError, iterwalk

# What a page carries beside the story.
_LEFT_OUT = frozenset(
    "aside audio button canvas dialog embed figcaption figure footer form head iframe input map nav noscript object "
    "script select style svg template textarea title video".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset h1 h2 h3 h4 h5 h6 header hgroup hr html li "
    "main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


def plain_text(markup: str) -> str:
    """The text of an HTML document or fragment: blocks separated by an empty line, white space folded.

    Captions, navigation, forms, scripts and embeds are left out. Broken markup is read as browsers read it.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_without_nul(markup).encode("utf-8"), parser=parser)
    except (ParserError, XMLSyntaxError):
        return ""
    blocks: list[list[str]] = [[]]
    skipped = 0
    # Events instead of recursion: markup nests as deep as its sender likes.
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            skipped += tag in _LEFT_OUT
            if tag in _BLOCKS:
                blocks.append([])
            elif tag == "br":
                blocks[-1].append("\n")
            if not skipped and element.text:
                blocks[-1].append(element.text)
        else:
            skipped -= tag in _LEFT_OUT
            if tag in _BLOCKS:
                blocks.append([])
            if not skipped and element.tail:
                blocks[-1].append(element.tail)
    return "\n\n".join(filter(None, map(_fold, blocks)))


def _fold(pieces: list[str]) -> str:
    """The pieces of a block in one string; a line break of the author's stays, other white space is one space."""
    lines = ("".join(pieces)).split("\n") if "\n" in pieces else ["".join(pieces)]
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _without_nul(markup: str) -> str:
    return markup.replace("\0", " ")
