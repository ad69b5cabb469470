"""The parser's network in jax, with the rounding of the run-time version (nutgraf.summarizer.grammar.network).

Activations are multiples of 1/32 (STEP) within ±127/32, weights multiples of their column's scale within ±127. Rounding lets
the gradient pass unchanged (straight-through estimator, Bengio et al. 2013). The scorer of heads follows Dozat and Manning
(2017), Deep Biaffine Attention for Neural Dependency Parsing.
"""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from nutgraf.summarizer.grammar.features import KINDS
from nutgraf.summarizer.grammar.network import BUCKETS, DILATIONS, EPSILON, POOLED, STEP, distance_buckets

Array = Any  # a jax.Array, or what is traced as one
Parameters = dict[str, Any]

WIDTH = 128
ARC = 96
HIDDEN = 128  # of the classifier of relations
WIDTHS = {"form": 96, "prefix3": 64, "suffix2": 64, "suffix3": 64, "suffix4": 64, "shape": 48}
SMOOTHING = 0.04
ARC_SCALE = 1024.0  # of scores as integers: products of two multiples of 1/32
# Room for labels, so that all trainings share compiled code.
MOST_TAGS, MOST_RELATIONS, MOST_LANGUAGES = 32, 120, 5
CONTEXT_DROPOUT = 0.2  # the share of the numbers of a transformer that are set to 0
VECTOR_SIZE = 100  # of the vectors of words that were trained elsewhere
CLIPPED = 360  # in steps: 128 squares of it stay below 2 ** 24


def initial(random: np.random.Generator) -> Parameters:
    """New parameters (without the tables): matrices, biases and scales by name."""

    def matrix(rows: int, columns: int, gain: float = 1.0) -> np.ndarray:
        return random.normal(0, gain / np.sqrt(rows), (rows, columns)).astype(np.float32)

    joined = sum(WIDTHS[kind] for kind in KINDS)
    parameters: dict[str, np.ndarray] = {
        "project": matrix(joined, 2 * WIDTH, 2.0),
        "project_b": np.zeros(2 * WIDTH, np.float32),
        "language": random.normal(0, 0.1, (MOST_LANGUAGES, 2 * WIDTH)).astype(np.float32),
        "norm_g": np.ones((len(DILATIONS) + 1, WIDTH), np.float32),
        "norm_b": np.zeros((len(DILATIONS) + 1, WIDTH), np.float32),
        "dependent": matrix(WIDTH, 2 * ARC, 0.35),
        "dependent_b": np.zeros(2 * ARC, np.float32),
        "head": matrix(WIDTH, 2 * ARC, 0.35),
        "head_b": np.zeros(2 * ARC, np.float32),
        "root": random.normal(0, 0.1, ARC).astype(np.float32),
        "near_dependent": matrix(WIDTH, BUCKETS + 1, 0.3),
        "near_dependent_b": np.zeros(BUCKETS + 1, np.float32),
        "near_head": matrix(WIDTH, BUCKETS, 0.3),
        "relation_dependent": matrix(WIDTH, HIDDEN),
        "relation_head": matrix(WIDTH, HIDDEN),
        "relation_near": np.zeros((BUCKETS, HIDDEN), np.float32),
        "relation_out": matrix(HIDDEN, MOST_RELATIONS),
        "relation_out_b": np.zeros(MOST_RELATIONS, np.float32),
        "tag": matrix(WIDTH, MOST_TAGS),
        "word_vector": random.normal(0, 0.02, (VECTOR_SIZE, WIDTHS["form"])).astype(np.float32),
        "tag_b": np.zeros(MOST_TAGS, np.float32),
    }
    for layer in range(len(DILATIONS)):
        parameters[f"layer{layer}"] = matrix(3 * WIDTH, 2 * WIDTH)
        if layer in POOLED:
            parameters[f"pool{layer}"] = matrix(2 * WIDTH, 2 * WIDTH, 0.5)
        parameters[f"layer{layer}_b"] = np.zeros(2 * WIDTH, np.float32)
    return parameters


