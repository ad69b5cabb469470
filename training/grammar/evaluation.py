"""Measures how often heads, relations and parts of speech are right, on gold words."""

from collections.abc import Iterable, Sequence

import numpy as np

from nutgraf.summarizer.grammar.decoder import decode
from nutgraf.summarizer.grammar.network import Network

from .treebank import Sentence


def accuracy(network: Network, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Returns percentages of all words, punctuation included: `uas`, `las` (with relations, subtypes included), `upos`."""
    counts = np.zeros(4)
    for portion in _portions(sentences):
        for sentence, parsed in zip(portion, decode(network, [sentence.words for sentence in portion]), strict=True):
            head = np.array(sentence.heads) == parsed.heads
            relation = np.array(
                [a == network.relations[b] for a, b in zip(sentence.relations, parsed.relations, strict=True)]
            )
            upos = [
                a.split("|")[0] == network.tags[b].split("|")[0] for a, b in zip(sentence.tags, parsed.tags, strict=True)
            ]
            counts += len(head), head.sum(), (head & relation).sum(), sum(upos)
    return dict(zip(("uas", "las", "upos"), (100 * counts[1:] / counts[0]).round(2).tolist(), strict=True))


def _portions(sentences: Sequence[Sentence], size: int = 32) -> Iterable[Sequence[Sentence]]:
    ordered = sorted(sentences, key=lambda sentence: len(sentence.words))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
