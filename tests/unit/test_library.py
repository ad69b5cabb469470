"""`import nutgraf`: the core as a library."""

import subprocess
import sys
from importlib.metadata import distribution
from importlib.resources import files

import nutgraf


def test_it_summarizes_without_a_server() -> None:
    bridge = "The harbour bridge closed on Monday. Engineers found cracks in two piers. It will reopen in May."
    options = nutgraf.Options(length=nutgraf.Length("sentences", 1), headlines=nutgraf.HeadlineOptions(count=1))
    summary = nutgraf.summarize([nutgraf.Article(bridge), nutgraf.Article(bridge.replace("two", "three"))], options)
    (scored,) = summary.summary.sentences
    sentence = scored.sentence
    assert bridge.replace("two", "three" if sentence.article else "two")[sentence.start : sentence.end] == sentence.text


def test_what_it_offers_is_there() -> None:
    assert all(getattr(nutgraf, name) is not None for name in nutgraf.__all__)
    assert not hasattr(nutgraf, "create_app")


def test_it_is_typed_and_installs_one_package() -> None:
    assert (files("nutgraf") / "py.typed").is_file()
    assert (distribution("nutgraf").read_text("top_level.txt") or "").split() == ["nutgraf"]


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, nutgraf; print(sorted({'numpy', 'nltk', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
