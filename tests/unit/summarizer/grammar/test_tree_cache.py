"""A sentence is parsed once, in the language of its article, and its offsets are those of the sentence."""

import pytest

from nutgraf.summarizer.grammar import TreeCache, parse, tree_cache
from nutgraf.summarizer.models import Sentence


def sentence(text: str, article: int = 0, index: int = 0) -> Sentence:
    return Sentence(text, article, index, 0, len(text), 0)


def test_offsets_in_a_tree_are_those_of_the_sentence() -> None:
    text = "The mayor\r\n  resigned\ton Monday."
    tree = TreeCache([sentence(text)], ["en"]).of([0])[0]
    assert [text[start:end] for start, end in zip(tree.starts, tree.ends, strict=True)] == [
        "The", "mayor", "resigned", "on", "Monday", ".",
    ]  # fmt: skip


def test_each_sentence_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counting(sentences: list[str], language: str) -> list[object]:
        parsed.extend(sentences)
        return list(parse(sentences, language))

    monkeypatch.setattr(tree_cache, "parse", counting)
    trees = TreeCache([sentence("The bridge fell."), sentence("The mayor left.", index=1)], ["en"])
    trees.of([0])
    assert set(trees.of([1, 0, 0])) == {0, 1}
    assert parsed == ["The bridge fell.", "The mayor left."]


def test_a_sentence_without_a_parser_or_too_long_for_it_has_no_tree() -> None:
    sentences = [sentence("Broen falt ned."), sentence("word " * 200, article=1), sentence("Le pont tombe.", article=2)]
    assert set(TreeCache(sentences, ["nb", "en", "fr"]).of(range(3))) == {2}


def test_words_of_a_sentence_are_available_without_its_tree() -> None:
    texts = ["The mayor\r\n  didn't\tresign.", "word " * 200, "Broen falt ned.", " "]
    trees = TreeCache([sentence(text, article=number) for number, text in enumerate(texts)], ["en", "en", "nb", "en"])
    words = [tuple(trees.words(position)) for position in range(len(texts))]
    assert words == [tree.words if (tree := trees.of([position]).get(position)) else () for position in range(len(texts))]
    assert list(map(bool, words)) == [True, False, False, False]


def test_sentences_that_a_later_step_needs_are_parsed_with_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step parsed one sentence at a time, which took twice as long."""
    batches: list[list[str]] = []

    def counting(sentences: list[str], language: str) -> list[object]:
        batches.append(list(sentences))
        return list(parse(sentences, language))

    monkeypatch.setattr(tree_cache, "parse", counting)
    texts = ["The bridge fell.", "The mayor left.", "Ferries run."]
    trees = TreeCache([sentence(text, index=index) for index, text in enumerate(texts)], ["en"])
    trees.expect([2])
    assert batches == []
    assert set(trees.of([0])) == {0}
    assert set(trees.of([2])) == {2}
    assert set(trees.of([0, 1])) == {0, 1}
    assert batches == [["The bridge fell.", "Ferries run."], ["The mayor left."]]


def test_a_text_that_is_no_sentence_is_parsed_with_the_first_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[list[str]] = []

    def counting(sentences: list[str], language: str) -> list[object]:
        batches.append(sentences)
        return list(parse(sentences, language))

    monkeypatch.setattr(tree_cache, "parse", counting)
    trees = TreeCache([sentence("The bridge fell.")], ["en"])
    trees.expect([], [("Bridge falls", "en"), ("Broen falt", "nb")])
    assert trees.of([0])[0].words[1] == "bridge"
    tree = trees.of_text("Bridge falls", "en")
    assert tree is not None
    assert tree.words == ("Bridge", "falls")
    assert trees.of_text("Broen falt", "nb") is None
    assert batches == [["The bridge fell.", "Bridge falls"]]
    assert trees.of_text("Mayor leaves", "en") is not None
