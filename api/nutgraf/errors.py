"""The base class of every exception that Nutgraf raises on purpose, and plurals for their messages."""

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


def pluralize(number: float, noun: str) -> str:
    """Returns a number with its noun for a message, such as "1 second", "2 seconds" or "0.5 seconds"."""
    text = f"{number:g}" if isinstance(number, float) else str(number)
    return f"{text} {noun}" if number == 1 else f"{text} {noun}s"
