"""Finds the claim of the main clause, its speaker, and whether a headline may leave the speaker out.

"Police said two people died in the fire" can lose its speaker, because officials state a plain fact. Other claims keep it.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

MIN_CLAIM_WORDS = 4
# Longer speakers are not attributions but separate clauses.
MAX_SPEAKER_WORDS = 14
# Letters that a country and its adjective share: "Nigeria", "Nigerian".
ROOT_LETTERS = 5
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubj:caus", "obl:agent"})
_SUBJECTS_AND_CLAUSES = _SUBJECTS | {"csubj"}


class Claim(NamedTuple):
    """The clause that a headline is made of, by its verb, and the words of the sentence that the headline leaves out.

    `pronoun`: the speaker is a pronoun, so a reader would not know who makes the claim.
    """

    verb: int
    left_out: frozenset[int]
    pronoun: bool = False


def main_claim(tree: Tree, spans: Spans, classes: WordClasses) -> Claim:
    """Returns the claim of the main clause of a sentence, even if its verb is a verb of saying."""
    said = _complement_of_speech(tree, spans, tree.root, classes)
    if said < 0:
        return Claim(tree.root, frozenset())
    subjects = [child for child in spans.children[tree.root] if tree.relations[child] in _SUBJECTS]
    pronoun = any(spans.lower[subject] in classes.pronouns | classes.first_and_second_person for subject in subjects)
    return Claim(tree.root, frozenset(), pronoun)


def plain_fact(tree: Tree, spans: Spans, classes: WordClasses) -> Claim | None:
    """Returns the claim below the main verb of a sentence, a verb of saying, if officials state it as a plain fact.

    None otherwise. A headline may leave out the officials.
    """
    root = tree.root
    said = _complement_of_speech(tree, spans, root, classes)
    if said < 0 or (classes.verb_second and any(tree.relations[child] == "mark" for child in spans.children[said])):
        return None  # the verb of a subordinate clause may be at its end
    if not _stated_by_office(tree, spans, root, classes) or spans.lower[said] in classes.speech:
        return None  # "Kestria has admitted …, a minister of Alder says": a statement that is reported by another speaker
    speaker = next((child for child in spans.children[root] if tree.relations[child] in _SUBJECTS), root)
    if needs_no_speaker(tree, spans, said, [spans.texts[word] for word in spans.below(speaker)], classes):
        return Claim(said, frozenset(spans.below(root)) - frozenset(spans.below(said)))
    return None


def reported_claim(tree: Tree, spans: Spans, classes: WordClasses) -> tuple[Claim, list[int], list[int]] | None:
    """Returns the reported clause as a claim, with the words of the speaker and those of the verb of saying.

    None if a headline can't have it before its speaker: "Marsh denied that …", "Marsh did not say that …", "she said …". In
    languages with the verb in second place the claim would need another order of words.
    """
    root = tree.root
    said = -1 if classes.verb_second else _complement_of_speech(tree, spans, root, classes)
    subject = next((child for child in spans.children[root] if tree.relations[child] in ("nsubj", "nsubj:outer")), -1)
    if said < 0 or not 0 <= subject < root or spans.lower[root] in classes.denials or spans.quotation(said):
        return None
    set_off = {word for child in spans.children[subject] if spans.mark_before(child) for word in spans.below(child)}
    speaker = sorted(word for word in spans.below(subject) if word not in set_off and not spans.is_mark(word))
    verb = [child for child in spans.children[root] if tree.relations[child].startswith("aux")] + [root]
    if (
        tree.tags[subject] == "PRON"
        or len(speaker) > MAX_SPEAKER_WORDS
        or any(tree.tags[word] in ("VERB", "SCONJ") for word in speaker)
        or any(spans.lower[child] in classes.negations | classes.modals for child in spans.children[root])
        or any(tree.relations[child] in ("conj", "obj", "iobj") for child in spans.children[root])  # "told the council"
    ):
        return None
    return Claim(said, frozenset(spans.below(root)) - frozenset(spans.below(said))), speaker, sorted(verb)


def announced_claim(tree: Tree, spans: Spans, classes: WordClasses) -> tuple[Claim, frozenset[int]] | None:
    """Returns what a subject announces about itself as a claim, with the words of the subject; None otherwise.

    "The port announced that it will close" is "The port will close": a pronoun is the subject of what is announced. The
    verb must be able to stand alone: "would" and past forms depend on the past of "announced".
    """
    root = tree.root
    said = _complement_of_speech(tree, spans, root, classes) if spans.lower[root] in classes.announces else -1
    subject = next((child for child in spans.children[root] if tree.relations[child] == "nsubj" and child < root), -1)
    if said < 0 or subject < 0 or tree.tags[subject] == "PRON" or spans.quotation(said):
        return None
    children = spans.children[said]
    pronouns = [child for child in children if tree.relations[child].startswith("nsubj")]
    if len(pronouns) != 1 or tree.tags[pronouns[0]] != "PRON" or spans.lower[pronouns[0]] not in classes.pronouns:
        return None
    finite = next((child for child in children if tree.tags[child] == "AUX"), -1)
    if finite < 0 or spans.lower[finite] not in classes.present_auxiliaries:
        return None
    marks = {child for child in children if tree.relations[child] == "mark"}
    dropped = frozenset(spans.below(root)) - frozenset(spans.below(said)) | marks | {pronouns[0]}
    return Claim(said, dropped), frozenset(spans.below(subject))


def _complement_of_speech(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> int:
    """The verb of the clause that a verb of saying governs; -1 if it is no verb of saying, or governs no clause."""
    if spans.lower[verb] not in classes.speech:
        return -1
    for child in spans.children[verb]:
        if (
            tree.relations[child] == "ccomp"
            and is_clause(tree, spans, child, classes)
            and len(list(spans.below(child))) >= MIN_CLAIM_WORDS
        ):
            return child
    return -1


def _stated_by_office(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> bool:
    if spans.lower[verb] not in classes.asserts:
        return False
    for subject in spans.children[verb]:
        if tree.relations[subject] in _SUBJECTS:
            near = {
                subject,
                *(
                    child
                    for child in spans.children[subject]
                    if tree.relations[child].partition(":")[0] in ("compound", "flat")
                ),
            }
            return any(spans.lower[word] in classes.officials for word in near)
    return False


def needs_no_speaker(
    tree: Tree,
    spans: Spans,
    verb: int,
    speaker: Iterable[str],
    classes: WordClasses,
    kept: Collection[int] | None = None,
    *,
    announced: bool = False,
) -> bool:
    """Returns whether the clause at `verb` states a plain fact that does not concern the speaker's own side.

    A plain fact is an event, not a judgement. `speaker` has the words of the speaker as written, and `kept` the positions of
    the words that a headline has, by default all. What is `announced` may concern the speaker's own side, and may be in the
    future then.
    """
    is_party = _is_party(tree, spans, verb, speaker)
    return (announced or not is_party) and _is_plain(tree, spans, verb, classes, kept, future=announced and is_party)


def _is_plain(
    tree: Tree, spans: Spans, verb: int, classes: WordClasses, kept: Collection[int] | None, *, future: bool
) -> bool:
    """Whether a clause states a plain fact: an event, with no quotation, disputed word, first person or pronoun subject."""
    subjects = [child for child in spans.children[verb] if tree.relations[child] in _SUBJECTS]
    if any(tree.tags[subject] == "PRON" and spans.lower[subject] in classes.pronouns for subject in subjects):
        return False
    words = [word for word in spans.below(verb) if kept is None or word in kept]
    copula = any(tree.relations[child] == "cop" for child in spans.children[verb])
    near = {spans.lower[child] for child in spans.children[verb]}
    to_come = set() if future else near & classes.not_yet_past
    if copula or spans.lower[verb] in classes.states or near & classes.negations or to_come:
        return False  # claims about states, the future and negations are judgements more often than claims about events
    return not any(
        spans.quotation(word) or spans.lower[word] in classes.disputed | classes.first_and_second_person for word in words
    )


def _is_party(tree: Tree, spans: Spans, verb: int, speaker: Iterable[str]) -> bool:
    """Whether the words of a speaker name whom a clause is about: the army of Skerry reports what Skerry's soldiers did.

    What speakers say about their own side is a claim, however plain.
    """
    subjects = [child for child in spans.children[verb] if tree.relations[child] in _SUBJECTS_AND_CLAUSES]
    names = {
        spans.lower[word][:ROOT_LETTERS]
        for subject in subjects
        for word in spans.below(subject)
        if spans.texts[word][0].isupper() and len(spans.texts[word]) >= ROOT_LETTERS
    }
    return any(word[:1].isupper() and word.lower()[:ROOT_LETTERS] in names for word in speaker)


def is_clause(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether a word heads a clause: it is a finite verb or has an auxiliary or copula, and it has a subject.

    A noun without a preposition counts as a subject if it is before the verb, or after it in a language with free word
    order, because the parser sometimes gives subjects another relation.
    """
    relations = {tree.relations[child].partition(":")[0] for child in spans.children[verb]}
    nouns = [
        child for child in spans.children[verb] if bare_noun(tree, spans, child) and (child < verb or classes.free_order)
    ]
    if not relations & {"nsubj", "csubj", "expl"} and not nouns:
        return False
    if tree.tags[verb] in ("VERB", "AUX"):
        # A past is easily taken for a participle, so a participle with a subject is one, too; not in German.
        finite = ("Fin", "") if classes.verb_second else ("Fin", "Part", "")
        return tree.verb_forms[verb] in finite or bool(relations & {"aux", "cop"})
    return bool(relations & {"aux", "cop"})


def bare_noun(tree: Tree, spans: Spans, position: int) -> bool:
    """Whether a word is a noun that depends on its verb without a preposition."""
    if tree.tags[position] not in ("NOUN", "PROPN", "NUM") or tree.relations[position].partition(":")[0] not in (
        "obj",
        "obl",
        "advmod",
        "dep",
    ):
        return False
    return not any(tree.relations[below].partition(":")[0] == "case" for below in spans.children[position])
