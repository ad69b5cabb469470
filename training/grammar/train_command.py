"""The command `train`: trains on treebanks, and writes a model file, or a state from which another training can start."""

import argparse
import time

from nutgraf.summarizer.grammar.network import Network

from . import export
from .evaluation import accuracy
from .lexicon import add_lexicon
from .training_loop import State, new_state, remove_initial_noise, select_for_encoder, train
from .treebank import Encoder, Sentence, read, relation_names, vocabularies


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
    encoder = _encoder(by_language, list(relations))
    start = State.load(options.start) if options.start else None
    state = select_for_encoder(start, encoder) if start else new_state(encoder, options.seed)

    def report(epoch: int, state: State) -> None:
        if epoch % 2 == 0:
            print({each: accuracy(_network(state, each), held_out[each]) for each in languages}, flush=True)

    sentences = [sentence for group in by_language.values() for sentence in group]
    print(len(sentences), "sentences,", {kind: len(rows) for kind, rows in encoder.vocabulary.items()}, flush=True)
    state = train(
        state,
        sentences,
        epochs=options.epochs,
        rate=options.rate,
        batch_words=options.batch_words,
        seed=options.seed,
        dropout=options.dropout,
        after_epoch=report,
    )
    print(
        {each: accuracy(_network(state, each), held_out[each]) for each in languages},
        time.process_time(),
        "s CPU",
        flush=True,
    )
    if options.save:
        state.save(options.save)
    if start:
        state = remove_initial_noise(state, start, options.seed)
    if options.lexicon:
        state = add_lexicon(state, options.lexicon)
    if len(languages) == 1:
        (options.out / f"{languages[0]}.npz").write_bytes(_model(state, languages[0]))


def _encoder(by_language: dict[str, list[Sentence]], relations: list[str]) -> Encoder:
    """Returns an encoder for the vocabularies and tags of all languages together."""
    vocabulary: dict[str, dict[str, None]] = {}
    tags: dict[str, None] = {}
    for sentences in by_language.values():
        for kind, strings in vocabularies(sentences).items():
            vocabulary.setdefault(kind, {}).update(dict.fromkeys(strings))
        tags.update(dict.fromkeys(sorted({tag for sentence in sentences for tag in sentence.tags})))
    return Encoder({kind: list(strings) for kind, strings in vocabulary.items()}, list(tags), relations, list(by_language))


def _model(state: State, language: str) -> bytes:
    encoder = state.encoder
    names = {"tags": encoder.tags, "relations": encoder.relations}
    return export.model_file(state.parameters, state.tables, encoder.vocabulary, names, encoder.languages.index(language))


def _network(state: State, language: str) -> Network:
    return Network.read(_model(state, language))
