"""The desk in a real browser, with a real server."""

import json
import time
from functools import partial

import pytest
from selenium.webdriver import ActionChains, Keys

from nutgraf.samples import sample
from tests.browser.desk import MIDDLE, NARROW, WIDE, Desk, attribute

FERRY = sample("ferry")["articles"]
TITLES = [article["title"] for article in FERRY]
PASTED = [
    f"{article['title']}\n\n{article.get('text') or 'The school on Hale stays closed, the council said.'}"
    for article in FERRY
]


def test_a_headline_is_copied_two_clicks_and_a_few_seconds_after_opening(desk: Desk) -> None:
    start = time.monotonic()
    desk.open_anew()
    desk.one("#try").click()
    desk.until(lambda: desk.all("#headline-list .copy"))[0].click()
    desk.until(lambda: desk.texts("#headline-list .copy span")[0] == "Copied")
    assert time.monotonic() - start < 20
    assert desk.clipboard() == desk.texts("#headline-list .headline")[0]


def test_pasted_articles_become_a_summary_with_sources(desk: Desk) -> None:
    desk.one("#paste").click()
    for text in PASTED:
        desk.paste(text)
    desk.until(lambda: len(desk.all("#cards .card")) == 3)
    told = desk.settled()
    assert [element.get_attribute("value") for element in desk.all("#cards .title")] == TITLES
    assert desk.texts("#cards .badge") == ["A", "B", "C"]
    assert attribute(desk.one("#paste"), "value") == ""
    sources = "\n".join(PASTED)
    assert all(sentence in sources for sentence in told)


def test_pointing_at_a_sentence_shows_it_in_its_article_and_its_corroboration(desk: Desk) -> None:
    told = desk.take_example()
    lines = desk.all("#sentences .line")
    last = next(at for at, line in enumerate(lines) if line.find_elements("css selector", ".says .badge") and at)
    ActionChains(desk.browser).move_to_element(lines[last]).perform()
    desk.until(lambda: desk.texts("#cards .said.pointed") == [told[last]])
    assert desk.texts("#cards .said.echo")
    shown = "const [s, p] = ['.said.pointed', '.sources'].map((one) => document.querySelector(one).getBoundingClientRect());"
    desk.until(lambda: desk.run(f"{shown} return s.top >= p.top && s.bottom <= p.bottom"))
    assert desk.all("#picture .dot.pointed")


def test_clicking_the_badge_shows_the_sentence_in_its_article(desk: Desk) -> None:
    told = desk.take_example()
    desk.click("#sentences .line > .badge", 1)
    assert desk.focused().text.startswith(told[1])


def test_a_pinned_sentence_is_included_and_a_banned_one_is_replaced(desk: Desk) -> None:
    before = desk.take_example()
    desk.run("arguments[0].scrollIntoView({block: 'center'})", said := desk.one("#cards .said:not(.chosen)"))
    wanted = said.text
    said.click()
    desk.until(lambda: desk.one(".offered .pin")).click()
    desk.until(lambda: wanted in desk.summary())
    assert len(desk.summary()) == len(before)
    unwanted = next(text for text in desk.summary() if text != wanted)
    desk.all("#sentences .ban")[desk.summary().index(unwanted)].click()
    desk.until(lambda: unwanted not in desk.summary())
    assert wanted in desk.summary()
    assert len(desk.settled()) == len(before)
    assert unwanted in desk.texts("#banned .gone")
    desk.one("#banned .ban").click()
    desk.until(lambda: not desk.texts("#banned .gone"))


def test_a_pin_stays_with_its_sentence_when_the_text_before_it_changes(desk: Desk) -> None:
    """The API numbers pinned sentences, so the number must change with the text."""
    desk.one("#paste").click()
    desk.paste(FERRY[0]["text"])
    desk.settled()
    desk.slide(1)
    desk.until(lambda: len(desk.summary()) == 1)
    said = desk.all("#cards .said:not(.chosen)")[1]
    wanted = said.text
    said.click()
    desk.until(lambda: desk.one(".offered .pin")).click()
    desk.until(lambda: desk.summary() == [wanted])
    desk.one(".edit").click()
    desk.one("textarea.write").send_keys(Keys.CONTROL, Keys.HOME)
    desk.one("textarea.write").send_keys("The tide was high. The wind had dropped.\n\n")
    desk.until(lambda: desk.texts("#cards .said")[0] == "The tide was high.")
    assert desk.settled() == [wanted]
    assert desk.texts("#cards .said.pinned")[0].startswith(wanted)


