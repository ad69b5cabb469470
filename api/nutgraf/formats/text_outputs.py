"""Writes an answer as plain text, Markdown or HTML: a headline, the summary, the requested quotations, and the sources.

In text from articles, line ends are removed and markup is escaped, so that no title can add a line to the list of sources.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

Answer = Mapping[str, Any]

_CHARACTER_REFERENCE = re.compile(r"&(?=\w{1,40};)")
_LIST_MARK = re.compile(r"^(\d*)([-+.)])")


def text(answer: Answer) -> str:
    """Returns the answer as plain text: the first headline, the summary, and a numbered list of the quoted sources."""
    sources = _numbered_sources(answer)
    lines = [*_headline(answer), _one_line(answer["summary"]["text"]), ""]
    for quote in answer.get("quotes", ()):
        lines += [f"“{_one_line(quote['text'])}”{_speaker(quote)} [{sources[quote['article_id']][0]}]", ""]
    lines += [f"[{number}] {_source(article)}" for number, article in sources.values()]
    return "\n".join(lines).strip() + "\n"


def markdown(answer: Answer) -> str:
    """Returns the answer as Markdown: the first headline as a heading, the sentences, and a numbered list of sources.

    Each sentence is followed by the number of its source in brackets. Markup characters in the text are escaped.
    """
    sources = _numbered_sources(answer)
    sentences = " ".join(
        f"{_markdown(sentence['text'])} [{sources[sentence['article_id']][0]}]"
        for sentence in answer["summary"]["sentences"]
    )
    heading = [f"# {_markdown(line)}" for line in _headline(answer) if line]
    quotes = [
        f"> {_markdown(quote['text'] + _speaker(quote))} [{sources[quote['article_id']][0]}]"
        for quote in answer.get("quotes", ())
    ]
    listed = [f"{number}. {_markdown(_source(article))}" for number, article in sources.values()]
    return "\n\n".join([*heading, sentences, *quotes, "\n".join(listed)]).strip() + "\n"


def html(answer: Answer) -> str:
    """Returns the answer as HTML: the first headline as a heading, and one paragraph with the summary.

    Each sentence links to the address of its source, if the article has one. All text is escaped.
    """
    sources = _numbered_sources(answer)
    heading = "".join(f"<h2>{escape(line)}</h2>\n" for line in _headline(answer) if line)
    sentences = (_link(sentence, sources[sentence["article_id"]][1]) for sentence in answer["summary"]["sentences"])
    quotes = (
        f"<blockquote><p>{_link(quote, sources[quote['article_id']][1])}{escape(_speaker(quote))}</p></blockquote>\n"
        for quote in answer.get("quotes", ())
    )
    return f"{heading}<p>{' '.join(sentences)}</p>\n{''.join(quotes)}"


def _link(sentence: Mapping[str, Any], article: Mapping[str, Any]) -> str:
    escaped = escape(sentence["text"])
    if not article.get("url"):
        return escaped
    title = escape(_source(article), quote=True)
    return f'<a href="{escape(article["url"], quote=True)}" title="{title}">{escaped}</a>'


def _speaker(quote: Mapping[str, Any]) -> str:
    return f" — {_one_line(quote['speaker'])}" if quote["speaker"] else ""


def _headline(answer: Answer) -> list[str]:
    return [_one_line(answer["headlines"][0]["text"]), ""] if answer["headlines"] else []


def _numbered_sources(answer: Answer) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """The quoted articles by id, numbered from 1 in the order of their first sentence, then of their first quotation."""
    articles = {article["id"]: article for article in answer["articles"]}
    quoted = dict.fromkeys(said["article_id"] for said in (*answer["summary"]["sentences"], *answer.get("quotes", ())))
    return {article_id: (number, articles[article_id]) for number, article_id in enumerate(quoted, 1)}


def _source(article: Mapping[str, Any]) -> str:
    parts = [article.get("source"), article.get("title"), article.get("url")]
    return _one_line(", ".join(filter(None, parts)) or f"article {article['id']}")


def _one_line(text: str) -> str:
    """The text with single spaces; line ends of all kinds are white space."""
    return " ".join(text.split())


def _markdown(text: str) -> str:
    """The text on one line; Markdown's markup characters and list markers are escaped."""
    line = "".join(f"\\{character}" if character in "\\`*_[]<>#~|" else character for character in _one_line(text))
    return _LIST_MARK.sub(r"\1\\\2", _CHARACTER_REFERENCE.sub(r"\\&", line))
