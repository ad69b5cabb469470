"""The table of problem types. The page `/problems/<slug>` explains each type."""

from dataclasses import dataclass
from typing import Any

from nutgraf.summarizer.reading.nltk_data import INSTALL_COMMAND

MEDIA_TYPE = "application/problem+json"
# Request id of the examples.
EXAMPLE_ID = "0f8fad5bd9cb469fa16570867728950e"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A type of problem (RFC 9457), explained on the page `/problems/<slug>`.

    `advice` says what to do about it, and `example` is a possible `detail`. `retry_seconds` is a fixed value of
    Retry-After; None if there is none, or if it is computed.
    """

    slug: str
    status: int
    title: str
    advice: str
    example: str
    retry_seconds: int | None = None

    def body(self, detail: str, request_id: str, status: int | None = None) -> dict[str, Any]:
        """Returns the members of an `application/problem+json` body; `status` overrides the status of the type."""
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
        "Send one JSON object in UTF-8. Repeated keys in an object, NaN, Infinity, very deep nesting, numbers with "
        "thousands of digits and more than 500,000 values (1,000,000 in POST /jobs) are refused.",
        "The body is not JSON: Expecting value at line 1, column 1.",
    ),
    ProblemType(
        "not-gzip", 400, "The body is not valid gzip",
        "Compress the whole body with gzip, or send it uncompressed and without the header Content-Encoding.",
        "The body is not valid gzip, although its Content-Encoding is gzip.",
    ),
    ProblemType(
        "key-missing", 401, "An API key is needed",
        "Send the API key that you got from the operator of the service, as Authorization: Bearer KEY or as X-API-Key: KEY.",
        "Send an API key as `Authorization: Bearer …` or `X-API-Key: …`.",
    ),
    ProblemType(
        "key-unknown", 401, "The API key is not known",
        "The key was mistyped, belongs to another service or was revoked. Ask the operator of the service for a new one.",
        "The API key does not belong to this service, or was revoked.",
    ),
    ProblemType(
        "bad-signature", 401, "The signature of the webhook is not valid",
        "Check that the CMS and the service have the same secret, and that the clocks of both machines are right. Proxies "
        "between them must not change the body.",
        "The signature in X-Ghost-Signature does not match the body and the secret.",
    ),
    ProblemType(
        "hook-off", 403, "Webhooks from this CMS are disabled",
        "The operator of the service enables them with a setting that contains the secret with which the CMS signs.",
        "Set NUTGRAF_GHOST_SECRETS to the secret that Ghost signs with.",
    ),
    ProblemType(
        "not-found", 404, "There is nothing at this address",
        "The documentation at /docs lists all addresses. A job that has expired, was deleted or belongs to another key is "
        "not found either.",
        "The requested URL was not found on the server.",
    ),
    ProblemType(
        "method-not-allowed", 405, "This address does not support the method",
        "The header Allow lists the methods that it supports.",
        "The method is not allowed for the requested URL.",
    ),
    ProblemType(
        "not-acceptable", 406, "The answer is not available in an accepted media type",
        "Send Accept: application/json, or no Accept header.",
        "Answers are available as application/json.",
    ),
    ProblemType(
        "call-replayed", 409, "The webhook was received before",
        "A signed webhook of a CMS is accepted once. While its job exists, repeating it returns that job; later, only a new "
        "version of the story is accepted.",
        "The same version of this story was received before; its job was deleted.",
    ),
    ProblemType(
        "too-late", 408, "The request took too long to arrive",
        "Send the whole request at once. The service waits for NUTGRAF_CLIENT_SECONDS, and one second more for each 64 KiB "
        "of the body that it has received.",
        "The request did not arrive within 20 seconds.",
    ),
    ProblemType(
        "body-too-large", 413, "The body is larger than this service accepts",
        "Send fewer articles at a time, or ask the operator to raise the setting NUTGRAF_MAX_BODY_BYTES (for a job in "
        "NDJSON, NUTGRAF_MAX_JOB_BYTES).",
        "The body may have at most 8388608 bytes.",
    ),
    ProblemType(
        "inflated-too-large", 413, "The decompressed body is larger than this service accepts",
        "Send fewer articles at a time, or ask the operator to raise the setting NUTGRAF_MAX_INFLATED_BYTES. A body that "
        "decompresses to more than 1 MiB and more than a hundred times its size is refused; send it uncompressed.",
        "The decompressed body may have at most 33554432 bytes.",
    ),
    ProblemType(
        "unsupported-media-type", 415, "The media type or the encoding of the body is not supported",
        "Most routes take JSON, with the header Content-Type: application/json. The detail says what this one takes.",
        "Send JSON with the header Content-Type: application/json.",
    ),
    ProblemType(
        "invalid-request", 422, "The request is not valid",
        "Each entry of errors has the JSON pointer of a field and a sentence that says what the field needs. Unknown fields "
        "are errors, too, so that a misspelled option never goes unnoticed.",
        "/articles/0/text: Must be text.",
    ),
    ProblemType(
        "no-usable-text", 422, "No article has a sentence",
        "A sentence has at least one letter or digit. Check that the request contains the text of the articles, and that at "
        "least one article is neither withheld nor canceled.",
        "No article has a sentence: a sentence has at least one letter or digit.",
    ),
    ProblemType(
        "too-many-sentences", 422, "The text has more sentences than this service accepts",
        "Send fewer articles at a time, or ask the operator to raise the setting NUTGRAF_MAX_SENTENCES.",
        "The text has 21034 sentences; it may have at most 20000.",
    ),
    ProblemType(
        "bad-mark", 422, "A pinned or banned sentence can't be used",
        "Identify sentences as the answer does, by `article_id` and `sentence_index`. Pin only sentences of articles that "
        "may be quoted, and only as many as fit into the length.",
        "Sentence 40 of article 'ap-1' can't be pinned: the article has 18 sentences, numbered from 0.",
    ),
    ProblemType(
        "idempotency-key-reused", 422, "The idempotency key was used with another body",
        "Use a new Idempotency-Key for every new job. Send the same key only to repeat the same request.",
        "The idempotency key was used before with another body.",
    ),
    ProblemType(
        "limit-exceeded", 429, "More requests than the limit allows",
        "Wait for the number of seconds in Retry-After. In every answer to which the limit applies, the headers "
        "RateLimit-Policy and RateLimit show the limit and how many requests remain.",
        "The rate limit is 100 per 1 minute.",
    ),
    ProblemType(
        "request-refused", 400, "The HTTP server does not accept the request",
        "A header or another part of the request may be too long or unsupported. Compare the request with the documentation "
        "at /docs.",
        "Request Header Fields Too Large.",
    ),
    ProblemType(
        "internal-error", 500, "Something went wrong in the service",
        "This is an error of the service. Send the request id of the answer to its operator: the log has the details.",
        "The server's log has the details under this request's id.",
    ),
    ProblemType(
        "not-ready", 503, "The service can't summarize yet",
        f"Its tokenizer data is missing. The operator installs it with `{INSTALL_COMMAND}` and restarts the service.",
        f"NLTK data is missing: tokenizers/punkt_tab. Install it with `{INSTALL_COMMAND}`.",
        retry_seconds=30,
    ),
    ProblemType(
        "busy", 503, "The service is overloaded",
        "Send the request again after the number of seconds in Retry-After, and send fewer requests at the same time. The "
        "operator can add workers (NUTGRAF_WORKERS) or machines.",
        "Too many requests are waiting already.",
        retry_seconds=1,
    ),
    ProblemType(
        "too-slow", 503, "The request took longer than this service allows",
        "Send fewer or shorter articles, or ask the operator to raise the setting NUTGRAF_MAX_SECONDS. If the machine was "
        "busy or short of memory, the same request may succeed later.",
        "The request took more than 20 seconds and was stopped at the step 'rank'.",
        retry_seconds=30,
    ),
    ProblemType(
        "storage-unavailable", 503, "Jobs can't be stored or read right now",
        "Send the request again later. The operator checks the database, its disk and its folder. Jobs that were accepted "
        "are stored and continue by themselves.",
        "The job database does not answer.",
        retry_seconds=30,
    ),
    ProblemType(
        "keys-unreadable", 503, "The service can't read its API keys",
        "The operator restores keys.json in the data folder, or the permission of the service's user to read it. Until then "
        "the service can't check keys and refuses all requests that need one.",
        "The file with the API keys can't be read.",
        retry_seconds=30,
    ),
)  # fmt: skip
PROBLEM_TYPES = {row.slug: row for row in _TABLE}


def example_body(problem_type: ProblemType) -> dict[str, Any]:
    """Returns an example of a problem of this type, for the contract."""
    body = problem_type.body(problem_type.example, EXAMPLE_ID)
    if problem_type.slug == "invalid-request":
        body["errors"] = [{"pointer": "/articles/0/text", "detail": "Must be text."}]
    return body
