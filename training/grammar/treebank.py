"""Reads treebanks and converts them to arrays: sentences, vocabularies, labels and batches."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.grammar.features import KINDS, word_features

# The maximum number of rows in the table of each kind of feature, with row 0 ("unknown").
ROWS = {"form": 14_000, "prefix3": 4_500, "suffix2": 1_200, "suffix3": 4_500, "suffix4": 8_000, "shape": 500}
MIN_RELATION_COUNT = 25  # a subtype seen less often becomes its base type
MAX_WORDS = 120  # longer sentences are left out of training
# The share of training sentences that are put into another case, as in headlines, lines in capitals and chats.
CASES = {"title": 0.03, "upper": 0.02, "lower": 0.02}
WITHOUT_FULL_STOP = 0.06
# The share of words that keep their vector, but not the embedding of their form, like words of other texts.
VECTOR_ONLY = 0.2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a treebank. `tags` join part of speech and VerbForm: "VERB|Fin"."""

    language: str
    words: list[str]
    tags: list[str]
    heads: list[int]  # -1 for the root
    relations: list[str]
    space_after: list[int]


def read(path: Path, language: str) -> list[Sentence]:
    """Reads the sentences of a file LANG_PART.jsonl.gz."""
    sentences = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tags = [tag(upos, feats) for upos, feats in zip(row["upos"], row["feats"], strict=True)]
            sentences.append(Sentence(language, row["words"], tags, row["heads"], row["relations"], row["space_after"]))
    return sentences


def tag(upos: str, feats: str) -> str:
    """Returns a part of speech, with the VerbForm of verbs and auxiliaries."""
    if upos in ("VERB", "AUX"):
        for feature in feats.split("|"):
            if feature.startswith("VerbForm="):
                return f"{upos}|{feature.removeprefix('VerbForm=')}"
    return upos


def relation_names(sentences: Sequence[Sentence]) -> list[str]:
    """Returns the relations of sentences, "root" first; rare subtypes count as their base type."""
    counts = Counter(relation for sentence in sentences for relation in sentence.relations)
    names = {relation if counts[relation] >= MIN_RELATION_COUNT else relation.split(":")[0] for relation in counts}
    return ["root", *sorted(names - {"root"})]


def vocabularies(sentences: Sequence[Sentence], min_count: int = 2) -> dict[str, list[str]]:
    """Returns, for each kind of feature, the strings that get a row, most frequent first; row 0 is for all others."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for sentence in sentences:
        for case in ("as it is", *CASES):
            weight = 1 if case == "as it is" else 0
            for place, word in enumerate(in_case(sentence.words, case)):
                for kind, string in zip(KINDS, word_features(word, not place), strict=True):
                    counts[kind][string] += weight if kind != "shape" else 1
    return {
        kind: [
            "",
            *[each for each, count in counts[kind].most_common(ROWS[kind] - 1) if count >= min_count and "\n" not in each],
        ]
        for kind in KINDS
    }


def in_case(words: Sequence[str], case: str) -> list[str]:
    """Returns the words in title case, upper case or lower case, or as they are."""
    if case == "title":
        return [word[:1].upper() + word[1:] for word in words]
    if case == "upper":
        return [word.upper() for word in words]
    return [word.lower() for word in words] if case == "lower" else list(words)


NO_CONTEXT = np.zeros((0, 0), np.float16)


class Encoder:
    """Converts sentences to rows of tables and numbers of labels."""

    def __init__(
        self,
        vocabulary: dict[str, list[str]],
        tags: list[str],
        relations: list[str],
        languages: list[str],
        vector_words: Sequence[str] = (),
    ) -> None:
        self.vocabulary = vocabulary
        self.tags = tags
        self.relations = relations
        self.languages = languages
        self._rows = [{string: row for row, string in enumerate(vocabulary[kind]) if row} for kind in KINDS]
        self._vector_rows = {word: row for row, word in enumerate(vector_words) if row}
        self._tags = {each: number for number, each in enumerate(tags)}
        self._relations = {each: number for number, each in enumerate(relations)}

    def rows(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Returns the rows of the words' features, and of their vectors: words x (kinds of features + 1)."""
        rows = np.zeros((len(words), len(KINDS) + 1), np.int32)
        for place, word in enumerate(words):
            features = word_features(word, not place)
            rows[place, :-1] = [known.get(each, 0) for known, each in zip(self._rows, features, strict=True)]
            rows[place, -1] = self._vector_rows.get(features[0], 0)
        return rows

    def encode(self, sentence: Sentence) -> dict[str, NDArray[np.int32] | NDArray[np.float16] | int | bool]:
        """Returns a sentence as arrays: rows in each case, heads (0 for the root, else position + 1), tags, relations."""
        relations = [
            self._relations.get(each, self._relations.get(each.split(":")[0], self._relations.get("dep", 1)))
            for each in sentence.relations
        ]
        last = len(sentence.words) - 1
        stop = last > 2 and sentence.words[-1] == "." and last not in sentence.heads
        return {
            **{case: self.rows(in_case(sentence.words, case)) for case in ("as it is", *CASES)},
            "heads": np.array(sentence.heads, np.int32) + 1,
            "tags": np.array(
                [self._tags.get(each, self._tags.get(each.split("|")[0], 0)) for each in sentence.tags], np.int32
            ),
            "relations": np.array(relations, np.int32),
            "language": self.languages.index(sentence.language),
            "stop": stop,
            "context": NO_CONTEXT,
        }


