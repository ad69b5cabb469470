"""Boilerplate is marked, and news is kept."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer import Article
from nutgraf.summarizer.reading.boilerplate import clean
from tests.builders import NEWS, SHARED, article
from tests.cpu_time import at_most

BODY = NEWS


def kinds(text: str, **more: object) -> dict[str, str]:
    """Each removed span of a text, and its kind."""
    return {text[start:end]: kind for kind, start, end in clean(article(text, **more), "en").removed}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Short link:", "link"),
        ("Read more: How the bridge was built", "link"),
        ("https://news.example/bridge", "link"),
        ("By Our Transport Correspondent", "byline"),
        ("Von unserer Korrespondentin", None),
        ("Ada Marsh, Associated Press Writer", "byline"),
        ("ADA MARSH AP Writer", "byline"),
        ("Ada McMarsh Staff Writer", "byline"),
        ("AP , Tuesday 11 Jan 2022", "dateline"),
        ("Published 11 January 2026, 14:05 GMT", "dateline"),
        ("© 2026 The Daily Harbour", "credit"),
        ("(Reporting by the Harbour desk; Editing by the night desk)", "credit"),
        ("Additional reporting by our staff in Port Alder", "credit"),
        ("Reuters", "credit"),
        ("Photo: The bridge at dawn", "caption"),
        ("The bridge on Monday, seen from the pier. Photograph: Harbour Trust/AFP", "caption"),
        ("Image source, Getty Images", "caption"),
        ("Sign up for our morning newsletter.", "link"),
        ("ADVERTISEMENT", "link"),
        ("What happens next", "heading"),
        ("The claim:.", "heading"),
    ],
)
def test_boilerplate_is_marked_with_its_kind(line: str, kind: str | None) -> None:
    removed = kinds(f"{BODY}\n\n{line}\n\nThe council votes on the plan on Thursday evening.")
    if kind:
        assert removed.get(line) == kind
    assert not any(NEWS[:40] in span for span in removed)


def test_the_credit_of_a_picture_before_the_first_sentence_is_residue() -> None:
    assert kinds(f"Ada Low / Splash News {BODY}").get("Ada Low / Splash News") == "link"
    assert kinds(f"Bo Berg / AFP / Getty Images {BODY}").get("Bo Berg / AFP / Getty Images") == "link"
    assert not kinds(f"Pike / Low won the doubles. {BODY}")


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("LONDON (Reuters) - ", "LONDON (Reuters) -"),
        ("PORT ALDER, Jan 11 (Northwire) — ", "PORT ALDER, Jan 11 (Northwire) —"),
        ("WASHINGTON (AP) ", "WASHINGTON (AP)"),
        ("PARIS — ", "PARIS —"),
        ("BERLIN, 3. Mai (dpa) - ", "BERLIN, 3. Mai (dpa) -"),
        ("New York City, 5 May (Xinhua) -- ", "New York City, 5 May (Xinhua) --"),
    ],
)
def test_dateline_is_cut_from_the_sentence_after_it(opening: str, dateline: str) -> None:
    cleaned = clean(article(opening + BODY), "en")
    assert [(kind, start) for kind, start, _ in cleaned.removed] == [("dateline", 0)]
    assert (opening + BODY)[: cleaned.removed[0].end] == dateline
    assert cleaned.blocks[0].start == len(opening)


def test_a_source_in_brackets_ends_a_dateline() -> None:
    text = f"Port Alder (Coastal Press) -- {BODY}"
    assert kinds(text, source="Coastal Press") == {"Port Alder (Coastal Press) --": "dateline"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister (Labour) – who resigned in May – will speak.",
        "More than 40 ships waited outside the harbour.",
        "By Monday the bridge will be closed.",
        "NATO - the alliance - said it would wait.",
        "Related costs will be paid by the city.",
        "In this report the council lists every crack.",
    ],
)
def test_news_is_not_taken_for_boilerplate(sentence: str) -> None:
    text = f"{sentence} {BODY}\n\n{sentence}"
    assert kinds(text) == {}


@pytest.mark.parametrize("heading", ["## Who paid? Nobody knows!", "### 5 facts on the U.S. bridge", "## Why now?"])
def test_a_marked_heading_is_one_heading(heading: str) -> None:
    """Headings are marked as in the plain text of HTML and in Markdown."""
    assert kinds(f"{BODY}\n\n{heading}\n\n{BODY}") == {heading.lstrip("# "): "heading"}


def test_a_marked_heading_that_is_a_sentence_is_news() -> None:
    assert kinds(f"{BODY}\n\n## The bridge closed on Monday.\n\n{BODY}") == {}


def test_an_image_of_markdown_is_a_caption() -> None:
    assert kinds(f"{BODY}\n\n![The bridge](https://news.example/bridge.png)\n\n{BODY}") == {
        "![The bridge](https://news.example/bridge.png)": "caption"
    }


def test_a_repeated_headline_is_marked_and_returned() -> None:
    text = f"Bridge to close for weeks\n\n{BODY}"
    assert kinds(text, title="Bridge to Close for Weeks") == {"Bridge to close for weeks": "headline"}
    assert clean(article(text), "en").headline == "Bridge to close for weeks"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    import textwrap

    text = textwrap.fill(BODY, 72)
    assert len(clean(article(text), "en").blocks) == 1


def test_text_that_is_all_boilerplate_is_kept() -> None:
    cleaned = clean(article("Read more: everything"), "en")
    assert len(cleaned.blocks) == 1
    assert cleaned.removed == []


def test_only_the_news_of_a_raw_wire_story_is_kept() -> None:
    path = SHARED / "wire_story.txt"
    if not path.exists():
        pytest.skip("needs wire_story.txt in the folder that NUTGRAF_NEWS names")
    text = path.read_text(encoding="utf-8")
    cleaned = clean(Article(text), "en")
    body = [text[start:end] for start, end in cleaned.blocks]
    assert {"headline", "dateline", "caption", "link"} <= {removed.kind for removed in cleaned.removed}
    assert not any("Short link" in block or "flags are displayed" in block or "AP ," in block for block in body)
    assert len(body) >= 8


lines = st.lists(
    st.sampled_from(["Short link:", "By Somebody Else", "(AP) - ", "A line.", BODY, "", "  ", "\0", "Photo: x", "LONDON — "])
    | st.text(max_size=40),
    max_size=12,
)


@given(lines)
def test_blocks_and_removed_spans_are_disjoint_and_in_order(parts: list[str]) -> None:
    text = "\n".join(parts)
    cleaned = clean(Article(text), "en")
    spans = sorted([*cleaned.blocks, *[(start, end) for _, start, end in cleaned.removed]])
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    left = "".join(text[one[1] : other[0]] for one, other in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True))
    assert not any(character.isalnum() for character in left)


def test_a_long_run_of_digits_is_read_fast() -> None:
    """A hundred characters of "1.1.1." once took minutes, because of the many ways to parse dates."""
    with at_most(1):
        clean(article("1." * 400 + "!"), "en")
        clean(article("REUTERS/" * 100 + "!"), "en")


def test_a_thousand_lines_that_resemble_bylines_are_read_fast() -> None:
    """Each took 8 ms, because of the many ways to divide the full stops between a name and the rest."""
    with at_most(2):
        clean(article(f"By {'Aa. ' * 15}!!\n\n" * 1_000), "en")


def test_a_text_of_only_site_messages_is_kept_and_marked() -> None:
    """A page whose text could not be read is not empty: it is answered, but it is not news."""
    message = "The interactive transcript could not be loaded.\n\nhttps://news.example/bridge"
    assert clean(article(message), "en").only_links
    assert clean(article(message), "en").blocks
    assert not clean(article(f"{message}\n\nThe bridge in Hale was closed on Tuesday."), "en").only_links
    assert not clean(article("By Our Transport Correspondent"), "en").only_links
