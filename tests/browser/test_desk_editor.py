"""Common tasks on the desk: adding articles by hand, by paste and by file; copying; disputed figures."""

import json
import random
from functools import partial

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


def test_disputed_sentences_are_marked_and_one_click_swaps_them(desk: Desk) -> None:
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


def test_a_note_says_that_figures_are_incomplete_and_warnings_are_written_for_editors(desk: Desk) -> None:
    desk.take_example()
    assert "may not be complete" in desk.one("#figures-pane .hint").text
    assert any("Check what is struck through" in text for text in desk.texts("#notes li"))
    assert "Push" not in desk.texts(".slots span")


def test_the_add_button_works_with_text_inserted_on_phones(desk: Desk) -> None:
    """The keyboard of a phone inserts text without a paste."""
    assert "stays in this browser" in desk.one("#about").text
    desk.run("document.getElementById('paste').value = arguments[0]", ONE)
    desk.click("#add")
    assert desk.settled()
    assert attribute(desk.one("#paste"), "value") == ""
    desk.one("#paste").send_keys(OTHER, Keys.CONTROL, Keys.ENTER)
    desk.until(lambda: len(desk.all("#cards .card")) == 2)


def test_a_url_alone_is_not_summarized(desk: Desk) -> None:
    desk.one("#paste").click()
    desk.paste("https://news.example/pier-opens")
    desk.until(lambda: "does not fetch pages" in desk.one("#paste-error").text)
    assert not desk.all("#cards .card")


SEVERAL = [
    f"{ONE}\n\n---\n\n{OTHER}",
    f"{ONE}\n=====\n{OTHER}",
    f"HALE, Jan 11 (Northwire) - {ONE}\n\nTrams stop\n\nALDER (Post) -- {OTHER}",
]


def test_the_desk_offers_to_separate_articles_in_one_paste(desk: Desk) -> None:
    """The articles are separated by dashes, by equals signs, or by datelines."""
    for number, text in enumerate(SEVERAL, start=1):
        desk.one("#paste").click()
        desk.paste(text)
        desk.until(lambda: "2 articles" in desk.one("#offer").text)
        assert violations(desk.browser) == [], text
        desk.click("#offer button")
        desk.until(partial(desk.says, "#cards .badge", *"ABCDEF"[: 2 * number]))
        assert desk.settled()


def test_file_formats_are_recognized_by_content(desk: Desk) -> None:
    desk.drop(
        photo_txt=PNG, brief_txt="{\\rtf1 hello}", archive_docx=ZIP, empty_txt="", pier_md=f"# Pier opens\n\n{ONE}",
        mail_txt=MAIL, text_txt=list(pdf([(10, OTHER)])), other_bin=list(word_document(("Normal", LATER))),
    )  # fmt: skip
    said = desk.until(lambda: desk.one("#paste-error").text)
    for message in ("photo.txt is a picture", "brief.txt is an RTF file", "archive.docx is an archive"):
        assert message in said
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


def test_a_failed_copy_is_reported_at_its_button(desk: Desk) -> None:
    desk.take_example()
    desk.run("window.fetch = () => Promise.reject(new TypeError('offline'))")
    desk.click("#export [data-output=markdown]")
    desk.until(lambda: desk.texts("#export [data-output=markdown]") == ["Not copied"])


def test_control_z_restores_a_banned_sentence(desk: Desk) -> None:
    before = desk.take_example()
    assert attribute(desk.focused(), "id") == "summary"  # the focus must not be lost with the button
    desk.one("#sentences .line > .badge").send_keys("b")
    desk.until(lambda: before[0] not in desk.settled())
    ActionChains(desk.browser).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    desk.until(lambda: desk.summary() == before)
    assert "P pins it" in desk.one("#keys-hint").text


def test_the_diagram_shows_links_of_the_summary_and_all_links_on_demand(desk: Desk) -> None:
    desk.drop(many_json=json.dumps({"articles": long_articles(20, sentences=6) + sample("storm")["articles"]}))
    desk.settled()
    shown = len(desk.all("#picture .band"))
    assert 1 <= shown <= 12
    assert desk.one("#picture-hidden").text.startswith(f"Not shown: {25 - shown} articles")
    desk.run("document.getElementById('picture-all').click()")
    desk.until(lambda: len(desk.all("#picture .band")) == 24)
    assert desk.one("#picture-hidden").text.startswith("Not shown: 1 article")


_TOGGLED_MILLISECONDS = """
const start = performance.now();
document.getElementById("picture-all").click();
document.querySelector("#picture svg").getBoundingClientRect();
return performance.now() - start;
"""