def test_moving_the_slider_changes_the_summary_at_once(desk: Desk) -> None:
    desk.take_example()
    for unit, most in (("sentences", 3), ("words", 60), ("characters", 300)):
        desk.run("document.querySelector(arguments[0]).click()", f"[name=unit][value={unit}]")
        for value in (most * 3, most * 2, most):
            desk.slide(value)
        told = desk.settled()
        assert told
        assert _size(told, unit) <= most
        assert attribute(desk.one("#amount"), "value") == str(most)


def _size(told: list[str], unit: str) -> int:
    return {"sentences": len(told), "words": len(" ".join(told).split()), "characters": len(" ".join(told))}[unit]


def test_order_focus_and_key_terms_change_the_summary(desk: Desk) -> None:
    before = desk.take_example()
    desk.one("#query").send_keys("What about the harbour wall of Hale?")
    focused = desk.until(lambda: (told := desk.settled()) != before and told)
    assert "harbour wall" in " ".join(focused[:3])
    desk.one("#query").clear()
    desk.one("#query").send_keys(" ", Keys.BACKSPACE)
    desk.until(lambda: desk.settled() == before)
    desk.run("const o = document.getElementById('order'); o.value = 'as_given'; o.dispatchEvent(new Event('change'))")
    desk.until(lambda: desk.texts("#sentences .line > .badge") == sorted(desk.texts("#sentences .line > .badge")))
    desk.click("#terms button", 0)
    desk.until(lambda: attribute(desk.one("#query"), "value") == desk.texts("#terms button")[0])


def test_a_headline_that_is_too_long_for_the_slot_is_red(desk: Desk) -> None:
    desk.take_example()
    desk.run("document.querySelector('[name=slot][value=\"40\"]').click()")
    desk.until(lambda: all(len(text) <= 40 for text in desk.texts("#headline-list .headline")))
    desk.one("#own").send_keys("A headline of my own that fits")
    assert not desk.all("#own-meter.over")
    desk.one("#own").send_keys(" no slot of forty characters")
    assert "over" in attribute(desk.one("#own-meter"), "class")
    assert "too many" in desk.one("#own-size").text
    desk.one("#own-copy").click()
    desk.until(lambda: desk.clipboard() == "A headline of my own that fits no slot of forty characters")


def test_the_summary_is_copied_in_every_form_with_the_editors_headline(desk: Desk) -> None:
    told = desk.take_example()
    desk.one("#own").send_keys("My own")
    forms = {"text": "[1]", "markdown": "# My own", "html": "<h2>My own</h2>", "ninjs-3": '"My own"'}
    for output, holds in forms.items():
        button = f"#export [data-output={output}]"
        desk.click(button)
        desk.until(partial(desk.says, button, "Copied"))
        copied = desk.clipboard()
        assert holds in copied
        assert "My own" in copied
        assert told[0] in (json.dumps(json.loads(copied), ensure_ascii=False) if output == "ninjs-3" else copied)