def round_to_steps(values: Array, step: float = STEP, limit: int = 127) -> Array:
    """Rounds values to multiples of 1/step within ±limit/step."""
    inside = jnp.clip(values, -limit / step, limit / step)
    return inside + jax.lax.stop_gradient(jnp.round(inside * step) / step - inside)


def weights(matrix: Array) -> Array:
    """Rounds each column of a matrix to multiples of its largest value / 127."""
    scale = jnp.maximum(jnp.max(jnp.abs(matrix), 0), 1e-6) / 127
    return matrix + jax.lax.stop_gradient(jnp.round(matrix / scale) * scale - matrix)


def maxout(values: Array) -> Array:
    """The larger of two halves of the last axis."""
    half = values.shape[-1] // 2
    return jnp.maximum(values[..., :half], values[..., half:])


def layer_norm(values: Array, gain: Array, bias: Array) -> Array:
    """Returns the layer norm of values that are clipped to ±CLIPPED steps."""
    values = jnp.clip(values, -CLIPPED / STEP, CLIPPED / STEP)
    mean = values.mean(-1, keepdims=True)
    variance = jnp.maximum((values * values).mean(-1, keepdims=True) - mean * mean, 0)
    return (values - mean) / jnp.sqrt(variance + EPSILON) * gain + bias


def shift_words(values: Array, by: int) -> Array:
    """Moves the words by some places to the right (to the left, if negative); zeros fill the free places."""
    length = values.shape[1]
    if abs(by) >= length:
        return jnp.zeros_like(values)
    empty = jnp.zeros((values.shape[0], abs(by), values.shape[2]), values.dtype)
    return jnp.concatenate([empty, values[:, :-by]] if by > 0 else [values[:, -by:], empty], 1)


def running_maximum(values: Array, mask: Array, sign: int) -> Array:
    """Returns, for each word, the largest values of this word and all words before it (sign 1) or after it (-1)."""
    low = -127 / STEP
    values = jnp.where(mask[..., None] > 0, values, low)
    by = 1
    while by < values.shape[1]:
        values = jnp.maximum(values, shift_words(values - low, sign * by) + low)
        by *= 2
    return values


def encode(
    parameters: Parameters,
    embedded: Array,
    language: Array,
    mask: Array,
    key: Array,
    dropout: Array | float,
    context: Array,
) -> Array:
    """Returns the hidden layer, sentences x words x WIDTH, from the joined rows of the words' features.

    `context` is sentences x words x size: the vectors of a transformer for a teacher, else of size 0.
    """
    keys = jax.random.split(key, len(DILATIONS) + 2) if key is not None else None

    def drop_channels(values: Array, number: int) -> Array:
        """Sets random channels to 0 in a whole sentence (Gal and Ghahramani 2016)."""
        if keys is None:
            return values
        kept = jax.random.bernoulli(keys[number], 1 - dropout, (values.shape[0], 1, values.shape[2]))
        return values * kept / (1 - dropout)

    present = mask[..., None]
    x = round_to_steps(embedded, 2 * STEP) @ weights(parameters["project"]) + parameters["project_b"]
    x = x + parameters["language"][language][:, None]
    if context.shape[-1]:
        kept = jax.random.bernoulli(jax.random.fold_in(key, 99), 1 - CONTEXT_DROPOUT, context.shape)
        x = x + (context * kept / (1 - CONTEXT_DROPOUT)) @ parameters["context"]
    x = maxout(x)
    x = layer_norm(round_to_steps(x, STEP, CLIPPED), parameters["norm_g"][0], parameters["norm_b"][0])
    x = round_to_steps(drop_channels(x, 0)) * present
    for layer, dilation in enumerate(DILATIONS):
        near = jnp.concatenate([shift_words(x, dilation), x, shift_words(x, -dilation)], -1)
        y = near @ weights(parameters[f"layer{layer}"]) + parameters[f"layer{layer}_b"]
        if layer in POOLED:
            pooled = jnp.concatenate([running_maximum(x, mask, 1), running_maximum(x, mask, -1)], -1)
            y = y + pooled @ weights(parameters[f"pool{layer}"])
        y = round_to_steps(maxout(y), STEP, CLIPPED)
        x = layer_norm(x + drop_channels(y, layer + 1), parameters["norm_g"][layer + 1], parameters["norm_b"][layer + 1])
        x = round_to_steps(x) * present
    return drop_channels(x, len(DILATIONS) + 1)


