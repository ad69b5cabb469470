"""Sends callbacks to other servers: as signed webhooks, without redirects, and only to hosts that a setting allows."""

import http.client
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urlsplit

from standardwebhooks import Webhook

from nutgraf import __version__
from nutgraf.errors import NutgrafError, pluralize

# A receiver that answers slowly, even byte by byte, occupies a callback thread no longer than this.
TOTAL_SECONDS = 15
CONNECT_SECONDS = 5
# Networks whose addresses are translated to IPv4 addresses, which may be private: NAT64 (RFC 6052, RFC 8215) and 6to4.
_TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))
# What a path and a query string may contain besides letters and digits.
_URL_CHARACTERS = "/?%:@!$&'()*+,;=~-._[]"
# With this status, a receiver asks for no further callbacks.
GONE = 410


class DeliveryError(NutgrafError):
    """A callback was not delivered; the message says why. `final` means that another attempt would fail, too."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The hosts that may receive callbacks: names, `*.example.org` for all subdomains, IP addresses and networks.

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
        return is_public(address) or any(_contains(entry, address) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class CallbackClient:
    """Sends callbacks as https://www.standardwebhooks.com defines webhooks, signed with each of the secrets.

    Several secrets allow a receiver to switch from one to the next.
    """

    allowed: AllowedHosts
    secrets: Sequence[str]

    def send(self, url: str, message_id: str, body: bytes) -> None:
        """Posts the JSON body once, with `message_id` as the header webhook-id.

        Raises DeliveryError if the host is not allowed, does not answer, or answers with another status than 2xx.
        """
        if not self.allowed.allows_url(url):
            raise DeliveryError("The host of the callback URL is no longer allowed.", final=True)
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
        path = quote(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", safe=_URL_CHARACTERS)
        with self._connection(parts) as connection:
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        if not 200 <= status < 300:
            raise DeliveryError(f"The receiver answered with status {status}.", final=status == GONE)

    @contextmanager
    def _connection(self, parts: SplitResult) -> Iterator[http.client.HTTPConnection]:
        """A connection to the IP address that was checked: resolving the name again could give another one.

        It is shut down after TOTAL_SECONDS, because a timeout of a socket starts anew with each byte that arrives. Raises
        DeliveryError for every failure of the connection.
        """
        name = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            candidates = [ip_address(info[4][0]) for info in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
        except (OSError, ValueError) as error:
            raise DeliveryError("The host name of the callback URL can't be resolved.") from error
        address = next((str(candidate) for candidate in candidates if self.allowed.allows_address(candidate)), None)
        if address is None:
            raise DeliveryError("The host resolves to a private address that NUTGRAF_CALLBACK_HOSTS does not list.")
        is_late = Event()
        connection = http.client.HTTPConnection(name, port)
        try:
            opened = socket.create_connection((address, port), CONNECT_SECONDS)
            if parts.scheme == "https":
                opened = ssl.create_default_context().wrap_socket(
                    opened, server_hostname=name, do_handshake_on_connect=False
                )
            connection.sock = opened
            timer = Timer(TOTAL_SECONDS, _shut_down, (opened, is_late))
            timer.daemon = True
            timer.start()
            try:
                opened.settimeout(TOTAL_SECONDS)
                if isinstance(opened, ssl.SSLSocket):
                    opened.do_handshake()
                yield connection
                if is_late.is_set():  # the answer may have been cut off and look complete
                    raise TimeoutError
            finally:
                timer.cancel()
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            if is_late.is_set():
                raise DeliveryError(f"The receiver did not answer within {pluralize(TOTAL_SECONDS, 'second')}.") from error
            raise DeliveryError(f"The receiver did not answer: {type(error).__name__}.") from error
        finally:
            connection.close()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is a single host on the public internet, and stands for no other address."""
    if isinstance(address, IPv6Address) and (
        address.ipv4_mapped is not None or address.is_site_local or any(address in network for network in _TRANSLATED)
    ):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _shut_down(opened: socket.socket, is_late: Event) -> None:
    """Shuts a socket down, so that the thread that reads from it or writes to it gets an error."""
    is_late.set()
    with suppress(OSError):  # the connection has ended already
        socket.socket.shutdown(opened, socket.SHUT_RDWR)  # SSLSocket.shutdown is not safe with two threads


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
