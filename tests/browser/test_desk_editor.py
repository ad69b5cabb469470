"""What an editor does first: adding by hand, by paste and by file; copying; disputed figures."""

import json

import pytest
from selenium.webdriver import ActionChains, Keys

from nutgraf.samples import sample
from tests.browser.desk import Desk, attribute
from tests.browser.test_desk_access import violations
from tests.sample_files import pdf, word_document

ONE = "The pier at Hale opens on Friday. Anglers go first, the council said."
OTHER = "The tram stopped in the snow on Monday. Riders walked home over the bridge."
LATER = "The lock is shut by ice this winter. Barges wait above it until spring."
MAIL = (
    "From: desk@post.example\r\nSubject: Bridge\r\nDate: Mon, 12 Jan 2026 10:00:00 +0000\r\n\r\n"
    f"The bridge is closed. {OTHER}"
)
PNG = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0]
ZIP = [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0]


def test_disputed_sentences_are_marked_and_one_press_swaps_them(desk: Desk) -> None:
    desk.take_example()
    lines = desk.texts("#sentences .line:first-child .disputed")
    assert lines == ["Disputed: 52,000 in BE 40,000 vs 52,000"]
    before = desk.summary()
    desk.click("#sentences .line:first-child .swap")
    desk.until(lambda: any("52,000" in text for text in desk.summary()))
    assert before[0] not in desk.settled()
    assert violations(desk.browser) == []
    desk.click("#toast button")
    desk.until(lambda: desk.summary() == before)


def test_figures_are_said_to_be_incomplete_and_warnings_speak_to_editors(desk: Desk) -> None:
    desk.take_example()
    assert "may not be complete" in desk.one("#figures-pane .hint").text
    assert any("Check what is struck through" in text for text in desk.texts("#notes li"))
    assert "Push" not in desk.texts(".slots span")


def test_text_is_added_by_a_button_as_phones_insert_it(desk: Desk) -> None:
    """The keyboard of a phone inserts text without a paste."""
    assert "stays in this browser" in desk.one("#about").text
    desk.run("document.getElementById('paste').value = arguments[0]", ONE)
    desk.click("#add")
    assert desk.settled()
    assert attribute(desk.one("#paste"), "value") == ""
    desk.one("#paste").send_keys(OTHER, Keys.CONTROL, Keys.ENTER)
    desk.until(lambda: len(desk.all("#cards .card")) == 2)


def test_an_address_is_not_summarized(desk: Desk) -> None:
    desk.one("#paste").click()
    desk.paste("https://news.example/pier-opens")
    desk.until(lambda: "does not fetch pages" in desk.one("#paste-error").text)
    assert not desk.all("#cards .card")


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\n---\n\n{OTHER}",
        f"{ONE}\n=====\n{OTHER}",
        f"HALE, Jan 11 (Northwire) - {ONE}\n\nTrams stop\n\nALDER (Post) -- {OTHER}",
    ],
    ids=["dashes", "equals", "datelines"],
)
def test_several_articles_in_one_paste_are_offered_as_several(desk: Desk, text: str) -> None:
    desk.one("#paste").click()
    desk.paste(text)
    desk.until(lambda: "2 articles" in desk.one("#offer").text)
    assert violations(desk.browser) == []
    desk.click("#offer button")
    desk.until(lambda: len(desk.all("#cards .card")) == 2)
    assert desk.settled()


def test_files_are_known_by_their_content(desk: Desk) -> None:
    desk.drop(
        photo_txt=PNG, brief_txt="{\\rtf1 hello}", archive_docx=ZIP, empty_txt="", pier_md=f"# Pier opens\n\n{ONE}",
        mail_txt=MAIL, text_txt=list(pdf([(10, OTHER)])), other_bin=list(word_document(("Normal", LATER))),
    )  # fmt: skip
    said = desk.until(lambda: desk.one("#paste-error").text)
    assert [name in said for name in ("photo.txt is a picture", "brief.txt is RTF", "archive.docx is an archive")] == [
        True
    ] * 3
    assert "empty.txt is empty." in said
    desk.settled()
    assert len(desk.all("#cards .card")) == 4
    assert attribute(desk.all("#cards .title")[0], "value") == "Pier opens"
    assert not [each for each in desk.all(".card .error") if each.is_displayed()]


