"""Log lines: JSON, one a line, about requests and never of what was in them.

No message of an exception is written, since it may quote an article; its class and its frames are.
"""

import logging
import sys
import traceback

import structlog

NAME = "nutgraf"
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
    """Lines of JSON; for a person at a terminal, of text."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=_SHARED
    )


def to_standard_error() -> None:
    """Writes the lines of this process to standard error, from information on."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter())
    logger = logging.getLogger(NAME)
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)


def frames(error: BaseException) -> list[str]:
    """Where an exception came from: file, line and function of each frame."""
    return [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(error.__traceback__)]
