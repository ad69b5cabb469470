"""The plugin's files: PHP compiles and follows WordPress' style, all strings are translated, versions are equal."""

import gettext
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.service import ROOT
from tests.wordpress.site import PLUGIN, Site

FOLDER = PLUGIN.parent
LOCALES = ("de_DE", "fr_FR")


def tool(name: str) -> str:
    """The path of a program; the test is skipped without it."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"needs {name}")
    return found


@pytest.mark.parametrize("file", sorted(PLUGIN.rglob("*.php")), ids=lambda file: file.name)
def test_php_compiles(file: Path) -> None:
    done = subprocess.run([tool("php"), "-l", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_code_follows_the_wordpress_style() -> None:
    done = subprocess.run([tool("phpcs"), "-q"], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_file_is_longer_than_300_lines() -> None:
    files = [file for file in PLUGIN.rglob("*") if file.suffix in (".php", ".js", ".css")]
    assert len(files) > 10
    assert not [file.name for file in files if file.read_text(encoding="utf-8").count("\n") > 300]


def test_all_files_have_the_same_version() -> None:
    main, readme = ((PLUGIN / name).read_text(encoding="utf-8") for name in ("nutgraf.php", "readme.txt"))
    versions = [
        *re.findall(r"^ \* Version: (\S+)", main, re.M), *re.findall(r"VERSION = '(\S+)'", main),
        *re.findall(r"^Stable tag: (\S+)", readme, re.M),
    ]  # fmt: skip
    assert len(versions) == 3
    assert len(set(versions)) == 1
    for name in ("Requires at least", "Requires PHP", "License"):
        told = [re.findall(rf"{name}: (.+)", text)[0] for text in (main, readme)]
        assert told[0] == told[1]


def test_every_string_is_in_the_template(tmp_path: Path) -> None:
    """If it fails, run `make pot po mo` in integrations/wordpress."""
    tool("xgettext"), tool("make")
    copy = shutil.copytree(FOLDER, tmp_path / "copy")
    subprocess.run(["make", "-s", "pot", "po", "mo"], cwd=copy, check=True, capture_output=True)
    for file in sorted((PLUGIN / "languages").iterdir()):
        if file.suffix != ".mo":  # the byte order of msgfmt
            assert (copy / "nutgraf" / "languages" / file.name).read_text(encoding="utf-8") == file.read_text(
                encoding="utf-8"
            ), file


@pytest.mark.parametrize("locale", LOCALES)
def test_every_string_is_translated(locale: str) -> None:
    template = (PLUGIN / "languages" / "nutgraf.pot").read_text(encoding="utf-8")
    messages = [json.loads(each) for each in re.findall(r'^msgid (".+")$', template, re.M) if each != '""']
    with (PLUGIN / "languages" / f"nutgraf-{locale}.mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    marks = re.compile(r"%(?:\d\$)?[sd]")
    for message in messages:
        for text in {translations.gettext(message), translations.ngettext(message, message, 2)} - {message}:
            assert sorted(marks.findall(text)) == sorted(marks.findall(message)), message
    same = [each for each in messages if translations.gettext(each) == translations.ngettext(each, each, 2) == each]
    assert same == ["Nutgraf"]


def test_the_german_translation_is_used(site: Site) -> None:
    code = (
        "add_filter('pre_determine_locale', function () { return 'de_DE'; }); unload_textdomain('nutgraf');"
        "load_plugin_textdomain('nutgraf', false, 'nutgraf/languages'); echo __('Test connection', 'nutgraf');"
        "wp_register_script('nutgraf-editor', plugins_url('assets/editor.js', Nutgraf\\FILE));"
        "echo '|', load_script_textdomain('nutgraf-editor', 'nutgraf', plugin_dir_path(Nutgraf\\FILE) . 'languages');"
    )
    sentence, scripts = site.run(code).split("|")
    assert sentence == "Verbindung testen"
    assert json.loads(scripts)["locale_data"]["messages"]["Summarize"] == ["Zusammenfassen"]


def test_the_readme_has_the_format_of_wordpress() -> None:
    readme = (PLUGIN / "readme.txt").read_text(encoding="utf-8")
    assert readme.startswith("=== Nutgraf ===\n")
    short = readme.split("\n\n")[1]
    assert len(short) <= 150
    for section in ("Description", "Installation", "Frequently Asked Questions", "Screenshots", "Changelog"):
        assert f"\n== {section} ==\n" in readme
    shown = re.search(r"== Screenshots ==\n\n(.*?)\n\n", readme, re.S)
    assert shown
    assert len(shown[1].splitlines()) == len(list((ROOT / "docs").glob("wordpress-*.png")))
