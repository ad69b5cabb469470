"""What a reader of a page sees of the story, and nothing else."""

import pytest

from nutgraf.formats.html_text import plain_text
from nutgraf.summarizer import Article, summarize


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p hidden>Two.</p>", "One."),
        ("<p>One.</p><div style='color: red; display:none'><p>Two.</p></div>", "One."),
        ("<p>One.<sup>1</sup> Two.<sup><a href='#n'>[2]</a></sup></p>", "One. Two."),
        ("<p>It is 9 km<sup>2</sup> on the 5<sup>th</sup>.</p>", "It is 9 km2 on the 5th."),
        ("<table><tr><td>Alder</td><td>3</td></tr><tr><td>Kerr</td><td>1</td></tr></table>", "Alder | 3\n\nKerr | 1"),
        ("<p>One.</p><p class='wp-caption-text'>A bridge</p>", "One."),
        (
            "<p>One.</p><blockquote><p>We wait.</p><p>We hope.</p></blockquote>Two.",
            "One.\n\n> We wait.\n\n> We hope.\n\nTwo.",
        ),
        ("<h2>What next</h2><p>One.</p>", "## What next\n\nOne."),
        ("<h1>What<br>next</h1><h3></h3><blockquote><h4>We</h4>wait.</blockquote>", "# What next\n\n> #### We\n\n> wait."),
        ("<p>One.<span hidden>Two.<b>Three.</b></span> Four.</p>", "One. Four."),
    ],
)
def test_text_of_markup(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_block_quotation_is_quoted_and_a_heading_is_none_of_the_text() -> None:
    text = plain_text(
        "<p>The bridge closes on Monday, the city said.</p><h2>What happens next</h2><blockquote>We could not wait any longer."
        "</blockquote><p>Ferries will carry passengers every ten minutes.</p>"
    )
    summary = summarize([Article(text, language="en")])
    assert [each.sentence.quoted for each in summary.summary.sentences] == [False, True, False]
    assert [each.kind for each in summary.articles[0].removed] == ["heading"]
