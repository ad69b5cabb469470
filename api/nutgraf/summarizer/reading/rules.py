"""A language's file -> the compiled rules that tell boilerplate by.

A rule matches a whole line. Strong rules also hold for a line that ends as a sentence does; weak ones only for others, so
that "Pictures by Turner sold for 5 million pounds." stays; a bracketed line may say more. English rules hold everywhere,
for its words stand on pages in every language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nutgraf.summarizer.languages.language import DEFAULT, Language, common, language
from nutgraf.summarizer.reading.stop_words import stop_words

SECTION = "boilerplate"
# Tried in this order: "(Eds: Corrects …)" is a correction.
KINDS = ("correction", "notice", "embargo", "about", "contact", "byline", "credit", "caption", "link", "slug")
# No line of boilerplate is longer; patterns shall not walk a long paragraph.
LONGEST_LINE = 700
# A word with the ending of a verb makes a clause of so many words.
CLAUSE_WORDS = 4

# Names and the words between them, in capitals or not: atomic, so that "McDonald" is taken in one way only.
_NAMES = (
    r"(?-i:(?>(?:the|our|and|in|for|of|from|at|with|by|de|du|des|di|da|van|von|der|y|e|et|und|og|och|a|dpa|afp)\b|"
    r"[^\W\d_a-zß-öø-ÿа-я][\w.'’&-]*|[;,/&|])\s?){1,24}"
)
# What stands around a line without saying anything.
_AROUND = ' \t\r\n\u00a0()[]{}（）【】<>*_#=~|•·–—-"“”«»…'
# A bare "Ltd." ends no sentence.
_COMPANY = re.compile(r"\b(?:Ltd|Inc|Corp|Co|plc|Bros|Jr|Min|e\.V)\.$")
_QUOTED = re.compile(r"[“„«»][^“”„«»]{0,200} [^“”„«»]{0,200}[”“«»]")
_NAME = r"[^\W\d_a-zß-öø-ÿа-я][\w.’-]{0,30}"
_ENDS = re.compile(r"[!?。।؟۔][\s)\]\"'”’»]*$|\.[\"'”’»]*$")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one language, and the words of its dates; a pattern's group that matches names the kind."""

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    bracketed: re.Pattern[str]
    inside: re.Pattern[str]
    picture: re.Pattern[str]
    picture_text: re.Pattern[str]
    kill: re.Pattern[str]
    sign_off: re.Pattern[str]
    outlook: re.Pattern[str]
    tails: re.Pattern[str]
    residue: re.Pattern[str]
    marks: Sequence[str]
    months: frozenset[str]
    date_words: frozenset[str]
    stamps: frozenset[str]
    function_words: frozenset[str]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    questions: frozenset[str]
    days: frozenset[str]
    speech_verbs: frozenset[str]
    company_words: frozenset[str]
    byline_with_place: re.Pattern[str]

    def kind(self, line: str, *, whole: bool = True, marked: bool = True) -> str | None:
        """The kind of boilerplate that a line is, None where it may be news.

        Of the rest of a line, not a `whole` one, less is sure. Rules for what stands inside lines are left out where the
        line is not `marked`: has none of the marks that they need.
        """
        if len(line) > LONGEST_LINE:
            return None
        core, closed = line.strip(_AROUND), line.rstrip(" .。")
        if not core or not closed:
            return None
        bracketed = line[0] in "([{（【" and closed[-1] in ")]}）】"
        found = (
            (bracketed and self.bracketed.match(core))
            or self.strong.match(core)
            or ((bracketed or (whole and (not _ENDS.search(line) or _COMPANY.search(core)))) and self.weak.match(core))
            or (marked and self.inside.match(core))
        )
        if found:
            return found.lastgroup
        begin = max(line.rfind("("), line.rfind("[")) + 1
        if whole and closed[-1] in ")]}" and self.picture.fullmatch(line, begin, len(closed) - 1):
            return "caption"
        return None

    def tail_kind(self, rest: str) -> str | None:
        """The kind of what follows the last sentence of a paragraph, where it credits a picture."""
        return "credit" if self.tails.fullmatch(rest) else None

    def describes_company(self, line: str) -> bool:
        """Whether a paragraph has a word that companies describe themselves with: "employs", "provider"."""
        return not self.company_words.isdisjoint(re.findall(r"\w+", line.lower()))

    def reports_news(self, line: str) -> bool:
        """Whether a paragraph has a day of the week, a verb of speech or a quotation, as news has."""
        words = set(re.findall(r"\w+", line.lower()))
        return not words.isdisjoint(self.days | self.speech_verbs) or _QUOTED.search(line) is not None

    def is_clause(self, words: Sequence[str]) -> bool:
        """Whether a line without a full stop has a verb that shows."""
        return any(word.lower() in self.verbs for word in words) or (
            len(words) >= CLAUSE_WORDS and any(word.islower() and word.endswith(self.verb_endings) for word in words[1:])
        )


