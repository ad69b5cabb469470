"""Generates docs/settings.md from the table of settings; `make docs` runs it."""

from nutgraf.settings import SETTINGS, Setting

INTRODUCTION = """\
# Settings

Settings are environment variables. For example, `NUTGRAF_WORKERS=4 make serve` starts four server processes. `HOST` and
`PORT` override `NUTGRAF_HOST` and `NUTGRAF_PORT`, because many platforms set them. Settings are read when the server or a
command starts. If a setting has an invalid value, the server or command does not
start and prints what is wrong.

This table is generated from `api/nutgraf/settings.py` with `make docs`.

| setting | default | what it does |
|---|---|---|
"""


def page() -> str:
    """The page in Markdown."""
    return INTRODUCTION + "".join(f"{row}\n" for row in map(_row, SETTINGS))


def _row(setting: Setting) -> str:
    names = f"`{setting.variable}`" + (f", `{setting.platform}`" if setting.platform else "")
    default = f"`{setting.default}`" if setting.default != "" else "–"
    return f"| {names} | {default} | {setting.help} |"


if __name__ == "__main__":
    print(page(), end="")
