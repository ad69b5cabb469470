"""The services that Nutgraf is compared with: one that only parses and returns the request, and a simple one with sumy."""

from flask import Flask, request
from flask.typing import ResponseReturnValue
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

SENTENCES = 5

echo = Flask("echo")
plain = Flask("plain")


@echo.get("/healthz")
@plain.get("/healthz")
def health() -> ResponseReturnValue:
    """Answers as soon as the service is running."""
    return {"status": "ok"}


@echo.post("/summarize")
def parse_and_return() -> ResponseReturnValue:
    """The minimum cost of a service over HTTP and JSON."""
    sent: ResponseReturnValue = request.get_json()
    return sent


@plain.post("/summarize")
def summarize() -> ResponseReturnValue:
    """sumy's LexRank as in its documentation."""
    text = "\n\n".join(article["text"] for article in request.get_json()["articles"])
    document = PlaintextParser.from_string(text, Tokenizer("english")).document
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    return {"summary": [str(sentence) for sentence in summarizer(document, SENTENCES)]}
