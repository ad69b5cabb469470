"""A page object of the editor's desk: its elements, and the actions of a user."""

import base64
import json
from collections.abc import Callable
from typing import Any

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

SECONDS = 30
NARROW, MIDDLE, WIDE = (390, 844), (900, 1200), (1600, 1000)

_DROP = """
const transfer = new DataTransfer();
for (const [name, text] of arguments[0]) {
  const bytes = Array.isArray(text) ? new Uint8Array(text) : text;
  transfer.items.add(new File([bytes], name));
}
for (const type of ["dragenter", "dragover", "drop"]) {
  document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
}
"""

_SETTLED = """
if (document.querySelector(".desk[data-stale]") || document.getElementById("progress").checkVisibility()) return null;
return [...document.querySelectorAll("#sentences .says > p:first-child")].map((each) => each.textContent);
"""


def attribute(element: WebElement, name: str) -> str:
    """An attribute that the element must have."""
    value = element.get_attribute(name)
    assert value is not None, name
    return value


class Desk:
    """The page, opened in a browser."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser = browser
        self.address = address

    def open_anew(self, size: tuple[int, int] = WIDE) -> None:
        """Opens the desk as on a first visit: empty storage, no animations, light theme."""
        self.resize(*size)
        self.prefer(dark=False)
        self.browser.get(
            "about:blank"
        )  # a page stores its text when it is left, so it is left before the storage is cleared
        self.browser.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
        permissions = {"origin": self.address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        self.browser.execute_cdp_cmd("Browser.grantPermissions", permissions)
        self.browser.get_log("browser"), self.browser.get_log("performance")
        self.browser.get(f"{self.address}/")
        self.until(lambda: self.all("#profiles button"))
        if "nutgraf.desk" in self.stored():  # the browser stored the text of the left page after the storage was cleared
            self.open_anew(size)

    def reset(self) -> None:
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})

    def resize(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, *, dark: bool, media: str = "") -> None:
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})

    def until(self, holds: Callable[[], Any], seconds: float = SECONDS) -> Any:
        """Waits until a condition holds; elements may disappear while it is evaluated."""
        return WebDriverWait(self.browser, seconds, poll_frequency=0.02, ignored_exceptions=[Exception]).until(
            lambda _: holds()
        )

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def texts(self, selector: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)"
        found: list[str] = self.run(script, selector)
        return found

    def says(self, selector: str, *texts: str) -> bool:
        """Whether the elements have these texts."""
        return self.texts(selector) == list(texts)

    def summary(self) -> list[str]:
        return self.texts("#sentences .says > p:first-child")

    def settled(self) -> list[str]:
        """Waits until the summary belongs to the present articles, and returns it."""
        told: list[str] = self.until(lambda: self.run(_SETTLED))
        return told

    def take_example(self) -> list[str]:
        self.until(lambda: self.one("#try").is_displayed())
        self.one("#try").click()
        return self.settled()

    def paste(self, text: str) -> None:
        """Pastes from the clipboard with the keyboard into the focused element."""
        self.browser.execute_async_script("navigator.clipboard.writeText(arguments[0]).then(arguments[1])", text)
        ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()

    def clipboard(self) -> str:
        text: str = self.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
        return text

    def drop(self, **files: str | list[int]) -> None:
        """Drops files, given by name; `_` stands for the dot before the extension."""
        self.run(_DROP, [[name.replace("_", "."), content] for name, content in files.items()])

    def click(self, selector: str, index: int = 0) -> None:
        """Clicks one of the elements of a selector as soon as it is visible."""
        element: WebElement = self.until(lambda: (found := self.all(selector)[index]).is_displayed() and found)
        element.click()

    def slide(self, value: int) -> None:
        """Moves the slider, and sends the event that a user's movement causes."""
        script = "const s = arguments[0]; s.value = arguments[1]; s.dispatchEvent(new Event('input', {bubbles: true}))"
        self.run(script, self.one("#slider"), value)

    def screenshot(self) -> bytes:
        """A screenshot of the page, as WebP."""
        self.browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        taken = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 92})
        self.browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": False})
        return base64.b64decode(taken["data"])

    def keys(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def focused(self) -> WebElement:
        return self.browser.switch_to.active_element

    def stored(self) -> dict[str, str]:
        kept: dict[str, str] = self.run("return {...localStorage}")
        return kept

    def complaints(self) -> list[str]:
        """The console messages, except for requests that the test itself made fail."""
        said = [entry["message"] for entry in self.browser.get_log("browser")]
        return [message for message in said if "Failed to load resource" not in message]

    def foreign_requests(self) -> list[str]:
        events = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith((f"{self.address}/", "data:"))]
