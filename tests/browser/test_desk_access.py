"""Accessibility and security of the desk: axe, keyboard use, right-to-left text, and the Content-Security-Policy."""

from importlib.resources import files
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys

from nutgraf.http.security.browser_headers import DESK_POLICY
from tests.browser.desk import NARROW, WIDE, Desk, attribute

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ARABIC = (
    "أغلقت السلطات الطريق الساحلي يوم الأحد بعد عاصفة قوية. وقالت البلدية إن التيار الكهربائي انقطع عن ألف منزل. "
    "ولم يصب أحد بأذى في الميناء. ويتوقع المهندسون أن تستمر أعمال الإصلاح أسبوعا."
)


def violations(browser: Chrome) -> list[dict[str, Any]]:
    """The violations that axe finds, each with its elements."""
    browser.execute_script(AXE)
    found = browser.execute_async_script("axe.run().then((result) => arguments[0](result.violations))")
    return [{"id": each["id"], "about": [node["html"][:200] for node in each["nodes"]]} for each in found]


def violations_in_both_themes(desk: Desk) -> list[dict[str, Any]]:
    found = []
    for dark in (True, False):
        desk.prefer(dark=dark)
        found += violations(desk.browser)
    return found


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_axe_finds_nothing(desk: Desk, size: tuple[int, int]) -> None:
    desk.open_anew(size)
    assert violations_in_both_themes(desk) == []
    desk.take_example()
    desk.click("#sentences .pin", 0)
    desk.until(lambda: desk.all("#sentences .line.pinned"))
    desk.click("#sentences .ban", 1)
    desk.until(lambda: desk.all("#banned .gone"))
    desk.settled()
    desk.one("#own").send_keys("A headline of my own that is far too long for any slot that there is on this page")
    assert violations_in_both_themes(desk) == []


@pytest.mark.parametrize("path", ["docs/guide", "warnings", "problems/invalid-request"])
def test_axe_finds_nothing_on_the_other_pages(browser: Chrome, service: str, path: str) -> None:
    browser.get(f"{service}/{path}")
    assert violations(browser) == []


def test_the_keyboard_alone_does_everything(desk: Desk) -> None:
    """From opening to a pinned sentence, another length and a copied headline."""
    reach(desk, "#try")
    desk.keys(Keys.ENTER)
    before = desk.settled()
    reach(desk, "#slider")
    desk.keys(Keys.ARROW_LEFT)
    desk.until(lambda: len(desk.summary()) == len(before) - 1)
    reach(desk, "#sentences .line:first-child > .badge")
    first = desk.summary()[0]
    desk.keys("b")
    desk.until(lambda: first not in desk.settled())
    reach(desk, "#sentences .line > .badge")
    desk.keys(Keys.ARROW_DOWN)
    wanted = desk.run("return document.activeElement.closest('.line').querySelector('.says > p').textContent")
    desk.keys("p")
    desk.until(lambda: desk.texts("#sentences .line.pinned .says > p:first-child") == [wanted])
    reach(desk, "#headline-list .copy")
    desk.keys(Keys.ENTER)
    desk.until(lambda: desk.clipboard() == desk.texts("#headline-list .headline")[0])


def test_in_an_article_arrow_keys_move_between_sentences_and_p_pins(desk: Desk) -> None:
    desk.take_example()
    reach(desk, "#cards .said")
    desk.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    wanted = desk.focused().text
    desk.keys(Keys.ENTER)
    assert desk.focused().accessible_name == "Pin"
    desk.keys(Keys.ESCAPE)
    assert desk.focused().text == wanted
    desk.keys("p")
    desk.until(lambda: desk.all("#cards .said.pinned") and wanted in desk.summary())
    desk.settled()
    desk.keys(Keys.ENTER, Keys.ENTER)
    desk.until(lambda: not desk.all("#cards .said.pinned"))
    assert desk.focused().text == wanted  # and not at the top of the page


def reach(desk: Desk, selector: str, most: int = 150) -> None:
    """Presses Tab until an element has the focus, and checks that the focus is visible."""
    for _ in range(most):
        desk.keys(Keys.TAB)
        if desk.run("return document.activeElement.matches(arguments[0])", selector):
            break
    else:
        raise AssertionError(f"Tab never reaches {selector}")
    style = desk.run("const its = getComputedStyle(document.activeElement); return [its.outlineStyle, its.outlineWidth]")
    assert style[0] != "none", f"the focus does not show on {selector}"
    assert float(style[1].removesuffix("px")) >= 1


def test_right_to_left_text_is_right_aligned(desk: Desk) -> None:
    desk.one("#paste").click()
    desk.paste(ARABIC)
    desk.settled()
    directions = "return arguments[0].map((shown) => getComputedStyle(document.querySelector(shown)).direction)"
    desk.until(lambda: desk.run(directions, ["#cards .text", "#sentences .says > p"]) == ["rtl", "rtl"])
    assert attribute(desk.one("#cards .text"), "lang") == "ar"


def test_changes_are_announced_to_screen_readers(desk: Desk) -> None:
    told = desk.take_example()
    assert attribute(desk.one("#status"), "textContent").startswith(f"The summary has {len(told)} sentences")


def test_markup_in_an_article_does_not_become_markup_of_the_page(desk: Desk) -> None:
    """Articles come from untrusted sources."""
    gone = "document.title='gone'"
    evil = f'<img src=x onerror="{gone}"> says the first sentence. <script>{gone}</script> is the other & last.'
    desk.one("#write").click()
    desk.one("textarea.write").send_keys(evil)
    desk.until(lambda: "<img src=x" in " ".join(desk.summary()))
    assert desk.browser.title == "Nutgraf"
    assert not desk.all("main img")


def test_the_policy_allows_nothing_inline_and_no_string_as_markup(desk: Desk) -> None:
    policy = desk.run("return fetch('/').then((page) => page.headers.get('Content-Security-Policy'))")
    assert policy == DESK_POLICY
    assert "unsafe" not in policy
    blocked = "return new Promise((d) => { addEventListener('securitypolicyviolation', (e) => d(e.effectiveDirective)); "
    assert desk.run(f"{blocked} document.body.setAttribute('style', 'color: red') }})") == "style-src-attr"
    assert len(desk.complaints()) == 1
