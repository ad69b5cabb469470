"""The types of problems: a table, each with its page at `/problems/<slug>`."""

from dataclasses import dataclass
from typing import Any

from nutgraf.summarizer.reading.nltk_data import INSTALL_COMMAND as COMMAND

MEDIA_TYPE = "application/problem+json"
# Of the request in examples.
EXAMPLE_ID = "0f8fad5bd9cb469fa16570867728950e"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A type of problem: its page is `/problems/<slug>`; `advice` says what to do about it, `example` is a detail.

    `retry_seconds` is what Retry-After says, where the same request may fare better later.
    """

    slug: str
    status: int
    title: str
    advice: str
    example: str
    retry_seconds: int | None = None

    def body(self, detail: str, request_id: str, status: int | None = None) -> dict[str, Any]:
        """The problem as RFC 9457 writes it; `status` where the type alone does not say."""
        return {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": status or self.status,
            "detail": detail,
            "instance": f"urn:nutgraf:request:{request_id}",
        }


_TABLE = (
    ProblemType(
        "bad-request", 400, "The request can't be read",
        "Compare the request with the documentation at /docs.",
        "The browser (or proxy) sent a request that this server could not understand.",
    ),
    ProblemType(
        "malformed-json", 400, "The body is not JSON that can be read",
        "Send one JSON object in UTF-8. A key that stands twice in an object, NaN, Infinity, nesting without end and "
        "numbers of thousands of digits are refused, because two programs could read them in two ways.",
        "The body is not JSON: Expecting value at line 1, column 1.",
    ),
    ProblemType(
        "not-gzip", 400, "The body is not the gzip that it is said to be",
        "Compress the body with gzip, whole, or leave the header Content-Encoding out.",
        "The body is not gzip, as its Content-Encoding says.",
    ),
    ProblemType(
        "key-missing", 401, "A key is needed",
        "Send the key that whoever runs the service gave you: as Authorization: Bearer KEY, or as X-API-Key: KEY.",
        "Send a key: `Authorization: Bearer …` or `X-API-Key: …`.",
    ),
    ProblemType(
        "key-unknown", 401, "The key is not known",
        "The key was mistyped, belongs to another service or was revoked. Ask whoever runs the service for a new one.",
        "The key is none of this service's, or was revoked.",
    ),
    ProblemType(
        "bad-signature", 401, "The call is not signed as the CMS signs",
        "Compare the secret in the CMS with that of the service, and the clocks of both machines. Whatever stands between "
        "them must pass the body on as it is.",
        "The signature in X-Ghost-Signature is of another body or secret.",
    ),
    ProblemType(
        "hook-off", 403, "The service takes no calls from this CMS",
        "Whoever runs the service turns the hook on with a setting that holds the secret which the CMS signs with.",
        "Set NUTGRAF_GHOST_SECRETS to what Ghost signs with.",
    ),
    ProblemType(
        "not-found", 404, "There is nothing at this address",
        "The addresses that there are stand at /docs.",
        "The requested URL was not found on the server.",
    ),
    ProblemType(
        "method-not-allowed", 405, "This address does not answer to that method",
        "The header Allow lists the methods that it does answer to.",
        "The method is not allowed for the requested URL.",
    ),
    ProblemType(
        "not-acceptable", 406, "No answer in the media types asked for",
        "Send Accept: application/json, or no Accept header.",
        "Answers are application/json.",
    ),
    ProblemType(
        "too-late", 408, "The request took too long to arrive",
        "Send the whole request at once. What is sent byte by byte is given up after NUTGRAF_CLIENT_SECONDS.",
        "The request did not arrive within 20 seconds.",
    ),
    ProblemType(
        "body-too-large", 413, "The body is larger than this service takes",
        "Send fewer articles at a time, or have the setting NUTGRAF_MAX_BODY_BYTES raised.",
        "The body may have at most 8388608 bytes.",
    ),
    ProblemType(
        "inflated-too-large", 413, "The body is larger than this service takes, once its gzip is undone",
        "Send fewer articles at a time, or have the setting NUTGRAF_MAX_INFLATED_BYTES raised.",
        "The body may have at most 33554432 bytes once its gzip is undone.",
    ),
    ProblemType(
        "unsupported-media-type", 415, "The body's media type is not supported",
        "Send JSON with the header Content-Type: application/json.",
        "Send JSON with the header Content-Type: application/json.",
    ),
    ProblemType(
        "invalid-request", 422, "The request is not valid",
        "Each entry of errors has a JSON pointer to a field and a sentence about it. Fields that this version does not "
        "know are refused by name, so that a misspelt option never goes unnoticed.",
        "One field can't be used; `errors` says where and why.",
    ),
    ProblemType(
        "no-usable-text", 422, "No article has a sentence",
        "A sentence has at least one letter or digit. Check that the articles' text arrives as it should.",
        "No article has a sentence: a sentence has at least one letter or digit.",
    ),
    ProblemType(
        "too-many-sentences", 422, "The text has more sentences than this service takes",
        "Send fewer articles at a time, or have the setting NUTGRAF_MAX_SENTENCES raised.",
        "The text has 61034 sentences; it may have at most 50000.",
    ),
    ProblemType(
        "bad-mark", 422, "A pinned or banned sentence can't be",
        "Name sentences as the answer does: by `article_id` and `sentence_index`. Pin only sentences of articles that may "
        "be quoted, and no more than the length holds.",
        "Sentence 40 of article 'ap-1' can't be pinned: it has 18 sentences, from 0.",
    ),
    ProblemType(
        "idempotency-key-reused", 422, "The idempotency key came back with another body",
        "Use a new Idempotency-Key for every new job; send the same key only to repeat the very same request.",
        "The idempotency key was used before, with another body.",
    ),
    ProblemType(
        "limit-exceeded", 429, "More requests than the limit allows",
        "Wait as many seconds as Retry-After says. The headers RateLimit-Policy and RateLimit of every answer say what is "
        "allowed and what is left.",
        "The limit is 100 per 1 minute.",
    ),
    ProblemType(
        "request-refused", 400, "The request was refused",
        "Compare the request with the documentation at /docs.",
        "The server refuses the request.",
    ),
    ProblemType(
        "internal-error", 500, "Something went wrong in the service",
        "The fault is the service's. Give the request id of the answer to whoever runs it: the log has the details.",
        "The log has the details under the request's id.",
    ),
    ProblemType(
        "not-ready", 503, "The service can't summarize yet",
        f"Its tokenizer data is missing. Whoever runs it sets the data up with `{COMMAND}` and starts the service again.",
        f"NLTK data is missing: tokenizers/punkt_tab. Set it up with `{COMMAND}`.",
        retry_seconds=30,
    ),
    ProblemType(
        "busy", 503, "More requests than the service can carry",
        "Send the request again after as many seconds as Retry-After says, and fewer at a time. Whoever runs the service "
        "adds workers (NUTGRAF_WORKERS), or machines.",
        "More requests are waiting than can be answered soon.",
        retry_seconds=1,
    ),
    ProblemType(
        "too-slow", 503, "The request took longer than this service allows",
        "Send fewer or shorter articles, or have the setting NUTGRAF_MAX_SECONDS raised. On a busy machine the same request "
        "may pass later.",
        "The request was given up after 20 seconds, at the step 'rank'.",
        retry_seconds=30,
    ),
    ProblemType(
        "storage-unavailable", 503, "Jobs can't be stored or read right now",
        "Send the request again later. Whoever runs the service looks at the database, its disk and its folder; what was "
        "acknowledged is safe, and goes on by itself.",
        "The jobs' database does not answer.",
        retry_seconds=30,
    ),
    ProblemType(
        "keys-unreadable", 503, "The service can't read its keys",
        "Whoever runs the service gives keys.json in its data folder back its content, or its rights to the user that "
        "the service runs as. Until then no key can be told from another, and nobody is let in.",
        "The keys can't be read.",
        retry_seconds=30,
    ),
)  # fmt: skip
PROBLEM_TYPES = {row.slug: row for row in _TABLE}


def example_body(problem_type: ProblemType) -> dict[str, Any]:
    """A problem of this type, as the contract shows it."""
    body = problem_type.body(problem_type.example, EXAMPLE_ID)
    if problem_type.slug == "invalid-request":
        body["errors"] = [{"pointer": "/articles/0/text", "detail": "Must be text."}]
    return body
