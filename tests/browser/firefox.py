"""Firefox over WebDriver BiDi (https://w3c.github.io/webdriver-bidi), which Firefox supports without geckodriver."""

import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import websocket

SECONDS = 30
START_SECONDS = 60
POLL_SECONDS = 0.02
CONTROL = "\ue009"
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    "dom.events.testing.asyncClipboard": True,  # no menu that asks whether the page may read the clipboard
    "ui.prefersReducedMotion": 1,
    "remote.active-protocols": 1,
}


class Firefox:
    """One headless Firefox with one tab and a profile of its own. Records its console messages and requests."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.said: list[str] = []
        self.asked: list[str] = []
        self._id = 0

    def __enter__(self) -> "Firefox":
        self._profile = tempfile.mkdtemp(prefix="firefox-")
        preferences = "".join(
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items()
        )
        Path(self._profile, "user.js").write_text(preferences, encoding="utf-8")
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [self.program, "--headless", "--no-remote", "--profile", self._profile, "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=self._lines,
        )
        try:
            address = until(self._address, START_SECONDS)
            self._socket = websocket.create_connection(f"{address}/session", timeout=SECONDS, suppress_origin=True)
            self.command("session.new", capabilities={})
            self.context = self.command("browsingContext.getTree")["contexts"][0]["context"]
            self.command(
                "session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"], contexts=[self.context]
            )
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        try:
            self.command("browser.close")
            self._socket.close()
        finally:
            self._end()

    def _end(self) -> None:
        try:
            self._process.wait(SECONDS if self._process.poll() is None else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._lines.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _address(self) -> str | None:
        assert self._process.poll() is None, "Firefox ended"
        self._lines.seek(0)
        found = _LISTENING.search(self._lines.read())
        return found and found[1]

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Sends a command, and records the events that arrive before its answer."""
        self._id += 1
        self._socket.send(json.dumps({"id": self._id, "method": method, "params": parameters}))
        while (message := json.loads(self._socket.recv())).get("id") != self._id:
            self._note(message)
        assert message["type"] == "success", f"{method}: {message['error']}: {message['message']}"
        result: dict[str, Any] = message["result"]
        return result

    def _note(self, event: dict[str, Any]) -> None:
        if event.get("method") == "log.entryAdded" and event["params"]["level"] in ("warn", "error"):
            self.said.append(event["params"]["text"])
        if event.get("method") == "network.beforeRequestSent":
            self.asked.append(event["params"]["request"]["url"])

    def open(self, address: str) -> None:
        self.command("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def resize(self, width: int, height: int) -> None:
        self.command("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})

    def run(self, function: str, *arguments: Any) -> Any:
        """Returns the result of a JavaScript function, or of its promise, run with the permissions of a user's click."""
        call = f"async (given) => JSON.stringify(await ({function})(...JSON.parse(given)) ?? null)"
        result = self.command(
            "script.callFunction",
            functionDeclaration=call,
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        assert result["type"] == "success", result["exceptionDetails"]["text"]
        return json.loads(result["result"]["value"])

    def texts(self, selector: str) -> list[str]:
        found: list[str] = self.run("(s) => [...document.querySelectorAll(s)].map((each) => each.textContent)", selector)
        return found

    def click(self, selector: str, number: int = 0) -> None:
        """Clicks the middle of an element with the mouse, as soon as it is visible and not covered."""
        function = """(selector, number) => {
          const element = document.querySelectorAll(selector)[number];
          element?.scrollIntoView({block: "center"});
          const box = element?.getBoundingClientRect();
          const [x, y] = box ? [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)] : [0, 0];
          return box?.width && element.contains(document.elementFromPoint(x, y)) ? [x, y] : null;
        }"""
        x, y = until(lambda: self.run(function, selector, number))
        self._act(
            "pointer",
            [{"type": "pointerMove", "x": x, "y": y}, *({"type": f"pointer{each}", "button": 0} for each in ("Down", "Up"))],
        )

    def keys(self, *keys: str, held: str | None = None) -> None:
        """Presses keys one after the other, while the key `held` is down."""
        presses = [{"type": each, "value": key} for key in keys for each in ("keyDown", "keyUp")]
        around = [[{"type": each, "value": held}] if held else [] for each in ("keyDown", "keyUp")]
        self._act("key", [*around[0], *presses, *around[1]])

    def _act(self, source: str, actions: list[dict[str, Any]]) -> None:
        self.command(
            "input.performActions", context=self.context, actions=[{"type": source, "id": source, "actions": actions}]
        )


def until(holds: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """Waits until a function returns a true value, and returns that."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(POLL_SECONDS)
    return found