@cache
def rules(code: str) -> Rules:
    """The rules for a language, compiled once in each process."""
    sources = list({each.code: each for each in (language(code), language(DEFAULT), common())}.values())
    months = frozenset().union(*(each.words("calendar", "months") for each in sources))
    days = frozenset().union(*(each.words("calendar", "days") for each in sources))
    short_days = frozenset().union(*(each.words("calendar", "short_days") for each in sources))
    before_place = "|".join(sorted({word for each in sources for word in each.text(SECTION, "before_place").split()}))

    def listed(name: str) -> list[str]:
        return [pattern for each in sources for pattern in each.patterns(SECTION, name)]

    return Rules(
        strong=_compiled(sources, "", "labels", any_end=True),
        weak=_compiled(sources, "weak", "weak_labels", any_end=False),
        bracketed=_compiled(sources, "bracketed", "", any_end=True),
        inside=_compiled(sources, "", "", any_end=True, prefix="inside_"),
        picture=re.compile("|".join(listed("picture_brackets")), re.I | re.S),
        picture_text=re.compile("|".join(listed("picture_text"))),
        sign_off=re.compile("|".join(listed("sign_offs")).replace("{names}", _NAMES), re.S),
        outlook=re.compile("|".join(listed("outlooks")), re.I),
        tails=re.compile("|".join(listed("tails")).replace("{names}", _NAMES), re.I | re.S),
        kill=re.compile("|".join(listed("kill")), re.I),
        residue=re.compile("|".join(listed("residue"))),
        marks=(*listed("residue_marks"), *listed("inside_marks")),
        months=months,
        date_words=months | days | short_days,
        stamps=frozenset().union(*(each.words(SECTION, "stamps") for each in sources)),
        function_words=stop_words(code),
        verbs=language(code).words("sentences", "verbs"),
        verb_endings=tuple(language(code).text("sentences", "verb_endings").split()) or ("\0",),
        questions=language(code).words("sentences", "questions"),
        days=days,
        speech_verbs=frozenset().union(*(each.words("sentences", "speech_verbs") for each in sources)),
        company_words=frozenset().union(*(each.words(SECTION, "company_words") for each in sources)),
        byline_with_place=re.compile(
            rf"(?P<names>{_NAME}(?: {_NAME}){{1,2}}) (?:{before_place}) {_NAME}(?: {_NAME}){{0,2}}"
        ),
    )


def _compiled(sources: Sequence[Language], table: str, labels: str, *, any_end: bool, prefix: str = "") -> re.Pattern[str]:
    """One pattern with a group for each kind that has rules; `any_end` allows any marks behind a line."""
    marks = r"[\s.!…:»>)*_–—-]*" if any_end else r"[\s.…:»>)*_–—-]*"
    found = []
    for kind in KINDS:
        patterns: list[str] = []
        for each in sources:
            section: Mapping[str, object] = each.tables.get(SECTION, {})
            patterns += _listed(section.get(table) if table else section, prefix + kind)
            phrases = [re.escape(label) for label in _listed(section.get(labels), kind)]
            if phrases:
                patterns.append(rf"(?:{'|'.join(phrases)})\s*(?:[:|>»–—]|-\s).{{0,400}}")
            if kind == "byline" and table == "weak" and (by := each.text(SECTION, "by")):
                patterns.append(rf"(?-i:{by.capitalize()}|{by.upper()})\s+{_NAMES}")
                patterns.append(rf"(?-i:{by}(?: [^\W\d_a-zß-öø-ÿ][\w.’-]{{1,20}}){{2,4}})")
        if patterns:
            joined = "|".join(patterns).replace("{names}", _NAMES)
            found.append(rf"(?P<{kind}>(?:{joined}){marks}\Z)")
    return re.compile("|".join(found), re.I | re.S)


def _listed(section: object, kind: str) -> list[str]:
    return list(section.get(kind, ())) if isinstance(section, Mapping) else []
