"""Lines of a PDF become paragraphs in reading order."""

from nutgraf.formats.pdf_layout import Line, in_reading_order, text, title, without_repeated_lines


def page(*texts: str, size: float = 10, x: float = 50) -> list[Line]:
    return [Line(each, size, x, 700 - 12 * at) for at, each in enumerate(texts)]


def test_different_running_heads_of_left_and_right_pages_are_removed() -> None:
    """Those of left pages were once read as text if there were fewer left pages than right ones."""
    body = [f"The {word} boat left the harbour." for word in "first second third fourth fifth sixth seventh".split()]
    pages = [
        page(f"Harbour Review {at}" if at % 2 else f"{at} Reports from the coast", each, "It came back.", f"It is boat {at * 7}.", "People waved.")
        for at, each in enumerate(body, 1)
    ]  # fmt: skip
    assert [line.text for lines in without_repeated_lines(pages) for line in lines if "boat left" in line.text] == body
    assert not any(
        "Review" in line.text or "Reports" in line.text for lines in without_repeated_lines(pages) for line in lines
    )


def test_words_divided_with_any_kind_of_hyphen_are_joined() -> None:
    """Once, only the hyphen-minus was recognized."""
    lines = page(
        "The fire brig\N{HYPHEN}",
        "ade saved the ware\N{SOFT HYPHEN}",
        "house and the well\N{HYPHEN}",
        "known old pi-",
        "er.",
    )
    assert text([lines]) == "The fire brigade saved the warehouse and the wellknown old pier."
    assert (
        title([page("Ferry ser\N{SOFT HYPHEN}", "vice ends", size=20) + page(*["It is late today."] * 9)])
        == "Ferry service ends"
    )


def rows(left: list[str], right: list[str]) -> list[Line]:
    return [
        Line(each, 10, x, 700 - 12 * at)
        for at, pair in enumerate(zip(left, right, strict=True))
        for x, each in zip((50, 310), pair, strict=True)
        if each
    ]


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    """Sentences were once made of halves of two sentences."""
    left = [
        "Ice has closed the canal for the",
        "first time in nine years. Eleven",
        "barges wait above the lock, and",
        "their crews have food for a week",
    ]
    right = [
        "until an icebreaker arrives. It is",
        "on its way from the coast, where it",
        "was busy. Trucks carry the grain",
        "to the mill.",
    ]
    heading = [Line("Ice closes the canal at Kelling", 18, 50, 740)]
    ordered = in_reading_order([*heading, *rows(left, right)])
    assert [line.text for line in ordered] == ["Ice closes the canal at Kelling", *left, *right]
    cells = rows(["Barges", "Crews", "Days", "Locks"], ["11", "33", "7", "2"])
    assert in_reading_order(cells) == cells, "a table stays in rows"
