"""Log lines in JSON, one object per line. They describe requests and never contain their text.

The message of an unexpected exception is not logged, because it may quote an article; its class and its frames are.
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
    """Returns the formatter of all log lines: JSON, or coloured text if standard error is a terminal."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], foreign_pre_chain=_SHARED
    )


def to_standard_error() -> None:
    """Writes the log lines of this process to standard error, from level INFO upwards; replaces earlier handlers."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter())
    logger = logging.getLogger(NAME)
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)


def frames(error: BaseException) -> list[str]:
    """Returns file, line and function of each frame of an exception's traceback, the outermost first."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
