"""Page object of the WordPress editor: opens posts, clicks buttons, and reads the page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.wordpress.site import Site

SECONDS = 20
# Scrolls to an element, and notes on it that a click reached it.
_WATCH = """
arguments[0].scrollIntoView({block: "center"});
arguments[0].addEventListener("click", (event) => { event.currentTarget.isHit = true; }, {capture: true});
"""
Found = TypeVar("Found")


class Editor:
    """An editor who uses one browser and one site."""

    def __init__(self, browser: Chrome, site: Site) -> None:
        self.browser, self.site = browser, site

    def log_in(self) -> None:
        """Logs in with the form, unless the editor is already logged in."""
        self.browser.get(f"{self.site.address}/wp-login.php")
        if self.browser.get_cookies() and any("logged_in" in cookie["name"] for cookie in self.browser.get_cookies()):
            return
        self.browser.find_element(By.ID, "user_login").send_keys("desk")
        self.browser.find_element(By.ID, "user_pass").send_keys(self.site.users["desk"]["password"])
        self.browser.find_element(By.ID, "wp-submit").click()
        self.until(lambda: self.all("#wpadminbar"))

    def leave(self) -> None:
        """Leaves the page, saved or not."""
        self.browser.execute_script(
            "if (window.wp && wp.data && wp.data.select('core/editor')) {"
            "jQuery(window).off('beforeunload'); window.addEventListener('beforeunload', e => e.stopImmediatePropagation(), true); }"
        )
        self.browser.get("about:blank")

    def open(self, page: str) -> None:
        """Opens an admin page."""
        self.leave()
        self.browser.get(f"{self.site.address}/wp-admin/{page}")

    def edit(self, post: int | None = None) -> None:
        """Opens a post, or a new one, in the block editor, with the panel unfolded."""
        self.open(f"post.php?post={post}&action=edit" if post else "post-new.php")
        fold = self.until(lambda: self.all(".nutgraf-panel .components-panel__body-toggle"))[0]
        if fold.get_attribute("aria-expanded") == "false":
            self.click(fold)
        self.until(lambda: self.all(".nutgraf-panel .nutgraf-start"))

    @contextmanager
    def canvas(self) -> Iterator[None]:
        """Switches to the text of the post, which may be in a frame since WordPress 6.3."""
        frame = self.until(lambda: self.all("iframe[name=editor-canvas], .editor-post-title__input"))[0]
        if frame.tag_name == "iframe":
            self.browser.switch_to.frame(frame)
        yield
        self.browser.switch_to.default_content()

    def press(self, label: str, within: str = ".nutgraf-panel") -> None:
        """Presses the button with this label."""
        button = self.until(lambda: self._enabled(label, within))
        assert button
        self.click(button)

    def click(self, element: WebElement) -> None:
        """Clicks an element, scrolled to where nothing covers it, once it stands still; again if another element was hit.

        While the editor loads, its panels move.
        """
        self.browser.execute_script(_WATCH, element)
        places = [element.rect]

        def stands_still() -> bool:
            places.append(element.rect)
            return places[-1] == places[-2]

        def is_hit() -> bool:
            element.click()
            try:
                return bool(self.browser.execute_script("return arguments[0].isHit", element))
            except StaleElementReferenceException:  # the click has removed it
                return True

        self.until(stands_still)
        self.until(is_hit)

    def all(self, selector: str) -> list[WebElement]:
        """The elements of a selector."""
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """The texts of the elements of a selector."""
        return [element.text for element in self.all(selector)]

    def edited(self, field: str) -> str:
        """A field of the post in the editor."""
        return str(
            self.browser.execute_script("return wp.data.select('core/editor').getEditedPostAttribute(arguments[0])", field)
        )

    def save(self) -> int:
        """Saves the post with the editor's own button, and returns its id."""
        script = "const e = wp.data.select('core/editor'); return !e.isSavingPost() && !e.isEditedPostDirty() && e.getCurrentPostId()"
        if not self.browser.execute_script(script):
            self.press("Save draft", ".edit-post-header")
        return int(self.until(lambda: self.browser.execute_script(script)))

    def until(self, look: Callable[[], Found]) -> Found:
        """Waits until a function returns a true value, and returns that."""

        def looked(_: Chrome) -> Any:
            try:
                return look()
            except StaleElementReferenceException:
                return None

        try:
            found: Found = WebDriverWait(self.browser, SECONDS, poll_frequency=0.1).until(looked)
        except TimeoutException as error:
            shown = " | ".join(self.texts(".nutgraf-panel, #nutgraf-run, .components-snackbar"))
            raise AssertionError(f"The condition did not become true; the page shows: {shown!r}") from error
        return found

    def _enabled(self, label: str, within: str) -> WebElement | None:
        buttons = [each for each in self.all(f"{within} button") if each.text.strip() == label and each.is_enabled()]
        return buttons[0] if buttons else None
