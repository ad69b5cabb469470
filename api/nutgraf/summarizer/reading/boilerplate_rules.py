"""Compiles the rules of language files that classify boilerplate.

A rule matches a whole line. Strong rules also hold for lines that end like sentences. Weak rules hold only for other
lines, so that "Pictures by Turner sold for 5 million pounds." stays. More rules hold for lines in brackets. English rules
hold in every language, because pages in every language contain English words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nutgraf.summarizer.languages.language import DEFAULT, Language, common, language, per_language
from nutgraf.summarizer.reading.stop_words import stop_words

SECTION = "boilerplate"
DATELINES = "datelines"
# Tried in this order: "(Eds: Corrects …)" is a correction.
KINDS = ("correction", "notice", "embargo", "about", "contact", "byline", "credit", "caption", "link", "slug")
# Boilerplate is never longer. Longer lines are not matched, to save time.
LONGEST_LINE = 700
# A line of at least this many words with a verb ending is a clause.
CLAUSE_WORDS = 4

# Names and the words between them. No letter of a name is given back, so that "McDonald" matches in one way only.
_NAMES = (
    r"(?-i:(?:(?:the|our|and|in|for|of|from|at|with|by|de|du|des|di|da|van|von|der|y|e|et|und|og|och|a|dpa|afp)\b|"
    r"[^\W\d_a-zß-öø-ÿа-я][\w.'’&-]*+|[;,/&|])\s?){1,24}"
)
# Marks and brackets around a line that the rules ignore.
_IGNORED_AROUND = ' \t\r\n\u00a0()[]{}（）【】<>*+_#=~|•·–—-"“”«»…'
# A bare "Ltd." ends no sentence.
_COMPANY = re.compile(r"\b(?:Ltd|Inc|Corp|Co|plc|Bros|Jr|Min|e\.V)\.$")
_QUOTED = re.compile(r"[“„«»][^“”„«»]{0,200} [^“”„«»]{0,200}[”“«»]")
_NAME = r"[^\W\d_a-zß-öø-ÿа-я][\w.’-]{0,30}"
_ENDS_SENTENCE = re.compile(r"[!?。।؟۔][\s)\]\"'”’»]*$|\.[\"'”’»]*$")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one language.

    - `strong`, `weak`, `bracketed`, `inside`: the name of the group that matches is the kind of boilerplate.
    - `generic_about`: matches "About us" and other headings that name no company.
    - `marks`: substrings without which neither `inside` nor `residue` can match.
    - `time_stamp_words`: words of a line that says when the text was written: "updated", "pm".
    """

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    bracketed: re.Pattern[str]
    inside: re.Pattern[str]
    picture: re.Pattern[str]
    picture_text: re.Pattern[str]
    kill: re.Pattern[str]
    sign_off: re.Pattern[str]
    generic_about: re.Pattern[str]
    legal_heading: re.Pattern[str]
    tails: re.Pattern[str]
    residue: re.Pattern[str]
    marks: Sequence[str]
    months: frozenset[str]
    date_words: frozenset[str]
    time_stamp_words: frozenset[str]
    function_words: frozenset[str]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    questions: frozenset[str]
    days: frozenset[str]
    speech_verbs: frozenset[str]
    company_verbs: frozenset[str]
    company_nouns: frozenset[str]
    copulas: frozenset[str]
    byline_with_place: re.Pattern[str]
    after_city: frozenset[str]
    opens_sentence: frozenset[str]
    national_offices: re.Pattern[str]
    given_names: frozenset[str]
    inside_place: frozenset[str]
    articles: frozenset[str]

    def kind(self, line: str, *, whole: bool = True, has_mark: bool = True) -> str | None:
        """Returns the kind of boilerplate of a line, or None if it may be news.

        Weak rules are left out if the line is not `whole` but the end of a longer one. The rules for text inside lines
        are left out if the line does not have one of `marks`.
        """
        if len(line) > LONGEST_LINE:
            return None
        core, without_stop = line.strip(_IGNORED_AROUND), line.rstrip(" .。")
        if not core or not without_stop:
            return None
        bracketed = line[0] in "([{（【" and without_stop[-1] in ")]}）】"
        match = (
            (bracketed and self.bracketed.match(core))
            or self.strong.match(core)
            or (
                (bracketed or (whole and (not _ENDS_SENTENCE.search(line) or _COMPANY.search(core))))
                and self.weak.match(core)
            )
            or (has_mark and self.inside.match(core))
        )
        if match:
            return match.lastgroup
        bracket_start = max(line.rfind("("), line.rfind("[")) + 1
        if whole and without_stop[-1] in ")]}" and self.picture.fullmatch(line, bracket_start, len(without_stop) - 1):
            return "caption"
        return None

    def tail_kind(self, rest: str) -> str | None:
        """Returns "credit" if the rest of a line, after its last sentence, credits a picture."""
        return "credit" if self.tails.fullmatch(rest) else None

    def describes_company(self, line: str) -> bool:
        """Whether a paragraph reads like a company's description of itself.

        It has a verb such as "builds" or "employs", two nouns such as "provider" or "customers", or "is" and one such
        noun. One noun alone may be news: "Alder Works dismissed ninety employees."
        """
        words = set(re.findall(r"\w+", line.lower()))
        nouns = len(words & self.company_nouns)
        return bool(words & self.company_verbs) or nouns > 1 or (nouns == 1 and bool(words & self.copulas))

    def reports_news(self, line: str) -> bool:
        """Whether a paragraph has a day of the week, a verb of speech or a quotation, as news has."""
        words = set(re.findall(r"\w+", line.lower()))
        return not words.isdisjoint(self.days | self.speech_verbs) or _QUOTED.search(line) is not None

    def is_clause(self, words: Sequence[str]) -> bool:
        """Whether a line without a full stop has a known verb or a verb ending."""
        return any(word.lower() in self.verbs for word in words) or (
            len(words) >= CLAUSE_WORDS and any(word.islower() and word.endswith(self.verb_endings) for word in words[1:])
        )


