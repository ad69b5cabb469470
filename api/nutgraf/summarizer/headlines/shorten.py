"""Main clauses of a sentence -> headlines that fit a slot.

The core of the clause is always kept. A search finds the other parts that are worth most together (part_search.py). Each
headline must pass checks, so that it is grammatical and says no more than its sentence. Articles, auxiliaries and the
offices of persons can be left out to make room.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.complements import NEEDED
from nutgraf.summarizer.headlines.constituents import FORBIDDEN_COST, Clause, Part
from nutgraf.summarizer.headlines.grammar_checks import is_grammatical
from nutgraf.summarizer.headlines.headline_features import HeadlineFeatures, headline_features
from nutgraf.summarizer.headlines.lost_complements import lost_complement
from nutgraf.summarizer.headlines.main_claim import needs_no_speaker
from nutgraf.summarizer.headlines.main_clauses import main_clauses, repaired_spans, reported_clause
from nutgraf.summarizer.headlines.part_search import choices
from nutgraf.summarizer.headlines.person_names import given_names
from nutgraf.summarizer.headlines.source_attribution import Attribution
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.speaker_wordings import shorter_wordings
from nutgraf.summarizer.headlines.surface import idle_possessives, offices, realize, without_articles
from nutgraf.summarizer.headlines.word_classes import WordClasses


class Style(NamedTuple):
    """What a headline leaves out to make room, beside parts of the sentence: small words, offices and given names.

    Small words are articles, auxiliaries and possessives that say nothing. `names_after_offices`: the given names of persons
    whose office is before them: "Mayor Marsh". `names`: all given names.
    """

    small_words: bool = False
    names_after_offices: bool = False
    offices: bool = False
    names: bool = False


# The first that says enough in the slot is the best.
STYLES = (
    Style(),
    Style(small_words=True),
    Style(small_words=True, names_after_offices=True),
    Style(small_words=True, offices=True),
    Style(small_words=True, offices=True, names=True),
)
# Choices of parts that are tried in a style, and those that are offered.
MAX_TRIED = 24
MAX_OFFERED = 3
# The parser's margins, in logits. Of the attachments below 1 about half are right, below 2 two thirds, from 3 on 92%
# (English test part of the treebank, noun phrases and clauses).
SURE_MARGIN = 2.0
# For phrases that belong to the noun right before them as often as to a verb: "a book on theft by officers".
VERY_SURE_MARGIN = 3.5
_OF_NOUNS = frozenset("by par por durch von à au aux ao aos".split())

# A headline whose gaps cost more has lost something that a wording with the speaker at its end may have.
GAPS = 2.0

Fits = Callable[[str], bool]


class Shortened(NamedTuple):
    """A headline with the positions of its words in the tree, and its features.

    `omitted` has the offices before full names ("Mayor"), the given names and the possessives that the headline leaves
    out; the checks of its grammar count them as kept.
    """

    text: str
    kept: frozenset[int]
    verb: int
    features: HeadlineFeatures
    omitted: frozenset[int] = frozenset()


def shorten(tree: Tree, classes: WordClasses, fits: Fits, longest: int, story: str = "") -> Iterator[Shortened]:
    """Yields headlines of one sentence with at most `longest` characters, several of each main clause.

    A plain fact loses the officials who state it only if it does not fit with them. If what "Marsh said" does not fit with
    her full name and office in front, the speaker is also put behind it. `story` is the text of the article: headlines name
    persons as it does.
    """
    clauses = _Clauses(tree, classes, story)
    whole = False
    for headline in _shorten(clauses, fits, longest):
        whole = whole or headline.features["gaps"] < GAPS
        yield headline
    found = None if whole or clauses.spans is None else reported_clause(clauses.spans, classes, clauses.given_names)
    if found:
        clause, attribution = found
        reported = [(clause, frozenset[int]())]
        speakers = shorter_wordings(attribution.speakers, story, classes)
        for headline in _with_speaker(clauses, reported, speakers, fits, longest):
            if not any(clause.words[word] in classes.possessives | classes.pronouns for word in headline.kept):
                yield headline


def shorten_attributed(
    claim: Tree, attribution: Attribution, classes: WordClasses, fits: Fits, longest: int, story: str = ""
) -> Iterator[Shortened]:
    """Yields headlines of a claim without its attribution, each with the speaker at its end.

    If no complete one fits, a plain fact that officials state or somebody announced is also offered without the speaker.
    """
    clauses = _Clauses(claim, classes, story)
    complete = False
    speakers = () if attribution.pronoun else shorter_wordings(attribution.speakers, story, classes)
    for headline in _with_speaker(clauses, None, speakers, fits, longest):
        complete = complete or bool(headline.features["complete"])
        yield headline
    if complete or not (attribution.official or attribution.announced):
        return
    spans, speaker = Spans(claim), [word for phrase in attribution.speakers for word in phrase.split(" ")]
    for headline in _shorten(clauses, fits, longest):
        # Only of the main verb is it known that a disputed word was in what is left out.
        kept = headline.kept if headline.verb == claim.root else None
        if needs_no_speaker(claim, spans, claim.root, speaker, classes, kept, announced=attribution.announced):
            yield headline


class _Clauses:
    """The main clauses of a sentence, each divided into parts once, with and without the officials who speak.

    `spans` is the repaired tree, None if it has too many words. `given_names` has the positions of those that headlines
    may leave out.
    """

    def __init__(self, tree: Tree, classes: WordClasses, story: str) -> None:
        self.spans, self._classes = repaired_spans(tree, classes), classes
        self.given_names = given_names(Spans(tree), story, classes)
        keeps_small_words = not (classes.articles or classes.argument_articles)
        self.styles = [
            style
            for style in STYLES
            if not (keeps_small_words and style == Style(small_words=True))
            and (self.given_names or not (style.names or style.names_after_offices))
        ]
        self._found: dict[bool, list[tuple[Clause, frozenset[int]]]] = {}

    def of(self, *, speaker: bool) -> list[tuple[Clause, frozenset[int]]]:
        if self.spans is None:
            return []
        if speaker not in self._found:
            self._found[speaker] = list(main_clauses(self.spans, self._classes, speaker=speaker))
        return self._found[speaker]


def _with_speaker(
    clauses: _Clauses,
    found: list[tuple[Clause, frozenset[int]]] | None,
    speakers: Iterable[str],
    fits: Fits,
    longest: int,
) -> Iterator[Shortened]:
    """Headlines of the clauses that are `found`, by default the main ones, with each wording of the speaker at the end."""
    offered = set[str]()
    for speaker in speakers:
        left = longest - len(speaker) - 2
        fits_with = partial(_fits_with, fits, speaker)
        for headline in (
            _shorten(clauses, fits_with, left) if found is None else _of_clauses(found, clauses, fits_with, left)
        ):
            if headline.text in offered:  # with a longer form of the speaker
                continue
            offered.add(headline.text)
            yield headline._replace(text=f"{headline.text}, {speaker}", features={**headline.features, "speaker": 1.0})


def _shorten(clauses: _Clauses, fits: Fits, longest: int) -> Iterator[Shortened]:
    for speaker in (True, False):
        found = False
        for headline in _of_clauses(clauses.of(speaker=speaker), clauses, fits, longest):
            found = True
            yield headline
        if found:
            return


def _of_clauses(
    found: Iterable[tuple[Clause, frozenset[int]]], clauses: _Clauses, fits: Fits, longest: int
) -> Iterator[Shortened]:
    for number, (clause, shared) in enumerate(found):
        offered: set[tuple[int, ...]] = set()
        for style in clauses.styles:
            for headline in _in_style(clause, shared, fits, longest, style, offered, clauses.given_names):
                yield headline._replace(features={**headline.features, "second clause": float(number > 0)})


def _fits_with(fits: Fits, speaker: str, line: str) -> bool:
    return fits(f"{line}, {speaker}")


def _in_style(
    clause: Clause,
    shared: frozenset[int],
    fits: Fits,
    longest: int,
    style: Style,
    offered: set[tuple[int, ...]],
    omissible_names: frozenset[int],
) -> Iterator[Shortened]:
    """Headlines in one style, those that are worth most first, and without the choices that are `offered` in another."""
    spans, parts = clause.spans, clause.parts
    omitted = _omitted_names(clause, style, omissible_names)
    if (style.offices or style.names_after_offices) and not omitted:
        return
    if style.small_words:
        omitted |= idle_possessives(clause)

    def words_of(chosen: Collection[int]) -> set[int]:
        kept = {word for index in chosen for word in parts[index].words} | shared
        return without_articles(spans, kept - omitted, clause.verb, clause.classes) if style.small_words else kept

    everything = words_of(range(len(parts)))
    sizes = [sum(spans.size(word) for word in part.words if word in everything) for part in parts]
    sizes[0] += sum(spans.size(word) for word in shared if word in everything) - 1
    weights = [0.0, *(part.worth for part in parts[1:])]
    available = [_bound(clause, part) for part in parts]
    count = 0
    found = choices(
        [part.parent for part in parts], sizes, weights, [part.omission_cost for part in parts], available, longest
    )
    for _, (value, chosen) in zip(range(MAX_TRIED), found, strict=False):
        # Neither other parts nor articles are left out to make room for a day.
        with_day = any(parts[part].kind == "day" for part in chosen)
        if tuple(chosen) in offered or (with_day and (style.small_words or len(chosen) < len(parts))):
            continue
        kept = words_of(chosen)
        if _lacks(clause, chosen, parts) or not _all_sure(clause, chosen, kept):
            continue
        text = _without_lone_comma(clause, realize(spans, kept))
        if not fits(text) or _opens_an_aside(clause, kept, text):
            continue
        lost = lost_complement(clause, kept, omitted)
        if lost < NEEDED and is_grammatical(spans, clause.verb, frozenset(kept), omitted, clause.classes):
            features = headline_features(clause, chosen, kept, len(text) / longest) | {
                "value": value,
                "lost complement": float(lost),
                "style": float(style.small_words + style.offices),
                "surname alone": float(style.names and bool(omitted & omissible_names)),
            }
            yield Shortened(text, frozenset(kept), clause.verb, features, omitted)
            offered.add(tuple(chosen))
            count += 1
            if count == MAX_OFFERED:
                return


def _omitted_names(clause: Clause, style: Style, given: frozenset[int]) -> frozenset[int]:
    """The positions of the offices and given names that a style leaves out."""
    found = offices(clause) if style.offices or style.names_after_offices else frozenset[int]()
    if style.names_after_offices:
        known = frozenset(word for word in found if clause.words[word] in clause.classes.offices)
        return frozenset(word for word in given if _follows_any(word, known, given))
    return found | given if style.names else found


def _follows_any(word: int, found: frozenset[int], given: frozenset[int]) -> bool:
    """Whether a given name, or the given names before it, come right after one of the offices that are `found`."""
    while word - 1 in given:
        word -= 1
    return word - 1 in found


def _lacks(clause: Clause, chosen: Collection[int], parts: Sequence[Part]) -> bool:
    """Whether a part is missing that a kept word cannot do without: "banned masks" has lost where."""
    return any(
        part.omission_cost >= FORBIDDEN_COST and index not in chosen and part.parent in chosen
        for index, part in enumerate(parts)
        if index
    )


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


def _opens_an_aside(clause: Clause, kept: Collection[int], text: str) -> bool:
    """Whether a comma inside the subject opens an aside whose end is missing: "Ada Marsh, the mayor has died"."""
    if text.count(",") != 1:
        return False
    tree, spans = clause.tree, clause.spans
    before_verb = [child for child in spans.children[clause.verb] if child < clause.verb]
    subjects = [child for child in before_verb if tree.relations[child].startswith("nsubj")]
    words = [word for word in spans.below(subjects[0]) if word in kept and not spans.is_mark(word)] if subjects else []
    parted = [after for before, after in pairwise(words) if "," in spans.texts[before:after]]
    return bool(parted) and not any(tree.tags[word] == "CCONJ" for word in words)


def _all_sure(clause: Clause, chosen: Collection[int], kept: Collection[int]) -> bool:
    """Whether each part is right after what precedes it in the sentence, or belongs there by a sure attachment.

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
        first = min((word for word in words if not spans.is_mark(word)), default=before)  # it may have marks only
        sure = VERY_SURE_MARGIN if clause.words[first] in _OF_NOUNS else SURE_MARGIN
        if any(tree.margins[word] < sure for word in words if tree.heads[word] not in words):
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
            and not (clause.tree.relations[word] == "nmod:poss" and lower in clause.classes.possessives)
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