def test_copying_works_without_clipboard_permission(desk: Desk) -> None:
    desk.take_example()
    desk.run("navigator.clipboard.write = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    desk.click("#headline-list .copy", 1)
    desk.until(lambda: desk.texts("#headline-list .copy span")[1] == "Copied")
    assert desk.clipboard() == desk.texts("#headline-list .headline")[1]
    desk.run("document.execCommand = () => false")
    desk.click("#headline-list .copy", 0)
    desk.until(lambda: attribute(desk.one("#by-hand-copy"), "value") == desk.texts("#headline-list .headline")[0])
    assert desk.texts("#headline-list .copy span")[0] == "Not copied"


def test_text_and_pins_survive_a_reload_until_they_are_deleted(desk: Desk) -> None:
    desk.take_example()
    desk.one("#own").send_keys("Storm over the coast")
    desk.run("document.querySelector('[name=unit][value=words]').click()")
    desk.slide(90)
    pinned = desk.settled()[-1]
    desk.click("#sentences .pin", -1)
    desk.until(lambda: desk.all("#sentences .line.pinned"))
    desk.browser.refresh()
    assert pinned in desk.settled()
    assert desk.one("#sentences .line.pinned .says > p").text == pinned
    assert attribute(desk.one("#own"), "value") == "Storm over the coast"
    assert attribute(desk.one("#amount"), "value") == "90"
    desk.one("#forget").click()
    desk.until(lambda: desk.one("#sure [value=forget]")).click()
    desk.until(lambda: not desk.all("#cards .card"))
    assert desk.stored() == {}
    desk.browser.refresh()
    desk.until(lambda: attribute(desk.one(".desk"), "data-state") == "empty")
    assert attribute(desk.one("#own"), "value") == ""


def test_removing_an_article_can_be_undone(desk: Desk) -> None:
    desk.take_example()
    desk.one(".card .remove").click()
    desk.until(lambda: len(desk.all("#cards .card")) == 4)
    desk.until(lambda: "40,000 homes" not in " ".join(desk.summary()))
    desk.one("#toast button").click()
    desk.until(lambda: desk.texts("#cards .card .source") or len(desk.all("#cards .card")) == 5)
    desk.until(lambda: attribute(desk.all("#cards .title")[0], "value").startswith("Storm cuts power"))


def test_boilerplate_is_struck_through_with_its_kind(desk: Desk) -> None:
    desk.take_example()
    struck = dict(zip(desk.texts(".struck del"), (text.strip() for text in desk.texts(".struck .tag")), strict=True))
    assert struck["PORT ALDER, Feb 15 (Northwire) -"] == "dateline"
    assert struck["Read more: How the coast prepares for winter"] == "link"
    assert "caption" in struck.values()


def test_differing_figures_are_shown_side_by_side(desk: Desk) -> None:
    desk.take_example()
    values = desk.texts("#figures .figure strong")
    assert values == ["40,000", "52,000", "Three", "five"]
    assert [len(desk.all(f"#figures .figure:nth-child(2) li:nth-child({line}) button")) for line in (1, 2)] == [1, 2]
    desk.click("#figures .figure:nth-child(2) button", 1)
    assert "five people were injured" in desk.focused().text


def test_the_diagram_has_a_dot_for_each_sentence_and_links_to_the_text(desk: Desk) -> None:
    told = desk.take_example()
    desk.run("document.getElementById('picture-all').click()")
    assert len(desk.all("#picture .dot")) == len(desk.all("#cards .said"))
    assert len(desk.all("#picture .dot.chosen")) == len(told)
    assert desk.all("#picture .arc")
    assert "say the same" in attribute(desk.one("#picture desc"), "textContent")
    dot = desk.one("#picture .dot")
    desk.run("arguments[0].focus()", dot)
    desk.keys(Keys.ARROW_RIGHT)
    label = attribute(desk.focused(), "aria-label")
    assert "sentence 2" in label
    desk.until(lambda: desk.texts("#cards .said.pointed")[0] in label)
    desk.keys(Keys.ENTER)
    assert "said" in attribute(desk.focused(), "class")


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE])
def test_the_desk_fits_every_screen(desk: Desk, size: tuple[int, int]) -> None:
    desk.open_anew(size)
    assert desk.run("return document.documentElement.scrollWidth") <= size[0]
    desk.take_example()
    assert desk.run("return document.documentElement.scrollWidth") <= size[0]
    for selector in ("#cards .card", "#sentences .line", "#headline-list li", "#picture svg", "#slider"):
        assert desk.one(selector).is_displayed()
    sides = desk.run(
        "return ['.sources', '.summary', '.beside'].map((one) => document.querySelector(one).getBoundingClientRect().left)"
    )
    assert len({round(side) for side in sides}) == {390: 1, 900: 2, 1600: 3}[size[0]]


def test_the_printed_page_has_the_summary_and_its_sources_and_no_controls(desk: Desk) -> None:
    desk.take_example()
    desk.prefer(dark=False, media="print")
    assert desk.one("#sentences .line").is_displayed()
    assert desk.one("#picture svg").is_displayed()
    assert not desk.one("#slider").is_displayed()
    assert not desk.one("#paste").is_displayed()
    assert desk.one(".sources").get_property("scrollHeight") == desk.one(".sources").get_property("clientHeight")


_REMEMBER = """
window.there = new Map([...document.querySelectorAll(arguments[0])].map((each) => [each.outerHTML, each]));
"""
# Elements that look as before except for the highlight, but were replaced.
_REPLACED = """
return [...document.querySelectorAll(arguments[0])].filter((each) => {
  const plain = each.cloneNode(true);
  plain.classList.remove("pointed", "echo");
  return there.has(plain.outerHTML) && there.get(plain.outerHTML) !== each;
}).map((each) => each.outerHTML);
"""


def test_elements_that_an_answer_does_not_change_are_not_redrawn(desk: Desk) -> None:
    """All panes were drawn anew with each answer: a click could miss, and text selections were lost."""
    desk.take_example()
    parts = "#sentences .line, #headline-list li, #figures .figure, #terms li, #notes li, #cards .said, #cards .struck"
    desk.run(_REMEMBER, parts)
    desk.click("#sentences .pin", 1)
    desk.until(lambda: desk.all("#sentences .line.pinned"))
    assert desk.settled()
    assert desk.run(_REPLACED, parts) == []
    assert desk.focused().accessible_name == "Unpin"
    assert len(desk.all("#sentences .line.pointed")) == 1
