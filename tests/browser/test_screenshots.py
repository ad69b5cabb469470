"""The README's screenshots of the desk; `make screenshots` updates them."""

import os
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains

from tests.browser.desk import Desk
from tests.service import ROOT

SIZE = (1600, 1250)
MOST_BYTES = 300 * 1024


@pytest.mark.parametrize(("name", "dark"), [("desk.webp", False), ("desk-dark.webp", True)])
def test_screenshots_of_the_desk_for_the_readme(desk: Desk, tmp_path: Path, name: str, dark: bool) -> None:
    """Writes to the folder that NUTGRAF_SCREENSHOTS names, else to a temporary folder."""
    desk.open_anew(SIZE)
    desk.prefer(dark=dark)
    desk.take_example()
    desk.slide(4)
    desk.until(lambda: len(desk.summary()) == 4)
    desk.click("#sentences .pin", 2)
    desk.until(lambda: desk.all("#sentences .line.pinned"))
    desk.one("#own").send_keys("Strongest storm in eleven years cuts power and closes the coast road")
    desk.run("document.querySelector('[name=slot][value=\"60\"]').click(); document.activeElement.blur()")
    desk.settled()
    ActionChains(desk.browser).move_to_element(desk.all("#sentences .line")[1]).perform()
    desk.until(lambda: desk.all("#cards .said.pointed"))
    desk.settled()
    picture = Path(os.environ.get("NUTGRAF_SCREENSHOTS", tmp_path)) / name
    picture.write_bytes(desk.screenshot())
    assert picture.stat().st_size < MOST_BYTES
    assert f"docs/{name}" in (ROOT / "README.md").read_text(encoding="utf-8")
