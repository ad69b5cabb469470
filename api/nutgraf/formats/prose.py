"""An answer as plain text, Markdown or HTML: a headline, the summary, and where each sentence stands."""

from collections.abc import Mapping
from html import escape
from typing import Any

Answer = Mapping[str, Any]


def text(answer: Answer) -> str:
    """The first headline, the summary, and the sources by number."""
    lines = [*_headline(answer), answer["summary"]["text"], ""]
    lines += [f"[{number}] {_source(article)}" for number, article in _sources(answer).values()]
    return "\n".join(lines).strip() + "\n"


def markdown(answer: Answer) -> str:
    """The first headline as a heading, each sentence with the number of its source, the sources as a list."""
    sources = _sources(answer)
    sentences = " ".join(
        f"{_markdown(each['text'])} [{sources[each['article_id']][0]}]" for each in answer["summary"]["sentences"]
    )
    heading = [f"# {_markdown(line)}" for line in _headline(answer) if line]
    listed = [f"{number}. {_markdown(_source(article))}" for number, article in sources.values()]
    return "\n\n".join([*heading, sentences, "\n".join(listed)]).strip() + "\n"


def html(answer: Answer) -> str:
    """The first headline and a paragraph in which each sentence links to its source's address, where it has one."""
    sources = _sources(answer)
    heading = "".join(f"<h2>{escape(line)}</h2>\n" for line in _headline(answer) if line)
    sentences = (_linked(each, sources[each["article_id"]][1]) for each in answer["summary"]["sentences"])
    return f"{heading}<p>{' '.join(sentences)}</p>\n"


def _linked(sentence: Mapping[str, Any], article: Mapping[str, Any]) -> str:
    said = escape(sentence["text"])
    if not article.get("url"):
        return said
    title = escape(_source(article), quote=True)
    return f'<a href="{escape(article["url"], quote=True)}" title="{title}">{said}</a>'


def _headline(answer: Answer) -> list[str]:
    return [answer["headlines"][0]["text"], ""] if answer["headlines"] else []


def _sources(answer: Answer) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """The articles quoted, by id, numbered from 1 in the order of their first sentence."""
    articles = {article["id"]: article for article in answer["articles"]}
    quoted = dict.fromkeys(each["article_id"] for each in answer["summary"]["sentences"])
    return {its_id: (number, articles[its_id]) for number, its_id in enumerate(quoted, 1)}


def _source(article: Mapping[str, Any]) -> str:
    parts = [article.get("source"), article.get("title"), article.get("url")]
    return ", ".join(filter(None, parts)) or f"article {article['id']}"


def _markdown(line: str) -> str:
    """The line with what Markdown would read as markup escaped."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>#" else character for character in line)
