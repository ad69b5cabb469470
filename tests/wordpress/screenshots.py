"""Screenshots for docs/cms.md and the plugin's page: `python -m tests.wordpress.screenshots` updates them."""

import shutil
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests.service import ROOT, serving
from tests.wordpress.editor import Editor
from tests.wordpress.site import Site
from tests.wordpress.test_bulk import start, ten_posts
from tests.wordpress.test_editor import BRIDGE, FERRY

SHOP = (
    "Shops on the north bank of the harbour expect to lose a third of their customers while the bridge is closed.",
    "The chamber of commerce asked the city on Tuesday for a second ferry landing at Mill Lane.",
)


def main() -> None:
    """Takes all screenshots, of a new site."""
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
            editor = Editor(browser, site)
            editor.log_in()
            _panel(editor, site)
            _round_up(editor, site)
            _bulk(editor, site)
            _settings(editor)
        finally:
            browser.quit()


def _panel(editor: Editor, site: Site) -> None:
    editor.edit(site.write("", *BRIDGE))
    editor.press("Summarize")
    editor.until(lambda: editor.edited("excerpt"))
    editor.press("Headlines")
    editor.until(lambda: editor.all(".nutgraf-headline"))
    editor.click(editor.all(".nutgraf-headline")[0])
    _take(editor, "panel", ".nutgraf-panel")


def _round_up(editor: Editor, site: Site) -> None:
    site.run("foreach (get_posts(['post_status' => 'draft']) as $draft) { wp_delete_post($draft->ID, true); }")
    for title, story in (("Bridge closes for eleven weeks", BRIDGE), ("Four more boats", FERRY)):
        site.write(title, *story, status="publish")
    site.write("Shops fear for trade", *SHOP)
    editor.edit(site.write("The bridge: what we know", "All that we have published about the harbour bridge."))
    editor.press("Related copy")
    # A proposed post is not in the other list, so both lists are needed.
    editor.until(lambda: "Search again" in editor.texts(".nutgraf-story button"))
    editor.until(lambda: len(editor.all(".nutgraf-story label, .nutgraf-posts label")) >= 3)
    for label in editor.all(".nutgraf-story label, .nutgraf-posts label"):
        if label.text.startswith(("Bridge closes", "Four more", "Shops fear")):
            editor.click(label)
    editor.press("Round-up of 3 posts")
    editor.until(lambda: editor.all(".nutgraf-preview li"))
    _take(editor, "round-up", ".nutgraf-preview")


def _bulk(editor: Editor, site: Site) -> None:
    posts = ten_posts(site)
    site.run('update_option("test_slow_milliseconds", 800);')
    start(editor, posts)
    editor.until(lambda: editor.texts(".nutgraf-counts")[:1] == ["5 excerpts filled, 5 posts are waiting."])
    _take(editor, "bulk", "#nutgraf-run")
    editor.until(lambda: editor.all("#nutgraf-run.notice-success"))


def _settings(editor: Editor) -> None:
    editor.open("options-general.php?page=nutgraf")
    # The port of a test differs each time.
    editor.click(editor.all("#nutgraf-test")[0])
    editor.until(lambda: editor.all("#nutgraf-test-result.is-good"))
    editor.browser.execute_script("document.getElementById('nutgraf-address').value = 'http://127.0.0.1:8000'")
    _take(editor, "settings", "#nutgraf-test")


def _take(editor: Editor, name: str, selector: str) -> None:
    """Takes a screenshot that shows an element."""
    # Below the sidebar's tabs, and after all fade animations.
    script = "const e = document.querySelector(arguments[0]); e.style.scrollMarginTop = '64px'; e.scrollIntoView({block: e.offsetHeight > 500 ? 'start' : 'nearest'})"
    editor.browser.execute_script(script, selector)
    time.sleep(1)
    editor.browser.save_screenshot(str(ROOT / "docs" / f"wordpress-{name}.png"))


if __name__ == "__main__":
    main()
