"""What a request is measured beside: a service that only parses and returns it, and one written in an afternoon."""

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
    """Both are up when they answer."""
    return {"status": "ok"}


@echo.post("/summarize")
def parse_and_return() -> ResponseReturnValue:
    """The least that a service over HTTP and JSON costs."""
    sent: ResponseReturnValue = request.get_json()
    return sent


@plain.post("/summarize")
def summarize() -> ResponseReturnValue:
    """sumy's LexRank as its documentation shows it."""
    text = "\n\n".join(article["text"] for article in request.get_json()["articles"])
    document = PlaintextParser.from_string(text, Tokenizer("english")).document
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    return {"summary": [str(sentence) for sentence in summarizer(document, SENTENCES)]}
