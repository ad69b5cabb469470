"""What the README shows is what a reader gets."""

import json
import re

from flask.testing import FlaskClient

from tests.service import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_answer_shown_is_the_real_one(client: FlaskClient) -> None:
    shown = re.search(r"```json\n(.*?)```", README, re.S)
    assert shown
    sent = re.search(r"-d @(\S+)", README)
    assert sent
    body = (ROOT / sent[1]).read_text(encoding="utf-8")
    answer = client.post("/summarize", data=body, content_type="application/json").get_json()
    assert json.loads(shown[1]) == answer


def test_files_and_make_targets_that_it_names_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\S+)", README, re.M)
    assert "serve" in targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    paths = ["".join(path) for path in re.findall(r"\]\(((?!http)[^)#]+)\)|(samples/\S+\.\w+)", README)]
    assert len(paths) > 5
    assert [path for path in paths if not (ROOT / path).exists()] == []
