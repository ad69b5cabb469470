"""NDJSON results: one line per request, with its index and its answer or problem."""

import json


def result_line(index: int, status: int, content: bytes, row_id: bytes | None = None) -> bytes:
    """Returns the line `{"index", "status", "body"}`, or with `"problem"` instead of the body, including the line end.

    `content` is JSON text in UTF-8 and is inserted unchanged. An id, in UTF-8, follows the index as `"id"`.
    """
    name = b"body" if status == 200 else b"problem"
    named = b"" if row_id is None else b'"id":%s,' % json.dumps(row_id.decode(), ensure_ascii=False).encode()
    return b'{"index":%d,%s"status":%d,"%s":%s}\n' % (index, named, status, name, content)
