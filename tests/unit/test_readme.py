"""Examples, links and names in README and the other pages are correct."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.service import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def test_the_answer_in_the_readme_is_real(client: FlaskClient) -> None:
    """The answer in the README is shortened: objects lack keys, and lists lack their end."""
    shown = re.search(r"```json\n(.*?)```", README, re.S)
    assert shown
    sent = re.search(r"-d @(\S+)", README)
    assert sent
    body = (ROOT / sent[1]).read_text(encoding="utf-8")
    answer = client.post("/summarize", data=body, content_type="application/json").get_json()
    assert_shortened(json.loads(shown[1]), answer)


def assert_shortened(shown: Any, answer: Any) -> None:
    """`shown` is `answer` without some keys and without the ends of some lists."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert_shortened(value, answer[key])
    elif isinstance(shown, list) and shown:
        for left, right in zip(shown, answer[: len(shown)], strict=True):
            assert_shortened(left, right)
    else:
        assert shown == answer


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.S)
    assert example
    exec(example[1], {})
    assert capsys.readouterr().out.strip()


def test_files_and_make_targets_in_the_pages_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\S+)", README, re.M)
    assert "serve" in targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    paths = ["".join(path) for path in re.findall(r"\]\(((?!http)[^)#]+)\)|(samples/\S+\.\w+)", README)]
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_name_of_a_test_in_security_md_is_the_name_of_one_file() -> None:
    count = Counter(path.name for path in (ROOT / "tests").rglob("*"))
    named = re.findall(r"`(\w+\.(?:py|sh))`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 10
    assert [name for name in named if count[name] != 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_have_existing_targets(page: Path) -> None:
    for target, _, anchor in re.findall(r"\]\((?!http)([^)#\s]*)(#([^)\s]+))?\)", page.read_text(encoding="utf-8")):
        linked = (page.parent / target).resolve() if target else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), f"{target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
