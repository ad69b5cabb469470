"""Labels plain sentences with the trees of a teacher, as more text to train on: the treebanks have little news."""

import argparse
import gzip
import json
from itertools import pairwise
from pathlib import Path

from nutgraf.summarizer.grammar.decoder import Parsed, decode
from nutgraf.summarizer.grammar.tokenizer import tokenize

from .teacher import Teacher
from .training_loop import State
from .transformer import Transformer

FEWEST_WORDS, MOST_WORDS = 5, 60
BATCH = 128  # sentences


def run(options: argparse.Namespace) -> int:
    """Labels a text file as the command line says, and returns the number of sentences."""
    state = State.load(options.teacher)
    language = options.target.name.split("_")[0]
    return label(Teacher(state, language, Transformer(options.transformer)), language, options.source, options.target)


def label(teacher: Teacher, language: str, source: Path, target: Path) -> int:
    """Writes the trees of the sentences of `source`, one on a line, in the format of the treebanks; returns their number."""
    rows = []
    for text in dict.fromkeys(source.read_text(encoding="utf-8").splitlines()):
        spans = tokenize(text, language)
        if FEWEST_WORDS <= len(spans) <= MOST_WORDS:
            spaces = [int(start > end) for (_, end), (start, _) in pairwise(spans)]
            rows.append(([text[start:end] for start, end in spans], [*spaces, 1]))
    rows.sort(key=lambda row: len(row[0]))
    with gzip.open(target, "wt", encoding="utf-8") as lines:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            for (words, spaces), parsed in zip(batch, decode(teacher, [words for words, _ in batch]), strict=True):
                lines.write(json.dumps({"words": words, **_labels(teacher, parsed), "space_after": spaces}) + "\n")
    return len(rows)


def _labels(teacher: Teacher, parsed: Parsed) -> dict[str, list[str] | list[int]]:
    tags = [teacher.tags[number].partition("|") for number in parsed.tags]
    return {
        "upos": [upos for upos, _, _ in tags],
        "feats": [f"VerbForm={form}" if form else "_" for _, _, form in tags],
        "heads": parsed.heads.tolist(),
        "relations": [teacher.relations[number] for number in parsed.relations],
    }
