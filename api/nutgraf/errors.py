"""The base class of every exception that Nutgraf raises on purpose."""

from typing import ClassVar


class NutgrafError(Exception):
    """An error that a caller or an operator can cause; its message is one sentence that says what to do about it.

    `problem_type` is the slug of the problem that answers the request (`/problems/<slug>`); code that answers reads it
    from the exception, so that it imports no exception class. `public_detail` replaces a message that names files or
    servers, which goes to the log alone. `pointer` is the JSON pointer of the one field that the message is about.
    """

    problem_type: ClassVar[str] = "internal-error"
    public_detail: ClassVar[str | None] = None
    pointer: ClassVar[str | None] = None
