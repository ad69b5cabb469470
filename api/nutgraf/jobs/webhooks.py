"""Calls to other servers: to hosts that a setting names, signed, without redirects, to the address that was looked at."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

import urllib3
from standardwebhooks import Webhook

from nutgraf import __version__
from nutgraf.errors import NutgrafError

TIMEOUT = urllib3.Timeout(connect=5, read=10)
GONE = 410


class DeliveryError(NutgrafError):
    """Says why a call came to nothing; `final` where another try is of no use."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Allowed:
    """The hosts that may be called: names, `*.example.org` for those below one, addresses and networks.

    A private address is called only where it, or a network around it, is named.
    """

    entries: tuple[str, ...]

    def host(self, url: str) -> bool:
        """Whether the host of an address is named; its address is looked at when it is called."""
        try:
            parts = urlsplit(url)
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or not name or parts.username is not None:
            return False
        return any(_names(entry, name) for entry in self.entries)

    def address(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether an address that a name stands for may be called."""
        return address.is_global or any(_holds(entry, address) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends signed webhooks as https://www.standardwebhooks.com has them; each secret signs, so that one can be replaced."""

    allowed: Allowed
    secrets: Sequence[str]

    def send(self, url: str, message_id: str, body: bytes) -> None:
        """Posts the body once. Raises DeliveryError unless the answer is a 2xx."""
        if not self.allowed.host(url):
            raise DeliveryError("Its host is not allowed any more.", final=True)
        parts = urlsplit(url)
        moment = datetime.now(UTC)
        text = body.decode()
        headers = {
            "Content-Type": "application/json",
            "Host": parts.netloc,
            "User-Agent": f"nutgraf/{__version__}",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": " ".join(Webhook(secret).sign(message_id, moment, text) for secret in self.secrets),
        }
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        try:
            with self._pool(parts) as pool:
                response = pool.urlopen(
                    "POST", path, body=body, headers=headers, redirect=False, retries=False, preload_content=False
                )
                response.close()
        except urllib3.exceptions.HTTPError as error:
            raise DeliveryError(f"No answer: {type(error).__name__}.") from error
        if not 200 <= response.status < 300:
            raise DeliveryError(f"It answered {response.status}.", final=response.status == GONE)

    def _pool(self, parts: SplitResult) -> urllib3.HTTPConnectionPool:
        """A connection to the very address that was found to be allowed: a name may stand for another one a moment later."""
        name = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = [ip_address(info[4][0]) for info in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
        except (OSError, ValueError) as error:
            raise DeliveryError("Its name can't be resolved.") from error
        address = next((str(each) for each in found if self.allowed.address(each)), None)
        if address is None:
            raise DeliveryError("Its name stands for a private address that is not named.")
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=TIMEOUT)
        return urllib3.HTTPSConnectionPool(address, port, timeout=TIMEOUT, server_hostname=name, assert_hostname=name)


def _names(entry: str, name: str) -> bool:
    name = name.lower().rstrip(".")
    if entry.startswith("*."):
        return name.endswith(entry[1:])
    if entry == name:
        return True
    try:
        return _holds(entry, ip_address(name))
    except ValueError:
        return False


def _holds(entry: str, address: IPv4Address | IPv6Address) -> bool:
    try:
        return address in ip_network(entry, strict=False)
    except ValueError:
        return False