@per_language
def rules(code: str) -> Rules:
    """Returns the rules for a language. They are compiled once in each process."""
    sources = list({source.code: source for source in (language(code), language(DEFAULT), common())}.values())
    months = frozenset().union(*(source.words("calendar", "months") for source in sources))
    days = frozenset().union(*(source.words("calendar", "days") for source in sources))
    short_days = frozenset().union(*(source.words("calendar", "short_days") for source in sources))
    before_place = "|".join(sorted({word for source in sources for word in source.text(SECTION, "before_place").split()}))

    def all_patterns(name: str) -> list[str]:
        return [pattern for source in sources for pattern in source.patterns(SECTION, name)]

    return Rules(
        strong=_compile(sources, "", "labels", any_end=True),
        weak=_compile(sources, "weak", "weak_labels", any_end=False),
        bracketed=_compile(sources, "bracketed", "", any_end=True),
        inside=_compile(sources, "", "", any_end=True, prefix="inside_"),
        picture=re.compile("|".join(all_patterns("picture_brackets")), re.I | re.S),
        picture_text=re.compile("|".join(all_patterns("picture_text"))),
        sign_off=re.compile("|".join(all_patterns("sign_offs")).replace("{names}", _NAMES), re.S),
        generic_about=re.compile("|".join(all_patterns("generic_about")), re.I),
        legal_heading=re.compile("|".join(all_patterns("legal_headings")), re.I),
        tails=re.compile("|".join(all_patterns("tails")).replace("{names}", _NAMES), re.I | re.S),
        kill=re.compile("|".join(all_patterns("kill")), re.I),
        residue=re.compile("|".join(all_patterns("residue"))),
        marks=(*all_patterns("residue_marks"), *all_patterns("inside_marks")),
        months=months,
        date_words=months | days | short_days,
        time_stamp_words=frozenset().union(*(source.words(SECTION, "time_stamp_words") for source in sources)),
        function_words=stop_words(code),
        verbs=language(code).words("sentences", "verbs"),
        verb_endings=tuple(language(code).text("sentences", "verb_endings").split()) or ("\0",),
        questions=language(code).words("sentences", "questions"),
        days=days,
        speech_verbs=frozenset().union(*(source.words("sentences", "speech_verbs") for source in sources)),
        company_verbs=frozenset().union(*(source.words(SECTION, "company_verbs") for source in sources)),
        company_nouns=frozenset().union(*(source.words(SECTION, "company_nouns") for source in sources)),
        copulas=frozenset().union(*(source.words(SECTION, "copulas") for source in sources)),
        byline_with_place=re.compile(
            rf"(?P<names>{_NAME}(?: {_NAME}){{1,2}}) (?:{before_place}) {_NAME}(?: {_NAME}){{0,2}}"
        ),
        after_city=language(code).words(DATELINES, "after_city"),
        opens_sentence=language(code).words(DATELINES, "opens_sentence"),
        national_offices=re.compile("|".join(language(code).patterns(DATELINES, "national_offices")) or "(?!)"),
        given_names=language(code).words(DATELINES, "given_names"),
        inside_place=language(code).words(DATELINES, "inside_place"),
        articles=language(code).words("headlines", "articles"),
    )


def _compile(sources: Sequence[Language], table: str, labels: str, *, any_end: bool, prefix: str = "") -> re.Pattern[str]:
    """Returns one pattern with a named group for each kind that has rules; `any_end` allows "!" after the line."""
    marks = r"[\s.!…:»>)*_–—-]*" if any_end else r"[\s.…:»>)*_–—-]*"
    groups = []
    for kind in KINDS:
        patterns: list[str] = []
        for source in sources:
            section: Mapping[str, object] = source.tables.get(SECTION, {})
            patterns += _strings(section.get(table) if table else section, prefix + kind)
            phrases = [re.escape(label) for label in _strings(section.get(labels), kind)]
            if phrases:
                patterns.append(rf"(?:{'|'.join(phrases)})\s*(?:[:|>»–—]|-\s).{{0,400}}")
            if kind == "byline" and table == "weak" and (by := source.text(SECTION, "by")):
                patterns.append(rf"(?-i:{by.capitalize()}|{by.upper()})\s+{_NAMES}")
                patterns.append(rf"(?-i:{by}(?: [^\W\d_a-zß-öø-ÿ][\w.’-]{{1,20}}){{2,4}})")
        if patterns:
            joined = "|".join(patterns).replace("{names}", _NAMES)
            groups.append(rf"(?P<{kind}>(?:{joined}){marks}\Z)")
    return re.compile("|".join(groups), re.I | re.S)


def _strings(section: object, kind: str) -> list[str]:
    return list(section.get(kind, ())) if isinstance(section, Mapping) else []
