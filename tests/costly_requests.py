"""Generates random valid requests that cost much, measures their cost, and searches for the most costly one.

A recipe describes a request of any size: texts of `slowest_texts`, languages, options. The search keeps the most costly
recipe so far, changes it, and tries new ones. The same seed gives the same recipes.
"""

import json
import os
import pickle
import re
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from nutgraf import settings
from nutgraf.service.limits import Limits
from nutgraf.service.problems import problem_of
from nutgraf.service.respond import respond
from nutgraf.service.schemas.request import (
    MAX_KEYWORDS,
    MAX_PINS_OR_BANS,
    MAX_QUOTES,
    MAX_VARIANTS,
    SummarizeRequestSchema,
)
from nutgraf.service.strict_json import parse
from nutgraf.settings import MAX_ARTICLES
from nutgraf.summarizer import Article, Options, summarize
from tests.cpu_time import slowness
from tests.language_samples import language_samples
from tests.slowest_texts import BLOCKS, MARKS, QUOTED, SCRIPTS, SENTENCES, TAGS, Text, numbered

DEFAULTS = settings.load({row.name: row.default for row in settings.SETTINGS})
# Without time limits, so that the cost does not depend on the speed of the machine.
LIMITS = Limits.from_settings(DEFAULTS).without_time_limits()
# The measured function: it computes the answer to a request within limits, and returns the reason of a refusal, else "".
Measured = Callable[[bytes, Limits], str]
EVERYTHING = Options(quotes=1, all_sentences=True)
# How many times a request is recipe smaller if it has more sentences than allowed.
MAX_REDUCTIONS = 12
_TOO_MANY = re.compile(
    r"The text has (?P<has>\d+) (?:sentences|lines); it may have at most (?P<most>\d+)"
    r"|Must have at most (?P<limit>\d+) characters of text; has (?P<characters>\d+)|The summaries have more than"
    r"|elements in all HTML"
)
# The maximum cost of a request at the limits, and the cost of the smallest request in a new process.
BUDGET_SECONDS, FIXED_SECONDS = 10.0, 0.3
BUDGET_BYTES, FIXED_BYTES = 500_000_000, 15_000_000
# How many times a measurement above the budget is repeated.
MAX_REPEATS = 2
# The measured process ends after this CPU time.
MAX_SECONDS = 60


def shuffled(paragraph: str) -> Text:
    """Returns a text that repeats a paragraph, each time with its words in another order.

    A paragraph without spaces, as in Chinese or Thai, is rotated by some characters instead.
    """

    def text(size: int) -> str:
        random = Random(7)
        words, lines, length = paragraph.split(), [], 0
        while length < size:
            if len(words) > 5:
                random.shuffle(words)
                lines.append(" ".join(words))
            else:
                at = random.randrange(len(paragraph))
                lines.append(paragraph[at:] + paragraph[:at])
            length += len(lines[-1]) + 1
        return "\n".join(lines)[:size]

    return text


TEXTS: dict[str, tuple[str, Text]] = {
    **{f"{name} of marks": ("en", text) for name, text in {**QUOTED, **MARKS, **BLOCKS, **TAGS}.items()},
    **SCRIPTS,
    **SENTENCES,
    "similar lines": ("en", numbered("The council of the town met on Monday and voted {} times on the budget.", "\n")),
    "similar sentences": ("en", numbered("In Alder {} people met Ada Marsh on Monday, the mayor said.")),
    **{f"news in {code}": (code, shuffled(sample.paragraph)) for code, sample in language_samples().items()},
}

# The forms of markup in which a text is sent, besides plain text.
MARKUP: dict[str, Callable[[str], dict[str, str]]] = {
    "html": lambda text: {"html": _paragraphs(text)},
    "page": lambda text: {"html": f"<html><body><nav>Home</nav><article>{_paragraphs(text)}"},
    "nested": lambda text: {
        "html": f"<html><body><nav>Home</nav>{'<div class=author>' * 200}{'<sup>' * 40}{_paragraphs(text)}"
    },
    "feed": lambda text: {"format": "feed", "document": _feed(f"<![CDATA[{_paragraphs(text)}]]>")},
    "malformed feed": lambda text: {"format": "feed", "document": _feed(f"{'<a>' * 500}{text}")},
}


def _paragraphs(text: str) -> str:
    return f"<p>{text.replace(chr(10), '<p>')}"


def _feed(content: str) -> str:
    return f'<rss version="2.0"><channel><item><title>T</title><description>{content}</description></item></channel></rss>'


