"""Converts web pages to the markup that trafilatura expects: paragraphs as `p` elements, and no layout tables.

trafilatura 2.3 loses the text before the first `br` of a block, and treats layout tables, whose cells are the columns of a
page, as tables of data.
"""

from typing import Any

from lxml import html

_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
# Elements that may contain both loose text with line breaks and other blocks.
_CONTAINERS = ("div", "td", "section", "article", "main", "body", "center", "form")
_INLINE = frozenset(
    "a abbr b bdi bdo big br cite code em font i img ins mark q s small span strike strong sub sup time tt u wbr".split()
)
# A cell with more paragraphs or characters than this is a column of the page.
_MAX_CELL_PARAGRAPHS, _MAX_CELL_CHARACTERS = 2, 1_000


def normalize(root: Any) -> None:
    """Changes a page in place. `root` is its `html` element; the caller has limited its depth."""
    for table in [table for table in root.iter("table") if _is_layout(table)]:
        for part in [table, *_own_parts(table)]:
            part.tag = "div"
    for container in [*root.iter(*_CONTAINERS)]:
        if container.find("br") is not None:
            _wrap_in_paragraphs(container)


def _is_layout(table: Any) -> bool:
    """Whether a table only lays out the page: it contains an h1 or an article, or a cell that is a column of the page."""
    if table.find(".//h1") is not None or table.find(".//article") is not None:
        return True
    return any(
        len(cell.findall(".//p")) > _MAX_CELL_PARAGRAPHS or len(cell.text_content()) > _MAX_CELL_CHARACTERS
        for cell in _own_parts(table)
        if cell.tag in ("td", "th")
    )


def _own_parts(table: Any) -> list[Any]:
    """The sections, rows and cells of a table, without those of nested tables."""
    parts = []
    pending = [child for child in table if child.tag in _TABLE_PARTS]
    while pending:
        part = pending.pop()
        parts.append(part)
        if part.tag not in ("td", "th"):
            pending.extend(child for child in part if child.tag in _TABLE_PARTS and child.tag != "table")
    return parts


def _wrap_in_paragraphs(container: Any) -> None:
    """Puts the text and inline elements of a block into `p` elements; two or more `br` in a row begin a new one."""
    children = [*container]
    paragraph: Any = None
    last_child: Any = None  # of `paragraph`; to find it takes linear time in lxml
    breaks = 0

    def begin_or_continue() -> None:
        nonlocal paragraph, last_child, breaks
        if paragraph is None or breaks > 1:
            paragraph, last_child = html.Element("p"), None
            container.append(paragraph)
        elif breaks:
            last_child = html.Element("br")
            paragraph.append(last_child)
        breaks = 0

    def add_text(text: str | None) -> None:
        if not (text and text.strip()):
            return
        begin_or_continue()
        if last_child is not None:
            last_child.tail = (last_child.tail or "") + text
        else:
            paragraph.text = (paragraph.text or "") + text

    first, container.text = container.text, None
    for child in children:
        container.remove(child)
    add_text(first)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br":
            breaks += 1
        elif child.tag in _INLINE:
            begin_or_continue()
            paragraph.append(child)
            last_child = child
        else:
            paragraph, breaks = None, 0
            container.append(child)
        add_text(tail)
