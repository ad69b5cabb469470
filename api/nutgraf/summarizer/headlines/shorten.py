"""Tree of a sentence -> headlines made of it that fit a slot.

The clause is taken apart; the core stays, and what else fits is added by what it is worth, beginning with what leaves a gap.
Articles and auxiliaries go only if the slot has no room for more otherwise.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.attribution import Attribution, Claim, claims, is_clause, is_plain
from nutgraf.summarizer.headlines.constituents import OF, Clause, Part
from nutgraf.summarizer.headlines.soundness import is_sound
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.surface import offices, realize, without_articles
from nutgraf.summarizer.headlines.word_classes import WordClasses

# Sentences with more words are not shortened: the parser was trained on shorter ones.
MAX_WORDS = 90
# Leaving out articles must make room for parts that are worth so much.
WORTH_ARTICLES = 0.35
STYLES = 3
MAX_REPAIRS = 5
# The parser's margins, in logits. Of the attachments below 1 about half are right, below 2 two thirds, from 3 on 92%
# (English test part of the treebank, noun phrases and clauses).
SURE_MARGIN = 2.0


Fits = Callable[[str], bool]


class Shortened(NamedTuple):
    """A headline with the positions of its words in the tree; `torn` where something is missing that its verb wants.

    `offices` are words before full names that it leaves out; the rules of grammar count them as kept.
    """

    text: str
    kept: frozenset[int]
    torn: bool
    verb: int
    offices: frozenset[int] = frozenset()


def shorten(tree: Tree, classes: WordClasses, fits: Fits) -> Iterator[Shortened]:
    """Yields headlines of one sentence, of each of its main clauses; none of a clause whose core does not fit."""
    if not 0 < len(tree) <= MAX_WORDS:
        return
    tree = with_verb_as_root(tree)
    spans = Spans(tree)
    claim: Claim | None = claims(tree, spans, classes)
    if claim and not is_clause(tree, spans, claim.verb, classes):
        claim = _nearest_clause(tree, spans, claim, classes)
    if claim is None or claim.pronoun:
        return
    for verb, shared in ((claim.verb, frozenset[int]()), *_coordinated(tree, spans, claim)):
        left_out = claim.left_out
        if verb != claim.verb:
            joins = {below for below in spans.children[verb] if tree.relations[below] == "cc"}
            left_out |= frozenset(spans.below(claim.verb)) - frozenset(spans.below(verb)) - shared | joins
        filled = _fill(Clause(tree, spans, verb, classes, left_out), shared, fits)
        if filled is not None and is_sound(spans, filled.verb, filled.kept, filled.offices, classes):
            yield filled


def shorten_attributed(claim: Tree, attribution: Attribution, classes: WordClasses, fits: Fits) -> Iterator[Shortened]:
    """Yields headlines of a claim whose attribution was cut off, with their speaker unless officials state a plain fact.

    The longest form of the speaker that leaves no gap in the claim is taken.
    """
    spans = Spans(claim)
    if attribution.official and is_plain(claim, spans, claim.root, classes):
        yield from shorten(claim, classes, fits)
        return
    if attribution.pronoun:
        return
    best: dict[int, Shortened] = {}
    for speaker in attribution.speakers:
        for headline in shorten(claim, classes, partial(_fits_with, fits, speaker)):
            known = best.get(headline.verb)
            if known is None or (known.torn and not headline.torn):
                best[headline.verb] = headline._replace(text=f"{headline.text}, {speaker}")
    yield from best.values()


def _fits_with(fits: Fits, speaker: str, line: str) -> bool:
    return fits(f"{line}, {speaker}")


def with_verb_as_root(tree: Tree) -> Tree:
    """The tree with a finite verb as its root where the parser took its subject for the root and the verb for a modifier."""
    root = tree.root
    if tree.tags[root] not in ("NOUN", "PROPN") or any(tree.relations[child] == "cop" for child in tree.children(root)):
        return tree
    level = [child for child in tree.children(root) if child > root]
    for _ in range(2):
        for verb in level:
            relation = tree.relations[verb]
            finite = tree.tags[verb] == "VERB" and tree.forms[verb] == "Fin" and relation != "conj"
            below = [child for child in tree.children(verb) if child < verb]
            if finite and not any(
                tree.tags[child] in ("PRON", "SCONJ") or tree.relations[child].startswith("nsubj") for child in below
            ):
                # What stands before the verb on the root is its subject; the rest is the verb's.
                heads = [verb if head == root and position > verb else head for position, head in enumerate(tree.heads)]
                heads[verb], heads[root] = -1, verb
                relations = list(tree.relations)
                relations[verb], relations[root] = "root", "nsubj"
                return replace(tree, heads=tuple(heads), relations=tuple(relations))
        level = [child for parent in level for child in tree.children(parent) if child > parent]
    return tree


def _nearest_clause(tree: Tree, spans: Spans, claim: Claim, classes: WordClasses) -> Claim | None:
    """A clause next to a root that is none, as where the parser took an opener for the root; None without one."""
    for child in spans.children[claim.verb]:
        relation = tree.relations[child].partition(":")[0]
        below = spans.children[child]
        if (
            relation not in ("ccomp", "parataxis", "conj")
            or tree.tags[child] != "VERB"
            or not is_clause(tree, spans, child, classes)
        ):
            continue
        if any(tree.relations[word] in ("mark", "cc") for word in below) or not any(
            tree.relations[word].startswith("nsubj") for word in below
        ):
            continue
        return Claim(child, frozenset())
    return None


def _coordinated(tree: Tree, spans: Spans, claim: Claim) -> Iterator[tuple[int, frozenset[int]]]:
    """The second of two clauses joined by "and": with its own subject, or with the first's."""
    verb = claim.verb
    for child in spans.children[verb]:
        if tree.relations[child] != "conj" or tree.tags[child] != "VERB" or child in claim.left_out:
            continue
        if not any(tree.relations[below] == "cc" for below in spans.children[child]):
            continue
        if any(tree.relations[below].startswith(("nsubj", "csubj", "expl")) for below in spans.children[child]):
            yield child, frozenset()
            continue
        if any(tree.relations[below].startswith("aux") for below in spans.children[verb]):
            continue  # the auxiliary may serve both, or not
        subject = [below for below in spans.children[verb] if tree.relations[below] == "nsubj"]
        if len(subject) == 1 and tree.forms[child] == tree.forms[verb] == "Fin":
            yield child, frozenset(spans.below(subject[0]))