def scores(parameters: Parameters, x: Array, mask: Array) -> Array:
    """Returns the logits of each word's heads, the root (column 0) or another word: sentences x words x (1 + words)."""
    length = x.shape[1]
    near = jax.nn.one_hot(distance_buckets(length), BUCKETS)  # words x words x BUCKETS
    dependent = round_to_steps(maxout(x @ weights(parameters["dependent"]) + parameters["dependent_b"]))
    head = round_to_steps(maxout(x @ weights(parameters["head"]) + parameters["head_b"]))
    near_dependent = x @ weights(parameters["near_dependent"]) + parameters["near_dependent_b"]
    near_head = x @ weights(parameters["near_head"])
    arcs = jnp.einsum("bid,bjd->bij", dependent, head)
    arcs += jnp.einsum("bik,ijk->bij", near_dependent[..., :BUCKETS], near)
    arcs += jnp.einsum("bjk,ijk->bij", near_head, near)
    root = dependent @ round_to_steps(parameters["root"]) + near_dependent[..., BUCKETS]
    forbidden: Array = (mask[:, None, :] == 0) | jnp.eye(length, dtype=bool)
    return jnp.concatenate([root[..., None], jnp.where(forbidden, -1e4, arcs)], -1)


def relation_logits(parameters: Parameters, x: Array, heads: Array) -> Array:
    """Returns the logits of the relations to the given heads (0: the root): sentences x words x relations."""
    length = x.shape[1]
    chosen = jax.nn.one_hot(heads - 1, length)  # zeros for the root
    near = jnp.einsum("bij,ijk->bik", chosen, jax.nn.one_hot(distance_buckets(length), BUCKETS))
    hidden = x @ weights(parameters["relation_dependent"])
    hidden += jnp.einsum("bij,bjd->bid", chosen, x @ weights(parameters["relation_head"]))
    hidden += near @ parameters["relation_near"]
    return round_to_steps(jax.nn.relu(hidden)) @ weights(parameters["relation_out"]) + parameters["relation_out_b"]


def tag_logits(parameters: Parameters, x: Array) -> Array:
    """Returns the logits of the tags: sentences x words x tags."""
    return x @ weights(parameters["tag"]) + parameters["tag_b"]


def _loss(logits: Array, gold: Array, mask: Array, smoothing: Array) -> Array:
    """Cross entropy per word; `smoothing` spreads a share of the probability."""
    log = jax.nn.log_softmax(logits)
    right = jnp.take_along_axis(log, gold[..., None], -1)[..., 0]
    spread = jnp.where(smoothing > 0, log, 0).sum(-1) / jnp.maximum(smoothing.sum(-1), 1)
    return -(((1 - SMOOTHING) * right + SMOOTHING * spread) * mask).sum() / mask.sum()


def loss(parameters: Parameters, embedded: Array, batch: dict[str, Array], key: Array) -> Array:
    """Returns the weighted sum of the mean losses of heads, relations and tags."""
    mask = batch["mask"]
    embedded = embedded.at[..., : WIDTHS["form"]].add(batch["vectors"] @ parameters["word_vector"])
    x = encode(parameters, embedded, batch["language"], mask, key, batch["dropout"], batch["context"])
    arcs = scores(parameters, x, mask)
    possible = jnp.where(arcs > -9e3, 1.0, 0.0)
    relations = relation_logits(parameters, x, batch["heads"])
    tags = tag_logits(parameters, x)
    with_head = mask * (batch["heads"] > 0)
    return (
        _loss(arcs, batch["heads"], mask, possible)
        + 0.5 * _loss(relations, batch["relations"], with_head, batch["relations_used"])
        + 0.5 * _loss(tags, batch["tags"], mask, batch["tags_used"])
    )
