"""Chinese words, split as jieba splits them, without its cache."""

import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.language_samples import language_samples
from tests.service import ROOT

pytest.importorskip("jieba")

SPLIT = """
import sys
from nutgraf.summarizer.reading.chinese import chinese_words
print("|".join(chinese_words(sys.argv[1])))
"""


def test_a_cache_in_the_temporary_folder_is_neither_read_nor_written(tmp_path: Path) -> None:
    text = language_samples()["zh"].paragraph
    planted = marshal.dumps(({text: 10**9}, 10**9))  # with it, jieba takes the whole text for a word
    (tmp_path / "jieba.cache").write_bytes(planted)
    command = [sys.executable, "-W", "ignore", "-c", SPLIT, text]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    words = result.stdout.rstrip("\n").split("|")
    assert "".join(words) == text
    assert len(words) > 10
    assert result.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == planted


def test_words_equal_those_of_jieba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import jieba

    from nutgraf.summarizer.reading.chinese import chinese_words

    tokenizer = jieba.Tokenizer()
    monkeypatch.setattr(tokenizer, "tmp_dir", str(tmp_path))
    for text in (language_samples()["zh"].paragraph, *language_samples()["zh"].boundaries, "", "2026年5月3日,A-1号"):
        assert chinese_words(text) == list(tokenizer.cut(text))