def _fill(clause: Clause, extra: frozenset[int], fits: Fits) -> Shortened | None:
    """The core with as many parts as the slot holds; None if not even the core fits.

    Three styles are tried: as it is, without articles and idle auxiliaries, and without the offices before full names. The
    first that leaves no gap is taken, unless the next one makes room for much more.
    """
    best: tuple[float, Shortened] | None = None
    for style in range(STYLES):
        if style == 1 and not (clause.classes.articles or best is None):
            continue
        filled = _filled(clause, extra, fits, style)
        if filled is None:
            continue
        value, shortened, complete = filled
        if (
            best is None
            or (best[1].torn and not shortened.torn)
            or (shortened.torn == best[1].torn and value >= best[0] + WORTH_ARTICLES)
        ):
            best = value, shortened
        if complete or (style == 1 and not best[1].torn):
            break
    return best[1] if best else None


def _filled(clause: Clause, extra: frozenset[int], fits: Fits, style: int) -> tuple[float, Shortened, bool] | None:
    """A headline in one style, what its parts are worth, and whether it has all; None if the core does not fit."""
    spans, parts = clause.spans, clause.parts
    titles = offices(clause) if style == 2 else frozenset()

    def words_of(chosen: Collection[int]) -> set[int]:
        kept = {word for index in chosen for word in parts[index].words} | extra
        return without_articles(spans, kept - titles, clause.verb, clause.classes) if style else kept

    if not fits(realize(spans, words_of([0]))):
        return None
    # What leaves a gap first, then by worth, then in reading order: what comes earlier is more often the news.
    order = sorted(
        range(1, len(parts)), key=lambda index: (not parts[index].needed, -parts[index].worth, min(parts[index].words))
    )
    part_of = {word: index for index, part in enumerate(parts) for word in part.words}
    for _ in range(MAX_REPAIRS):
        chosen = _chosen(clause, order, words_of, fits)
        kept = words_of(chosen)
        lost = _lost_complement(clause, kept)
        if lost is None:
            break
        # A word has lost its complement: that comes first in the next round, or else the word goes, too.
        word, complement = (part_of.get(position, 0) for position in lost)
        if complement and order and order[0] != complement and complement in order:
            order = [complement, *(index for index in order if index != complement)]
        elif word:
            order = [index for index in order if index != word]
        else:
            return None
    else:
        return None
    torn = any(
        part.parent == 0 and index not in chosen and _leaves_gap(clause, part, kept) for index, part in enumerate(parts)
    )
    value = sum(parts[index].worth for index in chosen[1:])
    return (
        value,
        Shortened(_without_lone_comma(clause, realize(spans, kept)), frozenset(kept), torn, clause.verb, titles),
        len(chosen) == len(parts),
    )


def _leaves_gap(clause: Clause, part: Part, kept: Collection[int]) -> bool:
    """Whether the core lacks a part; where and how something happened is missed only if nothing else follows the verb."""
    if not part.needed:
        return False
    if part.kind != "complement" or clause.words[part.words[0]] in clause.classes.completes:
        return True
    return not any(word > clause.verb and not clause.spans.is_mark(word) for word in kept)


