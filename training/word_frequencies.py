"""Counts the frequencies of words in a language, for the choice of key terms, and finds words that are rarely nouns.

    python -m training.word_frequencies --data DIR                    # all languages with a parser
    python -m training.word_frequencies --data DIR --language en

The frequencies come from the package wordfreq (`pip install wordfreq`; its data are CC BY-SA 4.0), summed by stem. Parts of
speech come from the training parts of the treebanks in DIR (see docs/models.md), `LANG_train.jsonl.gz`.
"""

import gzip
import io
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

import click

from nutgraf.summarizer.reading.words import vocabulary

FOLDER = Path(__file__).parents[1] / "api" / "nutgraf" / "summarizer" / "findings" / "word_frequency_tables"
LANGUAGES = ("de", "en", "es", "fr", "pt")
# Rarer stems are not listed, and all count as equally rare.
MIN_ZIPF = 3.0
# A word is rarely a noun if it occurs at least this often in the treebank, and at most in this share as a noun or name.
MIN_MENTIONS = 3
MAX_NOUN_SHARE = 0.1
_NOUNS = ("NOUN", "PROPN", "X", "NUM")


@click.command()
@click.option("--data", type=click.Path(exists=True, path_type=Path), required=True, help="Folder of the treebanks.")
@click.option("--language", "languages", multiple=True, default=LANGUAGES, show_default=True)
def main(data: Path, languages: tuple[str, ...]) -> None:
    """Writes findings/word_frequency_tables/LANG.txt.gz for each language."""
    for language in languages:
        text = "\n".join([*_frequencies(language), "- " + " ".join(_rarely_nouns(data, language)), ""])
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
            file.write(text.encode())
        (FOLDER / f"{language}.txt.gz").write_bytes(packed.getvalue())
        click.echo(f"{language}: {len(text.split())} words, {len(packed.getvalue())} bytes")


def _frequencies(language: str) -> list[str]:
    """Lines with a frequency and its stems; the frequency is ten times the decimal logarithm of uses in a billion words."""
    from wordfreq import get_frequency_dict  # not a dependency

    words = vocabulary(language)
    by_stem: dict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict(language, wordlist="small").items():
        if word.replace("-", "").replace("'", "").isalpha() and word not in words.stop_words:
            by_stem[words.stem(word)] += frequency
    lines: dict[int, list[str]] = defaultdict(list)
    for stem, frequency in by_stem.items():
        zipf = math.log10(frequency) + 9
        if zipf >= MIN_ZIPF:
            lines[round(10 * zipf)].append(stem)
    return [f"{zipf} {' '.join(sorted(lines[zipf]))}" for zipf in sorted(lines, reverse=True)]


def _rarely_nouns(data: Path, language: str) -> list[str]:
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    with gzip.open(data / f"{language}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            sentence = json.loads(line)
            for word, tag in zip(sentence["words"], sentence["upos"], strict=True):
                if word.isalpha():
                    counts[word.lower()][tag in _NOUNS] += 1
    return sorted(
        word
        for word, mentions in counts.items()
        if mentions.total() >= MIN_MENTIONS and mentions[True] <= MAX_NOUN_SHARE * mentions.total()
    )


if __name__ == "__main__":
    main()
