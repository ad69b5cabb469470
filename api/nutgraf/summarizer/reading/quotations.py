"""Which words are somebody else's: quotations within a paragraph, over several, in transcripts and block quotations."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.summarizer.models import Span

# Fewer words in quotation marks are a name or an irony, unless they close as speech does.
LEAST_WORDS = 3
# So many turns of speakers make a transcript.
LEAST_TURNS = 2
LONGEST_LABEL = 90

_OPENING = {"“": "”", "«": "»", "»": "«", "„": "“”", "「": "」", "『": "』", '"': '"', "”": "”", "‘": "’", "'": "'"}
_SINGLE = "'‘’"
# Any mark that may quote; what stands around a single one is looked at afterwards, which scans four times as fast.
_QUOTE_MARK = re.compile(r"[\"“”«»„「」『』'‘’]")
_DOUBLE_MARK = re.compile(r"[\"“”«»„「」『』]|(?<!\w)['‘](?=\w)")
_ALWAYS_OPENS = "“„「『"
_BEFORE_OPENING = " \t\r\n\u00a0\u202f([{—–-/:>*_"
_ENDS = ".,!?…"
_SPEECH_ENDS = re.compile(r"[.,!?…][\"'”’»“」』\s]*$")
_LETTER = re.compile(r"[^\W_]")
_LABEL = re.compile(r"(?:[QA]\s?[.:]|(?!\d)[\w.'’-]{1,20}(?: [\w.'’()-]{1,20}){0,3}:)(?=\s+\S)")

# "Frage: … Antwort: …"
_TURNS = frozenset(
    "question answer frage antwort réponse pregunta respuesta pergunta resposta domanda risposta vraag antwoord fråga svar "
    "spørgsmål spørsmål pytanie odpowiedź вопрос ответ".split()
)


class Quotations(NamedTuple):
    """The outermost quotations of a paragraph, in order; the last one may be left `open` for the next paragraph."""

    spans: Sequence[Span]
    open: bool


NONE = Quotations((), False)


def quotations(block: str) -> Quotations:
    """The quotations of a paragraph, the marks included; one that nothing closes reaches to the end."""
    if _DOUBLE_MARK.search(block) is None:
        return NONE
    found: list[Span] = []
    opened, closing = 0, ""
    for match in _QUOTE_MARK.finditer(block):
        mark, at = match.group(), match.start()
        if not closing:
            if _opens(block, at, mark):
                opened, closing = at, _OPENING[mark]
        elif mark in closing and not (mark in _SINGLE and not _closes_single(block, at)):
            found.append(Span(opened, at + 1))
            closing = ""
    if closing and closing not in "’'":
        found.append(Span(opened, len(block)))
        return Quotations(found, True)
    return Quotations(found, False)


def attribution(block: str, sentence: Span, quoted: Quotations) -> tuple[bool, bool]:
    """Whether a sentence of the paragraph has a quotation or a part of one, and whether its speaker may be missing.

    He is, where the sentence begins inside a quotation or is nothing but one.
    """
    inside = [
        Span(max(each.start, sentence.start), min(each.end, sentence.end))
        for each in quoted.spans
        if each.start < sentence.end and each.end > sentence.start
    ]
    if not any(_is_speech(block, piece) for piece in inside):
        return False, False
    if any(each.start < sentence.start < each.end for each in quoted.spans):
        return True, True
    at = sentence.start
    for piece in inside:
        if _LETTER.search(block, at, piece.start):
            return True, False
        at = piece.end
    return True, _LETTER.search(block, at, sentence.end) is None


def speaker_labels(text: str, paragraphs: Sequence[Span]) -> frozenset[int]:
    """The positions of paragraphs that are turns of a transcript: "MARSH: We could not wait.", "Q. Why now?"."""
    labels = {
        at: match[0]
        for at, (start, end) in enumerate(paragraphs)
        if (match := _LABEL.match(text, start, min(end, start + LONGEST_LABEL)))
    }
    if len(labels) < LEAST_TURNS:
        return frozenset()
    times = Counter(labels.values())
    shouted = {at for at, label in labels.items() if label.isupper()}
    repeated = {at for at, label in labels.items() if times[label] >= LEAST_TURNS and label[0].isupper()}
    asked = {at for at, label in labels.items() if label.rstrip(" :.").casefold() in _TURNS}
    turns = (shouted if len(shouted) >= LEAST_TURNS else set()) | (repeated if len(repeated) > LEAST_TURNS else set())
    if len({labels[at] for at in asked}) >= LEAST_TURNS:
        turns |= asked
    return frozenset(turns)


def _is_speech(block: str, piece: Span) -> bool:
    said = block[piece.start : piece.end]
    return len(said.split()) >= LEAST_WORDS or _SPEECH_ENDS.search(said) is not None


def _opens(block: str, at: int, mark: str) -> bool:
    if mark not in _OPENING:
        return False
    before, after = block[at - 1] if at else " ", block[at + 1 : at + 2]
    if mark in "'‘":
        return after.isalnum() and not (before.isalnum() or before in _ENDS)
    if mark in _ALWAYS_OPENS or mark == "«":
        return True
    return before in _BEFORE_OPENING and not after.isspace() and after != ""


def _closes_single(block: str, at: int) -> bool:
    """Whether a single mark stands after a word or its stop, and before none."""
    before = block[at - 1] if at else " "
    return (before.isalnum() or before in _ENDS) and not block[at + 1 : at + 2].isalnum()