def _lost_complement(clause: Clause, kept: Collection[int]) -> tuple[int, int] | None:
    """A kept word and the "of" or "to" after it that it has lost, whatever the parser attaches that to; None if none has."""
    tree, classes, words = clause.tree, clause.classes, clause.words
    for word in sorted({*clause.parts[0].words, max(kept)} & set(kept)):
        after = word + 1
        if tree.tags[word] not in ("NOUN", "VERB", "ADJ", "PROPN", "NUM", "SYM") or after >= len(tree) or after in kept:
            continue
        if (
            words[after] in classes.completes
            and tree.tags[tree.heads[after]] == "VERB"
            and tree.forms[tree.heads[after]] == "Inf"
        ) and (
            tree.relations[tree.heads[after]].partition(":")[0] in ("xcomp", "ccomp", "advcl", "acl", "obl")
            and words[after] != "to"
        ):
            return word, after  # "accuse le gouverneur d'avoir …"
        # "agreed on Friday to …": a day in between does not count.
        if (
            tree.tags[after] == "ADP"
            and after + 1 < len(tree)
            and words[after + 1] in classes.days
            and after + 2 < len(tree)
        ):
            after += 2
        elif words[after] in classes.days and after + 1 < len(tree):
            after += 1
        if after not in kept and words[after] == "as" and word and words[word - 1] in ("as", "so", "such", "same"):
            return word, after  # "as much as", "the same as"
        if after in kept or words[after] not in classes.completes or tree.tags[after] not in ("ADP", "PART", "SCONJ"):
            continue
        if (
            tree.tags[word] == "VERB"
            or words[after] == "than"
            or (words[after] in OF and (classes.articles or clause.definite(word)))
        ):
            return word, after
        if words[after] == "that" and tree.tags[after] == "SCONJ":
            return word, after
        # "plans to", "gateway to", but not "met Marsh to": the parser tells these apart.
        if words[after] == "to" and tree.relations[tree.heads[after]].partition(":")[0] in ("acl", "nmod", "xcomp"):
            return word, after
    return None


def _chosen(
    clause: Clause, order: Sequence[int], words_of: Callable[[Collection[int]], Collection[int]], fits: Fits
) -> list[int]:
    """Parts that the slot holds, taken in an order; each after the part that it hangs on."""
    chosen = [0]
    for _ in range(2):  # a part whose parent comes later in the order gets its turn in the second round
        for index in order:
            if index in chosen or clause.parts[index].parent not in chosen:
                continue
            for group in (_with_needed(clause, index, order), [index]):
                bound = _bound(clause, group) and _sure(clause, group, words_of(chosen))
                if bound and fits(realize(clause.spans, words_of([*chosen, *group]))):
                    chosen += group
                    break
    return chosen


def _without_lone_comma(clause: Clause, text: str) -> str:
    """A headline without a comma between its subject and its verb: what the comma closed is gone."""
    if text.count(",") != 1:
        return text
    verb = [
        clause.verb,
        *(child for child in clause.spans.children[clause.verb] if clause.tree.relations[child].startswith(("aux", "cop"))),
    ]
    for word in verb:
        text = text.replace(f", {clause.spans.texts[word]} ", f" {clause.spans.texts[word]} ")
    return text


def _sure(clause: Clause, group: Collection[int], kept: Collection[int]) -> bool:
    """Whether a part belongs where it would stand: right after what precedes it in the sentence, or by a sure attachment.

    Without that, "with one goal in mind" may leave "in mind" behind.
    """
    tree, spans = clause.tree, clause.spans
    words = {word for index in group for word in clause.parts[index].words}
    before = min(words) - 1
    while before >= 0 and (spans.is_mark(before) or (tree.tags[before] == "DET" and before not in kept)):
        before -= 1
    if before < 0 or before in kept:
        return True
    return all(tree.margins[word] >= SURE_MARGIN for word in words if tree.heads[word] not in words)


def _with_needed(clause: Clause, index: int, allowed: Sequence[int]) -> list[int]:
    """A part with the parts that it must not be without."""
    group = [index]
    for other, part in enumerate(clause.parts):
        if part.parent in group and part.needed and other not in group and other in allowed:
            group.append(other)
    return group


def _bound(clause: Clause, group: Collection[int]) -> bool:
    """Whether the pronouns in a part have their nouns in the headline: only possessives after the subject do."""
    for index in group:
        for word in clause.parts[index].words:
            lower = clause.words[word]
            if lower in clause.classes.own or (
                lower in clause.classes.pronouns
                and clause.tree.tags[word] == "PRON"
                and clause.tree.relations[word] not in ("expl", "expl:pv", "expl:pass", "expl:comp")
                and not _relative(clause, word)
            ):
                return False
    return True


def _relative(clause: Clause, word: int) -> bool:
    here = word
    while here >= 0:
        if clause.tree.relations[here] == "acl:relcl":
            return True
        here = clause.tree.heads[here]
    return False