def test_a_paste_from_a_page_keeps_its_headline_and_site(desk: Desk) -> None:
    html = f"<meta property='og:site_name' content='Alder Post'><h1>Pier opens &amp; anglers rejoice</h1><p>{ONE}</p>"
    script = """
    const data = new DataTransfer();
    data.setData("text/plain", arguments[1]); data.setData("text/html", arguments[0]);
    document.getElementById("paste").dispatchEvent(
      new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    """
    desk.run(script, html, ONE)
    desk.settled()
    assert attribute(desk.one("#cards .title"), "value") == "Pier opens & anglers rejoice"
    assert attribute(desk.one("#cards [name=source]"), "value") == "Alder Post"


def test_a_json_feed_is_divided_into_its_items(desk: Desk) -> None:
    items = [
        {"id": str(at), "title": each["title"], "content_text": each["text"]}
        for at, each in enumerate(sample("feed")["articles"])
    ]
    desk.drop(feed_json=json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Alder", "items": items}))
    desk.settled()
    assert len(desk.all("#cards .card")) == len(items)


def test_one_button_copies_rich_text_and_text_with_numbered_sources(desk: Desk) -> None:
    told = desk.take_example()
    desk.click("#copy-summary")
    desk.until(lambda: desk.texts("#copy-summary span") == ["Copied"])
    assert desk.clipboard().startswith(f"{told[0]} [1]")
    assert "\n[1] Northwire, Storm cuts power" in desk.clipboard()
    read = "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((b) => b.text()).then(arguments[0])"
    assert "<li>Northwire, Storm cuts power" in desk.browser.execute_async_script(read)


def test_a_stale_summary_is_dimmed_and_not_copied(desk: Desk) -> None:
    desk.take_example()
    desk.run("window.fetch = () => new Promise(() => {})")
    desk.slide(2)
    desk.until(lambda: desk.all(".desk[data-stale]"))
    desk.click("#copy-summary")
    desk.until(lambda: desk.texts("#copy-summary span") == ["Not up to date"])
    desk.until(lambda: float(desk.one("#sentences").value_of_css_property("opacity")) < 1)
    assert violations(desk.browser) == []


def test_a_copy_that_fails_is_said_at_its_button(desk: Desk) -> None:
    desk.take_example()
    desk.run("window.fetch = () => Promise.reject(new TypeError('offline'))")
    desk.click("#export [data-output=markdown]")
    desk.until(lambda: desk.texts("#export [data-output=markdown]") == ["Not copied"])


def test_control_z_puts_a_left_out_sentence_back(desk: Desk) -> None:
    before = desk.take_example()
    assert attribute(desk.focused(), "id") == "summary"  # not lost with the button
    desk.one("#sentences .line > .badge").send_keys("b")
    desk.until(lambda: before[0] not in desk.settled())
    ActionChains(desk.browser).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    desk.until(lambda: desk.summary() == before)
    assert "P pins it" in desk.one("#keys-hint").text


def test_the_picture_shows_what_the_summary_shares_and_the_rest_on_demand(desk: Desk) -> None:
    desk.drop(
        many_json=json.dumps(
            {
                "articles": [
                    {"title": f"Pier {at}", "text": f"Pier {at} opens on Friday in town {at}. {ONE}"} for at in range(40)
                ]
                + sample("storm")["articles"]
            }
        )
    )
    desk.settled()
    assert 1 <= len(desk.all("#picture .band")) <= 12
    shown = len(desk.all("#picture .band"))
    desk.run("document.getElementById('picture-all').click()")
    desk.until(lambda: len(desk.all("#picture .band")) > shown)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_at_1280_nothing_wraps_and_at_320_nothing_is_cut(desk: Desk, dark: bool) -> None:
    desk.open_anew((320, 800))
    desk.prefer(dark=dark)
    wide = (
        "return [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && "
        "!each.closest('.sr, .sprite, .skip') && each.getBoundingClientRect().right > 321).map((each) => each.outerHTML)"
    )
    assert desk.run(wide) == []
    desk.take_example()
    assert desk.run(wide) == []
    desk.open_anew((1280, 800))
    desk.prefer(dark=dark)
    desk.take_example()
    assert desk.run("return document.querySelector('#sentences .line').getBoundingClientRect().top + scrollY") < 300
    rows = "return [...document.querySelectorAll(arguments[0])].map((e) => Math.round(e.getBoundingClientRect().bottom))"
    for selector in (
        ".slots > label",
        "#profiles .chip",
        ".wishes > :is(input, select)",
        ".length > :is(.units, #slider, #amount)",
    ):
        assert max(desk.run(rows, selector)) - min(desk.run(rows, selector)) < 12, selector
    one_line = "return ['.name', '#sources-heading'].map((each) => document.querySelector(each).offsetHeight)"
    for size in ((320, 800), (768, 1024)):
        desk.resize(*size)
        name, articles = desk.run(one_line)
        assert name < 30, size
        assert articles < 30, size
