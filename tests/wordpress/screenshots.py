"""The pictures of docs/cms.md and of the plugin's page: `python -m tests.wordpress.screenshots` takes them anew."""

import shutil
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.service import ROOT, serving
from tests.wordpress.desk import Desk
from tests.wordpress.site import Site
from tests.wordpress.test_bulk import start, ten_posts
from tests.wordpress.test_editor import BRIDGE, FERRY

SHOP = (
    "Shops on the north bank of the harbour expect to lose a third of their customers while the bridge is closed.",
    "The chamber of commerce asked the city on Tuesday for a second ferry landing at Mill Lane.",
)


def main() -> None:
    """Takes each picture of a fresh site."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=1120,1000",
    ):
        options.add_argument(argument)
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder)) as site, serving() as address:
        site.set_up(address=address, key="a-key", profile="brief")
        browser = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        try:
            desk = Desk(browser, site)
            desk.log_in()
            _panel(desk, site)
            _round_up(desk, site)
            _bulk(desk, site)
            _settings(desk)
        finally:
            browser.quit()


def _panel(desk: Desk, site: Site) -> None:
    desk.edit(site.write("", *BRIDGE))
    desk.press("Summarize")
    desk.until(lambda: desk.edited("excerpt"))
    desk.press("Headlines")
    desk.until(lambda: desk.all(".nutgraf-headline"))
    desk.click(desk.all(".nutgraf-headline")[0])
    _take(desk, "panel", ".nutgraf-panel")


def _round_up(desk: Desk, site: Site) -> None:
    site.run("foreach (get_posts(['post_status' => 'draft']) as $draft) { wp_delete_post($draft->ID, true); }")
    for title, story in (("Bridge closes for eleven weeks", BRIDGE), ("Four more boats", FERRY)):
        site.write(title, *story, status="publish")
    site.write("Shops fear for trade", *SHOP)
    desk.edit(site.write("The bridge: what we know", "All that we have published about the harbour bridge."))
    desk.press("Related copy")
    # A post that is proposed is not in the other list, so both must be there.
    desk.until(lambda: "Look again" in desk.texts(".nutgraf-story button"))
    desk.until(lambda: len(desk.all(".nutgraf-story label, .nutgraf-posts label")) >= 3)
    for label in desk.all(".nutgraf-story label, .nutgraf-posts label"):
        if label.text.startswith(("Bridge closes", "Four more", "Shops fear")):
            desk.click(label)
    desk.press("Round-up of 3 posts")
    desk.until(lambda: desk.all(".nutgraf-preview li"))
    _take(desk, "round-up", ".nutgraf-preview")


def _bulk(desk: Desk, site: Site) -> None:
    posts = ten_posts(site)
    site.run('update_option("test_slow_milliseconds", 800);')
    start(desk, posts)
    desk.until(lambda: desk.texts(".nutgraf-counts")[:1] == ["5 excerpts filled, 5 posts wait."])
    _take(desk, "bulk", "#nutgraf-run")
    desk.until(lambda: desk.all("#nutgraf-run.notice-success"))


def _settings(desk: Desk) -> None:
    desk.open("options-general.php?page=nutgraf")
    # The port of a test is another each time.
    desk.click(desk.all("#nutgraf-test")[0])
    desk.until(lambda: desk.all("#nutgraf-test-result.is-good"))
    desk.browser.execute_script("document.getElementById('nutgraf-address').value = 'http://127.0.0.1:8000'")
    _take(desk, "settings", "#nutgraf-test")


def _take(desk: Desk, name: str, selector: str) -> None:
    """A picture with this element in it."""
    # Below the sidebar's tabs; and what fades in or out has done so.
    script = "const e = document.querySelector(arguments[0]); e.style.scrollMarginTop = '64px'; e.scrollIntoView({block: e.offsetHeight > 500 ? 'start' : 'nearest'})"
    desk.browser.execute_script(script, selector)
    time.sleep(1)
    desk.browser.save_screenshot(str(ROOT / "docs" / f"wordpress-{name}.png"))


if __name__ == "__main__":
    main()
