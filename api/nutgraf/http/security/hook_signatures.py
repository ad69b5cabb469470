"""Verifies the webhooks that a CMS sends when an article changes, and recognizes repeated ones.

Each sender is one row of a table: the header with the signature, the signed bytes, and the fields of a document that have
the ids of its article and version.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nutgraf.errors import NutgrafError
from nutgraf.formats.common import as_object, first_text

# A signature with a time is accepted this long before and after it, because clocks differ and senders retry.
MAX_CLOCK_DIFFERENCE_SECONDS = 300


class SignatureError(NutgrafError):
    """A webhook is not signed by the CMS with one of our secrets; the message says why."""

    problem_type = "bad-signature"


class HookDisabledError(NutgrafError):
    """The webhook is disabled; the message names the setting that enables it."""

    problem_type = "hook-off"


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """A CMS that sends webhooks.

    `header` names the header with the signature and `digest` the hash function. `signature` parses the header into the
    sent digest, the bytes that are appended to the body before it is signed, and the time in seconds since 1970, if any.
    `article_and_version` returns the ids of a document's article and of its version.
    """

    name: str
    header: str
    digest: str
    signature: Callable[[str], tuple[str, bytes, float | None]]
    article_and_version: Callable[[Mapping[str, Any]], tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of a call, before its body is read: the sent digest, and the bytes to sign after those of the body."""

    sender: WebhookSender
    digest: str
    suffix: bytes

    def verify(self, secrets: Sequence[str], body: bytes) -> None:
        """Checks that the body is signed with one of the secrets. Raises SignatureError if it is not."""
        is_known = False
        for secret in secrets:  # all secrets are always tried, so that the duration reveals nothing
            expected = hmac.new(secret.encode(), body + self.suffix, self.sender.digest).hexdigest()
            is_known |= hmac.compare_digest(expected.encode(), self.digest.encode())
        if not is_known:
            raise SignatureError(f"The signature in {self.sender.header} does not match the body and the secret.")


def read_signature(sender: WebhookSender, secrets: Sequence[str], header: str | None) -> Signature:
    """Returns the signature of a call. Everything that can be refused without the body is refused here.

    Raises HookDisabledError without secrets, and SignatureError for a missing, malformed or old signature.
    """
    if not secrets:
        raise HookDisabledError(
            f"Set NUTGRAF_{sender.name.upper()}_SECRETS to the secret that {sender.name.capitalize()} signs with."
        )
    if not header:
        raise SignatureError(f"The header {sender.header} is missing.")
    digest, suffix, signed_at = sender.signature(header)
    if signed_at is not None and abs(time.time() - signed_at) > MAX_CLOCK_DIFFERENCE_SECONDS:
        raise SignatureError(
            f"The time in {sender.header} differs by more than {MAX_CLOCK_DIFFERENCE_SECONDS} seconds from the clock of the "
            "service."
        )
    return Signature(sender, digest, suffix)


def idempotency_key(sender: WebhookSender, document: Any) -> str:
    """Returns an idempotency key that is equal for webhooks with the same article, version and sender.

    A document without these ids is identified by its whole content.
    """
    article, version = sender.article_and_version(as_object(document))
    content = f"{article}\n{version}" if article and version else repr(document)
    identity = f"{sender.name}\n{content}"
    return f"hook:{hashlib.sha256(identity.encode(errors='surrogatepass')).hexdigest()}"


def _superdesk(header: str) -> tuple[str, bytes, float | None]:
    match = re.fullmatch(r"\s*(?:sha1=)?([0-9a-fA-F]{40})\s*", header)
    if not match:
        raise SignatureError("The signature in x-superdesk-signature must look like sha1=<hex>.")
    return match[1].lower(), b"", None


def _ghost(header: str) -> tuple[str, bytes, float | None]:
    """Parses `sha256=<hex>, t=<ms>`; the time is appended to the body before it is signed."""
    match = re.fullmatch(r"\s*sha256=([0-9a-fA-F]{64})\s*,\s*t=(\d{1,15})\s*", header)
    if not match:
        raise SignatureError("The signature in X-Ghost-Signature must look like sha256=<hex>, t=<milliseconds>.")
    return match[1].lower(), match[2].encode(), int(match[2]) / 1_000


def _superdesk_ids(document: Mapping[str, Any]) -> tuple[str | None, str | None]:
    version = document.get("version")
    return first_text(document.get("guid")), first_text(str(version or ""), document.get("versioncreated"))


def _ghost_ids(document: Mapping[str, Any]) -> tuple[str | None, str | None]:
    post = as_object(as_object(document.get("post")).get("current"))
    return first_text(post.get("id"), post.get("uuid")), first_text(post.get("updated_at"))


SENDERS = {
    sender.name: sender
    for sender in (
        WebhookSender("superdesk", "x-superdesk-signature", "sha1", _superdesk, _superdesk_ids),
        WebhookSender("ghost", "X-Ghost-Signature", "sha256", _ghost, _ghost_ids),
    )
}
