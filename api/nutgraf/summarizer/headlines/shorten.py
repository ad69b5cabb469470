"""Main clauses of a sentence -> headlines that fit a slot.

The core of the clause is always kept. A search finds the other parts that are worth most together (search.py). Each headline
must pass checks, so that it is grammatical and says no more than its sentence. Articles, auxiliaries and the offices of
persons can be left out to make room.
"""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.attribution import Attribution, is_plain
from nutgraf.summarizer.headlines.clauses import main_clauses
from nutgraf.summarizer.headlines.complements import NEEDED, complements
from nutgraf.summarizer.headlines.constituents import Clause, Part
from nutgraf.summarizer.headlines.search import choices
from nutgraf.summarizer.headlines.soundness import is_sound
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.surface import offices, realize, without_articles
from nutgraf.summarizer.headlines.traits import Traits, traits
from nutgraf.summarizer.headlines.word_classes import WordClasses

# As it is; without articles and idle auxiliaries; without the offices before full names, too.
STYLES = 3
# Choices of parts that are tried in a style, and those that are offered.
MAX_TRIED = 24
MAX_OFFERED = 3
# The parser's margins, in logits. Of the attachments below 1 about half are right, below 2 two thirds, from 3 on 92%
# (English test part of the treebank, noun phrases and clauses).
SURE_MARGIN = 2.0

Fits = Callable[[str], bool]


class Shortened(NamedTuple):
    """A headline with the positions of its words in the tree, and its traits.

    `offices` has the words before full names ("Mayor") that the headline leaves out; the grammar checks count them as kept.
    """

    text: str
    kept: frozenset[int]
    verb: int
    traits: Traits
    offices: frozenset[int] = frozenset()


def shorten(tree: Tree, classes: WordClasses, fits: Fits, longest: int) -> Iterator[Shortened]:
    """Yields headlines of one sentence with at most `longest` characters, several of each main clause.

    A plain fact loses the officials who state it only if it does not fit with them.
    """
    yield from _shorten(_Clauses(tree, classes), fits, longest)


def shorten_attributed(
    claim: Tree, attribution: Attribution, classes: WordClasses, fits: Fits, longest: int
) -> Iterator[Shortened]:
    """Yields headlines of a claim without its attribution, each with the speaker at its end.

    If no complete one fits, a plain fact that officials state is also offered without the speaker.
    """
    clauses = _Clauses(claim, classes)
    whole, offered = False, set[str]()
    for speaker in () if attribution.pronoun else attribution.speakers:
        for headline in _shorten(clauses, partial(_fits_with, fits, speaker), longest - len(speaker) - 2):
            whole = whole or not headline.traits["torn"]
            if headline.text in offered:  # with a longer form of the speaker
                continue
            offered.add(headline.text)
            yield headline._replace(text=f"{headline.text}, {speaker}", traits={**headline.traits, "speaker": 1.0})
    if not whole and attribution.official and is_plain(claim, Spans(claim), claim.root, classes):
        yield from _shorten(clauses, fits, longest)


class _Clauses:
    """The main clauses of a sentence, each taken apart once for all speakers, with and without the officials who speak."""

    def __init__(self, tree: Tree, classes: WordClasses) -> None:
        self._tree, self._classes = tree, classes
        self.styles = [style for style in range(STYLES) if style != 1 or classes.articles]
        self._found: dict[bool, list[tuple[Clause, frozenset[int]]]] = {}

    def of(self, *, speaker: bool) -> list[tuple[Clause, frozenset[int]]]:
        if speaker not in self._found:
            self._found[speaker] = list(main_clauses(self._tree, self._classes, speaker=speaker))
        return self._found[speaker]


def _shorten(clauses: _Clauses, fits: Fits, longest: int) -> Iterator[Shortened]:
    for speaker in (True, False):
        found = False
        for number, (clause, shared) in enumerate(clauses.of(speaker=speaker)):
            offered: set[tuple[int, ...]] = set()
            for style in clauses.styles:
                for headline in _in_style(clause, shared, fits, longest, style, offered):
                    found = True
                    yield headline._replace(traits={**headline.traits, "second clause": float(number > 0)})
        if found:
            return


