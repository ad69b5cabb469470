"""HTML in text that should be plain is cleaned."""

import pytest

from nutgraf.formats.common import prefer_plain_text, text_or_html
from nutgraf.formats.html_text import plain_text
from nutgraf.formats.markup_in_text import plain_line


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Ice &#8217;n&#8217; <em>snow</em>", "Ice ’n’ snow"),
        ("&lt;b&gt;Ice&lt;/b&gt; &amp;amp; snow", "Ice & snow"),
        ("Ice<br>and snow", "Ice and snow"),
        ("AT&T, R&D & 3 < 4 > 2", "AT&T, R&D & 3 < 4 > 2"),
        ("a&copy b &nosuch; <addr@ice.example>", "a&copy b &nosuch; <addr@ice.example>"),
    ],
)
def test_a_title_is_one_line_without_html(written: str, line: str) -> None:
    assert plain_line(written) == line


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The ice&apos;s edge&hellip;\n\nIt melts.", "The ice's edge…\n\nIt melts."),
        ("The &lt;a href=&quot;x&quot;&gt;ice&lt;/a&gt; melts.", "The ice melts."),
        ("<P>One.</P><P>Two.</P>", "One.\n\nTwo."),
        ("The <b>ice</b> melts.\nIt is warm.\n\nToo warm.", "The ice melts.\nIt is warm.\n\nToo warm."),
        ("By <i>Ada Marsh</i>\nThe ice melts.", "By Ada Marsh\nThe ice melts."),
        (
            "\n   <a href='x'>Marsh</a> said the ice of the canal at <a href='y'>Old\n   Kelling</a> melts.",
            "Marsh said the ice of the canal at Old Kelling melts.",
        ),
        ("3 < 4 & 5 > 4", "3 < 4 & 5 > 4"),
    ],
)
def test_plain_and_html_bodies_are_read(written: str, text: str) -> None:
    body = text_or_html(written)
    assert (body.get("text") or plain_text(body["html"])) == text


@pytest.mark.parametrize(
    ("plain", "markup", "taken"),
    [
        ("One.Two.", "<p>One.</p><p>Two.</p>", "html"),
        ("One.\nTwo.", "<p>One.</p><p>Two.</p>", "text"),
        ("One. Two.", "<div>One. Two.</div>", "text"),
        ("", "<p>One.</p>", "html"),
        ("One.", "", "text"),
    ],
)
def test_plain_text_that_lost_its_paragraphs_is_not_used(plain: str, markup: str, taken: str) -> None:
    assert list(prefer_plain_text([("text/html", markup), ("text/plain", plain)])) == [taken]
