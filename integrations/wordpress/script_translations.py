"""The catalogues that WordPress' scripts read (Jed's JSON), from the .mo files: a file for each locale and script."""

import gettext
import json
import sys
from pathlib import Path
from typing import Any

# By the handle that wp_set_script_translations() names.
SCRIPTS = {
    "nutgraf-editor": "editor.js",
    "nutgraf-panel": "panel.js",
    "nutgraf-run": "run.js",
    "nutgraf-settings": "settings.js",
}


def main(folder: Path) -> None:
    """Writes the files beside the .mo files of a folder."""
    for compiled in sorted(folder.glob("*.mo")):
        for handle, script in SCRIPTS.items():
            target = compiled.with_name(f"{compiled.stem}-{handle}.json")
            text = json.dumps(catalogue(compiled, f"assets/{script}"), ensure_ascii=False, indent=1, sort_keys=True)
            target.write_text(text + "\n", encoding="utf-8")


def catalogue(compiled: Path, script: str) -> dict[str, Any]:
    """The messages of one script, with their plural forms, as Jed has them."""
    with compiled.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    # gettext's parser is the only reader of .mo files in the standard library; it keeps what it read here.
    read: dict[Any, str] = translations._catalog  # type: ignore[attr-defined]
    wanted = messages_of(compiled.with_suffix(".po").read_text(encoding="utf-8"), script)
    messages: dict[str, list[str]] = {}
    for key, text in sorted(read.items(), key=str):
        message = key[0] if isinstance(key, tuple) else key
        if message in wanted:
            messages.setdefault(message, []).append(text)
    information = translations.info()
    head = {"domain": "messages", "lang": information["language"], "plural-forms": information["plural-forms"]}
    return {"domain": "messages", "locale_data": {"messages": {"": head, **messages}}}


def messages_of(po: str, script: str) -> set[str]:
    """The messages of a .po file that are said to stand in a script."""
    found = set()
    for entry in po.split("\n\n"):
        lines = entry.splitlines()
        stands = any(line.startswith("#:") and script in line for line in lines)
        message = next((line for line in lines if line.startswith("msgid ")), None)
        if stands and message:
            found.add(json.loads(message.removeprefix("msgid ")))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