def _fits_with(fits: Fits, speaker: str, line: str) -> bool:
    return fits(f"{line}, {speaker}")


def _in_style(
    clause: Clause, shared: frozenset[int], fits: Fits, longest: int, style: int, offered: set[tuple[int, ...]]
) -> Iterator[Shortened]:
    """Headlines in one style, those that are worth most first, and without the choices that are `offered` in another."""
    spans, parts = clause.spans, clause.parts
    titles = offices(clause) if style == 2 else frozenset()
    if style == 2 and not titles:
        return

    def words_of(chosen: Collection[int]) -> set[int]:
        kept = {word for index in chosen for word in parts[index].words} | shared
        return without_articles(spans, kept - titles, clause.verb, clause.classes) if style else kept

    everything = words_of(range(len(parts)))
    sizes = [sum(spans.size(word) for word in part.words if word in everything) for part in parts]
    sizes[0] += sum(spans.size(word) for word in shared if word in everything) - 1
    worths = [0.0, *(part.worth for part in parts[1:])]
    available = [_bound(clause, part) for part in parts]
    count = 0
    found = choices([part.parent for part in parts], sizes, worths, [part.gap for part in parts], available, longest)
    for _, (value, chosen) in zip(range(MAX_TRIED), found, strict=False):
        # Nothing makes room for a day: neither other parts nor articles.
        with_day = any(parts[part].kind == "day" for part in chosen)
        if tuple(chosen) in offered or (with_day and (style or len(chosen) < len(parts))):
            continue
        kept = words_of(chosen)
        text = _without_lone_comma(clause, realize(spans, kept))
        if not fits(text) or not _all_sure(clause, chosen, kept):
            continue
        lost = _lost_complement(clause, kept)
        if lost < NEEDED and is_sound(spans, clause.verb, frozenset(kept), titles, clause.classes):
            found_traits = traits(clause, chosen, kept, len(text) / longest) | {
                "value": value,
                "lost complement": float(lost),
                "style": float(style),
            }
            yield Shortened(text, frozenset(kept), clause.verb, found_traits, titles)
            offered.add(tuple(chosen))
            count += 1
            if count == MAX_OFFERED:
                return


def _lost_complement(clause: Clause, kept: Collection[int]) -> int:
    """How much a kept word asks for what it has lost right after it, whatever the parser attaches that to; 0 if none has."""
    tree, words = clause.tree, clause.words
    table = complements(clause.classes.code)
    most = 0
    for word in sorted({*clause.parts[0].words, max(kept)} & set(kept)):
        after = word + 1
        if tree.tags[word] not in ("NOUN", "VERB", "ADJ", "PROPN", "NUM", "SYM"):
            continue
        # "agreed on Friday to …": a day in between does not count.
        if after + 2 < len(tree) and tree.tags[after] == "ADP" and words[after + 1] in clause.classes.days:
            after += 2
        elif after + 1 < len(tree) and words[after] in clause.classes.days:
            after += 1
        if after >= len(tree) or after in kept or tree.tags[after] not in ("ADP", "PART", "SCONJ"):
            continue
        if words[after] == "than" or (words[after] == "as" and word and words[word - 1] in ("as", "so", "such", "same")):
            return NEEDED
        most = max(most, table.demand_for_word(clause.spans, word, words[after]))
    return most


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


def _all_sure(clause: Clause, chosen: Collection[int], kept: Collection[int]) -> bool:
    """Whether each part stands right after what precedes it in the sentence, or belongs there by a sure attachment.

    Without that, "with one goal in mind" may leave "in mind" behind.
    """
    tree, spans = clause.tree, clause.spans
    for index in chosen:
        words = set(clause.parts[index].words)
        if index == 0:
            continue
        before = min(words) - 1
        while before >= 0 and (spans.is_mark(before) or (tree.tags[before] == "DET" and before not in kept)):
            before -= 1
        if before < 0 or before in kept:
            continue
        if any(tree.margins[word] < SURE_MARGIN for word in words if tree.heads[word] not in words):
            return False
    return True


def _bound(clause: Clause, part: Part) -> bool:
    """Whether the pronouns in a part have their nouns in the headline: only possessives after the subject do."""
    for word in part.words:
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
