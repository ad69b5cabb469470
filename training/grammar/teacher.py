"""The teacher: the parser's network, which also reads the vectors of a pretrained transformer.

It is too large and too slow for the service, but parses better. A parser that is trained on its trees of news learns from it
("distillation").
"""

from collections.abc import Sequence
from io import BytesIO

import numpy as np

from nutgraf.summarizer.grammar.features import LONGEST_WORD
from nutgraf.summarizer.grammar.network import STEP, Floats, Network

from .export import state_file
from .training_loop import State
from .transformer import Transformer


class Teacher(Network):
    """A network that adds the vectors of a transformer to those of the words by themselves."""

    def __init__(self, state: State, language: str, transformer: Transformer) -> None:
        with np.load(BytesIO(state_file(state, language)), allow_pickle=False) as arrays:
            super().__init__({name: arrays[name] for name in arrays.files})
        self._context_matrix = np.asarray(state.parameters["context"])
        self._transformer = transformer

    def embed(self, sentences: Sequence[Sequence[str]]) -> Floats:
        """Words x width, in steps: the vector of each word, one sentence after the other."""
        keys = [(word[:LONGEST_WORD], not place) for words in sentences for place, word in enumerate(words)]
        context = np.concatenate(self._transformer.vectors(sentences)).astype(np.float32)
        return self._first_layer(self._project(keys) + STEP * (context @ self._context_matrix))
