"""NDJSON results: one line per request, with its index and its answer or problem."""


def result_line(index: int, status: int, content: bytes) -> bytes:
    """Returns the line `{"index", "status", "body"}`, or with `"problem"` instead of the body, including the line end.

    `content` is JSON text in UTF-8 and is inserted unchanged.
    """
    name = b"body" if status == 200 else b"problem"
    return b'{"index":%d,"status":%d,"%s":%s}\n' % (index, status, name, content)
