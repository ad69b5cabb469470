"""Writes log lines in JSON, one object per line. They describe requests and never contain their text.

The message of an unexpected exception is not logged, because it may quote an article. Its class and stack frames are logged.
"""

import logging
import sys
import traceback

import structlog

NAME = "nutgraf"


def _describe_exception(logger: object, method: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Replaces an exception that a library logs by its class and its frames."""
    error = entry.pop("exc_info", None)
    if isinstance(error, tuple) and error[1] is not None:
        entry.update(error=class_name(error[1]), frames=frames(error[1]))
    return entry


_SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(NAME)


def formatter() -> logging.Formatter:
    """Returns the formatter of all log lines: JSON, or colored text if standard error is a terminal."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _describe_exception, renderer],
        foreign_pre_chain=_SHARED,
    )


def write_to_standard_error() -> None:
    """Writes the log lines of this process to standard error; replaces earlier handlers.

    Nutgraf's own lines are written from level INFO, and those of libraries, such as huey, from WARNING.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(formatter())
    for name, level in ((NAME, logging.INFO), (None, logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
    logging.getLogger(NAME).propagate = False


class RemoteError(Exception):
    """An exception of another process: `name` is that of its class, `frames` are those of its traceback."""

    def __init__(self, name: str, frames: list[str]) -> None:
        super().__init__(name, frames)
        self.name, self.frames = name, frames


def class_name(error: BaseException) -> str:
    """Returns the name of the class of an exception."""
    return error.name if isinstance(error, RemoteError) else type(error).__name__


def frames(error: BaseException) -> list[str]:
    """Returns file, line and function of each frame of an exception's traceback, the outermost first."""
    if isinstance(error, RemoteError):
        return error.frames
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
