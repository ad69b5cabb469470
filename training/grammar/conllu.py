"""Converts CoNLL-U to the treebank format of training: one sentence per line, with tokens as they are in running text."""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def convert(sources: Iterable[Path], target: Path) -> int:
    """Writes the sentences of CoNLL-U files to a file LANG_NAME.jsonl.gz, and returns their number."""
    count = 0
    with gzip.open(target, "wt", encoding="utf-8") as file:
        for source in sources:
            for sentence in sentences(source.read_text(encoding="utf-8")):
                file.write(json.dumps(sentence, ensure_ascii=False) + "\n")
                count += 1
    return count


def sentences(text: str) -> Iterator[dict[str, list[Any]]]:
    """Yields sentences as words, upos, feats, heads (-1: the root), relations and space_after.

    A multi-word token ("du") becomes one word with the labels of its first part whose head is outside the token.
    """
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        parts = [row for row in rows if row[0].isdigit()]
        tokens: list[tuple[list[str], list[int]]] = []  # a token's row, and the numbers of its parts
        for row in rows:
            if "-" in row[0]:
                first, last = map(int, row[0].split("-"))
                tokens.append((row, list(range(first, last + 1))))
            elif row[0].isdigit() and not (tokens and int(row[0]) <= tokens[-1][1][-1]):
                tokens.append((row, [int(row[0])]))
        place = {part: number for number, (_, inside) in enumerate(tokens) for part in inside} | {0: -1}
        sentence: dict[str, list[Any]] = {
            name: [] for name in ("words", "upos", "feats", "heads", "relations", "space_after")
        }
        for number, (row, inside) in enumerate(tokens):
            part = next(parts[each - 1] for each in inside if place[int(parts[each - 1][6])] != number)
            sentence["words"].append(row[1])
            sentence["upos"].append(part[3])
            sentence["feats"].append(part[5])
            sentence["heads"].append(place[int(part[6])])
            sentence["relations"].append(part[7])
            sentence["space_after"].append(0 if "SpaceAfter=No" in row[9] else 1)
        if tokens:
            yield sentence
