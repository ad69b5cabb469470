"""Shortens the main clauses of a sentence to headlines that fit a slot, with and without the speaker of the claim."""

from collections.abc import Iterable, Iterator
from functools import partial

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.constituents import Clause
from nutgraf.summarizer.headlines.clauses.main_claim import needs_no_speaker
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.headlines.main_clauses import main_clauses, repaired_spans, reported_clause
from nutgraf.summarizer.headlines.speakers.person_names import given_names
from nutgraf.summarizer.headlines.speakers.source_attribution import Attribution
from nutgraf.summarizer.headlines.speakers.speaker_wordings import shorter_wordings
from nutgraf.summarizer.headlines.styled_clause import STYLES, Fits, Shortened, Style, StyledClause

# A headline whose gaps cost more has lost something that a wording with the speaker at its end may have.
GAPS = 2.0


def shorten(tree: Tree, classes: WordClasses, fits: Fits, longest: int, story: str = "") -> Iterator[Shortened]:
    """Yields headlines of one sentence with at most `longest` characters, several of each main clause.

    A plain fact loses the officials who state it only if it does not fit with them. If what "Marsh said" does not fit with
    her full name and office in front, the speaker is also put behind it. `story` is the text of the article: headlines name
    persons as it does.
    """
    clauses = _Clauses(tree, classes, story, longest)
    whole = False
    for headline in _shorten(clauses, fits, longest):
        whole = whole or headline.features["gaps"] < GAPS
        yield headline
    found = None if whole or clauses.spans is None else reported_clause(clauses.spans, classes, clauses.given_names)
    if found:
        clause, attribution = found
        reported = [clauses.styled(clause, frozenset())]
        speakers = shorter_wordings(attribution.speakers, story, classes)
        for headline in _with_speaker(clauses, speakers, fits, longest, reported):
            if not any(clause.words[word] in classes.possessives | classes.pronouns for word in headline.kept):
                yield headline


def shorten_attributed(
    claim: Tree, attribution: Attribution, classes: WordClasses, fits: Fits, longest: int, story: str = ""
) -> Iterator[Shortened]:
    """Yields headlines of a claim without its attribution, each with the speaker at its end.

    If no complete one fits, a plain fact that officials state or somebody announced is also offered without the speaker.
    """
    clauses = _Clauses(claim, classes, story, longest)
    complete = False
    speakers = () if attribution.pronoun else shorter_wordings(attribution.speakers, story, classes)
    for headline in _with_speaker(clauses, speakers, fits, longest):
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
    """The main clauses of a sentence, each in every style, with and without the officials who speak.

    `spans` is the repaired tree, None if it has too many words. `given_names` has the positions of those that headlines
    may leave out. No slot is longer than `longest` characters.
    """

    def __init__(self, tree: Tree, classes: WordClasses, story: str, longest: int) -> None:
        self.spans, self._classes, self._longest = repaired_spans(tree, classes), classes, longest
        self.given_names = given_names(Spans(tree), story, classes)
        keeps_small_words = not (classes.articles or classes.argument_articles)
        self._styles = [
            style
            for style in STYLES
            if not (keeps_small_words and style == Style(small_words=True))
            and (self.given_names or not (style.names or style.names_after_offices))
        ]
        self._found: dict[bool, list[list[StyledClause]]] = {}

    def of(self, *, keep_speaker: bool) -> list[list[StyledClause]]:
        """Returns each main clause in every style."""
        if self.spans is None:
            return []
        if keep_speaker not in self._found:
            found = main_clauses(self.spans, self._classes, keep_speaker=keep_speaker)
            self._found[keep_speaker] = [self.styled(clause, shared) for clause, shared in found]
        return self._found[keep_speaker]

    def styled(self, clause: Clause, shared: frozenset[int]) -> list[StyledClause]:
        """Returns a clause in every style; `shared` has the words of another clause that belong to it."""
        return [StyledClause(clause, shared, style, self.given_names, self._longest) for style in self._styles]


def _with_speaker(
    clauses: _Clauses, speakers: Iterable[str], fits: Fits, longest: int, found: list[list[StyledClause]] | None = None
) -> Iterator[Shortened]:
    """Headlines of the clauses that are `found`, by default the main ones, with each wording of the speaker at the end."""
    offered = set[str]()
    for speaker in speakers:
        left = longest - len(speaker) - 2
        fits_with = partial(_fits_with, fits, speaker)
        for headline in _shorten(clauses, fits_with, left) if found is None else _of_clauses(found, fits_with, left):
            if headline.text in offered:  # with a longer form of the speaker
                continue
            offered.add(headline.text)
            yield headline._replace(text=f"{headline.text}, {speaker}", features={**headline.features, "speaker": 1.0})


def _fits_with(fits: Fits, speaker: str, line: str) -> bool:
    return fits(f"{line}, {speaker}")


def _shorten(clauses: _Clauses, fits: Fits, longest: int) -> Iterator[Shortened]:
    for keep_speaker in (True, False):
        found = False
        for headline in _of_clauses(clauses.of(keep_speaker=keep_speaker), fits, longest):
            found = True
            yield headline
        if found:
            return


def _of_clauses(found: Iterable[list[StyledClause]], fits: Fits, longest: int) -> Iterator[Shortened]:
    for number, styles in enumerate(found):
        offered: set[tuple[int, ...]] = set()
        for clause in styles:
            for headline in clause.headlines(fits, longest, offered):
                yield headline._replace(features={**headline.features, "second clause": float(number > 0)})
