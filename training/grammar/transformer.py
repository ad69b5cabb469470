"""Vectors of words in their context, from a small pretrained transformer (BERT's architecture).

Only the parser's teacher needs them, so the parser at run time stays small. The weights are not trained further.
"""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS = (2, 4, 5, 6)  # whose outputs are joined
LENGTHS = (16, 32, 48, 64, 96, 160, 320, 512)
BATCH_PIECES = 4096
EPSILON = 1e-12

Array = Any  # a jax.Array, or what is traced as one


class Transformer:
    """A pretrained transformer: config.json, model.safetensors and tokenizer.json of a folder."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._heads = config["num_attention_heads"]
        self._weights = {
            name.removeprefix("bert."): jnp.asarray(values)
            for name, values in load_file(folder / "model.safetensors").items()
            if values.dtype == np.float32
        }
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LENGTHS[-1])  # words behind that have zeros
        self.width = len(LAYERS) * config["hidden_size"]

    def vectors(self, sentences: Sequence[Sequence[str]]) -> list[NDArray[np.float16]]:
        """Returns, for each sentence, words x `width`: the means of the vectors of each word's pieces."""
        pieces = [self._tokenizer.encode(list(words), is_pretokenized=True) for words in sentences]
        found: list[NDArray[np.float16]] = [np.zeros((0, 0), np.float16)] * len(sentences)
        by_length: dict[int, list[int]] = {}
        for number, each in enumerate(pieces):
            by_length.setdefault(next(length for length in LENGTHS if len(each.ids) <= length), []).append(number)
        for length, numbers in by_length.items():
            size = max(1, BATCH_PIECES // length)
            for start in range(0, len(numbers), size):
                batch = numbers[start : start + size]
                ids = np.zeros((size, length), np.int32)
                for line, number in enumerate(batch):
                    ids[line, : len(pieces[number].ids)] = pieces[number].ids
                outputs = np.asarray(_encode(self._weights, ids, self._heads))
                for line, number in enumerate(batch):
                    found[number] = _by_word(outputs[line], pieces[number].word_ids, len(sentences[number]))
        return found


def _by_word(outputs: NDArray[np.float32], word_of: Sequence[int | None], count: int) -> NDArray[np.float16]:
    sums = np.zeros((count, outputs.shape[-1]), np.float32)
    counts = np.zeros((count, 1), np.float32)
    for piece, word in enumerate(word_of):
        if word is not None:
            sums[word] += outputs[piece]
            counts[word] += 1
    return (sums / np.maximum(counts, 1)).astype(np.float16)


@partial(jax.jit, static_argnums=2)
def _encode(weights: dict[str, Array], ids: Array, heads: int) -> Array:
    """Returns the joined outputs of LAYERS: sentences x pieces x width."""
    mask = ids > 0

    def dense(x: Array, name: str) -> Array:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(x: Array, name: str) -> Array:
        mean = x.mean(-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(-1, keepdims=True)
        return (x - mean) / jnp.sqrt(variance + EPSILON) * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    positions = jnp.arange(ids.shape[1])
    x = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][positions]
    x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    outputs = []
    for layer in range(max(LAYERS)):
        name = f"encoder.layer.{layer}"

        def split(part: str, x: Array = x, name: str = name) -> Array:
            values = dense(x, f"{name}.attention.self.{part}")
            return values.reshape(*x.shape[:2], heads, -1).transpose(0, 2, 1, 3)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1])
        attention = jax.nn.softmax(jnp.where(mask[:, None, None], scores, -1e9), -1) @ value
        joined = attention.transpose(0, 2, 1, 3).reshape(x.shape)
        x = norm(x + dense(joined, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        hidden = jax.nn.gelu(dense(x, f"{name}.intermediate.dense"), approximate=False)
        x = norm(x + dense(hidden, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        if layer + 1 in LAYERS:
            outputs.append(x)
    return jnp.concatenate(outputs, -1)
