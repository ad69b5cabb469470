"""What a CMS sends of itself when a story changes: told by its signature, stored as a job at once, known when it repeats.

Each sender is a row: where its signature stands, what it is made over, and what names a version of a story.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nutgraf.errors import NutgrafError
from nutgraf.formats.common import first, mapping

# A signature with a time is good for so long, before and after it: senders' clocks differ, and they try again.
REPLAY_SECONDS = 300


class SignatureError(NutgrafError):
    """A call is not known to come from the CMS; the message says why."""

    problem_type = "bad-signature"


class HookDisabledError(NutgrafError):
    """The hook is off; the message names the setting that turns it on."""

    problem_type = "hook-off"


@dataclass(frozen=True, slots=True)
class Sender:
    """A CMS that calls; `signature` takes its header apart: the digest, and what of the header is signed with the body.

    `story` finds in a document the id of its story and of this version.
    """

    name: str
    header: str
    digest: str
    signature: Callable[[str], tuple[str, bytes, float | None]]
    story: Callable[[Mapping[str, Any]], tuple[str | None, str | None]]


def verify(sender: Sender, secrets: Sequence[str], header: str | None, body: bytes) -> None:
    """That the body comes from who knows one of the secrets. Raises HookDisabledError, SignatureError."""
    if not secrets:
        raise HookDisabledError(f"Set NUTGRAF_{sender.name.upper()}_SECRETS to what {sender.name.capitalize()} signs with.")
    if not header:
        raise SignatureError(f"The header {sender.header} is missing.")
    given, signed_too, moment = sender.signature(header)
    known = False
    for secret in secrets:  # all of them, so that the time tells nothing
        expected = hmac.new(secret.encode(), body + signed_too, sender.digest).hexdigest()
        known |= hmac.compare_digest(expected.encode(), given.encode())
    if not known:
        raise SignatureError(f"The signature in {sender.header} is of another body or secret.")
    if moment is not None and abs(time.time() - moment) > REPLAY_SECONDS:
        raise SignatureError(f"The signature in {sender.header} is older or newer than {REPLAY_SECONDS} seconds.")


def repeat_key(sender: Sender, document: Any, query: str) -> str:
    """What is the same when the CMS sends the same version of a story again to the same address."""
    story, version = sender.story(mapping(document))
    told = f"{story}\n{version}" if story and version else repr(document)
    whole = f"{sender.name}\n{query}\n{told}"
    return f"hook:{hashlib.sha256(whole.encode(errors='surrogatepass')).hexdigest()}"


def _superdesk(header: str) -> tuple[str, bytes, float | None]:
    return header.removeprefix("sha1=").strip().lower(), b"", None


def _ghost(header: str) -> tuple[str, bytes, float | None]:
    """`sha256=<hex>, t=<ms>`: the time is signed behind the body."""
    found = re.fullmatch(r"\s*sha256=([0-9a-fA-F]{64})\s*,\s*t=(\d{1,15})\s*", header)
    if not found:
        raise SignatureError("The signature in X-Ghost-Signature must look like sha256=<hex>, t=<milliseconds>.")
    return found[1].lower(), found[2].encode(), int(found[2]) / 1_000


def _superdesk_story(document: Mapping[str, Any]) -> tuple[str | None, str | None]:
    version = document.get("version")
    return first(document.get("guid")), first(str(version or ""), document.get("versioncreated"))


def _ghost_story(document: Mapping[str, Any]) -> tuple[str | None, str | None]:
    post = mapping(mapping(document.get("post")).get("current"))
    return first(post.get("id"), post.get("uuid")), first(post.get("updated_at"))


SENDERS = {
    sender.name: sender
    for sender in (
        Sender("superdesk", "x-superdesk-signature", "sha1", _superdesk, _superdesk_story),
        Sender("ghost", "X-Ghost-Signature", "sha256", _ghost, _ghost_story),
    )
}
