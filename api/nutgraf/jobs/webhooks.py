"""Webhooks to other servers: signed, without redirects, and only to hosts that a setting allows."""

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
    """A webhook was not delivered; the message says why. `final` means that another attempt would fail, too."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The hosts that may receive webhooks: names, `*.example.org` for all subdomains, IP addresses and networks.

    A private address is allowed only if an entry names the address itself or a network that contains it.
    """

    entries: tuple[str, ...]

    def allows_url(self, url: str) -> bool:
        """Whether the URL is http or https, has no user name, and has a host that matches an entry.

        The IP address that the host resolves to is checked at delivery, with `allows_address`.
        """
        try:
            parts = urlsplit(url)
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or not name or parts.username is not None:
            return False
        return any(_matches_host(entry, name) for entry in self.entries)

    def allows_address(self, address: IPv4Address | IPv6Address) -> bool:
        """Whether an IP address that an allowed name resolves to may be called."""
        return address.is_global or any(_contains(entry, address) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends webhooks as https://www.standardwebhooks.com defines them, signed with each of the secrets.

    Several secrets allow a receiver to switch from one to the next.
    """

    allowed: AllowedHosts
    secrets: Sequence[str]

    def send(self, url: str, message_id: str, body: bytes) -> None:
        """Posts the JSON body once, with `message_id` as the header webhook-id.

        Raises DeliveryError if the host is not allowed, does not answer, or answers with another status than 2xx.
        """
        if not self.allowed.allows_url(url):
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
        """A connection to the IP address that was checked: resolving the name again could give another one."""
        name = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            candidates = [ip_address(info[4][0]) for info in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
        except (OSError, ValueError) as error:
            raise DeliveryError("Its name can't be resolved.") from error
        address = next((str(candidate) for candidate in candidates if self.allowed.allows_address(candidate)), None)
        if address is None:
            raise DeliveryError("Its name stands for a private address that is not named.")
        if parts.scheme == "http":
            return urllib3.HTTPConnectionPool(address, port, timeout=TIMEOUT)
        return urllib3.HTTPSConnectionPool(address, port, timeout=TIMEOUT, server_hostname=name, assert_hostname=name)


def _matches_host(entry: str, name: str) -> bool:
    name = name.lower().rstrip(".")
    if entry.startswith("*."):
        return name.endswith(entry[1:])
    if entry == name:
        return True
    try:
        return _contains(entry, ip_address(name))
    except ValueError:
        return False


def _contains(entry: str, address: IPv4Address | IPv6Address) -> bool:
    try:
        return address in ip_network(entry, strict=False)
    except ValueError:
        return False
