"""Finds the complements that a word requires: "accuse of", "verge of", "refuse to".

A headline that leaves out such a complement ends too early. `python -m training.headlines complements` counts them in
trees. A word takes a phrase that is much more frequent with it than with other words of its class (USUAL); it requires the
phrase if that is with it in a large share of all cases (NEEDED).
"""

from importlib.resources import files

from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.languages.language import per_language
from nutgraf.summarizer.reading.words import vocabulary

FOLDER = "complement_tables"
USUAL, NEEDED = 1, 2
# A noun with one of these words is in the class DEFINITE: articles of five languages. "a" and "no" are Portuguese, but count
# in the other languages, too, as they did in training.
_DETERMINERS = frozenset(
    (
        "the le la les l' l’ du des au aux el los las del al o a os as do da dos das no na nos nas ao à der die das den "
        "dem im am zum zur"
    ).split()
)


class Complements:
    """The complements that the words of a language require; none if the language has no table.

    Each line of a table has a stem, the class of the head (`head_kind`) and the names of complements (`frame_of`). A name
    with "!" is NEEDED, others are USUAL.
    """

    def __init__(self, code: str) -> None:
        self._stem = vocabulary(code).stem
        table = files(__package__).joinpath(FOLDER, f"{code}.txt")
        self._table: dict[tuple[str, str], dict[str, int]] = {}
        if table.is_file():
            for line in table.read_text(encoding="utf-8").splitlines():
                if not line.startswith("#"):
                    stem, kind, *frames = line.split()
                    self._table[stem, kind] = {name.rstrip("!"): NEEDED if name[-1] == "!" else USUAL for name in frames}

    def demand(self, spans: Spans, head: int, child: int) -> int:
        """Returns how strongly the word at `head` requires the dependent at `child`, which follows it.

        NEEDED (2), USUAL (1), or 0. `head` and `child` are positions in the tree.
        """
        frame_name = frame_of(spans, head, child)
        return self._strength_of(spans, head, frame_name) if frame_name else 0

    def demand_for_word(self, spans: Spans, head: int, opener: str) -> int:
        """Returns how strongly the word at `head` requires a phrase or clause that this preposition or conjunction opens."""
        return max(self._strength_of(spans, head, name) for name in (opener, f"inf:{opener}", f"that:{opener}"))

    def _strength_of(self, spans: Spans, head: int, frame_name: str) -> int:
        kind = head_kind(spans, head)
        return self._table.get((self._stem(spans.lower[head]), kind), {}).get(frame_name, 0) if kind else 0


@per_language
def complements(code: str) -> Complements:
    """Returns the complement table of a language by its code, such as "en".

    The table is read once per process. It is empty for a language without one.
    """
    return Complements(code)


def head_kind(spans: Spans, head: int) -> str | None:
    """Returns the class under which the tables list the word at `head`; None for words that are no verb, noun or adjective.

    One of VERB, PASSIVE (a passive verb), NOUN, DEFINITE (a noun with one of `_DETERMINERS`) and ADJ.
    """
    tree, tag = spans.tree, spans.tree.tags[head]
    if tag == "VERB":
        passive = any(tree.relations[child] in ("aux:pass", "nsubj:pass") for child in spans.children[head])
        return "PASSIVE" if passive else tag
    if tag == "NOUN":
        definite = any(child < head and spans.lower[child] in _DETERMINERS for child in spans.children[head])
        return "DEFINITE" if definite else tag
    return tag if tag == "ADJ" else None


def frame_of(spans: Spans, head: int, child: int) -> str | None:
    """Returns how the dependent at `child` is attached to `head`, as the tables write it.

    A preposition ("of"), "inf" or "inf:to" for an infinitive, "that" or "that:if" for a clause, or "xcomp". None if the
    dependent precedes its head or has another relation.
    """
    tree = spans.tree
    if child < head:
        return None
    relation = tree.relations[child].partition(":")[0]
    if relation in ("obl", "nmod", "iobj"):
        return next(iter(_words(spans, child, "case")), None)
    if relation not in ("xcomp", "ccomp", "advcl", "acl"):
        return None
    marks = _words(spans, child, "mark")
    if tree.verb_forms[child] == "Inf":
        return f"inf:{marks[0]}" if marks else "inf" if relation != "acl" else None
    if marks:
        return f"that:{marks[0]}" if relation != "advcl" else None
    return {"ccomp": "that", "xcomp": "xcomp"}.get(relation)


def _words(spans: Spans, head: int, relation: str) -> list[str]:
    return [
        spans.lower[child]
        for child in spans.children[head]
        if child < head and spans.tree.relations[child].partition(":")[0] == relation
    ]
