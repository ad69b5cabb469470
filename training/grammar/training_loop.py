"""The training loop: Adam on matrices, lazy Adam on the rows of tables, averaged weights, one cosine."""

import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.grammar.features import KINDS

from . import network
from .network import MOST_RELATIONS, MOST_TAGS, WIDTH, WIDTHS, Parameters
from .treebank import Encoder, Sentence, batches
from .word_vectors import WordVectors

BETA1, BETA2, TINY = 0.9, 0.98, 1e-8
WARM_UP = 150  # steps
DECAY = 1e-4  # of weights, times the learning rate
# The share of words that keep a feature in training; for the others, row 0 is used.
KEEP = {"form": 0.85, "prefix3": 0.95, "suffix2": 0.97, "suffix3": 0.95, "suffix4": 0.92, "shape": 0.98}
# The most frequent strings, this share of each vocabulary, keep the start values of their rows.
FREQUENT_SHARE = 0.5
TABLES_AVERAGED_EVERY = 8  # steps

Tables = dict[str, NDArray[np.float32]]


@dataclass(slots=True)
class State:
    """What training changes (parameters and tables), the encoder that turns sentences into rows, and vectors of words."""

    parameters: Parameters
    tables: Tables
    encoder: Encoder
    vectors: WordVectors

    def save(self, path: Path) -> None:
        """Writes the state to a file, from which another training can start (`--start`)."""
        path.write_bytes(pickle.dumps((jax.tree.map(np.asarray, self.parameters), self.tables, self.encoder, self.vectors)))

    @classmethod
    def load(cls, path: Path) -> "State":
        """Reads a state that `save` wrote. The file is a pickle: read only files that you wrote yourself."""
        return cls(*pickle.loads(path.read_bytes()))


def new_state(encoder: Encoder, vectors: WordVectors, seed: int) -> State:
    """Returns a state with random parameters and tables."""
    random = np.random.default_rng(seed)
    parameters = network.initial(random)
    tables = {
        kind: random.normal(0, 0.15, (len(encoder.vocabulary[kind]), WIDTHS[kind])).astype(np.float32) for kind in KINDS
    }
    return State(parameters, tables, encoder, vectors)


def read_transformer(state: State, width: int, seed: int) -> State:
    """Returns a state of a teacher: with a matrix for the vectors of a transformer, `width` numbers for a word."""
    matrix = np.random.default_rng(seed).normal(0, 0.01, (width, 2 * WIDTH)).astype(np.float32)
    return State({**state.parameters, "context": matrix}, state.tables, state.encoder, state.vectors)


def select_for_encoder(state: State, encoder: Encoder) -> State:
    """Returns the rows, tags and relations of `encoder` from a state of other languages or texts.

    A row that the state lacks starts near the row of unknown strings.
    """
    random = np.random.default_rng(0)
    p = {name: np.array(values) for name, values in state.parameters.items()}
    languages = [state.encoder.languages.index(language) for language in encoder.languages]
    p["language"][: len(languages)] = p["language"][languages]
    for name, old, new_names in [
        ("relation_out", state.encoder.relations, encoder.relations),
        ("tag", state.encoder.tags, encoder.tags),
    ]:
        columns = [old.index(each) if each in old else old.index(each.split(":")[0].split("|")[0]) for each in new_names]
        p[name][:, : len(columns)] = p[name][:, columns]
        p[f"{name}_b"][: len(columns)] = p[f"{name}_b"][columns]
    tables = {}
    for kind in KINDS:
        place = {string: row for row, string in enumerate(state.encoder.vocabulary[kind])}
        rows = np.array([place.get(string, 0) for string in encoder.vocabulary[kind]])
        tables[kind] = state.tables[kind][rows]
        fresh = (rows == 0) & (np.arange(len(rows)) > 0)
        tables[kind][fresh] += random.normal(0, 0.05, (int(fresh.sum()), tables[kind].shape[1])).astype(np.float32)
    return State(p, tables, encoder, state.vectors)


def remove_initial_noise(state: State, start: State, seed: int) -> State:
    """Returns the state without the random start values of the rows of rare strings; `start` was trained with `seed`.

    Training hardly changes such rows, so their start values are only noise. Without them, right heads rise from 87.57 to
    87.83% in the English dev part.
    """
    noise = new_state(start.encoder, start.vectors, seed).tables
    tables = {}
    for kind in KINDS:
        place = {string: row for row, string in enumerate(start.encoder.vocabulary[kind])}
        rows = np.array([place.get(string, 0) for string in state.encoder.vocabulary[kind]])
        rare = (np.arange(len(rows)) >= FREQUENT_SHARE * len(rows)) & (rows > 0)
        tables[kind] = state.tables[kind].copy()
        tables[kind][rare] -= noise[kind][rows[rare]]
    return State(state.parameters, tables, state.encoder, state.vectors)


