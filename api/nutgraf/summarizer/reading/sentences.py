"""Body blocks -> sentences, verbatim and in order.

Punkt (Kiss and Strunk 2006, "Unsupervised multilingual sentence boundary detection") finds the boundaries; what it
tears is mended: a quotation stays whole, with the words that say who spoke.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from nltk.tokenize import PunktTokenizer
from sumy.nlp.tokenizers import Tokenizer

from nutgraf.summarizer.errors import MissingDataError
from nutgraf.summarizer.languages.language import Language, language
from nutgraf.summarizer.models import CleanArticle, Sentence, Span
from nutgraf.summarizer.reading.nltk_data import INSTALL_COMMAND

# Marks that end a sentence in scripts whose text the generic path serves; those without a following space end one anyhow.
_GENERIC_END = re.compile(r"(?:(?<![.!?…؟۔।॥։།။។])[.!?…؟۔।॥։།။។]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[」』”’）]*)")
# Greek asks with a semicolon, which Punkt does not know (sumy's GreekSentencesTokenizer).
_GREEK_QUESTION = re.compile(r"[;;](?=\s)")
_HAS_WORD = re.compile(r"[^\W_]")
# Punkt's models were trained on a few million words each and miss these abbreviations: some that a figure or a name
# follows, and forms of address, after which no sentence ends whatever follows.
ABBREVIATIONS = {
    "english": "asst atty dept fig figs mt", "german": "ca evtl str", "french": "art av bd env vol",
    "spanish": "art av núm pág", "portuguese": "art av nº pág séc", "italian": "art pag", "norwegian": "jf kap kr",
    "dutch": "bijv blz ca enz mld mln vgl", "swedish": "ca dvs jfr kl kr milj nr st", "danish": "kap",
}  # fmt: skip
_ADDRESSES = {
    "english": "Adm Capt Cmdr Col Det Dr Gen Gens Gov Hon Insp Lt Maj Messrs Mr Mrs Ms Prof Rep Reps Rev Sen Sens Sgt Supt",
    "german": "Dr Prof", "french": "Dr M Me Mgr Mlle MM Mme Mmes", "spanish": "Dr Dra Gral Prof Sr Sra Sres Srta",
    "portuguese": "Dr Dra Prof Profa Sr Sra Srs", "italian": "Avv Dott Ing Prof Sig", "norwegian": "Dr Prof",
    "dutch": "Dhr Dr Drs Mevr Mr Prof", "swedish": "Dr Prof", "danish": "Dr Prof",
}  # fmt: skip
_ENDS_IN_ADDRESS = {
    model: re.compile(rf"(?<!\w)(?:{'|'.join(addresses.split())})\.$") for model, addresses in _ADDRESSES.items()
}
# Boundaries remembered by a process, each some two hundred bytes.
REMEMBERED_CONTEXTS = 50_000
# A quotation of more than so many characters is an argument of its own: its sentences stand alone.
LONGEST_QUOTATION = 700
_OPENING = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}
_SINGLE = "'‘’"
_ENDS = ".,!?…"
_QUOTE_ENDS = "\"'”’»"
# Any mark that may quote; what stands around a single one is looked at afterwards, which scans four times as fast.
_QUOTE_MARK = re.compile(r"[\"“”«»„「」『』'‘’]")


def split(articles: Sequence[CleanArticle]) -> list[Sentence]:
    """The sentences of all articles; one without a letter or digit is none.

    Raises MissingDataError where the data of a Punkt model is not installed.
    """
    sentences = []
    for position, article in enumerate(articles):
        text = article.article.text
        of_language = language(article.language)
        index = 0
        for number, block in enumerate(article.blocks):
            for start, end in _spans(text[block.start : block.end], of_language):
                sentence = text[block.start + start : block.start + end]
                if _HAS_WORD.search(sentence):
                    sentences.append(Sentence(sentence, position, index, block.start + start, block.start + end, number))
                    index += 1
    return sentences


@cache
def punkt(model: str, *, abbreviations: bool = True) -> PunktTokenizer:
    """NLTK's Punkt, with sumy's abbreviations and ours unless told otherwise; one for each model and process.

    Raises MissingDataError where the model's data is not installed.
    """
    try:
        tokenizer = PunktTokenizer(model)
    except LookupError as error:
        raise MissingDataError(f"Punkt's data for {model} is missing. Set it up with `{INSTALL_COMMAND}`.") from error
    if abbreviations:
        tokenizer._params.abbrev_types.update(Tokenizer.LANGUAGE_EXTRA_ABREVS.get(model, ()))
        tokenizer._params.abbrev_types.update(ABBREVIATIONS.get(model, "").split())
    # NLTK gives its own pattern five seconds of wall time, the caller's work included: a long text on a busy machine
    # would fail. The pattern is linear, and `re` knows no clock.
    period_context = tokenizer._lang_vars.period_context_re()
    tokenizer._lang_vars._re_period_context = re.compile(period_context.pattern, re.UNICODE | re.VERBOSE)
    # Whether a sentence ends in "said. The" depends on these two words alone, and takes Punkt 20 microseconds.
    tokenizer.text_contains_sentbreak = lru_cache(REMEMBERED_CONTEXTS)(tokenizer.text_contains_sentbreak)
    return tokenizer


def _spans(block: str, of_language: Language) -> Iterator[Span]:
    if of_language.model:
        boundaries: Iterable[tuple[int, int]] = punkt(of_language.model).span_tokenize(block)
        if of_language.code == "el":
            boundaries = _split_further(block, boundaries, _GREEK_QUESTION)
    else:
        boundaries = _split_further(block, [(0, len(block))], _GENERIC_END)
    address = _ENDS_IN_ADDRESS.get(of_language.model or "")
    return _mend(block, [Span(start, end).strip(block) for start, end in boundaries], address)


def _split_further(block: str, spans: Iterable[tuple[int, int]], end_mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        for match in end_mark.finditer(block, start, end):
            yield start, match.end()
            start = match.end()
        if block[start:end].strip():
            yield start, end


def _mend(block: str, spans: Sequence[Span], address: re.Pattern[str] | None) -> Iterator[Span]:
    """Joins spans that a quotation, the words after it, or a form of address hold together."""
    if len(spans) < 2:
        yield from spans
        return
    quotations = _quotations(block)
    quotation = 0
    start = spans[0].start
    for span, following in zip(spans, [*spans[1:], None], strict=True):
        if following is None:
            yield Span(start, span.end)
            return
        while quotation < len(quotations) and quotations[quotation].end <= span.end:
            quotation += 1
        torn = quotation < len(quotations) and quotations[quotation].start < span.end
        attributed = block[following.start].islower() and block[span.end - 1] in _QUOTE_ENDS
        addressed = address is not None and address.search(block, max(start, span.end - 9), span.end) is not None
        if not (torn or attributed or addressed):
            yield Span(start, span.end)
            start = following.start


def _quotations(block: str) -> list[Span]:
    """Outermost quotations that open and close in the block, none longer than LONGEST_QUOTATION."""
    found: list[Span] = []
    opened, closing = 0, ""
    for match in _QUOTE_MARK.finditer(block):
        mark = match.group()
        if mark in _SINGLE and not (opens := _opens_single(match)) and not _closes_single(match):
            continue
        if closing and match.start() - opened > LONGEST_QUOTATION:
            closing = ""
        if not closing:
            if mark in "'‘" and opens:
                opened, closing = match.start(), "’" if mark == "‘" else "'"
            elif mark == '"' or mark in _OPENING:
                opened, closing = match.start(), _OPENING.get(mark, '"')
        elif mark == closing and not (mark in _SINGLE and opens):
            found.append(Span(opened, match.end()))
            closing = ""
    return found


def _opens_single(match: re.Match[str]) -> bool:
    """Whether a single quotation mark stands before a word and after none."""
    text, at = match.string, match.start()
    before = text[at - 1] if at else " "
    return text[at] != "’" and text[at + 1 : at + 2].isalnum() and not (before.isalnum() or before in _ENDS)


def _closes_single(match: re.Match[str]) -> bool:
    """Whether it stands after a word or its stop, and before none."""
    text, at = match.string, match.start()
    before = text[at - 1] if at else " "
    return text[at] != "‘" and (before.isalnum() or before in _ENDS) and not text[at + 1 : at + 2].isalnum()