def test_the_diagram_of_a_hundred_long_articles_is_readable_and_drawn_fast(desk: Desk) -> None:
    """The diagram once had 3,900 overlapping dots and 3,400 arcs."""
    desk.drop(many_json=json.dumps({"articles": long_articles(100)}))
    desk.settled()
    sentences, width = desk.run("return [document.querySelectorAll('.said').length, picture.clientWidth]")
    assert sentences > 3_000
    for bands in (24, 12):
        # The fastest of three counts: other programs use the same processors.
        assert min(desk.run(_TOGGLED_MILLISECONDS) for _ in range(3)) < 300
        assert len(desk.all("#picture .band")) == bands
        assert len(desk.all("#picture .dot")) <= width / 5
        assert 1 <= len(desk.all("#picture .arc")) <= 60
        assert "articles" in desk.one("#picture-hidden").text
        assert "sentences" in desk.one("#picture-hidden").text
        assert len(desk.all("#picture .dot.chosen")) == len(desk.summary())
        assert (
            max(desk.run("return [...document.querySelectorAll('#picture circle')].map((e) => e.cx.baseVal.value)")) < width
        )


def long_articles(count: int, sentences: int = 36) -> list[dict[str, str]]:
    """Articles of invented words that share some of their sentences."""
    chance = random.Random(3)
    words = ["".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3)) for _ in range(400)]

    def sentence() -> str:
        return f"{' '.join(chance.sample(words, chance.randint(8, 20))).capitalize()}."

    shared = [sentence() for _ in range(40)]
    texts = [
        "\n\n".join(chance.choice(shared) if chance.random() < 0.2 else sentence() for _ in range(sentences))
        for _ in range(count)
    ]
    return [{"title": f"Article {at}", "source": "Northwire", "text": text} for at, text in enumerate(texts)]


def test_a_summary_that_appears_under_the_mouse_does_not_scroll_the_articles(desk: Desk) -> None:
    """The mouse stays where the button was; the articles were once scrolled to the sentence that appeared there."""
    desk.open_anew((1280, 800))
    desk.take_example()
    desk.run("return new Promise((done) => setTimeout(done, 200))")
    assert desk.run("return document.querySelector('.sources').scrollTop") == 0
    assert not desk.all("#sentences .pointed")


def test_at_1280_pixels_nothing_wraps_and_at_320_pixels_nothing_is_cut(desk: Desk) -> None:
    desk.open_anew((320, 800))
    wide = (
        "return [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && "
        "!each.closest('.sr, .sprite, .skip') && each.getBoundingClientRect().right > 321).map((each) => each.outerHTML)"
    )
    assert desk.run(wide) == []
    desk.take_example()
    for dark in (False, True):
        desk.prefer(dark=dark)
        assert desk.run(wide) == []
    one_line = "return ['.name', '#sources-heading'].map((each) => document.querySelector(each).offsetHeight)"
    for size in ((320, 800), (768, 1024)):
        desk.resize(*size)
        name, articles = desk.run(one_line)
        assert name < 30, size
        assert articles < 30, size
    desk.resize(1280, 800)
    for dark in (False, True):
        desk.prefer(dark=dark)
        assert desk.run("return document.querySelector('#sentences .line').getBoundingClientRect().top + scrollY") < 300
        rows = "return [...document.querySelectorAll(arguments[0])].map((e) => Math.round(e.getBoundingClientRect().bottom))"
        for selector in (
            ".slots > label",
            "#profiles .chip",
            ".focus-and-order > :is(input, select)",
            ".length > :is(.units, #slider, #amount)",
            ".sources .pane-head > :is(#write, .file)",
            ".card:first-child .about > :is([name=source], [name=time])",
            ".card:first-child .about > :is(.facts, .acts)",
        ):
            assert max(desk.run(rows, selector)) - min(desk.run(rows, selector)) < 12, selector


def test_beside_the_summary_a_title_has_one_line_and_is_complete_on_hover_and_focus(desk: Desk) -> None:
    desk.open_anew((1280, 800))
    desk.take_example()
    titles = desk.all("#cards .title")
    heights = "return arguments[0].map((each) => each.offsetHeight)"
    assert desk.run(heights, titles) == [desk.run(heights, titles)[0]] * 5
    assert desk.run(heights, titles)[0] < 36
    assert [attribute(each, "title") for each in titles] == [attribute(each, "value") for each in titles]
    titles[0].click()
    assert desk.run(heights, titles)[0] > 36
    titles[0].send_keys(Keys.END, " again")
    assert attribute(titles[0], "title") == attribute(titles[0], "value")
    desk.resize(320, 800)
    assert desk.run(heights, titles)[1] > 36  # on a phone, nothing can be hovered
