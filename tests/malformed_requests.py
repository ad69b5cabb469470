"""Malformed requests as raw bytes, which no library would send; each kind with its expected statuses."""

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.builders import NEWS, body

GOOD = json.dumps(body()).encode()


@cache
def bomb(megabytes: int) -> bytes:
    """A gzip bomb: megabytes of zeros in a thousandth of their size, as one member with a repeated block."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = compressor.compress(bytes(1 << 20)) + compressor.flush(zlib.Z_FULL_FLUSH)
    block = compressor.compress(bytes(1 << 20)) + compressor.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(bytes(1 << 20), checksum)
    end = b"\3\0" + checksum.to_bytes(4, "little") + (megabytes << 20).to_bytes(4, "little")
    return start + block * (megabytes - 1) + end


@dataclass(frozen=True, slots=True)
class Kind:
    """`make` returns the bytes of a request; `statuses` are the expected ones, 0 if the connection may just end."""

    make: Callable[[Random], bytes]
    statuses: frozenset[int]
    slow: bool = False


def post(content: bytes, *headers: str, path: str = "/summarize", length: int | None = None) -> bytes:
    """A POST request; `length` is a false Content-Length."""
    lines = [f"POST {path} HTTP/1.1", "Host: desk.example", "Connection: close", *headers]
    if not any(header.lower().startswith("content-type") for header in headers):
        lines.append("Content-Type: application/json")
    if length != -1:
        lines.append(f"Content-Length: {len(content) if length is None else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content


def kind(*statuses: int, slow: bool = False) -> Callable[[Callable[[Random], bytes]], Kind]:
    return lambda make: Kind(make, frozenset(statuses), slow)


def noise(random: Random, most: int = 200) -> str:
    """Printable text without line ends."""
    return "".join(chr(random.randrange(33, 126)) for _ in range(random.randrange(1, most)))


def word(random: Random) -> str:
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=random.randrange(1, 12)))


def with_text(text: str) -> bytes:
    return json.dumps({"articles": [{"text": text}]}, ensure_ascii=False).encode("utf-8", "surrogatepass")


@kind(400)
def latin_1(random: Random) -> bytes:
    return post(with_text("café " * random.randrange(1, 50)).decode().encode("latin-1"))


@kind(400)
def utf_16(random: Random) -> bytes:
    return post(with_text(noise(random)).decode().encode("utf-16"))


@kind(400)
def broken_utf_8(random: Random) -> bytes:
    return post(
        with_text("X").replace(b"X", random.choice([b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80"]))
    )


@kind(400)
def deep_lists(random: Random) -> bytes:
    return post(b"[" * random.randrange(65, 50_000))


@kind(400)
def deep_objects(random: Random) -> bytes:
    depth = random.randrange(65, 5_000)
    return post(b'{"a":' * depth + b"1" + b"}" * depth)


@kind(400)
def endless_numbers(random: Random) -> bytes:
    return post(b'{"keywords": ' + b"9" * random.randrange(4_301, 50_000) + b"}")


@kind(422)
def huge_numbers(random: Random) -> bytes:
    number = random.choice(["1e308", "-1e308", "1e999", "9" * 400, "1e-999", "0.1"])
    return post(f'{{"articles": [{{"text": "A word."}}], "max_per_source": {number}}}'.encode())


@kind(400)
def duplicate_keys(random: Random) -> bytes:
    return post(b'{"articles": [{"text": "A.", "text": "B."}], "keywords": %d}' % random.randrange(10))


@kind(400)
def no_numbers(random: Random) -> bytes:
    return post(b'{"keywords": %s}' % random.choice([b"NaN", b"Infinity", b"-Infinity", b"01", b"+1", b".5", b"0x10"]))


@kind(400)
def cut_json(random: Random) -> bytes:
    return post(GOOD[: random.randrange(len(GOOD) - 1)])


@kind(400, 0)
def cut_body(random: Random) -> bytes:
    return post(GOOD[: random.randrange(len(GOOD))], length=len(GOOD))


@kind(400)
def two_framings(random: Random) -> bytes:
    hidden = f"0\r\n\r\nGET /{word(random)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    return post(hidden, random.choice(["Transfer-Encoding: chunked", "transfer-encoding: Chunked"]))


@kind(400)
def two_lengths(random: Random) -> bytes:
    return post(GOOD, f"Content-Length: {random.randrange(len(GOOD))}")


@kind(400, 501)
def strange_framing(random: Random) -> bytes:
    coding = random.choice(["xchunked", "chunked, identity", "gzip, chunked, chunked", "chunked\x0b", "\x00chunked"])
    return post(b"0\r\n\r\n", f"Transfer-Encoding: {coding}", length=-1)


@kind(400)
def strange_chunks(random: Random) -> bytes:
    size = random.choice(["zz", "-5", "0x10", "5 5", "1_0", ""])
    return post(f"{size}\r\nhello\r\n0\r\n\r\n".encode(), "Transfer-Encoding: chunked", length=-1)


@kind(400, 408)
def endless_chunks(random: Random) -> bytes:
    """Announces more data than it sends."""
    return post(f"{'f' * random.randrange(8, 40)}\r\nhello".encode(), "Transfer-Encoding: chunked", length=-1)


@kind(400)
def strange_lengths(random: Random) -> bytes:
    return post(
        GOOD,
        f"Content-Length: {random.choice(['-1', '+5', '1e3', '5,5', '0x5', '', '٥'.encode().decode('latin-1')])}",
        length=-1,
    )


@kind(400)
def strange_headers(random: Random) -> bytes:
    header = random.choice(
        [f"{word(random)} : x", f"{word(random)}: a\r\n folded", f"{word(random)}: \x00", "no colon", ": x", "a b: c"]
    )
    return post(GOOD, header)


@kind(431)
def long_headers(random: Random) -> bytes:
    return post(GOOD, f"X-Long: {'x' * random.randrange(8_200, 20_000)}")


@kind(431)
def many_headers(random: Random) -> bytes:
    return post(GOOD, *(f"X-{at}: {word(random)}" for at in range(random.randrange(120, 400))))


@kind(414)
def long_lines(random: Random) -> bytes:
    return post(GOOD, path=f"/summarize?{'x' * random.randrange(8_200, 12_000)}")


NO_HTTP = (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /", b"GET / HTTP/9.9", b"get\x00/ HTTP/1.1", b"\xff" * 40)
PATHS = (
    "/../../etc/passwd /%2e%2e/%2e%2e/etc/passwd /static/..%2f..%2fsettings.py /static/swagger/../index.html /%00 "
    "//evil.example/ /summarize/ /SUMMARIZE /problems/.. /static/swagger/%2e%2e%2f"
).split()


@kind(400)
def no_http(random: Random) -> bytes:
    return random.choice([*NO_HTTP, noise(random).encode()]) + b"\r\n\r\n"


@kind(404, 405)
def strange_paths(random: Random) -> bytes:
    return post(b"", path=random.choice([*PATHS, "/" + "a/" * 900]))


@kind(413)
def gzip_bombs(random: Random) -> bytes:
    return post(bomb(64), "Content-Encoding: gzip")


@kind(400)
def broken_gzip(random: Random) -> bytes:
    content = bytearray(gzip.compress(GOOD))
    at = random.randrange(2, len(content) - 8)
    content[at] ^= 1 << random.randrange(8)
    cut = bytes(content[: random.randrange(at, len(content) - 1)])
    return post(random.choice([cut, GOOD, zlib.compress(GOOD)]), "Content-Encoding: gzip")


@kind(415)
def strange_media(random: Random) -> bytes:
    media_type = random.choice(["text/plain", "multipart/form-data", "x", "", "application/jsonp"])
    return post(GOOD, f"Content-Type: {media_type}")


@kind(422)
def half_characters(random: Random) -> bytes:
    return post(b'{"articles": [{"text": "%s\\ud8%02x"}]}' % (NEWS.encode(), random.randrange(256)))


@kind(422)
def wrong_fields(random: Random) -> bytes:
    value = random.choice([5, "x" * 3000, True, -1, [[]], {"x": {}}])
    name = random.choice(["articles", "length", "headlines", "order", "pin", "variants", word(random) + "_"])
    return post(json.dumps({**body(), name: value}).encode())


@kind(422)
def xml_bombs(random: Random) -> bytes:
    entities = "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9))
    outside = f'<!DOCTYPE x [<!ENTITY a0 SYSTEM "file:///etc/passwd">{entities}]><nitf><body>&a9;</body></nitf>'
    deep = "<nitf>" * random.randrange(201, 3_000)
    return post(
        random.choice([outside, deep, "<nitf>&a;</nitf>", "<", "<nitf a='"]).encode(), "Content-Type: application/xml"
    )


@kind(413)
def long_bodies(random: Random) -> bytes:
    return post(b"", length=random.choice([8_388_609, 10**12, 10**18]))


@kind(408, slow=True)
def slow_heads(random: Random) -> bytes:
    return post(GOOD)[: random.randrange(20, 80)]


@kind(408, slow=True)
def slow_bodies(random: Random) -> bytes:
    return post(GOOD)[: -random.randrange(1, len(GOOD) - 1)]


KINDS = {name: value for name, value in list(globals().items()) if isinstance(value, Kind)}