@partial(jax.jit, donate_argnums=(0, 1, 2, 3))
def _step(
    p: Parameters, m: Parameters, v: Parameters, mean: Parameters, tables_in: Any, batch: Any, key: Any, at: Any
) -> Any:
    value, (gradient, embedded) = jax.value_and_grad(network.loss, (0, 1))(p, tables_in, batch, key)
    norm = jnp.sqrt(sum((g * g).sum() for g in jax.tree.leaves(gradient)))
    factor = jnp.minimum(1.0, 2.0 / norm)
    rate, step, keep = at
    m = jax.tree.map(lambda old, g: BETA1 * old + (1 - BETA1) * g * factor, m, gradient)
    v = jax.tree.map(lambda old, g: BETA2 * old + (1 - BETA2) * (g * factor) ** 2, v, gradient)
    one, two = 1 - BETA1**step, 1 - BETA2**step
    p = jax.tree.map(lambda w, a, b: w - rate * (a / one / (jnp.sqrt(b / two) + TINY) + DECAY * w), p, m, v)
    mean = jax.tree.map(lambda old, w: keep * old + (1 - keep) * w, mean, p)
    return p, m, v, mean, value, embedded


def train(
    state: State,
    sentences: Sequence[Sentence],
    *,
    epochs: float,
    rate: float,
    batch_words: int,
    seed: int,
    dropout: float,
    contexts: Sequence[NDArray[np.float16]] = (),
    after_epoch: Callable[[int, State], None] = lambda epoch, state: None,
) -> State:
    """Returns the averaged state after some epochs over sentences, in batches of about `batch_words` words.

    `contexts` are the vectors of a transformer, words x size for each sentence, to train a teacher. `after_epoch` is called
    with the number and the averaged state of each epoch.
    """
    random = np.random.default_rng(seed)
    keys = jax.random.key(seed, impl="rbg")
    encoded = [state.encoder.encode(sentence) for sentence in sentences]
    for sentence, context in zip(encoded, contexts, strict=bool(contexts)):
        sentence["context"] = context
    per_epoch = len(list(batches(encoded, batch_words, random, KEEP)))
    total = int(per_epoch * epochs)
    p: Parameters = jax.tree.map(jnp.asarray, state.parameters)
    m, v = jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p)
    mean = jax.tree.map(jnp.array, p)
    tables = {kind: table.copy() for kind, table in state.tables.items()}
    first = {kind: np.zeros_like(table) for kind, table in tables.items()}
    second = {kind: np.zeros_like(table) for kind, table in tables.items()}
    averaged = {kind: table.copy() for kind, table in tables.items()}
    used = {
        "dropout": np.float32(dropout),
        "tags_used": (np.arange(MOST_TAGS) < len(state.encoder.tags)).astype(np.float32),
        "relations_used": (np.arange(MOST_RELATIONS) < len(state.encoder.relations)).astype(np.float32),
    }
    step, epoch, started = 0, 0, time.process_time()
    while step < total:
        losses = []
        for batch in batches(encoded, batch_words, random, KEEP):
            step += 1
            now = rate * min(1, step / WARM_UP) * (0.5 + 0.5 * np.cos(np.pi * min(1, step / total)))
            # The mean is over the last tenth of the steps so far, at most over one and a half epochs.
            keep = 1 - 1 / min(1 + step / 10, 1.5 * per_epoch + 1)
            embedded = np.concatenate([tables[kind][batch.rows[..., n]] for n, kind in enumerate(KINDS)], -1)
            inputs = {name: getattr(batch, name) for name in ("heads", "relations", "tags", "mask", "language", "context")}
            inputs |= used
            inputs["vectors"] = state.vectors.rows[batch.rows[..., -1]].astype(np.float32)
            at = (np.float32(now), np.float32(step), np.float32(keep))
            p, m, v, mean, value, gradient = _step(p, m, v, mean, embedded, inputs, jax.random.fold_in(keys, step), at)
            _update_tables(tables, first, second, batch.rows, np.asarray(gradient), batch.mask, now, step)
            if step % TABLES_AVERAGED_EVERY == 0:
                share = np.float32(1 - keep**TABLES_AVERAGED_EVERY)
                for kind, table in tables.items():
                    averaged[kind] += share * (table - averaged[kind])
            losses.append(value)
            if step >= total:
                break
        epoch += 1
        print(
            f"epoch {epoch}: loss {np.mean([float(x) for x in losses]):.3f}, {time.process_time() - started:.0f} s CPU",
            flush=True,
        )
        after_epoch(epoch, State(jax.tree.map(np.asarray, mean), averaged, state.encoder, state.vectors))
    return State(jax.tree.map(np.asarray, mean), averaged, state.encoder, state.vectors)


def _update_tables(
    tables: Tables,
    first: Tables,
    second: Tables,
    rows: NDArray[np.int32],
    gradient: NDArray[np.float32],
    mask: NDArray[np.float32],
    rate: float,
    step: int,
) -> None:
    """Does one step of lazy Adam: only rows that occur in the batch change."""
    present = mask.ravel() > 0
    gradient = gradient.reshape(-1, gradient.shape[-1])[present]
    at = 0
    for number, kind in enumerate(KINDS):
        width = WIDTHS[kind]
        present_rows = rows[..., number].ravel()[present]
        order = np.argsort(present_rows, kind="stable")
        unique, starts = np.unique(present_rows[order], return_index=True)
        g = np.add.reduceat(gradient[:, at : at + width][order], starts, axis=0)
        at += width
        m = first[kind][unique] * BETA1 + (1 - BETA1) * g
        v = second[kind][unique] * BETA2 + (1 - BETA2) * g * g
        first[kind][unique], second[kind][unique] = m, v
        tables[kind][unique] -= rate * (m / (1 - BETA1**step)) / (np.sqrt(v / (1 - BETA2**step)) + TINY)
