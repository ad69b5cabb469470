"""The base class of every exception that Nutgraf raises on purpose."""

from typing import ClassVar


class NutgrafError(Exception):
    """The base of errors that a caller or an operator can cause; the message is one sentence that says what to do.

    `problem_type` is the slug of the problem that the request gets (`/problems/<slug>`). The error handler reads it from
    the exception and therefore needs to import no exception class. `public_detail` replaces, in the answer, a message that
    names files or servers; that message goes to the log only. `pointer` is the JSON pointer of the field in question.
    """

    problem_type: ClassVar[str] = "internal-error"
    public_detail: ClassVar[str | None] = None
    pointer: ClassVar[str | None] = None
