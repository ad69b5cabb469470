"""Sentences -> trees."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ..interruption import interruptible
from ..languages.language import per_language, primary
from .decoder import Parsed, decode
from .network import Network
from .tokenizer import Span, tokenize
from .tree import Tree

# Longer sentences are lists or tables; training has seen few.
MOST_WORDS = 150
# Padded words that are parsed together: enough for matrix products to be fast, few enough for caches.
BATCH_WORDS = 320


def supported(language: str) -> bool:
    """Whether there is a parser for a language, given as a BCP 47 tag such as "en" or "pt-BR"."""
    return primary(language) in _languages()


def parse(sentences: Sequence[str], language: str) -> list[Tree]:
    """A tree for each sentence. Raises KeyError if the language is not `supported`.

    A sentence parses the same alone and among others. One without words, or with more than MOST_WORDS, gets a tree without
    words.
    """
    code = primary(language)
    network = _network(code)
    trees = [Tree(sentence, (), (), (), (), (), (), ()) for sentence in sentences]
    spans = [tokenize(sentence, code) for sentence in interruptible(sentences)]
    wanted = sorted(
        (number for number, each in enumerate(spans) if 0 < len(each) <= MOST_WORDS), key=lambda n: len(spans[n])
    )
    for batch in interruptible(_batches(wanted, [len(each) for each in spans])):
        words_of = [[sentences[number][start:end] for start, end in spans[number]] for number in batch]
        for number, parsed in zip(batch, decode(network, words_of), strict=True):
            trees[number] = _tree(network, sentences[number], spans[number], parsed)
    return trees


def words(sentence: str, language: str) -> list[str]:
    """The words that the tree of a sentence has, without parsing it."""
    spans = tokenize(sentence, primary(language))
    return [sentence[start:end] for start, end in spans] if len(spans) <= MOST_WORDS else []


def _batches(ordered: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Sentences of similar length together. The last of each is its longest."""
    batches: list[list[int]] = []
    for number in ordered:
        if batches and lengths[number] * (len(batches[-1]) + 1) <= BATCH_WORDS:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def _tree(network: Network, text: str, spans: Sequence[Span], parsed: Parsed) -> Tree:
    labels = [network.tags[number].partition("|") for number in parsed.tags.tolist()]
    return Tree(
        text,
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(tag for tag, _, _ in labels),
        tuple(form for _, _, form in labels),
        tuple(parsed.heads.tolist()),
        tuple([network.relations[number] for number in parsed.relations.tolist()]),
        tuple(parsed.margins.tolist()),
    )


@cache
def _languages() -> frozenset[str]:
    names = (entry.name for entry in files(__package__).joinpath("models").iterdir())
    return frozenset(name.removesuffix(".npz") for name in names if name.endswith(".npz"))


@per_language
def _network(code: str) -> Network:
    if code not in _languages():
        raise KeyError(code)
    return Network.read(files(__package__).joinpath("models", f"{code}.npz").read_bytes())
