"""Parameters -> a model file: matrices and tables as int8, scales and biases as float32."""

import json
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.grammar.features import KINDS
from nutgraf.summarizer.grammar.network import DILATIONS, POOLED, STEP

from .network import Parameters
from .training_loop import State

# A product of steps and quantized weights is multiplied with the scale of the column and with this factor, which converts
# the unit of the input to that of the output.
TO_STEPS = 1.0  # from 1/32 to 1/32
UNITS = {"project": 0.5, "near_dependent": STEP, "near_head": STEP, "relation_out": 1 / STEP, "tag": 1 / STEP}
# The number of forms that a model has beside those of its training files. With 20,000 the English one exceeds 4 MB.
ADDED_FORMS = 10_000


def quantize(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Returns a matrix as int8, and the scale of each column."""
    scale = np.maximum(np.abs(matrix).max(0), 1e-6) / np.float32(127)
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)


def model_file(
    parameters: Parameters,
    tables: dict[str, NDArray[np.float32]],
    vocabulary: dict[str, list[str]],
    names: dict[str, list[str]],
    language: int,
) -> bytes:
    """Returns the bytes of a model file for one of the languages of the training. `names` has the tags and relations."""
    p = {name: np.asarray(values) for name, values in parameters.items()}
    for name, count in (("tag", len(names["tags"])), ("relation_out", len(names["relations"]))):
        p[name], p[f"{name}_b"] = p[name][:, :count], p[f"{name}_b"][:count]
    arrays: dict[str, NDArray[Any]] = {"about": _bytes(json.dumps(names))}
    for kind in KINDS:
        arrays[f"vocabulary_{kind}"] = _bytes("\n".join(vocabulary[kind][1:]))
        arrays[f"table_{kind}"] = np.clip(np.rint(tables[kind] * 2 * STEP), -127, 127).astype(np.int8)
    layers = [f"layer{layer}" for layer in range(len(DILATIONS))]
    for name in [
        "project", *layers, *[f"pool{layer}" for layer in POOLED], "dependent", "head", "near_dependent", "near_head",
        "relation_dependent", "relation_head", "relation_out", "tag",
    ]:  # fmt: skip
        arrays[f"matrix_{name}"], scale = quantize(p[name])
        arrays[f"scale_{name}"] = scale * np.float32(UNITS.get(name, TO_STEPS))
    arrays["matrix_root"] = np.clip(np.rint(p["root"] * STEP), -127, 127).astype(np.int8)[:, None]
    steps = np.float32(STEP)
    arrays["vector_project"] = (p["project_b"] + p["language"][language]) * steps
    for name in [*layers, "dependent", "head"]:
        arrays[f"vector_{name}"] = p[f"{name}_b"] * steps
    arrays["vector_norm_g"] = p["norm_g"] * steps
    arrays["vector_norm_b"] = p["norm_b"] * steps
    arrays["vector_near_dependent"] = p["near_dependent_b"] * steps * steps
    arrays["vector_relation_near"] = p["relation_near"] * steps
    arrays["vector_relation_out"] = p["relation_out_b"]
    arrays["vector_tag"] = p["tag_b"]
    file = BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def state_file(state: State, language: str) -> bytes:
    """Returns the bytes of a model file for one of the languages of a state."""
    encoder = state.encoder
    forms, table = _forms_with_vectors(state)
    names = {"tags": encoder.tags, "relations": encoder.relations}
    vocabulary = {**encoder.vocabulary, "form": forms}
    return model_file(
        state.parameters, {**state.tables, "form": table}, vocabulary, names, encoder.languages.index(language)
    )


def _forms_with_vectors(state: State) -> tuple[list[str], NDArray[np.float32]]:
    """Returns the forms and ADDED_FORMS more, the most frequent words that have a vector, and their embeddings with vectors.

    The embedding of a form that was added is that of unknown words, before its vector is added.
    """
    forms, table, words = state.encoder.vocabulary["form"], state.tables["form"], state.vectors.words
    known = set(forms)
    new = [word for word in words[1:] if word not in known and word.isalpha()][:ADDED_FORMS]
    row_of = {word: row for row, word in enumerate(words)}
    vectors = state.vectors.rows[[row_of.get(form, 0) for form in [*forms, *new]]].astype(np.float32)
    return [*forms, *new], np.concatenate([table, table[:1].repeat(len(new), 0)]) + vectors @ state.parameters["word_vector"]


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