@dataclass(slots=True)
class Batch:
    """Padded arrays of sentences x words.

    `rows` has a last axis for the kinds of features and the vector of the word, `context` for the numbers of a transformer.
    """

    rows: NDArray[np.int32]
    heads: NDArray[np.int32]
    tags: NDArray[np.int32]
    relations: NDArray[np.int32]
    mask: NDArray[np.float32]
    language: NDArray[np.int32]
    context: NDArray[np.float32]


LENGTHS = (12, 24, 40, 64, MAX_WORDS)


def batches(encoded: Sequence[dict], words: int, random: np.random.Generator, keep: dict[str, float]) -> Iterator[Batch]:  # type: ignore[type-arg]
    """Yields the batches of an epoch in random order: about `words` words each, of sentences of similar length.

    `keep` is, for each kind of feature, the share of words that keep it; for the others, row 0 is used.
    """
    buckets: dict[int, list[int]] = {}
    for number, sentence in enumerate(encoded):
        length = next((each for each in LENGTHS if len(sentence["heads"]) <= each), None)
        if length:
            buckets.setdefault(length, []).append(number)
    plan: list[tuple[int, NDArray[np.int64]]] = []
    for length, numbers in buckets.items():
        size = max(2, words // length)
        order = random.permutation(numbers)
        if len(order) % size:
            order = np.concatenate([order, random.choice(order, size - len(order) % size)])
        plan.extend((length, order[start : start + size]) for start in range(0, len(order), size))
    for position in random.permutation(len(plan)):
        length, chosen = plan[position]
        yield _batch([encoded[number] for number in chosen], length, random, keep)


def _batch(sentences: list[dict], length: int, random: np.random.Generator, keep: dict[str, float]) -> Batch:  # type: ignore[type-arg]
    size = len(sentences)
    rows = np.zeros((size, length, len(KINDS) + 1), np.int32)
    heads, tags, relations = (np.zeros((size, length), np.int32) for _ in range(3))
    mask = np.zeros((size, length), np.float32)
    context = np.zeros((size, length, sentences[0]["context"].shape[-1]), np.float32)
    cases = random.choice(["as it is", *CASES], size, p=[1 - sum(CASES.values()), *CASES.values()])
    for line, (sentence, case) in enumerate(zip(sentences, cases, strict=True)):
        count = len(sentence["heads"]) - int(sentence["stop"] and random.random() < WITHOUT_FULL_STOP)
        rows[line, :count] = sentence[case][:count]
        heads[line, :count] = sentence["heads"][:count]
        tags[line, :count] = sentence["tags"][:count]
        relations[line, :count] = sentence["relations"][:count]
        mask[line, :count] = 1
        if context.size:
            context[line, :count] = sentence["context"][:count]
    kept = random.random(rows[..., :-1].shape, dtype=np.float32) < np.array([keep[kind] for kind in KINDS], np.float32)
    form = KINDS.index("form")
    rows[..., -1] *= kept[..., form]
    kept[..., form] &= random.random(rows.shape[:2], dtype=np.float32) >= VECTOR_ONLY
    rows[..., :-1] *= kept
    return Batch(
        rows, heads, tags, relations, mask, np.array([sentence["language"] for sentence in sentences], np.int32), context
    )
