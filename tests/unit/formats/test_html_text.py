"""The plain text of HTML has the visible text of the story, and nothing else."""

import pytest

from nutgraf.formats.html_text import MAX_DEPTH, HTMLTooDeepError, plain_text
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
        ("<p>The ice<br>melts.<br/>It rains.<br><br>It snows.</p>", "The ice melts.\nIt rains.\n\nIt snows."),
        ("<p>By Ada Marsh\n\n  The ice\n  melts.\n\nIt rains.</p>", "By Ada Marsh\n\nThe ice melts.\n\nIt rains."),
        ("<p>The\n\n<a href='x'>ice</a>\n\nmelts.\n\n<b>It rains.</b></p>", "The ice melts.\n\nIt rains."),
        ("<p>There are:\n• ice\n• rain\n- and snow</p>", "There are:\n• ice\n• rain - and snow"),
        ("<p>The mayor\n- who skates - fell.</p>", "The mayor - who skates - fell."),
        ("<pre>  The ice\nmelts.\n\n\n\n  It rains.\n</pre>", "The ice\nmelts.\n\n  It rains."),
        ("<table><tr><td><p>Alder</p></td><td><div>3</div></td></tr></table>", "Alder | 3"),
        (
            f"<table><tr><td><p>{'It rains. ' * 20}</p><p>It snows.</p></td><td>Alder</td></tr></table>",
            f"{('It rains. ' * 20).strip()}\n\nIt snows.\n\nAlder",
        ),
        ("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>", "One.\n\nTwo."),
        ("<RUBRIK>News</RUBRIK><P>One<bdi>s</bdi> <o:p>and</o:p> <x-link>two</x-link>.</P>", "News\n\nOnes and two."),
    ],
)
def test_text_of_markup(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_block_quotation_is_quoted_and_a_heading_is_not_in_the_text() -> None:
    text = plain_text(
        "<p>The bridge closes on Monday, the city said.</p><h2>What happens next</h2><blockquote>We could not wait any longer."
        "</blockquote><p>Ferries will carry passengers every ten minutes.</p>"
    )
    summary = summarize([Article(text, language="en")])
    assert [each.sentence.quoted for each in summary.summary.sentences] == [False, True, False]
    assert [each.kind for each in summary.articles[0].removed] == ["heading"]


def test_table_rows_are_not_sentences() -> None:
    """Cells such as "Rye | 4" were once in a summary."""
    rows = "".join(
        f"<tr><td>{grain}</td><td><p>{sacks}</p></td></tr>"
        for grain, sacks in (("Grain", "Sacks"), ("Rye", 4), ("Oats", "late"))
    )
    text = plain_text(
        f"<p>The mill at Skerry ground flour again on Tuesday, the trust said.</p><table>{rows}</table><p>It weighs two tons.</p>"
    )
    article = summarize([Article(text, language="en")]).articles[0]
    assert article.sentences == 2
    assert [(each.kind, text[each.start : each.end]) for each in article.removed] == [
        ("table", "Grain | Sacks"),
        ("table", "Rye | 4"),
        ("table", "Oats | late"),
    ]


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "ul"])
@pytest.mark.parametrize("depth", [255, 300, 2_000])
def test_deep_elements_are_read(tag: str, depth: int) -> None:
    """Elements nested deeper than 256 levels were once lost, with everything after them."""
    assert "The bridge closed." in plain_text(f"{f'<{tag}>' * depth}The bridge closed.{f'</{tag}>' * depth}")
    assert "After." in plain_text(f"{f'<{tag}>' * depth}The bridge closed.{f'</{tag}>' * depth}<p>After.</p>")


@pytest.mark.parametrize("tag", ["div", "b", "sup", "blockquote"])
def test_deeper_elements_are_reported(tag: str) -> None:
    for markup in (f"{f'<{tag}>' * 5_000}The bridge closed.", f"<p>Before.</p>{f'<{tag}>' * 100_000}x"):
        with pytest.raises(HTMLTooDeepError, match=str(MAX_DEPTH)):
            plain_text(markup)


def test_deleted_text_is_left_out_and_powers_are_superscripts() -> None:
    html = "<p>At least <s>21</s> <del>19</del> 12 people died, and 10<sup>6</sup> litres leaked over 5 km<sup>2</sup>.</p>"
    assert plain_text(html) == "At least 12 people died, and 10⁶ litres leaked over 5 km2."