@dataclass(frozen=True)
class Recipe:
    """A request of any size: names of the texts of which each article joins a piece, number of articles, and options.

    `share` is the used share of the allowed characters, and `background` the share of articles that are background. If
    `states_language` is False, the language is detected. `markup` is the form of the text.
    """

    texts: tuple[str, ...]
    share: float
    articles: int
    background: float
    states_language: bool
    markup: str
    options: tuple[tuple[str, Any], ...]


class Cost(NamedTuple):
    """CPU seconds, maximum growth of memory in bytes, and the reason of a refusal, or ""."""

    seconds: float
    bytes: int
    refused: str


class Trial(NamedTuple):
    """A recipe with its size in characters and what it cost."""

    recipe: Recipe
    characters: int
    cost: Cost


_LENGTHS = (
    {"sentences": 5},
    {"sentences": 1_000},
    {"words": 100_000},
    {"characters": 200_000},
    {"ratio": 0.3},
    {"ratio": 1.0},
)
_OPTIONS: dict[str, Callable[[Random], Any]] = {
    "length": lambda random: random.choice(_LENGTHS),
    "per_article": lambda random: random.choice(_LENGTHS),
    "variants": lambda random: {str(at): random.choice(_LENGTHS) for at in range(random.randint(1, MAX_VARIANTS))},
    "all_sentences": lambda random: True,
    "keywords": lambda random: MAX_KEYWORDS,
    "quotes": lambda random: MAX_QUOTES,
    "headlines": lambda random: {"count": 50, "max_characters": random.choice((30, 70, 1_000)), "style": "title"},
    "exclude": lambda random: random.sample(("quotes", "questions"), random.randint(1, 2)),
    "max_per_source": lambda random: random.choice((1, 3, 10_000)),
    "offset_unit": lambda random: "utf16",
    "order": lambda random: random.choice(("auto", "score", "as_given", "published")),
    "query": lambda random: ("the mayor of Alder said that people met " * 25)[:1_000],
    "output": lambda random: random.choice(("html", "markdown", "ninjs-3", "superdesk", "wordpress")),
    "pin": lambda random: [
        {"article_id": "0", "sentence_index": at} for at in range(random.choice((2, MAX_PINS_OR_BANS // 2)))
    ],
    "ban": lambda random: [
        {"article_id": "0", "sentence_index": at + MAX_PINS_OR_BANS // 2} for at in range(random.choice((1, 50)))
    ],
}


def new_recipe(random: Random) -> Recipe:
    """Returns a random recipe; most are costly."""
    names = random.sample(sorted(_OPTIONS), random.randint(0, len(_OPTIONS) // 2))
    return Recipe(
        tuple(random.choices(sorted(TEXTS), k=random.choice((1, 1, 1, 2, 3)))),
        random.choice((1.0, 1.0, 0.5, 0.25)),
        random.choice((1, 2, 10, MAX_ARTICLES)),
        random.choice((0, 0, 0, 0.5, 0.9)),
        random.random() < 0.9,
        random.choice(("text", "text", "text", "text", *MARKUP)),
        tuple((name, _OPTIONS[name](random)) for name in sorted({*names, "length"})),
    )


def mutate(parent: Recipe, random: Random) -> Recipe:
    """Returns a recipe with one part replaced by that of a new recipe."""
    other = new_recipe(random)
    name = random.choice(
        ("texts", "texts", "share", "articles", "background", "states_language", "markup", "options", "options")
    )
    if name != "options":
        return replace(parent, **{name: getattr(other, name)})
    options = {**dict(parent.options), **dict(random.sample(other.options, 1))}
    return replace(parent, options=tuple(sorted(options.items())))


def body(recipe: Recipe, characters: int) -> bytes:
    """Returns the JSON of a recipe, with texts of at most this many characters."""
    characters_each = characters // (len(recipe.texts) * recipe.articles)
    languages, texts = zip(*(TEXTS[name] for name in recipe.texts), strict=True)
    full_texts = [text(characters_each * recipe.articles) for text in texts]
    articles = []
    for number in range(recipe.articles):
        language = languages[number % len(languages)]
        start, end = number * characters_each, (number + 1) * characters_each - 2
        article_text = "\n\n".join(text[start:end] for text in full_texts)
        content = MARKUP[recipe.markup](article_text) if recipe.markup in MARKUP else {"text": article_text}
        day = f"2027-01-{1 + number % 28:02}T00:00:00Z"
        article = {
            **content,
            "id": str(number),
            "title": article_text[:60].strip() or "Alder",
            "source": f"S{number % 7}",
            "published_at": day,
        }
        articles.append({**article, "language": language} if recipe.states_language else article)
    summarized_count = max(1, round(recipe.articles * (1 - recipe.background)))
    request = {"articles": articles[:summarized_count], **dict(recipe.options)}
    if articles[summarized_count:]:
        request["background"] = articles[summarized_count:]
    return json.dumps(request, ensure_ascii=False).encode(errors="replace")


def refusal_of(content: bytes, limits: Limits) -> str:
    """Computes the answer to a request as the service does. Returns the detail of the problem if it is refused, else ""."""
    try:
        schema = SummarizeRequestSchema(limits, DEFAULTS["profiles"])
        respond(schema.load(parse(content, max_depth=limits.json_depth)), limits)
    except Exception as error:  # as in the service
        return problem_of(error, "0").detail
    return ""


def cost(content: bytes, limits: Limits, languages: Iterable[str] = (), measured: Measured = refusal_of) -> Cost:
    """Returns the cost of a request, measured in a new process that has loaded the data of `languages`."""
    reads, writes = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if not process:
        os.close(reads)
        _measure_in_child(content, limits, languages, measured, writes)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        received = pipe.read()
    os.waitpid(process, 0)
    if not received:
        return Cost(MAX_SECONDS, 0, f"It was killed after {MAX_SECONDS} seconds.")
    return Cost(*pickle.loads(received))


def _measure_in_child(content: bytes, limits: Limits, languages: Iterable[str], measured: Measured, writes: int) -> None:
    """Measures the cost of a request in this process, writes it to a pipe and ends the process."""
    try:
        for language in languages:
            summarize([Article(f"{language_samples()['en'].paragraph} 東京 北京。", language=language)], EVERYTHING)
        used = _used_seconds()
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + MAX_SECONDS), resource.RLIM_INFINITY))
        Path("/proc/self/clear_refs").write_text("5")  # resets the peak memory to the present one
        before = _memory("VmRSS")
        refused = measured(content, limits)
        os.write(writes, pickle.dumps((_used_seconds() - used, _memory("VmHWM") - before, refused)))
    finally:
        os._exit(0)


def _used_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _memory(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def search(seed: int, count: int, part: float = 1.0, measured: Measured = refusal_of) -> Iterator[Trial]:
    """Yields `count` requests with their cost. `part` is the share of the default limits that is allowed.

    Every second one is a changed copy of the most costly one so far, in turn by time and by memory. A request above its
    budget is measured again, because the machine may be busy; the shortest measurement counts.
    """
    random = Random(seed)
    characters, sentences = (int(part * DEFAULTS[name]) for name in ("max_characters", "max_sentences"))
    limits = replace(LIMITS, characters=characters, sentences=sentences)
    tried: list[Trial] = []
    for number in range(count):
        if number % 2 and tried:
            recipe = mutate(max(tried, key=lambda each: each.cost[number // 2 % 2]).recipe, random)
        else:
            recipe = new_recipe(random)
        tried.append(_measure(recipe, limits, measured))
        for _ in range(MAX_REPEATS):
            if is_affordable(tried[-1].cost, part):
                break
            tried[-1] = min(tried[-1], _measure(recipe, limits, measured), key=lambda each: each.cost.seconds)
        yield tried[-1]


def is_affordable(spent: Cost, part: float = 1.0) -> bool:
    """Whether a request costs no more than it may, at the share `part` of the default limits."""
    if spent.bytes > part * BUDGET_BYTES + FIXED_BYTES:
        return False
    most = part * BUDGET_SECONDS + FIXED_SECONDS
    return spent.seconds <= most or spent.seconds <= most * slowness()


def _measure(recipe: Recipe, limits: Limits, measured: Measured) -> Trial:
    """Measures a recipe at the largest size that the limits allow."""
    characters = int(recipe.share * (limits.characters or 0))
    for _ in range(MAX_REDUCTIONS):
        found = cost(body(recipe, characters), limits, {TEXTS[name][0] for name in recipe.texts}, measured)
        counts = _TOO_MANY.search(found.refused)
        if counts is None:
            break
        has, most = counts["has"] or counts["characters"], counts["most"] or counts["limit"]
        characters = int(characters * (0.98 * int(most) / int(has) if has else 0.75))
    return Trial(recipe, characters, found)
