"""A request -> the line that answers it in NDJSON, asked of the application itself, only without a socket.

What stands under `body` is byte for byte what HTTP would give.
"""

import json
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import Client

# A WSGI key, which no HTTP header can set: the request comes from this process, on behalf of one that was let in before.
INTERNAL = "nutgraf.internal"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, and its body or problem as JSON text."""

    status: int
    content: bytes

    @property
    def failed(self) -> bool:
        return self.status != 200


class Asker:
    """Asks an application for summaries."""

    def __init__(self, app: Flask) -> None:
        self._client = Client(app)

    def ask(self, request: bytes, request_id: str) -> Reply:
        """The reply to one request, as `POST /summarize` takes it."""
        response = self._client.post(
            "/summarize",
            data=request,
            headers={"Content-Type": "application/json", "X-Request-ID": request_id},
            environ_overrides={INTERNAL: True},
        )
        content = response.get_data()
        if not response.is_json:  # text, Markdown, HTML
            content = json.dumps(content.decode(), ensure_ascii=False).encode()
        return Reply(response.status_code, content.rstrip(b"\n"))


def line(index: int, reply: Reply) -> bytes:
    """`{"index", "status", "body"}`, or `"problem"` in place of the body, with its line end."""
    name = b"problem" if reply.failed else b"body"
    return b'{"index":%d,"status":%d,"%s":%s}\n' % (index, reply.status, name, reply.content)
