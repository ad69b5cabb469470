"""The command `train`: trains on treebanks, and writes a model file, or a state from which another training can start."""

import argparse
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nutgraf.summarizer.grammar.network import Network

from .evaluation import accuracy
from .export import state_file
from .teacher import Teacher
from .training_loop import State, new_state, read_transformer, remove_initial_noise, select_for_encoder, train
from .transformer import Transformer
from .treebank import Encoder, Sentence, read, relation_names, vocabularies
from .word_vectors import WordVectors


def run(options: argparse.Namespace) -> None:
    """Trains on one language and writes its model, or on several languages; can save the state, to start a training on one.

    `options` are those of the command line, in `__main__`.
    """
    languages = options.language.split(",")
    by_language = {language: read(options.data / f"{language}_train.jsonl.gz", language) for language in languages}
    relations = dict.fromkeys(name for sentences in by_language.values() for name in relation_names(sentences))
    for path in options.extra_files:
        by_language[path.name.split("_")[0]] += read(path, path.name.split("_")[0])
    held_out: dict[str, list[Sentence]] = {}
    for language in languages:
        held_out[language] = read(options.data / f"{language}_dev.jsonl.gz", language)
        evaluated = held_out[language] + read(options.data / f"{language}_test.jsonl.gz", language)
        texts = {"".join(sentence.words) for sentence in evaluated}  # must not be trained on
        by_language[language] = [each for each in by_language[language] if "".join(each.words) not in texts]
    start = State.load(options.start) if options.start else None
    vectors = WordVectors.read(options.vectors) if options.vectors else start.vectors if start else WordVectors()
    encoder = _encoder(by_language, list(relations), vectors)
    state = select_for_encoder(start, encoder) if start else new_state(encoder, vectors, options.seed)
    sentences = [sentence for group in by_language.values() for sentence in group]
    print(len(sentences), "sentences,", {kind: len(rows) for kind, rows in encoder.vocabulary.items()}, flush=True)
    contexts: list[NDArray[np.float16]] = []
    network_of: Callable[[State, str], Network] = _network
    if options.transformer:
        transformer = Transformer(options.transformer)
        contexts = transformer.vectors([sentence.words for sentence in sentences])
        state = read_transformer(state, transformer.width, options.seed)
        network_of = lambda state, language: Teacher(state, language, transformer)  # noqa: E731

    def report(epoch: int, state: State) -> None:
        if epoch % 2 == 0:
            print({each: accuracy(network_of(state, each), held_out[each]) for each in languages}, flush=True)

    state = train(
        state,
        sentences,
        epochs=options.epochs,
        rate=options.rate,
        batch_words=options.batch_words,
        seed=options.seed,
        dropout=options.dropout,
        contexts=contexts,
        after_epoch=report,
    )
    print(
        {each: accuracy(network_of(state, each), held_out[each]) for each in languages},
        time.process_time(),
        "s CPU",
        flush=True,
    )
    if options.save:
        state.save(options.save)
    if start:
        state = remove_initial_noise(state, start, options.seed)
    if len(languages) == 1 and not options.transformer:
        (options.out / f"{languages[0]}.npz").write_bytes(state_file(state, languages[0]))


def _encoder(by_language: dict[str, list[Sentence]], relations: list[str], vectors: WordVectors) -> Encoder:
    """Returns an encoder for the vocabularies and tags of all languages together."""
    vocabulary: dict[str, dict[str, None]] = {}
    tags: dict[str, None] = {}
    for sentences in by_language.values():
        for kind, strings in vocabularies(sentences).items():
            vocabulary.setdefault(kind, {}).update(dict.fromkeys(strings))
        tags.update(dict.fromkeys(sorted({tag for sentence in sentences for tag in sentence.tags})))
    strings_by_kind = {kind: list(strings) for kind, strings in vocabulary.items()}
    return Encoder(strings_by_kind, list(tags), relations, list(by_language), vectors.words)


def _network(state: State, language: str) -> Network:
    return Network.read(state_file(state, language))
