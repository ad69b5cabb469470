"""A line of NDJSON for each request: the index of the request, and its answer or problem."""


def result_line(index: int, status: int, content: bytes) -> bytes:
    """`{"index", "status", "body"}`, or `"problem"` in place of the body, with its line end.

    `content` is JSON text, and goes in byte for byte.
    """
    name = b"body" if status == 200 else b"problem"
    return b'{"index":%d,"status":%d,"%s":%s}\n' % (index, status, name, content)
