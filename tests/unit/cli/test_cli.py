"""The command line."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nutgraf.cli.main import main
from nutgraf.formats import pdf_document
from nutgraf.samples import sample
from tests.builders import NEWS, body
from tests.sample_documents import DOCX, EMAIL, NEWSML_1, PAGE, PDF, RSS, TITLE
from tests.service import ROOT


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def test_text_html_and_json_files_make_one_cluster(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "two.html").write_text(f"<p>{NEWS[::-1]}</p>", encoding="utf-8")
    (tmp_path / "three.json").write_text(json.dumps({"id": "three", "text": NEWS.upper()}), encoding="utf-8")
    result = run("summarize", "--json", *map(str, sorted(tmp_path.iterdir())))
    assert result.exit_code == 0, result.output
    reports = json.loads(result.stdout)["articles"]
    assert [Path(report["id"]).name for report in reports] == ["one.txt", "three", "two.html"]
    assert "text" in reports[2]


@pytest.mark.parametrize(
    ("given", "articles"),
    [
        (NEWS, 1),
        (f"<p>{NEWS}</p>", 1),
        (json.dumps({"text": NEWS}), 1),
        (json.dumps([{"text": NEWS}] * 2), 2),
        (json.dumps(body()), 1),
    ],
)
def test_the_format_of_standard_input_is_detected_by_its_first_character(given: str, articles: int) -> None:
    result = run("summarize", "--json", given=given)
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["articles"]) == articles


def test_command_options_override_those_of_a_request() -> None:
    request = json.dumps(body(length={"sentences": 1}, headlines={"count": 2, "max_characters": 50}))
    kept = json.loads(run("summarize", "--json", "--headlines", "1", given=request).stdout)
    assert len(kept["summary"]["sentences"]) == 1
    assert len(kept["headlines"]) == 1
    assert kept["headlines"][0]["characters"] <= 50
    more = json.loads(run("summarize", "--json", "--sentences", "3", given=request).stdout)
    assert len(more["summary"]["sentences"]) == 3


def test_the_printed_summary_has_headlines_sentences_and_sources() -> None:
    result = run("summarize", "--words", "60", str(ROOT / "samples" / "drought.txt"))
    assert result.stdout.startswith("Reservoirs at lowest level")
    assert "drought.txt]" in result.stdout
    assert "file photo" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (["--words", "0"], NEWS, "/length/words"),
        (["--words", "5", "--ratio", "0.5"], NEWS, "exactly one"),
        (["--language", "english!"], NEWS, "/articles/0/language"),
        ([], "", "No article has a sentence"),
        ([], "{", "not JSON"),
        ([], '{"text": 5}', "/articles/0/text"),
        ([], '"text', "quoted"),
        ([], "[5]", "/articles/0"),
        ([], b"\xff\xfe", "not UTF-8"),
        (["nowhere.txt"], "", "nowhere.txt"),
    ],
)
def test_input_that_can_not_be_summarized_gives_a_message_and_an_exit_status(
    arguments: list[str], given: str | bytes, says: str
) -> None:
    result = run("summarize", *arguments, given=given)
    if says == "quoted":  # text may open with a quotation mark
        assert result.exit_code == 0
        return
    assert result.exit_code != 0
    assert says in result.output
    assert "Traceback" not in result.output


def test_serve_refuses_an_invalid_setting_with_a_message() -> None:
    command = [sys.executable, "-m", "nutgraf.cli", "serve"]
    environment = {**os.environ, "NUTGRAF_WORKERS": "many"}
    result = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: NUTGRAF_WORKERS must be a whole number")


def test_openapi_check_detects_an_outdated_file(tmp_path: Path) -> None:
    assert run("openapi", "--check", str(ROOT / "openapi.yaml")).exit_code == 0
    stale = tmp_path / "openapi.yaml"
    shutil.copy(ROOT / "openapi.yaml", stale)
    stale.write_text(stale.read_text(encoding="utf-8").replace("/summarize", "/summarise"), encoding="utf-8")
    assert "make openapi" in run("openapi", "--check", str(stale)).output


def test_files_of_other_formats_are_read_by_their_extension_or_their_content(tmp_path: Path) -> None:
    files = {
        "release.docx": DOCX,
        "paper.pdf": PDF,
        "mail.eml": EMAIL.encode(),
        "wire.xml": NEWSML_1.encode(),
        "page.html": PAGE.encode(),
        "without-extension": PDF,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    result = run("summarize", "--json", *(str(tmp_path / name) for name in files))
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert [article["title"] for article in answer["articles"]] == [TITLE] * len(files)
    (tmp_path / "old.rtf").write_bytes(rb"{\rtf1 Ice}")
    refused = run("summarize", str(tmp_path / "old.rtf"))
    assert refused.exit_code == 1
    assert "RTF" in refused.output


def test_a_feed_becomes_a_table_of_stories() -> None:
    result = run("stories", str(ROOT / "samples" / "feed.json"))
    assert result.exit_code == 0, result.output
    rows = [line.split()[0] for line in result.stdout.splitlines() if line.strip() and line.split()[0].isdigit()]
    assert rows == ["2", "2", "1"]
    assert "Port Alder" in result.stdout
    assert "Northwire" in result.stdout


def test_stories_are_summarized_on_request() -> None:
    feed = str(ROOT / "samples" / "feed.json")
    plain = json.loads(run("stories", "--json", feed).stdout)
    assert plain == json.loads((ROOT / "samples" / "feed-answer.json").read_text(encoding="utf-8"))
    answer = json.loads(run("stories", "--json", "--sentences", "1", feed).stdout)
    assert [len(story["summary"]["sentences"]) for story in answer["stories"] if story["summary"]] == [1, 1]
    told = run("stories", "--summarize", feed).stdout
    assert "[northwire-1]" in told


def test_feeds_are_read_from_files_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    (tmp_path / "story.txt").write_text(NEWS, encoding="utf-8")
    answer = json.loads(run("stories", "--json", "--language", "en", *map(str, sorted(tmp_path.iterdir()))).stdout)
    assert sum(len(story["article_ids"]) for story in answer["stories"]) == 2
    assert len(json.loads(run("stories", "--json", given=json.dumps(sample("feed"))).stdout)["stories"]) == 3
    wrong = run("stories", given='[{"text": 5}]')
    assert wrong.exit_code == 1
    assert "/articles/0/text" in wrong.output


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command line read files without limits of time and memory."""
    monkeypatch.setattr(pdf_document, "read", lambda document: time.sleep(60))
    monkeypatch.setenv("NUTGRAF_MAX_SECONDS", "1")
    (tmp_path / "paper.pdf").write_bytes(PDF)
    began = time.monotonic()
    refused = run("summarize", str(tmp_path / "paper.pdf"))
    assert refused.exit_code == 1
    assert "took too long" in refused.output
    assert time.monotonic() - began < 20
